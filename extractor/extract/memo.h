/* Memory of answers that depend on a text alone: a budget repeats its labels thousands of times. */
#ifndef GK_EXTRACT_MEMO_H
#define GK_EXTRACT_MEMO_H

#include "base/mem.h"

/* A bounded table from text to a value of fixed size. When it is full it is emptied: what is asked often comes back at
 * once. Not shared between threads. */
typedef struct gk_memo gk_memo;

/* `slots` is a power of two; at most half of them are used. */
gk_memo *gk_memo_new(size_t value_size, size_t slots);
void gk_memo_free(gk_memo *m);
/* The value of a key (`salt` tells keys of different questions apart). *fresh: it is new, the value is all zero and the
 * caller fills it. Good until the next call. Keys longer than GK_MAX_LEAD_BYTES are not kept: *fresh each time. */
void *gk_memo_at(gk_memo *m, gk_str key, uint32_t salt, bool *fresh);

#endif
