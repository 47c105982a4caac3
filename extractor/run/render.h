/* Renderings: a document is read by a worker, and what the caller makes of it there comes back as bytes.
 *
 * The pool is the one of a run; only what a worker makes of a document differs. The lines of an answer are then the bytes
 * that were written, or, where the answer has an error, one gk_err as it stands in memory: unlike the message of the
 * answer it has its place and its source line.
 */
#ifndef GK_RUN_RENDER_H
#define GK_RUN_RENDER_H

#include "run/document.h"
#include "run/worker.h"

/* Reads one input and renders it into `lines` (emptied first). */
void gk_render_work(gongkai_document *d, const gk_job *job, gk_buf *lines, gk_answer *answer);
/* The answer for an input whose worker died, or that was refused. */
void gk_render_fail(const gk_err *err, const char *path, gk_buf *lines, gk_answer *answer);
/* The error of an answer with an error. */
void gk_render_error(gk_str lines, const gk_answer *answer, gk_err *out);

#endif
