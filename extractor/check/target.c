/* Targets that the goals of a project tell in prose, and the rows of its indicators below by other words.
 *
 * Worked example: the goals say "1200 batches of food are tested, 90% or more of the people are content", and the rows below
 * "batches of food tested = 1020" and "content people >= 90%". Of each goal the row is looked for that has its unit and its
 * words, in its name or in what describes it; a row of that unit that prints the same target, or that of another goal, says
 * that nothing is wrong, and so does a row that asks for no more than what the goal plans.
 */
#include "check/grid.h"

enum {
    MOST_BELOW = 48, /* indicators of a project that are looked through for a goal */
    CHAR = 3,        /* bytes */
    MOST_NAME = 30 * CHAR, LEAST_NAME = 4 * CHAR, /* of a name that is compared */
    MORE = 2 * CHAR, /* that the longer of two names may have, where its words stand in another order */
    AROUND = 6 * CHAR, /* the same, before or behind all of the other */
    MOST_CELLS = 600, /* behind a goal that are looked at */
    BEHIND = 16      /* bytes of the text behind a goal */
};

typedef struct aim {
    gk_fixed value; /* in the base unit */
    gk_str printed, unit, name, other; /* the unit without powers of ten; the name without its tails; what describes it */
    char op;        /* '+' at least, '-' at most, '=' */
    bool rate;
} aim;

static bool is_goal(const gk_record *r) { return gk_str_ends(r->field[GK_F_RULE], GK_STR("overall-goal")); }

static bool aim_of(const gk_checker *c, const gk_record *r, aim *a) {
    gk_figure f = gk_figure_read(gk_get(r, GK_F_TARGET));
    gk_str op = gk_get(r, GK_F_OP);
    a->unit = a->printed = gk_get(r, GK_F_TARGET_UNIT);
    if (!f.known || f.vague || !a->unit.len) return false;
    a->rate = gk_str_eqz(a->unit, "%");
    a->name = gk_bare_name(c, gk_get(r, GK_F_NAME));
    a->other = gk_bare_name(c, gk_get(r, GK_F_DESCRIPTION));
    a->op = gk_str_starts(op, GK_STR(">")) ? '+' : gk_str_starts(op, GK_STR("<")) ? '-' : '=';
    return !__builtin_mul_overflow(f.value, gk_fixed_power(gk_unit_power(c, &a->unit)), &a->value);
}

/* Whether a text has all characters of another. */
static bool has_chars(gk_str text, gk_str chars) {
    for (size_t i = 0; i + CHAR <= chars.len; i += CHAR)
        if (gk_str_find(text, gk_str_slice(chars, i, i + CHAR)) == SIZE_MAX) return false;
    return true;
}

/* Whether two texts name one thing. Rates of one kind are told of many things: the name of one ends with the other. */
static bool is_one_name(gk_str a, gk_str b, bool rate) {
    gk_str small = a.len <= b.len ? a : b, large = a.len <= b.len ? b : a;
    size_t more = large.len - small.len;
    if (small.len < LEAST_NAME || large.len > MOST_NAME || more > AROUND) return false;
    if (rate || more > MORE) return gk_str_ends(large, small) || (!rate && gk_str_starts(large, small));
    return has_chars(large, small);
}

static bool is_alike(const aim *goal, const aim *row) {
    return is_one_name(goal->name, row->name, goal->rate) || (!goal->rate && is_one_name(goal->name, row->other, false));
}

static bool may_meet(const aim *goal, const aim *row) {
    bool turned = (goal->op == '+' && row->op == '-') || (goal->op == '-' && row->op == '+');
    return !turned && gk_str_eq(goal->unit, row->unit);
}

static void tell(gk_checker *c, uint32_t goal, uint32_t row, const aim *a, const aim *b) {
    uint32_t terms[2] = {goal, row};
    gk_verdict v = gk_verdict_on(c, goal, GK_STR("same_fact"), GK_STR("checks:goal-in-row"), GK_CONTRADICTS);
    v.formula = GK_STR("the target of the row below");
    v.text = gk_fixed_text(a->value, GK_FIXED_PLACES, &c->out->arena);
    v.has_expected = true;
    v.expected = gk_interval_at(b->value);
    v.terms = terms, v.term_count = 2;
    gk_verdict_add(c, &v);
}

/* The row that a goal is told again in, among the indicators from `k` on; GK_NO_RECORD: none, several, or one prints its
 * target. */
