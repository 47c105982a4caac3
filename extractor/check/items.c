/* The items of a list that stand in numbered paragraphs, against the figure above them.
 *
 * Worked example: "Income of 2024 is 98, 8 more than last year." and below it "1. Tax is 63, 9 more ...", "2. Fees are 32, 2
 * less ...", "3. Fines are 3, 1 more ...". The first figure of each paragraph is what the item has, the change behind it its
 * change: what follows gives reasons. Paragraphs whose number is of another kind than that of the first item belong to an item
 * where that kind stands below it, and end the list where it stands above. The changes add up (9 - 2 + 1 = 8), so the three
 * are all there is, and 63 + 32 + 3 = 98 must hold; so it must where the figure is said to be made of what follows (mode
 * `complete`) and the sum is near. Items of it (mode `exceed`) are not more than it.
 */
#include "check/found.h"
#include "text/numeral.h"

enum {
    MOST_ITEMS = 64,
    MOST_LINES = 400, /* that are looked at */
    LEAST = 3,        /* items, or changes of items, that add up to something by no chance */
    NEAR = 10         /* a miss by less than this part of the figure is a miss of the figures */
};

typedef struct column {
    uint32_t term[MOST_ITEMS + 1]; /* the head first */
    size_t count, plain;           /* items that have one; those that are not zero */
    bool negative;                 /* one of them is */
    gk_interval sum;
    gk_fixed exact;
    bool good;
} column;

typedef struct mark {
    int rank; /* 1: of the highest kind; 0: the line has none */
    bool one; /* its number is the first */
} mark;

static bool is_digit(gk_str s, size_t at) { return at < s.len && s.ptr[at] >= '0' && s.ptr[at] <= '9'; }

/* The mark that a line begins with: of these kinds from the highest on, "I、", "(I)", "1." or "1、", "(1)". */
static mark mark_of(gk_str line) {
    mark none = {0};
    int64_t number;
    bool bracket = gk_str_starts(line, GK_STR("("));
    gk_str s = gk_str_slice(line, bracket, line.len);
    size_t len = gk_ordinal_read(s, 2, &number);
    bool figures = is_digit(s, 0);
    gk_str behind = gk_str_slice(s, len, s.len);
    bool pause = gk_str_starts(behind, GK_STR("\xE3\x80\x81"));
    bool point = figures && gk_str_starts(behind, GK_STR(".")) && !is_digit(behind, 1);
    if (!len || !(bracket ? gk_str_starts(behind, GK_STR(")")) : pause || point)) return none;
    return (mark){(figures ? 3 : 1) + bracket, number == 1};
}

static void start_column(gk_checker *c, column *col, const gk_token *head) {
    gk_figure f = head ? c->figures.at[head->record] : (gk_figure){0};
    *col = (column){.good = f.known && !f.vague};
    if (head) col->term[0] = head->record;
}

