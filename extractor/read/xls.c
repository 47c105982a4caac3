/* XLS: sheets in the order of the workbook, cells as they are shown. */
#include "read/xls.h"

#include <stdlib.h>

#include "read/ole.h"
#include "read/read.h"

static gk_code read_sheet(gk_xls *w, const gk_xls_listed *l) {
    if (!l->worksheet) return GK_OK;
    gk_sheet_clear(&w->sheet);
    gk_arena_reset(&w->texts);
    w->sheet.name = l->name;
    w->sheet.hidden = l->hidden;
    gk_code code = gk_xls_sheet(w, l->at);
    if (code == GK_E_FORMAT) { /* what stands before the damage is read */
        w->broken++;
        code = GK_OK;
    }
    return code == GK_OK ? gk_sheet_emit(&w->sheet, &w->out, w->err) : code;
}

static gk_code read_book(gk_xls *w, gk_str bytes, gk_buf *stream) {
    gk_ole ole;
    gk_code code = gk_ole_open(bytes, &ole, w->err);
    if (code != GK_OK) return code;
    gk_err cut = {0};
    gk_ole_read(&ole, gk_ole_find(&ole, "Workbook") ? "Workbook" : "Book", stream, &cut);
    w->stream = gk_buf_str(stream);
    code = gk_xls_book(w);
    for (size_t i = 0; i < w->sheets.len && code == GK_OK; i++) code = read_sheet(w, &w->sheets.at[i]);
    if (code == GK_OK && w->broken && !w->out.text.len)
        return gk_err_set(w->err, GK_E_FORMAT, "the sheets of the workbook are missing or cut off");
    if (w->broken)
        gk_doc_note(w->out.doc, GK_E_FORMAT, "%zu of %zu sheets are cut off or missing", w->broken, w->sheets.len);
    if (cut.code != GK_OK) gk_doc_note(w->out.doc, cut.code, "%s: parts are missing", cut.message);
    if (w->lost) gk_doc_note(w->out.doc, GK_E_FORMAT, "%zu cells name a text that the workbook does not hold", w->lost);
    return code;
}

static gk_code read_xls(gk_str bytes, gk_doc *doc, gk_err *err) {
    gk_xls w = {.err = err};
    gk_buf stream = {0};
    gk_out_open(&w.out, doc);
    gk_code code = gk_out_close(&w.out, read_book(&w, bytes, &stream), err);
    doc->charset = w.biff8 ? "UTF-16LE" : "GB18030";
    gk_sheet_free(&w.sheet);
    gk_vec_free(&w.strings);
    gk_vec_free(&w.formats);
    gk_vec_free(&w.styles);
    gk_vec_free(&w.sheets);
    gk_arena_free(&w.texts);
    gk_arena_free(&w.arena);
    gk_buf_free(&stream);
    return code;
}

static int recognise(gk_str bytes) { return gk_ole_has(bytes, "Workbook") || gk_ole_has(bytes, "Book") ? 8 : 0; }

const gk_reader gk_reader_xls = {"application/vnd.ms-excel", recognise, read_xls};
