#include "emit/clean.h"

#include "text/charset.h"

static const char replacement[3] = "\xEF\xBF\xBD";

/* Copies a well-formed run, NULs replaced; returns the bytes written. */
static size_t copy_run(char *to, gk_str run) {
    size_t len = 0;
    while (run.len) {
        const char *nul = memchr(run.ptr, '\0', run.len);
        size_t good = nul ? (size_t)(nul - run.ptr) : run.len;
        memcpy(to + len, run.ptr, good);
        len += good;
        if (!nul) break;
        memcpy(to + len, replacement, sizeof replacement);
        len += sizeof replacement;
        run = gk_str_slice(run, good + 1, run.len);
    }
    return len;
}

static gk_str repaired(gk_str s, gk_arena *arena) {
    char *copy = gk_arena_alloc(arena, s.len * sizeof replacement + 1);
    size_t len = 0;
    while (s.len) {
        size_t good = s.len;
        bool whole = gk_utf8_valid(s, &good);
        if (whole) good = s.len;
        len += copy_run(copy + len, gk_str_slice(s, 0, good));
        if (whole) break;
        memcpy(copy + len, replacement, sizeof replacement);
        len += sizeof replacement;
        s = gk_str_slice(s, good + 1, s.len);
    }
    copy[len] = '\0';
    return (gk_str){copy, len};
}

gk_str gk_clean_text(gk_str s, gk_arena *arena) {
    if (!s.len) return gk_arena_dup(arena, GK_STR(""));
    if (!memchr(s.ptr, '\0', s.len) && gk_utf8_valid(s, NULL)) return gk_arena_dup(arena, s);
    return repaired(s, arena);
}
