/* Searches of a text for all that the rules of a scope find in it; remembered by the text, since headings, captions and
 * notes are the same in thousands of documents. */
#include "extract/engine.h"

size_t gk_find_all(gk_extractor *x, gk_scope scope, gk_range at, gk_match *out, size_t cap) {
    gk_str text = gk_view_text(x, at.start, at.end), kept;
    if (!text.len) return 0;
    bool fresh;
    gk_find_answer *a = gk_memo_at(x->finds, text, (uint32_t)scope, &fresh, &kept);
    size_t n;
    if (fresh || x->trace || a->count > GK_FIND_KEPT) {
        n = gk_match_all(x->matcher, scope, text, 0, text.len, out, cap);
        a->count = n;
        if (n <= GK_FIND_KEPT) memcpy(a->match, out, n * sizeof *out);
    } else {
        n = a->count < cap ? a->count : cap;
        memcpy(out, a->match, n * sizeof *out);
    }
    for (size_t i = 0; i < n; i++) gk_match_move(&out[i], at.start);
    return n;
}
