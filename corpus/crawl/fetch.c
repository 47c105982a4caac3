#include "corpus/crawl/fetch.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/limits.h"
#include "corpus/archive/http.h"
#include "corpus/crawl/fetch_part.h"

/* A transfer that is free, and what its handle is set to. */
typedef struct idle {
    gk_transfer *transfer;
    uint64_t origin; /* hash of the origin that it asked last; 0: none */
} idle;

/* A transfer that has ended. */
typedef struct done {
    gk_transfer *transfer;
    CURLcode code;
} done;

struct gk_fetcher {
    CURLM *multi;
    gk_fetch_options options;
    struct curl_slist *resolve;
    gk_transfer *slots; /* one more than run at once: that whose response is borrowed */
    size_t slot_count, active;
    gk_fetch_wait wait;
    gk_transfer *lent; /* its response was given out; NULL: none */
    GK_VEC(idle) idle;    /* that which was used last stands at the end */
    GK_VEC(done) done;    /* from `given` on not given out yet */
    size_t given;
};

/* ---- opening and closing ---- */

static void take_resolve(gk_fetcher *f, const char *entries) {
    gk_arena arena = {0};
    gk_str left = gk_str_of(entries);
    while (left.len) {
        size_t comma = gk_str_find(left, GK_STR(","));
        gk_str entry = gk_arena_dup(&arena, gk_str_slice(left, 0, comma));
        f->resolve = curl_slist_append(f->resolve, entry.ptr);
        left = gk_str_slice(left, comma == SIZE_MAX ? left.len : comma + 1, left.len);
    }
    gk_arena_free(&arena);
}

static bool open_slots(gk_fetcher *f) {
    f->slot_count = f->options.concurrency + 1;
    f->slots = gk_alloc_zero(f->slot_count, sizeof *f->slots);
    for (size_t i = f->slot_count; i-- > 0;) {
        if (!gk_transfer_open(&f->slots[i], &f->options, &f->wait, f->resolve)) return false;
        *gk_vec_push(&f->idle) = (idle){.transfer = &f->slots[i]};
    }
    return true;
}

/* A file without a certificate would be told by each transfer. */
static gk_code check_authorities(const char *path, gk_err *err) {
    gk_buf text = {.max = GK_MAX_CA_BYTES};
    FILE *file = path ? fopen(path, "rb") : NULL;
    if (!path) return GK_OK;
    gk_code code = GK_OK;
    if (!file || !gk_buf_read(&text, file))
        code = gk_err_set(err, GK_E_OPEN, "cannot read the certificates: %s", strerror(errno));
    else if (gk_str_find(gk_buf_str(&text), GK_STR("CERTIFICATE-----")) == SIZE_MAX)
        code = gk_err_set(err, GK_E_OPEN, "no certificate in PEM form stands in it");
    if (code != GK_OK) gk_err_file(err, gk_str_of(path));
    if (file) fclose(file);
    gk_buf_free(&text);
    return code;
}

gk_fetcher *gk_fetcher_new(const gk_fetch_options *options, gk_err *err) {
    if (!options->concurrency || !options->user_agent) {
        gk_err_set(err, GK_E_USAGE, "a fetcher needs a user agent and at least one transfer at once");
        return NULL;
    }
    if (check_authorities(options->ca_file, err) != GK_OK) return NULL;
    gk_fetcher *f = gk_alloc_zero(1, sizeof *f);
    f->options = *options;
    f->wait.epoll = -1;
    bool ready = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
    take_resolve(f, options->resolve);
    f->multi = curl_multi_init();
    ready = ready && f->multi && gk_fetch_wait_open(&f->wait, f->multi);
    if (f->multi) curl_multi_setopt(f->multi, CURLMOPT_MAXCONNECTS, (long)options->concurrency * 4 + 16);
    if (!ready || !open_slots(f)) {
        gk_err_set(err, GK_E_INTERNAL, "libcurl does not start, or is not there (libcurl.so.4)");
        gk_fetcher_free(f);
        return NULL;
    }
    return f;
}

