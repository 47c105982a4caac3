/* From the events of a flow to blocks. */
#include <stdlib.h>

#include "base/limits.h"
#include "read/flow.h"
#include "read/plain.h"

typedef struct emission {
    gk_flow *flow;
    gk_err *err;
    uint32_t row, col;     /* of the table being written */
    bool started, opened;  /* it has a row; the row at hand has no cell yet */
    uint64_t area;         /* columns of all cells so far */
    uint32_t *above;       /* by column: 1 + index of the cell that a merged one continues, 0: none */
} emission;

/* ---- paragraphs */

/* Whether a line break inside a paragraph parts two sentences or items: writers use it in place of a paragraph's end. */
static bool parts(gk_str before, gk_str after) {
    pl_end end = pl_end_of(before);
    if (pl_item_of(after) != PL_ITEM_NONE) return true;
    return end == PL_END_STOP || end == PL_END_SEMI || end == PL_END_COLON;
}

static gk_str text_of(const emission *e, gk_span s) {
    return (gk_str){e->flow->out.text.ptr + s.start, s.end - s.start};
}

/* Where the piece of a paragraph that starts at `start` ends. */
static uint32_t piece_end(const emission *e, uint32_t start, uint32_t end) {
    const char *text = e->flow->out.text.ptr;
    for (uint32_t at = start; at < end;) {
        const char *hit = memchr(text + at, '\n', end - at);
        if (!hit) return end;
        uint32_t line = (uint32_t)(hit - text), next_end = end;
        const char *next = line + 1 < end ? memchr(text + line + 1, '\n', end - line - 1) : NULL;
        if (next) next_end = (uint32_t)(next - text);
        gk_str before = gk_out_trim(text_of(e, (gk_span){at, line}));
        gk_str after = gk_out_trim(text_of(e, (gk_span){line + 1, next_end}));
        if (before.len && after.len && parts(before, after)) return line;
        at = line + 1;
    }
    return end;
}

/* Where a piece that is too long for one block is cut: between two characters. */
static uint32_t cut(const emission *e, uint32_t start, uint32_t end) {
    if (end - start <= GK_MAX_BLOCK_BYTES) return end;
    end = start + GK_MAX_BLOCK_BYTES;
    while (((unsigned char)e->flow->out.text.ptr[end] & 0xC0) == 0x80) end--;
    return end;
}

static void emit_text(emission *e, const gk_flow_event *v) {
    for (uint32_t start = v->at.start; start < v->at.end;) {
        uint32_t end = cut(e, start, piece_end(e, start, v->at.end));
        gk_span at = {start, end};
        if (gk_out_trim(text_of(e, at)).len) {
            gk_doc_add_block(e->flow->out.doc, (gk_block_kind)v->block, at)->level = v->level;
            gk_out_segs(&e->flow->out, at);
        }
        start = end;
        while (start < v->at.end && e->flow->out.text.ptr[start] == '\n') start++;
    }
}

/* ---- tables */

/* Whether the table at index i is a frame: no row of its own has a second cell. */
static bool is_frame(const gk_flow *f, size_t i) {
    uint32_t depth = f->events.at[i].depth, cells = 0;
    for (size_t k = i + 1; k < f->events.len; k++) {
        const gk_flow_event *v = &f->events.at[k];
        if (v->kind == GK_FLOW_END && v->depth == depth) break;
        if (v->depth != depth + 1) continue;
        if (v->kind == GK_FLOW_ROW) cells = 0;
        if (v->kind == GK_FLOW_CELL && ++cells > 1) return false;
    }
    return true;
}

/* A merged cell goes on below its first one; where it holds text of its own it is a cell of its own, so that nothing is
 * lost. */
