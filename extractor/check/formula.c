/* Formulas over figures that have roles. */
#include "check/formula.h"

#include "check/found.h"
#include "check/program.h"

const gk_key gk_role_keys[GK_ROLE_COUNT] = {
    [GK_ROLE_THIS] = GK_KEY_THIS,     [GK_ROLE_BASE] = GK_KEY_BASE, [GK_ROLE_PRIOR] = GK_KEY_PRIOR,
    [GK_ROLE_CHANGE] = GK_KEY_CHANGE, [GK_ROLE_RATE] = GK_KEY_RATE, [GK_ROLE_WHOLE] = GK_KEY_WHOLE,
    [GK_ROLE_PART] = GK_KEY_PART,
};

static const gk_str role_names[GK_ROLE_COUNT] = {
    [GK_ROLE_THIS] = {"this", 4},     [GK_ROLE_BASE] = {"base", 4}, [GK_ROLE_PRIOR] = {"prior", 5},
    [GK_ROLE_CHANGE] = {"change", 6}, [GK_ROLE_RATE] = {"rate", 4}, [GK_ROLE_WHOLE] = {"whole", 5},
    [GK_ROLE_PART] = {"part", 4},
};

/* GK_ROLE_COUNT: it is none. */
static gk_role role_of(gk_str name) {
    size_t i = 0;
    while (i < GK_ROLE_COUNT && !gk_str_eq(name, role_names[i])) i++;
    return (gk_role)i;
}

/* ---- formulas */

/* A formula with its names as roles, read once. The texts are those of rules and of this program: each stays where it is. */
static const gk_program *program_of(gk_checker *c, gk_str formula) {
    for (size_t i = 0; i < c->programs.len; i++) {
        gk_str text = c->programs.at[i]->text;
        if (text.ptr == formula.ptr && text.len == formula.len) return c->programs.at[i];
    }
    gk_program *p = gk_alloc(sizeof *p);
    gk_program_read(p, formula);
    for (gk_step *s = p->step; s < p->step + p->count; s++)
        if (s->kind == GK_STEP_NAME) s->number = role_of(gk_str_slice(formula, s->number, s->number + s->len));
    return *gk_vec_push(&c->programs) = p;
}

/* ---- terms */

gk_terms gk_terms_none(const gk_checker *c) {
    gk_terms t = {.c = c, .replaced = GK_NO_RECORD};
    for (size_t i = 0; i < GK_ROLE_COUNT; i++) t.record[i] = GK_NO_RECORD;
    return t;
}

static const gk_figure *figure_of(const gk_terms *t, size_t role) { return &t->c->figures.at[t->record[role]]; }

/* Figures that count something are of one unit: people and visits of one label are not compared. */
static bool has_unit(const gk_brief *b) { return b->kind != GK_KIND_PERCENTAGE && b->class != 'X'; }

static bool is_same(gk_str a, gk_str b) { return a.len == b.len && (a.ptr == b.ptr || gk_str_eq(a, b)); }

bool gk_terms_good(gk_checker *c, const gk_terms *t) {
    gk_str unit = GK_STR_NONE;
    bool clear = true, one = true;
    for (size_t i = 0; i < GK_ROLE_COUNT; i++) {
        if (t->record[i] == GK_NO_RECORD) continue;
        const gk_figure *f = figure_of(t, i);
        clear = clear && f->known && !f->vague;
        if (!has_unit(&c->briefs.at[t->record[i]])) continue;
        gk_str mine = gk_record_at(c, t->record[i])->field[GK_F_UNIT];
        one = one && (!unit.len || is_same(mine, unit));
        unit = mine;
    }
    if (!clear) gk_not_run(c, GK_REASON_VAGUE);
    else if (!one) gk_not_run(c, GK_REASON_UNIT);
    if (!(clear && one) && t->record[GK_ROLE_RATE] != GK_NO_RECORD) c->judged.at[t->record[GK_ROLE_RATE]] |= GK_JUDGED;
    return clear && one;
}

bool gk_terms_of(gk_checker *c, const gk_found *m, gk_terms *t) {
    *t = gk_terms_none(c);
    for (size_t i = 0; i < GK_ROLE_COUNT; i++) {
        const gk_token *token = gk_found_figure(c, m, (gk_role)i);
        if (token) t->record[i] = token->record;
    }
    return gk_terms_good(c, t);
}

bool gk_ask_of(gk_checker *c, const gk_rule *rule, gk_ask *ask) {
    const gk_str *k = rule->constant;
    *ask = (gk_ask){.check = k[GK_KEY_CHECK], .rule = rule->id, .formula = k[GK_KEY_RELATION],
                    .stated = role_of(k[GK_KEY_STATED]), .undefined = gk_str_eqz(k[GK_KEY_MODE], "undefined")};
    ask->program = program_of(c, ask->formula);
    return ask->stated != GK_ROLE_COUNT;
}

/* ---- values */

static bool value_of(void *user, const gk_program *p, const gk_step *name, gk_interval *out) {
    const gk_terms *t = user;
    uint32_t role = name->number;
    (void)p;
    if (role == GK_ROLE_COUNT || t->record[role] == GK_NO_RECORD) return false;
    if (t->record[role] == t->replaced) return *out = t->instead, true;
    const gk_figure *f = figure_of(t, role);
    *out = t->exact ? gk_interval_at(f->value) : gk_figure_interval(*f);
    return f->known;
}

