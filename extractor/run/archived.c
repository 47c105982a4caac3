/* The public view of archives: what they hold, the bytes of it, and whether all of it is whole. */
#include <sys/stat.h>

#include "corpus/archive/export.h"
#include "corpus/archive/http.h"
#include "corpus/archive/import.h"
#include "corpus/archive/index.h"
#include "corpus/archive/verify.h"
#include "corpus/archive/warc.h"
#include "run/convert.h"

static bool finish(const gk_err *err, gongkai_error *error) {
    gk_public_error(err, error);
    return err->code == GK_OK;
}

/* Reading fails where the index cannot be read; nothing is written. */
static void as_reading(gk_err *err) {
    if (err->code == GK_E_OUTPUT) err->code = GK_E_OPEN;
}

static gk_store *open_store(const char *dir, gk_err *err) {
    struct stat st;
    if (stat(dir, &st) != 0 || !S_ISDIR(st.st_mode)) {
        gk_err_set(err, GK_E_OPEN, "there is no archive");
        gk_err_file(err, gk_str_of(dir));
        return NULL;
    }
    gk_store *s = gk_store_open(dir, GK_STORE_READ, GK_STR_NONE, err);
    as_reading(err);
    return s;
}

/* ---- list */

typedef struct listing {
    gongkai_on_capture *on_capture;
    void *user;
    gk_buf json;
} listing;

static bool list_one(void *user, const gk_stored *c) {
    listing *l = user;
    char date[GK_WARC_DATE_TEXT], digest[GK_SHA_TEXT + 7] = "sha256:";
    gk_buf_clear(&l->json);
    gk_index_json(c, &l->json);
    memcpy(digest + 7, c->digest, sizeof c->digest);
    gongkai_capture out = {.url = gk_public_text(c->url), .status = c->status, .bytes = c->bytes};
    out.fetched = gk_public_text(gk_warc_date(c->started_ms, date));
    out.outcome = gk_public_text(c->outcome);
    out.type = gk_public_text(c->type);
    out.kind = gk_public_text(c->kind);
    out.media_type = gk_public_text(c->media_type);
    out.title = gk_public_text(c->title);
    out.anchor = gk_public_text(c->text);
    out.json = gk_public_text(gk_buf_str(&l->json));
    if (c->digest[0]) out.digest = gk_public_text(gk_str_of(digest));
    return l->on_capture(l->user, &out);
}

bool gongkai_archive_list(const char *dir, bool documents, gongkai_on_capture *on_capture, void *user, gongkai_error *error) {
    gk_err err = {0};
    gk_stored_query query = {.sort = documents ? GK_STORED_DOCUMENTS : GK_STORED_ALL};
    listing l = {.on_capture = on_capture, .user = user};
    gk_store *s = open_store(dir, &err);
    if (s) gk_index_each(s, &query, list_one, &l, &err);
    as_reading(&err);
    gk_store_close(s, NULL);
    gk_buf_free(&l.json);
    return finish(&err, error);
}

/* ---- cat */

/* The last capture with a payload, a good one before others. */
typedef struct choice {
    gk_store *store;
    gk_buf head, payload;
    gk_err err;
    bool found, good;
} choice;

static bool choose(void *user, const gk_stored *c) {
    choice *best = user;
    bool good = c->status == 0 || c->status / 100 == 2 || c->status == 304;
    if (!c->record.file || !c->payload.file || (best->good && !good)) return true;
    gk_buf_clear(&best->head);
    gk_buf_clear(&best->payload);
    best->err = (gk_err){0};
    gk_index_read(best->store, c, &best->head, &best->payload, &best->err);
    best->found = true;
    best->good = good;
    return true;
}

static gk_code write_choice(choice *c, bool raw, gongkai_write *write, void *user) {
    gk_buf room = {0};
    gk_str body = gk_buf_str(&c->payload);
    if (!raw) gk_http_decode(gk_buf_str(&c->head), body, &room, &body, &c->err);
    if (c->err.code == GK_OK && !write(user, gk_public_text(body))) gk_err_set(&c->err, GK_E_OUTPUT, "cannot write");
    gk_buf_free(&room);
    return c->err.code;
}

