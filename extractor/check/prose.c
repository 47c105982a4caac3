/* Check rules on the skeleton of the prose. */
#include "check/engine.h"

enum { MOST_MATCHES = 2048, MOST_TERMS = 8 };

/* The token that a key's group holds; NULL: the group took no part, or there is no figure. */
static const gk_token *token_of(const gk_checker *c, const gk_match *m, gk_key key) {
    uint8_t group = m->rule->group_of[key];
    if (!group || m->group[group].start == UINT32_MAX) return NULL;
    size_t count;
    const gk_token *t = gk_tokens_in(c, m->group[group].start, m->group[group].end, &count);
    return count ? t : NULL;
}

static const struct {
    gk_key key;
    const char *name;
} roles[] = {{GK_KEY_THIS, "this"},     {GK_KEY_BASE, "base"},   {GK_KEY_PRIOR, "prior"}, {GK_KEY_CHANGE, "change"},
             {GK_KEY_RATE, "rate"},     {GK_KEY_WHOLE, "whole"}, {GK_KEY_PART, "part"}};
enum { ROLES = sizeof roles / sizeof *roles };

typedef struct terms {
    const gk_checker *c;
    const gk_token *token[ROLES];
    uint32_t replaced; /* a record that is taken to have another value */
    gk_interval instead;
    uint32_t record[ROLES]; /* GK_NO_RECORD: none */
    bool exact; /* the printed figures themselves instead of their intervals */
    bool vague;
} terms;

static gk_figure figure_of(const terms *t, size_t role) { return t->c->figures.at[t->record[role]]; }

static bool look_up(void *user, gk_str name, gk_interval *out) {
    const terms *t = user;
    for (size_t i = 0; i < ROLES; i++) {
        if (t->record[i] == GK_NO_RECORD || !gk_str_eqz(name, roles[i].name)) continue;
        if (t->record[i] == t->replaced) return *out = t->instead, true;
        gk_figure f = figure_of(t, i);
        *out = t->exact ? gk_interval_at(f.value) : gk_figure_interval(f);
        return f.known;
    }
    return false;
}

/* Figures that count something are of one unit: people and visits of one label are not compared. */
static bool one_unit(const terms *t) {
    gk_str unit = GK_STR_NONE;
    for (size_t i = 0; i < ROLES; i++) {
        if (!t->token[i] || gk_record_at(t->c, t->record[i])->kind == GK_KIND_PERCENTAGE) continue;
        gk_str mine = gk_record_at(t->c, t->record[i])->field[GK_F_UNIT];
        if (unit.len && !gk_str_eq(unit, mine)) return false;
        unit = mine;
    }
    return true;
}

/* The terms of a match; false where one of them is approximate or unknown, or where their units differ. */
static bool collect(gk_checker *c, const gk_match *m, terms *t) {
    *t = (terms){.c = c, .replaced = GK_NO_RECORD};
    bool good = true;
    for (size_t i = 0; i < ROLES; i++) {
        t->token[i] = token_of(c, m, roles[i].key);
        t->record[i] = t->token[i] ? t->token[i]->record : GK_NO_RECORD;
        if (t->token[i] && (figure_of(t, i).vague || !figure_of(t, i).known)) good = false;
    }
    if (!good) gk_not_run(c, GK_REASON_VAGUE);
    else if (!one_unit(t)) gk_not_run(c, GK_REASON_UNIT), good = false;
    return good;
}

static void add_terms(const terms *t, gk_verdict *v, uint32_t *list) {
    v->terms = list;
    for (size_t i = 0; i < ROLES; i++)
        if (t->token[i]) list[v->term_count++] = t->token[i]->record;
}

static void fail(gk_checker *c, gk_calc code) {
    static const gk_reason reasons[] = {[GK_CALC_LARGE] = GK_REASON_LARGE, [GK_CALC_ZERO] = GK_REASON_ZERO,
                                        [GK_CALC_COARSE] = GK_REASON_COARSE, [GK_CALC_TERM] = GK_REASON_TERM};
    gk_not_run(c, reasons[code]);
}

