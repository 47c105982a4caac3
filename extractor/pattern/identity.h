/* The files of a set and what identifies them. */
#ifndef GK_PATTERN_IDENTITY_H
#define GK_PATTERN_IDENTITY_H

#include "pattern/yaml.h"

/* One file as handed to the loader. Everything is borrowed for the life of the set. */
typedef struct gk_pattern_file {
    gk_str name;         /* without folder */
    gk_str path;         /* as shown in messages */
    gk_str content;      /* absent: only the tree is known */
    const gk_tree *tree; /* of a .yaml file that was read when the program was built, else NULL */
} gk_pattern_file;

/* SHA-256 over the names and contents of files sorted by name, each pair with its lengths before it, so that no two sets
 * share their bytes. Writes 64 hex digits and a NUL. */
void gk_set_identity(const gk_pattern_file *files, size_t count, char hex[65]);

#endif
