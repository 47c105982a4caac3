/* The cells of a table row: sprmTDefTable and its kin ([MS-DOC] 2.6.3). */
#include <stdlib.h>

#include "base/limits.h"
#include "read/doc.h"

enum { SPRM_TABLE = 0xD608, SPRM_VERTICAL = 0xD62B, SPRM_MERGE = 0x5624, MOST_CELLS = 64, CELL_BYTES = 20 };

static int32_t signed16(uint32_t n) { return n >= 0x8000 ? (int32_t)n - 0x10000 : (int32_t)n; }

/* How a cell goes on the one above: 1 it does, 3 it is the first. */
static void set_vertical(gk_word_row *row, uint32_t cell, uint32_t how) {
    uint64_t bit = 1ull << cell;
    row->down &= ~bit;
    row->more &= ~bit;
    if (how == 3 || how == 2) row->down |= bit;
    if (how == 1) row->more |= bit;
}

/* Length, number of cells, their edges, then 20 bytes a cell, of which the first two tell of merging. */
static void define(gk_word *w, gk_word_row *row, gk_str s) {
    uint32_t count = gk_u8(s, 2);
    if (count == 0 || count >= MOST_CELLS || w->edges.len > GK_MAX_CELLS || 3 + 2 * (count + (size_t)1) > s.len) return;
    row->first = (uint32_t)w->edges.len;
    row->count = count;
    for (uint32_t i = 0; i <= count; i++) *gk_vec_push(&w->edges) = signed16(gk_u16(s, 3 + 2 * (size_t)i));
    for (uint32_t i = 0; i < count; i++) {
        uint32_t flags = gk_u16(s, 3 + 2 * (count + (size_t)1) + CELL_BYTES * (size_t)i);
        if (flags & 2) row->merged |= 1ull << i;
        set_vertical(row, i, flags >> 5 & 3);
    }
}

uint32_t gk_word_row_of(gk_word *w, gk_str list) {
    gk_word_row row = {.count = 0};
    uint32_t code;
    gk_str operand;
    for (size_t at = 0; gk_word_sprm(list, &at, &code, &operand);) {
        if (code == SPRM_TABLE) define(w, &row, operand);
        if (code == SPRM_VERTICAL && gk_u8(operand, 1) < row.count)
            set_vertical(&row, gk_u8(operand, 1), gk_u8(operand, 2) & 3);
        if (code != SPRM_MERGE) continue;
        for (uint32_t i = gk_u8(operand, 0) + 1; i < gk_u8(operand, 1) && i < row.count; i++) row.merged |= 1ull << i;
    }
    if (!row.count) return 0;
    *gk_vec_push(&w->rows) = row;
    return (uint32_t)w->rows.len;
}