static gk_str constant(const gk_match *m, gk_key key) { return m->rule->constant[key]; }

/* The largest step of the terms: what a printed zero may hide. */
static gk_fixed coarsest(const terms *t, size_t but) {
    gk_fixed step = 0;
    for (size_t i = 0; i < ROLES; i++)
        if (t->token[i] && i != but && figure_of(t, i).step > step) step = figure_of(t, i).step;
    return step;
}

static size_t stated_role(const gk_match *m) {
    gk_str name = constant(m, GK_KEY_STATED);
    for (size_t i = 0; i < ROLES; i++)
        if (gk_str_eqz(name, roles[i].name)) return i;
    return ROLES;
}

static void on_zero_base(gk_checker *c, const gk_match *m, const terms *t, size_t role, gk_str formula) {
    gk_figure f = figure_of(t, role);
    bool round = f.value == 0 || f.value == 100 * (gk_fixed)1000000;
    if (!gk_str_eqz(constant(m, GK_KEY_MODE), "undefined") || !round) {
        gk_not_run(c, GK_REASON_ZERO);
        return;
    }
    uint32_t list[ROLES];
    gk_verdict v = gk_verdict_on(c, t->token[role]->record, GK_STR("undefined"), m->rule->id, GK_UNDEFINED);
    v.formula = formula;
    v.hint = GK_STR("a rate over a zero base is not defined");
    add_terms(t, &v, list);
    gk_verdict_add(c, &v);
}

/* What the stated figure may stand for: with two decimals, the last digit may be rounded up as well. */
static gk_interval stated_interval(gk_figure f) {
    gk_interval near = gk_figure_interval(f), wide = gk_figure_wide(f);
    if (f.decimals < 2) return near;
    return (gk_interval){wide.lo + 1, wide.hi - 1};
}

bool gk_holds_with(gk_checker *c, const gk_verdict *v, uint32_t record, gk_interval instead) {
    terms t = {.c = c, .replaced = record, .instead = instead};
    memcpy(t.record, v->role, sizeof t.record);
    gk_interval expected, stated = stated_interval(c->figures.at[v->stated]);
    return gk_formula(v->formula, look_up, &t, &expected) == GK_CALC_OK && gk_interval_meet(stated, expected);
}

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
        for (size_t k = 0; k < ROLES; k++) {
            uint32_t record = v->role[k];
            if (roles[k].key != blame[i / 3] || record == GK_NO_RECORD || record == v->stated) continue;
            gk_str hint = slip_of_term(c, v, record, powers[i % 3]);
            if (hint.len) return hint;
        }
    return GK_STR_NONE;
}

/* Whether the formula divides by what is below zero: the rate of a change from a loss has no sign that all would print. */
static bool divides_by_less(gk_str formula, terms *t) {
    size_t at = formula.len;
    gk_interval divisor;
    while (at > 0 && formula.ptr[at - 1] != '/') at--;
    return at > 0 && gk_formula(gk_str_slice(formula, at, formula.len), look_up, t, &divisor) == GK_CALC_OK && divisor.hi < 0;
}

static void explain_formula(gk_checker *c, gk_verdict *v, gk_figure f, gk_interval stated) {
    gk_interval turned = {-stated.hi, -stated.lo};
    bool swapped = gk_interval_meet(turned, v->expected);
    if (swapped) v->check = GK_STR("direction");
    v->hint = swapped ? GK_STR("the other direction word") : gk_slip(c, f, v->expected);
    if (!v->hint.len) v->hint = slipped_term(c, v);
}

