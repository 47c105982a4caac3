#include "read/heads.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_COLS = 80, NONE = HD_MOST };

/* In parts of the size: what a cell may leave free beside a line that fills it, how far apart the lines of a cell are at most,
 * and how far middles may lie apart that are one. */
static const float free_gap = 1.2f, leading = 1.6f, one_middle = 0.3f,
                   slack_down = 0.06f;

static float middle(const hd_cell *c) { return (c->x0 + c->x1) / 2; }
static float height(const hd_cell *c) { return (c->first + c->last) / 2; }

static uint32_t column_at(const hd_heads *h, float x) {
    uint32_t c = 0;
    while (c + 1 < h->cols && x >= h->edges[c + 1]) c++;
    return c;
}

/* The width of the narrowest columns around the middle of a cell that hold it; or else of the column that its middle is in,
 * where it is little wider; or else of the narrowest that hold it. */
static float room_of(const hd_heads *h, const hd_cell *c) {
    static const float little = 1.3f;
    float centred = 0, any = 0, slack = one_middle * h->size;
    uint32_t at = column_at(h, middle(c));
    float own = h->edges[at + 1] - h->edges[at];
    for (uint32_t a = 0; a < h->cols; a++)
        for (uint32_t b = a; b < h->cols; b++) {
            float from = h->edges[a], to = h->edges[b + 1], off = (from + to) / 2 - middle(c);
            if (from > c->x0 + slack || to < c->x1 - slack) continue;
            if (any <= 0 || to - from < any) any = to - from;
            if (fabsf(off) < 2 * slack && (centred <= 0 || to - from < centred)) centred = to - from;
        }
    return centred > 0 ? centred : c->x1 - c->x0 < little * own ? own : any;
}

/* How far apart the lines of one cell are: no farther than any two words below each other, rows stand farther apart. */
static float find_leading(const hd_heads *h) {
    float least = leading * h->size;
    for (size_t i = 0; i < h->count; i++)
        for (size_t k = i + 1; k < h->count; k++) {
            const hd_word *a = &h->words[i], *b = &h->words[k];
            float down = b->y - a->y, off = (a->x0 + a->x1 - b->x0 - b->x1) / 2;
            bool aligned = fabsf(off) < one_middle * h->size || fabsf(a->x0 - b->x0) < 1;
            if (aligned && down > 0.8f * h->size && down < least) least = down;
        }
    return least + slack_down * h->size;
}

/* Whether a word is the next line of a cell: right below, around one middle or from one edge, and the line above it had no room
 * for its beginning. */
static bool goes_on(const hd_heads *h, const hd_cell *c, const hd_word *w) {
    float down = w->y - c->last, off = middle(c) - (w->x0 + w->x1) / 2;
    bool aligned = fabsf(off) < one_middle * h->size || fabsf(c->x0 - w->x0) < 1;
    if (!aligned || down < h->size / 2 || down > h->leading) return false;
    return c->x1 - c->x0 + w->lead + free_gap * h->size > room_of(h, c);
}

/* Whether a word stands beside a cell of one line, in one column with it; or both are single letters of the top line, one word
 * that is set wide. */
static bool is_beside(const hd_heads *h, const hd_cell *c, const hd_word *w) {
    enum { WIDE = 4 };
    const float letter = 1.3f * h->size, top = h->words[0].y + h->size / 3;
    uint32_t col = column_at(h, c->x0 + 1);
    bool letters = c->last < top && w->y < top && c->x1 - c->x0 < letter && w->x1 - w->x0 < letter;
    if (letters && w->x0 > c->x1 && w->x0 - c->x1 < WIDE * h->size) return true;
    return c->first == c->last && fabsf(w->y - c->last) < h->size / 3 && col == column_at(h, c->x1 - 1) &&
           col == column_at(h, w->x0 + 1) && col == column_at(h, w->x1 - 1);
}

/* `alone`: what stands in the top line heads others, and no line goes on with it. */
static bool find_cells(hd_heads *h, bool alone) {
    const float top = h->words[0].y + h->size / 2;
    h->len = 0;
    h->leading = find_leading(h);
    for (size_t i = 0; i < h->count; i++) {
        hd_word *w = &h->words[i];
        size_t k = 0;
        while (k < h->len && !is_beside(h, &h->cells[k], w)) {
            if (!(alone && h->cells[k].last < top) && goes_on(h, &h->cells[k], w)) break;
            k++;
        }
        if (k == HD_MOST) return false;
        hd_cell *c = &h->cells[k];
        if (k == h->len) h->len++, *c = (hd_cell){.x0 = w->x0, .x1 = w->x1, .first = w->y, .last = w->y};
        c->x0 = fminf(c->x0, w->x0), c->x1 = fmaxf(c->x1, w->x1), c->last = fmaxf(c->last, w->y);
        w->cell = (uint32_t)k;
    }
    return true;
}

/* ---- leaves and groups */

