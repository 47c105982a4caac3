/* An amount that the prose tells again with other digits.
 *
 * Worked example: "Tax revenue of the city was 904.3" and pages later "tax revenue of the city reached 940.3". One label may
 * belong to different things, so that two values alone say little; told are values of one subject, measure and year, printed
 * with the same step, that have the same digits in another order, or one digit of many that is another. A label that has a
 * third value belongs to different things.
 */
#include <stdlib.h>

#include "check/engine.h"

enum {
    SHORTEST = 18, /* bytes: shorter labels are too common */
    LEAST_MIXED = 100, LEAST_CHANGED = 10000, /* printed figures: of fewer digits too many are alike */
    NEAR = 10, /* a difference of the last digit alone is one of rounding */
    MOST_DIGITS = 36
};

/* What is told of one subject, measure and year. */
typedef struct told {
    uint64_t key;
    uint32_t first, other;     /* records + 1; 0: there is none */
    uint16_t firsts, others;   /* how often each value is told */
    bool more;                 /* a third value is told, or one that another step rounds */
} told;

static uint64_t key_of(const gk_checker *c, const gk_token *t) {
    uint64_t key = (c->briefs.at[t->record].year_key ^ ((uint64_t)t->subject << 8 | (unsigned char)t->class));
    key *= 0x9E3779B97F4A7C15u;
    return key ^ key >> 32;
}

/* In open addressing; `size` is a power of two above the number of figures. */
static told *find(told *table, size_t size, uint64_t key) {
    size_t at = key & (size - 1);
    while (table[at].first && table[at].key != key) at = (at + 1) & (size - 1);
    return &table[at];
}

/* Whether two printed figures have the same digits in another order, or as many but one that is another. */
static bool is_alike(gk_fixed a, gk_fixed b) {
    int count[10] = {0}, off = 0, places = 0, differ = 0;
    gk_fixed least = a < b ? a : b;
    if (least < LEAST_MIXED || (a > b ? a - b : b - a) < NEAR) return false;
    for (; (a || b) && places < MOST_DIGITS; a /= 10, b /= 10, places++) {
        if (!a || !b) return false; /* of different length */
        count[a % 10]++, count[b % 10]--;
        differ += a % 10 != b % 10;
    }
    for (int i = 0; i < 10; i++) off += count[i] != 0;
    return off == 0 || (differ == 1 && least >= LEAST_CHANGED);
}

static bool is_asked(const gk_checker *c, const gk_token *t) {
    const gk_figure *f = &c->figures.at[t->record];
    bool plain = t->class == 'a' || t->class == 'b' || t->class == 'j';
    return plain && t->year != '-' && f->known && !f->vague && f->step && f->value >= (gk_fixed)f->step * LEAST_MIXED;
}

static void note(gk_checker *c, told *at, uint64_t key, uint32_t record) {
    if (!at->first) {
        *at = (told){.key = key, .first = record + 1, .firsts = 1};
        return;
    }
    const gk_figure *f = &c->figures.at[record], *a = &c->figures.at[at->first - 1];
    if (f->step != a->step) at->more |= !gk_interval_meet(gk_figure_wide(*f), gk_figure_wide(*a));
    else if (f->value == a->value) at->firsts += at->firsts < UINT16_MAX;
    else if (!at->other) at->other = record + 1, at->others = 1;
    else if (c->figures.at[at->other - 1].value == f->value) at->others += at->others < UINT16_MAX;
    else at->more = true;
}

static void tell(gk_checker *c, const told *at) {
    bool swap = at->firsts < at->others;
    uint32_t wrong = (swap ? at->first : at->other) - 1, right = (swap ? at->other : at->first) - 1, terms[] = {wrong, right};
    gk_verdict v = gk_verdict_on(c, wrong, GK_STR("same_fact"), GK_STR("checks:told-again"), GK_CONTRADICTS);
    v.formula = GK_STR("the other statement of the same fact");
    v.has_expected = true, v.expected = gk_figure_interval(c->figures.at[right]);
    v.hint = GK_STR("other digits");
    v.terms = terms, v.term_count = 2;
    gk_verdict_add(c, &v);
}

/* How many figures are asked about. */
static size_t count_asked(const gk_checker *c) {
    size_t n = 0;
    for (size_t i = 0; i < c->tokens.len; i++) n += is_asked(c, &c->tokens.at[i]);
    return n;
}

void gk_check_repeats(gk_checker *c) {
    size_t size = 4, asked = count_asked(c);
    while (size < 2 * asked) size *= 2;
    told *table = asked > 1 ? gk_alloc_zero(size, sizeof *table) : NULL;
    bool any = false;
    for (size_t i = 0; table && i < c->tokens.len; i++) {
        const gk_token *t = &c->tokens.at[i];
        if (!is_asked(c, t)) continue;
        uint64_t key = key_of(c, t);
        told *at = find(table, size, key);
        note(c, at, key, t->record);
        any = any || at->other;
    }
    for (size_t i = 0; any && i < size; i++) {
        const told *at = &table[i];
        if (!at->other || at->more) continue;
        gk_figure a = c->figures.at[at->first - 1], b = c->figures.at[at->other - 1];
        gk_str label = gk_record_at(c, at->first - 1)->field[GK_F_SUBJECT];
        if (label.len >= SHORTEST && is_alike(a.value / a.step, b.value / b.step)) tell(c, at);
    }
    c->steps += c->tokens.len;
    free(table);
}
