/* Loading a set, its vocabulary, and matching in each mode. */
#include "check.h"
#include "pattern/set.h"

#define TESTS "    yes:\n      - {on: x}\n    no:\n      - {on: y}\n"

static const gk_str files[][2] = {
    {{"a.yaml", 6},
     GK_STR("words:\n"
            "  direction: [增加, 减少, 增, 减]\n"
            "  odd: ['a b', 'c#d', '(e)']\n"
            "define:\n"
            "  than: 比{{when}}?\n"
            "  when: |-\n"
            "    (?:上年|去年) # the year before\n"
            "maps:\n"
            "  units: {元: '0', 万元: '4', 亿元: '8', 万: '4'}\n"
            "rules:\n"
            "  - id: change\n"
            "    scope: lead\n"
            "    priority: 1\n"
            "    at: [比, 较]\n"
            "    pattern: |\n"
            "      {{than}} (?<sign> {{direction}} )\n"
            "    set: {measure: change, sign: none}\n"
            "    yes:\n"
            "      - {on: 比上年增加, gives: {sign: 增加, measure: change}}\n"
            "    no:\n"
            "      - {on: 比例}\n"
            "  - id: twice\n"
            "    scope: lead\n"
            "    at: ['{{direction}}']\n"
            "    pattern: |\n"
            "      (?<sign>增加) | (?<sign>减少)\n" TESTS
            "  - id: clause\n"
            "    scope: exclude\n"
            "    before: [第]\n"
            "    after: [条, 款]\n"
            "    pattern: |\n"
            "      \\d+ (?:条|款)\n"
            "    set: {class: law}\n" TESTS
            "  - id: year\n"
            "    scope: exclude\n"
            "    after: [年]\n"
            "    pattern: |\n"
            "      (?<! \\d ) \\d{4} 年\n"
            "    set: {class: date}\n" TESTS
            "  - id: line\n"
            "    scope: exclude\n"
            "    before: [\"\\n\"]\n"
            "    at: ['30', '4']\n"
            "    pattern: |\n"
            "      \\d+\n" TESTS
            "  - id: any\n"
            "    scope: exclude\n"
            "    pattern: |\n"
            "      \\d\n" TESTS)},
    {{"b.yaml", 6},
     GK_STR("rules:\n"
            "  - id: title\n"
            "    scope: fact\n"
            "    needs: [预算, 决算]\n"
            "    pattern: |\n"
            "      (?<year>\\d{4}) 年\n" TESTS
            "  - id: first\n"
            "    scope: goal\n"
            "    needs: [目标]\n"
            "    ahead: [以上, 以下]\n"
            "    pattern: |\n"
            "      \\d\n" TESTS
            "  - id: header\n"
            "    scope: header\n"
            "    pattern: |\n"
            "      预算 | 预算数\n" TESTS
            "  - id: tail\n"
            "    scope: tail\n"
            "    at: [的]\n"
            "    pattern: |\n"
            "      的 (?<whole> [^。]+ ) {{odd}}?\n" TESTS)},
};

static gk_set *load(void) {
    gk_err err = {0};
    gk_set *set = gk_set_load_memory(files, 2, &err);
    if (!set) fprintf(stderr, "%s:%u:%u: %s\n", err.file, err.line, err.column, err.message), exit(1);
    return set;
}

static void test_set(const gk_set *set) {
    size_t count;
    const gk_rule *rules = gk_set_rules(set, &count);
    CHECK_INT(count, 10);
    CHECK_STR(rules[0].id, "a:change");
    CHECK_STR(rules[6].id, "b:title");
    CHECK_INT(rules[0].line, 11);
    CHECK_STR(rules[0].expanded, "(?:比(?:(?:上年|去年) )?) (?<sign> (?:增加|减少|增|减) )\n");
    CHECK_STR(rules[9].expanded, "的 (?<whole> [^。]+ ) (?:a\\ b|c\\#d|\\(e\\))?\n");
    CHECK_INT(gk_set_digest(set).len, 64);
    gk_set_tests(set, &count);
    CHECK_INT(count, 20);
}

