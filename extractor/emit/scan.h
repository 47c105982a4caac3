/* Where each member of a JSON object stands in its text.
 *
 * cJSON keeps no offsets and turns numbers into binary floating point; records are to come back digit for digit. So
 * cJSON says whether a line is JSON and decodes its strings, and this scanner, which trusts that answer, says which
 * bytes each value has.
 */
#ifndef GK_EMIT_SCAN_H
#define GK_EMIT_SCAN_H

#include "base/str.h"

/* Steps from the text just behind a '{' or '[' or behind a value to the bytes of the next value: skips blanks, ',' and,
 * where `named`, the name and ':'. Absent at the closing mark. *at is moved behind the value. The text is JSON that was
 * found good; on other text the result is any slice of it. */
gk_str gk_scan_value(gk_str json, size_t *at, bool named);
/* Whether the text is a JSON number; whole: without fraction and exponent. Exponents are refused always. */
bool gk_scan_is_number(gk_str text, bool whole);
/* The offset of an escaped U+0000 in the bytes of a string value, or SIZE_MAX. */
size_t gk_scan_nul(gk_str string);

#endif
