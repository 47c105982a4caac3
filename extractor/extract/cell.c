/* Cells: which of them are figures. Runs once for every cell of every table, so it looks at bytes alone. */
#include "extract/table.h"

/* A run of the signs that stand for "nothing here": - — – / * . */
static bool is_dashes(gk_str s) {
    static const gk_str wide[] = {GK_STR("\xe2\x80\x94"), GK_STR("\xe2\x80\x93"), GK_STR("\xe2\x80\x95"),
                                  GK_STR("\xe2\x94\x80")};
    size_t count = sizeof wide / sizeof *wide, p = 0;
    while (p < s.len) {
        char c = s.ptr[p];
        size_t i = 0;
        if (c == '-' || c == '/' || c == '\\' || c == '*' || c == '_' || c == '.') {
            p++;
            continue;
        }
        if ((unsigned char)c != 0xE2) return false;
        while (i < count && !gk_str_starts(gk_str_slice(s, p, s.len), wide[i])) i++;
        if (i == count) return false;
        p += wide[i].len;
    }
    return s.len > 0;
}

static size_t digits_end(gk_str s, size_t at) {
    while (at < s.len && gk_is_digit(s.ptr[at])) at++;
    return at;
}

/* Bytes of `[-+]digits[,ddd][.digits]` at the start of s; *integer: neither sign nor mark. */
static size_t number_bytes(gk_str s, bool *integer, bool *marked) {
    size_t sign = s.len && (s.ptr[0] == '-' || s.ptr[0] == '+'), p = digits_end(s, sign);
    bool digits = p > sign, marks = false;
    while (p < s.len && s.ptr[p] == ',') {
        size_t end = digits_end(s, p + 1);
        digits = digits || end > p + 1;
        marks = true;
        p = end;
    }
    if (!digits) return 0;
    if (p + 1 < s.len && s.ptr[p] == '.' && gk_is_digit(s.ptr[p + 1])) {
        marks = true;
        p = digits_end(s, p + 2);
    }
    *marked = marks;
    *integer = !sign && !marks;
    return p;
}

enum { MOST_UNIT = 24 /* bytes */ };

static gk_shape number_shape(gk_str s, gk_tcell *out) {
    bool brackets = s.len > 2 && s.ptr[0] == '(' && s.ptr[s.len - 1] == ')';
    if (brackets) s = gk_str_slice(s, 1, s.len - 1);
    bool integer, marked;
    size_t n = number_bytes(s, &integer, &marked);
    bool percent = n && n + 1 == s.len && s.ptr[n] == '%';
    out->united = n && n < s.len && s.len - n <= MOST_UNIT && !gk_is_digit(s.ptr[s.len - 1]);
    if (!n || (n < s.len && !percent)) return GK_SHAPE_TEXT;
    out->bracketed = brackets;
    out->integer = integer && !brackets;
    out->marked = marked;
    return percent ? GK_SHAPE_PERCENT : GK_SHAPE_NUMBER;
}

gk_shape gk_cell_shape(gk_extractor *x, gk_range at, gk_tcell *out) {
    gk_str s = gk_view_text(x, at.start, at.end);
    out->integer = out->bracketed = out->marked = out->united = false;
    if (!s.len) return GK_SHAPE_EMPTY;
    if (gk_is_digit(s.ptr[0]) || s.ptr[0] == '-' || s.ptr[0] == '+' || s.ptr[0] == '(') {
        gk_shape shape = number_shape(s, out);
        if (shape != GK_SHAPE_TEXT) return shape;
    }
    if (s.len > 24) return GK_SHAPE_TEXT;
    if (is_dashes(s)) return GK_SHAPE_BLANK;
    const gk_map *blank = x->maps.blank_cells;
    return blank && gk_map_get(blank, s).ptr ? GK_SHAPE_BLANK : GK_SHAPE_TEXT;
}

bool gk_cell_number(gk_extractor *x, const gk_tcell *c, gk_number *out) {
    gk_range in = c->at;
    *out = (gk_number){.at = c->at, .whole = c->at};
    if (c->bracketed) in.start++, in.end--;
    out->kind = c->shape == GK_SHAPE_PERCENT ? GK_NUMBER_PERCENT : GK_NUMBER_BARE;
    if (out->kind == GK_NUMBER_PERCENT) in.end--, out->unit = GK_STR("%");
    out->digits = in;
    if (!gk_decimal_parse(gk_view_text(x, in.start, in.end), &out->value)) return false;
    if (c->bracketed) gk_decimal_negate(&out->value);
    return true;
}

bool gk_cell_is_year(gk_extractor *x, const gk_tcell *c) {
    if (c->shape != GK_SHAPE_NUMBER || !c->integer || c->at.end - c->at.start != 4) return false;
    gk_str s = gk_view_text(x, c->at.start, c->at.end);
    return (gk_str_starts(s, GK_STR("19")) || gk_str_starts(s, GK_STR("20"))) && s.ptr[2] <= '9';
}
