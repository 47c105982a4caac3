/* The sink of one flat table. */
#include <stdlib.h>

#include "emit/csv.h"
#include "sink/driver.h"
#include "sink/wire.h"

typedef struct csv_state {
    gk_arena arena;
    gk_buf rows;
} csv_state;

static gk_code csv_open(gk_sink *sink, gk_err *err) {
    csv_state *s = gk_alloc_zero(1, sizeof *s);
    sink->state = s;
    gk_csv_header(sink->options.bom, &s->rows);
    return gk_file_write(&sink->file, gk_buf_str(&s->rows), err);
}

static gk_code take(void *user, const gk_line *document, const gk_line *line, gk_err *err) {
    csv_state *s = user;
    (void)err;
    gk_csv_record(document->digest, &document->record, &line->record, &s->rows);
    return GK_OK;
}

static gk_code csv_put(gk_sink *sink, gk_str lines, gk_err *err) {
    csv_state *s = sink->state;
    gk_arena_reset(&s->arena);
    gk_buf_clear(&s->rows);
    gk_code code = gk_wire_each(lines, &s->arena, take, s, err);
    return code == GK_OK ? gk_file_write(&sink->file, gk_buf_str(&s->rows), err) : code;
}

static void csv_free(gk_sink *sink) {
    csv_state *s = sink->state;
    if (!s) return;
    gk_arena_free(&s->arena);
    gk_buf_free(&s->rows);
    free(s);
}

const gk_driver gk_driver_csv = {.open = csv_open, .put = csv_put, .free = csv_free};