/* A formula whose value the stated figure must meet. */
static void check_formula(gk_checker *c, const gk_match *m, terms *t) {
    gk_str formula = constant(m, GK_KEY_RELATION);
    size_t role = stated_role(m);
    if (role == ROLES || !t->token[role]) {
        gk_not_run(c, GK_REASON_TERM);
        return;
    }
    gk_interval expected, point;
    t->exact = true;
    gk_calc code = gk_formula(formula, look_up, t, &point);
    if (code == GK_CALC_ZERO) {
        on_zero_base(c, m, t, role, formula);
        return;
    }
    t->exact = false;
    if (code == GK_CALC_OK) code = gk_formula(formula, look_up, t, &expected);
    if (code != GK_CALC_OK) {
        fail(c, code);
        return;
    }
    if (divides_by_less(formula, t)) {
        gk_not_run(c, GK_REASON_NEGATIVE);
        return;
    }
    gk_figure f = figure_of(t, role);
    if (f.value == 0 && t->token[role]->class == 'c') f.step = coarsest(t, role);
    gk_interval stated = stated_interval(f), nearest = {f.value - f.step / 2, f.value + f.step / 2};
    gk_status status = gk_status_of(stated, expected, gk_interval_meet(nearest, point));
    uint32_t list[ROLES];
    gk_verdict v = gk_verdict_on(c, t->token[role]->record, constant(m, GK_KEY_CHECK), m->rule->id, status);
    v.formula = formula;
    v.has_expected = true;
    v.expected = expected;
    add_terms(t, &v, list);
    v.computed = true;
    memcpy(v.role, t->record, sizeof v.role);
    if (status == GK_CONTRADICTS) explain_formula(c, &v, f, stated);
    gk_verdict_add(c, &v);
}

/* A word that says which of two figures is larger: its value in the map of comparisons is "+", "-" or "=". */
static void check_comparison(gk_checker *c, const gk_match *m, terms *t) {
    gk_str word = gk_match_value(m, gk_buf_str(&c->skeleton), GK_KEY_SIGN);
    gk_str want = gk_map_get(c->maps.comparisons, word);
    if (!t->token[0] || !t->token[1] || !want.len) {
        gk_not_run(c, GK_REASON_TERM);
        return;
    }
    gk_figure a = figure_of(t, 0), b = figure_of(t, 1);
    gk_interval x = gk_figure_interval(a), y = gk_figure_interval(b);
    bool meet = gk_interval_meet(x, y), more = a.value > b.value;
    char is = meet && a.value == b.value ? '=' : more ? '+' : '-';
    gk_status status = is == want.ptr[0] ? GK_HOLDS : meet ? GK_ROUNDING : GK_CONTRADICTS;
    uint32_t list[ROLES];
    gk_verdict v = gk_verdict_on(c, t->token[0]->record, GK_STR("direction"), m->rule->id, status);
    gk_span at = m->group[m->rule->group_of[GK_KEY_SIGN]];
    gk_str left = v.raw, right = gk_record_at(c, t->record[1])->field[GK_F_RAW];
    char sign = is == '+' ? '>' : is == '-' ? '<' : '=';
    v.formula = gk_arena_printf(&c->out->arena, "%.*s %c %.*s", GK_STR_ARG(left), sign, GK_STR_ARG(right));
    v.raw = gk_arena_dup(&c->out->arena, word);
    v.text = v.raw;
    v.hint = status == GK_CONTRADICTS ? v.formula : GK_STR_NONE;
    add_terms(t, &v, list);
    v.span = gk_skeleton_source(c, at.start, at.end);
    gk_verdict_add(c, &v);
}

/* A change and the rate of it have one sign. */
static void check_signs(gk_checker *c, const gk_match *m, terms *t) {
    const gk_token *change = token_of(c, m, GK_KEY_CHANGE), *rate = token_of(c, m, GK_KEY_RATE);
    if (!change || !rate) {
        gk_not_run(c, GK_REASON_TERM);
        return;
    }
    gk_fixed x = c->figures.at[change->record].value, y = c->figures.at[rate->record].value;
    bool against = (x > 0 && y < 0) || (x < 0 && y > 0);
    uint32_t list[ROLES];
    gk_verdict v = gk_verdict_on(c, rate->record, GK_STR("direction"), m->rule->id, against ? GK_CONTRADICTS : GK_HOLDS);
    v.formula = GK_STR("the rate has the sign of the change");
    if (against) v.hint = GK_STR("the other direction word");
    if (against) {
        v.has_expected = true;
        v.expected = gk_interval_at(-y);
    }
    add_terms(t, &v, list);
    gk_verdict_add(c, &v);
}

