#include "check/recall.h"

#include <stdlib.h>

#include "base/eight.h"
#include "base/slots.h"
#include "check/engine.h"

/* A place in a half, in units of max_align_t, + 1; 0: none. It is good while the half is filled the same time. */
typedef struct place {
    uint32_t at, filling;
} place;

/* What was found lies behind it, and the text behind that. Documents repeat the order of their texts, too: `next` is what was
 * asked for behind it the last time. */
typedef struct entry {
    uint16_t asked, len, count;
    place next;
    max_align_t found[];
} entry;

typedef struct half {
    char *block;
    size_t used;
    uint32_t filling; /* counts how often the halves were filled */
    gk_slots slots;   /* to the places of entries in the block */
} half;

struct gk_recall {
    half half[2];
    size_t bytes;
    int young;
    place last; /* what was asked for last */
};

_Static_assert(GK_RECALL_MOST <= UINT16_MAX, "lengths of texts fit");

enum { UNIT = sizeof(max_align_t), LEAST_SLOTS = 256 };

gk_recall *gk_recall_new(size_t bytes) {
    gk_recall *r = gk_alloc_zero(1, sizeof *r);
    r->bytes = bytes < GK_RECALL_MOST ? GK_RECALL_MOST : bytes;
    for (int i = 0; i < 2; i++) {
        r->half[i].block = gk_alloc(r->bytes);
        gk_slots_open(&r->half[i].slots, LEAST_SLOTS);
        r->half[i].filling = (uint32_t)i + 1;
    }
    return r;
}

void gk_recall_free(gk_recall *r) {
    for (int i = 0; r && i < 2; i++) {
        free(r->half[i].block);
        gk_slots_free(&r->half[i].slots);
    }
    free(r);
}

size_t gk_recall_bytes(const gk_recall *r) { return r->half[0].used + r->half[1].used; }

/* The product of two numbers, its halves mixed. */
static uint64_t folded(uint64_t a, uint64_t b) {
    gk_ufixed p = (gk_ufixed)a * b;
    return (uint64_t)p ^ (uint64_t)(p >> 64);
}

/* Lines are long: 32 bytes of them are taken at a time, in two halves that need not wait for each other; the last 32 once more.
 * No text holds the bytes of the two numbers, which are not UTF-8: none makes a product of it zero by them. */
static uint64_t long_key(gk_str text) {
    uint64_t a = text.len, b = ~text.len;
    const char *last = text.ptr + text.len - 32;
    for (const char *at = text.ptr;; at = at + 32 < last ? at + 32 : last) {
        a = folded(gk_eight_at(at) ^ 0x9E3779B97F4A7C15u, gk_eight_at(at + 8) ^ a);
        b = folded(gk_eight_at(at + 16) ^ 0xC4CEB9FE1A85EC53u, gk_eight_at(at + 24) ^ b);
        if (at == last) return folded(a ^ 0x9E3779B97F4A7C15u, b);
    }
}

static uint64_t key_of(gk_str text, uint32_t asked) {
    return (text.len < 32 ? gk_text_key(text) : long_key(text)) + asked * 0x9E3779B97F4A7C15u;
}

static gk_str text_of(const entry *e) {
    return (gk_str){(const char *)e->found + e->count * sizeof(gk_found), e->len};
}

static entry *entry_at(const half *h, uint32_t at) { return (entry *)(h->block + (size_t)(at - 1) * UNIT); }

/* The half of a place; NULL: it is no place any more. */
static half *half_of(gk_recall *r, place p) {
    for (int i = 0; i < 2 && p.at; i++)
        if (r->half[i].filling == p.filling) return &r->half[i];
    return NULL;
}

static bool is_entry(const entry *e, gk_str text, uint32_t asked) { return e->asked == asked && gk_str_eq(text_of(e), text); }

/* The place of an entry in a half; 0: it has none. */
static uint32_t find_entry(const half *h, gk_str text, uint32_t asked, uint64_t key) {
    const gk_slot *s = gk_slots_first(&h->slots, (uint32_t)(key >> 32));
    for (; s->at; s = gk_slots_next(&h->slots, s))
        if (is_entry(entry_at(h, s->at), text, asked)) return s->at;
    return 0;
}

