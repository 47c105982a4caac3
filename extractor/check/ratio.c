/* Columns of a table that say how two others differ: changes, their rates, rates of execution.
 *
 * Worked example: "east 100 120 20.0; west 200 220 10.0; north 400 440 10.0; south 500 600 2.0" under headers of which the last
 * one is a rate of change. In three rows it is the second less the first, over the first: these are the columns it is of, and
 * the 2.0 of the last row should be 20.0. Which columns a rate is of is seen by its other rows alone: a column that no pair of
 * columns makes right in most rows is left alone.
 *
 * A rate of execution is told by what the figures of its row measure, too: "planned 450, adjusted 480, spent 463.2, rate 96.5%"
 * is of the adjusted budget, 463.2 / 480. Which of the budgets of a row it is of is not asked: a rate is told where it is of
 * none of them. That a column of rates is of these figures at all is seen in its other rows.
 */
#include <stdlib.h>

#include "check/formula.h"
#include "check/grid.h"
#include "check/place.h"

enum {
    MOST_FIGURES = 8, /* amounts of a row that a rate may be of */
    LEAST_RIGHT = 3,  /* rows that show which columns a rate is of */
    LEAST_TOLD = 2,   /* the same where the columns say themselves what they measure */
    LOOK = 4,         /* rows that may fail before a pair of columns is given up */
    MOST_PAIRS = 8,   /* that make a column right */
    MOST_POWER = 24,  /* of what is computed here, in millionths */
    BEFORE = 8,       /* records of a row that stand before its rate of execution */
    MOST_WRONG = 16   /* of a column */
};

/* A rate or a change of a table. */
typedef struct derived {
    uint32_t table, col, row, record;
    char class;
} derived;

