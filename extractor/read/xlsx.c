/* XLSX: sheets in the order of the workbook, cells as they are shown. */
#include "read/xlsx.h"

#include <stdlib.h>

#include "read/office_props.h"
#include "read/read.h"

static bool want(gk_str name) {
    static const gk_str unread[] = {{"/theme/", 7}, {"/charts/", 8}, {"/pivot", 6}, {"customXml/", 10}};
    if (!gk_str_ends(name, GK_STR(".xml")) && !gk_str_ends(name, GK_STR(".rels"))) return false;
    for (size_t i = 0; i < sizeof unread / sizeof *unread; i++)
        if (gk_str_find(name, unread[i]) != SIZE_MAX) return false;
    return true;
}

typedef struct listed {
    gk_str name, id;
    bool hidden;
} listed;

typedef GK_VEC(listed) listing;

/* The sheets of the workbook, in its order. */
static gk_code list_sheets(gk_xlsx *w, gk_str workbook, listing *list) {
    gk_xml x;
    gk_xml_open(&x, workbook, "the workbook", w->err);
    while (gk_xml_next(&x)) {
        if (x.kind != GK_XML_START) continue;
        if (gk_str_eqz(x.name, "workbookPr")) w->from_1904 = gk_xml_flag(&x, "date1904", false);
        if (!gk_str_eqz(x.name, "sheet")) continue;
        listed *l = gk_vec_push(list);
        l->name = gk_arena_dup(&w->arena, gk_xml_attr(&x, "name"));
        l->id = gk_arena_dup(&w->arena, gk_xml_attr(&x, "id"));
        gk_str state = gk_xml_attr(&x, "state");
        l->hidden = state.len && !gk_str_eqz(state, "visible");
    }
    return gk_xml_close(&x);
}

static gk_code read_sheet(gk_xlsx *w, const listed *l) {
    const gk_rel *rel = gk_rels_by_id(&w->rels, l->id);
    if (!rel || !gk_str_eqz(rel->type, "worksheet")) return GK_OK;
    if (!gk_zip_part(&w->zip, rel->target).ptr) return w->missing++, GK_OK;
    gk_sheet_clear(&w->sheet);
    gk_arena_reset(&w->texts);
    w->sheet.name = l->name;
    w->sheet.hidden = l->hidden;
    gk_code code = gk_xlsx_sheet(w, rel->target);
    if (code == GK_OK) code = gk_xlsx_drawing(w, rel->target);
    return code == GK_OK ? gk_sheet_emit(&w->sheet, &w->out, w->err) : code;
}

/* Without its texts or its number formats a workbook gives wrong figures. */
static gk_code look_for_parts(const gk_xlsx *w) {
    static const struct {
        const char *type, *name;
    } needed[] = {{"sharedStrings", "table of strings"}, {"styles", "list of number formats"}};
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++) {
        const gk_rel *rel = gk_rels_by_type(&w->rels, needed[i].type);
        if (rel && !gk_zip_part(&w->zip, rel->target).ptr && w->zip.cut)
            return gk_zip_lacks(&w->zip, needed[i].name, w->err);
    }
    return GK_OK;
}

static gk_code read_book(gk_xlsx *w) {
    listing list = {0};
    gk_str name = gk_rels_main(&w->zip, "xl/workbook.xml", &w->arena), book = gk_zip_part(&w->zip, name);
    if (!book.len) return gk_zip_lacks(&w->zip, "workbook part", w->err);
    gk_code code = gk_rels_open(&w->zip, name, &w->rels, w->err);
    if (code == GK_OK) code = look_for_parts(w);
    if (code == GK_OK) code = list_sheets(w, book, &list);
    if (code == GK_OK) code = gk_xlsx_styles(w);
    if (code == GK_OK) code = gk_xlsx_strings(w);
    for (size_t i = 0; i < list.len && code == GK_OK; i++) code = read_sheet(w, &list.at[i]);
    if (code == GK_OK && list.len && w->missing == list.len) code = gk_zip_lacks(&w->zip, "sheet", w->err);
    if (w->missing)
        gk_doc_note(w->doc, GK_E_FORMAT, "%zu of %zu sheets are missing from the file", w->missing, list.len);
    if (w->lost)
        gk_doc_note(w->doc, GK_E_FORMAT, "%zu cells name a text that the workbook does not hold", w->lost);
    gk_vec_free(&list);
    return code;
}

static gk_code read_xlsx(gk_str bytes, gk_doc *doc, gk_err *err) {
    gk_xlsx w = {.doc = doc, .err = err};
    gk_code code = gk_zip_open(bytes, want, &w.zip, err);
    if (code != GK_OK) return code;
    gk_out_open(&w.out, doc);
    code = gk_out_close(&w.out, read_book(&w), err);
    if (code == GK_OK) gk_props_read(&w.zip, doc), gk_zip_note(&w.zip, doc);
    doc->charset = "UTF-8";
    gk_sheet_free(&w.sheet);
    gk_vec_free(&w.strings);
    gk_vec_free(&w.formats);
    gk_vec_free(&w.styles);
    gk_rels_close(&w.rels);
    gk_arena_free(&w.texts);
    gk_arena_free(&w.arena);
    gk_zip_close(&w.zip);
    return code;
}

static int recognise(gk_str bytes) { return gk_zip_has(bytes, "xl/workbook") || gk_zip_has(bytes, "xl/worksheets/") ? 9 : 0; }

const gk_reader gk_reader_xlsx = {"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", recognise, read_xlsx};