static void add(gk_checker *c, column *col, const gk_token *t) {
    gk_figure f = t ? c->figures.at[t->record] : (gk_figure){0};
    if (!f.known || f.vague || col->count == MOST_ITEMS) col->good = false;
    if (!col->good) return;
    col->term[++col->count] = t->record;
    col->plain += f.value != 0;
    col->negative = col->negative || f.value < 0;
    bool over = gk_interval_add(&col->sum, gk_figure_wide(f)) != GK_CALC_OK;
    if (over || __builtin_add_overflow(col->exact, f.value, &col->exact)) col->good = false;
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

/* Reads the items below a head. False: one of them has no figure of its kind. */
static bool read_items(gk_checker *c, const gk_token *head, column *plain, column *changes) {
    mark first = {0};
    uint32_t at = head->end;
    at += (uint32_t)line_at(c, at).len + 1;
    for (int i = 0; i < MOST_LINES && at < c->skeleton.len; i++) {
        gk_str line = line_at(c, at);
        mark m = mark_of(line);
        uint32_t end = at + (uint32_t)line.len;
        size_t count;
        bool one = m.rank && m.one;
        if (!i) first = m;
        if (!first.rank || (m.rank && m.rank < first.rank) || (m.rank == first.rank && one != !i)) break;
        const gk_token *t = gk_tokens_in(c, at, end, &count);
        at = end + 1;
        c->steps += 1 + count;
        if (m.rank != first.rank) continue;
        if (!count || !gk_class_in(t->class, GK_CLASSES_AMOUNT) || t->year != head->year) return false;
        add(c, plain, t);
        const gk_token *change = change_behind(c, t, end);
        if (changes->good) add(c, changes, change);
    }
    return plain->count >= LEAST;
}

static bool adds_up(const gk_checker *c, const column *col) {
    return col->good && gk_interval_meet(gk_figure_wide(c->figures.at[col->term[0]]), col->sum);
}

/* Whether the rule says that the items make the figure, or are no more than it, and they nearly are. */
static bool is_meant(const gk_checker *c, const gk_found *m, const column *col) {
    gk_figure head = c->figures.at[col->term[0]];
    gk_fixed off = col->exact - head.value;
    gk_str mode = m->by->rule->constant[GK_KEY_MODE];
    bool more = col->sum.lo > gk_figure_wide(head).hi && !col->negative;
    bool said = gk_str_eqz(mode, "complete") || (gk_str_eqz(mode, "exceed") && more);
    return said && col->plain >= LEAST && (off < 0 ? -off : off) <= head.value / NEAR;
}

static void tell(gk_checker *c, const gk_found *m, column *col, gk_status status) {
    if (!gk_is_told(c, status)) return;
    gk_verdict v = gk_verdict_of_sum(c, m->by->rule, col->term, col->count, col->sum, status);
    v.formula = gk_arena_printf(&c->out->arena, "the sum of %zu items below it", col->count);
    gk_verdict_add(c, &v);
}

/* One column, where the other tells that the items are all there is. */
static void judge(gk_checker *c, const gk_found *m, column *col, bool sure) {
    gk_figure f = c->figures.at[col->term[0]];
    if (!col->good) gk_not_run(c, GK_REASON_VAGUE);
    else if (adds_up(c, col)) tell(c, m, col, f.value == col->exact ? GK_HOLDS : GK_ROUNDING);
    else if (sure) tell(c, m, col, GK_CONTRADICTS);
    else gk_not_run(c, GK_REASON_INCOMPLETE);
}

/* The figure that the line above an item begins with, where a change of it follows. */
static const gk_token *head_above(const gk_checker *c, const gk_token *item) {
    size_t count, end = item->at;
    while (end > 0 && c->skeleton.ptr[end - 1] != '\n') end--;
    size_t start = end > 0 ? end - 1 : 0;
    while (start > 0 && c->skeleton.ptr[start - 1] != '\n') start--;
    const gk_token *t = gk_tokens_in(c, (uint32_t)start, (uint32_t)end, &count);
    bool plain = count > 1 && gk_class_in(t->class, GK_CLASSES_AMOUNT);
    return plain && change_behind(c, t, (uint32_t)end) ? t : NULL;
}

void gk_check_items(gk_checker *c, const gk_found *m) {
    const gk_token *head = gk_found_figure(c, m, GK_ROLE_WHOLE), *part = gk_found_figure(c, m, GK_ROLE_PART);
    column plain, changes;
    if (part) head = head_above(c, part);
    if (!head) return;
    const gk_token *change = change_behind(c, head, head->end + (uint32_t)line_at(c, head->end).len);
    start_column(c, &plain, head);
    start_column(c, &changes, change);
    if (!plain.good || !read_items(c, head, &plain, &changes)) return;
    bool both = changes.good && changes.count == plain.count;
    judge(c, m, &plain, is_meant(c, m, &plain) || (both && changes.plain >= LEAST && adds_up(c, &changes)));
    if (both) judge(c, m, &changes, plain.plain >= LEAST && adds_up(c, &plain));
}
