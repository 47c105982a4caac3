/* DOCX: the document as it reads with all tracked changes accepted. */
#include "read/docx.h"

#include <stdlib.h>

#include "read/office_props.h"
#include "read/read.h"

enum { MOST_BOXES = 4 };

/* ---- inside a paragraph */

/* The printed number of the paragraph comes before its first text. */
static void put_text(gk_docx *d, gk_str s) {
    if (d->deep) {
        gk_buf_put(&d->boxes, s);
        return;
    }
    if (d->fresh && s.len) {
        d->fresh = false;
        gk_docx_paragraph p = d->paragraph;
        gk_buf number = {0};
        p.style = gk_buf_str(&d->style);
        gk_docx_resolve(d, &p);
        if (p.num > 0) gk_numbering_next(&d->numbering, p.num, p.num_level, &number);
        gk_flow_text(&d->flow, gk_buf_str(&number));
        gk_buf_free(&number);
    }
    gk_flow_text(&d->flow, s);
}

static void read_text(gk_docx *d, gk_xml *x) {
    int depth = x->depth;
    while (gk_xml_next(x)) {
        if (x->kind == GK_XML_END && x->depth == depth) return;
        if (x->kind == GK_XML_TEXT) put_text(d, x->text);
    }
}

static void read_block(gk_docx *d, gk_xml *x);

/* A text box: its paragraphs are kept as text until the paragraph it hangs on has ended. */
static void read_box(gk_docx *d, gk_xml *x) {
    int depth = x->depth;
    if (d->deep == MOST_BOXES) {
        gk_xml_skip(x);
        return;
    }
    d->deep++;
    while (gk_xml_next(x)) {
        if (x->kind == GK_XML_END && x->depth == depth) break;
        if (x->kind == GK_XML_START) read_block(d, x);
    }
    d->deep--;
    gk_buf_putc(&d->boxes, '\n');
}

/* Of the two forms of a drawing the first is taken. */
static void read_alternate(gk_docx *d, gk_xml *x, void (*read)(gk_docx *, gk_xml *)) {
    int depth = x->depth;
    bool taken = false;
    while (gk_xml_next(x)) {
        if (x->kind == GK_XML_END && x->depth == depth) return;
        if (x->kind != GK_XML_START) continue;
        if (x->depth > depth + 1) read(d, x);
        else if (taken) gk_xml_skip(x);
        else taken = true;
    }
}

/* Looks for text boxes in a drawing. */
static void read_drawing(gk_docx *d, gk_xml *x) {
    int depth = x->depth;
    while (gk_xml_next(x)) {
        if (x->kind == GK_XML_END && x->depth == depth) return;
        if (gk_xml_is(x, GK_XML_START, "txbxContent")) read_box(d, x);
        else if (gk_xml_is(x, GK_XML_START, "Fallback")) gk_xml_skip(x);
    }
}

/* The properties of a run: text that is not shown is not read. */
static bool is_hidden(gk_xml *x) {
    int depth = x->depth;
    bool hidden = false;
    while (gk_xml_next(x)) {
        if (x->kind == GK_XML_END && x->depth == depth) return hidden;
        if (gk_xml_is(x, GK_XML_START, "vanish")) hidden = gk_xml_flag(x, "val", true);
    }
    return hidden;
}

static void read_run(gk_docx *d, gk_xml *x);

static void read_run_child(gk_docx *d, gk_xml *x) {
    static const struct {
        const char *name, *text;
    } signs[] = {{"br", "\n"}, {"cr", "\n"}, {"noBreakHyphen", "-"}};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (gk_str_eqz(x->name, signs[i].name)) {
            put_text(d, gk_str_of(signs[i].text));
            return;
        }
    if (gk_str_eqz(x->name, "t")) read_text(d, x);
    else if (gk_str_eqz(x->name, "tab") || gk_str_eqz(x->name, "ptab"))
        put_text(d, d->flow.depth || d->deep ? GK_STR(" ") : GK_STR("\t"));
    else if (gk_str_eqz(x->name, "AlternateContent")) read_alternate(d, x, read_run_child);
    else if (gk_str_eqz(x->name, "drawing") || gk_str_eqz(x->name, "pict") || gk_str_eqz(x->name, "object"))
        read_drawing(d, x);
    else if (gk_str_eqz(x->name, "ruby")) read_run(d, x);
    else if (gk_str_eqz(x->name, "rubyBase") || gk_str_eqz(x->name, "r")) read_run(d, x);
    else gk_xml_skip(x);
}

