/* What the tests of the Office readers look at: a document as short text. */
#ifndef GK_TESTS_OFFICE_VIEW_H
#define GK_TESTS_OFFICE_VIEW_H

#include "doc/doc.h"

static inline void view_segs(const gk_doc *doc, uint32_t first, uint32_t count, gk_buf *out) {
    for (uint32_t i = 0; i < count; i++) {
        gk_span s = doc->segs.at[first + i];
        if (i) gk_buf_putc(out, '/');
        gk_buf_put(out, (gk_str){doc->text.ptr + s.start, s.end - s.start});
    }
}

/* The blocks, one a line: a letter for the kind (T text, H heading with its level, L list, A aside, A1 one that is not shown)
 * and the lines joined with '/'; a table as `#ROWSxCOLS` and its cells as `[row,col text]`, with `rowspan x colspan` where
 * that is not 1x1. */
static inline gk_str view_blocks(const gk_doc *doc, gk_buf *out) {
    static const char letters[] = "THL#A";
    gk_buf_clear(out);
    for (size_t i = 0; i < doc->blocks.len; i++) {
        const gk_block *b = &doc->blocks.at[i];
        gk_buf_putc(out, letters[b->kind]);
        if (b->kind == GK_BLOCK_HEADING || (b->kind == GK_BLOCK_ASIDE && b->level)) gk_buf_printf(out, "%d", b->level);
        if (b->kind != GK_BLOCK_TABLE) {
            gk_buf_putc(out, ' ');
            view_segs(doc, b->first_seg, b->seg_count, out);
        } else {
            const gk_table *t = &doc->tables.at[b->table];
            gk_buf_printf(out, "%ux%u", (unsigned)t->rows, (unsigned)t->cols);
            for (uint32_t k = 0; k < t->cell_count; k++) {
                const gk_cell *c = &doc->cells.at[t->first_cell + k];
                gk_buf_printf(out, " [%u,%u ", (unsigned)c->row, (unsigned)c->col);
                if (c->rowspan != 1 || c->colspan != 1) gk_buf_printf(out, "%ux%u ", c->rowspan, c->colspan);
                view_segs(doc, c->first_seg, c->seg_count, out);
                gk_buf_putc(out, ']');
            }
        }
        gk_buf_putc(out, '\n');
    }
    return gk_buf_str(out);
}

#endif
