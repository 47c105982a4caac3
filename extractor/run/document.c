#include "run/document.h"

#include <stdlib.h>

#include "base/digest.h"
#include "base/limits.h"
#include "read/archive.h"
#include "read/read.h"
#include "run/convert.h"
#include "run/describe.h"
#include "run/load.h"
#include "run/members.h"

gongkai_document *gk_document_new(gongkai_session *session) {
    gongkai_document *d = gk_alloc_zero(1, sizeof *d);
    d->session = session;
    gk_doc_init(&d->doc);
    gk_result_init(&d->result);
    return d;
}

static void release(gongkai_document *d) {
    gk_buf_free(&d->bytes);
    gk_doc_free(&d->doc);
    gk_result_free(&d->result);
}

void gk_document_reset(gongkai_document *d) {
    if (d->bytes.cap > GK_MAX_KEPT_BYTES) {
        release(d);
        gk_doc_init(&d->doc);
        gk_result_init(&d->result);
    }
    gk_buf_clear(&d->bytes);
    gk_doc_reset(&d->doc);
    gk_result_reset(&d->result);
    d->err = (gk_err){0};
}

/* Gives the document record what the run knows; a document that failed keeps no other record. */
static void finish(gongkai_document *d, const char *path) {
    if (d->err.code != GK_OK) {
        d->result.records.len = 0;
        d->result.digits.len = 0;
        if (!d->err.file[0]) gk_err_file(&d->err, gk_str_of(path));
    }
    d->doc.source = gk_str_of(path);
    gk_describe(d);
    gk_public_error(&d->err, &d->public_err);
}

static void extract(gongkai_document *d, const char *path) {
    if (gk_archive_is(gk_buf_str(&d->bytes))) {
        gk_err_set(&d->err, GK_E_BINARY, "this is an archive; each of its members is a document: name one as ARCHIVE!MEMBER");
        return;
    }
    d->doc.ocr = d->session->ocr;
    gk_code code = gk_read(gk_buf_str(&d->bytes), gk_str_of(path), &d->doc, &d->err);
    if (code == GK_OK) gk_session_watch_in(d->session, d->doc.text);
    if (code == GK_OK) gk_restore_forms(gk_session_extractor(d->session), &d->doc);
    if (code == GK_OK) code = gk_extract(gk_session_extractor(d->session), &d->doc, &d->result, &d->err);
    if (code == GK_OK && !d->session->unchecked)
        gk_check(gk_session_checker(d->session), &d->doc, &d->result, d->session->all_findings);
    if (code != GK_OK && d->err.code == GK_OK) d->err.code = code;
}

void gk_document_use(gongkai_document *d, const char *path) {
    if (d->err.code == GK_OK) extract(d, path);
    finish(d, path);
}

void gk_document_load(gongkai_document *d, const char *path) {
    gk_source source = gk_source_open(path);
    gk_members_load(&source, &d->bytes, &d->err);
    gk_source_close(&source);
    gk_document_use(d, path);
}

void gk_document_digest(gongkai_document *d) {
    gk_sha256 hash;
    gk_sha256_init(&hash);
    gk_sha256_add(&hash, gk_buf_str(&d->bytes));
    gk_sha256_hex(&hash, d->doc.digest);
}

void gk_document_fail(gongkai_document *d, const char *path, const gk_err *err) {
    gk_err ignored;
    if (gk_load_is_file(path) && gk_load(path, &d->bytes, &ignored) == GK_OK) gk_document_digest(d);
    d->err = *err;
    finish(d, path);
}

void gk_document_refuse(gongkai_document *d, const char *path, const gk_err *err) {
    gk_buf bytes = d->bytes;
    d->bytes = (gk_buf){0};
    gk_document_reset(d);
    d->bytes = bytes;
    gk_document_digest(d);
    d->err = *err;
    finish(d, path);
}

bool gk_document_print(const gongkai_document *d, gk_buf *out) {
    gk_json_emitter *emitter = gk_session_emitter(d->session);
    gk_str digest = d->doc.digest[0] ? gk_str_of(d->doc.digest) : GK_STR_NONE;
    gk_json_open(emitter, d->doc.text);
    bool ok = gk_json_record(emitter, digest, &d->result.document, out);
    for (size_t i = 0; ok && i < d->result.records.len; i++)
        ok = gk_json_record(emitter, digest, &d->result.records.at[i], out);
    gk_json_close(emitter);
    return ok;
}

gongkai_document *gongkai_extract(gongkai_session *session, const void *bytes, size_t length, const char *source) {
    gongkai_document *d = gk_document_new(session);
    source = gk_arena_dup(&d->doc.arena, gk_str_of(source ? source : "-")).ptr;
    gk_buf_put(&d->bytes, (gk_str){bytes, length});
    extract(d, source);
    finish(d, source);
    return d;
}

gongkai_document *gongkai_extract_file(gongkai_session *session, const char *path) {
    gongkai_document *d = gk_document_new(session);
    gk_document_load(d, gk_arena_dup(&d->doc.arena, gk_str_of(path)).ptr);
    return d;
}

void gongkai_document_free(gongkai_document *document) {
    if (!document) return;
    release(document);
    free(document);
}

const gongkai_error *gongkai_document_error(const gongkai_document *document) {
    return document->err.code == GK_OK ? NULL : &document->public_err;
}

bool gongkai_document_json(const gongkai_document *document, gongkai_write *write, void *user) {
    gk_json_emitter *emitter = gk_session_emitter(document->session);
    gk_str digest = document->doc.digest[0] ? gk_str_of(document->doc.digest) : GK_STR_NONE;
    gk_buf line = {0};
    bool ok = true;
    for (size_t i = 0; ok && i <= document->result.records.len; i++) {
        gk_buf_clear(&line);
        const gk_record *r = i ? &document->result.records.at[i - 1] : &document->result.document;
        ok = gk_json_record(emitter, digest, r, &line) && write(user, gk_public_text(gk_buf_str(&line)));
    }
    gk_buf_free(&line);
    return ok;
}
