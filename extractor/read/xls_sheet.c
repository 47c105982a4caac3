/* The records of one sheet. Cells begin with row, column and style, two bytes each. */
#include "read/ole.h"
#include "read/xls.h"

typedef struct place {
    uint32_t row, col, style;
} place;

static place place_of(const gk_xls_record *r) {
    return (place){gk_u16(r->data, 0), gk_u16(r->data, 2), gk_u16(r->data, 4)};
}

static gk_code add_text(gk_xls *w, const place *p, gk_str value) {
    gk_buf text = {0};
    gk_format_text(gk_xls_format_of(w, p->style), value, &text);
    gk_str shown = gk_str_eq(gk_buf_str(&text), value) ? value : gk_buf_str(&text);
    if (shown.ptr != value.ptr) shown = gk_arena_dup(&w->texts, shown);
    gk_buf_free(&text);
    return gk_sheet_add(&w->sheet, p->row, p->col, shown, false, w->err);
}

static gk_code add_figure(gk_xls *w, const place *p, const gk_figure *value) {
    gk_buf text = {0};
    gk_format_figure(gk_xls_format_of(w, p->style), *value, w->from_1904, &text);
    gk_code code = gk_sheet_add(&w->sheet, p->row, p->col, gk_arena_dup(&w->texts, gk_buf_str(&text)), true, w->err);
    gk_buf_free(&text);
    return code;
}

/* An IEEE 754 double at an offset. */
static gk_code add_double(gk_xls *w, const place *p, gk_str data, size_t at) {
    uint64_t bits = gk_u32(data, at) | (uint64_t)gk_u32(data, at + 4) << 32;
    double value;
    gk_figure figure;
    memcpy(&value, &bits, sizeof value);
    return gk_figure_of_double(value, &figure) ? add_figure(w, p, &figure) : GK_OK;
}

/* 30 bits of a number: bit 1 says that they are a whole number (else the high bits of a double), bit 0 that it is
 * divided by a hundred (2.5.122 RkNumber). */
static gk_code add_rk(gk_xls *w, const place *p, uint32_t rk) {
    double value;
    gk_figure figure;
    if (rk & 2) value = (double)((int32_t)(rk & ~3u) / 4);
    else {
        uint64_t bits = (uint64_t)(rk & ~3u) << 32;
        memcpy(&value, &bits, sizeof value);
    }
    if (!gk_figure_of_double(value, &figure)) return GK_OK;
    if (rk & 1 && figure.len) figure.point -= 2;
    return add_figure(w, p, &figure);
}

static gk_code add_rks(gk_xls *w, const gk_xls_record *r) {
    place p = place_of(r);
    gk_code code = GK_OK;
    for (size_t at = 4; at + 8 <= r->data.len && code == GK_OK; at += 6, p.col++) {
        p.style = gk_u16(r->data, at);
        code = add_rk(w, &p, gk_u32(r->data, at + 2));
    }
    return code;
}

static gk_code add_error(gk_xls *w, const place *p, uint32_t value, bool error) {
    static const struct {
        uint32_t code;
        const char *text;
    } errors[] = {{0x00, "#NULL!"}, {0x07, "#DIV/0!"}, {0x0F, "#VALUE!"}, {0x17, "#REF!"},
                  {0x1D, "#NAME?"}, {0x24, "#NUM!"},   {0x2A, "#N/A"}};
    if (!error) return add_text(w, p, value ? GK_STR("TRUE") : GK_STR("FALSE"));
    for (size_t i = 0; i < sizeof errors / sizeof *errors; i++)
        if (errors[i].code == value) return add_text(w, p, gk_str_of(errors[i].text));
    return GK_OK;
}

/* The cached value of a formula: a double, or FFFF in its last bytes and then what kind it is. Texts come in a STRING
 * record behind it. */
static gk_code add_formula(gk_xls *w, const gk_xls_record *r, place *waiting) {
    place p = place_of(r);
    if (gk_u16(r->data, 12) != 0xFFFF) return add_double(w, &p, r->data, 6);
    uint32_t kind = gk_u8(r->data, 6), value = gk_u8(r->data, 8);
    if (kind == 0) *waiting = p;
    return kind == 1 || kind == 2 ? add_error(w, &p, value, kind == 2) : GK_OK;
}

