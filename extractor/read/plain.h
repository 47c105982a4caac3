/* The parts of the plain-text reader, private to this room.
 *
 * The way of a text: bytes are decoded; plain_line.c cuts the text into lines and measures them; plain_aside.c finds
 * page numbers and running heads; plain_width.c estimates how wide the text was wrapped; then plain.c walks the lines
 * and hands each run to plain_prose.c (paragraphs), plain_rows.c (a row a line) or plain_cells.c (a cell a line), which
 * add blocks to the document. Everything is decided by typography: widths, gaps, tabs, punctuation, list numbering.
 *
 * Widths are East Asian columns: three- and four-byte characters count 2, all others 1.
 */
#ifndef GK_READ_PLAIN_H
#define GK_READ_PLAIN_H

#include "doc/doc.h"

enum {
    PL_MAX_GAP = 8,       /* blank lines a paragraph may bridge, exclusive */
    PL_MAX_WRAP = 160,    /* columns of the widest hard-wrapped line looked for */
    PL_NOTE_CELLS = 3,    /* cells of a note line above or below a table */
    PL_BARE_HEADER = 4,   /* rows of the header of a table with a cell a line */
    PL_SANDWICH = 12      /* lines without a tab that may continue a cell inside a table */
};

typedef enum pl_kind {
    PL_TEXT,
    PL_HEAD,   /* Markdown # heading */
    PL_BULLET, /* Markdown list item */
    PL_ASIDE,  /* page number, running head, rule */
    PL_ROW,    /* cells parted by tabs */
    PL_CELL,   /* a tab and one cell */
    PL_PIPE,   /* Markdown table row */
    PL_COLUMNS, /* a line of a table whose cells are parted by blanks */
    PL_BARE,    /* a cell of a table with a cell a line and no mark */
    PL_TORN    /* a line of a row that is torn to a cell a line, each behind a bar */
} pl_kind;

typedef enum pl_end { /* what a line ends with */
    PL_END_OPEN,    /* nothing that ends a sentence */
    PL_END_CLOSE,   /* a closing bracket or quote behind no stop */
    PL_END_COMMA,   /* a comma or an opening bracket: the sentence must go on */
    PL_END_DIGIT,   /* a digit or a point behind one */
    PL_END_STOP,    /* 。！？ */
    PL_END_SEMI,    /* ； */
    PL_END_COLON    /* ： */
} pl_end;

typedef enum pl_item { /* style of list numbering at the start of a line */
    PL_ITEM_NONE,
    PL_ITEM_CHAPTER, /* 第三章, 第四条: numbering, or a reference inside a sentence */
    PL_ITEM_PART,    /* 第一部分; this and all that follow start a new item for certain */
    PL_ITEM_HAN,     /* 一、 */
    PL_ITEM_HAN_BRACKET, /* （一） */
    PL_ITEM_DIGIT_DOT,   /* 1. */
    PL_ITEM_DIGIT_DUN,   /* 1、 */
    PL_ITEM_DIGIT_BRACKET, /* (1) 1) */
    PL_ITEM_CAPTION,       /* 图 1: 表2 */
    PL_ITEM_BULLET,        /* ① or a bullet sign, or a mark that stands before a paragraph */
    PL_ITEM_COUNT
} pl_item;

typedef struct pl_line {
    uint32_t raw, raw_end;    /* without the line end */
    uint32_t start, end;      /* without blanks and Markdown marking at both ends */
    uint32_t page;            /* form feeds before it */
    uint32_t prose;           /* prose lines before it */
    uint16_t width;           /* columns from start to end, at most UINT16_MAX; 0: PL_ROW and PL_CELL, not measured */
    uint16_t indent;          /* columns before start, likewise */
    uint16_t tabs;            /* at most UINT16_MAX */
    uint16_t gap;             /* blank lines before it, at most UINT16_MAX */
    uint8_t kind, ends, item; /* pl_kind, pl_end, pl_item */
    uint8_t level;            /* of a Markdown heading */
    bool bare;                /* a PL_PIPE without bars at its ends: one there stands beside an empty cell */
    uint8_t loose;            /* blanks between all its characters, which width leaves out; at most UINT8_MAX */
} pl_line;

/* A cell while its table is being gathered: its lines are pieces linked in order (indices + 1, 0: none). */
typedef struct pl_cell {
    uint32_t first, last;
    uint32_t at;             /* where it stands, for an empty cell */
    uint16_t col, colspan;
} pl_cell;

typedef struct pl_piece {
    gk_span span;
    uint32_t next;
} pl_piece;

typedef struct pl_row {
    uint32_t first, count; /* cells */
    uint32_t line, last;   /* its first and last line */
    bool cut;              /* a gap or a page number stands before it */
    bool dropped;          /* merged into another row */
} pl_row;

