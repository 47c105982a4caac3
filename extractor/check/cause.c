/* The figure that several contradictions share.
 *
 * Worked example: a cell is printed 12.6 for 16.2. The sum of its row misses by 3.6, so does that of its column, and each
 * names its own total. Both hold when this one cell is 3.6 more: it is told, with the value that makes both right, and explains
 * the other. Each contradiction of a sum says of every figure in it by how much that figure would have to change; a figure of
 * which two or more say the same is the cause.
 */
#include <stdlib.h>

#include "check/engine.h"

/* By how much a figure would have to change to make one verdict right. */
typedef struct blame {
    uint32_t record, verdict;
    gk_interval by;
} blame;

typedef GK_VEC(blame) blames;

/* A figure with the verdicts that say the same of it. */
typedef struct cause {
    size_t first, count; /* in the blames */
    size_t agree;
} cause;

enum { MOST_SHARED = 32 /* verdicts looked at for one figure */ };

static int by_record(const void *a, const void *b) {
    const blame *x = a, *y = b;
    if (x->record != y->record) return x->record < y->record ? -1 : 1;
    return (x->verdict > y->verdict) - (x->verdict < y->verdict);
}

static int by_weight(const void *a, const void *b) {
    const cause *x = a, *y = b;
    if (x->agree != y->agree) return x->agree > y->agree ? -1 : 1;
    return (x->first > y->first) - (x->first < y->first);
}

static bool is_blaming(const gk_verdict *v) {
    return v->sum && !v->dropped && v->status == GK_CONTRADICTS && v->stated != GK_NO_RECORD;
}

/* Most figures are in one contradiction alone: what that says of them is not needed. */
static void count_blames(gk_checker *c) {
    for (uint32_t i = 0; i < c->verdicts.len; i++) {
        const gk_verdict *v = &c->verdicts.at[i];
        for (size_t k = 0; is_blaming(v) && k < v->term_count; k++) {
            uint8_t *mark = &c->judged.at[v->terms[k]];
            *mark |= *mark & GK_BLAMED ? GK_BLAMED_AGAIN : GK_BLAMED;
        }
    }
}

static void collect(gk_checker *c, blames *list) {
    count_blames(c);
    for (uint32_t i = 0; i < c->verdicts.len; i++) {
        const gk_verdict *v = &c->verdicts.at[i];
        if (!is_blaming(v)) continue;
        gk_fixed is = c->figures.at[v->stated].value;
        gk_interval by = {v->expected.lo - is, v->expected.hi - is};
        for (size_t k = 0; k < v->term_count; k++) {
            bool own = v->terms[k] == v->stated;
            if (c->judged.at[v->terms[k]] & GK_BLAMED_AGAIN)
                *gk_vec_push(list) = (blame){v->terms[k], i, own ? by : (gk_interval){-by.hi, -by.lo}};
        }
    }
    if (list->len) qsort(list->at, list->len, sizeof *list->at, by_record);
}

static bool is_done(const gk_verdict *v) { return v->dropped || v->settled; }

/* The verdicts that are still open and agree with the one at `k`; *by becomes what all of them allow. */
static size_t agreeing(const gk_checker *c, const blame *at, size_t count, size_t k, gk_interval *by, uint32_t *out) {
    size_t n = 0;
    *by = at[k].by;
    for (size_t i = k; i < count; i++) {
        if (is_done(&c->verdicts.at[at[i].verdict]) || !gk_interval_meet(*by, at[i].by)) continue;
        if (at[i].by.lo > by->lo) by->lo = at[i].by.lo;
        if (at[i].by.hi < by->hi) by->hi = at[i].by.hi;
        out[n++] = at[i].verdict;
    }
    return n;
}

static size_t most_agreeing(const gk_checker *c, const blame *at, size_t count, gk_interval *by, uint32_t *out) {
    uint32_t found[MOST_SHARED];
    size_t best = 0;
    if (count > MOST_SHARED) count = MOST_SHARED;
    for (size_t k = 0; k < count && count - k > best; k++) {
        gk_interval reach;
        size_t n = is_done(&c->verdicts.at[at[k].verdict]) ? 0 : agreeing(c, at, count, k, &reach, found);
        if (n <= best) continue;
        best = n, *by = reach;
        memcpy(out, found, n * sizeof *out);
    }
    return best;
}

/* Tells the verdict that names the figure, or the first of the others as one that does, with all of them. */
static void tell_cause(gk_checker *c, uint32_t record, gk_interval by, const uint32_t *verdict, size_t count) {
    gk_verdict *told = &c->verdicts.at[verdict[0]];
    for (size_t i = 0; i < count; i++)
        if (c->verdicts.at[verdict[i]].stated == record) told = &c->verdicts.at[verdict[i]];
    if (told->stated != record) {
        gk_verdict v = gk_verdict_on(c, record, told->check, told->rule, told->status);
        gk_fixed is = c->figures.at[record].value;
        v.formula = GK_STR("the sums that it is part of");
        v.terms = told->terms, v.term_count = told->term_count;
        v.has_expected = true, v.expected = (gk_interval){is + by.lo, is + by.hi};
        v.hint = gk_slip(c, c->figures.at[record], v.expected);
        v.explains = told->explains;
        *told = v;
    }
    for (size_t i = 0; i < count; i++) {
        gk_verdict *v = &c->verdicts.at[verdict[i]];
        if (v == told) continue;
        v->dropped = true;
        told->explains += 1 + v->explains;
    }
    told->settled = true;
}

void gk_causes_find(gk_checker *c) {
    blames list = {0};
    GK_VEC(cause) causes = {0};
    uint32_t verdict[MOST_SHARED];
    gk_interval by;
    collect(c, &list);
    c->steps += list.len;
    for (size_t a = 0, b; a < list.len; a = b) {
        for (b = a; b < list.len && list.at[b].record == list.at[a].record; b++) {}
        size_t agree = b - a > 1 ? most_agreeing(c, &list.at[a], b - a, &by, verdict) : 0;
        if (agree > 1) *gk_vec_push(&causes) = (cause){a, b - a, agree};
    }
    if (causes.len) qsort(causes.at, causes.len, sizeof *causes.at, by_weight);
    for (size_t i = 0; i < causes.len; i++) {
        const blame *at = &list.at[causes.at[i].first];
        size_t agree = most_agreeing(c, at, causes.at[i].count, &by, verdict);
        if (agree > 1) tell_cause(c, at->record, by, verdict, agree);
    }
    gk_vec_free(&causes);
    gk_vec_free(&list);
}
