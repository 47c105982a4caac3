/* The tests a rule carries. */
#include "pattern/load.h"

/* What a whole-engine test may ask for beside the keys: fields of the records it looks at. */
static const char *const record_fields[] = {
    "value",  "raw",    "unit",   "subject", "measure", "year",    "class",  "digits",  "qualifier", "column",
    "table",  "section", "op",    "target",  "actual",  "name",    "level1", "level2",  "project",   "code",
    "kind",   "weight", "score",  "against", "check",   "status",  "stated", "hint",
};

static bool is_field(gk_str name) {
    for (size_t i = 0; i < sizeof record_fields / sizeof *record_fields; i++)
        if (gk_str_eqz(name, record_fields[i])) return true;
    return false;
}

static bool load_gives(gk_build *b, const gk_tree *t, uint32_t node, gk_rule_test *test) {
    if (gk_node_kind_of(t, node) != GK_NODE_MAP)
        return gk_node_fail(t, node, b->err, "`gives` must be a mapping from keys to texts");
    gk_str(*gives)[2] = gk_arena_alloc(&b->set->arena, gk_node_count(t, node) * sizeof *gives);
    for (uint32_t i = gk_node_first(t, node); i < gk_node_last(t, node);) {
        uint32_t value = gk_node_next(t, i);
        gk_str key = gk_node_text(t, i);
        if (gk_key_of(key) == GK_KEY_COUNT && !(test->whole && is_field(key)))
            return gk_node_fail(t, i, b->err, "unknown key `%.*s` in `gives`%s", GK_STR_ARG(key),
                                is_field(key) ? ": a pattern alone tells no such field" : "");
        if (gk_node_kind_of(t, value) != GK_NODE_TEXT)
            return gk_node_fail(t, value, b->err, "the value of a key must be a text");
        gives[test->gives_len][0] = key;
        gives[test->gives_len++][1] = gk_node_text(t, value);
        i = gk_node_next(t, value);
    }
    test->gives = (const gk_str(*)[2])gives;
    return true;
}

enum { TK_ON, TK_TEXT, TK_GIVES, TK_COUNT };
static const char *const test_keys[TK_COUNT] = {"on", "text", "gives"};

static bool find_keys(gk_build *b, const gk_tree *t, uint32_t node, uint32_t at[TK_COUNT]) {
    if (gk_node_kind_of(t, node) != GK_NODE_MAP)
        return gk_node_fail(t, node, b->err, "a test must be a mapping with `on` or `text`");
    for (uint32_t i = gk_node_first(t, node); i < gk_node_last(t, node);) {
        uint32_t value = gk_node_next(t, i);
        int k = 0;
        while (k < TK_COUNT && !gk_str_eqz(gk_node_text(t, i), test_keys[k])) k++;
        if (k == TK_COUNT)
            return gk_node_fail(t, i, b->err, "unknown key `%.*s` in a test", GK_STR_ARG(gk_node_text(t, i)));
        at[k] = value;
        i = gk_node_next(t, value);
    }
    if (!at[TK_ON] == !at[TK_TEXT]) return gk_node_fail(t, node, b->err, "a test has either `on` or `text`");
    return true;
}

static bool load_test(gk_build *b, const gk_tree *t, const gk_rule *rule, uint32_t node, bool positive) {
    uint32_t at[TK_COUNT] = {0};
    if (!find_keys(b, t, node, at)) return false;
    uint32_t text = at[TK_ON] ? at[TK_ON] : at[TK_TEXT];
    if (gk_node_kind_of(t, text) != GK_NODE_TEXT) return gk_node_fail(t, text, b->err, "this must be a text");
    gk_rule_test test = {.rule = rule, .whole = at[TK_TEXT] != 0, .positive = positive, .line = t->node[node].line};
    test.text = gk_node_text(t, text);
    if (at[TK_GIVES] && !positive && gk_node_count(t, at[TK_GIVES]) > 0)
        return gk_node_fail(t, at[TK_GIVES], b->err, "a negative test gives nothing");
    if (at[TK_GIVES] && !load_gives(b, t, at[TK_GIVES], &test)) return false;
    *gk_vec_push(&b->tests) = test;
    return true;
}

bool gk_build_tests(gk_build *b, const gk_tree *t, const gk_rule *rule, uint32_t node, bool positive) {
    if (gk_node_kind_of(t, node) != GK_NODE_LIST)
        return gk_node_fail(t, node, b->err, "tests must be a list");
    if (gk_node_count(t, node) == 0)
        return gk_node_fail(t, node, b->err, "the rule `%.*s` has no %s test", GK_STR_ARG(rule->id),
                            positive ? "positive" : "negative");
    for (uint32_t i = gk_node_first(t, node); i < gk_node_last(t, node); i = gk_node_next(t, i))
        if (!load_test(b, t, rule, i, positive)) return false;
    return true;
}
