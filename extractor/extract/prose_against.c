/* What a change or a rate is compared with, where the rule that speaks does not say it.
 *
 * Worked example: in "planned were 5, spent 4, 80% of it, 1 less than last year, a fall of 20%" the 80% is of what was
 * planned for the year, the change is against what was spent in the year before, and the fall is against the same.
 */
#include "extract/prose.h"

static bool of_one(const gk_reading *a, const gk_reading *b) {
    return !gk_is_empty(a->subject) && a->subject.start == b->subject.start && a->subject.end == b->subject.end;
}

/* The year of the word behind a word that compares, in the clause of the figure; 0: none that lies before its own. */
static int compared_year(gk_extractor *x, const gk_lead *lead, gk_range head, int year) {
    gk_str word = gk_lead_year(x, lead, head), v = gk_view_text(x, 0, head.end);
    if (!word.len || !x->maps.compare) return 0;
    gk_str before = gk_str_slice(v, 0, (size_t)(word.ptr - v.ptr));
    if (!gk_map_suffix(x->maps.compare, before, NULL)) return 0;
    int said = gk_context_year_from(x, word, year > 0 ? year : x->now.year);
    return said < year ? said : 0;
}

/* Whether a figure of this measure is compared with one of the same measure. A plan is so with the plan before it, or with
 * what was carried out: that is not guessed. */
static bool is_own_base(gk_str measure) {
    return gk_str_eqz(measure, "actual") || gk_str_eqz(measure, "balance");
}

static void change_against(gk_extractor *x, const gk_lead *lead, gk_range head, gk_reading *r) {
    const gk_reading *last = x->prose->has_last ? &x->prose->last : NULL;
    bool alike = last && of_one(last, r) && last->year == r->year;
    if (!r->against_year && !r->against_measure.len) r->against_year = compared_year(x, lead, head, r->year);
    bool goes_on = alike && gk_is_change(last->measure) && !lead->crosses;
    if (!r->against_year && !r->against_measure.len && goes_on) {
        r->against_measure = last->against_measure;
        r->against_year = last->against_year;
    }
    if (r->against_year == r->year && !r->against_measure.len) r->against_year = 0; /* a month of the same year */
    bool dated = r->against_year && r->against_year != r->year && !r->against_measure.len;
    if (dated && alike && is_own_base(last->measure)) r->against_measure = last->measure;
}

/* What was carried out is compared with the plan that the words name; where they name none, with the plan that the text told
 * last of it, else with the budget as such. */
static void execution_against(gk_extractor *x, gk_reading *r) {
    const gk_reading *plan = &x->prose->plan;
    bool planned = of_one(plan, r) && plan->year == r->year, named = r->against_measure.len > 0;
    if (!named) r->against_measure = planned ? plan->measure : gk_context_measure(x, GK_STR("budget"));
    if (planned && !r->against_year) r->against_year = plan->year;
}

void gk_prose_against(gk_extractor *x, const gk_lead *lead, gk_range head, gk_reading *r) {
    if (gk_is_change(r->measure)) change_against(x, lead, head, r);
    if (gk_str_eqz(r->measure, "execution_rate")) execution_against(x, r);
}

void gk_prose_keep_plan(gk_extractor *x, const gk_reading *r) {
    if (r->kind == GK_NUMBER_AMOUNT && gk_is_planned(r->measure)) x->prose->plan = *r;
}
