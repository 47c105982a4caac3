#include "corpus/archive/files.h"

#include <errno.h>
#include <fcntl.h>
#include <libdeflate.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/limits.h"

void gk_files_path(const char *dir, int64_t id, gk_buf *out) {
    gk_buf_clear(out);
    gk_buf_printf(out, "%s/warc/gongkai-%06lld.warc.gz", dir, (long long)id);
}

static gk_code fault(const char *path, gk_code code, const char *what, gk_err *err) {
    gk_err_set(err, code, "%s: %s", what, strerror(errno));
    gk_err_file(err, gk_str_of(path));
    return code;
}

/* A name in a folder is on disk when the folder was fsynced. */
static gk_code sync_folder(const char *dir, gk_err *err) {
    gk_buf path = {0};
    gk_buf_printf(&path, "%s/warc", dir);
    int fd = open(path.ptr, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    gk_code code = fd >= 0 && fsync(fd) == 0 ? GK_OK : fault(path.ptr, GK_E_OUTPUT, "cannot fsync the folder", err);
    if (fd >= 0) close(fd);
    gk_buf_free(&path);
    return code;
}

/* Cuts one file to the length that counts; its descriptor, or -1. */
static int cut(gk_files *f, const char *path, uint64_t length, gk_err *err) {
    struct stat st;
    int fd = open(path, O_RDWR | O_CLOEXEC);
    if (fd < 0 || fstat(fd, &st) != 0) {
        fault(path, GK_E_OPEN, "cannot open a WARC file that the index knows", err);
    } else if ((uint64_t)st.st_size < length) {
        gk_err_set(err, GK_E_FORMAT, "the file has %llu bytes, the index knows %llu", (unsigned long long)st.st_size,
                   (unsigned long long)length);
        gk_err_file(err, gk_str_of(path));
    } else if ((uint64_t)st.st_size == length) {
        return fd;
    } else if (ftruncate(fd, (off_t)length) != 0 || fsync(fd) != 0) {
        fault(path, GK_E_OUTPUT, "cannot cut the file to what the index knows", err);
    } else {
        f->torn += (uint64_t)st.st_size - length;
        return fd;
    }
    if (fd >= 0) close(fd);
    return -1;
}

/* A file that was begun and never counted. */
static gk_code drop_next(gk_files *f, gk_buf *path, gk_err *err) {
    struct stat st;
    gk_files_path(f->dir, f->id + 1, path);
    if (stat(path->ptr, &st) != 0) return GK_OK;
    if (unlink(path->ptr) != 0) return fault(path->ptr, GK_E_OUTPUT, "cannot remove the file", err);
    f->torn += (uint64_t)st.st_size;
    return GK_OK;
}

gk_code gk_files_open(gk_files *f, gk_err *err) {
    gk_buf path = {0};
    gk_code code = GK_OK;
    f->fd = -1;
    sqlite3_stmt *q = gk_sql_ask(f->sql, GK_SQL_FILES, "");
    while (code == GK_OK && gk_sql_row(f->sql, q)) {
        if (f->fd >= 0) close(f->fd);
        f->id = sqlite3_column_int64(q, 0);
        f->length = (uint64_t)sqlite3_column_int64(q, 1);
        f->crc = f->next_crc = (uint32_t)sqlite3_column_int64(q, 2);
        gk_files_path(f->dir, f->id, &path);
        f->fd = cut(f, path.ptr, f->length, err);
        if (f->fd < 0) code = err->code;
    }
    if (q) sqlite3_reset(q);
    if (code == GK_OK) code = drop_next(f, &path, err);
    gk_buf_free(&path);
    return code;
}

void gk_files_close(gk_files *f) {
    if (f->fd >= 0) close(f->fd);
    f->fd = -1;
    gk_buf_free(&f->pending);
}

bool gk_files_full(const gk_files *f, uint64_t bytes) {
    uint64_t have = f->length + gk_files_waiting(f);
    return f->fd < 0 || have >= f->most || bytes > f->most - have;
}

gk_code gk_files_begin(gk_files *f, int64_t now_ms, gk_err *err) {
    gk_buf path = {0};
    char date[GK_WARC_DATE_TEXT];
    gk_files_path(f->dir, f->id + 1, &path);
    int fd = open(path.ptr, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    gk_code code = fd >= 0 ? sync_folder(f->dir, err) : fault(path.ptr, GK_E_OUTPUT, "cannot make the file", err);
    if (code == GK_OK) {
        if (f->fd >= 0) close(f->fd);
        f->fd = fd;
        f->id++;
        f->length = 0;
        f->crc = f->next_crc = libdeflate_crc32(0, NULL, 0);
        gk_warc_record r = {.type = GK_WARC_WARCINFO, .date = gk_warc_date(now_ms, date), .payload = f->info};
        r.filename = gk_str_of(strrchr(path.ptr, '/') + 1);
        gk_warc_write(f->writer, &r, &f->pending);
    } else if (fd >= 0) {
        close(fd);
    }
    gk_buf_free(&path);
    return code;
}

static bool write_all(const gk_files *f) {
    size_t done = 0;
    while (done < f->pending.len) {
        off_t at = (off_t)(f->length + f->written + done);
        ssize_t n = pwrite(f->fd, f->pending.ptr + done, f->pending.len - done, at);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) return false;
        done += (size_t)n;
    }
    return true;
}

/* What cannot be written is still pending. */
static bool hand_over(gk_files *f) {
    if (!write_all(f)) return false;
    f->next_crc = libdeflate_crc32(f->next_crc, f->pending.ptr, f->pending.len);
    f->written += f->pending.len;
    gk_buf_clear(&f->pending);
    if (f->pending.cap > GK_MAX_KEPT_BYTES) gk_buf_free(&f->pending);
    return true;
}

void gk_files_append(gk_files *f, const gk_warc_record *r, uint64_t *offset, uint64_t *length) {
    enum { PIECE = 64 << 10 };
    size_t before = f->pending.len;
    gk_warc_write(f->writer, r, &f->pending);
    *offset = f->length + f->written + before;
    *length = f->pending.len - before;
    if (f->pending.len >= PIECE) hand_over(f); /* where that fails gk_files_write tries again, and tells */
}

gk_code gk_files_write(gk_files *f, gk_err *err) {
    if (!gk_files_waiting(f)) return GK_OK;
    if (!hand_over(f) || fsync(f->fd) != 0) {
        gk_buf path = {0};
        gk_files_path(f->dir, f->id, &path);
        gk_code code = fault(path.ptr, GK_E_OUTPUT, "cannot write", err);
        gk_buf_free(&path);
        if (ftruncate(f->fd, (off_t)f->length) != 0) return code; /* it is cut on opening */
        return code;
    }
    if (!gk_sql_run(f->sql, GK_SQL_FILE, "iii", f->id, (int64_t)(f->length + f->written), (int64_t)f->next_crc))
        return *err = f->sql->failed, err->code;
    return GK_OK;
}

void gk_files_settle(gk_files *f) {
    f->crc = f->next_crc;
    f->length += f->written;
    f->written = 0;
}
