#include "base/mem.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

static gk_oom_hook *oom_hook;

void gk_oom_set_hook(gk_oom_hook *hook) { oom_hook = hook; }

_Noreturn void gk_oom(size_t bytes) {
    if (oom_hook) oom_hook(bytes);
    abort();
}

void *gk_alloc(size_t bytes) {
    void *p = malloc(bytes ? bytes : 1);
    if (!p) gk_oom(bytes);
    return p;
}

void *gk_alloc_zero(size_t count, size_t size) {
    void *p = calloc(count ? count : 1, size ? size : 1);
    if (!p) gk_oom(count * size);
    return p;
}

void *gk_realloc(void *old, size_t bytes) {
    void *p = realloc(old, bytes ? bytes : 1);
    if (!p) gk_oom(bytes);
    return p;
}

void *gk_vec_grow_(void *at, size_t *cap, size_t size) {
    enum { MUCH = 64 << 20 }; /* bytes: what is large may grow more often, and has less room that is not used */
    size_t next = !*cap ? 8 : *cap < MUCH / size ? *cap * 2 : *cap + *cap / 2;
    if (next > SIZE_MAX / size / 2 || next <= *cap) gk_oom(SIZE_MAX);
    *cap = next;
    return gk_realloc(at, next * size);
}

struct gk_arena_chunk {
    struct gk_arena_chunk *next;
    size_t cap;
    max_align_t data[];
};

enum { ARENA_FIRST = 16 * 1024, ARENA_MOST = 1024 * 1024 };

static void arena_add(gk_arena *a, size_t bytes) {
    size_t cap = a->cap ? a->cap * 2 : ARENA_FIRST;
    if (cap > ARENA_MOST) cap = ARENA_MOST;
    if (cap < bytes) cap = bytes;
    struct gk_arena_chunk *chunk = gk_alloc(sizeof *chunk + cap);
    *chunk = (struct gk_arena_chunk){.next = a->chunk, .cap = cap};
    a->chunk = chunk;
    a->used = 0;
    a->cap = cap;
    a->total += cap;
}

void *gk_arena_alloc(gk_arena *a, size_t bytes) {
    const size_t unit = _Alignof(max_align_t);
    if (bytes > SIZE_MAX / 2) gk_oom(bytes);
    bytes = (bytes + unit - 1) / unit * unit;
    if (a->cap - a->used < bytes) arena_add(a, bytes);
    void *p = (char *)a->chunk->data + a->used;
    a->used += bytes;
    return p;
}

void *gk_arena_zero(gk_arena *a, size_t bytes) { return memset(gk_arena_alloc(a, bytes), 0, bytes); }

gk_str gk_arena_dup(gk_arena *a, gk_str s) {
    if (!s.ptr) return s;
    char *p = gk_arena_alloc(a, s.len + 1);
    if (s.len) memcpy(p, s.ptr, s.len);
    p[s.len] = '\0';
    return (gk_str){p, s.len};
}

gk_str gk_arena_join(gk_arena *a, const gk_str *parts, size_t count) {
    size_t len = 0, at = 0;
    for (size_t i = 0; i < count; i++) len += parts[i].len;
    char *p = gk_arena_alloc(a, len + 1);
    for (size_t i = 0; i < count; at += parts[i++].len)
        if (parts[i].len) memcpy(p + at, parts[i].ptr, parts[i].len);
    p[len] = '\0';
    return (gk_str){p, len};
}

gk_str gk_arena_printf(gk_arena *a, const char *format, ...) {
    char room[512]; /* what fits here, as most does, is formatted once */
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int n = vsnprintf(room, sizeof room, format, args);
    va_end(args);
    gk_str s = {gk_arena_alloc(a, (size_t)(n < 0 ? 0 : n) + 1), n < 0 ? 0 : (size_t)n};
    if (s.len < sizeof room) memcpy((char *)s.ptr, room, s.len + 1);
    else vsnprintf((char *)s.ptr, s.len + 1, format, again);
    va_end(again);
    return s;
}

void gk_arena_reset(gk_arena *a) {
    struct gk_arena_chunk *keep = a->chunk;
    for (struct gk_arena_chunk *c = a->chunk, *next; c; c = next) {
        next = c->next;
        if (c->cap > keep->cap) keep = c;
    }
    for (struct gk_arena_chunk *c = a->chunk, *next; c; c = next) {
        next = c->next;
        if (c != keep) free(c);
    }
    if (keep) keep->next = NULL;
    *a = (gk_arena){.chunk = keep, .cap = keep ? keep->cap : 0, .total = keep ? keep->cap : 0};
}

void gk_arena_free(gk_arena *a) {
    for (struct gk_arena_chunk *c = a->chunk, *next; c; c = next) {
        next = c->next;
        free(c);
    }
    *a = (gk_arena){0};
}
