/* Sums of rows: the row with the total of a table is the sum of the rows below or above it.
 *
 * Worked example: "all 45 15 30; east 20 5 15; west 25 10 51". The first two columns add up (20 + 25 = 45, 5 + 10 = 15), so
 * the rows east and west are all there is, and 15 + 51 contradicts 30. What witnesses the rows is other columns: a sum is
 * told where it is the only one of its row that fails and two others hold, or one, of a row that is plainly the sum of all.
 * Tables with classification codes are left to code.c, where rows stand under each other.
 */
#include <stdlib.h>

#include "check/place.h"

enum { MOST_COLUMNS = 48, MOST_FACTOR = 3, LEAST_FIGURES = 2 /* of a total: one that fails needs one that holds */ };
enum { MOST_ALONE = 4 /* rows that stand in a column alone */ };
enum { SURE_FIGURES = 2 /* that hold, of a row whose label is no plain word for all */ };

typedef struct line {
    size_t from, to; /* places */
    bool total;      /* it has enough figures, and its label ends with a word for a total, or is one */
} line;

/* What one row says of a column, and the sum of others. */
typedef struct tally {
    uint32_t whole; /* GK_NO_RECORD: the row has nothing there */
    gk_interval sum;
    size_t parts;   /* that are not zero */
    bool known, holds;
} tally;

typedef struct gk_adding adding;

struct gk_adding {
    gk_checker *c;
    const gk_rule *rule;
    gk_places in;
    GK_VEC(line) lines;
    bool wide; /* the table has more columns */
    tally col[MOST_COLUMNS];
};

void gk_adding_free(adding *s) {
    if (s) gk_vec_free(&s->lines);
    free(s);
}

static gk_figure fig(const adding *s, uint32_t record) { return s->c->figures.at[record]; }

static bool ends_as_total(const adding *s, const gk_place *p) {
    return gk_map_suffix(s->c->maps.totals, gk_record_at(s->c, p->record)->field[GK_F_SUBJECT], NULL) > 0;
}

/* Whether a row is that of all rows by its label: "sum", but not "sum of income". */
static bool is_all(const adding *s, const gk_place *p) {
    gk_str label = gk_record_at(s->c, p->record)->field[GK_F_SUBJECT];
    return label.len && gk_map_prefix(s->c->maps.sums, label, NULL) == label.len;
}

/* False: the rows stand under codes, or the table is too small to have a witness. */
static bool read_lines(adding *s) {
    s->lines.len = 0;
    s->wide = false;
    if (s->in.len < 2 + 2 * LEAST_FIGURES || s->in.parts == s->in.len) return false;
    for (size_t i = 0; i < s->in.len; i++) {
        const gk_place *p = &s->in.at[i];
        if (p->part == GK_PART_CODED) return false;
        if (!i || p->row != p[-1].row) *gk_vec_push(&s->lines) = (line){.from = i};
        line *l = &s->lines.at[s->lines.len - 1];
        s->wide = s->wide || p->col >= MOST_COLUMNS;
        l->to = i + 1;
        if (l->to - l->from == LEAST_FIGURES) l->total = is_all(s, p);
        if (l->to - l->from == LEAST_FIGURES + 1) l->total = ends_as_total(s, p);
    }
    return s->lines.len >= 3;
}

static void add_line(adding *s, const line *l) {
    for (size_t i = l->from; i < l->to; i++) {
        const gk_place *p = &s->in.at[i];
        tally *t = p->col < MOST_COLUMNS ? &s->col[p->col] : NULL;
        if (!t || t->whole == GK_NO_RECORD) continue;
        gk_figure f = fig(s, p->record);
        gk_interval x = gk_figure_wide(f);
        bool over = __builtin_add_overflow(t->sum.lo, x.lo, &t->sum.lo);
        if (__builtin_add_overflow(t->sum.hi, x.hi, &t->sum.hi) || over || !f.known) t->known = false;
        t->parts += f.value != 0;
    }
}