typedef struct tree {
    hd_heads *h;
    size_t leaf[MOST_COLS];  /* the lowest cell of each column */
    size_t owner[MOST_COLS]; /* the lowest group over each column so far, NONE: none */
    uint32_t depth[MOST_COLS];
    bool group[HD_MOST];
} tree;

/* A column without a leaf of its own has that of a neighbour which reaches far into it, or next to it where it is narrow, as
 * one of nothing but the numbers of the columns. */
static size_t leaf_beside(const tree *t, uint32_t c) {
    const hd_heads *h = t->h;
    float from = h->edges[c], to = h->edges[c + 1];
    for (uint32_t side = 0; side < 2; side++) {
        if (side ? c + 1 == h->cols : c == 0) continue;
        size_t k = t->leaf[side ? c + 1 : c - 1];
        if (k == NONE) continue;
        float shared = fminf(to, h->cells[k].x1) - fmaxf(from, h->cells[k].x0);
        bool narrow = to - from < 2 * h->size && shared > -one_middle * h->size;
        if (narrow || 3 * shared > to - from) return k;
    }
    return NONE;
}

static bool find_leaves(tree *t) {
    hd_heads *h = t->h;
    for (uint32_t c = 0; c < h->cols; c++) t->leaf[c] = t->owner[c] = NONE, t->depth[c] = 0;
    for (size_t k = 0; k < h->len; k++) {
        size_t *leaf = &t->leaf[column_at(h, middle(&h->cells[k]))];
        if (*leaf == NONE || height(&h->cells[k]) > height(&h->cells[*leaf])) *leaf = k;
        t->group[k] = true;
    }
    for (uint32_t c = 0; c < h->cols; c++) {
        if (t->leaf[c] == NONE) t->leaf[c] = leaf_beside(t, c);
        if (t->leaf[c] == NONE) return false;
        t->group[t->leaf[c]] = false;
    }
    return true;
}

static float leaf_height(const tree *t, uint32_t c) { return height(&t->h->cells[t->leaf[c]]); }

/* Below a group of the first line `top`, beside a column: how low a leaf lies at least that is not in the middle of all rows.
 * Rows need not be of one height. */
static float least_height(const tree *t, uint32_t col, float top) {
    static const float part = 0.42f;
    const hd_heads *h = t->h;
    float bottom = top;
    for (uint32_t c = 0; c < h->cols; c++)
        if (t->owner[c] == t->owner[col]) bottom = fmaxf(bottom, h->cells[t->leaf[c]].last);
    return (top + bottom) / 2 + fmaxf(one_middle * h->size, part * (bottom - top) / 2);
}

/* The columns around the middle of a group whose leaves lie in the rows below it: what has no group lies half as low. */
static bool columns_below(const tree *t, const hd_cell *g, float top, uint32_t *from, uint32_t *to) {
    const hd_heads *h = t->h;
    uint32_t a = column_at(h, middle(g) - h->size / 2), b = column_at(h, middle(g) + h->size / 2);
    float least = least_height(t, a, top);
    size_t owner = t->owner[a];
    if (leaf_height(t, a) < least) a = b;
    if (leaf_height(t, a) < least || t->owner[a] != owner) return false;
    for (*from = a; *from > 0 && t->owner[*from - 1] == owner && leaf_height(t, *from - 1) >= least; --*from) {}
    for (*to = a; *to + 1 < h->cols && t->owner[*to + 1] == owner && leaf_height(t, *to + 1) >= least; ++*to) {}
    return true;
}

/* How far the middle of some columns lies from that of a group. */
static float off_middle(const tree *t, size_t g, uint32_t from, uint32_t to) {
    const float *x = t->h->edges;
    return fabsf((x[from] + x[to + 1]) / 2 - middle(&t->h->cells[g]));
}

/* Parts columns `from`..`to` among n groups from left to right, so that each stands around the middle of its own. */
static bool part_columns(tree *t, const size_t *groups, size_t n, uint32_t from, uint32_t to) {
    enum { FAR = 1000000 };
    static const float per_width = 0.12f;
    float cost[MOST_COLS + 1], before[MOST_COLS + 1]; /* where the columns up to this one are given away */
    uint32_t start[HD_MOST / 4][MOST_COLS + 1], cols = to - from + 1;
    if (n > cols || n > HD_MOST / 4) return false;
    for (uint32_t k = 0; k <= cols; k++) cost[k] = k ? FAR : 0;
    for (size_t i = 0; i < n; i++) {
        memcpy(before, cost, sizeof before);
        for (uint32_t k = 0; k <= cols; k++) cost[k] = FAR;
        for (uint32_t a = 0; a < cols; a++)
            for (uint32_t b = a; b < cols && before[a] < FAR; b++) {
                float c = before[a] + off_middle(t, groups[i], from + a, from + b);
                if (c < cost[b + 1]) cost[b + 1] = c, start[i][b + 1] = a;
            }
    }
    const hd_heads *h = t->h;
    float most = 2 * h->size + per_width * (h->edges[to + 1] - h->edges[from]);
    if (cost[cols] >= FAR) return false;
    for (uint32_t end = cols; n-- > 0; end = start[n][end]) {
        hd_cell *g = &t->h->cells[groups[n]];
        uint32_t a = from + start[n][end], b = from + end - 1;
        if (off_middle(t, groups[n], a, b) > most) return false;
        g->col = (uint16_t)a, g->colspan = (uint16_t)(b - a + 1), g->row = (uint16_t)t->depth[a], g->rowspan = 1;
    }
    return true;
}

