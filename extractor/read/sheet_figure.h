/* Numbers of spreadsheet cells, as digits.
 *
 * A cell holds a binary double; the program that wrote it knows 15 decimal digits of it, and what is behind them is the
 * noise of binary fractions: 0.1 + 0.2 is stored as 0.30000000000000004 and shown as 0.3. A figure is that decimal of at
 * most 15 digits, and everything done with it is exact or rounded half up on these digits, as the screen shows it.
 */
#ifndef GK_READ_SHEET_FIGURE_H
#define GK_READ_SHEET_FIGURE_H

#include "base/buf.h"

enum { GK_FIGURE_DIGITS = 15 };

/* 0.d1d2d3... * 10^point; len 0: zero. The last digit is never '0', nor is the first. */
typedef struct gk_figure {
    char digit[GK_FIGURE_DIGITS];
    int len, point;
    bool negative;
} gk_figure;

/* Reads `[+-]digits[.digits][E[+-]digits]`; rounded to 15 digits. False where s is not of this form or the exponent is
 * beyond that of a double. */
bool gk_figure_parse(gk_str s, gk_figure *out);
/* The nearest decimal of 15 digits; false for what is no number. */
bool gk_figure_of_double(double value, gk_figure *out);
/* Rounds half up (away from zero) to so many decimals. */
void gk_figure_round(gk_figure *f, int decimals);
/* The digit that stands for 10^power. */
char gk_figure_at(const gk_figure *f, int power);
/* Digits before the decimal point, 0 below one. */
static inline int gk_figure_whole(const gk_figure *f) { return f->len && f->point > 0 ? f->point : 0; }
/* Digits behind the decimal point. */
static inline int gk_figure_decimals(const gk_figure *f) { return f->len > f->point ? f->len - f->point : 0; }
/* -1, 0, 1 by value. */
int gk_figure_cmp(const gk_figure *a, const gk_figure *b);
/* Prints all digits in plain notation; with an exponent only beyond 10^40 and below 10^-30. */
void gk_figure_print(const gk_figure *f, gk_buf *out);

#endif
