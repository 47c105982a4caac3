#include "corpus/archive/scan.h"

#include <stdlib.h>

#include "base/limits.h"
#include "corpus/archive/http.h"
#include "corpus/archive/warc.h"

enum { DAY_MS = 86400000, MONTHS = 12 };

/* One scan. What is said of a document beside its answer comes in records of the same URL, before it or behind it. */
typedef struct scan {
    gk_arena arena;
    GK_VEC(gk_stored) list;
    int64_t since_ms;
} scan;

bool gk_scan_is_warc(const char *path) {
    gk_err ignored;
    gk_warc_reader *r = gk_warc_open(path, 0, &ignored);
    bool is = r && gk_warc_begins(r);
    gk_warc_close(r);
    return is;
}

/* ---- dates */

static bool number(gk_str text, size_t at, size_t digits, int *out) {
    *out = 0;
    for (size_t i = at; i < at + digits; i++) {
        if (i >= text.len || text.ptr[i] < '0' || text.ptr[i] > '9') return false;
        *out = *out * 10 + text.ptr[i] - '0';
    }
    return true;
}

/* Days since 1970-01-01 of the proleptic Gregorian calendar. Example: 2024-02-05 is day 19758. */
static int64_t days_of(int year, int month, int day) {
    static const int before[MONTHS] = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};
    int64_t y = year - (month <= 2); /* leap days up to the last February */
    return 365 * ((int64_t)year - 1970) + (y / 4 - y / 100 + y / 400) - 477 + before[month - 1] + day - 1;
}

bool gk_scan_date(gk_str text, int64_t *ms) {
    int year, month, day, hour = 0, minute = 0, second = 0;
    if (!number(text, 0, 4, &year) || !number(text, 5, 2, &month) || !number(text, 8, 2, &day)) return false;
    if (text.ptr[4] != '-' || text.ptr[7] != '-' || year < 1970) return false;
    if (month < 1 || month > MONTHS || day < 1 || day > 31) return false;
    if (text.len > 10 && text.ptr[10] != 'T' && text.ptr[10] != ' ') return false;
    if (text.len > 10 && (!number(text, 11, 2, &hour) || !number(text, 14, 2, &minute))) return false;
    if (text.len > 16 && text.ptr[16] == ':' && !number(text, 17, 2, &second)) return false;
    if (hour > 23 || minute > 59 || second > 60) return false;
    *ms = days_of(year, month, day) * DAY_MS + ((hour * 60 + minute) * 60 + second) * (int64_t)1000;
    return true;
}

/* ---- records */

static gk_stored *push(scan *s, const gk_warc_record *r, uint64_t offset, uint64_t length) {
    gk_stored *c = gk_vec_push(&s->list);
    *c = (gk_stored){.id = (int64_t)s->list.len, .url = gk_arena_dup(&s->arena, r->target)};
    c->record = c->payload = (gk_place){.file = 1, .offset = offset, .length = length};
    if (!gk_scan_date(r->date, &c->started_ms)) c->started_ms = 0;
    c->first_ms = c->started_ms;
    c->status = gk_http_status(r->head);
    c->truncated = gk_arena_dup(&s->arena, r->truncated);
    c->media_type = gk_arena_dup(&s->arena, r->payload_type);
    c->bytes = r->payload.len;
    return c;
}

static void digest_of(const gk_warc_record *r, gk_stored *c) {
    unsigned char digest[GK_SHA_BYTES];
    if (r->type == GK_WARC_REVISIT && !gk_sha_read(r->payload_digest, digest)) return;
    if (r->type != GK_WARC_REVISIT) gk_sha_of(&r->payload, 1, digest);
    gk_sha_text(digest, c->digest);
}

/* "name: value" of the metadata records that a crawl writes. It has no place of its own: its length is 0. */
static void take_metadata(scan *s, const gk_warc_record *r) {
    gk_stored *c = push(s, r, 0, 0);
    c->text = gk_arena_dup(&s->arena, gk_http_header(r->payload, "anchor"));
    c->name = gk_arena_dup(&s->arena, gk_http_header(r->payload, "name"));
    c->kind = gk_arena_dup(&s->arena, gk_http_header(r->payload, "kind"));
    c->outcome = gk_arena_dup(&s->arena, gk_http_header(r->payload, "outcome"));
    c->list_page = gk_arena_dup(&s->arena, gk_http_header(r->payload, "via"));
    c->published = gk_arena_dup(&s->arena, gk_http_header(r->payload, "published"));
    if (!c->published.len) c->published = gk_arena_dup(&s->arena, gk_http_header(r->payload, "date"));
}

static void take(scan *s, const gk_warc_record *r, uint64_t offset, uint64_t length) {
    if (!r->target.len) return;
    if (r->type == GK_WARC_METADATA) take_metadata(s, r);
    if (r->type != GK_WARC_RESPONSE && r->type != GK_WARC_RESOURCE && r->type != GK_WARC_REVISIT) return;
    if (r->type != GK_WARC_RESOURCE && !gk_str_starts(r->content_type, GK_STR("application/http"))) return;
    gk_stored *c = push(s, r, offset, length);
    c->type = r->type == GK_WARC_RESPONSE ? GK_STR("response") : GK_STR("resource");
    if (r->type == GK_WARC_REVISIT) c->type = GK_STR("revisit");
    digest_of(r, c);
}

