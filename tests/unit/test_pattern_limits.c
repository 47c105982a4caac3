/* Patterns that backtrack without end, and subjects that repeat one literal, end in limits. */
#include <time.h>

#include "check.h"
#include "pattern/set.h"

#define TESTS "    yes:\n      - {on: x}\n    no:\n      - {on: y}\n"

static const gk_str files[][2] = {{{"a.yaml", 6},
                                   GK_STR("rules:\n"
                                          "  - id: endless\n"
                                          "    scope: fact\n"
                                          "    pattern: |\n"
                                          "      (?: (?:a|aa)+ )+ [bc]\n" TESTS
                                          "  - id: square\n"
                                          "    scope: label\n"
                                          "    pattern: |\n"
                                          "      [^。]* [元万]\n" TESTS
                                          "  - id: trigger\n"
                                          "    scope: lead\n"
                                          "    at: [比]\n"
                                          "    pattern: |\n"
                                          "      [^,]* (?:增|减)\n" TESTS
                                          "  - id: deep\n"
                                          "    scope: goal\n"
                                          "    pattern: |\n"
                                          "      (?: ( a (?1)? b? ) )+ c\n" TESTS)}};

static gk_str repeat(gk_buf *b, const char *text, size_t bytes) {
    gk_buf_clear(b);
    while (b->len < bytes) gk_buf_put(b, gk_str_of(text));
    return gk_buf_str(b);
}

static double seconds(void) {
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* The bound is far above what is needed, so that a slow machine or a sanitizer does not matter; without limits the first
 * of these would take longer than anyone waits. */
static void check_quick(gk_matcher *m, gk_scope scope, gk_str s) {
    gk_match match;
    double start = seconds();
    for (int i = 0; i < 14; i++) CHECK(!gk_match_best(m, scope, s, 0, s.len, &match));
    CHECK(seconds() - start < 20);
}

int main(void) {
    gk_err err = {0};
    gk_set *set = gk_set_load_memory(files, 1, &err);
    CHECK(set != NULL);
    if (!set) return fprintf(stderr, "%s\n", err.message), EXIT_FAILURE;
    gk_matcher *m = gk_matcher_new(set);
    gk_buf b = {0};
    check_quick(m, GK_SCOPE_FACT, repeat(&b, "a", 4000));
    CHECK(gk_matcher_limits(m) > 0);
    check_quick(m, GK_SCOPE_LABEL, repeat(&b, "比", 100000));
    check_quick(m, GK_SCOPE_LEAD, repeat(&b, "比", 300000));
    check_quick(m, GK_SCOPE_GOAL, repeat(&b, "a", 100000));
    gk_buf_free(&b);
    gk_matcher_free(m);
    gk_set_free(set);
    return CHECK_DONE();
}
