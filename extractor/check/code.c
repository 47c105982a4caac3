/* Sums of tables by classification code: a class is the sum of its sections, a section of its items, the total of the
 * classes.
 *
 * Worked example: 205 = 20501 + 20502 and 20502 = 2050201 + 2050202, in each column of figures. That the rows of a node are
 * all there is witnessed by another column in which its parts add up, or by its neighbours in its own; a node without a
 * witness is not judged. Where a wrong figure makes its own sum and that above it fail, it is told once: the sum above
 * holds with what the parts say.
 */
#include <stdlib.h>

#include "check/place.h"

typedef struct node {
    gk_fixed sum, right; /* of the parts as printed; and with what their own parts say */
    gk_fixed own;        /* what its parts say where they contradict it, else its value */
    uint64_t column;     /* of header path, measure and year */
    gk_str code;         /* empty: the total */
    uint64_t head;       /* its first eight bytes, as a number in whose order codes stand */
    int64_t step;
    uint32_t record, parts;
    int32_t parent;      /* -1: none */
    uint32_t column_end; /* of the first node of a column: where the next begins */
    bool holds, fails;
    bool strict;         /* the other sums of its column are right to the last digit */
    bool large;          /* it, or one of its parts, is too large to compute with */
} node;

typedef GK_VEC(node) nodes;

/* The nodes of a table, and for each of its places the number of its column. */
struct gk_coding {
    nodes list;
    GK_VEC(uint8_t) bucket;
};

void gk_coding_free(struct gk_coding *s) {
    if (!s) return;
    gk_vec_free(&s->list);
    gk_vec_free(&s->bucket);
    free(s);
}

enum { HEAD = sizeof(uint64_t) };

static uint64_t head_of(gk_str code) {
    uint64_t head = 0;
    for (size_t i = 0; i < HEAD; i++) head = head << 8 | (i < code.len ? (unsigned char)code.ptr[i] : 0);
    return head;
}

/* Most codes are no longer than their heads. */
static int by_code(const node *x, const node *y) {
    if (x->head != y->head) return x->head < y->head ? -1 : 1;
    return gk_str_cmp(x->code, y->code);
}

static bool has_code(const node *x, const node *y) {
    return x->head == y->head && x->code.len == y->code.len && (x->code.len <= HEAD || gk_str_eq(x->code, y->code));
}

/* Whether a code begins with that of another node, which is no total. */
static bool is_below(const node *x, const node *top) {
    if (top->code.len > HEAD) return gk_str_starts(x->code, top->code);
    return x->code.len >= top->code.len && (x->head ^ top->head) >> 8 * (HEAD - top->code.len) == 0;
}

static int by_place(const void *a, const void *b) {
    const node *x = a, *y = b;
    if (x->column != y->column) return x->column < y->column ? -1 : 1;
    int order = by_code(x, y);
    if (order) return order;
    return (x->record > y->record) - (x->record < y->record);
}

/* The nodes of one column, while they are counted. */
typedef struct bucket {
    uint64_t column;
    size_t count, end;
} bucket;

enum { MOST_BUCKETS = 64, MANY = 5 /* parts that are not all there by chance */ };
enum { LEAST_EXACT = 3, MOST_OFF = 2 /* sums of a column */ };

/* The number of a column; the columns of a row come in one order, so that it is mostly the one behind the last. */
static size_t bucket_of(bucket *b, size_t *count, uint64_t column, size_t last) {
    size_t i = last + 1 < *count ? last + 1 : 0;
    if (i < *count && b[i].column == column) return i;
    for (i = 0; i < *count; i++)
        if (b[i].column == column) return i;
    if (*count < MOST_BUCKETS) b[(*count)++] = (bucket){.column = column};
    return i;
}

/* Where the nodes of each column begin, the columns in the order of their keys. */
static void lay_out(bucket *b, size_t count) {
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < count; k++) b[i].end += b[k].column < b[i].column ? b[k].count : 0;
}

/* Numbers the columns of the places that take part, and counts the nodes of each. Returns how many columns there are;
 * MOST_BUCKETS + 1: more than are told apart. */
static size_t number_columns(struct gk_coding *s, gk_places in, bucket *b) {
    size_t count = 0, at = 0;
    s->bucket.len = 0;
    gk_vec_room(&s->bucket, in.len);
    for (size_t i = 0; i < in.len; i++) {
        if (!in.at[i].part) continue;
        at = bucket_of(b, &count, in.at[i].column, at);
        if (at == MOST_BUCKETS) return MOST_BUCKETS + 1;
        s->bucket.at[i] = (uint8_t)at;
        b[at].count++;
    }
    lay_out(b, count);
    return count;
}

