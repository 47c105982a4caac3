/* What a worker process does, and the words between it and its parent.
 *
 * Over one socket the parent sends the number of an input (8 bytes), the worker answers with a gk_answer and the JSON
 * Lines of that document. Both ends are one program on one machine, so the structures travel as they are. The end of
 * the socket ends the worker.
 */
#ifndef GK_RUN_WORKER_H
#define GK_RUN_WORKER_H

#include <sys/types.h>

#include "run/inputs.h"
#include "run/session.h"

typedef struct gk_answer {
    uint64_t input;  /* number in the list */
    uint64_t length; /* bytes of JSON Lines that follow */
    uint64_t records;
    uint64_t bytes;  /* of the input */
    uint64_t code;  /* gk_code: not GK_OK where the document record carries an error */
    char message[240]; /* what the error says */
} gk_answer;

enum { GK_WORKER_NO_MEMORY = 71 }; /* exit code of a worker whose document passed GK_MAX_WORKER_MEMORY */

/* Extracts one input into `lines` (emptied first) and fills the answer. `d` is reset first. */
void gk_work(gongkai_document *d, const gk_input *input, gk_buf *lines, gk_answer *answer);
/* The same for a document that failed outside. */
void gk_work_fail(gongkai_document *d, const gk_input *input, const gk_err *err, gk_buf *lines, gk_answer *answer);

typedef struct gk_worker_options {
    int fd;       /* its end of the socket */
    pid_t parent; /* whose end is its own */
    unsigned timeout_seconds;
} gk_worker_options;

/* The life of a worker: never returns. */
_Noreturn void gk_worker_main(gongkai_session *session, const gk_inputs *inputs, const gk_worker_options *options);

/* Sends or receives exactly `bytes`; false at the end of the socket or on an error. Never raises SIGPIPE. */
bool gk_send_all(int fd, const void *data, size_t bytes);
bool gk_receive_all(int fd, void *data, size_t bytes);

#endif
