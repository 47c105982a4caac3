#include "corpus/archive/export.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "corpus/archive/index.h"
#include "corpus/archive/inside.h"
#include "corpus/archive/json.h"
#include "corpus/archive/zip.h"

enum { PIECE = 1 << 20, STAMP = 14 };

static gk_code fault(const char *path, const char *what, gk_err *err) {
    gk_err_set(err, GK_E_OUTPUT, "%s: %s", what, strerror(errno));
    gk_err_file(err, gk_str_of(path));
    return GK_E_OUTPUT;
}

static bool write_all(int fd, gk_str bytes) {
    while (bytes.len) {
        ssize_t n = write(fd, bytes.ptr, bytes.len);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) return false;
        bytes = gk_str_slice(bytes, (size_t)n, bytes.len);
    }
    return true;
}

typedef struct file_row {
    int64_t id;
    uint64_t length;
} file_row;

typedef GK_VEC(file_row) file_rows;

static void read_files(gk_store *s, file_rows *out) {
    for (sqlite3_stmt *q = gk_sql_ask(&s->sql, GK_SQL_FILES, ""); gk_sql_row(&s->sql, q);)
        *gk_vec_push(out) = (file_row){sqlite3_column_int64(q, 0), (uint64_t)sqlite3_column_int64(q, 1)};
}

/* ---- CDXJ */

/* The parts of "http://host:port/rest". */
static void split_url(gk_str url, gk_str *host, gk_str *port, gk_str *rest) {
    size_t from = gk_str_find(url, GK_STR("://"));
    from = from == SIZE_MAX ? 0 : from + 3;
    size_t end = from;
    while (end < url.len && !strchr("/?#", url.ptr[end])) end++;
    *host = gk_str_slice(url, from, end);
    *rest = gk_str_slice(url, end, url.len);
    size_t colon = gk_str_rfind(*host, GK_STR(":"));
    bool numbered = colon != SIZE_MAX && !gk_str_ends(*host, GK_STR("]"));
    *port = numbered ? gk_str_slice(*host, colon + 1, host->len) : GK_STR_NONE;
    if (numbered) *host = gk_str_slice(*host, 0, colon);
    if (gk_str_eqz(*port, gk_str_starts(url, GK_STR("https:")) ? "443" : "80")) *port = GK_STR_NONE;
}

static void put_lower(gk_buf *out, gk_str s) {
    for (size_t i = 0; i < s.len; i++)
        gk_buf_putc(out, s.ptr[i] >= 'A' && s.ptr[i] <= 'Z' ? (char)(s.ptr[i] + 32) : s.ptr[i] == ' ' ? '+' : s.ptr[i]);
}

void gk_export_surt(gk_str url, gk_buf *out) {
    gk_str host, port, rest;
    split_url(url, &host, &port, &rest);
    if (gk_str_starts(host, GK_STR("www."))) host = gk_str_slice(host, 4, host.len);
    for (size_t end = host.len; end > 0;) {
        size_t from = end;
        while (from && host.ptr[from - 1] != '.') from--;
        put_lower(out, gk_str_slice(host, from, end));
        end = from ? from - 1 : 0;
        if (end) gk_buf_putc(out, ',');
    }
    if (port.len) gk_buf_putc(out, ':'), gk_buf_put(out, port);
    gk_buf_put(out, GK_STR(")"));
    size_t fragment = gk_str_find(rest, GK_STR("#"));
    rest = gk_str_slice(rest, 0, fragment);
    if (!gk_str_starts(rest, GK_STR("/"))) gk_buf_putc(out, '/');
    put_lower(out, rest);
}

typedef struct cdxj {
    gk_arena arena;
    GK_VEC(gk_str) lines;
    gk_buf line;
} cdxj;

/* "20240205030405" of "2024-02-05T03:04:05Z". */
static void put_stamp(int64_t ms, gk_buf *out) {
    char date[GK_WARC_DATE_TEXT];
    gk_str text = gk_warc_date(ms, date);
    for (size_t i = 0; i < text.len; i++)
        if (text.ptr[i] >= '0' && text.ptr[i] <= '9') gk_buf_putc(out, text.ptr[i]);
}

