#include "extract/memo.h"

#include <stdlib.h>

#include "base/eight.h"
#include "base/limits.h"

enum { AHEAD = 2, PLACE_BITS = 23 };

/* A place of the room, 1 + an offset in units of eight bytes, and the highest bits of the hash of the key there; 0: none. */
typedef struct gk_hint {
    uint32_t at : PLACE_BITS, tag : 32 - PLACE_BITS;
} gk_hint;

/* The value, and behind it the key: what a question touches is the slot and one or two lines of memory. Most of the time of
 * a lookup is waiting for memory, so entries lie close together and slots are small; and documents repeat the order of
 * their texts too, so an entry knows what was asked for after it the last times, which spares the slot. */
typedef struct gk_entry {
    uint32_t salt, len;
    gk_hint next[AHEAD];
    uint64_t value[];
} gk_entry;

typedef struct gk_slot {
    uint32_t at;  /* place of the entry; 0: unused */
    uint32_t tag; /* the hash, by which other keys are told without a look at them */
} gk_slot;

struct gk_memo {
    gk_slot *slot;
    uint64_t *room;  /* the entries; what was never written takes no memory */
    gk_arena parts;
    gk_hint *next;   /* of the entry that was asked for last, */
    gk_hint first[AHEAD]; /* and before there is one */
    void *passing;   /* the value of a key that is not kept */
    size_t value_units, used;
    size_t slots, most_slots; /* now, and at most: a small table stays in the caches */
    size_t units, most_units; /* of the room, in use and in all */
};

enum { FIRST_SLOTS = 256, UNIT = sizeof(uint64_t), HEAD_UNITS = sizeof(gk_entry) / UNIT };
enum { KEY_UNITS = 8, MOST_UNITS = (1 << PLACE_BITS) - 1 }; /* of a key, on the average; of what a place can tell */

gk_memo *gk_memo_new(size_t value_size, size_t slots) {
    gk_memo *m = gk_alloc_zero(1, sizeof *m);
    m->value_units = (value_size + UNIT - 1) / UNIT;
    m->most_slots = slots;
    m->slots = slots < FIRST_SLOTS ? slots : FIRST_SLOTS;
    m->slot = gk_alloc_zero(m->slots, sizeof *m->slot);
    m->most_units = slots / 2 * (HEAD_UNITS + m->value_units + KEY_UNITS) + GK_MAX_LEAD_BYTES / UNIT;
    if (m->most_units > MOST_UNITS) m->most_units = MOST_UNITS;
    m->room = gk_alloc(m->most_units * UNIT);
    m->passing = gk_alloc(m->value_units * UNIT);
    m->next = m->first;
    return m;
}

void gk_memo_free(gk_memo *m) {
    if (!m) return;
    gk_arena_free(&m->parts);
    free(m->room);
    free(m->slot);
    free(m->passing);
    free(m);
}

/* All bytes of a text that is shorter than eight. */
static uint64_t short_text(gk_str s) {
    uint32_t head = 0, tail = 0;
    if (s.len >= 4) {
        memcpy(&head, s.ptr, 4);
        memcpy(&tail, s.ptr + s.len - 4, 4);
        return (uint64_t)head << 32 | tail;
    }
    const unsigned char *b = (const unsigned char *)s.ptr;
    return s.len ? (uint64_t)b[0] << 16 | (uint64_t)b[s.len / 2] << 8 | b[s.len - 1] : 0;
}

/* Sixteen bytes at a time in two chains, which the processor works on at once; the last sixteen may count twice. Only
 * equality within one process matters. */
static uint32_t hash_of(gk_str s, uint32_t salt) {
    uint64_t a = salt * 0x9E3779B97F4A7C15u + s.len, b = ~a;
    if (s.len < 8) a ^= short_text(s);
    else {
        const char *last = s.ptr + (s.len < 16 ? 0 : s.len - 16);
        for (const char *p = s.ptr; p < last; p += 16) {
            a = (a ^ gk_eight_at(p)) * 0xFF51AFD7ED558CCDu;
            b = (b ^ gk_eight_at(p + 8)) * 0xC2B2AE3D27D4EB4Fu;
            a ^= a >> 32;
            b ^= b >> 32;
        }
        a ^= gk_eight_at(last);
        b ^= gk_eight_at(s.ptr + s.len - 8);
    }
    a = a * 0xC4CEB9FE1A85EC53u ^ b * 0x87C37B91114253D5u;
    a ^= a >> 32;
    a *= 0xFF51AFD7ED558CCDu;
    return (uint32_t)(a >> 32 ^ a);
}

