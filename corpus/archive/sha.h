/* SHA-256 digests as 32 bytes, which is how the index holds them, and as hex digits. */
#ifndef GK_CORPUS_ARCHIVE_SHA_H
#define GK_CORPUS_ARCHIVE_SHA_H

#include "base/str.h"

enum { GK_SHA_BYTES = 32, GK_SHA_TEXT = 65 };

/* The digest of `count` parts, one after the other. */
void gk_sha_of(const gk_str *parts, size_t count, unsigned char digest[GK_SHA_BYTES]);
/* 64 lower-case hex digits and a NUL. */
gk_str gk_sha_text(const unsigned char *digest, char room[GK_SHA_TEXT]);
/* Reads 64 hex digits or 52 of base32 (RFC 4648, padding allowed), in either case, with or without "sha256:" before them. */
bool gk_sha_read(gk_str text, unsigned char digest[GK_SHA_BYTES]);

#endif
