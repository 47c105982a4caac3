#include "corpus/archive/import.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/limits.h"
#include "corpus/archive/http.h"
#include "corpus/archive/index.h"
#include "corpus/archive/inside.h"
#include "corpus/archive/mhtml.h"
#include "corpus/archive/scan.h"
#include "corpus/archive/sha.h"

enum { SAVED_WITHIN = 4096 }; /* bytes of a page in which a browser says where it was saved */

/* A WARC file on its way in. An answer waits for the records beside it, which stand before or behind it. */
typedef struct import {
    gk_store *s;
    gk_str name; /* of the file, without its folders */
    gk_imported *out;
    gk_arena arena, request_arena; /* of the answer that waits, and of the last request */
    gk_warc_record answer, request; /* id absent: none */
    gk_str metadata;
} import;

static const char *base_name(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static bool is_known(gk_store *s, gk_str url, int64_t ms, const unsigned char *digest) {
    gk_str blob = {(const char *)digest, GK_SHA_BYTES};
    sqlite3_stmt *q = gk_store_write_rows(s) ? gk_sql_ask(&s->sql, GK_SQL_SEEN, "tib", url, ms, blob) : NULL;
    if (!gk_sql_row(&s->sql, q)) return false;
    sqlite3_reset(q);
    return true;
}

/* Puts a capture that belongs to no entry of the frontier, where it is new. */
static gk_code put(import *m, const gk_capture *c, gk_err *err) {
    unsigned char digest[GK_SHA_BYTES];
    gk_entry none = {0};
    gk_sha_of(&c->payload, 1, digest);
    if (is_known(m->s, c->url, c->started_ms, digest)) {
        m->out->known++;
        return GK_OK;
    }
    m->out->captures++;
    return gk_store_put(m->s, &none, c, 1, err);
}

/* ---- records of a WARC file */

static void keep(gk_arena *arena, const gk_warc_record *r, gk_warc_record *out) {
    gk_arena_reset(arena);
    *out = *r;
    gk_str *texts[] = {&out->id, &out->date, &out->target, &out->content_type, &out->head, &out->payload, &out->payload_digest,
                       &out->payload_type, &out->concurrent_to, &out->address, &out->protocol, &out->truncated};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) *texts[i] = gk_arena_dup(arena, *texts[i]);
}

static bool belong(const gk_warc_record *answer, const gk_warc_record *beside) {
    if (!answer->id.len || !beside->id.len) return false;
    if (beside->concurrent_to.len) return gk_str_eq(beside->concurrent_to, answer->id);
    if (answer->concurrent_to.len) return gk_str_eq(answer->concurrent_to, beside->id);
    return gk_str_eq(answer->target, beside->target) && gk_str_eq(answer->date, beside->date);
}

/* Puts the answer that waits, with what stood beside it. */
static gk_code settle(import *m, gk_err *err) {
    gk_warc_record *a = &m->answer;
    gk_capture c = {.url = a->target, .header_bytes = a->head, .payload = a->payload, .address = a->address};
    c.protocol = a->protocol;
    if (!a->id.len) return GK_OK;
    if (!gk_scan_date(a->date, &c.started_ms)) c.started_ms = 0;
    if (belong(a, &m->request))
        c.request_bytes = gk_arena_printf(&m->arena, "%.*s%.*s", GK_STR_ARG(m->request.head), GK_STR_ARG(m->request.payload));
    c.truncated = a->truncated;
    c.status = gk_http_status(a->head);
    c.media_type = a->payload_type.len || a->type != GK_WARC_RESOURCE ? a->payload_type : a->content_type;
    c.published = gk_http_header(m->metadata, "published");
    if (!c.published.len) c.published = gk_http_header(m->metadata, "date");
    c.text = gk_http_header(m->metadata, "anchor");
    c.list_page = gk_http_header(m->metadata, "via");
    c.name = gk_http_header(m->metadata, "name");
    c.kind = gk_http_header(m->metadata, "kind");
    c.title = gk_http_header(m->metadata, "title");
    c.outcome = gk_http_header(m->metadata, "outcome");
    c.metadata = gk_arena_printf(&m->arena, "%.*simported-from: %.*s\r\nimported-record: %.*s\r\n", GK_STR_ARG(m->metadata),
                                 GK_STR_ARG(m->name), GK_STR_ARG(a->id));
    gk_code code = put(m, &c, err);
    *a = (gk_warc_record){0};
    m->metadata = GK_STR_NONE;
    return code;
}

/* A revisit becomes an answer with the payload that it means; where the archive does not have it, it is lost. */
static bool complete(import *m, gk_warc_record *r, gk_buf *payload) {
    unsigned char digest[GK_SHA_BYTES];
    char text[GK_SHA_TEXT];
    if (!gk_sha_read(r->payload_digest, digest)) return false;
    if (gk_index_payload(m->s, gk_sha_text(digest, text), payload) != GK_OK) return false;
    r->payload = gk_buf_str(payload);
    return true;
}

static gk_code take_answer(import *m, gk_warc_record *r, gk_err *err) {
    gk_buf payload = {0};
    gk_code code = settle(m, err);
    bool whole = r->target.len > 0;
    if (whole && r->type == GK_WARC_REVISIT && r->profile != GK_WARC_NOT_MODIFIED) {
        whole = code == GK_OK && complete(m, r, &payload);
        bool waits = code == GK_OK && !whole && gk_files_waiting(&m->s->files); /* the payload may be waiting to be written */
        if (waits) code = gk_store_flush(m->s, err);
        if (waits && code == GK_OK) whole = complete(m, r, &payload);
    }
    if (whole && code == GK_OK) keep(&m->arena, r, &m->answer);
    else m->out->lost += code == GK_OK;
    gk_buf_free(&payload);
    return code;
}

