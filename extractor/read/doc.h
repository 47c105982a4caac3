/* The parts of the DOC reader ([MS-DOC], Word 97 to 2003 and WPS), private to this room.
 *
 * The text of a file is a row of characters numbered by CP: the main text, then footnotes, headers, comments, endnotes
 * and text boxes. Pieces say where in the WordDocument stream runs of characters stand (FC) and how wide they are.
 * Properties are found by FC: a sorted table leads to a page of 512 bytes (FKP), and that to a list of modifiers (SPRM,
 * grpprl). A table is a run of paragraphs marked as such: a cell ends with the character 7, a row with one more 7 whose
 * paragraph holds the edges of the cells.
 *
 * antiword loses most of the text of Chinese files and catdoc every table; LibreOffice loses nothing, but is a program of
 * several hundred megabytes that would have to run in the place of this reader.
 */
#ifndef GK_READ_DOC_H
#define GK_READ_DOC_H

#include "read/flow.h"
#include "read/numbering.h"
#include "read/ole.h"

enum { GK_DOC_BODY = 9, GK_DOC_TOC = 20 }; /* levels: 0-8 outline, 9 none, 20 a line of a table of contents */

typedef struct gk_word_piece {
    uint32_t cp, end; /* characters */
    uint32_t fc;      /* offset in the WordDocument stream */
    bool wide;        /* UTF-16, else Windows-1252 */
} gk_word_piece;

typedef struct gk_word_style {
    uint8_t level; /* outline, GK_DOC_BODY, GK_DOC_TOC */
    uint16_t base;
} gk_word_style;

/* What the properties of a paragraph say. */
typedef struct gk_word_paragraph {
    uint32_t cp, end;      /* characters, with the one that ends it */
    uint8_t depth;         /* tables around it */
    bool row_end;          /* it is the mark that ends a row */
    bool inner_cell;       /* it ends a cell of a nested table */
    uint8_t level;         /* outline or GK_DOC_BODY, GK_DOC_TOC */
    uint8_t list_level;
    uint16_t list;         /* number of its list, 0: none */
    uint32_t row;          /* row_end: 1 + index of its edges in rows, 0: unknown */
} gk_word_paragraph;

/* The cells of a table row, from the mark that ends it. */
typedef struct gk_word_row {
    uint32_t first;  /* in edges: count + 1 positions in twips */
    uint32_t count;  /* cells */
    uint64_t merged; /* bit by cell: goes on the cell on its left */
    uint64_t down;   /* starts a merged cell downwards */
    uint64_t more;   /* goes on the cell above */
} gk_word_row;

typedef struct gk_word {
    gk_err *err;
    gk_str main, table, data; /* streams */
    gk_buf buffers[3];
    gk_arena arena;
    uint32_t lengths[8];      /* characters of main text, footnotes, headers, macros, comments, endnotes, boxes, ... */
    gk_str paragraph_plc, character_plc;
    GK_VEC(gk_word_piece) pieces;
    size_t piece;             /* the one used last */
    GK_VEC(gk_word_style) styles;
    GK_VEC(gk_word_paragraph) paragraphs;
    GK_VEC(gk_word_row) rows;
    GK_VEC(int32_t) edges;
    gk_numbering numbering;
    gk_flow flow;
    uint32_t fields;          /* open fields */
    uint64_t field_codes;     /* by depth: the instruction is at hand */
} gk_word;

enum { GK_WORD_MAIN, GK_WORD_NOTES, GK_WORD_HEADERS, GK_WORD_MACROS, GK_WORD_COMMENTS, GK_WORD_ENDNOTES, GK_WORD_BOXES };

/* doc_file.c: the head of the file and the pieces. */
gk_code gk_word_open(gk_word *w);
/* The piece that holds a character, or NULL; its offset in the stream. */
const gk_word_piece *gk_word_piece_of(gk_word *w, uint32_t cp);
static inline uint32_t gk_word_fc(const gk_word_piece *p, uint32_t cp) {
    return p->fc + (cp - p->cp) * (p->wide ? 2 : 1);
}
/* A pair of offset and length of the head: what it points at in the table stream. */
gk_str gk_word_table(const gk_word *w, size_t at);

/* doc_props.c: modifiers of the paragraph and the characters at an offset of the stream. */
void gk_word_paragraph_at(gk_word *w, uint32_t fc, gk_word_paragraph *out);
/* Whether characters are shown; *end is where the run with the same properties ends. */
bool gk_word_shown(const gk_word *w, uint32_t fc, uint32_t *end);
/* The next modifier of a list: its code and operand; false at the end. */
bool gk_word_sprm(gk_str list, size_t *at, uint32_t *code, gk_str *operand);
/* doc_styles.c: outline levels of styles. */
void gk_word_styles(gk_word *w);
/* doc_list.c: lists of numbered paragraphs. */
void gk_word_lists(gk_word *w);
/* doc_row.c: the cells of a row from the modifiers of its end; returns 1 + index in rows. */
uint32_t gk_word_row_of(gk_word *w, gk_str list);
/* doc_table.c: writes the paragraphs first .. (a table) into the flow and returns the first one behind it. */
size_t gk_word_table_flow(gk_word *w, size_t first, size_t last);
/* doc_text.c: cuts characters into paragraphs (GK_E_LIMIT past GK_MAX_LINES); writes the text of one. */
gk_code gk_word_split(gk_word *w, uint32_t cp, uint32_t end);
void gk_word_text(gk_word *w, const gk_word_paragraph *p);

#endif
