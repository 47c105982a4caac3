/* The public functions of crawls. */
#include <errno.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/limits.h"
#include "corpus/crawl/crawl.h"
#include "corpus/crawl/harvest.h"
#include "run/convert.h"
#include "run/isolate.h"

typedef struct crawl {
    const gongkai_crawl_options *given;
    gk_crawl_options options;
    gk_networks networks;
    gk_str *hosts;
    gk_seeds seeds;
    pid_t process;
} crawl;

/* The process that reads pages keeps its socket and nothing else. */
static int confine(void *user, int fd) {
    const crawl *c = user;
    gk_isolation isolation;
    setpgid(0, 0); /* Ctrl-C is for its parent */
    int number = gk_isolate_files(fd);
    gk_isolate_follow(c->process);
    gk_isolate(GK_MAX_WORKER_MEMORY, &isolation);
    return number;
}

static void on_progress(void *user, const gk_crawl_progress *p) {
    const crawl *c = user;
    gongkai_outcome outcomes[GK_OUTCOME_COUNT];
    size_t count = 0;
    for (int o = 0; o < GK_OUTCOME_COUNT; o++)
        if (p->errors[o]) outcomes[count++] = (gongkai_outcome){gk_outcome_name((gk_outcome)o), p->errors[o]};
    gongkai_crawl_progress progress = {.documents = p->documents, .requests = p->requests, .bytes = p->bytes};
    progress.waiting = p->waiting;
    progress.hosts = p->hosts;
    progress.active = p->active;
    progress.outcomes = outcomes;
    progress.outcome_count = count;
    progress.seconds = p->seconds;
    progress.left = p->left;
    c->given->on_progress(c->given->user, &progress);
}

static gk_code read_lists(crawl *c, gk_err *err) {
    const gongkai_crawl_options *g = c->given;
    gk_code code = GK_OK;
    for (size_t i = 0; code == GK_OK && i < g->allow_network_count; i++)
        code = gk_networks_add(&c->networks, gk_str_of(g->allow_networks[i]), err);
    c->hosts = gk_alloc_zero(g->insecure_host_count + 1, sizeof *c->hosts);
    for (size_t i = 0; i < g->insecure_host_count; i++) c->hosts[i] = gk_str_of(g->insecure_hosts[i]);
    return code;
}

static gk_code read_options(crawl *c, gk_err *err) {
    const gongkai_crawl_options *g = c->given;
    c->process = getpid();
    c->options = (gk_crawl_options){.archive = g->archive,
                                    .sites = g->sites,
                                    .user_agent = g->user_agent,
                                    .contact = g->contact,
                                    .max_pages = g->max_pages,
                                    .max_bytes = g->max_bytes,
                                    .depth = g->depth,
                                    .delay_ms = g->delay_ms,
                                    .concurrency = g->concurrency,
                                    .seconds = g->seconds,
                                    .patience = g->patience,
                                    .since = g->since,
                                    .refresh = g->refresh,
                                    .allowed = &c->networks,
                                    .insecure_host_count = g->insecure_host_count,
                                    .ca_file = g->ca_file,
                                    .stop = g->stop,
                                    .confine = confine,
                                    .on_progress = g->on_progress ? on_progress : NULL,
                                    .user = c};
    gk_code code = read_lists(c, err);
    c->options.insecure_hosts = c->hosts;
    return code == GK_OK ? gk_seeds_load(g->seeds, &c->seeds, err) : code;
}

static void free_crawl(crawl *c) {
    gk_networks_free(&c->networks);
    gk_seeds_free(&c->seeds);
    free(c->hosts);
}

static gk_code count_pages(const char *archive, gongkai_crawl_result *result, gk_err *err) {
    gk_harvests all = {0};
    gk_store *store = gk_store_open(archive, GK_STORE_READ, GK_STR_NONE, err);
    if (!store) return err->code;
    gk_harvest_read(store, (int64_t)time(NULL), &all);
    result->entry_pages = all.list.len;
    for (size_t i = 0; i < all.list.len; i++) result->entry_pages_good += gk_harvest_is_good(&all.list.at[i]);
    gk_harvests_free(&all);
    return gk_store_close(store, err);
}

static void take_result(const gk_crawl_result *r, gongkai_crawl_result *out) {
    static const char *const ends[] = {[GK_CRAWL_DONE] = "done",
                                       [GK_CRAWL_LATER] = "later",
                                       [GK_CRAWL_MAXIMUM] = "maximum",
                                       [GK_CRAWL_STOPPED] = "stopped"};
    *out = (gongkai_crawl_result){.documents = r->total.documents, .requests = r->total.requests, .bytes = r->total.bytes};
    out->waiting = r->total.waiting;
    out->end = ends[r->end];
    out->next_due = r->next_due;
}

bool gongkai_crawl(const gongkai_crawl_options *options, gongkai_crawl_result *result, gongkai_error *error) {
    crawl c = {.given = options};
    gk_crawl_result r = {.end = GK_CRAWL_STOPPED};
    gongkai_crawl_result ignored;
    gk_err err = {0};
    gk_code code = read_options(&c, &err);
    if (code == GK_OK) code = gk_crawl_run(&c.options, &c.seeds, &r, &err);
    if (!result) result = &ignored;
    take_result(&r, result);
    if (code == GK_OK) code = count_pages(options->archive, result, &err);
    if (code == GK_OK) err = (gk_err){0};
    gk_public_error(&err, error);
    free_crawl(&c);
    return code == GK_OK;
}

bool gongkai_crawl_plan(const gongkai_crawl_options *options, gongkai_write *write, void *user, gongkai_error *error) {
    crawl c = {.given = options};
    gk_buf out = {0};
    gk_err err = {0};
    gk_code code = read_options(&c, &err);
    if (code == GK_OK) code = gk_crawl_plan(&c.options, &c.seeds, &out, &err);
    if (code == GK_OK && !write(user, gk_public_text(gk_buf_str(&out))))
        code = gk_err_set(&err, GK_E_OUTPUT, "the plan cannot be written");
    gk_public_error(&err, error);
    gk_buf_free(&out);
    free_crawl(&c);
    return code == GK_OK;
}
