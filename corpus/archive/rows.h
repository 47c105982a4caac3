/* Rows of captures that wait in memory for the next flush. Private to this room.
 *
 * Each page that is put would else call SQLite between two others; written one after the other the same rows take two thirds
 * of the time. Nothing is lost by that: what was not flushed never counted. Whoever asks the index about captures writes the
 * rows first (gk_store_write_rows).
 */
#ifndef GK_CORPUS_ARCHIVE_ROWS_H
#define GK_CORPUS_ARCHIVE_ROWS_H

#include "corpus/archive/sha.h"
#include "corpus/archive/sql.h"
#include "corpus/archive/warc.h"

typedef struct gk_row {
    int64_t entry, started_ms, status, file, offset, length, bytes, original, robots; /* as in the index; 0: NULL */
    gk_str url, outcome, media_type, truncated, address, published, title, name, kind, text, list_page;
    gk_str type; /* absent: nothing was stored, and there is no record and no digest */
    unsigned char record[GK_WARC_ID_BYTES], digest[GK_SHA_BYTES];
} gk_row;

typedef struct gk_rows {
    GK_VEC(gk_row) list;
    gk_arena arena; /* of their texts */
} gk_rows;

void gk_rows_free(gk_rows *r);
/* Adds a copy. */
void gk_rows_add(gk_rows *r, const gk_row *row);
/* Whether there are so many that they are to be written. */
bool gk_rows_full(const gk_rows *r);
/* Writes them in their order and forgets them; false after an error. */
bool gk_rows_write(gk_rows *r, gk_sql *sql);

#endif
