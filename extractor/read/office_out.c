#include "read/office_out.h"

#include <stdlib.h>

#include "base/limits.h"

void gk_out_open(gk_out *o, gk_doc *doc) {
    *o = (gk_out){.doc = doc, .text = {.max = GK_MAX_TEXT_BYTES}};
}

gk_span gk_out_put(gk_out *o, gk_str s) {
    uint32_t start = (uint32_t)o->text.len;
    gk_buf_put(&o->text, s);
    if (o->text.over) o->text.len = start; /* all or nothing: no half characters */
    return (gk_span){start, (uint32_t)o->text.len};
}

void gk_out_line(gk_out *o) {
    if (o->text.len && o->text.ptr[o->text.len - 1] != '\n') gk_buf_putc(&o->text, '\n');
}

/* Bytes of the blank at the start of s, 0 where there is none. */
static size_t blank_at(gk_str s) {
    static const gk_str wide[] = {{"\xC2\xA0", 2}, {"\xE3\x80\x80", 3}, {"\xEF\xBB\xBF", 3}};
    if (!s.len) return 0;
    if (s.ptr[0] == ' ' || (s.ptr[0] >= '\t' && s.ptr[0] <= '\r')) return 1;
    for (size_t i = 0; i < sizeof wide / sizeof *wide; i++)
        if (gk_str_starts(s, wide[i])) return wide[i].len;
    return 0;
}

static size_t blank_before(gk_str s) {
    for (size_t n = 1; n <= 3 && n <= s.len; n++)
        if (blank_at(gk_str_slice(s, s.len - n, s.len)) == n) return n;
    return 0;
}

gk_str gk_out_trim(gk_str s) {
    for (size_t n; (n = blank_at(s)) > 0;) s = gk_str_slice(s, n, s.len);
    for (size_t n; (n = blank_before(s)) > 0;) s.len -= n;
    return s;
}

void gk_out_segs(gk_out *o, gk_span at) {
    const char *text = o->text.ptr;
    for (uint32_t from = at.start; from < at.end;) {
        const char *end = memchr(text + from, '\n', at.end - from);
        uint32_t to = end ? (uint32_t)(end - text) : at.end;
        gk_str line = gk_out_trim((gk_str){text + from, to - from});
        uint32_t start = (uint32_t)(line.ptr - text);
        if (line.len) gk_doc_add_seg(o->doc, (gk_span){start, start + (uint32_t)line.len});
        from = to + 1;
    }
}

void gk_out_block(gk_out *o, gk_block_kind kind, uint8_t level, gk_str s) {
    if (!gk_out_trim(s).len) return;
    gk_out_line(o);
    gk_span at = gk_out_put(o, s);
    gk_doc_add_block(o->doc, kind, at)->level = level;
    gk_out_segs(o, at);
}

gk_code gk_out_close(gk_out *o, gk_code code, gk_err *err) {
    if (code == GK_OK && o->text.over)
        code = gk_err_set(err, GK_E_LIMIT, "the text is longer than GK_MAX_TEXT_BYTES (%u bytes)", GK_MAX_TEXT_BYTES);
    gk_out_line(o);
    if (code == GK_OK) o->doc->text = gk_arena_dup(&o->doc->arena, gk_buf_str(&o->text));
    gk_buf_free(&o->text);
    return code;
}
