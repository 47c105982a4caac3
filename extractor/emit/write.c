#include "emit/write.h"

#include <stdlib.h>

#include "base/eight.h"

static const char replacement[3] = "\xEF\xBF\xBD";

/* Whether one of eight bytes must be escaped: below 0x20, '"' or '\\'. */
static bool any_special(uint64_t eight) {
    return (gk_eight_below(eight, 0x20) | gk_eight_has(eight, '"') | gk_eight_has(eight, '\\')) != 0;
}

static char *write_special(char *to, unsigned char c) {
    static const char shorts[0x20] = {['\b'] = 'b', ['\f'] = 'f', ['\n'] = 'n', ['\r'] = 'r', ['\t'] = 't'};
    static const char hex[] = "0123456789abcdef";
    if (c == 0) return (char *)memcpy(to, replacement, sizeof replacement) + sizeof replacement;
    *to++ = '\\';
    if (c >= 0x20) *to++ = (char)c;
    else if (shorts[c]) *to++ = shorts[c];
    else {
        memcpy(to, "u00", 3);
        to[3] = hex[c >> 4];
        to[4] = hex[c & 15];
        to += 5;
    }
    return to;
}

char *gk_write_raw(char *to, gk_str s) {
    for (;;) {
        const char *nul = s.len ? memchr(s.ptr, '\0', s.len) : NULL;
        size_t good = nul ? (size_t)(nul - s.ptr) : s.len;
        if (good) memcpy(to, s.ptr, good);
        to += good;
        if (!nul) return to;
        memcpy(to, replacement, sizeof replacement);
        to += sizeof replacement;
        s = gk_str_slice(s, good + 1, s.len);
    }
}

static char *write_slowly(char *to, const char *p, size_t n) {
    for (size_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)p[i];
        if (c < 0x20 || c == '"' || c == '\\') to = write_special(to, c);
        else *to++ = (char)c;
    }
    return to;
}

/* One to three bytes as one word; the middle one may be the first or the last. */
static uint32_t few(const char *p, size_t n) {
    return (uint32_t)(unsigned char)p[0] | (uint32_t)(unsigned char)p[n / 2] << 8 |
           (uint32_t)(unsigned char)p[n - 1] << 16 | (uint32_t)'0' << 24;
}

/* Fewer than eight bytes: two halves that may overlap are one word to look at. */
static char *write_few(char *to, const char *p, size_t n, uint64_t *all) {
    uint32_t head, tail;
    if (n < 4) {
        if (!n) return to;
        head = tail = few(p, n);
    } else {
        memcpy(&head, p, 4);
        memcpy(&tail, p + n - 4, 4);
    }
    uint64_t eight = (uint64_t)head << 32 | tail;
    *all |= eight;
    if (any_special(eight)) return write_slowly(to, p, n);
    if (n < 4) {
        to[0] = p[0], to[n / 2] = p[n / 2], to[n - 1] = p[n - 1];
        return to + n;
    }
    memcpy(to, &head, 4);
    memcpy(to + n - 4, &tail, 4);
    return to + n;
}

/* What is left of eight bytes or more: the last eight are one word, of which the first were written already. */
static char *write_rest(char *to, const char *end, size_t rest, uint64_t *all) {
    uint64_t eight;
    memcpy(&eight, end - 8, 8);
    *all |= eight;
    if (any_special(eight)) return write_slowly(to, end - rest, rest);
    to += rest;
    memcpy(to - 8, &eight, 8);
    return to;
}

char *gk_write_text_wide(char *to, gk_str s, bool *wide) {
    const char *p = s.ptr, *end = s.ptr + s.len;
    uint64_t all = 0;
    *to++ = '"';
    for (uint64_t eight; end - p >= 8; p += 8) {
        memcpy(&eight, p, 8);
        all |= eight;
        if (any_special(eight)) {
            to = write_slowly(to, p, 8);
            continue;
        }
        memcpy(to, &eight, 8);
        to += 8;
    }
    if (s.len < 8) to = write_few(to, p, s.len, &all);
    else if (p < end) to = write_rest(to, end, (size_t)(end - p), &all);
    if (all & 0x8080808080808080u) *wide = true;
    *to++ = '"';
    return to;
}

char *gk_write_text(char *to, gk_str s) {
    bool ignored = false;
    return gk_write_text_wide(to, s, &ignored);
}

char *gk_write_coordinate(char *to, float point) {
    const float most = 100000;
    if (!(point >= -most)) point = point < 0 ? -most : 0;
    if (point > most) point = most;
    long hundredths = (long)((double)point * 100 + (point < 0 ? -0.5 : 0.5));
    uint32_t size = (uint32_t)labs(hundredths);
    if (hundredths < 0) *to++ = '-';
    to = gk_put_number(to, size / 100);
    if (size % 100 == 0) return to;
    *to++ = '.';
    *to++ = (char)('0' + size / 10 % 10);
    if (size % 10) *to++ = (char)('0' + size % 10);
    return to;
}
