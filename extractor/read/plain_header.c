/* Header rows whose merged cells were written once, without the empty cells they cover.
 *
 * Worked example (each row its cells, - an empty one):
 *     No. | income | expenditure             three cells
 *     -   | item | sum | item | sum          five
 * The empty cell below is the rest of "No."; the run of four starts again at the second "item", so it stands under two
 * cells: income spans columns 1-2, expenditure columns 3-4. Where no label repeats, one run may end behind the last column
 * of words: codes and names before, figures behind, which may start again at the first label over them; or behind figures
 * that add up to the first of them. Where the parts do not add up to the number of cells above, nothing is known, and the
 * row stays at the left. */
#include "read/plain.h"

enum { MAX_HEADER = 4 };

/* How runs are cut further. */
typedef struct cuts {
    bool repeats;  /* at each repetition of the first label of a part */
    uint32_t at;   /* before this cell; 0: nowhere */
} cuts;

static bool starts_run(const plain *p, const pl_row *r, uint32_t i) {
    return i == 0 || pl_cell_empty(pl_cell_of(p, r, i)) || pl_cell_empty(pl_cell_of(p, r, i - 1));
}

/* Whether cell i of the row starts a new part; *run is the cell whose label starts each part of its run. */
static bool starts_part(const plain *p, const pl_row *r, uint32_t i, cuts c, uint32_t *run) {
    if (starts_run(p, r, i) || (c.at && i == c.at)) {
        *run = i;
        return true;
    }
    return c.repeats && gk_str_eq(pl_cell_text(p, pl_cell_of(p, r, i)), pl_cell_text(p, pl_cell_of(p, r, *run)));
}

static uint32_t count_parts(const plain *p, const pl_row *r, cuts c) {
    uint32_t parts = 0, run = 0;
    for (uint32_t i = 0; i < r->count; i++) parts += starts_part(p, r, i, c, &run);
    return parts;
}

static void place_over(plain *p, const pl_row *above, const pl_row *below, cuts c) {
    uint32_t run = 0, at = 0;
    pl_cell *cell = NULL;
    for (uint32_t i = 0; i < below->count; i++) {
        const pl_cell *b = pl_cell_of(p, below, i);
        if (starts_part(p, below, i, c, &run)) {
            cell = &p->cells.at[above->first + at++];
            cell->col = b->col;
        }
        if (cell) cell->colspan = (uint16_t)(b->col + b->colspan - cell->col);
    }
}

/* Whether a column holds words rather than figures in the rows below the header. */
static bool holds_words(const plain *p, size_t from, size_t to, uint32_t mode, uint32_t col) {
    int words = 0;
    for (size_t r = from; r < to && r < from + 40; r++) {
        const pl_row *row = &p->rows.at[r];
        if (row->count != mode || pl_cell_empty(pl_cell_of(p, row, col))) continue;
        words += pl_is_value(pl_cell_text(p, pl_cell_of(p, row, col))) ? -1 : 1;
    }
    return words > 0;
}

/* The cell behind the last column of words that is not the last cell of its run. */
static uint32_t behind_words(const plain *p, const pl_row *r, size_t from, size_t to, uint32_t mode) {
    const pl_cell *last = pl_cell_of(p, r, r->count - 1);
    for (uint32_t i = r->count - 1; last->col + last->colspan == mode && i-- > 0;)
        if (!starts_run(p, r, i + 1) && holds_words(p, from, to, mode, pl_cell_of(p, r, i)->col)) return i + 1;
    return 0;
}

/* The cell inside a run at which the figures show another group. */
static uint32_t at_sums(const plain *p, const pl_row *r, size_t from, size_t to, uint32_t mode) {
    uint32_t run = 0;
    for (uint32_t i = 1; i <= r->count && r->count == mode; i++) {
        if (i < r->count && !starts_run(p, r, i)) continue;
        uint32_t at = i > run + 2 ? pl_end_of_sums(p, from, to, mode, run, i) : 0;
        if (at) return at;
        run = i;
    }
    return 0;
}

/* A top row that kept an empty cell between its labels, over a filled one that a label runs over, lacks only the cells at
 * its end: it stands where it belongs. */
static bool keeps_gaps(const plain *p, const pl_row *top, const pl_row *below) {
    uint32_t width = top->count;
    while (width && pl_cell_empty(pl_cell_of(p, top, width - 1))) width--;
    for (uint32_t i = 1; i + 1 < width && i < below->count; i++)
        if (pl_cell_empty(pl_cell_of(p, top, i)) && !pl_cell_empty(pl_cell_of(p, below, i))) return true;
    return false;
}

/* Whether these cuts make as many parts of a row as are asked for. */
static bool makes(const plain *p, const pl_row *below, uint32_t parts, cuts *c, bool repeats, uint32_t at) {
    *c = (cuts){repeats, at};
    return count_parts(p, below, *c) == parts;
}

/* The cuts of a row that make a part for each cell above it; false: none do. The body stands in rows from..to. */
static bool find_cuts(const plain *p, const pl_row *above, const pl_row *below, size_t from, size_t to, uint32_t mode,
                      cuts *c) {
    uint32_t parts = above->count;
    if (makes(p, below, parts, c, false, 0) || makes(p, below, parts, c, true, 0)) return true;
    uint32_t words = behind_words(p, below, from, to, mode);
    if (makes(p, below, parts, c, false, words) || (words && makes(p, below, parts, c, true, words))) return true;
    return makes(p, below, parts, c, false, at_sums(p, below, from, to, mode));
}

void pl_place_header(plain *p, size_t from, size_t to, uint32_t mode) {
    size_t full = from, same = 0;
    while (full < to && full < from + MAX_HEADER && p->rows.at[full].count < mode) full++;
    if (full == from || full >= to || p->rows.at[full].count != mode) return;
    for (size_t r = from; r < to; r++) same += p->rows.at[r].count == mode;
    if (same * 2 < to - from) return;
    for (size_t r = full; r-- > from;) {
        const pl_row *above = &p->rows.at[r], *below = &p->rows.at[r + 1];
        if (above->count >= below->count || pl_row_has_value(p, above)) return;
        if (r == from && keeps_gaps(p, above, below)) return;
        cuts c;
        if (!find_cuts(p, above, below, full + 1, to, mode, &c)) return;
        place_over(p, above, below, c);
    }
}
