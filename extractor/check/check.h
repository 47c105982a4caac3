/* Checks: every relation between the figures of a document is recomputed. The one entrance of this room.
 *
 * A check speaks only where the intervals that the printed figures stand for cannot meet. What cannot be computed is
 * counted with its reason in the `not_run` of the document record.
 */
#ifndef GK_CHECK_CHECK_H
#define GK_CHECK_CHECK_H

#include "doc/result.h"
#include "pattern/set.h"

/* One worker's scratch: reused from document to document, never shared between threads. */
typedef struct gk_checker gk_checker;

/* `set` is borrowed and must outlive the checker. */
gk_checker *gk_checker_new(const gk_set *set);
/* NULL is allowed. */
void gk_checker_free(gk_checker *c);

/* Recomputes what the records of `result` say, in the text of `doc` that they come from, and appends findings as records
 * of kind `finding`, ordered by place: those that do not hold (contradicts, undefined), or, where `all`, every one. Sets
 * the field not_run of the document record. Never fails on content. */
void gk_check(gk_checker *c, const gk_doc *doc, gk_result *result, bool all);

#endif
