/* Memory of answers that depend on a text alone: a budget repeats its labels thousands of times. */
#ifndef GK_EXTRACT_MEMO_H
#define GK_EXTRACT_MEMO_H

#include "base/mem.h"

/* A bounded table from text to a value of fixed size. A full one keeps nothing more until gk_memo_tidy empties it: what
 * is asked often comes back at once. Not shared between threads. */
typedef struct gk_memo gk_memo;

/* `slots` is a power of two; at most half of them are used. Values are aligned for pointers and 64-bit numbers. */
gk_memo *gk_memo_new(size_t value_size, size_t slots);
void gk_memo_free(gk_memo *m);
/* Empties the table when it is nearly full: between two documents. Whether it did. */
bool gk_memo_tidy(gk_memo *m);
/* The value of a key (`salt` tells keys of different questions apart). *fresh: it is new, the value is all zero and the
 * caller fills it; it is good until gk_memo_tidy where it is kept, else until the next call. A key that is longer than
 * GK_MAX_LEAD_BYTES or finds no room is not kept: *fresh each time. *kept (if not NULL) is the key as kept until
 * gk_memo_tidy, so that a value may borrow parts of it, or the key itself. */
void *gk_memo_at(gk_memo *m, gk_str key, uint32_t salt, bool *fresh, gk_str *kept);
/* The key as kept of a value that is kept. */
gk_str gk_memo_key(const gk_memo *m, const void *value);
/* Memory that lives until gk_memo_tidy empties the table, for values that have parts of no fixed size. */
gk_arena *gk_memo_parts(gk_memo *m);

#endif
