/* Whole-engine tests of pattern sets: the `text` tests of all rules. */
#ifndef GK_EXTRACT_SELFTEST_H
#define GK_EXTRACT_SELFTEST_H

#include "extract/extract.h"

/* Extracts the text of each `text` test as a document of its own: its lines are blocks, lines with tabs are rows of one
 * table. A positive test needs a record of the rule whose fields are those of `gives` (or an excluded number with `class`
 * and `raw`), also with the text wrapped, spaced and in full width; a negative one must have none of the rule. Each
 * failure is told to `say` as one sentence with its place. `after`, when set, is called on each result before it is looked
 * at, and may add records; without it the tests of checks are passed over. Returns the number of failures. */
typedef void gk_after(void *user, const gk_doc *doc, gk_result *result);
size_t gk_extract_self_test(const gk_set *set, gk_say *say, void *user, gk_after *after, void *after_user);

#endif
