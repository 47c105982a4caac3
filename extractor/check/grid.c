#include "check/grid.h"

/* The bytes of the blank at s, 0 where there is none. */
static size_t blank_at(gk_str s, size_t at) {
    char c = s.ptr[at];
    if (c == ' ' || (c >= '\t' && c <= '\r')) return 1;
    if (c == '\xC2') return gk_str_starts(gk_str_slice(s, at, s.len), GK_STR("\xC2\xA0")) ? 2 : 0;
    return c == '\xE3' && gk_str_starts(gk_str_slice(s, at, s.len), GK_STR("\xE3\x80\x80")) ? 3 : 0;
}

static size_t first_blank(gk_str s) {
    size_t at = 0;
    while (at < s.len && !blank_at(s, at)) at++;
    return at;
}

gk_str gk_cell_text(const gk_checker *c, const gk_cell *cell) {
    const gk_span *segs = c->doc->segs.at + cell->first_seg;
    gk_str only = cell->seg_count == 1 ? gk_str_slice(c->doc->text, segs[0].start, segs[0].end) : GK_STR_NONE;
    if (cell->seg_count == 1 && first_blank(only) == only.len) return only;
    size_t most = 0, len = 0;
    for (uint32_t i = 0; i < cell->seg_count; i++) most += segs[i].end - segs[i].start;
    char *out = gk_arena_alloc(&c->out->arena, most + 1);
    for (uint32_t i = 0; i < cell->seg_count; i++) {
        gk_str s = gk_str_slice(c->doc->text, segs[i].start, segs[i].end);
        for (size_t at = 0, bytes; at < s.len; at += bytes) {
            bytes = blank_at(s, at);
            if (!bytes) out[len++] = s.ptr[at], bytes = 1;
        }
    }
    return (gk_str){out, len};
}

gk_span gk_cell_span(const gk_checker *c, const gk_cell *cell) {
    const gk_span *segs = c->doc->segs.at + cell->first_seg;
    return cell->seg_count ? (gk_span){segs[0].start, segs[cell->seg_count - 1].end} : cell->span;
}

static uint32_t start_of(const gk_doc *doc, uint32_t cell) { return doc->segs.at[doc->cells.at[cell].first_seg].start; }

/* Merges two sorted halves; the cells come almost sorted, so that most merges are one comparison. */
static void sort_cells(const gk_doc *doc, uint32_t *at, uint32_t *spare, size_t n) {
    if (n < 2) return;
    size_t half = n / 2, i = 0, k = half, out = 0;
    sort_cells(doc, at, spare, half);
    sort_cells(doc, at + half, spare, n - half);
    if (start_of(doc, at[half - 1]) <= start_of(doc, at[half])) return;
    while (i < half || k < n) {
        bool left = k == n || (i < half && start_of(doc, at[i]) <= start_of(doc, at[k]));
        spare[out++] = left ? at[i++] : at[k++];
    }
    memcpy(at, spare, n * sizeof *at);
}

void gk_cells_index(gk_checker *c) {
    c->cells.len = 0;
    for (uint32_t i = 0; i < c->doc->cells.len; i++)
        if (c->doc->cells.at[i].seg_count) *gk_vec_push(&c->cells) = i;
    size_t n = c->cells.len;
    if (n) sort_cells(c->doc, c->cells.at, gk_arena_alloc(&c->out->arena, n * sizeof(uint32_t)), n);
}

size_t gk_cells_from(const gk_checker *c, uint32_t offset) {
    size_t low = 0, high = c->cells.len;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (start_of(c->doc, c->cells.at[middle]) < offset) low = middle + 1;
        else high = middle;
    }
    return low;
}

const gk_cell *gk_cell_of(const gk_checker *c, uint32_t offset) {
    size_t at = gk_cells_from(c, offset + 1);
    const gk_cell *cell = at ? gk_cells_at(c, at - 1) : NULL;
    return cell && gk_cell_span(c, cell).end > offset ? cell : NULL;
}

const gk_table *gk_table_of(const gk_checker *c, const gk_cell *cell) {
    size_t low = 0, high = c->doc->tables.len;
    uint32_t index = (uint32_t)(cell - c->doc->cells.at);
    while (low < high) { /* the first table that ends behind the cell */
        size_t middle = low + (high - low) / 2;
        const gk_table *t = &c->doc->tables.at[middle];
        if (t->first_cell + t->cell_count <= index) low = middle + 1;
        else high = middle;
    }
    return &c->doc->tables.at[low];
}
