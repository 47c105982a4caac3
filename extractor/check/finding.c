/* Verdicts become records. */
#include <stdlib.h>

#include "check/engine.h"

static const char *const status_names[] = {
    [GK_HOLDS] = "holds", [GK_ROUNDING] = "rounding", [GK_CONTRADICTS] = "contradicts", [GK_UNDEFINED] = "undefined"};
static const char *const reason_names[] = {
#define X(symbol, name) name,
    GK_REASONS(X)
#undef X
};

void gk_verdict_add(gk_checker *c, const gk_verdict *v) {
    if (!gk_is_told(c, v->status)) return;
    gk_verdict *w = gk_vec_push(&c->verdicts);
    *w = *v;
    uint32_t *terms = gk_arena_alloc(&c->out->arena, (v->term_count + 1) * sizeof *terms);
    if (v->term_count) memcpy(terms, v->terms, v->term_count * sizeof *terms);
    w->terms = terms;
}

gk_verdict gk_verdict_on(const gk_checker *c, uint32_t record, gk_str check, gk_str rule, gk_status status) {
    const gk_record *r = gk_record_at(c, record);
    return (gk_verdict){.check = check, .status = status, .rule = rule, .stated = record, .span = r->span,
                        .raw = r->field[GK_F_RAW], .text = r->field[GK_F_VALUE]};
}

gk_verdict gk_verdict_of_sum(gk_checker *c, const gk_rule *rule, const uint32_t *terms, size_t count, gk_interval sum,
                             gk_status status) {
    gk_verdict v = gk_verdict_on(c, terms[0], rule->constant[GK_KEY_CHECK], rule->id, status);
    v.formula = gk_arena_printf(&c->out->arena, "the sum of %zu parts", count);
    v.has_expected = true, v.expected = sum;
    if (status == GK_CONTRADICTS) v.hint = gk_slip(c, c->figures.at[terms[0]], sum);
    v.terms = terms, v.term_count = count + 1, v.sum = true;
    return v;
}

gk_status gk_status_of(gk_interval stated, gk_interval expected, bool exact) {
    if (!gk_interval_meet(stated, expected)) return GK_CONTRADICTS;
    return exact ? GK_HOLDS : GK_ROUNDING;
}

gk_str gk_slip(const gk_checker *c, gk_figure f, gk_interval expected) {
    static const int powers[] = {1, 2, 4, 3, 8};
    if (f.value == 0 || (expected.lo <= 0 && expected.hi >= 0)) return GK_STR_NONE;
    for (size_t i = 0; i < sizeof powers / sizeof *powers; i++) {
        gk_fixed p = gk_fixed_power(powers[i]), up;
        if (gk_interval_meet(gk_printed_interval(f.value / p, f.step / p), expected))
            return gk_arena_printf(&c->out->arena, "printed 10^%d times too large", powers[i]);
        if (__builtin_mul_overflow(f.value, p, &up)) continue;
        if (gk_interval_meet(gk_printed_interval(up, f.step * p), expected))
            return gk_arena_printf(&c->out->arena, "printed 10^%d times too small", powers[i]);
    }
    return GK_STR_NONE;
}

/* ---- one finding for one place and check */

static int by_place(const void *a, const void *b) {
    const gk_verdict *v = a, *w = b;
    if (v->span.start != w->span.start) return v->span.start < w->span.start ? -1 : 1;
    if (v->span.end != w->span.end) return v->span.end < w->span.end ? -1 : 1;
    int order = gk_str_cmp(v->check, w->check);
    if (order) return order;
    if (v->status != w->status) return v->status > w->status ? -1 : 1;
    if (v->term_count != w->term_count) return v->term_count > w->term_count ? -1 : 1;
    return gk_str_cmp(v->rule, w->rule);
}

static bool same_place(const gk_verdict *v, const gk_verdict *w) {
    return v->span.start == w->span.start && v->span.end == w->span.end && gk_str_eq(v->check, w->check);
}

/* A wrong sign is part of a wrong rate, and a rate without its sign (%) cannot be judged, but where it is no rate at all: what
 * is "214.86 of the plan" may be so many times the plan. */
static bool says_more(gk_checker *c, const gk_verdict *v, const gk_verdict *w) {
    if (v->span.start != w->span.start || v->span.end != w->span.end || w->status != GK_CONTRADICTS) return false;
    if (gk_str_eqz(v->check, "missing_unit"))
        return !gk_str_eqz(w->check, "missing_unit") && !(w->computed && gk_formula_slip(c, w).len);
    return gk_str_eqz(v->check, "change_rate") && gk_str_eqz(w->check, "direction") && v->status == GK_CONTRADICTS;
}

/* Two checks that contradict one figure for one reason: they expect the same of it. The other statement of a fact is the lesser
 * witness. Verdicts of one place stand together. */
