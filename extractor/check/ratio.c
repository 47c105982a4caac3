/* Columns of a table that say how two others differ: changes, their rates, rates of execution.
 *
 * Worked example: "east 100 120 20.0; west 200 220 10.0; north 400 440 10.0; south 500 600 2.0" under headers of which the last
 * one is a rate of change. In three rows it is the second less the first, over the first: these are the columns it is of, and
 * the 2.0 of the last row should be 20.0. Which columns a rate is of is seen by its other rows alone: a column that no pair of
 * columns makes right in most rows is left alone.
 */
#include <stdlib.h>

#include "check/formula.h"
#include "check/grid.h"

enum {
    BESIDE = 16,     /* records of a row before and behind a rate that are looked at */
    MOST_FIGURES = 8, /* amounts of a row that a rate may be of */
    LEAST_RIGHT = 3, /* rows that show which columns a rate is of */
    LOOK = 8,        /* rows that may all fail before a pair of columns is given up */
    MOST_PAIRS = 8   /* that make a column right */
};

/* A rate or a change of a table. */
typedef struct derived {
    const gk_table *table;
    uint32_t col, row, record;
    char class;
} derived;

typedef GK_VEC(derived) rates;

/* The amounts of its row, of its subject. */
typedef struct beside {
    uint32_t record[MOST_FIGURES], col[MOST_FIGURES];
    size_t count;
} beside;

typedef struct pair {
    uint32_t this, base; /* columns */
} pair;

static const gk_ask asks[] = {
    {.check = {"change_rate", 11}, .rule = {"checks:columns-apart", 20}, .formula = {"(this - base) * 100 / base", 26},
     .stated = GK_ROLE_RATE},
    {.check = {"execution_rate", 14}, .rule = {"checks:columns-apart", 20}, .formula = {"this * 100 / base", 17},
     .stated = GK_ROLE_RATE},
    {.check = {"difference", 10}, .rule = {"checks:columns-apart", 20}, .formula = {"this - base", 11},
     .stated = GK_ROLE_CHANGE}};

static const gk_ask *ask_of(char class) { return &asks[class == 'R' ? 0 : class == 'E' ? 1 : 2]; }

/* What a figure may stand for as its digits are printed: a column that prints whole numbers may have rounded them. */
static gk_interval printed(const gk_checker *c, uint32_t i) {
    gk_figure f = c->figures.at[i];
    gk_fixed step = gk_fixed_power(GK_FIXED_PLACES + f.power - f.decimals);
    return gk_printed_interval(f.value, f.step > step || !f.value ? f.step : step);
}

/* What the figures of two columns say of a rate; false: nothing can be computed. */
static bool follows(const gk_checker *c, char class, uint32_t this, uint32_t base, gk_interval *out) {
    gk_interval b = printed(c, base);
    *out = printed(c, this);
    if (class != 'E' && gk_interval_add(out, (gk_interval){-b.hi, -b.lo}) != GK_CALC_OK) return false;
    if (class == 'c') return true;
    if (gk_interval_times(out, gk_interval_at(100 * gk_fixed_power(GK_FIXED_PLACES))) != GK_CALC_OK) return false;
    return b.lo > 0 && gk_interval_over(out, b) == GK_CALC_OK;
}

static bool is_clear(const gk_checker *c, uint32_t i) { return c->figures.at[i].known && !c->figures.at[i].vague; }

/* Takes a record in; false: it is of another row or subject. */
static bool add_beside(gk_checker *c, const derived *d, uint32_t i, beside *b) {
    const gk_cell *cell = gk_cell_seen(c, gk_result_sight(c->out, gk_record_at(c, i)));
    if (c->briefs.at[i].where != GK_IN_TABLE || !cell || cell->row != d->row) return false;
    if (gk_record_subject(c, i) != gk_record_subject(c, d->record)) return false;
    if (!gk_class_in(c->briefs.at[i].class, GK_CLASSES_AMOUNT) || !is_clear(c, i) || b->count == MOST_FIGURES) return true;
    b->record[b->count] = i;
    b->col[b->count++] = cell->col;
    return true;
}

static void read_beside(gk_checker *c, const derived *d, beside *b) {
    uint32_t first = d->record > BESIDE ? d->record - BESIDE : 0;
    uint32_t last = d->record + BESIDE < c->records ? d->record + BESIDE : (uint32_t)c->records;
    b->count = 0;
    for (uint32_t i = d->record; i-- > first && add_beside(c, d, i, b);) {}
    for (uint32_t i = d->record + 1; i < last && add_beside(c, d, i, b); i++) {}
}

/* The figure of a column; GK_NO_RECORD: the row has none. */
static uint32_t in_column(const beside *b, uint32_t col) {
    for (size_t i = 0; i < b->count; i++)
        if (b->col[i] == col) return b->record[i];
    return GK_NO_RECORD;
}

/* How the rows of a column fare with a pair of others. */
typedef struct outcome {
    size_t right, wrong;
} outcome;

