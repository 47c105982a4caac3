/* The parts of the PDF reader, private to this room.
 *
 * The way of a PDF: pdf_spawn.c lets gongkai-pdf, a program of its own, turn the bytes into a stream of positioned
 * characters, lines and rectangles (tools/pdf/FORMAT.md). pdf_stream.c parses it page by page. Of each page,
 * pdf_chars.c makes fragments (characters set in one go), pdf_rule.c and pdf_grid.c find the grids of ruled tables and
 * pdf_cell.c puts fragments into their cells; pdf_bare.c finds tables without rules; the rest are lines (pdf_line.c). A
 * page is then forgotten but for its items: lines and tables, in reading order, with their text in a scratch buffer.
 * When all pages are read, pdf_aside.c finds running heads and page numbers, pdf_flow.c joins lines to paragraphs and
 * tables over pages, and pdf_emit.c writes the canonical text and the blocks. Nothing here knows MuPDF.
 *
 * Lengths are points. y grows downwards. A page whose text mostly runs up or down is turned first, so that in all parts
 * but the boxes of records text runs from left to right.
 */
#ifndef GK_READ_PDF_H
#define GK_READ_PDF_H

#include "doc/doc.h"

typedef struct pd_char {
    uint32_t code;
    float x0, y0, x1, y1; /* the box of the character */
    float base, size;
    uint8_t way;          /* 0 left to right, 1 downwards, 2 right to left, 3 upwards, 4 askew */
    uint8_t sure;         /* percent, of a character recognised in a picture; 0: it is text */
    bool bold, hidden;
} pd_char;

/* A horizontal (at = y, from..to = x) or vertical (at = x, from..to = y) rule. */
typedef struct pd_rule {
    float at, from, to;
} pd_rule;

typedef struct pd_rect {
    float x0, y0, x1, y1;
} pd_rect;

/* Characters that were set in one go: chars[first .. first + count) of the page, blanks included but not at its ends. */
typedef struct pd_frag {
    uint32_t first, count;
    pd_rect box;
    float base, size;
    uint32_t cell; /* 1 + index of its cell in the table at hand */
    bool taken;    /* belongs to a table */
    uint8_t way;   /* of its characters; 1 and 3 stand in a column */
} pd_frag;

typedef struct pd_page {
    uint32_t number;
    float width, height;
    uint8_t turn; /* quarter turns that were applied so that text runs to the right */
    GK_VEC(pd_char) chars;
    GK_VEC(pd_rule) across; /* horizontal rules */
    GK_VEC(pd_rule) down;   /* vertical rules */
    GK_VEC(pd_rect) fills;  /* shaded areas */
    GK_VEC(pd_frag) frags;
    size_t hidden, shown;   /* characters of a text layer that is not painted; those that are */
    double covered;         /* square points that images cover */
    uint8_t sure;           /* of the characters that come next */
    bool failed;
} pd_page;

/* A line of text that stays: its text is scratch[start, end), its boxes are those whose start is in there. */
typedef struct pd_line {
    gk_span text;
    pd_rect box;
    float size;
    uint32_t page;
    bool bold;
    bool upended; /* runs down or up */
} pd_line;

typedef struct pd_cell {
    uint32_t row, col;
    uint16_t rowspan, colspan;
    uint32_t first_line, line_count; /* pd->cell_lines */
    pd_rect box;
} pd_cell;

typedef struct pd_table {
    uint32_t first_cell, cell_count; /* pd->cells, by row, then column */
    uint32_t rows, cols;
    uint32_t first_x;                /* pd->xs.at[first_x .. first_x + cols]: the left edges of the columns and the end */
    bool ruled;                      /* which cells are merged is known */
    pd_rect box;
} pd_table;

typedef enum pd_item_kind { PD_LINE, PD_TABLE } pd_item_kind;

