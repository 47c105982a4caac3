/* The files of patterns/, built into the program (builtin_data.c, written by tools/embed when the program is built).
 *
 * Tables are built in as they are. YAML files are as trees: the set is loaded from them when the program is built
 * (prepared.h), and its tests when they are asked for.
 */
#ifndef GK_PATTERN_BUILTIN_H
#define GK_PATTERN_BUILTIN_H

#include "pattern/yaml.h"

typedef struct gk_builtin_file {
    const char *name;
    const char *content; /* of a table */
    size_t len;
    const gk_tree *tree; /* of a YAML file */
} gk_builtin_file;

extern const gk_builtin_file gk_builtin_files[]; /* by name; ends with a NULL name */
extern const char gk_builtin_digest[65];         /* gk_set_identity of the files */

/* The content of a built-in table, absent where there is none. */
gk_str gk_builtin_content(gk_str name);

#endif
