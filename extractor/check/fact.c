/* The same fact stated twice.
 *
 * Labels repeat in a document for different things, so a difference alone says little. Told is: a count or a rate of the
 * prose against the actual value of the indicator of the same name, where each side says one value only, or all but one
 * of four say one; so a target of the prose against that of the indicators of its name; two amounts of one subject, measure
 * and year that differ by nothing but the place of the point; and a target of what a project may cost that differs from its
 * budget by no more, or that is of all it costs.
 */
#include <stdlib.h>

#include "check/grid.h"

typedef enum source { FROM_TEXT, FROM_ROW } source;

typedef struct fact {
    uint64_t key;     /* of what is stated */
    uint32_t record;
    source from;
    gk_figure figure;
} fact;

typedef GK_VEC(fact) facts;

enum {
    ALIKE = 3,          /* counts that are told alike: a fourth is wrong */
    SHORTEST_NAME = 12  /* bytes: names of fewer than four characters are too common */
};

gk_str gk_bare_name(const gk_checker *c, gk_str name) {
    for (size_t n; (n = gk_map_suffix(c->maps.tails, name, NULL)) > 0 && n < name.len;) name.len -= n;
    return name;
}

int gk_unit_power(const gk_checker *c, gk_str *unit) {
    gk_str power = GK_STR_NONE;
    size_t scale = gk_map_prefix(c->maps.scales, *unit, &power);
    gk_str rest = gk_str_slice(*unit, scale, unit->len);
    if (!scale || !rest.len || gk_str_starts(rest, GK_STR("\xE5\x85\x83"))) return 0; /* money is told of several years */
    int n = 0;
    for (size_t i = 0; i < power.len && gk_is_digit(power.ptr[i]); i++) n = n * 10 + (power.ptr[i] - '0');
    *unit = rest;
    return n;
}

static uint64_t mix(uint64_t a, uint64_t b) { return (a ^ b) * 0x9E3779B97F4A7C15u + (a >> 29); }

static int by_key(const void *a, const void *b) {
    const fact *x = a, *y = b;
    if (x->key != y->key) return x->key < y->key ? -1 : 1;
    if (x->from != y->from) return x->from < y->from ? -1 : 1;
    return (x->record > y->record) - (x->record < y->record);
}

static gk_verdict differs(gk_checker *c, const fact *a, const fact *b, const uint32_t terms[2], gk_str what, gk_str hint) {
    gk_verdict v = gk_verdict_on(c, a->record, GK_STR("same_fact"), what, GK_CONTRADICTS);
    v.formula = GK_STR("the other statement of the same fact");
    if (a->from != FROM_TEXT) v.text = gk_fixed_text(a->figure.value, GK_FIXED_PLACES, &c->out->arena);
    v.has_expected = true;
    v.expected = gk_interval_at(b->figure.value);
    v.hint = hint;
    v.terms = terms;
    v.term_count = 2;
    return v;
}

static void tell(gk_checker *c, const fact *a, const fact *b, gk_str what, gk_str hint) {
    uint32_t terms[2] = {a->record, b->record};
    gk_verdict v = differs(c, a, b, terms, what, hint);
    gk_verdict_add(c, &v);
}

/* Whether all facts of [from, to) say one value. */
static bool agree(const facts *list, size_t from, size_t to) {
    for (size_t i = from + 1; i < to; i++)
        if (list->at[i].figure.value != list->at[from].figure.value) return false;
    return true;
}

/* The facts of one key by source: the first of the second source, or `to`. */
static size_t split(const facts *list, size_t from, size_t to) {
    size_t i = from;
    while (i < to && list->at[i].from == list->at[from].from) i++;
    return i;
}

/* Numbers that may have been put in: a bit for each of their hashes. */
typedef struct sieve {
    uint64_t bit[512];
} sieve;

static uint64_t hash_of(uint64_t number) { return number * 0x9E3779B97F4A7C15u >> 49; }
static void sieve_put(sieve *s, uint64_t number) { s->bit[hash_of(number) / 64] |= (uint64_t)1 << hash_of(number) % 64; }
static bool sieve_has(const sieve *s, uint64_t number) { return s->bit[hash_of(number) / 64] >> hash_of(number) % 64 & 1; }

typedef void judge(gk_checker *c, const facts *list, size_t from, size_t to);

