/* Memory: one hook for exhaustion, arenas, and growing arrays.
 *
 * Out of memory never returns to the caller: gk_oom() calls the hook and then aborts. Hostile input is stopped earlier
 * by the named maxima of base/limits.h.
 */
#ifndef GK_BASE_MEM_H
#define GK_BASE_MEM_H

#include "base/str.h"

/* Called with the number of bytes that could not be had; must not return. NULL restores the default (message, abort).
 * Set once before any thread starts. */
typedef void gk_oom_hook(size_t bytes);
void gk_oom_set_hook(gk_oom_hook *hook);
_Noreturn void gk_oom(size_t bytes);

/* malloc, calloc, realloc that never return NULL. Free with free(). */
void *gk_alloc(size_t bytes);
void *gk_alloc_zero(size_t count, size_t size);
void *gk_realloc(void *old, size_t bytes);

/* An arena: many allocations, one free. Not shared between threads. Memory is aligned for any type and NOT cleared. */
typedef struct gk_arena {
    struct gk_arena_chunk *chunk; /* newest first */
    size_t used, cap;             /* of the newest chunk */
    size_t total;                 /* bytes held in all chunks */
} gk_arena;

void *gk_arena_alloc(gk_arena *a, size_t bytes);
void *gk_arena_zero(gk_arena *a, size_t bytes);
/* A copy of s in the arena with a NUL behind it (not counted in len). An absent string stays absent. */
gk_str gk_arena_dup(gk_arena *a, gk_str s);
/* The parts one behind the other, with a NUL behind the last (not counted in len). */
gk_str gk_arena_join(gk_arena *a, const gk_str *parts, size_t count);
#define GK_JOIN(a, ...)                                                                                                \
    gk_arena_join((a), (const gk_str[]){__VA_ARGS__}, sizeof((const gk_str[]){__VA_ARGS__}) / sizeof(gk_str))
/* A formatted string in the arena. */
gk_str gk_arena_printf(gk_arena *a, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Forgets everything but keeps the largest chunk for reuse. */
void gk_arena_reset(gk_arena *a);
void gk_arena_free(gk_arena *a);

/* Growing array of T:  GK_VEC(int) v = {0};  *gk_vec_push(&v) = 7;  v.at[0];  gk_vec_free(&v);
 * A new element is not cleared. */
#define GK_VEC(T)                                                                                                      \
    struct {                                                                                                           \
        T *at;                                                                                                         \
        size_t len, cap;                                                                                               \
    }
#define gk_vec_push(v)                                                                                                 \
    ((v)->len == (v)->cap ? (void)((v)->at = gk_vec_grow_((v)->at, &(v)->cap, sizeof *(v)->at)) : (void)0,              \
     &(v)->at[(v)->len++])
/* Makes room for n more: what is written behind len counts when len is raised. */
#define gk_vec_room(v, n)                                                                                              \
    do {                                                                                                               \
        while ((v)->cap - (v)->len < (size_t)(n))                                                                      \
            (v)->at = gk_vec_grow_((v)->at, &(v)->cap, sizeof *(v)->at);                                               \
    } while (0)
#define gk_vec_free(v) (free((v)->at), (v)->at = NULL, (v)->len = (v)->cap = 0)
void *gk_vec_grow_(void *at, size_t *cap, size_t size);

#endif
