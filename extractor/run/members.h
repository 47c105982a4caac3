/* Archives as inputs: each member is a document of its own. */
#ifndef GK_RUN_MEMBERS_H
#define GK_RUN_MEMBERS_H

#include "run/document.h"
#include "run/worker.h"

/* The bytes of an input, like gk_load; a path ARCHIVE!MEMBER that names no file gives the bytes of the member. */
gk_code gk_members_load(const char *path, gk_buf *out, gk_err *err);

/* Extracts every member of the archive whose bytes stand in d->bytes; the lines of all documents come one after the
 * other. The first failure speaks for all in the answer. */
void gk_members_work(gongkai_document *d, const char *path, gk_buf *lines, gk_answer *answer);

/* Takes the lines of the first document off `lines`: they reach to the next document record. */
gk_str gk_members_next(gk_str *lines);

#endif
