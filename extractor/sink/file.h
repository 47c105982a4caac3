/* An output file that appears whole or not at all.
 *
 * The bytes go to a temporary file beside the target, which takes the target's name when the file is kept. A symbolic
 * link is followed, permissions of an existing target are kept. Targets that are no regular files (standard output,
 * devices, named pipes) are written directly.
 */
#ifndef GK_SINK_FILE_H
#define GK_SINK_FILE_H

#include "base/err.h"

typedef struct gk_file {
    int fd;          /* -1: not open */
    char *name;      /* for messages */
    char *target;    /* the file to replace, NULL: written directly */
    char *temporary; /* NULL: written directly */
    uint64_t written; /* bytes */
    bool reader_gone; /* a write ended with EPIPE */
} gk_file;

/* `target` NULL or "-": standard output. GK_E_OUTPUT on failure; the file is then closed. */
gk_code gk_file_open(gk_file *f, const char *target, gk_err *err);
/* Writes all of s, in as many pieces as the system takes. */
gk_code gk_file_write(gk_file *f, gk_str s, gk_err *err);
/* Closes; keep: the temporary file becomes the target, else it is removed. Safe to call twice. */
gk_code gk_file_close(gk_file *f, bool keep, gk_err *err);

#endif
