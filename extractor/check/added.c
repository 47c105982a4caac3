#include "check/added.h"

enum {
    NEAR = 10,   /* a miss by less than this part of the total is a miss of the figures */
    LEAST = 100, /* of two digits in another order too many are possible */
    SMALL = 20   /* a term that is moved must be so many times what the sum may be off by */
};

static gk_figure fig(const gk_added *a, size_t i) { return a->c->figures.at[a->term[i]]; }

void gk_added_start(gk_added *a, gk_checker *c, const gk_token *total) {
    *a = (gk_added){.c = c, .good = total != NULL};
    gk_added_put(a, total);
    a->plain = 0;
    a->negative = false;
}

void gk_added_put(gk_added *a, const gk_token *t) {
    gk_figure f = t ? a->c->figures.at[t->record] : (gk_figure){0};
    if (!f.known || f.vague || a->count > GK_ADDED_TERMS) a->good = false;
    if (!a->good) return;
    a->off[a->count] = false;
    a->term[a->count++] = t->record;
    a->plain += f.value != 0;
    a->negative = a->negative || f.value < 0;
}

void gk_added_take(gk_added *a, const gk_token *t) {
    gk_added_put(a, t);
    if (a->good) a->off[a->count - 1] = true;
}

/* The finest step that most figures of one unit are printed with: the others dropped their zeros. 0: there is none. */
static int64_t usual_step(const gk_added *a, int8_t power) {
    int64_t finest = 0;
    size_t all = 0, fine = 0;
    for (size_t i = 0; i < a->count; i++) {
        gk_figure f = fig(a, i);
        if (f.power == power && f.step && (!finest || f.step < finest)) finest = f.step;
    }
    for (size_t i = 0; i < a->count; i++) {
        gk_figure f = fig(a, i);
        all += f.power == power, fine += f.power == power && f.step == finest;
    }
    return 2 * fine >= all ? finest : 0;
}

/* What a figure adds, and what it may add, when figures of its unit are printed with their usual step. */
static gk_fixed value_of(const gk_added *a, size_t i) { return a->off[i] ? -fig(a, i).value : fig(a, i).value; }

static gk_interval usual(const gk_added *a, size_t i) {
    gk_figure f = fig(a, i);
    int64_t step = usual_step(a, f.power);
    if (step && step < f.step) f.step = step;
    gk_interval x = gk_figure_wide(f);
    return a->off[i] ? (gk_interval){-x.hi, -x.lo} : x;
}

void gk_added_up(gk_added *a) {
    for (size_t i = 1; i < a->count && a->good; i++) {
        bool over = gk_interval_add(&a->sum, usual(a, i)) != GK_CALC_OK;
        if (over || __builtin_add_overflow(a->exact, value_of(a, i), &a->exact)) a->good = false;
    }
}

bool gk_added_holds(const gk_added *a) { return a->good && a->count > 1 && gk_interval_meet(usual(a, 0), a->sum); }

bool gk_added_far(const gk_added *a) {
    gk_figure total = fig(a, 0);
    gk_fixed off = total.value > a->sum.hi ? total.value - a->sum.hi : a->sum.lo - total.value;
    return off > (total.value < 0 ? -total.value : total.value) / NEAR;
}

/* The one term that makes the total right when its point is moved, as with the unit of the others; 0: there is none, or more
 * than one. `hint` says how. */
static size_t slipped_term(const gk_added *a, gk_interval total, gk_str *hint) {
    static const int powers[] = {1, 2, 4};
    size_t found = 0;
    for (size_t i = 1; i < a->count; i++)
        for (size_t p = 0; p < 6; p++) {
            gk_interval own = usual(a, i), moved = own;
            gk_interval power = gk_interval_at(gk_fixed_power(powers[p / 2] + GK_FIXED_PLACES));
            if ((p % 2 ? gk_interval_times(&moved, power) : gk_interval_over(&moved, power)) != GK_CALC_OK) continue;
            gk_interval sum = {a->sum.lo - own.lo + moved.lo, a->sum.hi - own.hi + moved.hi};
            if (moved.lo < SMALL * (sum.hi - sum.lo) || !gk_interval_meet(sum, total)) continue;
            if (found) return 0;
            found = i;
            *hint = gk_arena_printf(&a->c->out->arena, "printed 10^%d times too %s", powers[p / 2],
                                    p % 2 ? "small" : "large");
        }
    return found;
}

/* The one term whose digits in another order make the total right; 0: there is none, or more than one. One digit that is
 * another says less: what was left out of a list may be a round figure. */
static size_t mixed_term(const gk_added *a, gk_figure total) {
    size_t found = 0;
    for (size_t i = 1; i < a->count; i++) {
        gk_figure f = fig(a, i);
        gk_fixed lacks = total.value - a->exact, other = f.value + (a->off[i] ? -lacks : lacks);
        if (!gk_figure_mixed(&f, other, LEAST)) continue;
        if (found) return 0;
        found = i;
    }
    return found;
}

/* A figure of the sum, whose value `expected` follows: the total, at 0, or one of its terms. */
static void tell(const gk_added *a, const gk_found *m, size_t stated, gk_interval expected, gk_status status, gk_str hint,
                 gk_str where) {
    gk_checker *c = a->c;
    if (!gk_is_told(c, status)) return;
    gk_verdict v = gk_verdict_on(c, a->term[stated], m->by->rule->constant[GK_KEY_CHECK], m->by->rule->id, status);
    const char *what = stated ? "the total less the other figures" : "the sum of the figures";
    v.formula = gk_arena_printf(&c->out->arena, "%s %.*s", what, GK_STR_ARG(where));
    v.has_expected = true, v.expected = expected;
    v.hint = hint;
    v.terms = a->term, v.term_count = a->count, v.sum = !stated;
    gk_verdict_add(c, &v);
}

void gk_added_judge(gk_added *a, const gk_found *m, gk_added_as as, gk_str where) {
    if (!a->good) return gk_not_run(a->c, GK_REASON_VAGUE);
    gk_figure f = fig(a, 0);
    gk_interval total = usual(a, 0);
    gk_status status = gk_status_of(total, a->sum, f.value == a->exact);
    if (status != GK_CONTRADICTS) return tell(a, m, 0, a->sum, status, GK_STR_NONE, where);
    gk_str hint = gk_slip(a->c, f, a->sum);
    if (!hint.len && gk_figure_mixed(&f, a->exact, LEAST)) hint = GK_STR("digits in another order");
    bool far = gk_added_far(a);
    if (hint.len || (as != GK_ADDED_SOME && !far)) return tell(a, m, 0, a->sum, status, hint, where);
    size_t term = slipped_term(a, total, &hint);
    if (!term && (term = mixed_term(a, f)) != 0) hint = GK_STR("digits in another order");
    if (!term && as == GK_ADDED_ALL) return tell(a, m, 0, a->sum, status, hint, where);
    if (!term) return gk_not_run(a->c, GK_REASON_INCOMPLETE);
    gk_fixed v = value_of(a, term);
    gk_interval need = {total.lo - (a->sum.hi - v), total.hi - (a->sum.lo - v)};
    if (a->off[term]) need = (gk_interval){-need.hi, -need.lo};
    tell(a, m, term, need, status, hint, where);
}
