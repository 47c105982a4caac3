/* The lines of one document on their way into a sink that needs the fields. */
#ifndef GK_SINK_WIRE_H
#define GK_SINK_WIRE_H

#include "emit/parse.h"

/* Called for each record, the document record (which `document` also points to) first. */
typedef gk_code gk_wire_record(void *user, const gk_line *document, const gk_line *line, gk_err *err);

/* Reads the lines and hands each record on; texts live in the arena, which the caller resets. GK_E_OUTPUT where the
 * lines are not records, or do not begin with a document record, or hold a second one; else what `take` returns. */
gk_code gk_wire_each(gk_str lines, gk_arena *arena, gk_wire_record *take, void *user, gk_err *err);

#endif
