#include "read/sheet_figure.h"

#include <stdio.h>

enum { MOST_POINT = 400, MOST_WHOLE = 40, MOST_ZEROS = 30 };

static void strip(gk_figure *f) {
    while (f->len && f->digit[f->len - 1] == '0') f->len--;
    if (!f->len) f->point = 0, f->negative = false;
}

/* Adds one to the last digit kept. */
static void round_up(gk_figure *f) {
    int i = f->len;
    while (i > 0 && f->digit[i - 1] == '9') i--;
    f->len = i;
    if (i > 0) {
        f->digit[i - 1]++;
        return;
    }
    f->digit[0] = '1';
    f->len = 1;
    f->point++;
}

/* The digits of a number without its sign and exponent; behind the fifteenth only the next one counts. */
static size_t read_digits(gk_str s, gk_figure *out) {
    bool point = false, more = false, up = false;
    size_t i = 0, seen = 0;
    for (; i < s.len && (gk_is_digit(s.ptr[i]) || (s.ptr[i] == '.' && !point)); i++) {
        if (s.ptr[i] == '.') {
            point = true;
            continue;
        }
        seen++;
        bool leading = !out->len && !more && s.ptr[i] == '0';
        if (!point && !leading) out->point++;
        if (point && leading) out->point--;
        if (leading) continue;
        if (out->len < GK_FIGURE_DIGITS) out->digit[out->len++] = s.ptr[i];
        else if (!more) more = true, up = s.ptr[i] >= '5';
    }
    if (up) round_up(out);
    return seen ? i : 0;
}

bool gk_figure_parse(gk_str s, gk_figure *out) {
    gk_figure f = {.len = 0};
    int exponent = 0, sign = 1;
    if (s.len > 1024) return false;
    if (s.len && (s.ptr[0] == '-' || s.ptr[0] == '+')) f.negative = s.ptr[0] == '-', s = gk_str_slice(s, 1, s.len);
    size_t n = read_digits(s, &f);
    if (!n) return false;
    s = gk_str_slice(s, n, s.len);
    if (s.len && (s.ptr[0] == 'e' || s.ptr[0] == 'E')) {
        s = gk_str_slice(s, 1, s.len);
        if (s.len && (s.ptr[0] == '-' || s.ptr[0] == '+')) sign = s.ptr[0] == '-' ? -1 : 1, s = gk_str_slice(s, 1, s.len);
        if (!s.len) return false;
        for (; s.len && gk_is_digit(s.ptr[0]) && exponent < 10000; s = gk_str_slice(s, 1, s.len))
            exponent = exponent * 10 + (s.ptr[0] - '0');
    }
    f.point += sign * exponent;
    if (s.len || (f.len && (f.point > MOST_POINT || f.point < -MOST_POINT))) return false;
    strip(&f);
    *out = f;
    return true;
}

bool gk_figure_of_double(double value, gk_figure *out) {
    char text[40];
    if (!(value - value == 0)) return false; /* infinite, or no number */
    snprintf(text, sizeof text, "%.14e", value);
    for (char *c = text; *c; c++)
        if (*c == ',') *c = '.'; /* the decimal point of a foreign locale */
    return gk_figure_parse(gk_str_of(text), out);
}

void gk_figure_round(gk_figure *f, int decimals) {
    int keep = f->point + decimals;
    if (!f->len || keep >= f->len) return;
    if (keep < 0) {
        f->len = 0;
        strip(f);
        return;
    }
    bool up = f->digit[keep] >= '5';
    f->len = keep;
    if (up) round_up(f);
    strip(f);
}

char gk_figure_at(const gk_figure *f, int power) {
    int i = f->point - 1 - power;
    return i >= 0 && i < f->len ? f->digit[i] : '0';
}

static int cmp_size(const gk_figure *a, const gk_figure *b) {
    if (!a->len || !b->len) return (a->len > 0) - (b->len > 0);
    if (a->point != b->point) return a->point < b->point ? -1 : 1;
    int most = a->len > b->len ? a->len : b->len;
    for (int i = 1; i <= most; i++) {
        char x = gk_figure_at(a, a->point - i), y = gk_figure_at(b, b->point - i);
        if (x != y) return x < y ? -1 : 1;
    }
    return 0;
}

int gk_figure_cmp(const gk_figure *a, const gk_figure *b) {
    if (a->negative != b->negative) return a->negative ? -1 : 1;
    return a->negative ? cmp_size(b, a) : cmp_size(a, b);
}

void gk_figure_print(const gk_figure *f, gk_buf *out) {
    if (f->negative) gk_buf_putc(out, '-');
    int first = f->len && f->point > 0 ? f->point - 1 : 0, last = -gk_figure_decimals(f), shift = 0;
    if (f->len && (f->point > MOST_WHOLE || f->point < -MOST_ZEROS))
        shift = f->point - 1, first = shift, last = f->point - f->len;
    for (int power = first; power >= last; power--) {
        if (power == shift - 1) gk_buf_putc(out, '.');
        gk_buf_putc(out, gk_figure_at(f, power));
    }
    if (shift) gk_buf_printf(out, "E%+d", shift);
}
