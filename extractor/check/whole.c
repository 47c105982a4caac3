/* Shares whose whole does not stand beside them.
 *
 * A share may name a whole that is told pages before or behind it: "spending on the people 143.6, which is 76.5% of the general
 * budget spending". It is looked for among all figures of its measure and year, under its full name: names that are told of one
 * level of government and shares of another do not go together. One figure that makes the share right is enough; where all
 * that have the name say another thing, and agree, the share is wrong.
 *
 * Worked example of a whole that is told nowhere: "A 119.06, a share of 14.2%; B 85.14, 8.8%; C 30.22, 3.1%; D 52.32, 5.4%;
 * E 39.61, 4.1%; F 10.73, 1.1%" say that the whole is about 838, 967, 975, 969, 966, 975: all but the first can be shares of
 * 968, of which A would be 12.3%.
 */
#include "check/name.h"
#include "check/share.h"

enum {
    LEAST_NAME = 18,  /* bytes of a name that tells its whole from others, wherever it stands */
    MOST_NAMED = 64,  /* shares of a document that are looked for */
    LEAST_ALIKE = 4,  /* shares that agree on a whole which is not told */
    MOST_ALIKE = 64,
    NEIGHBOUR = 600,  /* bytes between two shares of a list */
    BEFORE = 120      /* bytes before a part that say what it is of */
};

static bool is_plain(char class) { return gk_class_in(class, GK_CLASSES_AMOUNT | GK_CLASS_BIT('n')); }
static const gk_figure *fig(const gk_checker *c, const gk_token *t) { return &c->figures.at[t->record]; }

/* Whether nothing is known of a share yet. */
static bool is_open(const gk_checker *c, const gk_token *share) {
    uint8_t judged = c->judged.at[share->record];
    return !(judged & GK_JUDGED) || judged & GK_DOUBTED;
}

/* Whether a share is printed in digits: words for tenths are not exact. */
static bool is_counted(const gk_checker *c, const gk_token *share) {
    gk_str raw = gk_record_at(c, share->record)->field[GK_F_RAW];
    return raw.len && raw.ptr[0] >= '0' && raw.ptr[0] <= '9';
}

/* The figure that a share is told of: the one before it, of its subject and in its line; NULL: there is none. */
static const gk_token *part_of(const gk_checker *c, const gk_token *share) {
    const gk_token *part = share;
    for (int i = 0; i < 4 && part > c->tokens.at; i++)
        if ((--part)->subject == share->subject && is_plain(part->class)) break;
    bool good = part < share && part->subject == share->subject && is_plain(part->class) && part->year == share->year;
    const gk_figure *f = fig(c, part), *s = fig(c, share);
    good = good && is_counted(c, share) && f->known && s->known && !f->vague && !s->vague;
    return good && !memchr(c->skeleton.ptr + part->end, '\n', share->at - part->end) ? part : NULL;
}

/* ---- wholes that stand elsewhere */

/* Whether words around a share say that it has a base of its own, or that it is of one level of government; *level: the
 * label of its part begins with that one. */
static bool is_narrow(const gk_checker *c, const gk_token *part, const gk_token *share, gk_str *level) {
    uint32_t from = part->at > BEFORE ? part->at - BEFORE : 0;
    gk_str before = gk_str_slice(gk_buf_str(&c->skeleton), from, share->at);
    size_t len, line;
    while ((line = gk_str_find(before, GK_STR("\n"))) != SIZE_MAX) before = gk_str_slice(before, line + 1, before.len);
    if (gk_map_find(c->maps.other_base, before, 0, &len, NULL) != SIZE_MAX) return true;
    size_t at = gk_map_find(c->maps.levels, before, 0, &len, NULL);
    if (at == SIZE_MAX) return false;
    gk_str name = gk_subject_text(c, part->subject), word = gk_str_slice(before, at, at + len);
    bool again = gk_map_find(c->maps.levels, gk_str_slice(before, at + len, before.len), 0, &len, NULL) != SIZE_MAX;
    *level = gk_str_starts(name, word) && !again ? word : GK_STR_NONE;
    return !level->len;
}

/* The figures of the document that can be the whole: those of the name, not less than the part. */
static bool can_be(const gk_checker *c, const gk_token *t, const gk_token *part, gk_str core) {
    gk_str name = gk_subject_text(c, t->subject);
    if (t->class != part->class || t->year != part->year || t->subject == part->subject || name.len < core.len) return false;
    if (fig(c, t)->vague || fig(c, t)->value < fig(c, part)->value || gk_str_find(name, core) == SIZE_MAX) return false;
    return gk_str_eq(gk_whole_core(c, name), core);
}

