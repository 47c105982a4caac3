#include "check/figure.h"

enum { MOST_PRINTED = 100 }; /* bytes: more digits do not fit a decimal */

/* A number as digits times a power of ten: 187800 and 18.78 are 1878 times 10^2 and 10^-2. Without zeros at its ends, so
 * that two numbers with the same digits differ by their power alone. */
typedef struct digits {
    char at[MOST_PRINTED];
    int len; /* 0: the number is zero */
    int power;
    int decimals; /* behind the point, zeros included */
    bool negative;
} digits;

static bool add_digit(digits *d, char c, bool point) {
    d->decimals += point;
    if (d->len == 0 && c == '0') return true;
    if (d->len == MOST_PRINTED) return false;
    d->at[d->len++] = c;
    return true;
}

static void end_digits(digits *d) {
    d->power = -d->decimals;
    for (; d->len > 0 && d->at[d->len - 1] == '0'; d->len--) d->power++;
}

/* Reads `[-]digits[.digits]` with thousands marks between digits, and nothing else. */
static bool read_number(gk_str s, digits *d) {
    bool point = false;
    d->len = d->decimals = 0;
    d->negative = s.len && s.ptr[0] == '-';
    size_t first = d->negative || (s.len && s.ptr[0] == '+');
    if (first == s.len || !gk_is_digit(s.ptr[first]) || !gk_is_digit(s.ptr[s.len - 1])) return false;
    for (size_t i = first; i < s.len; i++) {
        char c = s.ptr[i];
        bool mark = !point && (c == '.' || c == ',') && gk_is_digit(s.ptr[i - 1]);
        if (gk_is_digit(c) ? !add_digit(d, c, point) : !mark) return false;
        point = point || c == '.';
    }
    end_digits(d);
    return true;
}

/* The character at s, a full-width one made plain; *bytes is how long it is. */
static char plain_at(gk_str s, size_t at, size_t *bytes) {
    bool wide = s.ptr[at] == '\xEF' && at + 2 < s.len && s.ptr[at + 1] == '\xBC';
    *bytes = wide ? 3 : 1;
    return wide ? (char)(s.ptr[at + 2] - 0x60) : s.ptr[at];
}

/* The first number of a printed text such as "-18.78" with its unit: its digits, without its sign. */
static bool read_printed(gk_str raw, digits *d) {
    char plain[MOST_PRINTED];
    size_t len = 0, bytes;
    for (size_t i = 0; i < raw.len && len < MOST_PRINTED; i += bytes) {
        char c = plain_at(raw, i, &bytes);
        bool mark = len > 0 && (c == '.' || c == ',');
        if (gk_is_digit(c) || mark) plain[len++] = c;
        else if (len > 0) break;
    }
    while (len > 0 && !gk_is_digit(plain[len - 1])) len--;
    return read_number((gk_str){plain, len}, d);
}

/* False where the number does not fit, or leaves no room to add a few like it. */
static bool fixed_of(const digits *d, gk_fixed *out) {
    enum { AT_ONCE = 18 }; /* digits that fit 64 bits */
    gk_fixed v = 0;
    for (int i = 0; i < d->len;) {
        int stop = d->len - i < AT_ONCE ? d->len : i + AT_ONCE, from = i;
        uint64_t some = 0;
        for (; i < stop; i++) some = some * 10 + (uint64_t)(d->at[i] - '0');
        if (from && __builtin_mul_overflow(v, gk_fixed_power(stop - from), &v)) return false;
        if (__builtin_add_overflow(v, (gk_fixed)some, &v)) return false;
    }
    *out = 0;
    if (d->len == 0) return true;
    int places = GK_FIXED_PLACES + d->power;
    if (places < 0 || places > GK_FIXED_MOST_POWER || __builtin_mul_overflow(v, gk_fixed_power(places), &v)) return false;
    if (v >> GK_FIGURE_BITS) return false;
    *out = d->negative ? -v : v;
    return true;
}

/* No more than 10^18: the millionths, and the highest unit. */
static int64_t step_of(int places) { return places > 0 ? (int64_t)gk_fixed_power(places) : 2; }