/* The figures of a row have one code, which is that of `last` for most of them; NULL: there is none. */
static void set_node(const gk_checker *c, const gk_place *p, const node *last, node *n) {
    const gk_figure *f = &c->figures.at[p->record];
    gk_str code = p->part == GK_PART_CODED ? gk_record_at(c, p->record)->field[GK_F_CODE] : GK_STR_NONE;
    bool same = last && last->code.ptr == code.ptr && last->code.len == code.len;
    *n = (node){.code = code, .record = p->record, .column = p->column, .own = f->value, .large = !f->known, .parent = -1};
    n->head = same ? last->head : head_of(code);
}

static void collect(gk_checker *c, struct gk_coding *s, gk_places in) {
    bucket b[MOST_BUCKETS];
    size_t count = number_columns(s, in, b);
    bool wide = count > MOST_BUCKETS;
    s->list.len = 0;
    gk_vec_room(&s->list, in.parts);
    node *last = NULL;
    for (size_t i = 0; i < in.len; i++) {
        if (!in.at[i].part) continue;
        node *n = &s->list.at[wide ? s->list.len : b[s->bucket.at[i]].end++];
        set_node(c, &in.at[i], last, n);
        last = n, s->list.len++;
    }
    if (wide) qsort(s->list.at, s->list.len, sizeof *s->list.at, by_place);
    for (size_t i = 0; i < count && !wide; i++) {
        node *first = s->list.at + (b[i].end - b[i].count);
        bool in_order = true; /* as the rows of most tables are */
        for (size_t k = 1; k < b[i].count && in_order; k++) in_order = by_place(first + k - 1, first + k) < 0;
        if (!in_order) qsort(first, b[i].count, sizeof *first, by_place);
    }
}

/* Links the nodes of one column, sorted by code, to the longest code that begins theirs. False where a code comes twice. */
static bool link_column(node *n, size_t count) {
    size_t stack[8], depth = 0, top = 0;
    bool mixed = false;
    int32_t total = n[0].code.len ? -1 : 0;
    for (size_t i = 0; i < count; i++) {
        if (i && has_code(&n[i], &n[i - 1])) return false;
        if (!n[i].code.len) continue;
        while (depth && !is_below(&n[i], &n[stack[depth - 1]])) depth--;
        n[i].parent = depth ? (int32_t)stack[depth - 1] : total;
        if (!depth && top && top != n[i].code.len) total = -1, mixed = true; /* a code that lost its head is no class */
        if (!depth) top = n[i].code.len;
        if (depth < 8) stack[depth++] = i;
    }
    for (size_t i = 1; mixed && i < count; i++)
        if (n[i].parent == 0 && !n[0].code.len) n[i].parent = -1;
    return true;
}

/* Figures that were rounded miss by half a step each, those that were cut by a whole one. */
static gk_interval reach(const node *n, gk_fixed sum) {
    gk_fixed off = (gk_fixed)n->step * n->parts;
    if (n->strict) off = off / 2;
    return (gk_interval){sum - off, sum + off};
}

/* Of the sums of a column that hold: whether all but one or two are right to the last digit, and LEAST_EXACT of several parts.
 * Then none of its figures was cut, and what misses by more than rounding can is wrong. */
static bool is_exact(const gk_checker *c, const node *n, size_t count) {
    size_t exact = 0, off = 0;
    for (size_t i = 0; i < count; i++) {
        if (!n[i].parts || n[i].large || c->figures.at[n[i].record].value == 0) continue;
        if (c->figures.at[n[i].record].value != n[i].sum) off += n[i].holds;
        else exact += n[i].parts > 1;
    }
    return off > 0 && off <= MOST_OFF && exact >= LEAST_EXACT;
}

/* Parts come behind their whole in the order of codes, so going backwards each node is complete when it is reached. */
static void judge_nodes(gk_checker *c, node *n, size_t count) {
    for (size_t i = count; i-- > 0;) {
        gk_figure f = c->figures.at[n[i].record];
        if (n[i].parts && n[i].large) gk_not_run(c, GK_REASON_LARGE);
        else if (n[i].parts) {
            gk_interval own = gk_figure_wide(f);
            n[i].holds = gk_interval_meet(own, reach(&n[i], n[i].sum));
            n[i].fails = !n[i].holds && !gk_interval_meet(own, reach(&n[i], n[i].right));
            if (n[i].fails) n[i].own = n[i].right;
        }
        if (n[i].parent < 0) continue;
        node *p = &n[n[i].parent];
        p->parts++;
        bool over = __builtin_add_overflow(p->sum, f.value, &p->sum) || !f.known;
        if (__builtin_add_overflow(p->right, n[i].own, &p->right) || over) p->large = true;
        if (f.step && (!p->step || f.step < p->step)) p->step = f.step;
    }
}

