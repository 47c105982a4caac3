#include "doc/doc.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/limits.h"

static void doc_clear(gk_doc *doc) {
    doc->text = doc->source = GK_STR_NONE;
    doc->media_type = doc->charset = NULL;
    doc->damaged = 0;
    doc->pages = 0;
    doc->digest[0] = '\0';
    doc->blocks.len = doc->tables.len = doc->cells.len = doc->segs.len = 0;
    doc->boxes.len = doc->names.len = doc->links.len = doc->metas.len = doc->notes.len = 0;
    *gk_vec_push(&doc->names) = GK_STR("");
}

void gk_doc_init(gk_doc *doc) {
    *doc = (gk_doc){0};
    doc_clear(doc);
}

void gk_doc_free(gk_doc *doc) {
    gk_vec_free(&doc->blocks);
    gk_vec_free(&doc->tables);
    gk_vec_free(&doc->cells);
    gk_vec_free(&doc->segs);
    gk_vec_free(&doc->boxes);
    gk_vec_free(&doc->names);
    gk_vec_free(&doc->links);
    gk_vec_free(&doc->metas);
    gk_vec_free(&doc->notes);
    gk_arena_free(&doc->arena);
    *doc = (gk_doc){0};
}

void gk_doc_reset(gk_doc *doc) {
    gk_arena_reset(&doc->arena);
    doc_clear(doc);
}

void gk_doc_note(gk_doc *doc, gk_code code, const char *format, ...) {
    char message[sizeof((gk_err *)0)->message];
    va_list args;
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    gk_str text = gk_str_of(message);
    bool known = doc->notes.len >= GK_MAX_NOTES;
    for (size_t i = 0; i < doc->notes.len; i++) known |= gk_str_eq(doc->notes.at[i].message, text);
    if (!known) *gk_vec_push(&doc->notes) = (gk_note){code, gk_arena_dup(&doc->arena, text)};
}

gk_block *gk_doc_add_block(gk_doc *doc, gk_block_kind kind, gk_span span) {
    gk_block *b = gk_vec_push(&doc->blocks);
    *b = (gk_block){.kind = kind, .first_seg = (uint32_t)doc->segs.len, .span = span};
    return b;
}

/* The newest cell, where the newest block is a table that has one; else NULL. */
static gk_cell *newest_cell(gk_doc *doc) {
    if (!doc->blocks.len || doc->blocks.at[doc->blocks.len - 1].kind != GK_BLOCK_TABLE) return NULL;
    return doc->tables.at[doc->tables.len - 1].cell_count ? &doc->cells.at[doc->cells.len - 1] : NULL;
}

static void cover(gk_span *span, gk_span part, bool first) {
    if (first || part.start < span->start) span->start = part.start;
    if (first || part.end > span->end) span->end = part.end;
}

void gk_doc_add_seg(gk_doc *doc, gk_span line) {
    if (!doc->blocks.len) return;
    *gk_vec_push(&doc->segs) = line;
    gk_cell *cell = newest_cell(doc);
    if (cell) {
        cover(&cell->span, line, cell->seg_count++ == 0);
        return;
    }
    gk_block *b = &doc->blocks.at[doc->blocks.len - 1];
    b->seg_count++;
    cover(&b->span, line, false);
}

gk_table *gk_doc_add_table(gk_doc *doc, bool merged_known) {
    gk_block *b = gk_doc_add_block(doc, GK_BLOCK_TABLE, (gk_span){0, 0});
    b->table = (uint32_t)doc->tables.len;
    gk_table *t = gk_vec_push(&doc->tables);
    *t = (gk_table){.first_cell = (uint32_t)doc->cells.len, .merged_known = merged_known};
    return t;
}

/* Rows and columns of the grid from its cells; false where a maximum is passed. Each position is written once, but a cell
 * may look at positions that are taken: the looking is bounded too, so that crafted overlaps stay linear. */
static bool measure(const gk_doc *doc, uint64_t *rows, uint64_t *cols) {
    const gk_table *t = &doc->tables.at[doc->tables.len - 1];
    const gk_cell *c = doc->cells.at + t->first_cell, *end = c + t->cell_count;
    uint64_t bottom = 0, right = 0, looks = 0;
    for (; c < end; c++) {
        uint64_t below = c->row + (uint64_t)c->rowspan, behind = c->col + (uint64_t)c->colspan;
        if (below > bottom) bottom = below;
        if (behind > right) right = behind;
        looks += (uint64_t)c->rowspan * c->colspan;
    }
    *rows = bottom;
    *cols = right;
    return right <= GK_MAX_TABLE_COLS && doc->cells.len <= GK_MAX_CELLS && bottom * right <= GK_MAX_CELLS &&
           looks <= 4 * (uint64_t)GK_MAX_CELLS;
}

/* Writes 1 + index into the free positions a cell covers. */
static void place(const gk_cell *c, uint32_t mark, uint32_t *grid, uint32_t cols) {
    for (uint32_t r = c->row; r < c->row + c->rowspan; r++)
        for (uint32_t k = c->col; k < c->col + c->colspan; k++) {
            uint32_t *at = &grid[(size_t)r * cols + k];
            if (!*at) *at = mark;
        }
}

static gk_code too_large(gk_table *t, gk_err *err) {
    t->rows = t->cols = 0;
    t->grid = NULL;
    return gk_err_set(err, GK_E_LIMIT, "a table has more than %u cells (GK_MAX_CELLS) or %u columns (GK_MAX_TABLE_COLS)",
                      GK_MAX_CELLS, GK_MAX_TABLE_COLS);
}

gk_code gk_doc_end_table(gk_doc *doc, gk_span span, gk_err *err) {
    gk_table *t = &doc->tables.at[doc->tables.len - 1];
    uint64_t rows, cols;
    doc->blocks.at[doc->blocks.len - 1].span = t->span = span;
    if (!measure(doc, &rows, &cols)) return too_large(t, err);
    size_t area = (size_t)(rows * cols);
    uint32_t *grid = gk_arena_zero(&doc->arena, area * sizeof *grid);
    for (uint32_t i = t->first_cell, end = i + t->cell_count; i < end; i++) {
        const gk_cell *c = &doc->cells.at[i];
        uint32_t *at = &grid[(size_t)c->row * cols + c->col]; /* most cells cover one position */
        if (c->rowspan > 1 || c->colspan > 1) place(c, 1 + i, grid, (uint32_t)cols);
        else if (!*at) *at = 1 + i;
    }
    t->rows = (uint32_t)rows;
    t->cols = (uint32_t)cols;
    t->grid = grid;
    return GK_OK;
}

const gk_cell *gk_table_at(const gk_doc *doc, const gk_table *t, uint32_t row, uint32_t col) {
    if (row >= t->rows || col >= t->cols) return NULL;
    uint32_t mark = t->grid[(size_t)row * t->cols + col];
    return mark ? &doc->cells.at[mark - 1] : NULL;
}