static void test_trigger(gk_matcher *m) {
    gk_match match;
    gk_str s = GK_STR("较大，比上年增加5");
    size_t end = s.len - 1;
    CHECK(gk_match_best(m, GK_SCOPE_LEAD, s, 0, end, &match));
    CHECK_STR(match.rule->id, "a:change");
    CHECK_STR(gk_match_value(&match, s, GK_KEY_SIGN), "增加");
    CHECK_STR(gk_match_value(&match, s, GK_KEY_MEASURE), "change");
    CHECK(gk_match_value(&match, s, GK_KEY_YEAR).ptr == NULL);
    CHECK_INT(match.start, 9);
    CHECK_INT(match.end, end);
    CHECK(!gk_match_best(m, GK_SCOPE_LEAD, s, 0, s.len, &match));
    CHECK(!gk_match_best(m, GK_SCOPE_LEAD, s, 0, 0, &match));
    gk_match all[4];
    CHECK_INT(gk_match_all(m, GK_SCOPE_LEAD, s, 0, end, all, 4), 2);
    CHECK_STR(all[1].rule->id, "a:twice");
    CHECK_INT(gk_match_all(m, GK_SCOPE_LEAD, s, 0, end, all, 1), 1);
    s = GK_STR("减少");
    CHECK(gk_match_best(m, GK_SCOPE_LEAD, s, 0, s.len, &match));
    CHECK_STR(gk_match_value(&match, s, GK_KEY_SIGN), "减少"); /* the second group of the name */
}

static void test_number(gk_matcher *m) {
    gk_match match;
    gk_str s = GK_STR("依照第12条，2024年");
    CHECK(gk_match_best(m, GK_SCOPE_EXCLUDE, s, 9, 11, &match));
    CHECK_STR(match.rule->id, "a:clause");
    CHECK(gk_match_best(m, GK_SCOPE_EXCLUDE, s, 17, 21, &match));
    CHECK_STR(match.rule->id, "a:year");
    CHECK(gk_match_best(m, GK_SCOPE_EXCLUDE, s, 18, 21, &match)); /* the lookbehind sees the 2 before it */
    CHECK_STR(match.rule->id, "a:any");
    s = GK_STR("12条");
    CHECK(gk_match_best(m, GK_SCOPE_EXCLUDE, s, 0, 2, &match));
    CHECK_STR(match.rule->id, "a:any");
    s = GK_STR("301\n45\n31"); /* one literal of each list, and a line end before the first character */
    CHECK(gk_match_best(m, GK_SCOPE_EXCLUDE, s, 0, 3, &match));
    CHECK_STR(match.rule->id, "a:line");
    CHECK(gk_match_best(m, GK_SCOPE_EXCLUDE, s, 4, 6, &match));
    CHECK_STR(match.rule->id, "a:line");
    CHECK(gk_match_best(m, GK_SCOPE_EXCLUDE, s, 7, 9, &match));
    CHECK_STR(match.rule->id, "a:any");
    CHECK(gk_match_best(m, GK_SCOPE_EXCLUDE, s, 5, 6, &match));
    CHECK_STR(match.rule->id, "a:any");
}

/* One literal of each list; behind the last of `ahead` no match begins. */
static void test_ahead(gk_matcher *m) {
    gk_match all[4];
    gk_str s = GK_STR("目标1以上2以上3");
    CHECK_INT(gk_match_all(m, GK_SCOPE_GOAL, s, 0, s.len, all, 4), 2);
    CHECK_INT(all[1].start, 13);
    CHECK_INT(gk_match_all(m, GK_SCOPE_GOAL, s, 7, s.len, all, 4), 0);
    s = GK_STR("目标1");
    CHECK_INT(gk_match_all(m, GK_SCOPE_GOAL, s, 0, s.len, all, 4), 0);
}

