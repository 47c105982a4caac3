#include "corpus/archive/verify.h"

#include <errno.h>
#include <fcntl.h>
#include <libdeflate.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "corpus/archive/http.h"
#include "corpus/archive/index.h"
#include "corpus/archive/inside.h"

enum { PIECE = 1 << 18 };

typedef struct verify {
    gk_store *s; /* NULL: a file by itself */
    const char *path;
    sqlite3_stmt *row; /* the captures of the file, by place; NULL: no more */
    gk_on_fault *on_fault;
    void *user;
    gk_verdict *out;
} verify;

static void tell(verify *v, const gk_err *fault) {
    v->out->faults++;
    v->on_fault(v->user, fault);
}

static void complain(verify *v, uint64_t offset, const char *format, gk_str what) {
    gk_err fault;
    gk_err_set(&fault, GK_E_FORMAT, format, GK_STR_ARG(gk_str_slice(what, 0, 200)));
    gk_err_file(&fault, gk_str_of(v->path));
    fault.offset = offset;
    tell(v, &fault);
}

/* ---- the rows of the index beside the records of a file */

static int64_t row_offset(const verify *v) { return v->row ? sqlite3_column_int64(v->row, 1) : INT64_MAX; }

static void next_row(verify *v) {
    if (!gk_sql_row(&v->s->sql, v->row)) v->row = NULL;
    else v->out->captures++;
}

static bool same_blob(sqlite3_stmt *q, int column, const void *bytes, size_t len) {
    return sqlite3_column_bytes(q, column) == (int)len && memcmp(sqlite3_column_blob(q, column), bytes, len) == 0;
}

/* What the index and the record say differently; NULL: nothing. */
static const char *difference(const verify *v, const gk_warc_record *r, uint64_t length) {
    unsigned char digest[GK_SHA_BYTES];
    char date[GK_WARC_DATE_TEXT], id[GK_WARC_ID_TEXT];
    sqlite3_stmt *q = v->row;
    if ((uint64_t)sqlite3_column_int64(q, 2) != length) return "length";
    if (!same_blob(q, 3, r->target.ptr, r->target.len)) return "URL";
    if (!gk_sha_read(r->payload_digest, digest) || !same_blob(q, 4, digest, sizeof digest)) return "digest";
    if (!gk_str_eq(gk_warc_date(sqlite3_column_int64(q, 5), date), r->date)) return "time";
    if (sqlite3_column_bytes(q, 6) != GK_WARC_ID_BYTES) return "id";
    if (!gk_str_eq(gk_warc_id_text(sqlite3_column_blob(q, 6), id), r->id)) return "id";
    if (r->type != GK_WARC_RESOURCE && sqlite3_column_int(q, 7) != gk_http_status(r->head)) return "status";
    return NULL;
}

static bool is_indexed(const gk_warc_record *r) {
    return r->type == GK_WARC_RESPONSE || r->type == GK_WARC_REVISIT || r->type == GK_WARC_RESOURCE;
}

static void compare(verify *v, const gk_warc_record *r, uint64_t offset, uint64_t length) {
    while (row_offset(v) < (int64_t)offset) {
        complain(v, (uint64_t)row_offset(v), "the index has a place where no answer begins%.*s", GK_STR(""));
        next_row(v);
    }
    bool known = row_offset(v) == (int64_t)offset;
    if (is_indexed(r) && !known) complain(v, offset, "the index does not have the answer of %.*s", r->target);
    if (!is_indexed(r) && known) complain(v, offset, "the index has a place where no answer begins%.*s", GK_STR(""));
    const char *what = is_indexed(r) && known ? difference(v, r, length) : NULL;
    if (what) complain(v, offset, "the index has another %.*s than the record", gk_str_of(what));
    if (known) next_row(v);
}

/* ---- one file */

/* Reads every record up to `end`. */
static gk_code walk(verify *v, uint64_t end, gk_err *err) {
    gk_warc_record r;
    gk_err fault;
    uint64_t offset, length, expected = 0;
    gk_warc_reader *reader = gk_warc_open(v->path, 0, err);
    gk_code code = reader ? GK_OK : GK_E_OPEN;
    while (code != GK_E_OPEN) {
        code = gk_warc_next(reader, &r, &offset, &length, &fault);
        if (offset >= end || (code == GK_OK && r.type == GK_WARC_OTHER && !r.id.ptr)) break;
        v->out->records++;
        if (code != GK_OK) tell(v, &fault);
        else if (offset > expected) complain(v, expected, "bytes that are no record%.*s", GK_STR(""));
        if (code == GK_OK && v->s) compare(v, &r, offset, length);
        expected = code == GK_OK ? offset + length : UINT64_MAX; /* behind damage the reader looks for the next one */
    }
    gk_warc_close(reader);
    return reader ? GK_OK : GK_E_OPEN;
}

