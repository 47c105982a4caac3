/* Archives as inputs: each member is a document of its own. */
#ifndef GK_RUN_MEMBERS_H
#define GK_RUN_MEMBERS_H

#include "run/document.h"
#include "run/worker.h"

/* The bytes of an input, like gk_source_load; where the source is a member, its bytes are taken out of the archive. */
gk_code gk_members_load(const gk_source *source, gk_buf *out, gk_err *err);

/* Extracts every member of the archive whose bytes stand in d->bytes; the lines of all documents come one after the
 * other. The first failure speaks for all in the answer. The progress of the job tells the member that is read; what it
 * calls lost is not read. */
void gk_members_work(gongkai_document *d, const gk_job *job, gk_buf *lines, gk_answer *answer);

/* Takes the lines of the first document off `lines`: they reach to the next document record. */
gk_str gk_members_next(gk_str *lines);

#endif
