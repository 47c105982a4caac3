/* MAP_ANONYMOUS is in no standard yet. */
#define _DEFAULT_SOURCE

#include "run/pool.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/limits.h"
#include "run/captured.h"
#include "run/deaths.h"
#include "run/document.h"
#include "run/render.h"

enum {
    WINDOW = 1024,   /* how far an answer may be ahead of its turn */
    TICK_MS = 1000,  /* the longest wait without a tick */
    MOST_RETRIES = 3 /* workers that may die in a row before they were given anything */
};

/* An input on its way through one worker, or several when they die. */
typedef struct task {
    size_t input;
    uint64_t member;  /* of an archive, that was read when the last worker died */
    unsigned deaths;  /* of workers at that member */
    gk_lost *lost;    /* GK_MAX_LOST_MEMBERS; NULL: none */
    uint64_t lost_count;
} task;

typedef struct worker {
    pid_t pid; /* 0: none */
    int fd;
    bool busy;
    task task;        /* what it works on */
    uint64_t member;  /* that was seen last */
    int64_t deadline; /* milliseconds of the monotonic clock */
    gk_answer answer; /* being received: */
    size_t have;      /* bytes of the answer and its lines so far */
    char *lines;
    gk_shared *shared; /* memory of the place, also for the next worker there; NULL: none */
    uint64_t region;   /* of the shared memory, for what it works on */
} worker;

typedef struct slot {
    bool ready;
    gk_answer answer;
    char *lines; /* owned, but where they are in shared memory: then they are taken before anything else is done */
} slot;

typedef struct pool {
    gongkai_session *session;
    const gk_inputs *inputs;
    const gk_pool_options *options;
    worker *workers;
    slot *slots;    /* WINDOW, by input number */
    size_t next;    /* whose turn it is */
    size_t handed;  /* inputs handed out */
    size_t pending; /* bytes that wait */
    gongkai_document *failed; /* for documents whose worker died */
    gk_deaths deaths;
    GK_VEC(task) again; /* tasks whose worker died, to be handed out once more */
    gk_err *err;
} pool;

