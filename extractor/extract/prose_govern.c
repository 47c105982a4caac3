/* What a verb or a stage says of the figures behind the one that it stands at.
 *
 * Worked example: in "cut office fees by 2、travel by 3" only the first figure has a verb; the second is a cut as well. In
 * "the congress approved an income of 8, a spending of 9. Fund income of 2" all three were approved. A rule says with
 * `carry` how far its measure goes, or the plain one where it tells none: `list`, to the figures that are listed behind
 * it, `stage`, to those of the sentences behind it in the same paragraph too. It ends at the first amount that another
 * word speaks of. A figure is governed only where nothing but its label stands before it: "..., 4 came in" is not.
 */
#include "extract/prose.h"

static bool is_change(gk_str measure) { return gk_str_eqz(measure, "change"); }

/* What may stand between the label and the mark before it: the number of an item, "2." or "(2)". */
static bool is_item_mark(char c) { return (c >= '0' && c <= '9') || c == '.' || c == '(' || c == ')'; }

static gk_str list_mark(void) { return GK_STR("\xE3\x80\x81"); } /* U+3001, the ideographic comma */

/* The text behind the bracket that was open before it and closes in it: "5 (of which 2 from above, to balance), spending". */
static gk_str behind_bracket(gk_str text) {
    int depth = 0;
    for (size_t i = 0; i < text.len; i++) {
        depth += text.ptr[i] == '(' ? 1 : text.ptr[i] == ')' ? -1 : 0;
        if (depth < 0) return gk_str_slice(text, i + 1, text.len);
    }
    return text;
}

/* "Funds", "grants": what is planned or given one after the other, and no side of an account. */
static bool is_listed_money(const gk_extractor *x, gk_range label) {
    return x->maps.listed_money && gk_map_suffix(x->maps.listed_money, gk_view_text(x, label.start, label.end), NULL);
}

/* Whether nothing but a mark, and the number of an item, stands before the label; in a list only the mark that joins what
 * one verb governs, right behind the figure before, and a bracket that opens behind it. */
static bool opens_with_label(gk_extractor *x, const gk_lead *lead, gk_range label) {
    const struct gk_prose_state *s = x->prose;
    gk_str text = gk_str_trim(gk_view_text(x, lead->sentence.start, label.start));
    text = behind_bracket(text); /* a note on the figure before */
    if (gk_str_eq(text, list_mark())) return s->has_last && s->last.kind == GK_NUMBER_AMOUNT;
    if (gk_str_eqz(text, ",") && is_listed_money(x, label)) return s->has_last && s->last.kind == GK_NUMBER_AMOUNT;
    if (!s->govern.goes_on && !s->govern.commas) return false;
    if (gk_str_eq(text, GK_STR("("))) return s->govern.goes_on && s->has_last && s->last.kind == GK_NUMBER_AMOUNT;
    while (text.len && is_item_mark(text.ptr[text.len - 1])) text.len--;
    if (!text.len) return lead->crosses;
    char last = text.ptr[text.len - 1];
    return last == ':' || (text.len == 1 && (last == ',' || last == ';'));
}

/* Whether nothing but a plain "is" stands between the label and the number. */
static bool ends_with_label(gk_extractor *x, const gk_lead *lead, gk_range label) {
    gk_str behind = gk_view_text(x, label.end, lead->sentence.end);
    return !behind.len || (x->maps.plainly && gk_map_prefix(x->maps.plainly, behind, NULL) == behind.len);
}

bool gk_prose_governed(gk_extractor *x, const gk_number *n, const gk_lead *lead, gk_reading *r) {
    gk_governing *g = &x->prose->govern;
    gk_match says;
    if (!g->measure.len || n->kind != GK_NUMBER_AMOUNT || r->subject.start < lead->sentence.start) return false;
    if (r->subject.start >= r->subject.end || r->subject.end > lead->sentence.end) return false;
    if (lead->crosses && !g->goes_on) return false;
    if (!opens_with_label(x, lead, r->subject) || !ends_with_label(x, lead, r->subject)) return false;
    bool own = !is_change(g->measure) && gk_label_says(x, r->subject, &says) && gk_prose_speaks(x, &says, n->kind) &&
               says.rule->constant[GK_KEY_MEASURE].len && !gk_str_eqz(says.rule->constant[GK_KEY_MEASURE], "actual") &&
               !gk_str_eqz(says.rule->constant[GK_KEY_MODE], "weak");
    if (own) return g->passed = true, false;
    r->measure = g->measure;
    r->negative = g->negative;
    return true;
}

