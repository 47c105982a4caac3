/* From the cells of a sheet to blocks.
 *
 * Worked example (an empty row is · and the title is merged over all columns):
 *     Expenditure 2024            row of one cell: text
 *     Unit: 10,000                short of cells, and one of them has a colon: text
 *     item | amount | share       table ...
 *     A    | 5.00   | 100%
 *     Note: rounded               one cell behind the last full row: text
 */
#include <stdlib.h>

#include "base/limits.h"
#include "read/sheet.h"

enum { NOTE_CELLS = 3, LONG_CELL = 60, MOST_NOTE_ROWS = 12 };

/* A row of the sheet that shows something: its cells are first .. first + count of the list. */
typedef struct row {
    size_t first;
    uint32_t count, number;
    bool gap; /* an empty row stands before it */
} row;

typedef struct emission {
    gk_sheet *sheet;
    gk_out *out;
    gk_err *err;
    GK_VEC(gk_sheet_cell) seen;
    GK_VEC(row) rows;
    uint32_t *column; /* scratch, GK_SHEET_COLS: columns of the sheet to columns of the table, plus one; 0: empty */
    GK_VEC(uint16_t) used; /* columns that are marked in `column` */
} emission;

static void split_rows(emission *e) {
    const gk_sheet *s = e->sheet;
    for (size_t i = 0; i < s->cells.len; i++) {
        if (s->cells.at[i].unseen) continue;
        *gk_vec_push(&e->seen) = s->cells.at[i];
        uint32_t number = s->cells.at[i].row;
        row *newest = e->rows.len ? &e->rows.at[e->rows.len - 1] : NULL;
        if (newest && newest->number == number) {
            newest->count++;
            continue;
        }
        bool gap = newest && gk_sheet_shown(s->hidden_rows.at, s->hidden_rows.len, newest->number + 1) < number;
        *gk_vec_push(&e->rows) = (row){.first = e->seen.len - 1, .count = 1, .number = number, .gap = gap};
    }
}

/* ---- columns of a run of rows */

static int by_number(const void *a, const void *b) { return (int)*(const uint16_t *)a - (int)*(const uint16_t *)b; }

static void mark_columns(emission *e, size_t from, size_t to) {
    for (size_t i = 0; i < e->used.len; i++) e->column[e->used.at[i]] = 0;
    e->used.len = 0;
    for (size_t r = from; r < to; r++)
        for (uint32_t k = 0; k < e->rows.at[r].count; k++) {
            uint16_t col = e->seen.at[e->rows.at[r].first + k].col;
            if (e->column[col]) continue;
            e->column[col] = 1;
            *gk_vec_push(&e->used) = col;
        }
    if (e->used.len > 1) qsort(e->used.at, e->used.len, sizeof *e->used.at, by_number);
    for (size_t i = 0; i < e->used.len; i++) e->column[e->used.at[i]] = (uint32_t)i + 1;
}

/* How many marked columns a cell covers. */
static uint32_t width_of(const emission *e, const gk_sheet_cell *c) {
    uint32_t first = e->column[c->col];
    size_t low = first, high = e->used.len;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (e->used.at[middle] <= c->last_col) low = middle + 1;
        else high = middle;
    }
    return first ? (uint32_t)low - first + 1 : 1;
}

/* How many rows from r on, before `to`, a cell covers. */
static uint32_t height_of(const emission *e, size_t r, size_t to, const gk_sheet_cell *c) {
    size_t low = r + 1, high = to;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (e->rows.at[middle].number <= c->last_row) low = middle + 1;
        else high = middle;
    }
    return (uint32_t)(low - r);
}

/* ---- which rows are notes */

static bool has_colon(gk_str s) {
    return memchr(s.ptr, ':', s.len) || gk_str_find(s, GK_STR("\xEF\xBC\x9A")) != SIZE_MAX;
}

