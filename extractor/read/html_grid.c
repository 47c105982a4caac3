/* Tables: which of them hold data, and where their cells stand (HTML Living Standard, 4.9.12, forming a table).
 *
 * Worked example: `<tr><td rowspan=2>A<td colspan=2>B<tr><td>C<td>D` places A at 0,0 (two rows), B at 0,1 (two columns),
 * C at 1,1 and D at 1,2. A span past the last column or row that a cell starts in is cut there. */
#include <stdlib.h>

#include "base/limits.h"
#include "read/html.h"

/* What is known of a table from its cells. */
typedef struct shape {
    uint32_t rows, cells, filled;
    uint32_t widest;  /* cells of the widest row */
    uint32_t heaviest; /* weight of the heaviest cell */
    uint32_t nested;  /* cells that hold a table of data */
    uint32_t row_cells; /* cells of the row that is being counted */
} shape;

/* A table of data has two rows and two columns at least. Around another one it must be large by itself. */
static bool holds_data(const shape *s, uint32_t weight) {
    if (s->widest < 2 || s->filled < 2) return false;
    if (s->nested) return s->rows >= 4 && s->filled >= 12 * s->nested;
    if (s->rows == 1) return s->filled >= 3 && s->heaviest < 60;
    bool one_cell = s->heaviest > 1500 && (uint64_t)s->heaviest * 10 > (uint64_t)weight * 8;
    return !one_cell || s->rows > 6;
}

/* The table each node stands in directly (the node of the table, 0: none), and its row. */
static uint32_t *owners(const ht_tree *t) {
    uint32_t *owner = gk_alloc_zero(t->nodes.len, sizeof *owner);
    for (uint32_t i = 1; i < t->nodes.len; i++) {
        uint32_t parent = t->nodes.at[i].parent;
        owner[i] = t->nodes.at[parent].tag == HT_TABLE ? parent : owner[parent];
    }
    return owner;
}

static void count_cell(const ht_tree *t, shape *s, uint32_t cell) {
    uint32_t weight = t->plain[cell] + t->linked[cell];
    s->cells++;
    s->filled += weight > 0;
    if (weight > s->heaviest) s->heaviest = weight;
    if (++s->row_cells > s->widest) s->widest = s->row_cells;
}

static void count_cells(const ht_tree *t, const uint32_t *owner, shape *shapes) {
    for (uint32_t i = 1; i < t->nodes.len; i++) {
        const ht_node *n = &t->nodes.at[i];
        if (!owner[i] || (n->flags & HT_HIDDEN)) continue;
        shape *s = &shapes[owner[i]];
        if (n->tag == HT_ROW) s->rows++, s->row_cells = 0;
        if (n->tag == HT_CELL) count_cell(t, s, i);
    }
}

void ht_sort_tables(ht_tree *t) {
    uint32_t *owner = owners(t);
    shape *shapes = gk_alloc_zero(t->nodes.len, sizeof *shapes);
    count_cells(t, owner, shapes);
    for (uint32_t i = (uint32_t)t->nodes.len; i-- > 1;) {
        ht_node *n = &t->nodes.at[i];
        if (n->tag != HT_TABLE) continue;
        bool data = holds_data(&shapes[i], t->plain[i] + t->linked[i]);
        n->flags |= data ? HT_DATA : HT_LAYOUT;
        if ((data || shapes[i].nested) && owner[i]) shapes[owner[i]].nested++;
    }
    free(shapes);
    free(owner);
}

/* ---- places */

typedef struct placing {
    uint32_t *busy;    /* per column: the first row in which it is free again */
    uint32_t row, col; /* of the next cell */
    uint32_t cols;     /* columns a cell starts in */
    uint64_t work;     /* columns looked at */
    bool begun;        /* a row is open */
} placing;

static gk_code too_wide(gk_err *err) {
    return gk_err_set(err, GK_E_LIMIT, "a table has more than %u cells (GK_MAX_CELLS) or %u columns (GK_MAX_TABLE_COLS)",
                      GK_MAX_CELLS, GK_MAX_TABLE_COLS);
}

static bool place_cell(const ht_tree *t, placing *p, uint32_t node, ht_places *out) {
    enum { MOST_COLSPAN = 1000, MOST_ROWSPAN = 65534 };
    while (p->col < GK_MAX_TABLE_COLS && p->busy[p->col] > p->row) p->col++, p->work++;
    if (p->col >= GK_MAX_TABLE_COLS) return false;
    uint32_t wide = ht_number_of(t, node, HT_ATTR_COLSPAN, MOST_COLSPAN);
    uint32_t tall = ht_number_of(t, node, HT_ATTR_ROWSPAN, MOST_ROWSPAN);
    if (wide == 0) wide = 1;
    if (tall == 0) tall = MOST_ROWSPAN; /* Down to the last row. */
    if (wide > GK_MAX_TABLE_COLS - p->col) wide = GK_MAX_TABLE_COLS - p->col;
    *gk_vec_push(out) = (ht_place){node, p->row, p->col, (uint16_t)tall, (uint16_t)wide};
    if (p->col + 1 > p->cols) p->cols = p->col + 1;
    for (uint32_t c = p->col; c < p->col + wide; c++) p->busy[c] = p->row + tall;
    p->col += wide;
    p->work += wide;
    return p->work <= 20ull * GK_MAX_CELLS;
}

/* Where the spans end that no cell starts behind. */
static void cut_spans(ht_places *out, size_t first, uint32_t cols) {
    if (out->len == first) return;
    uint32_t rows = out->at[out->len - 1].row + 1;
    for (size_t i = first; i < out->len; i++) {
        ht_place *p = &out->at[i];
        if (p->colspan > cols - p->col) p->colspan = (uint16_t)(cols - p->col);
        if (p->rowspan > rows - p->row) p->rowspan = (uint16_t)(rows - p->row);
    }
}

static bool place_all(const ht_tree *t, placing *p, uint32_t table, ht_places *out) {
    for (uint32_t i = table + 1; i < t->nodes.at[table].end; i++) {
        const ht_node *n = &t->nodes.at[i];
        if ((n->flags & HT_HIDDEN) || n->tag == HT_TABLE) {
            i = n->end - 1;
        } else if (n->tag == HT_ROW) {
            if (p->begun) p->row++;
            p->begun = true;
            p->col = 0;
        } else if (n->tag == HT_CELL) {
            p->begun = true;
            if (!place_cell(t, p, i, out)) return false;
            i = n->end - 1;
        }
    }
    return true;
}

gk_code ht_place_cells(const ht_tree *t, uint32_t table, ht_places *out, gk_err *err) {
    size_t first = out->len;
    placing p = {.busy = gk_alloc_zero(GK_MAX_TABLE_COLS, sizeof *p.busy)};
    bool fits = place_all(t, &p, table, out);
    free(p.busy);
    if (!fits) return too_wide(err);
    cut_spans(out, first, p.cols);
    return GK_OK;
}