/* The amounts of its row. */
typedef struct beside {
    const gk_place *at;
    uint32_t count;
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

static const gk_ask *ask_of(char class) { return &asks[class == 'R' ? 0 : class == 'c' ? 2 : 1]; }

static bool is_of_one(char class) { return class == 'E' || class == 'T'; }
static bool is_derived(char class) { return class == 'R' || class == 'c' || is_of_one(class); }

/* What a figure may stand for as its digits are printed: a column that prints whole numbers may have rounded them. */
static gk_interval printed(const gk_figure *f) {
    gk_fixed step = gk_fixed_power(GK_FIXED_PLACES + f->power - f->decimals);
    return gk_printed_interval(f->value, f->step > step || !f->value ? f->step : step);
}

static bool is_small(const gk_figure *f) {
    gk_fixed most = gk_fixed_power(MOST_POWER);
    return f->known && !f->vague && f->value < most && f->value > -most;
}

/* Whether a rate or a change is what two figures say; all products fit. *clear: the base is above zero. */
static bool agrees(char class, const gk_figure *rate, const gk_figure *this, const gk_figure *base, bool *clear) {
    const gk_fixed hundred = 100 * gk_fixed_power(GK_FIXED_PLACES);
    gk_interval x = printed(this), y = printed(base), r = {rate->value - rate->step, rate->value + rate->step};
    *clear = class == 'c' || y.lo > 0;
    if (!is_of_one(class)) x = (gk_interval){x.lo - y.hi, x.hi - y.lo};
    if (class == 'c') return gk_interval_meet(x, r);
    if (!*clear) return false;
    gk_fixed low = x.lo < 0 ? y.lo : y.hi, high = x.hi < 0 ? y.hi : y.lo; /* what the quotient is over at its ends */
    return x.lo * hundred <= r.hi * low && r.lo * high <= x.hi * hundred;
}

/* The figure of a column; GK_NO_RECORD: the row has none. */
static uint32_t in_column(const beside *b, uint32_t col) {
    for (uint32_t i = 0; i < b->count; i++)
        if (b->at[i].col == col) return b->at[i].record;
    return GK_NO_RECORD;
}

/* How the rows of a column fare with a pair of others. */
typedef struct outcome {
    size_t right, wrong;
    size_t same; /* rows that are right since all was done as planned: they do not say which columns are meant */
    bool told;   /* the columns say that it is of them */
} outcome;

/* Whether what two figures measure says that a third is of them: this year's and last year's of one measure for a change, what
 * was executed and what was budgeted for a rate of one. */
static bool is_told_of(const gk_checker *c, uint32_t told, uint32_t this, uint32_t base) {
    const gk_brief *d = &c->briefs.at[told], *x = &c->briefs.at[this], *y = &c->briefs.at[base];
    if (x->year != d->year || x->year == '-') return false;
    if (is_of_one(d->class)) return x->class == 'a' && (y->class == 'b' || y->class == 'j') && y->year == x->year;
    return x->class == y->class && x->measure_key == y->measure_key && y->year == x->year + 1;
}

static outcome try_pair(gk_checker *c, const derived *d, const beside *b, size_t rows, pair p) {
    outcome o = {.right = 0};
    size_t i = 0;
    for (; i < rows && (o.wrong < LOOK || 2 * o.wrong <= o.right + 1); i++) {
        uint32_t this = in_column(&b[i], p.this), base = in_column(&b[i], p.base);
        if (this == GK_NO_RECORD || base == GK_NO_RECORD) continue;
        const gk_figure *f = &c->figures.at[d[i].record], *x = &c->figures.at[this], *y = &c->figures.at[base];
        bool clear = false, fit = is_small(f) && is_small(x) && is_small(y), good = fit && agrees(d[i].class, f, x, y, &clear);
        if (!fit || !clear) continue;
        o.told = is_told_of(c, d[i].record, this, base);
        if (!good) o.wrong++;
        else if (f->value != 0) *(x->value != y->value ? &o.right : &o.same) += 1;
    }
    c->steps += i;
    return o;
}

/* Three rows that are right by their digits are no chance; of two that are wrong then a row and its total may be. */
static bool is_trusted(outcome o) {
    size_t right = o.told && o.right + o.same >= LEAST_RIGHT ? o.right + o.same : o.right;
    return right >= (o.told ? LEAST_TOLD : LEAST_RIGHT) && 2 * o.wrong <= right + 1;
}

/* Whether the figures of a row are of one subject; the rate behind them may have that of a part beside it. */
static bool is_alike(gk_checker *c, const gk_terms *t) {
    return gk_record_subject(c, t->record[GK_ROLE_THIS]) == gk_record_subject(c, t->record[GK_ROLE_BASE]);
}

/* Tells a row that is right with none of the pairs, by the first. */
static void tell_row(gk_checker *c, const derived *d, const beside *b, const pair *p, size_t pairs) {
    gk_terms t = gk_terms_none(c);
    gk_verdict v;
    t.record[ask_of(d->class)->stated] = d->record;
    t.record[GK_ROLE_THIS] = in_column(b, p->this);
    t.record[GK_ROLE_BASE] = in_column(b, p->base);
    if (t.record[GK_ROLE_THIS] == GK_NO_RECORD || t.record[GK_ROLE_BASE] == GK_NO_RECORD) return;
    bool wrong = try_pair(c, d, b, 1, *p).wrong > 0, other = false;
    if ((!wrong && !c->all) || !is_alike(c, &t)) return;
    for (size_t i = 1; i < pairs && wrong && !other; i++) other = try_pair(c, d, b, 1, p[i]).right > 0;
    if ((wrong && other) || !gk_terms_good(c, &t) || !gk_formula_verdict(c, ask_of(d->class), &t, &v)) return;
    if (wrong || v.status != GK_CONTRADICTS) gk_verdict_add(c, &v);
}

/* The columns of a row, those before a column first, from the nearest on: mostly a rate stands right behind what it is of. */
static size_t nearest(const beside *row, uint32_t col, uint32_t *out) {
    size_t n = 0;
    for (uint32_t i = row->count; i-- > 0;)
        if (row->at[i].col < col) out[n++] = row->at[i].col;
    for (uint32_t i = 0; i < row->count; i++)
        if (row->at[i].col > col) out[n++] = row->at[i].col;
    return n;
}

/* The pairs of columns that a column of rates may be of, the one first that most rows are right with. False: nothing is to be
 * told, since all rows are right with one, or too few with any. */
static bool find_pairs(gk_checker *c, const derived *d, const beside *b, size_t rows, pair *good, size_t *pairs) {
    const beside *full = b;
    size_t best = 0;
    for (size_t i = 0; i < rows; i++)
        if (b[i].count > full->count) full = &b[i];
    uint32_t col[MOST_FIGURES];
    size_t count = nearest(full, d->col, col);
    for (size_t n = 0; n < count * count && *pairs < MOST_PAIRS; n++) {
        pair p = {col[n / count], col[n % count]};
        if (p.this == p.base) continue;
        outcome o = try_pair(c, d, b, rows, p);
        if (!is_trusted(o)) continue;
        if (!o.wrong && !c->all) return false;
        good[*pairs] = p;
        if (o.right > best) good[*pairs] = good[0], good[0] = p, best = o.right;
        ++*pairs;
    }
    return *pairs > 0;
}

/* Whether its header says that a rate has a base of its own. */
static bool is_adjusted(const gk_checker *c, const derived *d) {
    size_t len;
    return gk_map_find(c->maps.other_base, gk_record_at(c, d->record)->field[GK_F_COLUMN], 0, &len, NULL) != SIZE_MAX;
}

/* The first place of a table. */
static const gk_place *first_of(const gk_checker *c, uint32_t table) {
    size_t low = 0, high = c->places.len;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (c->places.at[middle].table < table) low = middle + 1;
        else high = middle;
    }
    return c->places.at + low;
}

