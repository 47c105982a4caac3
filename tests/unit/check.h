/* The few macros the unit tests are written with: a failed check prints its place and both values, and goes on. */
#ifndef GK_TESTS_CHECK_H
#define GK_TESTS_CHECK_H

#include <stdio.h>
#include <stdlib.h>

#include "base/str.h"

static int check_failed, check_count;

#define CHECK(condition)                                                                                               \
    (check_count++, (condition) ? (void)0                                                                              \
                                : (void)(check_failed++, fprintf(stderr, "%s:%d: not true: %s\n", __FILE__, __LINE__,  \
                                                                 #condition)))
#define CHECK_INT(got, want)                                                                                           \
    do {                                                                                                               \
        long long got_ = (long long)(got), want_ = (long long)(want);                                                  \
        check_count++;                                                                                                 \
        if (got_ != want_)                                                                                             \
            check_failed++, fprintf(stderr, "%s:%d: %s is %lld, not %lld\n", __FILE__, __LINE__, #got, got_, want_);   \
    } while (0)
#define CHECK_STR(got, want)                                                                                           \
    do {                                                                                                               \
        gk_str got_ = (got), want_ = gk_str_of(want);                                                                  \
        check_count++;                                                                                                 \
        if (!gk_str_eq(got_, want_))                                                                                   \
            check_failed++, fprintf(stderr, "%s:%d: %s is \"%.*s\", not \"%.*s\"\n", __FILE__, __LINE__, #got,         \
                                    GK_STR_ARG(got_), GK_STR_ARG(want_));                                              \
    } while (0)
/* At the end of main: return CHECK_DONE(); */
#define CHECK_DONE()                                                                                                   \
    (printf("%d passed, %d failed\n", check_count - check_failed, check_failed), check_failed ? EXIT_FAILURE : 0)

#endif
