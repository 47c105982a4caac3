/* Lists of one document that tell the same items.
 *
 * Worked example: "repaid 53.6 (bonds issued again 47.8, budget 5.8)" adds up, and further down stands "repaid 9.3 (bonds
 * issued again 6.5, budget 0.8)". A document tells its levels and years by one template: what makes up the one total makes up
 * the other, so that 6.5 + 0.8 = 7.3 contradicts the 9.3. A list that was not known to be complete waits until all lists are
 * read; it is told where one with the same labels in the same order adds up. What is counted has more often a rest that is
 * not told.
 */
#include <stdlib.h>

#include "check/list.h"

enum {
    FINE = 100, COARSE = 20, /* steps of a head: of coarse figures any two add up, so that two lists are asked for */
    FACTOR = 3
};

static uint64_t mix(uint64_t key, uint32_t subject) {
    key = (key ^ subject) * 0x9E3779B97F4A7C15u;
    return key ^ key >> 31;
}

void gk_twin_holds(const struct gk_list *l, const gk_column *col) {
    const gk_figure *f = gk_list_figure(l, col->head);
    uint64_t key = 0;
    if (col->last < 2 || col->last > GK_WAITING_ITEMS || f->value < (gk_fixed)f->step * COARSE) return;
    for (size_t i = 0; i < col->last; i++) key = mix(key, col->item[i]->subject);
    *gk_vec_push(&l->c->twins) = key;
    if (f->value >= (gk_fixed)f->step * FINE) *gk_vec_push(&l->c->twins) = key;
}

/* Whether a word behind the last item says that there are more. */
static bool goes_on(const struct gk_list *l, const gk_column *col) {
    const gk_token *last = col->item[col->count - 1];
    gk_str behind = gk_str_slice(gk_buf_str(&l->c->skeleton), last->end, l->c->skeleton.len);
    return gk_map_prefix(l->c->maps.goes_on, behind, NULL) > 0;
}

void gk_twin_waits(const struct gk_list *l, const gk_column *col) {
    gk_waiting w = {.rule = l->m->by->rule, .head = col->head->record, .step = col->step};
    if (col->count < 2 || col->head->class == 'n' || gk_list_figure(l, col->head)->value <= 0 || goes_on(l, col)) return;
    for (; w.count < col->count && w.count < GK_WAITING_ITEMS; w.count++) {
        const gk_token *t = col->item[w.count];
        if (gk_list_figure(l, t)->value <= 0) return;
        w.item[w.count] = t->record, w.subject[w.count] = t->subject;
    }
    *gk_vec_push(&l->c->waiting) = w;
}

static int by_key(const void *a, const void *b) {
    const uint64_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

/* Whether a key was noted twice: of two lists, or of one with a fine figure. */
static bool is_noted(const gk_checker *c, uint64_t key) {
    const uint64_t *keys = c->twins.at, *end = keys + c->twins.len;
    const uint64_t *at = bsearch(&key, keys, c->twins.len, sizeof *keys, by_key);
    return at && ((at > keys && at[-1] == key) || (at + 1 < end && at[1] == key));
}

/* The first items of a list that another adds up of. */
static void tell(gk_checker *c, const gk_waiting *w, size_t count) {
    uint32_t terms[GK_WAITING_ITEMS + 1] = {w->head};
    gk_fixed sum = 0, head = c->figures.at[w->head].value, off = (gk_fixed)w->step * (gk_fixed)count;
    for (size_t i = 0; i < count; i++) {
        terms[i + 1] = w->item[i];
        if (__builtin_add_overflow(sum, c->figures.at[w->item[i]].value, &sum)) return;
    }
    gk_interval expected = {sum - off, sum + off};
    bool near = sum / FACTOR <= head && head / FACTOR <= sum;
    if (!near || gk_interval_meet(gk_figure_interval(c->figures.at[w->head]), expected)) return;
    gk_verdict v = gk_verdict_of_sum(c, w->rule, terms, count, expected, GK_CONTRADICTS);
    gk_verdict_add(c, &v);
}

void gk_check_twins(gk_checker *c) {
    if (c->twins.len && c->waiting.len) qsort(c->twins.at, c->twins.len, sizeof *c->twins.at, by_key);
    for (size_t i = 0; c->twins.len && i < c->waiting.len; i++) {
        const gk_waiting *w = &c->waiting.at[i];
        uint64_t key = 0;
        size_t found = 0;
        c->steps += w->count;
        for (size_t k = 0; k < w->count; k++) {
            key = mix(key, w->subject[k]);
            if (k && is_noted(c, key)) found = k + 1;
        }
        if (found) tell(c, w, found);
    }
    c->twins.len = c->waiting.len = 0;
}
