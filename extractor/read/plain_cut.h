/* One line of a table whose cells are parted by blanks: its cells and the places they cover. Private to this room; see
 * plain_columns.c for the whole. */
#ifndef GK_READ_PLAIN_CUT_H
#define GK_READ_PLAIN_CUT_H

#include "read/plain.h"

enum {
    PL_MOST_COLUMNS = 96, /* of a table */
    PL_MOST_PLACES = 800, /* places of a line: longer ones are prose */
    PL_MOST_TOKENS = 64   /* cells of a line */
};

typedef struct pl_token {
    gk_span at;
    uint16_t from, to; /* places it covers, the last one exclusive: pl_find_places */
    bool value;        /* a figure */
} pl_token;

typedef struct pl_cut {
    pl_token at[PL_MOST_TOKENS];
    uint32_t count, values;
    bool parted; /* two blanks or more stand before some figure */
} pl_cut;

/* The places of the columns of a table. */
typedef struct pl_layout {
    uint16_t of[PL_MOST_PLACES + 1]; /* column of a place + 1; 0: none */
    uint16_t from[PL_MOST_COLUMNS + 1], to[PL_MOST_COLUMNS + 1]; /* the places of a column + 1 */
    uint32_t columns;
} pl_layout;

/* Where the blanks that begin at `at` end; *wide: there are two or more, or one of double width. Then the end of what is
 * no blank. */
uint32_t pl_skip_blanks(const plain *p, uint32_t at, uint32_t end, bool *wide);
uint32_t pl_word_end(const plain *p, uint32_t at, uint32_t end);
/* Adds from..to of a line as a cell. */
void pl_add_token(const plain *p, pl_cut *c, uint32_t from, uint32_t to);
/* The places of the cells of a line, which are asked for few of those that are cut. */
void pl_find_places(const plain *p, const pl_line *l, pl_cut *c);
/* The cells of a line. Words with one blank between them are one cell; figures are cells of their own. In a line of words
 * a figure with one blank beside it is part of them ("2025 plan"). */
void pl_cut_line(const plain *p, const pl_line *l, pl_cut *c);
void pl_cut_words(const plain *p, const pl_line *l, pl_cut *c);
/* A line that may be a row or a header of such a table: no sentence, nothing of a list of contents. */
bool pl_may_belong(const plain *p, const pl_line *l);
/* Whether a line is a row with figures; its cells. */
bool pl_cut_row(const plain *p, size_t line, pl_cut *c);
/* How many codes stand before the words of a row: figures without a point. */
uint32_t pl_codes_before(const plain *p, const pl_cut *c);
/* How many pieces blanks part a line into. */
uint32_t pl_pieces(const plain *p, const pl_line *l);

/* plain_anchor.c: learns the places of the parts of a run with labels on both sides, `again` in the other way to count them,
 * and gives them to the cells of a line: of a row, or of words, cut anew where it is one of these lines. */
void pl_find_anchors(plain *p, const pl_run *r, bool again);
void pl_anchor_line(const plain *p, const pl_line *l, pl_cut *c, bool row);
/* The same for the words over such a table, cut at every blank. */
void pl_anchor_heads(const plain *p, pl_cut *c);
/* How far the two numbers of nearly all lines are apart; 0: there are no such numbers. Then the cells of a line that hold
 * them; false: they do not. */
uint32_t pl_distance(const plain *p, const pl_run *r);
bool pl_find_pair(const plain *p, const pl_cut *c, uint32_t apart, uint32_t *left, uint32_t *right);

/* plain_sides.c: whether a line stands over both sides of a table whose empty cells were left out; the table goes to *r.
 * Then gathers its rows. */
bool pl_measure_sides(plain *p, size_t line, size_t least, pl_run *r);
void pl_gather_sides(plain *p, const pl_run *r);

/* plain_blocks.c: the same of a run whose lines are blocks of a code, a name and a figure or none. */
void pl_find_blocks(plain *p, const pl_run *r, bool again);
bool pl_place_blocks(const plain *p, const pl_line *l, pl_cut *c, bool row);
void pl_place_block_heads(const plain *p, pl_cut *c);

/* plain_places.c: gathers the rows of a run by the places of their cells; false where they make no columns. */
bool pl_gather_places(plain *p, const pl_run *r);

/* plain_heading.c: gathers the lines from..to of words above the figures as a heading, each cut by `cut`; returns the first
 * line that is not taken. */
typedef void pl_head_cut(const plain *p, const pl_layout *l, size_t line, pl_cut *c);
size_t pl_gather_heading(plain *p, size_t from, size_t to, const pl_layout *l, pl_head_cut *cut);
/* Adds a column for each word that a line of the heading from..to has more than the table has columns with cells. */
void pl_widen_layout(const plain *p, size_t from, size_t to, pl_layout *l, pl_head_cut *cut);
/* Adds the words of a line of a heading to the newest row, each to a column of its own; false: there are too few of them. */
bool pl_put_heading(plain *p, size_t line, const pl_layout *l, const pl_cut *cells);

#endif
