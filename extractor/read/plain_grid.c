/* The table being gathered, and how it becomes a table of the document or, where it is none, text. */
#include "base/limits.h"
#include "read/plain.h"

void pl_grid_clear(plain *p) { p->rows.len = p->cells.len = p->pieces.len = 0; }

pl_row *pl_grid_row(plain *p, size_t line, bool cut) {
    pl_row *r = gk_vec_push(&p->rows);
    *r = (pl_row){.first = (uint32_t)p->cells.len, .line = (uint32_t)line, .last = (uint32_t)line, .cut = cut};
    return r;
}

void pl_grid_more(plain *p, pl_cell *c, gk_span s) {
    gk_span t = pl_trim(p, s.start, s.end);
    if (t.start == t.end) return;
    *gk_vec_push(&p->pieces) = (pl_piece){.span = t};
    if (c->last) p->pieces.at[c->last - 1].next = (uint32_t)p->pieces.len;
    else c->first = (uint32_t)p->pieces.len;
    c->last = (uint32_t)p->pieces.len;
}

pl_cell *pl_grid_cell(plain *p, gk_span s) {
    pl_row *r = &p->rows.at[p->rows.len - 1];
    pl_cell *c = gk_vec_push(&p->cells);
    *c = (pl_cell){.at = s.start, .col = (uint16_t)r->count++, .colspan = 1};
    pl_grid_more(p, c, s);
    return c;
}

gk_str pl_cell_text(const plain *p, const pl_cell *c) {
    return c->first ? pl_str(p, p->pieces.at[c->first - 1].span) : GK_STR("");
}

uint32_t pl_grid_mode(plain *p, size_t from, size_t to) {
    uint32_t best = 0;
    for (size_t r = from; r < to; r++) p->tally[p->rows.at[r].count]++;
    for (size_t r = from; r < to; r++) {
        uint32_t n = p->rows.at[r].count;
        if (!best || p->tally[n] > p->tally[best] || (p->tally[n] == p->tally[best] && n > best)) best = n;
    }
    for (size_t r = from; r < to; r++) p->tally[p->rows.at[r].count] = 0;
    return best;
}

uint32_t pl_row_filled(const plain *p, const pl_row *r) {
    uint32_t n = 0;
    for (uint32_t i = 0; i < r->count; i++) n += !pl_cell_empty(pl_cell_of(p, r, i));
    return n;
}

bool pl_row_has_value(const plain *p, const pl_row *r) {
    for (uint32_t i = 0; i < r->count; i++)
        if (!pl_cell_empty(pl_cell_of(p, r, i)) && pl_is_value(pl_cell_text(p, pl_cell_of(p, r, i)))) return true;
    return false;
}

/* The span of the lines of a row. */
static gk_span row_span(const plain *p, const pl_row *r) {
    const pl_line *a = &p->lines.at[r->line], *b = &p->lines.at[r->last];
    return pl_trim(p, a->raw, b->raw_end);
}

/* A note is a row of few cells, other in number than the body's, with a `label: text` among them and no figure:
 * who made the table, for which year, in which unit. */
static bool is_note(const plain *p, const pl_row *r, uint32_t mode) {
    bool label = false;
    uint32_t n = pl_row_filled(p, r);
    if (!n || n > PL_NOTE_CELLS || r->count >= mode) return false;
    for (uint32_t i = 0; i < r->count; i++) {
        gk_str s = pl_cell_text(p, pl_cell_of(p, r, i));
        if (s.len && pl_is_value(s)) return false;
        label = label || (pl_has_clause(s) && pl_end_of(s) <= PL_END_DIGIT);
    }
    return label;
}

/* The row below names parts of what a row names: its first cell is empty and two others are not. Then the row is a header,
 * whatever colons stand in it ("place | debts · · | of them: bonds"). */
static bool has_parts(const plain *p, const pl_row *below) {
    return below->count > 2 && pl_cell_empty(pl_cell_of(p, below, 0)) && pl_row_filled(p, below) > 1;
}

/* Each cell of a row becomes a text block. */
static void add_as_text(plain *p, const pl_row *r) {
    for (uint32_t i = 0; i < r->count; i++) {
        const pl_cell *c = pl_cell_of(p, r, i);
        for (uint32_t k = c->first; k; k = p->pieces.at[k - 1].next)
            pl_emit_block(p, GK_BLOCK_TEXT, p->pieces.at[k - 1].span, p->lines.at[r->line].page);
    }
}

/* A row that is no table becomes a text block: the whole line, or each cell where it is made of several lines. */
static void add_line(plain *p, const pl_row *r) {
    if (r->line != r->last) add_as_text(p, r);
    else pl_emit_block(p, GK_BLOCK_TEXT, row_span(p, r), p->lines.at[r->line].page);
}

