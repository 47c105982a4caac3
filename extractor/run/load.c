#include "run/load.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/limits.h"

enum { READ_BYTES = 64 * 1024 };

static gk_code fault(gk_code code, const char *path, gk_err *err) {
    gk_err_set(err, code, "%s", strerror(errno));
    gk_err_file(err, gk_str_of(path));
    return code;
}

static gk_code too_large(const char *path, uint64_t bytes, bool exact, gk_err *err) {
    gk_err_set(err, GK_E_LIMIT, "the input has %s%llu bytes, at most %u are read (GK_MAX_INPUT_BYTES)",
               exact ? "" : "more than ", (unsigned long long)bytes, GK_MAX_INPUT_BYTES);
    gk_err_file(err, gk_str_of(path));
    return GK_E_LIMIT;
}

/* Reads to the end; `expected` bytes are asked for first, so that a file is read in one piece. */
static gk_code read_all(int fd, const char *path, size_t expected, gk_buf *out, gk_err *err) {
    for (;;) {
        size_t want = expected > out->len ? expected - out->len : READ_BYTES;
        if (out->max && want > out->max - out->len + 1) want = out->max - out->len + 1;
        size_t max = out->max;
        out->max = 0;
        char *at = gk_buf_room(out, want);
        out->max = max;
        ssize_t n = read(fd, at, want);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return fault(GK_E_OPEN, path, err);
        if (n == 0) return GK_OK;
        out->len += (size_t)n;
        if (out->max && out->len > out->max) return too_large(path, out->max, false, err);
    }
}

static gk_code load_any(const char *path, gk_buf *out, gk_err *err) {
    gk_buf_clear(out);
    bool standard = strcmp(path, "-") == 0;
    int fd = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (fd < 0) return fault(GK_E_OPEN, path, err);
    struct stat st;
    gk_code code = GK_OK;
    size_t expected = 0;
    if (fstat(fd, &st) != 0) code = fault(GK_E_OPEN, path, err);
    else if (S_ISREG(st.st_mode) && out->max && (uint64_t)st.st_size > out->max)
        code = too_large(path, (uint64_t)st.st_size, true, err);
    else if (S_ISREG(st.st_mode)) expected = (size_t)st.st_size + 1;
    if (code == GK_OK) code = read_all(fd, path, expected, out, err);
    if (!standard) close(fd);
    return code;
}

gk_code gk_load(const char *path, gk_buf *out, gk_err *err) {
    out->max = GK_MAX_INPUT_BYTES;
    return load_any(path, out, err);
}

bool gk_load_is_file(const char *path) {
    struct stat st;
    return strcmp(path, "-") != 0 && stat(path, &st) == 0 && S_ISREG(st.st_mode);
}
