/* Exact decimals. No binary floating point touches a value.
 *
 * A value is sign * digits * 10^-scale. At most GK_MAX_DECIMAL_DIGITS significant digits; what does not fit is refused,
 * never rounded. Values are plain data: copy freely, nothing to free. Zero is never negative.
 */
#ifndef GK_BASE_DECIMAL_H
#define GK_BASE_DECIMAL_H

#include "base/buf.h"

enum {
    GK_DECIMAL_LIMBS = 8, /* least significant first: 72 digits */
    GK_DECIMAL_BASE = 1000000000
};

typedef struct gk_decimal {
    uint32_t limb[GK_DECIMAL_LIMBS];
    int16_t scale; /* digits behind the point, >= 0 after gk_decimal_parse; may be negative after a shift */
    bool negative;
} gk_decimal;

/* Reads `[+-]digits[.digits]` with optional thousands marks (',') between digits; nothing else may stand in s.
 * The scale is the number of printed decimals ("2.00" has scale 2). False where s is not of this form or too long. */
bool gk_decimal_parse(gk_str s, gk_decimal *out);
bool gk_decimal_from_int(int64_t value, gk_decimal *out);
/* Multiplies by 10^places (exact: only the scale changes). False where the scale would leave -200..200. */
bool gk_decimal_shift(gk_decimal *d, int places);
void gk_decimal_negate(gk_decimal *d);
/* Exact arithmetic; false (and *out untouched) where the result does not fit. out may be a or b. */
bool gk_decimal_add(const gk_decimal *a, const gk_decimal *b, gk_decimal *out);
bool gk_decimal_sub(const gk_decimal *a, const gk_decimal *b, gk_decimal *out);
bool gk_decimal_mul(const gk_decimal *a, const gk_decimal *b, gk_decimal *out);
/* -1, 0, 1 by value ("2.0" equals "2"). */
int gk_decimal_cmp(const gk_decimal *a, const gk_decimal *b);
bool gk_decimal_is_zero(const gk_decimal *d);
/* Plain notation without exponent. Trailing zeros of the fraction are dropped ("2.00" prints "2", "-0.50" "-0.5"). */
void gk_decimal_print(const gk_decimal *d, gk_buf *out);
/* The same into the arena. */
gk_str gk_decimal_text(const gk_decimal *d, gk_arena *a);
/* As int64 when it is whole and fits after multiplying by 10^places; false otherwise (fen: places = 2). */
bool gk_decimal_to_int(const gk_decimal *d, int places, int64_t *out);

#endif