typedef struct pd_item {
    pd_item_kind kind;
    uint32_t index; /* pd->lines or pd->tables */
    uint32_t page;
    uint32_t region; /* number of its column, counted over the document from 0 */
    bool aside;
    bool heading;   /* larger than the text around it */
    bool joined;    /* goes on with what the item before it began (asides between them do not count) */
    pd_rect box;
} pd_item;

typedef struct pd_sheet { /* what is kept of a page */
    float width, height;
    uint32_t first_item, item_count;
    uint32_t first_region;
    uint32_t chars, hidden, han;
    double covered;
    bool failed;
    bool picture;  /* set by pd_judge: it is a picture; */
    bool wordless; /* its figures are text, but its words are not */
} pd_sheet;

typedef struct pdf {
    gk_doc *doc;
    gk_err *err;
    pd_page page; /* the page at hand */
    uint32_t region, regions; /* the column at hand; how many there are */
    gk_buf scratch;
    GK_VEC(gk_box_run) boxes; /* start: offset in scratch */
    GK_VEC(pd_line) lines, cell_lines;
    GK_VEC(pd_cell) cells;
    GK_VEC(pd_table) tables;
    GK_VEC(float) xs;
    GK_VEC(pd_item) items;
    GK_VEC(pd_sheet) sheets;
    GK_VEC(uint8_t) fonts;    /* by number: 1 bold */
    uint64_t common, strange, han, total; /* characters by kind: see pdf_judge.c */
    bool begun, ended;        /* the first, the last line of the stream was seen */
    bool repaired;            /* the cross references of the file were rebuilt */
    uint32_t announced;       /* pages that the stream said would come */
    gk_code failed;           /* what the last line says */
    char why[200];
} pdf;

/* pdf_spawn.c: runs gongkai-pdf over the bytes and fills out with its stream. GK_E_CONVERTER where it is not found,
 * GK_E_TIMEOUT past GK_MAX_PDF_SECONDS, GK_E_CRASH where it died, GK_E_LIMIT where the stream passes
 * GK_MAX_STREAM_BYTES. */
gk_code pd_spawn(gk_str bytes, bool (*take)(void *user, gk_str more), void *user, gk_err *err);

/* Runs gongkai-pdf to draw the pages (a list such as "1,3-5") and gongkai-ocr behind it, and hands out the stream of the
 * latter. GK_E_CONVERTER where one of them is not found; no more than `seconds` of wall time. */
gk_code pd_spawn_ocr(gk_str bytes, const char *pages, unsigned seconds, bool (*take)(void *user, gk_str more), void *user,
                     gk_err *err);

/* pdf_stream.c: takes the next bytes of the stream; false where it is no such stream. Each page goes to pd_read_page. */
typedef struct pd_stream {
    pdf *p;
    gk_buf rest;  /* an unfinished line */
    bool begun, in_page, bad;
} pd_stream;
bool pd_stream_take(pd_stream *s, gk_str more);
void pd_stream_free(pd_stream *s);

/* pdf_chars.c: turns the page, drops doubles, makes fragments. */
void pd_make_frags(pd_page *page);
static inline bool pd_is_blank(uint32_t c) {
    return c == ' ' || c == 0xA0 || c == 0x3000 || (c >= 0x2000 && c <= 0x200B) || c == 0x202F || c == 0xFEFF || c < 0x20;
}
/* Whether a character is set as wide as high. */
static inline bool pd_is_wide(uint32_t c) { return c >= 0x2E80 && (c < 0xE000 || c > 0xF8FF) && (c < 0xFF61 || c > 0xFFDC); }

/* pdf_line.c: lines of text from fragments. */
/* Sorts fragments (indices) into lines from top to bottom, each from left to right; line i is order[starts[i] ..
 * starts[i + 1]). `starts` has room for count + 1. Returns the number of lines. */
size_t pd_sort_lines(const pd_page *page, uint32_t *order, size_t count, uint32_t *starts);
/* Writes the characters of fragments that stand on one line to scratch, with their boxes. */
pd_line pd_write_line(pdf *p, const uint32_t *frags, size_t count);

/* pdf_rule.c: joins pieces of rules, drops specks. */
void pd_join_rules(pd_page *page);

