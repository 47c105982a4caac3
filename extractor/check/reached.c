/* Targets that were not reached, and the scores given for them.
 *
 * Worked example: the target is >=95%, the actual value 91%, the weight 10 and the score 10: a target that is missed costs
 * points, so that the score, or the actual value, is wrong. A target without a sign is missed by less only where more is
 * better, as the level of the indicator says; a cost that was saved is none. That a score is reduced needs no reason.
 */
#include "check/grid.h"

typedef struct goal {
    const gk_record *r;
    gk_figure target, actual, weight, score;
} goal;

enum { MOST_CELLS = 24 /* of a row, behind the name of an indicator */ };

static bool is_word(const gk_map *words, gk_str text) { return text.len && gk_map_prefix(words, text, NULL) == text.len; }

/* Whether less than the target misses it, where no sign says so. */
static bool is_more_better(const gk_checker *c, const gk_record *r) {
    return is_word(c->maps.more_better, gk_get(r, GK_F_LEVEL2)) || is_word(c->maps.more_better, gk_get(r, GK_F_LEVEL1));
}

/* Whether a rate was to be all there is: no rate is more than that. */
static bool is_full_rate(const gk_checker *c, const goal *g) {
    bool all = g->target.value == 100 * gk_fixed_power(GK_FIXED_PLACES) && gk_str_eqz(gk_get(g->r, GK_F_TARGET_UNIT), "%");
    return all && gk_map_suffix(c->maps.rate_names, gk_get(g->r, GK_F_NAME), NULL) > 0;
}

typedef enum reach { REACHED, MISSED, UNCLEAR } reach;

static reach reach_of(const gk_checker *c, const goal *g) {
    gk_str op = gk_get(g->r, GK_F_OP);
    gk_interval actual = gk_figure_interval(g->actual);
    gk_fixed target = g->target.value;
    if (gk_str_starts(op, GK_STR(">"))) return actual.hi < target ? MISSED : REACHED;
    if (gk_str_starts(op, GK_STR("<"))) return actual.lo > target ? MISSED : REACHED;
    if (gk_interval_has(actual, target)) return REACHED;
    if (!is_more_better(c, g->r) && !is_full_rate(c, g)) return UNCLEAR;
    return actual.hi < target ? MISSED : REACHED;
}

/* The last cell of the row that prints the score; NULL: none. */
static const gk_cell *score_cell(gk_checker *c, const goal *g) {
    const gk_cell *name = gk_cell_of(c, g->r->span.start), *found = NULL;
    size_t at = name ? gk_cells_from(c, g->r->span.end) : c->cells.len;
    for (size_t i = at; i < c->cells.len && i < at + MOST_CELLS && gk_cells_at(c, i)->row == name->row; i++) {
        gk_figure f = gk_figure_read(gk_cell_text(c, gk_cells_at(c, i)));
        if (f.known && f.value == g->score.value) found = gk_cells_at(c, i);
    }
    return found;
}

static void tell(gk_checker *c, const goal *g, uint32_t record, gk_status status) {
    if (!gk_is_told(c, status)) return;
    const gk_record *r = g->r;
    const gk_cell *cell = score_cell(c, g);
    gk_str op = gk_str_eqz(gk_get(r, GK_F_OP), "=") ? GK_STR("") : gk_get(r, GK_F_OP);
    gk_verdict v = gk_verdict_on(c, record, GK_STR("score"), GK_STR("checks:reached"), status);
    if (cell) v.span = gk_cell_span(c, cell), v.raw = gk_cell_text(c, cell);
    v.text = gk_get(r, GK_F_SCORE);
    v.formula = GK_STR("a target that is missed costs points");
    if (status == GK_CONTRADICTS)
        v.hint = gk_arena_printf(&c->out->arena, "%.*s%.*s does not reach %.*s%.*s%.*s", GK_STR_ARG(gk_get(r, GK_F_ACTUAL)),
                                 GK_STR_ARG(gk_get(r, GK_F_ACTUAL_UNIT)), GK_STR_ARG(op), GK_STR_ARG(gk_get(r, GK_F_TARGET)),
                                 GK_STR_ARG(gk_get(r, GK_F_TARGET_UNIT)));
    v.terms = &record, v.term_count = 1;
    gk_verdict_add(c, &v);
}