/* Adds up the lines of [from, to) for the columns that a row has. */
static void add_lines(adding *s, const line *whole, size_t from, size_t to) {
    for (size_t i = 0; i < MOST_COLUMNS; i++) s->col[i] = (tally){.whole = GK_NO_RECORD, .known = true};
    for (size_t i = whole->from; i < whole->to; i++)
        if (s->in.at[i].col < MOST_COLUMNS) s->col[s->in.at[i].col].whole = s->in.at[i].record;
    for (size_t i = from; i < to; i++)
        if (&s->lines.at[i] != whole) add_line(s, &s->lines.at[i]);
}

/* Whether a sum can be told from another of the same size: figures of one digit add up to anything. Changes are often left
 * out where there was nothing before. */
static bool is_plain(const adding *s, const tally *t) {
    if (t->whole == GK_NO_RECORD || t->parts < 2 || !t->known || s->c->briefs.at[t->whole].class == 'c') return false;
    gk_figure f = fig(s, t->whole);
    gk_fixed size = f.value < 0 ? -f.value : f.value;
    return f.known && t->sum.hi - t->sum.lo <= size / 10;
}

/* How the columns of a row fare as sums of others. */
typedef struct outcome {
    size_t good, fails;
    tally *bad; /* the last that fails */
} outcome;

static outcome add_up(adding *s) {
    outcome o = {0};
    for (tally *t = s->col; t < s->col + MOST_COLUMNS; t++) {
        if (!is_plain(s, t)) continue;
        t->holds = gk_interval_meet(gk_figure_wide(fig(s, t->whole)), t->sum);
        if (t->holds) o.good++;
        else o.bad = t, o.fails++;
    }
    return o;
}

/* Whether a row, which adds so much to a column that fails, adds to one that holds, too. */
static bool adds_to_good(const adding *s, const tally *bad, const line *l, gk_fixed *adds) {
    bool backed = false;
    *adds = 0;
    for (size_t i = l->from; i < l->to; i++) {
        const gk_place *p = &s->in.at[i];
        if (p->col >= MOST_COLUMNS || fig(s, p->record).value == 0) continue;
        if (&s->col[p->col] == bad) *adds = fig(s, p->record).value;
        backed |= s->col[p->col].holds;
    }
    return backed;
}

/* Whether each row that adds to a column that fails adds to one that holds, too: one that stands in it alone may be a part of a
 * part. Of few such rows all, some or none may be: where the column fails without any of them as well, it fails. */
static bool is_backed(const adding *s, const tally *bad, const line *whole, size_t from, size_t to) {
    gk_fixed alone[MOST_ALONE], adds;
    size_t count = 0;
    for (size_t k = from; k < to; k++) {
        const line *l = &s->lines.at[k];
        if (l == whole || adds_to_good(s, bad, l, &adds) || adds == 0) continue;
        if (count == MOST_ALONE) return false;
        alone[count++] = adds;
    }
    gk_interval own = gk_figure_wide(fig(s, bad->whole));
    for (unsigned some = 1; some < 1u << count; some++) {
        gk_interval sum = bad->sum;
        for (size_t i = 0; i < count; i++)
            if (some >> i & 1 && gk_interval_add(&sum, gk_interval_at(-alone[i])) != GK_CALC_OK) return false;
        if (gk_interval_meet(own, sum)) return false;
    }
    return true;
}

static gk_str subject_of(const adding *s, const tally *t) { return gk_record_at(s->c, t->whole)->field[GK_F_SUBJECT]; }

/* Whether a column that holds has the label of this one, if that is a word for a total: beside it stands another table, with
 * labels of its own. */
static bool is_beside(const adding *s, const tally *bad) {
    if (!gk_label_of(s->c, subject_of(s, bad))->total) return true;
    for (const tally *t = s->col; t < s->col + MOST_COLUMNS; t++)
        if (t->holds && gk_str_eq(subject_of(s, t), subject_of(s, bad))) return true;
    return false;
}

/* A column of rates or of prices does not add up at all: a sum far off is told where the point of its total slipped. */
static bool is_near(const adding *s, const tally *bad, gk_str slip) {
    gk_fixed whole = fig(s, bad->whole).value, sum = bad->sum.hi;
    if (whole <= 0 || sum <= 0) return false;
    return slip.len || (sum / MOST_FACTOR <= whole && whole / MOST_FACTOR <= sum);
}

