#include "run/worker.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#if defined(__linux__)
#include <sys/prctl.h>
#endif
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/limits.h"
#include "run/document.h"

bool gk_send_all(int fd, const void *data, size_t bytes) {
    const char *at = data;
    while (bytes) {
        ssize_t n = send(fd, at, bytes, MSG_NOSIGNAL);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return false;
        at += n;
        bytes -= (size_t)n;
    }
    return true;
}

bool gk_receive_all(int fd, void *data, size_t bytes) {
    char *at = data;
    while (bytes) {
        ssize_t n = recv(fd, at, bytes, 0);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) return false;
        at += n;
        bytes -= (size_t)n;
    }
    return true;
}

static void print(gongkai_document *d, gk_buf *lines, gk_answer *answer) {
    *answer = (gk_answer){.records = d->result.records.len + 1, .bytes = d->bytes.len, .code = d->err.code};
    memcpy(answer->message, d->err.message, sizeof answer->message - 1);
    gk_buf_clear(lines);
    lines->max = GK_MAX_OUTPUT_BYTES;
    if (gk_document_print(d, lines)) answer->length = lines->len;
}

void gk_work_fail(gongkai_document *d, const gk_input *input, const gk_err *err, gk_buf *lines, gk_answer *answer) {
    gk_err copy = *err;
    gk_document_reset(d);
    gk_document_fail(d, input->path, &copy);
    print(d, lines, answer);
}

void gk_work(gongkai_document *d, const gk_input *input, gk_buf *lines, gk_answer *answer) {
    gk_err err;
    gk_document_reset(d);
    if (input->code != GK_OK) {
        gk_err_set(&err, input->code, "%s", input->why);
        gk_work_fail(d, input, &err, lines, answer);
        return;
    }
    gk_document_load(d, input->path);
    print(d, lines, answer);
    if (!lines->over) return;
    gk_err_set(&err, GK_E_LIMIT, "the records need more than %u bytes (GK_MAX_OUTPUT_BYTES)", GK_MAX_OUTPUT_BYTES);
    gk_work_fail(d, input, &err, lines, answer);
}

static void no_memory(size_t bytes) {
    (void)bytes;
    _exit(GK_WORKER_NO_MEMORY);
}

/* A sanitizer reserves terabytes of addresses, which such a limit would refuse. */
static void limit_memory(void) {
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
    struct rlimit limit = {GK_MAX_WORKER_MEMORY, GK_MAX_WORKER_MEMORY};
    setrlimit(RLIMIT_AS, &limit);
#endif
    struct rlimit no_core = {0, 0};
    setrlimit(RLIMIT_CORE, &no_core);
}

/* A worker must not outlive its parent: where the system can tell, at once; else when its document takes too long. */
static void follow_parent(pid_t parent) {
    static const int signals[] = {SIGALRM, SIGINT, SIGTERM, SIGHUP}; /* the parent's handlers are not for a worker */
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) signal(signals[i], SIG_DFL);
#if defined(__linux__)
    prctl(PR_SET_PDEATHSIG, SIGKILL);
#endif
    if (getppid() != parent) _exit(0);
}

_Noreturn void gk_worker_main(gongkai_session *session, const gk_inputs *inputs, const gk_worker_options *options) {
    int fd = options->fd;
    limit_memory();
    follow_parent(options->parent);
    gk_oom_set_hook(no_memory);
    gongkai_document *d = gk_document_new(session);
    gk_buf lines = {0};
    uint64_t number;
    while (gk_receive_all(fd, &number, sizeof number) && number < inputs->list.len) {
        gk_answer answer;
        alarm(options->timeout_seconds + 5); /* the parent ends a late worker earlier */
        gk_work(d, &inputs->list.at[number], &lines, &answer);
        alarm(0);
        answer.input = number;
        if (!gk_send_all(fd, &answer, sizeof answer) || !gk_send_all(fd, lines.ptr, answer.length)) break;
        if (lines.cap > GK_MAX_KEPT_BYTES) gk_buf_free(&lines);
    }
    _exit(0); /* neither the buffers nor the exit functions of the parent are this process's business */
}
