/* Sums of columns: in each row, a column that is named a total is the sum of the columns beside it.
 *
 * Worked example: the header paths "total", "grants/subtotal", "grants/current", "grants/capital" and "fees" say that
 * grants/subtotal = grants/current + grants/capital and total = grants/subtotal + fees. That the columns of a group are all
 * there is, is witnessed by the other rows: a sum is told only where it holds in most of the rows that have it.
 *
 * A column whose path is the group of others is their total, as is "limit" beside "limit/general bonds" and "limit/special
 * bonds". Where parts are all there is by their nature (family.h), a row needs no witness.
 *
 * Where the columns name what the rows are asked for, a path begins with the label of its row ("east county/general bonds"):
 * paths of one column that differ in nothing but that are one.
 */
#include <stdlib.h>

#include "check/family.h"
#include "check/place.h"

enum { MOST_COLUMNS = 64, MOST_DEPTH = 8 };

/* A column of the table, with what its header path says of sums. */
typedef struct column {
    uint64_t key, context, name; /* `name`: of the path alone */
    uint32_t at;    /* in the grid */
    bool by_row;    /* the label of the row is taken off its path */
    gk_str path;
    gk_str group;   /* the path without its leaf; of a total: what it is the total of */
    bool total;
    int whole;      /* the total it is a part of, -1: none */
    size_t parts, good, bad, open, large; /* rows that hold, fail, have parts and no sum, or figures too large to add */
} column;

enum { NO_COLUMN = 0xFF };

typedef struct gk_summing sheet;

struct gk_summing {
    gk_checker *c;
    const gk_rule *rule;
    gk_places in;
    GK_VEC(uint8_t) at; /* the column of each place, NO_COLUMN: none */
    column col[MOST_COLUMNS];
    size_t cols;
};

static gk_str parent_of(gk_str path) {
    size_t leaf = gk_path_leaf(path).len;
    return leaf < path.len ? gk_str_slice(path, 0, path.len - leaf - 1) : GK_STR("");
}

static bool is_total(const gk_checker *c, gk_str path) {
    gk_str leaf = gk_path_leaf(path);
    bool sum = gk_map_prefix(c->maps.sums, leaf, NULL) == leaf.len;
    return leaf.len && (sum || gk_map_prefix(c->maps.totals, leaf, NULL) == leaf.len);
}

/* A path without its first part; absent: it has one part. */
static gk_str tail_of(gk_str path) {
    const char *slash = path.len ? memchr(path.ptr, '/', path.len) : NULL;
    return slash ? gk_str_slice(path, (size_t)(slash - path.ptr) + 1, path.len) : GK_STR_NONE;
}

/* The column in whose path nothing but the label of the row differs; -1: none. */
static int column_by_row(sheet *s, const gk_place *p, gk_str path) {
    gk_str tail = tail_of(path);
    for (size_t i = 0; tail.len && i < s->cols; i++) {
        column *col = &s->col[i];
        if (col->at != p->col || col->context != p->context) continue;
        if (!gk_str_eq(col->by_row ? col->path : tail_of(col->path), tail)) continue;
        col->by_row = true;
        col->path = tail, col->group = parent_of(tail);
        return (int)i;
    }
    return -1;
}

/* Whether a figure stands in a column: what its row says of measure and year (what is left over in the end) is no matter. */
static bool is_in(const column *col, const gk_place *p) {
    return col->key == p->column || (col->at == p->col && col->name == p->column - p->context);
}

/* The figures of a row stand in the order of the columns: the one behind `guess` is mostly it. */
static uint8_t column_of(sheet *s, const gk_place *p, size_t guess) {
    if (guess < s->cols && is_in(&s->col[guess], p)) return (uint8_t)guess;
    for (size_t i = 0; i < s->cols; i++)
        if (is_in(&s->col[i], p)) return (uint8_t)i;
    gk_str path = gk_record_at(s->c, p->record)->field[GK_F_COLUMN];
    int same = column_by_row(s, p, path);
    if (same >= 0) return (uint8_t)same;
    if (s->cols == MOST_COLUMNS) return NO_COLUMN;
    column *col = &s->col[s->cols++];
    *col = (column){.key = p->column, .context = p->context, .name = p->column - p->context, .at = p->col,
                    .path = path, .group = parent_of(path), .total = is_total(s->c, path), .whole = -1};
    return (uint8_t)(s->cols - 1);
}

