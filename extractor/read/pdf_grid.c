/* Grids: rules that cross each other, and the cells between them.
 *
 * Worked example: horizontal rules at 0, 20, 40 from 0 to 100 and vertical ones at 0, 100 from 0 to 40 and at 50 from 20
 * to 40 make rows 0-20 and 20-40 and columns 0-50 and 50-100. No rule parts the two columns in the first row, so that
 * row is one cell of two columns; the second row has two cells.
 */
#include <math.h>
#include <stdlib.h>

#include "base/limits.h"
#include "read/pdf.h"

/* How near rules must come to touch; how near edges are one; how far rules reach over the last rule that crosses them
 * when the table is open there. Points. */
static const float touch = 3, merge = 3.5f, open_side = 8;

/* A rule at the side that no other crosses: at least so long, at most so far from the table. Points. */
static const float long_side = 60, wide_side = 160;

enum { MOST_COLS = 400, MOST_ROWS = 3000, MOST_LONELY = 16 };

typedef struct rules {
    const pd_rule *across, *down;
    size_t rows, cols;      /* how many of each */
    uint32_t *group;        /* union-find over across, then down */
} rules;

static uint32_t root(uint32_t *group, uint32_t i) {
    while (group[i] != i) i = group[i] = group[group[i]];
    return i;
}

static int by_at(const void *a, const void *b) {
    const pd_rule *u = a, *v = b;
    if (u->at != v->at) return u->at < v->at ? -1 : 1;
    return u->from < v->from ? -1 : u->from > v->from;
}

/* The first vertical rule at or right of x. */
static size_t first_right(const rules *r, float x) {
    size_t lo = 0, hi = r->cols;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (r->down[mid].at < x) lo = mid + 1;
        else hi = mid;
    }
    return lo;
}

static void connect(rules *r) {
    for (uint32_t i = 0; i < r->rows + r->cols; i++) r->group[i] = i;
    for (uint32_t i = 0; i < r->rows; i++) {
        const pd_rule *h = &r->across[i];
        for (size_t k = first_right(r, h->from - touch); k < r->cols && r->down[k].at <= h->to + touch; k++) {
            const pd_rule *v = &r->down[k];
            if (h->at < v->from - touch || h->at > v->to + touch) continue;
            r->group[root(r->group, i)] = root(r->group, (uint32_t)(r->rows + k));
        }
    }
}

/* Whether a rule is crossed by none, and long. */
static bool is_lonely(const rules *r, const uint32_t *members, uint32_t k) {
    return members[r->rows + k] == 1 && r->down[k].to - r->down[k].from > long_side;
}

/* A column at the side whose only cell is open above and below has no rule across: its outer rule is crossed by none, but
 * begins and ends where the next vertical rule of the table does. */
static void connect_sides(rules *r) {
    uint32_t *members = gk_alloc_zero(r->rows + r->cols, sizeof *members);
    uint32_t cols = (uint32_t)r->cols, lonely = 0;
    for (uint32_t i = 0; i < r->rows + r->cols; i++) members[root(r->group, i)]++;
    for (uint32_t k = 0; k < cols && lonely < MOST_LONELY; k++) {
        if (root(r->group, (uint32_t)r->rows + k) != r->rows + k || !is_lonely(r, members, k)) continue;
        lonely++;
        const pd_rule *v = &r->down[k], *next = NULL;
        for (uint32_t i = 0; i < cols; i++) {
            const pd_rule *u = &r->down[i];
            if (members[root(r->group, (uint32_t)r->rows + i)] < 4 || fabsf(u->from - v->from) > open_side ||
                fabsf(u->to - v->to) > open_side)
                continue;
            if (!next || fabsf(u->at - v->at) < fabsf(next->at - v->at)) next = u;
        }
        if (next && fabsf(next->at - v->at) < wide_side)
            r->group[(uint32_t)r->rows + k] = root(r->group, (uint32_t)(r->rows + (size_t)(next - r->down)));
    }
    free(members);
}

static int by_value(const void *a, const void *b) {
    float u = *(const float *)a, v = *(const float *)b;
    return u < v ? -1 : u > v;
}

