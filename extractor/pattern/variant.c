#include "pattern/variant.h"

#include "pattern/trie.h"

static void start(gk_variant *v) {
    gk_buf_clear(&v->text);
    v->bars = 0;
    v->wrap = SIZE_MAX;
}

void gk_variant_plain(gk_variant *v, gk_str on) {
    start(v);
    for (size_t i = 0; i < on.len; i++) {
        if (on.ptr[i] == '|' && v->bars < 2) v->bar[v->bars++] = v->text.len;
        else gk_buf_putc(&v->text, on.ptr[i]);
    }
}

void gk_variant_free(gk_variant *v) { gk_buf_free(&v->text); }

/* Bars of the plain text that stand at byte `at` of it stand here in the variant. */
static void copy_bars(gk_variant *v, const gk_variant *plain, size_t at) {
    while (v->bars < plain->bars && plain->bar[v->bars] <= at) v->bar[v->bars++] = v->text.len;
}

static bool is_digit(uint32_t c) { return c >= '0' && c <= '9'; }
static bool is_han(uint32_t c) { return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF); }
static bool is_wide(uint32_t c) { return is_han(c) || (c >= 0x3001 && c <= 0x3011) || (c >= 0xFF01 && c <= 0xFF5E); }

static bool in_figure(char c) { return is_digit((unsigned char)c) || c == '.' || c == ','; }

/* Whether the digits and marks around byte `at` are one plain number: 12, 3.50, 1,429.68; no date, no leader dots. */
static bool inside_number(gk_str s, size_t at) {
    size_t start = at, end = at, i, points = 0;
    while (start > 0 && in_figure(s.ptr[start - 1])) start--;
    while (end < s.len && in_figure(s.ptr[end])) end++;
    for (i = start; i < end && (i == start || points <= 1); i++) {
        bool mark = !is_digit((unsigned char)s.ptr[i]), edge = i == start || i + 1 == end;
        if (mark && (edge || !is_digit((unsigned char)s.ptr[i + 1]))) return false;
        if (s.ptr[i] == ',' && (points || end - i < 4 || (end - i > 4 && is_digit((unsigned char)s.ptr[i + 4])))) return false;
        points += s.ptr[i] == '.';
    }
    return i == end && points <= 1;
}

/* Where a broken line closes up again: beside a Han character or its punctuation, and inside a number. */
static bool closes_up(gk_str s, size_t at) {
    size_t bytes;
    uint32_t a = gk_char_before(s, at, &bytes), b = gk_char_at(s, at, &bytes);
    if (a <= ' ' || b <= ' ') return false;
    if (is_wide(a) || is_wide(b)) return true;
    if (is_digit(a) && b == '%') return true;
    return a < 0x80 && b < 0x80 && in_figure((char)a) && in_figure((char)b) && inside_number(s, at);
}

bool gk_variant_wrapped(gk_variant *v, const gk_variant *plain, size_t at) {
    gk_str s = gk_buf_str(&plain->text);
    if (at == 0 || at >= s.len || !closes_up(s, at)) return false;
    start(v);
    gk_buf_put(&v->text, gk_str_slice(s, 0, at));
    v->wrap = at;
    gk_buf_putc(&v->text, '\n');
    gk_buf_put(&v->text, gk_str_slice(s, at, s.len));
    for (; v->bars < plain->bars; v->bars++) v->bar[v->bars] = plain->bar[v->bars] + (plain->bar[v->bars] >= at);
    return true;
}

bool gk_variant_spaced(gk_variant *v, const gk_variant *plain) {
    gk_str s = gk_buf_str(&plain->text);
    bool any = false, before = false;
    start(v);
    for (size_t at = 0, bytes; at < s.len; at += bytes) {
        bool han = is_han(gk_char_at(s, at, &bytes));
        if (han && before) gk_buf_putc(&v->text, ' '), any = true;
        copy_bars(v, plain, at);
        gk_buf_put(&v->text, gk_str_slice(s, at, at + bytes));
        before = han;
    }
    copy_bars(v, plain, s.len);
    return any;
}

bool gk_variant_full_width(gk_variant *v, const gk_variant *plain) {
    static const char folded[] = "0123456789%,()";
    gk_str s = gk_buf_str(&plain->text);
    bool any = false;
    start(v);
    for (size_t at = 0; at < s.len; at++) {
        copy_bars(v, plain, at);
        char c = s.ptr[at];
        if (c == '\0' || !strchr(folded, c)) {
            gk_buf_putc(&v->text, c);
            continue;
        }
        unsigned wide = 0xFF00u + (unsigned)(c - 0x20); /* the block of full-width ASCII starts with U+FF01 for `!` */
        gk_buf_putc(&v->text, (char)(0xE0 | wide >> 12));
        gk_buf_putc(&v->text, (char)(0x80 | (wide >> 6 & 0x3F)));
        gk_buf_putc(&v->text, (char)(0x80 | (wide & 0x3F)));
        any = true;
    }
    copy_bars(v, plain, s.len);
    return any;
}
