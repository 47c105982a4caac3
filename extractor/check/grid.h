/* The tables of a document as the checks see them: texts of cells, and the mentions and indicators that stand in them. */
#ifndef GK_CHECK_GRID_H
#define GK_CHECK_GRID_H

#include "check/engine.h"

/* The printed text of a cell without blanks, in the arena of the result. */
gk_str gk_cell_text(const gk_checker *c, const gk_cell *cell);
/* The table that holds a canonical offset; NULL: none. */
const gk_table *gk_table_of(const gk_checker *c, uint32_t offset);
/* The cell of a table that holds a canonical offset; NULL: none. */
const gk_cell *gk_cell_of(const gk_checker *c, const gk_table *t, uint32_t offset);

#endif