/* The amounts of each row of a column, by the places of its table, which come in the order of their rows. */
static void read_rows(const gk_checker *c, const derived *d, beside *b, size_t rows) {
    const gk_place *p = first_of(c, d->table), *end = c->places.at + c->places.len;
    for (size_t i = 0; i < rows; i++) {
        while (p < end && p->table == d->table && p->row < d[i].row) p++;
        const gk_place *last = p;
        while (last < end && last->table == d->table && last->row == d[i].row && last - p < MOST_FIGURES) last++;
        b[i] = (beside){p, (uint32_t)(last - p)};
    }
}

/* The rates of one column: `rows` of them. */
static void judge_column(gk_checker *c, const derived *d, beside *b, size_t rows) {
    pair good[MOST_PAIRS];
    size_t pairs = 0;
    if (rows <= LEAST_TOLD) return;
    read_rows(c, d, b, rows);
    if (!find_pairs(c, d, b, rows, good, &pairs) || is_adjusted(c, d)) return;
    for (size_t i = 0; i < rows; i++) tell_row(c, &d[i], &b[i], good, pairs);
}

/* ---- rates of execution beside their figures */

/* The rates of one column that stand beside what was budgeted and executed. */
typedef struct measured {
    size_t good, bad;
    gk_verdict wrong[MOST_WRONG];
} measured;

static const gk_ask executed = {.check = {"execution_rate", 14}, .rule = {"checks:executed-in-row", 22},
                                .formula = {"this * 100 / base", 17}, .stated = GK_ROLE_RATE, .undefined = true};

/* The last part of a header path, without what it says in brackets at its end: "rate (B/A)". */
static gk_str bare_header(gk_str path) {
    static const gk_str open[] = {{"\xEF\xBC\x88", 3}, {"(", 1}}, close[] = {{"\xEF\xBC\x89", 3}, {")", 1}};
    for (size_t i = 0; i < sizeof open / sizeof *open; i++) {
        size_t at = gk_str_ends(path, close[i]) ? gk_str_rfind(path, open[i]) : SIZE_MAX;
        if (at != SIZE_MAX) path.len = at;
    }
    return gk_path_leaf(path);
}

/* The budgets and the executed figure of the row before a rate: what one that makes it right says, or the nearest. */
static bool judge_row(gk_checker *c, uint32_t rate, gk_terms *t, gk_answer *a) {
    uint32_t subject = gk_record_subject(c, rate), first = rate > BEFORE ? rate - BEFORE : 0;
    bool judged = false;
    *t = gk_terms_none(c);
    t->record[GK_ROLE_RATE] = rate;
    for (uint32_t i = rate; i-- > first;) {
        const gk_brief *b = &c->briefs.at[i];
        if (b->where != GK_IN_TABLE || gk_record_subject(c, i) != subject) break;
        if (b->class == 'a' && t->record[GK_ROLE_THIS] == GK_NO_RECORD) t->record[GK_ROLE_THIS] = i;
        if ((b->class != 'b' && b->class != 'j') || t->record[GK_ROLE_THIS] == GK_NO_RECORD) continue;
        gk_terms other = *t;
        gk_answer now;
        other.record[GK_ROLE_BASE] = i;
        if (!gk_terms_good(c, &other) || !gk_formula_answer(c, &executed, &other, &now)) continue;
        bool better = !judged || now.status != GK_CONTRADICTS;
        if (better) *a = now, *t = other;
        judged = true;
        if (now.status != GK_CONTRADICTS && now.status != GK_UNDEFINED) return true;
        t->record[GK_ROLE_BASE] = other.record[GK_ROLE_BASE];
    }
    return judged;
}

