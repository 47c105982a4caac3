#include "extract/tsv.h"

bool gk_tsv_line(gk_str table, size_t *at, gk_str *line) {
    if (*at >= table.len) return false;
    const char *begin = table.ptr + *at;
    const char *end = memchr(begin, '\n', table.len - *at);
    size_t len = end ? (size_t)(end - begin) : table.len - *at;
    *at += len + (end ? 1 : 0);
    if (len && begin[len - 1] == '\r') len--;
    *line = (gk_str){begin, len};
    return true;
}

size_t gk_tsv_split(gk_str line, gk_str *field, size_t cap) {
    size_t count = 0, at = 0;
    for (size_t i = 0; i < cap; i++) field[i] = GK_STR_NONE;
    while (count < cap && line.ptr) {
        const char *tab = at < line.len ? memchr(line.ptr + at, '\t', line.len - at) : NULL;
        size_t end = tab ? (size_t)(tab - line.ptr) : line.len;
        field[count++] = gk_str_slice(line, at, end);
        if (!tab) break;
        at = end + 1;
    }
    return count;
}

bool gk_tsv_directive(gk_str line, const char *word, gk_str *field, size_t cap) {
    gk_str name = gk_str_of(word);
    if (line.len < name.len + 2 || line.ptr[0] != '#' || line.ptr[name.len + 1] != '\t') return false;
    if (!gk_str_starts(gk_str_slice(line, 1, line.len), name)) return false;
    gk_tsv_split(gk_str_slice(line, name.len + 2, line.len), field, cap);
    return true;
}
