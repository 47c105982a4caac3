/* Shares: a part of a whole in percent.
 *
 * A share may name its whole ("which is 40% of the spending"); the nearest figure before it of that name is taken, and where
 * another figure nearby makes the share right, what the whole is is ambiguous. In a list ("spending 100, of which A 60, 60%;
 * B 40, 40%") the whole is the head of the list; that the shares are of the head, and not of something else, is shown by those
 * that are right or by parts that add up to it. Where all shares are of the sum of the parts, and make a hundred, it is the
 * head that is wrong.
 */
#include "check/family.h"
#include "check/name.h"
#include "check/share.h"

enum { LOOK_BACK = 60, MOST_SHARES = 256 };

static bool is_plain(char class) { return gk_class_in(class, GK_CLASSES_AMOUNT); }
static bool is_count(char class) { return class == 'n'; }

static bool alike(const gk_token *a, const gk_token *b) {
    return (is_plain(a->class) && is_plain(b->class)) || (is_count(a->class) && is_count(b->class));
}

static bool ends_alike(gk_str whole, gk_str named) { return named.len > 0 && gk_str_ends(whole, named); }

gk_str gk_whole_core(const gk_checker *c, gk_str s) {
    for (size_t n; (n = gk_map_prefix(c->maps.whole_heads, s, NULL)) > 0 && n < s.len;) s = gk_str_slice(s, n, s.len);
    for (size_t n; (n = gk_map_suffix(c->maps.whole_tails, s, NULL)) > 0 && n < s.len;) s.len -= n;
    return s;
}

/* Whether a name ends with another, but for a word in it that some leave out. */
static bool ends_without(const gk_checker *c, gk_str whole, gk_str named) {
    size_t len, at = gk_map_find(c->maps.left_out, whole, 0, &len, NULL);
    if (at == SIZE_MAX || gk_map_find(c->maps.left_out, named, 0, &(size_t){0}, NULL) != SIZE_MAX) return false;
    gk_str tail = gk_str_slice(whole, at + len, whole.len), head = gk_str_slice(whole, 0, at);
    return tail.len && named.len > tail.len && gk_str_ends(named, tail) &&
           gk_str_ends(head, gk_str_slice(named, 0, named.len - tail.len));
}

gk_str gk_whole_named(gk_checker *c, const gk_token *share) {
    gk_str s = gk_get(gk_record_at(c, share->record), GK_F_AGAINST), key = GK_STR("\"subject\":\"");
    size_t at = gk_str_find(s, key);
    if (at == SIZE_MAX) return GK_STR_NONE;
    s = gk_str_slice(s, at + key.len, s.len);
    at = gk_str_find(s, GK_STR("\""));
    s = at == SIZE_MAX ? GK_STR_NONE : gk_str_slice(s, 0, at);
    return gk_subject_quoted(s) ? gk_subject_text(c, gk_subject_number(c, s)) : s;
}

const gk_ask gk_share_asked = {.check = {"share", 5}, .formula = {"part * 100 / whole", 18}, .stated = GK_ROLE_RATE,
                               .undefined = true};

gk_terms gk_share_terms(const gk_checker *c, const gk_token *part, const gk_token *whole, const gk_token *share) {
    gk_terms t = gk_terms_none(c);
    t.record[GK_ROLE_PART] = part->record;
    t.record[GK_ROLE_WHOLE] = whole->record;
    t.record[GK_ROLE_RATE] = share->record;
    return t;
}

static bool judge(gk_checker *c, const gk_token *part, const gk_token *whole, const gk_token *share, gk_answer *a) {
    gk_terms t = gk_share_terms(c, part, whole, share);
    return gk_terms_good(c, &t) && gk_formula_answer(c, &gk_share_asked, &t, a);
}

static void tell(gk_checker *c, const gk_found *m, const gk_token *part, const gk_token *whole, const gk_token *share,
                 const gk_answer *a) {
    gk_terms t = gk_share_terms(c, part, whole, share);
    gk_ask ask = gk_share_asked;
    if (!gk_is_told(c, a->status)) return;
    ask.rule = m->by->rule->id;
    gk_verdict v = gk_formula_told(c, &ask, &t, a);
    gk_verdict_add(c, &v);
}

/* ---- a share that names its whole */

static bool can_be_whole(const gk_checker *c, const gk_token *t, const gk_token *part) {
    if (!alike(t, part) || t->year != part->year || t->subject == part->subject) return false;
    return gk_figure_interval(c->figures.at[t->record]).hi >= gk_figure_interval(c->figures.at[part->record]).lo;
}

/* What a share names as its whole. */
typedef struct naming {
    gk_str named, core;
} naming;