/* Where a character comes next: none from `from` up to `at`. */
typedef struct pl_next {
    uint32_t from, at;
} pl_next;

/* A line that looks like a page number: 1 bare, 2 in the dress of one (- 3 -, 第 3 页, 3/10). */
typedef struct pl_number {
    uint32_t line, value;
    int dress;
} pl_number;

/* A line that may be a running head, and its text without digits and blanks as a hash. */
typedef struct pl_head {
    uint64_t key;
    uint32_t line;
} pl_head;

/* Lines from..to are a table parted by blanks; the first row with figures is `first`. */
typedef struct pl_run {
    uint32_t from, first, to;
    uint32_t pieces; /* of the header, where one blank parts all; 0: it has none */
    uint32_t left;   /* columns on the left, where labels stand on both sides and empty cells were left out; 0: else */
    bool wide;       /* the places of the cells tell their columns */
} pl_run;

/* Lines from..to are a table with a cell a line and no mark: rows of a header and of `columns` cells. */
typedef struct pl_bare {
    uint32_t from, to, rows;
    uint32_t usual;   /* blank lines between two cells side by side */
    uint32_t lead;    /* empty cells before the first line */
    uint32_t headers; /* rows of the header */
    uint16_t columns;
    uint16_t tops, top, bottom; /* first rows with a merged label, cells of these and of the last row; 0: all */
    uint16_t header[PL_BARE_HEADER]; /* their cells, the lowest row first */
} pl_bare;

/* Where the parts of the lines of a table stand that has labels on both sides: plain_anchor.c. */
typedef struct pl_anchor {
    uint32_t apart;              /* how far the two numbers differ; 0: there are none */
    uint32_t side;               /* where the labels on the right begin, when there are no numbers; 0: anywhere */
    uint32_t left, money, label; /* the place of the number on the left, behind its money, behind the label on the right */
} pl_anchor;

/* Blocks of codes, names and figures side by side: plain_blocks.c. */
enum { PL_MOST_BLOCKS = 4 };

typedef struct pl_blocks {
    uint32_t count; /* 0: there are none */
    uint32_t old[PL_MOST_BLOCKS];                        /* the place where the codes of a block stand in the text */
    uint32_t wide[PL_MOST_BLOCKS], figure[PL_MOST_BLOCKS]; /* of its names and figures, at most */
    uint32_t code[PL_MOST_BLOCKS], end[PL_MOST_BLOCKS];    /* the places it is given: of its codes, behind its figures */
} pl_blocks;

typedef struct plain {
    gk_doc *doc;
    gk_err *err;
    const char *text;
    size_t len;
    GK_VEC(pl_line) lines;
    GK_VEC(pl_number) numbers; /* noted while the lines are cut, in their order; what they are is said by pl_find_asides */
    GK_VEC(pl_head) heads;
    uint32_t aside_lines;     /* how many are PL_ASIDE */
    bool bold;                /* some line of text starts with * */
    GK_VEC(uint16_t) wraps;   /* wrap width around the start of each chunk of prose lines, 0: not wrapped */
    uint16_t wrap;            /* that most chunks have */
    struct {
        uint32_t all, titles;
    } styles[PL_ITEM_COUNT];  /* how often a style of numbering stands before a short title */
    GK_VEC(pl_row) rows;      /* the table being gathered */
    GK_VEC(pl_cell) cells;
    GK_VEC(pl_piece) pieces;
    GK_VEC(pl_run) runs;      /* tables parted by blanks, in order; `run`: the next one */
    size_t run;
    GK_VEC(pl_bare) bares;    /* tables with a cell a line, in order; `bare`: the next one */
    size_t bare;
    pl_anchor anchor;         /* of the table being gathered */
    pl_blocks blocks;
    bool two_places;          /* columns are counted so that characters of Han take two */
    size_t captions, captions_to; /* captions met inside a run of rows, and where that run ends */
    uint32_t *tally;          /* scratch: rows by number of cells, all 0 between uses */
    GK_VEC(gk_span) asides;   /* marks met inside the block being added */
    pl_next star, bracket;    /* the next * and [ of the text */
    bool torn;                /* some line starts with a bar and is no row by itself */
    size_t barred;            /* first of the lines with bars that are being cut, SIZE_MAX: the last one had none */
} plain;

/* The character at s[at] as its bytes packed big-endian: '1' is 0x31, 、 is 0xE38081. Its length goes to *n; a broken
 * tail counts as single bytes. */