/* Text above a table: one cell that is no head over some of the columns, or few cells with a colon. */
static bool is_note(const emission *e, size_t r) {
    const row *w = &e->rows.at[r];
    const gk_sheet_cell *c = &e->seen.at[w->first];
    size_t cols = e->used.len;
    if (w->count > NOTE_CELLS || (w->count > 1 && w->count >= cols)) return false;
    bool colon = false, figure = false;
    for (uint32_t k = 0; k < w->count; k++) colon |= has_colon(c[k].text), figure |= c[k].figure;
    if (w->count > 1) return colon && !figure;
    uint32_t width = width_of(e, c);
    return width == 1 || width == cols || e->column[c->col] == 1 || colon;
}

/* Text below a table: one cell that reads like a remark. */
static bool is_remark(const emission *e, size_t r) {
    const row *w = &e->rows.at[r];
    const gk_sheet_cell *c = &e->seen.at[w->first];
    if (w->count != 1 || c->figure) return false;
    return width_of(e, c) > 1 || c->text.len > LONG_CELL || has_colon(c->text);
}

/* ---- writing */

static void emit_text_row(emission *e, size_t r) {
    const row *w = &e->rows.at[r];
    for (uint32_t k = 0; k < w->count; k++) gk_out_block(e->out, GK_BLOCK_TEXT, 0, e->seen.at[w->first + k].text);
}

static uint32_t name_of(emission *e, const gk_sheet_cell *c) {
    gk_doc *doc = e->out->doc;
    gk_buf b = {0};
    gk_buf_put(&b, e->sheet->name);
    gk_buf_putc(&b, '!');
    gk_sheet_address(c->home_row, c->home_col, &b);
    *gk_vec_push(&doc->names) = gk_arena_dup(&doc->arena, gk_buf_str(&b));
    gk_buf_free(&b);
    return (uint32_t)doc->names.len - 1;
}

static uint16_t small(uint32_t n) { return n > UINT16_MAX ? UINT16_MAX : (uint16_t)n; }

static void emit_row(emission *e, size_t r, size_t from, size_t to) {
    const row *w = &e->rows.at[r];
    gk_out_line(e->out);
    for (uint32_t k = 0, at = 0; k < w->count; k++) {
        const gk_sheet_cell *c = &e->seen.at[w->first + k];
        uint32_t col = e->column[c->col] - 1;
        for (; at < col; at++) gk_buf_putc(&e->out->text, '\t');
        gk_cell *cell = gk_doc_add_cell(e->out->doc, (uint32_t)(r - from), col, small(height_of(e, r, to, c)),
                                        small(width_of(e, c)));
        cell->name = name_of(e, c);
        gk_out_segs(e->out, gk_out_put(e->out, c->text));
    }
}

static gk_code emit_table(emission *e, size_t from, size_t to) {
    if (e->used.len > GK_MAX_TABLE_COLS || e->used.len * (to - from) > GK_MAX_CELLS)
        return gk_err_set(e->err, GK_E_LIMIT,
                          "a table has more than %u cells (GK_MAX_CELLS) or %u columns (GK_MAX_TABLE_COLS)", GK_MAX_CELLS,
                          GK_MAX_TABLE_COLS);
    gk_out_line(e->out);
    uint32_t start = (uint32_t)e->out->text.len;
    gk_doc_add_table(e->out->doc, true);
    for (size_t r = from; r < to && !e->out->text.over; r++) emit_row(e, r, from, to);
    gk_code code = gk_doc_end_table(e->out->doc, (gk_span){start, (uint32_t)e->out->text.len}, e->err);
    gk_out_line(e->out);
    return code;
}

/* Writes the notes a band begins with and returns the first row behind them. The columns are those of the rows that are
 * left, so they are marked anew; a few rounds are enough for what a person writes. */
static size_t emit_notes(emission *e, size_t from, size_t to) {
    enum { ROUNDS = 4 };
    for (int i = 0; i < ROUNDS && from < to; i++) {
        size_t before = from;
        mark_columns(e, from, to);
        while (from < to && (e->used.len == 1 || is_note(e, from))) emit_text_row(e, from++);
        if (from == before) break;
    }
    return from;
}

/* Writes rows that hold at most one table between notes. */
static gk_code emit_band(emission *e, size_t from, size_t to) {
    from = emit_notes(e, from, to);
    mark_columns(e, from, to);
    size_t end = to;
    while (end > from && to - end < MOST_NOTE_ROWS && is_remark(e, end - 1)) end--;
    gk_code code = GK_OK;
    if (end > from) {
        mark_columns(e, from, end);
        code = emit_table(e, from, end);
    }
    while (code == GK_OK && end < to) emit_text_row(e, end++);
    return code;
}

