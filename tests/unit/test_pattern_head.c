/* Rules that begin with letters are tried on no subject that begins otherwise; what looks like such a beginning and is none
 * is tried all the same. */
#include "check.h"
#include "pattern/set.h"

#define RULE(id, scope, pattern)                                                                                       \
    "  - id: " id "\n    scope: " scope "\n    pattern: |\n      " pattern "\n"                                           \
    "    yes:\n      - {on: x}\n    no:\n      - {on: y}\n"

static const gk_str files[][2] = {
    {{"h.yaml", 6},
     GK_STR("rules:\n" /* of the two scopes each is matched on the same subjects */
            RULE("plain", "header", "row: [^|\\]]+")
            RULE("ways", "header", "row: 甲 | column: 乙")
            RULE("maybe", "header", "rows? : 甲")
            RULE("blank", "header", "rows ?: 甲")
            RULE("class", "header", "row: [|(] 甲")
            RULE("group", "header", "(?: row: | column: ) 丙")
            RULE("found", "fact", "\\A table: [^|]*表")
            RULE("anywhere", "fact", "table: 表")
            RULE("either", "fact", "\\A table: 表 | 二"))}};

/* The rule that matches best; how many were tried. */
static gk_str best(gk_matcher *m, gk_scope scope, const char *subject, uint64_t *tries) {
    gk_str s = gk_str_of(subject);
    gk_match match;
    uint64_t before = gk_matcher_tries(m);
    bool found = gk_match_best(m, scope, s, 0, s.len, &match);
    *tries = gk_matcher_tries(m) - before;
    return found ? match.rule->id : GK_STR("");
}

static void whole(gk_matcher *m) {
    uint64_t tries;
    CHECK_STR(best(m, GK_SCOPE_HEADER, "row:丁", &tries), "h:plain");
    CHECK_INT(tries, 6);
    CHECK_STR(best(m, GK_SCOPE_HEADER, "column:乙", &tries), "h:ways");
    CHECK_INT(tries, 4); /* not those that begin with "row:" */
    CHECK_STR(best(m, GK_SCOPE_HEADER, "column:丙", &tries), "h:group");
    CHECK_INT(tries, 4);
    CHECK_STR(best(m, GK_SCOPE_HEADER, "rows:甲", &tries), "h:maybe");
    CHECK_STR(best(m, GK_SCOPE_HEADER, "row:|甲", &tries), "h:class");
    CHECK_STR(best(m, GK_SCOPE_HEADER, "row", &tries), "");
}

static void searched(gk_matcher *m) {
    uint64_t tries;
    CHECK_STR(best(m, GK_SCOPE_FACT, "table:收入表", &tries), "h:found");
    CHECK_STR(best(m, GK_SCOPE_FACT, "document:table:表", &tries), "h:anywhere");
    CHECK_INT(tries, 2);
    CHECK_STR(best(m, GK_SCOPE_FACT, "document:二", &tries), "h:either");
}

int main(void) {
    gk_err err = {0};
    gk_set *set = gk_set_load_memory(files, 1, &err);
    if (!set) return fprintf(stderr, "%s\n", err.message), 1;
    gk_matcher *m = gk_matcher_new(set);
    for (int i = 0; i < 30; i++) whole(m), searched(m);
    gk_matcher_free(m);
    gk_set_free(set);
    return CHECK_DONE();
}
