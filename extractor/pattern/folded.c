/* Refusing characters that cannot occur in the text patterns are matched on. */
#include "pattern/load.h"
#include "text/charset.h"

/* ASCII is left out: it is the syntax of patterns, and folding only heals its blanks. */
static bool check_range(gk_build *b, const gk_tree *t, uint32_t node, gk_str text, size_t from, size_t to) {
    for (size_t at = from, bytes; at < to; at += bytes) {
        if ((unsigned char)text.ptr[at] < 0x80) {
            bytes = 1;
            continue;
        }
        uint32_t c = gk_char_at(text, at, &bytes);
        gk_str folded = gk_fold_of(b->set->fold, c);
        if (!folded.ptr) continue;
        gk_str written = gk_str_slice(text, at, at + bytes);
        if (gk_str_trim(folded).len == 0)
            return gk_node_fail_at(t, node, at, b->err, "U+%04X never stands in folded text: it is dropped there",
                                   (unsigned)c);
        return gk_node_fail_at(t, node, at, b->err, "`%.*s` (U+%04X) never stands in folded text: write `%.*s`",
                               GK_STR_ARG(written), (unsigned)c, GK_STR_ARG(folded));
    }
    return true;
}

bool gk_check_folded(gk_build *b, const gk_tree *t, uint32_t node, gk_str text, bool pattern) {
    if (!b->set->fold) return true;
    if (!pattern) return check_range(b, t, node, text, 0, text.len);
    gk_pieces pieces = {.text = text};
    gk_piece p;
    while (gk_piece_next(&pieces, &p))
        if (p.kind == GK_PIECE_TEXT && !check_range(b, t, node, text, p.start, p.end)) return false;
    return true;
}
