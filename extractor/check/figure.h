/* Figures: the interval of values that a printed number stands for. */
#ifndef GK_CHECK_FIGURE_H
#define GK_CHECK_FIGURE_H

#include "check/interval.h"
#include "doc/result.h"

typedef struct gk_figure {
    gk_fixed value;
    int64_t step;   /* the worth of the last printed digit; 0: the figure is exact (a count, a zero) */
    int8_t power;     /* places between the printed number and the value: 4 for a unit of 10^4 */
    int8_t decimals;  /* printed ones */
    bool known;     /* false: there is no number, or it is too large to compute with */
    bool vague;     /* printed with a qualifier: about, more than ... */
} gk_figure;

enum {
    GK_FIGURE_SHORT = 18, /* digits that are one integer */
    GK_FIGURE_UNITS = 13, /* no printed unit is above 10^12 */
    GK_FIGURE_BITS = 120  /* of a value that is computed with: a hundred of them have a sum that fits */
};
extern const uint64_t gk_figure_powers[GK_FIGURE_SHORT + 1];

/* So many units; most products fit 64 bits. */
static inline gk_fixed gk_figure_units(uint64_t count, uint64_t unit) {
    uint64_t v;
    return __builtin_mul_overflow(count, unit, &v) ? (gk_fixed)count * unit : (gk_fixed)v;
}

/* From what was seen of a mention; false: it takes a closer look. The last digit is worth what the digits are counted in. */
static inline bool gk_figure_seen(gk_figure *f, const gk_record *r, const gk_sight *s) {
    int places = GK_FIXED_PLACES + s->power - s->decimals;
    if (!s->plain || places < 0 || places > GK_FIGURE_SHORT || s->power < 0 || s->power >= GK_FIGURE_UNITS) return false;
    gk_fixed value = gk_figure_units(s->digits, gk_figure_powers[places]);
    f->value = s->negative ? -value : value;
    f->known = true;
    f->decimals = (int8_t)s->decimals;
    if (s->digits) {
        f->power = s->power;
        bool whole = r->kind == GK_KIND_QUANTITY && s->power == 0 && s->decimals == 0;
        if (!whole) f->step = places > 0 ? (int64_t)gk_figure_powers[places] : 2;
    } else if (r->kind == GK_KIND_PERCENTAGE && s->decimals < GK_FIXED_PLACES) {
        f->step = (int64_t)gk_figure_powers[GK_FIXED_PLACES - s->decimals];
    }
    return true;
}

/* From what the record prints of its value; f->vague is set. */
void gk_figure_printed(gk_figure *f, const gk_record *r);

/* *f becomes the figure of a mention, of which this was seen; NULL: it is read from what the record prints. */
static inline void gk_figure_set(gk_figure *f, const gk_record *r, const gk_sight *sight) {
    *f = (gk_figure){.vague = gk_get(r, GK_F_QUALIFIER).len > 0};
    if (!sight || !gk_figure_seen(f, r, sight)) gk_figure_printed(f, r);
}
static inline gk_figure gk_figure_of(const gk_record *r, const gk_sight *sight) {
    gk_figure f;
    gk_figure_set(&f, r, sight);
    return f;
}
/* The figure of a plain printed number such as "95.5": of a cell. */
gk_figure gk_figure_read(gk_str text);

/* Whether two numbers above zero have the same digits, in any order. */
static inline bool gk_same_digits(gk_fixed a, gk_fixed b) {
    int count[10] = {0}, off = 0;
    for (; a > 0; a /= 10) count[a % 10]++;
    for (; b > 0; b /= 10) count[b % 10]--;
    for (int i = 0; i < 10; i++) off += count[i] != 0;
    return off == 0;
}

/* Whether two numbers above zero have as many digits, and all but one of them alike. */
static inline bool gk_one_digit(gk_fixed a, gk_fixed b) {
    int differ = 0;
    for (; a > 0 && b > 0; a /= 10, b /= 10) differ += a % 10 != b % 10;
    return !a && !b && differ == 1;
}

/* Whether a value, printed as a figure is, has its digits in another order, and the figure is no shorter than `least`, in units
 * of its last digit: of few digits that is chance. */
static inline bool gk_figure_mixed(const gk_figure *f, gk_fixed value, gk_fixed least) {
    gk_fixed step = f->step ? f->step : gk_fixed_power(GK_FIXED_PLACES), a = f->value / step, b = value / step;
    return value % step == 0 && a >= least && b > 0 && gk_same_digits(a, b);
}

/* All values that round to a value whose last printed digit is worth a step, and all that truncation would print as it. */
static inline gk_interval gk_printed_interval(gk_fixed value, gk_fixed step) {
    gk_fixed near = step / 2, far = step > 0 ? step - 1 : 0; /* the next step is printed as the next figure */
    if (value == 0) return (gk_interval){-far, far};
    return value > 0 ? (gk_interval){value - near, value + far} : (gk_interval){value - far, value + near};
}

/* The same of a figure. */
static inline gk_interval gk_figure_interval(gk_figure f) {
    return gk_printed_interval(f.value, f.step);
}

/* One step to both sides: what a term of a sum may be off by. */
static inline gk_interval gk_figure_wide(gk_figure f) { return (gk_interval){f.value - f.step, f.value + f.step}; }

#endif