static void read_run(gk_docx *d, gk_xml *x) {
    int depth = x->depth;
    bool hidden = false;
    while (gk_xml_next(x)) {
        if (x->kind == GK_XML_END && x->depth == depth) return;
        if (x->kind != GK_XML_START) continue;
        if (gk_str_eqz(x->name, "rPr")) hidden = is_hidden(x);
        else if (hidden) gk_xml_skip(x);
        else read_run_child(d, x);
    }
}

/* ---- paragraphs */

static void read_properties(gk_docx *d, gk_xml *x) {
    int depth = x->depth;
    gk_docx_paragraph *p = &d->paragraph;
    while (gk_xml_next(x)) {
        if (x->kind == GK_XML_END && x->depth == depth) return;
        if (x->kind != GK_XML_START) continue;
        if (gk_str_eqz(x->name, "pStyle")) {
            gk_buf_clear(&d->style);
            gk_buf_put(&d->style, gk_xml_attr(x, "val"));
        } else if (gk_str_eqz(x->name, "outlineLvl")) p->level = (int)gk_xml_number(x, "val", GK_DOCX_BODY, GK_DOCX_BODY);
        else if (gk_str_eqz(x->name, "numId")) p->num = (int)gk_xml_number(x, "val", 1u << 30, 0);
        else if (gk_str_eqz(x->name, "ilvl")) p->num_level = (int)gk_xml_number(x, "val", 8, 0);
        else if (gk_str_eqz(x->name, "del") || gk_str_eqz(x->name, "moveFrom")) p->joined = true;
        else if (gk_str_eqz(x->name, "pPrChange")) gk_xml_skip(x);
    }
}

static void read_inline(gk_docx *d, gk_xml *x);

static void read_link(gk_docx *d, gk_xml *x) {
    const gk_rel *rel = gk_rels_by_id(&d->rels, gk_xml_attr(x, "id"));
    uint32_t start = (uint32_t)d->flow.out.text.len;
    read_inline(d, x);
    uint32_t end = (uint32_t)d->flow.out.text.len;
    while (start < end && d->flow.out.text.ptr[start] == '\n') start++;
    if (rel && rel->external && !d->deep) gk_flow_link(&d->flow, (gk_span){start, end}, rel->target);
}

/* What stands in a paragraph, a link, an insertion: runs, and wrappers around runs. Nesting is bounded by libxml2. */
static void read_inline(gk_docx *d, gk_xml *x) {
    static const char *const dropped[] = {"del", "moveFrom", "sdtPr", "sdtEndPr", "smartTagPr", "customXmlPr", "Fallback"};
    int depth = x->depth;
    while (gk_xml_next(x)) {
        if (x->kind == GK_XML_END && x->depth == depth) return;
        if (x->kind != GK_XML_START) continue;
        bool drop = false;
        for (size_t i = 0; i < sizeof dropped / sizeof *dropped; i++) drop |= gk_str_eqz(x->name, dropped[i]);
        if (drop) gk_xml_skip(x);
        else if (gk_str_eqz(x->name, "r")) read_run(d, x);
        else if (gk_str_eqz(x->name, "pPr")) read_properties(d, x);
        else if (gk_str_eqz(x->name, "hyperlink")) read_link(d, x);
        else if (gk_str_eqz(x->name, "t")) read_text(d, x);
        else read_inline(d, x);
    }
}

/* The text boxes of the paragraph that just ended, a line a paragraph. */
static void put_boxes(gk_docx *d) {
    gk_str rest = gk_buf_str(&d->boxes);
    while (rest.len && !d->deep) {
        const char *end = memchr(rest.ptr, '\n', rest.len);
        size_t len = end ? (size_t)(end - rest.ptr) : rest.len;
        gk_str line = gk_out_trim(gk_str_slice(rest, 0, len));
        gk_flow_text(&d->flow, line);
        gk_flow_paragraph(&d->flow, GK_BLOCK_TEXT, 0);
        rest = gk_str_slice(rest, len + 1, rest.len);
    }
    if (!d->deep) gk_buf_clear(&d->boxes);
}

static void end_paragraph(gk_docx *d) {
    gk_docx_paragraph p = d->paragraph;
    p.style = gk_buf_str(&d->style);
    gk_docx_resolve(d, &p);
    gk_block_kind kind = p.num > 0 ? GK_BLOCK_LIST : GK_BLOCK_TEXT;
    uint8_t level = 0;
    if (p.level == GK_DOCX_TOC) kind = GK_BLOCK_ASIDE;
    else if (p.level < GK_DOCX_BODY && gk_flow_is_heading(&d->flow)) {
        kind = GK_BLOCK_HEADING;
        level = (uint8_t)(p.level + 1);
    }
    gk_flow_paragraph(&d->flow, kind, level);
}

