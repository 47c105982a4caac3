/* Slots that grow find every place of a tag, and no other. */
#include "base/slots.h"
#include "check.h"

/* The tags of places 1 to 3000: 1000 tags of three places each, all of which begin at the same few slots. */
static uint32_t tag_of(uint32_t at) { return (at % 1000) << 12; }

static size_t places_of(const gk_slots *s, uint32_t tag) {
    size_t count = 0;
    for (const gk_slot *slot = gk_slots_first(s, tag); slot->at; slot = gk_slots_next(s, slot))
        count += slot->tag == tag && tag_of(slot->at) == tag;
    return count;
}

static void check_all_are_found(void) {
    gk_slots s;
    gk_slots_open(&s, 4);
    for (uint32_t at = 1; at <= 3000; at++) {
        gk_slots_add(&s, tag_of(at), at);
        CHECK(2 * s.used <= s.count);
    }
    CHECK_INT(s.used, 3000);
    CHECK_INT(s.count, 8192);
    for (uint32_t tag = 0; tag < 1000; tag++) CHECK_INT(places_of(&s, tag << 12), 3);
    CHECK_INT(places_of(&s, 1), 0);
    gk_slots_clear(&s);
    CHECK_INT(s.used, 0);
    CHECK_INT(s.count, 8192);
    CHECK_INT(places_of(&s, tag_of(7)), 0);
    gk_slots_free(&s);
}

/* A probe that reaches the last slot goes on at the first one. */
static void check_end_meets_start(void) {
    gk_slots s;
    gk_slots_open(&s, 8);
    for (uint32_t at = 1; at <= 3; at++) gk_slots_add(&s, 7, at);
    const gk_slot *slot = gk_slots_first(&s, 7);
    CHECK_INT(slot - s.slot, 7);
    CHECK_INT(slot->at, 1);
    slot = gk_slots_next(&s, slot);
    CHECK_INT(slot - s.slot, 0);
    CHECK_INT(slot->at, 2);
    slot = gk_slots_next(&s, slot);
    CHECK_INT(slot->at, 3);
    CHECK_INT(gk_slots_next(&s, slot)->at, 0);
    gk_slots_free(&s);
}

int main(void) {
    check_all_are_found();
    check_end_meets_start();
    return CHECK_DONE();
}
