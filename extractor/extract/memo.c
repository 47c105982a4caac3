#include "extract/memo.h"

#include <stdlib.h>

#include "base/limits.h"

typedef struct gk_slot {
    uint64_t hash;
    gk_str key; /* ptr NULL: unused */
    uint32_t salt;
} gk_slot;

struct gk_memo {
    gk_arena keys;
    gk_slot *slot;
    unsigned char *value;
    void *passing; /* the value of a key that is not kept */
    size_t value_size, slots, used;
};

gk_memo *gk_memo_new(size_t value_size, size_t slots) {
    gk_memo *m = gk_alloc_zero(1, sizeof *m);
    m->value_size = (value_size + 15) / 16 * 16;
    m->slots = slots;
    m->slot = gk_alloc_zero(slots, sizeof *m->slot);
    m->value = gk_alloc_zero(slots, m->value_size);
    m->passing = gk_alloc(m->value_size);
    return m;
}

void gk_memo_free(gk_memo *m) {
    if (!m) return;
    gk_arena_free(&m->keys);
    free(m->slot);
    free(m->value);
    free(m->passing);
    free(m);
}

/* Eight bytes at a time; only equality within one process matters. */
static uint64_t hash_of(gk_str s, uint32_t salt) {
    uint64_t h = salt * 0x9E3779B97F4A7C15u + s.len, w;
    size_t i = 0;
    for (; i + 8 <= s.len; i += 8) {
        memcpy(&w, s.ptr + i, 8);
        h = (h ^ w) * 0xFF51AFD7ED558CCDu;
        h ^= h >> 32;
    }
    w = 0;
    if (i < s.len) memcpy(&w, s.ptr + i, s.len - i);
    h = (h ^ w) * 0xC4CEB9FE1A85EC53u;
    return h ^ (h >> 29);
}

void gk_memo_tidy(gk_memo *m) {
    if (m->used * 3 < m->slots) return;
    memset(m->slot, 0, m->slots * sizeof *m->slot);
    gk_arena_reset(&m->keys);
    m->used = 0;
}

void *gk_memo_room(gk_memo *m, size_t bytes) { return gk_arena_alloc(&m->keys, bytes); }

void *gk_memo_at(gk_memo *m, gk_str key, uint32_t salt, bool *fresh, gk_str *kept) {
    *fresh = true;
    if (kept) *kept = key;
    if (key.len > GK_MAX_LEAD_BYTES || !key.ptr) return memset(m->passing, 0, m->value_size);
    uint64_t hash = hash_of(key, salt);
    size_t i = hash & (m->slots - 1);
    for (; m->slot[i].key.ptr; i = (i + 1) & (m->slots - 1)) {
        const gk_slot *s = &m->slot[i];
        if (s->hash != hash || s->salt != salt || !gk_str_eq(s->key, key)) continue;
        *fresh = false;
        if (kept) *kept = s->key;
        return m->value + i * m->value_size;
    }
    if (m->used * 2 >= m->slots) return memset(m->passing, 0, m->value_size);
    m->slot[i] = (gk_slot){hash, gk_arena_dup(&m->keys, key), salt};
    m->used++;
    if (kept) *kept = m->slot[i].key;
    return memset(m->value + i * m->value_size, 0, m->value_size);
}
