/* A total that is told behind what was added to make it.
 *
 * Worked example: "Income of the year 278.2, 3.1% more. With transfers from above of 204, loans of 11.9 and a carry-over of
 * 46, the total of income is 540.1." The first amount of the sentence before the list is the base; what stands in brackets is
 * of the item before it. That the list holds all is seen where it adds up; where it misses by much, something was left out of
 * it, or the base is another.
 */
#include "check/found.h"

enum { MOST_TERMS = 24, NEAR = 10 /* a miss by less than this part of the total is a miss of the figures */ };

typedef struct adding {
    gk_checker *c;
    uint32_t term[MOST_TERMS + 1]; /* the total first */
    size_t count;
    gk_interval sum;
    gk_fixed exact;
    bool good;
} adding;

static bool is_amount(char class) { return gk_class_in(class, GK_CLASSES_AMOUNT | GK_CLASS_BIT('c')); }

static void add(adding *a, const gk_token *t) {
    gk_figure f = a->c->figures.at[t->record];
    gk_interval wide = gk_figure_wide(f);
    if (!f.known || f.vague || a->count > MOST_TERMS) {
        a->good = false;
        return;
    }
    a->term[a->count++] = t->record;
    bool over = __builtin_add_overflow(a->sum.lo, wide.lo, &a->sum.lo);
    over = __builtin_add_overflow(a->sum.hi, wide.hi, &a->sum.hi) || over;
    if (over || __builtin_add_overflow(a->exact, f.value, &a->exact)) a->good = false;
}

/* The amounts of a list that stand in no brackets. */
static void add_list(adding *a, const gk_found *m) {
    const char *text = a->c->skeleton.ptr;
    size_t count;
    const gk_token *t = gk_found_list(a->c, m, &count);
    int depth = 0;
    uint32_t from = a->c->line + m->start;
    for (size_t i = 0; i < count; i++) {
        for (; from < t[i].at; from++) depth += (text[from] == '(') - (text[from] == ')');
        if (depth <= 0 && is_amount(t[i].class)) add(a, &t[i]);
    }
}

/* A miss that is no slip: far from the total. */
static bool is_far(gk_figure total, gk_interval sum) {
    gk_fixed off = total.value > sum.hi ? total.value - sum.hi : sum.lo - total.value;
    return off > total.value / NEAR;
}

void gk_check_total(gk_checker *c, const gk_found *m) {
    const gk_token *whole = gk_found_figure(c, m, GK_ROLE_WHOLE), *base = gk_found_figure(c, m, GK_ROLE_BASE);
    adding a = {.c = c, .good = true};
    if (!whole || !base) {
        gk_not_run(c, GK_REASON_TERM);
        return;
    }
    a.term[a.count++] = whole->record;
    add(&a, base);
    add_list(&a, m);
    gk_figure total = c->figures.at[whole->record];
    if (!a.good || !total.known || total.vague || a.count < 3) {
        gk_not_run(c, GK_REASON_VAGUE);
        return;
    }
    gk_status status = gk_status_of(gk_figure_wide(total), a.sum, total.value == a.exact);
    gk_str hint = status == GK_CONTRADICTS ? gk_slip(c, total, a.sum) : GK_STR_NONE;
    if (status == GK_CONTRADICTS && !hint.len && is_far(total, a.sum)) {
        gk_not_run(c, GK_REASON_INCOMPLETE);
        return;
    }
    if (!gk_is_told(c, status)) return;
    gk_verdict v = gk_verdict_on(c, whole->record, m->by->rule->constant[GK_KEY_CHECK], m->by->rule->id, status);
    v.formula = gk_arena_printf(&c->out->arena, "the sum of %zu figures before it", a.count - 1);
    v.has_expected = true, v.expected = a.sum;
    v.hint = hint;
    v.terms = a.term, v.term_count = a.count, v.sum = true;
    gk_verdict_add(c, &v);
}
