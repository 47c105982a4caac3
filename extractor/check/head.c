/* The figures that lists of the prose are of, where they are not told right before them.
 *
 * Worked example: "600 teachers and 20 others. Among the teachers, 40 of one kind and 560 of another": the head is the figure
 * that stands behind the words which open the list.
 */
#include "check/list.h"
#include "check/name.h"

enum {
    MOST_ABOVE = 12, /* figures between a list and the total above it */
    LEAST = 4,       /* figures before a list that may be its head */
    LABEL = 12, OPENING = 4, /* bytes; of a character and a mark */
    MOST_LEAD = 36   /* bytes of a line before its first part, where its head stands on the line above */
};

static bool is_amount(char class) { return gk_class_in(class, GK_CLASSES_AMOUNT); }

static bool line_between(const gk_checker *c, const gk_token *a, const gk_token *b) {
    return b->at > a->end && memchr(c->skeleton.ptr + a->end, '\n', b->at - a->end) != NULL;
}

static bool is_joint(const gk_checker *c, const gk_token *t) {
    return is_amount(t->class) && gk_map_suffix(c->maps.joint, gk_subject_text(c, t->subject), NULL) > 0;
}

/* The total of a list that is told without one: the nearest figure before it, where it is one of income and spending, or else
 * one behind it in its line. */
const gk_token *gk_head_above(const gk_checker *c, const gk_token *part) {
    const gk_token *end = c->tokens.at + c->beyond;
    for (const gk_token *t = part; t > c->tokens.at && part - t < MOST_ABOVE && (--t)->at >= c->passage.start;)
        if (is_joint(c, t)) return t;
    for (const gk_token *t = part; t < end && t - part < MOST_ABOVE && !line_between(c, part, t); t++)
        if (is_joint(c, t)) return t;
    return NULL;
}

/* Whether no sentence ends between two figures. */
static bool in_sentence(const gk_checker *c, const gk_token *a, const gk_token *b) {
    return gk_str_find(gk_str_slice(gk_buf_str(&c->skeleton), a->end, b->at), GK_STR("\xE3\x80\x82")) == SIZE_MAX;
}

/* "9 projects with money of 50, of which A 7, B 2": a list of counts is of the count before the money that is nearest to it. */
const gk_token *gk_count_before(const gk_checker *c, const gk_token *head, const gk_token *part, size_t count) {
    const gk_token *like = part;
    if (!is_amount(head->class)) return NULL;
    while (like < part + count && like < part + LEAST && like->class != 'n') like++;
    if (like == part + count || like->class != 'n') return NULL;
    gk_str unit = gk_record_at(c, like->record)->field[GK_F_UNIT];
    for (const gk_token *t = head; t > c->tokens.at && head - t < LEAST && (--t)->at >= c->line && in_sentence(c, t, head);)
        if (t->class == 'n' && gk_str_eq(gk_record_at(c, t->record)->field[GK_F_UNIT], unit)) return t;
    return NULL;
}

/* "In all 68, 3 more.", and on the next line "By levels: ...": the figure that the line above begins with; NULL: there is
 * none. */
const gk_token *gk_head_of_line_above(const gk_checker *c, const gk_token *part) {
    const gk_token *t = part, *head = NULL;
    if (part->at - c->line > MOST_LEAD || c->line == 0 || c->line == c->passage.start) return NULL;
    for (uint32_t start = c->line - 1; t > c->tokens.at && (--t)->at >= c->passage.start;) {
        if (t->at < start && memchr(c->skeleton.ptr + t->at, '\n', start - t->at)) break;
        head = t;
    }
    return head && head < part && head->class == part->class && head->year == part->year ? head : NULL;
}

/* "600 teachers ... Among the teachers, ...": the figure before a list that stands behind the words that open it, which end
 * with one character and a mark; NULL: there is none. */
const gk_token *gk_head_named(const gk_checker *c, const gk_found *m, const gk_token *part) {
    static const gk_str marks[] = {{",", 1}, {";", 1}, {"\xE3\x80\x82", 3}};
    gk_str text = gk_buf_str(&c->skeleton), words = gk_str_slice(text, c->line, c->line + m->start);
    if (words.len <= OPENING) return NULL;
    words.len -= OPENING;
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        size_t at = gk_str_rfind(words, marks[i]);
        if (at != SIZE_MAX) words = gk_str_slice(words, at + marks[i].len, words.len);
    }
    for (const gk_token *t = part; words.len >= LABEL && t > c->tokens.at && (--t)->at >= c->line;)
        if (gk_str_ends(gk_str_slice(text, c->line, t->at), words)) return t;
    return NULL;
}

/* Whether all parts of a list, two or more, are told with a word at their end. */
static bool all_end(const gk_checker *c, const gk_token *part, size_t count, gk_str word) {
    size_t found = 0;
    for (size_t i = 0; i < count; i++) {
        if (part[i].class != part->class) continue;
        if (!gk_str_ends(gk_subject_text(c, part[i].subject), word)) return false;
        found++;
    }
    return found > 1;
}

/* "Assets of 400, debts of 80, which leaves 320. Of these: assets of offices 150 ...": the figure before a list that is told as
 * its parts are, where the nearest one is not; NULL: there is none. */
const gk_token *gk_head_like(const gk_checker *c, const gk_token *head, const gk_token *part, size_t count) {
    gk_str label = gk_subject_text(c, part->subject), own = gk_subject_text(c, head->subject);
    if (label.len <= LABEL || gk_str_ends(own, gk_str_slice(label, label.len - LABEL, label.len))) return NULL;
    label = gk_str_slice(label, label.len - LABEL, label.len);
    if (!all_end(c, part, count, label)) return NULL;
    for (const gk_token *t = head; t > c->tokens.at && head - t < LEAST && (--t)->at >= c->line && in_sentence(c, t, head);)
        if (t->class == part->class && t->year == part->year && gk_str_ends(gk_subject_text(c, t->subject), label)) return t;
    return NULL;
}
