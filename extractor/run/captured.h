/* Archives of the crawler and WARC files as inputs: each document that is stored in them is an input of its own. */
#ifndef GK_RUN_CAPTURED_H
#define GK_RUN_CAPTURED_H

#include "run/inputs.h"
#include "run/load.h"

/* Where the bytes of a document stand, and what is known of it. Its source is its URL. */
typedef struct gk_captured {
    const char *file;   /* the WARC file with the record that holds the payload */
    uint64_t offset;    /* of that record */
    uint64_t bytes;     /* of the payload as it was received */
    char digest[65];    /* of these */
    gk_str fetched;     /* "2024-02-05T03:04:05Z" */
    gk_str published;   /* as records have it: "2024-02-05" or "2024-02-05T03:04"; absent: not known */
    gk_str anchor, list_page; /* the words of the link that led to it, and the page with the link; absent: not known */
} gk_captured;

/* Adds the documents of the archive in a folder, by URL; false where the folder is none. What cannot be read is added with its
 * error. Only documents whose payload was captured first at in->since_ms or later. */
bool gk_captured_add_archive(gk_inputs *in, const char *dir);
/* The same for a WARC file; damaged records are one more input, with its error. */
bool gk_captured_add_warc(gk_inputs *in, const char *path);

/* Opens an input: the file of its path, or the WARC file that holds it. */
gk_source gk_captured_open(const gk_input *input);
/* Reads the document out of the opened WARC file, content codings undone, at most GK_MAX_INPUT_BYTES. */
gk_code gk_captured_load(const gk_source *source, gk_buf *out, gk_err *err);

#endif
