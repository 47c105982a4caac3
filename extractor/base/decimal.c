#include "base/decimal.h"

#include "base/limits.h"

/* Worked example of an addition: 1.25 + 10 is 125 * 10^-2 + 10 * 10^0; the second becomes 1000 * 10^-2, the sum is
 * 1125 * 10^-2. Aligning and multiplying work on twice the limbs, so that only the result has to fit. */

enum {
    BASE = GK_DECIMAL_BASE,
    BASE_DIGITS = 9,
    WIDE = 2 * GK_DECIMAL_LIMBS + 1,
    SCALE_MOST = 200,
    MOST_DIGITS = GK_MAX_DECIMAL_DIGITS
};

_Static_assert(GK_MAX_DECIMAL_DIGITS == GK_DECIMAL_LIMBS * BASE_DIGITS, "the limbs hold the named maximum");

typedef struct wide {
    uint32_t limb[WIDE];
    int scale;
} wide;

static wide widen(const gk_decimal *d) {
    wide w = {.scale = d->scale};
    memcpy(w.limb, d->limb, sizeof d->limb);
    return w;
}

static int limbs_used(const uint32_t *limb, int count) {
    while (count > 0 && limb[count - 1] == 0) count--;
    return count;
}

static bool wide_is_zero(const wide *w) {
    return limbs_used(w->limb, WIDE) == 0;
}

/* w = w * factor + carry; false where it does not fit. */
static bool wide_mul_small(wide *w, uint32_t factor, uint32_t carry) {
    for (int i = 0; i < WIDE; i++) {
        uint64_t x = (uint64_t)w->limb[i] * factor + carry;
        w->limb[i] = (uint32_t)(x % BASE);
        carry = (uint32_t)(x / BASE);
    }
    return carry == 0;
}

/* Divides by ten and drops a digit of the scale; false (and unchanged) where a digit other than zero would be lost. */
static bool wide_drop_zero(wide *w) {
    if (w->limb[0] % 10 != 0) return false;
    uint32_t rest = 0;
    for (int i = limbs_used(w->limb, WIDE) - 1; i >= 0; i--) {
        uint64_t x = (uint64_t)rest * BASE + w->limb[i];
        w->limb[i] = (uint32_t)(x / 10);
        rest = (uint32_t)(x % 10);
    }
    w->scale--;
    return true;
}

static int wide_digits(const wide *w) {
    int used = limbs_used(w->limb, WIDE), digits = 0;
    if (used == 0) return 0;
    for (uint32_t top = w->limb[used - 1]; top > 0; top /= 10) digits++;
    return digits + (used - 1) * BASE_DIGITS;
}

/* Raises the scale by k (k >= 0), value unchanged; false where it does not fit. */
static bool wide_raise(wide *w, int k) {
    if (k > WIDE * BASE_DIGITS) return false;
    w->scale += k;
    for (; k >= BASE_DIGITS; k -= BASE_DIGITS)
        if (!wide_mul_small(w, BASE, 0)) return false;
    for (; k > 0; k--)
        if (!wide_mul_small(w, 10, 0)) return false;
    return true;
}

static void wide_strip(wide *w) {
    if (wide_is_zero(w)) {
        w->scale = 0;
        return;
    }
    while (wide_drop_zero(w)) continue;
}

/* Brings both to one scale; false where they lie too far apart. */
static bool wide_align(wide *a, wide *b) {
    int k = a->scale - b->scale;
    if (k > MOST_DIGITS || k < -MOST_DIGITS) {
        wide_strip(a);
        wide_strip(b);
        if (wide_is_zero(a)) a->scale = b->scale;
        if (wide_is_zero(b)) b->scale = a->scale;
        k = a->scale - b->scale;
    }
    return k >= 0 ? wide_raise(b, k) : wide_raise(a, -k);
}

static int wide_cmp(const wide *a, const wide *b) {
    for (int i = WIDE; i-- > 0;)
        if (a->limb[i] != b->limb[i]) return a->limb[i] < b->limb[i] ? -1 : 1;
    return 0;
}

static bool wide_add(wide *a, const wide *b) {
    uint32_t carry = 0;
    for (int i = 0; i < WIDE; i++) {
        uint32_t x = a->limb[i] + b->limb[i] + carry;
        carry = x >= BASE;
        a->limb[i] = carry ? x - BASE : x;
    }
    return carry == 0;
}

/* a -= b, where a >= b. */
static void wide_sub(wide *a, const wide *b) {
    uint32_t borrow = 0;
    for (int i = 0; i < WIDE; i++) {
        uint32_t take = b->limb[i] + borrow;
        borrow = a->limb[i] < take;
        a->limb[i] = a->limb[i] + (borrow ? BASE : 0) - take;
    }
}

