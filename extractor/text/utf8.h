/* Small UTF-8 steps that must be inlined. The text is valid UTF-8. Private to extractor/text. */
#ifndef GK_TEXT_UTF8_H
#define GK_TEXT_UTF8_H

#include "base/str.h"

/* The code point at p; *bytes is its length. */
static inline uint32_t gk_utf8_next(const char *p, size_t *bytes) {
    const unsigned char *u = (const unsigned char *)p;
    if (u[0] < 0x80) return *bytes = 1, u[0];
    if (u[0] < 0xE0) return *bytes = 2, (u[0] & 0x1Fu) << 6 | (u[1] & 0x3Fu);
    if (u[0] < 0xF0) return *bytes = 3, (u[0] & 0x0Fu) << 12 | (u[1] & 0x3Fu) << 6 | (u[2] & 0x3Fu);
    return *bytes = 4, (u[0] & 0x07u) << 18 | (u[1] & 0x3Fu) << 12 | (u[2] & 0x3Fu) << 6 | (u[3] & 0x3Fu);
}

/* Where the last character of the non-empty text [start, end) starts. */
static inline const char *gk_utf8_last(const char *start, const char *end) {
    do end--;
    while (end > start && ((unsigned char)*end & 0xC0) == 0x80);
    return end;
}

#endif
