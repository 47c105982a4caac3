/* Puts documents into an archive as a crawl does, so that it can be killed at it: writer DIR COUNT FLUSH-EVERY.
 *
 * Knows COUNT requests (added at its first run), takes one after the other, puts its document (text that follows from its
 * number; every tenth is a copy of another one) and flushes every FLUSH-EVERY documents (0: none is put). Prints
 * "torn BYTES", then "opened MILLISECONDS", and at the end "done DOCUMENTS"; an error goes to standard error, with exit
 * code 4. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "corpus/archive/store.h"

static int64_t now_ms(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static int fail(const gk_err *err) {
    fprintf(stderr, "%s: %s: %s\n", err->file, gk_code_name(err->code), err->message);
    return 4;
}

static void know_all(gk_store *s, int count) {
    for (int i = 0; i < count; i++) {
        char url[100];
        snprintf(url, sizeof url, "http://site.example/page/%d.html", i);
        gk_entry e = {.url = gk_str_of(url), .host = GK_STR("site.example"), .site = GK_STR("site.example"),
                      .kind = GK_STR("article"), .parent = 1, .seed = 1};
        gk_store_add(s, &e);
    }
}

/* The text of a document; number 10 n + 9 is that of 10 n + 8. */
static void compose(int number, gk_buf *out) {
    if (number % 10 == 9) number--;
    gk_buf_clear(out);
    for (int i = 0; i < 20; i++) gk_buf_printf(out, "%d. line %d of document %d\n", i, i * number % 97, number);
}

static gk_code put(gk_store *s, gk_entry *e, gk_buf *text, gk_err *err) {
    int number = atoi(strrchr(e->url.ptr, '/') + 1);
    compose(number, text);
    gk_capture c = {.url = e->url, .status = 200, .payload = gk_buf_str(text), .outcome = GK_STR("ok"),
                    .started_ms = 1707102245000 + number, .metadata = GK_STR("anchor: a document\r\n"),
                    .request_bytes = GK_STR("GET / HTTP/1.1\r\nHost: site.example\r\n\r\n"),
                    .header_bytes = GK_STR("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n")};
    e->outcome = c.outcome;
    e->due = INT64_MAX;
    e->attempts++;
    return gk_store_put(s, e, &c, 1, err);
}

int main(int argc, char **argv) {
    gk_err err = {0};
    gk_entry e;
    gk_arena arena = {0};
    gk_buf text = {0};
    if (argc != 4) return 2;
    signal(SIGXFSZ, SIG_IGN);
    int count = atoi(argv[2]), every = atoi(argv[3]), done = 0;
    int64_t began = now_ms();
    gk_store *s = gk_store_open(argv[1], GK_STORE_WRITE, GK_STR("software: test\r\n"), &err);
    if (!s) return fail(&err);
    printf("torn %llu\nopened %lld\n", (unsigned long long)gk_store_torn(s), (long long)(now_ms() - began));
    fflush(stdout);
    gk_str all = gk_store_noted(s, GK_STR("all"), 0, &arena);
    if (!all.ptr) know_all(s, count);
    if (!all.ptr) gk_store_note(s, GK_STR("all"), GK_STR("known"), INT64_MAX);
    gk_code code = gk_store_flush(s, &err);
    while (every && code == GK_OK && gk_store_take(s, GK_STR("site.example"), 1, &arena, &e)) {
        code = put(s, &e, &text, &err);
        gk_arena_reset(&arena);
        if (code == GK_OK && ++done % every == 0) code = gk_store_flush(s, &err);
    }
    gk_err end = {0};
    gk_code closed = gk_store_close(s, &end);
    gk_buf_free(&text);
    gk_arena_free(&arena);
    if (code != GK_OK || closed != GK_OK) return fail(code != GK_OK ? &err : &end);
    printf("done %d\n", done);
    return 0;
}