static void test_others(gk_matcher *m) {
    gk_match match, all[3];
    gk_str s = GK_STR("2023年决算，2024年");
    CHECK(gk_match_best(m, GK_SCOPE_FACT, s, 0, s.len, &match));
    CHECK_STR(gk_match_value(&match, s, GK_KEY_YEAR), "2023");
    CHECK_INT(gk_match_all(m, GK_SCOPE_FACT, s, 0, s.len, all, 3), 2);
    CHECK_INT(all[1].start, 16);
    CHECK(!gk_match_best(m, GK_SCOPE_FACT, s, 16, s.len, &match)); /* the literal stands outside */
    s = GK_STR("预算数");
    CHECK(gk_match_best(m, GK_SCOPE_HEADER, s, 0, s.len, &match));
    CHECK_INT(match.end, 9);
    CHECK(!gk_match_best(m, GK_SCOPE_HEADER, s, 3, s.len, &match));
    s = GK_STR("5%的支出。");
    CHECK(gk_match_best(m, GK_SCOPE_TAIL, s, 2, s.len, &match));
    CHECK_STR(gk_match_value(&match, s, GK_KEY_WHOLE), "支出");
    CHECK(!gk_match_best(m, GK_SCOPE_TAIL, s, 0, s.len, &match));
    CHECK(!gk_match_best(m, GK_SCOPE_GOAL, s, 0, s.len, &match));
}

static void test_maps(const gk_set *set) {
    const gk_map *units = gk_set_map(set, GK_STR("units"));
    gk_str value = {0};
    size_t len = 0;
    CHECK(units != NULL);
    CHECK(gk_set_map(set, GK_STR("than")) == NULL);
    CHECK(gk_set_map(set, GK_STR("nothing")) == NULL);
    CHECK_STR(gk_map_get(units, GK_STR("万元")), "4");
    CHECK(gk_map_get(units, GK_STR("万元人")).ptr == NULL);
    CHECK(gk_map_get(units, GK_STR("亿")).ptr == NULL);
    CHECK_INT(gk_map_prefix(units, GK_STR("万元人"), &value), 6);
    CHECK_INT(gk_map_suffix(units, GK_STR("单位万元"), &value), 6);
    CHECK_STR(value, "4");
    CHECK_INT(gk_map_suffix(units, GK_STR("万人"), &value), 0);
    CHECK_INT(gk_map_find(units, GK_STR("单位：亿元"), 0, &len, &value), 9);
    CHECK_INT(len, 6);
    CHECK_STR(value, "8");
    CHECK(gk_map_find(units, GK_STR("单位"), 0, &len, &value) == SIZE_MAX);
    CHECK_STR(gk_map_get(gk_set_map(set, GK_STR("direction")), GK_STR("增")), "");
}

typedef struct told {
    char text[400];
    uint32_t reach;
} told;

static void hear(void *user, const gk_rule *rule, const char *outcome, const gk_match *match) {
    told *t = user;
    size_t used = strlen(t->text);
    snprintf(t->text + used, sizeof t->text - used, "%.*s %s; ", GK_STR_ARG(rule->id), outcome);
    if (strcmp(outcome, "no match") == 0) t->reach = match->end;
}

static void test_watch(gk_matcher *m) {
    told t = {0};
    gk_match match;
    gk_str s = GK_STR("比上年增加");
    gk_matcher_set_watch(m, hear, &t);
    CHECK(gk_match_best(m, GK_SCOPE_LEAD, s, 0, s.len, &match));
    CHECK_STR(gk_str_of(t.text), "a:change matched; a:change won; ");
    t = (told){0};
    s = GK_STR("数比上年持平");
    CHECK(!gk_match_best(m, GK_SCOPE_LEAD, s, 0, s.len, &match));
    CHECK_STR(gk_str_of(t.text), "a:change no match; ");
    CHECK_INT(t.reach, 12); /* behind 上年 */
    gk_matcher_set_watch(m, NULL, NULL);
}

int main(void) {
    gk_set *set = load();
    gk_matcher *m = gk_matcher_new(set);
    test_set(set);
    for (int i = 0; i < 300; i++) { /* the later rounds run on machine code */
        test_trigger(m);
        test_number(m);
        test_ahead(m);
        test_others(m);
    }
    test_watch(m);
    test_maps(set);
    CHECK_INT(gk_matcher_limits(m), 0);
    gk_matcher_free(m);
    gk_set_free(set);
    return CHECK_DONE();
}