static void read_paragraph(gk_docx *d, gk_xml *x) {
    if (d->deep) { /* of a text box */
        gk_docx_paragraph outer = d->paragraph;
        read_inline(d, x);
        d->paragraph = outer;
        gk_buf_putc(&d->boxes, '\n');
        return;
    }
    if (!d->paragraph.joined) gk_buf_clear(&d->style);
    d->paragraph = (gk_docx_paragraph){.level = -1, .num = -1, .num_level = -1};
    d->fresh = !d->flow.in_paragraph;
    read_inline(d, x);
    if (!d->paragraph.joined) end_paragraph(d);
    put_boxes(d);
}

/* ---- tables */

static void read_cell_properties(gk_docx *d, gk_xml *x, uint32_t *skip) {
    int depth = x->depth;
    uint32_t span = 1;
    gk_flow_merge merge = GK_FLOW_SINGLE;
    while (gk_xml_next(x)) {
        if (x->kind == GK_XML_END && x->depth == depth) break;
        if (x->kind != GK_XML_START) continue;
        if (gk_str_eqz(x->name, "gridSpan")) span = gk_xml_number(x, "val", 4096, 1);
        if (gk_str_eqz(x->name, "vMerge"))
            merge = gk_str_eqz(gk_xml_attr(x, "val"), "restart") ? GK_FLOW_FIRST : GK_FLOW_MORE;
    }
    gk_flow_cell(&d->flow, span, *skip, merge);
    *skip = 0;
}

static void read_cell(gk_docx *d, gk_xml *x, uint32_t *skip) {
    int depth = x->depth;
    bool begun = false;
    while (gk_xml_next(x)) {
        if (x->kind == GK_XML_END && x->depth == depth) break;
        if (x->kind != GK_XML_START) continue;
        bool properties = gk_str_eqz(x->name, "tcPr");
        if (properties && !begun) read_cell_properties(d, x, skip);
        else if (!begun) gk_flow_cell(&d->flow, 1, *skip, GK_FLOW_SINGLE), *skip = 0;
        begun = true;
        if (!properties) read_block(d, x);
    }
    if (!begun) gk_flow_cell(&d->flow, 1, *skip, GK_FLOW_SINGLE), *skip = 0;
}

/* The properties of a row; false where it was deleted. */
static bool read_row_properties(gk_xml *x, uint32_t *skip) {
    int depth = x->depth;
    bool kept = true;
    while (gk_xml_next(x)) {
        if (x->kind == GK_XML_END && x->depth == depth) break;
        if (gk_xml_is(x, GK_XML_START, "gridBefore")) *skip = gk_xml_number(x, "val", 4096, 0);
        if (gk_xml_is(x, GK_XML_START, "del")) kept = false;
    }
    return kept;
}

/* A row, or a wrapper around cells. */
static void read_cells(gk_docx *d, gk_xml *x, uint32_t *skip) {
    int depth = x->depth;
    bool kept = true;
    while (gk_xml_next(x)) {
        if (x->kind == GK_XML_END && x->depth == depth) return;
        if (x->kind != GK_XML_START) continue;
        if (gk_str_eqz(x->name, "trPr")) kept = read_row_properties(x, skip);
        else if (!kept) gk_xml_skip(x);
        else if (gk_str_eqz(x->name, "tc")) read_cell(d, x, skip);
        else read_cells(d, x, skip);
    }
}

/* A table, or a wrapper around rows. */
static void read_rows(gk_docx *d, gk_xml *x) {
    int depth = x->depth;
    while (gk_xml_next(x)) {
        if (x->kind == GK_XML_END && x->depth == depth) return;
        if (x->kind != GK_XML_START) continue;
        if (gk_str_eqz(x->name, "tr")) {
            uint32_t skip = 0;
            gk_flow_row(&d->flow);
            read_cells(d, x, &skip);
        } else if (gk_str_eqz(x->name, "tblPr") || gk_str_eqz(x->name, "tblGrid")) gk_xml_skip(x);
        else read_rows(d, x);
    }
}

/* ---- blocks */