/* The rate that the prose tells right behind an indicator, of how far it was done: that of the actual value to the target, or
 * all of it where that is more. */
static void check_rate(gk_checker *c, uint32_t record) {
    gk_fixed all = 100 * gk_fixed_power(GK_FIXED_PLACES);
    const gk_record *r = gk_record_at(c, record), *rate = r + 1;
    if (record + 1 >= c->records || rate->kind != GK_KIND_PERCENTAGE) return;
    if (!gk_map_get(c->maps.done_rules, rate->field[GK_F_RULE]).ptr) return;
    gk_figure target = gk_figure_read(gk_get(r, GK_F_TARGET)), actual = gk_figure_read(gk_get(r, GK_F_ACTUAL));
    gk_figure told = c->figures.at[record + 1];
    gk_interval expected = gk_interval_at(actual.value);
    bool alike = gk_str_eq(gk_get(r, GK_F_TARGET_UNIT), gk_get(r, GK_F_ACTUAL_UNIT));
    bool good = alike && target.known && actual.known && told.known && !told.vague && target.value > 0;
    good = good && gk_str_eq(rate->field[GK_F_SUBJECT], gk_get(r, GK_F_NAME));
    if (!good || gk_interval_times(&expected, gk_interval_at(all)) != GK_CALC_OK) return;
    if (gk_interval_over(&expected, gk_interval_at(target.value)) != GK_CALC_OK) return;
    bool capped = told.value == all && expected.lo > all;
    gk_status status = capped ? GK_HOLDS : gk_status_of(gk_figure_interval(told), expected, told.value == expected.lo);
    if (!gk_is_told(c, status)) return;
    uint32_t terms[] = {record + 1, record};
    gk_verdict v = gk_verdict_on(c, record + 1, GK_STR("execution_rate"), GK_STR("checks:done-of-target"), status);
    v.formula = GK_STR("actual * 100 / target");
    v.has_expected = true, v.expected = expected;
    v.terms = terms, v.term_count = 2;
    gk_verdict_add(c, &v);
}

/* Whether target and actual value are of one unit: one without a unit, as beside a column of units, is of that of the target
 * where it is of its size. */
static bool is_in_unit(const goal *g) {
    gk_str target = gk_get(g->r, GK_F_TARGET_UNIT), actual = gk_get(g->r, GK_F_ACTUAL_UNIT);
    gk_fixed a = g->actual.value, t = g->target.value;
    return gk_str_eq(target, actual) || (!actual.len && a > t / 10 && t > a / 10);
}

void gk_check_reached(gk_checker *c) {
    for (size_t i = 0; i < c->indicators.len; i++) {
        uint32_t record = c->indicators.at[i];
        goal g = {.r = gk_record_at(c, record)};
        const gk_record *r = g.r;
        check_rate(c, record);
        if (!gk_get(r, GK_F_WEIGHT).len || !gk_get(r, GK_F_SCORE).len || !gk_get(r, GK_F_ACTUAL).len) continue;
        g.target = gk_figure_read(gk_get(r, GK_F_TARGET)), g.actual = gk_figure_read(gk_get(r, GK_F_ACTUAL));
        if (!g.target.known || !g.actual.known) continue; /* words, which are judged by their readers */
        g.weight = gk_figure_read(gk_get(r, GK_F_WEIGHT)), g.score = gk_figure_read(gk_get(r, GK_F_SCORE));
        bool scored = g.weight.known && g.score.known && g.weight.value > 0;
        reach how = reach_of(c, &g);
        if (!scored) gk_not_run(c, GK_REASON_TERM);
        else if (!is_in_unit(&g)) gk_not_run(c, GK_REASON_UNIT);
        else if (how == UNCLEAR) gk_not_run(c, GK_REASON_AMBIGUOUS);
        else tell(c, &g, record, how == MISSED && g.score.value >= g.weight.value ? GK_CONTRADICTS : GK_HOLDS);
    }
}
