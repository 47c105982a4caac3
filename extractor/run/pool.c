#include "run/pool.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/limits.h"
#include "run/captured.h"
#include "run/deaths.h"
#include "run/document.h"
#include "run/render.h"
#include "run/station.h"

enum {
    WINDOW = 1024,          /* how far an answer may be ahead of its turn */
    TICK_MS = 1000,         /* the longest wait without a tick */
    MOST_RETRIES = 3,       /* workers that may die in a row before they were given anything */
    SMALL_BYTES = 64 << 10, /* of an input that may wait behind another: what it costs is less than waking somebody */
    MOST_ON_THE_WAY = 512   /* opened inputs that wait in all queues: the system counts them */
};

typedef struct slot {
    bool ready;
    gk_answer answer;
    char *lines;    /* owned, but where they are in shared memory: */
    gk_station *of; /* then that of this worker; NULL: they are not */
    uint64_t region;
} slot;

typedef struct pool {
    gongkai_session *session;
    const gk_inputs *inputs;
    const gk_pool_options *options;
    gk_station *workers;
    slot *slots;    /* WINDOW, by input number */
    size_t next;    /* whose turn it is */
    size_t handed;  /* inputs handed out */
    size_t pending; /* bytes that wait */
    unsigned depth; /* of the queues */
    gongkai_document *failed; /* for documents whose worker died */
    gk_deaths deaths;
    GK_VEC(gk_task) again; /* tasks whose worker died, to be handed out once more */
    gk_err *err;
} pool;

static gk_code fault(pool *p, const char *what) {
    return gk_err_set(p->err, GK_E_INTERNAL, "cannot start a worker process: %s: %s", what, strerror(errno));
}

/* In the child: the memory of the other workers is nothing to write to. */
static _Noreturn void become_worker(const pool *p, const gk_station *self, int fd, pid_t parent) {
    for (unsigned i = 0; i < p->options->jobs; i++) {
        const gk_station *w = &p->workers[i];
        if (w != self && w->shared) munmap(w->shared, sizeof(gk_shared));
    }
    gk_worker_options options = {fd, parent, self->shared, p->options->limits, p->options->rendering};
    gk_worker_main(p->session, p->inputs, &options);
}

static gk_code start(pool *p, gk_station *w) {
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
    w->pid = pid;
    w->fd = pair[0];
    return GK_OK;
}

/* ---- answers */

static void settle(pool *p, const slot *s) {
    p->slots[s->answer.input % WINDOW] = *s;
    p->pending += (size_t)s->answer.length;
}

/* The document of a worker that died or was stopped gets its record from the parent. */
static void settle_failed(pool *p, size_t input, const gk_err *err) {
    slot s = {.ready = true};
    gk_buf lines = {0};
    const gk_input *in = &p->inputs->list.at[input];
    if (!p->failed) p->failed = gk_document_new(p->session);
    if (p->options->rendering.render) gk_render_fail(err, in->path, &lines, &s.answer);
    else gk_work_fail(p->failed, in, err, &lines, &s.answer);
    s.answer.input = input;
    s.lines = lines.ptr;
    settle(p, &s);
}

static void settle_answer(pool *p, gk_station *w) {
    slot s = {.ready = true, .answer = w->answer, .lines = w->lines};
    gk_task t = gk_station_take(w);
    w->lines = NULL;
    w->held[t.region] = s.answer.shared;
    if (s.answer.shared) s.of = w, s.region = t.region, s.lines = w->shared->region[t.region];
    free(t.lost);
    settle(p, &s);
}

/* Lines that wait for their turn leave the shared memory, which the worker needs again. */
static void make_room(pool *p, gk_station *w) {
    for (size_t i = p->next; i < p->handed; i++) {
        slot *s = &p->slots[i % WINDOW];
        if (!s->ready || s->of != w) continue;
        s->lines = memcpy(gk_alloc((size_t)s->answer.length), s->lines, (size_t)s->answer.length);
        s->of = NULL;
        w->held[s->region] = false;
    }
}

static void release(slot *s) {
    if (s->of) s->of->held[s->region] = false;
    else free(s->lines);
    *s = (slot){0};
}