static size_t size_of(gk_str text, size_t count) {
    size_t bytes = sizeof(entry) + count * sizeof(gk_found) + text.len;
    return (bytes + UNIT - 1) / UNIT * UNIT;
}

/* The old half becomes the young one, and is emptied. */
static void turn(gk_recall *r) {
    r->young = !r->young;
    half *h = &r->half[r->young];
    gk_slots_clear(&h->slots);
    h->used = 0;
    h->filling = r->half[!r->young].filling + 1;
}

static bool has_room(const gk_recall *r, size_t bytes) {
    const half *h = &r->half[r->young];
    return h->used + bytes <= r->bytes && h->slots.used < GK_RECALL_TEXTS;
}

static place put(gk_recall *r, gk_str text, uint32_t asked, const gk_found *found, size_t count, uint64_t key) {
    size_t bytes = size_of(text, count);
    if (!has_room(r, bytes)) turn(r);
    half *h = &r->half[r->young];
    place p = {(uint32_t)(h->used / UNIT) + 1, h->filling};
    entry *e = entry_at(h, p.at);
    gk_slots_add(&h->slots, (uint32_t)(key >> 32), p.at);
    h->used += bytes;
    *e = (entry){.asked = (uint16_t)asked, .len = (uint16_t)text.len, .count = (uint16_t)count};
    if (count) memcpy(e->found, found, count * sizeof *found);
    if (text.len) memcpy((char *)e->found + count * sizeof *found, text.ptr, text.len);
    return p;
}

/* It is asked for now. */
static void step(gk_recall *r, place p) {
    half *h = half_of(r, r->last);
    if (h) entry_at(h, r->last.at)->next = p;
    r->last = p;
}

/* What the entry that was asked for last expects; no place where it expects another text. */
static place expected(gk_recall *r, gk_str text, uint32_t asked) {
    const half *h = half_of(r, r->last);
    place p = h ? entry_at(h, r->last.at)->next : (place){0, 0};
    const half *of = half_of(r, p);
    return of && is_entry(entry_at(of, p.at), text, asked) ? p : (place){0, 0};
}

/* No place: it is not kept. */
static place place_of(const gk_recall *r, gk_str text, uint32_t asked, uint64_t key) {
    for (int i = 0; i < 2; i++) {
        const half *h = &r->half[i ? !r->young : r->young];
        uint32_t at = find_entry(h, text, asked, key);
        if (at) return (place){at, h->filling};
    }
    return (place){0, 0};
}

/* The bytes of the entry that is expected next are fetched while this one is worked with. */
static void fetch_next(gk_recall *r, const entry *e) {
    enum { LINE = 64, LINES = 6 };
    const half *h = half_of(r, e->next);
    const char *at = h ? (const char *)entry_at(h, e->next.at) : NULL;
    for (int i = 0; at && i < LINES; i++) __builtin_prefetch(at + i * LINE);
}

/* What is asked for again moves to the young half, where that has room: a turn would take what is read. */
static place young_place(gk_recall *r, place old, gk_str text, uint32_t asked) {
    const half *h = &r->half[r->young];
    if (old.filling == h->filling) return old;
    uint64_t key = key_of(text, asked);
    uint32_t at = find_entry(h, text, asked, key);
    if (at) return (place){at, h->filling};
    const entry *e = entry_at(half_of(r, old), old.at);
    return has_room(r, size_of(text, e->count)) ? put(r, text, asked, (const gk_found *)e->found, e->count, key) : old;
}

bool gk_recall_find(gk_recall *r, gk_str text, uint32_t asked, const gk_found **found, size_t *count) {
    place p = expected(r, text, asked);
    if (!p.at) p = place_of(r, text, asked, key_of(text, asked));
    if (!p.at) return false;
    p = young_place(r, p, text, asked);
    const entry *e = entry_at(half_of(r, p), p.at);
    *count = e->count;
    *found = (const gk_found *)e->found;
    fetch_next(r, e);
    step(r, p);
    return true;
}

void gk_recall_keep(gk_recall *r, gk_str text, uint32_t asked, const gk_found *found, size_t count) {
    if (count <= GK_RECALL_MOST / sizeof *found && size_of(text, count) <= GK_RECALL_MOST)
        step(r, put(r, text, asked, found, count, key_of(text, asked)));
}
