/* ZIP files of stored entries (APPNOTE 6.3.9), with ZIP64 where 32 bits are not enough. */
#ifndef GK_CORPUS_ARCHIVE_ZIP_H
#define GK_CORPUS_ARCHIVE_ZIP_H

#include "base/err.h"

typedef struct gk_zip gk_zip;

/* Makes the file; NULL: err is set (GK_E_OUTPUT). It appears under `path` with gk_zip_finish. */
gk_zip *gk_zip_new(const char *path, gk_err *err);
/* Adds bytes as one entry. The first error is kept, and told by gk_zip_finish. */
void gk_zip_add(gk_zip *z, gk_str name, gk_str bytes);
/* Adds the first `length` bytes of a file, whose CRC-32 and SHA-256 are taken on the way: 64 hex digits into `digest`. */
void gk_zip_add_file(gk_zip *z, gk_str name, const char *path, uint64_t length, char digest[65]);
/* Writes the directory, fsyncs and renames. The zip is freed in any case; without success nothing is left. */
gk_code gk_zip_finish(gk_zip *z, gk_err *err);

#endif
