/* Subjects: from the text around a number to the shortest printed label. */
#include "extract/engine.h"

static bool trim_head(gk_extractor *x, gk_str v, gk_range *at) {
    gk_match m;
    if (!gk_match_best(x->matcher, GK_SCOPE_TRIM_HEAD, v, at->start, at->end, &m) || m.end == at->start) return false;
    at->start = m.end;
    return true;
}

static bool trim_tail(gk_extractor *x, gk_str v, gk_range *at) {
    gk_match m;
    if (!gk_match_best(x->matcher, GK_SCOPE_TRIM_TAIL, v, at->start, at->end, &m) || m.start == at->end) return false;
    at->end = m.start;
    return true;
}

enum { ROUNDS = 12 };

/* What the trim rules leave of a text; offsets within the text. */
static gk_range trim_text(gk_extractor *x, gk_str text) {
    gk_range at = {0, (uint32_t)text.len};
    for (int rounds = 0; rounds < ROUNDS && at.start < at.end; rounds++) {
        gk_str v = gk_str_slice(text, 0, at.end);
        bool more = trim_head(x, v, &at);
        if (at.start < at.end && trim_tail(x, v, &at)) more = true;
        if (!more) break;
    }
    return at;
}

static gk_range trim_kept(gk_extractor *x, gk_range at) {
    gk_str text = gk_view_text(x, at.start, at.end);
    if (!text.len) return at;
    bool fresh;
    gk_range *left = gk_memo_at(x->trims, text, 0, &fresh, NULL);
    if (fresh) *left = trim_text(x, text);
    return (gk_range){at.start + left->start, at.start + left->end};
}

enum { AGENCY_LEAST = 9 }; /* bytes: three characters */

/* The name of the agency before a subject says nothing of the figure: "County Finance Bureau conference fee" is the
 * conference fee. The text may print only the end of the name. */
static bool trim_agency(gk_extractor *x, gk_range *at) {
    gk_str name = gk_view_text(x, x->agency_at.start, x->agency_at.end), s = gk_view_text(x, at->start, at->end);
    for (; name.len >= AGENCY_LEAST; name = gk_str_slice(name, 1, name.len)) {
        if (((unsigned char)name.ptr[0] & 0xC0) == 0x80 || s.len <= name.len || !gk_str_starts(s, name)) continue;
        at->start += (uint32_t)name.len;
        return true;
    }
    return false;
}

gk_range gk_subject_trim(gk_extractor *x, gk_range at) {
    at = trim_kept(x, at);
    while (trim_agency(x, &at)) at = trim_kept(x, at);
    return at;
}

void gk_match_move(gk_match *m, uint32_t by) {
    m->start += by;
    m->end += by;
    for (size_t i = 0; i <= GK_MAX_GROUPS; i++) {
        if (m->group[i].start == UINT32_MAX) continue;
        m->group[i].start += by;
        m->group[i].end += by;
    }
}

bool gk_label_says(gk_extractor *x, gk_range label, gk_match *says) {
    gk_str text = gk_view_text(x, label.start, label.end);
    if (!text.len) return false;
    bool fresh;
    gk_label_answer *a = gk_memo_at(x->labels, text, 0, &fresh, NULL);
    if (fresh) a->speaks = gk_match_best(x->matcher, GK_SCOPE_LABEL, text, 0, (uint32_t)text.len, &a->match);
    if (!a->speaks) return false;
    *says = a->match;
    gk_match_move(says, label.start);
    return true;
}
