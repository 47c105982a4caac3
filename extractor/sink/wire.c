#include "sink/wire.h"

gk_code gk_wire_each(gk_str text, gk_arena *arena, gk_wire_record *take, void *user, gk_err *err) {
    gk_lines lines = {.text = text, .name = GK_STR("records")};
    gk_line document = {0};
    for (gk_line line;;) {
        if (gk_lines_next(&lines, arena, &line, err) != GK_OK) {
            if (err) err->code = GK_E_OUTPUT;
            return GK_E_OUTPUT;
        }
        if (!line.text.ptr) return GK_OK;
        if ((line.record.kind == GK_KIND_DOCUMENT) != !document.text.ptr)
            return gk_err_set(err, GK_E_OUTPUT, "the records of a document do not begin with its document record");
        if (!document.text.ptr) document = line;
        gk_code code = take(user, &document, &line, err);
        if (code != GK_OK) return code;
    }
}
