/* The loop of a crawl: start what may start, wait, take answers, take what was read, and now and then make it durable. */
#include "corpus/crawl/crawl.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "corpus/crawl/crawl_inner.h"

enum { FLUSH_MS = 1000, COUNT_MS = 200, LONGEST_WAIT_MS = 100, SPARE_JOBS = 256 };

static int64_t clock_ms(clockid_t clock) {
    struct timespec t;
    clock_gettime(clock, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void look_at_clock(gk_crawl *c) {
    c->now_ms = clock_ms(CLOCK_MONOTONIC);
    c->now = clock_ms(CLOCK_REALTIME) / 1000;
}

/* ---- the name under which sites know us */

/* The product token of RFC 9309, section 2.2.1: the letters, '_' and '-' that the user agent begins with. */
static void read_token(gk_crawl *c) {
    size_t n = 0;
    for (const char *p = c->user_agent; n + 1 < sizeof c->token; p++, n++) {
        bool letter = (*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z') || *p == '-' || *p == '_';
        if (!letter) break;
        c->token[n] = *p;
    }
    c->token[n] = '\0';
}

static bool is_printable(const char *z) {
    for (; *z; z++)
        if ((unsigned char)*z < ' ' || (unsigned char)*z > '~') return false;
    return true;
}

static gk_code name_us(gk_crawl *c) {
    const gk_crawl_options *o = c->options;
    const char *contact = o->contact ? o->contact : "";
    const char *agent = o->user_agent ? o->user_agent : "gongkai/" GK_VERSION;
    int n = snprintf(c->user_agent, sizeof c->user_agent, "%s%s%s%s", agent, *contact ? " (+" : "", contact,
                     *contact ? ")" : "");
    read_token(c);
    if (n > 0 && (size_t)n < sizeof c->user_agent && is_printable(c->user_agent) && c->token[0]) return GK_OK;
    return gk_err_set(c->err, GK_E_USAGE,
                      "a user agent begins with a letter and has at most %zu printable ASCII characters, its contact included",
                      sizeof c->user_agent - 1);
}

/* ---- beginning and end */

static gk_code open_store(gk_crawl *c) {
    gk_buf info = {0};
    gk_buf_printf(&info,
                  "software: gongkai/" GK_VERSION "\r\nformat: WARC File Format 1.1\r\n"
                  "conformsTo: http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/\r\n"
                  "robots: obey\r\nhttp-header-user-agent: %s\r\n",
                  c->user_agent);
    c->store = gk_store_open(c->options->archive, GK_STORE_WRITE, gk_buf_str(&info), c->err);
    gk_buf_free(&info);
    return c->store ? GK_OK : c->err->code;
}

static gk_code open_fetcher(gk_crawl *c) {
    const gk_crawl_options *o = c->options;
    gk_fetch_options f = {.user_agent = c->user_agent, .concurrency = o->concurrency, .allowed = o->allowed};
    f.insecure_hosts = o->insecure_hosts;
    f.insecure_host_count = o->insecure_host_count;
    f.ca_file = o->ca_file;
    f.total_seconds = o->seconds;
    if (o->seconds && o->seconds < GK_MAX_CONNECT_SECONDS) f.connect_seconds = o->seconds;
    if (o->seconds && o->seconds < GK_LOW_SPEED_SECONDS) f.low_speed_seconds = o->seconds;
    c->fetcher = gk_fetcher_new(&f, c->err);
    return c->fetcher ? GK_OK : c->err->code;
}

static gk_code open_parser(gk_crawl *c) {
    const gk_crawl_options *o = c->options;
    c->sites = gk_sites_load(o->sites, c->err);
    if (!c->sites) return c->err->code;
    gk_sites_since(c->sites, o->since);
    gk_parser_options p = {.sites = c->sites, .confine = o->confine, .user = o->user};
    c->parser = gk_parser_new(&p, c->err);
    return c->parser ? GK_OK : c->err->code;
}

/* A round that was begun with `refresh` is gone on with, not begun again, until it is done. */
static void begin_round(gk_crawl *c) {
    const gk_str key = GK_STR("refresh");
    if (!c->options->refresh || gk_store_noted(c->store, key, c->now, &c->scratch).ptr) return;
    gk_store_renew(c->store, c->now);
    gk_store_note(c->store, key, GK_STR("begun"), INT64_MAX);
}

static gk_code begin(gk_crawl *c, const gk_seeds *seeds) {
    gk_code code = name_us(c);
    /* The process that reads pages is made before there is anything that it should not have. */
    if (code == GK_OK) code = open_parser(c);
    if (code == GK_OK) code = open_store(c);
    if (code == GK_OK) code = open_fetcher(c);
    if (code != GK_OK) return code;
    c->groups = gk_groups_new(c->options->delay_ms);
    c->seen = gk_alloc_zero(GK_SEEN_SLOTS, sizeof *c->seen);
    c->seed_sites = gk_alloc_zero(GK_SEED_SITES, sizeof *c->seed_sites);
    c->job_cap = c->options->concurrency + SPARE_JOBS;
    c->result->torn = gk_store_torn(c->store);
    gk_crawl_add_seeds(c, seeds);
    begin_round(c);
    gk_crawl_count_hosts(c);
    return GK_OK;
}

static void free_job(gk_job *job) {
    for (size_t i = 0; i < GK_HOPS; i++) gk_buf_free(&job->payloads[i]);
    gk_arena_free(&job->arena);
    free(job);
}

/* What is under way is dropped: nothing of it was put, so it is asked again. */
static void end(gk_crawl *c) {
    gk_err err = {0};
    gk_fetcher_free(c->fetcher);
    gk_parser_free(c->parser);
    if (c->store && gk_store_close(c->store, &err) != GK_OK && c->code == GK_OK) c->code = err.code, *c->err = err;
    gk_sites_free(c->sites);
    gk_groups_free(c->groups);
    for (size_t i = 0; i < c->job_count; i++) free_job(c->jobs[i]);
    for (size_t i = 0; i < c->origins.len; i++) gk_arena_free(&c->origins.at[i].rules_arena);
    free(c->jobs);
    free(c->seen);
    free(c->seed_sites);
    gk_vec_free(&c->hosts);
    gk_vec_free(&c->origins);
    gk_vec_free(&c->host_slots);
    gk_vec_free(&c->origin_slots);
    gk_arena_free(&c->names);
    gk_arena_free(&c->scratch);
}

/* ---- the loop */

static void take_answers(gk_crawl *c, int wait_ms) {
    gk_fetcher_watch(c->fetcher, gk_parser_waiting(c->parser) ? gk_parser_fd(c->parser) : -1);
    const gk_response *r = gk_fetcher_next(c->fetcher, wait_ms);
    look_at_clock(c);
    bool any = r != NULL;
    for (; r && c->code == GK_OK; r = gk_fetcher_next(c->fetcher, -1)) gk_crawl_job_answer(c, r->request->user, r);
    if (any) gk_crawl_look_again(c);
}

static void take_pages(gk_crawl *c) {
    gk_parsed parsed;
    while (c->code == GK_OK && gk_parser_next(c->parser, &parsed)) gk_crawl_job_parsed(c, parsed.user, &parsed);
}

static void keep_up(gk_crawl *c) {
    gk_err err = {0};
    if (c->now_ms - c->counted_ms >= COUNT_MS) gk_crawl_count_hosts(c);
    gk_crawl_show(c, false);
    if (c->code != GK_OK || c->now_ms - c->flushed_ms < FLUSH_MS) return;
    c->flushed_ms = c->now_ms;
    c->code = gk_store_flush(c->store, &err);
    if (c->code != GK_OK) *c->err = err;
}

static bool at_maximum(const gk_crawl *c) {
    const gk_crawl_options *o = c->options;
    return (o->max_pages && c->result->total.requests >= o->max_pages) ||
           (o->max_bytes && c->result->total.bytes >= o->max_bytes);
}

static bool ended(gk_crawl *c, gk_crawl_end why) {
    c->result->end = why;
    return true;
}

/* Whether the run is over. Asked while nothing is under way: all that is left waits, or there is nothing. */
static bool is_over(gk_crawl *c) {
    gk_crawl_count_hosts(c);
    bool pause;
    int64_t next_ms = gk_crawl_next_start(c, &pause);
    if (next_ms != INT64_MAX && at_maximum(c)) return ended(c, GK_CRAWL_MAXIMUM);
    if (next_ms == INT64_MAX) {
        for (size_t i = 0; i < c->hosts.len; i++)
            if (c->hosts.at[i].waiting) return ended(c, GK_CRAWL_LATER);
        return ended(c, GK_CRAWL_DONE);
    }
    if (pause || next_ms - c->now_ms <= (int64_t)c->options->patience * 1000) return false;
    c->result->next_due = c->now + (next_ms - c->now_ms) / 1000;
    return ended(c, GK_CRAWL_LATER);
}

static int wait_of(gk_crawl *c, bool started) {
    if (started) return 0;
    if (gk_parser_sending(c->parser)) return 1;
    int64_t next_ms = gk_crawl_next_start(c, NULL);
    int64_t wait = next_ms == INT64_MAX ? LONGEST_WAIT_MS : next_ms - c->now_ms;
    return wait < 0 ? 1 : wait > LONGEST_WAIT_MS ? LONGEST_WAIT_MS : (int)wait;
}

static void loop(gk_crawl *c) {
    for (;;) {
        look_at_clock(c);
        if (c->options->stop && *c->options->stop) {
            c->result->end = GK_CRAWL_STOPPED;
            return;
        }
        bool started = gk_crawl_start_some(c);
        bool idle = !started && !gk_fetcher_active(c->fetcher) && !gk_parser_waiting(c->parser);
        if (c->code != GK_OK || (idle && is_over(c))) return;
        take_answers(c, wait_of(c, started));
        take_pages(c);
        keep_up(c);
    }
}

static void finish_round(gk_crawl *c) {
    if (c->result->end == GK_CRAWL_DONE) gk_store_note(c->store, GK_STR("refresh"), GK_STR_NONE, 0);
}

static gk_crawl_options with_defaults(const gk_crawl_options *given) {
    gk_crawl_options o = *given;
    if (!o.depth) o.depth = GK_CRAWL_DEPTH;
    if (!o.concurrency) o.concurrency = GK_CRAWL_CONCURRENCY;
    if (!o.since) o.since = GK_CRAWL_SINCE;
    return o;
}

gk_code gk_crawl_run(const gk_crawl_options *options, const gk_seeds *seeds, gk_crawl_result *result, gk_err *err) {
    gk_crawl_options o = with_defaults(options);
    gk_crawl c = {.options = &o, .result = result, .err = err};
    *result = (gk_crawl_result){.end = GK_CRAWL_STOPPED};
    look_at_clock(&c);
    c.started_ms = c.flushed_ms = c.now_ms;
    c.code = begin(&c, seeds);
    if (c.code == GK_OK) {
        loop(&c);
        gk_crawl_count_hosts(&c);
        gk_crawl_show(&c, true);
        if (c.code == GK_OK) finish_round(&c);
    }
    end(&c);
    return c.code;
}
