/* Chinese numerals, ordinary and financial.
 *
 * ICU is the authority: what its rule-based formats for zh write (spell-out cardinal, its variants with 两 and 〇, and
 * financial) is read back with the same value; the unit test proves it over some ten thousand values. The reader itself
 * is a small grammar, because a rule-based format of ICU takes 4 ms to open and up to 80 us for one numeral, and because
 * ICU takes the short form 一百二 for 102 where people mean 120.
 */
#ifndef GK_TEXT_NUMERAL_H
#define GK_TEXT_NUMERAL_H

#include "base/decimal.h"

/* Reads the longest Chinese numeral at the start of s (folded UTF-8): 二十三, 两百零五, 一万二千, 壹佰贰拾叁, 三点五, 〇, 廿.
 * Returns the bytes read (0: none) and the exact value; *out is left alone where there is none.
 * A string of plain digits (二〇二四) is read by position. The short forms 一百二, 三千二, 一万二 are 120, 3200, 12000. A
 * figure with a fraction may end in 万 or 亿 (一点二万). No numeral: 百万 (no figure before it), what has the form of a
 * numeral and is none (三十二百), and estimates of two neighbouring digits (三四, 三五, 二三十, 十五六). At most 64 digits.
 * Thread safe. */
size_t gk_numeral_read(gk_str s, gk_decimal *out);
/* Reads a whole number of at most `most` digits, or else in numerals, at the start of s, as the items of a list have: 12, 十二.
 * Returns the bytes read, 0: none; *value is 0 where a numeral is no whole number of 64 bits. Thread safe. */
size_t gk_ordinal_read(gk_str s, size_t most, int64_t *value);
/* Whether the code point is a figure or unit of Chinese numerals (a cheap filter: no numeral starts with another one). */
bool gk_numeral_starts(uint32_t code_point);
/* The first byte from `at` on where such a character stands in s (valid UTF-8), s.len for none. */
size_t gk_numeral_find(gk_str s, size_t at);
/* The same, and 点, which stands inside numerals only: for finding where a run of numeral characters ends. */
bool gk_numeral_continues(uint32_t code_point);

#endif
