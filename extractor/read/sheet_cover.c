/* What of a sheet is seen: merged ranges and hidden lines. */
#include <stdlib.h>

#include "base/limits.h"
#include "read/sheet.h"

static int by_place(const void *a, const void *b) {
    const gk_sheet_cell *x = a, *y = b;
    if (x->row != y->row) return x->row < y->row ? -1 : 1;
    return (int)x->col - (int)y->col;
}

static int by_corner(const void *a, const void *b) {
    const gk_sheet_range *x = a, *y = b;
    if (x->row != y->row) return x->row < y->row ? -1 : 1;
    return x->col != y->col ? (x->col < y->col ? -1 : 1) : 0;
}

static int by_first(const void *a, const void *b) {
    const gk_sheet_lines *x = a, *y = b;
    return x->first != y->first ? (x->first < y->first ? -1 : 1) : 0;
}

/* Sorts cells, which mostly are in order already. */
static void sort_cells(gk_sheet *s) {
    bool sorted = true;
    for (size_t i = 1; i < s->cells.len && sorted; i++) sorted = by_place(&s->cells.at[i - 1], &s->cells.at[i]) <= 0;
    if (!sorted) qsort(s->cells.at, s->cells.len, sizeof *s->cells.at, by_place);
}

/* Of two cells in one place one stays. */
static void drop_doubles(gk_sheet *s) {
    size_t kept = 0;
    for (size_t i = 0; i < s->cells.len; i++)
        if (!kept || by_place(&s->cells.at[kept - 1], &s->cells.at[i]) != 0) s->cells.at[kept++] = s->cells.at[i];
    s->cells.len = kept;
}

/* Sorts hidden lines and joins those that touch. */
static size_t sort_lines(gk_sheet_lines *at, size_t count) {
    size_t kept = 0;
    if (count > 1) qsort(at, count, sizeof *at, by_first);
    for (size_t i = 0; i < count; i++) {
        if (kept && at[i].first <= at[kept - 1].last + 1) {
            if (at[i].last > at[kept - 1].last) at[kept - 1].last = at[i].last;
        } else at[kept++] = at[i];
    }
    return kept;
}

uint32_t gk_sheet_shown(const gk_sheet_lines *lines, size_t count, uint32_t first) {
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (lines[middle].last < first) low = middle + 1;
        else high = middle;
    }
    return low < count && lines[low].first <= first ? lines[low].last + 1 : first;
}

/* For each column down to which row a merged range covers it, and which. */
typedef struct cover {
    uint32_t until[GK_SHEET_COLS]; /* 1 + row, 0: not covered */
    uint32_t owner[GK_SHEET_COLS]; /* index of the range */
} cover;

static gk_code open_ranges(const gk_sheet *s, uint32_t row, size_t *next, uint64_t *budget, cover *c, gk_err *err) {
    for (; *next < s->merges.len && s->merges.at[*next].row <= row; ++*next) {
        const gk_sheet_range *r = &s->merges.at[*next];
        if (r->last_row < row) continue;
        uint64_t width = r->last_col - r->col + 1;
        if (width > *budget)
            return gk_err_set(err, GK_E_LIMIT, "the merged ranges of a sheet have more than %u columns (GK_MAX_COVERED)",
                              GK_MAX_COVERED);
        *budget -= width;
        for (uint32_t col = r->col; col <= r->last_col; col++) {
            if (c->until[col] > row) continue;
            c->until[col] = r->last_row + 1;
            c->owner[col] = (uint32_t)*next;
        }
    }
    return GK_OK;
}

static void see(const gk_sheet *s, gk_sheet_cell *cell, const cover *c) {
    gk_sheet_range r = {cell->row, cell->col, cell->row, cell->col};
    if (c->until[cell->col] > cell->row) r = s->merges.at[c->owner[cell->col]];
    bool corner = r.row == cell->row && r.col == cell->col;
    uint32_t row = gk_sheet_shown(s->hidden_rows.at, s->hidden_rows.len, r.row);
    uint32_t col = gk_sheet_shown(s->hidden_cols.at, s->hidden_cols.len, r.col);
    cell->home_row = cell->row;
    cell->home_col = cell->col;
    cell->last_row = corner ? r.last_row : cell->row;
    cell->last_col = corner ? (uint16_t)r.last_col : cell->col;
    cell->unseen = !corner || s->hidden || row > r.last_row || col > r.last_col;
    if (cell->unseen) return;
    cell->row = row;
    cell->col = (uint16_t)col;
}

gk_code gk_sheet_cover(gk_sheet *s, gk_err *err) {
    uint64_t budget = GK_MAX_COVERED;
    size_t next = 0;
    sort_cells(s);
    drop_doubles(s);
    if (s->merges.len > 1) qsort(s->merges.at, s->merges.len, sizeof *s->merges.at, by_corner);
    s->hidden_rows.len = sort_lines(s->hidden_rows.at, s->hidden_rows.len);
    s->hidden_cols.len = sort_lines(s->hidden_cols.at, s->hidden_cols.len);
    cover *c = gk_alloc_zero(1, sizeof *c);
    gk_code code = GK_OK;
    for (size_t i = 0; i < s->cells.len && code == GK_OK; i++) {
        gk_sheet_cell *cell = &s->cells.at[i];
        code = open_ranges(s, cell->row, &next, &budget, c, err);
        if (code == GK_OK) see(s, cell, c);
    }
    free(c);
    sort_cells(s);
    return code;
}
