/* Functions whose loops compilers make vector instructions of, built twice: for every processor, and for those with wider
 * vectors. The loader chooses once, when the program starts.
 *
 * Only for functions that work through a long text in one call, since each call is an indirect one. Where the compiler or
 * the C library cannot do it, and under sanitizers, which are not ready yet when the loader asks, there is one version.
 */
#ifndef GK_BASE_WIDE_H
#define GK_BASE_WIDE_H

#include <stdlib.h> /* __GLIBC__ */

#if defined(__x86_64__) && defined(__GLIBC__) && defined(__GNUC__) && !defined(__clang__) && \
    !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define GK_WIDE __attribute__((target_clones("avx2", "default")))
#else
#define GK_WIDE
#endif

#endif
