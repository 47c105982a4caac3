#include "corpus/crawl/harvest.h"

#include <stdlib.h>

enum { YEAR_DIGITS = 4 };

typedef struct walk {
    gk_store *store;
    gk_harvests *out;
    int64_t now;
} walk;

static gk_link_kind kind_of(gk_str name) {
    for (gk_link_kind k = GK_LINK_ENTRY; k < GK_LINK_OTHER; k++)
        if (gk_str_eqz(name, gk_link_kind_name(k))) return k;
    return GK_LINK_OTHER;
}

static bool is_good(gk_outcome o) { return o == GK_OUTCOME_OK || o == GK_OUTCOME_NOT_MODIFIED; }

/* ---- entry pages: each comes before what was found behind it */

static void add_seed(walk *w, const gk_entry *e) {
    gk_arena *a = &w->out->arena;
    gk_harvest *h = gk_vec_push(&w->out->list);
    *h = (gk_harvest){.id = e->id, .status = e->status, .fetched = e->fetched, .due = e->due};
    h->url = gk_arena_dup(a, e->url);
    h->region = gk_arena_dup(a, e->region);
    h->division_code = gk_arena_dup(a, e->division_code);
    h->agency = gk_arena_dup(a, e->agency);
    h->label = gk_arena_dup(a, e->label);
    h->outcome = gk_outcome_named(e->outcome);
    h->reason = gk_arena_dup(a, e->reason);
    h->digest = gk_arena_dup(a, e->digest);
}

/* Entries come in the order of their ids. */
static gk_harvest *seed_of(const gk_harvests *all, int64_t id) {
    size_t low = 0, high = all->list.len;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (all->list.at[middle].id < id) low = middle + 1;
        else high = middle;
    }
    return low < all->list.len && all->list.at[low].id == id ? &all->list.at[low] : NULL;
}

/* ---- what belongs to them */

static int year_of(const gk_entry *e) {
    char digits[YEAR_DIGITS + 1] = "";
    if (e->year) return e->year;
    if (e->date.len >= YEAR_DIGITS) memcpy(digits, e->date.ptr, YEAR_DIGITS);
    return atoi(digits);
}

static void count_found(gk_harvest *h, gk_link_kind kind, int year) {
    size_t i = 0;
    while (i < h->found.len &&
           (h->found.at[i].year > year || (h->found.at[i].year == year && h->found.at[i].kind < kind)))
        i++;
    if (i == h->found.len || h->found.at[i].year != year || h->found.at[i].kind != kind) {
        gk_vec_push(&h->found);
        memmove(&h->found.at[i + 1], &h->found.at[i], (h->found.len - 1 - i) * sizeof *h->found.at);
        h->found.at[i] = (gk_found){.year = year, .kind = kind};
    }
    h->found.at[i].count++;
}

static void count_missing(gk_harvest *h, gk_outcome outcome, const gk_entry *e, gk_arena *arena) {
    size_t i = 0;
    while (i < h->missing.len && h->missing.at[i].outcome < outcome) i++;
    if (i == h->missing.len || h->missing.at[i].outcome != outcome) {
        gk_vec_push(&h->missing);
        memmove(&h->missing.at[i + 1], &h->missing.at[i], (h->missing.len - 1 - i) * sizeof *h->missing.at);
        h->missing.at[i] = (gk_missing){.outcome = outcome};
        h->missing.at[i].url = gk_arena_dup(arena, e->url);
        h->missing.at[i].reason = gk_arena_dup(arena, e->reason);
    }
    h->missing.at[i].count++;
}

static bool count_entry(void *user, const gk_entry *e) {
    walk *w = user;
    if (e->seed == 0) {
        add_seed(w, e);
        return true;
    }
    gk_harvest *h = seed_of(w->out, e->seed);
    if (!h) return true;
    gk_link_kind kind = kind_of(e->kind);
    gk_outcome outcome = gk_outcome_named(e->outcome);
    bool document = kind == GK_LINK_ARTICLE || kind == GK_LINK_ATTACHMENT;
    h->waiting += e->due != INT64_MAX;
    if (outcome == GK_OUTCOME_NONE) return true;
    if (outcome == GK_OUTCOME_PAGER_INCONSISTENT) h->repeats++;
    else if (!is_good(outcome)) count_missing(h, outcome, e, &w->out->arena);
    else if (document) count_found(h, kind, year_of(e));
    else h->lists++;
    return true;
}

/* ---- verdicts */

static void set(gk_harvest *h, gk_outcome outcome, gk_str reason) {
    h->outcome = outcome;
    h->reason = reason;
}

/* What the group of an entry page that was not asked yet waits for: "UNIX-SECONDS CLASS" under "hold SITE" (crawl_finish.c). */
static void judge_waiting(walk *w, gk_harvest *h) {
    gk_arena *a = &w->out->arena;
    gk_url url;
    gk_err ignored;
    if (gk_url_read(h->url, NULL, a, &url, &ignored) != GK_OK) return;
    gk_str key = gk_arena_printf(a, "hold %.*s", GK_STR_ARG(url.site.len ? url.site : url.host));
    gk_str note = gk_store_noted(w->store, key, w->now, a);
    size_t blank = gk_str_find(note, GK_STR(" "));
    if (!note.ptr || blank == SIZE_MAX) return;
    set(h, gk_outcome_named(gk_str_slice(note, blank + 1, note.len)), GK_STR("its server group has to wait"));
    h->due = strtoll(note.ptr, NULL, 10);
}

static void judge(walk *w, gk_harvest *h) {
    if (h->outcome == GK_OUTCOME_NONE) judge_waiting(w, h);
    if (!is_good(h->outcome)) return;
    if (h->repeats > h->lists) set(h, GK_OUTCOME_PAGER_INCONSISTENT, GK_STR("most pages of its list repeat each other"));
    else if (h->found.len == 0 && h->missing.len == 0 && h->waiting == 0)
        set(h, GK_OUTCOME_EMPTY_LIST, GK_STR("no notice of the topic was found behind it"));
}

void gk_harvest_read(gk_store *store, int64_t now, gk_harvests *out) {
    walk w = {.store = store, .out = out, .now = now};
    gk_store_found(store, count_entry, &w);
    for (size_t i = 0; i < out->list.len; i++) judge(&w, &out->list.at[i]);
}

void gk_harvests_free(gk_harvests *h) {
    for (size_t i = 0; i < h->list.len; i++) {
        gk_vec_free(&h->list.at[i].found);
        gk_vec_free(&h->list.at[i].missing);
    }
    gk_vec_free(&h->list);
    gk_arena_free(&h->arena);
}

uint64_t gk_harvest_documents(const gk_harvest *h) {
    uint64_t count = 0;
    for (size_t i = 0; i < h->found.len; i++) count += h->found.at[i].count;
    return count;
}

bool gk_harvest_is_good(const gk_harvest *h) { return is_good(h->outcome); }
