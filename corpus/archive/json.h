/* The little of JSON that listings need. */
#ifndef GK_CORPUS_ARCHIVE_JSON_H
#define GK_CORPUS_ARCHIVE_JSON_H

#include "base/buf.h"

/* Appends "name":"value" of an object, with a comma where it is not the first member; nothing where the value is empty.
 * Bytes that are no UTF-8 become U+FFFD. */
void gk_json_text(gk_buf *out, const char *name, gk_str value);

#endif