/* Keeps the facts whose keys may come more than once. */
static void keep_shared(facts *list) {
    sieve once = {{0}}, twice = {{0}};
    size_t kept = 0;
    for (size_t i = 0; i < list->len; i++) sieve_put(sieve_has(&once, list->at[i].key) ? &twice : &once, list->at[i].key);
    for (size_t i = 0; i < list->len; i++)
        if (sieve_has(&twice, list->at[i].key)) list->at[kept++] = list->at[i];
    list->len = kept;
}

static void each_key(gk_checker *c, facts *list, judge *how) {
    c->steps += list->len;
    if (list->len < 2) list->len = 0;
    if (list->len) keep_shared(list);
    if (list->len) qsort(list->at, list->len, sizeof *list->at, by_key);
    for (size_t from = 0, to; from < list->len; from = to) {
        for (to = from; to < list->len && list->at[to].key == list->at[from].key;) to++;
        if (to - from > 1) how(c, list, from, to);
    }
    list->len = 0;
}

/* ---- two sources that each say one value */

/* The one count that differs from three others that are told alike; NULL: none. Rates differ from project to project. */
static const fact *odd_one(const gk_checker *c, const facts *list, size_t from, size_t to) {
    const fact *a = &list->at[from], *odd = NULL;
    if (to - from < ALIKE + 1 || gk_str_eqz(gk_record_at(c, a->record)->field[GK_F_UNIT], "%")) return NULL;
    for (size_t i = from + 1; i < to; i++) {
        if (list->at[i].figure.value == a->figure.value) continue;
        if (odd) return NULL;
        odd = &list->at[i];
    }
    return odd;
}

static void judge_sources(gk_checker *c, const facts *list, size_t from, size_t to) {
    size_t second = split(list, from, to);
    if (second == to) return;
    if (!agree(list, from, second) || !agree(list, second, to)) {
        const fact *odd = odd_one(c, list, from, to);
        if (odd) tell(c, odd, &list->at[from], GK_STR("checks:stated-twice"), GK_STR_NONE);
        else gk_not_run(c, GK_REASON_AMBIGUOUS);
        return;
    }
    if (gk_interval_meet(gk_figure_interval(list->at[from].figure), gk_figure_interval(list->at[second].figure))) return;
    tell(c, &list->at[from], &list->at[second], GK_STR("checks:stated-twice"), GK_STR_NONE);
}

/* A name without words for the whole place or year before it. */
static gk_str plain_name(const gk_checker *c, gk_str name) {
    size_t head = gk_map_prefix(c->maps.whole_heads, name, NULL);
    return head && name.len - head >= SHORTEST_NAME ? gk_str_slice(name, head, name.len) : name;
}

static bool add_named(gk_checker *c, facts *list, uint32_t i, gk_str name, gk_str unit, source from, gk_figure f) {
    gk_str bare = plain_name(c, gk_bare_name(c, name));
    gk_fixed power = gk_fixed_power(gk_unit_power(c, &unit));
    if (bare.len < SHORTEST_NAME || !f.known || f.vague || __builtin_mul_overflow(f.value, power, &f.value)) return false;
    f.step = f.step < INT64_MAX / power ? f.step * (int64_t)power : f.step;
    uint64_t key = mix(gk_subject_number(c, bare), gk_text_key(unit));
    *gk_vec_push(list) = (fact){mix(key, gk_text_key(gk_record_at(c, i)->field[GK_F_YEAR])), i, from, f};
    return true;
}

/* What is put in first is what less is told of; of the rest, only what has a unit of that is looked at. */
static void put_unit(const gk_checker *c, sieve *units, gk_str unit) {
    gk_unit_power(c, &unit);
    sieve_put(units, gk_text_key(unit));
}

static bool may_meet(const gk_checker *c, const sieve *units, gk_str unit) {
    gk_unit_power(c, &unit);
    return sieve_has(units, gk_text_key(unit));
}

/* The unit of what an indicator reached; many tables print rates without their sign. */
static gk_str unit_reached(const gk_checker *c, const gk_record *r) {
    gk_str unit = gk_get(r, GK_F_ACTUAL_UNIT);
    bool rate = !unit.len && gk_map_suffix(c->maps.rate_names, gk_get(r, GK_F_NAME), NULL);
    return rate ? GK_STR("%") : unit;
}

