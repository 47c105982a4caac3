/* The status of an archive, for the eye and as JSON Lines. */
#include <time.h>

#include "corpus/crawl/harvest.h"
#include "emit/clean.h"
#include "emit/write.h"
#include "gongkai.h"
#include "run/convert.h"

/* ---- texts */

static void put_time(int64_t seconds, gk_buf *out) {
    time_t t = (time_t)seconds;
    struct tm tm;
    char text[32];
    if (!gmtime_r(&t, &tm)) return;
    strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &tm);
    gk_buf_put(out, gk_str_of(text));
}

static void put_quoted(gk_str s, gk_buf *out) {
    gk_arena arena = {0};
    gk_str clean = gk_clean_text(s, &arena);
    char *at = gk_buf_room(out, clean.len * GK_JSON_LONGEST_ESCAPE + GK_JSON_SPARE);
    if (at) out->len += (size_t)(gk_write_text(at, clean) - at);
    gk_arena_free(&arena);
}

static void put_member(const char *name, gk_str value, gk_buf *out) {
    if (!value.ptr || !value.len) return;
    gk_buf_printf(out, ",\"%s\":", name);
    put_quoted(value, out);
}

/* ---- JSON Lines */

static void put_evidence(const gk_harvest *h, gk_buf *out) {
    if (!h->fetched) return;
    gk_buf_put(out, GK_STR(",\"evidence\":{\"url\":"));
    put_quoted(h->url, out);
    gk_buf_put(out, GK_STR(",\"fetched\":\""));
    put_time(h->fetched, out);
    gk_buf_putc(out, '"');
    if (h->digest.len) gk_buf_printf(out, ",\"digest\":\"sha256:%.*s\"", GK_STR_ARG(h->digest));
    gk_buf_putc(out, '}');
}

static void put_found(const gk_harvest *h, gk_buf *out) {
    gk_buf_put(out, GK_STR(",\"documents\":["));
    for (size_t i = 0; i < h->found.len; i++) {
        const gk_found *f = &h->found.at[i];
        gk_buf_printf(out, "%s{", i ? "," : "");
        if (f->year) gk_buf_printf(out, "\"year\":%d,", f->year);
        gk_buf_printf(out, "\"kind\":\"%s\",\"count\":%llu}", gk_link_kind_name(f->kind), (unsigned long long)f->count);
    }
    gk_buf_putc(out, ']');
}

static void put_missing(const gk_harvest *h, gk_buf *out) {
    gk_buf_put(out, GK_STR(",\"missing\":["));
    for (size_t i = 0; i < h->missing.len; i++) {
        const gk_missing *m = &h->missing.at[i];
        gk_buf_printf(out, "%s{\"outcome\":\"%s\",\"count\":%llu", i ? "," : "", gk_outcome_name(m->outcome),
                      (unsigned long long)m->count);
        put_member("url", m->url, out);
        put_member("reason", m->reason, out);
        gk_buf_putc(out, '}');
    }
    gk_buf_putc(out, ']');
}

static void print_json(const gk_harvest *h, gk_buf *out) {
    gk_buf_put(out, GK_STR("{\"kind\":\"entry_page\",\"url\":"));
    put_quoted(h->url, out);
    put_member("region", h->region, out);
    put_member("division_code", h->division_code, out);
    put_member("agency", h->agency, out);
    put_member("label", h->label, out);
    put_member("outcome", gk_str_of(gk_outcome_name(h->outcome)), out);
    put_member("reason", h->reason, out);
    if (h->status) gk_buf_printf(out, ",\"status\":%d", h->status);
    put_evidence(h, out);
    if (h->due && h->due != INT64_MAX && !gk_harvest_is_good(h)) {
        gk_buf_put(out, GK_STR(",\"next\":\""));
        put_time(h->due, out);
        gk_buf_putc(out, '"');
    }
    put_found(h, out);
    put_missing(h, out);
    gk_buf_printf(out, ",\"waiting\":%llu}\n", (unsigned long long)h->waiting);
}

/* ---- the table */

