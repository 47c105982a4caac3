/* The files of patterns/, built into the program (builtin_data.c, written by tools/embed when the program is built). */
#ifndef GK_PATTERN_BUILTIN_H
#define GK_PATTERN_BUILTIN_H

#include "pattern/load.h"

typedef struct gk_builtin_file {
    const char *name;
    const char *content;
    size_t len;
} gk_builtin_file;

extern const gk_builtin_file gk_builtin_files[]; /* by name; ends with a NULL name */

/* The content of a built-in file, absent where there is none. */
gk_str gk_builtin_content(gk_str name);

#endif
