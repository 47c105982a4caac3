#include "run/convert.h"

#include "base/mem.h"

_Static_assert(sizeof((gongkai_error *)0)->message == sizeof((gk_err *)0)->message, "messages differ");
_Static_assert(sizeof((gongkai_error *)0)->file == sizeof((gk_err *)0)->file, "file names differ");
_Static_assert(sizeof((gongkai_error *)0)->text == sizeof((gk_err *)0)->text, "source lines differ");

void gk_public_error(const gk_err *err, gongkai_error *out) {
    if (!out) return;
    *out = (gongkai_error){.name = err->code == GK_OK ? "" : gk_code_name(err->code),
                           .line = err->line,
                           .column = err->column,
                           .offset = err->offset};
    memcpy(out->message, err->message, sizeof out->message);
    memcpy(out->file, err->file, sizeof out->file);
    memcpy(out->text, err->text, sizeof out->text);
}

static gk_code code_of(const char *name) {
    for (gk_code code = GK_OK; code < GK_CODE_COUNT; code++)
        if (strcmp(gk_code_name(code), name) == 0) return code;
    return GK_E_INTERNAL;
}

void gongkai_error_print(const gongkai_error *error, char *out, size_t size) {
    gk_err err = {.code = code_of(error->name), .line = error->line, .column = error->column, .offset = error->offset};
    memcpy(err.message, error->message, sizeof err.message);
    memcpy(err.file, error->file, sizeof err.file);
    memcpy(err.text, error->text, sizeof err.text);
    gk_buf b = {0};
    gk_err_print(&err, &b);
    size_t len = b.len < size ? b.len : size - 1;
    if (len) memcpy(out, b.ptr, len);
    out[len] = '\0';
    gk_buf_free(&b);
}
