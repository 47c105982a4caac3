/* Sinks: where records go. One interface for every output format.
 *
 * JSON Lines is the wire format: a document arrives as its lines, the document record first. The sink "jsonl" passes
 * the bytes through, "json" makes one array of them, "csv" and "sqlite" read them back (emit/parse.h).
 *
 * A file is written under a temporary name in the folder of the target and renamed on success, so that a reader never
 * sees half of it; standard output, devices and pipes are written as they are, and a database is changed in place, one
 * transaction a document. Every write is checked: failures give GK_E_OUTPUT with the target and the reason of the
 * system. The caller ignores SIGPIPE. A sink belongs to one thread.
 */
#ifndef GK_SINK_SINK_H
#define GK_SINK_SINK_H

#include "base/err.h"

typedef struct gk_sink gk_sink;

typedef struct gk_sink_options {
    const char *format; /* a name of gk_sink_formats, NULL: by the extension of the target */
    bool bom;           /* csv: begin with a byte order mark */
} gk_sink_options;

typedef struct gk_sink_format {
    const char *name;          /* "jsonl" */
    const char *extensions[3]; /* ".jsonl", lower case, NULL terminated */
    const char *what;          /* one line for a help text */
    bool needs_file;           /* cannot be written to standard output */
} gk_sink_format;

/* All formats, ended by one without a name. The first is the default for standard output. */
extern const gk_sink_format gk_sink_formats[];
/* The format of a name ("csv"), or NULL. */
const gk_sink_format *gk_sink_format_of(gk_str name);
/* The format that the extension of a path tells; the first format where it has no extension; NULL where the extension
 * is of no format. */
const gk_sink_format *gk_sink_format_of_path(gk_str path);

/* Opens a sink. `target` is a path, or "-" or NULL for standard output; `options` may be NULL. GK_E_USAGE where the
 * format is unknown or does not fit the target, GK_E_OUTPUT where the target cannot be written. *out is NULL then. */
gk_code gk_sink_open(const char *target, const gk_sink_options *options, gk_sink **out, gk_err *err);
/* Writes one document: its records as JSON Lines, each line ended by LF, the document record first. After a failure the
 * sink takes nothing more (every later call fails in the same way) and is still to be closed. */
gk_code gk_sink_put(gk_sink *sink, gk_str lines, gk_err *err);
/* Ends the output: keep true writes what is outstanding and gives a file its name; keep false leaves the target as it
 * was (documents already stored in a database stay there). Fails again where an earlier call failed. */
gk_code gk_sink_end(gk_sink *sink, bool keep, gk_err *err);
/* Whether the reader of a pipe has gone away (EPIPE): the failure of put or end is then nothing to talk about, because
 * `gongkai ... | head` is no mistake. */
bool gk_sink_reader_gone(const gk_sink *sink);
/* Frees the sink; one that was not ended is ended with keep false. NULL is allowed. */
void gk_sink_close(gk_sink *sink);

#endif
