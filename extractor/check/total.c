/* A total that is told behind what was added to make it.
 *
 * Worked example: "Income of the year 278.2, 3.1% more. With transfers from above of 204, loans of 11.9 and a carry-over of
 * 46, the total of income is 540.1." The first amount of the sentence before the list is the base; what stands in brackets is
 * of the item before it. That the list holds all is seen where it adds up; where it misses by much, something was left out of
 * it, or the base is another, unless one term has the unit of another.
 */
#include "check/found.h"

enum {
    MOST_TERMS = 24,
    NEAR = 10, /* a miss by less than this part of the total is a miss of the figures */
    SMALL = 20 /* a term that is moved must be so many times what the sum may be off by */
};

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
    if (!f.known || f.vague || a->count > MOST_TERMS) a->good = false;
    else a->term[a->count++] = t->record;
}

/* The finest step that most figures of one unit are printed with: the others dropped their zeros. 0: there is none. */
static int64_t usual_step(const adding *a, int8_t power) {
    int64_t finest = 0;
    size_t all = 0, fine = 0;
    for (size_t i = 0; i < a->count; i++) {
        gk_figure f = a->c->figures.at[a->term[i]];
        if (f.power == power && f.step && (!finest || f.step < finest)) finest = f.step;
    }
    for (size_t i = 0; i < a->count; i++) {
        gk_figure f = a->c->figures.at[a->term[i]];
        all += f.power == power, fine += f.power == power && f.step == finest;
    }
    return 2 * fine >= all ? finest : 0;
}

/* What a figure may be, when figures of its unit are printed with their usual step. */
static gk_interval usual(const adding *a, gk_figure f) {
    int64_t step = usual_step(a, f.power);
    if (step && step < f.step) f.step = step;
    return gk_figure_wide(f);
}

static void add_up(adding *a) {
    for (size_t i = 1; i < a->count && a->good; i++) {
        gk_figure f = a->c->figures.at[a->term[i]];
        gk_interval wide = usual(a, f);
        bool over = __builtin_add_overflow(a->sum.lo, wide.lo, &a->sum.lo);
        over = __builtin_add_overflow(a->sum.hi, wide.hi, &a->sum.hi) || over;
        if (over || __builtin_add_overflow(a->exact, f.value, &a->exact)) a->good = false;
    }
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

/* Whether a figure has the digits of another in another order. One digit that is another says less: what was left out of a list
 * may be a round figure. */
static bool is_mixed(gk_figure f, gk_fixed other) {
    gk_fixed step = f.step ? f.step : gk_fixed_power(GK_FIXED_PLACES), a = f.value / step, b = other / step;
    return other % step == 0 && a >= 100 && b > 0 && gk_same_digits(a, b); /* of two digits too many are possible */
}

/* A miss that is no slip: far from the total. */
static bool is_far(gk_figure total, gk_interval sum) {
    gk_fixed off = total.value > sum.hi ? total.value - sum.hi : sum.lo - total.value;
    return off > total.value / NEAR;
}

/* The one term that makes the total right when its point is moved, as with the unit of the others; 0: there is none, or more
 * than one. `hint` says how. */
static size_t slipped_term(adding *a, gk_interval total, gk_str *hint) {
    static const int powers[] = {1, 2, 4};
    size_t found = 0;
    for (size_t i = 1; i < a->count; i++)
        for (size_t p = 0; p < 6; p++) {
            gk_interval own = usual(a, a->c->figures.at[a->term[i]]), moved = own;
            gk_interval power = gk_interval_at(gk_fixed_power(powers[p / 2] + GK_FIXED_PLACES));
            if ((p % 2 ? gk_interval_times(&moved, power) : gk_interval_over(&moved, power)) != GK_CALC_OK) continue;
            gk_interval sum = {a->sum.lo - own.lo + moved.lo, a->sum.hi - own.hi + moved.hi};
            if (moved.lo < SMALL * (sum.hi - sum.lo) || !gk_interval_meet(sum, total)) continue;
            if (found) return 0;
            found = i;
            *hint = gk_arena_printf(&a->c->out->arena, "printed 10^%d times too %s", powers[p / 2], p % 2 ? "small" : "large");
        }
    return found;
}

/* The one term whose digits in another order make the total right; 0: there is none, or more than one. */
static size_t mixed_term(const adding *a, gk_figure total) {
    size_t found = 0;
    for (size_t i = 1; i < a->count; i++) {
        gk_figure f = a->c->figures.at[a->term[i]];
        gk_fixed other = f.value + total.value - a->exact;
        if (other <= 0 || !is_mixed(f, other)) continue;
        if (found) return 0;
        found = i;
    }
    return found;
}

/* A figure of the sum, whose value `expected` follows: the total, at 0, or one of its terms. */
static void tell(adding *a, const gk_found *m, size_t stated, gk_interval expected, gk_status status, gk_str hint) {
    gk_checker *c = a->c;
    if (!gk_is_told(c, status)) return;
    gk_verdict v = gk_verdict_on(c, a->term[stated], m->by->rule->constant[GK_KEY_CHECK], m->by->rule->id, status);
    v.formula = stated ? GK_STR("the total less the other figures before it")
                       : gk_arena_printf(&c->out->arena, "the sum of %zu figures before it", a->count - 1);
    v.has_expected = true, v.expected = expected;
    v.hint = hint;
    v.terms = a->term, v.term_count = a->count, v.sum = !stated;
    gk_verdict_add(c, &v);
}

static void judge(adding *a, const gk_found *m) {
    gk_figure f = a->c->figures.at[a->term[0]];
    gk_interval total = usual(a, f);
    gk_status status = gk_status_of(total, a->sum, f.value == a->exact);
    if (status != GK_CONTRADICTS) return tell(a, m, 0, a->sum, status, GK_STR_NONE);
    gk_str hint = gk_slip(a->c, f, a->sum);
    if (!hint.len && is_mixed(f, a->exact)) hint = GK_STR("digits in another order");
    if (hint.len || !is_far(f, a->sum)) return tell(a, m, 0, a->sum, status, hint);
    size_t term = slipped_term(a, total, &hint);
    if (!term && (term = mixed_term(a, f)) != 0) hint = GK_STR("digits in another order");
    if (!term) return gk_not_run(a->c, GK_REASON_INCOMPLETE);
    gk_fixed v = a->c->figures.at[a->term[term]].value;
    tell(a, m, term, (gk_interval){total.lo - (a->sum.hi - v), total.hi - (a->sum.lo - v)}, status, hint);
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
    add_up(&a);
    if (!a.good || !total.known || total.vague || a.count < 3) gk_not_run(c, GK_REASON_VAGUE);
    else judge(&a, m);
}
