/* Headings over columns that nothing but their places tells: which lines make up a cell, which columns a cell spans.
 *
 * Worked example: every cell stands in the middle of its rows and columns.
 *
 *                     Money of            the words of a group lie around one middle and fill its columns;
 *     Item            the year      Note  what has no group lies between the rows, what has one lies in the lower row
 *            Plan  |  Own  |  Lent
 */
#ifndef GK_READ_HEADS_H
#define GK_READ_HEADS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct hd_word {
    float x0, x1, y; /* y: the middle of its line */
    float lead;      /* how wide its beginning is that no line parts: a figure, a letter */
    uint32_t cell;   /* out: what it is a line of */
} hd_word;

typedef struct hd_cell {
    float x0, x1, first, last; /* the middles of its first and last line */
    uint16_t row, rowspan, col, colspan;
} hd_cell;

enum { HD_MOST = 240 };

typedef struct hd_heads {
    const float *edges; /* of the columns: cols + 1 */
    uint32_t cols;
    float size;         /* of the letters */
    float leading;      /* out: how far apart the lines of a cell are at most */
    hd_word *words;     /* from top to bottom */
    size_t count;
    hd_cell cells[HD_MOST]; /* out: by row, then column */
    size_t len;
    uint32_t rows;
} hd_heads;

/* Finds the cells; false: the places do not tell. */
bool hd_arrange(hd_heads *h);

#endif
