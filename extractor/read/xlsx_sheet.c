/* One worksheet part: <sheetData><row r="7"><c r="B7" s="3" t="s"><v>12</v></c> ... */
#include "read/xlsx.h"

#include <stdlib.h>

typedef enum cell_type { CELL_NUMBER, CELL_SHARED, CELL_TEXT, CELL_BOOL } cell_type;

typedef struct cell {
    uint32_t row, col, style;
    cell_type type;
} cell;

/* Reads B7 at the start of s; the row and column count from 0. Returns the bytes read, 0 where there is no address. */
static size_t read_address(gk_str s, uint32_t *row, uint32_t *col) {
    uint32_t c = 0, r = 0;
    size_t i = 0, letters;
    for (; i < s.len && s.ptr[i] == '$'; i++) {}
    for (letters = i; i < s.len && i < letters + 4 && s.ptr[i] >= 'A' && s.ptr[i] <= 'Z'; i++)
        c = c * 26 + (uint32_t)(s.ptr[i] - 'A') + 1;
    if (i == letters) return 0;
    for (; i < s.len && s.ptr[i] == '$'; i++) {}
    if (!gk_parse_number(gk_str_slice(s, i, s.len), UINT32_MAX, &r) || r == 0) return 0;
    for (; i < s.len && s.ptr[i] >= '0' && s.ptr[i] <= '9'; i++) {}
    *row = r - 1;
    *col = c - 1;
    return i;
}

static cell_type type_of(gk_str t) {
    static const struct {
        const char *name;
        cell_type type;
    } types[] = {{"s", CELL_SHARED}, {"str", CELL_TEXT}, {"inlineStr", CELL_TEXT},
                 {"e", CELL_TEXT},   {"d", CELL_TEXT},   {"b", CELL_BOOL}};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (gk_str_eqz(t, types[i].name)) return types[i].type;
    return CELL_NUMBER;
}

/* The value and inline text of the cell whose start is at hand. */
static void read_content(gk_xml *x, gk_buf *value) {
    int depth = x->depth;
    bool inside = false;
    while (gk_xml_next(x)) {
        if (x->kind == GK_XML_TEXT && inside) gk_buf_put(value, x->text);
        if (x->kind == GK_XML_TEXT) continue;
        if (x->kind == GK_XML_END && x->depth == depth) return;
        if (gk_xml_is(x, GK_XML_START, "is")) gk_xlsx_text(x, value);
        else if (gk_xml_is(x, GK_XML_START, "f")) gk_xml_skip(x);
        else if (gk_str_eqz(x->name, "v")) inside = x->kind == GK_XML_START;
    }
}

static gk_code add_number(gk_xlsx *w, const cell *c, gk_str value) {
    gk_figure figure;
    gk_buf text = {0};
    bool number = gk_figure_parse(gk_str_trim(value), &figure);
    if (number) gk_format_figure(gk_xlsx_format_of(w, c->style), figure, w->from_1904, &text);
    else gk_buf_put(&text, value);
    gk_code code = gk_sheet_add(&w->sheet, c->row, c->col, gk_arena_dup(&w->texts, gk_buf_str(&text)), number, w->err);
    gk_buf_free(&text);
    return code;
}

static gk_code add_text(gk_xlsx *w, const cell *c, gk_str value, bool borrowed) {
    const gk_format *format = gk_xlsx_format_of(w, c->style);
    if (borrowed && !format->count) return gk_sheet_add(&w->sheet, c->row, c->col, value, false, w->err);
    gk_buf text = {0};
    gk_format_text(format, value, &text);
    bool same = borrowed && gk_str_eq(gk_buf_str(&text), value); /* most formats say nothing of texts */
    gk_str shown = same ? value : gk_arena_dup(&w->texts, gk_buf_str(&text));
    gk_buf_free(&text);
    return gk_sheet_add(&w->sheet, c->row, c->col, shown, false, w->err);
}

static gk_code add(gk_xlsx *w, const cell *c, gk_str value) {
    uint32_t index;
    switch (c->type) {
    case CELL_SHARED:
        if (!gk_parse_number(gk_str_trim(value), UINT32_MAX, &index) || index >= w->strings.len) return w->lost++, GK_OK;
        return add_text(w, c, w->strings.at[index], true);
    case CELL_TEXT: return add_text(w, c, value, false);
    case CELL_BOOL: return add_text(w, c, gk_str_eqz(value, "1") ? GK_STR("TRUE") : GK_STR("FALSE"), true);
    default: return add_number(w, c, value);
    }
}

/* Positions of cells and rows may be left out: then they follow each other. */
static void place(gk_xml *x, cell *c) {
    uint32_t row, col;
    if (read_address(gk_xml_attr(x, "r"), &row, &col)) c->row = row, c->col = col;
    c->style = gk_xml_number(x, "s", UINT32_MAX, 0);
    c->type = type_of(gk_xml_attr(x, "t"));
}

static gk_code read_cell(gk_xlsx *w, gk_xml *x, cell *c, gk_buf *value) {
    place(x, c);
    gk_code code = GK_OK;
    if (!x->empty) {
        gk_buf_clear(value);
        read_content(x, value);
        if (value->len) code = add(w, c, gk_buf_str(value));
    }
    c->col++;
    return code;
}

static void read_row(gk_xlsx *w, gk_xml *x, cell *c) {
    uint32_t number = gk_xml_number(x, "r", GK_SHEET_ROWS, 0);
    c->row = number ? number - 1 : c->row + 1;
    c->col = 0;
    if (gk_xml_flag(x, "hidden", false) || gk_str_eqz(gk_xml_attr(x, "ht"), "0"))
        gk_sheet_hide_rows(&w->sheet, c->row, c->row);
}

static void read_col(gk_xlsx *w, gk_xml *x) {
    if (!gk_xml_flag(x, "hidden", false) && !gk_str_eqz(gk_xml_attr(x, "width"), "0")) return;
    uint32_t min = gk_xml_number(x, "min", GK_SHEET_COLS, 0), max = gk_xml_number(x, "max", GK_SHEET_COLS, 0);
    if (min && max >= min) gk_sheet_hide_cols(&w->sheet, min - 1, max - 1);
}

static gk_code read_merge(gk_xlsx *w, gk_xml *x) {
    gk_str ref = gk_xml_attr(x, "ref");
    gk_sheet_range r;
    size_t n = read_address(ref, &r.row, &r.col);
    if (!n || n >= ref.len || ref.ptr[n] != ':') return GK_OK;
    if (!read_address(gk_str_slice(ref, n + 1, ref.len), &r.last_row, &r.last_col)) return GK_OK;
    return gk_sheet_merge(&w->sheet, r, w->err);
}

gk_code gk_xlsx_sheet(gk_xlsx *w, gk_str part) {
    gk_xml x;
    gk_buf value = {0};
    cell c = {.row = UINT32_MAX};
    gk_code code = GK_OK;
    gk_xml_open(&x, gk_zip_part(&w->zip, part), "a sheet", w->err);
    while (code == GK_OK && gk_xml_next(&x)) {
        if (x.kind != GK_XML_START) continue;
        if (gk_str_eqz(x.name, "c")) code = read_cell(w, &x, &c, &value);
        else if (gk_str_eqz(x.name, "row")) read_row(w, &x, &c);
        else if (gk_str_eqz(x.name, "col")) read_col(w, &x);
        else if (gk_str_eqz(x.name, "mergeCell")) code = read_merge(w, &x);
    }
    gk_buf_free(&value);
    gk_code end = gk_xml_close(&x);
    return code == GK_OK ? end : code;
}
