/* gzip members (RFC 1952): one for each record of a WARC file. */
#ifndef GK_CORPUS_ARCHIVE_GZIP_H
#define GK_CORPUS_ARCHIVE_GZIP_H

#include "base/buf.h"

/* Writes members; one thread. */
typedef struct gk_squeezer gk_squeezer;
gk_squeezer *gk_squeezer_new(void);
void gk_squeezer_free(gk_squeezer *z);
/* Appends `bytes` as one member: deflated quickly, or only stored where `squeeze` is false. */
void gk_squeeze(gk_squeezer *z, gk_str bytes, bool squeeze, gk_buf *out);

/* Whether bytes look as if they were compressed already (PDF, ZIP, JPEG, gzip, br ...): samples of them hold all byte values
 * equally often. Less than 4 KiB never does. */
bool gk_squeezed(gk_str bytes);

#endif