static void counts_and_actuals(gk_checker *c, facts *list) {
    uint64_t count = gk_text_key(GK_STR("count")), rate = gk_text_key(GK_STR("rate"));
    sieve units = {{0}};
    for (size_t k = 0; k < c->indicators.len; k++) {
        const gk_record *r = gk_record_at(c, c->indicators.at[k]);
        gk_str actual = gk_get(r, GK_F_ACTUAL), unit = actual.len ? unit_reached(c, r) : GK_STR_NONE;
        source from = gk_str_ends(r->field[GK_F_RULE], GK_STR("target-in-text")) ? FROM_TEXT : FROM_ROW;
        if (unit.len && add_named(c, list, c->indicators.at[k], gk_get(r, GK_F_NAME), unit, from, gk_figure_read(actual)))
            put_unit(c, &units, unit);
    }
    for (size_t k = 0; list->len && k < c->told_counts.len; k++) {
        uint32_t i = c->told_counts.at[k];
        const gk_record *r = gk_record_at(c, i);
        if (c->briefs.at[i].measure_key != count && c->briefs.at[i].measure_key != rate) continue;
        if (may_meet(c, &units, r->field[GK_F_UNIT]))
            add_named(c, list, i, r->field[GK_F_SUBJECT], r->field[GK_F_UNIT], FROM_TEXT, c->figures.at[i]);
    }
    each_key(c, list, judge_sources);
}

/* Targets of the prose, such as "8000 or more", against those of the indicators of one name. */
static void told_targets(gk_checker *c, facts *list) {
    uint64_t target = gk_text_key(GK_STR("target"));
    sieve units = {{0}};
    for (size_t k = 0; k < c->told_counts.len; k++) {
        uint32_t i = c->told_counts.at[k];
        if (c->briefs.at[i].kind != GK_KIND_QUANTITY || c->briefs.at[i].measure_key != target) continue;
        const gk_record *r = gk_record_at(c, i);
        gk_figure f = c->figures.at[i];
        f.vague = false; /* a target is a limit as a rule */
        if (add_named(c, list, i, r->field[GK_F_SUBJECT], r->field[GK_F_UNIT], FROM_TEXT, f))
            put_unit(c, &units, r->field[GK_F_UNIT]);
    }
    for (size_t k = 0; list->len && k < c->indicators.len; k++) {
        uint32_t i = c->indicators.at[k];
        gk_str unit = gk_get(gk_record_at(c, i), GK_F_TARGET_UNIT), name = gk_get(gk_record_at(c, i), GK_F_NAME);
        if (unit.len && may_meet(c, &units, unit))
            add_named(c, list, i, name, unit, FROM_ROW, gk_figure_read(gk_get(gk_record_at(c, i), GK_F_TARGET)));
    }
    each_key(c, list, judge_sources);
}

/* ---- amounts that differ by the place of the point */

static int significant(gk_fixed v) {
    int n = 0;
    while (v && v % 10 == 0) v /= 10;
    for (; v; v /= 10) n++;
    return n;
}

static void judge_point(gk_checker *c, const facts *list, size_t from, size_t to) {
    gk_fixed low = list->at[from].figure.value, high = low;
    for (size_t i = from; i < to; i++) {
        gk_fixed v = list->at[i].figure.value;
        if (v < low) low = v;
        if (v > high) high = v;
    }
    if (low <= 0 || high != low * 10 || significant(low) < 2) return;
    size_t lows = 0, highs = 0;
    bool prose = false;
    for (size_t i = from; i < to; i++)
        prose = prose || gk_str_eqz(gk_record_at(c, list->at[i].record)->field[GK_F_WHERE], "text");
    if (!prose) return;
    const fact *a = NULL, *b = NULL;
    for (size_t i = from; i < to; i++) {
        if (list->at[i].figure.value == low) b = b ? b : &list->at[i], lows++;
        else if (list->at[i].figure.value == high) a = a ? a : &list->at[i], highs++;
        else return;
    }
    if (highs <= lows) tell(c, a, b, GK_STR("checks:point"), GK_STR("printed 10^1 times too large"));
    else tell(c, b, a, GK_STR("checks:point"), GK_STR("printed 10^1 times too small"));
}

/* The lowest and the highest amount of one subject, measure and year. */
typedef struct spread {
    uint64_t key;
    uint32_t low, high; /* records + 1; 0: the place is free */
} spread;

/* In open addressing; `size` is a power of two above the number of amounts. */
static spread *spread_of(spread *table, size_t size, uint64_t key) {
    size_t at = (key >> 20) & (size - 1);
    while (table[at].low && table[at].key != key) at = (at + 1) & (size - 1);
    return &table[at];
}

