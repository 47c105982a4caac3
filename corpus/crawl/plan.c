/* The plan of a crawl: what is known of each seed, without a request. */
#include <time.h>
#include <unistd.h>

#include "corpus/crawl/crawl.h"
#include "corpus/crawl/harvest.h"

static const gk_harvest *known(const gk_harvests *all, gk_str url) {
    for (size_t i = 0; i < all->list.len; i++)
        if (gk_str_eq(all->list.at[i].url, url)) return &all->list.at[i];
    return NULL;
}

static void print_state(const gk_harvest *h, bool refresh, gk_buf *out) {
    const char *name = h ? gk_outcome_name(h->outcome) : "";
    if (!h || !*name) gk_buf_put(out, GK_STR("new"));
    else gk_buf_printf(out, "%s", name);
    if (h && h->waiting) gk_buf_printf(out, ", %llu waiting", (unsigned long long)h->waiting);
    if (h && refresh) gk_buf_put(out, GK_STR(", asked again"));
}

/* An archive that is not there yet is an empty one. */
static gk_code read_archive(const gk_crawl_options *o, gk_harvests *all, gk_err *err) {
    if (access(o->archive, F_OK) != 0) return GK_OK;
    gk_store *store = gk_store_open(o->archive, GK_STORE_READ, GK_STR_NONE, err);
    if (!store) return err->code;
    gk_harvest_read(store, (int64_t)time(NULL), all);
    return gk_store_close(store, err);
}

gk_code gk_crawl_plan(const gk_crawl_options *o, const gk_seeds *seeds, gk_buf *out, gk_err *err) {
    gk_harvests all = {0};
    gk_code code = read_archive(o, &all, err);
    gk_sites *sites = code == GK_OK ? gk_sites_load(o->sites, err) : NULL; /* a run would refuse these profiles too */
    if (code == GK_OK && !sites) code = err->code;
    gk_sites_free(sites);
    if (code == GK_OK) gk_buf_put(out, GK_STR("url\thost\tsite\tstate\n"));
    for (size_t i = 0; code == GK_OK && i < seeds->list.len; i++) {
        const gk_url *url = &seeds->list.at[i].url;
        gk_buf_printf(out, "%.*s\t%.*s\t%.*s\t", GK_STR_ARG(url->text), GK_STR_ARG(url->host), GK_STR_ARG(url->site));
        print_state(known(&all, url->text), o->refresh, out);
        gk_buf_putc(out, '\n');
    }
    gk_harvests_free(&all);
    return code;
}
