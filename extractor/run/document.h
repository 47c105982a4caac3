/* One document on its way through the rooms: bytes, text, records. */
#ifndef GK_RUN_DOCUMENT_H
#define GK_RUN_DOCUMENT_H

#include "run/session.h"

struct gongkai_document {
    gongkai_session *session;
    gk_buf bytes;
    gk_doc doc;
    gk_result result;
    const struct gk_captured *captured; /* where it was stored, borrowed; NULL: it comes from a file (run/captured.h) */
    gk_err err; /* code GK_OK: read well */
    gongkai_error public_err;
};

gongkai_document *gk_document_new(gongkai_session *session);
/* Empties it for another input; memory is kept unless it is much, and so is `captured`. */
void gk_document_reset(gongkai_document *d);
/* Reads, extracts and describes the input at `path` into d, which is new or reset. Failures go to d->err. */
void gk_document_load(gongkai_document *d, const char *path);
/* The same for bytes that stand in d->bytes already, or could not be had (d->err). `path` is kept. */
void gk_document_use(gongkai_document *d, const char *path);
/* Takes the digest of d->bytes for a document that is not read. */
void gk_document_digest(gongkai_document *d);
/* Describes an input that failed outside: only the document record, with the error, and the digest of the bytes where
 * they can still be had. */
void gk_document_fail(gongkai_document *d, const char *path, const gk_err *err);
/* Leaves a document that was read, but whose records cannot be used, with its document record and the error. */
void gk_document_refuse(gongkai_document *d, const char *path, const gk_err *err);
/* Appends all records as JSON Lines. False past out->max: out->over is set. */
bool gk_document_print(const gongkai_document *d, gk_buf *out);

#endif