/* Sorts edges and makes those that are near one. */
static size_t distinct(float *at, size_t n) {
    size_t kept = 0;
    if (n) qsort(at, n, sizeof *at, by_value);
    for (size_t i = 0; i < n; i++)
        if (!kept || at[i] - at[kept - 1] > merge) at[kept++] = at[i];
    return kept;
}

static uint32_t nearest(const float *at, size_t n, float v) {
    size_t lo = 0, hi = n;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (at[mid] < v) lo = mid + 1;
        else hi = mid;
    }
    if (lo == n || (lo > 0 && v - at[lo - 1] < at[lo] - v)) lo--;
    return (uint32_t)lo;
}

/* Where at least half of the rules reach well over the outermost edge the table is open: the ends of the rules are its
 * edge. */
static void open_edges(const rules *r, uint32_t of, bool across, float *lo, float *hi, bool *has_lo, bool *has_hi) {
    float from = 0, to = 0;
    size_t n = 0, before = 0, behind = 0, start = across ? 0 : r->rows, end = across ? r->rows : r->rows + r->cols;
    for (size_t i = start; i < end; i++) {
        if (root(r->group, (uint32_t)i) != of) continue;
        const pd_rule *u = across ? &r->across[i] : &r->down[i - r->rows];
        if (u->from < *lo - open_side) before++, from = before == 1 ? u->from : fminf(from, u->from);
        if (u->to > *hi + open_side) behind++, to = behind == 1 ? u->to : fmaxf(to, u->to);
        n++;
    }
    *has_lo = before >= 2 && 2 * before >= n;
    *has_hi = behind >= 2 && 2 * behind >= n;
    if (*has_lo) *lo = from;
    if (*has_hi) *hi = to;
}

static void gather_edges(const rules *r, uint32_t of, pd_grid *g) {
    g->xs.len = g->ys.len = g->cells.len = 0;
    for (uint32_t i = 0; i < r->rows; i++)
        if (root(r->group, i) == of) *gk_vec_push(&g->ys) = r->across[i].at;
    for (uint32_t i = 0; i < r->cols; i++)
        if (root(r->group, (uint32_t)(r->rows + i)) == of) *gk_vec_push(&g->xs) = r->down[i].at;
    g->ys.len = distinct(g->ys.at, g->ys.len);
    g->xs.len = distinct(g->xs.at, g->xs.len);
    if (!g->xs.len || !g->ys.len) return;
    float lo = g->xs.at[0], hi = g->xs.at[g->xs.len - 1];
    bool has_lo, has_hi;
    open_edges(r, of, true, &lo, &hi, &has_lo, &has_hi);
    if (has_lo) *gk_vec_push(&g->xs) = lo;
    if (has_hi) *gk_vec_push(&g->xs) = hi;
    lo = g->ys.at[0], hi = g->ys.at[g->ys.len - 1];
    open_edges(r, of, false, &lo, &hi, &has_lo, &has_hi);
    if (has_lo) *gk_vec_push(&g->ys) = lo;
    if (has_hi) *gk_vec_push(&g->ys) = hi;
    g->ys.len = distinct(g->ys.at, g->ys.len);
    g->xs.len = distinct(g->xs.at, g->xs.len);
}

/* Which sides of the elementary cells are ruled: walls[(row * (cols + 1) + edge)] left of a cell, floors[edge * cols +
 * col] above it. */
typedef struct sides {
    uint8_t *walls, *floors;
} sides;

/* Marks the elementary intervals of `at` that a rule covers by more than half. */
static void mark(uint8_t *out, size_t step, const float *at, size_t n, float from, float to) {
    size_t i = nearest(at, n, from);
    if (i > 0) i--;
    for (; i + 1 < n && at[i] < to; i++) {
        float shared = fminf(at[i + 1], to) - fmaxf(at[i], from);
        if (2 * shared > at[i + 1] - at[i]) out[i * step] = 1;
    }
}