static int64_t now_ms(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static gk_code fault(pool *p, const char *what) {
    return gk_err_set(p->err, GK_E_INTERNAL, "cannot start a worker process: %s: %s", what, strerror(errno));
}

/* In the child: the memory of the other workers is nothing to write to. */
static _Noreturn void become_worker(const pool *p, const worker *self, int fd, pid_t parent) {
    for (unsigned i = 0; i < p->options->jobs; i++) {
        const worker *w = &p->workers[i];
        if (w != self && w->shared) munmap(w->shared, sizeof(gk_shared));
    }
    gk_worker_options options = {fd, parent, self->shared, p->options->limits, p->options->rendering};
    gk_worker_main(p->session, p->inputs, &options);
}

/* Without shared memory all goes through the sockets. */
static void share_memory(pool *p) {
    for (unsigned i = 0; i < p->options->jobs; i++) {
        void *at = mmap(NULL, sizeof(gk_shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
        p->workers[i].shared = at == MAP_FAILED ? NULL : at;
    }
}

static gk_code start(pool *p, worker *w) {
    int pair[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0) return fault(p, "socketpair");
    pid_t self = getpid(), pid = fork();
    if (pid == 0) {
        close(pair[0]);
        become_worker(p, w, pair[1], self);
    }
    close(pair[1]);
    if (pid < 0) {
        close(pair[0]);
        return fault(p, "fork");
    }
    setpgid(pid, pid); /* the worker does the same: whoever comes first */
    *w = (worker){.pid = pid, .fd = pair[0], .shared = w->shared, .region = w->region};
    return GK_OK;
}

/* Ends a worker with the programs it started, which are in its process group. */
static void end(const worker *w) {
    if (kill(-w->pid, SIGKILL) != 0) kill(w->pid, SIGKILL);
}

/* Waits for the end of a worker, which has closed its socket or was ended, and gives its status. */
static int reap(worker *w) {
    int status = 0;
    siginfo_t info;
    close(w->fd);
    while (waitid(P_PID, (id_t)w->pid, &info, WEXITED | WNOWAIT) < 0 && errno == EINTR) {}
    kill(-w->pid, SIGKILL); /* the programs it started, while the number is still its own */
    while (waitpid(w->pid, &status, 0) < 0 && errno == EINTR) {}
    free(w->lines);
    *w = (worker){.shared = w->shared, .region = w->region};
    return status;
}

static void settle(pool *p, size_t input, const gk_answer *answer, char *lines) {
    p->slots[input % WINDOW] = (slot){true, *answer, lines};
    p->pending += (size_t)answer->length;
}

/* The document of a worker that died or was stopped gets its record from the parent. */
static void settle_failed(pool *p, size_t input, const gk_err *err) {
    gk_answer answer;
    gk_buf lines = {0};
    const gk_input *in = &p->inputs->list.at[input];
    if (!p->failed) p->failed = gk_document_new(p->session);
    if (p->options->rendering.render) gk_render_fail(err, in->path, &lines, &answer);
    else gk_work_fail(p->failed, in, err, &lines, &answer);
    answer.input = input;
    settle(p, input, &answer, lines.ptr);
}

/* What the worker finds in the memory it shares before it begins. */
static void prepare(worker *w, const task *t) {
    w->member = 0;
    if (!w->shared) return;
    atomic_store(&w->shared->progress.member, 0);
    w->shared->progress.lost_count = t->lost_count;
    if (t->lost) memcpy(w->shared->progress.lost, t->lost, t->lost_count * sizeof *t->lost);
}

static gk_code give(pool *p, worker *w, const task *t, const gk_source *source) {
    for (int tries = 0; tries < MOST_RETRIES; tries++) {
        gk_code code = w->pid ? GK_OK : start(p, w);
        if (code != GK_OK) return code;
        gk_request request = {.input = t->input,
                              .region = (w->region + 1) % GK_REGIONS,
                              .error = source->error,
                              .member = source->member};
        prepare(w, t);
        if (gk_send_request(w->fd, &request, source->fd)) {
            w->busy = true;
            w->region = request.region;
            w->task = *t;
            w->have = 0;
            w->deadline = now_ms() + (int64_t)p->options->limits.wall_seconds * 1000;
            return GK_OK;
        }
        reap(w);
    }
    errno = ECHILD;
    return fault(p, "it ends at once");
}

/* Hands out one task, or settles it where its bytes are refused: then the worker stays free. */
static gk_code hand_out(pool *p, worker *w) {
    task t = {.input = p->handed};
    if (p->again.len) t = p->again.at[--p->again.len];
    else p->handed++;
    gk_source source = gk_captured_open(&p->inputs->list.at[t.input]);
    const gk_err *refused = gk_deaths_refuse(&p->deaths, &source);
    gk_code code = GK_OK;
    if (refused) settle_failed(p, t.input, refused);
    else code = give(p, w, &t, &source);
    if (refused || code != GK_OK) free(t.lost);
    gk_source_close(&source);
    return code;
}

static bool may_hand_out(const pool *p) {
    if (p->again.len) return true;
    return p->handed < p->inputs->list.len && p->handed - p->next < WINDOW && p->pending <= GK_MAX_PENDING_BYTES;
}

static gk_code hand_out_all(pool *p) {
    for (unsigned i = 0; i < p->options->jobs; i++) {
        while (!p->workers[i].busy && may_hand_out(p)) {
            gk_code code = hand_out(p, &p->workers[i]);
            if (code != GK_OK) return code;
        }
    }
    return GK_OK;
}

static void done(worker *w) {
    free(w->task.lost);
    w->task = (task){0};
    w->busy = false;
}

/* What is not in turn must leave the shared memory, which the worker needs again. */
static void settle_shared(pool *p, worker *w) {
    char *lines = w->shared->region[w->region];
    if (w->task.input != p->next) {
        lines = memcpy(gk_alloc((size_t)w->answer.length), lines, (size_t)w->answer.length);
        w->answer.shared = 0;
    }
    settle(p, w->task.input, &w->answer, lines);
    done(w);
}

/* A member that passed a limit, or ended GK_MAX_ATTEMPTS workers, is lost: the archive is read again without it. */
static bool lose_member(task *t, uint64_t member, const gk_err *err) {
    t->deaths = t->member == member ? t->deaths + 1 : 1;
    t->member = member;
    if (err->code == GK_E_CRASH && t->deaths < GK_MAX_ATTEMPTS) return true;
    if (t->lost_count == GK_MAX_LOST_MEMBERS) return false;
    if (!t->lost) t->lost = gk_alloc_zero(GK_MAX_LOST_MEMBERS, sizeof *t->lost);
    gk_lost *l = &t->lost[t->lost_count++];
    *l = (gk_lost){.member = member, .code = err->code};
    memcpy(l->message, err->message, sizeof l->message - 1);
    return true;
}

/* What a worker worked on when it died is read once more, or gets its error. */
static void settle_death(pool *p, const worker *dead, const gk_err *err) {
    task t = dead->task;
    uint64_t member = dead->shared ? atomic_load(&dead->shared->progress.member) : 0;
    bool again = member && lose_member(&t, member, err);
    if (!member) again = gk_deaths_note(&p->deaths, &p->inputs->list.at[t.input], err) < GK_MAX_ATTEMPTS;
    if (!member && err->code != GK_E_CRASH) again = false;
    if (again) {
        *gk_vec_push(&p->again) = t;
        return;
    }
    settle_failed(p, t.input, err);
    free(t.lost);
}

static void say_death(const gk_worker_limits *l, int status, gk_err *err) {
    if (WIFEXITED(status) && WEXITSTATUS(status) == GK_WORKER_NO_MEMORY)
        gk_err_set(err, GK_E_LIMIT, "the document needs more than %llu bytes of memory (GK_MAX_WORKER_MEMORY)",
                   (unsigned long long)l->memory);
    else if (WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU)
        gk_err_set(err, GK_E_TIMEOUT, "the document took more than %u seconds on the processor (GK_MAX_PROCESSOR_SECONDS)",
                   l->processor_seconds);
    else if (WIFSIGNALED(status))
        gk_err_set(err, GK_E_CRASH, "the worker process was ended by signal %d", WTERMSIG(status));
    else gk_err_set(err, GK_E_CRASH, "the worker process ended with code %d", WEXITSTATUS(status));
}

static void worker_died(pool *p, worker *w) {
    worker dead = *w;
    gk_err err;
    int status = reap(w);
    if (!dead.busy) return;
    say_death(&p->options->limits, status, &err);
    settle_death(p, &dead, &err);
}

static void worker_late(pool *p, worker *w) {
    worker dead = *w;
    gk_err err;
    gk_err_set(&err, GK_E_TIMEOUT, "the document took more than %u seconds (GK_MAX_WORKER_SECONDS, --timeout)",
               p->options->limits.wall_seconds);
    end(w);
    reap(w);
    settle_death(p, &dead, &err);
}

/* Each member of an archive has the time of a document. */
static void look_at_member(const pool *p, worker *w) {
    uint64_t member = w->shared ? atomic_load(&w->shared->progress.member) : 0;
    if (member == w->member) return;
    w->member = member;
    w->deadline = now_ms() + (int64_t)p->options->limits.wall_seconds * 1000;
}

/* Where the next bytes of an answer go and how many are wanted. */
static char *wanted(worker *w, size_t *bytes) {
    const size_t head = sizeof w->answer;
    if (w->have < head) {
        *bytes = head - w->have;
        return (char *)&w->answer + w->have;
    }
    *bytes = (size_t)w->answer.length - (w->have - head);
    return w->lines + (w->have - head);
}

/* Whether the head of an answer can be true. What a worker says is not believed: a document may have taken it over. */
static bool plausible(worker *w) {
    gk_answer *a = &w->answer;
    a->input = w->task.input;
    a->message[sizeof a->message - 1] = '\0';
    if (a->code >= GK_CODE_COUNT || a->documents > GK_MAX_OUTPUT_BYTES) return false;
    return a->shared ? w->shared && a->length <= GK_MAX_SHARED_BYTES : a->length <= GK_MAX_OUTPUT_BYTES;
}

/* Takes what a worker has sent. An idle worker that becomes readable has died. */
static void receive(pool *p, worker *w) {
    size_t bytes;
    char *at = wanted(w, &bytes);
    ssize_t n = w->busy ? recv(w->fd, at, bytes, MSG_DONTWAIT) : 0;
    if (n < 0 && (errno == EINTR || errno == EAGAIN)) return;
    w->have += n > 0 ? (size_t)n : 0;
    if (n > 0 && w->have == sizeof w->answer && !plausible(w)) {
        end(w);
        n = 0;
    }
    if (n <= 0) {
        worker_died(p, w);
        return;
    }
    if (w->have == sizeof w->answer && w->answer.shared) {
        settle_shared(p, w);
        return;
    }
    if (w->have == sizeof w->answer) w->lines = gk_alloc((size_t)w->answer.length);
    if (w->have < sizeof w->answer || w->have < sizeof w->answer + w->answer.length) return;
    settle(p, w->task.input, &w->answer, w->lines);
    w->lines = NULL;
    done(w);
}

static gk_code flush(pool *p) {
    gk_code code = GK_OK;
    while (code == GK_OK && p->next < p->handed && p->slots[p->next % WINDOW].ready) {
        slot *s = &p->slots[p->next++ % WINDOW];
        p->pending -= (size_t)s->answer.length;
        gk_str lines = {s->lines, (size_t)s->answer.length};
        code = p->options->take(p->options->user, lines, &s->answer, p->err);
        if (!s->answer.shared) free(s->lines);
        *s = (slot){0};
    }
    return code;
}

static int wait_ms(const pool *p) {
    int64_t now = now_ms(), least = p->slots[p->next % WINDOW].ready ? 0 : TICK_MS;
    for (unsigned i = 0; i < p->options->jobs; i++)
        if (p->workers[i].busy && p->workers[i].deadline - now < least) least = p->workers[i].deadline - now;
    return least < 0 ? 0 : (int)least;
}

static gk_code wait_for_workers(pool *p, struct pollfd *fds) {
    for (unsigned i = 0; i < p->options->jobs; i++)
        fds[i] = (struct pollfd){.fd = p->workers[i].pid ? p->workers[i].fd : -1, .events = POLLIN};
    if (poll(fds, p->options->jobs, wait_ms(p)) < 0 && errno != EINTR && errno != EAGAIN)
        return gk_err_set(p->err, GK_E_INTERNAL, "poll: %s", strerror(errno));
    int64_t now = now_ms();
    for (unsigned i = 0; i < p->options->jobs; i++) {
        worker *w = &p->workers[i];
        if (fds[i].fd >= 0 && fds[i].revents) receive(p, w);
        if (w->busy) look_at_member(p, w);
        if (w->busy && w->deadline <= now) worker_late(p, w);
    }
    return GK_OK;
}

/* Workers leave by themselves when their socket ends; where the run was broken off they are not waited for. */
static void stop(pool *p, bool at_once) {
    for (unsigned i = 0; i < p->options->jobs; i++) {
        worker *w = &p->workers[i];
        free(w->task.lost);
        if (w->pid && at_once) end(w);
        if (w->pid) reap(w);
        if (w->shared) munmap(w->shared, sizeof(gk_shared));
    }
    for (size_t i = p->next; i < p->handed; i++)
        if (!p->slots[i % WINDOW].answer.shared) free(p->slots[i % WINDOW].lines);
    for (size_t i = 0; i < p->again.len; i++) free(p->again.at[i].lost);
    gk_vec_free(&p->again);
    gk_deaths_free(&p->deaths);
    gongkai_document_free(p->failed);
    free(p->slots);
    free(p->workers);
}

unsigned gk_pool_jobs(unsigned wanted, size_t inputs) {
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    size_t jobs = wanted ? wanted : processors > 0 ? (size_t)processors : 1;
    if (jobs > inputs) jobs = inputs;
    if (jobs > GK_MAX_JOBS) jobs = GK_MAX_JOBS;
    return jobs ? (unsigned)jobs : 1;
}

gk_code gk_pool_run(gongkai_session *session, const gk_inputs *inputs, const gk_pool_options *options, gk_err *err) {
    pool p = {.session = session, .inputs = inputs, .options = options, .err = err};
    p.workers = gk_alloc_zero(options->jobs, sizeof *p.workers);
    p.slots = gk_alloc_zero(WINDOW, sizeof *p.slots);
    struct pollfd *fds = gk_alloc_zero(options->jobs, sizeof *fds);
    share_memory(&p);
    gk_code code = GK_OK;
    while (code == GK_OK && p.next < inputs->list.len) {
        code = hand_out_all(&p);
        if (code == GK_OK) code = wait_for_workers(&p, fds);
        if (code == GK_OK && !options->tick(options->user))
            code = gk_err_set(err, GK_E_OUTPUT, "the run was stopped");
        if (code == GK_OK) code = hand_out_all(&p); /* the workers go on while the output is written */
        if (code == GK_OK) code = flush(&p);
    }
    free(fds);
    stop(&p, code != GK_OK);
    return code;
}
