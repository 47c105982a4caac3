/* DOC: the text as it is shown, tables with their merged cells, the printed numbers of lists, notes and text boxes. */
#include "read/doc.h"

#include <stdlib.h>

#include "base/limits.h"
#include "read/read.h"

static void put_paragraph(gk_word *w, const gk_word_paragraph *p) {
    gk_block_kind kind = p->list ? GK_BLOCK_LIST : GK_BLOCK_TEXT;
    uint8_t level = 0;
    gk_word_text(w, p);
    if (p->level == GK_DOC_TOC) kind = GK_BLOCK_ASIDE;
    else if (p->level < GK_DOC_BODY && gk_flow_is_heading(&w->flow))
        kind = GK_BLOCK_HEADING, level = (uint8_t)(p->level + 1);
    gk_flow_paragraph(&w->flow, kind, level);
}

/* One of the texts of the file. */
static gk_code put_part(gk_word *w, uint32_t cp, uint32_t length) {
    uint32_t end = cp + length;
    w->paragraphs.len = w->rows.len = w->edges.len = 0;
    w->fields = 0;
    w->field_codes = 0;
    gk_code code = gk_word_split(w, cp, end < cp ? cp : end);
    for (size_t i = 0; code == GK_OK && i < w->paragraphs.len && !w->flow.out.text.over;) {
        if (w->paragraphs.at[i].depth) i = gk_word_table_flow(w, i, w->paragraphs.len);
        else put_paragraph(w, &w->paragraphs.at[i++]);
    }
    return code;
}

static gk_code put_parts(gk_word *w) {
    static const bool wanted[] = {
        [GK_WORD_MAIN] = true, [GK_WORD_NOTES] = true, [GK_WORD_ENDNOTES] = true, [GK_WORD_BOXES] = true};
    uint32_t cp = 0;
    gk_code code = GK_OK;
    for (size_t i = 0; code == GK_OK && i < sizeof wanted / sizeof *wanted; i++) {
        if (wanted[i]) code = put_part(w, cp, w->lengths[i]);
        if (cp + w->lengths[i] < cp) break;
        cp += w->lengths[i];
    }
    return code;
}

/* The text does not stand there. */
static void note_stream(gk_word *w, const gk_err *why) {
    gk_doc_note(w->flow.out.doc, GK_E_FORMAT, "%s: list numbers and tables may be wrong", why->message);
}

static gk_code read_file(gk_word *w, gk_str bytes) {
    gk_ole ole;
    gk_err ignored;
    gk_code code = gk_ole_open(bytes, &ole, w->err);
    if (code == GK_OK) code = gk_ole_read(&ole, "WordDocument", &w->buffers[0], w->err);
    if (code != GK_OK) return code;
    w->main = gk_buf_str(&w->buffers[0]);
    code = gk_ole_read(&ole, gk_u16(w->main, 10) & 0x0200 ? "1Table" : "0Table", &w->buffers[1], &ignored);
    if (code != GK_OK) note_stream(w, &ignored);
    w->table = gk_buf_str(&w->buffers[1]);
    code = gk_ole_read(&ole, "Data", &w->buffers[2], &ignored);
    if (code == GK_OK) w->data = gk_buf_str(&w->buffers[2]);
    else if (gk_ole_find(&ole, "Data")) note_stream(w, &ignored);
    code = gk_word_open(w);
    return code == GK_OK ? put_parts(w) : code;
}

static gk_code read_doc(gk_str bytes, gk_doc *doc, gk_err *err) {
    gk_word w = {.err = err};
    gk_flow_open(&w.flow, doc);
    gk_code code = gk_flow_close(&w.flow, read_file(&w, bytes), err);
    doc->charset = "UTF-16LE";
    for (size_t i = 0; i < sizeof w.buffers / sizeof *w.buffers; i++) gk_buf_free(&w.buffers[i]);
    gk_vec_free(&w.pieces);
    gk_vec_free(&w.styles);
    gk_vec_free(&w.paragraphs);
    gk_vec_free(&w.rows);
    gk_vec_free(&w.edges);
    gk_numbering_free(&w.numbering);
    gk_arena_free(&w.arena);
    return code;
}

static int recognise(gk_str bytes) { return gk_ole_has(bytes, "WordDocument") ? 9 : 0; }

const gk_reader gk_reader_doc = {"application/msword", recognise, read_doc};
