/* The list of inputs of a run: files named one by one, folders walked whole, lists of names. */
#ifndef GK_RUN_INPUTS_H
#define GK_RUN_INPUTS_H

#include "base/err.h"

typedef struct gk_input {
    const char *path; /* as given, or the folder as given and the way down; "-": standard input; the URL of what is captured */
    uint64_t bytes;   /* as the system says now; 0 for what is no regular file */
    gk_code code;     /* not GK_OK: found to be unreadable already, the reason is in `why` */
    const char *why;
    const struct gk_captured *captured; /* a document of an archive or WARC file (run/captured.h); NULL: a file */
} gk_input;

typedef struct gk_inputs {
    gk_arena arena;
    GK_VEC(gk_input) list;
    uint64_t bytes; /* the sum */
    int64_t since_ms; /* of archives and WARC files only what was captured first then or later */
} gk_inputs;

/* Adds a file, "-", or a folder. An archive of the crawler and a WARC file give each document they hold
 * (run/captured.h); any other folder every regular file below it, in byte order of the paths. Symbolic links are followed,
 * each folder is entered once, at most GK_MAX_PATH_DEPTH below each other. Pipes, sockets and devices in a folder are
 * left out; named themselves they are taken. What cannot be entered is added with its error. */
void gk_inputs_add(gk_inputs *in, const char *path);
/* Adds every name that stands in a file, NUL separated when it holds a NUL, else one a line; "-" is standard input. Empty
 * names are left out. GK_E_OPEN where it cannot be read, GK_E_LIMIT past GK_MAX_INPUT_BYTES. */
gk_code gk_inputs_add_list(gk_inputs *in, const char *path, gk_err *err);
void gk_inputs_free(gk_inputs *in);

#endif
