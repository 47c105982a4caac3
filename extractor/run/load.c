#include "run/load.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/limits.h"

enum { READ_BYTES = 64 * 1024, PATH_BYTES = 4096 };

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

/* A pipe that was opened without waiting has an end before its first writer comes: it is waited for here. */
static void wait_for_writer(int fd) {
    int flags = fcntl(fd, F_GETFL);
    if (flags >= 0 && (flags & O_NONBLOCK)) fcntl(fd, F_SETFL, flags & ~O_NONBLOCK);
    struct pollfd p = {.fd = fd, .events = POLLIN};
    while (poll(&p, 1, -1) < 0 && errno == EINTR) {}
}

gk_code gk_source_load(const gk_source *s, gk_buf *out, gk_err *err) {
    gk_buf_clear(out);
    out->max = GK_MAX_INPUT_BYTES;
    if (s->fd < 0) return gk_source_refuse(s, err);
    struct stat st;
    if (fstat(s->fd, &st) != 0) return fault(GK_E_OPEN, s->path, err);
    if (S_ISREG(st.st_mode) && (uint64_t)st.st_size > out->max)
        return too_large(s->path, (uint64_t)st.st_size, true, err);
    if (!S_ISREG(st.st_mode)) wait_for_writer(s->fd);
    return read_all(s->fd, s->path, S_ISREG(st.st_mode) ? (size_t)st.st_size + 1 : 0, out, err);
}

gk_code gk_source_refuse(const gk_source *s, gk_err *err) {
    errno = s->error;
    return fault(GK_E_OPEN, s->path, err);
}

static int open_file(const char *path) { return open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK); }

static void open_archive(gk_source *s) {
    char path[PATH_BYTES];
    size_t n = strcspn(s->path, "!");
    if (!n || !s->path[n] || n >= sizeof path) return;
    memcpy(path, s->path, n);
    path[n] = '\0';
    s->fd = open_file(path);
    s->member = s->fd >= 0;
}

gk_source gk_source_open(const char *path) {
    gk_source s = {.path = path, .fd = STDIN_FILENO};
    if (strcmp(path, "-") == 0) return s;
    s.fd = open_file(path);
    if (s.fd < 0) s.error = errno;
    if (s.error == ENOENT || s.error == ENOTDIR) open_archive(&s);
    return s;
}

void gk_source_close(gk_source *s) {
    if (s->fd >= 0 && strcmp(s->path, "-") != 0) close(s->fd);
    s->fd = -1;
}

gk_code gk_load(const char *path, gk_buf *out, gk_err *err) {
    gk_source s = gk_source_open(path);
    if (s.member) gk_source_close(&s);
    gk_code code = gk_source_load(&s, out, err);
    gk_source_close(&s);
    return code;
}

bool gk_load_is_file(const char *path) {
    struct stat st;
    return strcmp(path, "-") != 0 && stat(path, &st) == 0 && S_ISREG(st.st_mode);
}
