/* The tables of a document as the checks see them: texts of cells, and the mentions and indicators that stand in them. */
#ifndef GK_CHECK_GRID_H
#define GK_CHECK_GRID_H

#include "check/engine.h"

/* The printed text of a cell without blanks: that of the document, or in the arena of the result. */
gk_str gk_cell_text(const gk_checker *c, const gk_cell *cell);
/* Puts the cells with text into c->cells, by place, and the tables that have bare figures into c->bare_tables. The functions
 * below use the former. */
void gk_cells_read(gk_checker *c);
/* bare.c: before the cells of a table are read, for each one with text, and whether something is told of the table. */
void gk_bare_open(gk_checker *c);
void gk_bare_read(gk_checker *c, const gk_cell *cell);
bool gk_bare_any(const gk_checker *c);
/* The position in c->cells of the first cell that starts at or behind a canonical offset. */
size_t gk_cells_from(gk_checker *c, uint32_t offset);
static inline const gk_cell *gk_cells_at(const gk_checker *c, size_t i) { return &c->doc->cells.at[c->cells.at[i].cell]; }
/* Where the text of a cell that has some stands. */
gk_span gk_cell_span(const gk_checker *c, const gk_cell *cell);
/* The cell that holds a canonical offset; NULL: none. */
const gk_cell *gk_cell_of(gk_checker *c, uint32_t offset);
/* The table of a cell. */
const gk_table *gk_table_of(const gk_checker *c, const gk_cell *cell);

#endif
