/* Headings of a table without rules: their pieces become cells that span columns and rows. */
#include <stdlib.h>
#include <string.h>

#include "read/pdf_bare.h"

uint32_t pd_bare_char(const pd_bare *b, const pd_piece *p, size_t n) {
    for (uint32_t i = p->first; i < p->first + p->count; i++)
        for (uint32_t k = 0; k < pd_bare_frag(b, i)->count; k++) {
            uint32_t c = b->p->page.chars.at[pd_bare_frag(b, i)->first + k].code;
            if (!pd_is_blank(c) && !n--) return c;
        }
    return 0;
}

/* How wide the beginning of a piece is that no line parts: a figure, or a letter behind an opening bracket. */
static float lead_of(const pd_bare *b, const pd_piece *p) {
    static const float digit = 0.55f;
    uint32_t c;
    size_t n = 0;
    while ((c = pd_bare_char(b, p, n)) >= '0' && c <= '9') n++;
    bool bracket = !n && (c == '(' || c == 0xFF08);
    return b->size * (n ? digit * (float)n : bracket ? 2 : 1);
}

static float height_of(const pd_piece *p) { return p->box.y0 + p->box.y1; }

static int by_height(const void *a, const void *b) {
    float p = height_of(a), q = height_of(b);
    return p < q ? -1 : p > q;
}

static int by_left(const void *a, const void *b) {
    float p = ((const pd_piece *)a)->box.x0, q = ((const pd_piece *)b)->box.x0;
    return p < q ? -1 : p > q;
}

/* From top to bottom, and those of one line from left to right. */
static void sort_lines(pd_piece *at, uint32_t count) {
    qsort(at, count, sizeof *at, by_height);
    for (uint32_t from = 0, to; from < count; from = to) {
        for (to = from + 1; to < count && height_of(&at[to]) - height_of(&at[from]) <= 1; to++) {}
        qsort(at + from, to - from, sizeof *at, by_left);
    }
}

bool pd_bare_arrange(pd_bare *b, uint32_t above, hd_heads *h, hd_word *words) {
    uint32_t first = b->rows.at[above], count = b->rows.at[b->head] - first;
    if (!count || count > HD_MOST) return false;
    pd_piece *at = b->pieces.at + first, *were = gk_alloc((count + 1) * sizeof *were);
    memcpy(were, at, count * sizeof *were);
    sort_lines(at, count);
    for (uint32_t i = 0; i < count; i++) {
        const pd_rect *box = &at[i].box;
        words[i] = (hd_word){.x0 = box->x0, .x1 = box->x1, .y = (box->y0 + box->y1) / 2, .lead = lead_of(b, &at[i])};
    }
    *h = (hd_heads){.edges = b->edges.at, .cols = (uint32_t)b->edges.len - 1, .size = b->size, .words = words, .count = count};
    bool told = words[count - 1].y - words[0].y > b->size / 2 && hd_arrange(h);
    if (!told) memcpy(at, were, count * sizeof *were);
    free(were);
    return told;
}

void pd_bare_keep_heads(pd_bare *b, uint32_t above, const hd_heads *h) {
    pdf *p = b->p;
    const pd_piece *at = b->pieces.at + b->rows.at[above];
    for (uint32_t k = 0; k < h->len; k++) {
        const hd_cell *c = &h->cells[k];
        pd_cell *cell = gk_vec_push(&p->cells);
        *cell = (pd_cell){.row = above + c->row, .col = c->col, .rowspan = c->rowspan, .colspan = c->colspan};
        cell->first_line = (uint32_t)p->cell_lines.len;
        for (size_t i = 0; i < h->count; i++) {
            if (h->words[i].cell != k) continue;
            pd_line line = pd_write_line(p, b->order + at[i].first, at[i].count);
            pd_cover(&cell->box, at[i].box, !cell->line_count++);
            *gk_vec_push(&p->cell_lines) = line;
        }
    }
}
