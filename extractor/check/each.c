/* What is counted and paid for each: averages, and groups of people.
 *
 * Worked example: "meals 4.46 (10^4 yuan) ... 62 groups, 620 people, 129.03 yuan for each of them": 44,600 over 620
 * is 71.94. The count is one of those before the average on its line whose unit the rule names; that one of them makes
 * the average right is enough. Of 62 groups with 56 people one figure is wrong, since no group is empty.
 */
#include "check/found.h"

enum { LOOK_BACK = 8 /* tokens */, MOST_WHOLES = 4 /* tokens */, FAR = 3 /* times */ };

/* Whether a unit is one of those that a rule names, with `|` between them. */
static bool has_unit(gk_str units, gk_str unit) { return gk_str_listed(units, '|', unit); }

static bool is_clear(const gk_checker *c, const gk_token *t) {
    const gk_figure *f = &c->figures.at[t->record];
    return f->known && !f->vague && f->value > 0;
}

/* The average that follows from a count. */
static bool average_of(const gk_checker *c, const gk_token *whole, const gk_token *count, gk_interval *out) {
    gk_interval n = gk_figure_interval(c->figures.at[count->record]);
    *out = gk_figure_interval(c->figures.at[whole->record]);
    if (gk_interval_times(out, gk_interval_at(gk_fixed_power(GK_FIXED_PLACES))) != GK_CALC_OK) return false;
    return gk_interval_over(out, n) == GK_CALC_OK;
}

static void tell(gk_checker *c, const gk_found *m, gk_status status, const uint32_t *terms, size_t count,
                 gk_str formula, const gk_interval *expected) {
    if (!gk_is_told(c, status)) return;
    gk_verdict v = gk_verdict_on(c, terms[0], m->by->rule->constant[GK_KEY_CHECK], m->by->rule->id, status);
    v.formula = formula;
    if (expected) {
        v.has_expected = true, v.expected = *expected;
        if (status == GK_CONTRADICTS) v.hint = gk_slip(c, c->figures.at[terms[0]], *expected);
    }
    v.terms = terms, v.term_count = count;
    gk_verdict_add(c, &v);
}

/* The average and its terms, and what follows from them. */
typedef struct trial {
    uint32_t terms[3];
    gk_interval expected;
    bool tried, holds;
} trial;

/* Tries one count with the amounts before the average, the nearest first. */
static void try_count(gk_checker *c, const gk_found *m, const gk_token *part, const gk_token *count, trial *out) {
    gk_interval stated = gk_figure_wide(c->figures.at[part->record]), now;
    const gk_token *t = gk_found_figure(c, m, GK_ROLE_WHOLE);
    for (int i = 0; i < MOST_WHOLES && t >= c->tokens.at && t->at >= c->line && !out->holds; t--, i++) {
        if (!gk_class_in(t->class, GK_CLASSES_PLAIN) || !is_clear(c, t) || !average_of(c, t, count, &now)) continue;
        out->holds = gk_interval_meet(stated, now);
        if (!out->tried || out->holds) *out = (trial){{part->record, t->record, count->record}, now, true, out->holds};
    }
}

/* Whether a figure is another with its point moved, or `exact` with its digits in another order. */
static bool is_slip(const gk_checker *c, gk_figure f, gk_interval expected, gk_fixed exact) {
    gk_fixed step = f.step ? f.step : gk_fixed_power(GK_FIXED_PLACES), rounded = (exact + step / 2) / step * step;
    return gk_slip(c, f, expected).len || gk_figure_mixed(&f, rounded, 1);
}

static gk_fixed value_of(const gk_checker *c, const gk_token *t) { return c->figures.at[t->record].value; }

/* The average as the printed figures say it. */
static gk_fixed exact_of(const gk_checker *c, const trial *t) {
    gk_fixed whole = c->figures.at[t->terms[1]].value, most = gk_fixed_power(GK_FIXED_MOST_POWER);
    return whole < most ? whole * gk_fixed_power(GK_FIXED_PLACES) / c->figures.at[t->terms[2]].value : 0;
}

