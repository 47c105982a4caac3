/* The items of a list that stand in lines of their own, against the figure above them.
 *
 * Worked example: "Income of 2024 is 98, 8 more than last year." and below it "1. Tax is 63, 9 more ...", "2. Fees are 32, 2
 * less ...", "3. Fines are 3, 1 more ...". The first figure of each paragraph is what the item has, the change behind it its
 * change: what follows gives reasons. Paragraphs whose number is of another kind than that of the first item belong to an item
 * where that kind stands below it, and end the list where it stands above. Lines without numbers are items while the one before
 * them ends with a semicolon. The changes add up (9 - 2 + 1 = 8), so the three are all there is, and 63 + 32 + 3 = 98 must
 * hold; so it must where the items are a family, or where the figure is said to be made of what follows (mode `complete`) and
 * the sum is near. Items of it (mode `exceed`) are not more than it.
 */
#include "check/added.h"
#include "check/family.h"
#include "check/name.h"
#include "check/share.h"
#include "text/numeral.h"

enum {
    MOST_LINES = 400, /* that are looked at */
    LOOK_BACK = 24,   /* figures */
    LEAST = 3,        /* items, or changes of items, that add up to something by no chance */
    LEAST_NAME = 12,  /* bytes of a label that tells its figure from others */
    SECTION = 2,      /* the rank of sections */
    DASHED = 5        /* the rank of paragraphs that begin with a dash */
};

/* What the items have of one kind. */
typedef struct column {
    gk_added of;
    const gk_token *head;
    const gk_token *item[GK_ADDED_TERMS];
} column;

static bool is_digit(gk_str s, size_t at) { return at < s.len && s.ptr[at] >= '0' && s.ptr[at] <= '9'; }

gk_mark gk_mark_of(gk_str line) {
    static const gk_str open = {"\xEF\xBC\x88", 3}, close = {"\xEF\xBC\x89", 3};
    gk_mark none = {0};
    int64_t number;
    bool wide = gk_str_starts(line, open), bracket = wide || gk_str_starts(line, GK_STR("("));
    gk_str s = gk_str_slice(line, wide ? open.len : bracket, line.len);
    size_t len = gk_ordinal_read(s, 2, &number);
    bool figures = is_digit(s, 0);
    gk_str behind = gk_str_slice(s, len, s.len);
    bool pause = gk_str_starts(behind, GK_STR("\xE3\x80\x81"));
    bool point = figures && gk_str_starts(behind, GK_STR(".")) && !is_digit(behind, 1);
    bool closed = gk_str_starts(behind, GK_STR(")")) || gk_str_starts(behind, close);
    if (!len || !(bracket ? closed : pause || point)) return none;
    return (gk_mark){(figures ? 3 : 1) + bracket, number};
}

/* The same of a paragraph, which may begin with a dash instead of a number. */
static gk_mark mark_of_line(gk_str line) { return gk_str_starts(line, GK_STR("--")) ? (gk_mark){DASHED, 0} : gk_mark_of(line); }

static void start_column(gk_checker *c, column *col, const gk_token *head) {
    gk_added_start(&col->of, c, head);
    col->head = head;
}

static void put(column *col, const gk_token *t) {
    gk_added_put(&col->of, t);
    if (col->of.good) col->item[col->of.count - 2] = t;
}

/* The change right behind a figure of its subject. */
static const gk_token *change_behind(const gk_checker *c, const gk_token *t, uint32_t end) {
    const gk_token *next = t + 1;
    bool any = next < c->tokens.at + c->tokens.len && next->at < end;
    return any && next->class == 'c' && next->subject == t->subject && next->year == t->year ? next : NULL;
}

static gk_str line_at(const gk_checker *c, uint32_t start) {
    gk_str rest = gk_str_slice(gk_buf_str(&c->skeleton), start, c->skeleton.len);
    size_t len = gk_str_find(rest, GK_STR("\n"));
    return gk_str_slice(rest, 0, len == SIZE_MAX ? rest.len : len);
}

bool gk_says_level(const gk_checker *c, gk_str text) {
    size_t len, at = gk_map_find(c->maps.level, text, 0, &len, NULL);
    return at != SIZE_MAX && !gk_map_suffix(c->maps.about, gk_str_slice(text, 0, at), NULL);
}

/* Whether none of the figures of a paragraph is a change: what stays as it was is all of it, and no part of it. */
static bool has_no_change(const gk_token *t, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (t[i].class == 'c') return false;
    return true;
}

/* Whether an amount is nothing, and no change of it is told. */
static bool is_zero(const gk_checker *c, const gk_token *t, const gk_token *end) {
    bool zero = c->figures.at[t->record].known && c->figures.at[t->record].value == 0;
    for (; zero && t < end; t++) zero = t->class != 'c' && t->class != 'R';
    return zero;
}

/* The first figure of an item, if it is of the kind of the head; of a count with money the count. What more there is may be
 * given out in amounts. */