static int by_place(const hd_cell *a, const hd_cell *b) {
    if (a->row != b->row) return a->row < b->row ? -1 : 1;
    return a->col < b->col ? -1 : a->col > b->col;
}

/* Gives the groups of one height, from left to right, their columns. */
static bool place_level(tree *t, const size_t *groups, size_t n) {
    float top = t->h->cells[groups[0]].first;
    for (size_t i = 1; i < n; i++) top = fminf(top, t->h->cells[groups[i]].first);
    for (size_t i = 0, k; i < n; i = k) {
        uint32_t from, to, a, b;
        if (!columns_below(t, &t->h->cells[groups[i]], top, &from, &to)) return false;
        for (k = i + 1; k < n; k++) {
            if (!columns_below(t, &t->h->cells[groups[k]], top, &a, &b)) return false;
            if (a != from || b != to) break;
        }
        if (!part_columns(t, groups + i, k - i, from, to)) return false;
    }
    for (size_t i = 0; i < n; i++) {
        const hd_cell *g = &t->h->cells[groups[i]];
        for (uint32_t c = g->col; c < (uint32_t)g->col + g->colspan; c++) t->owner[c] = groups[i], t->depth[c] = g->row + 1u;
    }
    return true;
}

/* The groups, level by level from the top. */
static bool place_groups(tree *t) {
    const hd_heads *h = t->h;
    bool done[HD_MOST] = {false};
    for (;;) {
        size_t level[HD_MOST], n = 0;
        float top = 0;
        bool any = false;
        for (size_t k = 0; k < h->len; k++)
            if (t->group[k] && !done[k] && (!any || height(&h->cells[k]) < top)) top = height(&h->cells[k]), any = true;
        if (!any) return true;
        for (size_t k = 0; k < h->len; k++) {
            if (!t->group[k] || done[k] || height(&h->cells[k]) > top + h->size / 2) continue;
            size_t at = n++;
            for (; at > 0 && middle(&h->cells[level[at - 1]]) > middle(&h->cells[k]); at--) level[at] = level[at - 1];
            level[at] = k;
            done[k] = true;
        }
        if (!place_level(t, level, n)) return false;
    }
}

static void sort_cells(hd_heads *h) {
    uint32_t now[HD_MOST]; /* where each cell went */
    hd_cell was[HD_MOST];
    memcpy(was, h->cells, h->len * sizeof *was);
    for (size_t k = 0; k < h->len; k++) {
        now[k] = 0;
        for (size_t i = 0; i < h->len; i++) {
            int way = by_place(&was[i], &was[k]);
            now[k] += way < 0 || (way == 0 && i < k);
        }
        h->cells[now[k]] = was[k];
    }
    for (size_t i = 0; i < h->count; i++) h->words[i].cell = now[h->words[i].cell];
}

/* Whether what stands below no group lies between the first and the last row, where there are several. */
static bool is_balanced(const tree *t) {
    const hd_heads *h = t->h;
    float top = h->words[0].y, bottom = h->words[h->count - 1].y;
    for (uint32_t c = 0; c < h->cols && h->rows > 1; c++)
        if (!t->depth[c] && fabsf(leaf_height(t, c) - (top + bottom) / 2) > h->size) return false;
    return true;
}

static bool place_leaves(tree *t) {
    hd_heads *h = t->h;
    h->rows = 1;
    for (uint32_t c = 0; c < h->cols; c++)
        if (t->depth[c] + 1 > h->rows) h->rows = t->depth[c] + 1;
    for (uint32_t c = 0; c < h->cols; c++) {
        hd_cell *leaf = &h->cells[t->leaf[c]];
        bool shared = c && t->leaf[c] == t->leaf[c - 1];
        if (shared && t->owner[c] != t->owner[c - 1]) return false;
        if (shared) leaf->colspan++;
        else leaf->col = (uint16_t)c, leaf->colspan = 1;
        leaf->row = (uint16_t)t->depth[c];
        leaf->rowspan = (uint16_t)(h->rows - t->depth[c]);
    }
    return is_balanced(t);
}

bool hd_arrange(hd_heads *h) {
    tree t = {.h = h};
    if (!h->count || h->count > HD_MOST || h->cols > MOST_COLS) return false;
    for (int alone = 0; alone < 2; alone++) {
        if (!find_cells(h, alone) || !find_leaves(&t) || !place_groups(&t) || !place_leaves(&t)) continue;
        sort_cells(h);
        return true;
    }
    return false;
}