/* ---- the last good one of each URL */

static int by_url(const void *a, const void *b) {
    const gk_stored *x = a, *y = b;
    int order = gk_str_cmp(x->url, y->url);
    if (order) return order;
    if (x->started_ms != y->started_ms) return x->started_ms < y->started_ms ? -1 : 1;
    return x->id < y->id ? -1 : 1;
}

static int by_digest(const void *a, const void *b) {
    const gk_stored *x = *(const gk_stored *const *)a, *y = *(const gk_stored *const *)b;
    int order = strcmp(x->digest, y->digest);
    return order ? order : x->id < y->id ? -1 : 1;
}

static bool is_good(const gk_stored *c) {
    bool whole = c->record.length && c->payload.length && c->bytes && !c->truncated.len;
    if (gk_str_eqz(c->type, "resource")) return whole;
    return whole && (c->status / 100 == 2 || (c->status == 304 && gk_str_eqz(c->type, "revisit")));
}

/* A revisit gets the payload of the first answer with its digest; where there is none it stays without one. */
static void resolve(scan *s) {
    GK_VEC(const gk_stored *) held = {0};
    for (size_t i = 0; i < s->list.len; i++)
        if (s->list.at[i].digest[0] && !gk_str_eqz(s->list.at[i].type, "revisit")) *gk_vec_push(&held) = &s->list.at[i];
    if (held.len) qsort(held.at, held.len, sizeof *held.at, by_digest);
    for (size_t i = 0; i < s->list.len; i++) {
        gk_stored *c = &s->list.at[i];
        if (!gk_str_eqz(c->type, "revisit")) continue;
        c->payload.length = 0;
        size_t low = 0, high = held.len;
        while (low < high) {
            size_t middle = low + (high - low) / 2;
            if (strcmp(held.at[middle]->digest, c->digest) < 0) low = middle + 1;
            else high = middle;
        }
        if (low == held.len || strcmp(held.at[low]->digest, c->digest) != 0) continue;
        c->payload = held.at[low]->payload;
        c->bytes = held.at[low]->bytes;
        c->first_ms = held.at[low]->started_ms;
    }
    gk_vec_free(&held);
}

/* What a crawl needs to find documents, and what is none itself. */
static bool is_way(gk_str kind) {
    static const char *const ways[] = {"entry", "list", "page", "robots"};
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
        if (gk_str_eqz(kind, ways[i])) return true;
    return false;
}

/* Gives the document of one URL, which has the captures from `at` up to `end`. */
static bool give(scan *s, size_t at, size_t end, gk_on_stored *on_stored, void *user) {
    const gk_stored *last = NULL, *told = NULL;
    for (size_t i = at; i < end; i++) {
        if (is_good(&s->list.at[i])) last = &s->list.at[i];
        if (!s->list.at[i].record.length) told = &s->list.at[i];
    }
    if (!last || last->first_ms < s->since_ms || (told && is_way(told->kind))) return true;
    gk_stored c = *last;
    if (told) c.text = told->text, c.name = told->name, c.kind = told->kind, c.published = told->published;
    if (told) c.list_page = told->list_page;
    return on_stored(user, &c);
}

static void give_all(scan *s, gk_on_stored *on_stored, void *user) {
    resolve(s);
    if (s->list.len) qsort(s->list.at, s->list.len, sizeof *s->list.at, by_url);
    bool go_on = true;
    for (size_t i = 0, end; go_on && i < s->list.len; i = end) {
        for (end = i + 1; end < s->list.len && gk_str_eq(s->list.at[end].url, s->list.at[i].url);) end++;
        go_on = give(s, i, end, on_stored, user);
    }
}

gk_code gk_scan_documents(const char *path, int64_t since_ms, gk_on_stored *on_stored, void *user, gk_scan_damage *damage,
                          gk_err *err) {
    scan s = {.since_ms = since_ms};
    gk_warc_record r;
    uint64_t offset, length;
    gk_err wrong;
    gk_warc_reader *reader = gk_warc_open(path, 0, err);
    gk_code code = reader ? GK_OK : GK_E_OPEN;
    *damage = (gk_scan_damage){0};
    while (code != GK_E_OPEN) {
        code = gk_warc_next(reader, &r, &offset, &length, &wrong);
        if (code == GK_OK && r.type == GK_WARC_OTHER && !r.id.ptr) break;
        if (s.list.len > GK_MAX_SCANNED_RECORDS) break;
        if (code == GK_OK) take(&s, &r, offset, length);
        else if (!damage->count++) damage->first = wrong;
    }
    if (reader && code == GK_E_OPEN && err) *err = wrong;
    gk_warc_close(reader);
    if (s.list.len > GK_MAX_SCANNED_RECORDS)
        code = gk_err_set(err, GK_E_LIMIT, "more than %u answers in one WARC file (GK_MAX_SCANNED_RECORDS)",
                          GK_MAX_SCANNED_RECORDS);
    if (code == GK_OK) give_all(&s, on_stored, user);
    gk_vec_free(&s.list);
    gk_arena_free(&s.arena);
    return code;
}
