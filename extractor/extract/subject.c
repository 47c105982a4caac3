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

enum { AGENCY_LEAST = 9 }; /* bytes: three characters */

/* The name of the agency before a subject says nothing of the figure: "County Finance Bureau conference fee" is the conference fee. The text may print only
 * the end of the name. */
static bool trim_agency(gk_extractor *x, gk_str v, gk_range *at) {
    gk_str name = gk_view_text(x, x->agency_at.start, x->agency_at.end), s = gk_str_slice(v, at->start, at->end);
    for (; name.len >= AGENCY_LEAST; name = gk_str_slice(name, 1, name.len)) {
        if (((unsigned char)name.ptr[0] & 0xC0) == 0x80 || s.len <= name.len || !gk_str_starts(s, name)) continue;
        at->start += (uint32_t)name.len;
        return true;
    }
    return false;
}

gk_range gk_subject_trim(gk_extractor *x, gk_range at) {
    gk_str v = gk_view_text(x, 0, at.end);
    for (int rounds = 0; rounds < 12 && at.start < at.end; rounds++) {
        v.len = at.end;
        bool more = trim_head(x, v, &at);
        if (at.start < at.end && trim_tail(x, v, &at)) more = true;
        if (trim_agency(x, v, &at)) more = true;
        if (!more) break;
    }
    return at;
}

bool gk_label_says(gk_extractor *x, gk_range label, gk_match *says) {
    gk_str v = gk_view_text(x, 0, label.end);
    return label.start < label.end && gk_match_best(x->matcher, GK_SCOPE_LABEL, v, label.start, label.end, says);
}