static void find_sides(const rules *r, uint32_t of, const pd_grid *g, sides *s) {
    for (uint32_t i = 0; i < r->rows; i++) {
        if (root(r->group, i) != of) continue;
        uint32_t edge = nearest(g->ys.at, g->ys.len, r->across[i].at);
        mark(s->floors + (size_t)edge * g->cols, 1, g->xs.at, g->xs.len, r->across[i].from, r->across[i].to);
    }
    for (uint32_t i = 0; i < r->cols; i++) {
        if (root(r->group, (uint32_t)(r->rows + i)) != of) continue;
        uint32_t edge = nearest(g->xs.at, g->xs.len, r->down[i].at);
        mark(s->walls + edge, g->cols + 1, g->ys.at, g->ys.len, r->down[i].from, r->down[i].to);
    }
}

static bool joins_below(const pd_grid *g, const sides *s, uint32_t row, uint32_t col, uint32_t width) {
    for (uint32_t c = col; c < col + width; c++) {
        if (s->floors[(size_t)row * g->cols + c] || g->at[(size_t)row * g->cols + c]) return false;
        if (c > col && s->walls[(size_t)row * (g->cols + 1) + c]) return false;
    }
    return true;
}

static void add_cell(pd_grid *g, const sides *s, uint32_t row, uint32_t col) {
    uint32_t width = 1, height = 1;
    while (col + width < g->cols && !s->walls[(size_t)row * (g->cols + 1) + col + width] &&
           !g->at[(size_t)row * g->cols + col + width])
        width++;
    while (row + height < g->rows && joins_below(g, s, row + height, col, width)) height++;
    pd_cell *c = gk_vec_push(&g->cells);
    *c = (pd_cell){.row = row, .col = col, .rowspan = (uint16_t)height, .colspan = (uint16_t)width};
    c->box = (pd_rect){g->xs.at[col], g->ys.at[row], g->xs.at[col + width], g->ys.at[row + height]};
    for (uint32_t y = row; y < row + height; y++)
        for (uint32_t x = col; x < col + width; x++) g->at[(size_t)y * g->cols + x] = (uint32_t)g->cells.len;
}

static bool build(const rules *r, uint32_t of, pd_grid *g) {
    gather_edges(r, of, g);
    if (g->xs.len < 3 || g->ys.len < 2 || g->xs.len > MOST_COLS || g->ys.len > MOST_ROWS) return false;
    g->cols = (uint32_t)g->xs.len - 1;
    g->rows = (uint32_t)g->ys.len - 1;
    size_t area = (size_t)(g->rows + 1) * (g->cols + 1);
    sides s = {gk_alloc_zero(area, 1), gk_alloc_zero(area, 1)};
    g->at = gk_alloc_zero(area, sizeof *g->at);
    find_sides(r, of, g, &s);
    for (uint32_t row = 0; row < g->rows; row++)
        for (uint32_t col = 0; col < g->cols; col++)
            if (!g->at[(size_t)row * g->cols + col]) add_cell(g, &s, row, col);
    free(s.walls);
    free(s.floors);
    return true;
}

void pd_find_grids(pdf *p, void (*found)(pdf *p, pd_grid *g)) {
    pd_page *page = &p->page;
    if (!page->across.len || !page->down.len) return;
    rules r = {page->across.at, page->down.at, page->across.len, page->down.len, NULL};
    qsort(page->down.at, page->down.len, sizeof *page->down.at, by_at);
    r.group = gk_alloc((r.rows + r.cols) * sizeof *r.group);
    connect(&r);
    connect_sides(&r);
    uint32_t *members = gk_alloc_zero(r.rows + r.cols, sizeof *members);
    for (uint32_t i = 0; i < r.rows + r.cols; i++) members[root(r.group, i)]++;
    pd_grid g = {0};
    for (uint32_t i = 0; i < r.rows + r.cols; i++) {
        if (members[i] < 4 || !build(&r, i, &g)) continue;
        found(p, &g);
        free(g.at);
        g.at = NULL;
    }
    gk_vec_free(&g.xs);
    gk_vec_free(&g.ys);
    gk_vec_free(&g.cells);
    free(members);
    free(r.group);
}
