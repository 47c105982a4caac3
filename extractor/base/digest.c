#include "base/digest.h"

void gk_sha256_init(gk_sha256 *h) { sha256_init(&h->state); }

void gk_sha256_add(gk_sha256 *h, gk_str data) {
    if (data.len) sha256_update(&h->state, data.len, (const uint8_t *)data.ptr);
}

void gk_sha256_bytes(gk_sha256 *h, unsigned char bytes[SHA256_DIGEST_SIZE]) {
    sha256_digest(&h->state, SHA256_DIGEST_SIZE, bytes);
}

void gk_sha256_hex(gk_sha256 *h, char hex[65]) {
    uint8_t bytes[SHA256_DIGEST_SIZE];
    sha256_digest(&h->state, sizeof bytes, bytes);
    for (size_t i = 0; i < sizeof bytes; i++) {
        unsigned char high = bytes[i] >> 4, low = bytes[i] & 15;
        hex[2 * i] = (char)(high + (high < 10 ? '0' : 'a' - 10));
        hex[2 * i + 1] = (char)(low + (low < 10 ? '0' : 'a' - 10));
    }
    hex[64] = '\0';
}