static uint32_t crc_of(int fd, uint64_t length, uint64_t *seen) {
    char *piece = gk_alloc(PIECE);
    uint32_t crc = libdeflate_crc32(0, NULL, 0);
    *seen = 0;
    while (*seen < length) {
        ssize_t n = pread(fd, piece, length - *seen < PIECE ? (size_t)(length - *seen) : PIECE, (off_t)*seen);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) break;
        crc = libdeflate_crc32(crc, piece, (size_t)n);
        *seen += (uint64_t)n;
    }
    free(piece);
    return crc;
}

/* The bytes of the file against the index. */
static void check_bytes(verify *v, uint64_t length, uint32_t crc) {
    struct stat st;
    uint64_t seen;
    int fd = open(v->path, O_RDONLY | O_CLOEXEC);
    if (fd < 0 || fstat(fd, &st) != 0) {
        complain(v, 0, "%.*s", gk_str_of(strerror(errno)));
    } else {
        bool same = crc_of(fd, length, &seen) == crc;
        if (seen < length) complain(v, seen, "the file is shorter than the index says%.*s", GK_STR(""));
        else if (!same) complain(v, 0, "the file does not have the check sum of the index%.*s", GK_STR(""));
        if ((uint64_t)st.st_size > length) v->out->torn += (uint64_t)st.st_size - length;
        v->out->bytes += seen;
    }
    if (fd >= 0) close(fd);
}

static void check_file(verify *v, int64_t id, uint64_t length, uint32_t crc) {
    gk_err ignored;
    gk_buf path = {0};
    gk_files_path(v->s->dir.ptr, id, &path);
    v->path = path.ptr;
    v->out->files++;
    check_bytes(v, length, crc);
    v->row = gk_sql_ask(&v->s->sql, GK_SQL_OF_FILE, "i", id);
    if (v->row) next_row(v);
    walk(v, length, &ignored); /* a file that is missing was told already */
    while (v->row) {
        complain(v, (uint64_t)row_offset(v), "the index has a place where no answer begins%.*s", GK_STR(""));
        next_row(v);
    }
    gk_buf_free(&path);
}

/* ---- the archive */

static void check_tables(verify *v) {
    sqlite3_stmt *q = gk_sql_ask(&v->s->sql, GK_SQL_CHECK, "");
    while (gk_sql_row(&v->s->sql, q)) {
        gk_str line = {(const char *)sqlite3_column_text(q, 0), (size_t)sqlite3_column_bytes(q, 0)};
        if (!gk_str_eqz(line, "ok")) complain(v, 0, "the index is damaged: %.*s", line);
    }
    q = gk_sql_ask(&v->s->sql, GK_SQL_LOST, "");
    while (gk_sql_row(&v->s->sql, q)) {
        gk_str url = {(const char *)sqlite3_column_text(q, 0), (size_t)sqlite3_column_bytes(q, 0)};
        complain(v, 0, "a revisit of %.*s does not lead to its payload", url);
    }
}

typedef struct file_row {
    int64_t id;
    uint64_t length;
    uint32_t crc;
} file_row;

gk_code gk_verify_archive(const char *dir, gk_on_fault *on_fault, void *user, gk_verdict *out, gk_err *err) {
    gk_err own = {0};
    *out = (gk_verdict){0};
    gk_store *s = gk_store_open(dir, GK_STORE_READ, GK_STR_NONE, &own);
    if (err) *err = own;
    if (!s) return own.code;
    gk_str index = gk_arena_printf(&s->arena, "%s/gongkai.sqlite", dir);
    verify v = {.s = s, .path = index.ptr, .on_fault = on_fault, .user = user, .out = out};
    GK_VEC(file_row) files = {0};
    gk_sql_run(&s->sql, GK_SQL_READ, ""); /* one state of the index for all that follows, whoever writes meanwhile */
    check_tables(&v);
    for (sqlite3_stmt *q = gk_sql_ask(&s->sql, GK_SQL_FILES, ""); gk_sql_row(&s->sql, q);) {
        file_row row = {.id = sqlite3_column_int64(q, 0), .length = (uint64_t)sqlite3_column_int64(q, 1)};
        row.crc = (uint32_t)sqlite3_column_int64(q, 2);
        *gk_vec_push(&files) = row;
    }
    for (size_t i = 0; i < files.len; i++) check_file(&v, files.at[i].id, files.at[i].length, files.at[i].crc);
    v.path = index.ptr;
    if (s->sql.failed.code != GK_OK) complain(&v, 0, "%.*s", gk_str_of(s->sql.failed.message));
    gk_vec_free(&files);
    gk_store_close(s, NULL);
    return GK_OK;
}

gk_code gk_verify_file(const char *path, gk_on_fault *on_fault, void *user, gk_verdict *out, gk_err *err) {
    struct stat st;
    verify v = {.path = path, .on_fault = on_fault, .user = user, .out = out};
    *out = (gk_verdict){.files = 1};
    if (stat(path, &st) == 0) out->bytes = (uint64_t)st.st_size;
    return walk(&v, UINT64_MAX, err);
}
