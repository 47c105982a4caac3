/* The pieces of a JSON line, written into room that the caller has made. No function here checks for room.
 *
 * A text is escaped as RFC 8259, section 7, asks, and no further: '"', '\\' and what is below U+0020; the short forms
 * \b \f \n \r \t where there is one. U+0000 becomes U+FFFD, as nothing that reads lines into NUL terminated strings
 * could hold it. Bytes that are no UTF-8 are copied: it is for the caller to look for them (see json.c).
 */
#ifndef GK_EMIT_WRITE_H
#define GK_EMIT_WRITE_H

#include "base/str.h"

enum {
    GK_JSON_LONGEST_ESCAPE = 6, /* bytes that one byte of a text can become: \u001f */
    GK_JSON_SPARE = 32          /* bytes behind the written ones that each function may touch */
};

/* Copies s as it stands, U+0000 excepted. Returns the end of what was written. */
char *gk_write_raw(char *to, gk_str s);
/* The text between quotes. */
char *gk_write_text(char *to, gk_str s);
/* The same; *wide becomes true where the text holds anything but ASCII: only then it may be no well-formed UTF-8. */
char *gk_write_text_wide(char *to, gk_str s, bool *wide);
/* A coordinate in hundredths of a point: exact for every page a float can hold to that precision, and free of the
 * locale's decimal comma. One beyond any page is written as the limit of 100,000 points, one that is no number as 0.
 * Zeros at the end of the fraction are left out. */
char *gk_write_coordinate(char *to, float point);

#endif
