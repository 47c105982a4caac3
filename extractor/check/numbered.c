/* Sums of numbered rows: in a summary of income and spending the total is the sum of the rows with the highest marks above it,
 * and each of those of the rows with the next marks below it.
 *
 * Worked example: "I. appropriations 900; 1. general 900; 2. funds 0; II. fees 38; III. others 10; total of income 984": the
 * rows I to III make 948. Rows without a mark, such as what was carried over, belong to the total or do not: it is told only
 * where neither sum fits. Each column of figures is read by itself, with the labels to its left.
 *
 * Rows without a mark below one that has it may be its parts, and those between two totals what is added to the first to make
 * the second: another column of the row shows that they are.
 */
#include <stdlib.h>

#include "check/grid.h"
#include "check/place.h"

enum {
    MOST_COLUMNS = 48,
    MOST_TERMS = 40,
    MOST_LEFT = 24, /* cells to the left of a figure */
    MOST_MARK = 4,  /* bytes before the first character of a label */
    FAR = 2, /* times: a total that is so far from its rows is of something else */
    FINE = 100 /* of the rows below a head that they make: figures of few digits make anything */
};

/* The levels of a column: the highest marks, the next marks below one of them, and the rows without one, or with marks of
 * another kind, below it. */
enum { TOP, NEXT, BARE, LEVELS };

/* What waits for another column of its row: totals, and heads of rows. */
enum { OF_TOTAL, OF_HEAD, WAITS };

/* The rows of one level of one column: under a total, or under a row of the level above. */
typedef struct level {
    int64_t last;         /* the number of the last row */
    gk_interval marked, tail, loose; /* what has a mark; what has none, behind the last that has one, and all of it */
    uint32_t term[MOST_TERMS];
    size_t terms, parts;  /* parts that are not zero */
    bool good, any;
    bool carried; /* its first term is the total above it */
    int rank;     /* of the marks of its rows, 0: they have none */
} level;

typedef struct column {
    level at[LEVELS];
    uint32_t head; /* the row of the highest level that was read last; GK_NO_RECORD: there is none */
} column;

struct gk_marking {
    gk_checker *c;
    const gk_rule *rule;
    column col[MOST_COLUMNS];
    size_t columns;           /* that are open: most tables have few */
    bool beside;              /* mode `witness`: what does not fit is told where another of its row does */
    bool fits[WAITS];         /* one of the row does */
    GK_VEC(gk_verdict) waits[WAITS]; /* those that do not; of heads, whose rows need not be all, one alone is told */
};

void gk_marking_free(struct gk_marking *s) {
    for (int of = 0; s && of < WAITS; of++) gk_vec_free(&s->waits[of]);
    free(s);
}

/* Its terms are left as they are. */
static void renew(level *l) {
    l->last = 0;
    l->marked = l->tail = l->loose = gk_interval_at(0);
    l->terms = l->parts = 0;
    l->good = true, l->any = l->carried = false;
    l->rank = 0;
}

static void open_column(column *col) {
    for (int i = 0; i < LEVELS; i++) renew(&col->at[i]);
    col->head = GK_NO_RECORD;
}

static column *column_at(struct gk_marking *s, size_t number) {
    while (s->columns <= number) open_column(&s->col[s->columns++]);
    return &s->col[number];
}

/* Whether a text begins with a character of words, behind a number at most. */
static bool is_label(gk_str s) {
    size_t at = 0;
    while (at < s.len && at < MOST_MARK && (unsigned char)s.ptr[at] < 0x80) at++;
    return s.len - at >= 3 && (unsigned char)s.ptr[at] >= 0xE3 && (unsigned char)s.ptr[at] <= 0xEF;
}

/* The label to the left of a figure; absent: there is none. */
static gk_str label_of(gk_checker *c, uint32_t record) {
    const gk_cell *cell = gk_cell_seen(c, gk_result_sight(c->out, gk_record_at(c, record)));
    const gk_cell *first = c->doc->cells.at;
    for (int i = 0; cell && i < MOST_LEFT && cell > first && cell[-1].row == cell->row; i++) {
        gk_str text = gk_cell_text(c, --cell);
        if (is_label(text)) return text;
    }
    return GK_STR_NONE;
}

