/* Searches of a text for what the rules of a scope find in it; remembered by the text, since headings, captions and notes
 * are the same in thousands of documents. */
#include "extract/engine.h"

/* A text with a figure that has decimals hardly comes again: it is not kept, and leaves the room to those that do. */
static bool comes_again(gk_str s) {
    for (const char *p = s.ptr, *end = s.ptr + s.len; (p = memchr(p, '.', (size_t)(end - p))); p++)
        if (p > s.ptr && p + 1 < end && p[-1] >= '0' && p[-1] <= '9' && p[1] >= '0' && p[1] <= '9') return false;
    return true;
}

/* Answers without matches are most; the others keep theirs beside the table. */
static void keep(gk_extractor *x, gk_find_answer *a, const gk_match *m, size_t n) {
    gk_match *match = n ? gk_memo_room(x->finds, n * sizeof *match) : NULL;
    if (n) memcpy(match, m, n * sizeof *match);
    *a = (gk_find_answer){(uint32_t)n, true, match};
}

static size_t find_all(gk_extractor *x, gk_scope scope, gk_str text, gk_match *out, size_t cap) {
    bool fresh = true;
    gk_str key = text;
    gk_find_answer *a = NULL;
    if (comes_again(text) && !x->trace) a = gk_memo_at(x->finds, text, (uint32_t)scope, &fresh, &key);
    if (!fresh && a->kept) {
        size_t n = a->count < cap ? a->count : cap;
        if (n) memcpy(out, a->match, n * sizeof *out);
        return n;
    }
    size_t n = gk_match_all(x->matcher, scope, text, 0, text.len, out, cap);
    if (key.ptr != text.ptr && n < cap) keep(x, a, out, n);
    return n;
}

size_t gk_find_all(gk_extractor *x, gk_scope scope, gk_range at, gk_match *out, size_t cap) {
    gk_str text = gk_view_text(x, at.start, at.end);
    size_t n = text.len ? find_all(x, scope, text, out, cap) : 0;
    for (size_t i = 0; i < n; i++) gk_match_move(&out[i], at.start);
    return n;
}

bool gk_find_best(gk_extractor *x, gk_scope scope, gk_range at, gk_match *out) {
    gk_str text = gk_view_text(x, at.start, at.end);
    if (!text.len) return false;
    bool fresh = true, keeps = comes_again(text) && !x->trace, speaks;
    gk_label_answer *a = keeps ? gk_memo_at(x->labels, text, (uint32_t)scope, &fresh, NULL) : NULL;
    if (fresh) {
        speaks = gk_match_best(x->matcher, scope, text, 0, text.len, out);
        if (a && speaks) a->speaks = true, a->match = *out;
    } else if ((speaks = a->speaks)) *out = a->match;
    if (speaks) gk_match_move(out, at.start);
    return speaks;
}
