#include "extract/exclusion.h"

#include <stdlib.h>

#include "base/limits.h"

enum { ANSWERS = 4096, DIGITS = 8, MOST_REACH = 0xFFF };

/* Whether an answer saw more is found out when the question comes back. */
typedef enum gk_answer_state {
    ANSWER_NEW,
    ANSWER_HOLDS,
    ANSWER_OPEN /* the rules looked further, and are asked again */
} gk_answer_state;

/* A question has two places; one that was asked once makes room for a new question. Four answers share a line of the
 * cache: nearly every question finds its own in another one. */
typedef struct gk_answered {
    uint32_t before, behind; /* numbers of the gaps, 0: none */
    uint32_t digits;         /* number_of */
    uint32_t rule : 18;      /* 1 + its place in the set, 0: none speaks */
    uint32_t reach : 12;
    uint32_t state : 2; /* gk_answer_state */
} gk_answered;

_Static_assert(GK_MAX_RULES < 1 << 18, "each rule must fit");

struct gk_answers {
    gk_answered at[ANSWERS];
};

struct gk_answers *gk_answers_new(void) { return gk_alloc_zero(1, sizeof(struct gk_answers)); }

void gk_answers_free(struct gk_answers *a) { free(a); }

void gk_answers_clear(struct gk_answers *a) { memset(a, 0, sizeof *a); }

static bool answers(const gk_answered *a, const gk_beside *b, uint32_t digits) {
    return a->before == b->before->number && a->behind == b->behind->number && a->digits == digits;
}

/* The place of the answer, or the place for it. */
static gk_answered *answer_of(struct gk_answers *all, const gk_beside *b, uint32_t digits) {
    uint64_t h = b->before->number * 0x9E3779B97F4A7C15u ^ b->behind->number * 0xC4CEB9FE1A85EC53u;
    h = (h ^ digits) * 0xFF51AFD7ED558CCDu;
    gk_answered *first = &all->at[(h >> 40) % (ANSWERS / 2) * 2], *second = first + 1;
    if (answers(first, b, digits)) return first;
    if (answers(second, b, digits)) return second;
    return first->state != ANSWER_NEW && second->state == ANSWER_NEW ? second : first;
}

void gk_beside_open(const gk_extractor *x, size_t i, gk_beside *b) {
    const gk_gap_at *g = &x->gap_at.at[i];
    b->kept = g[0].gap && g[1].gap;
    b->before = g[0].gap ? g[0].gap : memset(&b->passing[0], 0, sizeof b->passing[0]);
    b->behind = g[1].gap ? g[1].gap : memset(&b->passing[1], 0, sizeof b->passing[1]);
}

/* The text that the rules see, and where it begins in the view. */
typedef struct gk_seen {
    gk_str text;
    uint32_t base;
} gk_seen;

static gk_seen seen_of(const gk_extractor *x, gk_range at) {
    const char *v = x->view->text.ptr;
    bool marked = at.start > 0 && (v[at.start - 1] == '\n' || v[at.start - 1] == '\t');
    uint32_t base = marked ? at.start - 1 : 0;
    return (gk_seen){gk_view_text(x, base, at.end), base};
}

static void ask_sides(gk_extractor *x, const gk_seen *v, gk_range d, gk_beside *b) {
    if (!b->before->rules_behind_known)
        gk_match_side(x->matcher, GK_SCOPE_EXCLUDE, GK_SIDE_BEFORE, v->text, d.start, b->before->rules_behind);
    if (!b->behind->rules_ahead_known)
        gk_match_side(x->matcher, GK_SCOPE_EXCLUDE, GK_SIDE_BEHIND, v->text, d.end, b->behind->rules_ahead);
    b->before->rules_behind_known = b->behind->rules_ahead_known = true;
}

/* Whether the sides of the number leave a rule to be asked. `d`: the digits within the text that is seen. */
static bool may_speak(gk_extractor *x, const gk_seen *v, gk_range d, gk_beside *b) {
    if (gk_set_side_words(x->set, GK_SCOPE_EXCLUDE) > GK_GAP_WORDS) return true;
    ask_sides(x, v, d, b);
    return gk_match_may(x->matcher, GK_SCOPE_EXCLUDE, v->text, d.start, d.end, b->before->rules_behind,
                        b->behind->rules_ahead);
}