static const gk_token *figure_of(const gk_checker *c, const gk_token *head, const gk_token *t, size_t count) {
    if (!count || t->year != head->year) return NULL;
    bool more = head->class == 'c' && c->figures.at[head->record].value > 0;
    if (head->class == 'c' && !(more && gk_class_in(t->class, GK_CLASSES_PLAIN))) return t->class == 'c' ? t : NULL;
    if (head->class != 'n') return gk_class_in(t->class, GK_CLASSES_AMOUNT) ? t : NULL;
    gk_str unit = gk_record_at(c, head->record)->field[GK_F_UNIT];
    return t->class == 'n' && gk_str_eq(gk_record_at(c, t->record)->field[GK_F_UNIT], unit) ? t : NULL;
}

/* Reads the items from a line on. False: one of them has no figure of its kind. */
static bool read_items(gk_checker *c, const gk_token *head, uint32_t at, column *plain, column *changes) {
    gk_mark first = {0};
    bool more = true; /* the list without numbers goes on; where nothing says so, with what is of the family of the first */
    bool sections = mark_of_line(line_at(c, at)).rank == SECTION; /* each is a passage */
    for (int i = 0; i < MOST_LINES && at < (sections ? c->skeleton.len : c->passage.end); i++) {
        gk_str line = line_at(c, at);
        gk_mark m = mark_of_line(line);
        uint32_t end = at + (uint32_t)line.len;
        size_t count;
        if (!i) first = m;
        if (m.rank < first.rank && m.rank) break;
        if (first.rank && m.rank == first.rank && m.rank != DASHED && (m.number == 1) != !i) break;
        const gk_token *t = gk_tokens_in(c, at, end, &count), *own;
        at = end + 1;
        c->steps += 1 + count;
        if (m.rank != first.rank) {
            if (!first.rank && more) return false;
            if (!first.rank) break;
            continue;
        }
        own = figure_of(c, head, t, count);
        bool kin = more || !own || (own->class == head->class && gk_family_joins(c, plain->item[0], own));
        if (!kin && own->class == plain->item[0]->class) return false; /* there are others beside the family */
        if (!more && (!own || !kin)) break;
        more = first.rank || gk_str_ends(line, GK_STR(";"));
        if (!own || (own->subject == head->subject && own->class != 'c')) return false; /* the head is one of the items */
        put(plain, own);
        const gk_token *change = change_behind(c, own, end);
        if (!changes->of.good) continue;
        bool still = !change && ((has_no_change(t, count) && gk_says_level(c, line)) || is_zero(c, own, t + count));
        if (!still) put(changes, change);
    }
    gk_added_up(&plain->of);
    gk_added_up(&changes->of);
    return plain->of.count > 2;
}

/* Whether the items are a family that is all of the head. */
static bool is_family(gk_checker *c, const column *col) {
    size_t count = col->of.count - 1, from = 0;
    gk_str all = gk_subject_families(c, col->item[0]->subject), family, head = gk_subject_text(c, col->head->subject);
    while (gk_family_next(all, &from, &family)) {
        if (gk_family_is_classified(family)) continue; /* some may be left out */
        bool whole = gk_family_whole(family, count, true) && gk_family_fills(c, family, head);
        for (size_t i = 1; i < count && whole; i++)
            whole = gk_family_has(gk_subject_families(c, col->item[i]->subject), family) &&
                    !gk_subject_twins(c, col->item[i - 1]->subject, col->item[i]->subject);
        if (whole) return true;
    }
    return false;
}

/* Whether the items are all told as items of a classification: "(item)", or kinds of spending by function. */
static bool is_classified(gk_checker *c, const column *col) {
    size_t count = col->of.count - 1;
    for (size_t i = 0; i < count; i++) {
        bool coded = gk_family_is_classified(gk_subject_families(c, col->item[i]->subject));
        if (!coded || col->item[i]->class != col->head->class) return false;
    }
    return count >= LEAST;
}

/* What the rule and the items themselves say of how whole the list is. */
static gk_added_as known_as(gk_checker *c, const gk_found *m, const column *col) {
    const gk_added *a = &col->of;
    gk_str mode = m->by->rule->constant[GK_KEY_MODE];
    bool more = a->good && a->sum.lo > gk_figure_wide(c->figures.at[a->term[0]]).hi && !a->negative;
    bool said = gk_str_eqz(mode, "complete") || (gk_str_eqz(mode, "exceed") && more);
    if (a->good && is_family(c, col)) return GK_ADDED_ALL;
    return (said || is_classified(c, col)) && a->plain >= LEAST ? GK_ADDED_MEANT : GK_ADDED_SOME;
}

static void judge(gk_checker *c, const gk_found *m, column *col, gk_added_as as) {
    bool few = as == GK_ADDED_SOME && (col->of.plain < LEAST || gk_str_eqz(m->by->rule->constant[GK_KEY_MODE], "family"));
    if (few) gk_not_run(c, GK_REASON_INCOMPLETE);
    else gk_added_judge(&col->of, m, as, GK_STR("below it"));
}

