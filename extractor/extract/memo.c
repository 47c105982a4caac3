#include "extract/memo.h"

#include <stdlib.h>

#include "base/eight.h"
#include "base/limits.h"
#include "base/slots.h"

enum { AHEAD = 2, PLACE_BITS = 23, TAG_BITS = 32 - PLACE_BITS };

/* A place of the room, 1 + an offset in units of eight bytes, and what tag_of makes of the key there; 0: none. */
typedef struct gk_hint {
    uint32_t at : PLACE_BITS, tag : TAG_BITS;
} gk_hint;

/* The value, and behind it the key: what a question touches is the slot and one or two lines of memory. Most of the time of
 * a lookup is waiting for memory, so entries lie close together and slots are small; and documents repeat the order of
 * their texts too, so an entry knows what was asked for after it the last times, which spares the slot and the hash. */
typedef struct gk_entry {
    uint32_t salt, len;
    gk_hint next[AHEAD];
    uint64_t value[];
} gk_entry;

struct gk_memo {
    gk_slots slots;
    uint64_t *room;  /* the entries; what was never written takes no memory */
    gk_arena parts;
    gk_hint *next;   /* of the entry that was asked for last, */
    gk_hint first[AHEAD]; /* and before there is one */
    void *passing;   /* the value of a key that is not kept */
    size_t value_units;
    size_t most; /* entries */
    size_t units, most_units; /* of the room, in use and in all */
};

enum { FIRST_SLOTS = 256, UNIT = sizeof(uint64_t), HEAD_UNITS = sizeof(gk_entry) / UNIT };
enum { KEY_UNITS = 8, MOST_UNITS = (1 << PLACE_BITS) - 1 }; /* of a key, on the average; of what a place can tell */

gk_memo *gk_memo_new(size_t value_size, size_t slots) {
    gk_memo *m = gk_alloc_zero(1, sizeof *m);
    m->value_units = (value_size + UNIT - 1) / UNIT;
    m->most = slots / 2;
    gk_slots_open(&m->slots, slots < FIRST_SLOTS ? slots : FIRST_SLOTS);
    m->most_units = m->most * (HEAD_UNITS + m->value_units + KEY_UNITS) + GK_MAX_LEAD_BYTES / UNIT;
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
    gk_slots_free(&m->slots);
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

/* What tells the keys that are asked for behind the same entry apart, mostly: their lengths and last bytes. */
static inline uint32_t tag_of(gk_str s, uint32_t salt) {
    uint64_t end = s.len < 8 ? short_text(s) : gk_eight_at(s.ptr + s.len - 8);
    return (uint32_t)((end ^ (s.len + ((uint64_t)salt << 32))) * 0x9E3779B97F4A7C15u >> (64 - TAG_BITS));
}

/* Two texts of one length; most are too short for a call to be worth it. */
static inline bool is_same(const char *a, const char *b, size_t len) {
    if (len < 8) return short_text((gk_str){a, len}) == short_text((gk_str){b, len});
    for (size_t i = 0; i + 8 < len; i += 8)
        if (gk_eight_at(a + i) != gk_eight_at(b + i)) return false;
    return gk_eight_at(a + len - 8) == gk_eight_at(b + len - 8);
}

bool gk_memo_tidy(gk_memo *m) {
    if (m->slots.used * 3 < m->most * 2 && m->units * 3 < m->most_units * 2) return false;
    gk_slots_clear(&m->slots);
    gk_arena_reset(&m->parts);
    m->next = memset(m->first, 0, sizeof m->first);
    m->units = 0;
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

/* The place of a new entry; 0: there is no room. */
static uint32_t new_entry(gk_memo *m, gk_str key, uint32_t salt) {
    size_t units = HEAD_UNITS + m->value_units + key.len / UNIT + 1; /* with a NUL */
    if (m->slots.used == m->most || units > m->most_units - m->units) return 0;
    uint32_t at = (uint32_t)m->units + 1;
    gk_entry *e = entry_at(m, at);
    char *text = (char *)(e->value + m->value_units);
    e->len = (uint32_t)key.len;
    memset(e->next, 0, sizeof e->next);
    e->salt = salt;
    memset(e->value, 0, m->value_units * UNIT);
    memcpy(text, key.ptr, key.len);
    text[key.len] = '\0';
    m->units += units;
    return at;
}

static inline bool is_entry(const gk_memo *m, const gk_entry *e, gk_str key, uint32_t salt) {
    return e->len == key.len && e->salt == salt && is_same(key_of(m, e).ptr, key.ptr, key.len);
}

/* The place of the entry of a key, new where there is none; 0: there is no room. */
static uint32_t find_entry(gk_memo *m, gk_str key, uint32_t salt, bool *fresh) {
    const uint32_t hash = hash_of(key, salt);
    const gk_slot *slot = gk_slots_first(&m->slots, hash);
    for (; slot->at; slot = gk_slots_next(&m->slots, slot))
        if (is_entry(m, entry_at(m, slot->at), key, salt)) return slot->at;
    *fresh = true;
    uint32_t at = new_entry(m, key, salt);
    if (at) gk_slots_add(&m->slots, hash, at);
    return at;
}

/* An entry that was not expected: from now on it is. NULL: there is no room. */
static __attribute__((noinline)) gk_entry *look_up(gk_memo *m, gk_str key, uint32_t salt, uint32_t tag, bool *fresh) {
    gk_hint *next = m->next;
    uint32_t at = find_entry(m, key, salt, fresh);
    if (!at) return NULL;
    memmove(next + 1, next, (AHEAD - 1) * sizeof *next);
    next[0] = (gk_hint){.at = at & MOST_UNITS, .tag = tag & (UINT32_MAX >> PLACE_BITS)};
    return entry_at(m, at);
}

static gk_entry *entry_of(gk_memo *m, gk_str key, uint32_t salt, bool *fresh) {
    const gk_hint *next = m->next;
    const uint32_t tag = tag_of(key, salt);
    *fresh = false;
    for (int i = 0; i < AHEAD; i++) {
        if (next[i].tag != tag || !next[i].at) continue;
        gk_entry *e = entry_at(m, next[i].at);
        if (is_entry(m, e, key, salt)) return e;
    }
    return look_up(m, key, salt, tag, fresh);
}

/* A value that is not kept. */
static __attribute__((noinline)) void *pass(gk_memo *m, bool *fresh) {
    *fresh = true;
    return memset(m->passing, 0, m->value_units * UNIT);
}

void *gk_memo_at(gk_memo *m, gk_str key, uint32_t salt, bool *fresh, gk_str *kept) {
    gk_entry *e = key.len > GK_MAX_LEAD_BYTES || !key.ptr ? NULL : entry_of(m, key, salt, fresh);
    if (kept) *kept = e ? key_of(m, e) : key;
    if (!e) return pass(m, fresh);
    m->next = e->next;
    return e->value;
}
