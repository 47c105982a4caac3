/* What the check rules found in a text before: the disclosures of departments repeat each other's sentences, and in the
 * skeleton (skeleton.c) those that differ by their figures and subjects alone are one text.
 *
 * A bounded memory from (text, what is asked of it) to what was found, which counts from the text (found.h). Two halves take
 * turns: what is asked for again moves to the young one, and when that is full the old one is forgotten. So the size is
 * fixed, what is common stays, and nothing that is told depends on what is kept. Not shared between threads.
 */
#ifndef GK_CHECK_RECALL_H
#define GK_CHECK_RECALL_H

#include "check/found.h"

typedef struct gk_recall gk_recall;

enum {
    GK_RECALL_BYTES = 1536 * 1024, /* of texts and answers in each half */
    GK_RECALL_TEXTS = 6144,        /* of each half at most */
    GK_RECALL_MOST = 16 * 1024     /* bytes of one text with its answer: what is longer hardly comes again */
};

/* `bytes` for each half, at least GK_RECALL_MOST. */
gk_recall *gk_recall_new(size_t bytes);
/* NULL is allowed. */
void gk_recall_free(gk_recall *r);

/* Whether the answer to `asked` about a text is kept: *found and *count become it, borrowed until the next call. The rules are
 * those of the set they came from. */
bool gk_recall_find(gk_recall *r, gk_str text, uint32_t asked, const gk_found **found, size_t *count);
/* Keeps an answer that was not found; an answer that is too long is not kept. */
void gk_recall_keep(gk_recall *r, gk_str text, uint32_t asked, const gk_found *found, size_t count);
/* Bytes held, for those who measure. */
size_t gk_recall_bytes(const gk_recall *r);

#endif
