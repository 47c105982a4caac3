/* Chinese numerals, through ICU's rule-based number formats (ICU is the authority; zh spellout, ordinary and
 * financial). */
#ifndef GK_TEXT_NUMERAL_H
#define GK_TEXT_NUMERAL_H

#include "base/decimal.h"

/* Reads the longest Chinese numeral at the start of s (folded UTF-8): 二十三, 两百零五, 一万二千, 壹佰贰拾叁, 三点五, 〇, 廿.
 * Returns the bytes read (0: none) and the exact value. A string of plain digits (二〇二四) is read by position. Opens
 * nothing after the first call; thread safe. */
size_t gk_numeral_read(gk_str s, gk_decimal *out);
/* Whether a Chinese numeral can start at the code point (a cheap filter). */
bool gk_numeral_starts(uint32_t code_point);

#endif
