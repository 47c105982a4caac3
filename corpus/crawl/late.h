/* Libraries that are loaded when the first of their functions is called.
 *
 * Only a crawl asks anything of libcurl, but a program that is linked with it loads it, and two dozen libraries that it
 * is made of, at every start: that took longer than all else before the first document is read.
 *
 * A file gives the functions of such a library under their own names, and passes each call on (fetch_late.c), so that
 * callers are written as if the library was linked.
 */
#ifndef GK_CORPUS_CRAWL_LATE_H
#define GK_CORPUS_CRAWL_LATE_H

#include <stdbool.h>
#include <stddef.h>

/* A function of the library and the pointer to be set to it. */
typedef struct gk_late_function {
    const char *name;
    void *at; /* a pointer to a function, of the type of that function */
} gk_late_function;

typedef struct gk_late {
    const char *library; /* as the loader knows it: "libcurl.so.4" */
    const gk_late_function *functions;
    size_t count;
    bool loaded, missing; /* missing: it was looked for in vain */
} gk_late;

/* Sets all pointers at the first call. False, each time: the library or one of the functions is not there. The library
 * stays loaded until the process ends. Not for threads that call it at once. */
bool gk_late_load(gk_late *late);

#endif
