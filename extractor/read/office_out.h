/* The canonical text of an Office file while it is being written: blocks and cells are added to the document as their
 * text is appended, so that spans always ascend. */
#ifndef GK_READ_OFFICE_OUT_H
#define GK_READ_OFFICE_OUT_H

#include "doc/doc.h"

typedef struct gk_out {
    gk_doc *doc;
    gk_buf text; /* at most GK_MAX_TEXT_BYTES: what passes it is dropped and told at the end */
} gk_out;

void gk_out_open(gk_out *o, gk_doc *doc);
/* Appends valid UTF-8 and returns where it stands (an empty span past the maximum). */
gk_span gk_out_put(gk_out *o, gk_str s);
/* Begins a line: a line end, unless the text is empty or ends in one. */
void gk_out_line(gk_out *o);
/* Adds the lines of a span, without blanks at their ends, to the newest block or cell; empty lines are left out. */
void gk_out_segs(gk_out *o, gk_span at);
/* Begins a line and adds it as a block with all its lines; nothing where s is blank. */
void gk_out_block(gk_out *o, gk_block_kind kind, uint8_t level, gk_str s);
/* Hands the text to the document (with `code` GK_OK) and frees it. GK_E_LIMIT where text was dropped; else `code`. */
gk_code gk_out_close(gk_out *o, gk_code code, gk_err *err);

/* s without ASCII, no-break and ideographic blanks and line ends at both ends. */
gk_str gk_out_trim(gk_str s);

#endif