static uint64_t count_of(const gk_harvest *h, gk_link_kind kind) {
    uint64_t count = 0;
    for (size_t i = 0; i < h->found.len; i++) count += h->found.at[i].kind == kind ? h->found.at[i].count : 0;
    return count;
}

static void print_years(const gk_harvest *h, gk_buf *out) {
    if (h->found.len) gk_buf_put(out, GK_STR("    documents: "));
    for (size_t i = 0; i < h->found.len; i++) {
        const gk_found *f = &h->found.at[i];
        bool same = i && h->found.at[i - 1].year == f->year;
        if (i) gk_buf_put(out, same ? GK_STR(" + ") : GK_STR(", "));
        if (!same && f->year) gk_buf_printf(out, "%d: ", f->year);
        else if (!same) gk_buf_put(out, GK_STR("no year: "));
        gk_buf_printf(out, "%llu %s", (unsigned long long)f->count, gk_link_kind_name(f->kind));
    }
    if (h->found.len) gk_buf_putc(out, '\n');
}

static void print_missing(const gk_missing *m, gk_buf *out) {
    gk_buf_printf(out, "    missing: %llu %s (%s), first %.*s", (unsigned long long)m->count, gk_outcome_name(m->outcome),
                  gk_outcome_meaning(m->outcome), GK_STR_ARG(m->url));
    if (m->reason.len) gk_buf_printf(out, ": %.*s", GK_STR_ARG(m->reason));
    gk_buf_putc(out, '\n');
}

static void print_row(const gk_harvest *h, gk_buf *out) {
    const char *name = gk_outcome_name(h->outcome);
    uint64_t missing = 0;
    for (size_t i = 0; i < h->missing.len; i++) missing += h->missing.at[i].count;
    gk_buf_printf(out, "%-18s %8llu %8llu %8llu %8llu  ", *name ? name : "-",
                  (unsigned long long)count_of(h, GK_LINK_ARTICLE), (unsigned long long)count_of(h, GK_LINK_ATTACHMENT),
                  (unsigned long long)missing, (unsigned long long)h->waiting);
    size_t start = out->len;
    if (h->fetched) put_time(h->fetched, out);
    gk_buf_printf(out, "%*s  ", 20 - (int)(out->len - start), "");
    gk_buf_printf(out, "%-12.*s  %.*s\n", (int)(h->digest.len < 12 ? h->digest.len : 12), h->digest.len ? h->digest.ptr : "",
                  GK_STR_ARG(h->url));
    if (h->reason.len) gk_buf_printf(out, "    %.*s\n", GK_STR_ARG(h->reason));
    print_years(h, out);
    for (size_t i = 0; i < h->missing.len; i++) print_missing(&h->missing.at[i], out);
}

static void print_all(const gk_harvests *all, bool jsonl, gk_buf *out) {
    if (!jsonl)
        gk_buf_printf(out, "%-18s %8s %8s %8s %8s  %-20s  %-12s  %s\n", "outcome", "notices", "files", "missing", "waiting",
                      "fetched", "digest", "entry page");
    for (size_t i = 0; i < all->list.len; i++) {
        if (jsonl) print_json(&all->list.at[i], out);
        else print_row(&all->list.at[i], out);
    }
}

bool gongkai_status(const char *archive, bool jsonl, gongkai_write *write, void *user, bool *good, gongkai_error *error) {
    gk_err err = {0};
    gk_harvests all = {0};
    gk_buf out = {0};
    gk_store *store = gk_store_open(archive, GK_STORE_READ, GK_STR_NONE, &err);
    if (store) {
        gk_harvest_read(store, (int64_t)time(NULL), &all);
        gk_store_close(store, &err);
    }
    if (good) *good = true;
    for (size_t i = 0; good && i < all.list.len; i++) *good = *good && gk_harvest_is_good(&all.list.at[i]);
    print_all(&all, jsonl, &out);
    if (err.code == GK_OK && !write(user, gk_public_text(gk_buf_str(&out))))
        gk_err_set(&err, GK_E_OUTPUT, "the status cannot be written");
    gk_public_error(&err, error);
    gk_harvests_free(&all);
    gk_buf_free(&out);
    return err.code == GK_OK;
}
