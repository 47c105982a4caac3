/* Rows that a page break cut in two.
 *
 * Worked example, the gap is a page break:
 *     | benefit | economic | share of wages in | 96% | 96% |
 *
 *     |         | effect   | arrears           |     |     |
 * The second line holds nothing but rests of cells: each stands under a filled cell, none is a figure, and the cells of
 * figures are empty. A rest that ends like the cell above it (`cost index` over `output index`) is no rest but the label
 * of the rows that follow, and moves down to them. */
#include "read/plain.h"

static gk_str last_line(const plain *p, const pl_cell *c) {
    return c->last ? pl_str(p, p->pieces.at[c->last - 1].span) : GK_STR_NONE;
}

/* Both end with the same two characters: two labels of one kind. */
static bool same_kind(gk_str a, gk_str b) {
    return a.len >= 9 && b.len >= 9 && memcmp(a.ptr + a.len - 6, b.ptr + b.len - 6, 6) == 0;
}

/* Whether a filled cell may be the rest of the one above it. */
static bool may_be_rest(const plain *p, const pl_cell *above, const pl_cell *rest, bool values, uint32_t col) {
    gk_str a = last_line(p, above), r = pl_cell_text(p, rest);
    if (pl_cell_empty(above) || pl_is_value(r) || pl_item_of(r) || pl_has_label(r)) return false;
    if (values && col > 0) return true;
    if (pl_has_clause(r) && col == 0) return false;
    return pl_width(r) < pl_width(a) && pl_width(a) >= (values ? 12 : 20) &&
           pl_end_of(a) <= PL_END_DIGIT;
}

/* Counts the rests of a row and the labels among its cells; false where it is no cut row. */
static bool is_rest(const plain *p, const pl_row *above, const pl_row *row, uint32_t *labels) {
    uint32_t cells = pl_row_filled(p, row);
    *labels = 0;
    if (!cells || cells >= pl_row_filled(p, above) || row->count > above->count || pl_row_has_value(p, row)) return false;
    bool values = pl_row_has_value(p, above);
    for (uint32_t i = 0; i < row->count; i++) {
        const pl_cell *a = pl_cell_of(p, above, i), *r = pl_cell_of(p, row, i);
        if (pl_cell_empty(r)) continue;
        if (!pl_cell_empty(a) && same_kind(last_line(p, a), pl_cell_text(p, r))) ++*labels;
        else if (!may_be_rest(p, a, r, values, i)) return false;
    }
    return *labels < cells;
}

/* Hands a label down to the next row; false where its place is taken. */
static bool has_room(const plain *p, const pl_row *above, const pl_row *row, const pl_row *next) {
    for (uint32_t i = 0; i < row->count; i++) {
        const pl_cell *r = pl_cell_of(p, row, i);
        if (pl_cell_empty(r) || !same_kind(last_line(p, pl_cell_of(p, above, i)), pl_cell_text(p, r))) continue;
        if (!next || i >= next->count || !pl_cell_empty(pl_cell_of(p, next, i))) return false;
    }
    return true;
}

static void move_cells(plain *p, const pl_row *above, const pl_row *row, const pl_row *next) {
    for (uint32_t i = 0; i < row->count; i++) {
        pl_cell *a = pl_cell_of(p, above, i), *r = pl_cell_of(p, row, i);
        if (pl_cell_empty(r)) continue;
        if (same_kind(last_line(p, a), pl_cell_text(p, r))) {
            pl_cell *n = pl_cell_of(p, next, i);
            n->first = r->first, n->last = r->last;
        } else {
            p->pieces.at[a->last - 1].next = r->first;
            a->last = r->last;
        }
    }
}

void pl_join_cut_rows(plain *p, size_t from, size_t to) {
    const pl_row *above = NULL;
    for (size_t r = from; r < to; r++) {
        pl_row *row = &p->rows.at[r];
        const pl_row *next = r + 1 < to ? &p->rows.at[r + 1] : NULL;
        uint32_t labels = 0;
        if (row->cut && above && is_rest(p, above, row, &labels) && (!labels || has_room(p, above, row, next))) {
            move_cells(p, above, row, next);
            row->dropped = true;
        } else {
            above = row;
        }
    }
}