/* A table of contents: a numbered title and a page, pages ascending. Or a list whose numbers stand before a tab. */
static bool is_contents(const plain *p, size_t from, size_t to) {
    long page = 0, items = 0, lists = 0, pages = 0;
    for (size_t r = from; r < to; r++) {
        const pl_row *row = &p->rows.at[r];
        if (row->count != 2 || pl_cell_empty(pl_cell_of(p, row, 0)) || pl_cell_empty(pl_cell_of(p, row, 1))) return false;
        gk_str a = pl_cell_text(p, pl_cell_of(p, row, 0)), b = pl_cell_text(p, pl_cell_of(p, row, 1));
        bool item = p->lines.at[row->line].item || pl_item_of(row_span(p, row).end ? pl_str(p, row_span(p, row)) : a);
        long n = 0;
        for (size_t i = 0; i < b.len && n >= 0; i++)
            n = b.ptr[i] >= '0' && b.ptr[i] <= '9' && i < 3 ? n * 10 + (b.ptr[i] - '0') : -1;
        pages += n >= page && n > 0;
        if (n > 0) page = n;
        items += item;
        lists += item && pl_width(a) <= 6 && pl_end_of(b) >= PL_END_STOP;
    }
    long rows = (long)(to - from);
    return (rows >= 3 && pages == rows && items * 3 >= rows) || lists * 4 >= rows * 3;
}

/* Most cells are one line without marking. */
static void add_cell(plain *p, const pl_cell *c, uint32_t row, uint32_t page) {
    gk_cell *cell = gk_doc_add_cell(p->doc, row, c->col, 1, c->colspan);
    cell->page = page;
    cell->span = (gk_span){c->at, c->at};
    if (!c->first) return;
    const pl_piece *piece = &p->pieces.at[c->first - 1];
    if (!piece->next && pl_is_unmarked(p, piece->span)) {
        gk_doc_add_line(p->doc, cell, piece->span);
        return;
    }
    for (uint32_t k = c->first; k; k = p->pieces.at[k - 1].next) pl_emit_text(p, p->pieces.at[k - 1].span);
}

static gk_code add_table(plain *p, size_t from, size_t to) {
    uint32_t row = 0;
    gk_doc_add_table(p->doc, false)->page = p->doc->pages ? p->lines.at[p->rows.at[from].line].page + 1 : 0;
    p->doc->blocks.at[p->doc->blocks.len - 1].page = p->doc->tables.at[p->doc->tables.len - 1].page;
    for (size_t r = from; r < to && p->doc->cells.len <= GK_MAX_CELLS; r++) {
        const pl_row *w = &p->rows.at[r];
        if (w->dropped) continue;
        uint32_t page = p->doc->pages ? p->lines.at[w->line].page + 1 : 0;
        for (uint32_t i = 0; i < w->count; i++) add_cell(p, pl_cell_of(p, w, i), row, page);
        row++;
    }
    gk_span span = {row_span(p, &p->rows.at[from]).start, row_span(p, &p->rows.at[to - 1]).end};
    gk_code code = gk_doc_end_table(p->doc, span, p->err);
    pl_emit_asides(p);
    return code;
}

/* Where a table must end before `to` so that its grid stays in proportion to its cells and below the maximum: one row of
 * thousands of cells over thousands of rows of one would make a grid of millions. */
static size_t fair_end(const plain *p, size_t from, size_t to) {
    uint64_t cells = 0, cols = 0;
    for (size_t r = from; r < to; r++) {
        uint32_t n = p->rows.at[r].count;
        cells += n;
        if (n > cols) cols = n;
        uint64_t area = (r - from + 1) * cols;
        if (r > from && (area > 8 * cells + 4096 || area > GK_MAX_CELLS)) return r;
    }
    return to;
}

gk_code pl_grid_table(plain *p, size_t from, size_t to) {
    gk_code code = GK_OK;
    for (size_t end; from < to && code == GK_OK; from = end) {
        end = fair_end(p, from, to);
        code = add_table(p, from, end);
    }
    return code;
}

gk_code pl_grid_emit(plain *p, size_t from, size_t to) {
    uint32_t mode = pl_grid_mode(p, from, to);
    size_t notes = 0, all = to, text = 0;
    while (from + 1 < to && notes++ < 4 && is_note(p, &p->rows.at[from], mode) && !has_parts(p, &p->rows.at[from + 1]))
        add_as_text(p, &p->rows.at[from++]);
    while (to > from + 1 && all - to < 4 && is_note(p, &p->rows.at[to - 1], mode)) to--;
    for (size_t r = from; r < to; r++) text += pl_row_filled(p, &p->rows.at[r]) > 0;
    gk_code code = GK_OK;
    if (text && (is_contents(p, from, to) || (to - from == 1 && pl_row_filled(p, &p->rows.at[from]) <= 2))) {
        for (size_t r = from; r < to; r++) add_line(p, &p->rows.at[r]);
    } else if (text) {
        pl_join_cut_rows(p, from, to);
        pl_place_header(p, from, to, mode);
        code = pl_grid_table(p, from, to);
    }
    for (; to < all; to++) add_as_text(p, &p->rows.at[to]);
    return code;
}
