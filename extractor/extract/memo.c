#include "extract/memo.h"

#include <stdlib.h>

#include "base/eight.h"
#include "base/limits.h"

/* The value, and behind it the key: a question that was asked before touches the slot and one more place of memory. Most
 * of the time of a lookup is waiting for memory, and values and keys in arrays of their own took twice as long. */
typedef struct gk_entry {
    struct gk_entry *next; /* what was asked for after it last time: documents repeat the order of their texts too */
    uint32_t len, salt;
    max_align_t value[];
} gk_entry;

typedef struct gk_slot {
    gk_entry *entry; /* NULL: unused */
    uint64_t tag;    /* of the hash, so that other keys are told without a look at them */
} gk_slot;

struct gk_memo {
    gk_arena entries;
    gk_slot *slot;
    gk_entry *last; /* the entry that was asked for last */
    void *passing;  /* the value of a key that is not kept */
    size_t value_size, slots, used;
};

gk_memo *gk_memo_new(size_t value_size, size_t slots) {
    gk_memo *m = gk_alloc_zero(1, sizeof *m);
    m->value_size = value_size;
    m->slots = slots;
    m->slot = gk_alloc_zero(slots, sizeof *m->slot);
    m->passing = gk_alloc(m->value_size);
    return m;
}

void gk_memo_free(gk_memo *m) {
    if (!m) return;
    gk_arena_free(&m->entries);
    free(m->slot);
    free(m->passing);
    free(m);
}

/* The last bytes of a text, all of one that is shorter than eight. */
static uint64_t tail_of(gk_str s) {
    uint64_t w = 0;
    if (s.len >= 8) return gk_eight_at(s.ptr + s.len - 8);
    for (size_t i = 0; i < s.len; i++) w = w << 8 | (unsigned char)s.ptr[i];
    return w;
}

/* Eight bytes at a time; only equality within one process matters. */
static uint64_t hash_of(gk_str s, uint32_t salt) {
    uint64_t h = salt * 0x9E3779B97F4A7C15u + s.len;
    for (size_t i = 0; i + 8 < s.len; i += 8) {
        h = (h ^ gk_eight_at(s.ptr + i)) * 0xFF51AFD7ED558CCDu;
        h ^= h >> 32;
    }
    h = (h ^ tail_of(s)) * 0xC4CEB9FE1A85EC53u;
    return h ^ (h >> 29);
}

bool gk_memo_tidy(gk_memo *m) {
    if (m->used * 3 < m->slots) return false;
    memset(m->slot, 0, m->slots * sizeof *m->slot);
    gk_arena_reset(&m->entries);
    m->last = NULL;
    m->used = 0;
    return true;
}

gk_arena *gk_memo_parts(gk_memo *m) { return &m->entries; }

static gk_str key_of(const gk_memo *m, const gk_entry *e) {
    return (gk_str){(const char *)e->value + m->value_size, e->len};
}

static gk_entry *new_entry(gk_memo *m, gk_str key, uint32_t salt) {
    gk_entry *e = gk_arena_alloc(&m->entries, sizeof *e + m->value_size + key.len + 1);
    char *text = (char *)e->value + m->value_size;
    e->next = NULL;
    e->len = (uint32_t)key.len;
    e->salt = salt;
    memset(e->value, 0, m->value_size);
    memcpy(text, key.ptr, key.len);
    text[key.len] = '\0';
    return e;
}

static bool is_entry(const gk_memo *m, const gk_entry *e, gk_str key, uint32_t salt) {
    return e->len == key.len && e->salt == salt && memcmp(key_of(m, e).ptr, key.ptr, key.len) == 0;
}

/* The entry of a key, new where there is none; NULL: there is no room. */
static gk_entry *find_entry(gk_memo *m, gk_str key, uint32_t salt, bool *fresh) {
    uint64_t hash = hash_of(key, salt);
    size_t i = hash & (m->slots - 1);
    for (; m->slot[i].entry; i = (i + 1) & (m->slots - 1)) {
        *fresh = m->slot[i].tag != hash || !is_entry(m, m->slot[i].entry, key, salt);
        if (!*fresh) return m->slot[i].entry;
    }
    *fresh = true;
    if (m->used * 2 >= m->slots) return NULL;
    m->slot[i] = (gk_slot){new_entry(m, key, salt), hash};
    m->used++;
    return m->slot[i].entry;
}

void *gk_memo_at(gk_memo *m, gk_str key, uint32_t salt, bool *fresh, gk_str *kept) {
    *fresh = true;
    if (kept) *kept = key;
    if (key.len > GK_MAX_LEAD_BYTES || !key.ptr) return memset(m->passing, 0, m->value_size);
    gk_entry *e = m->last ? m->last->next : NULL;
    if (e && is_entry(m, e, key, salt)) {
        *fresh = false;
    } else {
        e = find_entry(m, key, salt, fresh);
        if (!e) return memset(m->passing, 0, m->value_size);
        if (m->last) m->last->next = e;
    }
    m->last = e;
    if (kept) *kept = key_of(m, e);
    return e->value;
}
