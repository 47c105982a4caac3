/* Tables: paragraphs that are marked as such, cut into cells and rows.
 *
 * The columns of a table follow from the edges of the cells of all its rows. Worked example: rows with the edges 0 50 100
 * and 0 100 have the grid 0 50 100, so the cell of the second row spans two columns. Edges that lie closer than a
 * millimetre are one.
 */
#include <stdlib.h>

#include "read/doc.h"

enum { CLOSE = 40 }; /* twips, twentieths of a point */

typedef GK_VEC(int32_t) grid;

static int by_value(const void *a, const void *b) {
    int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;
    return x < y ? -1 : x > y;
}

/* The edges of all rows of the outer table, sorted, those close to each other as one. */
static grid make_grid(gk_word *w, size_t first, size_t last) {
    grid g = {0};
    for (size_t i = first; i < last; i++) {
        const gk_word_paragraph *p = &w->paragraphs.at[i];
        if (!p->row || p->depth != 1) continue;
        const gk_word_row *r = &w->rows.at[p->row - 1];
        for (uint32_t k = 0; k <= r->count; k++) *gk_vec_push(&g) = w->edges.at[r->first + k];
    }
    if (g.len > 1) qsort(g.at, g.len, sizeof *g.at, by_value);
    size_t kept = 0;
    for (size_t i = 0; i < g.len; i++)
        if (!kept || g.at[i] - g.at[kept - 1] > CLOSE) g.at[kept++] = g.at[i];
    g.len = kept;
    return g;
}

/* The grid line an edge belongs to: the last one that is not behind it by more than a little. */
static uint32_t line_of(const grid *g, int32_t edge) {
    size_t low = 0, high = g->len;
    while (high - low > 1) {
        size_t middle = (low + high) / 2;
        if (g->at[middle] <= edge) low = middle;
        else high = middle;
    }
    return (uint32_t)low;
}

/* Where a table is being written. */
typedef struct writing {
    gk_word *w;
    grid columns;
    size_t last;          /* paragraphs before this one belong to the table */
    const gk_word_row *row; /* of the outer table, NULL: unknown */
    uint32_t cell;        /* of the row */
    uint8_t depth;        /* open tables */
    bool row_open[17], cell_open[17];
} writing;

/* The edges of the row that paragraph i belongs to: they stand at its end. */
static const gk_word_row *row_ahead(const writing *t, size_t i) {
    for (; i < t->last; i++) {
        const gk_word_paragraph *p = &t->w->paragraphs.at[i];
        if (p->row_end && p->depth == 1) return p->row ? &t->w->rows.at[p->row - 1] : NULL;
    }
    return NULL;
}

static gk_flow_merge merge_of(const gk_word_row *r, uint32_t cell) {
    if (r->more >> cell & 1) return GK_FLOW_MORE;
    return r->down >> cell & 1 ? GK_FLOW_FIRST : GK_FLOW_SINGLE;
}

/* Opens the cell at hand of the outer table, with its place in the grid. A cell that goes on its left neighbour adds its
 * text to that one. */
static void open_outer_cell(writing *t) {
    const gk_word_row *r = t->row;
    uint32_t i = t->cell++;
    if (!r || i >= r->count) {
        gk_flow_cell(&t->w->flow, 1, 0, GK_FLOW_SINGLE);
        return;
    }
    if (i && r->merged >> i & 1) return;
    uint32_t end = i + 1;
    while (end < r->count && r->merged >> end & 1) end++;
    const int32_t *edges = t->w->edges.at + r->first;
    uint32_t from = line_of(&t->columns, edges[i]), to = line_of(&t->columns, edges[end]);
    gk_flow_cell(&t->w->flow, to > from ? to - from : 1, i ? 0 : from, merge_of(r, i));
}

/* Opens what paragraph i needs to stand in: tables, a row, a cell. */
static void open_for(writing *t, size_t i) {
    const gk_word_paragraph *p = &t->w->paragraphs.at[i];
    while (t->depth > p->depth) {
        gk_flow_end_table(&t->w->flow);
        t->row_open[t->depth] = t->cell_open[t->depth] = false;
        t->depth--;
    }
    for (;;) {
        if (t->depth && !p->row_end && !t->row_open[t->depth]) {
            gk_flow_row(&t->w->flow);
            t->row_open[t->depth] = true;
            if (t->depth == 1) t->row = row_ahead(t, i), t->cell = 0;
        }
        if (t->depth && t->row_open[t->depth] && !t->cell_open[t->depth] && !p->row_end) {
            if (t->depth == 1) open_outer_cell(t);
            else gk_flow_cell(&t->w->flow, 1, 0, GK_FLOW_SINGLE);
            t->cell_open[t->depth] = true;
        }
        if (t->depth >= p->depth) return;
        gk_flow_table(&t->w->flow);
        t->depth++;
    }
}

static bool ends_cell(gk_word *w, const gk_word_paragraph *p) {
    const gk_word_piece *piece = gk_word_piece_of(w, p->end - 1);
    if (p->inner_cell) return true;
    if (!piece || p->depth != 1) return false;
    uint32_t fc = gk_word_fc(piece, p->end - 1);
    return (piece->wide ? gk_u16(w->main, fc) : gk_u8(w->main, fc)) == 7;
}

size_t gk_word_table_flow(gk_word *w, size_t first, size_t last) {
    size_t end = first;
    while (end < last && w->paragraphs.at[end].depth) end++;
    writing t = {.w = w, .last = end, .columns = make_grid(w, first, end)};
    for (size_t i = first; i < end; i++) {
        const gk_word_paragraph *p = &w->paragraphs.at[i];
        open_for(&t, i);
        if (p->row_end) {
            t.row_open[t.depth] = t.cell_open[t.depth] = false;
            continue;
        }
        gk_word_text(w, p);
        gk_flow_paragraph(&w->flow, GK_BLOCK_TEXT, 0);
        if (ends_cell(w, p)) t.cell_open[t.depth] = false;
    }
    for (; t.depth; t.depth--) gk_flow_end_table(&w->flow);
    gk_vec_free(&t.columns);
    return end;
}
