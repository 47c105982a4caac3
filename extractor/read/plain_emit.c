/* Adds text to the document: lines without their marking, long ones cut. */
#include <stdlib.h>

#include "base/limits.h"
#include "read/plain.h"

/* Bytes of a mark such as `[bookmark: _Toc1]` at the start of s: a Latin word, a colon and a name in brackets. */
static size_t mark_at(gk_str s) {
    size_t n = 1, most = s.len < 200 ? s.len : 200;
    if (s.len < 4 || s.ptr[0] != '[') return 0;
    while (n < most && s.ptr[n] >= 'a' && s.ptr[n] <= 'z') n++;
    if (n < 4 || n + 1 >= most || s.ptr[n] != ':' || s.ptr[n + 1] != ' ') return 0;
    const char *end = memchr(s.ptr + n, ']', most - n);
    return end ? (size_t)(end - s.ptr) + 1 : 0;
}

size_t pl_marks(gk_str s) {
    size_t at = 0;
    for (size_t n; (n = mark_at(gk_str_slice(s, at, s.len))) > 0;) at += n;
    return at;
}

static void add_seg(plain *p, uint32_t start, uint32_t end) {
    gk_span t = pl_trim(p, start, end);
    if (t.start < t.end) gk_doc_add_seg(p->doc, t);
}

static uint32_t find(const plain *p, uint32_t at, size_t end, char c) {
    const char *hit = memchr(p->text + at, c, end - at);
    return hit ? (uint32_t)(hit - p->text) : (uint32_t)end;
}

/* The next c from `at` on, or `end`. Most spans hold none, so the text is searched beyond them and the place kept; a
 * span that lies before what is known is searched by itself, so that going back costs no more than the span. */
static uint32_t next_of(const plain *p, pl_next *known, uint32_t at, uint32_t end, char c) {
    if (at >= end) return end;
    if (at < known->from) return find(p, at, end, c);
    if (at > known->at || known->from == known->at) *known = (pl_next){at, find(p, at, p->len, c)};
    return known->at < end ? known->at : end;
}

static uint32_t next_star(plain *p, uint32_t at, uint32_t end) { return next_of(p, &p->star, at, end, '*'); }
static uint32_t next_mark(plain *p, uint32_t at, uint32_t end) { return next_of(p, &p->bracket, at, end, '['); }

/* Text with marking in it, or of which that is not known. */
static void emit_marked(plain *p, gk_span s) {
    uint32_t from = s.start, star = next_star(p, s.start, s.end), mark = next_mark(p, s.start, s.end);
    while (star < s.end || mark < s.end) {
        if (star < mark) {
            bool two = star + 1 < s.end && p->text[star + 1] == '*';
            if (two) add_seg(p, from, star), from = star + 2;
            star = next_star(p, star + 1 + two, s.end);
            continue;
        }
        size_t n = mark_at(pl_str(p, (gk_span){mark, s.end}));
        if (n) {
            add_seg(p, from, mark);
            from = mark + (uint32_t)n;
            *gk_vec_push(&p->asides) = (gk_span){mark, from};
            if (star < from) star = next_star(p, from, s.end);
        }
        mark = next_mark(p, mark + 1, s.end);
        if (mark < from) mark = next_mark(p, from, s.end);
    }
    add_seg(p, from, s.end);
}

void pl_emit_text(plain *p, gk_span s) {
    if (pl_is_unmarked(p, s)) add_seg(p, s.start, s.end);
    else emit_marked(p, s);
}

void pl_emit_asides(plain *p) {
    for (size_t i = 0; i < p->asides.len; i++) gk_doc_add_block(p->doc, GK_BLOCK_ASIDE, p->asides.at[i]);
    p->asides.len = 0;
}

static int by_start(const void *a, const void *b) {
    const gk_block *x = a, *y = b;
    if (x->span.start != y->span.start) return x->span.start < y->span.start ? -1 : 1;
    return (x->kind == GK_BLOCK_ASIDE) - (y->kind == GK_BLOCK_ASIDE);
}

void pl_sort_blocks(plain *p, size_t from) {
    gk_block *at = p->doc->blocks.at;
    size_t n = p->doc->blocks.len, i = from + 1;
    while (i < n && at[i - 1].span.start <= at[i].span.start) i++;
    if (i < n) qsort(at + from, n - from, sizeof *at, by_start);
}

void pl_emit_aside(plain *p, const pl_line *l) {
    gk_block *b = gk_doc_add_block(p->doc, GK_BLOCK_ASIDE, (gk_span){l->start, l->end});
    b->page = p->doc->pages ? l->page + 1 : 0;
    gk_doc_add_seg(p->doc, (gk_span){l->start, l->end});
}

/* Where a text that is too long for one block is cut: behind its last sentence end, else between two characters. */
static uint32_t cut_at(const plain *p, uint32_t start) {
    uint32_t most = start + GK_MAX_BLOCK_BYTES, at = most;
    while (((unsigned char)p->text[at] & 0xC0) == 0x80) at--;
    for (uint32_t k = at; k > start + GK_MAX_BLOCK_BYTES / 2; k--)
        if (memcmp(p->text + k - 3, "\xE3\x80\x82", 3) == 0 || p->text[k - 1] == '\n') return k;
    return at;
}

void pl_emit_block(plain *p, gk_block_kind kind, gk_span s, uint32_t page) {
    do {
        uint32_t end = s.end - s.start > GK_MAX_BLOCK_BYTES ? cut_at(p, s.start) : s.end;
        size_t index = p->doc->blocks.len;
        gk_doc_add_block(p->doc, kind, (gk_span){s.start, end})->page = p->doc->pages ? page + 1 : 0;
        pl_emit_text(p, (gk_span){s.start, end});
        gk_block *b = &p->doc->blocks.at[index];
        if (!b->seg_count && p->asides.len) p->doc->blocks.len--; /* Nothing but marks. */
        else if (!b->seg_count) b->kind = GK_BLOCK_ASIDE;         /* Nothing but marking. */
        pl_emit_asides(p);
        s.start = end;
    } while (s.start < s.end);
}
