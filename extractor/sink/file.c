/* realpath is of the X/Open System Interfaces. */
#define _XOPEN_SOURCE 700

#include "sink/file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* Reports what the system said about the file. */
static gk_code fault(gk_file *f, const char *what, gk_err *err) {
    int number = errno;
    if (number == EPIPE) f->reader_gone = true;
    gk_err_set(err, GK_E_OUTPUT, "cannot %s: %s", what, strerror(number));
    gk_err_file(err, gk_str_of(f->name));
    return GK_E_OUTPUT;
}

static char *copy_of(const char *z) {
    size_t len = strlen(z) + 1;
    return memcpy(gk_alloc(len), z, len);
}

/* "DIR/NAME" becomes "DIR/.NAME.XXXXXX"; a very long name is cut so that the new one is not too long for the system. */
static char *temporary_name(const char *target) {
    const char *slash = strrchr(target, '/');
    const char *base = slash ? slash + 1 : target;
    size_t folder = (size_t)(base - target);
    gk_buf b = {0};
    gk_buf_put(&b, (gk_str){target, folder});
    gk_buf_putc(&b, '.');
    gk_buf_put(&b, gk_str_slice(gk_str_of(base), 0, 200));
    gk_buf_put(&b, GK_STR(".XXXXXX"));
    return b.ptr;
}

/* The permissions a new file would get: mkstemp gives 0600 only. */
static mode_t usual_mode(void) {
    mode_t mask = umask(0);
    umask(mask);
    return 0666 & ~mask;
}

static gk_code open_temporary(gk_file *f, const char *target, mode_t mode, gk_err *err) {
    char *real = realpath(target, NULL);
    f->target = real ? real : copy_of(target);
    f->temporary = temporary_name(f->target);
    f->fd = mkstemp(f->temporary);
    if (f->fd >= 0 && fchmod(f->fd, mode) == 0) return GK_OK;
    gk_code code = fault(f, "create a file in its folder", err);
    gk_file_close(f, false, NULL);
    return code;
}

static gk_code open_direct(gk_file *f, const char *target, gk_err *err) {
    f->fd = open(target, O_WRONLY | O_CLOEXEC);
    if (f->fd >= 0) return GK_OK;
    gk_code code = fault(f, "open", err);
    gk_file_close(f, false, NULL);
    return code;
}

gk_code gk_file_open(gk_file *f, const char *target, gk_err *err) {
    bool standard = !target || strcmp(target, "-") == 0;
    *f = (gk_file){.fd = -1, .name = copy_of(standard ? "standard output" : target)};
    if (standard) {
        f->fd = STDOUT_FILENO;
        return GK_OK;
    }
    struct stat st;
    if (stat(target, &st) != 0) return open_temporary(f, target, usual_mode(), err);
    if (S_ISREG(st.st_mode)) return open_temporary(f, target, st.st_mode & 0777, err);
    return open_direct(f, target, err);
}

/* A call ends where a piece of the file ends, not where one of the text does: Linux takes whole pages side by side in two
 * thirds of the time of pieces that share their first and last page. Much larger calls make it look for larger stretches of
 * free pages, which can take twice as long. */
enum { PIECE_BYTES = 64 * 1024 };

gk_code gk_file_write(gk_file *f, gk_str s, gk_err *err) {
    while (s.len) {
        size_t piece = PIECE_BYTES - f->written % PIECE_BYTES;
        ssize_t n = write(f->fd, s.ptr, s.len < piece ? s.len : piece);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return fault(f, "write", err);
        f->written += (uint64_t)n;
        s = gk_str_slice(s, (size_t)n, s.len);
    }
    return GK_OK;
}

/* A full disk may show only when the bytes leave the system's memory, so a file is synchronised before it is renamed. */
static gk_code keep_temporary(gk_file *f, gk_err *err) {
    if (fsync(f->fd) != 0) return fault(f, "write", err);
    if (rename(f->temporary, f->target) != 0) return fault(f, "rename the finished file", err);
    free(f->temporary);
    f->temporary = NULL;
    return GK_OK;
}

gk_code gk_file_close(gk_file *f, bool keep, gk_err *err) {
    gk_code code = GK_OK;
    if (f->fd >= 0 && keep && f->temporary) code = keep_temporary(f, err);
    if (f->fd > STDERR_FILENO && close(f->fd) != 0 && code == GK_OK && keep) code = fault(f, "close", err);
    if (f->temporary && f->fd >= 0) unlink(f->temporary);
    free(f->temporary);
    free(f->target);
    free(f->name);
    *f = (gk_file){.fd = -1, .reader_gone = f->reader_gone};
    return code;
}
