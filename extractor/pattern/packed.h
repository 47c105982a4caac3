/* Patterns that were compiled while the program was built: all of a set in one piece of data.
 *
 * Compiling the patterns that a document needs takes longer than reading a short document. PCRE2 writes compiled patterns
 * as data (pcre2serialize), which only the same version of it takes back; another one refuses them, and the patterns are
 * compiled on first use instead.
 */
#ifndef GK_PATTERN_PACKED_H
#define GK_PATTERN_PACKED_H

#include "base/str.h"
#include "pattern/set.h"

/* Those of the built-in set (builtin_code.c, written by tools/embed/code.c when the program is built). The data is aligned
 * for 64-bit numbers. */
typedef struct gk_packed {
    const char *data;
    size_t len; /* 0: none */
} gk_packed;
extern const gk_packed gk_builtin_code;

/* Compiles every pattern of a set and appends all of them to `out`. False: one is refused. Not thread safe. */
bool gk_set_pack(gk_set *set, gk_buf *out);
/* Takes compiled patterns of the same set, of which the data is not checked: it is part of the program. False, and the set
 * is as it was: PCRE2 refuses them, or they are not as many. Not thread safe. */
bool gk_set_unpack(gk_set *set, gk_packed packed);

#endif
