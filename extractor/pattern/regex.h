/* Single regular expressions, for data that is no pattern set (site profiles).
 *
 * PCRE2 syntax, UTF-8. Matching ends within GK_PCRE_MATCH_LIMIT, GK_PCRE_DEPTH_LIMIT and GK_PCRE_HEAP_KIB; what passes a
 * limit is no match. An expression is compiled when it is made and translated to machine code when it is used again and again.
 *
 * Worked example: "index_(?<at>\\d+)" finds in "/czxx/index_12.html" group 0 "index_12" and group "at" "12".
 */
#ifndef GK_PATTERN_REGEX_H
#define GK_PATTERN_REGEX_H

#include "base/err.h"

enum { GK_MAX_REGEX_GROUPS = 24 }; /* groups of one expression, group 0 among them */

typedef struct gk_regex gk_regex;

/* NULL: err says what is wrong (GK_E_PATTERN, without a place), and *offset is the byte of the pattern where it is. */
gk_regex *gk_regex_new(gk_str pattern, size_t *offset, gk_err *err);
/* NULL is allowed. */
void gk_regex_free(gk_regex *r);
/* Searches `subject` from byte `at` on, which must be valid UTF-8. The groups are parts of the subject, those that took no
 * part are absent; `groups` has room for GK_MAX_REGEX_GROUPS and may be NULL. One thread. */
bool gk_regex_find(gk_regex *r, gk_str subject, size_t at, gk_str *groups);
/* The names of the groups: how many, and the i-th with its number. A name may stand for several numbers. */
size_t gk_regex_names(const gk_regex *r);
gk_str gk_regex_name(const gk_regex *r, size_t i, size_t *number);

#endif
