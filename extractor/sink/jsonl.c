/* The sinks that hand JSON on: lines as they come, or one array. */
#include <stdlib.h>

#include "sink/driver.h"

static gk_code jsonl_put(gk_sink *sink, gk_str lines, gk_err *err) { return gk_file_write(&sink->file, lines, err); }

const gk_driver gk_driver_jsonl = {.put = jsonl_put};

/* The array "[", line, "," line ..., "]": one record a line, so that the file stays readable and greppable. */
typedef struct array_state {
    bool begun;
    gk_buf text;
} array_state;

static gk_code json_open(gk_sink *sink, gk_err *err) {
    (void)err;
    sink->state = gk_alloc_zero(1, sizeof(array_state));
    return GK_OK;
}

static gk_code json_put(gk_sink *sink, gk_str lines, gk_err *err) {
    array_state *s = sink->state;
    gk_buf_clear(&s->text);
    for (size_t at = 0; at < lines.len;) {
        const char *lf = memchr(lines.ptr + at, '\n', lines.len - at);
        size_t end = lf ? (size_t)(lf - lines.ptr) : lines.len;
        if (end > at) {
            gk_buf_put(&s->text, s->begun ? GK_STR(",\n") : GK_STR("[\n"));
            gk_buf_put(&s->text, gk_str_slice(lines, at, end));
            s->begun = true;
        }
        at = end + 1;
    }
    return gk_file_write(&sink->file, gk_buf_str(&s->text), err);
}

static gk_code json_end(gk_sink *sink, gk_err *err) {
    const array_state *s = sink->state;
    return gk_file_write(&sink->file, s->begun ? GK_STR("\n]\n") : GK_STR("[]\n"), err);
}

static void json_free(gk_sink *sink) {
    array_state *s = sink->state;
    if (!s) return;
    gk_buf_free(&s->text);
    free(s);
}

const gk_driver gk_driver_json = {.open = json_open, .put = json_put, .end = json_end, .free = json_free};
