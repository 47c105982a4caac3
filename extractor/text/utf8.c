#include "text/utf8.h"

#include "base/wide.h"
#include "text/charset.h"

uint32_t gk_utf8_at(gk_str s, size_t *bytes) {
    size_t ignored;
    return gk_utf8_next(s.ptr, bytes ? bytes : &ignored);
}

size_t gk_utf8_put(char out[4], uint32_t c) {
    if (c < 0x80) {
        out[0] = (char)c;
        return 1;
    }
    size_t n = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    for (size_t i = n; i-- > 1; c >>= 6) out[i] = (char)(0x80 | (c & 0x3F));
    out[0] = (char)(0xF00 >> n | c);
    return n;
}

/* The well-formed sequences of Unicode 15, table 3-7, by first byte: how many bytes, and the range of the second one.
 * The others are 80..BF. */
static size_t sequence_at(const unsigned char *p, size_t left) {
    unsigned char lead = p[0];
    if (lead < 0x80) return 1;
    if (lead < 0xC2 || lead > 0xF4) return 0;
    size_t n = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    if (left < n) return 0;
    unsigned char low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    unsigned char high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    if (p[1] < low || p[1] > high) return 0;
    for (size_t i = 2; i < n; i++)
        if ((p[i] & 0xC0) != 0x80) return 0;
    return n;
}

/* Passes over runs of ASCII, eight bytes a step. */
static size_t skip_ascii(const unsigned char *p, size_t at, size_t len) {
    uint64_t eight;
    for (; len - at >= 8; at += 8) {
        memcpy(&eight, p + at, 8);
        if (eight & 0x8080808080808080u) break;
    }
    while (at < len && p[at] < 0x80) at++;
    return at;
}

/* Three-byte characters that need only the plain test: all but those whose first byte, E0 or ED, narrows the second. A bit
 * for each first byte from E0 to EF. */
enum { PLAIN_FIRST = 0xDFFE };

/* Passes over runs of them, two at a step, all six bytes tested in one comparison. */
static size_t skip_han(const unsigned char *p, size_t at, size_t len) {
    const uint64_t mask = 0x0000C0C0F0C0C0F0u, want = 0x00008080E08080E0u;
    uint64_t eight;
    for (; len - at >= 8; at += 6) {
        memcpy(&eight, p + at, 8);
        if ((eight & mask) != want || !(PLAIN_FIRST >> (p[at] & 15) & PLAIN_FIRST >> (p[at + 3] & 15) & 1)) break;
    }
    return at;
}

static bool is_plain_three(const unsigned char *p, size_t left) {
    return left >= 3 && (p[0] & 0xF0) == 0xE0 && (PLAIN_FIRST >> (p[0] & 15) & 1) && (p[1] & 0xC0) == 0x80 &&
           (p[2] & 0xC0) == 0x80;
}

/* Whether the block at p, and the character that reaches into it, are well-formed as far as the block goes, and hold
 * none of the characters with a rule of their own: first byte E0 or ED, or four bytes. The two bytes before it are
 * readable and checked. A byte is a trailing one just where a byte before it asks for it. The loop has no branch and a
 * constant length, so that compilers make vector instructions of it. */
enum { BLOCK = 64 };
static bool is_plain_block(const unsigned char *p) {
    unsigned char bad = 0;
    for (int i = 0; i < BLOCK; i++) {
        unsigned char c = p[i], one = p[i - 1], two = p[i - 2];
        unsigned char asked = (one >= 0xC0) | (two >= 0xE0), trails = (signed char)c < -0x40;
        bad |= (asked ^ trails) | (c >= 0xF0) | (c == 0xE0) | (c == 0xED) | ((c & 0xFE) == 0xC0);
    }
    return !bad;
}

/* Passes over blocks and goes back to the start of the character that the last one cuts. */
GK_WIDE static size_t skip_blocks(const unsigned char *p, size_t at, size_t len) {
    size_t from = at;
    if (at < 2) return at;
    while (len - at >= BLOCK && is_plain_block(p + at)) at += BLOCK;
    if (at == from) return at;
    return p[at - 1] >= 0xC0 ? at - 1 : p[at - 2] >= 0xE0 ? at - 2 : at;
}

bool gk_utf8_valid(gk_str s, size_t *fault) {
    const unsigned char *p = (const unsigned char *)s.ptr;
    size_t at = 0;
    for (size_t next = 2; at < s.len;) {
        if (at >= next) { /* Behind a block that was not plain, the next try is a block away. */
            at = skip_blocks(p, at, s.len);
            next = at + BLOCK;
            if (at == s.len) break;
        }
        if (p[at] < 0x80) {
            at = skip_ascii(p, at, s.len);
            continue;
        }
#if !defined(__BYTE_ORDER__) || __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
        at = skip_han(p, at, s.len);
        if (at == s.len) break;
#endif
        size_t n = is_plain_three(p + at, s.len - at) ? 3 : sequence_at(p + at, s.len - at);
        if (n == 0) {
            if (fault) *fault = at;
            return false;
        }
        at += n;
    }
    return true;
}