/* Stores w where it fits, giving up trailing zeros only where it must. */
static bool narrow(wide *w, bool negative, gk_decimal *out) {
    while (limbs_used(w->limb, WIDE) > GK_DECIMAL_LIMBS || w->scale > SCALE_MOST)
        if (wide_is_zero(w) ? (w->scale = SCALE_MOST, false) : !wide_drop_zero(w)) return false;
    while (w->scale < -SCALE_MOST)
        if (!wide_raise(w, 1)) return false;
    if (limbs_used(w->limb, WIDE) > GK_DECIMAL_LIMBS) return false;
    memcpy(out->limb, w->limb, sizeof out->limb);
    out->scale = (int16_t)w->scale;
    out->negative = negative && !wide_is_zero(w);
    return true;
}

/* limbs = limbs * factor + carry over the `used` limbs that are not zero yet; returns the new number of them. Figures
 * have mostly fewer than ten digits, so this is one step. */
static int push_digits(uint32_t *limb, int used, uint32_t factor, uint32_t carry) {
    for (int i = 0; i < used; i++) {
        uint64_t x = (uint64_t)limb[i] * factor + carry;
        limb[i] = (uint32_t)(x % BASE);
        carry = (uint32_t)(x / BASE);
    }
    if (carry) limb[used++] = carry;
    return used;
}

bool gk_decimal_parse(gk_str s, gk_decimal *out) {
    gk_decimal d = {.negative = s.len && s.ptr[0] == '-'};
    size_t at = s.len && (s.ptr[0] == '-' || s.ptr[0] == '+');
    bool point = false;
    uint32_t held = 0, unit = 1; /* digits read and not yet pushed, and ten to their number */
    int digits = 0, used = 0;
    if (at == s.len) return false;
    for (; at < s.len; at++) {
        char c = s.ptr[at];
        if (gk_is_digit(c)) {
            digits += digits > 0 || c != '0';
            d.scale += point;
            if (digits > MOST_DIGITS || d.scale > SCALE_MOST) return false;
            held = held * 10 + (uint32_t)(c - '0');
            unit *= 10;
            if (unit == BASE) used = push_digits(d.limb, used, unit, held), held = 0, unit = 1;
            continue;
        }
        bool between = at > 0 && gk_is_digit(s.ptr[at - 1]) && at + 1 < s.len && gk_is_digit(s.ptr[at + 1]);
        if (!between || point || (c != '.' && c != ',')) return false;
        point = c == '.';
    }
    push_digits(d.limb, used, unit, held);
    d.negative = d.negative && !gk_decimal_is_zero(&d);
    *out = d;
    return true;
}

bool gk_decimal_from_int(int64_t value, gk_decimal *out) {
    uint64_t rest = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    *out = (gk_decimal){.negative = value < 0};
    for (int i = 0; rest > 0; i++, rest /= BASE) out->limb[i] = (uint32_t)(rest % BASE);
    return true;
}

bool gk_decimal_shift(gk_decimal *d, int places) {
    if (places > 2 * SCALE_MOST || places < -2 * SCALE_MOST) return false;
    int scale = d->scale - places;
    if (scale > SCALE_MOST || scale < -SCALE_MOST) return false;
    d->scale = (int16_t)scale;
    return true;
}

bool gk_decimal_is_zero(const gk_decimal *d) {
    return limbs_used(d->limb, GK_DECIMAL_LIMBS) == 0;
}

void gk_decimal_negate(gk_decimal *d) {
    d->negative = !d->negative && !gk_decimal_is_zero(d);
}

bool gk_decimal_add(const gk_decimal *a, const gk_decimal *b, gk_decimal *out) {
    wide x = widen(a), y = widen(b);
    if (!wide_align(&x, &y)) return false;
    if (a->negative == b->negative) return wide_add(&x, &y) && narrow(&x, a->negative, out);
    if (wide_cmp(&x, &y) >= 0) {
        wide_sub(&x, &y);
        return narrow(&x, a->negative, out);
    }
    wide_sub(&y, &x);
    return narrow(&y, b->negative, out);
}

bool gk_decimal_sub(const gk_decimal *a, const gk_decimal *b, gk_decimal *out) {
    gk_decimal minus = *b;
    gk_decimal_negate(&minus);
    return gk_decimal_add(a, &minus, out);
}

