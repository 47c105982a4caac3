/* What a run says of a document on its document record. */
#ifndef GK_RUN_DESCRIBE_H
#define GK_RUN_DESCRIBE_H

#include "run/document.h"

/* Completes d->result.document: source, bytes, media type, charset, counts, digit groups, error, digest of the pattern
 * set. What the extraction room found out (title, agency ...) is left as it is. */
void gk_describe(gongkai_document *d);

#endif
