/* What a count speaks of that has no label of its own, only the state of what was counted before.
 *
 * Worked example: "53 faults were found, of 2 towns; 40 have been mended": the 40 stand with the classifier of the faults,
 * so they are faults. A rule for the words behind a number says with `carry: counted` that they tell such a state.
 */
#include "extract/prose.h"

/* The printed unit of a number. */
static gk_str unit_of(const gk_extractor *x, const gk_number *n) {
    return gk_view_text(x, n->digits.end, n->at.end);
}

void gk_prose_keep_counted(gk_extractor *x, const gk_number *n, const gk_reading *r) {
    struct gk_prose_state *s = x->prose;
    gk_range unit = {n->digits.end, n->at.end};
    if (n->kind != GK_NUMBER_QUANTITY || gk_is_change(r->measure) || gk_is_empty(r->subject)) return;
    s->counted = r->subject;
    size_t i = 0;
    while (i < s->units_len && !gk_str_eq(gk_view_text(x, s->units[i].start, s->units[i].end), unit_of(x, n))) i++;
    if (i == GK_PROSE_UNITS) i = 0;
    else if (i == s->units_len) s->units_len++;
    s->units[i] = unit;
    s->counted_in[i] = r->subject;
}

gk_range gk_prose_counted_alike(const gk_extractor *x, const gk_number *n) {
    const struct gk_prose_state *s = x->prose;
    for (size_t i = 0; i < s->units_len; i++)
        if (gk_str_eq(gk_view_text(x, s->units[i].start, s->units[i].end), unit_of(x, n))) return s->counted_in[i];
    return (gk_range){0, 0};
}
