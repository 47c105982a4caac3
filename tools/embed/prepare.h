/* Writing a loaded set as constants (extractor/pattern/prepared.h). */
#ifndef GK_EMBED_PREPARE_H
#define GK_EMBED_PREPARE_H

#include <stdio.h>

#include "pattern/set.h"

/* The definition of gk_builtin_set, with all that it points to. */
void prepare_write(const gk_set *set, FILE *out);

#endif
