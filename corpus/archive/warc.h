/* WARC/1.1 (ISO 28500:2017): records as gzip members of one file after another.
 *
 * Writing appends whole members to a buffer that store.h puts on disk; reading steps from member to member and checks
 * lengths, digests (WARC-Payload-Digest and WARC-Block-Digest, sha256 in base32 or hex) and the gzip check sums.
 * A payload that is compressed already (PDF, ZIP, JPEG ...) is stored, not squeezed again (deflate level 0).
 */
#ifndef GK_CORPUS_ARCHIVE_WARC_H
#define GK_CORPUS_ARCHIVE_WARC_H

#include "base/err.h"

typedef enum gk_warc_type {
    GK_WARC_WARCINFO,
    GK_WARC_REQUEST,
    GK_WARC_RESPONSE,
    GK_WARC_REVISIT,
    GK_WARC_METADATA,
    GK_WARC_RESOURCE, /* of imports */
    GK_WARC_OTHER     /* read only: conversion, continuation */
} gk_warc_type;

typedef struct gk_warc_record {
    gk_warc_type type;
    gk_str id;             /* "urn:uuid:...", without angle brackets */
    gk_str date;           /* "2024-02-05T03:04:05Z" */
    gk_str target;         /* WARC-Target-URI; absent: none */
    gk_str content_type;   /* of the block */
    gk_str head, payload;  /* the block is both: HTTP headers up to the empty line, and the payload */
    gk_str payload_digest; /* 64 hex digits; absent: none */
    gk_str concurrent_to, refers_to, refers_to_target, refers_to_date; /* ids and URL; absent: none */
    gk_str address;        /* WARC-IP-Address; absent: none */
    gk_str truncated;      /* "length", "time", "disconnect"; absent: whole */
    gk_str filename;       /* of a warcinfo; absent */
} gk_warc_record;

/* Appends one record as one gzip member. Makes an id and digests where they are absent. */
void gk_warc_write(const gk_warc_record *record, bool v10, gk_buf *out);

typedef struct gk_warc_reader gk_warc_reader;
/* Reads a file from `offset`; plain WARC files are read too. NULL: err is set. */
gk_warc_reader *gk_warc_open(const char *path, uint64_t offset, gk_err *err);
void gk_warc_close(gk_warc_reader *r);
/* The next record, borrowed until the next call; *offset and *length (may be NULL) are those of its member. GK_OK with
 * type GK_WARC_OTHER and an absent id at the end of the file; GK_E_FORMAT with the offset where a record is damaged (the
 * reader goes on behind it where it can find the next member); GK_E_LIMIT past GK_MAX_DECODED_BYTES. */
gk_code gk_warc_next(gk_warc_reader *r, gk_warc_record *out, uint64_t *offset, uint64_t *length, gk_err *err);

#endif