static void drop_alike(gk_checker *c) {
    for (size_t i = 0, first = 0; i < c->verdicts.len; i++) {
        gk_verdict *v = &c->verdicts.at[i];
        if (v->span.start != c->verdicts.at[first].span.start) first = i;
        for (size_t k = first; k < i && !v->dropped; k++) {
            gk_verdict *w = &c->verdicts.at[k];
            bool both = v->status == GK_CONTRADICTS && w->status == GK_CONTRADICTS && v->has_expected && w->has_expected;
            if (!both || w->dropped || v->stated != w->stated || !gk_interval_meet(v->expected, w->expected)) continue;
            gk_verdict *less = gk_str_eqz(w->check, "same_fact") ? w : v;
            less->dropped = true;
            (less == v ? w : v)->explains += 1 + less->explains;
        }
    }
}

static void drop_lesser(gk_checker *c) {
    for (size_t i = 0; i < c->verdicts.len; i++) {
        gk_verdict *v = &c->verdicts.at[i];
        if (i > 0 && says_more(c, v, v - 1)) v[-1].dropped = true;
        if (i + 1 < c->verdicts.len && says_more(c, v, v + 1)) v[1].dropped = true;
    }
}

/* They are large: what is in order already is left alone. */
static void sort_verdicts(gk_checker *c) {
    const gk_verdict *v = c->verdicts.at;
    size_t i = 1;
    while (i < c->verdicts.len && by_place(&v[i - 1], &v[i]) <= 0) i++;
    if (i < c->verdicts.len) qsort(c->verdicts.at, c->verdicts.len, sizeof *v, by_place);
}

static void drop_twins(gk_checker *c) {
    size_t kept = 0;
    sort_verdicts(c);
    for (size_t i = 0; i < c->verdicts.len; i++)
        if (kept == 0 || !same_place(&c->verdicts.at[kept - 1], &c->verdicts.at[i])) {
            if (kept < i) c->verdicts.at[kept] = c->verdicts.at[i];
            kept++;
        }
    c->verdicts.len = kept;
}

/* The same where a cause was told of a figure that another verdict is about. */
static void drop_told_twice(gk_checker *c) {
    gk_verdict *last = NULL;
    for (size_t i = 0; i < c->verdicts.len; i++) {
        gk_verdict *v = &c->verdicts.at[i];
        if (v->dropped) continue;
        if (last && same_place(last, v)) v->dropped = true;
        else last = v;
    }
}

/* ---- root causes */

static bool uses(const gk_verdict *v, uint32_t record) {
    for (size_t i = 0; i < v->term_count; i++)
        if (v->terms[i] == record) return true;
    return false;
}

static int by_stated(const void *a, const void *b) {
    const gk_verdict *const *v = a, *const *w = b;
    return ((*v)->stated > (*w)->stated) - ((*v)->stated < (*w)->stated);
}

/* The contradiction that is explained when one of its figures is wrong, as another contradiction says already. */
static bool is_explained(gk_checker *c, gk_verdict *const *causes, size_t count, const gk_verdict *v) {
    for (size_t i = 0; i < v->term_count; i++) {
        size_t low = 0, high = count;
        while (low < high) {
            size_t middle = low + (high - low) / 2;
            if (causes[middle]->stated < v->terms[i]) low = middle + 1;
            else high = middle;
        }
        for (; low < count && causes[low]->stated == v->terms[i]; low++)
            if (causes[low] != v && v->stated != v->terms[i] && gk_holds_with(c, v, v->terms[i], causes[low]->expected))
                return causes[low]->explains++, true;
    }
    return false;
}

/* The finding that a figure lacks its unit; NULL: none. Verdicts are by place. */
static gk_verdict *unit_lacks(gk_checker *c, uint32_t record) {
    gk_span at = gk_record_at(c, record)->span;
    size_t low = 0, high = c->verdicts.len;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (c->verdicts.at[middle].span.start < at.start) low = middle + 1;
        else high = middle;
    }
    for (; low < c->verdicts.len && c->verdicts.at[low].span.start == at.start; low++)
        if (gk_str_eqz(c->verdicts.at[low].check, "missing_unit")) return &c->verdicts.at[low];
    return NULL;
}

/* A sum with a part that lacks its unit fails for that reason, and is told with it. */
static void drop_sums_of_units(gk_checker *c) {
    bool any = false;
    for (size_t i = 0; i < c->verdicts.len && !any; i++) any = gk_str_eqz(c->verdicts.at[i].check, "missing_unit");
    for (size_t i = 0; any && i < c->verdicts.len; i++) {
        gk_verdict *v = &c->verdicts.at[i], *cause = NULL;
        if (v->status != GK_CONTRADICTS || v->computed || !v->has_expected) continue;
        for (size_t k = 0; k < v->term_count && !cause; k++)
            if (v->terms[k] != v->stated) cause = unit_lacks(c, v->terms[k]);
        if (cause) v->dropped = true, cause->explains++;
    }
}

