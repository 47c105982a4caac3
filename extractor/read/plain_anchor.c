/* Tables with labels on both sides that are parted by blanks: what keeps their columns apart where places drift.
 * First, numbers of lines on both sides.
 *
 * Worked example: places drift with the words before them, but the numbers of the lines are always as far apart:
 *     Grants              1    580   Schools         31
 *     Funds of the state  2   12   Hospitals       32   9.50
 *                         3          Roads           33
 * In nearly all lines two whole numbers differ by 30. So what stands before the first is the label on the left, a figure
 * between the two is its money, words there are the label on the right, and each of these gets the same places in all
 * lines. */
#include "read/plain_cut.h"

enum { MOST_APART = 255, LEAST_APART = 3, LEAST_LINES = 6, GAP = 2 };
enum { LOOK = 12 }; /* lines, none of which is told apart here: the table is none of this kind */

/* Second, where there are no such numbers: the labels on the right begin near the same place, and money of the left side
 * reaches into it. Then they, and all behind them, stand behind that money. */
enum { SPREAD = 10 };

/* A whole number of one to three digits; 0: the cell is none. */
static uint32_t small_number(const plain *p, const pl_token *t) {
    uint32_t n = 0;
    if (!t->value || t->at.end - t->at.start > 3) return 0;
    for (uint32_t i = t->at.start; i < t->at.end; i++) {
        if (p->text[i] < '0' || p->text[i] > '9') return 0;
        n = n * 10 + (uint32_t)(p->text[i] - '0');
    }
    return n;
}

bool pl_find_pair(const plain *p, const pl_cut *c, uint32_t apart, uint32_t *left, uint32_t *right) {
    for (uint32_t i = 0; i < c->count && i < 3; i++) {
        uint32_t a = small_number(p, &c->at[i]);
        for (uint32_t k = i + 1; a && k < c->count; k++) {
            if (small_number(p, &c->at[k]) != a + apart) continue;
            *left = i, *right = k;
            return true;
        }
    }
    return false;
}

uint32_t pl_distance(const plain *p, const pl_run *r) {
    uint16_t votes[MOST_APART + 1] = {0};
    uint32_t lines = 0, best = 0;
    pl_cut c;
    for (size_t i = r->first; i < r->to; i++) {
        if (i == r->first + LOOK && !lines) return 0;
        pl_cut_line(p, &p->lines.at[i], &c);
        bool counts = false;
        for (uint32_t a = 0; a < c.count && a < 3; a++)
            for (uint32_t b = a + 1; b < c.count; b++) {
                uint32_t low = small_number(p, &c.at[a]), high = small_number(p, &c.at[b]);
                if (!low || high < low + LEAST_APART || high - low > MOST_APART) continue;
                counts = true;
                if (votes[high - low] < UINT16_MAX) votes[high - low]++;
            }
        lines += counts;
    }
    for (uint32_t d = LEAST_APART; d <= MOST_APART; d++)
        if (votes[d] > votes[best]) best = d;
    return votes[best] >= LEAST_LINES && votes[best] * 4 >= lines * 3 ? best : 0;
}

static void shift(pl_token *t, uint32_t from) {
    uint32_t width = t->to - t->from;
    t->from = (uint16_t)(from < PL_MOST_PLACES ? from : PL_MOST_PLACES); /* lines are no longer than that */
    t->to = (uint16_t)(from + width < PL_MOST_PLACES ? from + width : PL_MOST_PLACES);
}

static void raise(uint32_t *most, uint32_t value) {
    if (value > *most) *most = value;
}

/* The parts of a line: figures from `left` on, words from `label` on, what stands behind the number on the right. */
static uint32_t label_of(const pl_cut *c, uint32_t left, uint32_t right) {
    uint32_t label = left + 1;
    while (label < right && c->at[label].value) label++;
    return label;
}

/* Moves the cells of a line to the places of their parts, or with `learn` finds how far right each part reaches. */
static void move(pl_anchor *a, pl_cut *c, uint32_t left, uint32_t right, bool learn) {
    uint32_t label = label_of(c, left, right), old = c->at[left].from;
    if (learn) raise(&a->left, old);
    else shift(&c->at[left], a->left);
    uint32_t by = a->left - (old < a->left ? old : a->left);
    for (uint32_t i = left + 1; i < label; i++) {
        if (learn) raise(&a->money, c->at[i].to + by);
        else shift(&c->at[i], label == left + 2 ? a->money - (c->at[i].to - c->at[i].from) : c->at[i].from + by);
    }
    for (uint32_t i = label; i < right; i++) {
        uint32_t from = i == label ? a->money + GAP : c->at[i - 1].to + 1u;
        if (learn) raise(&a->label, from + (c->at[i].to - c->at[i].from));
        shift(&c->at[i], from);
    }
    old = c->at[right].from;
    for (uint32_t i = right; i < c->count; i++)
        if (!learn) shift(&c->at[i], c->at[i].from - old + a->label + GAP);
}

