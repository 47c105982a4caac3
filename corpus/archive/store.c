#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/limits.h"
#include "corpus/archive/inside.h"

static gk_code fault(gk_str path, const char *what, gk_err *err) {
    gk_err_set(err, GK_E_OPEN, "%s: %s", what, strerror(errno));
    gk_err_file(err, path);
    return GK_E_OPEN;
}

static gk_str below(gk_store *s, const char *name) {
    return gk_arena_printf(&s->arena, "%.*s/%s", GK_STR_ARG(s->dir), name);
}

static gk_code sync_folder(gk_str path, gk_err *err) {
    int fd = open(path.ptr, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    gk_code code = fd >= 0 && fsync(fd) == 0 ? GK_OK : fault(path, "cannot fsync the folder", err);
    if (fd >= 0) close(fd);
    return code;
}

/* Makes a folder whose name is on disk when this returns. */
static gk_code make_folder(gk_store *s, gk_str path, gk_err *err) {
    if (mkdir(path.ptr, 0777) == 0) return sync_folder(gk_arena_printf(&s->arena, "%s/..", path.ptr), err);
    return errno == EEXIST ? GK_OK : fault(path, "cannot make the folder", err);
}

/* The lock ends with the process, and a child does not have it. */
static gk_code take_lock(gk_store *s, gk_err *err) {
    gk_str path = below(s, "lock");
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    s->lock = open(path.ptr, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (s->lock < 0) return fault(path, "cannot open the lock", err);
    if (fcntl(s->lock, F_SETLK, &lock) == 0) return GK_OK;
    struct flock other = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    if (fcntl(s->lock, F_GETLK, &other) != 0 || other.l_type == F_UNLCK) return fault(path, "cannot lock the archive", err);
    gk_err_set(err, GK_E_OPEN, "process %ld is writing this archive", (long)other.l_pid);
    gk_err_file(err, s->dir);
    return GK_E_OPEN;
}

/* WARC files whose index somebody took away are not begun anew over. */
static gk_code look_for_index(gk_store *s, gk_err *err) {
    gk_buf first = {0};
    gk_files_path(s->dir.ptr, 1, &first);
    bool lost = access(first.ptr, F_OK) == 0 && access(below(s, "gongkai.sqlite").ptr, F_OK) != 0;
    gk_buf_free(&first);
    if (!lost) return GK_OK;
    gk_err_set(err, GK_E_FORMAT, "there are WARC files without an index: import them into another archive");
    gk_err_file(err, s->dir);
    return GK_E_FORMAT;
}

static gk_code prepare(gk_store *s, gk_err *err) {
    gk_code code = make_folder(s, s->dir, err);
    if (code == GK_OK) code = make_folder(s, below(s, "warc"), err);
    if (code == GK_OK) code = take_lock(s, err);
    return code == GK_OK ? look_for_index(s, err) : code;
}

static bool load_heads(gk_store *s) {
    return gk_heads_load(&s->digests, &s->sql, GK_SQL_DIGESTS) && gk_heads_load(&s->keys, &s->sql, GK_SQL_KEYS);
}

static gk_code open_parts(gk_store *s, gk_store_mode mode, gk_err *err) {
    bool write = mode == GK_STORE_WRITE;
    gk_code code = write ? prepare(s, err) : GK_OK;
    if (code == GK_OK) code = gk_sql_open(&s->sql, below(s, "gongkai.sqlite").ptr, write, err);
    if (code == GK_OK && s->sql.is_new) code = sync_folder(s->dir, err); /* it is there before any WARC file is */
    if (code == GK_OK && write) code = gk_files_open(&s->files, err);
    if (code == GK_OK && !gk_hosts_load(&s->hosts, &s->sql)) code = s->sql.failed.code;
    if (code == GK_OK && write && !load_heads(s)) code = s->sql.failed.code;
    if (s->sql.failed.code == GK_OK) return code;
    *err = s->sql.failed;
    return err->code;
}

gk_store *gk_store_open(const char *dir, gk_store_mode mode, gk_str info, gk_err *err) {
    gk_err own = {0};
    gk_store *s = gk_alloc_zero(1, sizeof *s);
    s->lock = -1;
    s->dir = gk_arena_dup(&s->arena, gk_str_of(dir));
    s->info = gk_arena_dup(&s->arena, info);
    s->files = (gk_files){.dir = s->dir.ptr, .sql = &s->sql, .info = s->info, .fd = -1, .most = GK_MAX_WARC_BYTES};
    s->files.writer = mode == GK_STORE_WRITE ? gk_warc_writer_new(false, false) : NULL;
    if (open_parts(s, mode, &own) == GK_OK) return s;
    s->failed = own;
    gk_store_close(s, NULL);
    if (err) *err = own;
    return NULL;
}

gk_code gk_store_close(gk_store *s, gk_err *err) {
    if (!s) return GK_OK;
    gk_code code = s->files.writer ? gk_store_flush(s, err) : GK_OK;
    gk_files_close(&s->files);
    gk_warc_writer_free(s->files.writer);
    gk_sql_close(&s->sql);
    gk_hosts_free(&s->hosts);
    gk_fresh_free(&s->fresh);
    gk_rows_free(&s->rows);
    gk_heads_free(&s->digests);
    gk_heads_free(&s->keys);
    gk_vec_free(&s->taken);
    if (s->lock >= 0) close(s->lock);
    gk_arena_free(&s->arena);
    free(s);
    return code;
}

uint64_t gk_store_torn(const gk_store *s) { return s->files.torn; }

bool gk_store_begin(gk_store *s) {
    if (s->failed.code != GK_OK || s->sql.failed.code != GK_OK) return false;
    if (!s->begun) s->begun = gk_sql_run(&s->sql, GK_SQL_BEGIN, "");
    return s->begun;
}

bool gk_store_write_rows(gk_store *s) { return !s->rows.list.len || (gk_store_begin(s) && gk_rows_write(&s->rows, &s->sql)); }

/* Keeps the first error and takes back what was not committed. The WARC file is not cut here: where a commit failed it is not
 * known whether it is on disk, and the next opening finds out. */
static gk_code fail(gk_store *s, gk_err *err) {
    if (s->failed.code == GK_OK) s->failed = s->sql.failed;
    if (s->begun) sqlite3_exec(s->sql.db, "ROLLBACK", NULL, NULL, NULL);
    s->begun = false;
    if (err) *err = s->failed;
    return s->failed.code;
}

gk_code gk_store_flush(gk_store *s, gk_err *err) {
    if (s->failed.code != GK_OK || s->sql.failed.code != GK_OK) return fail(s, err);
    if (!s->begun) return GK_OK;
    if (!gk_store_write_fresh(s) || !gk_store_write_rows(s)) return fail(s, err);
    if (gk_files_write(&s->files, &s->failed) != GK_OK) return fail(s, err);
    if (!gk_sql_run(&s->sql, GK_SQL_COMMIT, "")) return fail(s, err);
    s->begun = false;
    gk_files_settle(&s->files);
    return GK_OK;
}

void gk_store_note(gk_store *s, gk_str key, gk_str value, int64_t expires) {
    if (gk_store_begin(s)) gk_sql_run(&s->sql, GK_SQL_NOTE, "tbi", key, value, expires);
}

gk_str gk_store_noted(gk_store *s, gk_str key, int64_t now, gk_arena *arena) {
    gk_str value = GK_STR_NONE;
    sqlite3_stmt *q = gk_sql_ask(&s->sql, GK_SQL_NOTED, "ti", key, now);
    if (!gk_sql_row(&s->sql, q)) return value;
    value = gk_sql_text(q, 0, arena);
    sqlite3_reset(q);
    return value;
}
