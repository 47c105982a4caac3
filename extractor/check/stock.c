/* Stocks and what flows into them and out of them, in the rows of one column: what was owed at the end of one year, with what
 * was borrowed and without what was repaid, is owed at the end of the next one.
 *
 * Worked example: "owed at the end of 2023 48.99; issued in 2024 14.39; repaid in 2024 11.41; owed at the end of 2024 51.97".
 * What loans in foreign money are worth moves with the rate of exchange: only a miss of more than a part of the stock is told.
 * Where the rows below what was issued say of what kinds it is, they make it; and what is owed is within the limit of its year.
 * A limit is the one before with what is added to it, or less, where some was called back: told is a figure with a digit or two
 * in the wrong place.
 */
#include "check/place.h"

enum { MOST_COLUMNS = 8, LEAST_DIGITS = 100, PARTS = 200 /* of a stock, of which one may be missing */ };

/* X(symbol, what the map of flows calls a row) */
#define FLOWS(X)                                                                                                       \
    X(STOCK, "stock") X(IN, "in") X(OUT, "out") X(BONDS, "bonds") X(LOANS, "loans") X(LIMIT, "limit") X(MORE, "more")

typedef enum flow {
#define X(symbol, name) symbol,
    FLOWS(X)
#undef X
        FLOW_COUNT
} flow;

static const char *const names[] = {
#define X(symbol, name) name,
    FLOWS(X)
#undef X
};

/* The figures of one column by what they are: the first two of each, in order. */
typedef struct column {
    uint64_t path;
    const gk_place *at[FLOW_COUNT][2];
    size_t count[FLOW_COUNT];
} column;

static flow flow_of(const gk_checker *c, const gk_place *p) {
    gk_str value;
    size_t i = 0;
    if (!gk_map_suffix(c->maps.flows, gk_record_at(c, p->record)->field[GK_F_SUBJECT], &value)) return FLOW_COUNT;
    while (i < FLOW_COUNT && !gk_str_eqz(value, names[i])) i++;
    return (flow)i;
}

static column *column_of(column *at, size_t *count, const gk_place *p) {
    uint64_t path = p->column - p->context;
    for (size_t i = 0; i < *count; i++)
        if (at[i].path == path) return &at[i];
    if (*count == MOST_COLUMNS) return NULL;
    at[*count] = (column){.path = path};
    return &at[(*count)++];
}

static bool is_later(const gk_checker *c, const gk_place *a, const gk_place *b) {
    char x = c->briefs.at[a->record].year, y = c->briefs.at[b->record].year;
    return x >= '0' && x <= '9' && y == (x == '0' ? '+' : x - 1);
}

/* Whether a figure is another one whose digits change places, or all but one of them. */
static bool is_retyped(const gk_figure *f, gk_fixed value) {
    gk_fixed step = f->step ? f->step : gk_fixed_power(GK_FIXED_PLACES);
    bool one = value % step == 0 && f->value >= LEAST_DIGITS * step && gk_one_digit(f->value / step, value / step);
    return one || gk_figure_mixed(f, value, LEAST_DIGITS);
}

static gk_interval wide(const gk_checker *c, const gk_place *p) { return gk_figure_wide(c->figures.at[p->record]); }

static void judge_stock(gk_checker *c, const gk_relation *r, const column *col) {
    const gk_place *const term[] = {col->at[STOCK][1], col->at[STOCK][0], col->at[IN][0], col->at[OUT][0], col->at[OUT][1]};
    size_t outs = col->count[OUT];
    if (col->count[STOCK] != 2 || col->count[IN] != 1 || outs < 1 || outs > 2) return;
    if (!is_later(c, term[1], term[0])) return;
    gk_interval from = wide(c, term[1]), in = wide(c, term[2]), end = {from.lo + in.lo, from.hi + in.hi};
    for (size_t i = 0; i < outs; i++) {
        gk_interval out = wide(c, col->at[OUT][i]);
        end = (gk_interval){end.lo - out.hi, end.hi - out.lo};
    }
    gk_places_judge(c, r, term, 3 + outs, end, c->figures.at[term[0]->record].value / PARTS,
                    GK_STR("the stock before, with what came in and without what went out"));
}

static void judge_kinds(gk_checker *c, const gk_relation *r, const column *col) {
    const gk_place *const term[] = {col->at[IN][0], col->at[BONDS][0], col->at[LOANS][0]};
    if (col->count[IN] != 1 || col->count[BONDS] != 1 || col->count[LOANS] > 1) return;
    gk_interval sum = wide(c, term[1]);
    bool loans = term[2] != NULL && !gk_interval_meet(sum, wide(c, term[0])); /* some print what bonds have, others not */
    if (loans) sum = (gk_interval){sum.lo + wide(c, term[2]).lo, sum.hi + wide(c, term[2]).hi};
    gk_places_judge(c, r, term, loans ? 3 : 2, sum, 0, GK_STR("the sum of its kinds"));
}

/* The limit of the next year, by what is added to that of this one. */
static void judge_next(gk_checker *c, const gk_relation *r, const column *col) {
    const gk_place *const term[] = {col->at[LIMIT][1], col->at[LIMIT][0], col->at[MORE][0]};
    if (col->count[LIMIT] != 2 || col->count[MORE] != 1 || !is_later(c, term[1], term[0])) return;
    const gk_figure *to = &c->figures.at[term[0]->record], *from = &c->figures.at[term[1]->record];
    const gk_figure *more = &c->figures.at[term[2]->record];
    gk_fixed off = to->value - from->value - more->value;
    bool slip = is_retyped(to, to->value - off) || is_retyped(from, from->value + off) || is_retyped(more, more->value + off);
    gk_interval sum = {wide(c, term[1]).lo + wide(c, term[2]).lo, wide(c, term[1]).hi + wide(c, term[2]).hi};
    if (to->value <= 0 || (!slip && !gk_interval_meet(sum, wide(c, term[0])))) return;
    gk_places_judge(c, r, term, 3, sum, 0, GK_STR("the limit before, with what is added to it"));
}

/* The limit of the year of a stock, which stands in another column where its own has none. */
static void judge_limit(gk_checker *c, const gk_relation *r, const column *own, const column *at, size_t count) {
    const gk_place *stock = own->at[STOCK][1];
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < at[i].count[LIMIT] && k < 2; k++) {
            if (own->count[LIMIT] && own != &at[i]) continue;
            const gk_place *const term[] = {stock, at[i].at[LIMIT][k]};
            gk_interval limit = wide(c, term[1]);
            if (c->briefs.at[stock->record].year != c->briefs.at[term[1]->record].year || limit.hi <= 0) continue;
            if (wide(c, stock).lo <= limit.hi) continue;
            gk_places_judge(c, r, term, 2, limit, 0, GK_STR("no more than the limit"));
            return;
        }
}

void gk_relate_stocks(gk_checker *c, const gk_relation *r, gk_places in) {
    column at[MOST_COLUMNS];
    size_t count = 0;
    for (size_t i = 0; i < in.len; i++) {
        flow what = flow_of(c, &in.at[i]);
        column *col = what == FLOW_COUNT ? NULL : column_of(at, &count, &in.at[i]);
        if (!col) continue;
        if (col->count[what] < 2) col->at[what][col->count[what]] = &in.at[i];
        col->count[what]++;
    }
    c->steps += in.len;
    for (size_t i = 0; i < count; i++) {
        judge_stock(c, r, &at[i]);
        judge_kinds(c, r, &at[i]);
        judge_next(c, r, &at[i]);
        if (at[i].count[STOCK] == 2) judge_limit(c, r, &at[i], at, count);
    }
}