/* The label on the right: the second words of a line, or its first where they stand far enough; the number of cells: none. */
static uint32_t right_label(const pl_cut *c, uint32_t place) {
    uint32_t words = 0;
    for (uint32_t i = 0; i < c->count; i++) {
        if (c->at[i].value) continue;
        if (words++ == 1 || (place && c->at[i].from + (uint32_t)SPREAD >= place)) return i;
    }
    return c->count;
}

/* Learns the place where nearly all labels on the right begin, and where money on their left ends at most. */
static void find_sides(plain *p, const pl_run *r) {
    uint32_t lines = 0, low = UINT32_MAX, high = 0, money = 0;
    pl_cut c;
    for (size_t i = r->first; i < r->to; i++) {
        if (i == r->first + LOOK && !lines) return;
        pl_cut_line(p, &p->lines.at[i], &c);
        pl_find_places(p, &p->lines.at[i], &c);
        uint32_t k = right_label(&c, 0);
        if (k == c.count) continue;
        lines++;
        if (c.at[k].from < low) low = c.at[k].from;
        raise(&high, c.at[k].from);
        if (c.at[k - 1].value) raise(&money, c.at[k - 1].to);
    }
    if (lines < LEAST_LINES || lines * 2 < r->to - r->first || high > low + SPREAD || money < low) return;
    p->anchor.side = low;
    p->anchor.money = money;
}

static void move_right(const pl_anchor *a, pl_cut *c, uint32_t label) {
    uint32_t by = a->money + 1 - a->side;
    for (uint32_t i = label; i < c->count; i++) shift(&c->at[i], i == label ? a->money + 1 : c->at[i].from + by);
}

void pl_anchor_line(const plain *p, const pl_line *l, pl_cut *c, bool row) {
    pl_cut cells;
    uint32_t left, right;
    if (p->anchor.side) move_right(&p->anchor, c, right_label(c, p->anchor.side));
    if (!p->anchor.apart) return;
    if (!row) {
        pl_cut_line(p, l, &cells);
        if (!pl_find_pair(p, &cells, p->anchor.apart, &left, &right)) return;
        *c = cells;
        pl_find_places(p, l, c);
    } else if (!pl_find_pair(p, c, p->anchor.apart, &left, &right)) {
        return;
    }
    pl_anchor a = p->anchor;
    move(&a, c, left, right, false);
}

static bool same_text(const plain *p, const pl_token *a, const pl_token *b) {
    return gk_str_eq(pl_str(p, a->at), pl_str(p, b->at));
}

/* The heads of the two columns of numbers: the same word behind the same word. */
static bool find_heads(const plain *p, const pl_cut *c, uint32_t *left, uint32_t *right) {
    for (uint32_t i = 1; i + 2 < c->count && i < 3; i++)
        for (uint32_t k = i + 2; k < c->count; k++) {
            if (!same_text(p, &c->at[i], &c->at[k]) || !same_text(p, &c->at[i - 1], &c->at[k - 1])) continue;
            *left = i, *right = k;
            return true;
        }
    return false;
}

void pl_anchor_heads(const plain *p, pl_cut *c) {
    const pl_anchor *a = &p->anchor;
    uint32_t left, right;
    for (uint32_t i = 0; a->side && i < c->count; i++)
        if (c->at[i].from >= a->side) shift(&c->at[i], c->at[i].from + a->money + 1 - a->side);
    if (!a->apart || !find_heads(p, c, &left, &right)) return;
    shift(&c->at[left], a->left);
    for (uint32_t i = left + 1; i + 1 < right; i++) shift(&c->at[i], c->at[i - 1].to + 1u);
    if (right > left + 1) shift(&c->at[right - 1], a->money + GAP);
    uint32_t old = c->at[right].from;
    for (uint32_t i = right; i < c->count; i++) shift(&c->at[i], c->at[i].from - old + a->label + GAP);
}

void pl_find_anchors(plain *p, const pl_run *r, bool again) {
    enum { STEPS = 3 }; /* each part stands behind the one before it */
    pl_cut c;
    uint32_t left, right;
    p->anchor = (pl_anchor){.apart = p->blocks.count ? 0 : again ? p->anchor.apart : pl_distance(p, r)};
    for (int step = 0; p->anchor.apart && step < STEPS; step++)
        for (size_t i = r->first; i < r->to; i++) {
            pl_cut_line(p, &p->lines.at[i], &c);
            pl_find_places(p, &p->lines.at[i], &c);
            if (pl_find_pair(p, &c, p->anchor.apart, &left, &right)) move(&p->anchor, &c, left, right, true);
        }
    if (!p->anchor.apart && !p->blocks.count) find_sides(p, r);
}