static gk_calc compute(gk_checker *c, const gk_ask *ask, gk_terms *t, gk_interval *out, gk_interval *divisor) {
    const gk_program *p = ask->program ? ask->program : program_of(c, ask->formula);
    return gk_program_run(p, value_of, t, out, divisor);
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
static gk_calc point_of(gk_checker *c, const gk_ask *ask, gk_terms *t, gk_interval *point) {
    gk_interval divisor;
    t->exact = true;
    gk_calc code = compute(c, ask, t, point, &divisor);
    t->exact = false;
    return code;
}

/* Whether a rate, taken of the figure that changed, says a base that cannot be printed as zero. */
static bool says_a_base(const gk_terms *t, gk_fixed rate) {
    size_t of = t->record[GK_ROLE_CHANGE] != GK_NO_RECORD ? GK_ROLE_CHANGE : GK_ROLE_THIS;
    gk_fixed base, step = 0;
    if (t->record[of] == GK_NO_RECORD || rate == 0) return false;
    for (size_t i = 0; i < GK_ROLE_COUNT; i++)
        if (t->record[i] != GK_NO_RECORD && i != GK_ROLE_RATE && figure_of(t, i)->step > step) step = figure_of(t, i)->step;
    if (__builtin_mul_overflow(figure_of(t, of)->value, 100 * gk_fixed_power(GK_FIXED_PLACES), &base)) return false;
    base /= rate;
    return (base < 0 ? -base : base) > 20 * step && step > 0;
}

/* 0% and 100% are printed where there is nothing to compare with; other rates say what they are of. */
static bool on_zero_base(gk_checker *c, const gk_ask *ask, const gk_terms *t, gk_answer *a) {
    gk_fixed value = figure_of(t, ask->stated)->value;
    bool round = value == 0 || value == 100 * (gk_fixed)1000000;
    if (!ask->undefined || (!round && !says_a_base(t, value))) return fail(c, GK_CALC_ZERO);
    a->status = GK_UNDEFINED;
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
    gk_ask ask = {.formula = v->formula, .program = v->program};
    memcpy(t.record, v->role, sizeof t.record);
    gk_interval expected, divisor, stated = stated_interval(c->figures.at[v->stated]);
    return compute(c, &ask, &t, &expected, &divisor) == GK_CALC_OK && gk_interval_meet(stated, expected);
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
            if (gk_role_keys[k] != blame[i / 3] || record == GK_NO_RECORD || record == v->stated) continue;
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
        other.formula = gk_str_of(formulas[i]), other.program = NULL;
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

/* Where the intervals give nothing: the printed figures themselves tell a base of zero from one that may be zero. */
static bool no_value(gk_checker *c, const gk_ask *ask, gk_terms *t, gk_calc code, gk_answer *a) {
    gk_interval point;
    gk_calc exact = point_of(c, ask, t, &point);
    if (exact == GK_CALC_ZERO) return on_zero_base(c, ask, t, a);
    return fail(c, exact == GK_CALC_OK ? code : exact);
}

/* What holds is told apart from what is rounded only where it is told. */
static gk_status status_of(gk_checker *c, const gk_ask *ask, gk_terms *t, gk_interval expected) {
    gk_figure f = stated_figure(c, t->record, t->record[ask->stated]);
    gk_interval nearest = {f.value - f.step / 2, f.value + f.step / 2}, point = expected;
    if (!gk_interval_meet(stated_interval(f), expected)) return GK_CONTRADICTS;
    if (!c->all) return GK_ROUNDING;
    point_of(c, ask, t, &point);
    return gk_interval_meet(nearest, point) ? GK_HOLDS : GK_ROUNDING;
}

/* The rate of a change from a loss has no sign that all would print; only a slip of the point is told. */
static bool over_negative(gk_checker *c, const gk_ask *ask, gk_terms *t, const gk_answer *a) {
    if (a->status == GK_CONTRADICTS) {
        gk_verdict v = gk_formula_told(c, ask, t, a);
        if (gk_formula_slip(c, &v).len) return true;
    }
    gk_not_run(c, GK_REASON_NEGATIVE);
    return false;
}

bool gk_formula_answer(gk_checker *c, const gk_ask *ask, gk_terms *t, gk_answer *a) {
    gk_interval divisor = {1, 1};
    if (t->record[ask->stated] == GK_NO_RECORD) return fail(c, GK_CALC_TERM);
    for (size_t i = 0; i < GK_ROLE_COUNT; i++)
        if (t->record[i] != GK_NO_RECORD) c->judged.at[t->record[i]] |= i == ask->stated ? GK_JUDGED : GK_TOOK_PART;
    gk_calc code = compute(c, ask, t, &a->expected, &divisor);
    if (code != GK_CALC_OK) return no_value(c, ask, t, code, a);
    a->status = status_of(c, ask, t, a->expected);
    return divisor.hi >= 0 || over_negative(c, ask, t, a);
}

gk_verdict gk_formula_told(gk_checker *c, const gk_ask *ask, gk_terms *t, const gk_answer *a) {
    bool undefined = a->status == GK_UNDEFINED;
    uint32_t stated = t->record[ask->stated];
    gk_verdict v = gk_verdict_on(c, stated, undefined ? GK_STR("undefined") : ask->check, ask->rule, a->status);
    v.formula = ask->formula;
    add_terms(t, &v);
    if (undefined) {
        v.hint = GK_STR("a rate over a zero base is not defined");
        return v;
    }
    v.has_expected = v.computed = true;
    v.program = ask->program;
    v.expected = a->expected;
    memcpy(v.role, t->record, sizeof v.role);
    if (a->status == GK_CONTRADICTS) see_direction(&v, stated_interval(stated_figure(c, t->record, stated)));
    return v;
}

bool gk_formula_verdict(gk_checker *c, const gk_ask *ask, gk_terms *t, gk_verdict *v) {
    gk_answer a;
    if (!gk_formula_answer(c, ask, t, &a)) return false;
    *v = gk_formula_told(c, ask, t, &a);
    return true;
}
