/* The whole-engine tests of pattern sets: the built-in set passes, and mistakes are told with their place. */
#include "check.h"
#include "extract/selftest.h"

static gk_buf told;
static gk_set *builtin;

static void hear(void *user, gk_str line) {
    (void)user;
    gk_buf_put(&told, line);
    gk_buf_putc(&told, '\n');
}

/* Failures of a set of one file. */
static size_t failures(const char *yaml) {
    gk_err err = {0};
    gk_str fold = gk_set_table(builtin, GK_STR("fold.tsv"));
    gk_str files[][2] = {{GK_STR("t.yaml"), gk_str_of(yaml)}, {GK_STR("fold.tsv"), fold}};
    gk_set *set = gk_set_load_memory((const gk_str(*)[2])files, fold.len ? 2 : 1, &err);
    told.len = 0;
    if (!set) {
        fprintf(stderr, "%u: %s\n", err.line, err.message);
        return SIZE_MAX;
    }
    size_t n = gk_extract_self_test(set, hear, NULL, NULL, NULL);
    gk_set_free(set);
    return n;
}

#define HEAD                                                                                                           \
    "maps:\n  units: {元: amount, 万元: amount}\n"                                                                     \
    "rules:\n"                                                                                                         \
    "  - id: spent\n    scope: lead\n    at: [支出]\n    pattern: |\n      支出\n    set: {measure: actual}\n"          \
    "    yes:\n      - {on: \"支出\"}\n"

static bool heard(const char *part) {
    return gk_str_find(gk_buf_str(&told), gk_str_of(part)) != SIZE_MAX;
}

static void passes(void) {
    CHECK_INT(failures(HEAD "      - {text: \"会议费支出5元。\", gives: {raw: 5元, value: \"5\", measure: actual}}\n"
                            "    no:\n      - {text: \"会议费5元。\"}\n      - {on: \"收入\"}\n"),
              0);
    CHECK_STR(gk_buf_str(&told), "");
}

static void wrong_value(void) {
    /* Said four times: as written, wrapped, spaced, in full width. */
    CHECK_INT(failures(HEAD "      - {text: \"会议费支出5元。\", gives: {value: \"6\"}}\n"
                            "    no:\n      - {on: \"收入\"}\n"), 4);
    CHECK(heard("t.yaml:"));
    CHECK(heard("rule t:spent"));
    CHECK(heard("no record says what the test gives"));
    CHECK(heard("as written") && heard("wrapped") && heard("spaced") && heard("in full width"));
}

static void spoke(void) {
    CHECK_INT(failures(HEAD "    no:\n      - {text: \"会议费支出5元。\"}\n"), 1);
    CHECK(heard("the rule spoke, and must not"));
}

static void built_in_set(void) {
    CHECK_INT(gk_extract_self_test(builtin, NULL, NULL, NULL, NULL), 0);
}

int main(void) {
    gk_err err = {0};
    builtin = gk_set_load_builtin(&err);
    if (!builtin) return EXIT_FAILURE;
    passes();
    wrong_value();
    spoke();
    built_in_set();
    gk_set_free(builtin);
    gk_buf_free(&told);
    return CHECK_DONE();
}
