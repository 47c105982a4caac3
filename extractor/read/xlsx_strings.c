#include "base/limits.h"

#include <stdlib.h>
#include "read/xlsx.h"

static int hex_of(char c) {
    return c >= '0' && c <= '9' ? c - '0' : c >= 'A' && c <= 'F' ? c - 'A' + 10 : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The code unit of an escape `_x000D_` at s.ptr[at], -1 where there is none (18.4.12: what XML cannot hold). */
static int escape_at(gk_str s, size_t at) {
    if (s.len - at < 7 || s.ptr[at + 1] != 'x' || s.ptr[at + 6] != '_') return -1;
    int unit = 0;
    for (size_t i = at + 2; i < at + 6; i++) {
        if (hex_of(s.ptr[i]) < 0) return -1;
        unit = unit * 16 + hex_of(s.ptr[i]);
    }
    return unit;
}

/* Escapes of control characters are blanks and carriage returns that no text needs; `_x005F_` is the '_' itself. */
static void put_text(gk_buf *out, gk_str s) {
    size_t from = 0;
    for (size_t at = 0; at < s.len; at++) {
        int unit = s.ptr[at] == '_' ? escape_at(s, at) : -1;
        bool drop = s.ptr[at] == '\r' || (unit >= 0 && unit < 0x20) || unit == 0x5F;
        if (!drop) continue;
        gk_buf_put(out, gk_str_slice(s, from, at));
        if (unit == 0x0A) gk_buf_putc(out, '\n');
        if (unit == 0x5F) gk_buf_putc(out, '_');
        if (unit >= 0) at += 6;
        from = at + 1;
    }
    gk_buf_put(out, gk_str_slice(s, from, s.len));
}

void gk_xlsx_text(gk_xml *x, gk_buf *out) {
    int depth = x->depth;
    bool inside = false;
    while (gk_xml_next(x)) {
        if (x->kind == GK_XML_TEXT && inside) put_text(out, x->text);
        if (x->kind == GK_XML_TEXT) continue;
        if (x->kind == GK_XML_END && x->depth == depth) return;
        if (gk_xml_is(x, GK_XML_START, "rPh")) gk_xml_skip(x);
        else if (gk_str_eqz(x->name, "t")) inside = x->kind == GK_XML_START;
    }
}

gk_code gk_xlsx_strings(gk_xlsx *w) {
    const gk_rel *rel = gk_rels_by_type(&w->rels, "sharedStrings");
    gk_buf text = {0};
    gk_xml x;
    gk_xml_open(&x, rel ? gk_zip_part(&w->zip, rel->target) : GK_STR_NONE, "the table of strings", w->err);
    while (gk_xml_next(&x)) {
        if (!gk_xml_is(&x, GK_XML_START, "si")) continue;
        gk_buf_clear(&text);
        gk_xlsx_text(&x, &text);
        if (w->strings.len >= GK_MAX_CELLS) break; /* no more cells than that can name them */
        *gk_vec_push(&w->strings) = gk_arena_dup(&w->arena, gk_buf_str(&text));
    }
    gk_buf_free(&text);
    return gk_xml_close(&x);
}
