/* Site profiles seen from outside: what there is, their tests, and a saved page read with them. */
#include <stdlib.h>

#include "corpus/crawl/site.h"
#include "run/convert.h"

struct gongkai_sites {
    gk_sites *set;
};

gongkai_sites *gongkai_sites_open(const char *folder, gongkai_error *error) {
    gk_err err = {0};
    gk_sites *set = gk_sites_load(folder, &err);
    gk_public_error(&err, error);
    if (!set) return NULL;
    gongkai_sites *sites = gk_alloc_zero(1, sizeof *sites);
    sites->set = set;
    return sites;
}

void gongkai_sites_close(gongkai_sites *sites) {
    if (!sites) return;
    gk_sites_free(sites->set);
    free(sites);
}

size_t gongkai_sites_count(const gongkai_sites *sites) { return gk_sites_profiles(sites->set); }

gongkai_site gongkai_site_at(const gongkai_sites *sites, size_t number) {
    gk_site_profile p = gk_sites_profile_at(sites->set, number);
    return (gongkai_site){gk_public_text(p.id), gk_public_text(p.what), gk_public_text(p.file), p.line, p.priority, p.tests};
}

typedef struct say_to {
    gongkai_say *say;
    void *user;
} say_to;

static void pass_line(void *user, gk_str line) {
    const say_to *to = user;
    if (to->say) to->say(to->user, gk_public_text(line));
}

gongkai_test_result gongkai_sites_test(gongkai_sites *sites, gongkai_say *say, void *user) {
    say_to to = {say, user};
    gongkai_test_result result = {.rules = gk_sites_profiles(sites->set)};
    result.failures = gk_sites_test(sites->set, pass_line, &to, &result.tests);
    return result;
}

static void say_lines(const say_to *to, gk_str text) {
    for (size_t at = 0, end; at < text.len; at = end + 1) {
        const char *stop = memchr(text.ptr + at, '\n', text.len - at);
        end = stop ? (size_t)(stop - text.ptr) : text.len;
        pass_line((void *)to, gk_str_slice(text, at, end));
    }
}

/* The address, brought into the form that the crawler knows it by. False: err is set. */
static bool find_url(const gongkai_visit *v, gk_str body, gk_arena *arena, gk_str *out, gk_err *err) {
    gk_str url = v->url ? gk_str_of(v->url) : gk_site_saved_url(body);
    gk_url read;
    if (!url.len) url = GK_STR("http://saved.invalid/");
    if (gk_url_read(url, NULL, arena, &read, err) != GK_OK) {
        if (err) err->code = GK_E_USAGE;
        return false;
    }
    *out = read.text;
    return true;
}

bool gongkai_sites_read(gongkai_sites *sites, const void *bytes, size_t length, const gongkai_visit *v, gongkai_say *say,
                        void *user, gongkai_error *error) {
    gk_arena arena = {0};
    gk_buf lines = {0};
    gk_err err = {0};
    gk_site_page page;
    gk_str body = {bytes ? bytes : "", length};
    gk_site_visit visit = {.kind = v->kind ? gk_link_kind_named(gk_str_of(v->kind)) : GK_LINK_LIST,
                           .status = v->status ? v->status : 200,
                           .text = gk_str_of(v->text),
                           .request_body = gk_str_of(v->body)};
    bool good = visit.kind != GK_LINK_OTHER;
    if (!good) gk_err_set(&err, GK_E_USAGE, "a page is read as entry, list, page, article or attachment, not as %s", v->kind);
    good = good && find_url(v, body, &arena, &visit.url, &err);
    if (good) {
        gk_sites_since(sites->set, v->since);
        gk_sites_show_all(sites->set, v->all);
        gk_sites_read(sites->set, &visit, body, &arena, &page);
        gk_site_print(&page, &lines);
        say_lines(&(say_to){say, user}, gk_buf_str(&lines));
    }
    gk_public_error(&err, error);
    gk_buf_free(&lines);
    gk_arena_free(&arena);
    return good;
}