/* Half as much as follows, or twice as much, is of another whole. */
static bool is_far(const gk_checker *c, const gk_token *share, gk_interval expected) {
    gk_fixed v = fig(c, share)->value;
    return v > 2 * expected.hi || 2 * v < expected.lo;
}

/* False: no figure can be the whole. */
static bool check_named(gk_checker *c, const gk_token *part, const gk_token *share, gk_str core) {
    const gk_token *whole = NULL;
    gk_ask ask = gk_share_asked;
    gk_answer a, found = {.status = GK_HOLDS};
    ask.rule = GK_STR("checks:whole-elsewhere");
    for (size_t i = 0; i < c->tokens.len; i++) {
        const gk_token *t = &c->tokens.at[i];
        if (!can_be(c, t, part, core)) continue;
        gk_terms terms = gk_share_terms(c, part, t, share);
        bool same = !whole || gk_interval_meet(gk_figure_interval(*fig(c, t)), gk_figure_interval(*fig(c, whole)));
        if (!gk_terms_good(c, &terms) || !gk_formula_answer(c, &ask, &terms, &a)) return true;
        bool wrong = a.status == GK_CONTRADICTS;
        if (wrong && is_far(c, share, a.expected)) continue; /* it is another whole of this name */
        if (wrong && !same) return gk_not_run(c, GK_REASON_AMBIGUOUS), true;
        if (!whole || !wrong) whole = t, found = a;
        if (!wrong) break;
    }
    if (!whole || !gk_is_told(c, found.status)) return whole;
    gk_terms terms = gk_share_terms(c, part, whole, share);
    gk_verdict v = gk_formula_told(c, &ask, &terms, &found);
    gk_verdict_add(c, &v);
    return true;
}

/* "Its total spending" for "its spending", where a document of one office says both of one figure; absent: it says neither. */
static gk_str plain_total(gk_checker *c, gk_str core) {
    gk_str plain, report = gk_get(&c->out->document, GK_F_REPORT);
    size_t tail = gk_map_suffix(c->maps.said_totals, core, &plain);
    if (!tail || (!gk_str_eqz(report, "budget") && !gk_str_eqz(report, "final_account"))) return GK_STR_NONE;
    return GK_JOIN(&c->out->arena, gk_str_slice(core, 0, core.len - tail), plain);
}

static void check_elsewhere(gk_checker *c) {
    size_t asked = 0;
    for (size_t i = 0; i < c->tokens.len && asked < MOST_NAMED; i++) {
        const gk_token *share = &c->tokens.at[i];
        if (share->class != 'S' || c->judged.at[share->record] & GK_JUDGED) continue;
        gk_str core = gk_whole_core(c, gk_whole_named(c, share));
        const gk_token *part = core.len >= LEAST_NAME ? part_of(c, share) : NULL;
        gk_str level = GK_STR_NONE;
        if (!part || is_narrow(c, part, share, &level)) continue;
        if (level.len) core = GK_JOIN(&c->out->arena, level, core);
        asked++;
        if (!check_named(c, part, share, core) && (core = plain_total(c, core)).len >= LEAST_NAME)
            check_named(c, part, share, core);
    }
}

/* ---- wholes that are not told */

typedef struct alike {
    const gk_token *part[MOST_ALIKE], *share[MOST_ALIKE];
    gk_interval whole[MOST_ALIKE]; /* that the share says */
    size_t count;
} alike;

/* The whole that a share says: part * 100 / share. */
static bool whole_of(const gk_checker *c, const gk_token *part, const gk_token *share, gk_interval *out) {
    gk_interval percent = gk_figure_wide(*fig(c, share));
    *out = gk_figure_wide(*fig(c, part));
    if (out->lo <= 0 || percent.lo <= 0) return false;
    if (gk_interval_times(out, gk_interval_at(100 * gk_fixed_power(GK_FIXED_PLACES))) != GK_CALC_OK) return false;
    return gk_interval_over(out, percent) == GK_CALC_OK;
}

/* What most of the wholes have in common: the part of them that all but one cover; `odd` is the one that does not. */
static bool common_of(const alike *a, gk_interval *common, size_t *odd) {
    for (*odd = 0; *odd < a->count; ++*odd) {
        bool first = true;
        for (size_t i = 0; i < a->count; i++) {
            if (i == *odd) continue;
            if (first || a->whole[i].lo > common->lo) common->lo = a->whole[i].lo;
            if (first || a->whole[i].hi < common->hi) common->hi = a->whole[i].hi;
            first = false;
        }
        if (common->lo <= common->hi) return !gk_interval_meet(*common, a->whole[*odd]);
    }
    return false;
}