void gk_fetcher_free(gk_fetcher *f) {
    if (!f) return;
    for (size_t i = 0; i < f->slot_count; i++) {
        if (f->slots[i].request && &f->slots[i] != f->lent) curl_multi_remove_handle(f->multi, f->slots[i].easy);
        gk_transfer_close(&f->slots[i]);
    }
    if (f->multi) curl_multi_cleanup(f->multi);
    gk_fetch_wait_close(&f->wait);
    curl_slist_free_all(f->resolve);
    curl_global_cleanup();
    gk_vec_free(&f->idle);
    gk_vec_free(&f->done);
    free(f->slots);
    free(f);
}

/* ---- transfers ---- */

/* A handle that asked the same origin before has nothing to be told but the path; else that is taken which is free longest, so
 * that the others keep their origins. */
static gk_transfer *take_idle(gk_fetcher *f, uint64_t origin) {
    size_t at = f->idle.len;
    while (at > 0 && f->idle.at[at - 1].origin != origin) at--;
    at -= at > 0;
    gk_transfer *t = f->idle.at[at].transfer;
    memmove(&f->idle.at[at], &f->idle.at[at + 1], (--f->idle.len - at) * sizeof *f->idle.at);
    return t;
}

bool gk_fetcher_add(gk_fetcher *f, const gk_request *request) {
    if (f->active == f->options.concurrency) return false;
    gk_transfer *t = take_idle(f, gk_transfer_origin(request->url));
    gk_transfer_begin(t, request);
    curl_multi_add_handle(f->multi, t->easy);
    f->active++;
    return true;
}

size_t gk_fetcher_active(const gk_fetcher *f) { return f->active; }

static void take_back(gk_fetcher *f) {
    if (!f->lent) return;
    *gk_vec_push(&f->idle) = (idle){f->lent, gk_transfer_origin(gk_buf_str(&f->lent->url))};
    gk_transfer_reset(f->lent);
    f->lent = NULL;
}

/* All that have ended are taken at once: while libcurl has news of others, it looks through them for each handle that is
 * taken from it. */
static void collect_done(gk_fetcher *f) {
    int left;
    f->given = f->done.len = 0;
    for (const CURLMsg *m; (m = curl_multi_info_read(f->multi, &left));) {
        if (m->msg != CURLMSG_DONE) continue;
        done *d = gk_vec_push(&f->done);
        d->code = m->data.result;
        curl_easy_getinfo(m->easy_handle, CURLINFO_PRIVATE, (char **)&d->transfer);
    }
}

/* The next transfer that has ended; NULL: none has. */
static const gk_response *next_done(gk_fetcher *f) {
    if (f->given == f->done.len) collect_done(f);
    if (f->given == f->done.len) return NULL;
    const done *d = &f->done.at[f->given++];
    gk_transfer_finish(d->transfer, d->code); /* before the handle leaves the multi handle, and its connection with it */
    curl_multi_remove_handle(f->multi, d->transfer->easy);
    f->active--;
    f->lent = d->transfer;
    return &d->transfer->response;
}

void gk_response_take_body(const gk_response *r, gk_buf *into) {
    gk_transfer *t = (gk_transfer *)(void *)((char *)(uintptr_t)r - offsetof(gk_transfer, response));
    gk_buf body = t->body;
    t->body = *into;
    *into = body;
}

static int64_t now_ms(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

void gk_fetcher_watch(gk_fetcher *f, int fd) { f->wait.watched = fd; }

const gk_response *gk_fetcher_next(gk_fetcher *f, int wait_ms) {
    take_back(f);
    const gk_response *r = next_done(f);
    int64_t end = wait_ms <= 0 ? 0 : now_ms() + wait_ms;
    while (!r && wait_ms >= 0) {
        int64_t left = end ? end - now_ms() : 0;
        bool went_on = gk_fetch_wait_once(&f->wait, left > 0 ? (int)left : 0);
        r = next_done(f);
        if (left <= 0 || (!went_on && f->wait.watched >= 0)) break;
    }
    return r;
}

bool gk_fetch_decode(const gk_response *r, gk_buf *room, gk_str *body, gk_outcome *why) {
    gk_code code = gk_http_uncode(r->content_encoding, r->body, room, body, NULL);
    if (why) *why = code == GK_OK ? GK_OUTCOME_OK : code == GK_E_LIMIT ? GK_OUTCOME_TOO_LARGE : GK_OUTCOME_BAD_ENCODING;
    return code == GK_OK;
}
