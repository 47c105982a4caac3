/* The measure of parts: what a figure says of itself holds for the parts named behind it.
 *
 * Worked example: "Ceiling 5, of which city level 2" and "bonds issued 9 (new ones 4)": 2 is a ceiling too, and 4 was issued.
 */
#include "extract/prose.h"

/* Whether a rule said another measure of a figure than its label does by itself: "issued bonds of 5". */
static bool overrules_label(gk_extractor *x, const gk_reading *r) {
    gk_match says;
    if (gk_is_empty(r->subject) || !gk_label_says(x, r->subject, &says) || !gk_prose_speaks(x, &says, r->kind)) return false;
    gk_str measure = gk_match_value(&says, gk_view_text(x, 0, r->subject.end), GK_KEY_MEASURE);
    if (!measure.len) return gk_str_eqz(says.rule->constant[GK_KEY_MODE], "parts");
    return !gk_str_eq(measure, r->measure);
}

/* Whether a figure was planned that has named parts, or that stands where the report tells what was spent. */
static bool plans_parts(const gk_extractor *x, const gk_reading *r, bool named) {
    return gk_is_planned(r->measure) && (named || gk_str_eqz(gk_prose_plain(x, r->kind, r->year), "actual"));
}

/* Whether a rule, and not the label, said that a figure was spent. */
static bool is_told_spent(const gk_reading *r) {
    return gk_str_eqz(r->measure, "actual") && !gk_str_eqz(r->rule, "label") && !gk_str_eqz(r->rule, "fallback");
}

/* Whether the words before a figure say that it was spent: "of which spending on roads". */
static bool is_spending(const gk_extractor *x, const gk_lead *lead) {
    return gk_map_suffix(x->maps.spent, gk_view_text(x, lead->sentence.start, lead->sentence.end), NULL) > 0;
}

/* What the parts that are named now are parts of: the figure before, or, where that is a rate or a change of it, or counts
 * something, the amount which its sentence told; a change that stands alone, or right before their bracket, has parts of its
 * own. Spending that a new sentence names is no part of what was left over, where that sentence told what was spent. */
static const gk_reading *whole_of_parts(gk_extractor *x, const gk_lead *lead, bool bracket) {
    const struct gk_prose_state *s = x->prose;
    bool change = s->last.kind == GK_NUMBER_AMOUNT && gk_is_change(s->last.measure) && !bracket;
    bool left = gk_str_eqz(s->last.measure, "balance") && gk_str_eqz(s->amount.measure, "actual") && !bracket;
    bool aside = s->last.kind != GK_NUMBER_AMOUNT || change || (left && lead->crosses && is_spending(x, lead));
    if (aside && s->amount.kind == GK_NUMBER_AMOUNT) return &s->amount;
    return s->last.kind == GK_NUMBER_AMOUNT ? &s->last : NULL;
}

void gk_prose_part_measure(gk_extractor *x, const gk_lead *lead) {
    struct gk_prose_state *s = x->prose;
    bool named = gk_lead_names_parts(x, lead), bracket = gk_lead_opens_bracket(x, lead), opens = named || bracket;
    if (lead->crosses && !opens) s->part_measure = GK_STR_NONE, s->part_year = 0;
    const gk_reading *whole = opens && s->has_last ? whole_of_parts(x, lead, bracket) : NULL;
    if (!whole) return;
    bool special = gk_str_eqz(whole->measure, "balance") || gk_str_eqz(whole->measure, "other") ||
                   plans_parts(x, whole, named) || (named && is_told_spent(whole)) || gk_is_change(whole->measure) ||
                   overrules_label(x, whole);
    bool stock = special && gk_str_eqz(whole->measure, "balance");
    s->part_measure = special ? whole->measure : GK_STR_NONE;
    s->part_year = named && stock && whole->year < x->now.year ? whole->year : 0;
    s->part_named = named;
    s->part_negative = special && gk_is_change(whole->measure) && whole->negative;
}

/* "5 was planned (2 in 2024, 3 in 2025)": whether a figure has no label but the one of the amount before it. */
static bool repeats_label(const struct gk_prose_state *s, gk_range subject) {
    bool alike = s->last.subject.start == subject.start && s->last.subject.end == subject.end;
    return s->has_last && s->last.kind == GK_NUMBER_AMOUNT && alike;
}

