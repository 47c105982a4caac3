/* SHA-256 (FIPS 180-4), by Nettle, which uses the rounds of the processor where it has them. */
#ifndef GK_BASE_DIGEST_H
#define GK_BASE_DIGEST_H

#include <nettle/sha2.h>

#include "base/str.h"

typedef struct gk_sha256 {
    struct sha256_ctx state;
} gk_sha256;

void gk_sha256_init(gk_sha256 *h);
void gk_sha256_add(gk_sha256 *h, gk_str data);
/* Writes the digest; h is used up. */
void gk_sha256_bytes(gk_sha256 *h, unsigned char bytes[SHA256_DIGEST_SIZE]);
/* Writes 64 lower-case hex digits and a NUL; h is used up. */
void gk_sha256_hex(gk_sha256 *h, char hex[65]);

#endif
