#include "read/flow.h"

#include <stdlib.h>

#include "base/limits.h"

enum { MOST_DEPTH = 16, MOST_SPAN = 4096 };

void gk_flow_open(gk_flow *f, gk_doc *doc) {
    *f = (gk_flow){.fresh = true};
    gk_out_open(&f->out, doc);
}

static gk_flow_event *push(gk_flow *f, gk_flow_kind kind) {
    gk_flow_event *e = gk_vec_push(&f->events);
    *e = (gk_flow_event){.kind = (uint8_t)kind, .depth = f->depth};
    return e;
}

/* A paragraph begins on a line of its own, the first of a cell right behind the tab. */
static void begin(gk_flow *f) {
    if (f->in_paragraph) return;
    if (!f->depth) gk_out_line(&f->out);
    else if (!f->fresh) gk_buf_putc(&f->out.text, '\n');
    f->in_paragraph = true;
    f->fresh = false;
    f->start = (uint32_t)f->out.text.len;
}

gk_span gk_flow_text(gk_flow *f, gk_str s) {
    if (!s.len) return (gk_span){(uint32_t)f->out.text.len, (uint32_t)f->out.text.len};
    begin(f);
    return gk_out_put(&f->out, s);
}

void gk_flow_paragraph(gk_flow *f, gk_block_kind kind, uint8_t level) {
    if (!f->in_paragraph) return;
    f->in_paragraph = false;
    gk_flow_event *e = push(f, GK_FLOW_TEXT);
    e->block = (uint8_t)kind;
    e->level = level;
    e->at = (gk_span){f->start, (uint32_t)f->out.text.len};
}

/* Headings are short and no sentences, whatever level the writer gave to a paragraph. */
bool gk_flow_is_heading(const gk_flow *f) {
    enum { MOST_HEADING = 240 };
    static const gk_str ends[] = {{"\xE3\x80\x82", 3}, {"\xEF\xBC\x9B", 3}, {"\xEF\xBC\x8C", 3}}; /* 。；， */
    if (!f->in_paragraph) return false;
    gk_str s = gk_out_trim((gk_str){f->out.text.ptr + f->start, f->out.text.len - f->start});
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (gk_str_ends(s, ends[i])) return false;
    return s.len <= MOST_HEADING;
}

void gk_flow_table(gk_flow *f) {
    gk_flow_paragraph(f, GK_BLOCK_TEXT, 0);
    if (f->depth == MOST_DEPTH) {
        f->deeper++;
        return;
    }
    push(f, GK_FLOW_TABLE);
    f->depth++;
}

void gk_flow_row(gk_flow *f) {
    gk_flow_paragraph(f, GK_BLOCK_TEXT, 0);
    if (f->deeper || !f->depth) return;
    push(f, GK_FLOW_ROW);
    gk_out_line(&f->out);
    f->fresh = true;
}

void gk_flow_cell(gk_flow *f, uint32_t span, uint32_t skip, gk_flow_merge merge) {
    gk_flow_paragraph(f, GK_BLOCK_TEXT, 0);
    if (f->deeper || !f->depth || f->cells > GK_MAX_CELLS) return;
    f->cells++;
    bool first = f->events.at[f->events.len - 1].kind == GK_FLOW_ROW;
    gk_flow_event *e = push(f, GK_FLOW_CELL);
    e->span = (uint16_t)(span > MOST_SPAN ? MOST_SPAN : span ? span : 1);
    e->skip = (uint16_t)(skip > MOST_SPAN ? MOST_SPAN : skip);
    e->merge = (uint8_t)merge;
    if (!first) gk_buf_putc(&f->out.text, '\t');
    f->fresh = true;
}

void gk_flow_end_table(gk_flow *f) {
    gk_flow_paragraph(f, GK_BLOCK_TEXT, 0);
    if (f->deeper) f->deeper--;
    else if (f->depth) {
        f->depth--;
        push(f, GK_FLOW_END);
        f->fresh = false;
    }
}

void gk_flow_link(gk_flow *f, gk_span anchor, gk_str target) {
    gk_doc *doc = f->out.doc;
    if (anchor.start < anchor.end && target.len)
        *gk_vec_push(&doc->links) = (gk_link){anchor, gk_arena_dup(&doc->arena, target)};
}

gk_code gk_flow_close(gk_flow *f, gk_code code, gk_err *err) {
    gk_flow_paragraph(f, GK_BLOCK_TEXT, 0);
    while (f->depth) gk_flow_end_table(f);
    if (code == GK_OK && f->cells > GK_MAX_CELLS)
        code = gk_err_set(err, GK_E_LIMIT, "the tables have more than %u cells (GK_MAX_CELLS)", GK_MAX_CELLS);
    if (code == GK_OK && !f->out.text.over) code = gk_flow_emit(f, err);
    gk_vec_free(&f->events);
    return gk_out_close(&f->out, code, err);
}
