/* Site profiles: the tests that stand in corpus/sites, and what they cannot say: other encodings, limits, mistakes. */
#include "check.h"
#include "corpus/crawl/site.h"

static void print(void *user, gk_str line) {
    (void)user;
    fprintf(stderr, "%.*s\n", GK_STR_ARG(line));
}

static void test_builtin(gk_sites *s) {
    size_t tests = 0;
    CHECK_INT(gk_sites_test(s, print, NULL, &tests), 0);
    CHECK(tests > 20);
}

int main(void) {
    gk_err err = {0};
    gk_sites *s = gk_sites_load(NULL, &err);
    if (!s) {
        gk_buf message = {0};
        gk_err_print(&err, &message);
        fprintf(stderr, "%s\n", message.ptr);
        return EXIT_FAILURE;
    }
    test_builtin(s);
    gk_sites_free(s);
    return CHECK_DONE();
}
