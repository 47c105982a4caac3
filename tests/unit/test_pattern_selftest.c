/* The tests that rules carry, in all their variants. */
#include "check.h"
#include "pattern/set.h"

#define RULE(scope, dispatch, pattern, yes, no)                                                                        \
    "rules:\n  - id: one\n    scope: " scope "\n    " dispatch "\n    pattern: |\n      " pattern "\n    yes: [" yes    \
    "]\n    no: [" no "]\n"

static gk_buf said;

static void say(void *user, gk_str line) {
    (void)user;
    gk_buf_put(&said, line);
    gk_buf_putc(&said, '\n');
}

static size_t failures(const char *source) {
    const gk_str file[][2] = {{GK_STR("t.yaml"), gk_str_of(source)}};
    gk_err err = {0};
    gk_set *set = gk_set_load_memory(file, 1, &err);
    gk_buf_clear(&said);
    if (!set) {
        fprintf(stderr, "%s:%u:%u: %s\n", err.file, err.line, err.column, err.message);
        return SIZE_MAX;
    }
    size_t n = gk_set_self_test(set, say, NULL);
    gk_set_free(set);
    return n;
}

#define CHECK_SAID(text)                                                                                               \
    do {                                                                                                               \
        bool said_ = gk_str_find(gk_buf_str(&said), GK_STR(text)) != SIZE_MAX;                                         \
        CHECK(said_);                                                                                                  \
        if (!said_) fprintf(stderr, "-> %.*s", GK_STR_ARG(gk_buf_str(&said)));                                         \
    } while (0)

static void test_good(void) {
    CHECK_INT(failures(RULE("lead", "at: [比]", "比上年(?<sign>增加|减少)",
                            "{on: 支出5万元，比上年增加, gives: {sign: 增加}}", "{on: 比例}")),
              0);
    CHECK_INT(failures(RULE("exclude", "before: [第]", "\\d+条",
                            "{on: '见第|12|条'}, {on: 第12条}, {on: '5个第|12|条'}", "{on: '|12|条'}, {on: 第3款}")),
              0);
    CHECK_INT(failures(RULE("exclude", "least: 3", "\\d+", "{on: '|123|'}, {on: '|1.2|'}", "{on: '|12|'}")), 0);
    CHECK_INT(failures(RULE("tail", "at: [以上]", "(?<qualifier>以上)", "{on: '5人|以上', gives: {qualifier: 以上}}",
                            "{on: 5人以上}")),
              0);
    CHECK_INT(failures(RULE("goal", "needs: ['%']", "完成率 [>=]* (?<target>[0-9.]+%)",
                            "{on: '完成率98.5%', gives: {target: '98.5%'}}", "{on: 完成率98.5}")),
              0);
    CHECK_INT(failures(RULE("header", "needs: [数]", "(?:预算|决算)数", "{on: 预算数}", "{on: 预算数合计}")), 0);
}

static void test_bad(void) {
    CHECK_INT(failures(RULE("tail", "at: [增]", "增加", "{on: 减少}", "{on: 减少}")), 1);
    CHECK_SAID("t.yaml:7: rule t:one: \"减少\" does not match");
    CHECK_INT(failures(RULE("tail", "at: [增]", "增加", "{on: 增加}", "{on: 增加额}")), 1);
    CHECK_SAID("t.yaml:8: rule t:one: \"增加额\" matches");
    CHECK_INT(failures(RULE("tail", "at: [减]", "(?<sign>增|减)", "{on: 增}", "{on: 加}")), 1); /* not dispatched */
    CHECK_INT(failures(RULE("tail", "at: [增]", "(?<sign>增加?)", "{on: 增加, gives: {sign: 增}}", "{on: 加}")), 1);
    CHECK_SAID("tells something else: sign is \"增加\", not \"增\"");
    CHECK_INT(failures(RULE("tail", "at: [增]", "(?<sign>增)", "{on: 增加, gives: {year: ''}}", "{on: 加}")), 0);
    CHECK_INT(failures(RULE("exclude", "before: [第]", "\\d+条", "{on: '见第|12|条'}", "{on: '5个第12条'}")), 1);
}

/* A pattern that sees where a line was broken fails as wrapped, spaced or in full width. */
static void test_variants(void) {
    CHECK_INT(failures(RULE("block", "needs: [a]", "a(?!.*\\s)b",
                            "{on: 'ab，c d'}", "{on: x}")),
              1);
    CHECK_INT(failures(RULE("tail", "at: ['1']", "1年(?<year>2024)", "{on: 1年2024, gives: {year: '2024'}}", "{on: x}")),
              0);
}

int main(void) {
    test_good();
    test_bad();
    test_variants();
    gk_buf_free(&said);
    return CHECK_DONE();
}