/* The total of a group; -1: none, or more than one. */
static int total_of(const sheet *s, gk_str group, uint64_t but) {
    int found = -1;
    for (size_t i = 0; i < s->cols; i++) {
        if (!s->col[i].total || s->col[i].key == but || !gk_str_eq(s->col[i].group, group)) continue;
        if (found >= 0) return -1;
        found = (int)i;
    }
    return found;
}

static bool has_total(const sheet *s, gk_str group) {
    for (size_t i = 0; i < s->cols; i++)
        if (s->col[i].total && gk_str_eq(s->col[i].group, group)) return true;
    return false;
}

/* Columns that others stand under. */
static void mark_groups(sheet *s) {
    for (size_t i = 0; i + 2 < s->cols; i++) {
        column *col = &s->col[i];
        size_t under = 0;
        for (size_t k = i + 1; k < s->cols && !col->total && under < 2; k++)
            under += s->col[k].group.len == col->path.len && col->path.len && gk_str_eq(s->col[k].group, col->path);
        if (under == 2) col->total = true, col->group = col->path;
    }
}

/* Whether a column to the left of a total is of other things: where both have a figure in a row, it has a label of its own. */
static bool is_apart(const sheet *s, size_t part, int whole) {
    const gk_place *p = s->in.at;
    if (s->col[part].at >= s->col[whole].at) return false;
    for (size_t i = 0; i < s->in.len; i++)
        for (size_t k = i + 1; s->at.at[i] == part && k < s->in.len && p[k].row == p[i].row; k++)
            if (s->at.at[k] == whole)
                return !gk_str_eq(gk_record_at(s->c, p[i].record)->field[GK_F_SUBJECT],
                                  gk_record_at(s->c, p[k].record)->field[GK_F_SUBJECT]);
    return false;
}

/* A part belongs to the total of its own group, or of the group around it where its own has none; the total of a group to that
 * of the group around it. */
static void link_columns(sheet *s) {
    for (size_t i = 0; i < s->cols; i++) {
        column *col = &s->col[i];
        gk_str group = col->group;
        if (col->total && !group.len) continue;
        if (col->total) group = parent_of(group);
        col->whole = total_of(s, group, col->key);
        while (col->whole < 0 && group.len && !has_total(s, group)) { /* its members are parts of the total around it */
            group = parent_of(group);
            col->whole = total_of(s, group, col->key);
        }
        if (col->whole >= 0 && is_apart(s, i, col->whole)) col->whole = -1;
        if (col->whole >= 0) s->col[col->whole].parts++;
    }
}

typedef struct sum {
    uint32_t whole, part[MOST_COLUMNS];
    size_t parts;
    gk_interval reach;
    bool known;
} sum;

/* The figures of one row that one total is the sum of. */
static bool add_up(sheet *s, const gk_place *row, size_t count, int whole, sum *out) {
    gk_interval *r = &out->reach;
    s->c->steps += count;
    out->whole = GK_NO_RECORD, out->known = true;
    out->parts = 0, *r = (gk_interval){0, 0};
    for (size_t i = 0; i < count; i++) {
        uint8_t at = s->at.at[row - s->in.at + (ptrdiff_t)i];
        if (at == NO_COLUMN) return false;
        if (at == whole) out->whole = row[i].record;
        if (at == whole || s->col[at].whole == whole) out->known = out->known && s->c->figures.at[row[i].record].known;
        if (s->col[at].whole != whole || out->parts == MOST_COLUMNS) continue;
        gk_interval f = gk_figure_wide(s->c->figures.at[row[i].record]);
        out->part[out->parts++] = row[i].record;
        bool over = __builtin_add_overflow(r->lo, f.lo, &r->lo);
        if (__builtin_add_overflow(r->hi, f.hi, &r->hi) || over) out->known = false;
    }
    return out->whole != GK_NO_RECORD && out->parts > 0;
}

static void tell(sheet *s, const sum *x, gk_status status) {
    gk_checker *c = s->c;
    if (!gk_is_told(c, status)) return;
    gk_verdict v = gk_verdict_on(c, x->whole, s->rule->constant[GK_KEY_CHECK], s->rule->id, status);
    v.formula = gk_arena_printf(&c->out->arena, "the sum of %zu columns", x->parts);
    v.has_expected = true, v.expected = x->reach;
    if (status == GK_CONTRADICTS) v.hint = gk_slip(c, c->figures.at[x->whole], x->reach);
    uint32_t *terms = gk_arena_alloc(&c->out->arena, (x->parts + 1) * sizeof *terms);
    terms[0] = x->whole;
    memcpy(terms + 1, x->part, x->parts * sizeof *terms);
    v.terms = terms, v.term_count = x->parts + 1, v.sum = true;
    gk_verdict_add(c, &v);
}