/* A rate computed with a figure that its parts, or another statement of it, contradict is wrong for that reason: it is told
 * with the figure. */
static void group(gk_checker *c) {
    GK_VEC(gk_verdict *) causes = {0};
    for (size_t i = 0; i < c->verdicts.len; i++) {
        gk_verdict *v = &c->verdicts.at[i];
        bool first = !v->computed || gk_str_eqz(v->check, "same_fact");
        if (v->status == GK_CONTRADICTS && first && v->has_expected && v->stated != GK_NO_RECORD && uses(v, v->stated))
            *gk_vec_push(&causes) = v;
    }
    if (causes.len) qsort(causes.at, causes.len, sizeof *causes.at, by_stated);
    for (size_t i = 0; causes.len && i < c->verdicts.len; i++) {
        gk_verdict *v = &c->verdicts.at[i];
        bool open = v->status == GK_CONTRADICTS && v->computed && !v->explains && !v->dropped;
        if (open) v->dropped = is_explained(c, causes.at, causes.len, v);
    }
    gk_vec_free(&causes);
}

/* ---- records */

static gk_str joined_terms(gk_checker *c, const gk_verdict *v) {
    gk_buf *b = &c->sentence;
    gk_buf_clear(b);
    for (size_t i = 0; i < v->term_count; i++) {
        if (i) gk_buf_putc(b, '\x1f');
        gk_buf_put(b, gk_record_at(c, v->terms[i])->id);
    }
    return gk_arena_dup(&c->out->arena, gk_buf_str(b));
}

/* What follows, as it is printed. */
typedef struct range {
    gk_str lo, hi;
} range;

static range range_of(gk_checker *c, const gk_verdict *v) {
    if (!v->has_expected) return (range){GK_STR_NONE, GK_STR_NONE};
    gk_arena *a = &c->out->arena;
    gk_str lo = gk_fixed_text(v->expected.lo, 4, a);
    return (range){lo, v->expected.hi == v->expected.lo ? lo : gk_fixed_text(v->expected.hi, 4, a)};
}

static gk_str expected_json(gk_checker *c, range e) {
    return GK_JOIN(&c->out->arena, GK_STR("{\"low\":\""), e.lo, GK_STR("\",\"high\":\""), e.hi, GK_STR("\"}"));
}

static gk_str message_of(gk_checker *c, const gk_verdict *v, range e) {
    gk_arena *a = &c->out->arena;
    const gk_record *r = v->stated == GK_NO_RECORD ? NULL : gk_record_at(c, v->stated);
    gk_str subject = r ? gk_get(r, r->kind == GK_KIND_INDICATOR ? GK_F_NAME : GK_F_SUBJECT) : GK_STR_NONE;
    if (v->status == GK_UNDEFINED)
        return GK_JOIN(a, v->raw, GK_STR(" is printed for "), subject, GK_STR(", but its base is zero"));
    gk_str of = subject.len ? GK_STR(" for ") : GK_STR("");
    if (!v->has_expected)
        return GK_JOIN(a, v->raw, GK_STR(" is printed"), of, subject, GK_STR(", but "), v->hint.len ? v->hint : v->formula);
    bool one = gk_str_eq(e.lo, e.hi);
    return GK_JOIN(a, v->raw, GK_STR(" is printed"), of, subject, GK_STR(" ("), v->text, GK_STR("), and "), e.lo,
                   one ? GK_STR("") : GK_STR(" to "), one ? GK_STR("") : e.hi, GK_STR(" follows from "), v->formula);
}

enum { NEARBY = 80, /* records on each side */ FEWEST_DIGITS = 3 };

static int significant_digits(gk_fixed v) {
    int n = 0;
    if (v < 0) v = -v;
    while (v && v % 10 == 0) v /= 10;
    for (; v; v /= 10) n++;
    return n;
}

/* Whether a record that is none of the terms prints the stated figure for something else, or for another year. */
static bool is_twin(const gk_checker *c, const gk_verdict *v, size_t i) {
    if (i >= c->records || i == v->stated) return false;
    gk_fixed x = c->figures.at[i].value, y = c->figures.at[v->stated].value;
    if ((x != y && x != -y) || c->briefs.at[i].kind != c->briefs.at[v->stated].kind || uses(v, (uint32_t)i)) return false;
    const gk_record *r = gk_record_at(c, (uint32_t)i), *mine = gk_record_at(c, v->stated);
    return !gk_str_eq(r->field[GK_F_SUBJECT], mine->field[GK_F_SUBJECT]) ||
           !gk_str_eq(r->field[GK_F_YEAR], mine->field[GK_F_YEAR]);
}