/* "5 is planned (from the province 3, from the county 2)": whether a label in a bracket behind money tells where it came
 * from. */
static bool names_source(const gk_extractor *x, gk_range label) {
    if (!x->prose->depth) return false;
    gk_str text = gk_view_text(x, label.start, label.end);
    return gk_map_get(x->maps.money_sources, text).ptr || gk_map_suffix(x->maps.given_money, text, NULL);
}

/* "2500元/户": money for each of something. */
static bool is_price(gk_extractor *x, const gk_number *n) {
    gk_str behind = gk_view_text(x, n->at.end, x->prose->block.end);
    return n->kind == GK_NUMBER_AMOUNT && behind.len > 1 && behind.ptr[0] == '/' && ((unsigned char)behind.ptr[1] & 0x80);
}

/* "It passed the mark of 5": no figure of what was done. */
static bool is_mark(const gk_extractor *x, const gk_number *n) {
    gk_str behind = gk_view_text(x, n->whole.end, x->prose->block.end);
    return n->kind == GK_NUMBER_AMOUNT && x->maps.marks && gk_map_prefix(x->maps.marks, behind, NULL) > 0;
}

/* "The surplus was 5. Of which: income of a fund 3, spending 2": income, and spending that is called nothing else, are no parts
 * of what is left over; nor is such spending one of what was granted. */
static bool is_flow(const gk_extractor *x, gk_range subject, gk_str part) {
    bool left = gk_str_eqz(part, "balance"), granted = gk_str_eqz(part, "budget") && gk_str_eqz(x->now.report, "performance");
    if ((!left && !granted) || !x->maps.opposites) return false;
    gk_str text = gk_view_text(x, subject.start, subject.end);
    return gk_map_get(x->maps.opposites, text).ptr || (left && gk_map_suffix(x->maps.income_ends, text, NULL));
}

gk_str gk_prose_open_measure(gk_extractor *x, const gk_number *n, gk_range subject, int year) {
    gk_number_kind kind = n->kind;
    const gk_joint *joint = gk_prose_joint(x, subject);
    if (joint) subject = joint->whole;
    if (is_price(x, n) || is_mark(x, n)) return GK_STR("other");
    gk_match says;
    gk_str v = gk_view_text(x, 0, subject.end), measure = GK_STR_NONE;
    gk_str part = kind == GK_NUMBER_AMOUNT ? x->prose->part_measure : GK_STR_NONE;
    if (is_flow(x, subject, part)) part = GK_STR_NONE;
    if (gk_label_says(x, subject, &says) && gk_prose_speaks(x, &says, kind)) {
        measure = gk_match_value(&says, v, GK_KEY_MEASURE);
        bool weak = gk_str_eqz(says.rule->constant[GK_KEY_MODE], "weak");
        bool issued = gk_str_eqz(x->now.genre, "issue"); /* news of bonds that were issued */
        if (weak && (part.len || issued)) measure = part.len ? part : gk_prose_plain(x, kind, year);
    }
    if (!measure.len && part.len && (x->prose->part_named || repeats_label(x->prose, subject) || names_source(x, subject)))
        measure = part;
    return measure.len ? measure : gk_prose_plain(x, kind, year);
}

/* Whether a figure is what a kept one is measured by: of a year before, or a goal. "5, 90% of the 6 asked for, against 4 in
 * 2023". */
static bool is_measure_of(const gk_reading *r, const gk_reading *kept) {
    bool alike = r->subject.start == kept->subject.start && r->subject.end == kept->subject.end;
    bool earlier = r->year && r->year < kept->year;
    bool goal = gk_str_eqz(kept->measure, "actual") && gk_str_eqz(r->measure, "other");
    return kept->kind == GK_NUMBER_AMOUNT && alike && (earlier || goal);
}

void gk_prose_keep_amount(gk_extractor *x, const gk_reading *r) {
    struct gk_prose_state *s = x->prose;
    if (r->kind != GK_NUMBER_AMOUNT || gk_is_change(r->measure) || r->aside || r->from) return;
    if (is_measure_of(r, &s->amount)) return;
    bool spent = s->amount.kind == GK_NUMBER_AMOUNT && gk_str_eqz(s->amount.measure, "actual");
    bool base = gk_is_planned(r->measure) && spent, left = gk_str_eqz(r->measure, "balance") && spent;
    if (!base && !left) s->amount = *r;
}
