#include "check/grid.h"

static bool is_blank(gk_str s, size_t *bytes) {
    static const char *const blanks[] = {" ", "\t", "\n", "\r", "\xC2\xA0", "\xE3\x80\x80"};
    for (size_t i = 0; i < sizeof blanks / sizeof *blanks; i++)
        if (gk_str_starts(s, gk_str_of(blanks[i]))) return *bytes = strlen(blanks[i]), true;
    return false;
}

gk_str gk_cell_text(const gk_checker *c, const gk_cell *cell) {
    size_t most = cell->span.end - cell->span.start, len = 0;
    char *out = gk_arena_alloc(&c->out->arena, most + 1);
    for (uint32_t i = 0; i < cell->seg_count; i++) {
        gk_span seg = c->doc->segs.at[cell->first_seg + i];
        gk_str s = gk_str_slice(c->doc->text, seg.start, seg.end);
        for (size_t at = 0, bytes; at < s.len;) {
            if (is_blank(gk_str_slice(s, at, s.len), &bytes)) at += bytes;
            else if (len < most) out[len++] = s.ptr[at++];
            else return (gk_str){out, len};
        }
    }
    return (gk_str){out, len};
}

const gk_table *gk_table_of(const gk_checker *c, uint32_t offset) {
    size_t low = 0, high = c->doc->tables.len;
    while (low < high) { /* the first table that ends behind the offset */
        size_t middle = low + (high - low) / 2;
        if (c->doc->tables.at[middle].span.end <= offset) low = middle + 1;
        else high = middle;
    }
    const gk_table *t = low < c->doc->tables.len ? &c->doc->tables.at[low] : NULL;
    return t && t->span.start <= offset ? t : NULL;
}

const gk_cell *gk_cell_of(const gk_checker *c, const gk_table *t, uint32_t offset) {
    size_t low = t->first_cell, end = low + t->cell_count, high = end;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (c->doc->cells.at[middle].span.end <= offset) low = middle + 1;
        else high = middle;
    }
    const gk_cell *cell = low < end ? &c->doc->cells.at[low] : NULL;
    return cell && cell->span.start <= offset ? cell : NULL;
}