static inline uint32_t pl_char_at(gk_str s, size_t at, size_t *n) {
    const unsigned char *c = (const unsigned char *)s.ptr + at;
    *n = 1;
    if (c[0] < 0xC0) return c[0];
    size_t len = c[0] < 0xE0 ? 2 : c[0] < 0xF0 ? 3 : 4;
    if (at + len > s.len) return c[0];
    *n = len;
    uint32_t two = (uint32_t)c[0] << 8 | c[1];
    if (len == 2) return two;
    return len == 3 ? two << 8 | c[2] : two << 16 | (uint32_t)c[2] << 8 | c[3];
}

/* plain_type.c: typography of single lines. */
pl_item pl_item_of(gk_str line);
pl_end pl_end_of(gk_str line);
/* Whether the text starts with a label: a colon within its first 24 columns, no comma or stop before it. */
bool pl_has_label(gk_str line);
/* Whether more brackets or quotes open in the line than close. */
bool pl_brackets_open(gk_str line);
/* Whether the line holds a dotted leader (…… ..... ····). */
bool pl_has_leader(gk_str line);
/* Whether such dots end the text: they stand for what was left out, and lead to nothing. */
bool pl_ends_in_leader(gk_str s);
/* Whether the text is a figure, a dash, a percentage or empty: what stands in a value cell. */
bool pl_is_value(gk_str cell);
bool pl_has_digit(gk_str cell);

/* plain_walk.c: what one walk over a text tells. */
/* Columns; tabs count one each. */
size_t pl_width(gk_str s);
/* How often c, an ASCII character, stands in s. */
size_t pl_count(gk_str s, char c);
/* Whether s holds a comma, stop or semicolon (between digits a comma is a thousands mark); pl_has_clause: or a colon. */
bool pl_has_comma(gk_str s);
bool pl_has_clause(gk_str s);

/* plain_line.c: cuts the text into lines. GK_E_LIMIT past GK_MAX_LINES. */
gk_code pl_scan(plain *p);
/* s without ASCII, no-break and ideographic blanks at both ends, as offsets of the whole text. */
gk_span pl_trim_blanks(const plain *p, uint32_t start, uint32_t end);
/* The same; most texts have no blanks there, which two bytes at the start and three at the end show: a blank of several
 * bytes is C2 A0, E2 80 80-8B, E3 80 80 or EF BB BF, so that its second byte and the last but one are not those of most
 * characters. The full stop E3 80 82, which ends most sentences, is told from them too. */
static inline gk_span pl_trim(const plain *p, uint32_t start, uint32_t end) {
    if (start >= end) return (gk_span){start, end};
    const unsigned char *a = (const unsigned char *)p->text + start, *z = (const unsigned char *)p->text + end - 1;
    bool head = *a > ' ' && (*a < 0x80 || (a[1] != 0x80 && a[1] != 0xBB && a[1] != 0xA0));
    bool tail = *z > ' ' && (*z < 0x80 || (z[-1] != 0x80 && z[-1] != 0xBB && z[-1] != 0xC2));
    bool stop = !tail && *z == 0x82 && end - start > 3 && z[-2] == 0xE3;
    return head && (tail || stop) ? (gk_span){start, end} : pl_trim_blanks(p, start, end);
}
/* plain_bars.c: rows of cells that are parted by bars. */
/* The bar that a row starts or ends with, of ASCII or wide; absent: none. */
gk_str pl_bar_of(gk_str s);
/* How often a bar stands in s. */
size_t pl_bars(gk_str s, gk_str bar);
/* Whether a line is such a row by itself; whether it draws the border below a header: |---|:--:| */
bool pl_is_pipe(gk_str s);
bool pl_is_border(gk_str s);
/* Takes note of a line that holds bars but is no row by itself; then says that the lines noted end before a line: where they
 * are rows without bars at their ends, their kind is. */
void pl_note_barred(plain *p, size_t line);
void pl_end_barred(plain *p, size_t to);
/* Marks the lines of rows that are torn to a line a cell. */
void pl_mark_torn(plain *p);
/* plain_aside.c: notes a line of text that may be a page number or a running head, while it is at hand; then marks those
 * that are. */
void pl_note_aside(plain *p, size_t line);
void pl_find_asides(plain *p);
/* plain_width.c: estimates the wrap width over all prose lines; then the width (0: not wrapped) where lines a and b
 * follow each other: where the width changes nearby, the smaller one that holds both; where it is not known nearby, that of
 * most of the text, if the first of the lines is as wide. */
void pl_measure(plain *p);
unsigned pl_wrap_at(const plain *p, const pl_line *a, const pl_line *b);

/* Each takes the run that starts at a line, adds its blocks and returns the first line behind it. */
size_t pl_add_prose(plain *p, size_t line);
gk_code pl_add_rows(plain *p, size_t line, size_t *next);
gk_code pl_add_cells(plain *p, size_t line, size_t *next);
gk_code pl_add_torn(plain *p, size_t line, size_t *next);

