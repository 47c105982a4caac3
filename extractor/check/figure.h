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

/* *f becomes the figure of a mention, of which this was seen; NULL: it is read from what the record prints. */
void gk_figure_set(gk_figure *f, const gk_record *r, const gk_sight *sight);
static inline gk_figure gk_figure_of(const gk_record *r, const gk_sight *sight) {
    gk_figure f;
    gk_figure_set(&f, r, sight);
    return f;
}
/* The figure of a plain printed number such as "95.5": of a cell. */
gk_figure gk_figure_read(gk_str text);

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
