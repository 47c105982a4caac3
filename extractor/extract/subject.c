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

gk_range gk_subject_trim(gk_extractor *x, gk_range at) {
    gk_str v = gk_view_text(x, 0, at.end);
    for (int rounds = 0; rounds < 12 && at.start < at.end; rounds++) {
        v.len = at.end;
        bool more = trim_head(x, v, &at);
        if (at.start < at.end && trim_tail(x, v, &at)) more = true;
        if (!more) break;
    }
    return at;
}

bool gk_label_says(gk_extractor *x, gk_range label, gk_match *says) {
    gk_str v = gk_view_text(x, 0, label.end);
    return label.start < label.end && gk_match_best(x->matcher, GK_SCOPE_LABEL, v, label.start, label.end, says);
}
