#include "pattern/place.h"

/* Bytes of the line break at `at`, 0 where there is none. */
static size_t break_at(gk_str s, size_t at) {
    const unsigned char *p = (const unsigned char *)s.ptr + at;
    size_t left = s.len - at;
    if (p[0] == '\n') return 1;
    if (p[0] == '\r') return left > 1 && p[1] == '\n' ? 2 : 1;
    if (p[0] == 0xC2) return left > 1 && p[1] == 0x85 ? 2 : 0;
    if (p[0] == 0xE2) return left > 2 && p[1] == 0x80 && (p[2] == 0xA8 || p[2] == 0xA9) ? 3 : 0;
    return 0;
}

gk_str gk_place_line(gk_str source, size_t start, size_t *next) {
    size_t at = start, width = 0;
    while (at < source.len && (width = break_at(source, at)) == 0) at++;
    *next = at < source.len ? at + width : source.len;
    return gk_str_slice(source, start, at);
}

static size_t skip_characters(gk_str s, size_t count) {
    size_t at = 0;
    while (at < s.len && count > 0) {
        at++, count--;
        while (at < s.len && ((unsigned char)s.ptr[at] & 0xC0) == 0x80) at++;
    }
    return at;
}

size_t gk_place_offset(gk_str source, uint32_t line, size_t column) {
    size_t start = gk_str_starts(source, GK_STR("\xEF\xBB\xBF")) ? 3 : 0, next = start;
    gk_str text = gk_place_line(source, start, &next);
    for (uint32_t i = 1; i < line && next < source.len; i++) {
        start = next;
        text = gk_place_line(source, start, &next);
    }
    return start + skip_characters(text, column > 0 ? column - 1 : 0);
}
