/* The little of HTTP that stored answers need: a header by its name, and bodies without their codings. */
#ifndef GK_CORPUS_ARCHIVE_HTTP_H
#define GK_CORPUS_ARCHIVE_HTTP_H

#include "base/err.h"

/* The bytes of `block` up to and with the empty line behind the headers (CRLF or LF); all of it where there is none. */
size_t gk_http_head(gk_str block);
/* The value of the first header of the name, without case; absent where there is none. */
gk_str gk_http_header(gk_str head, const char *name);
/* The status of "HTTP/1.1 200 OK", 0: none. */
int gk_http_status(gk_str head);
/* The document of a body: without chunks (where `chunked`, which is for archives of other writers) and content codings
 * (gzip, deflate, br), under GK_MAX_DECODED_BYTES and GK_MAX_DECODED_RATIO. It is `body` itself where there are none, else in
 * `room`. GK_E_FORMAT: damaged, or a coding that is not known; GK_E_LIMIT: too much. */
gk_code gk_http_decode(gk_str head, gk_str body, gk_buf *room, gk_str *out, gk_err *err);
bool gk_http_chunked(gk_str head);
/* The same for a body that has no chunks: takes off the codings of a Content-Encoding, "deflate, gzip" in the order in
 * which they were applied (absent: none). */
gk_code gk_http_uncode(gk_str codings, gk_str body, gk_buf *room, gk_str *out, gk_err *err);
/* Whether a process that may not open files can take them off: none of them has a library that is loaded at its first use. */
bool gk_http_is_confined(gk_str codings);

#endif
