#include <stdlib.h>

#include "base/limits.h"
#include "read/ole.h"
#include "read/xls.h"

enum { MOST_FORMATS = 4096, MOST_STYLES = 65536, MOST_SHEETS = 65536 };

static gk_str string_of(gk_xls *w, const gk_xls_record *r, size_t at, size_t length_bytes) {
    gk_xls_text t = {.w = w, .record = *r, .at = at};
    gk_buf text = {0};
    gk_xls_string(&t, length_bytes, &text);
    gk_str s = gk_arena_dup(&w->arena, gk_buf_str(&text));
    gk_buf_free(&text);
    return s;
}

static gk_xls_format *format_by_id(gk_xls *w, uint32_t id) {
    for (size_t i = 0; i < w->formats.len; i++)
        if (w->formats.at[i].id == id) return &w->formats.at[i];
    if (w->formats.len == MOST_FORMATS) return &w->formats.at[0];
    gk_xls_format *f = gk_vec_push(&w->formats);
    f->id = id;
    gk_str code = gk_format_builtin(id);
    gk_format_read(code.ptr ? code : GK_STR(""), &f->format);
    return f;
}

const gk_format *gk_xls_format_of(gk_xls *w, uint32_t style) {
    return &format_by_id(w, style < w->styles.len ? w->styles.at[style] : 0)->format;
}

static void add_format(gk_xls *w, const gk_xls_record *r) {
    uint32_t id = gk_u16(r->data, 0);
    gk_str code = string_of(w, r, 2, w->biff8 ? 2 : 1);
    gk_xls_format *f = format_by_id(w, id);
    if (id && code.len) gk_format_read(code, &f->format);
}

static void add_sheet(gk_xls *w, const gk_xls_record *r) {
    if (w->sheets.len == MOST_SHEETS) return;
    gk_str name = string_of(w, r, 6, 1);
    *gk_vec_push(&w->sheets) = (gk_xls_listed){.name = name,
                                               .at = gk_u32(r->data, 0),
                                               .hidden = (gk_u8(r->data, 4) & 3) != 0,
                                               .worksheet = gk_u8(r->data, 5) == 0};
}

static void add_strings(gk_xls *w, const gk_xls_record *r) {
    gk_xls_text t = {.w = w, .record = *r};
    gk_buf text = {0};
    gk_xls_number(&t, 4);
    uint32_t count = gk_xls_number(&t, 4);
    for (uint32_t i = 0; i < count && w->strings.len < GK_MAX_CELLS && !gk_xls_at_end(&t); i++) {
        gk_buf_clear(&text);
        gk_xls_string(&t, 2, &text);
        *gk_vec_push(&w->strings) = gk_arena_dup(&w->arena, gk_buf_str(&text));
    }
    gk_buf_free(&text);
}

static gk_code take(gk_xls *w, const gk_xls_record *r) {
    switch (r->type) {
    case XLS_FILEPASS: return gk_err_set(w->err, GK_E_ENCRYPTED, "the workbook is encrypted: a password is needed");
    case XLS_DATE1904: w->from_1904 = gk_u16(r->data, 0) == 1; break;
    case XLS_BOUNDSHEET: add_sheet(w, r); break;
    case XLS_FORMAT:
    case XLS_FORMAT_OLD: add_format(w, r); break;
    case XLS_XF:
        if (w->styles.len < MOST_STYLES) *gk_vec_push(&w->styles) = gk_u16(r->data, 2);
        break;
    case XLS_SST: add_strings(w, r); break;
    default: break;
    }
    return GK_OK;
}

gk_code gk_xls_book(gk_xls *w) {
    gk_xls_record r;
    gk_code code = GK_OK;
    if (!gk_xls_record_at(w, 0, &r) || r.type != XLS_BOF)
        return gk_err_set(w->err, GK_E_FORMAT, "the workbook is older than Excel 5, or damaged");
    w->biff8 = gk_u16(r.data, 0) >= 0x0600;
    format_by_id(w, 0);
    while (code == GK_OK && r.type != XLS_EOF && gk_xls_record_at(w, r.next, &r)) code = take(w, &r);
    if (code == GK_OK && !w->sheets.len) code = gk_err_set(w->err, GK_E_FORMAT, "the workbook lists no sheet");
    return code;
}