void gk_prose_govern(gk_extractor *x, const gk_lead *lead, const gk_match *m, const gk_reading *r, bool governed) {
    gk_governing *g = &x->prose->govern;
    bool passed = g->passed;
    g->passed = false;
    if (lead->crosses && !g->goes_on) *g = (gk_governing){0};
    if (r->kind != GK_NUMBER_AMOUNT || governed || passed) return;
    gk_str carry = m ? m->rule->constant[GK_KEY_CARRY] : GK_STR_NONE;
    bool list = gk_str_eqz(carry, "list"), stage = gk_str_eqz(carry, "stage");
    bool plain = list && !m->rule->constant[GK_KEY_MEASURE].len;
    gk_str usual = gk_prose_plain(x, r->kind, r->year), said = plain ? usual : r->measure;
    bool spent = gk_str_eqz(said, "actual") && gk_str_eqz(usual, "budget"); /* one figure of a budget, not the list */
    if ((list || stage) && !spent)
        *g = (gk_governing){.measure = said, .negative = r->negative, .goes_on = stage, .commas = plain};
    else if (!g->goes_on || !(is_change(r->measure) || gk_str_eq(r->measure, g->measure))) *g = (gk_governing){0};
}

bool gk_prose_plans_anew(gk_extractor *x, const gk_lead *lead, const gk_reading *r) {
    if (r->kind != GK_NUMBER_AMOUNT || !gk_str_eqz(r->measure, "budget") || !x->maps.first_plans) return false;
    bool adjusts = gk_str_eqz(x->now.genre, "adjustment");
    if (!adjusts || !gk_str_eqz(gk_prose_plain(x, r->kind, r->year), "adjusted_budget")) return false;
    gk_range clause = gk_prose_last_clause(x, lead->sentence);
    return gk_map_find(x->maps.first_plans, gk_view_text(x, clause.start, clause.end), 0, NULL, NULL) == SIZE_MAX;
}

void gk_prose_raised(gk_extractor *x, const gk_reading *r) {
    struct gk_prose_state *s = x->prose;
    if (!s->has_last || !s->last.from || s->last.year != r->year || !gk_str_eqz(r->measure, "adjusted_budget")) return;
    if (s->last.subject.start != r->subject.start || s->last.subject.end != r->subject.end) return;
    s->last.measure = gk_context_measure(x, GK_STR("budget"));
    x->out->records.at[s->last_record].field[GK_F_MEASURE] = s->last.measure;
}

/* "90% of the budget (of 5)": what the rate is of may stand in a bracket right before it. */
static bool of_enclosed(const gk_extractor *x, gk_str mode) {
    const struct gk_prose_state *s = x->prose;
    return gk_str_eqz(mode, "of") && x->view->text.ptr[s->behind] == ')' && gk_is_planned(s->enclosed.measure);
}

void gk_prose_measure_of_last(const gk_extractor *x, gk_str mode, gk_reading *r) {
    const struct gk_prose_state *s = x->prose;
    if (!s->has_last) return;
    if (of_enclosed(x, mode)) {
        r->measure = GK_STR("execution_rate");
        return;
    }
    bool alike = r->subject.start == s->last.subject.start && r->subject.end == s->last.subject.end;
    bool raised = r->kind == GK_NUMBER_AMOUNT && is_change(s->last.measure); /* "less by 3, that is 5": the 5 is no change */
    if (gk_str_eqz(mode, "same") && alike && !raised) {
        bool again = gk_str_eqz(s->last.measure, "budget") && s->last.year == r->year; /* one budget, raised */
        bool told = r->measure.len && gk_str_eqz(s->last.measure, "actual"); /* by the rule, against a plain one */
        if (!told) r->measure = again ? GK_STR("adjusted_budget") : s->last.measure;
    }
    bool planned = gk_is_planned(s->last.measure);
    if (gk_str_eqz(mode, "of") && s->last.aside) {
        r->measure = GK_STR("share");
        if (!alike) r->whole = s->last.subject; /* nothing is a share of itself */
    } else if (gk_str_eqz(mode, "of") && s->last.kind == GK_NUMBER_AMOUNT && planned) {
        r->measure = GK_STR("execution_rate");
    }
}
