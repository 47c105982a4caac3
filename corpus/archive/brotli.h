/* Brotli (RFC 7932) under limits: a content coding that a crawl does not ask for, that some servers send all the same, and
 * that archives of browsers hold. */
#ifndef GK_CORPUS_ARCHIVE_BROTLI_H
#define GK_CORPUS_ARCHIVE_BROTLI_H

#include "base/err.h"

/* Decodes one stream that stands in memory into `out` (appended, at most out->max bytes); what follows the stream is passed
 * over. A stream that ends early gives what there is, and GK_E_FORMAT; GK_E_LIMIT: too much. */
gk_code gk_brotli_bytes(gk_str bytes, gk_buf *out, gk_err *err);

#endif
