/* What a worker process does, and the words between it and its parent.
 *
 * Over one socket the parent sends a gk_request, with it the input as an open descriptor (a worker may open no inputs, see
 * run/isolate.h); the worker answers with a gk_answer. The JSON Lines of the document are then in the memory that both
 * share, or, where they do not fit, follow in the socket. Both ends are one program on one machine, so the structures
 * travel as they are. The end of the socket ends the worker.
 *
 * Several requests may wait in the socket. Answers are held back while more requests wait, but neither many nor long, so that
 * the parent is not woken for each of them. Each worker has several regions of shared memory: those whose lines wait to be
 * taken, and those of the requests that wait.
 */
#ifndef GK_RUN_WORKER_H
#define GK_RUN_WORKER_H

#include <stdatomic.h>
#include <sys/types.h>

#include "base/limits.h"
#include "run/inputs.h"
#include "run/load.h"
#include "run/session.h"

enum { GK_REGIONS = 12 };

/* A member of an archive that is not read, because it ended a worker before. */
typedef struct gk_lost {
    uint64_t member; /* from 1, in the order of the archive */
    uint64_t code;   /* gk_code */
    char message[240];
} gk_lost;

/* What the worker tells while it works, and what the parent knows before. */
typedef struct gk_progress {
    _Atomic uint64_t given;  /* requests to this process, the last of which may still be on its way */
    _Atomic uint64_t begun;  /* of them: what it works on is the last */
    _Atomic uint64_t member; /* of an archive, from 1, that is read now; 0: none */
    uint64_t lost_count;
    gk_lost lost[GK_MAX_LOST_MEMBERS];
} gk_progress;

typedef struct gk_shared {
    char region[GK_REGIONS][GK_MAX_SHARED_BYTES];
    gk_progress progress;
} gk_shared;

typedef struct gk_request {
    uint64_t input;  /* number in the list */
    uint64_t region; /* where the lines go */
    int32_t error;   /* an errno: why the input could not be opened */
    bool opened;     /* a descriptor comes along */
    bool member;     /* gk_source.member */
} gk_request;

/* What is made of a document in place of its records; then the lines of the answer are what was written, or, where the
 * answer has an error, a gk_err (see run/render.h). */
typedef struct gk_rendering {
    gongkai_render *render; /* NULL: records are wanted */
    void *user;
} gk_rendering;

typedef struct gk_answer {
    uint64_t input;  /* number in the list */
    uint64_t length; /* bytes of JSON Lines */
    uint64_t shared; /* not 0: they are in the region of the request */
    uint64_t documents; /* one, or the members of an archive */
    uint64_t failed;    /* of them */
    uint64_t records;
    uint64_t bytes;  /* of the input */
    uint64_t code;  /* gk_code: not GK_OK where a document record carries an error */
    int64_t verdict; /* what a rendering returned */
    char message[240]; /* what the error says */
} gk_answer;

enum { GK_WORKER_NO_MEMORY = 71 }; /* exit code of a worker whose document passed its memory */

typedef struct gk_worker_limits {
    unsigned wall_seconds;      /* of one document */
    unsigned processor_seconds; /* of one document */
    uint64_t memory;            /* bytes of address space */
} gk_worker_limits;

/* The limits of this program; the wall time is `seconds`, or, where that is 0, what the session's documents may take. The
 * memory is less where this process has less. */
gk_worker_limits gk_worker_limits_of(const gongkai_session *session, unsigned seconds);

typedef struct gk_job {
    const gk_input *input;
    gk_rendering rendering;
    gk_source source;
    char *region;          /* of GK_MAX_SHARED_BYTES; NULL: none */
    gk_progress *progress; /* NULL: nobody asks */
    const gk_worker_limits *limits;
} gk_job;

/* Extracts one input into the region where its lines fit, else into `lines` (emptied first), and fills the answer. `d` is
 * reset first. */
void gk_work(gongkai_document *d, const gk_job *job, gk_buf *lines, gk_answer *answer);
/* The same for a document that failed outside; in a process that may open files. */
void gk_work_fail(gongkai_document *d, const gk_input *input, const gk_err *err, gk_buf *lines, gk_answer *answer);

/* Says which member of an archive is next (0: none) and gives it the time of a document. */
void gk_job_begin(const gk_job *job, uint64_t member);
/* Fills `err` where the member is lost. */
void gk_job_lost(const gk_job *job, uint64_t member, gk_err *err);

typedef struct gk_worker_options {
    int fd;            /* its end of the socket */
    pid_t parent;      /* whose end is its own */
    gk_shared *shared; /* NULL: none */
    gk_worker_limits limits;
    gk_rendering rendering;
} gk_worker_options;

/* The life of a worker, in a process group of its own: never returns. */
_Noreturn void gk_worker_main(gongkai_session *session, const gk_inputs *inputs, const gk_worker_options *options);

/* Sends or receives exactly `bytes`; false at the end of the socket or on an error. Never raises SIGPIPE. */
bool gk_send_all(int fd, const void *data, size_t bytes);
bool gk_receive_all(int fd, void *data, size_t bytes);
/* The same for a request with the descriptor of the input, -1: none. What is received is owned by the caller. */
bool gk_send_request(int fd, const gk_request *request, int input);
bool gk_receive_request(int fd, gk_request *request, int *input);

#endif
