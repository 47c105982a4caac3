/* Runs gongkai-pdf, and gongkai-ocr behind it, as processes of their own: the PDF goes in over a socket, the stream comes
 * back over it. */
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
#include "read/read.h"

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

/* One of the two programs: $variable; beside the program; in the libexec folder beside its bin folder; where it was
 * installed. */
typedef struct program {
    const char *name, *near, *installed, *variable;
} program;

static const program pdf_program = {"gongkai-pdf", "../libexec/gongkai/gongkai-pdf", GK_LIBEXEC_DIR "/gongkai-pdf",
                                    "GONGKAI_PDF"};
static const program ocr_program = {"gongkai-ocr", "../libexec/gongkai/gongkai-ocr", GK_LIBEXEC_DIR "/gongkai-ocr",
                                    "GONGKAI_OCR"};

static bool find_program(const program *p, char *out) {
    const char *named = getenv(p->variable);
    if (named && *named && strlen(named) < PATH_BYTES) return memcpy(out, named, strlen(named) + 1), runs(out);
    if (beside(p->name, out) || beside(p->near, out)) return true;
    memcpy(out, p->installed, strlen(p->installed) + 1);
    return runs(out);
}

bool gk_read_recognises(void) {
    char path[PATH_BYTES];
    return find_program(&ocr_program, path);
}

static bool start(const char *path, char *const *argv, int in, int out, pid_t *pid) {
    posix_spawn_file_actions_t files;
    posix_spawnattr_t attr;
    sigset_t none;
    if (posix_spawn_file_actions_init(&files) != 0) return false;
    posix_spawn_file_actions_adddup2(&files, in, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&files, out, STDOUT_FILENO);
    posix_spawn_file_actions_addopen(&files, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawnattr_init(&attr);
    sigemptyset(&none);
    posix_spawnattr_setsigmask(&attr, &none);
    posix_spawnattr_setflags(&attr, POSIX_SPAWN_SETSIGMASK);
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
    unsigned seconds;
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
        return gk_err_set(err, GK_E_LIMIT, "the pages hold more than %u bytes of positions (GK_MAX_STREAM_BYTES)",
                          GK_MAX_STREAM_BYTES);
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
            code = gk_err_set(err, GK_E_TIMEOUT, "the pages took more than %u seconds (%s)", t->seconds,
                              t->seconds == GK_MAX_PDF_SECONDS ? "GK_MAX_PDF_SECONDS" : "GK_MAX_OCR_SECONDS");
        if (code == GK_OK && (p.revents & POLLOUT)) send_some(t);
        if (code == GK_OK && (p.revents & (POLLIN | POLLHUP | POLLERR))) code = receive_some(t, chunk, &end, err);
    }
    free(chunk);
    return code;
}

/* Waits for the end of the program; one that was refused is killed first. */
static gk_code finish(const program *p, pid_t pid, gk_code code, gk_err *err) {
    int status = 0;
    if (code != GK_OK) kill(pid, SIGKILL);
    while (waitpid(pid, &status, 0) < 0)
        if (errno != EINTR) return code;
    if (code != GK_OK) return code;
    if (WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU)
        return gk_err_set(err, GK_E_TIMEOUT, "%s took too long on the processor (GK_MAX_PROCESSOR_SECONDS)", p->name);
    if (WIFSIGNALED(status))
        return gk_err_set(err, GK_E_CRASH, "%s was ended by signal %d", p->name, WTERMSIG(status));
    if (WEXITSTATUS(status) > 1)
        return gk_err_set(err, GK_E_CONVERTER, "%s ended with code %d", p->name, WEXITSTATUS(status));
    return GK_OK;
}