static void judge_column(gk_checker *c, node *n, size_t count) {
    judge_nodes(c, n, count);
    if (!is_exact(c, n, count)) return;
    for (size_t i = 0; i < count; i++) {
        n[i].parts = 0, n[i].sum = n[i].right = 0, n[i].own = c->figures.at[n[i].record].value;
        n[i].holds = n[i].fails = false, n[i].strict = true;
    }
    judge_nodes(c, n, count);
}

/* The one part whose value times or over ten makes the sum right. */
static const node *slipped_part(const gk_checker *c, const node *n, size_t count, size_t of) {
    const node *found = NULL;
    gk_interval own = gk_figure_wide(c->figures.at[n[of].record]);
    for (size_t i = of + 1; i < count && gk_str_starts(n[i].code, n[of].code); i++) {
        gk_fixed v = c->figures.at[n[i].record].value, off = (gk_fixed)n[of].step * n[of].parts;
        if (n[i].parent != (int32_t)of || v / 10 < 20 * off || v == 0) continue;
        if (!gk_interval_meet(own, reach(&n[of], n[of].sum - v + v / 10))) continue;
        if (found) return NULL;
        found = &n[i];
    }
    return found;
}

/* The first node of a column, sorted by code, that does not come before this code. */
static size_t code_from(const nodes *list, size_t from, size_t to, gk_str code) {
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (gk_str_cmp(list->at[middle].code, code) < 0) from = middle + 1;
        else to = middle;
    }
    return from;
}

/* Whether the parts of this code add up in another column of the table, with a figure that is not zero. */
static bool has_witness(gk_checker *c, const nodes *list, const node *n) {
    for (size_t a = 0; a < list->len; a = list->at[a].column_end) {
        c->steps++;
        if (list->at[a].column == n->column) continue;
        for (size_t i = code_from(list, a, list->at[a].column_end, n->code); i < list->at[a].column_end; i++) {
            const node *w = &list->at[i];
            if (!gk_str_eq(w->code, n->code)) break;
            if (w->holds && w->parts <= n->parts && c->figures.at[w->record].value != 0) return true;
        }
    }
    return false;
}

/* Whether a row without a code stands between a figure and the parts of its sum: it may be one whose code was not read. */
static bool has_gap(gk_checker *c, gk_places in, const nodes *list, const node *n) {
    uint32_t end = n->record;
    for (const node *w = n; w < list->at + list->len && w->column == n->column && gk_str_starts(w->code, n->code); w++)
        if (w->record > end) end = w->record;
    c->steps += in.len;
    for (const gk_place *p = in.at; p < in.at + in.len; p++)
        if (p->part == GK_PART_NONE && p->column == n->column && p->record > n->record && p->record < end) return true;
    return false;
}

/* In a table whose rule says that it lists all parts (mode `complete`): whether those of two other codes, or the many of one,
 * add up, and those of none fail to. */
static bool has_neighbours(gk_checker *c, const gk_rule *rule, gk_places in, const nodes *list, const node *n) {
    size_t hold = 0;
    if (!gk_str_eqz(rule->constant[GK_KEY_MODE], "complete") || n->parts <= 2 || !n->code.len) return false;
    c->steps += list->len;
    for (size_t i = 0; i < list->len; i++) {
        const node *w = &list->at[i];
        if (w->code.len != n->code.len || w->parts < 2 || gk_str_eq(w->code, n->code)) continue;
        if (!w->holds) return false;
        hold += c->figures.at[w->record].value == 0 ? 0 : w->parts >= MANY ? 2 : 1;
    }
    return hold >= 2 && !has_gap(c, in, list, n);
}

/* Whether the sum above fails with the figure that is printed, and holds with what its own parts say: two sums tell one
 * figure. */
static bool is_told_above(const gk_checker *c, const node *column, const node *n) {
    const node *above = n->parent < 0 ? NULL : &column[n->parent];
    return above && !above->holds && !above->fails && !above->large && c->figures.at[above->record].value != 0;
}

/* In a table that is whole (see is_whole): whether all other sums of its column hold, that of the total too, and two of them of
 * two parts or more. What lists all parts of the others does so of this one. Of many parts the sum above tells as much; of a
 * single part it must hold, and other rows have single parts as well. */