static bool same_name(const gk_checker *c, gk_str whole, const naming *n) {
    if (whole.len < n->core.len || gk_str_find(whole, n->core) == SIZE_MAX) return false;
    return gk_str_eq(gk_whole_core(c, whole), n->core);
}

/* In another section a figure must be named in full: there its name may belong to something else. */
static bool is_named(const gk_checker *c, const gk_token *t, const naming *n) {
    gk_str subject = gk_subject_text(c, t->subject);
    bool near = t->at >= c->passage.start && (ends_alike(subject, n->named) || ends_without(c, subject, n->named));
    return near || same_name(c, subject, n);
}

/* Whether a figure nearby that is named otherwise makes the share right. */
static bool other_explains(gk_checker *c, const gk_token *part, const gk_token *share, const gk_token *stop) {
    gk_answer a;
    for (const gk_token *t = part; t > stop;)
        if (can_be_whole(c, --t, part) && judge(c, part, t, share, &a) && a.status != GK_CONTRADICTS) return true;
    return false;
}

/* The tokens that are looked back at. */
static const gk_token *far_back(const gk_checker *c, const gk_token *part) {
    return part - c->tokens.at > LOOK_BACK ? part - LOOK_BACK : c->tokens.at;
}

/* A figure of the section that has the full name of the whole, though the part is more, by less than half: one of the two is
 * wrong. NULL: there is none. */
static const gk_token *smaller_whole(const gk_checker *c, const gk_token *part, const gk_token *stop, const naming *n) {
    gk_fixed v = c->figures.at[part->record].value;
    for (const gk_token *t = part; t > stop && (--t)->at >= c->passage.start;) {
        bool like = t->class == part->class && t->year == part->year && t->subject != part->subject;
        if (like && c->figures.at[t->record].value > v - v / 3 && same_name(c, gk_subject_text(c, t->subject), n)) return t;
    }
    return NULL;
}

void gk_check_share(gk_checker *c, const gk_found *m) {
    const gk_token *part = gk_found_figure(c, m, GK_ROLE_PART), *share = gk_found_figure(c, m, GK_ROLE_RATE);
    const gk_token *t = part, *whole = NULL, *stop = part ? far_back(c, part) : NULL;
    naming n = {.named = part && share ? gk_whole_named(c, share) : GK_STR_NONE};
    gk_answer a;
    n.core = gk_whole_core(c, n.named);
    while (n.named.len && (!whole || whole->class != part->class) && t > stop) /* of the same measure, if there is one */
        if (can_be_whole(c, --t, part) && is_named(c, t, &n) && (!whole || t->class == part->class)) whole = t;
    if (!whole && n.named.len) whole = smaller_whole(c, part, stop, &n);
    if (!whole) return; /* counted with the shares that no rule found the terms of */
    if (!judge(c, part, whole, share, &a)) return;
    bool doubt = a.status == GK_CONTRADICTS && (whole->class != part->class || other_explains(c, part, share, stop));
    if (doubt) gk_not_run(c, GK_REASON_AMBIGUOUS);
    else tell(c, m, part, whole, share, &a);
}

/* ---- shares of the items of a list */

typedef struct gk_shares shares;

struct gk_shares {
    gk_checker *c;
    const gk_found *m;
    const gk_token *head;             /* NULL: the items are all there is */
    const gk_token *part[MOST_SHARES], *share[MOST_SHARES];
    gk_answer answer[MOST_SHARES];
    size_t count, good, bad;
    gk_fixed sum, off; /* of the parts that have a share; how far it may be off */
    gk_fixed percent;  /* the sum of the shares */
    gk_str named;      /* what the first names as its whole, where there is no head */
    bool sure;         /* of no other whole: the other shares are right, and the list is whole */
};

/* Whether a share that names this as its whole may be of the head: a short head is what is said before the whole. */
static bool is_of(const gk_checker *c, gk_str named, gk_str head) {
    if (!named.len || ends_alike(head, named) || (head.len && ends_alike(named, gk_whole_core(c, head)))) return true;
    naming n = {named, gk_whole_core(c, named)};
    return same_name(c, head, &n);
}

static void add_share(shares *s, const gk_token *part, const gk_token *share) {
    gk_str named = gk_whole_named(s->c, share);
    if (!s->head && !s->count) s->named = named;
    bool other = s->head ? !is_of(s->c, named, gk_subject_text(s->c, s->head->subject)) : !gk_str_eq(named, s->named);
    if (s->count == MOST_SHARES || other) return;
    gk_figure f = s->c->figures.at[part->record], percent = s->c->figures.at[share->record];
    if (!f.known || f.vague || !percent.known || percent.vague || __builtin_add_overflow(s->sum, f.value, &s->sum)) return;
    s->off += f.step;
    s->percent += percent.value;
    s->part[s->count] = part;
    s->share[s->count++] = share;
}

