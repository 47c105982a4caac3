/* SPDX-License-Identifier: AGPL-3.0-or-later
 *
 * Buffered output of numbers and words on the standard output. A reader that went away ends the program. */
#ifndef GK_PDF_OUT_H
#define GK_PDF_OUT_H

#include <stddef.h>

void out_char(char c);
void out_bytes(const void *bytes, size_t length);
void out_text(const char *text);
/* Prints text with every byte below 0x21 (blanks too, when `blanks` is 0) and above 0x7E as '_'. */
void out_clean(const char *text, int blanks);
void out_int(long value);
void out_hex(unsigned value);
/* Prints a blank and the length in 1/100, rounded; what is no number of a page becomes a bound. */
void out_length(float points);
void out_flush(void);

#endif