/* A wrong figure that another row or year has nearby was taken from there; absent: none has it. */
static gk_str copied(gk_checker *c, const gk_verdict *v) {
    if (v->stated == GK_NO_RECORD || significant_digits(c->figures.at[v->stated].value) < FEWEST_DIGITS) return GK_STR_NONE;
    for (size_t d = 1; d <= NEARBY; d++)
        for (size_t side = 0; side < 2; side++) {
            size_t i = side ? v->stated + d : v->stated - d; /* below the first record it wraps, and is none */
            if (!is_twin(c, v, i)) continue;
            const gk_record *r = gk_record_at(c, (uint32_t)i);
            return gk_arena_printf(&c->out->arena, "the same figure is printed for %.*s (%.*s)",
                                   GK_STR_ARG(r->field[GK_F_SUBJECT]), GK_STR_ARG(r->field[GK_F_YEAR]));
        }
    return GK_STR_NONE;
}

static gk_str hint_of(gk_checker *c, const gk_verdict *v) {
    gk_str hint = v->hint;
    if (!hint.len && v->computed && v->status == GK_CONTRADICTS) hint = gk_formula_slip(c, v);
    if (!hint.len && v->computed && v->status == GK_CONTRADICTS) hint = copied(c, v);
    if (!v->explains) return hint;
    return gk_arena_printf(&c->out->arena, "%.*s%sexplains %u more", GK_STR_ARG(hint), hint.len ? "; " : "",
                           (unsigned)v->explains);
}

/* "f120-134-sum" */
static gk_str id_of(gk_checker *c, const gk_verdict *v) {
    gk_buf *b = &c->sentence;
    gk_buf_clear(b);
    gk_buf_putc(b, 'f');
    gk_buf_put_number(b, v->span.start);
    gk_buf_putc(b, '-');
    gk_buf_put_number(b, v->span.end);
    gk_buf_putc(b, '-');
    gk_buf_put(b, v->check);
    return gk_arena_dup(&c->out->arena, gk_buf_str(b));
}

static void emit(gk_checker *c, const gk_verdict *v) {
    range e = range_of(c, v);
    gk_str terms = joined_terms(c, v), message = message_of(c, v, e);
    gk_record *r = gk_result_add(c->out, GK_KIND_FINDING, v->span);
    r->id = id_of(c, v);
    if (!gk_record_place(r, c->doc, &c->out->arena) && v->stated != GK_NO_RECORD)
        r->page = gk_record_at(c, v->stated)->page;
    if (v->stated != GK_NO_RECORD) r->cell = gk_record_at(c, v->stated)->cell;
    r->field[GK_F_RAW] = v->raw;
    gk_put(r, GK_F_CHECK, v->check, &c->out->arena);
    gk_put(r, GK_F_STATUS, gk_str_of(status_names[v->status]), &c->out->arena);
    gk_put(r, GK_F_FORMULA, v->formula, &c->out->arena);
    gk_put(r, GK_F_TERMS, terms, &c->out->arena);
    gk_put(r, GK_F_STATED, v->text, &c->out->arena);
    if (v->has_expected) gk_put(r, GK_F_EXPECTED, expected_json(c, e), &c->out->arena);
    gk_put(r, GK_F_MESSAGE, message, &c->out->arena);
    gk_put(r, GK_F_HINT, hint_of(c, v), &c->out->arena);
    r->field[GK_F_RULE] = v->rule;
}

static void put_reason(gk_buf *b, const char *name, uint64_t times) {
    gk_buf_put(b, b->len ? GK_STR(",\"") : GK_STR("{\""));
    gk_buf_put(b, gk_str_of(name));
    gk_buf_put(b, GK_STR("\":"));
    gk_buf_put_number(b, times);
}

static gk_str not_run(gk_checker *c) {
    gk_buf *b = &c->sentence;
    gk_buf_clear(b);
    for (size_t i = 0; i < GK_REASON_COUNT; i++)
        if (c->not_run[i]) put_reason(b, reason_names[i], c->not_run[i]);
    if (!b->len) return GK_STR_NONE;
    gk_buf_putc(b, '}');
    return gk_arena_dup(&c->out->arena, gk_buf_str(b));
}

void gk_findings_emit(gk_checker *c) {
    drop_twins(c);
    drop_lesser(c);
    drop_alike(c);
    gk_causes_find(c);
    sort_verdicts(c);
    drop_told_twice(c);
    drop_sums_of_units(c);
    group(c);
    for (size_t i = 0; i < c->verdicts.len; i++)
        if (!c->verdicts.at[i].dropped) emit(c, &c->verdicts.at[i]);
    gk_put(&c->out->document, GK_F_NOT_RUN, not_run(c), &c->out->arena);
}
