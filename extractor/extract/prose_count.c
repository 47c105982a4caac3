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

bool gk_prose_ends_counts(gk_extractor *x, const gk_number *n, const gk_lead *lead, const gk_match *m) {
    if (m && n->kind == GK_NUMBER_QUANTITY) {
        gk_str said = gk_view_text(x, m->start, m->end);
        if (m->rule->constant[GK_KEY_MEASURE].len || gk_map_prefix(x->maps.counts_done, said, NULL)) return true;
    }
    gk_str text = gk_view_text(x, lead->sentence.start, lead->sentence.end);
    bool reached = n->kind == GK_NUMBER_QUANTITY && gk_map_find(x->maps.counts_reached, text, 0, NULL, NULL) != SIZE_MAX;
    return reached || gk_str_find(text, GK_STR(";")) != SIZE_MAX;
}

/* Whether a label is no more than a verb that tells how many of what was counted were done: "in fact built". Behind what was
 * planned any short word is one. */
static bool is_done_verb(const gk_extractor *x, gk_range label) {
    enum { VERB_MOST = 6 }; /* bytes: two characters */
    gk_str text = gk_view_text(x, label.start, label.end);
    size_t done = gk_map_prefix(x->maps.counts_done, text, NULL);
    if (!done) return false;
    text = gk_str_slice(text, done, text.len);
    bool planned = x->prose->has_last && gk_str_eqz(x->prose->last.measure, "target");
    return !text.len || (planned && text.len <= VERB_MOST) || gk_map_prefix(x->maps.goal_verbs, text, NULL) == text.len;
}

gk_range gk_prose_counted_done(const gk_extractor *x, const gk_number *n, gk_range label) {
    gk_range alike = n->kind == GK_NUMBER_QUANTITY && is_done_verb(x, label) ? gk_prose_counted_alike(x, n) : label;
    return alike.end > alike.start ? alike : label;
}

/* The words between a count and an amount that say whose money it is: nothing but Han characters without a mark. */
static gk_range words_between(const gk_extractor *x, const gk_number *n, const gk_number *next) {
    enum { MOST = 45 }; /* bytes: fifteen characters */
    gk_range at = {n->whole.end, next->whole.start}, none = {at.start, at.start};
    if (at.end <= at.start || at.end - at.start > MOST) return none;
    gk_str text = gk_view_text(x, at.start, at.end);
    for (size_t i = 0; i < text.len; i++)
        if (!((unsigned char)text.ptr[i] & 0x80)) return none;
    bool stops = gk_str_find(text, GK_STR("\xE3\x80\x82")) != SIZE_MAX;
    bool lists = gk_str_find(text, GK_STR("\xE3\x80\x81")) != SIZE_MAX;
    return stops || lists ? none : at;
}

void gk_prose_counted_money(gk_extractor *x, size_t index, const gk_match *m, gk_reading *r) {
    const gk_number *n = &x->numbers.at[index], *next = n + 1;
    bool verb = m && m->end == n->whole.start && n->kind == GK_NUMBER_QUANTITY && gk_is_change(r->measure);
    if (!verb || index + 1 >= x->numbers.len || next->kind != GK_NUMBER_AMOUNT || !x->maps.counted_money) return;
    gk_range words = words_between(x, n, next);
    size_t money = gk_map_suffix(x->maps.counted_money, gk_view_text(x, words.start, words.end), NULL);
    if (!money || words.start + money == words.end) return;
    r->subject = gk_subject_trim(x, (gk_range){words.start, words.end - (uint32_t)money});
    r->measure = GK_STR("count");
    x->prose->cut_at = next->at.start;
    x->prose->cut = words;
    x->prose->cut_negative = r->negative;
    r->negative = false;
}