/* ---- deaths */

/* A member that passed a limit, or ended GK_MAX_ATTEMPTS workers, is lost: the archive is read again without it. */
static bool lose_member(gk_task *t, uint64_t member, const gk_err *err) {
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
static void settle_blamed(pool *p, gk_task t, uint64_t member, const gk_err *err) {
    bool again = member && lose_member(&t, member, err);
    if (!member) again = gk_deaths_note(&p->deaths, &p->inputs->list.at[t.input], err) < GK_MAX_ATTEMPTS;
    if (!member && err->code != GK_E_CRASH) again = false;
    t.alone = true;
    if (again) {
        *gk_vec_push(&p->again) = t;
        return;
    }
    settle_failed(p, t.input, err);
    free(t.lost);
}

/* The queue of a worker that is gone. The one it worked on has the blame; what was done before but not sent yet, and what
 * waited, is handed out again without it. */
static void settle_death(pool *p, gk_station *w, unsigned working, uint64_t member, const gk_err *err) {
    gk_task blamed = {0};
    for (unsigned i = 0; w->count; i++) {
        gk_task t = gk_station_take(w);
        w->held[t.region] = false;
        if (i == working) blamed = t;
        else *gk_vec_push(&p->again) = t;
    }
    settle_blamed(p, blamed, member, err);
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

/* What the worker of a place says of what it worked on. */
static uint64_t member_of(const gk_station *w) { return w->shared ? atomic_load(&w->shared->progress.member) : 0; }

static void worker_died(pool *p, gk_station *w) {
    gk_err err;
    unsigned working = gk_station_working(w);
    int status = gk_station_reap(w);
    if (!w->count) return;
    say_death(&p->options->limits, status, &err);
    settle_death(p, w, working, member_of(w), &err);
}

static void worker_late(pool *p, gk_station *w) {
    gk_err err;
    gk_err_set(&err, GK_E_TIMEOUT, "the document took more than %u seconds (GK_MAX_WORKER_SECONDS, --timeout)",
               p->options->limits.wall_seconds);
    unsigned working = gk_station_working(w);
    gk_station_end(w);
    gk_station_reap(w);
    settle_death(p, w, working, member_of(w), &err);
}

/* ---- handing out */

/* A worker that died while its queue was not empty is left to whoever waits for it. */
static gk_code give(pool *p, gk_station *w, gk_task *t, const gk_source *source) {
    for (int tries = 0; tries < MOST_RETRIES; tries++) {
        gk_code code = w->pid ? GK_OK : start(p, w);
        if (code != GK_OK) return code;
        if (gk_station_give(w, t, source, p->options->limits.wall_seconds)) return GK_OK;
        if (w->count) worker_died(p, w);
        else gk_station_reap(w);
    }
    errno = ECHILD;
    return fault(p, "it ends at once");
}

/* Hands out one task, or settles it where its bytes are refused: then the worker stays as it is. */
static gk_code hand_out(pool *p, gk_station *w) {
    gk_task t = {.input = p->handed};
    if (p->again.len && !w->count) t = p->again.at[--p->again.len];
    else p->handed++;
    if (gk_station_region(w) == GK_REGIONS) make_room(p, w);
    t.region = gk_station_region(w);
    gk_source source = gk_captured_open(&p->inputs->list.at[t.input]);
    const gk_err *refused = gk_deaths_refuse(&p->deaths, &source);
    gk_code code = GK_OK;
    if (refused) settle_failed(p, t.input, refused);
    else code = give(p, w, &t, &source);
    if (refused || code != GK_OK) free(t.lost);
    gk_source_close(&source);
    return code;
}

static bool may_hand_out_new(const pool *p) {
    return p->handed < p->inputs->list.len && p->handed - p->next < WINDOW && p->pending <= GK_MAX_PENDING_BYTES;
}

static bool is_small(const gk_input *in) { return in->code == GK_OK && in->bytes && in->bytes <= SMALL_BYTES; }

/* Whether a task may wait behind those a worker has. Near the end each worker has one, so that all have work. */
static bool may_queue(const pool *p, const gk_station *w) {
    const gk_task *last = &w->queue[(w->first + w->count - 1) % GK_MOST_QUEUED];
    if (!w->shared || p->options->rendering.render || p->again.len || !may_hand_out_new(p)) return false;
    if (last->alone || w->count > (p->inputs->list.len - p->handed) / (2 * p->options->jobs)) return false;
    return is_small(&p->inputs->list.at[last->input]) && is_small(&p->inputs->list.at[p->handed]);
}

static bool may_hand_out(const pool *p, const gk_station *w) {
    return w->count ? may_queue(p, w) : p->again.len || may_hand_out_new(p);
}

/* Each worker gets one before any gets two. */
static gk_code hand_out_all(pool *p) {
    for (unsigned depth = 0; depth < p->depth; depth++) {
        for (unsigned i = 0; i < p->options->jobs; i++) {
            gk_station *w = &p->workers[i];
            while (w->count <= depth && may_hand_out(p, w)) {
                gk_code code = hand_out(p, w);
                if (code != GK_OK) return code;
            }
        }
    }
    return GK_OK;
}

static void receive(pool *p, gk_station *w) {
    gk_received got = GK_RECEIVED_ANSWER;
    while (got == GK_RECEIVED_ANSWER || got == GK_RECEIVED_PART) {
        got = gk_station_receive(w);
        if (got == GK_RECEIVED_END) worker_died(p, w);
        if (got != GK_RECEIVED_ANSWER) continue;
        settle_answer(p, w);
        if (!w->count) return; /* what comes then is its end */
    }
}

static gk_code flush(pool *p) {
    gk_code code = GK_OK;
    while (code == GK_OK && p->next < p->handed && p->slots[p->next % WINDOW].ready) {
        slot *s = &p->slots[p->next++ % WINDOW];
        p->pending -= (size_t)s->answer.length;
        gk_str lines = {s->lines, (size_t)s->answer.length};
        code = p->options->take(p->options->user, lines, &s->answer, p->err);
        release(s);
    }
    return code;
}

static int wait_ms(const pool *p) {
    int64_t now = gk_now_ms(), least = p->slots[p->next % WINDOW].ready ? 0 : TICK_MS;
    for (unsigned i = 0; i < p->options->jobs; i++)
        if (p->workers[i].count && p->workers[i].deadline - now < least) least = p->workers[i].deadline - now;
    return least < 0 ? 0 : (int)least;
}

static gk_code wait_for_workers(pool *p, struct pollfd *fds) {
    for (unsigned i = 0; i < p->options->jobs; i++)
        fds[i] = (struct pollfd){.fd = p->workers[i].pid ? p->workers[i].fd : -1, .events = POLLIN};
    if (poll(fds, p->options->jobs, wait_ms(p)) < 0 && errno != EINTR && errno != EAGAIN)
        return gk_err_set(p->err, GK_E_INTERNAL, "poll: %s", strerror(errno));
    int64_t now = gk_now_ms();
    for (unsigned i = 0; i < p->options->jobs; i++) {
        gk_station *w = &p->workers[i];
        if (fds[i].fd >= 0 && fds[i].revents) receive(p, w);
        if (w->count) gk_station_watch(w, p->options->limits.wall_seconds);
        if (w->count && w->deadline <= now) worker_late(p, w);
    }
    return GK_OK;
}

/* Workers leave by themselves when their socket ends; where the run was broken off they are not waited for. */
static void stop(pool *p, bool at_once) {
    for (unsigned i = 0; i < p->options->jobs; i++) {
        gk_station *w = &p->workers[i];
        while (w->count) free(gk_station_take(w).lost);
        if (w->pid && at_once) gk_station_end(w);
        if (w->pid) gk_station_reap(w);
        if (w->shared) munmap(w->shared, sizeof(gk_shared));
    }
    for (size_t i = p->next; i < p->handed; i++)
        release(&p->slots[i % WINDOW]);
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
    for (unsigned i = 0; i < options->jobs; i++) gk_station_share(&p.workers[i]);
    p.depth = MOST_ON_THE_WAY / options->jobs < GK_MOST_QUEUED ? MOST_ON_THE_WAY / options->jobs : GK_MOST_QUEUED;
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
