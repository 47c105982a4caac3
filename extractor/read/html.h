/* The HTML reader: a web page becomes the document of its article. Private to extractor/read.
 *
 * The way of a page through these files:
 *   html_sniff.c   whether bytes are HTML
 *   html_guard.c   refuses what would make the parser slow, before it is asked
 *   html_tree.c    the parser's events -> one array of nodes in document order
 *   html_tag.c     what each tag means for the text; html_name.c the same for class names and ids
 *   html_find.c    the part of the page that is the article, html_title.c its title
 *   html_grid.c    which tables hold data, and where their cells stand
 *   html_write.c   white space, lines and blocks of the canonical text
 *   html_walk.c    article -> blocks, html_meta.c meta tags and links to attachments
 *
 * Worked example: `<p>收入<b>12.</b><span>5</span>\n万元</p><p>支出</p>` is two blocks of the text "收入12.5 万元\n支出\n".
 */
#ifndef GK_READ_HTML_H
#define GK_READ_HTML_H

#include "doc/doc.h"

typedef enum ht_tag {
    HT_TEXT, /* no element: a stretch of characters */
    HT_OTHER,
    HT_A,
    HT_BODY,
    HT_BOLD,
    HT_BR,
    HT_CAPTION,
    HT_CELL,
    HT_FRAME, /* shows another file */
    HT_H1,
    HT_H2,
    HT_H3,
    HT_H4,
    HT_H5,
    HT_H6,
    HT_LI,
    HT_META,
    HT_P,
    HT_PRE,
    HT_ROW,
    HT_SUP,
    HT_TABLE,
    HT_TITLE
} ht_tag;

enum {
    HT_BLOCK = 1,    /* begins and ends a paragraph */
    HT_HIDDEN = 2,   /* nobody sees it: left out with all it holds */
    HT_ASIDE = 4,    /* navigation by its tag or name: left out of the article */
    HT_STRONG = 8,   /* bold */
    HT_ARTICLE = 16, /* a content system calls it the body of the article */
    HT_LAYOUT = 32,  /* a table that only arranges paragraphs */
    HT_DATA = 64     /* a table of data */
};

typedef enum ht_attr_name {
    HT_ATTR_NONE,
    HT_ATTR_CLASS,
    HT_ATTR_COLSPAN,
    HT_ATTR_CONTENT,
    HT_ATTR_HREF,
    HT_ATTR_ID,
    HT_ATTR_NAME,
    HT_ATTR_ROWSPAN,
    HT_ATTR_SRC, /* of frames alone */
    HT_ATTR_STYLE,
    HT_ATTR_TITLE
} ht_attr_name;

typedef struct ht_attr {
    uint32_t at, len; /* in tree->chars */
    ht_attr_name name;
} ht_attr;

/* Nodes stand in document order: those inside node i are i + 1 .. end - 1. Node 0 holds all others. */
typedef struct ht_node {
    uint32_t parent, end;
    uint32_t at, len;    /* HT_TEXT: in tree->chars; else its attributes: tree->attrs.at[at .. at + len) */
    uint8_t tag, flags;
} ht_node;

typedef struct ht_tree {
    gk_buf chars;            /* texts and attribute values, UTF-8 */
    GK_VEC(ht_node) nodes;
    GK_VEC(ht_attr) attrs;
    /* Of each node with all it holds, hidden parts left out; made by ht_weigh. Unit: letters and figures that are no
     * ASCII letters, so that scripts of the interface weigh nothing. */
    uint32_t *plain;         /* outside of links */
    uint32_t *linked;        /* inside links */
} ht_tree;

/* html_sniff.c: how sure it is that the bytes are HTML, 0: they are not. */
int ht_sniff(gk_str bytes);

/* html_guard.c: GK_E_LIMIT where a tag has more attributes than GK_MAX_HTML_ATTRIBUTES. *cut: the text ends
 * within a tag, or begins as a whole page and does not end as one. */
gk_code ht_guard(gk_str text, bool *cut, gk_err *err);

