/* Exact intervals; program.h computes formulas over them.
 *
 * Numbers are integers of 128 bits in millionths of the base unit (yuan, percent points, a person ...): sums and products
 * are exact, quotients are rounded outwards, so that an interval never loses a value that it stands for. What does not fit
 * is refused, never wrapped.
 *
 * Worked example: 18.78 printed in units of 10^4 yuan stands for all values that round to it or that truncation prints so,
 * [187750, 187900]; 26.32 / 177.5 becomes [0.1481, 0.1484] in the same way.
 */
#ifndef GK_CHECK_INTERVAL_H
#define GK_CHECK_INTERVAL_H

#include "base/mem.h"

__extension__ typedef __int128 gk_fixed; /* millionths */
__extension__ typedef unsigned __int128 gk_ufixed;

enum { GK_FIXED_PLACES = 6, GK_FIXED_MOST_POWER = 30 };

typedef struct gk_interval {
    gk_fixed lo, hi;
} gk_interval;

/* 10^places, for places 0 .. GK_FIXED_MOST_POWER; 1 below, and the highest above. */
enum { GK_FIXED_HALF_POWER = GK_FIXED_MOST_POWER / 2 };
extern const uint64_t gk_fixed_powers[GK_FIXED_HALF_POWER + 1];
static inline gk_fixed gk_fixed_power(int places) {
    if (places <= GK_FIXED_HALF_POWER) return (gk_fixed)gk_fixed_powers[places > 0 ? places : 0];
    int rest = places < GK_FIXED_MOST_POWER ? places - GK_FIXED_HALF_POWER : GK_FIXED_HALF_POWER;
    return (gk_fixed)gk_fixed_powers[GK_FIXED_HALF_POWER] * (gk_fixed)gk_fixed_powers[rest];
}
/* Plain notation without trailing zeros, rounded to `decimals` places (0 .. 6), away from zero on a half. */
gk_str gk_fixed_text(gk_fixed value, int decimals, gk_arena *a);

static inline gk_interval gk_interval_at(gk_fixed v) { return (gk_interval){v, v}; }
static inline bool gk_interval_meet(gk_interval a, gk_interval b) { return a.lo <= b.hi && b.lo <= a.hi; }
static inline bool gk_interval_has(gk_interval a, gk_fixed v) { return a.lo <= v && v <= a.hi; }

typedef enum gk_calc {
    GK_CALC_OK,
    GK_CALC_LARGE,  /* a number does not fit */
    GK_CALC_ZERO,   /* a quotient over exactly zero */
    GK_CALC_COARSE, /* a quotient over an interval that holds zero and more */
    GK_CALC_TERM    /* a name without a value, or a formula that cannot be read */
} gk_calc;

/* a becomes the sum, the product, the quotient. */
gk_calc gk_interval_add(gk_interval *a, gk_interval b);
gk_calc gk_interval_times(gk_interval *a, gk_interval b);
gk_calc gk_interval_over(gk_interval *a, gk_interval b);

#endif