static bool stands_alone(gk_checker *c, const node *column, size_t count, const node *n) {
    size_t hold = 0, lone = 0;
    if (column->code.len || !column->parts) return false;
    c->steps += count;
    for (size_t i = 0; i < count; i++) {
        const node *w = &column[i];
        if (w == n || !w->parts) continue;
        if (w->large || w->fails) return false;
        hold += w->parts > 1 && c->figures.at[w->record].value != 0;
        lone += w->parts == 1 && c->figures.at[w->record].value != 0;
    }
    bool above = n->parent >= 0 && column[n->parent].holds;
    if (n->parts == 1 && (!above || lone < 2)) return false;
    return hold >= 2 || (n->parts >= MANY && above && c->figures.at[n->record].value != 0);
}

static void tell(gk_checker *c, const gk_rule *rule, const node *column, size_t count, size_t at, gk_status status) {
    const node *n = &column[at], *part = status == GK_CONTRADICTS ? slipped_part(c, column, count, at) : NULL;
    uint32_t *terms = gk_arena_alloc(&c->out->arena, (n->parts + 1) * sizeof *terms);
    uint32_t stated = part ? part->record : n->record;
    gk_verdict v = gk_verdict_on(c, stated, rule->constant[GK_KEY_CHECK], rule->id, status);
    terms[v.term_count++] = n->record;
    for (size_t i = at + 1; i < count && v.term_count <= n->parts; i++)
        if (column[i].parent == (int32_t)at) terms[v.term_count++] = column[i].record;
    v.terms = terms;
    v.has_expected = true;
    v.expected = reach(n, status == GK_CONTRADICTS ? n->right : n->sum);
    v.formula = gk_arena_printf(&c->out->arena, "the sum of %u rows", (unsigned)n->parts);
    if (part) v.hint = GK_STR("printed 10^1 times too large");
    else if (status == GK_CONTRADICTS) v.hint = gk_slip(c, c->figures.at[n->record], v.expected);
    if (part) v.expected = (gk_interval){c->figures.at[stated].value / 10, c->figures.at[stated].value / 10};
    v.sum = !part;
    gk_verdict_add(c, &v);
}

/* What is said of one sum. */
static void say(gk_checker *c, const gk_rule *rule, gk_places in, const nodes *list, size_t from, size_t to, size_t at,
                bool whole) {
    const node *n = &list->at[at];
    if (n->holds && n->parts && c->all)
        tell(c, rule, &list->at[from], to - from, at - from,
             c->figures.at[n->record].value == n->sum ? GK_HOLDS : GK_ROUNDING);
    if (!n->fails) return;
    const node *column = &list->at[from];
    bool sure = has_witness(c, list, n) || has_neighbours(c, rule, in, list, n) ||
                is_told_above(c, column, n) || (whole && stands_alone(c, column, to - from, n));
    if (sure) tell(c, rule, column, to - from, at - from, GK_CONTRADICTS);
    else gk_not_run(c, GK_REASON_EVIDENCE);
}

/* Whether a figure stands under this caption, or in a row with a code of a table without one. */
static bool is_under(const gk_checker *c, const gk_place *p, gk_str caption) {
    gk_str own = gk_record_at(c, p->record)->field[GK_F_TABLE];
    return p->table != GK_NO_TABLE && (own.len ? gk_str_eq(own, caption) : p->part == GK_PART_CODED);
}

/* Whether each row of a table has a code or is a total, and the tables before and behind are no other pages of it. */
static bool is_whole(const gk_checker *c, gk_places in) {
    const gk_place *first = c->places.at, *end = first + c->places.len;
    gk_str caption = gk_record_at(c, in.at->record)->field[GK_F_TABLE];
    if (in.parts < in.len || (in.at > first && is_under(c, in.at - 1, caption))) return false;
    return in.at + in.len == end || !is_under(c, in.at + in.len, caption);
}

/* All nodes of one table. */
static void check_table(gk_checker *c, const gk_rule *rule, gk_places in, nodes *list) {
    bool whole = is_whole(c, in);
    size_t from = 0, to = list->len;
    for (size_t a = from, b; a < to; a = b) {
        for (b = a; b < to && list->at[b].column == list->at[a].column; b++) {}
        list->at[a].column_end = (uint32_t)b;
        if (link_column(&list->at[a], b - a)) judge_column(c, &list->at[a], b - a);
        else gk_not_run(c, GK_REASON_AMBIGUOUS);
    }
    for (size_t a = from, b; a < to; a = b) {
        for (b = a; b < to && list->at[b].column == list->at[a].column; b++) {}
        for (size_t i = a; i < b; i++) say(c, rule, in, list, a, b, i, whole);
    }
}

void gk_relate_codes(gk_checker *c, const gk_relation *r, gk_places in) {
    c->steps += in.len;
    if (!in.parts) return;
    if (!c->coding) c->coding = gk_alloc_zero(1, sizeof *c->coding);
    collect(c, c->coding, in);
    check_table(c, r->rule, in, &c->coding->list);
}
