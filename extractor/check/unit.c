/* A figure without the unit of its neighbours. */
#include "check/engine.h"

enum { MOST_GAP = 90 }; /* bytes between the figures of one list */

/* Whether a digit ends at `end`: of one byte, or of full width (U+FF10 to U+FF19). */
static bool digit_ends(gk_str s, size_t end) {
    unsigned char last = (unsigned char)s.ptr[end - 1];
    if (last >= '0' && last <= '9') return true;
    return last >= 0x90 && last <= 0x99 && end >= 3 && s.ptr[end - 3] == '\xEF' && s.ptr[end - 2] == '\xBC';
}

gk_str gk_printed_unit(gk_str raw) {
    size_t end = raw.len;
    while (end > 0 && !digit_ends(raw, end)) end--;
    return gk_str_slice(raw, end, raw.len);
}

static gk_str raw_of(const gk_checker *c, const gk_token *t) { return gk_record_at(c, t->record)->field[GK_F_RAW]; }

/* Whether two figures are of one kind and close by. */
static bool alike(const gk_token *a, const gk_token *b) {
    return b->at >= a->end && b->at - a->end <= MOST_GAP && a->class == b->class && a->year == b->year;
}

/* Whether two figures stand in one list: close by, in one sentence. */
static bool beside(const gk_checker *c, const gk_token *a, const gk_token *b) {
    gk_str text = gk_buf_str(&c->skeleton);
    if (!alike(a, b)) return false;
    gk_str between = gk_str_slice(text, a->end, b->at);
    return gk_str_find(between, GK_STR("\n")) == SIZE_MAX && gk_str_find(between, GK_STR("\xE3\x80\x82")) == SIZE_MAX;
}

/* Whether a unit is what is left of another: nothing, or its tail. */
static bool is_rest(gk_str unit, gk_str of) { return of.len > unit.len && gk_str_ends(of, unit); }

static void tell(gk_checker *c, const gk_token *t, gk_str unit) {
    gk_verdict v = gk_verdict_on(c, t->record, GK_STR("missing_unit"), GK_STR("checks:missing-unit"), GK_CONTRADICTS);
    v.formula = GK_STR("the unit of its neighbours");
    v.hint = gk_arena_printf(&c->out->arena, "its neighbours print %.*s", GK_STR_ARG(unit));
    v.terms = &t->record;
    v.term_count = 1;
    gk_verdict_add(c, &v);
}

/* Quantities are the other classes with small letters. */
static bool is_amount(char class) { return class >= 'a' && class <= 'z' && class != 'n' && class != 'd' && class != 'g'; }

/* A figure between two that print one unit, of which it prints less; a third neighbour confirms. */
static void check_amount(gk_checker *c, size_t i) {
    const gk_token *t = &c->tokens.at[i];
    if (i < 1 || i + 1 >= c->tokens.len || !alike(t - 1, t) || !alike(t, t + 1)) return;
    if (t->subject == t[-1].subject || t->subject == t[1].subject) return;
    gk_str mine = gk_printed_unit(raw_of(c, t)), left = gk_printed_unit(raw_of(c, t - 1));
    if (!is_rest(mine, left) || !gk_str_eq(left, gk_printed_unit(raw_of(c, t + 1)))) return;
    if (!beside(c, t - 1, t) || !beside(c, t, t + 1)) return;
    bool third = (i >= 2 && beside(c, t - 2, t - 1) && gk_str_eq(gk_printed_unit(raw_of(c, t - 2)), left)) ||
                 (i + 2 < c->tokens.len && beside(c, t + 1, t + 2) && gk_str_eq(gk_printed_unit(raw_of(c, t + 2)), left));
    bool small = !mine.len || c->figures.at[t->record].decimals > 0;
    if (third && small && c->figures.at[t->record].value != 0) tell(c, t, left);
}

/* A rate that is printed without its sign at the end of a clause; a range or a row of figures prints it once, at its end. */
static void check_percent(gk_checker *c, size_t i) {
    const gk_token *t = &c->tokens.at[i];
    gk_str text = gk_buf_str(&c->skeleton), behind = gk_str_slice(text, t->end, t->end + 3);
    bool stop = gk_str_starts(behind, GK_STR(",")) || gk_str_starts(behind, GK_STR(";")) ||
                gk_str_starts(behind, GK_STR("\xE3\x80\x82"));
    if (!stop || gk_printed_unit(raw_of(c, t)).len) return;
    bool shared = i + 1 < c->tokens.len && t[1].at - t->end < 12;
    if (shared) return;
    tell(c, t, GK_STR("%"));
}

void gk_check_units(gk_checker *c) {
    for (size_t i = 0; i < c->tokens.len; i++) {
        char class = c->tokens.at[i].class;
        if (is_amount(class)) check_amount(c, i);
        else if (class == 'E' || class == 'R') check_percent(c, i);
    }
}
