/* Slots of a hash table whose keys lie elsewhere: from the tag of a key (its hash) to a place where its owner finds it.
 *
 * A slot has eight bytes, and there are few where few are used, so that they stay in the caches. Which key lies at a place
 * only its owner knows: he goes through the slots of a tag until one is his.
 *
 *     const gk_slot *s = gk_slots_first(&slots, tag);
 *     while (s->at && !is_mine(s->at)) s = gk_slots_next(&slots, s);
 *
 * Open addressing with linear probing. Nothing is taken out but all at once. Not shared between threads.
 */
#ifndef GK_BASE_SLOTS_H
#define GK_BASE_SLOTS_H

#include "base/mem.h"

typedef struct gk_slot {
    uint32_t tag;
    uint32_t at; /* what gk_slots_add was told; 0: the slot is free */
} gk_slot;

typedef struct gk_slots {
    gk_slot *slot;
    size_t count; /* a power of two */
    size_t used;  /* at most half of them */
} gk_slots;

/* `count`: how many there are at first, a power of two. */
void gk_slots_open(gk_slots *s, size_t count);
void gk_slots_free(gk_slots *s);
/* Forgets all. */
void gk_slots_clear(gk_slots *s);
/* A place for a tag; not 0. No slot that was found before is good any more. */
void gk_slots_add(gk_slots *s, uint32_t tag, uint32_t at);

/* From this slot on, the first of the tag, or a free one. */
static inline const gk_slot *gk_slots_from(const gk_slots *s, size_t i, uint32_t tag) {
    for (;; i++) {
        const gk_slot *slot = &s->slot[i & (s->count - 1)];
        if (!slot->at || slot->tag == tag) return slot;
    }
}

static inline const gk_slot *gk_slots_first(const gk_slots *s, uint32_t tag) { return gk_slots_from(s, tag, tag); }

/* The next one of the same tag, or a free one. */
static inline const gk_slot *gk_slots_next(const gk_slots *s, const gk_slot *slot) {
    return gk_slots_from(s, (size_t)(slot - s->slot) + 1, slot->tag);
}

#endif
