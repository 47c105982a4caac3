/* Libraries that are loaded when they are asked for. */
#include <dlfcn.h>

#include "check.h"
#include "corpus/crawl/fetch.h"
#include "corpus/crawl/late.h"

static bool is_loaded(const char *library) { return dlopen(library, RTLD_LAZY | RTLD_NOLOAD) != NULL; }

static void finds_functions(void) {
    static double (*cosine)(double);
    static const gk_late_function functions[] = {{"cos", &cosine}};
    gk_late late = {.library = "libm.so.6", .functions = functions, .count = 1};
    CHECK(gk_late_load(&late));
    CHECK(cosine && cosine(0) == 1);
    CHECK(gk_late_load(&late));
}

static void misses_a_library(void) {
    gk_late late = {.library = "libgongkai-that-nobody-has.so.7"};
    CHECK(!gk_late_load(&late));
    CHECK(late.missing);
    late.library = "libm.so.6"; /* it is not looked for again */
    CHECK(!gk_late_load(&late));
}

static void misses_a_function(void) {
    static double (*cosine)(double), (*other)(double);
    static const gk_late_function functions[] = {{"cos", &cosine}, {"a_function_that_is_not_there", &other}};
    gk_late late = {.library = "libm.so.6", .functions = functions, .count = 2};
    CHECK(!gk_late_load(&late));
    CHECK(!other);
}

/* The first fetcher loads libcurl, and nothing before it does: every start of the program would take longer. */
static void loads_with_the_first_fetcher(void) {
    CHECK(!is_loaded("libcurl.so.4"));
    gk_err err = {0};
    gk_fetch_options options = {.user_agent = "test", .concurrency = 1};
    gk_fetcher *f = gk_fetcher_new(&options, &err);
    CHECK(f);
    CHECK(is_loaded("libcurl.so.4"));
    gk_fetcher_free(f);
}

int main(void) {
    finds_functions();
    misses_a_library();
    misses_a_function();
    loads_with_the_first_fetcher();
    return CHECK_DONE();
}
