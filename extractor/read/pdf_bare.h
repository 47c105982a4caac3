/* Tables without rules: what the parts of their reading share. */
#ifndef GK_READ_PDF_BARE_H
#define GK_READ_PDF_BARE_H

#include "read/heads.h"
#include "read/pdf.h"

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

/* The character of a piece with number `n`, blanks left out; 0: it has fewer. */
uint32_t pd_bare_char(const pd_bare *b, const pd_piece *p, size_t n);
/* The cells of headings in several lines, from row `above` to the head of the table, whose pieces are put in the order of their
 * heights; false: their places do not tell them. */
bool pd_bare_arrange(pd_bare *b, uint32_t above, hd_heads *h, hd_word *words);
/* Writes these cells, behind `above` rows. */
void pd_bare_keep_heads(pd_bare *b, uint32_t above, const hd_heads *h);

#endif