static gk_status status_of(const sheet *s, const sum *x) {
    gk_figure f = s->c->figures.at[x->whole];
    gk_interval own = gk_figure_wide(f);
    return gk_status_of(own, x->reach, f.value == x->reach.lo + (x->reach.hi - x->reach.lo) / 2);
}

/* A table with a column that it does not print (a place whose figures are not public) fails in some rows and holds in the
 * many where that place has nothing: failures must be rare. A row with parts and no sum says that what passes between the
 * columns (transfers from one level to another) is left out of the sums. */
static bool is_trusted(const column *col) {
    return !col->open && col->good >= 3 && (col->bad == 1 || 20 * col->bad <= col->good);
}

/* Whether the parts of a sum are all there is by their nature. */
static bool are_all(gk_checker *c, const sum *x) {
    size_t from = 0, found = 0;
    gk_str all = gk_subject_families(c, gk_record_subject(c, x->part[0])), family;
    if (!gk_family_next(all, &from, &family)) return false;
    for (size_t i = 0; i < x->parts; i++)
        found += gk_family_has(gk_subject_families(c, gk_record_subject(c, x->part[i])), family);
    return found == x->parts && gk_family_whole(family, found, false);
}

static bool is_sure(gk_checker *c, const column *col, const sum *x) {
    return is_trusted(col) || (!col->open && col->bad == 1 && are_all(c, x));
}

/* First all rows vote, then those that fail are told where most hold. */
static void each_sum(sheet *s, const gk_place *row, size_t count, bool telling) {
    for (int w = 0; w < (int)s->cols; w++) {
        column *col = &s->col[w];
        sum x;
        if (col->parts < 2) continue;
        if (!add_up(s, row, count, w, &x)) {
            col->open += x.whole == GK_NO_RECORD && (x.reach.lo > 0 || x.reach.hi < 0);
            continue;
        }
        if (!x.known) {
            if (telling) gk_not_run(s->c, GK_REASON_LARGE);
            else col->large++;
            continue;
        }
        gk_status status = status_of(s, &x);
        bool plain = s->c->figures.at[x.whole].value != 0;
        if (!telling) col->good += plain && status != GK_CONTRADICTS, col->bad += status == GK_CONTRADICTS;
        else if (status != GK_CONTRADICTS || is_sure(s->c, col, &x)) tell(s, &x, status);
        else if (status == GK_CONTRADICTS) gk_not_run(s->c, GK_REASON_EVIDENCE);
    }
}

static void each_row(sheet *s, bool telling) {
    for (size_t a = 0, b; a < s->in.len; a = b) {
        for (b = a; b < s->in.len && s->in.at[b].row == s->in.at[a].row; b++) {}
        each_sum(s, s->in.at + a, b - a, telling);
    }
}

void gk_summing_free(gk_summing *s) {
    if (s) gk_vec_free(&s->at);
    free(s);
}

void gk_relate_columns(gk_checker *c, const gk_relation *r, gk_places in) {
    if (!c->sheet) c->sheet = gk_alloc_zero(1, sizeof *c->sheet); /* too large for a stack frame */
    sheet *s = c->sheet;
    s->c = c, s->rule = r->rule, s->in = in;
    s->cols = s->at.len = 0;
    bool wide = false, any = false;
    uint8_t at = NO_COLUMN;
    for (size_t i = 0; i < in.len; i++) {
        at = column_of(s, &in.at[i], i && in.at[i].row == in.at[i - 1].row ? (size_t)at + 1 : 0);
        *gk_vec_push(&s->at) = at;
        wide = wide || at == NO_COLUMN;
    }
    if (wide) gk_not_run(c, GK_REASON_WIDE); /* the rows that reach behind the columns that are read are not summed */
    mark_groups(s);
    link_columns(s);
    for (size_t i = 0; i < s->cols; i++) any = any || s->col[i].parts >= 2;
    if (!any) return;
    each_row(s, false);
    any = c->all;
    for (size_t i = 0; i < s->cols; i++) any = any || s->col[i].bad || s->col[i].large;
    if (any) each_row(s, true);
}
