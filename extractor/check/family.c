#include "check/family.h"

#include "check/name.h"

enum { MOST_LABEL = 120 /* bytes of the end of a label: names of families are shorter */ };

/* The end of a label with plain brackets for those of full width. */
static gk_str plain_end(gk_str label, char room[MOST_LABEL]) {
    size_t from = label.len > MOST_LABEL ? label.len - MOST_LABEL : 0, len = 0;
    for (size_t i = from; i < label.len; i++) {
        gk_str here = gk_str_slice(label, i, i + 3 < label.len ? i + 3 : label.len);
        bool open = gk_str_eqz(here, "\xEF\xBC\x88"), close = gk_str_eqz(here, "\xEF\xBC\x89");
        room[len++] = open ? '(' : close ? ')' : label.ptr[i];
        if (open || close) i += 2;
    }
    return (gk_str){room, len};
}

/* The families of a label; absent: none. Borrowed from the set. */
static gk_str families_of(const gk_checker *c, gk_str label) {
    static const gk_str quote = {"\xE2\x80\x9D", 3};
    char room[MOST_LABEL];
    gk_str value;
    if (gk_str_ends(label, quote)) label.len -= quote.len;
    if (gk_str_find(label, GK_STR("\xEF\xBC\x89")) != SIZE_MAX) label = plain_end(label, room);
    return gk_map_suffix(c->maps.families, label, &value) ? value : GK_STR_NONE;
}

/* What is known of a subject that has families; NULL: it has none. */
static const gk_label_more *known(gk_checker *c, uint32_t subject) {
    gk_label *label = c->subjects.at[subject];
    if (label->lacks & GK_LABEL_NO_FAMILY) return NULL;
    if (label->more && label->more->families.len) return label->more;
    gk_str families = families_of(c, gk_label_text(label));
    if (!families.len) return label->lacks |= GK_LABEL_NO_FAMILY, NULL;
    gk_label_more *more = gk_label_rest(c, label);
    more->families = families;
    more->family_tail = gk_map_suffix(c->maps.families, gk_label_text(label), NULL);
    return more;
}

gk_str gk_subject_families(gk_checker *c, uint32_t subject) {
    const gk_label_more *more = known(c, subject);
    return more ? more->families : GK_STR_NONE;
}

bool gk_subject_twins(gk_checker *c, uint32_t a, uint32_t b) {
    const gk_label_more *x = known(c, a), *y = known(c, b);
    gk_str s = gk_subject_text(c, a), t = gk_subject_text(c, b);
    if (!x || !y || !x->family_tail || !y->family_tail) return false;
    if (gk_str_find(x->families, GK_STR("kinds")) != SIZE_MAX && gk_str_eq(x->families, y->families)) return gk_str_eq(s, t);
    s = gk_str_slice(s, s.len - x->family_tail, s.len), t = gk_str_slice(t, t.len - y->family_tail, t.len);
    return gk_str_starts(s, t) || gk_str_starts(t, s); /* "tax" and "tax revenue" are one */
}

bool gk_family_next(gk_str families, size_t *from, gk_str *family) {
    if (*from >= families.len) return false;
    size_t end = *from;
    while (end < families.len && families.ptr[end] != '|') end++;
    *family = gk_str_slice(families, *from, end);
    *from = end + 1;
    return true;
}

bool gk_family_has(gk_str families, gk_str family) {
    gk_str one;
    for (size_t from = 0; gk_family_next(families, &from, &one);)
        if (gk_str_eq(one, family)) return true;
    return false;
}

static size_t digit_of(char c) { return c >= '0' && c <= '9' ? (size_t)(c - '0') : 0; }

size_t gk_family_most(gk_str family) { return family.len ? digit_of(family.ptr[family.len - 1]) : 0; }

bool gk_family_whole(gk_str family, size_t found, bool alone) {
    size_t most = gk_family_most(family);
    size_t least = family.len > 1 ? digit_of(family.ptr[family.len - 2]) : 0;
    return found && (found == most || (least && found >= least && found < most && alone));
}

bool gk_family_is_classified(gk_str family) { return gk_str_starts(family, GK_STR("functions")); }

bool gk_family_has_head(const gk_checker *c, gk_str family) { return gk_map_get(c->maps.family_heads, family).len > 0; }

/* Whether the document is of one office, and no report of a government. */
static bool is_of_office(const gk_checker *c) {
    gk_str report = gk_get(&c->out->document, GK_F_REPORT);
    return gk_str_eqz(report, "budget") || gk_str_eqz(report, "final_account");
}

bool gk_family_fills(const gk_checker *c, gk_str family, gk_str head) {
    bool item = gk_family_has(families_of(c, head), family); /* which has none */
    if (gk_family_is_classified(family) && (item || !is_of_office(c))) return false;
    gk_str word = gk_map_get(c->maps.family_heads, family);
    if (word.len && gk_str_find(head, word) == SIZE_MAX) return false;
    return gk_str_starts(family, GK_STR("total")) || !gk_map_suffix(c->maps.wide, head, NULL);
}

bool gk_family_joins(gk_checker *c, const gk_token *a, const gk_token *b) {
    gk_str all = gk_subject_families(c, a->subject), other = all.len ? gk_subject_families(c, b->subject) : GK_STR_NONE, family;
    for (size_t from = 0; other.len && gk_family_next(all, &from, &family);)
        if (gk_family_has(other, family)) return true;
    return false;
}

/* Whether two figures are parts of one family, under labels of their own. */
static bool are_parts(gk_checker *c, const gk_token *a, const gk_token *b) {
    return a->subject != b->subject && gk_family_joins(c, a, b);
}

bool gk_family_goes_on(gk_checker *c, const gk_token *head, const gk_token *part) {
    for (const gk_token *t = head + 1; t < part; t++)
        if (are_parts(c, head, t)) return true;
    return false;
}

static bool in_sentence(const gk_checker *c, const gk_token *a, const gk_token *b) {
    return gk_str_find(gk_str_slice(gk_buf_str(&c->skeleton), a->end, b->at), GK_STR("\xE3\x80\x82")) == SIZE_MAX;
}

bool gk_family_ends(gk_checker *c, const gk_token *head, const gk_token *part) {
    bool beside = head > c->tokens.at && head[-1].at >= c->line && in_sentence(c, head - 1, head);
    return beside && !in_sentence(c, head, part) && are_parts(c, head, head - 1);
}
