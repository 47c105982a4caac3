/* Forms of plain texts that lost their rows: the parts that find them (form.c), read them (form_head.c,
 * form_rows.c) and write them into the document (form_table.c). */
#ifndef GK_EXTRACT_FORM_H
#define GK_EXTRACT_FORM_H

#include "extract/table.h"

enum { GK_FORM_COLUMNS = 16 };

typedef enum gk_form_kind {
    GK_FORM_TEXT,
    GK_FORM_EMPTY, /* a cell with nothing in it */
    GK_FORM_BREAK  /* the end of a row */
} gk_form_kind;

/* What stands on a line of its own, or between two bars. */
typedef struct gk_form_token {
    gk_span at;
    uint8_t kind;  /* gk_form_kind */
    bool starts;   /* the first one of its line, */
    bool shared;   /* which holds others as well */
} gk_form_token;

/* A cell of the table that is put together: the texts of some tokens. */
typedef struct gk_form_cell {
    uint32_t row, col;
    size_t token, count;
} gk_form_cell;

/* A table that was put together: what it takes the place of, and its cells. */
typedef struct gk_form_part {
    gk_span span;
    size_t first, count;
} gk_form_part;

typedef struct gk_form {
    gk_extractor *x;
    gk_str text;  /* the canonical one */
    gk_view view; /* of labels that are asked for */
    GK_VEC(gk_form_token) tokens;
    GK_VEC(gk_form_cell) cells;
    GK_VEC(gk_form_part) parts;
    GK_VEC(uint32_t) headers; /* places of first headers that no good table holds, in order */
    GK_VEC(uint32_t) spaced;  /* those whose cells single blanks part */
    uint32_t row; /* the one being filled */
    /* The header of the indicators: role, first token and number of tokens of each column. */
    uint8_t column[GK_FORM_COLUMNS];
    size_t place[GK_FORM_COLUMNS][2];
    uint32_t columns, level1, level2, name;
    bool shared;        /* a row a line */
    uint32_t money;     /* the column on the left of the levels with figures, 0: none was met */
} gk_form;

/* ---- form.c */
/* What the rules of a scope say of a token, or of two that are the lines of one cell. */
const gk_says *gk_form_says(gk_form *f, gk_scope scope, size_t token, size_t count);
/* The next token with text from `at` on, SIZE_MAX: none. */
size_t gk_form_next(const gk_form *f, size_t at);
/* Whether a token is followed by another with text that may be the rest of its cell. */
static inline bool gk_form_goes_on(const gk_form *f, size_t at) {
    return !f->tokens.at[at].shared && at + 1 < f->tokens.len && f->tokens.at[at + 1].kind == GK_FORM_TEXT;
}
/* A cell of tokens in the row being filled. */
void gk_form_put(gk_form *f, uint32_t col, size_t token, size_t count);
void gk_form_end_row(gk_form *f);
bool gk_form_is_figure(const gk_form *f, size_t token);

/* ---- form_rows.c */
/* Looks at the header of indicators that starts at a token, over a first level: *body, the token behind it. */
bool gk_form_read_header(gk_form *f, size_t at, size_t *body);
/* Puts its cells and those of the rows below it; returns the token behind them. */
size_t gk_form_read_goals(gk_form *f, size_t body);

/* ---- form_head.c */
/* Reads what stands above the header of the indicators, behind token `from`: the funds and the overall goals. Returns the
 * token it begins with. */
size_t gk_form_read_head(gk_form *f, size_t from, size_t header);

/* ---- form_table.c */
/* Puts the tables into the document, each in the place of what stood there. */
void gk_form_write(gk_form *f, gk_doc *doc);

#endif
