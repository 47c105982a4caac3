/* The bytes of one input. */
#ifndef GK_RUN_LOAD_H
#define GK_RUN_LOAD_H

#include "base/err.h"

/* An input that was opened: where the process that reads it may not open files. */
typedef struct gk_source {
    const char *path; /* as the document is called; "-": the standard input */
    int fd;           /* -1: it could not be opened, `error` is why */
    int error;        /* an errno, also where the archive was opened in place of the path */
    bool member;      /* the path is ARCHIVE!MEMBER, and the archive was opened */
    const struct gk_captured *captured; /* the WARC file with this document was opened; NULL: none (run/captured.h) */
} gk_source;

/* Opens what `path` names without waiting for anybody (a pipe whose writer has not come yet is open at once). Where there
 * is no such file and the path is ARCHIVE!MEMBER, the archive is opened. gk_source_close is due in any case. */
gk_source gk_source_open(const char *path);
void gk_source_close(gk_source *s);
/* Reads an opened input like gk_load; of a member the whole archive. */
gk_code gk_source_load(const gk_source *s, gk_buf *out, gk_err *err);
/* What an input that could not be opened is refused with. */
gk_code gk_source_refuse(const gk_source *s, gk_err *err);

/* Reads a file whole into `out` (emptied first); "-" is the standard input. A file whose size is known to pass
 * GK_MAX_INPUT_BYTES is refused before anything is read (GK_E_LIMIT); pipes and devices are read up to it. GK_E_OPEN
 * where the system refuses, with its reason; the place of the error is the path. */
gk_code gk_load(const char *path, gk_buf *out, gk_err *err);
/* Whether the path names a regular file, which can be read again and never blocks. */
bool gk_load_is_file(const char *path);

#endif