bool gk_memo_tidy(gk_memo *m) {
    if (m->used * 3 < m->most_slots && m->units * 3 < m->most_units * 2) return false;
    memset(m->slot, 0, m->slots * sizeof *m->slot);
    gk_arena_reset(&m->parts);
    m->next = memset(m->first, 0, sizeof m->first);
    m->used = m->units = 0;
    return true;
}

gk_arena *gk_memo_parts(gk_memo *m) { return &m->parts; }

static gk_str key_of(const gk_memo *m, const gk_entry *e) {
    return (gk_str){(const char *)(e->value + m->value_units), e->len};
}

gk_str gk_memo_key(const gk_memo *m, const void *value) {
    return key_of(m, (const gk_entry *)((const char *)value - offsetof(gk_entry, value)));
}

static gk_entry *entry_at(const gk_memo *m, uint32_t at) { return (gk_entry *)(void *)(m->room + at - 1); }

/* NULL: there is no room. */
static gk_entry *new_entry(gk_memo *m, gk_str key, uint32_t salt, gk_slot *slot) {
    size_t units = HEAD_UNITS + m->value_units + key.len / UNIT + 1; /* with a NUL */
    if (m->used * 2 >= m->most_slots || units > m->most_units - m->units) return NULL;
    slot->at = (uint32_t)m->units + 1;
    gk_entry *e = entry_at(m, slot->at);
    char *text = (char *)(e->value + m->value_units);
    e->len = (uint32_t)key.len;
    memset(e->next, 0, sizeof e->next);
    e->salt = salt;
    memset(e->value, 0, m->value_units * UNIT);
    memcpy(text, key.ptr, key.len);
    text[key.len] = '\0';
    m->units += units;
    m->used++;
    return e;
}

static bool is_entry(const gk_memo *m, const gk_entry *e, gk_str key, uint32_t salt) {
    return e->len == key.len && e->salt == salt && memcmp(key_of(m, e).ptr, key.ptr, key.len) == 0;
}

static void put(gk_slot *slots, size_t count, gk_slot slot) {
    size_t i = slot.tag & (count - 1);
    while (slots[i].at) i = (i + 1) & (count - 1);
    slots[i] = slot;
}

static void grow(gk_memo *m) {
    gk_slot *slot = gk_alloc_zero(m->slots * 2, sizeof *slot);
    for (size_t i = 0; i < m->slots; i++)
        if (m->slot[i].at) put(slot, m->slots * 2, m->slot[i]);
    free(m->slot);
    m->slot = slot;
    m->slots *= 2;
}

/* The place of the entry of a key, new where there is none; 0: there is no room. */
static uint32_t find_entry(gk_memo *m, gk_str key, uint32_t salt, uint32_t tag, bool *fresh) {
    size_t i = tag & (m->slots - 1);
    for (; m->slot[i].at; i = (i + 1) & (m->slots - 1))
        if (m->slot[i].tag == tag && is_entry(m, entry_at(m, m->slot[i].at), key, salt)) return m->slot[i].at;
    *fresh = true;
    gk_slot slot = {0, tag};
    if (!new_entry(m, key, salt, &slot)) return 0;
    if (m->used * 2 > m->slots) grow(m);
    put(m->slot, m->slots, slot);
    return slot.at;
}

static gk_entry *entry_of(gk_memo *m, gk_str key, uint32_t salt, bool *fresh) {
    gk_hint *next = m->next;
    uint32_t hash = hash_of(key, salt), tag = hash >> PLACE_BITS;
    gk_entry *e = NULL;
    *fresh = false;
    for (int i = 0; i < AHEAD; i++) {
        if (next[i].tag != tag || !next[i].at) continue;
        e = entry_at(m, next[i].at);
        if (is_entry(m, e, key, salt)) return m->next = e->next, e;
    }
    uint32_t at = find_entry(m, key, salt, hash, fresh);
    if (!at) return NULL;
    memmove(next + 1, next, (AHEAD - 1) * sizeof *next);
    next[0] = (gk_hint){.at = at & MOST_UNITS, .tag = tag & (UINT32_MAX >> PLACE_BITS)};
    e = entry_at(m, at);
    m->next = e->next;
    return e;
}

void *gk_memo_at(gk_memo *m, gk_str key, uint32_t salt, bool *fresh, gk_str *kept) {
    gk_entry *e = key.len > GK_MAX_LEAD_BYTES || !key.ptr ? NULL : entry_of(m, key, salt, fresh);
    if (kept) *kept = e ? key_of(m, e) : key;
    if (e) return e->value;
    *fresh = true;
    return memset(m->passing, 0, m->value_units * UNIT);
}
