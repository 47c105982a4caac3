/* What a worker process does, and the words between it and its parent.
 *
 * Over one socket the parent sends a gk_request, the worker answers with a gk_answer. The JSON Lines of the document
 * are then in the memory that both share, or, where they do not fit, follow in the socket. Both ends are one program on
 * one machine, so the structures travel as they are. The end of the socket ends the worker.
 *
 * Each worker has two regions of shared memory, used in turn: the parent may still write one out while the worker fills
 * the other.
 */
#ifndef GK_RUN_WORKER_H
#define GK_RUN_WORKER_H

#include <sys/types.h>

#include "run/inputs.h"
#include "run/session.h"

enum { GK_REGIONS = 2 };

typedef struct gk_request {
    uint64_t input;  /* number in the list */
    uint64_t region; /* where the lines go */
} gk_request;

typedef struct gk_answer {
    uint64_t input;  /* number in the list */
    uint64_t length; /* bytes of JSON Lines */
    uint64_t shared; /* not 0: they are in the region of the request */
    uint64_t documents; /* one, or the members of an archive */
    uint64_t failed;    /* of them */
    uint64_t records;
    uint64_t bytes;  /* of the input */
    uint64_t code;  /* gk_code: not GK_OK where a document record carries an error */
    char message[240]; /* what the error says */
} gk_answer;

enum { GK_WORKER_NO_MEMORY = 71 }; /* exit code of a worker whose document passed GK_MAX_WORKER_MEMORY */

/* Extracts one input into `region` (of GK_MAX_SHARED_BYTES; NULL: none) where its lines fit, else into `lines` (emptied
 * first), and fills the answer. `d` is reset first. */
void gk_work(gongkai_document *d, const gk_input *input, char *region, gk_buf *lines, gk_answer *answer);
/* The same for a document that failed outside. */
void gk_work_fail(gongkai_document *d, const gk_input *input, const gk_err *err, gk_buf *lines, gk_answer *answer);

typedef struct gk_worker_options {
    int fd;       /* its end of the socket */
    pid_t parent; /* whose end is its own */
    char *shared; /* GK_REGIONS regions of GK_MAX_SHARED_BYTES; NULL: none */
    unsigned timeout_seconds;
} gk_worker_options;

/* The life of a worker: never returns. */
_Noreturn void gk_worker_main(gongkai_session *session, const gk_inputs *inputs, const gk_worker_options *options);

/* Sends or receives exactly `bytes`; false at the end of the socket or on an error. Never raises SIGPIPE. */
bool gk_send_all(int fd, const void *data, size_t bytes);
bool gk_receive_all(int fd, void *data, size_t bytes);

#endif