static bool is_tenfold(const gk_checker *c, const spread *s) {
    gk_fixed low = c->figures.at[s->low - 1].value, ten;
    return low > 0 && !__builtin_mul_overflow(low, 10, &ten) && c->figures.at[s->high - 1].value == ten;
}

static uint64_t amount_key(gk_checker *c, uint32_t i) {
    return mix(mix(gk_record_subject(c, i), c->briefs.at[i].measure_key), c->briefs.at[i].year_key);
}

/* Takes an amount in; true where its key now has figures that differ by the place of the point. */
static bool widen(gk_checker *c, spread *s, uint64_t key, uint32_t i) {
    gk_fixed v = c->figures.at[i].value;
    if (!s->low) {
        *s = (spread){key, i + 1, i + 1};
        return false;
    }
    if (v < c->figures.at[s->low - 1].value) s->low = i + 1;
    else if (v > c->figures.at[s->high - 1].value) s->high = i + 1;
    else return false;
    return is_tenfold(c, s);
}

/* Only keys whose highest figure is ten times the lowest are looked at: few are. */
static void spreads(gk_checker *c, facts *list) {
    size_t size = 64;
    while (size < 2 * c->amounts.len) size *= 2;
    spread *table = gk_alloc_zero(size, sizeof *table);
    bool any = false;
    for (size_t k = 0; k < c->amounts.len; k++) {
        uint32_t i = c->amounts.at[k].record;
        uint64_t key = amount_key(c, i);
        any |= widen(c, spread_of(table, size, key), key, i);
    }
    for (size_t k = 0; any && k < c->amounts.len; k++) {
        uint32_t i = c->amounts.at[k].record;
        uint64_t key = amount_key(c, i);
        if (is_tenfold(c, spread_of(table, size, key))) *gk_vec_push(list) = (fact){key, i, FROM_TEXT, c->figures.at[i]};
    }
    free(table);
}

/* Whether a value has two significant digits or more. */
static bool is_telling(uint64_t v) {
    while (v % 10000 == 0 && v > 0) v /= 10000;
    while (v % 10 == 0 && v > 0) v /= 10;
    return v >= 10;
}

/* Whether an amount of the prose and another of its subject, measure and year may differ by the place of the point: what has
 * such a value is looked for first, then whether it is of the same. False is certain. */
static bool may_differ(gk_checker *c) {
    sieve values = {{0}}, stated = {{0}};
    gk_amount *at = c->amounts.at, *end = at + c->amounts.len;
    bool any = false, both = false;
    for (gk_amount *a = at; a < end; a++) {
        a->told = a->told && is_telling(a->value);
        if (!a->told) continue;
        if (a->large) return true; /* no tenfold of it is told by 64 bits */
        any = true;
        sieve_put(&values, a->value * 10);
        if (a->value % 10 == 0) sieve_put(&values, a->value / 10);
    }
    for (const gk_amount *a = at; any && a < end; a++)
        if (sieve_has(&values, a->value)) both = true, sieve_put(&stated, mix(amount_key(c, a->record), a->value));
    for (const gk_amount *a = at; both && a < end; a++) {
        if (!a->told) continue;
        uint64_t v = a->value, key = amount_key(c, a->record);
        if (sieve_has(&stated, mix(key, v * 10)) || (v % 10 == 0 && sieve_has(&stated, mix(key, v / 10)))) return true;
    }
    return false;
}

static void points(gk_checker *c, facts *list) {
    if (may_differ(c)) spreads(c, list);
    each_key(c, list, judge_point);
}

/* ---- what a project may cost against its budget */

enum { MOST_BESIDE = 12 }; /* cells of a row behind the name of an indicator */

/* The cell of a row of indicators that prints the target; NULL where it is not found. */
static const gk_cell *target_cell(gk_checker *c, const gk_record *r) {
    const gk_cell *name = gk_cell_of(c, r->span.start);
    size_t at = name ? gk_cells_from(c, r->span.end) : c->cells.len;
    for (size_t i = at; i < c->cells.len && i < at + MOST_BESIDE && gk_cells_at(c, i)->row == name->row; i++)
        if (gk_str_find(gk_cell_text(c, gk_cells_at(c, i)), gk_get(r, GK_F_TARGET)) != SIZE_MAX) return gk_cells_at(c, i);
    return NULL;
}

