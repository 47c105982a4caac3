#include "extract/layout.h"

#include <stdlib.h>

#include "base/eight.h"

static uint32_t plain_digits(gk_str v, uint32_t at, uint32_t end) {
    while (at < end && gk_is_digit(v.ptr[at])) at++;
    return at;
}

uint32_t gk_digits_end(gk_str v, uint32_t at, uint32_t end) {
    uint32_t p = plain_digits(v, at, end);
    if (p - at <= 3)
        while (p + 3 < end && v.ptr[p] == ',' && plain_digits(v, p + 1, end) == p + 4) p += 4;
    if (p + 1 < end && v.ptr[p] == '.' && gk_is_digit(v.ptr[p + 1])) p = plain_digits(v, p + 1, end);
    return p;
}

static gk_range append(gk_view *view, const gk_fold *fold, const gk_span *segs, uint32_t count, char separator) {
    gk_range at = {(uint32_t)view->text.len, (uint32_t)view->text.len};
    if (count) {
        gk_view_append_marked(view, fold, segs, count, separator);
        at.end = (uint32_t)view->text.len - 1;
    } else gk_view_mark(view, separator);
    return at;
}

static gk_range append_table(gk_extractor *x, const gk_fold *fold, const gk_table *t) {
    uint32_t start = (uint32_t)x->view->text.len;
    const gk_cell *cells = x->doc->cells.at + t->first_cell;
    const gk_span *segs = x->doc->segs.at;
    gk_range *at = x->cell_at.at + t->first_cell;
    for (uint32_t i = 0; i < t->cell_count; i++)
        at[i] = append(x->view, fold, segs + cells[i].first_seg, cells[i].seg_count, '\t');
    return (gk_range){start, (uint32_t)x->view->text.len};
}

/* The first digit from `at` on, or the end; eight bytes a step. */
static uint32_t next_digit(gk_str v, uint32_t at) {
    const char *p = v.ptr + at, *end = v.ptr + v.len;
    for (; end - p >= 8; p += 8) {
        uint64_t digits = gk_eight_below(gk_eight_at(p) ^ 0x3030303030303030u, 10); /* '0' to '9' become 0 to 9 */
        if (!digits) continue;
#if !defined(__BYTE_ORDER__) || __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
        return (uint32_t)(p - v.ptr) + (uint32_t)__builtin_ctzll(digits) / 8;
#else
        break;
#endif
    }
    while (p < end && !gk_is_digit(*p)) p++;
    return (uint32_t)(p - v.ptr);
}

static void find_digits(gk_extractor *x) {
    gk_str v = gk_buf_str(&x->view->text);
    size_t run = 0;
    for (uint32_t p = 0; (p = next_digit(v, p)) < v.len;) {
        uint32_t end = gk_digits_end(v, p, (uint32_t)v.len);
        *gk_vec_push(&x->digit_at) = (gk_range){p, end};
        *gk_vec_push(&x->out->digits) = (gk_digits){.span = gk_view_source_next(x->view, &run, p, end)};
        p = end;
    }
}

/* All cells belong to a table, but for such as a reader left behind. */
static size_t cells_of_tables(const gk_doc *doc) {
    size_t cells = 0;
    for (size_t i = 0; i < doc->tables.len; i++) cells += doc->tables.at[i].cell_count;
    return cells;
}

void gk_layout(gk_extractor *x) {
    const gk_doc *doc = x->doc;
    const gk_fold *fold = gk_set_fold(x->set);
    gk_view_reset(x->view, doc->text);
    x->block_at.len = x->cell_at.len = x->digit_at.len = 0;
    gk_vec_room(&x->cell_at, doc->cells.len);
    x->cell_at.len = doc->cells.len;
    if (cells_of_tables(doc) < doc->cells.len) memset(x->cell_at.at, 0, doc->cells.len * sizeof *x->cell_at.at);
    for (size_t i = 0; i < doc->blocks.len; i++) {
        const gk_block *b = &doc->blocks.at[i];
        *gk_vec_push(&x->block_at) = b->kind == GK_BLOCK_TABLE
                                           ? append_table(x, fold, &doc->tables.at[b->table])
                                           : append(x->view, fold, doc->segs.at + b->first_seg, b->seg_count, '\n');
    }
    gk_view_seal(x->view);
    find_digits(x);
}