static void tell_odd(gk_checker *c, const alike *a, size_t odd, gk_interval common) {
    gk_interval expected = gk_figure_wide(*fig(c, a->part[odd]));
    uint32_t terms[MOST_ALIKE + LEAST_ALIKE];
    size_t n = 0;
    if (gk_interval_times(&expected, gk_interval_at(100 * gk_fixed_power(GK_FIXED_PLACES))) != GK_CALC_OK) return;
    if (gk_interval_over(&expected, common) != GK_CALC_OK || is_far(c, a->share[odd], expected)) return;
    terms[n++] = a->part[odd]->record;
    for (size_t i = 0; i < a->count; i++) terms[n++] = a->share[i]->record;
    for (size_t i = 0; i < a->count && a->count < LEAST_ALIKE; i++)
        if (i != odd) terms[n++] = a->part[i]->record; /* their sum is the whole */
    gk_verdict v = gk_verdict_on(c, a->share[odd]->record, gk_share_asked.check, GK_STR("checks:whole-untold"), GK_CONTRADICTS);
    v.formula = GK_STR("part * 100 / the whole of the other shares");
    v.has_expected = true, v.expected = expected;
    v.terms = terms, v.term_count = n;
    gk_verdict_add(c, &v);
}

/* Whether the shares make a hundred, so that the list is all there is. */
static bool is_hundred(const gk_checker *c, const alike *a) {
    gk_fixed off = 0, sum = -100 * gk_fixed_power(GK_FIXED_PLACES);
    for (size_t i = 0; i < a->count; i++) sum += fig(c, a->share[i])->value, off += fig(c, a->share[i])->step;
    return sum <= off && sum >= -off;
}

/* Whether the parts make the whole that most of their shares say. */
static bool is_whole(const gk_checker *c, const alike *a, gk_interval common) {
    gk_interval sum = gk_interval_at(0);
    for (size_t i = 0; i < a->count; i++)
        if (gk_interval_add(&sum, gk_figure_wide(*fig(c, a->part[i]))) != GK_CALC_OK) return false;
    return gk_interval_meet(sum, common);
}

/* Few shares that make a hundred are of the sum of their parts: tells the first where it is not. */
static void judge_few(gk_checker *c, const alike *a) {
    gk_interval sum = gk_interval_at(0);
    bool few = a->count >= 2 && a->count < LEAST_ALIKE;
    if (!few || !gk_whole_named(c, a->share[0]).len || !is_hundred(c, a)) return;
    for (size_t i = 0; i < a->count; i++)
        if (c->judged.at[a->share[i]->record] & GK_JUDGED) return;
    for (size_t i = 0; i < a->count; i++)
        if (gk_interval_add(&sum, gk_figure_wide(*fig(c, a->part[i]))) != GK_CALC_OK) return;
    for (size_t i = 0; i < a->count; i++)
        if (!gk_interval_meet(sum, a->whole[i])) return tell_odd(c, a, i, sum);
}

static void judge_alike(gk_checker *c, alike *a) {
    gk_interval common;
    size_t odd;
    judge_few(c, a);
    bool enough = a->count >= LEAST_ALIKE && common_of(a, &common, &odd);
    if (enough && (a->count > LEAST_ALIKE || is_hundred(c, a) || is_whole(c, a, common))) tell_odd(c, a, odd, common);
    a->count = 0;
}

/* Whether a share goes on with the list of those before it. */
static bool goes_on(gk_checker *c, const alike *a, const gk_token *part, const gk_token *share) {
    const gk_token *last = a->share[a->count - 1], *like = a->part[a->count - 1];
    if (part->class != like->class || part->year != like->year || part->at - last->end > NEIGHBOUR) return false;
    gk_str here = gk_whole_named(c, share), there = gk_whole_named(c, last);
    return a->count < MOST_ALIKE && gk_str_eq(here, there);
}

static void check_untold(gk_checker *c) {
    alike a = {.count = 0};
    for (size_t i = 0; i < c->tokens.len; i++) {
        const gk_token *share = &c->tokens.at[i];
        if (share->class != 'S' || !is_open(c, share)) continue;
        const gk_token *part = part_of(c, share);
        gk_interval whole;
        if (!part || !whole_of(c, part, share, &whole)) continue;
        if (a.count && !goes_on(c, &a, part, share)) judge_alike(c, &a);
        a.part[a.count] = part, a.share[a.count] = share, a.whole[a.count++] = whole;
    }
    judge_alike(c, &a);
}

void gk_check_wholes(gk_checker *c) {
    check_untold(c);
    check_elsewhere(c);
}