static bool add_line(void *user, const gk_stored *c) {
    cdxj *x = user;
    if (!c->record.file) return true;
    gk_buf_clear(&x->line);
    gk_export_surt(c->url, &x->line);
    gk_buf_putc(&x->line, ' ');
    put_stamp(c->started_ms, &x->line);
    gk_buf_put(&x->line, GK_STR(" {"));
    gk_json_text(&x->line, "url", c->url);
    bool revisit = c->record.file != c->payload.file || c->record.offset != c->payload.offset;
    gk_json_text(&x->line, "mime", revisit ? GK_STR("warc/revisit") : c->media_type);
    gk_buf_printf(&x->line, ",\"status\":\"%d\",\"digest\":\"sha256:%s\",\"length\":\"%llu\",\"offset\":\"%llu\"",
                  c->status ? c->status : 200, c->digest, (unsigned long long)c->record.length,
                  (unsigned long long)c->record.offset);
    gk_buf_printf(&x->line, ",\"filename\":\"gongkai-%06lld.warc.gz\"}\n", (long long)c->record.file);
    *gk_vec_push(&x->lines) = gk_arena_dup(&x->arena, gk_buf_str(&x->line));
    return true;
}

static int by_bytes(const void *a, const void *b) { return gk_str_cmp(*(const gk_str *)a, *(const gk_str *)b); }

static gk_code make_cdxj(gk_store *s, gk_buf *out, gk_err *err) {
    cdxj x = {0};
    gk_stored_query query = {.sort = GK_STORED_ALL};
    gk_code code = gk_index_each(s, &query, add_line, &x, err);
    if (x.lines.len) qsort(x.lines.at, x.lines.len, sizeof *x.lines.at, by_bytes);
    for (size_t i = 0; i < x.lines.len; i++) gk_buf_put(out, x.lines.at[i]);
    gk_vec_free(&x.lines);
    gk_buf_free(&x.line);
    gk_arena_free(&x.arena);
    return code;
}

static gk_code export_cdxj(gk_store *s, int fd, const char *path, gk_err *err) {
    gk_buf out = {0};
    gk_code code = make_cdxj(s, &out, err);
    if (code == GK_OK && !write_all(fd, gk_buf_str(&out))) code = fault(path, "cannot write", err);
    gk_buf_free(&out);
    return code;
}

/* ---- WARC/1.0 */

/* Copies the records of one file that count. */
static gk_code copy_records(gk_store *s, const file_row *file, gk_warc_writer *w, int fd, const char *path, gk_err *err) {
    gk_warc_record r;
    gk_buf out = {0};
    unsigned char digest[GK_SHA_BYTES];
    char hex[GK_SHA_TEXT];
    uint64_t offset;
    gk_warc_reader *reader = gk_warc_open(gk_index_path(s, file->id).ptr, 0, err);
    gk_code code = reader ? GK_OK : GK_E_OPEN;
    while (code == GK_OK) {
        code = gk_warc_next(reader, &r, &offset, NULL, err);
        if (code != GK_OK || offset >= file->length || !r.id.ptr) break;
        r.payload_digest = gk_sha_read(r.payload_digest, digest) ? gk_sha_text(digest, hex) : GK_STR_NONE;
        gk_warc_write(w, &r, &out);
        if (out.len < PIECE) continue;
        if (!write_all(fd, gk_buf_str(&out))) code = fault(path, "cannot write", err);
        gk_buf_clear(&out);
    }
    if (code == GK_OK && !write_all(fd, gk_buf_str(&out))) code = fault(path, "cannot write", err);
    gk_warc_close(reader);
    gk_buf_free(&out);
    return code;
}

static gk_code export_warc(gk_store *s, int fd, const char *path, gk_err *err) {
    file_rows files = {0};
    gk_warc_writer *w = gk_warc_writer_new(true, false);
    gk_code code = GK_OK;
    read_files(s, &files);
    for (size_t i = 0; code == GK_OK && i < files.len; i++) code = copy_records(s, &files.at[i], w, fd, path, err);
    gk_warc_writer_free(w);
    gk_vec_free(&files);
    return code;
}

typedef gk_code maker(gk_store *s, int fd, const char *path, gk_err *err);

