#include "check/recall.h"

#include <stdlib.h>

#include "check/engine.h"

/* The matches lie behind it, and the text behind them. */
typedef struct entry {
    uint32_t asked, len, count;
    max_align_t match[];
} entry;

typedef struct slot {
    uint32_t tag; /* of the key, so that other texts are told without a look at them */
    uint32_t at;  /* of the entry in the block, in units of max_align_t, + 1; 0: unused */
} slot;

typedef struct half {
    char *block;
    size_t used, texts;
    slot *slot;
    size_t slots; /* a power of two: few where there are few texts, which then lie close together */
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
        r->half[i].slots = LEAST_SLOTS;
        r->half[i].slot = gk_alloc_zero(LEAST_SLOTS, sizeof *r->half[i].slot);
    }
    return r;
}

void gk_recall_free(gk_recall *r) {
    for (int i = 0; r && i < 2; i++) {
        free(r->half[i].block);
        free(r->half[i].slot);
    }
    free(r);
}

size_t gk_recall_bytes(const gk_recall *r) { return r->half[0].used + r->half[1].used; }

static uint64_t key_of(gk_str text, uint32_t asked) { return gk_text_key(text) + asked * 0x9E3779B97F4A7C15u; }

static gk_str text_of(const entry *e) {
    return (gk_str){(const char *)e->match + e->count * sizeof(gk_match), e->len};
}

/* The slot of a text, or the free one where it belongs. */
static slot *slot_of(const half *h, gk_str text, uint32_t asked, uint64_t key) {
    uint32_t tag = (uint32_t)(key >> 32);
    size_t i = tag & (h->slots - 1);
    for (; h->slot[i].at; i = (i + 1) & (h->slots - 1)) {
        if (h->slot[i].tag != tag) continue;
        const entry *e = (const entry *)(h->block + (size_t)(h->slot[i].at - 1) * UNIT);
        if (e->asked == asked && gk_str_eq(text_of(e), text)) break;
    }
    return &h->slot[i];
}

/* Twice as many slots. */
static void grow(half *h) {
    slot *old = h->slot;
    size_t count = h->slots;
    h->slots *= 2;
    h->slot = gk_alloc_zero(h->slots, sizeof *h->slot);
    for (size_t k = 0; k < count; k++) {
        size_t i = old[k].tag & (h->slots - 1);
        while (h->slot[i].at) i = (i + 1) & (h->slots - 1);
        if (old[k].at) h->slot[i] = old[k];
    }
    free(old);
}

static size_t size_of(gk_str text, size_t count) {
    size_t bytes = sizeof(entry) + count * sizeof(gk_match) + text.len;
    return (bytes + UNIT - 1) / UNIT * UNIT;
}

/* The old half becomes the young one, and is emptied. */
static void turn(gk_recall *r) {
    r->young = !r->young;
    half *h = &r->half[r->young];
    memset(h->slot, 0, h->slots * sizeof *h->slot);
    h->used = h->texts = 0;
}

static bool has_room(const gk_recall *r, size_t bytes) {
    const half *h = &r->half[r->young];
    return h->used + bytes <= r->bytes && h->texts < GK_RECALL_TEXTS / 4 * 3;
}

static void put(gk_recall *r, gk_str text, uint32_t asked, const gk_match *match, size_t count, uint64_t key) {
    size_t bytes = size_of(text, count);
    if (!has_room(r, bytes)) turn(r);
    half *h = &r->half[r->young];
    if (4 * h->texts >= 3 * h->slots) grow(h);
    entry *e = (entry *)(h->block + h->used);
    *slot_of(h, text, asked, key) = (slot){(uint32_t)(key >> 32), (uint32_t)(h->used / UNIT) + 1};
    h->used += bytes;
    h->texts++;
    e->asked = asked;
    e->len = (uint32_t)text.len;
    e->count = (uint32_t)count;
    if (count) memcpy(e->match, match, count * sizeof *match);
    if (text.len) memcpy((char *)e->match + count * sizeof *match, text.ptr, text.len);
}

bool gk_recall_find(gk_recall *r, gk_str text, uint32_t asked, const gk_match **match, size_t *count) {
    uint64_t key = key_of(text, asked);
    for (int i = 0; i < 2; i++) {
        const half *h = &r->half[i ? !r->young : r->young];
        const slot *s = slot_of(h, text, asked, key);
        if (!s->at) continue;
        const entry *e = (const entry *)(h->block + (size_t)(s->at - 1) * UNIT);
        *count = e->count;
        *match = (const gk_match *)e->match;
        if (i && has_room(r, size_of(text, e->count))) put(r, text, asked, *match, *count, key); /* no turn: it is read */
        return true;
    }
    return false;
}

void gk_recall_keep(gk_recall *r, gk_str text, uint32_t asked, const gk_match *match, size_t count) {
    if (count <= GK_RECALL_MOST / sizeof *match && size_of(text, count) <= GK_RECALL_MOST)
        put(r, text, asked, match, count, key_of(text, asked));
}
