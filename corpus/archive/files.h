/* The WARC files of an archive: one is written at a time, in members that wait until they are made to count.
 *
 * Example: two members of 300 and 200 bytes are appended at offsets 1000 and 1300. gk_files_write puts them into the file and
 * fsyncs it; the index is committed with the length 1500. Is the process killed in between, the file has 1500 bytes, the
 * index says 1000, and the next gk_files_open cuts 500. What waits is handed to the kernel in pieces before that, so that
 * little of it is held; it counts no sooner.
 */
#ifndef GK_CORPUS_ARCHIVE_FILES_H
#define GK_CORPUS_ARCHIVE_FILES_H

#include "corpus/archive/sql.h"
#include "corpus/archive/warc.h"

typedef struct gk_files {
    const char *dir;       /* of the archive, borrowed */
    gk_sql *sql;           /* borrowed */
    gk_warc_writer *writer;
    gk_str info;           /* block of warcinfo records, borrowed */
    int fd;                /* of the file that is written, -1: none */
    int64_t id;            /* its number, 0: none */
    uint64_t length;       /* of it that counts */
    uint32_t crc;          /* of these bytes */
    uint32_t next_crc;     /* of these and what was written behind them */
    uint64_t written;      /* bytes behind them that stand in the file and do not count yet */
    gk_buf pending;        /* members that stand behind those */
    uint64_t torn;         /* bytes that were cut on opening */
    uint64_t most;         /* bytes of one file: GK_MAX_WARC_BYTES, less in tests */
} gk_files;

/* The path of file `id` below `dir`. */
void gk_files_path(const char *dir, int64_t id, gk_buf *out);
/* Opens the last file for writing, and cuts every file to what counts. GK_E_FORMAT where one is shorter, which only
 * somebody else can have done. */
gk_code gk_files_open(gk_files *f, gk_err *err);
/* Frees; nothing is written. */
void gk_files_close(gk_files *f);
/* Whether a new file is due before records with blocks of `bytes` are appended. */
bool gk_files_full(const gk_files *f, uint64_t bytes);
/* Begins the next file (the first one, too) with its warcinfo record. Nothing may be pending. */
gk_code gk_files_begin(gk_files *f, int64_t now_ms, gk_err *err);
/* Appends a record; the place of its member. */
void gk_files_append(gk_files *f, const gk_warc_record *r, uint64_t *offset, uint64_t *length);
/* Bytes that wait to be made to count. */
static inline uint64_t gk_files_waiting(const gk_files *f) { return f->written + f->pending.len; }
/* Puts what is pending into the file, fsyncs it, and tells the index (not committed) the new length. Where writing fails the
 * file is cut back. */
gk_code gk_files_write(gk_files *f, gk_err *err);
/* After the commit: what was written counts. */
void gk_files_settle(gk_files *f);

#endif
