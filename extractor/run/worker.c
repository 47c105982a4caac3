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
#include "read/archive.h"
#include "run/document.h"
#include "run/members.h"

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

/* False where the lines do not fit. */
static bool print(const gongkai_document *d, gk_buf *lines, gk_answer *answer) {
    *answer = (gk_answer){.documents = 1,
                          .failed = d->err.code != GK_OK,
                          .records = d->result.records.len + 1,
                          .bytes = d->bytes.len,
                          .code = d->err.code};
    memcpy(answer->message, d->err.message, sizeof answer->message - 1);
    gk_buf_clear(lines);
    if (gk_document_print(d, lines)) answer->length = lines->len;
    return !lines->over;
}

static bool print_to_region(const gongkai_document *d, char *region, gk_answer *answer) {
    enum { SHORTEST_LINE = 200 }; /* about: what surely does not fit is not tried */
    if (!region || d->result.records.len > GK_MAX_SHARED_BYTES / SHORTEST_LINE) return false;
    gk_buf near = {.ptr = region, .cap = GK_MAX_SHARED_BYTES, .max = GK_MAX_SHARED_BYTES - 1};
    answer->shared = print(d, &near, answer);
    return answer->shared;
}

static bool print_to_buffer(const gongkai_document *d, gk_buf *lines, gk_answer *answer) {
    lines->max = GK_MAX_OUTPUT_BYTES;
    return print(d, lines, answer);
}

void gk_work_fail(gongkai_document *d, const gk_input *input, const gk_err *err, gk_buf *lines, gk_answer *answer) {
    gk_err copy = *err;
    gk_document_reset(d);
    gk_document_fail(d, input->path, &copy);
    print_to_buffer(d, lines, answer);
}

void gk_work(gongkai_document *d, const gk_input *input, char *region, gk_buf *lines, gk_answer *answer) {
    gk_err err;
    gk_document_reset(d);
    if (input->code != GK_OK) {
        gk_err_set(&err, input->code, "%s", input->why);
        gk_work_fail(d, input, &err, lines, answer);
        return;
    }
    if (gk_members_load(input->path, &d->bytes, &d->err) == GK_OK && gk_archive_is(gk_buf_str(&d->bytes))) {
        gk_members_work(d, input->path, lines, answer);
        return;
    }
    gk_document_use(d, input->path);
    if (print_to_region(d, region, answer) || print_to_buffer(d, lines, answer)) return;
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
    gk_request r;
    while (gk_receive_all(fd, &r, sizeof r) && r.input < inputs->list.len && r.region < GK_REGIONS) {
        gk_answer answer;
        char *region = options->shared ? options->shared + r.region * GK_MAX_SHARED_BYTES : NULL;
        alarm(options->timeout_seconds + 5); /* the parent ends a late worker earlier */
        gk_work(d, &inputs->list.at[r.input], region, &lines, &answer);
        alarm(0);
        answer.input = r.input;
        if (!gk_send_all(fd, &answer, sizeof answer)) break;
        if (!answer.shared && !gk_send_all(fd, lines.ptr, answer.length)) break;
        if (lines.cap > GK_MAX_KEPT_BYTES) gk_buf_free(&lines);
    }
    _exit(0); /* neither the buffers nor the exit functions of the parent are this process's business */
}