/* Whether a line ends between two tokens. */
static bool apart(const shares *s, const gk_token *a, const gk_token *b) {
    return gk_str_find(gk_str_slice(gk_buf_str(&s->c->skeleton), a->end, b->at), GK_STR("\n")) != SIZE_MAX;
}

/* Whether a figure is of the kind of the head; what was left over from before is part of the money of a year. */
static bool is_like(const gk_token *t, const gk_token *like, bool last) {
    if (t->year != like->year) return false;
    if (t->class == like->class) return true;
    return t->class == 'l' && is_plain(like->class) && !last && t[1].class == 'S' && t[1].subject == t->subject;
}

/* An item has one figure of the kind of the head, and one share behind it of the same subject. The list ends with the first
 * line whose item has none. */
static void read_shares(shares *s, const gk_token *t, size_t count) {
    const gk_token *part = NULL, *like = s->head ? s->head : t;
    for (size_t i = 0; i < count && (!s->head || t[i].subject != s->head->subject); i++) {
        if (is_like(&t[i], like, i + 1 == count)) {
            if (part && s->count && apart(s, part, &t[i])) return;
            part = &t[i];
        }
        if (t[i].class != 'S' || !part || part->subject != t[i].subject) continue;
        add_share(s, part, &t[i]);
        part = NULL;
    }
}

/* A share of the sum of all items. */
static bool judge_of_all(const shares *s, size_t i, gk_answer *a) {
    gk_fixed hundred = 100 * gk_fixed_power(GK_FIXED_PLACES);
    gk_interval whole = {s->sum - s->off, s->sum + s->off};
    a->expected = gk_figure_interval(s->c->figures.at[s->part[i]->record]);
    if (whole.lo <= 0 || gk_interval_times(&a->expected, gk_interval_at(hundred)) != GK_CALC_OK) return false;
    if (gk_interval_over(&a->expected, whole) != GK_CALC_OK) return false;
    a->status = gk_status_of(gk_figure_wide(s->c->figures.at[s->share[i]->record]), a->expected, true);
    return true;
}

static void tell_of_all(shares *s, size_t i) {
    const gk_answer *a = &s->answer[i];
    uint32_t terms[] = {s->share[i]->record, s->part[i]->record};
    if (!gk_is_told(s->c, a->status)) return;
    gk_verdict v = gk_verdict_on(s->c, terms[0], gk_share_asked.check, s->m->by->rule->id, a->status);
    v.formula = GK_STR("part * 100 / the sum of all parts");
    v.has_expected = true, v.expected = a->expected;
    v.terms = terms, v.term_count = 2;
    gk_verdict_add(s->c, &v);
}

/* Judges the shares that were read; those that cannot be judged are left out. */
static void judge_shares(shares *s) {
    size_t kept = 0;
    for (size_t i = 0; i < s->count; i++) {
        gk_answer *a = &s->answer[kept];
        if (s->head ? !judge(s->c, s->part[i], s->head, s->share[i], a) : !judge_of_all(s, i, a)) continue;
        if (a->status == GK_CONTRADICTS) s->bad++;
        else s->good += s->c->figures.at[s->share[i]->record].value != 0;
        s->part[kept] = s->part[i], s->share[kept++] = s->share[i];
    }
    s->count = kept;
}

static bool adds_up(const shares *s) {
    return s->head && s->count > 1 && gk_interval_meet((gk_interval){s->sum - s->off, s->sum + s->off},
                                                       gk_figure_interval(s->c->figures.at[s->head->record]));
}

/* Whether the shares make a hundred, so that the list says of itself that it is whole. */
static bool is_hundred(const shares *s) {
    gk_fixed off = s->count < 2 ? 0 : (gk_fixed)s->count * s->c->figures.at[s->share[0]->record].step, all = s->percent;
    gk_fixed whole = 100 * gk_fixed_power(GK_FIXED_PLACES);
    return s->count > 1 && all >= whole - off && all <= whole + off;
}

/* Whether the first part stands right behind the head, on its line: a head further away may have a list of its own. */
static bool follows_head(const shares *s) {
    for (const gk_token *t = s->head + 1; t < s->part[0]; t++)
        if (is_plain(t->class) || is_count(t->class)) return false;
    return !apart(s, s->head, s->part[0]);
}

/* Whether the one part that stands right behind the head is said to be all of it. */
static bool is_all(const shares *s) {
    return s->head && s->count == 1 && s->percent == 100 * gk_fixed_power(GK_FIXED_PLACES) && follows_head(s);
}

