/* The bytes of one input. */
#ifndef GK_RUN_LOAD_H
#define GK_RUN_LOAD_H

#include "base/err.h"

/* Reads a file whole into `out` (emptied first); "-" is the standard input. A file whose size is known to pass
 * GK_MAX_INPUT_BYTES is refused before anything is read (GK_E_LIMIT); pipes and devices are read up to it. GK_E_OPEN
 * where the system refuses, with its reason; the place of the error is the path. */
gk_code gk_load(const char *path, gk_buf *out, gk_err *err);
/* Whether the path names a regular file, which can be read again and never blocks. */
bool gk_load_is_file(const char *path);

#endif
