#include "corpus/archive/field.h"

static bool is_control(char c) { return (unsigned char)c < ' ' || c == 0x7F; }

/* Whether one of eight bytes is below `than`, which is at most 0x80: the subtraction borrows from its highest bit, and that
 * bit was not set before. */
static bool any_below(uint64_t eight, unsigned char than) {
    const uint64_t ones = 0x0101010101010101u;
    return ((eight - ones * than) & ~eight & ones * 0x80) != 0;
}

/* Eight bytes at a time, since hardly any value holds one. */
static bool has_control(gk_str s) {
    const uint64_t deletes = 0x7F7F7F7F7F7F7F7Fu;
    size_t at = 0;
    for (uint64_t eight; s.len - at >= sizeof eight; at += sizeof eight) {
        memcpy(&eight, s.ptr + at, sizeof eight);
        if (any_below(eight, ' ') || any_below(eight ^ deletes, 1)) return true;
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
