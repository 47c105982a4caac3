/* Number formats of spreadsheets (ECMA-376 part 1, 18.8.31): what a cell shows of its value.
 *
 * Worked example: `#,##0.00_);(#,##0.00);"-"` has three sections, for positive figures, negative ones and zero. The first
 * shows 1234.5 as 1,234.50; the second -1234.5 as (1,234.50); the third zero as -. `0.00%` shows 0.1234 as 12.34%, and
 * `0.0,"thousand"` shows 12345 as 12.3thousand, because a comma behind the last digit divides by a thousand.
 *
 * Kept out: padding and fill (`_x`, `*x`), colours, numerals of other writings. A fraction (`# ?/?`) and an exponent are
 * shown as the plain number, and so is everything that is no known format.
 */
#ifndef GK_READ_SHEET_FORMAT_H
#define GK_READ_SHEET_FORMAT_H

#include "read/sheet_figure.h"

enum { GK_FORMAT_SECTIONS = 4 };

typedef struct gk_format_section {
    gk_str code;
    bool general;           /* the plain number */
    bool date, elapsed;     /* a date or time; hours counted past a day */
    bool percent, thousands, text, colored;
    uint8_t scale;          /* thousands to divide by */
    uint8_t whole, decimals; /* places for digits before and behind the point */
    char test;              /* '<' '>' '=' 'l' (<=) 'g' (>=) '!' (<>), 0: none */
    gk_figure limit;        /* of the test */
} gk_format_section;

typedef struct gk_format {
    gk_format_section at[GK_FORMAT_SECTIONS];
    size_t count; /* 0: General */
} gk_format;

/* Reads a format code, which must outlive the result. */
void gk_format_read(gk_str code, gk_format *out);
/* The code of one of the formats that files name by number only (18.8.30, those of zh-CN among them); absent: none. */
gk_str gk_format_builtin(uint32_t id);
/* Appends what the cell shows of a number. `from_1904`: dates count from 1904 instead of 1900. */
void gk_format_figure(const gk_format *f, gk_figure value, bool from_1904, gk_buf *out);
/* Appends what the cell shows of a text. */
void gk_format_text(const gk_format *f, gk_str text, gk_buf *out);

/* Steps over one element of a format code at s.ptr[*at]: gives the literal text it shows (empty: none) in *literal and
 * returns the format character, or 0 for a literal or anything that shows nothing. */
char gk_format_step(gk_str s, size_t *at, gk_str *literal);

/* sheet_date.c: appends a date or time. Serials beyond the year 9999 and below zero are shown as plain numbers. */
void gk_format_date(const gk_format_section *section, const gk_figure *serial, bool from_1904, gk_buf *out);

#endif
