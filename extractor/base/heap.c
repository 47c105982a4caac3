/* sbrk and madvise are in no standard, mallopt is of the GNU C library. */
#define _DEFAULT_SOURCE

#include "base/heap.h"

#include <stdint.h>
#include <stdlib.h>

#if defined(__GLIBC__)

#include <malloc.h>
#include <sys/mman.h>
#include <unistd.h>

enum {
    HEAP_BYTES = 16 << 20, /* twice what documents of 50 KB need */
    STEP_BYTES = 1 << 20,  /* by which it grows later */
    LARGE_BLOCK = 1 << 20, /* bytes from which a block is had from the system for itself */
    HUGE_PAGE = 2 << 20    /* bytes: the size of most machines */
};

/* Makes the heap longer at once: a block that does not fit takes what is to be spare with it. */
static void grow(void) {
    mallopt(M_TOP_PAD, HEAP_BYTES);
    void *volatile block = malloc(LARGE_BLOCK / 2);
    free(block);
    mallopt(M_TOP_PAD, STEP_BYTES);
}

void gk_heap_settle(void) {
    mallopt(M_MMAP_THRESHOLD, LARGE_BLOCK);
    mallopt(M_TRIM_THRESHOLD, 2 * HEAP_BYTES);
    uintptr_t first = (uintptr_t)sbrk(0);
    grow();
    uintptr_t end = (uintptr_t)sbrk(0);
    first = (first + HUGE_PAGE - 1) / HUGE_PAGE * HUGE_PAGE;
#if defined(MADV_HUGEPAGE)
    if (first < end) madvise((void *)first, end - first, MADV_HUGEPAGE);
#endif
}

#else

void gk_heap_settle(void) {}

#endif
