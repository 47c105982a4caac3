#include <stdlib.h>

#include "read/docx.h"

enum { MOST_STYLES = 8192, MOST_BASES = 12 };

/* The outline level that the name of a built-in style implies: `heading 2`, `toc 1`. */
static void name_style(gk_docx_style *s, gk_str name) {
    uint32_t n;
    char lower[16] = "";
    for (size_t i = 0; i < name.len && i + 1 < sizeof lower; i++) lower[i] = (char)(name.ptr[i] | 32);
    gk_str low = gk_str_of(lower);
    s->title = gk_str_eqz(low, "title");
    if (gk_str_starts(low, GK_STR("heading ")) && gk_parse_number(gk_str_slice(low, 8, low.len), 9, &n) && n)
        s->level = (int)n - 1;
    if (gk_str_starts(low, GK_STR("toc ")) && gk_parse_number(gk_str_slice(low, 4, low.len), 9, &n)) s->level = GK_DOCX_TOC;
}

static void take(gk_docx *d, gk_xml *x, gk_docx_style *s) {
    if (gk_str_eqz(x->name, "name")) name_style(s, gk_xml_attr(x, "val"));
    else if (gk_str_eqz(x->name, "basedOn")) s->based = gk_arena_dup(&d->arena, gk_xml_attr(x, "val"));
    else if (gk_str_eqz(x->name, "outlineLvl") && s->level != GK_DOCX_TOC)
        s->level = (int)gk_xml_number(x, "val", GK_DOCX_BODY, GK_DOCX_BODY);
    else if (gk_str_eqz(x->name, "numId")) s->num = (int)gk_xml_number(x, "val", 1u << 30, 0);
    else if (gk_str_eqz(x->name, "ilvl")) s->num_level = (int)gk_xml_number(x, "val", 8, 0);
}

gk_code gk_docx_styles(gk_docx *d) {
    const gk_rel *rel = gk_rels_by_type(&d->rels, "styles");
    gk_docx_style *s = NULL;
    gk_xml x;
    gk_xml_open(&x, rel ? gk_zip_part(&d->zip, rel->target) : GK_STR_NONE, "the table of styles", d->err);
    while (gk_xml_next(&x) && d->styles.len < MOST_STYLES) {
        if (x.kind != GK_XML_START) continue;
        if (gk_str_eqz(x.name, "style")) {
            s = gk_vec_push(&d->styles);
            *s = (gk_docx_style){.level = -1, .num = -1, .num_level = -1};
            s->id = gk_arena_dup(&d->arena, gk_xml_attr(&x, "styleId"));
        } else if (s) take(d, &x, s);
    }
    return gk_xml_close(&x);
}

static const gk_docx_style *style_of(const gk_docx *d, gk_str id) {
    for (size_t i = 0; id.len && i < d->styles.len; i++)
        if (gk_str_eq(d->styles.at[i].id, id)) return &d->styles.at[i];
    return NULL;
}

void gk_docx_resolve(const gk_docx *d, gk_docx_paragraph *p) {
    const gk_docx_style *s = style_of(d, p->style);
    for (int i = 0; s && i < MOST_BASES; i++) {
        if (s->level == GK_DOCX_TOC || p->level < 0) p->level = s->level;
        if (p->num < 0 && s->num >= 0) {
            p->num = s->num;
            if (p->num_level < 0) p->num_level = s->num_level;
        }
        s = style_of(d, s->based);
    }
    if (p->level < 0) p->level = GK_DOCX_BODY;
    if (p->num_level < 0) p->num_level = 0;
}