/* Whether a share that names no whole is of one of the parts that are all of the head, which stands right before it: of what
 * else should it be a share? */
static bool is_of_head(const shares *s) {
    bool one = s->head && s->count == 1 && !gk_whole_named(s->c, s->share[0]).len;
    return one && follows_head(s) && gk_subject_families(s->c, s->part[0]->subject).len > 0;
}

/* Whether the parts are a family, which is all there is. */
static bool is_family(const shares *s) {
    gk_str all = s->count > 1 ? gk_subject_families(s->c, s->part[0]->subject) : GK_STR_NONE, family;
    for (size_t from = 0; gk_family_next(all, &from, &family);) {
        size_t found = 0;
        while (found < s->count && gk_family_has(gk_subject_families(s->c, s->part[found]->subject), family))
            found++;
        bool whole = found == s->count && gk_family_whole(family, found, true);
        if (whole && gk_family_fills(s->c, family, GK_STR_NONE)) return true;
    }
    return false;
}

/* The head, where all shares are right of the sum of the parts. */
static void tell_head(shares *s) {
    gk_checker *c = s->c;
    if (!follows_head(s)) return;
    uint32_t *terms = gk_arena_alloc(&c->out->arena, (s->count + 1) * sizeof *terms);
    size_t n = 0, plain = 0;
    terms[n++] = s->head->record;
    for (size_t i = 0; i < s->count; i++) {
        gk_answer a;
        if (!judge_of_all(s, i, &a) || a.status == GK_CONTRADICTS) return;
        plain += c->figures.at[s->part[i]->record].value != 0;
        terms[n++] = s->part[i]->record;
    }
    if (plain < 2) return;
    gk_interval sum = {s->sum - s->off, s->sum + s->off};
    gk_verdict v = gk_verdict_of_sum(c, s->m->by->rule, terms, s->count, sum, GK_CONTRADICTS);
    v.check = GK_STR("sum"); /* what the rule asks is the share */
    gk_verdict_add(c, &v);
}

/* Whether a share is off by no more than what makes all of them add up to a hundred. */
static bool is_plug(const shares *s, size_t i) {
    gk_figure f = s->c->figures.at[s->share[i]->record];
    gk_fixed off = f.step * (gk_fixed)s->count;
    return s->percent == 100 * gk_fixed_power(GK_FIXED_PLACES) &&
           gk_interval_meet(s->answer[i].expected, (gk_interval){f.value - off, f.value + off});
}

static void tell_item(shares *s, size_t i, bool trusted) {
    gk_answer *a = &s->answer[i];
    const gk_token *part = s->part[i], *share = s->share[i];
    bool wrong = a->status == GK_CONTRADICTS;
    if (wrong && is_plug(s, i)) a->status = GK_ROUNDING;
    else if (wrong && !trusted) {
        s->c->judged.at[share->record] |= GK_DOUBTED;
        return;
    } else if (wrong && !s->sure && other_explains(s->c, part, share, far_back(s->c, part))) {
        gk_not_run(s->c, GK_REASON_AMBIGUOUS);
        return;
    }
    if (s->head) tell(s->c, s->m, part, s->head, share, a);
    else tell_of_all(s, i);
}

void gk_check_shares(gk_checker *c, const gk_found *m) {
    bool has_head = m->by->rule->group_of[GK_KEY_WHOLE] != 0;
    size_t count;
    const gk_token *head = gk_found_figure(c, m, GK_ROLE_WHOLE), *part = gk_found_list(c, m, &count);
    if ((has_head && !head) || !count) return;
    if (!c->shares) c->shares = gk_alloc_zero(1, sizeof *c->shares); /* too large for a stack frame */
    shares *s = c->shares;
    s->c = c, s->m = m, s->head = head;
    s->count = s->good = s->bad = 0;
    s->sum = s->off = s->percent = 0;
    read_shares(s, part, count);
    judge_shares(s);
    bool hundred = s->bad && is_hundred(s);
    bool claimed = hundred && !s->head && s->bad > 1 && s->bad == s->count; /* a list that makes a hundred of other parts */
    bool trusted = s->good > s->bad || adds_up(s) || claimed || (hundred && s->good && s->good >= s->bad);
    trusted = trusted || (s->bad && ((!s->head && is_family(s)) || is_all(s) || is_of_head(s)));
    s->sure = s->bad && s->good > s->bad + 1 && (hundred || adds_up(s));
    for (size_t i = 0; i < s->count; i++) tell_item(s, i, trusted);
    if (s->bad && !trusted) gk_not_run(c, GK_REASON_EVIDENCE);
    if (s->head && hundred && !s->good && !trusted) tell_head(s);
}
