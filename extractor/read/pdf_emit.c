/* Writes the canonical text and the blocks: lines end in '\n', cells are parted by '\t'. Page numbers and running heads
 * inside a paragraph or a table stand behind it. */
#include <math.h>
#include <stdlib.h>

#include "base/limits.h"
#include "read/pdf.h"
#include "read/plain.h"

/* A cell of a table that may have come from several pages. */
typedef struct out_cell {
    uint32_t row, col;
    uint32_t rowspan, colspan;
    uint32_t page;
    uint32_t first_line, line_count;
    uint32_t more_first, more_count; /* lines of the next page */
} out_cell;

typedef struct emitter {
    pdf *p;
    gk_buf text;
    gk_doc *doc;
    GK_VEC(out_cell) cells;
    GK_VEC(float) edges;       /* of the columns, relative to the left edge */
    uint32_t rows;
    GK_VEC(uint32_t) asides;   /* items that wait for the end of a paragraph or table */
    GK_VEC(uint32_t) dropped;  /* cells of repeated header rows, the same */
} emitter;

static size_t first_box(const pdf *p, uint32_t at) {
    size_t lo = 0, hi = p->boxes.len;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (p->boxes.at[mid].start < at) lo = mid + 1;
        else hi = mid;
    }
    return lo;
}

/* Writes the text of a line with its boxes; returns its canonical span. */
static gk_span put_line(emitter *e, const pd_line *l) {
    uint32_t start = (uint32_t)e->text.len;
    gk_buf_put(&e->text, pd_text(e->p, l));
    for (size_t i = first_box(e->p, l->text.start); i < e->p->boxes.len && e->p->boxes.at[i].start < l->text.end; i++) {
        gk_box_run r = e->p->boxes.at[i];
        r.start = r.start - l->text.start + start;
        *gk_vec_push(&e->doc->boxes) = r;
    }
    return (gk_span){start, (uint32_t)e->text.len};
}

static void put_aside(emitter *e, const pd_line *l) {
    gk_block *b = gk_doc_add_block(e->doc, GK_BLOCK_ASIDE, (gk_span){(uint32_t)e->text.len, (uint32_t)e->text.len});
    b->page = l->page;
    gk_doc_add_seg(e->doc, put_line(e, l));
    gk_buf_putc(&e->text, '\n');
}

/* The cells of repeated header rows, a row a block. */
static void put_dropped(emitter *e) {
    const pd_cell *last = NULL;
    for (size_t i = 0; i < e->dropped.len; i++) {
        const pd_cell *c = &e->p->cells.at[e->dropped.at[i]];
        for (uint32_t l = 0; l < c->line_count; l++) {
            const pd_line *line = &e->p->cell_lines.at[c->first_line + l];
            bool begins = !last || last->row != c->row;
            if (!begins && !l) gk_buf_putc(&e->text, '\t');
            if (begins) {
                if (last) gk_buf_putc(&e->text, '\n');
                uint32_t at = (uint32_t)e->text.len;
                gk_doc_add_block(e->doc, GK_BLOCK_ASIDE, (gk_span){at, at})->page = line->page;
            }
            gk_doc_add_seg(e->doc, put_line(e, line));
            last = c;
        }
    }
    if (last) gk_buf_putc(&e->text, '\n');
    e->dropped.len = 0;
}

static void put_asides(emitter *e) {
    put_dropped(e);
    for (size_t i = 0; i < e->asides.len; i++) put_aside(e, &e->p->lines.at[e->p->items.at[e->asides.at[i]].index]);
    e->asides.len = 0;
}

/* ---- paragraphs */

/* A paragraph from item `at` on; returns the first item behind it. Blocks do not pass GK_MAX_BLOCK_BYTES. */
static size_t put_paragraph(emitter *e, size_t at) {
    const pdf *p = e->p;
    bool heading = p->items.at[at].heading;
    gk_block *b = gk_doc_add_block(e->doc, heading ? GK_BLOCK_HEADING : GK_BLOCK_TEXT,
                                   (gk_span){(uint32_t)e->text.len, (uint32_t)e->text.len});
    b->page = p->items.at[at].page;
    b->level = heading;
    uint32_t start = (uint32_t)e->text.len;
    size_t next = at, end = at;
    do {
        gk_doc_add_seg(e->doc, put_line(e, &p->lines.at[p->items.at[next].index]));
        gk_buf_putc(&e->text, '\n');
        end = ++next;
        while (next < p->items.len && p->items.at[next].aside) next++;
    } while (next < p->items.len && p->items.at[next].kind == PD_LINE && p->items.at[next].joined &&
             e->text.len - start < GK_MAX_BLOCK_BYTES && (end = next, true));
    for (size_t i = at; i < end; i++)
        if (p->items.at[i].aside) *gk_vec_push(&e->asides) = (uint32_t)i;
    put_asides(e);
    return end;
}