/* `part` is what `whole` comes to for each of those that are counted before it. */
void gk_check_average(gk_checker *c, const gk_found *m) {
    const gk_token *whole = gk_found_figure(c, m, GK_ROLE_WHOLE), *part = gk_found_figure(c, m, GK_ROLE_PART);
    trial t = {.tried = false};
    if (!whole || !part || !is_clear(c, part)) return;
    gk_figure f = c->figures.at[part->record];
    gk_str word = gk_found_words(c, m), units = gk_map_get(c->maps.averages, word);
    if (!units.len) units = gk_map_get(c->maps.each, word);
    for (const gk_token *n = part; n > c->tokens.at && part - n < LOOK_BACK && n[-1].at >= c->line && !t.holds;) {
        gk_str unit = gk_record_at(c, (--n)->record)->field[GK_F_UNIT];
        if (n->class == 'n' && is_clear(c, n) && has_unit(units, unit))
            try_count(c, m, part, n, &t);
    }
    bool far = f.value > FAR * t.expected.hi || FAR * f.value < t.expected.lo;
    if (!t.tried) gk_not_run(c, GK_REASON_TERM);
    else if (!t.holds && far && !is_slip(c, f, t.expected, exact_of(c, &t))) gk_not_run(c, GK_REASON_EVIDENCE);
    else tell(c, m, t.holds ? GK_HOLDS : GK_CONTRADICTS, t.terms, 3, GK_STR("whole / count"), &t.expected);
}

/* `whole` is `part` for each of those that `base` counts, once or in each month. Others may be paid from it, too: only a slip
 * is told. */
void gk_check_product(gk_checker *c, const gk_found *m) {
    static const int times[] = {1, 12};
    const gk_token *whole = gk_found_figure(c, m, GK_ROLE_WHOLE), *part = gk_found_figure(c, m, GK_ROLE_PART);
    const gk_token *count = gk_found_figure(c, m, GK_ROLE_BASE);
    if (!whole || !part || !count || !is_clear(c, whole) || !is_clear(c, part) || !is_clear(c, count)) return;
    gk_figure f = c->figures.at[whole->record];
    gk_fixed exact, one = gk_fixed_power(GK_FIXED_PLACES);
    trial t = {{whole->record, part->record, count->record}, {0, 0}, false, false};
    for (size_t i = 0; i < sizeof times / sizeof *times && !t.holds; i++) {
        gk_interval now = gk_figure_wide(c->figures.at[part->record]);
        bool over = gk_interval_times(&now, gk_figure_interval(c->figures.at[count->record])) != GK_CALC_OK;
        over = over || gk_interval_times(&now, gk_interval_at(times[i] * one)) != GK_CALC_OK;
        if (over || __builtin_mul_overflow(value_of(c, part), value_of(c, count) / one * times[i], &exact)) return;
        t.holds = gk_interval_meet(gk_figure_wide(f), now);
        if (!t.holds && (t.tried || !is_slip(c, f, now, exact))) continue;
        t.expected = now, t.tried = true;
    }
    if (!t.tried) gk_not_run(c, GK_REASON_EVIDENCE);
    else tell(c, m, t.holds ? GK_HOLDS : GK_CONTRADICTS, t.terms, 3, GK_STR("part * count"), &t.expected);
}

/* Whether one count is of groups and the other of people, by the units of the rule: "group|party/person|visit". */
static bool are_groups(const gk_checker *c, gk_str units, const gk_token *groups, const gk_token *people) {
    size_t bar = gk_str_find(units, GK_STR("/"));
    return bar != SIZE_MAX &&
           has_unit(gk_str_slice(units, 0, bar), gk_record_at(c, groups->record)->field[GK_F_UNIT]) &&
           has_unit(gk_str_slice(units, bar + 1, units.len), gk_record_at(c, people->record)->field[GK_F_UNIT]);
}

/* One of `base` and `this` counts groups, the other the people in them. */
void gk_check_groups(gk_checker *c, const gk_found *m) {
    const gk_token *a = gk_found_figure(c, m, GK_ROLE_BASE), *b = gk_found_figure(c, m, GK_ROLE_THIS);
    gk_str units = m->by->rule->constant[GK_KEY_UNIT];
    if (!a || !b || !is_clear(c, a) || !is_clear(c, b)) return;
    bool turned = are_groups(c, units, b, a);
    if (!turned && !are_groups(c, units, a, b)) return gk_not_run(c, GK_REASON_UNIT);
    uint32_t terms[] = {turned ? a->record : b->record, turned ? b->record : a->record};
    bool holds = c->figures.at[terms[0]].value >= c->figures.at[terms[1]].value;
    tell(c, m, holds ? GK_HOLDS : GK_CONTRADICTS, terms, 2, GK_STR("one of each group at least"), NULL);
}
