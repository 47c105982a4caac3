/* Cutting a pattern into text, comments and `{{names}}`.
 *
 * Comments are taken out before PCRE2 sees the pattern, so that a fragment that ends in one does not swallow what
 * follows where it is used. As in PCRE2's extended mode a comment runs from an unescaped `#` outside [...] to the end of
 * the line.
 */
#include "pattern/load.h"

static bool is_name(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

static void read_name(gk_pieces *p, gk_piece *out) {
    size_t at = p->at + 2;
    while (at < p->text.len && is_name(p->text.ptr[at])) at++;
    out->name = gk_str_slice(p->text, p->at + 2, at);
    out->in_class = p->in_class;
    bool closed = gk_str_starts(gk_str_slice(p->text, at, p->text.len), GK_STR("}}"));
    out->kind = closed && out->name.len ? GK_PIECE_NAME : GK_PIECE_BROKEN;
    p->at = closed ? at + 2 : at;
}

static void read_comment(gk_pieces *p, gk_piece *out) {
    out->kind = GK_PIECE_COMMENT;
    while (p->at < p->text.len && p->text.ptr[p->at] != '\n') p->at++;
}

/* Behind the `[` that opens a class: `^` and a first `]` belong to it. */
static size_t class_start(gk_str s, size_t at) {
    at++;
    if (at < s.len && s.ptr[at] == '^') at++;
    if (at < s.len && s.ptr[at] == ']') at++;
    return at;
}

static size_t class_step(gk_pieces *p, size_t at) {
    gk_str rest = gk_str_slice(p->text, at, p->text.len);
    if (gk_str_starts(rest, GK_STR("[:"))) {
        size_t close = gk_str_find(rest, GK_STR(":]"));
        if (close != SIZE_MAX && close < 16) return at + close + 2;
    }
    if (rest.ptr[0] == ']') p->in_class = false;
    return at + 1;
}

static size_t plain_step(gk_pieces *p, size_t at) {
    char c = p->text.ptr[at];
    if (c == '\\') return at + 2 < p->text.len ? at + 2 : p->text.len;
    if (p->in_class) return class_step(p, at);
    if (c != '[') return at + 1;
    p->in_class = true;
    return class_start(p->text, at);
}

static bool special_at(const gk_pieces *p, size_t at) {
    char c = p->text.ptr[at];
    if (c == '#') return !p->in_class;
    return c == '{' && at + 1 < p->text.len && p->text.ptr[at + 1] == '{';
}

bool gk_piece_next(gk_pieces *p, gk_piece *out) {
    if (p->at >= p->text.len) return false;
    *out = (gk_piece){.kind = GK_PIECE_TEXT, .start = p->at};
    if (special_at(p, p->at)) {
        if (p->text.ptr[p->at] == '#') read_comment(p, out);
        else read_name(p, out);
    } else {
        while (p->at < p->text.len && !special_at(p, p->at)) p->at = plain_step(p, p->at);
    }
    out->end = p->at;
    return true;
}
