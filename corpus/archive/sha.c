#include "corpus/archive/sha.h"

#include <strings.h>

#include "base/digest.h"

enum { HEX_DIGITS = 64, BASE32_DIGITS = 52 };

static int hex_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    c = (char)(c | 0x20);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static int base32_value(char c) {
    if (c >= '2' && c <= '7') return c - '2' + 26;
    c = (char)(c | 0x20);
    return c >= 'a' && c <= 'z' ? c - 'a' : -1;
}

/* Digits of `bits` bits each become bytes. What is left behind the last whole byte must be zero. */
static bool read_digits(gk_str text, int (*value)(char), int bits, unsigned char *out) {
    unsigned held = 0, have = 0;
    for (size_t i = 0; i < text.len; i++) {
        int v = value(text.ptr[i]);
        if (v < 0) return false;
        held = (held << bits | (unsigned)v) & 0xFFF;
        have += (unsigned)bits;
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
    if (text.len == HEX_DIGITS) return read_digits(text, hex_value, 4, digest);
    return text.len == BASE32_DIGITS && read_digits(text, base32_value, 5, digest);
}