/* ---- tables */

static bool has_edge(const emitter *e, float x) {
    for (size_t i = 0; i < e->edges.len; i++)
        if (fabsf(e->edges.at[i] - x) < 7) return true;
    return false;
}

static int by_value(const void *a, const void *b) {
    float u = *(const float *)a, v = *(const float *)b;
    return u < v ? -1 : u > v;
}

static void add_edges(emitter *e, const pd_table *t) {
    const float *x = e->p->xs.at + t->first_x;
    bool first = !e->edges.len;
    if (e->edges.len == t->cols + 1) return;
    for (uint32_t i = 0; i <= t->cols; i++)
        if (first || !has_edge(e, x[i] - x[0])) *gk_vec_push(&e->edges) = x[i] - x[0];
    if (e->edges.len) qsort(e->edges.at, e->edges.len, sizeof *e->edges.at, by_value);
}

/* The column of the whole table where column i of a part begins. */
static uint32_t column_of(const emitter *e, const pd_table *t, uint32_t i) {
    if (e->edges.len == t->cols + 1) return i;
    size_t best = 0;
    float x = e->p->xs.at[t->first_x + i] - e->p->xs.at[t->first_x];
    for (size_t k = 1; k < e->edges.len; k++)
        if (fabsf(e->edges.at[k] - x) < fabsf(e->edges.at[best] - x)) best = k;
    return (uint32_t)best;
}

static out_cell *cell_above(emitter *e, uint32_t first, uint32_t row, uint32_t col, uint32_t colspan) {
    for (size_t i = e->cells.len; i > 0; i--) {
        out_cell *c = &e->cells.at[i - 1];
        if (i - 1 < first && c->col == col && c->colspan == colspan && c->row + c->rowspan == row) return c;
        if (c->row + 512 < row) break;
    }
    return NULL;
}

static bool is_value_cell(const pdf *p, uint32_t first_line, uint32_t count) {
    return count && pl_is_value(pd_text(p, &p->cell_lines.at[first_line]));
}

/* Whether the first row of a continued table is the rest of the row above: it has text only where that row has text
 * that is no figure, and that row has a figure where it has none. */
static bool is_rest(emitter *e, const pd_table *t, uint32_t skip, uint32_t first) {
    const pdf *p = e->p;
    bool rest = false, figures = false;
    for (uint32_t i = 0; i < t->cell_count; i++) {
        const pd_cell *c = &p->cells.at[t->first_cell + i];
        if (c->row != skip) continue;
        uint32_t col = column_of(e, t, c->col), end = column_of(e, t, c->col + c->colspan);
        const out_cell *above = cell_above(e, first, e->rows, col, end - col);
        if (!above || c->rowspan > 1) return false;
        bool figure = is_value_cell(p, above->first_line, above->line_count);
        if (c->line_count && (figure || !above->line_count || is_value_cell(p, c->first_line, c->line_count))) return false;
        rest |= c->line_count > 0;
        figures |= figure;
    }
    return rest && figures;
}

/* Adds the cells of one page's part, without its first `skip` rows. */
static void add_part(emitter *e, const pd_table *t, uint32_t page, uint32_t skip) {
    const pdf *p = e->p;
    uint32_t first = (uint32_t)e->cells.len;
    bool rest = first && is_rest(e, t, skip, first);
    uint32_t base = e->rows - (rest ? 1 : 0);
    for (uint32_t i = 0; i < t->cell_count; i++) {
        const pd_cell *c = &p->cells.at[t->first_cell + i];
        if (c->row < skip) {
            *gk_vec_push(&e->dropped) = t->first_cell + i;
            continue;
        }
        uint32_t col = column_of(e, t, c->col), end = column_of(e, t, c->col + c->colspan);
        out_cell *above = first && c->row == skip ? cell_above(e, first, e->rows, col, end - col) : NULL;
        if (above && rest) {
            if (c->line_count) above->more_first = c->first_line, above->more_count = c->line_count;
            continue;
        }
        if (above && !c->line_count && (c->rowspan > 1 || above->rowspan > 1)) {
            above->rowspan += c->rowspan; /* A merged cell that the page break cut. */
            continue;
        }
        *gk_vec_push(&e->cells) = (out_cell){base + c->row - skip, col, c->rowspan, end > col ? end - col : 1, page,
                                             c->first_line, c->line_count, 0, 0};
    }
    e->rows = base + t->rows - skip;
}

