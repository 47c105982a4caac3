/* The parts of the DOCX reader (ECMA-376 part 1, 17), private to this room. */
#ifndef GK_READ_DOCX_H
#define GK_READ_DOCX_H

#include "read/flow.h"
#include "read/numbering.h"
#include "read/office_rels.h"
#include "read/office_xml.h"

enum { GK_DOCX_BODY = 9, GK_DOCX_TOC = 20 }; /* levels: 0-8 outline, 9 none, 20 a line of a table of contents */

typedef struct gk_docx_style {
    gk_str id, based;
    int level;             /* outline, GK_DOCX_BODY, GK_DOCX_TOC; -1: that of the style it is based on */
    int num, num_level;    /* numbering; -1: that of the style it is based on */
    bool title;
} gk_docx_style;

/* What the properties of a paragraph say. */
typedef struct gk_docx_paragraph {
    int level;             /* -1: as the style says */
    int num, num_level;    /* the same */
    gk_str style;          /* in the buffer of the reader */
    bool joined;           /* its end was deleted: it goes on in the next one */
} gk_docx_paragraph;

typedef struct gk_docx {
    gk_doc *doc;
    gk_err *err;
    gk_zip zip;
    gk_rels rels; /* of the main part */
    gk_arena arena;
    GK_VEC(gk_docx_style) styles;
    gk_numbering numbering;
    gk_flow flow;
    gk_buf style;          /* name of the style of the paragraph at hand */
    gk_buf boxes;          /* text of the text boxes of the paragraph at hand */
    uint32_t deep;         /* text boxes in text boxes */
    gk_docx_paragraph paragraph;
    bool fresh;            /* nothing of the paragraph was written, its number is due */
} gk_docx;

/* docx_styles.c */
gk_code gk_docx_styles(gk_docx *d);
/* Resolves what the style says and the paragraph leaves open. */
void gk_docx_resolve(const gk_docx *d, gk_docx_paragraph *p);
/* docx_numbering.c: loads the numbering part. */
gk_code gk_docx_numbering(gk_docx *d);

#endif
