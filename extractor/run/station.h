/* The place of one worker in its parent: the process, its socket and memory, and the inputs on their way through it.
 *
 * A worker has a queue, so that neither side wakes the other for each document of a few kilobytes: it takes the next request
 * without waiting and sends several answers at once (see worker.h). When it dies, the memory it shares tells which request it
 * had begun: that one has the blame, and the others are given back.
 */
#ifndef GK_RUN_STATION_H
#define GK_RUN_STATION_H

#include "run/worker.h"

enum { GK_MOST_QUEUED = 8 };

/* An input on its way through one worker, or several when they die. */
typedef struct gk_task {
    size_t input;
    uint64_t member;  /* of an archive, that was read when the last worker died */
    unsigned deaths;  /* of workers at that member */
    gk_lost *lost;    /* GK_MAX_LOST_MEMBERS, owned; NULL: none */
    uint64_t lost_count;
    uint64_t region;  /* of the shared memory, for its lines */
    bool alone;       /* nothing is queued behind it */
} gk_task;

typedef struct gk_station {
    pid_t pid; /* 0: none */
    int fd;
    gk_task queue[GK_MOST_QUEUED]; /* what it works on, and what waits for it */
    unsigned first, count;
    uint64_t given, answered;      /* requests and answers of this process */
    uint64_t begun, member;        /* that were seen last */
    int64_t deadline; /* of what it works on, milliseconds of the monotonic clock */
    gk_answer answer; /* being received: */
    size_t have;      /* bytes of the answer and its lines so far */
    char *lines;
    gk_shared *shared;     /* memory of the place, also for the next worker there; NULL: none */
    bool held[GK_REGIONS]; /* regions whose lines are awaited, or were not taken yet */
} gk_station;

/* Milliseconds of the monotonic clock. */
int64_t gk_now_ms(void);

/* Memory for the lines; without it all goes through the socket, and nothing is queued. */
void gk_station_share(gk_station *w);
/* A region for the next request; GK_REGIONS: all are held. Without shared memory the first. */
uint64_t gk_station_region(const gk_station *w);
/* What was given first and has no answer yet; there is one. */
gk_task *gk_station_first(gk_station *w);
/* Takes it off the queue; its `lost` is the caller's. */
gk_task gk_station_take(gk_station *w);
/* Queues a task and sends its request with the opened input; false where the worker is gone, then the queue is as it was. */
bool gk_station_give(gk_station *w, const gk_task *t, const gk_source *source, unsigned wall_seconds);
/* Which of the queue the worker works on, by what it says; 0 where that cannot be. */
unsigned gk_station_working(const gk_station *w);
/* Each input, and each member of an archive, has the time of a document: moves the deadline when another was begun. */
void gk_station_watch(gk_station *w, unsigned wall_seconds);

typedef enum gk_received { GK_RECEIVED_NOTHING, GK_RECEIVED_PART, GK_RECEIVED_ANSWER, GK_RECEIVED_END } gk_received;

/* Takes what the worker has sent, without waiting. GK_RECEIVED_ANSWER: the answer to the first of the queue is whole, and
 * its lines are in w->lines, or in the region of the task where it says so. GK_RECEIVED_END: the worker has died, or was
 * ended for saying what cannot be. An idle worker that becomes readable has died. */
gk_received gk_station_receive(gk_station *w);

/* Ends the worker with the programs it started, which are in its process group. */
void gk_station_end(const gk_station *w);
/* Waits for the end of a worker, which has closed its socket or was ended, and gives its status. What is queued stays. */
int gk_station_reap(gk_station *w);

#endif
