/* The documents of a WARC file that stands alone: of any writer, gzip or plain, without an index. */
#ifndef GK_CORPUS_ARCHIVE_SCAN_H
#define GK_CORPUS_ARCHIVE_SCAN_H

#include "corpus/archive/index.h"

/* Whether a file begins as a WARC file does; false also where it cannot be read. */
bool gk_scan_is_warc(const char *path);

typedef struct gk_scan_damage {
    uint64_t count; /* records that were passed over */
    gk_err first;
} gk_scan_damage;

/* Reads the whole file once and gives the last whole and good answer (or imported resource) of each URL, by URL, like
 * GK_STORED_DOCUMENTS; revisits are resolved within the file, and left out where what they refer to is not in it. Only those
 * whose payload was captured at `since_ms` or later. `record.file` and `payload.file` are 1. GK_E_OPEN where the file cannot be
 * read, GK_E_LIMIT past GK_MAX_SCANNED_RECORDS. */
gk_code gk_scan_documents(const char *path, int64_t since_ms, gk_on_stored *on_stored, void *user, gk_scan_damage *damage,
                          gk_err *err);

/* Unix milliseconds of "2024-02-05", "2024-02-05T03:04:05Z", with a fraction or without seconds; a blank may stand in place of
 * the T. UTC. False where it is none. */
bool gk_scan_date(gk_str text, int64_t *ms);

#endif
