/* The running text of a word processor's file on its way into the document: paragraphs, and tables in tables.
 *
 * A reader says what it meets, in order; gk_flow_close makes blocks of it. The canonical text has a paragraph a line, a
 * tab between the cells of a row, a row a line. A table inside a cell is flattened: its texts become lines of that cell;
 * but where a table is no more than a frame (a single column around texts and tables) the frame goes and they stay.
 */
#ifndef GK_READ_FLOW_H
#define GK_READ_FLOW_H

#include "read/office_out.h"

typedef enum gk_flow_kind {
    GK_FLOW_TEXT, /* a paragraph */
    GK_FLOW_TABLE,
    GK_FLOW_ROW,
    GK_FLOW_CELL,
    GK_FLOW_END   /* of a table */
} gk_flow_kind;

typedef enum gk_flow_merge { GK_FLOW_SINGLE, GK_FLOW_FIRST, GK_FLOW_MORE } gk_flow_merge;

typedef struct gk_flow_event {
    uint8_t kind;   /* gk_flow_kind */
    uint8_t block;  /* GK_FLOW_TEXT: gk_block_kind */
    uint8_t level;  /* GK_FLOW_TEXT: of a heading */
    uint8_t merge;  /* GK_FLOW_CELL: gk_flow_merge, downwards */
    uint16_t span;  /* GK_FLOW_CELL: columns */
    uint16_t skip;  /* GK_FLOW_CELL: free columns before it */
    uint32_t depth; /* tables around it; of a table itself: the tables around it */
    gk_span at;     /* GK_FLOW_TEXT */
} gk_flow_event;

typedef struct gk_flow {
    gk_out out;
    GK_VEC(gk_flow_event) events;
    uint32_t depth;      /* open tables */
    uint32_t deeper;     /* open tables that are too deep to be kept apart */
    bool in_paragraph;   /* text stands in the paragraph at hand */
    uint32_t start;      /* where it begins */
    bool fresh;          /* nothing stands in the cell at hand */
    size_t cells;        /* GK_MAX_CELLS holds */
} gk_flow;

void gk_flow_open(gk_flow *f, gk_doc *doc);
/* Text of the paragraph at hand; '\n' in it is a line break. Returns where it stands. */
gk_span gk_flow_text(gk_flow *f, gk_str s);
/* Whether the paragraph at hand can be a heading: it is short and no sentence. */
bool gk_flow_is_heading(const gk_flow *f);
/* Ends the paragraph at hand. */
void gk_flow_paragraph(gk_flow *f, gk_block_kind kind, uint8_t level);
void gk_flow_table(gk_flow *f);
void gk_flow_row(gk_flow *f);
void gk_flow_cell(gk_flow *f, uint32_t span, uint32_t skip, gk_flow_merge merge);
void gk_flow_end_table(gk_flow *f);
/* Adds a link over text that gk_flow_text gave. */
void gk_flow_link(gk_flow *f, gk_span anchor, gk_str target);
/* Makes the blocks and hands the text to the document, unless `code` says that reading failed; frees the flow. */
gk_code gk_flow_close(gk_flow *f, gk_code code, gk_err *err);

/* flow_emit.c: the blocks of all events. */
gk_code gk_flow_emit(gk_flow *f, gk_err *err);

#endif
