/* Formulas over figures that have roles. */
#include "check/formula.h"

static const struct {
    gk_key key;
    gk_str name;
} roles[] = {
    [GK_ROLE_THIS] = {GK_KEY_THIS, {"this", 4}},    [GK_ROLE_BASE] = {GK_KEY_BASE, {"base", 4}},
    [GK_ROLE_PRIOR] = {GK_KEY_PRIOR, {"prior", 5}}, [GK_ROLE_CHANGE] = {GK_KEY_CHANGE, {"change", 6}},
    [GK_ROLE_RATE] = {GK_KEY_RATE, {"rate", 4}},    [GK_ROLE_WHOLE] = {GK_KEY_WHOLE, {"whole", 5}},
    [GK_ROLE_PART] = {GK_KEY_PART, {"part", 4}},
};

/* ---- terms */

const gk_token *gk_token_of(const gk_checker *c, const gk_match *m, gk_key key) {
    uint8_t group = m->rule->group_of[key];
    if (!group || m->group[group].start == UINT32_MAX) return NULL;
    size_t count;
    const gk_token *t = gk_tokens_in(c, m->group[group].start, m->group[group].end, &count);
    return count ? t : NULL;
}

gk_terms gk_terms_none(const gk_checker *c) {
    gk_terms t = {.c = c, .replaced = GK_NO_RECORD};
    for (size_t i = 0; i < GK_ROLE_COUNT; i++) t.record[i] = GK_NO_RECORD;
    return t;
}

static gk_figure figure_of(const gk_terms *t, size_t role) { return t->c->figures.at[t->record[role]]; }

/* Figures that count something are of one unit: people and visits of one label are not compared. */
static bool one_unit(const gk_terms *t) {
    gk_str unit = GK_STR_NONE;
    for (size_t i = 0; i < GK_ROLE_COUNT; i++) {
        const gk_brief *b = t->record[i] == GK_NO_RECORD ? NULL : &t->c->briefs.at[t->record[i]];
        if (!b || b->kind == GK_KIND_PERCENTAGE || b->class == 'X') continue;
        gk_str mine = gk_record_at(t->c, t->record[i])->field[GK_F_UNIT];
        if (unit.len && !gk_str_eq(unit, mine)) return false;
        unit = mine;
    }
    return true;
}

bool gk_terms_good(gk_checker *c, const gk_terms *t) {
    bool good = true;
    for (size_t i = 0; i < GK_ROLE_COUNT; i++)
        if (t->record[i] != GK_NO_RECORD && (figure_of(t, i).vague || !figure_of(t, i).known)) good = false;
    if (!good) gk_not_run(c, GK_REASON_VAGUE);
    else if (!one_unit(t)) gk_not_run(c, GK_REASON_UNIT), good = false;
    if (!good && t->record[GK_ROLE_RATE] != GK_NO_RECORD) c->judged.at[t->record[GK_ROLE_RATE]] |= GK_JUDGED;
    return good;
}

bool gk_terms_of(gk_checker *c, const gk_match *m, gk_terms *t) {
    *t = gk_terms_none(c);
    for (size_t i = 0; i < GK_ROLE_COUNT; i++) {
        const gk_token *token = gk_token_of(c, m, roles[i].key);
        if (token) t->record[i] = token->record;
    }
    return gk_terms_good(c, t);
}

bool gk_ask_of(const gk_match *m, gk_ask *ask) {
    const gk_str *k = m->rule->constant;
    *ask = (gk_ask){.check = k[GK_KEY_CHECK], .rule = m->rule->id, .formula = k[GK_KEY_RELATION],
                    .undefined = gk_str_eqz(k[GK_KEY_MODE], "undefined")};
    for (size_t i = 0; i < GK_ROLE_COUNT; i++)
        if (gk_str_eq(k[GK_KEY_STATED], roles[i].name)) return ask->stated = (gk_role)i, true;
    return false;
}

/* ---- values */

static bool look_up(void *user, gk_str name, gk_interval *out) {
    const gk_terms *t = user;
    for (size_t i = 0; i < GK_ROLE_COUNT; i++) {
        gk_str role = roles[i].name;
        if (t->record[i] == GK_NO_RECORD || *name.ptr != *role.ptr || !gk_str_eq(name, role)) continue;
        if (t->record[i] == t->replaced) return *out = t->instead, true;
        gk_figure f = figure_of(t, i);
        *out = t->exact ? gk_interval_at(f.value) : gk_figure_interval(f);
        return f.known;
    }
    return false;
}