static void tell(adding *s, const tally *t, const line *whole, size_t from, size_t to, gk_status status, gk_str hint) {
    gk_checker *c = s->c;
    uint32_t *terms = gk_arena_alloc(&c->out->arena, (to - from + 1) * sizeof *terms), col = (uint32_t)(t - s->col);
    gk_verdict v = gk_verdict_on(c, t->whole, s->rule->constant[GK_KEY_CHECK], s->rule->id, status);
    terms[v.term_count++] = t->whole;
    for (size_t k = from; k < to; k++)
        for (size_t i = s->lines.at[k].from; i < s->lines.at[k].to && &s->lines.at[k] != whole; i++)
            if (s->in.at[i].col == col && v.term_count <= to - from) terms[v.term_count++] = s->in.at[i].record;
    v.terms = terms;
    v.formula = gk_arena_printf(&c->out->arena, "the sum of %zu rows", v.term_count - 1);
    v.has_expected = true, v.expected = t->sum, v.hint = hint, v.sum = true;
    gk_verdict_add(c, &v);
}

static void tell_bad(adding *s, const tally *bad, const line *whole, size_t from, size_t to) {
    gk_str slip = gk_slip(s->c, fig(s, bad->whole), bad->sum);
    bool sure = is_near(s, bad, slip) && is_beside(s, bad) && is_backed(s, bad, whole, from, to);
    if (sure) tell(s, bad, whole, from, to, GK_CONTRADICTS, slip);
    else gk_not_run(s->c, GK_REASON_EVIDENCE);
}

static void tell_good(adding *s, const line *whole, size_t from, size_t to) {
    for (tally *t = s->col; s->c->all && t < s->col + MOST_COLUMNS; t++) {
        if (!is_plain(s, t)) continue;
        bool exact = fig(s, t->whole).value == t->sum.lo + (t->sum.hi - t->sum.lo) / 2;
        tell(s, t, whole, from, to, exact ? GK_HOLDS : GK_ROUNDING, GK_STR_NONE);
    }
}

/* Whether these lines say something of a row: it is their sum, or would be but for one column. *fails: some columns are not,
 * and nothing is said. */
static bool try_lines(adding *s, size_t whole, size_t from, size_t to, bool *fails) {
    if (to - from < 2) return false;
    s->c->steps += s->lines.at[to - 1].to - s->lines.at[from].from;
    add_lines(s, &s->lines.at[whole], from, to);
    outcome o = add_up(s);
    bool plain = o.good == 1 && o.fails == 1 && is_all(s, &s->in.at[s->lines.at[whole].from]);
    if ((o.good < SURE_FIGURES && !plain) || o.fails > 1) {
        *fails = *fails || o.fails;
        return false;
    }
    if (o.bad) tell_bad(s, o.bad, &s->lines.at[whole], from, to);
    else tell_good(s, &s->lines.at[whole], from, to);
    return true;
}

void gk_relate_rows(gk_checker *c, const gk_relation *r, gk_places in) {
    if (!c->adding) c->adding = gk_alloc_zero(1, sizeof *c->adding); /* too large for a stack frame */
    adding *s = c->adding;
    s->c = c, s->rule = r->rule, s->in = in;
    if (!read_lines(s)) return;
    size_t end = s->lines.len, before = 0; /* the first line behind the last total */
    for (size_t i = 0; i < end; i++) {
        const line *l = &s->lines.at[i];
        if (l->to - l->from < (size_t)(LEAST_FIGURES + !l->total) || (!l->total && i != 0 && i + 1 != end)) continue;
        size_t next = i + 1;
        while (next < end && !s->lines.at[next].total) next++;
        bool fails = false, settled = try_lines(s, i, i + 1, next, &fails) || try_lines(s, i, before, i, &fails);
        if (!settled && before && l->total) settled = try_lines(s, i, before - 1, i, &fails); /* with the total above them */
        if (!settled && before && l->total && i > before + 2) { /* with that and the row behind it, which has the others */
            settled = try_lines(s, before, before + 1, i, &fails);
            settled = try_lines(s, i, before - 1, before + 1, &fails) || settled;
        }
        if (l->total && fails && !settled) gk_not_run(c, GK_REASON_EVIDENCE);
        if (l->total) before = i + 1;
    }
    if (s->wide && before) gk_not_run(c, GK_REASON_WIDE); /* the columns behind those that are read were not added up */
}
