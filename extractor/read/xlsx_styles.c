#include "read/xlsx.h"

enum { MOST_FORMATS = 4096, MOST_STYLES = 65536 };

static size_t format_index(gk_xlsx *w, uint32_t id) {
    for (size_t i = 0; i < w->formats.len; i++)
        if (w->formats.at[i].id == id) return i;
    if (w->formats.len == MOST_FORMATS) return 0;
    gk_xlsx_format *f = gk_vec_push(&w->formats);
    f->id = id;
    gk_str code = gk_format_builtin(id);
    gk_format_read(code.ptr ? code : GK_STR(""), &f->format);
    return w->formats.len - 1;
}

static void add_format(gk_xlsx *w, gk_xml *x) {
    uint32_t id = gk_xml_number(x, "numFmtId", UINT32_MAX, 0);
    gk_str code = gk_arena_dup(&w->arena, gk_xml_attr(x, "formatCode"));
    if (!id || !code.len) return;
    size_t index = format_index(w, id);
    gk_format_read(code, &w->formats.at[index].format);
}

gk_code gk_xlsx_styles(gk_xlsx *w) {
    const gk_rel *rel = gk_rels_by_type(&w->rels, "styles");
    bool cells = false;
    gk_xml x;
    gk_xml_open(&x, rel ? gk_zip_part(&w->zip, rel->target) : GK_STR_NONE, "the table of styles", w->err);
    format_index(w, 0);
    while (gk_xml_next(&x)) {
        if (x.kind == GK_XML_TEXT) continue;
        if (gk_str_eqz(x.name, "cellXfs")) cells = x.kind == GK_XML_START;
        if (gk_xml_is(&x, GK_XML_START, "numFmt")) add_format(w, &x);
        if (cells && gk_xml_is(&x, GK_XML_START, "xf") && w->styles.len < MOST_STYLES)
            *gk_vec_push(&w->styles) = (uint32_t)format_index(w, gk_xml_number(&x, "numFmtId", UINT32_MAX, 0));
    }
    return gk_xml_close(&x);
}

const gk_format *gk_xlsx_format_of(const gk_xlsx *w, uint32_t style) {
    return &w->formats.at[style < w->styles.len ? w->styles.at[style] : 0].format;
}
