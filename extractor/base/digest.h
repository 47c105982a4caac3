/* SHA-256 (FIPS 180-4). */
#ifndef GK_BASE_DIGEST_H
#define GK_BASE_DIGEST_H

#include "base/str.h"

typedef struct gk_sha256 {
    uint32_t state[8];
    uint64_t bytes;
    unsigned char block[64];
    size_t held;
} gk_sha256;

void gk_sha256_init(gk_sha256 *h);
void gk_sha256_add(gk_sha256 *h, gk_str data);
/* Writes 64 lower-case hex digits and a NUL; h is used up. */
void gk_sha256_hex(gk_sha256 *h, char hex[65]);

#endif
