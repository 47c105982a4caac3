#include "run/worker.h"

#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/heap.h"
#include "base/limits.h"
#include "read/archive.h"
#include "run/document.h"
#include "run/isolate.h"
#include "run/members.h"
#include "run/render.h"
#include "run/station.h"

enum {
    MOST_HELD = 4,    /* answers that are sent together */
    MOST_HELD_MS = 20 /* how long one waits for others */
};

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
    d->captured = input->captured;
    gk_document_fail(d, input->path, &copy);
    print_to_buffer(d, lines, answer);
}

void gk_work(gongkai_document *d, const gk_job *job, gk_buf *lines, gk_answer *answer) {
    const gk_input *input = job->input;
    gk_err err;
    if (job->rendering.render) {
        gk_render_work(d, job, lines, answer);
        return;
    }
    gk_document_reset(d);
    d->captured = input->captured;
    if (input->code != GK_OK) {
        gk_err_set(&err, input->code, "%s", input->why);
        gk_work_fail(d, input, &err, lines, answer);
        return;
    }
    if (gk_members_load(&job->source, &d->bytes, &d->err) == GK_OK && gk_archive_is(gk_buf_str(&d->bytes))) {
        gk_members_work(d, job, lines, answer);
        return;
    }
    gk_document_use(d, input->path);
    if (print_to_region(d, job->region, answer) || print_to_buffer(d, lines, answer)) return;
    gk_err_set(&err, GK_E_LIMIT, "the records need more than %u bytes (GK_MAX_OUTPUT_BYTES)", GK_MAX_OUTPUT_BYTES);
    gk_document_refuse(d, input->path, &err);
    print_to_buffer(d, lines, answer);
}

gk_worker_limits gk_worker_limits_of(const gongkai_session *session, unsigned seconds) {
    unsigned wall = session->ocr ? GK_MAX_OCR_SECONDS + GK_MAX_PDF_SECONDS : GK_MAX_WORKER_SECONDS;
    struct rlimit own;
    bool less = getrlimit(RLIMIT_AS, &own) == 0 && own.rlim_cur < GK_MAX_WORKER_MEMORY;
    return (gk_worker_limits){seconds ? seconds : wall, GK_MAX_PROCESSOR_SECONDS,
                              less ? own.rlim_cur : GK_MAX_WORKER_MEMORY};
}

/* The parent ends a late worker earlier than the alarm does. */
void gk_job_begin(const gk_job *job, uint64_t member) {
    if (!job->progress) return;
    atomic_store(&job->progress->member, member);
    gk_isolate_document(job->limits->processor_seconds);
    alarm(job->limits->wall_seconds + 5);
}

void gk_job_lost(const gk_job *job, uint64_t member, gk_err *err) {
    for (uint64_t i = 0; job->progress && i < job->progress->lost_count && i < GK_MAX_LOST_MEMBERS; i++) {
        const gk_lost *l = &job->progress->lost[i];
        if (l->member == member) gk_err_set(err, (gk_code)l->code, "%s", l->message);
    }
}

static void no_memory(size_t bytes) {
    (void)bytes;
    _exit(GK_WORKER_NO_MEMORY);
}

/* The input of a request. A terminal can be read from its own process group only. */
static gk_job job_of(const gk_inputs *inputs, const gk_worker_options *o, const gk_request *r, int fd) {
    gk_job job = {.input = &inputs->list.at[r->input], .rendering = o->rendering, .limits = &o->limits};
    job.source = (gk_source){.path = job.input->path, .fd = fd, .error = r->error, .member = r->member};
    job.source.captured = job.input->captured;
    if (o->shared) job.region = o->shared->region[r->region], job.progress = &o->shared->progress;
    if (fd >= 0 && isatty(fd)) setpgid(0, getpgid(o->parent));
    return job;
}

/* Answers that wait to be sent. */
typedef struct held {
    gk_answer answer[MOST_HELD];
    unsigned count;
    int64_t since; /* milliseconds of the monotonic clock */
} held;

static bool send_held(int fd, held *h) {
    size_t bytes = h->count * sizeof *h->answer;
    h->count = 0;
    return gk_send_all(fd, h->answer, bytes);
}

/* Holds an answer back, or sends it with those before it where its lines must follow. */
static bool answer_with(int fd, held *h, const gk_answer *answer, const gk_buf *lines) {
    if (!h->count) h->since = gk_now_ms();
    h->answer[h->count++] = *answer;
    return answer->shared || (send_held(fd, h) && gk_send_all(fd, lines->ptr, answer->length));
}

static bool must_send(const held *h, const gk_progress *p) {
    if (!h->count) return false;
    bool waits = atomic_load(&p->given) > atomic_load(&p->begun);
    return !waits || h->count == MOST_HELD || gk_now_ms() - h->since >= MOST_HELD_MS;
}

static void begin(const gk_worker_options *o) {
    if (o->shared) atomic_store(&o->shared->progress.member, 0);
    if (o->shared) atomic_fetch_add(&o->shared->progress.begun, 1);
    gk_isolate_document(o->limits.processor_seconds);
    alarm(o->limits.wall_seconds + 5); /* the parent ends a late worker earlier */
}

/* Answers one request after the other, until the socket ends. */
static void serve(gongkai_document *d, int fd, const gk_inputs *inputs, const gk_worker_options *options) {
    held h = {.count = 0};
    gk_buf lines = {0};
    gk_request r;
    int input;
    while (gk_receive_request(fd, &r, &input) && r.input < inputs->list.len && r.region < GK_REGIONS) {
        gk_answer answer;
        begin(options);
        gk_job job = job_of(inputs, options, &r, input);
        gk_work(d, &job, &lines, &answer);
        alarm(0);
        if (input >= 0) close(input);
        answer.input = r.input;
        if (!answer_with(fd, &h, &answer, &lines)) break;
        if (must_send(&h, job.progress) && !send_held(fd, &h)) break;
        if (lines.cap > GK_MAX_KEPT_BYTES) gk_buf_free(&lines);
    }
}

_Noreturn void gk_worker_main(gongkai_session *session, const gk_inputs *inputs, const gk_worker_options *options) {
    gk_isolation isolation;
    setpgid(0, 0);
    gk_heap_settle();
    int fd = gk_isolate_files(options->fd);
    gk_isolate_follow(options->parent); /* else it ends when its document takes too long */
    gk_isolate(options->limits.memory, &isolation);
    gk_oom_set_hook(no_memory);
    serve(gk_document_new(session), fd, inputs, options);
    _exit(0); /* neither the buffers nor the exit functions of the parent are this process's business */
}
