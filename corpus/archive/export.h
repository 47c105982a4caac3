/* Exports: what an archive holds, in the forms that other programs read. */
#ifndef GK_CORPUS_ARCHIVE_EXPORT_H
#define GK_CORPUS_ARCHIVE_EXPORT_H

#include "corpus/archive/store.h"

typedef enum gk_export_format {
    GK_EXPORT_WARC, /* one WARC/1.0 file, gzip: every record with its id; for readers that know no 1.1 */
    GK_EXPORT_CDXJ, /* the index of the archive's own WARC files: SURT key, 14-digit time, JSON; sorted by bytes */
    GK_EXPORT_WACZ, /* WACZ 1.1.1: a ZIP of the WARC files as they are, CDXJ, pages.jsonl, datapackage.json */
    GK_EXPORT_FORMATS
} gk_export_format;

/* "warc", "cdxj", "wacz" */
const char *gk_export_name(gk_export_format format);
/* Writes the archive, opened for reading, to a file, which appears whole or not at all. GK_E_OUTPUT; GK_E_FORMAT and GK_E_OPEN
 * where a WARC file is damaged. */
gk_code gk_export(gk_store *s, gk_export_format format, const char *path, gk_err *err);

/* "cn,gov,example)/a?b" of "http://www.example.gov.cn/A?b": host reversed and without www, port where it is not the scheme's
 * own, the rest in lower case (pywb's canonical form without its special cases). */
void gk_export_surt(gk_str url, gk_buf *out);

#endif