static void add_terms(gk_terms *t, gk_verdict *v) {
    v->terms = t->list;
    v->term_count = 0;
    for (size_t i = 0; i < GK_ROLE_COUNT; i++)
        if (t->record[i] != GK_NO_RECORD) t->list[v->term_count++] = t->record[i];
}

static bool fail(gk_checker *c, gk_calc code) {
    static const gk_reason reasons[] = {[GK_CALC_LARGE] = GK_REASON_LARGE, [GK_CALC_ZERO] = GK_REASON_ZERO,
                                        [GK_CALC_COARSE] = GK_REASON_COARSE, [GK_CALC_TERM] = GK_REASON_TERM};
    gk_not_run(c, reasons[code]);
    return false;
}

/* The stated figure of these roles. A change of zero hides what the coarsest of the other figures does. */
static gk_figure stated_figure(const gk_checker *c, const uint32_t role[GK_ROLE_COUNT], uint32_t stated) {
    gk_figure f = c->figures.at[stated];
    if (f.value != 0 || role[GK_ROLE_CHANGE] != stated) return f;
    f.step = 0;
    for (size_t i = 0; i < GK_ROLE_COUNT; i++)
        if (role[i] != GK_NO_RECORD && role[i] != stated && c->figures.at[role[i]].step > f.step)
            f.step = c->figures.at[role[i]].step;
    return f;
}

/* The value of the formula for the printed figures themselves. */
static gk_calc point_of(const gk_ask *ask, gk_terms *t, gk_interval *point) {
    t->exact = true;
    gk_calc code = gk_formula(ask->formula, look_up, t, point);
    t->exact = false;
    return code;
}

static bool on_zero_base(gk_checker *c, const gk_ask *ask, gk_terms *t, gk_verdict *v) {
    gk_figure f = figure_of(t, ask->stated);
    bool round = f.value == 0 || f.value == 100 * (gk_fixed)1000000;
    if (!ask->undefined || !round) return fail(c, GK_CALC_ZERO);
    *v = gk_verdict_on(c, t->record[ask->stated], GK_STR("undefined"), ask->rule, GK_UNDEFINED);
    v->formula = ask->formula;
    v->hint = GK_STR("a rate over a zero base is not defined");
    add_terms(t, v);
    return true;
}

/* What the stated figure may stand for: with two decimals, the last digit may be rounded up as well. */
static gk_interval stated_interval(gk_figure f) {
    gk_interval near = gk_figure_interval(f), wide = gk_figure_wide(f);
    if (f.decimals < 2) return near;
    return (gk_interval){wide.lo + 1, wide.hi - 1};
}

bool gk_holds_with(gk_checker *c, const gk_verdict *v, uint32_t record, gk_interval instead) {
    gk_terms t = {.c = c, .replaced = record, .instead = instead};
    memcpy(t.record, v->role, sizeof t.record);
    gk_interval expected, stated = stated_interval(c->figures.at[v->stated]);
    return gk_formula(v->formula, look_up, &t, &expected) == GK_CALC_OK && gk_interval_meet(stated, expected);
}

/* ---- hints */

/* Says of one term how its point is moved, where that makes the formula right. */
static gk_str slip_of_term(gk_checker *c, const gk_verdict *v, uint32_t record, int power) {
    gk_fixed p = gk_fixed_power(power);
    gk_interval x = gk_figure_interval(c->figures.at[record]), up, down = {x.lo / p, x.hi / p};
    gk_str raw = gk_record_at(c, record)->field[GK_F_RAW];
    const char *unit = power == 4 ? ": its unit" : "";
    if (gk_holds_with(c, v, record, down))
        return gk_arena_printf(&c->out->arena, "%.*s is printed 10^%d times too large%s", GK_STR_ARG(raw), power, unit);
    if (__builtin_mul_overflow(x.lo, p, &up.lo) || __builtin_mul_overflow(x.hi, p, &up.hi)) return GK_STR_NONE;
    if (!gk_holds_with(c, v, record, up)) return GK_STR_NONE;
    return gk_arena_printf(&c->out->arena, "%.*s is printed 10^%d times too small%s", GK_STR_ARG(raw), power, unit);
}

/* The term that makes the formula right when its point is moved. Moved the other way, a total would do as well as the change
 * of it; but a total is told of other figures, too, so that the lesser term is blamed. */
