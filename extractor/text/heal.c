#include "text/heal.h"

static size_t count_digits(gk_str s, size_t at) {
    size_t n = 0;
    while (at + n < s.len && gk_is_digit(s.ptr[at + n])) n++;
    return n;
}

/* Whether s is digits, perhaps with a fraction, and either without thousands marks or with groups of exactly three. One
 * mark at the end belongs to the sentence and does not count. */
static bool is_number(gk_str s) {
    if (s.len > 1 && !gk_is_digit(s.ptr[s.len - 1])) s.len--;
    size_t at = count_digits(s, 0), head = at;
    if (head == 0) return false;
    while (at < s.len && s.ptr[at] == ',') {
        if (head > 3 || count_digits(s, at + 1) != 3) return false;
        at += 4;
    }
    if (at < s.len && s.ptr[at] == '.') {
        size_t fraction = count_digits(s, at + 1);
        if (fraction == 0) return false;
        at += 1 + fraction;
    }
    return at == s.len;
}

/* The end of the token that starts at i: a token has no gap inside. */
static size_t token_end(const gk_zone *z, size_t i) {
    do i++;
    while (i < z->len && z->gap[i] == GK_GAP_NONE);
    return i;
}

/* ---- letter-spaced figures ---- */

/* Closes a chain of single characters set apart by single blanks, `2 0 1 8` or `3 . 1 4`, when it has three digits or
 * more and is a number. The last one may carry the mark that ends the clause. Returns where the next chain starts. */
static size_t close_chain(gk_zone *z, size_t from) {
    char text[GK_ZONE_MOST];
    size_t len = 0, digits = 0, at = from, end;
    bool single = true, more = true;
    while (more) {
        end = token_end(z, at);
        bool marked = end - at == 2 && gk_is_digit(z->c[at]) && !gk_is_digit(z->c[at + 1]);
        single = single && (end - at == 1 || marked);
        digits += gk_is_digit(z->c[at]);
        text[len++] = z->c[at];
        more = end < z->len && z->gap[end] != GK_GAP_WIDE && !marked;
        if (more) at = end;
    }
    if (single && digits >= 3 && is_number((gk_str){text, len}))
        for (size_t i = from + 1; i <= at; i++) z->close[i] = true;
    return end;
}

/* ---- numbers in pieces ---- */

/* A list mark before a year, "1. 2024", is no decimal number. */
static bool is_list_mark(const gk_zone *z, gk_str left, gk_str right, bool at_start) {
    bool year =
        count_digits(right, 0) == 4 && (gk_str_starts(right, GK_STR("19")) || gk_str_starts(right, GK_STR("20")));
    return z->opens && at_start && left.len <= 3 && left.ptr[left.len - 1] == '.' && year;
}

/* Whether the gap before character i closes, where `out` is the text so far. */
static bool closes(const gk_zone *z, size_t i, gk_str out) {
    char before = out.ptr[out.len - 1];
    if (!gk_is_digit(z->c[i])) return true; /* a mark stands close to what it follows */
    if (gk_is_digit(before) && z->gap[i] != GK_GAP_JOINT) return false;
    if (!gk_is_digit(before) && (out.len < 2 || !gk_is_digit(out.ptr[out.len - 2]))) return true;
    size_t start = out.len, end = token_end(z, i);
    while (start > 0 && out.len - start <= GK_ZONE_TAIL && gk_is_figure(out.ptr[start - 1])) start--;
    if (out.len - start > GK_ZONE_TAIL || end - i > GK_ZONE_TAIL) return false;
    char text[2 * GK_ZONE_TAIL + 2];
    gk_str left = gk_str_slice(out, start, out.len), right = {z->c + i, end - i};
    if (is_list_mark(z, left, right, start == 0)) return false;
    memcpy(text, left.ptr, left.len);
    memcpy(text + left.len, right.ptr, right.len);
    return is_number((gk_str){text, left.len + right.len});
}

void gk_zone_decide(gk_zone *z) {
    memset(z->close, 0, sizeof z->close);
    for (size_t i = 0; i < z->len;) i = close_chain(z, i);
    char out[2 * GK_ZONE_MOST];
    size_t len = 0;
    for (size_t i = 0; i < z->len; i++) {
        if (z->gap[i] != GK_GAP_NONE && !z->close[i] && i > 0) z->close[i] = closes(z, i, (gk_str){out, len});
        if (z->gap[i] != GK_GAP_NONE && !z->close[i]) out[len++] = ' ';
        out[len++] = z->c[i];
    }
}