static gk_code missing(const program *p, gk_err *err) {
    if (p == &ocr_program)
        return gk_err_set(err, GK_E_CONVERTER,
                          "pictures of pages are read by gongkai-ocr, which is not installed: build it with Tesseract "
                          "(Debian: libtesseract-dev, tesseract-ocr-chi-sim) or name it in GONGKAI_OCR");
    return gk_err_set(err, GK_E_CONVERTER,
                      "PDF files are read by gongkai-pdf, which is not installed: build it with MuPDF (Debian: "
                      "libmupdf-dev) or name it in GONGKAI_PDF");
}

static talk begin_talk(int sock, gk_str bytes, unsigned seconds, bool (*take)(void *user, gk_str more), void *user) {
    return (talk){sock, bytes, now_ms() + (int64_t)seconds * 1000, seconds, 0, take, user};
}

gk_code pd_spawn(gk_str bytes, bool (*take)(void *user, gk_str more), void *user, gk_err *err) {
    char path[PATH_BYTES], *const argv[] = {(char *)"gongkai-pdf", NULL};
    int sock[2];
    pid_t pid;
    if (!find_program(&pdf_program, path)) return missing(&pdf_program, err);
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, sock) != 0)
        return gk_err_set(err, GK_E_INTERNAL, "no socket can be had: %s", strerror(errno));
    bool started = start(path, argv, sock[1], sock[1], &pid);
    close(sock[1]);
    gk_code code = GK_OK;
    if (started) {
        talk t = begin_talk(sock[0], bytes, GK_MAX_PDF_SECONDS, take, user);
        code = finish(&pdf_program, pid, converse(&t, err), err);
    } else {
        code = gk_err_set(err, GK_E_CONVERTER, "gongkai-pdf cannot be started");
    }
    close(sock[0]);
    return code;
}

/* Starts gongkai-pdf and gongkai-ocr with a pipe between them; both hold the far end of the socket: one reads from it,
 * the other writes to it. */
static gk_code start_both(const char *paths[2], const char *pages, int sock, pid_t pids[2], gk_err *err) {
    char *const draw[] = {(char *)"gongkai-pdf", (char *)"--render", (char *)"300", (char *)pages, NULL};
    char *const recognise[] = {(char *)"gongkai-ocr", NULL};
    int between[2];
    if (pipe(between) != 0) return gk_err_set(err, GK_E_INTERNAL, "no pipe can be had: %s", strerror(errno));
    fcntl(between[0], F_SETFD, FD_CLOEXEC);
    fcntl(between[1], F_SETFD, FD_CLOEXEC);
    bool one = start(paths[0], draw, sock, between[1], &pids[0]);
    bool two = one && start(paths[1], recognise, between[0], sock, &pids[1]);
    close(between[0]);
    close(between[1]);
    if (two) return GK_OK;
    gk_err_set(err, GK_E_CONVERTER, "%s cannot be started", one ? "gongkai-ocr" : "gongkai-pdf");
    return one ? finish(&pdf_program, pids[0], GK_E_CONVERTER, err) : GK_E_CONVERTER;
}

gk_code pd_spawn_ocr(gk_str bytes, const char *pages, unsigned seconds, bool (*take)(void *user, gk_str more), void *user,
                     gk_err *err) {
    char draw[PATH_BYTES], recognise[PATH_BYTES];
    int sock[2];
    pid_t pids[2];
    if (!find_program(&pdf_program, draw)) return missing(&pdf_program, err);
    if (!find_program(&ocr_program, recognise)) return missing(&ocr_program, err);
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, sock) != 0)
        return gk_err_set(err, GK_E_INTERNAL, "no socket can be had: %s", strerror(errno));
    gk_code code = start_both((const char *[]){draw, recognise}, pages, sock[1], pids, err);
    close(sock[1]);
    if (code == GK_OK) {
        talk t = begin_talk(sock[0], bytes, seconds, take, user);
        code = finish(&ocr_program, pids[1], converse(&t, err), err);
        finish(&pdf_program, pids[0], code == GK_OK ? GK_OK : GK_E_CRASH, NULL);
    }
    close(sock[0]);
    return code;
}
