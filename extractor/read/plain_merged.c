/* Rows of totals whose label is merged over several columns and was written once, without the empty cells it covers.
 *
 * Worked example (each row its cells), a table of four columns:
 *     301 | wages | 80.00 | 75.00
 *     sum | 80.00 | 75.00            three cells: sum covers the columns of codes and names
 * The last label of a row covers what the figures behind it leave, any other one the columns up to the first of figures
 * behind words. Where a figure would then stand under words, or labels stand side by side, nothing is known, and the row
 * stays at the left. */
#include "base/limits.h"
#include "read/plain.h"

enum { LOOK = 40 }; /* rows that tell what a column holds */

static bool is_label(const plain *p, const pl_row *r, uint32_t i) {
    return !pl_cell_empty(pl_cell_of(p, r, i)) && !pl_is_value(pl_cell_text(p, pl_cell_of(p, r, i)));
}

/* Above 0: a column of words; below: of figures, codes among them. */
static int8_t weight_of(const plain *p, const pl_row *r, uint32_t i) {
    return pl_cell_empty(pl_cell_of(p, r, i)) ? 0 : is_label(p, r, i) ? 1 : -1;
}

void pl_weigh_columns(const plain *p, size_t from, size_t to, uint32_t mode, int8_t *words) {
    memset(words, 0, mode * sizeof *words);
    for (size_t r = from, seen = 0; r < to && seen < LOOK; r++) {
        if (p->rows.at[r].count != mode) continue;
        seen++;
        for (uint32_t i = 0; i < mode; i++) words[i] = (int8_t)(words[i] + weight_of(p, &p->rows.at[r], i));
    }
}

/* The last label of a row, each with a cell behind it that is none; the number of cells where there is no such label. */
static uint32_t last_label(const plain *p, const pl_row *r) {
    bool figures = false;
    uint32_t last = r->count;
    for (uint32_t i = r->count; i-- > 0;) {
        if (!is_label(p, r, i)) figures = figures || !pl_cell_empty(pl_cell_of(p, r, i));
        else if (!figures || is_label(p, r, i + 1)) return r->count;
        else if (last == r->count) last = i;
    }
    return last;
}

/* The columns that cell i of the row covers from col on; 0: not known. */
static uint32_t cover(const plain *p, const pl_row *r, uint32_t i, uint32_t last, uint32_t col, uint32_t mode,
                      const int8_t *words) {
    uint32_t rest = r->count - i - 1, end = col + 1;
    if (!is_label(p, r, i)) return pl_cell_empty(pl_cell_of(p, r, i)) || words[col] <= 0;
    if (i == last) return col + rest < mode ? mode - rest - col : 0;
    while (end < mode && !(words[end] < 0 && words[end - 1] > 0)) end++;
    return end < mode ? end - col : 0;
}

/* Whether every cell has its columns; `set` writes them down. */
static bool place(plain *p, const pl_row *r, uint32_t mode, const int8_t *words, bool set) {
    uint32_t last = last_label(p, r), col = 0;
    for (uint32_t i = 0; i < r->count; i++) {
        uint32_t wide = last < r->count && col < mode ? cover(p, r, i, last, col, mode, words) : 0;
        if (!wide) return false;
        if (set) pl_cell_of(p, r, i)->col = (uint16_t)col, pl_cell_of(p, r, i)->colspan = (uint16_t)wide;
        col += wide;
    }
    return col == mode;
}

void pl_place_merged(plain *p, size_t from, size_t to, uint32_t mode) {
    size_t same = 0;
    for (size_t r = from; r < to; r++) same += p->rows.at[r].count == mode;
    if (same * 2 < to - from || same == to - from) return;
    int8_t words[GK_MAX_TABLE_COLS];
    pl_weigh_columns(p, from, to, mode, words);
    for (size_t r = from; r < to; r++)
        if (p->rows.at[r].count < mode && place(p, &p->rows.at[r], mode, words, false))
            place(p, &p->rows.at[r], mode, words, true);
}