/* pdf_grid.c: the cells of a ruled table. */
typedef struct pd_grid {
    GK_VEC(float) xs, ys;
    GK_VEC(pd_cell) cells;
    uint32_t *at; /* rows * cols: 1 + cell */
    uint32_t rows, cols;
} pd_grid;
/* Calls `found` for each grid of the page. */
void pd_find_grids(pdf *p, void (*found)(pdf *p, pd_grid *g));

/* pdf_cell.c: fills a grid with fragments and keeps it as a table with its item, where it is one. */
void pd_keep_grid(pdf *p, pd_grid *g);

/* pdf_split.c: cuts rows of the grid that hold several rows of figures; true where any was cut. frags[starts[c] ..
 * starts[c + 1]) are the fragments of cell c - 1. */
bool pd_split_rows(const pd_page *page, pd_grid *g, uint32_t *frags, const uint32_t *starts);

/* Whether the fragments of a line are a figure or a dash. One that begins or ends with a mark inside numbers is the part of
 * a figure. */
bool pd_is_figure(const pd_page *page, const uint32_t *frags, size_t n);

/* pdf_column.c: the columns of prose on a page. */
enum { PD_MOST_COLUMNS = 12 };
typedef struct pd_columns {
    size_t first, last; /* the lines they reach over */
    uint32_t count;     /* gutters */
    float gutters[PD_MOST_COLUMNS];
} pd_columns;
/* False where the page has one column. */
bool pd_find_columns(const pd_page *page, const uint32_t *order, const uint32_t *starts, size_t lines, pd_columns *c);
uint32_t pd_column_of(const pd_columns *c, const pd_frag *f);
/* Whether a fragment stands in two columns. */
bool pd_crosses(const pd_columns *c, const pd_frag *f);

/* pdf_bare.c: tables without rules among the lines of a page. */
/* Looks at the lines from `line` on: the number of lines that make up a table, which is then kept; 0: none. */
size_t pd_bare_table(pdf *p, const uint32_t *order, const uint32_t *starts, size_t lines, size_t line);

/* pdf_page.c: a whole page becomes items. */
void pd_read_page(pdf *p);
void pd_add_item(pdf *p, pd_item_kind kind, size_t index, pd_rect box);

/* pdf_ocr.c: reads the bytes with pages that are pictures recognised. */
gk_code pd_read_recognised(gk_str bytes, gk_doc *doc, gk_err *err);

/* pdf.c: a reading begins, and leaves no memory behind. pd_check: what the stream says of the whole document. */
void pd_begin(pdf *p, gk_doc *doc, gk_err *err);
void pd_free(pdf *p);
gk_code pd_check(pdf *p);

/* pdf.c: reads a stream that is at hand already (tests, fuzzing); what is done when all pages are read. */
gk_code pd_read_stream(gk_str stream, gk_doc *doc, gk_err *err);
gk_code pd_finish(pdf *p);

/* pdf_aside.c, pdf_flow.c, pdf_emit.c, pdf_judge.c. */
void pd_find_asides(pdf *p);
void pd_join_items(pdf *p);
gk_code pd_emit(pdf *p);
void pd_count_char(pdf *p, uint32_t code);
gk_code pd_judge(pdf *p);

/* pdf_note.c: leaves out the figures of pages whose words are pictures, and notes what is missing or damaged. */
void pd_note(pdf *p);

/* Whether a page is a picture; *figures: only its figures are text. */
bool pd_is_picture(const pd_sheet *s, bool *figures);

static inline gk_str pd_text(const pdf *p, const pd_line *l) {
    return gk_str_slice(gk_buf_str(&p->scratch), l->text.start, l->text.end);
}
/* How many rows at the top of u repeat the top of t; *columns: one of them has several cells with text. */
uint32_t pd_repeated_rows(const pdf *p, const pd_table *t, const pd_table *u, bool *columns);
void pd_cover(pd_rect *box, pd_rect part, bool first);

#endif
