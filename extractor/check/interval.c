#include "check/interval.h"

enum { MOST_POWER = 30, MOST_DEPTH = 16 };

gk_fixed gk_fixed_power(int places) {
    gk_fixed p = 1;
    for (int i = 0; i < places && i < MOST_POWER; i++) p *= 10;
    return p;
}

bool gk_fixed_from(const gk_decimal *d, gk_fixed *out) {
    gk_fixed v = 0;
    for (int i = GK_DECIMAL_LIMBS - 1; i >= 0; i--)
        if (__builtin_mul_overflow(v, (gk_fixed)1000000000, &v) || __builtin_add_overflow(v, (gk_fixed)d->limb[i], &v))
            return false;
    int shift = GK_FIXED_PLACES - d->scale;
    if (shift > MOST_POWER || shift < -MOST_POWER) return false;
    if (shift >= 0) {
        if (__builtin_mul_overflow(v, gk_fixed_power(shift), &v)) return false;
    } else {
        gk_fixed p = gk_fixed_power(-shift);
        if (v % p) return false;
        v /= p;
    }
    *out = d->negative ? -v : v;
    return true;
}

gk_str gk_fixed_text(gk_fixed value, int decimals, gk_arena *a) {
    char text[64], *at = text + sizeof text;
    bool negative = value < 0;
    gk_fixed step = gk_fixed_power(GK_FIXED_PLACES - decimals), v = negative ? -value : value;
    v = (v + step / 2) / step;
    int places = decimals;
    for (; places > 0 && v % 10 == 0; places--) v /= 10;
    bool zero = v == 0;
    for (int i = 0; i <= places || v > 0; i++, v /= 10) {
        if (i == places && i > 0) *--at = '.';
        *--at = (char)('0' + (int)(v % 10));
    }
    if (negative && !zero) *--at = '-';
    return gk_arena_dup(a, (gk_str){at, (size_t)(text + sizeof text - at)});
}

/* ---- arithmetic */

static bool add(gk_interval a, gk_interval b, gk_interval *out) {
    return !__builtin_add_overflow(a.lo, b.lo, &out->lo) && !__builtin_add_overflow(a.hi, b.hi, &out->hi);
}

static gk_fixed floor_div(gk_fixed a, gk_fixed b) {
    gk_fixed q = a / b;
    return a % b != 0 && (a < 0) != (b < 0) ? q - 1 : q;
}

static gk_fixed ceil_div(gk_fixed a, gk_fixed b) {
    gk_fixed q = a / b;
    return a % b != 0 && (a < 0) == (b < 0) ? q + 1 : q;
}

/* The lowest and highest of the four products (or quotients) of the ends. */
static gk_calc corners(gk_interval a, gk_interval b, bool divide, gk_interval *out) {
    const gk_fixed one = 1000000, x[2] = {a.lo, a.hi}, y[2] = {b.lo, b.hi};
    for (int i = 0; i < 4; i++) {
        gk_fixed p, q = y[i & 1];
        if (__builtin_mul_overflow(x[i >> 1], divide ? one : q, &p)) return GK_CALC_LARGE;
        gk_fixed lo = floor_div(p, divide ? q : one), hi = ceil_div(p, divide ? q : one);
        if (i == 0 || lo < out->lo) out->lo = lo;
        if (i == 0 || hi > out->hi) out->hi = hi;
    }
    return GK_CALC_OK;
}

static gk_calc divide(gk_interval a, gk_interval b, gk_interval *out) {
    if (b.lo == 0 && b.hi == 0) return GK_CALC_ZERO;
    if (b.lo <= 0 && b.hi >= 0) return GK_CALC_COARSE;
    return corners(a, b, true, out);
}

/* ---- formulas */

typedef struct parser {
    gk_str text;
    size_t at;
    int depth;
    gk_lookup *lookup;
    void *user;
} parser;

static char peek(parser *p) {
    while (p->at < p->text.len && p->text.ptr[p->at] == ' ') p->at++;
    return p->at < p->text.len ? p->text.ptr[p->at] : '\0';
}

static bool is_name(char c) { return (c >= 'a' && c <= 'z') || c == '_'; }
static bool is_digit(char c) { return c >= '0' && c <= '9'; }

static gk_calc sum_of(parser *p, gk_interval *out);

static gk_calc atom(parser *p, gk_interval *out) {
    char c = peek(p);
    size_t start = p->at;
    if (c == '(' && p->depth < MOST_DEPTH) {
        p->at++, p->depth++;
        gk_calc code = sum_of(p, out);
        if (code != GK_CALC_OK) return code;
        p->depth--;
        return peek(p) == ')' ? (void)p->at++, GK_CALC_OK : GK_CALC_TERM;
    }
    if (is_digit(c)) {
        gk_fixed v = 0;
        for (; p->at < p->text.len && is_digit(p->text.ptr[p->at]) && p->at < start + 9; p->at++)
            v = v * 10 + (p->text.ptr[p->at] - '0');
        *out = gk_interval_at(v * 1000000);
        return GK_CALC_OK;
    }
    while (p->at < p->text.len && is_name(p->text.ptr[p->at])) p->at++;
    gk_str name = gk_str_slice(p->text, start, p->at);
    return name.len && p->lookup(p->user, name, out) ? GK_CALC_OK : GK_CALC_TERM;
}

static gk_calc product_of(parser *p, gk_interval *out) {
    gk_calc code = atom(p, out);
    for (char c; code == GK_CALC_OK && ((c = peek(p)) == '*' || c == '/');) {
        gk_interval left = *out, right;
        p->at++;
        if ((code = atom(p, &right)) != GK_CALC_OK) break;
        code = c == '*' ? corners(left, right, false, out) : divide(left, right, out);
    }
    return code;
}

static gk_calc sum_of(parser *p, gk_interval *out) {
    gk_calc code = product_of(p, out);
    for (char c; code == GK_CALC_OK && ((c = peek(p)) == '+' || c == '-');) {
        gk_interval right;
        p->at++;
        if ((code = product_of(p, &right)) != GK_CALC_OK) break;
        if (c == '-') right = (gk_interval){-right.hi, -right.lo};
        if (!add(*out, right, out)) code = GK_CALC_LARGE;
    }
    return code;
}

gk_calc gk_formula(gk_str text, gk_lookup *lookup, void *user, gk_interval *out) {
    parser p = {.text = text, .lookup = lookup, .user = user};
    gk_calc code = sum_of(&p, out);
    return code == GK_CALC_OK && peek(&p) != '\0' ? GK_CALC_TERM : code;
}
