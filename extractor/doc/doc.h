/* Document: ONE canonical text, and blocks, tables and links as spans into it.
 *
 * Made by a reader (extractor/read), read by everything above. All memory belongs to the arena of the document; the
 * canonical text may be borrowed from the caller's input. Offsets are bytes of the canonical text.
 */
#ifndef GK_DOC_DOC_H
#define GK_DOC_DOC_H

#include "text/view.h"

typedef enum gk_block_kind {
    GK_BLOCK_TEXT,    /* a paragraph: its lines joined are one run of prose */
    GK_BLOCK_HEADING, /* a heading by the format's own marking (Markdown #, bold line, <h1>, Word style) */
    GK_BLOCK_LIST,    /* one list item by the format's own marking (Markdown -) */
    GK_BLOCK_TABLE,
    GK_BLOCK_ASIDE    /* page number, running head or foot, bookmark mark: belongs to the page, not to the text */
} gk_block_kind;

/* Levels of asides: what the format says is not shown is none of the page. */
enum { GK_ASIDE_PAGE, GK_ASIDE_HIDDEN };

typedef struct gk_block {
    gk_block_kind kind;
    uint8_t level;      /* headings: 1 outermost, 0 where the format does not say; asides: GK_ASIDE_... */
    uint32_t first_seg; /* its lines: doc->segs.at[first_seg .. +seg_count), without line ends and marking (# - **) */
    uint32_t seg_count;
    uint32_t table;     /* GK_BLOCK_TABLE: index in doc->tables */
    uint32_t page;      /* 1-based, 0: no pages */
    gk_span span;       /* everything that belongs to it */
} gk_block;

typedef struct gk_cell {
    uint32_t row, col; /* 0-based grid position of the upper left corner */
    uint16_t rowspan, colspan;
    uint32_t first_seg, seg_count; /* the lines of the cell; 0 segs: an empty cell */
    uint32_t page;
    uint32_t name;     /* index in doc->names of a printed address ("Sheet!B7"), 0: none */
    gk_span span;
} gk_cell;

typedef struct gk_table {
    uint32_t first_cell, cell_count; /* doc->cells, by row, then column */
    uint32_t rows, cols;
    bool merged_known;   /* true: rowspan/colspan come from the format; false: an empty cell may be a merged one */
    const uint32_t *grid; /* rows * cols: 1 + index in doc->cells of the covering cell, 0: nothing there */
    gk_span span;
    uint32_t page;
} gk_table;

/* Where characters stand: `count` characters of the canonical text from `start` on, on one line of one page, evenly
 * spaced. Character k of them has the box [x0 + k dx, y0 + k dy, x1 + k dx, y1 + k dy]: points, origin top left. */
typedef struct gk_box_run {
    uint32_t start, count;
    uint32_t page; /* 1-based */
    float x0, y0, x1, y1, dx, dy;
    uint8_t sure;  /* percent, where the characters were recognised in a picture; 0: they were text */
} gk_box_run;

typedef struct gk_link {
    gk_span anchor;
    gk_str target;
} gk_link;

typedef struct gk_meta {
    gk_str name, content;
} gk_meta;

/* What is not as it should be with a document that was read all the same: parts that are missing, or were rebuilt. The
 * class is that of the error it would be if nothing could be read. */
typedef struct gk_note {
    gk_code code;
    gk_str message; /* one sentence, UTF-8 */
} gk_note;

typedef struct gk_doc {
    gk_arena arena;
    gk_str text;           /* canonical text, valid UTF-8 */
    gk_str source;         /* path or URL as given, "-" for stdin */
    const char *media_type; /* "text/plain", "text/html" ... a constant */
    const char *charset;
    uint64_t damaged;      /* ill-formed sequences replaced at the gate */
    uint32_t pages;        /* 0: no pages */
    bool ocr;              /* asked for by the caller before reading: pages that are pictures are recognised */
    char digest[65];       /* SHA-256 of the source bytes, hex */
    GK_VEC(gk_block) blocks; /* in document order */
    GK_VEC(gk_table) tables;
    GK_VEC(gk_cell) cells;
    GK_VEC(gk_span) segs;
    GK_VEC(gk_str) names;  /* at[0] is "" */
    GK_VEC(gk_box_run) boxes; /* ascending by start, without overlap; empty: the format has no places */
    GK_VEC(gk_link) links;
    GK_VEC(gk_meta) metas; /* meta tags of the format (title, PubDate, SiteIDCode ...) */
    GK_VEC(gk_note) notes; /* at most GK_MAX_NOTES */
} gk_doc;

void gk_doc_init(gk_doc *doc);
void gk_doc_free(gk_doc *doc);
/* Empties the document for another input, keeping its memory. */
void gk_doc_reset(gk_doc *doc);

/* Adds a note; one that says what another says already, and what passes GK_MAX_NOTES, is left out. */
void gk_doc_note(gk_doc *doc, gk_code code, const char *format, ...) __attribute__((format(printf, 3, 4)));

/* Adds a block whose lines are added next with gk_doc_add_seg; the pointer is good until the next block is added. */
gk_block *gk_doc_add_block(gk_doc *doc, gk_block_kind kind, gk_span span);
/* Adds a line (trimmed of blanks by the caller) to the newest block or cell. */
void gk_doc_add_seg(gk_doc *doc, gk_span line);
/* Starts a table block and its table; then cells are added row by row (gk_doc_add_cell, gk_doc_add_seg), then
 * gk_doc_end_table builds the grid. Cells that overlap lose to the earlier one. GK_E_LIMIT past GK_MAX_CELLS or
 * GK_MAX_TABLE_COLS. */
gk_table *gk_doc_add_table(gk_doc *doc, bool merged_known);
static inline gk_cell *gk_doc_add_cell(gk_doc *doc, uint32_t row, uint32_t col, uint16_t rowspan, uint16_t colspan) {
    gk_cell *c = gk_vec_push(&doc->cells);
    *c = (gk_cell){.row = row,
                   .col = col,
                   .rowspan = rowspan ? rowspan : 1,
                   .colspan = colspan ? colspan : 1,
                   .first_seg = (uint32_t)doc->segs.len};
    doc->tables.at[doc->tables.len - 1].cell_count++;
    return c;
}
/* What gk_doc_add_seg does for the first line of the newest cell. */
static inline void gk_doc_add_line(gk_doc *doc, gk_cell *newest, gk_span line) {
    *gk_vec_push(&doc->segs) = line;
    newest->seg_count = 1;
    newest->span = line;
}
gk_code gk_doc_end_table(gk_doc *doc, gk_span span, gk_err *err);

/* The cell that covers a grid position, or NULL. */
const gk_cell *gk_table_at(const gk_doc *doc, const gk_table *t, uint32_t row, uint32_t col);

/* Where a canonical span stands: the page of its first placed character, and the box around all its characters on that
 * page. False, with nothing set, where none of them has a place. */
bool gk_doc_place(const gk_doc *doc, gk_span span, uint32_t *page, float box[4]);
/* How sure the least sure character of a canonical span is, in percent; 0 where all of them were text. */
unsigned gk_doc_sure(const gk_doc *doc, gk_span span);

#endif