/* The line above a place; empty where there is none. */
static gk_span line_above(const gk_checker *c, uint32_t place) {
    size_t end = place;
    while (end > 0 && c->skeleton.ptr[end - 1] != '\n') end--;
    size_t start = end > 0 ? end - 1 : 0;
    while (start > 0 && c->skeleton.ptr[start - 1] != '\n') start--;
    return (gk_span){(uint32_t)start, (uint32_t)end};
}

/* The figure whose name a line says behind its own figures, of the kind of the item if there is one: "what it was spent on is
 * as follows:". */
static const gk_token *head_named(const gk_checker *c, const gk_token *item, gk_str words) {
    const gk_token *found = NULL;
    if (!gk_str_ends(words, GK_STR(":\n"))) return NULL;
    for (const gk_token *t = item; t > c->tokens.at && item - t < LOOK_BACK && (--t)->at >= c->passage.start;) {
        gk_str name = gk_whole_core(c, gk_subject_text(c, t->subject));
        bool plain = gk_class_in(t->class, GK_CLASSES_PLAIN), like = t->class == item->class && t->year == item->year;
        if (!plain || (found && !like) || name.len < LEAST_NAME || gk_str_find(words, name) == SIZE_MAX) continue;
        if (like) return t;
        found = t;
    }
    return found;
}

/* The figure that the line above an item begins with, where a change of it follows; or the one whose name it says. */
static const gk_token *head_above(const gk_checker *c, const gk_token *item) {
    size_t count;
    gk_span above = line_above(c, item->at);
    gk_str text = gk_buf_str(&c->skeleton), line = gk_str_slice(text, above.start, above.end);
    bool dashed = mark_of_line(line_at(c, above.end)).rank == DASHED;
    if (dashed && mark_of_line(line).rank == DASHED) return NULL; /* of one list */
    const gk_token *t = gk_tokens_in(c, above.start, above.end, &count);
    bool plain = count > 1 && gk_class_in(t->class, GK_CLASSES_AMOUNT);
    if (plain && change_behind(c, t, above.end)) return t;
    if (count && !dashed) return NULL;
    return head_named(c, item, count ? gk_str_slice(text, t[count - 1].end, above.end) : line);
}

/* "Spending is 50, of which grants are 40. What the grants are spent on is as follows:": the figure whose name the end of the
 * line says; else the one that was found. */
static const gk_token *head_last_named(const gk_checker *c, const gk_token *head) {
    size_t count;
    uint32_t end = head->end + (uint32_t)line_at(c, head->end).len;
    const gk_token *t = gk_tokens_in(c, head->at, end, &count);
    gk_str words = gk_str_slice(gk_buf_str(&c->skeleton), t[count - 1].end, end);
    for (size_t i = count; i-- > 0;) {
        gk_str name = gk_whole_core(c, gk_subject_text(c, t[i].subject));
        if (t[i].class == head->class && name.len >= LEAST_NAME && gk_str_find(words, name) != SIZE_MAX) return &t[i];
    }
    return head;
}

/* "Planned 60, done 58, of which:": of the figures of one subject the one that is measured as the first item below is. */
static const gk_token *head_of_kind(const gk_checker *c, const gk_token *head, const gk_token *item) {
    uint32_t end = head->end + (uint32_t)line_at(c, head->end).len;
    size_t count, items;
    const gk_token *t = gk_tokens_in(c, head->at, end, &count);
    const gk_token *first = item ? item : gk_tokens_in(c, end + 1, end + 1 + (uint32_t)line_at(c, end + 1).len, &items);
    if (!item && !items) return head;
    for (size_t i = 0; i < count && first->class != head->class; i++)
        if (t[i].subject == head->subject && t[i].class == first->class && t[i].year == first->year) return &t[i];
    return head;
}

void gk_check_items(gk_checker *c, const gk_found *m) {
    const gk_token *head = gk_found_figure(c, m, GK_ROLE_WHOLE), *part = gk_found_figure(c, m, GK_ROLE_PART);
    column plain, changes;
    if (part) head = head_above(c, part);
    else if (head) head = head_last_named(c, head);
    if (!head) return;
    head = head_of_kind(c, head, part);
    uint32_t from = part ? line_above(c, part->at).end : head->end + (uint32_t)line_at(c, head->end).len + 1;
    const gk_token *change = change_behind(c, head, head->end + (uint32_t)line_at(c, head->end).len);
    start_column(c, &plain, head);
    start_column(c, &changes, change);
    if (!plain.of.good || !read_items(c, head, from, &plain, &changes)) return;
    bool both = changes.of.good && changes.of.count > 1;
    bool sure = both && changes.of.plain >= LEAST && gk_added_holds(&changes.of);
    gk_added_as known = known_as(c, m, &plain);
    bool whole = gk_added_holds(&plain.of) && (plain.of.plain >= LEAST || known == GK_ADDED_ALL);
    judge(c, m, &plain, sure ? GK_ADDED_ALL : known);
    if (both) judge(c, m, &changes, whole ? GK_ADDED_ALL : GK_ADDED_SOME);
}
