/* Lines "name: value" of records: what is between two ends of lines stays one line, whatever the value holds. */
#ifndef GK_CORPUS_ARCHIVE_FIELD_H
#define GK_CORPUS_ARCHIVE_FIELD_H

#include "base/buf.h"

/* Appends `name` (with its colon, and what stands before the value), the value with control characters as blanks, and
 * `after`, which holds the end of the line. Nothing is appended where there is no value. */
void gk_field_put(gk_buf *out, gk_str name, gk_str value, gk_str after);

#endif
