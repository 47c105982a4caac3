/* Writes the table of a form into the document, in the place of what stood there. */
#include <stdlib.h>

#include "extract/form.h"

static void copy_table(gk_doc *to, const gk_doc *from, const gk_table *t) {
    gk_table *copy = gk_vec_push(&to->tables);
    *copy = *t;
    copy->first_cell = (uint32_t)to->cells.len;
    for (uint32_t i = 0; i < t->cell_count; i++) *gk_vec_push(&to->cells) = from->cells.at[t->first_cell + i];
    if (copy->first_cell == t->first_cell) return;
    size_t area = (size_t)t->rows * t->cols;
    uint32_t *grid = gk_arena_alloc(&to->arena, area * sizeof *grid);
    for (size_t i = 0; i < area; i++) grid[i] = t->grid[i] ? t->grid[i] - t->first_cell + copy->first_cell : 0;
    copy->grid = grid;
}

/* Of the lines of a text or a cell those that stand in a span, as a block. */
static void add_lines(gk_doc *to, const gk_doc *from, const gk_block *b, const uint32_t run[2], gk_span in) {
    gk_block *copy = NULL;
    for (uint32_t i = run[0]; i < run[0] + run[1]; i++) {
        gk_span s = from->segs.at[i];
        if (s.start < in.start || s.end > in.end) continue;
        if (!copy) {
            copy = gk_vec_push(&to->blocks);
            *copy = *b;
            copy->kind = b->kind == GK_BLOCK_TABLE ? GK_BLOCK_TEXT : b->kind;
            copy->first_seg = i;
            copy->seg_count = 0;
            copy->span = s;
        }
        copy->seg_count++;
        copy->span.end = s.end;
    }
}

/* What a block holds in `in`, a span that the form does not cover. */
static void keep(gk_doc *to, const gk_doc *from, const gk_block *b, gk_span in) {
    if (b->span.end <= in.start || b->span.start >= in.end) return;
    bool whole = b->span.start >= in.start && b->span.end <= in.end;
    if (b->kind != GK_BLOCK_TABLE) {
        add_lines(to, from, b, (uint32_t[]){b->first_seg, b->seg_count}, in);
        return;
    }
    const gk_table *t = &from->tables.at[b->table];
    if (whole) {
        gk_block *copy = gk_vec_push(&to->blocks);
        *copy = *b;
        copy->table = (uint32_t)to->tables.len;
        copy_table(to, from, t);
        return;
    }
    for (uint32_t i = t->first_cell; i < t->first_cell + t->cell_count; i++) {
        const gk_cell *c = &from->cells.at[i];
        add_lines(to, from, b, (uint32_t[]){c->first_seg, c->seg_count}, in);
    }
}

static void add_form(gk_form *f, gk_doc *doc, gk_span span) {
    gk_doc_add_table(doc, false);
    for (size_t i = 0; i < f->cells.len; i++) {
        const gk_form_cell *c = &f->cells.at[i];
        gk_doc_add_cell(doc, c->row, c->col, 1, 1);
        for (const gk_form_token *t = &f->tokens.at[c->token], *end = t + c->count; t < end; t++)
            if (t->kind == GK_FORM_TEXT) gk_doc_add_seg(doc, t->at);
    }
    gk_doc_end_table(doc, span, NULL);
}

void gk_form_write(gk_form *f, gk_doc *doc, gk_span span) {
    gk_doc old = *doc;
    memset(&doc->blocks, 0, sizeof doc->blocks);
    memset(&doc->tables, 0, sizeof doc->tables);
    memset(&doc->cells, 0, sizeof doc->cells);
    for (size_t i = 0; i < old.blocks.len; i++) keep(doc, &old, &old.blocks.at[i], (gk_span){0, span.start});
    add_form(f, doc, span);
    old.segs = doc->segs; /* it grew */
    for (size_t i = 0; i < old.blocks.len; i++) keep(doc, &old, &old.blocks.at[i], (gk_span){span.end, UINT32_MAX});
    gk_vec_free(&old.blocks);
    gk_vec_free(&old.tables);
    gk_vec_free(&old.cells);
}
