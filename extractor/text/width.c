#include <unicode/uchar.h>

#include "text/charset.h"
#include "text/utf8.h"

static size_t columns_of(uint32_t c, bool wide_ambiguous) {
    if (c >= 0x20 && c < 0x7F) return 1;
    if (c >= 0x4E00 && c <= 0x9FFF) return 2;
    int8_t type = u_charType((UChar32)c);
    if (type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK || type == U_CONTROL_CHAR) return 0;
    if (type == U_FORMAT_CHAR) return c == 0xAD; /* terminals print the soft hyphen */
    int width = u_getIntPropertyValue((UChar32)c, UCHAR_EAST_ASIAN_WIDTH);
    return width == U_EA_WIDE || width == U_EA_FULLWIDTH || (wide_ambiguous && width == U_EA_AMBIGUOUS) ? 2 : 1;
}

size_t gk_text_width(gk_str s, bool wide_ambiguous) {
    size_t width = 0;
    for (size_t at = 0, bytes; at < s.len; at += bytes)
        width += columns_of(gk_utf8_next(s.ptr + at, &bytes), wide_ambiguous);
    return width;
}
