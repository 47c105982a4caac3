/* MAP_ANONYMOUS is in no standard yet. */
#define _DEFAULT_SOURCE

#include "run/station.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

int64_t gk_now_ms(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

void gk_station_share(gk_station *w) {
    void *at = mmap(NULL, sizeof(gk_shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    w->shared = at == MAP_FAILED ? NULL : at;
}

uint64_t gk_station_region(const gk_station *w) {
    uint64_t region = 0;
    while (w->shared && region < GK_REGIONS && w->held[region]) region++;
    return region;
}

/* ---- the queue */

gk_task *gk_station_first(gk_station *w) { return &w->queue[w->first]; }

gk_task gk_station_take(gk_station *w) {
    gk_task t = w->queue[w->first];
    w->first = (w->first + 1) % GK_MOST_QUEUED;
    w->count--;
    return t;
}

/* What the worker finds in the memory it shares before it begins. */
static void prepare(gk_station *w, const gk_task *t) {
    if (!w->shared) return;
    gk_progress *p = &w->shared->progress;
    if (!w->given) atomic_store(&p->begun, 0);
    if (!w->count) {
        atomic_store(&p->member, 0);
        p->lost_count = t->lost_count;
        if (t->lost) memcpy(p->lost, t->lost, t->lost_count * sizeof *t->lost);
    }
    atomic_store(&p->given, w->given + 1);
}

static void restart_clock(gk_station *w, unsigned wall_seconds) {
    w->deadline = gk_now_ms() + (int64_t)wall_seconds * 1000;
}

bool gk_station_give(gk_station *w, const gk_task *t, const gk_source *source, unsigned wall_seconds) {
    gk_request request = {.input = t->input, .region = t->region, .error = source->error, .member = source->member};
    prepare(w, t);
    if (!gk_send_request(w->fd, &request, source->fd)) return false;
    if (!w->count) restart_clock(w, wall_seconds);
    w->queue[(w->first + w->count++) % GK_MOST_QUEUED] = *t;
    w->held[t->region] = true;
    w->given++;
    return true;
}

unsigned gk_station_working(const gk_station *w) {
    uint64_t begun = w->shared ? atomic_load(&w->shared->progress.begun) : 0;
    return begun > w->answered && begun - w->answered <= w->count ? (unsigned)(begun - w->answered) - 1 : 0;
}

void gk_station_watch(gk_station *w, unsigned wall_seconds) {
    if (!w->shared) return;
    uint64_t begun = atomic_load(&w->shared->progress.begun), member = atomic_load(&w->shared->progress.member);
    if (begun == w->begun && member == w->member) return;
    w->begun = begun;
    w->member = member;
    restart_clock(w, wall_seconds);
}

/* ---- answers */

/* Where the next bytes of an answer go and how many are wanted. */
static char *wanted(gk_station *w, size_t *bytes) {
    const size_t head = sizeof w->answer;
    if (w->have < head) {
        *bytes = head - w->have;
        return (char *)&w->answer + w->have;
    }
    *bytes = (size_t)w->answer.length - (w->have - head);
    return w->lines + (w->have - head);
}

/* Whether the head of an answer can be true. What a worker says is not believed: a document may have taken it over. */
static bool plausible(gk_station *w) {
    gk_answer *a = &w->answer;
    a->input = gk_station_first(w)->input;
    a->message[sizeof a->message - 1] = '\0';
    if (a->code >= GK_CODE_COUNT || a->documents > GK_MAX_OUTPUT_BYTES) return false;
    return a->shared ? w->shared && a->length <= GK_MAX_SHARED_BYTES : a->length <= GK_MAX_OUTPUT_BYTES;
}

static gk_received whole(gk_station *w) {
    w->have = 0;
    w->answered++;
    return GK_RECEIVED_ANSWER;
}

gk_received gk_station_receive(gk_station *w) {
    size_t bytes;
    char *at = wanted(w, &bytes);
    ssize_t n = w->count ? recv(w->fd, at, bytes, MSG_DONTWAIT) : 0;
    if (n < 0 && (errno == EINTR || errno == EAGAIN)) return GK_RECEIVED_NOTHING;
    if (n <= 0) return GK_RECEIVED_END;
    w->have += (size_t)n;
    if (w->have == sizeof w->answer && !plausible(w)) {
        gk_station_end(w);
        return GK_RECEIVED_END;
    }
    if (w->have < sizeof w->answer) return GK_RECEIVED_PART;
    if (w->answer.shared) return whole(w);
    if (w->have == sizeof w->answer) w->lines = gk_alloc((size_t)w->answer.length);
    return w->have < sizeof w->answer + w->answer.length ? GK_RECEIVED_PART : whole(w);
}

/* ---- the end */

void gk_station_end(const gk_station *w) {
    if (kill(-w->pid, SIGKILL) != 0) kill(w->pid, SIGKILL);
}

int gk_station_reap(gk_station *w) {
    int status = 0;
    siginfo_t info;
    close(w->fd);
    while (waitid(P_PID, (id_t)w->pid, &info, WEXITED | WNOWAIT) < 0 && errno == EINTR) {}
    kill(-w->pid, SIGKILL); /* the programs it started, while the number is still its own */
    while (waitpid(w->pid, &status, 0) < 0 && errno == EINTR) {}
    free(w->lines);
    w->lines = NULL;
    w->pid = 0;
    w->have = 0;
    w->given = w->answered = w->begun = w->member = 0;
    return status;
}