bool gk_decimal_mul(const gk_decimal *a, const gk_decimal *b, gk_decimal *out) {
    wide w = {.scale = a->scale + b->scale};
    for (int i = 0; i < GK_DECIMAL_LIMBS; i++) {
        uint64_t carry = 0;
        for (int k = 0; k <= GK_DECIMAL_LIMBS; k++) {
            uint64_t x = w.limb[i + k] + carry;
            if (k < GK_DECIMAL_LIMBS) x += (uint64_t)a->limb[i] * b->limb[k];
            w.limb[i + k] = (uint32_t)(x % BASE);
            carry = x / BASE;
        }
    }
    return narrow(&w, a->negative != b->negative, out);
}

/* Orders the absolute values. Without trailing zeros the number of digits before the point decides first, so that
 * aligning is needed only for values of the same size. */
static int cmp_absolute(const gk_decimal *a, const gk_decimal *b) {
    wide x = widen(a), y = widen(b);
    if (a->scale == b->scale) return wide_cmp(&x, &y);
    if (wide_is_zero(&x) || wide_is_zero(&y)) return (int)!wide_is_zero(&x) - (int)!wide_is_zero(&y);
    int m = wide_digits(&x) - x.scale, n = wide_digits(&y) - y.scale;
    if (m != n) return m < n ? -1 : 1;
    wide_align(&x, &y);
    return wide_cmp(&x, &y);
}

int gk_decimal_cmp(const gk_decimal *a, const gk_decimal *b) {
    if (a->negative != b->negative) return a->negative ? -1 : 1;
    int c = cmp_absolute(a, b);
    return a->negative ? -c : c;
}

/* The digits of the limbs without leading zeros, most significant first; returns their number (0 for zero). */
static int digits_of(const gk_decimal *d, char out[GK_MAX_DECIMAL_DIGITS]) {
    int used = limbs_used(d->limb, GK_DECIMAL_LIMBS);
    if (used == 0) return 0;
    char *end = out + GK_MAX_DECIMAL_DIGITS, *at = end;
    for (int i = 0; i < used; i++) {
        uint32_t limb = d->limb[i];
        for (int k = 0; i + 1 < used ? k < BASE_DIGITS : limb > 0; k++, limb /= 10) *--at = (char)('0' + limb % 10);
    }
    memmove(out, at, (size_t)(end - at));
    return (int)(end - at);
}

enum { MOST_TEXT = MOST_DIGITS + SCALE_MOST + 3 }; /* digits, zeros that the scale adds, "-0." */

static char *write_zeros(char *to, int count) {
    if (count <= 0) return to;
    memset(to, '0', (size_t)count);
    return to + count;
}

static char *write_digits(char *to, const char *digits, int count) {
    memcpy(to, digits, (size_t)count);
    return to + count;
}

static size_t write_decimal(const gk_decimal *d, char out[MOST_TEXT]) {
    char digits[GK_MAX_DECIMAL_DIGITS], *to = out;
    int n = digits_of(d, digits), scale = d->scale;
    while (scale > 0 && n > 0 && digits[n - 1] == '0') n--, scale--;
    if (n == 0) {
        *to = '0';
        return 1;
    }
    if (d->negative) *to++ = '-';
    int whole = n - scale; /* digits before the point */
    if (scale <= 0) return (size_t)(write_zeros(write_digits(to, digits, n), -scale) - out);
    if (whole > 0) to = write_digits(to, digits, whole);
    else *to++ = '0';
    *to++ = '.';
    to = write_zeros(to, -whole);
    to = write_digits(to, digits + (whole > 0 ? whole : 0), whole > 0 ? scale : n);
    return (size_t)(to - out);
}

void gk_decimal_print(const gk_decimal *d, gk_buf *out) {
    char text[MOST_TEXT];
    size_t len = write_decimal(d, text);
    gk_buf_put(out, (gk_str){text, len});
}

gk_str gk_decimal_text(const gk_decimal *d, gk_arena *a) {
    char text[MOST_TEXT];
    size_t len = write_decimal(d, text);
    return gk_arena_dup(a, (gk_str){text, len});
}

bool gk_decimal_to_int(const gk_decimal *d, int places, int64_t *out) {
    wide w = widen(d);
    wide_strip(&w);
    if (wide_is_zero(&w)) {
        *out = 0;
        return true;
    }
    w.scale -= places;
    if (w.scale > 0 || wide_digits(&w) - w.scale > 19 || !wide_raise(&w, -w.scale)) return false;
    uint64_t v = w.limb[2] * (uint64_t)BASE * BASE + w.limb[1] * (uint64_t)BASE + w.limb[0];
    if (v > (uint64_t)INT64_MAX + d->negative) return false;
    *out = d->negative ? (int64_t)(0 - v) : (int64_t)v;
    return true;
}
