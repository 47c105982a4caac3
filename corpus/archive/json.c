#include "corpus/archive/json.h"

#include "emit/clean.h"
#include "emit/write.h"

void gk_json_text(gk_buf *out, const char *name, gk_str value) {
    if (!value.len) return;
    gk_arena arena = {0};
    value = gk_clean_text(value, &arena);
    gk_buf_printf(out, "%s\"%s\":", out->len && out->ptr[out->len - 1] != '{' ? "," : "", name);
    char *room = gk_buf_room(out, value.len * GK_JSON_LONGEST_ESCAPE + 2 + GK_JSON_SPARE);
    if (room) out->len += (size_t)(gk_write_text(room, value) - room);
    gk_arena_free(&arena);
}
