/* Lists that balance a budget, and what is left over of it.
 *
 * Worked example: "Total income 318.7, of which: budget income 77.2, grants from above 131, loans passed on 46, carried over
 * from last year 46, moved from funds 5.3, drawn from the stabilisation fund 13.2." A total that money of other years, levels
 * and funds belongs to has nothing but its own money and such money in it, so that a list that begins with the own and goes on
 * with the other is all of it, whether it says so or not.
 */
#include "check/family.h"
#include "check/formula.h"
#include "check/name.h"

enum { LEAST_MOVED = 2, MOST_UNKNOWN = 1, LOOK_BACK = 60 /* tokens */ };

static bool ends_with(const gk_checker *c, const gk_map *map, uint32_t subject) {
    return gk_map_suffix(map, gk_subject_text(c, subject), NULL) > 0;
}

bool gk_is_moved(const gk_checker *c, const gk_token *t) {
    gk_str name = gk_subject_text(c, t->subject);
    name.len -= gk_map_suffix(c->maps.goes_on, name, NULL);
    return gk_map_suffix(c->maps.moved, name, NULL) > 0;
}

/* "Total income 1821, of which: left over at the start of the year 8, income of this year 1813": what an office had is all that
 * came in and what was left. */
static bool is_year_and_left(const gk_checker *c, const gk_token *const *item, size_t count) {
    size_t own = 0, left = 0;
    for (size_t i = 0; i < count; i++) {
        bool year = gk_map_prefix(c->maps.year_money, gk_subject_text(c, item[i]->subject), NULL) > 0;
        own += year, left += !year && ends_with(c, c->maps.left_money, item[i]->subject);
    }
    return own == 1 && left > 0 && own + left == count;
}

bool gk_is_balance(const gk_checker *c, uint32_t head, const gk_token *const *item, size_t count) {
    size_t moved = 0;
    if (count < LEAST_MOVED || !ends_with(c, c->maps.balanced, head)) return false;
    if (is_year_and_left(c, item, count)) return true;
    if (count == LEAST_MOVED || gk_is_moved(c, item[0])) return false;
    for (size_t i = 1; i < count; i++) moved += gk_is_moved(c, item[i]);
    return moved >= LEAST_MOVED && count - 1 - moved <= MOST_UNKNOWN;
}

bool gk_are_kinds(gk_checker *c, const gk_token *const *item, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (!gk_subject_families(c, item[i]->subject).len) return false;
    return count == 2 && item[0]->subject != item[1]->subject;
}

const gk_token *gk_head_of_sentence(gk_checker *c, const gk_token *part) {
    const gk_token *head = NULL;
    for (const gk_token *t = part; t > c->tokens.at && t[-1].at >= c->line;) {
        gk_str between = gk_str_slice(gk_buf_str(&c->skeleton), t[-1].end, t->at);
        bool ends = gk_str_find(between, GK_STR("\xE3\x80\x82")) != SIZE_MAX;
        if (ends && head && !gk_subject_families(c, head->subject).len) break; /* parts of another kind are no head */
        if (gk_class_in((--t)->class, GK_CLASSES_AMOUNT)) head = t;
    }
    return head;
}

/* Where a total is told beside what was planned of it, the executed one: "income 940, which is 97% of the planned 971". */
static const gk_token *executed(const gk_checker *c, const gk_token *t) {
    bool beside = t->class != 'a' && t > c->tokens.at && t[-1].subject == t->subject && t[-1].class == 'a';
    return beside ? t - 1 : t;
}

/* The nearest total before a token, in its passage, whose name ends with one of these; NULL: there is none. */
static const gk_token *total_before(const gk_checker *c, const gk_map *names, const gk_token *t) {
    for (int i = 0; i < LOOK_BACK && t > c->tokens.at && (--t)->at >= c->passage.start; i++)
        if (gk_class_in(t->class, GK_CLASSES_AMOUNT) && ends_with(c, names, t->subject)) return executed(c, t);
    return NULL;
}

/* Whether two totals are of one budget, and of one year with what is told to be left of them. */
static bool go_together(const gk_checker *c, const gk_token *this, const gk_token *base, const gk_token *part) {
    bool year = this->year == base->year && (part->year == base->year || part->year == '-');
    return year && this->class == base->class && c->figures.at[this->record].value != c->figures.at[base->record].value;
}

/* What is left over, told below the totals of income and spending, which stand in paragraphs of their own. Totals that are
 * alike hold it already. */
void gk_check_left(gk_checker *c, const gk_found *m) {
    const gk_token *part = gk_found_figure(c, m, GK_ROLE_PART);
    const gk_token *base = part ? total_before(c, c->maps.spent, part) : NULL;
    const gk_token *this = base ? total_before(c, c->maps.received, base) : NULL;
    gk_ask ask = {.check = m->by->rule->constant[GK_KEY_CHECK], .rule = m->by->rule->id, .formula = GK_STR("this - base"),
                  .stated = GK_ROLE_PART};
    gk_terms t = gk_terms_none(c);
    gk_answer a;
    bool other = base && total_before(c, c->maps.received, part) > base; /* its spending has no total */
    if (!this || other || !go_together(c, this, base, part)) {
        gk_not_run(c, GK_REASON_TERM);
        return;
    }
    t.record[GK_ROLE_PART] = part->record, t.record[GK_ROLE_THIS] = this->record, t.record[GK_ROLE_BASE] = base->record;
    if (!gk_terms_good(c, &t) || !gk_formula_answer(c, &ask, &t, &a) || !gk_is_told(c, a.status)) return;
    gk_verdict v = gk_formula_told(c, &ask, &t, &a);
    gk_verdict_add(c, &v);
}
