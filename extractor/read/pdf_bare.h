/* Tables without rules: what the parts of their reading share. */
#ifndef GK_READ_PDF_BARE_H
#define GK_READ_PDF_BARE_H

#include "read/heads.h"
#include "read/pdf.h"

enum { PD_BARE_COLS = 60, PD_BARE_ROWS = 3 }; /* at most, at least */

typedef struct pd_piece {
    uint32_t first, count; /* in order */
    pd_rect box;
    bool value;
} pd_piece;

typedef struct pd_bare {
    pdf *p;
    const uint32_t *order, *starts;
    GK_VEC(pd_piece) pieces;
    GK_VEC(uint32_t) rows; /* the first piece of each row, and the end */
    GK_VEC(float) edges;   /* of the columns: their count and one more */
    uint32_t head;         /* rows of headings, whose places do not tell the columns */
    uint32_t heads;        /* rows that they make up */
    float size;
} pd_bare;

static inline const pd_frag *pd_bare_frag(const pd_bare *b, uint32_t i) {
    return &b->p->page.frags.at[b->order[i]];
}

/* Whether some pieces hold a figure. */
static inline bool pd_bare_has_value(const pd_bare *b, size_t from, size_t to) {
    while (from < to && !b->pieces.at[from].value) from++;
    return from < to;
}

/* The columns of a place and of the middle of a fragment. */
static inline uint32_t pd_bare_column_at(const pd_bare *b, float x) {
    uint32_t c = 0;
    while (c + 2 < b->edges.len && x >= b->edges.at[c + 1]) c++;
    return c;
}

static inline uint32_t pd_bare_column_of(const pd_bare *b, uint32_t i) {
    return pd_bare_column_at(b, (pd_bare_frag(b, i)->box.x0 + pd_bare_frag(b, i)->box.x1) / 2);
}

/* pdf_bare_columns.c */
/* The whole number that a piece is, -1: none. */
long pd_bare_whole(const pd_bare *b, const pd_piece *p);
/* The first row with figures. */
size_t pd_bare_first_figures(const pd_bare *b, size_t n);
/* The first row of headings below those that stand above them. */
uint32_t pd_bare_first_of_heads(const pd_bare *b);
/* The columns: strips of the page that the rows of several pieces leave free part them. Headings may be wider than
 * their columns: they tell of columns alone that have nothing below. */
bool pd_bare_find_columns(pd_bare *b, size_t n);
/* Figures that end at one place, and do not all begin at one as codes do, stand at the right end of their column, so that it
 * begins right behind the one before. */
void pd_bare_widen_figures(pd_bare *b);

/* pdf_bare_heads.c */
/* The character of a piece with number `n`, blanks left out; 0: it has fewer. */
uint32_t pd_bare_char(const pd_bare *b, const pd_piece *p, size_t n);
/* The cells of headings in several lines, from row `above` to the head of the table, whose pieces are put in the order of their
 * heights; false: their places do not tell them. */
bool pd_bare_arrange(pd_bare *b, uint32_t above, hd_heads *h, hd_word *words);
/* Writes these cells, behind `above` rows. */
void pd_bare_keep_heads(pd_bare *b, uint32_t above, const hd_heads *h);

#endif
