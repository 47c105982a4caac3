/* An amount that the prose tells again with other digits.
 *
 * Worked example: "Tax revenue of the city was 904.3" and pages later "tax revenue of the city reached 940.3". One label may
 * belong to different things, so that two values alone say little; told are values of one subject, measure and year, printed
 * with the same step, that have the same digits in another order, or one digit of many that is another. A label that has a
 * third value belongs to different things. What the prose tells a table may tell again in the row of its total, under the name
 * that its caption says: "Income of the whole county in 2024".
 */
#include <stdlib.h>

#include "base/slots.h"
#include "check/place.h"

enum {
    SHORTEST = 12, /* bytes: shorter labels are too common */
    LEAST_MIXED = 100, LEAST_CHANGED = 10000, /* printed figures: of fewer digits too many are alike */
    NEAR = 10, /* a difference of the last digit alone is one of rounding */
    FIRST_SLOTS = 64
};

/* What is told of one subject, measure and year. */
typedef struct told {
    uint64_t key;
    uint32_t first, other;   /* records; GK_NO_RECORD: there is none */
    uint16_t firsts, others; /* how often each value is told */
    bool more;               /* a third value is told, or one that another step rounds */
} told;

struct gk_repeating {
    gk_slots slots; /* by key, to the number of what is told + 1 */
    GK_VEC(told) list;
};

void gk_repeating_free(struct gk_repeating *s) {
    if (!s) return;
    gk_slots_free(&s->slots);
    gk_vec_free(&s->list);
    free(s);
}

/* What is told under a key; NULL: nothing. */
static told *seek(struct gk_repeating *s, uint64_t key) {
    const gk_slot *slot = gk_slots_first(&s->slots, (uint32_t)key);
    while (slot->at && s->list.at[slot->at - 1].key != key) slot = gk_slots_next(&s->slots, slot);
    return slot->at ? &s->list.at[slot->at - 1] : NULL;
}

/* The same; of a new one nothing yet. */
static told *find(struct gk_repeating *s, uint64_t key) {
    told *at = seek(s, key), *new;
    if (at) return at;
    new = gk_vec_push(&s->list);
    *new = (told){.key = key, .first = GK_NO_RECORD, .other = GK_NO_RECORD};
    gk_slots_add(&s->slots, (uint32_t)key, (uint32_t)s->list.len);
    return new;
}

/* Whether two printed figures have the same digits in another order, or all but one of many. */
static bool is_alike(gk_fixed a, gk_fixed b) {
    gk_fixed least = a < b ? a : b;
    if (least < LEAST_MIXED || (a > b ? a - b : b - a) < NEAR) return false;
    return gk_same_digits(a, b) || (least >= LEAST_CHANGED && gk_one_digit(a, b));
}

static bool is_asked(const gk_checker *c, const gk_token *t) {
    if (!gk_class_in(t->class, GK_CLASSES_PLAIN | GK_CLASS_BIT('c')) || t->year == '-') return false;
    const gk_figure *f = &c->figures.at[t->record];
    return f->known && !f->vague && f->step && (f->value < 0 ? -f->value : f->value) >= (gk_fixed)f->step * LEAST_MIXED;
}

static void note(const gk_checker *c, told *at, uint32_t record) {
    if (at->first == GK_NO_RECORD) {
        at->first = record, at->firsts = 1;
        return;
    }
    const gk_figure *f = &c->figures.at[record], *a = &c->figures.at[at->first];
    if (f->step != a->step) at->more |= !gk_interval_meet(gk_figure_wide(*f), gk_figure_wide(*a));
    else if (f->value == a->value) at->firsts += at->firsts < UINT16_MAX;
    else if (at->other == GK_NO_RECORD) at->other = record, at->others = 1;
    else if (c->figures.at[at->other].value == f->value) at->others += at->others < UINT16_MAX;
    else at->more = true;
}

/* What the total of a table is of, by its caption: without the year, and the words for a table. */
static gk_str named_by(const gk_checker *c, gk_str caption) {
    while (caption.len && gk_is_digit(caption.ptr[0])) caption = gk_str_slice(caption, 1, caption.len);
    caption = gk_str_slice(caption, gk_map_prefix(c->maps.year_words, caption, NULL), caption.len);
    size_t tail = gk_map_suffix(c->maps.caption_tails, caption, NULL);
    return tail ? gk_str_slice(caption, 0, caption.len - tail) : GK_STR_NONE;
}

static void note_total(gk_checker *c, struct gk_repeating *s, uint32_t record) {
    const gk_record *r = gk_record_at(c, record);
    const gk_brief *b = &c->briefs.at[record];
    if (!gk_class_in(b->class, GK_CLASSES_PLAIN) || !c->figures.at[record].known) return;
    gk_str name = named_by(c, r->field[GK_F_TABLE]);
    if (name.len < SHORTEST || gk_map_suffix(c->maps.wide, r->field[GK_F_SUBJECT], NULL)) return;
    told *at = seek(s, gk_told_key(gk_subject_number(c, name), b->class, b->year_key));
    if (at) note(c, at, record);
}

static void tell(gk_checker *c, const told *at) {
    bool swap = at->firsts < at->others;
    uint32_t wrong = swap ? at->first : at->other, right = swap ? at->other : at->first, terms[] = {wrong, right};
    gk_verdict v = gk_verdict_on(c, wrong, GK_STR("same_fact"), GK_STR("checks:told-again"), GK_CONTRADICTS);
    v.formula = GK_STR("the other statement of the same fact");
    v.has_expected = true, v.expected = gk_figure_interval(c->figures.at[right]);
    v.hint = GK_STR("other digits");
    v.terms = terms, v.term_count = 2;
    gk_verdict_add(c, &v);
}

static void judge(gk_checker *c, const told *at) {
    if (at->other == GK_NO_RECORD || at->more) return;
    gk_figure a = c->figures.at[at->first], b = c->figures.at[at->other];
    gk_str label = gk_record_at(c, at->first)->field[GK_F_SUBJECT];
    int sign = a.value < 0 && b.value < 0 ? -1 : 1; /* changes */
    if (label.len >= SHORTEST && is_alike(sign * a.value / a.step, sign * b.value / b.step)) tell(c, at);
}

void gk_check_repeats(gk_checker *c) {
    if (!c->repeating) {
        c->repeating = gk_alloc_zero(1, sizeof *c->repeating);
        gk_slots_open(&c->repeating->slots, FIRST_SLOTS);
    }
    struct gk_repeating *s = c->repeating;
    for (size_t i = 0; i < c->tokens.len; i++) {
        const gk_token *t = &c->tokens.at[i];
        if (is_asked(c, t)) note(c, find(s, gk_told_key(t->subject, t->class, c->briefs.at[t->record].year_key)), t->record);
    }
    for (size_t i = 0; s->list.len && i < c->places.len; i++)
        if (c->places.at[i].part == GK_PART_TOTAL) note_total(c, s, c->places.at[i].record);
    for (size_t i = 0; i < s->list.len; i++) judge(c, &s->list.at[i]);
    if (s->list.len) gk_slots_clear(&s->slots);
    s->list.len = 0;
    c->steps += c->tokens.len;
}
