#include "corpus/archive/sha.h"

#include <strings.h>

#include "base/digest.h"

enum { HEX_DIGITS = 64, BASE32_DIGITS = 52 };

/* One more than the value of a hex digit. */
static const unsigned char hex_values[256] = {
    ['0'] = 1,  ['1'] = 2,  ['2'] = 3,  ['3'] = 4,  ['4'] = 5,  ['5'] = 6,  ['6'] = 7,  ['7'] = 8,
    ['8'] = 9,  ['9'] = 10, ['a'] = 11, ['b'] = 12, ['c'] = 13, ['d'] = 14, ['e'] = 15, ['f'] = 16,
    ['A'] = 11, ['B'] = 12, ['C'] = 13, ['D'] = 14, ['E'] = 15, ['F'] = 16,
};

static bool read_hex(gk_str text, unsigned char *out) {
    for (size_t i = 0; i + 1 < text.len; i += 2) {
        unsigned high = hex_values[(unsigned char)text.ptr[i]], low = hex_values[(unsigned char)text.ptr[i + 1]];
        if (!high || !low) return false;
        out[i / 2] = (unsigned char)((high - 1) << 4 | (low - 1));
    }
    return true;
}

static int base32_value(char c) {
    if (c >= '2' && c <= '7') return c - '2' + 26;
    c = (char)(c | 0x20);
    return c >= 'a' && c <= 'z' ? c - 'a' : -1;
}

/* Digits of five bits each become bytes. What is left behind the last whole byte must be zero. */
static bool read_base32(gk_str text, unsigned char *out) {
    unsigned held = 0, have = 0;
    for (size_t i = 0; i < text.len; i++) {
        int v = base32_value(text.ptr[i]);
        if (v < 0) return false;
        held = (held << 5 | (unsigned)v) & 0xFFF;
        have += 5;
        if (have < 8) continue;
        have -= 8;
        *out++ = (unsigned char)(held >> have);
        held &= (1u << have) - 1;
    }
    return held == 0;
}

void gk_sha_of(const gk_str *parts, size_t count, unsigned char digest[GK_SHA_BYTES]) {
    gk_sha256 h;
    gk_sha256_init(&h);
    for (size_t i = 0; i < count; i++) gk_sha256_add(&h, parts[i]);
    gk_sha256_bytes(&h, digest);
}

gk_str gk_sha_text(const unsigned char *digest, char room[GK_SHA_TEXT]) {
    static const char digits[] = "0123456789abcdef";
    for (size_t i = 0; i < GK_SHA_BYTES; i++) {
        room[2 * i] = digits[digest[i] >> 4];
        room[2 * i + 1] = digits[digest[i] & 15];
    }
    room[HEX_DIGITS] = '\0';
    return (gk_str){room, HEX_DIGITS};
}

bool gk_sha_read(gk_str text, unsigned char digest[GK_SHA_BYTES]) {
    if (text.len > 7 && strncasecmp(text.ptr, "sha256:", 7) == 0) text = gk_str_slice(text, 7, text.len);
    while (text.len && text.ptr[text.len - 1] == '=') text.len--;
    if (text.len == HEX_DIGITS) return read_hex(text, digest);
    return text.len == BASE32_DIGITS && read_base32(text, digest);
}