static gk_str slipped_term(gk_checker *c, const gk_verdict *v) {
    static const int powers[] = {4, 1, 2};
    static const gk_key blame[] = {GK_KEY_CHANGE, GK_KEY_PART, GK_KEY_PRIOR, GK_KEY_BASE, GK_KEY_THIS, GK_KEY_WHOLE};
    for (size_t i = 0; i < 3 * (sizeof blame / sizeof *blame); i++)
        for (size_t k = 0; k < GK_ROLE_COUNT; k++) {
            uint32_t record = v->role[k];
            if (roles[k].key != blame[i / 3] || record == GK_NO_RECORD || record == v->stated) continue;
            gk_str hint = slip_of_term(c, v, record, powers[i % 3]);
            if (hint.len) return hint;
        }
    return GK_STR_NONE;
}

static void see_direction(gk_verdict *v, gk_interval stated) {
    gk_interval turned = {-stated.hi, -stated.lo};
    if (!gk_interval_meet(turned, v->expected)) return;
    v->check = GK_STR("direction");
    v->hint = GK_STR("the other direction word");
}

/* Whether a rate was taken of the later figure instead of the earlier one. */
static bool is_of_later(gk_checker *c, const gk_verdict *v) {
    static const char *const formulas[] = {"change * 100 / this", "(this - prior) * 100 / this", "(this - base) * 100 / this"};
    if (!gk_str_eqz(v->check, "change_rate")) return false;
    for (size_t i = 0; i < sizeof formulas / sizeof *formulas; i++) {
        gk_verdict other = *v;
        other.formula = gk_str_of(formulas[i]);
        if (gk_holds_with(c, &other, GK_NO_RECORD, (gk_interval){0, 0})) return true;
    }
    return false;
}

gk_str gk_formula_slip(gk_checker *c, const gk_verdict *v) {
    if (is_of_later(c, v)) return GK_STR("the rate is of the later figure, not of the earlier one");
    gk_str hint = gk_slip(c, stated_figure(c, v->role, v->stated), v->expected);
    return hint.len ? hint : slipped_term(c, v);
}

/* ---- verdicts */

static gk_verdict verdict_of(gk_checker *c, const gk_ask *ask, gk_terms *t, gk_interval expected) {
    gk_figure f = stated_figure(c, t->record, t->record[ask->stated]);
    gk_interval stated = stated_interval(f), nearest = {f.value - f.step / 2, f.value + f.step / 2}, point = expected;
    bool meets = gk_interval_meet(stated, expected);
    if (meets && c->all) point_of(ask, t, &point); /* what holds is told apart from what is rounded only where it is told */
    gk_status status = gk_status_of(stated, expected, gk_interval_meet(nearest, point));
    gk_verdict v = {.check = ask->check, .status = status, .rule = ask->rule, .stated = t->record[ask->stated]};
    if (!meets || c->all) v = gk_verdict_on(c, v.stated, ask->check, ask->rule, status); /* others are not told */
    v.formula = ask->formula;
    v.has_expected = true;
    v.expected = expected;
    v.computed = true;
    memcpy(v.role, t->record, sizeof v.role);
    add_terms(t, &v);
    if (status == GK_CONTRADICTS) see_direction(&v, stated);
    return v;
}

/* Where the intervals give nothing: the printed figures themselves tell a base of zero from one that may be zero. */
static bool no_verdict(gk_checker *c, const gk_ask *ask, gk_terms *t, gk_calc code, gk_verdict *v) {
    gk_interval point;
    gk_calc exact = point_of(ask, t, &point);
    if (exact == GK_CALC_ZERO) return on_zero_base(c, ask, t, v);
    return fail(c, exact == GK_CALC_OK ? code : exact);
}

bool gk_formula_verdict(gk_checker *c, const gk_ask *ask, gk_terms *t, gk_verdict *v) {
    gk_interval expected, divisor = {1, 1};
    if (t->record[ask->stated] == GK_NO_RECORD) return fail(c, GK_CALC_TERM);
    for (size_t i = 0; i < GK_ROLE_COUNT; i++)
        if (t->record[i] != GK_NO_RECORD) c->judged.at[t->record[i]] |= i == ask->stated ? GK_JUDGED : GK_TOOK_PART;
    gk_calc code = gk_formula_over(ask->formula, look_up, t, &expected, &divisor);
    if (code != GK_CALC_OK) return no_verdict(c, ask, t, code, v);
    if (divisor.hi < 0) { /* the rate of a change from a loss has no sign that all would print */
        gk_not_run(c, GK_REASON_NEGATIVE);
        return false;
    }
    *v = verdict_of(c, ask, t, expected);
    return true;
}
