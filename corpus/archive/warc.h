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

/* What a revisit says of the record it refers to; both are profiles of ISO 28500, section 6.7. */
typedef enum gk_warc_profile {
    GK_WARC_NO_PROFILE,
    GK_WARC_SAME_PAYLOAD, /* identical-payload-digest */
    GK_WARC_NOT_MODIFIED  /* server-not-modified */
} gk_warc_profile;

typedef struct gk_warc_record {
    gk_warc_type type;
    gk_warc_profile profile; /* of a revisit */
    gk_str id;             /* "urn:uuid:...", without angle brackets */
    gk_str date;           /* "2024-02-05T03:04:05Z" */
    gk_str target;         /* WARC-Target-URI; absent: none */
    gk_str content_type;   /* of the block */
    gk_str head, payload;  /* the block is both: HTTP headers up to the empty line, and the payload */
    gk_str payload_digest; /* to write: 64 hex digits; as read: "sha256:..." or what stands there; absent: none */
    gk_str payload_type;   /* WARC-Identified-Payload-Type; absent: none */
    gk_str concurrent_to, refers_to, refers_to_target, refers_to_date; /* ids and URL; absent: none */
    gk_str address;        /* WARC-IP-Address; absent: none */
    gk_str protocol;       /* WARC-Protocol ("h2"), where it was not HTTP/1.x; absent: none */
    gk_str truncated;      /* "length", "time", "disconnect"; absent: whole */
    gk_str filename;       /* of a warcinfo; absent */
} gk_warc_record;

/* ---- writing */

typedef struct gk_warc_writer gk_warc_writer;

/* Writes WARC/1.1, or 1.0 where `v10` is set; as gzip members, or plain where `plain` is set. One thread, and
 * one process: what a fork copies draws the same ids. */
gk_warc_writer *gk_warc_writer_new(bool v10, bool plain);
void gk_warc_writer_free(gk_warc_writer *w);
/* Appends one record. The id is made where it is absent, the block digest always; bytes of values that would end a header line
 * become blanks. */
void gk_warc_write(gk_warc_writer *w, const gk_warc_record *record, gk_buf *out);
/* A new id: 16 random bytes as a UUID of version 4, and its text "urn:uuid:...". */
enum { GK_WARC_ID_BYTES = 16, GK_WARC_ID_TEXT = 48, GK_WARC_DATE_TEXT = 32 };
void gk_warc_new_id(gk_warc_writer *w, unsigned char id[GK_WARC_ID_BYTES]);
gk_str gk_warc_id_text(const unsigned char *id, char room[GK_WARC_ID_TEXT]);
/* "2024-02-05T03:04:05Z" of Unix milliseconds. */
gk_str gk_warc_date(int64_t ms, char room[GK_WARC_DATE_TEXT]);

/* ---- reading */

typedef struct gk_warc_reader gk_warc_reader;
/* Reads a file from `offset`; plain WARC files are read too. NULL: err is set. */
gk_warc_reader *gk_warc_open(const char *path, uint64_t offset, gk_err *err);
/* The same for a file that is open, which belongs to the reader from now on. */
gk_warc_reader *gk_warc_of(int fd, const char *path, uint64_t offset);
/* NULL is allowed. */
void gk_warc_close(gk_warc_reader *r);
/* Whether a record begins where the reader stands; it stays there. */
bool gk_warc_begins(gk_warc_reader *r);
/* The next record, borrowed until the next call; *offset and *length (may be NULL) are those of its member. GK_OK with
 * type GK_WARC_OTHER and an absent id at the end of the file; GK_E_FORMAT with the offset where a record is damaged (the
 * reader goes on behind it where it can find the next one; *out holds the record all the same where only a digest does not
 * hold); GK_E_OPEN where the file cannot be read on, which is the end; GK_E_LIMIT past GK_MAX_DECODED_BYTES. */
gk_code gk_warc_next(gk_warc_reader *r, gk_warc_record *out, uint64_t *offset, uint64_t *length, gk_err *err);

#endif
