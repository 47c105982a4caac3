/* The tables of a document as the checks see them: texts of cells, and the mentions and indicators that stand in them. */
#ifndef GK_CHECK_GRID_H
#define GK_CHECK_GRID_H

#include "check/engine.h"

/* The printed text of a cell without blanks: that of the document, or in the arena of the result. */
gk_str gk_cell_text(const gk_checker *c, const gk_cell *cell);
bool gk_cell_is(const gk_checker *c, const gk_cell *cell, const gk_map *words);
/* The first line of a cell as it is printed; absent: the cell is empty. */
static inline gk_str gk_cell_line(const gk_checker *c, const gk_cell *cell) {
    if (!cell->seg_count) return GK_STR_NONE;
    gk_span line = c->doc->segs.at[cell->first_seg];
    return (gk_str){c->doc->text.ptr + line.start, line.end - line.start};
}
/* Whether a line may begin with a blank (up to 0x20, C2 A0, E3 80 80), or is empty. */
static inline bool gk_line_blank(gk_str line) {
    unsigned char first = line.len ? (unsigned char)line.ptr[0] : 0;
    return first <= ' ' || first == 0xC2 || first == 0xE3;
}
/* Whether the text of the cell with this first line is one of these words. Most cells are told by their first character, before
 * their text is put together; a blank is none of it. */
static inline bool gk_line_says(const gk_checker *c, const gk_cell *cell, gk_str line, const gk_map *words) {
    if (!line.ptr) return false;
    return (gk_line_blank(line) || gk_map_starts(words, line)) && gk_cell_is(c, cell, words);
}
static inline bool gk_cell_says(const gk_checker *c, const gk_cell *cell, const gk_map *words) {
    return gk_line_says(c, cell, gk_cell_line(c, cell), words);
}
/* How many cells with text are known above the first indicator and below the last, if there are so many. */
enum { GK_CELLS_ABOVE = 240, GK_CELLS_BELOW = 60 };
/* The position in c->cells, which are those with text around the indicators, by place, of the first cell that starts at or
 * behind a canonical offset. They are indexed when this is first asked for: the checks of most documents do without. */
size_t gk_cells_from(gk_checker *c, uint32_t offset);
static inline const gk_cell *gk_cells_at(const gk_checker *c, size_t i) { return &c->doc->cells.at[c->cells.at[i].cell]; }
/* Where the text of a cell that has some stands. */
gk_span gk_cell_span(const gk_checker *c, const gk_cell *cell);
/* The cell that holds a canonical offset; NULL: none. */
const gk_cell *gk_cell_of(gk_checker *c, uint32_t offset);
/* The cell that a mention was seen in; NULL: none. */
static inline const gk_cell *gk_cell_seen(const gk_checker *c, const gk_sight *s) {
    return s && s->cell != GK_NO_CELL ? &c->doc->cells.at[s->cell] : NULL;
}
/* The table of a cell. */
const gk_table *gk_table_of(const gk_checker *c, const gk_cell *cell);

#endif
