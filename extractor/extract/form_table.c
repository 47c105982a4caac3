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

/* What is written: the document as it was and as it becomes, and the next form. */
typedef struct writing {
    const gk_form *f;
    gk_doc *to;
    size_t next;
    uint32_t end;      /* of the last form */
    gk_block *open;    /* the block that lines are being added to, NULL: none */
} writing;

static void add_form(writing *w) {
    const gk_form_part *part = &w->f->parts.at[w->next++];
    gk_doc_add_table(w->to, false);
    for (const gk_form_cell *c = w->f->cells.at + part->first, *last = c + part->count; c < last; c++) {
        gk_doc_add_cell(w->to, c->row, c->col, 1, 1);
        for (const gk_form_token *t = &w->f->tokens.at[c->token], *end = t + c->count; t < end; t++)
            if (t->kind == GK_FORM_TEXT) gk_doc_add_seg(w->to, t->at);
    }
    gk_doc_end_table(w->to, part->span, NULL);
    w->end = part->span.end;
    w->open = NULL;
}

/* A part of a line that no form took; the whole of it goes on with the block of the line before. */
static void add_part(writing *w, const gk_block *b, uint32_t seg, gk_span part) {
    gk_doc *to = w->to;
    gk_span s = to->segs.at[seg];
    while (part.start < part.end && to->text.ptr[part.start] == ' ') part.start++;
    while (part.start < part.end && to->text.ptr[part.end - 1] == ' ') part.end--;
    if (part.start >= part.end) return;
    bool whole = part.start == s.start && part.end == s.end;
    if (!whole) *gk_vec_push(&to->segs) = part, seg = (uint32_t)to->segs.len - 1;
    if (!w->open || !whole) {
        w->open = gk_vec_push(&to->blocks);
        *w->open = *b;
        w->open->kind = b->kind == GK_BLOCK_TABLE ? GK_BLOCK_TEXT : b->kind;
        w->open->first_seg = seg;
        w->open->seg_count = 0;
        w->open->span = part;
    }
    w->open->seg_count++;
    w->open->span.end = part.end;
    if (!whole) w->open = NULL;
}

static gk_span next_span(const writing *w) {
    bool more = w->next < w->f->parts.len;
    return more ? w->f->parts.at[w->next].span : (gk_span){UINT32_MAX, UINT32_MAX};
}

/* Lines of a text or of a cell, and the forms that begin among them. */
static void add_lines(writing *w, const gk_block *b, uint32_t seg, uint32_t count) {
    w->open = NULL;
    for (uint32_t last = seg + count; seg < last; seg++) {
        gk_span s = w->to->segs.at[seg];
        for (gk_span form; (form = next_span(w)).start < s.end; add_form(w)) {
            uint32_t from = s.start > w->end ? s.start : w->end;
            if (from < form.start) add_part(w, b, seg, (gk_span){from, form.start});
        }
        uint32_t from = s.start > w->end ? s.start : w->end;
        if (from < s.end) add_part(w, b, seg, (gk_span){from, s.end});
    }
}

static void add_block(writing *w, const gk_doc *from, const gk_block *b) {
    bool touched = b->span.start < w->end || next_span(w).start < b->span.end;
    if (b->kind != GK_BLOCK_TABLE && touched) add_lines(w, b, b->first_seg, b->seg_count);
    else if (b->kind != GK_BLOCK_TABLE) *gk_vec_push(&w->to->blocks) = *b;
    else if (touched) {
        const gk_table *t = &from->tables.at[b->table];
        for (const gk_cell *c = from->cells.at + t->first_cell, *end = c + t->cell_count; c < end; c++)
            add_lines(w, b, c->first_seg, c->seg_count);
    } else {
        gk_block *copy = gk_vec_push(&w->to->blocks);
        *copy = *b;
        copy->table = (uint32_t)w->to->tables.len;
        copy_table(w->to, from, &from->tables.at[b->table]);
    }
}

void gk_form_write(gk_form *f, gk_doc *doc) {
    gk_doc old = *doc;
    writing w = {.f = f, .to = doc};
    memset(&doc->blocks, 0, sizeof doc->blocks);
    memset(&doc->tables, 0, sizeof doc->tables);
    memset(&doc->cells, 0, sizeof doc->cells);
    for (size_t i = 0; i < old.blocks.len; i++) {
        while (next_span(&w).end <= old.blocks.at[i].span.start) add_form(&w);
        add_block(&w, &old, &old.blocks.at[i]);
    }
    while (w.next < f->parts.len) add_form(&w);
    gk_vec_free(&old.blocks);
    gk_vec_free(&old.tables);
    gk_vec_free(&old.cells);
}