static void add(gk_checker *c, level *l, uint32_t record, bool marked) {
    const gk_figure *f = &c->figures.at[record];
    gk_interval x = gk_figure_wide(*f);
    bool good = f->known && !f->vague && l->terms < MOST_TERMS;
    good = good && gk_interval_add(marked ? &l->marked : &l->tail, x) == GK_CALC_OK;
    if (good && !marked) good = gk_interval_add(&l->loose, x) == GK_CALC_OK;
    if (good && marked) l->tail = gk_interval_at(0);
    if (good) l->term[l->terms++] = record;
    l->good = l->good && good;
    l->any = l->any || marked;
    l->parts += (marked || l->carried) && f->value != 0;
}

static bool meets(gk_interval total, gk_interval marked, gk_interval loose) {
    return gk_interval_add(&marked, loose) == GK_CALC_OK && gk_interval_meet(total, marked);
}

/* What does not fit is kept until its row is read. */
static void wait_for(struct gk_marking *s, const gk_verdict *v, int of) {
    gk_verdict *kept = gk_vec_push(&s->waits[of]);
    size_t size = v->term_count * sizeof *v->terms;
    *kept = *v;
    kept->terms = memcpy(gk_arena_alloc(&s->c->out->arena, size), v->terms, size);
}

/* Between two rows. */
static void end_row(struct gk_marking *s) {
    for (int of = 0; of < WAITS; of++) {
        bool told = s->fits[of] && (of == OF_TOTAL || s->waits[of].len == 1);
        for (size_t i = 0; i < s->waits[of].len; i++) {
            if (told) gk_verdict_add(s->c, &s->waits[of].at[i]);
            else gk_not_run(s->c, GK_REASON_EVIDENCE);
        }
        s->waits[of].len = 0, s->fits[of] = false;
    }
}

/* `waits`: what does not fit is told where another of the row does. */
static void judge(struct gk_marking *s, uint32_t total, level *l, int of, bool waits) {
    gk_checker *c = s->c;
    const gk_figure *f = &c->figures.at[total];
    if (!l->good || !f->known || f->vague || l->parts < 2) return;
    gk_interval whole = gk_figure_wide(*f), none = gk_interval_at(0);
    bool fits = meets(whole, l->marked, none) || meets(whole, l->marked, l->tail) || meets(whole, l->marked, l->loose);
    bool fine = of == OF_TOTAL || l->marked.hi - l->marked.lo <= f->value / FINE;
    s->fits[of] = s->fits[of] || (fits && fine && f->value != 0);
    if (fits && !c->all) return;
    if (l->carried && gk_interval_add(&l->marked, l->loose) != GK_CALC_OK) return;
    gk_str slip = gk_slip(c, *f, l->marked);
    bool near = l->marked.hi / FAR <= f->value && f->value / FAR <= l->marked.hi;
    if (!fits && !near && !slip.len) return gk_not_run(c, GK_REASON_EVIDENCE);
    bool exact = f->value == l->marked.lo + (l->marked.hi - l->marked.lo) / 2;
    gk_status status = !fits ? GK_CONTRADICTS : exact ? GK_HOLDS : GK_ROUNDING;
    gk_verdict v = gk_verdict_on(c, total, s->rule->constant[GK_KEY_CHECK], s->rule->id, status);
    v.formula = gk_arena_printf(&c->out->arena, "the sum of %zu rows", l->terms);
    v.has_expected = true, v.expected = l->marked, v.sum = true;
    if (!fits) v.hint = slip;
    uint32_t terms[MOST_TERMS + 1] = {total};
    memcpy(terms + 1, l->term, l->terms * sizeof *terms);
    v.terms = waits ? terms : l->term, v.term_count = l->terms + waits; /* what needs no witness needs no cause */
    if (waits && !fits) wait_for(s, &v, of);
    else gk_verdict_add(c, &v);
}

/* The rows below a row of the highest level end. */
static void end_head(struct gk_marking *s, column *col) {
    bool marked = col->at[NEXT].any;
    if (col->head == GK_NO_RECORD) return;
    if (s->beside) judge(s, col->head, &col->at[marked ? NEXT : BARE], OF_HEAD, true);
    else if (marked) judge(s, col->head, &col->at[NEXT], OF_TOTAL, false);
    renew(&col->at[NEXT]), renew(&col->at[BARE]);
    col->head = GK_NO_RECORD;
}