/* A file that appears whole or not at all. */
static gk_code export_file(gk_store *s, maker *make, const char *path, gk_err *err) {
    gk_str part = gk_arena_printf(&s->arena, "%s.part", path);
    int fd = open(part.ptr, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (fd < 0) return fault(path, "cannot make the file", err);
    gk_code code = make(s, fd, path, err);
    if (code == GK_OK && fsync(fd) != 0) code = fault(path, "cannot fsync", err);
    close(fd);
    if (code == GK_OK && rename(part.ptr, path) != 0) code = fault(path, "cannot rename", err);
    if (code != GK_OK) unlink(part.ptr);
    return code;
}

/* ---- WACZ */

static bool add_page(void *user, const gk_stored *c) {
    gk_buf *out = user;
    char date[GK_WARC_DATE_TEXT];
    gk_buf_put(out, GK_STR("{"));
    gk_json_text(out, "url", c->url);
    gk_json_text(out, "ts", gk_warc_date(c->started_ms, date));
    gk_json_text(out, "title", c->title.len ? c->title : c->text);
    gk_buf_put(out, GK_STR("}\n"));
    return true;
}

typedef struct package {
    gk_zip *zip;
    gk_buf resources; /* members of the list in datapackage.json */
} package;

static void describe(package *p, const char *name, gk_str path, const char *digest, uint64_t bytes) {
    gk_buf_printf(&p->resources, "%s{\"name\":\"%s\",\"path\":\"%.*s\",\"hash\":\"sha256:%s\",\"bytes\":%llu}",
                  p->resources.len ? "," : "", name, GK_STR_ARG(path), digest, (unsigned long long)bytes);
}

static void pack_bytes(package *p, const char *name, const char *path, gk_str bytes) {
    unsigned char digest[GK_SHA_BYTES];
    char hex[GK_SHA_TEXT];
    gk_sha_of(&bytes, 1, digest);
    describe(p, name, gk_str_of(path), gk_sha_text(digest, hex).ptr, bytes.len);
    gk_zip_add(p->zip, gk_str_of(path), bytes);
}

static void pack_files(gk_store *s, package *p) {
    file_rows files = {0};
    char digest[GK_SHA_TEXT];
    read_files(s, &files);
    for (size_t i = 0; i < files.len; i++) {
        gk_str path = gk_index_path(s, files.at[i].id);
        const char *name = strrchr(path.ptr, '/') + 1;
        gk_str inside = gk_arena_printf(&s->arena, "archive/%s", name);
        gk_zip_add_file(p->zip, inside, path.ptr, files.at[i].length, digest);
        describe(p, name, inside, digest, files.at[i].length);
    }
    gk_vec_free(&files);
}

static void pack_description(package *p) {
    char date[GK_WARC_DATE_TEXT], hex[GK_SHA_TEXT];
    unsigned char digest[GK_SHA_BYTES];
    gk_buf out = {0};
    gk_str now = gk_warc_date((int64_t)time(NULL) * 1000, date);
    gk_buf_printf(&out, "{\"profile\":\"data-package\",\"wacz_version\":\"1.1.1\",\"created\":\"%.*s\",", GK_STR_ARG(now));
    gk_buf_put(&out, GK_STR("\"software\":\"gongkai/" GK_VERSION "\",\"resources\":["));
    gk_buf_put(&out, gk_buf_str(&p->resources));
    gk_buf_put(&out, GK_STR("]}\n"));
    gk_str text = gk_buf_str(&out);
    gk_zip_add(p->zip, GK_STR("datapackage.json"), text);
    gk_sha_of(&text, 1, digest);
    gk_sha_text(digest, hex);
    gk_buf_clear(&p->resources);
    gk_buf_printf(&p->resources, "{\"path\":\"datapackage.json\",\"hash\":\"sha256:%s\"}\n", hex);
    gk_zip_add(p->zip, GK_STR("datapackage-digest.json"), gk_buf_str(&p->resources));
    gk_buf_free(&out);
}

static gk_code export_wacz(gk_store *s, const char *path, gk_err *err) {
    package p = {.zip = gk_zip_new(path, err)};
    gk_buf cdx = {0}, pages = {0};
    gk_stored_query query = {.sort = GK_STORED_DOCUMENTS};
    if (!p.zip) return GK_E_OUTPUT;
    gk_buf_put(&pages, GK_STR("{\"format\":\"json-pages-1.0\",\"id\":\"pages\",\"title\":\"All Pages\"}\n"));
    gk_code code = make_cdxj(s, &cdx, err);
    if (code == GK_OK) code = gk_index_each(s, &query, add_page, &pages, err);
    pack_files(s, &p);
    pack_bytes(&p, "index.cdx", "indexes/index.cdx", gk_buf_str(&cdx));
    pack_bytes(&p, "pages.jsonl", "pages/pages.jsonl", gk_buf_str(&pages));
    pack_description(&p);
    gk_code end = gk_zip_finish(p.zip, code == GK_OK ? err : NULL);
    gk_buf_free(&cdx);
    gk_buf_free(&pages);
    gk_buf_free(&p.resources);
    return code == GK_OK ? end : code;
}

const char *gk_export_name(gk_export_format format) {
    static const char *const names[] = {"warc", "cdxj", "wacz"};
    return names[format];
}

gk_code gk_export(gk_store *s, gk_export_format format, const char *path, gk_err *err) {
    gk_sql_run(&s->sql, GK_SQL_READ, ""); /* one state of the index, whoever writes meanwhile */
    if (format == GK_EXPORT_WACZ) return export_wacz(s, path, err);
    return export_file(s, format == GK_EXPORT_WARC ? export_warc : export_cdxj, path, err);
}