/* How the value was printed: with how many decimals, in what unit, and so what its last digit is worth. */
static void compare_printed(gk_str raw, const digits *value, bool count, gk_figure *f) {
    digits printed;
    if (!read_printed(raw, &printed)) return;
    bool zero = value->len == 0;
    int shift = zero ? 0 : value->power - printed.power;
    bool same = printed.len == value->len && memcmp(printed.at, value->at, (size_t)value->len) == 0;
    if (!zero && (!same || shift < 0 || shift >= GK_FIGURE_UNITS)) return;
    f->power = (int8_t)shift;
    f->decimals = (int8_t)(printed.decimals < 100 ? printed.decimals : 100);
    if (zero || (count && shift == 0 && printed.decimals == 0)) return;
    f->step = step_of(GK_FIXED_PLACES + shift - printed.decimals);
}

/* ---- short numbers: most have at most eighteen digits, which are one integer */

typedef struct shorty {
    uint64_t digits; /* all of them, without the point */
    int decimals;
} shorty;

const uint64_t gk_figure_powers[GK_FIGURE_SHORT + 1] = {
    1u, 10u, 100u, 1000u, 10000u, 100000u, 1000000u, 10000000u, 100000000u, 1000000000u, 10000000000u, 100000000000u,
    1000000000000u, 10000000000000u, 100000000000000u, 1000000000000000u, 10000000000000000u, 100000000000000000u,
    1000000000000000000u};

/* Reads the number that `s` starts with, of plain digits and marks; *end is where it ends. False: it is none, or one that
 * takes a closer look. */
static bool read_short(gk_str s, shorty *n, size_t *end) {
    size_t i = 0, marks = 0, point = 0;
    uint64_t v = 0;
    for (;; i++, marks++) {
        size_t first = i;
        for (; i < s.len && gk_is_digit(s.ptr[i]); i++) v = v * 10 + (uint64_t)(s.ptr[i] - '0');
        bool mark = i < s.len && (s.ptr[i] == '.' || s.ptr[i] == ',');
        if (i == first || (mark && point)) return false;
        if (!mark) break;
        if (s.ptr[i] == '.') point = i;
    }
    n->digits = v;
    n->decimals = point ? (int)(i - point - 1) : 0;
    *end = i;
    return i - marks <= GK_FIGURE_SHORT;
}

/* A number of no more decimals than millionths have. */
static gk_fixed fixed_short(const shorty *n, bool negative) {
    gk_fixed v = (gk_fixed)n->digits * (gk_fixed)gk_figure_powers[GK_FIXED_PLACES - n->decimals];
    return negative ? -v : v;
}

void gk_figure_printed(gk_figure *f, const gk_record *r) {
    digits d;
    f->known = read_number(r->field[GK_F_VALUE], &d) && fixed_of(&d, &f->value);
    if (!f->known) return;
    compare_printed(r->field[GK_F_RAW], &d, r->kind == GK_KIND_QUANTITY, f);
    if (f->value == 0 && r->kind == GK_KIND_PERCENTAGE && f->decimals < GK_FIXED_PLACES)
        f->step = step_of(GK_FIXED_PLACES - f->decimals);
}

/* As gk_figure_read, for short numbers; false: it takes a closer look. */
static bool short_number(gk_str text, gk_figure *f) {
    bool negative = text.len && text.ptr[0] == '-';
    shorty v;
    size_t end;
    if (negative) text = gk_str_slice(text, 1, text.len);
    if (!read_short(text, &v, &end) || end != text.len || v.decimals > GK_FIXED_PLACES) return false;
    f->value = fixed_short(&v, negative);
    f->known = true;
    f->decimals = (int8_t)v.decimals;
    f->step = step_of(GK_FIXED_PLACES - v.decimals);
    return true;
}

gk_figure gk_figure_read(gk_str text) {
    gk_figure f = {0};
    digits d;
    if (short_number(text, &f)) return f;
    f.known = read_number(text, &d) && fixed_of(&d, &f.value);
    if (!f.known) return (gk_figure){0};
    f.decimals = (int8_t)(d.decimals < 100 ? d.decimals : 100);
    f.step = step_of(GK_FIXED_PLACES - d.decimals);
    return f;
}