static gk_code add_string(gk_xls *w, const gk_xls_record *r, size_t at, const place *p) {
    gk_xls_text t = {.w = w, .record = *r, .at = at};
    gk_buf text = {0};
    gk_xls_string(&t, 2, &text);
    gk_code code = add_text(w, p, gk_arena_dup(&w->texts, gk_buf_str(&text)));
    gk_buf_free(&text);
    return code;
}

static gk_code add_shared(gk_xls *w, const gk_xls_record *r) {
    place p = place_of(r);
    uint32_t index = gk_u32(r->data, 6);
    w->lost += index >= w->strings.len;
    return index < w->strings.len ? add_text(w, &p, w->strings.at[index]) : GK_OK;
}

static gk_code add_merges(gk_xls *w, const gk_xls_record *r) {
    gk_code code = GK_OK;
    for (size_t at = 2; at + 8 <= r->data.len && code == GK_OK; at += 8) {
        gk_sheet_range range = {gk_u16(r->data, at), gk_u16(r->data, at + 4), gk_u16(r->data, at + 2),
                                gk_u16(r->data, at + 6)};
        code = gk_sheet_merge(&w->sheet, range, w->err);
    }
    return code;
}

static void hide(gk_xls *w, const gk_xls_record *r) {
    uint32_t first = gk_u16(r->data, 0), last = gk_u16(r->data, 2);
    if (r->type == XLS_ROW && gk_u16(r->data, 12) & 0x20) gk_sheet_hide_rows(&w->sheet, first, first);
    if (r->type == XLS_COLINFO && gk_u16(r->data, 8) & 1 && last >= first) gk_sheet_hide_cols(&w->sheet, first, last);
}

/* The text of a drawn object (2.4.329 TxO) stands in the CONTINUE record behind its own; what kind of object it is, in the
 * OBJ record before it. */
static void add_box(gk_xls *w, const gk_xls_record *r) {
    enum { COMMENT = 0x19, COUNT = 10 };
    gk_xls_record next;
    uint32_t count = gk_u16(r->data, COUNT);
    if (w->object == COMMENT || !count || !w->biff8) return;
    if (!gk_xls_record_at(w, r->next, &next) || next.type != XLS_CONTINUE) return;
    gk_xls_text t = {.w = w, .record = next, .at = 1};
    gk_buf text = {0};
    gk_xls_characters(&t, count, gk_u8(next.data, 0) & 1, &text);
    gk_sheet_box(&w->sheet, gk_arena_dup(&w->texts, gk_buf_str(&text)));
    gk_buf_free(&text);
}

static gk_code take(gk_xls *w, const gk_xls_record *r, place *waiting) {
    place p = place_of(r);
    switch (r->type) {
    case XLS_NUMBER: return add_double(w, &p, r->data, 6);
    case XLS_RK: return add_rk(w, &p, gk_u32(r->data, 6));
    case XLS_MULRK: return add_rks(w, r);
    case XLS_LABELSST: return add_shared(w, r);
    case XLS_LABEL:
    case XLS_RSTRING: return add_string(w, r, 6, &p);
    case XLS_FORMULA: return add_formula(w, r, waiting);
    case XLS_STRING: p = *waiting, *waiting = (place){.row = UINT32_MAX}; return add_string(w, r, 0, &p);
    case XLS_BOOLERR: return add_error(w, &p, gk_u8(r->data, 6), gk_u8(r->data, 7) == 1);
    case XLS_MERGEDCELLS: return add_merges(w, r);
    case XLS_OBJ: w->object = gk_u16(r->data, 4); return GK_OK;
    case XLS_TXO: add_box(w, r); return GK_OK;
    case XLS_ROW:
    case XLS_COLINFO: hide(w, r); return GK_OK;
    default: return GK_OK;
    }
}

gk_code gk_xls_sheet(gk_xls *w, size_t at) {
    gk_xls_record r;
    place waiting = {.row = UINT32_MAX};
    gk_code code = GK_OK;
    if (!gk_xls_record_at(w, at, &r) || r.type != XLS_BOF)
        return gk_err_set(w->err, GK_E_FORMAT, "a sheet of the workbook is missing or cut off");
    for (uint32_t inside = 1; inside && code == GK_OK;) { /* charts are streams inside the stream of a sheet */
        if (!gk_xls_record_at(w, r.next, &r))
            return gk_err_set(w->err, GK_E_FORMAT, "a sheet of the workbook is cut off");
        if (r.type == XLS_BOF) inside++;
        else if (r.type == XLS_EOF) inside--;
        else if (inside == 1) code = take(w, &r, &waiting);
    }
    return code;
}