/* Whether a row behind an empty one begins something new: a title, or a note with a colon. */
static bool begins(const emission *e, size_t r) {
    const row *w = &e->rows.at[r];
    bool colon = false, figure = false;
    if (w->count > NOTE_CELLS) return false;
    for (uint32_t k = 0; k < w->count; k++) {
        const gk_sheet_cell *c = &e->seen.at[w->first + k];
        colon |= has_colon(c->text), figure |= c->figure;
    }
    return !figure && (colon || w->count == 1);
}

/* Where the band that starts at `from` ends. */
static size_t band_end(const emission *e, size_t from) {
    size_t to = from + 1;
    while (to < e->rows.len && !(e->rows.at[to].gap && begins(e, to))) to++;
    return to;
}

/* What is not seen, a block a row. */
static void emit_unseen(emission *e) {
    const gk_sheet *s = e->sheet;
    uint32_t newest = UINT32_MAX;
    for (size_t i = 0; i < s->cells.len && !e->out->text.over; i++) {
        const gk_sheet_cell *c = &s->cells.at[i];
        if (!c->unseen) continue;
        bool fresh = newest != c->row;
        if (fresh) gk_out_line(e->out);
        else gk_buf_putc(&e->out->text, '\t');
        gk_span at = gk_out_put(e->out, c->text);
        if (fresh) gk_doc_add_block(e->out->doc, GK_BLOCK_ASIDE, at)->level = GK_ASIDE_HIDDEN;
        gk_out_segs(e->out, at);
        newest = c->row;
    }
}

static void emit_boxes(emission *e) {
    gk_block_kind kind = e->sheet->hidden ? GK_BLOCK_ASIDE : GK_BLOCK_TEXT;
    for (size_t i = 0; i < e->sheet->boxes.len && !e->out->text.over; i++)
        for (gk_str rest = e->sheet->boxes.at[i]; rest.len;) {
            size_t end = gk_str_find(rest, GK_STR("\n"));
            gk_out_block(e->out, kind, e->sheet->hidden ? GK_ASIDE_HIDDEN : 0, gk_out_trim(gk_str_slice(rest, 0, end)));
            rest = gk_str_slice(rest, end == SIZE_MAX ? rest.len : end + 1, rest.len);
        }
}

/* The name of the sheet stands for a title where the sheet has none. A name of Latin letters and digits is one that was
 * given for lack of a better one. */
static void emit_name(emission *e) {
    bool named = false;
    for (size_t i = 0; i < e->sheet->name.len; i++) named |= (unsigned char)e->sheet->name.ptr[i] >= 0x80;
    mark_columns(e, 0, e->rows.len ? band_end(e, 0) : 0);
    bool titled = e->rows.len && e->rows.at[0].count == 1 && is_note(e, 0);
    bool heading = named && e->rows.len && !titled;
    gk_out_block(e->out, heading ? GK_BLOCK_HEADING : GK_BLOCK_ASIDE, heading, e->sheet->name);
}

static gk_code emit_all(emission *e) {
    gk_code code = gk_sheet_cover(e->sheet, e->err);
    if (code != GK_OK || (!e->sheet->cells.len && !e->sheet->boxes.len)) return code;
    split_rows(e);
    emit_name(e);
    for (size_t from = 0, to; from < e->rows.len && code == GK_OK && !e->out->text.over; from = to) {
        to = band_end(e, from);
        code = emit_band(e, from, to);
    }
    emit_boxes(e);
    emit_unseen(e);
    return code;
}

gk_code gk_sheet_emit(gk_sheet *s, gk_out *out, gk_err *err) {
    emission e = {.sheet = s, .out = out, .err = err};
    e.column = gk_alloc_zero(GK_SHEET_COLS, sizeof *e.column);
    gk_code code = emit_all(&e);
    gk_vec_free(&e.seen);
    gk_vec_free(&e.rows);
    gk_vec_free(&e.used);
    free(e.column);
    return code;
}
