/* Pages saved by a browser as MHTML (RFC 2557): the page itself out of its parts. */
#ifndef GK_CORPUS_ARCHIVE_MHTML_H
#define GK_CORPUS_ARCHIVE_MHTML_H

#include "base/buf.h"

typedef struct gk_mhtml {
    gk_str url;        /* of the page, borrowed from the file; absent: it does not say */
    gk_str media_type; /* of the page, borrowed */
} gk_mhtml;

/* Whether a file begins as MHTML: mail headers with multipart/related. */
bool gk_mhtml_is(gk_str file);
/* Appends the first HTML part, decoded (quoted-printable, base64 or as it is), to `page`. False where there is none. Linear in
 * the file. */
bool gk_mhtml_read(gk_str file, gk_mhtml *out, gk_buf *page);

#endif
