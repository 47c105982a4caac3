/* The PDF reader. See pdf.h for its parts. */
#include "read/pdf.h"

#include <stdlib.h>

#include "base/limits.h"
#include "read/read.h"

static void free_page(pd_page *g) {
    gk_vec_free(&g->chars);
    gk_vec_free(&g->across);
    gk_vec_free(&g->down);
    gk_vec_free(&g->fills);
    gk_vec_free(&g->frags);
}

void pd_free(pdf *p) {
    free_page(&p->page);
    gk_buf_free(&p->scratch);
    gk_vec_free(&p->boxes);
    gk_vec_free(&p->lines);
    gk_vec_free(&p->cell_lines);
    gk_vec_free(&p->cells);
    gk_vec_free(&p->tables);
    gk_vec_free(&p->xs);
    gk_vec_free(&p->items);
    gk_vec_free(&p->sheets);
    gk_vec_free(&p->fonts);
}

/* What the stream says of the whole document: pages that could be read are read, also of a damaged one. */
gk_code pd_check(pdf *p) {
    gk_err *err = p->err;
    size_t failed = 0, chars = 0;
    if (p->failed == GK_E_FORMAT) return gk_err_set(err, p->failed, "the PDF is damaged: %s", p->why);
    if (p->failed != GK_OK) return gk_err_set(err, p->failed, "%s", p->why);
    for (size_t i = 0; i < p->sheets.len; i++) failed += p->sheets.at[i].failed, chars += p->sheets.at[i].chars;
    if (!p->ended && !p->begun) return gk_err_set(err, GK_E_CONVERTER, "gongkai-pdf said nothing");
    if (!p->ended && !p->sheets.len) return gk_err_set(err, GK_E_FORMAT, "no page could be read");
    if (!chars && failed) return gk_err_set(err, GK_E_FORMAT, "none of %zu pages could be read", p->sheets.len);
    if (p->scratch.over)
        return gk_err_set(err, GK_E_LIMIT, "the text has more than %u bytes (GK_MAX_TEXT_BYTES)", GK_MAX_TEXT_BYTES);
    if (p->cells.len > GK_MAX_CELLS)
        return gk_err_set(err, GK_E_LIMIT, "the tables have more than %u cells (GK_MAX_CELLS)", GK_MAX_CELLS);
    return GK_OK;
}

gk_code pd_finish(pdf *p) {
    gk_code code = pd_check(p);
    p->doc->pages = (uint32_t)p->sheets.len;
    if (code == GK_OK) code = pd_judge(p);
    if (code != GK_OK) return code;
    pd_note(p);
    pd_find_asides(p);
    pd_join_items(p);
    return pd_emit(p);
}

static bool take(void *user, gk_str more) { return pd_stream_take(user, more); }

void pd_begin(pdf *p, gk_doc *doc, gk_err *err) {
    *p = (pdf){.doc = doc, .err = err};
    p->scratch.max = GK_MAX_TEXT_BYTES;
}

gk_code pd_read_stream(gk_str stream, gk_doc *doc, gk_err *err) {
    pdf p;
    pd_begin(&p, doc, err);
    pd_stream s = {.p = &p};
    gk_code code = pd_stream_take(&s, stream) ? pd_finish(&p) : gk_err_set(err, GK_E_FORMAT, "the stream is damaged");
    pd_stream_free(&s);
    pd_free(&p);
    return code;
}

static gk_code read_pdf(gk_str bytes, gk_doc *doc, gk_err *err) {
    if (doc->ocr) return pd_read_recognised(bytes, doc, err);
    pdf p;
    pd_begin(&p, doc, err);
    pd_stream s = {.p = &p};
    gk_code code = pd_spawn(bytes, take, &s, err);
    if (code == GK_OK) code = pd_finish(&p);
    pd_stream_free(&s);
    pd_free(&p);
    return code;
}

/* "%PDF-" stands at the start, or behind some bytes of rubbish. */
static int recognise(gk_str bytes) {
    if (gk_str_starts(bytes, GK_STR("%PDF-"))) return 100;
    return gk_str_find(gk_str_slice(bytes, 0, 1024), GK_STR("%PDF-")) != SIZE_MAX ? 60 : 0;
}

const gk_reader gk_reader_pdf = {"application/pdf", recognise, read_pdf};
