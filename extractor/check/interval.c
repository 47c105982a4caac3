#include "check/interval.h"

enum { MOST_DEPTH = 16, HALF_POWER = 15 };

gk_fixed gk_fixed_power(int places) {
    static const uint64_t power[HALF_POWER + 1] = {
        1,         10,         100,         1000,         10000,         100000,         1000000,         10000000,
        100000000, 1000000000, 10000000000, 100000000000, 1000000000000, 10000000000000, 100000000000000, 1000000000000000};
    if (places <= HALF_POWER) return (gk_fixed)power[places > 0 ? places : 0];
    int rest = places < GK_FIXED_MOST_POWER ? places - HALF_POWER : HALF_POWER;
    return (gk_fixed)power[HALF_POWER] * (gk_fixed)power[rest];
}

/* Writes the digits of v, at least so many, in front of `at`. What fits 64 bits, as most does, is divided as such. */
static char *put_digits(char *at, gk_ufixed v, int least) {
    for (; v > UINT64_MAX; v /= 10, least--) *--at = (char)('0' + (int)(v % 10));
    for (uint64_t rest = (uint64_t)v; rest > 0 || least > 0; rest /= 10, least--) *--at = (char)('0' + (int)(rest % 10));
    return at;
}

gk_str gk_fixed_text(gk_fixed value, int decimals, gk_arena *a) {
    char text[64], *end = text + sizeof text - 2; /* room for the sign and the point */
    gk_ufixed step = (gk_ufixed)gk_fixed_power(GK_FIXED_PLACES - decimals);
    gk_ufixed v = ((value < 0 ? -(gk_ufixed)value : (gk_ufixed)value) + step / 2) / step;
    char *at = put_digits(end, v, decimals + 1), *point = end - decimals;
    while (end > point && end[-1] == '0') end--;
    if (end > point) {
        memmove(point + 1, point, (size_t)(end++ - point));
        *point = '.';
    }
    if (value < 0 && v) *--at = '-';
    return gk_arena_dup(a, (gk_str){at, (size_t)(end - at)});
}

/* ---- arithmetic */

static bool add(gk_interval a, gk_interval b, gk_interval *out) {
    return !__builtin_add_overflow(a.lo, b.lo, &out->lo) && !__builtin_add_overflow(a.hi, b.hi, &out->hi);
}

enum { ONE = 1000000 };

/* The product with a whole number, as most are: exact, without a division. False where b is none. */
static bool times_whole(gk_interval a, gk_interval b, gk_calc *code, gk_interval *out) {
    if (b.lo != b.hi || b.lo < 0 || b.lo > INT64_MAX || (int64_t)b.lo % ONE) return false;
    gk_fixed n = (int64_t)b.lo / ONE;
    bool over = __builtin_mul_overflow(a.lo, n, &out->lo) || __builtin_mul_overflow(a.hi, n, &out->hi);
    *code = over ? GK_CALC_LARGE : GK_CALC_OK;
    return true;
}

/* p / by, both not negative, rounded down or up. What fits 64 bits, as most does, is divided as such. */
static gk_fixed quotient(gk_fixed p, gk_fixed by, bool up) {
    if (p > INT64_MAX || by > INT64_MAX) return p / by + (up && p % by);
    uint64_t whole = (uint64_t)p / (uint64_t)by;
    return (gk_fixed)whole + (up && whole * (uint64_t)by != (uint64_t)p);
}

/* The product (or quotient) where nothing is negative, as is mostly so: its ends are those of the ends. */
static gk_calc plain_corners(gk_interval a, gk_interval b, bool divide, gk_interval *out) {
    gk_fixed lo, hi;
    bool over = __builtin_mul_overflow(a.lo, divide ? (gk_fixed)ONE : b.lo, &lo);
    if (__builtin_mul_overflow(a.hi, divide ? (gk_fixed)ONE : b.hi, &hi) || over) return GK_CALC_LARGE;
    *out = (gk_interval){quotient(lo, divide ? b.hi : ONE, false), quotient(hi, divide ? b.lo : ONE, true)};
    return GK_CALC_OK;
}

/* The lowest and highest of the four products (or quotients) of the ends. */
static gk_calc corners(gk_interval a, gk_interval b, bool divide, gk_interval *out) {
    const gk_fixed x[2] = {a.lo, a.hi}, y[2] = {b.lo, b.hi};
    gk_calc code;
    if (!divide && times_whole(a, b, &code, out)) return code;
    if (a.lo >= 0 && a.hi >= a.lo && b.lo > 0 && b.hi >= b.lo) return plain_corners(a, b, divide, out);
    for (int i = 0; i < 4; i++) {
        gk_fixed p, q = y[i & 1], by = divide ? q : ONE;
        if (__builtin_mul_overflow(x[i >> 1], divide ? (gk_fixed)ONE : q, &p)) return GK_CALC_LARGE;
        gk_fixed whole = p / by, rest = p - whole * by;
        bool negative = (p < 0) != (by < 0);
        gk_fixed lo = whole - (rest && negative), hi = whole + (rest && !negative);
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
    gk_interval *divisor;
} parser;

static char peek(parser *p) {
    while (p->at < p->text.len && p->text.ptr[p->at] == ' ') p->at++;
    return p->at < p->text.len ? p->text.ptr[p->at] : '\0';
}

static bool is_name(char c) { return (c >= 'a' && c <= 'z') || c == '_' || c == '.' || c == '?'; }
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
        *out = gk_interval_at(v * ONE);
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
        if (c == '/') *p->divisor = right;
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

gk_calc gk_formula_over(gk_str text, gk_lookup *lookup, void *user, gk_interval *out, gk_interval *divisor) {
    parser p = {.text = text, .lookup = lookup, .user = user, .divisor = divisor};
    gk_calc code = sum_of(&p, out);
    return code == GK_CALC_OK && peek(&p) != '\0' ? GK_CALC_TERM : code;
}

gk_calc gk_formula(gk_str text, gk_lookup *lookup, void *user, gk_interval *out) {
    gk_interval divisor;
    return gk_formula_over(text, lookup, user, out, &divisor);
}