static bool continues(emission *e, size_t i, uint32_t span) {
    const gk_flow *f = e->flow;
    const gk_flow_event *v = &f->events.at[i];
    uint32_t mark = v->merge == GK_FLOW_MORE && e->col < GK_MAX_TABLE_COLS ? e->above[e->col] : 0;
    if (!mark) return false;
    for (size_t k = i + 1; k < f->events.len && f->events.at[k].depth >= v->depth; k++) {
        const gk_flow_event *w = &f->events.at[k];
        if (w->depth == v->depth && w->kind != GK_FLOW_TEXT && w->kind != GK_FLOW_TABLE) break;
        if (w->kind == GK_FLOW_TEXT && gk_out_trim(text_of(e, w->at)).len) return false;
    }
    gk_cell *cell = &f->out.doc->cells.at[mark - 1];
    if (cell->colspan != span || cell->row + cell->rowspan != e->row || cell->rowspan == UINT16_MAX) return false;
    cell->rowspan++;
    return true;
}

static void emit_cell(emission *e, size_t i) {
    const gk_flow_event *v = &e->flow->events.at[i];
    gk_doc *doc = e->flow->out.doc;
    e->col += v->skip;
    if (!continues(e, i, v->span)) {
        gk_doc_add_cell(doc, e->row, e->col, 1, v->span);
        uint32_t mark = v->merge == GK_FLOW_SINGLE ? 0 : (uint32_t)doc->cells.len;
        for (uint32_t c = e->col; c < e->col + v->span && c < GK_MAX_TABLE_COLS; c++) e->above[c] = mark;
    }
    e->col += v->span;
    e->area += v->span;
}

/* Takes one event of the table whose rows stand at `depth`; what lies deeper gives its texts to the cell. */
static void take(emission *e, size_t i, uint32_t depth) {
    const gk_flow_event *v = &e->flow->events.at[i];
    if (v->kind == GK_FLOW_TEXT) gk_out_segs(&e->flow->out, v->at);
    if (v->depth != depth) return;
    if (v->kind == GK_FLOW_ROW) e->opened = true;
    if (v->kind != GK_FLOW_CELL) return;
    if (e->opened) e->row += e->started, e->col = 0;
    e->started = true;
    e->opened = false;
    emit_cell(e, i);
}

/* The text of a table reaches from its first to its last paragraph. */
static void widen(gk_span *span, const gk_flow_event *v) {
    if (v->kind != GK_FLOW_TEXT) return;
    if (span->start == span->end) span->start = v->at.start;
    span->end = v->at.end;
}

static gk_code emit_table(emission *e, size_t *i) {
    const gk_flow *f = e->flow;
    uint32_t depth = f->events.at[*i].depth + 1;
    gk_span span = {0, 0};
    gk_doc_add_table(f->out.doc, true);
    memset(e->above, 0, GK_MAX_TABLE_COLS * sizeof *e->above);
    e->row = e->col = 0;
    e->started = e->opened = false;
    for (++*i; *i < f->events.len; ++*i) {
        const gk_flow_event *v = &f->events.at[*i];
        if (v->kind == GK_FLOW_END && v->depth < depth) break;
        widen(&span, v);
        take(e, *i, depth);
        if (e->area > 4 * (uint64_t)GK_MAX_CELLS)
            return gk_err_set(e->err, GK_E_LIMIT, "the tables have more than %u cells (GK_MAX_CELLS)", GK_MAX_CELLS);
    }
    gk_doc *doc = f->out.doc;
    if (span.start < span.end) return gk_doc_end_table(doc, span, e->err);
    doc->cells.len = doc->tables.at[doc->tables.len - 1].first_cell; /* a table without text is none */
    doc->tables.len--;
    doc->blocks.len--;
    return GK_OK;
}

gk_code gk_flow_emit(gk_flow *f, gk_err *err) {
    emission e = {.flow = f, .err = err};
    gk_code code = GK_OK;
    e.above = gk_alloc(GK_MAX_TABLE_COLS * sizeof *e.above);
    for (size_t i = 0; i < f->events.len && code == GK_OK; i++) {
        const gk_flow_event *v = &f->events.at[i];
        if (v->kind == GK_FLOW_TEXT) emit_text(&e, v);
        if (v->kind == GK_FLOW_TABLE && !is_frame(f, i)) code = emit_table(&e, &i);
    }
    free(e.above);
    return code;
}
