/* The drawing of a sheet (ECMA-376 part 1, 20.5): its shapes, of which only the texts are read.
 *
 *     <xdr:sp> ... <xdr:txBody> <a:p><a:r><a:t>Unit: yuan</a:t></a:r></a:p> </xdr:txBody> </xdr:sp>
 *
 * Groups hold shapes. What old programs are given in place of a shape (Fallback) repeats it. */
#include "read/xlsx.h"

/* The paragraphs of the shape whose start is at hand, a line each; empty where the shape is hidden. */
static void read_shape(gk_xml *x, gk_buf *text) {
    int depth = x->depth;
    bool inside = false, hidden = false;
    gk_buf_clear(text);
    while (gk_xml_next(x)) {
        if (x->kind == GK_XML_TEXT && inside) gk_buf_put(text, x->text);
        if (x->kind == GK_XML_TEXT) continue;
        if (x->kind == GK_XML_END && x->depth == depth) break;
        if (gk_str_eqz(x->name, "t")) inside = x->kind == GK_XML_START;
        else if (gk_xml_is(x, GK_XML_END, "p") || gk_xml_is(x, GK_XML_START, "br")) gk_buf_putc(text, '\n');
        else if (gk_xml_is(x, GK_XML_START, "cNvPr")) hidden |= gk_xml_flag(x, "hidden", false);
        else if (gk_xml_is(x, GK_XML_START, "Fallback")) gk_xml_skip(x);
    }
    if (hidden) gk_buf_clear(text);
}

static gk_code read_shapes(gk_xlsx *w, gk_str drawing) {
    gk_xml x;
    gk_buf text = {0};
    gk_xml_open(&x, drawing, "a drawing", w->err);
    while (gk_xml_next(&x)) {
        if (gk_xml_is(&x, GK_XML_START, "Fallback")) gk_xml_skip(&x);
        if (!gk_xml_is(&x, GK_XML_START, "sp")) continue;
        read_shape(&x, &text);
        gk_sheet_box(&w->sheet, gk_arena_dup(&w->texts, gk_buf_str(&text)));
    }
    gk_buf_free(&text);
    return gk_xml_close(&x);
}

/* A drawing that is damaged or missing costs its own texts only. */
gk_code gk_xlsx_drawing(gk_xlsx *w, gk_str part) {
    gk_rels rels;
    gk_err own;
    gk_code code = gk_rels_open(&w->zip, part, &rels, &own);
    if (code != GK_OK) return GK_OK;
    const gk_rel *rel = gk_rels_by_type(&rels, "drawing");
    gk_str drawing = rel ? gk_zip_part(&w->zip, rel->target) : GK_STR_NONE;
    gk_err *outer = w->err;
    w->err = &own;
    code = rel ? read_shapes(w, drawing) : GK_OK;
    w->err = outer;
    if (code != GK_OK) gk_doc_note(w->doc, GK_E_FORMAT, "%s: text boxes may be missing", own.message);
    else if (rel && !drawing.ptr) gk_doc_note(w->doc, GK_E_FORMAT, "text boxes of a sheet are missing from the file");
    gk_rels_close(&rels);
    return GK_OK;
}