static void read_container(gk_docx *d, gk_xml *x) {
    int depth = x->depth;
    while (gk_xml_next(x)) {
        if (x->kind == GK_XML_END && x->depth == depth) return;
        if (x->kind == GK_XML_START) read_block(d, x);
    }
}

static void read_block(gk_docx *d, gk_xml *x) {
    static const char *const dropped[] = {"sectPr", "sdtPr", "sdtEndPr", "del", "moveFrom", "tcPr"};
    for (size_t i = 0; i < sizeof dropped / sizeof *dropped; i++)
        if (gk_str_eqz(x->name, dropped[i])) {
            gk_xml_skip(x);
            return;
        }
    if (gk_str_eqz(x->name, "p")) read_paragraph(d, x);
    else if (gk_str_eqz(x->name, "tbl") && d->deep) read_container(d, x);
    else if (gk_str_eqz(x->name, "tbl")) {
        gk_flow_table(&d->flow);
        read_rows(d, x);
        gk_flow_end_table(&d->flow);
    } else if (gk_str_eqz(x->name, "AlternateContent")) read_alternate(d, x, read_block);
    else read_container(d, x);
}

/* ---- the file */

static gk_code read_part(gk_docx *d, gk_str data, const char *name, const char *root) {
    gk_xml x;
    gk_xml_open(&x, data, name, d->err);
    while (gk_xml_next(&x)) {
        if (!gk_xml_is(&x, GK_XML_START, root)) continue;
        gk_str type = gk_xml_attr(&x, "type"); /* separators between text and notes */
        if (type.len && !gk_str_eqz(type, "normal")) gk_xml_skip(&x);
        else read_container(d, &x);
    }
    return gk_xml_close(&x);
}

static gk_code read_notes(gk_docx *d, const char *type, const char *root) {
    const gk_rel *rel = gk_rels_by_type(&d->rels, type);
    gk_str part = rel ? gk_zip_part(&d->zip, rel->target) : GK_STR_NONE;
    if (rel && !part.ptr) gk_doc_note(d->doc, GK_E_FORMAT, "the %s are missing from the file", type);
    return rel ? read_part(d, part, "a note", root) : GK_OK;
}

static gk_code read_all(gk_docx *d) {
    gk_str name = gk_rels_main(&d->zip, "word/document.xml", &d->arena), body = gk_zip_part(&d->zip, name);
    if (!body.len) return gk_zip_lacks(&d->zip, "document part", d->err);
    gk_code code = gk_rels_open(&d->zip, name, &d->rels, d->err);
    if (code == GK_OK) code = gk_docx_styles(d);
    if (code == GK_OK) code = gk_docx_numbering(d);
    if (code == GK_OK) code = read_part(d, body, "the document", "body");
    if (code == GK_OK) code = read_notes(d, "footnotes", "footnote");
    if (code == GK_OK) code = read_notes(d, "endnotes", "endnote");
    return code;
}

static bool want(gk_str name) {
    static const gk_str unread[] = {{"/theme/", 7},     {"/charts/", 8}, {"/glossary/", 10}, {"customXml/", 10},
                                    {"/fontTable", 10}, {"/media/", 7},  {"/settings", 9},   {"/webSettings", 12}};
    if (!gk_str_ends(name, GK_STR(".xml")) && !gk_str_ends(name, GK_STR(".rels"))) return false;
    for (size_t i = 0; i < sizeof unread / sizeof *unread; i++)
        if (gk_str_find(name, unread[i]) != SIZE_MAX) return false;
    return true;
}

static gk_code read_docx(gk_str bytes, gk_doc *doc, gk_err *err) {
    gk_docx d = {.doc = doc, .err = err};
    gk_code code = gk_zip_open(bytes, want, &d.zip, err);
    if (code != GK_OK) return code;
    gk_flow_open(&d.flow, doc);
    code = gk_flow_close(&d.flow, read_all(&d), err);
    if (code == GK_OK) gk_props_read(&d.zip, doc), gk_zip_note(&d.zip, doc);
    doc->charset = "UTF-8";
    gk_buf_free(&d.style);
    gk_buf_free(&d.boxes);
    gk_vec_free(&d.styles);
    gk_numbering_free(&d.numbering);
    gk_rels_close(&d.rels);
    gk_arena_free(&d.arena);
    gk_zip_close(&d.zip);
    return code;
}

static int recognise(gk_str bytes) { return gk_zip_has(bytes, "word/document") ? 9 : 0; }

const gk_reader gk_reader_docx = {"application/vnd.openxmlformats-officedocument.wordprocessingml.document", recognise,
                                  read_docx};
