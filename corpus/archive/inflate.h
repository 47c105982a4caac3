/* Inflating under limits: gzip members of a file, and the content codings of HTTP. */
#ifndef GK_CORPUS_ARCHIVE_INFLATE_H
#define GK_CORPUS_ARCHIVE_INFLATE_H

#include "base/err.h"

/* A file that is read forward through a window. */
typedef struct gk_window {
    int fd;
    uint64_t at;      /* of the file, where the window begins */
    size_t used, len; /* bytes of the window that were taken, and that it has */
    bool failed;      /* reading failed: `error` is the errno */
    int error;
    unsigned char bytes[64 * 1024];
} gk_window;

/* Moves to an offset of the file. */
void gk_window_seek(gk_window *w, uint64_t offset);
static inline uint64_t gk_window_offset(const gk_window *w) { return w->at + w->used; }
/* Bytes that stand next, read on where fewer than `want` (at most 4096) are there; fewer at the end of the file. */
gk_str gk_window_peek(gk_window *w, size_t want);

typedef struct gk_inflater gk_inflater;
gk_inflater *gk_inflater_new(void);
void gk_inflater_free(gk_inflater *z);
/* Inflates the gzip member that begins at the window into `out` (appended, at most out->max bytes), and moves behind it.
 * GK_E_FORMAT: damaged or torn; GK_E_LIMIT: too much. Where `most` is not 0, it is enough to have that many bytes. */
gk_code gk_inflate_member(gk_inflater *z, gk_window *w, size_t most, gk_buf *out, gk_err *err);
/* Inflates gzip (all members), zlib or bare deflate data that stands in memory. A stream that ends early gives what there
 * is, and GK_E_FORMAT. */
gk_code gk_inflate_bytes(gk_str bytes, gk_buf *out, gk_err *err);

#endif
