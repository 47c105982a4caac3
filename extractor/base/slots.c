#include "base/slots.h"

#include <stdlib.h>
#include <string.h>

void gk_slots_open(gk_slots *s, size_t count) {
    *s = (gk_slots){.slot = gk_alloc_zero(count, sizeof *s->slot), .count = count};
}

void gk_slots_free(gk_slots *s) {
    free(s->slot);
    *s = (gk_slots){0};
}

void gk_slots_clear(gk_slots *s) {
    memset(s->slot, 0, s->count * sizeof *s->slot);
    s->used = 0;
}

static void put(gk_slots *s, gk_slot slot) {
    size_t i = slot.tag & (s->count - 1);
    while (s->slot[i].at) i = (i + 1) & (s->count - 1);
    s->slot[i] = slot;
    s->used++;
}

/* Twice as many. */
static void grow(gk_slots *s) {
    gk_slots old = *s;
    gk_slots_open(s, 2 * old.count);
    for (size_t i = 0; i < old.count; i++)
        if (old.slot[i].at) put(s, old.slot[i]);
    gk_slots_free(&old);
}

void gk_slots_add(gk_slots *s, uint32_t tag, uint32_t at) {
    if (2 * (s->used + 1) > s->count) grow(s);
    put(s, (gk_slot){tag, at});
}
