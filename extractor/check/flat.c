/* Rows of tables that were lifted without their columns: a total and what it is made of, in one line.
 *
 * Worked example: "21301 farming 342.18 247.62 67.56" among other lines, in which the first figure is the sum of all others, or
 * equal to the only other one: 247.62 and 67.56 are 315.18, not 342.18. Which columns were left empty is not seen; but where
 * most lines of a table add up so, one that does not is wrong.
 */
#include "check/engine.h"

enum { LEAST_RIGHT = 6 /* lines */, LEAST_SUMS = 2 /* of them, of three figures or more */, MOST_FIGURES = 8 };
enum { FEW_WRONG = 4 /* so many hold for each that fails */ };

/* The amounts of one line: they have one label, and no line ends between them. */
static size_t line_from(const gk_checker *c, size_t at) {
    const gk_record *a = gk_record_at(c, c->flat.at[at]);
    size_t end = at + 1;
    for (; end < c->flat.len && c->flat.at[end] == c->flat.at[end - 1] + 1; end++) {
        const gk_record *last = gk_record_at(c, c->flat.at[end - 1]), *b = gk_record_at(c, c->flat.at[end]);
        gk_str between = gk_str_slice(c->doc->text, last->span.end, b->span.start);
        if (!gk_str_eq(a->field[GK_F_SUBJECT], b->field[GK_F_SUBJECT]) || memchr(between.ptr, '\n', between.len)) break;
    }
    return end;
}

/* Whether the first of some figures is the sum of the others: 1; 0: it is not; -1: that is not known. Whole numbers before
 * figures with decimals may be codes. */
static int adds_up(gk_checker *c, size_t from, size_t to, gk_interval *sum) {
    int decimals = c->figures.at[c->flat.at[from]].decimals;
    *sum = gk_interval_at(0);
    for (size_t i = from; i < to; i++) {
        const gk_figure *f = &c->figures.at[c->flat.at[i]];
        if (!f->known || f->value < 0 || f->decimals > decimals) return -1;
        if (!gk_class_in(c->briefs.at[c->flat.at[i]].class, GK_CLASSES_PLAIN)) return -1;
        if (i > from && gk_interval_add(sum, gk_figure_wide(*f)) != GK_CALC_OK) return -1;
    }
    return gk_interval_meet(gk_figure_wide(c->figures.at[c->flat.at[from]]), *sum);
}

static void tell(gk_checker *c, size_t from, size_t to, gk_interval sum, gk_status status) {
    if (!gk_is_told(c, status)) return;
    gk_verdict v = gk_verdict_on(c, c->flat.at[from], GK_STR("sum"), GK_STR("checks:flat-rows"), status);
    v.formula = gk_arena_printf(&c->out->arena, "the sum of %zu figures of its line", to - from - 1);
    v.has_expected = true, v.expected = sum, v.sum = true;
    v.terms = &c->flat.at[from], v.term_count = to - from;
    gk_verdict_add(c, &v);
}

/* The lines of [from, to), which are of one table; `tells`: what fails is told. Returns whether it may be. */
static bool judge(gk_checker *c, size_t from, size_t to, bool tells) {
    size_t right = 0, sums = 0, wrong = 0;
    for (size_t end; from < to; from = end) {
        gk_interval sum;
        end = line_from(c, from);
        int holds = end - from < 2 || end - from > MOST_FIGURES ? -1 : adds_up(c, from, end, &sum);
        bool plain = holds == 1 && c->figures.at[c->flat.at[from]].value != 0;
        right += plain, sums += plain && end - from > 2, wrong += holds == 0;
        if (tells && holds >= 0) tell(c, from, end, sum, holds ? GK_HOLDS : GK_CONTRADICTS);
    }
    return sums >= LEAST_SUMS && right >= LEAST_RIGHT && right >= FEW_WRONG * wrong && (wrong || c->all);
}

void gk_check_flat(gk_checker *c) {
    c->steps += c->flat.len;
    for (size_t from = 0, to; from < c->flat.len; from = to) {
        gk_str table = gk_record_at(c, c->flat.at[from])->field[GK_F_TABLE];
        for (to = from + 1; to < c->flat.len; to++)
            if (!gk_str_eq(gk_record_at(c, c->flat.at[to])->field[GK_F_TABLE], table)) break;
        if (table.len && to - from > 2 * LEAST_RIGHT && judge(c, from, to, false)) judge(c, from, to, true);
    }
}