/* Between two lines of a cell only Latin words need a blank. */
static void put_joint(emitter *e, const pd_line *next) {
    unsigned char a = e->text.len ? (unsigned char)e->text.ptr[e->text.len - 1] : ' ';
    unsigned char b = (unsigned char)pd_text(e->p, next).ptr[0];
    bool letters = ((a | 32) >= 'a' && (a | 32) <= 'z') || ((b | 32) >= 'a' && (b | 32) <= 'z');
    if (letters && a > ' ' && a < 0x80 && b < 0x80) gk_buf_putc(&e->text, ' ');
}

static void put_lines(emitter *e, uint32_t first, uint32_t count, bool go_on) {
    for (uint32_t l = 0; l < count; l++) {
        const pd_line *line = &e->p->cell_lines.at[first + l];
        if (l || go_on) put_joint(e, line);
        gk_doc_add_seg(e->doc, put_line(e, line));
    }
}

static void put_cell(emitter *e, const out_cell *c) {
    gk_cell *out = gk_doc_add_cell(e->doc, c->row, c->col, (uint16_t)fminf(c->rowspan, 65535), (uint16_t)c->colspan);
    out->page = c->page;
    out->span = (gk_span){(uint32_t)e->text.len, (uint32_t)e->text.len};
    put_lines(e, c->first_line, c->line_count, false);
    put_lines(e, c->more_first, c->more_count, c->line_count > 0);
}

static gk_code put_cells(emitter *e, uint32_t page, bool ruled) {
    uint32_t start = (uint32_t)e->text.len, row = 0, col = 0;
    gk_table *t = gk_doc_add_table(e->doc, ruled);
    t->page = page;
    e->doc->blocks.at[e->doc->blocks.len - 1].page = page;
    for (size_t i = 0; i < e->cells.len; i++) {
        const out_cell *c = &e->cells.at[i];
        for (; row < c->row; row++) gk_buf_putc(&e->text, '\n'), col = 0;
        for (; col < c->col; col++) gk_buf_putc(&e->text, '\t');
        put_cell(e, c);
    }
    gk_buf_putc(&e->text, '\n');
    return gk_doc_end_table(e->doc, (gk_span){start, (uint32_t)e->text.len - 1}, e->p->err);
}

static gk_code put_table(emitter *e, size_t at, size_t *next) {
    const pdf *p = e->p;
    const pd_table *head = &p->tables.at[p->items.at[at].index];
    size_t end = at + 1;
    e->cells.len = e->edges.len = 0;
    e->rows = 0;
    for (size_t i = at + 1; i < p->items.len; i++) {
        if (p->items.at[i].aside) continue;
        if (p->items.at[i].kind != PD_TABLE || !p->items.at[i].joined) break;
        end = i + 1;
    }
    for (size_t i = at; i < end; i++)
        if (!p->items.at[i].aside) add_edges(e, &p->tables.at[p->items.at[i].index]);
    for (size_t i = at; i < end; i++) {
        const pd_item *item = &p->items.at[i];
        if (item->aside) {
            *gk_vec_push(&e->asides) = (uint32_t)i;
            continue;
        }
        const pd_table *t = &p->tables.at[item->index];
        bool columns;
        add_part(e, t, item->page, i == at ? 0 : pd_repeated_rows(p, head, t, &columns));
    }
    gk_code code = put_cells(e, p->items.at[at].page, head->ruled);
    put_asides(e);
    *next = end;
    return code;
}

static gk_code put_item(emitter *e, size_t at, size_t *next) {
    const pd_item *i = &e->p->items.at[at];
    *next = at + 1;
    if (i->aside) put_aside(e, &e->p->lines.at[i->index]);
    else if (i->kind == PD_TABLE) return put_table(e, at, next);
    else *next = put_paragraph(e, at);
    return GK_OK;
}

gk_code pd_emit(pdf *p) {
    emitter e = {.p = p, .doc = p->doc};
    gk_code code = GK_OK;
    e.text.max = GK_MAX_TEXT_BYTES;
    for (size_t at = 0; at < p->items.len && code == GK_OK;) code = put_item(&e, at, &at);
    if (code == GK_OK && e.text.over)
        code = gk_err_set(p->err, GK_E_LIMIT, "the text has more than %u bytes (GK_MAX_TEXT_BYTES)", GK_MAX_TEXT_BYTES);
    p->doc->text = gk_arena_dup(&p->doc->arena, gk_buf_str(&e.text));
    gk_buf_free(&e.text);
    gk_vec_free(&e.cells);
    gk_vec_free(&e.edges);
    gk_vec_free(&e.asides);
    gk_vec_free(&e.dropped);
    return code;
}