/* What is added to a total, up to the next one. */
static void carry(struct gk_marking *s, column *col, uint32_t total) {
    open_column(col);
    if (!s->beside) return;
    add(s->c, &col->at[TOP], total, true);
    col->at[TOP].carried = true;
}

/* A row below one of the highest level. Where the first of them has a mark, those without one are parts of it; a row that opens
 * a list, or has a mark behind one that has none, says that the row above it has parts of its own. */
static void add_bare(struct gk_marking *s, level *bare, uint32_t record, int rank, bool opens) {
    if (!s->beside) return;
    if (!bare->any) bare->rank = rank;
    if (bare->any && (opens || rank > bare->rank)) bare->good = bare->rank > 0;
    else if (rank == bare->rank) add(s->c, bare, record, true);
}

static void read_row(struct gk_marking *s, column *col, const gk_place *p, gk_str label) {
    gk_mark m = gk_mark_of(label);
    level *top = &col->at[TOP];
    if (m.rank == 1) {
        end_head(s, col);
        if (m.number <= top->last || (top->carried && m.number == 1)) {
            renew(top);
            top->good = m.number == 1; /* a number that comes twice: what stands above may belong to it */
        }
        top->last = m.number;
        add(s->c, top, col->head = p->record, true);
    } else if (m.rank == 2 && col->head != GK_NO_RECORD) {
        add(s->c, &col->at[NEXT], p->record, true);
    } else if (m.rank == 0 && gk_map_suffix(s->c->maps.totals, gk_record_at(s->c, p->record)->field[GK_F_SUBJECT], NULL)) {
        end_head(s, col);
        if (top->any) judge(s, p->record, top, OF_TOTAL, s->beside);
        carry(s, col, p->record);
    } else if (m.rank == 0 && top->any) {
        bool opens = gk_map_prefix(s->c->maps.openers, label, NULL);
        bool total = top->parts > 1 && gk_interval_meet(gk_figure_wide(s->c->figures.at[p->record]), top->marked);
        if (total) return carry(s, col, p->record); /* by another name */
        add_bare(s, &col->at[BARE], p->record, 0, opens);
        if (!opens) add(s->c, top, p->record, false);
    } else if (m.rank && col->head != GK_NO_RECORD) {
        add_bare(s, &col->at[BARE], p->record, m.rank, false);
    }
}

/* Whether a table may be one of numbered rows: where rows have codes, these tell. */
static bool is_numbered(gk_checker *c, gk_places in) {
    for (size_t i = 0; i < in.len && in.parts; i++)
        if (in.at[i].part == GK_PART_CODED) return false;
    return gk_mark_of(label_of(c, in.at[0].record)).rank == 1;
}

void gk_relate_numbered(gk_checker *c, const gk_relation *r, gk_places in) {
    bool beside = gk_str_eqz(r->rule->constant[GK_KEY_MODE], "witness");
    if (beside && (!in.len || !is_numbered(c, in))) return;
    if (!c->marking) c->marking = gk_alloc_zero(1, sizeof *c->marking); /* too large for a stack frame */
    struct gk_marking *s = c->marking;
    s->c = c, s->rule = r->rule;
    s->beside = beside;
    for (int of = 0; of < WAITS; of++) s->waits[of].len = 0, s->fits[of] = false;
    s->columns = 0;
    gk_str label = GK_STR_NONE;
    for (size_t i = 0; i < in.len; i++) {
        const gk_place *p = &in.at[i];
        bool fresh = i && p->row != in.at[i - 1].row;
        if (fresh) end_row(s);
        bool next = i && !fresh && p->col == in.at[i - 1].col + 1;
        if (!next) label = label_of(c, p->record);
        if (p->col < MOST_COLUMNS && label.len) read_row(s, column_at(s, p->col), p, label);
    }
    end_row(s);
    for (size_t i = 0; i < s->columns; i++) end_head(s, &s->col[i]);
    end_row(s);
}
