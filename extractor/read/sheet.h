/* A sheet of a workbook on its way into the document, whatever file it comes from.
 *
 * A reader adds the cells that hold something, as they are shown, with merged ranges and hidden rows and columns; then
 * gk_sheet_emit writes them. Empty cells cost nothing. Rows and columns count from 0.
 *
 * What is written: the name of the sheet, then tables. Empty rows and columns are left out. A title, a note of the unit
 * and remarks above and below a table become text blocks; an empty row ends a table where such a row follows. Text boxes
 * come behind the tables, a block a paragraph. What a person does not see (hidden rows, columns and sheets, texts below a
 * merged range) follows at the end of the sheet as GK_BLOCK_ASIDE, a block a row.
 *
 * Comments on cells are left out: they show only under the pointer, are no part of what was published, and where they hold
 * figures these are examples of how to fill in the form. Print areas are not looked at: what stands outside of them is
 * seen by whoever opens the file.
 */
#ifndef GK_READ_SHEET_H
#define GK_READ_SHEET_H

#include "read/office_out.h"

enum { GK_SHEET_ROWS = 1u << 20, GK_SHEET_COLS = 1u << 14 };

typedef struct gk_sheet_cell {
    gk_str text; /* as shown, not blank; borrowed */
    uint32_t row;
    uint16_t col;
    bool figure; /* a number or date, no text */
    /* The rest is set by gk_sheet_cover, which also moves row and col of a merged range past hidden lines. */
    bool unseen; /* hidden, or below a merged range */
    uint32_t last_row;
    uint16_t last_col;
    uint16_t home_col; /* where the cell stands in the file */
    uint32_t home_row;
} gk_sheet_cell;

typedef struct gk_sheet_range {
    uint32_t row, col, last_row, last_col;
} gk_sheet_range;

typedef struct gk_sheet_lines { /* hidden rows or columns */
    uint32_t first, last;
} gk_sheet_lines;

typedef struct gk_sheet {
    gk_str name;
    bool hidden;
    GK_VEC(gk_sheet_cell) cells;
    GK_VEC(gk_sheet_range) merges;
    GK_VEC(gk_sheet_lines) hidden_rows, hidden_cols;
    GK_VEC(gk_str) boxes; /* texts of text boxes that lie on the sheet, a line a paragraph; borrowed */
} gk_sheet;

/* Empties the sheet for the next one. */
void gk_sheet_clear(gk_sheet *s);
void gk_sheet_free(gk_sheet *s);
/* Blank texts are left out. GK_E_LIMIT past GK_MAX_CELLS; cells outside the largest sheet are left out. */
gk_code gk_sheet_add(gk_sheet *s, uint32_t row, uint32_t col, gk_str text, bool figure, gk_err *err);
/* GK_E_LIMIT past GK_MAX_MERGES. */
gk_code gk_sheet_merge(gk_sheet *s, gk_sheet_range range, gk_err *err);
void gk_sheet_hide_rows(gk_sheet *s, uint32_t first, uint32_t last);
void gk_sheet_hide_cols(gk_sheet *s, uint32_t first, uint32_t last);
/* Blank texts are left out, and what passes GK_MAX_BOXES. */
void gk_sheet_box(gk_sheet *s, gk_str text);
/* Writes the sheet into the document. */
gk_code gk_sheet_emit(gk_sheet *s, gk_out *out, gk_err *err);

/* ---- sheet_cover.c, used by sheet_emit.c */
/* Sorts the cells by row and column; sets what follows from merged ranges and hidden lines. GK_E_LIMIT where merged ranges
 * overlap without end. */
gk_code gk_sheet_cover(gk_sheet *s, gk_err *err);
/* The first line from `first` on that is not hidden; `lines` are sorted and apart. */
uint32_t gk_sheet_shown(const gk_sheet_lines *lines, size_t count, uint32_t first);

/* Appends the address of a cell: B7. */
void gk_sheet_address(uint32_t row, uint32_t col, gk_buf *out);

#endif
