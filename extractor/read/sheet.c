#include "read/sheet.h"

#include <stdlib.h>

#include "base/limits.h"

void gk_sheet_clear(gk_sheet *s) {
    s->name = GK_STR_NONE;
    s->hidden = false;
    s->cells.len = s->merges.len = s->hidden_rows.len = s->hidden_cols.len = s->boxes.len = 0;
}

void gk_sheet_free(gk_sheet *s) {
    gk_vec_free(&s->cells);
    gk_vec_free(&s->merges);
    gk_vec_free(&s->hidden_rows);
    gk_vec_free(&s->hidden_cols);
    gk_vec_free(&s->boxes);
    *s = (gk_sheet){.hidden = false};
}

gk_code gk_sheet_add(gk_sheet *s, uint32_t row, uint32_t col, gk_str text, bool figure, gk_err *err) {
    text = gk_out_trim(text);
    if (!text.len || row >= GK_SHEET_ROWS || col >= GK_SHEET_COLS) return GK_OK;
    if (s->cells.len >= GK_MAX_CELLS)
        return gk_err_set(err, GK_E_LIMIT, "a sheet has more than %u cells (GK_MAX_CELLS)", GK_MAX_CELLS);
    *gk_vec_push(&s->cells) =
        (gk_sheet_cell){.text = text, .row = row, .col = (uint16_t)col, .figure = figure};
    return GK_OK;
}

void gk_sheet_box(gk_sheet *s, gk_str text) {
    if (gk_out_trim(text).len && s->boxes.len < GK_MAX_BOXES) *gk_vec_push(&s->boxes) = text;
}

gk_code gk_sheet_merge(gk_sheet *s, gk_sheet_range r, gk_err *err) {
    if (r.last_row >= GK_SHEET_ROWS) r.last_row = GK_SHEET_ROWS - 1;
    if (r.last_col >= GK_SHEET_COLS) r.last_col = GK_SHEET_COLS - 1;
    if (r.last_row < r.row || r.last_col < r.col || (r.last_row == r.row && r.last_col == r.col)) return GK_OK;
    if (s->merges.len >= GK_MAX_MERGES)
        return gk_err_set(err, GK_E_LIMIT, "a sheet has more than %u merged ranges (GK_MAX_MERGES)", GK_MAX_MERGES);
    *gk_vec_push(&s->merges) = r;
    return GK_OK;
}

void gk_sheet_hide_rows(gk_sheet *s, uint32_t first, uint32_t last) {
    gk_sheet_lines *newest = s->hidden_rows.len ? &s->hidden_rows.at[s->hidden_rows.len - 1] : NULL;
    if (newest && newest->last + 1 == first) newest->last = last;
    else *gk_vec_push(&s->hidden_rows) = (gk_sheet_lines){first, last};
}

void gk_sheet_hide_cols(gk_sheet *s, uint32_t first, uint32_t last) {
    if (s->hidden_cols.len < GK_SHEET_COLS) *gk_vec_push(&s->hidden_cols) = (gk_sheet_lines){first, last};
}

void gk_sheet_address(uint32_t row, uint32_t col, gk_buf *out) {
    char letters[8];
    size_t n = 0;
    for (uint32_t c = col + 1; c > 0 && n < sizeof letters; c = (c - 1) / 26) letters[n++] = (char)('A' + (c - 1) % 26);
    while (n > 0) gk_buf_putc(out, letters[--n]);
    gk_buf_printf(out, "%u", (unsigned)row + 1);
}
