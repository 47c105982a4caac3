/* Subjects: from the text around a number to the shortest printed label. */
#include "extract/known.h"

/* Both look at the text that is left alone: what was cut off before does not matter to them. */
static bool trim_head(gk_extractor *x, gk_str text, gk_range *at) {
    gk_match m;
    gk_str v = gk_str_slice(text, at->start, at->end);
    if (!gk_match_best(x->matcher, GK_SCOPE_TRIM_HEAD, v, 0, (uint32_t)v.len, &m) || m.end == 0) return false;
    at->start += m.end;
    return true;
}

static bool trim_tail(gk_extractor *x, gk_str text, gk_range *at) {
    gk_match m;
    gk_str v = gk_str_slice(text, at->start, at->end);
    if (!gk_match_best(x->matcher, GK_SCOPE_TRIM_TAIL, v, 0, (uint32_t)v.len, &m) || m.start == v.len) return false;
    at->end = at->start + m.start;
    return true;
}

enum { ROUNDS = 16 };

/* What the trim rules leave of a text; offsets within the text. First all of the head goes, because what is cut off the
 * end depends on what is left: "本部门支出预算" is "支出预算", and not "本部门支出" first. */
static gk_range trim_text(gk_extractor *x, gk_str text) {
    gk_range at = {0, (uint32_t)text.len};
    for (int rounds = 0; rounds < ROUNDS && at.start < at.end; rounds++)
        if (!trim_head(x, text, &at) && !trim_tail(x, text, &at)) break;
    return at;
}

static gk_range trim_kept(gk_extractor *x, gk_range at) {
    gk_str text = gk_view_text(x, at.start, at.end);
    if (!text.len) return at;
    gk_known *k = gk_known_of(x, text);
    if (!k->trimmed) k->trimmed = true, k->left = trim_text(x, text);
    return (gk_range){at.start + k->left.start, at.start + k->left.end};
}

enum { AGENCY_LEAST = 9 }; /* bytes: three characters */

/* The bit of a character in the set of those that an end of the name starts with, by its second and third byte. Most
 * subjects start with none of them. */
static uint8_t start_bit(const char *p) {
    return (uint8_t)((unsigned char)p[1] << 6 | ((unsigned char)p[2] & 0x3F));
}

void gk_subject_agency(gk_extractor *x, gk_range at) {
    gk_str name = gk_view_text(x, at.start, at.end);
    x->agency_at = at;
    memset(x->agency_starts, 0, sizeof x->agency_starts);
    for (; name.len >= AGENCY_LEAST; name = gk_str_slice(name, 1, name.len)) {
        uint8_t bit = start_bit(name.ptr);
        x->agency_starts[bit / 64] |= (uint64_t)1 << bit % 64;
    }
}

static bool may_start_agency(const gk_extractor *x, gk_str s) {
    if (s.len <= AGENCY_LEAST) return false;
    uint8_t bit = start_bit(s.ptr);
    return x->agency_starts[bit / 64] >> bit % 64 & 1;
}

/* The bytes that a text begins with of the name of the agency or of an end of it, 0 for none or for the whole text. */
static size_t agency_bytes(const gk_extractor *x, gk_range at) {
    gk_str name = gk_view_text(x, x->agency_at.start, x->agency_at.end), s = gk_view_text(x, at.start, at.end);
    if (!may_start_agency(x, s)) return 0;
    for (; name.len >= AGENCY_LEAST; name = gk_str_slice(name, 1, name.len)) {
        if (s.len <= name.len || s.ptr[0] != name.ptr[0] || s.ptr[2] != name.ptr[2]) continue; /* nearly always */
        if (((unsigned char)name.ptr[0] & 0xC0) != 0x80 && gk_str_starts(s, name)) return name.len;
    }
    return 0;
}

bool gk_subject_names_agency(const gk_extractor *x, gk_range at) { return agency_bytes(x, at) > 0; }

/* The name of the agency before a subject says nothing of the figure: "County Finance Bureau conference fee" is the
 * conference fee. The text may print only the end of the name. */
static bool trim_agency(gk_extractor *x, gk_range *at) {
    size_t bytes = agency_bytes(x, *at);
    x->agency_cut += bytes > 0;
    at->start += (uint32_t)bytes;
    return bytes > 0;
}

gk_range gk_subject_trim(gk_extractor *x, gk_range at) {
    at = trim_kept(x, at);
    while (trim_agency(x, &at)) at = trim_kept(x, at);
    return at;
}

void gk_match_move(gk_match *m, uint32_t by) {
    m->start += by;
    m->end += by;
    for (size_t i = 0; i <= m->rule->groups; i++) {
        if (m->group[i].start == UINT32_MAX) continue;
        m->group[i].start += by;
        m->group[i].end += by;
    }
}

gk_range gk_subject_topic(gk_extractor *x, gk_range opening, gk_str *counts, int *year) {
    gk_match m;
    gk_range none = {opening.start, opening.start};
    if (!gk_find_best(x, GK_SCOPE_TOPIC, opening, &m)) return none;
    if (counts) *counts = m.rule->constant[GK_KEY_MEASURE];
    gk_range told = gk_match_range(&m, GK_KEY_YEAR);
    if (year && !gk_is_empty(told)) *year = gk_context_year(x, gk_view_text(x, told.start, told.end));
    gk_range topic = gk_match_range(&m, GK_KEY_SUBJECT);
    return topic.end ? gk_subject_trim(x, topic) : none;
}

bool gk_label_says(gk_extractor *x, gk_range label, gk_match *says) {
    return gk_find_best(x, GK_SCOPE_LABEL, label, says) && gk_speaks_in_report(x, says);
}