static outcome try_pair(gk_checker *c, const derived *d, const beside *b, size_t rows, pair p) {
    outcome o = {0, 0};
    for (size_t i = 0; i < rows && (o.wrong < LOOK || o.wrong <= o.right); i++) {
        uint32_t this = in_column(&b[i], p.this), base = in_column(&b[i], p.base);
        gk_interval expected;
        c->steps++;
        if (this == GK_NO_RECORD || base == GK_NO_RECORD || !is_clear(c, d[i].record)) continue;
        gk_figure f = c->figures.at[d[i].record];
        bool same = c->figures.at[this].value == c->figures.at[base].value;
        if (!follows(c, d[i].class, this, base, &expected)) continue;
        if (!gk_interval_meet(gk_figure_wide(f), expected)) o.wrong++;
        else o.right += f.value != 0 && !same; /* what is equal says nothing of which columns are meant */
    }
    return o;
}

static bool is_trusted(outcome o) { return o.right >= LEAST_RIGHT && o.wrong * LEAST_RIGHT <= o.right; }

/* Tells a row that is right with none of the pairs, by the first. */
static void tell_row(gk_checker *c, const derived *d, const beside *b, const pair *p, size_t pairs) {
    gk_terms t = gk_terms_none(c);
    gk_verdict v;
    t.record[ask_of(d->class)->stated] = d->record;
    t.record[GK_ROLE_THIS] = in_column(b, p->this);
    t.record[GK_ROLE_BASE] = in_column(b, p->base);
    if (t.record[GK_ROLE_THIS] == GK_NO_RECORD || t.record[GK_ROLE_BASE] == GK_NO_RECORD) return;
    bool wrong = try_pair(c, d, b, 1, *p).wrong > 0, other = false;
    for (size_t i = 1; i < pairs && wrong && !other; i++) other = try_pair(c, d, b, 1, p[i]).right > 0;
    if ((wrong && other) || !gk_terms_good(c, &t) || !gk_formula_verdict(c, ask_of(d->class), &t, &v)) return;
    if (wrong || v.status != GK_CONTRADICTS) gk_verdict_add(c, &v);
}

/* Whether its header says that a rate has a base of its own. */
static bool is_adjusted(const gk_checker *c, const derived *d) {
    size_t len;
    return gk_map_find(c->maps.other_base, gk_record_at(c, d->record)->field[GK_F_COLUMN], 0, &len, NULL) != SIZE_MAX;
}

/* The rates of one column: `rows` of them, with what stands beside each. */
static void judge_column(gk_checker *c, const derived *d, size_t rows) {
    if (rows <= LEAST_RIGHT || is_adjusted(c, d)) return;
    beside *b = gk_alloc(rows * sizeof *b), *full = b;
    pair good[MOST_PAIRS];
    size_t pairs = 0, best = 0;
    for (size_t i = 0; i < rows; i++) {
        read_beside(c, &d[i], &b[i]);
        if (b[i].count > full->count) full = &b[i];
    }
    for (size_t x = 0; x < full->count; x++)
        for (size_t y = 0; y < full->count && pairs < MOST_PAIRS; y++) {
            pair p = {full->col[x], full->col[y]};
            outcome o = x != y ? try_pair(c, d, b, rows, p) : (outcome){0, 0};
            if (!is_trusted(o)) continue;
            if (o.right > best && pairs) good[pairs] = good[0], good[0] = p;
            else good[pairs] = p;
            if (o.right > best) best = o.right;
            pairs++;
        }
    for (size_t i = 0; pairs && i < rows; i++)
        if (is_clear(c, d[i].record)) tell_row(c, &d[i], &b[i], good, pairs);
    free(b);
}

static int by_column(const void *a, const void *b) {
    const derived *x = a, *y = b;
    if (x->table != y->table) return x->table < y->table ? -1 : 1;
    if (x->col != y->col) return x->col < y->col ? -1 : 1;
    if (x->class != y->class) return x->class < y->class ? -1 : 1;
    return (x->record > y->record) - (x->record < y->record);
}

static bool is_one(const derived *a, const derived *b) {
    return a->table == b->table && a->col == b->col && a->class == b->class;
}

void gk_check_ratios(gk_checker *c) {
    rates list = {0};
    for (uint32_t i = 0; i < c->briefs.len; i++) {
        const gk_brief *b = &c->briefs.at[i];
        if (b->where != GK_IN_TABLE || (b->class != 'R' && b->class != 'E' && b->class != 'c')) continue;
        const gk_cell *cell = gk_cell_seen(c, gk_result_sight(c->out, gk_record_at(c, i)));
        if (cell) *gk_vec_push(&list) = (derived){gk_table_of(c, cell), cell->col, cell->row, i, b->class};
    }
    if (list.len) qsort(list.at, list.len, sizeof *list.at, by_column);
    for (size_t from = 0, to; from < list.len; from = to) {
        for (to = from + 1; to < list.len && is_one(&list.at[from], &list.at[to]);) to++;
        judge_column(c, &list.at[from], to - from);
    }
    gk_vec_free(&list);
}
