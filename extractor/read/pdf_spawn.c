/* Runs gongkai-pdf as a process of its own: the PDF goes in over a socket, the stream comes back over it. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/limits.h"
#include "read/pdf.h"

#ifndef GK_LIBEXEC_DIR
#define GK_LIBEXEC_DIR "/usr/local/libexec/gongkai"
#endif

extern char **environ;

enum { PATH_BYTES = 4096, CHUNK_BYTES = 1 << 16 };

static bool runs(const char *path) { return access(path, X_OK) == 0; }

/* Writes the path of `name` beside the running program into out; false where that is not known. */
static bool beside(const char *name, char *out) {
    ssize_t n = readlink("/proc/self/exe", out, PATH_BYTES - 64);
    if (n <= 0) return false;
    while (n > 0 && out[n - 1] != '/') n--;
    memcpy(out + n, name, strlen(name) + 1);
    return runs(out);
}

/* $GONGKAI_PDF; beside the program; in the libexec folder beside its bin folder; where it was installed. */
static bool find_program(char *out) {
    const char *named = getenv("GONGKAI_PDF");
    if (named && *named && strlen(named) < PATH_BYTES) return memcpy(out, named, strlen(named) + 1), runs(out);
    if (beside("gongkai-pdf", out) || beside("../libexec/gongkai/gongkai-pdf", out)) return true;
    strcpy(out, GK_LIBEXEC_DIR "/gongkai-pdf");
    return runs(out);
}

static bool start(const char *path, int sock, pid_t *pid) {
    posix_spawn_file_actions_t files;
    posix_spawnattr_t attr;
    sigset_t none;
    if (posix_spawn_file_actions_init(&files) != 0) return false;
    posix_spawn_file_actions_adddup2(&files, sock, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&files, sock, STDOUT_FILENO);
    posix_spawn_file_actions_addopen(&files, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawnattr_init(&attr);
    sigemptyset(&none);
    posix_spawnattr_setsigmask(&attr, &none);
    posix_spawnattr_setflags(&attr, POSIX_SPAWN_SETSIGMASK);
    char *const argv[] = {(char *)"gongkai-pdf", NULL};
    bool ok = posix_spawn(pid, path, &files, &attr, argv, environ) == 0;
    posix_spawnattr_destroy(&attr);
    posix_spawn_file_actions_destroy(&files);
    return ok;
}

static int64_t now_ms(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

typedef struct talk {
    int sock;
    gk_str left;    /* not sent yet */
    int64_t until;  /* ms */
    size_t got;
    bool (*take)(void *user, gk_str more);
    void *user;
} talk;

/* Sends what the socket takes. A program that stopped reading still may have said why. */
static void send_some(talk *t) {
    ssize_t n = send(t->sock, t->left.ptr, t->left.len, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (n > 0) t->left = gk_str_slice(t->left, (size_t)n, t->left.len);
    else if (n < 0 && errno != EAGAIN && errno != EINTR) t->left.len = 0;
    if (!t->left.len) shutdown(t->sock, SHUT_WR);
}

/* GK_OK and *end where the stream ended. */
static gk_code receive_some(talk *t, char *chunk, bool *end, gk_err *err) {
    ssize_t n = recv(t->sock, chunk, CHUNK_BYTES, MSG_DONTWAIT);
    if (n < 0 && (errno == EAGAIN || errno == EINTR)) return GK_OK;
    if (n <= 0) return *end = true, GK_OK;
    t->got += (size_t)n;
    if (t->got > GK_MAX_STREAM_BYTES)
        return gk_err_set(err, GK_E_LIMIT, "the pages hold more than %u bytes of positions", GK_MAX_STREAM_BYTES);
    if (!t->take(t->user, (gk_str){chunk, (size_t)n}))
        return gk_err_set(err, GK_E_CONVERTER, "gongkai-pdf prints something else than this program expects");
    return GK_OK;
}

static gk_code converse(talk *t, gk_err *err) {
    char *chunk = gk_alloc(CHUNK_BYTES);
    gk_code code = GK_OK;
    for (bool end = false; !end && code == GK_OK;) {
        int64_t wait = t->until - now_ms();
        struct pollfd p = {t->sock, (short)(POLLIN | (t->left.len ? POLLOUT : 0)), 0};
        int n = wait > 0 ? poll(&p, 1, (int)wait) : 0;
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0)
            code = gk_err_set(err, GK_E_TIMEOUT, "gongkai-pdf took more than %u seconds", GK_MAX_PDF_SECONDS);
        if (code == GK_OK && (p.revents & POLLOUT)) send_some(t);
        if (code == GK_OK && (p.revents & (POLLIN | POLLHUP | POLLERR))) code = receive_some(t, chunk, &end, err);
    }
    free(chunk);
    return code;
}

/* Waits for the end of the program; one that was refused is killed first. */
static gk_code finish(pid_t pid, gk_code code, gk_err *err) {
    int status = 0;
    if (code != GK_OK) kill(pid, SIGKILL);
    while (waitpid(pid, &status, 0) < 0)
        if (errno != EINTR) return code;
    if (code != GK_OK) return code;
    if (WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU)
        return gk_err_set(err, GK_E_TIMEOUT, "gongkai-pdf took too long on the processor");
    if (WIFSIGNALED(status))
        return gk_err_set(err, GK_E_CRASH, "gongkai-pdf was ended by signal %d", WTERMSIG(status));
    if (WEXITSTATUS(status) > 1)
        return gk_err_set(err, GK_E_CONVERTER, "gongkai-pdf ended with code %d", WEXITSTATUS(status));
    return GK_OK;
}

gk_code pd_spawn(gk_str bytes, bool (*take)(void *user, gk_str more), void *user, gk_err *err) {
    char path[PATH_BYTES];
    int sock[2];
    pid_t pid;
    if (!find_program(path))
        return gk_err_set(err, GK_E_CONVERTER,
                          "PDF files are read by gongkai-pdf, which is not installed: build it with MuPDF (Debian: "
                          "libmupdf-dev) or name it in GONGKAI_PDF");
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, sock) != 0)
        return gk_err_set(err, GK_E_INTERNAL, "no socket can be had: %s", strerror(errno));
    bool started = start(path, sock[1], &pid);
    close(sock[1]);
    gk_code code = GK_OK;
    if (started) {
        talk t = {sock[0], bytes, now_ms() + GK_MAX_PDF_SECONDS * 1000, 0, take, user};
        code = finish(pid, converse(&t, err), err);
    } else {
        code = gk_err_set(err, GK_E_CONVERTER, "gongkai-pdf cannot be started");
    }
    close(sock[0]);
    return code;
}