static bool ask(gk_extractor *x, const gk_seen *v, gk_range d, gk_beside *b, gk_exclusion *out) {
    gk_match match;
    bool large = gk_set_side_words(x->set, GK_SCOPE_EXCLUDE) > GK_GAP_WORDS;
    *out = (gk_exclusion){0};
    if (large ? !gk_match_best(x->matcher, GK_SCOPE_EXCLUDE, v->text, d.start, d.end, &match)
              : !gk_match_sided(x->matcher, GK_SCOPE_EXCLUDE, v->text, d.start, d.end, b->before->rules_behind,
                                b->behind->rules_ahead, &match))
        return false;
    out->rule = match.rule;
    out->class = gk_match_value(&match, v->text, GK_KEY_CLASS);
    out->reach = (match.end > d.end ? match.end : d.end) - d.start;
    return true;
}

/* Whether the answer saw nothing but the number and its gaps. Before the first gap the rules see nothing anyway. */
static bool is_settled(gk_extractor *x, const gk_seen *v, gk_range d, const gk_beside *b, const gk_exclusion *e) {
    if (e->rule && e->rule->group_of[GK_KEY_CLASS]) return false; /* the class is text */
    const gk_gap_at *before = gk_gap_before(x, d.start + v->base), *behind = before + 1;
    uint32_t from = before == x->gap_at.at ? 0 : before->start - v->base;
    return gk_match_settled(x->matcher, GK_SCOPE_EXCLUDE, v->text, d.start, d.end, b->before->rules_behind,
                            b->behind->rules_ahead, from, behind->end - v->base);
}

/* The digits as one number, four bits each: "07" is 0x18. False for a figure with decimals, which hardly comes again and
 * for which few rules are candidates, unlike years, days and list marks. */
static bool number_of(gk_str printed, uint32_t *number) {
    *number = 0;
    for (size_t i = 0; i < printed.len; i++) {
        if (printed.ptr[i] < '0' || i == DIGITS) return false;
        *number = *number << 4 | (uint32_t)(printed.ptr[i] - '0' + 1);
    }
    return true;
}

/* What was answered; false: no rule speaks. */
static bool take_answer(const gk_extractor *x, const gk_answered *a, gk_exclusion *out) {
    size_t count;
    if (!a->rule) return false;
    const gk_rule *rule = gk_set_rules(x->set, &count) + a->rule - 1;
    *out = (gk_exclusion){rule, rule->constant[GK_KEY_CLASS], a->reach};
    return true;
}

bool gk_exclusion_of(gk_extractor *x, gk_range at, gk_range digits, gk_beside *b, gk_exclusion *out) {
    gk_seen v = seen_of(x, at);
    gk_range d = {digits.start - v.base, digits.end - v.base};
    uint32_t number;
    if (!may_speak(x, &v, d, b)) return false;
    if (!b->kept || !number_of(gk_str_slice(v.text, d.start, d.end), &number) || x->trace)
        return ask(x, &v, d, b, out);
    gk_answered *a = answer_of(x->answers, b, number);
    bool known = answers(a, b, number);
    if (known && a->state == ANSWER_HOLDS) return take_answer(x, a, out);
    uint64_t limits = gk_matcher_limits(x->matcher), tries = gk_matcher_tries(x->matcher);
    bool speaks = ask(x, &v, d, b, out);
    if (tries == gk_matcher_tries(x->matcher) || out->reach > MOST_REACH || (known && a->state == ANSWER_OPEN))
        return speaks;
    bool holds = known && limits == gk_matcher_limits(x->matcher) && is_settled(x, &v, d, b, out);
    gk_answer_state state = holds ? ANSWER_HOLDS : known ? ANSWER_OPEN : ANSWER_NEW;
    *a = (gk_answered){b->before->number, b->behind->number, number, out->rule ? (out->rule->order + 1) & 0x3FFFFu : 0,
                       out->reach & MOST_REACH, state};
    return speaks;
}