/* ---- shares */

static bool ends_alike(gk_str whole, gk_str named) {
    return named.len > 0 && whole.len >= named.len && gk_str_ends(whole, named);
}

/* The subject in the `against` of a share. */
static gk_str named_whole(const gk_record *r) {
    gk_str s = r->field[GK_F_AGAINST], key = GK_STR("\"subject\":\"");
    size_t at = gk_str_find(s, key);
    if (at == SIZE_MAX) return GK_STR_NONE;
    s = gk_str_slice(s, at + key.len, s.len);
    at = gk_str_find(s, GK_STR("\""));
    return at == SIZE_MAX ? GK_STR_NONE : gk_str_slice(s, 0, at);
}

enum { LOOK_BACK = 40 };

/* The nearest figure before a share that its whole is named after, of the class and year of the part. */
static const gk_token *find_whole(const gk_checker *c, const gk_token *part, gk_str named) {
    const gk_token *t = part;
    for (int i = 0; i < LOOK_BACK && t > c->tokens.at; i++) {
        t--;
        if (t->class != part->class || t->year != part->year || t->subject == part->subject) continue;
        if (ends_alike(c->subjects.at[t->subject], named)) return t;
    }
    return NULL;
}

static void check_named_share(gk_checker *c, const gk_match *m, terms *t) {
    const gk_token *part = token_of(c, m, GK_KEY_PART), *rate = token_of(c, m, GK_KEY_RATE);
    gk_str named = rate ? named_whole(gk_record_at(c, rate->record)) : GK_STR_NONE;
    const gk_token *whole = part && named.len ? find_whole(c, part, named) : NULL;
    if (!whole || c->figures.at[whole->record].vague) {
        gk_not_run(c, GK_REASON_TERM);
        return;
    }
    t->token[5] = whole;
    t->record[5] = whole->record;
    check_formula(c, m, t);
}

/* ---- one match */

typedef void check_how(gk_checker *c, const gk_match *m, terms *t);

static void check_list(gk_checker *c, const gk_match *m, terms *t) {
    (void)t;
    gk_check_parts(c, m);
}

static const struct {
    const char *relation;
    check_how *how;
} relations[] = {{"compare", check_comparison}, {"signs", check_signs}, {"parts", check_list}, {"shares", check_list}};

static void check_match(gk_checker *c, const gk_match *m) {
    gk_str relation = constant(m, GK_KEY_RELATION);
    terms t;
    for (size_t i = 0; i < sizeof relations / sizeof *relations; i++)
        if (gk_str_eqz(relation, relations[i].relation)) {
            if (relations[i].how == check_list || collect(c, m, &t)) relations[i].how(c, m, &t);
            return;
        }
    if (!collect(c, m, &t)) return;
    if (gk_str_eqz(constant(m, GK_KEY_MODE), "named-whole")) check_named_share(c, m, &t);
    else check_formula(c, m, &t);
}

void gk_check_prose(gk_checker *c) {
    gk_str text = gk_buf_str(&c->skeleton);
    while (c->matches.len < MOST_MATCHES) gk_vec_push(&c->matches);
    for (size_t i = 0; i < c->passages.len; i++) {
        gk_passage p = c->passages.at[i];
        size_t n = gk_match_all(c->matcher, GK_SCOPE_CHECK, text, p.start, p.end, c->matches.at, MOST_MATCHES);
        for (size_t k = 0; k < n; k++) check_match(c, &c->matches.at[k]);
    }
}