static void tell_cost(gk_checker *c, const fact *cost, const fact *budget, gk_str hint) {
    uint32_t terms[2] = {cost->record, budget->record};
    gk_verdict v = differs(c, cost, budget, terms, GK_STR("checks:cost"), hint);
    const gk_cell *cell = target_cell(c, gk_record_at(c, cost->record));
    if (cell) v.span = gk_cell_span(c, cell), v.raw = gk_cell_text(c, cell);
    gk_verdict_add(c, &v);
}

/* Whether the name of an indicator says that it is of all that the project costs, and of no part. */
static bool is_whole_cost(const gk_checker *c, const fact *cost) {
    gk_str name = gk_get(gk_record_at(c, cost->record), GK_F_NAME);
    return name.len && gk_map_prefix(c->maps.whole_costs, name, NULL) == name.len;
}

/* Budgets come first, then targets of cost; a target that a figure of the budget prints is right. */
static void judge_cost(gk_checker *c, const facts *list, size_t from, size_t to) {
    size_t costs = split(list, from, to);
    const fact *whole = &list->at[from];
    if (costs == to || whole->from != FROM_TEXT) return;
    for (size_t i = from; i < costs; i++)
        if (list->at[i].figure.value > whole->figure.value) whole = &list->at[i];
    for (size_t i = costs; i < to; i++) {
        gk_fixed cost = list->at[i].figure.value, budget = whole->figure.value;
        if (significant(budget) < 2) gk_not_run(c, GK_REASON_COARSE);
        else if (cost == budget * 10) tell_cost(c, &list->at[i], whole, GK_STR("printed 10^1 times too large"));
        else if (cost * 10 == budget) tell_cost(c, &list->at[i], whole, GK_STR("printed 10^1 times too small"));
        else if (cost != budget && is_whole_cost(c, &list->at[i])) tell_cost(c, &list->at[i], whole, GK_STR_NONE);
        else if (cost != budget) gk_not_run(c, GK_REASON_AMBIGUOUS);
    }
}

/* The target of an indicator in the base unit of money; not known where it is none. */
static gk_figure money_target(const gk_checker *c, const gk_record *r) {
    gk_figure f = gk_figure_read(gk_get(r, GK_F_TARGET));
    gk_str power = gk_map_get(c->maps.money, gk_get(r, GK_F_TARGET_UNIT));
    gk_fixed unit = power.len == 1 ? gk_fixed_power(power.ptr[0] - '0') : 0;
    if (!unit || !f.known || __builtin_mul_overflow(f.value, unit, &f.value)) f.known = false;
    return f;
}

static void add_cost(facts *list, uint32_t i, uint64_t project, source from, gk_figure f) {
    bool small = f.value > 0 && f.value < gk_fixed_power(30);
    if (f.known && small) *gk_vec_push(list) = (fact){project, i, from, f};
}

/* What stands above the others in a path of headers; absent: there is one header. */
static gk_str first_header(gk_str path) {
    const char *end = path.len ? memchr(path.ptr, '/', path.len) : NULL;
    return end ? gk_str_slice(path, 0, (size_t)(end - path.ptr)) : GK_STR_NONE;
}

static void costs(gk_checker *c, facts *list) {
    sieve projects = {{0}};
    for (size_t k = 0; k < c->indicators.len; k++) {
        const gk_record *r = gk_record_at(c, c->indicators.at[k]);
        gk_str project = gk_get(r, GK_F_PROJECT);
        if (!project.len || !gk_get(r, GK_F_TARGET_UNIT).len) continue;
        gk_str name = gk_get(r, GK_F_NAME);
        if (!gk_map_suffix(c->maps.costs, name, NULL) && !gk_map_prefix(c->maps.whole_costs, name, NULL)) continue;
        add_cost(list, c->indicators.at[k], gk_text_key(project), FROM_ROW, money_target(c, r));
        sieve_put(&projects, gk_text_key(project));
    }
    for (uint32_t i = 0; list->len && i < c->records; i++) {
        if (c->briefs.at[i].kind != GK_KIND_AMOUNT) continue;
        gk_str project = first_header(gk_record_at(c, i)->field[GK_F_COLUMN]);
        uint64_t key = project.len ? gk_text_key(project) : 0;
        if (project.len && sieve_has(&projects, key)) add_cost(list, i, key, FROM_TEXT, c->figures.at[i]);
    }
    each_key(c, list, judge_cost);
}

void gk_check_facts(gk_checker *c) {
    facts list = {0};
    if (c->indicators.len) {
        counts_and_actuals(c, &list);
        told_targets(c, &list);
    }
    points(c, &list);
    costs(c, &list);
    gk_vec_free(&list);
}
