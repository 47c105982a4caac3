/* Full verification: every byte of the WARC files, every record, and what the index says of them. */
#ifndef GK_CORPUS_ARCHIVE_VERIFY_H
#define GK_CORPUS_ARCHIVE_VERIFY_H

#include "base/err.h"

typedef struct gk_verdict {
    uint64_t files, records, captures, bytes; /* looked at */
    uint64_t torn;     /* bytes behind what counts: the next writer cuts them; no fault */
    uint64_t faults;
} gk_verdict;

/* Called for each fault: one sentence, with file and offset where it has a place. */
typedef void gk_on_fault(void *user, const gk_err *fault);

/* Verifies an archive: the tables of the index; of each WARC file its length and CRC-32 by the index, its gzip members one
 * behind the other, lengths, digests; that every answer in the files is in the index with its place, URL, time, status and
 * digest, and nothing else is; that every revisit leads to its payload. Damage of one bit anywhere in the WARC files is found.
 * GK_OK: it was looked at, with or without faults; else it cannot be opened. */
gk_code gk_verify_archive(const char *dir, gk_on_fault *on_fault, void *user, gk_verdict *out, gk_err *err);
/* Verifies one WARC file by itself: members, lengths, digests. */
gk_code gk_verify_file(const char *path, gk_on_fault *on_fault, void *user, gk_verdict *out, gk_err *err);

#endif