/* plain_emit.c: adds to the document. */
/* Bytes of the [name: ...] marks a text starts with. */
size_t pl_marks(gk_str s);
static inline gk_str pl_str(const plain *p, gk_span s) { return (gk_str){p->text + s.start, s.end - s.start}; }
static inline gk_str pl_text(const plain *p, const pl_line *l) {
    return (gk_str){p->text + l->start, l->end - l->start};
}
/* Whether it is known of a span that no * and no [ stand in it, nothing that may be marking. */
static inline bool pl_is_unmarked(const plain *p, gk_span s) {
    return s.start >= p->star.from && s.end <= p->star.at && s.start >= p->bracket.from && s.end <= p->bracket.at;
}
/* Adds the text of a span as lines of the newest block or cell, without ** and [bookmark: ...] marks; the latter wait in
 * p->asides. */
void pl_emit_text(plain *p, gk_span s);
/* Adds the waiting marks as blocks. */
void pl_emit_asides(plain *p);
/* Adds a text block of one span, cut into several where it passes GK_MAX_BLOCK_BYTES. */
void pl_emit_block(plain *p, gk_block_kind kind, gk_span s, uint32_t page);
void pl_emit_aside(plain *p, const pl_line *l);
/* Puts the blocks from index `from` on into document order: asides are added behind what they interrupt. */
void pl_sort_blocks(plain *p, size_t from);

/* plain_grid.c: the table being gathered. */
void pl_grid_clear(plain *p);
pl_row *pl_grid_row(plain *p, size_t line, bool cut);
/* Adds a cell to the newest row (s as it stands, blanks included); pl_grid_more adds a line to a cell. */
pl_cell *pl_grid_cell(plain *p, gk_span s);
void pl_grid_more(plain *p, pl_cell *c, gk_span s);
/* The first line of a cell; an empty cell: an empty text. */
gk_str pl_cell_text(const plain *p, const pl_cell *c);
static inline bool pl_cell_empty(const pl_cell *c) { return c->first == 0; }
static inline pl_cell *pl_cell_of(const plain *p, const pl_row *r, uint32_t i) { return &p->cells.at[r->first + i]; }
/* How many cells of a row hold something; whether one of them holds a figure or what stands for one. */
uint32_t pl_row_filled(const plain *p, const pl_row *r);
bool pl_row_has_value(const plain *p, const pl_row *r);
/* The number of cells most rows have (the larger one on a tie). */
uint32_t pl_grid_mode(plain *p, size_t from, size_t to);
/* Adds rows from..to as a table, or as text where they are no table. */
gk_code pl_grid_emit(plain *p, size_t from, size_t to);

/* Adds rows from..to as a table, whatever they are. */
gk_code pl_grid_table(plain *p, size_t from, size_t to);

/* plain_list.c: how many lines from a line on, before `to`, go on with the numbered list in the last cell gathered, up to the
 * next item; 0: they do not. `first`: the first cell of the line. */
size_t pl_list_lines(const plain *p, size_t line, size_t to, gk_span first);
/* plain_columns.c: marks the lines of tables that are parted by blanks, before lines are measured; then adds the one that
 * starts at a line. */
void pl_mark_columns(plain *p);
gk_code pl_add_columns(plain *p, size_t line, size_t *next);

/* plain_bare.c: marks the lines of tables with a cell a line and no mark; then adds the one that starts at a line. */
void pl_mark_bare(plain *p);
gk_code pl_add_bare(plain *p, size_t line, size_t *next);

/* plain_header.c: gives the cells of header rows that are shorter than the body the columns they stand over. */
void pl_place_header(plain *p, size_t from, size_t to, uint32_t mode);
/* plain_sums.c: the column behind a group of columns that starts at `first` or, where there is none, the column at which one
 * starts that ends at `end`: the first column of a group is the sum of the others. 0: the figures from `row` on show none. */
uint32_t pl_end_of_sums(const plain *p, size_t row, size_t to, uint32_t mode, uint32_t first, uint32_t end);
/* plain_merged.c: gives the cells of body rows that are shorter than the others the columns their labels are merged over. */
void pl_place_merged(plain *p, size_t from, size_t to, uint32_t mode);
/* What the columns of the first rows with `mode` cells hold, in words[0..mode): above 0 words, below 0 figures, codes among
 * them. */
void pl_weigh_columns(const plain *p, size_t from, size_t to, uint32_t mode, int8_t *words);
/* plain_rest.c: hands back to header cells what was wrapped into the row below. */
void pl_join_wrapped_header(plain *p, size_t from, size_t to, uint32_t mode);
/* plain_repair.c: joins rows that a page break cut in two. */
void pl_join_cut_rows(plain *p, size_t from, size_t to);

#endif