/* html_tree.c */
gk_code ht_parse(gk_str text, ht_tree *tree, gk_err *err);
void ht_tree_free(ht_tree *tree);
/* The value of an attribute, absent where the node has none. */
gk_str ht_attr_of(const ht_tree *tree, uint32_t node, ht_attr_name name);
/* A number of at least 1 and at most `most`; 0 is given where the attribute is the number 0. */
uint32_t ht_number_of(const ht_tree *tree, uint32_t node, ht_attr_name name, uint32_t most);
/* The characters of a node and all it holds, white space collapsed and trimmed, at most `most` bytes; in the arena. */
gk_str ht_text_of(const ht_tree *tree, uint32_t node, size_t most, gk_arena *arena);

/* html_tag.c */
typedef struct ht_tag_info {
    ht_tag tag;
    uint8_t flags;
} ht_tag_info;
ht_tag_info ht_tag_of(gk_str name);
ht_attr_name ht_attr_named(gk_str name);
/* Flags that follow from a style: hidden, block, bold. */
uint8_t ht_style_flags(gk_str style);

/* html_name.c: flags that follow from a class or an id. */
uint8_t ht_name_flags(gk_str name, bool id);

/* html_find.c: ht_weigh fills plain and linked, without nodes of the flags `left_out` and all they hold. ht_find weighs,
 * takes HT_ASIDE from nodes that are too heavy for it, and gives the roots of the article in document order (none inside
 * another), at most `most`; *named tells whether a content system marked them. */
void ht_weigh(ht_tree *tree, uint8_t left_out);
size_t ht_find(ht_tree *tree, uint32_t *roots, size_t most, bool *named);

/* html_title.c: the node before node `end` that prints the title of the article, 0: none. */
uint32_t ht_find_title(const ht_tree *tree, const gk_doc *doc, uint32_t end);

/* html_grid.c */
typedef struct ht_place {
    uint32_t node;
    uint32_t row, col;
    uint16_t rowspan, colspan;
} ht_place;
typedef GK_VEC(ht_place) ht_places;
/* Tells the tables of data from those that arrange the page: sets HT_DATA or HT_LAYOUT. */
void ht_sort_tables(ht_tree *tree);
/* Appends the cells of a table by row and column. GK_E_LIMIT past GK_MAX_TABLE_COLS or GK_MAX_CELLS. */
gk_code ht_place_cells(const ht_tree *tree, uint32_t table, ht_places *out, gk_err *err);

/* html_write.c: one canonical text as it grows. */
typedef struct ht_writer {
    gk_doc *doc;
    gk_err *err;
    gk_buf text;
    GK_VEC(gk_span) lines;   /* finished lines of the block or cell, without blanks at their ends; empty ones too */
    uint32_t line;           /* where the open line starts */
    bool blank;              /* white space waits to become one blank */
    bool in_cell;            /* lines are set apart by a blank, and blocks end lines only */
    bool strong, weak;       /* the open block has bold text, other text */
    bool named, said;        /* the open block has text in links to files, other text */
    unsigned bold, pre, file; /* open elements of that sort: bold, <pre>, links to files */
    uint32_t from;           /* nodes that end here or before are left out */
    bool skip_lists;         /* parts that are nothing but links are left out */
    gk_block_kind kind;      /* of the open block */
    uint8_t level;
} ht_writer;
void ht_put(ht_writer *w, gk_str text);
void ht_end_line(ht_writer *w);
/* Ends the open block, where it holds anything. */
void ht_end_block(ht_writer *w);
/* Without blanks of any kind at both ends. */
gk_span ht_trim(gk_str text, gk_span span);
/* The blank character at s and how many bytes it has; 0: none. */
size_t ht_blank_at(gk_str s);

/* html_walk.c: writes a node of the tree into the document. */
gk_code ht_walk(ht_writer *w, ht_tree *tree, uint32_t node);

/* html_meta.c */
void ht_read_metas(const ht_tree *tree, gk_doc *doc);
bool ht_is_file(gk_str target); /* whether a link leads to a file to be loaded */
/* Attachments outside of the article: one aside each. */
gk_code ht_write_attachments(ht_writer *w, ht_tree *tree);

#endif