static uint32_t row_of(gk_checker *c, const aim *goal, size_t k, gk_str project, aim *out) {
    uint32_t found = GK_NO_RECORD;
    bool rows = false; /* goals behind rows are those of others */
    for (size_t m = k; m < c->indicators.len && m < k + MOST_BELOW; m++) {
        uint32_t i = c->indicators.at[m];
        const gk_record *r = gk_record_at(c, i);
        aim row = {.value = 0};
        if (!gk_str_eq(gk_get(r, GK_F_PROJECT), project) || (rows && is_goal(r))) break;
        rows = rows || !is_goal(r);
        if (!aim_of(c, r, &row) || !may_meet(goal, &row)) continue;
        bool one = is_alike(goal, &row);
        bool meets = !is_goal(r) && row.value == goal->value && (one || !goal->rate);
        if (meets || (one && (is_goal(r) || found != GK_NO_RECORD))) return GK_NO_RECORD;
        if (one) found = i, *out = row;
    }
    return found;
}

/* Whether what a goal plans is enough for its row, and differs by no slip of the digits. */
static bool is_enough(const aim *goal, const aim *row) {
    gk_fixed step = gk_fixed_power(GK_FIXED_PLACES), a = goal->value, b = row->value;
    bool less = (row->op == '+' && b < a) || (row->op == '-' && b > a);
    return goal->op == '=' && less && a != 10 * b && b != 10 * a && (a < 100 * step || !gk_same_digits(a, b));
}

/* Whether digits stand right behind the target of a goal: it has two ends. */
static bool is_range(const gk_checker *c, const gk_record *goal) {
    static const gk_str marks[] = {{"-", 1}, {"~", 1}, {"\xEF\xBD\x9E", 3}, {"\xEF\xBC\x8D", 3}, {"\xE2\x80\x94", 3}};
    gk_str text = c->doc->text, target = gk_get(goal, GK_F_TARGET);
    gk_str behind = gk_str_slice(text, goal->span.end, goal->span.end + BEHIND + target.len);
    size_t at = gk_str_find(behind, target);
    if (at == SIZE_MAX) return false;
    behind = gk_str_slice(behind, at + target.len, behind.len);
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (gk_str_starts(behind, marks[i])) return true;
    return false;
}

/* Whether another goal beside a goal prints the target of a row. */
static bool is_of_other(const gk_checker *c, size_t k, const aim *row) {
    size_t from = k;
    while (from > 0 && k - from < MOST_BELOW && is_goal(gk_record_at(c, c->indicators.at[from - 1]))) from--;
    for (size_t m = from; m < c->indicators.len && m < from + MOST_BELOW; m++) {
        const gk_record *r = gk_record_at(c, c->indicators.at[m]);
        aim a;
        if (!is_goal(r)) break;
        if (m == k || !aim_of(c, r, &a) || !may_meet(&a, row) || a.value != row->value) continue;
        if (!row->rate || is_alike(&a, row)) return true;
    }
    return false;
}

/* Where the first row behind the goal at `k` stands beside it: whether goals of others begin between it and a row, in its
 * column. */
static bool is_apart(gk_checker *c, size_t k, const gk_record *row) {
    const gk_record *goal = gk_record_at(c, c->indicators.at[k]);
    while (k < c->indicators.len && is_goal(gk_record_at(c, c->indicators.at[k]))) k++;
    if (k == c->indicators.len) return false;
    const gk_cell *g = gk_cell_of(c, goal->span.start), *w = gk_cell_of(c, row->span.start);
    const gk_cell *first = gk_cell_of(c, gk_record_at(c, c->indicators.at[k])->span.start);
    if (!g || !w || !first || first->row != g->row) return false;
    size_t from = gk_cells_from(c, goal->span.end);
    for (size_t i = from; i < c->cells.len && i < from + MOST_CELLS && gk_cells_at(c, i) != w; i++)
        if (gk_cells_at(c, i)->row > g->row && gk_cells_at(c, i)->col == g->col) return true;
    return false;
}

void gk_check_targets(gk_checker *c) {
    for (size_t k = 0; k < c->indicators.len; k++) {
        uint32_t i = c->indicators.at[k];
        const gk_record *r = gk_record_at(c, i);
        aim goal, row = {.value = 0};
        if (!is_goal(r) || !aim_of(c, r, &goal)) continue;
        gk_str project = gk_get(r, GK_F_PROJECT);
        uint32_t other = row_of(c, &goal, k + 1, project, &row);
        if (other == GK_NO_RECORD) continue;
        bool same = gk_str_eq(goal.printed, row.printed) && !is_enough(&goal, &row) && !is_range(c, r);
        if (same && is_apart(c, k, gk_record_at(c, other))) continue;
        if (!same || is_of_other(c, k, &row)) gk_not_run(c, GK_REASON_AMBIGUOUS);
        else tell(c, i, other, &goal, &row);
    }
}
