/* A pool of worker processes that answers in the order of the inputs.
 *
 * Each worker has one input at a time, with a few small ones waiting, so that a crash or a hang costs one document: the
 * worker is replaced and the document is reported with class `timeout`, `limit` (where it ran out of memory), or, when it
 * crashed GK_MAX_ATTEMPTS workers, `crash` (see run/deaths.h). In an archive the same holds for each member. Answers that
 * come before their turn wait in the memory shared with their worker, or, where it needs that, in memory of the parent;
 * while more than GK_MAX_PENDING_BYTES wait, nothing new is handed out. The input whose turn it is was handed out before all
 * that wait, so the pool never stands still.
 */
#ifndef GK_RUN_POOL_H
#define GK_RUN_POOL_H

#include "run/worker.h"

/* Takes the records of one document; documents come in the order of the inputs. Anything but GK_OK ends the run. */
typedef gk_code gk_pool_take(void *user, gk_str lines, const gk_answer *answer, gk_err *err);
/* Called at least once a second and after each signal; false ends the run. */
typedef bool gk_pool_tick(void *user);

typedef struct gk_pool_options {
    unsigned jobs; /* 1 .. GK_MAX_JOBS */
    gk_worker_limits limits;
    gk_rendering rendering;
    gk_pool_take *take;
    gk_pool_tick *tick;
    void *user;
} gk_pool_options;

/* How many workers there are for so many inputs: `wanted`, or, where that is 0, one for each processor. */
unsigned gk_pool_jobs(unsigned wanted, size_t inputs);

/* Works through all inputs. GK_E_INTERNAL where no process can be had; GK_E_OUTPUT where `tick` ended it; else what
 * `take` returned. All workers are gone when it returns. */
gk_code gk_pool_run(gongkai_session *session, const gk_inputs *inputs, const gk_pool_options *options, gk_err *err);

#endif