static gk_code take(import *m, gk_warc_record *r, gk_err *err) {
    bool http = gk_str_starts(r->content_type, GK_STR("application/http"));
    if (r->type == GK_WARC_REQUEST) keep(&m->request_arena, r, &m->request);
    if (r->type == GK_WARC_METADATA && belong(&m->answer, r)) m->metadata = gk_arena_dup(&m->arena, r->payload);
    if ((r->type == GK_WARC_RESPONSE || r->type == GK_WARC_REVISIT) && http) return take_answer(m, r, err);
    return r->type == GK_WARC_RESOURCE ? take_answer(m, r, err) : GK_OK;
}

static gk_code import_warc(import *m, const char *path, gk_err *err) {
    gk_warc_record r;
    gk_err wrong;
    gk_warc_reader *reader = gk_warc_open(path, 0, err);
    gk_code code = reader ? GK_OK : GK_E_OPEN, next = GK_OK;
    while (code == GK_OK && next != GK_E_OPEN) {
        next = gk_warc_next(reader, &r, NULL, NULL, &wrong);
        if (next == GK_OK && r.type == GK_WARC_OTHER && !r.id.ptr) break;
        if (next == GK_OK) code = take(m, &r, err);
        else if (!m->out->lost++ || m->out->first.code == GK_OK) m->out->first = wrong;
    }
    gk_warc_close(reader);
    return code == GK_OK ? settle(m, err) : code;
}

/* ---- a file that was saved */

/* The URL behind a mark up to a blank, a quote or the end of the comment. */
static gk_str url_behind(gk_str page, gk_str mark) {
    size_t at = gk_str_find(gk_str_slice(page, 0, SAVED_WITHIN), mark);
    if (at == SIZE_MAX) return GK_STR_NONE;
    page = gk_str_slice(page, at + mark.len, at + mark.len + GK_MAX_URL_BYTES);
    if (gk_str_starts(page, GK_STR("("))) { /* the length of the URL stands before it: (0035) */
        const char *end = memchr(page.ptr, ')', page.len);
        page = gk_str_slice(page, end ? (size_t)(end - page.ptr) + 1 : 0, page.len);
    }
    page = gk_str_trim(page);
    size_t len = 0;
    while (len < page.len && (unsigned char)page.ptr[len] > ' ' && !strchr("\"'<>", page.ptr[len])) len++;
    page = gk_str_slice(page, 0, len);
    return gk_str_starts(page, GK_STR("http://")) || gk_str_starts(page, GK_STR("https://")) ? page : GK_STR_NONE;
}

static gk_str saved_from(gk_str page) {
    gk_str url = url_behind(page, GK_STR("saved from url="));
    if (!url.len && gk_str_find(gk_str_slice(page, 0, SAVED_WITHIN), GK_STR("SingleFile")) != SIZE_MAX)
        url = url_behind(page, GK_STR("url:"));
    return url;
}

static gk_code load(const char *path, gk_buf *out, int64_t *saved_ms, gk_err *err) {
    struct stat st;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    bool ok = fd >= 0 && fstat(fd, &st) == 0;
    ssize_t n = 0;
    out->max = GK_MAX_INPUT_BYTES + 1;
    while (ok && out->len < out->max) {
        size_t want = out->max - out->len < 65536 ? out->max - out->len : 65536;
        n = read(fd, gk_buf_room(out, want), want);
        if (n <= 0) break;
        out->len += (size_t)n;
    }
    ok = ok && n >= 0;
    if (!ok) gk_err_set(err, GK_E_OPEN, "%s", strerror(errno));
    else if (out->len > GK_MAX_INPUT_BYTES)
        gk_err_set(err, GK_E_LIMIT, "the file has more than %u bytes (GK_MAX_INPUT_BYTES)", GK_MAX_INPUT_BYTES), ok = false;
    else *saved_ms = (int64_t)st.st_mtime * 1000;
    if (!ok) gk_err_file(err, gk_str_of(path));
    if (fd >= 0) close(fd);
    return ok ? GK_OK : err->code;
}

static gk_code import_page(import *m, const char *path, gk_str url, gk_err *err) {
    gk_buf file = {0}, page = {0};
    gk_mhtml parts = {0};
    gk_capture c = {.outcome = GK_STR("ok")};
    gk_code code = load(path, &file, &c.started_ms, err);
    c.payload = gk_buf_str(&file);
    if (code == GK_OK && gk_mhtml_is(c.payload) && gk_mhtml_read(c.payload, &parts, &page)) c.payload = gk_buf_str(&page);
    c.media_type = parts.media_type;
    if (code == GK_OK && !url.len) url = parts.url.len ? parts.url : saved_from(c.payload);
    c.url = url;
    if (code == GK_OK && !c.url.len) {
        code = gk_err_set(err, GK_E_USAGE, "the page does not say where it was saved from: name its URL");
        gk_err_file(err, gk_str_of(path));
    }
    c.metadata = gk_arena_printf(&m->arena, "imported-from: %.*s\r\n", GK_STR_ARG(m->name));
    if (code == GK_OK) code = put(m, &c, err);
    gk_buf_free(&file);
    gk_buf_free(&page);
    return code;
}

gk_code gk_import_file(gk_store *s, const char *path, gk_str url, gk_imported *out, gk_err *err) {
    import m = {.s = s, .name = gk_str_of(base_name(path)), .out = out};
    gk_err own = {0};
    gk_code code = gk_scan_is_warc(path) ? import_warc(&m, path, &own) : import_page(&m, path, url, &own);
    if (code != GK_OK && err) *err = own;
    gk_arena_free(&m.arena);
    gk_arena_free(&m.request_arena);
    return code;
}