bool gongkai_archive_cat(const char *dir, const char *what, bool raw, gongkai_write *write, void *user, gongkai_error *error) {
    unsigned char digest[GK_SHA_BYTES];
    choice c = {.store = NULL};
    bool by_digest = gk_sha_read(gk_str_of(what), digest);
    gk_stored_query query = {.sort = by_digest ? GK_STORED_DIGEST : GK_STORED_URL, .value = gk_str_of(what)};
    c.store = open_store(dir, &c.err);
    gk_err err = c.err;
    if (c.store) gk_index_each(c.store, &query, choose, &c, &err);
    as_reading(&err);
    if (err.code != GK_OK) c.err = err;
    else if (!c.found) gk_err_set(&c.err, GK_E_OPEN, "the archive holds nothing of %.300s", what);
    else if (c.err.code == GK_OK) write_choice(&c, raw, write, user);
    gk_store_close(c.store, NULL);
    gk_buf_free(&c.head);
    gk_buf_free(&c.payload);
    return finish(&c.err, error);
}

/* ---- verify */

typedef struct faults {
    gongkai_on_fault *on_fault;
    void *user;
} faults;

static void pass_fault(void *user, const gk_err *fault) {
    const faults *f = user;
    gongkai_error out;
    gk_public_error(fault, &out);
    f->on_fault(f->user, &out);
}

bool gongkai_archive_verify(const char *path, gongkai_on_fault *on_fault, void *user, gongkai_verdict *verdict,
                            gongkai_error *error) {
    gk_err err = {0};
    gk_verdict v = {0};
    faults f = {on_fault, user};
    struct stat st;
    bool file = stat(path, &st) == 0 && S_ISREG(st.st_mode);
    if (file) gk_verify_file(path, pass_fault, &f, &v, &err);
    else gk_verify_archive(path, pass_fault, &f, &v, &err);
    as_reading(&err);
    *verdict = (gongkai_verdict){v.files, v.records, v.captures, v.bytes, v.torn, v.faults};
    return finish(&err, error);
}

/* ---- export */

bool gongkai_archive_export(const char *dir, const char *format, const char *output, gongkai_error *error) {
    gk_err err = {0};
    int f = 0;
    while (f < GK_EXPORT_FORMATS && strcmp(format, gk_export_name((gk_export_format)f)) != 0) f++;
    if (f == GK_EXPORT_FORMATS) gk_err_set(&err, GK_E_USAGE, "\"%.40s\" is no format: warc, cdxj or wacz", format);
    gk_store *s = err.code == GK_OK ? open_store(dir, &err) : NULL;
    if (s) gk_export(s, (gk_export_format)f, output, &err);
    gk_store_close(s, NULL);
    return finish(&err, error);
}

/* ---- import */

static const char IMPORT_INFO[] = "software: gongkai/" GK_VERSION "\r\nformat: WARC File Format 1.1\r\n"
                                  "isPartOf: imported files\r\n";

bool gongkai_archive_import(const gongkai_import_options *o, gongkai_import_result *result, gongkai_error *error) {
    gk_err err = {0}, end = {0};
    gk_imported got = {0};
    gk_str url = gk_str_of(o->url);
    gk_store *s = NULL;
    if (o->url && o->file_count != 1) gk_err_set(&err, GK_E_USAGE, "a URL is that of one file");
    else s = gk_store_open(o->dir, GK_STORE_WRITE, gk_str_of(IMPORT_INFO), &err);
    for (size_t i = 0; s && err.code == GK_OK && i < o->file_count; i++) gk_import_file(s, o->files[i], url, &got, &err);
    if (s && gk_store_close(s, &end) != GK_OK && err.code == GK_OK) err = end;
    *result = (gongkai_import_result){got.captures, got.known, got.lost};
    return finish(&err, error);
}
