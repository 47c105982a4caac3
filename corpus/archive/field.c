#include "corpus/archive/field.h"

#include "base/eight.h"

static bool is_control(char c) { return (unsigned char)c < ' ' || c == 0x7F; }

/* Hardly any value holds one. */
static bool has_control(gk_str s) {
    size_t at = 0;
    for (; s.len - at >= 8; at += 8) {
        uint64_t eight = gk_eight_at(s.ptr + at);
        if (gk_eight_below(eight, ' ') | gk_eight_has(eight, 0x7F)) return true;
    }
    while (at < s.len && !is_control(s.ptr[at])) at++;
    return at < s.len;
}

void gk_field_put(gk_buf *out, gk_str name, gk_str value, gk_str after) {
    if (!value.len) return;
    char *at = gk_buf_room(out, name.len + value.len + after.len);
    if (!at) return;
    out->len += name.len + value.len + after.len;
    memcpy(at, name.ptr, name.len);
    at += name.len;
    memcpy(at, value.ptr, value.len);
    memcpy(at + value.len, after.ptr, after.len);
    if (!has_control(value)) return;
    for (size_t i = 0; i < value.len; i++)
        if (is_control(at[i])) at[i] = ' ';
}
