/* The built-in set as the loader leaves it: constants that the compiler lays out, so that a start reads no patterns, sorts
 * no words and builds no trie.
 *
 * Written by tools/embed when the program is built (builtin_code.c), out of what the loader makes of the built-in files.
 * The program that writes it has none, and loads the files.
 */
#ifndef GK_PATTERN_PREPARED_H
#define GK_PATTERN_PREPARED_H

#include "pattern/packed.h"
#include "pattern/private.h"

typedef struct gk_prepared {
    const gk_rule *rule;
    const gk_rule_more *more;
    size_t rules; /* 0: nothing is prepared */
    gk_vocab vocab;
    const gk_dispatch *dispatch;
    const gk_fold *fold;
} gk_prepared;
extern const gk_prepared gk_builtin_set;

#endif
