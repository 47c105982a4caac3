/* Imports: records of WARC files of any writer, and files saved in a browser, become captures of an archive.
 *
 * Each gets a metadata record that says where it comes from: the name of the file, and of a WARC record its id. What is in the
 * archive already (same URL, time and payload) is passed over, so that an import can be done again.
 */
#ifndef GK_CORPUS_ARCHIVE_IMPORT_H
#define GK_CORPUS_ARCHIVE_IMPORT_H

#include "corpus/archive/store.h"

typedef struct gk_imported {
    uint64_t captures; /* taken in */
    uint64_t known;    /* that were there already */
    uint64_t lost;     /* revisits without a payload, and damaged records */
    gk_err first;      /* of the damages; GK_OK: none */
} gk_imported;

/* Imports one file; adds to *out. A WARC file is known by its content; any other file becomes a resource record of the URL
 * `url`, or of the one that the browser wrote into the page ("saved from url=", or as SingleFile and MHTML have it), with the
 * time of the file. GK_E_USAGE where there is neither; GK_E_OPEN; GK_E_LIMIT past GK_MAX_INPUT_BYTES; GK_E_OUTPUT. */
gk_code gk_import_file(gk_store *s, const char *path, gk_str url, gk_imported *out, gk_err *err);

#endif