static bool is_executed(const gk_checker *c, uint32_t i) {
    const gk_brief *b = &c->briefs.at[i];
    size_t len;
    if (b->class != 'E' || b->where != GK_IN_TABLE) return false;
    const gk_record *r = gk_record_at(c, i);
    gk_str table = r->field[GK_F_TABLE], header = bare_header(r->field[GK_F_COLUMN]);
    if (!table.len) return gk_map_suffix(c->maps.executed, header, NULL) > 0;
    return gk_map_find(c->maps.goal_tables, table, 0, &len, NULL) != SIZE_MAX;
}

/* Keeps a verdict that contradicts, until it is known whether the column can be trusted. */
static void keep_wrong(gk_checker *c, measured *m, gk_verdict v) {
    if (m->bad < MOST_WRONG) {
        uint32_t *terms = gk_arena_alloc(&c->out->arena, (v.term_count + 1) * sizeof *terms);
        memcpy(terms, v.terms, v.term_count * sizeof *terms);
        v.terms = terms;
        m->wrong[m->bad] = v;
    }
    m->bad++;
}

/* The rates of one column that are told of the figures of their rows by what these measure: which columns they stand in is not
 * asked, so that one row is enough where the header says what the rate is. */
static void judge_measured(gk_checker *c, const derived *d, size_t rows) {
    measured m = {.good = 0};
    for (size_t i = 0; i < rows; i++) {
        gk_terms t;
        gk_answer a;
        if (!is_executed(c, d[i].record) || !judge_row(c, d[i].record, &t, &a)) continue;
        gk_verdict v = gk_formula_told(c, &executed, &t, &a);
        if (a.status == GK_CONTRADICTS) {
            keep_wrong(c, &m, v);
            continue;
        }
        m.good += a.status != GK_UNDEFINED && c->figures.at[d[i].record].value != 0;
        gk_verdict_add(c, &v);
    }
    gk_str header = bare_header(gk_record_at(c, d->record)->field[GK_F_COLUMN]);
    bool lone = m.good == 0 && m.bad == 1 && gk_map_suffix(c->maps.executed, header, NULL) > 0;
    bool trusted = lone || (m.good > 0 && m.bad <= m.good && m.bad <= MOST_WRONG);
    for (size_t i = 0; trusted && i < m.bad; i++) gk_verdict_add(c, &m.wrong[i]);
    for (size_t i = 0; !trusted && i < m.bad; i++) gk_not_run(c, GK_REASON_EVIDENCE);
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
    GK_VEC(derived) list = {0};
    for (uint32_t i = 0; i < c->briefs.len; i++) {
        const gk_brief *b = &c->briefs.at[i];
        if (b->where != GK_IN_TABLE || !is_derived(b->class)) continue;
        const gk_cell *cell = gk_cell_seen(c, gk_result_sight(c->out, gk_record_at(c, i)));
        if (!cell) continue;
        uint32_t table = (uint32_t)(gk_table_of(c, cell) - c->doc->tables.at);
        *gk_vec_push(&list) = (derived){table, cell->col, cell->row, i, b->class};
    }
    beside *rows = gk_alloc((list.len + 1) * sizeof *rows);
    if (list.len) qsort(list.at, list.len, sizeof *list.at, by_column);
    for (size_t from = 0, to; from < list.len; from = to) {
        for (to = from + 1; to < list.len && is_one(&list.at[from], &list.at[to]);) to++;
        judge_column(c, &list.at[from], rows, to - from);
        if (list.at[from].class == 'E') judge_measured(c, &list.at[from], to - from);
    }
    free(rows);
    gk_vec_free(&list);
}
