#include "check/recall.h"

#include <stdlib.h>

#include "base/eight.h"
#include "base/slots.h"
#include "check/engine.h"

/* What was found lies behind it, and the text behind that. */
typedef struct entry {
    uint32_t asked, len, count;
    max_align_t found[];
} entry;

typedef struct half {
    char *block;
    size_t used;
    gk_slots slots; /* to the places of entries in the block, in units of max_align_t, + 1 */
} half;

struct gk_recall {
    half half[2];
    size_t bytes;
    int young;
};

enum { UNIT = sizeof(max_align_t), LEAST_SLOTS = 256 };

gk_recall *gk_recall_new(size_t bytes) {
    gk_recall *r = gk_alloc_zero(1, sizeof *r);
    r->bytes = bytes < GK_RECALL_MOST ? GK_RECALL_MOST : bytes;
    for (int i = 0; i < 2; i++) {
        r->half[i].block = gk_alloc(r->bytes);
        gk_slots_open(&r->half[i].slots, LEAST_SLOTS);
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

/* NULL: the half has none. */
static const entry *entry_of(const half *h, gk_str text, uint32_t asked, uint64_t key) {
    const gk_slot *s = gk_slots_first(&h->slots, (uint32_t)(key >> 32));
    for (; s->at; s = gk_slots_next(&h->slots, s)) {
        const entry *e = (const entry *)(h->block + (size_t)(s->at - 1) * UNIT);
        if (e->asked == asked && gk_str_eq(text_of(e), text)) return e;
    }
    return NULL;
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
}

static bool has_room(const gk_recall *r, size_t bytes) {
    const half *h = &r->half[r->young];
    return h->used + bytes <= r->bytes && h->slots.used < GK_RECALL_TEXTS;
}

static void put(gk_recall *r, gk_str text, uint32_t asked, const gk_found *found, size_t count, uint64_t key) {
    size_t bytes = size_of(text, count);
    if (!has_room(r, bytes)) turn(r);
    half *h = &r->half[r->young];
    entry *e = (entry *)(h->block + h->used);
    gk_slots_add(&h->slots, (uint32_t)(key >> 32), (uint32_t)(h->used / UNIT) + 1);
    h->used += bytes;
    e->asked = asked;
    e->len = (uint32_t)text.len;
    e->count = (uint32_t)count;
    if (count) memcpy(e->found, found, count * sizeof *found);
    if (text.len) memcpy((char *)e->found + count * sizeof *found, text.ptr, text.len);
}

bool gk_recall_find(gk_recall *r, gk_str text, uint32_t asked, const gk_found **found, size_t *count) {
    uint64_t key = key_of(text, asked);
    for (int i = 0; i < 2; i++) {
        const half *h = &r->half[i ? !r->young : r->young];
        const entry *e = entry_of(h, text, asked, key);
        if (!e) continue;
        *count = e->count;
        *found = (const gk_found *)e->found;
        if (i && has_room(r, size_of(text, e->count))) put(r, text, asked, *found, *count, key); /* no turn: it is read */
        return true;
    }
    return false;
}

void gk_recall_keep(gk_recall *r, gk_str text, uint32_t asked, const gk_found *found, size_t count) {
    if (count <= GK_RECALL_MOST / sizeof *found && size_of(text, count) <= GK_RECALL_MOST)
        put(r, text, asked, found, count, key_of(text, asked));
}
