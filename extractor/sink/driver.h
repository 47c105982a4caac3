/* What one output format implements. Only the files of this room include it. */
#ifndef GK_SINK_DRIVER_H
#define GK_SINK_DRIVER_H

#include "sink/file.h"
#include "sink/sink.h"

typedef struct gk_driver gk_driver;

struct gk_sink {
    const gk_driver *driver;
    gk_sink_options options;
    const char *target; /* as given, for messages */
    gk_file file;       /* open for every driver but the database */
    void *state;        /* the driver's own */
    gk_err failed;      /* the first failure; code GK_OK: none */
    bool reader_gone;
};

/* Any function may be NULL: nothing to do. `open` runs with the file open; `end` writes what closes the output and runs
 * only when all went well; `free` gives back the state. */
struct gk_driver {
    bool own_file; /* the driver opens the target itself */
    gk_code (*open)(gk_sink *sink, gk_err *err);
    gk_code (*put)(gk_sink *sink, gk_str lines, gk_err *err);
    gk_code (*end)(gk_sink *sink, gk_err *err);
    void (*free)(gk_sink *sink);
};

extern const gk_driver gk_driver_jsonl, gk_driver_json, gk_driver_csv, gk_driver_sqlite;

#endif
