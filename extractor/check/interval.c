#include "check/interval.h"

const uint64_t gk_fixed_powers[GK_FIXED_HALF_POWER + 1] = {
    1,         10,         100,         1000,         10000,         100000,         1000000,         10000000,
    100000000, 1000000000, 10000000000, 100000000000, 1000000000000, 10000000000000, 100000000000000, 1000000000000000};

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

enum { ONE = 1000000 };

gk_calc gk_interval_add(gk_interval *a, gk_interval b) {
    bool over = __builtin_add_overflow(a->lo, b.lo, &a->lo);
    return __builtin_add_overflow(a->hi, b.hi, &a->hi) || over ? GK_CALC_LARGE : GK_CALC_OK;
}

/* Most intervals have ends of 64 bits: products of two such fit, and need not be watched. */
static bool is_short(gk_interval a) { return (int64_t)a.lo == a.lo && (int64_t)a.hi == a.hi; }

static gk_calc times_number(gk_interval *a, int64_t n) {
    if (is_short(*a)) {
        a->lo = (gk_fixed)(int64_t)a->lo * n;
        a->hi = (gk_fixed)(int64_t)a->hi * n;
        return GK_CALC_OK;
    }
    bool over = __builtin_mul_overflow(a->lo, (gk_fixed)n, &a->lo);
    return __builtin_mul_overflow(a->hi, (gk_fixed)n, &a->hi) || over ? GK_CALC_LARGE : GK_CALC_OK;
}

/* The lowest and highest of the four products of the ends. A product with a whole number, as most are, is exact. */
gk_calc gk_interval_times(gk_interval *a, gk_interval b) {
    if (b.lo == b.hi && b.lo >= 0 && b.lo <= INT64_MAX && (int64_t)b.lo % ONE == 0) return times_number(a, (int64_t)b.lo / ONE);
    const gk_fixed x[2] = {a->lo, a->hi}, y[2] = {b.lo, b.hi};
    for (int i = 0; i < 4; i++) {
        gk_fixed p;
        if (__builtin_mul_overflow(x[i >> 1], y[i & 1], &p)) return GK_CALC_LARGE;
        gk_fixed whole = p / ONE, rest = p - whole * ONE;
        gk_fixed lo = whole - (rest < 0), hi = whole + (rest > 0);
        if (i == 0 || lo < a->lo) a->lo = lo;
        if (i == 0 || hi > a->hi) a->hi = hi;
    }
    return GK_CALC_OK;
}

/* p / by, both not negative, rounded down or up. What fits 64 bits is divided as such. */
static gk_fixed quotient(gk_fixed p, gk_fixed by, bool up) {
    if (p > INT64_MAX || by > INT64_MAX) {
        gk_fixed whole = p / by;
        return whole + (up && whole * by != p);
    }
    uint64_t whole = (uint64_t)p / (uint64_t)by;
    return (gk_fixed)whole + (up && whole * (uint64_t)by != (uint64_t)p);
}

/* Both change their signs; false: the divisor is too large for that. */
static bool turn(gk_interval *a, gk_interval *b) {
    gk_interval x = *a, y = *b;
    bool over = __builtin_sub_overflow((gk_fixed)0, x.hi, &a->lo) || __builtin_sub_overflow((gk_fixed)0, x.lo, &a->hi);
    over = __builtin_sub_overflow((gk_fixed)0, y.lo, &b->hi) || over;
    b->lo = -y.hi;
    return !over;
}

/* By a divisor above zero, the lowest quotient is that of the lowest end, over the highest divisor if it is not negative, else
 * over the lowest; and so on. */
gk_calc gk_interval_over(gk_interval *a, gk_interval b) {
    if (b.lo == 0 && b.hi == 0) return GK_CALC_ZERO;
    if (b.lo <= 0 && b.hi >= 0) return GK_CALC_COARSE;
    if (b.hi < 0 && !turn(a, &b)) return GK_CALC_LARGE;
    if (times_number(a, ONE) != GK_CALC_OK) return GK_CALC_LARGE;
    a->lo = a->lo >= 0 ? quotient(a->lo, b.hi, false) : -quotient(-a->lo, b.lo, true);
    a->hi = a->hi >= 0 ? quotient(a->hi, b.lo, true) : -quotient(-a->hi, b.hi, false);
    return GK_CALC_OK;
}
