#include "corpus/archive/fresh.h"

#include <stdlib.h>

bool gk_entry_before(const gk_entry *a, const gk_entry *b) {
    if (a->priority != b->priority) return a->priority > b->priority;
    if (a->depth != b->depth) return a->depth < b->depth;
    return a->id < b->id;
}

void gk_fresh_free(gk_fresh *f) {
    gk_vec_free(&f->list);
    gk_arena_free(&f->arena);
    free(f->table);
    *f = (gk_fresh){0};
}

gk_fresh_entry *gk_fresh_at(const gk_fresh *f, int64_t id) {
    bool fresh = id >= f->first && (uint64_t)(id - f->first) < f->list.len;
    return fresh ? &f->list.at[id - f->first] : NULL;
}

/* ---- by key, which is a digest and so its own hash */

static uint32_t *slot(const gk_fresh *f, const unsigned char *key) {
    uint64_t i;
    memcpy(&i, key, sizeof i);
    for (;; i++) {
        uint32_t *at = &f->table[i & (f->cap - 1)];
        if (!*at || memcmp(f->list.at[*at - 1].key, key, GK_KEY_BYTES) == 0) return at;
    }
}

bool gk_fresh_has(const gk_fresh *f, gk_str key) {
    return f->list.len > 0 && *slot(f, (const unsigned char *)key.ptr) != 0;
}

bool gk_fresh_full(const gk_fresh *f) {
    enum { MOST = 8192, MOST_BYTES = 8 << 20 };
    return f->list.len >= MOST || f->arena.total > MOST_BYTES;
}

static void enlarge(gk_fresh *f) {
    if (2 * (f->list.len + 1) <= f->cap) return;
    f->cap = f->cap ? 2 * f->cap : 256;
    free(f->table);
    f->table = gk_alloc_zero(f->cap, sizeof *f->table);
    for (size_t i = 0; i < f->list.len; i++) *slot(f, f->list.at[i].key) = (uint32_t)i + 1;
}

/* ---- the queue of a host: a heap of places */

static const gk_entry *entry_of(const gk_fresh *f, uint32_t place) { return &f->list.at[place].entry; }

static void push(const gk_fresh *f, gk_host *host, uint32_t place) {
    gk_vec_push(&host->queue);
    size_t at = host->queue.len - 1;
    for (; at > 0 && gk_entry_before(entry_of(f, place), entry_of(f, host->queue.at[(at - 1) / 2])); at = (at - 1) / 2)
        host->queue.at[at] = host->queue.at[(at - 1) / 2];
    host->queue.at[at] = place;
}

static void pop(const gk_fresh *f, gk_host *host) {
    uint32_t last = host->queue.at[--host->queue.len];
    size_t at = 0, count = host->queue.len;
    for (size_t child; (child = 2 * at + 1) < count; at = child) {
        const uint32_t *q = host->queue.at;
        child += child + 1 < count && gk_entry_before(entry_of(f, q[child + 1]), entry_of(f, q[child]));
        if (!gk_entry_before(entry_of(f, q[child]), entry_of(f, last))) break;
        host->queue.at[at] = q[child];
    }
    if (count) host->queue.at[at] = last;
}

static void queue_if_ready(const gk_fresh *f, gk_host *host, const gk_fresh_entry *e) {
    if (gk_due_of(&e->entry) == 0) push(f, host, (uint32_t)(e - f->list.at));
}

/* What was taken or is done stays in the queue until it comes to the front. */
gk_fresh_entry *gk_fresh_best(gk_fresh *f, gk_host *host) {
    while (host->queue.len) {
        gk_fresh_entry *e = &f->list.at[host->queue.at[0]];
        if (!e->taken && gk_due_of(&e->entry) == 0) return e;
        pop(f, host);
    }
    return NULL;
}

/* ---- entries */

void gk_fresh_add(gk_fresh *f, gk_host *host, gk_str key, const gk_entry *e) {
    enlarge(f);
    gk_fresh_entry *to = gk_vec_push(&f->list);
    *to = (gk_fresh_entry){.entry = *e, .host = host->id};
    memcpy(to->key, key.ptr, GK_KEY_BYTES);
    to->entry.id = f->first + (int64_t)f->list.len - 1;
    to->entry.host = to->entry.site = GK_STR_NONE;
    gk_str *const texts[] = {&to->entry.url,    &to->entry.body,          &to->entry.body_type, &to->entry.referer,
                             &to->entry.kind,   &to->entry.text,          &to->entry.name,      &to->entry.date,
                             &to->entry.region, &to->entry.division_code, &to->entry.agency,    &to->entry.label,
                             &to->entry.outcome, &to->entry.reason,       &to->entry.etag,      &to->entry.last_modified,
                             &to->entry.digest};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) *texts[i] = gk_arena_dup(&f->arena, *texts[i]);
    *slot(f, to->key) = (uint32_t)f->list.len;
    host->fresh += gk_due_of(&to->entry) == 0;
    queue_if_ready(f, host, to);
}

void gk_fresh_settle(gk_fresh *f, gk_host *host, gk_fresh_entry *to, const gk_entry *e) {
    host->fresh -= gk_due_of(&to->entry) == 0;
    to->taken = false;
    to->entry.outcome = gk_arena_dup(&f->arena, e->outcome);
    to->entry.reason = gk_arena_dup(&f->arena, e->reason);
    to->entry.status = e->status;
    to->entry.attempts = e->attempts;
    to->entry.due = e->due;
    to->entry.etag = gk_arena_dup(&f->arena, e->etag);
    to->entry.last_modified = gk_arena_dup(&f->arena, e->last_modified);
    to->entry.digest = gk_arena_dup(&f->arena, e->digest);
    to->entry.fetched = e->fetched;
    host->fresh += gk_due_of(&to->entry) == 0;
    queue_if_ready(f, host, to);
}

void gk_fresh_release(gk_fresh *f, gk_host *host, gk_fresh_entry *e) {
    e->taken = false;
    queue_if_ready(f, host, e);
}

void gk_fresh_clear(gk_fresh *f, gk_hosts *hosts) {
    for (size_t i = 0; i < f->list.len; i++) {
        gk_host *h = gk_hosts_at(hosts, f->list.at[i].host);
        if (!h) continue;
        h->queue.len = h->fresh = 0;
        h->best_known = false;
    }
    f->first += (int64_t)f->list.len;
    f->list.len = 0;
    if (f->cap) memset(f->table, 0, f->cap * sizeof *f->table);
    gk_arena_reset(&f->arena);
}
