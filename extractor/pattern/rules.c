/* Loading rules: every key has its place in one table, and every mistake its sentence. */
#include <stdio.h>
#include <stdlib.h>

#include "pattern/load.h"

typedef enum rule_key {
    RK_ID,
    RK_SCOPE,
    RK_PRIORITY,
    RK_AT,
    RK_BEFORE,
    RK_AFTER,
    RK_NEEDS,
    RK_AHEAD,
    RK_LEAST,
    RK_PATTERN,
    RK_SET,
    RK_YES,
    RK_NO,
    RK_COUNT
} rule_key;

static const char *const rule_keys[RK_COUNT] = {"id",    "scope", "priority", "at",  "before", "after",
                                                "needs", "ahead", "least", "pattern",  "set", "yes",    "no"};

/* Which dispatch keys a mode takes: the first and the second list. RK_COUNT: none. */
static const rule_key mode_lists[][GK_LISTS] = {
    [GK_MODE_NUMBER] = {RK_BEFORE, RK_AFTER, RK_AT}, [GK_MODE_TRIGGER] = {RK_AT, RK_COUNT, RK_COUNT},
    [GK_MODE_START] = {RK_AT, RK_NEEDS, RK_COUNT},   [GK_MODE_FIND] = {RK_NEEDS, RK_AHEAD, RK_COUNT},
    [GK_MODE_WHOLE] = {RK_NEEDS, RK_COUNT, RK_COUNT},
};

typedef struct loading {
    gk_build *b;
    const gk_tree *t;
    uint32_t node;         /* the mapping of the rule */
    uint32_t at[RK_COUNT]; /* value nodes, 0: missing */
    uint32_t key[RK_COUNT];
    gk_rule *rule;
    gk_rule_more *more;
} loading;

static gk_str text_of(const loading *l, rule_key k) { return gk_node_text(l->t, l->at[k]); }

static bool find_keys(loading *l) {
    if (gk_node_kind_of(l->t, l->node) != GK_NODE_MAP)
        return gk_node_fail(l->t, l->node, l->b->err, "a rule must be a mapping");
    for (uint32_t i = gk_node_first(l->t, l->node); i < gk_node_last(l->t, l->node);) {
        uint32_t value = gk_node_next(l->t, i);
        int k = 0;
        while (k < RK_COUNT && !gk_str_eqz(gk_node_text(l->t, i), rule_keys[k])) k++;
        if (k == RK_COUNT)
            return gk_node_fail(l->t, i, l->b->err, "unknown key `%.*s` in a rule", GK_STR_ARG(gk_node_text(l->t, i)));
        l->at[k] = value;
        l->key[k] = i;
        i = gk_node_next(l->t, value);
    }
    return true;
}

/* A missing key is told at the rule, a value of the wrong kind at the value. */
static bool need_text(const loading *l, rule_key k) {
    if (!l->at[k]) return gk_node_fail(l->t, l->node, l->b->err, "the rule has no `%s`", rule_keys[k]);
    if (gk_node_kind_of(l->t, l->at[k]) != GK_NODE_TEXT)
        return gk_node_fail(l->t, l->at[k], l->b->err, "`%s` must be a text", rule_keys[k]);
    return true;
}

static bool load_id(loading *l, gk_str stem) {
    if (!need_text(l, RK_ID)) return false;
    gk_str id = text_of(l, RK_ID);
    bool good = id.len > 0 && id.len <= 64;
    for (size_t i = 0; i < id.len && good; i++) {
        char c = id.ptr[i];
        good = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    }
    if (!good)
        return gk_node_fail(l->t, l->at[RK_ID], l->b->err,
                            "bad id `%.*s`: 1 to 64 small letters, digits and hyphens", GK_STR_ARG(id));
    l->rule->id = gk_arena_printf(&l->b->set->arena, "%.*s:%.*s", GK_STR_ARG(stem), GK_STR_ARG(id));
    return true;
}

static bool load_scope(loading *l) {
    if (!need_text(l, RK_SCOPE)) return false;
    for (int s = 0; s < GK_SCOPE_COUNT; s++) {
        if (!gk_str_eqz(text_of(l, RK_SCOPE), gk_scope_table[s].name)) continue;
        l->rule->scope = (gk_scope)s;
        return true;
    }
    return gk_node_fail(l->t, l->at[RK_SCOPE], l->b->err, "unknown scope `%.*s`", GK_STR_ARG(text_of(l, RK_SCOPE)));
}

enum { PRIORITY_MOST = 1000000 };

static bool load_priority(loading *l) {
    if (!l->at[RK_PRIORITY]) return true;
    gk_str s = text_of(l, RK_PRIORITY);
    bool negative = gk_str_starts(s, GK_STR("-"));
    int64_t value = 0;
    size_t i = negative ? 1 : 0, start = i;
    while (i < s.len && s.ptr[i] >= '0' && s.ptr[i] <= '9' && value <= PRIORITY_MOST) value = value * 10 + (s.ptr[i++] - '0');
    if (i < s.len || i == start || value > PRIORITY_MOST)
        return gk_node_fail(l->t, l->at[RK_PRIORITY], l->b->err, "`priority` must be a whole number of at most %d",
                            PRIORITY_MOST);
    l->rule->priority = (int32_t)(negative ? -value : value);
    return true;
}

static bool load_lists(loading *l) {
    gk_mode mode = gk_scope_table[l->rule->scope].mode;
    for (rule_key k = RK_AT; k <= RK_AHEAD; k++) {
        if (!l->at[k]) continue;
        int i = 0;
        while (i < GK_LISTS && mode_lists[mode][i] != k) i++;
        if (i == GK_LISTS)
            return gk_node_fail(l->t, l->key[k], l->b->err, "`%s` does not fit the scope `%s`", rule_keys[k],
                                gk_scope_table[l->rule->scope].name);
        if (!gk_build_literals(l->b, l->t, l->at[k], &l->more->list[i])) return false;
    }
    if (mode == GK_MODE_TRIGGER && !l->at[RK_AT])
        return gk_node_fail(l->t, l->node, l->b->err, "a rule of the scope `%s` needs `at`",
                            gk_scope_table[l->rule->scope].name);
    return true;
}

static bool load_least(loading *l) {
    if (!l->at[RK_LEAST]) return true;
    if (gk_scope_table[l->rule->scope].mode != GK_MODE_NUMBER)
        return gk_node_fail(l->t, l->key[RK_LEAST], l->b->err, "`least` does not fit the scope `%s`",
                            gk_scope_table[l->rule->scope].name);
    gk_str s = text_of(l, RK_LEAST);
    bool good = s.len > 0 && s.len <= 2;
    for (size_t i = 0; i < s.len && good; i++) {
        good = s.ptr[i] >= '0' && s.ptr[i] <= '9';
        l->more->least = l->more->least * 10 + (uint32_t)(s.ptr[i] - '0');
    }
    return good || gk_node_fail(l->t, l->at[RK_LEAST], l->b->err, "`least` must be a number of bytes below 100");
}

/* The smallest definition in the pattern that is broken by itself, NULL where each is whole. */
static const gk_entry *broken_definition(const loading *l, int *error, size_t *offset) {
    const gk_vocab *v = &l->b->set->vocab;
    const gk_entry *found = NULL;
    for (size_t i = 0; i < v->len; i++) {
        const gk_entry *e = &v->at[i];
        int e_error;
        size_t e_offset;
        if (e->kind != GK_WORD_DEFINE || (found && e->expansion.len >= found->expansion.len)) continue;
        if (gk_str_find(l->rule->expanded, e->expansion) == SIZE_MAX) continue;
        gk_str inner = gk_str_slice(e->expansion, strlen("(?:"), e->expansion.len - strlen(")"));
        if (gk_fragment_whole(inner, &e_error, &e_offset)) continue;
        found = e;
        *error = e_error;
        *offset = e_offset;
    }
    return found;
}

static bool fail_definition(loading *l, const gk_entry *e, int error, size_t offset) {
    const gk_tree *t = &l->b->tree[e->tree];
    char message[200] = "";
    gk_str name;
    pcre2_get_error_message(error, (PCRE2_UCHAR *)message, sizeof message);
    offset = gk_expand_source(&l->b->set->vocab, gk_node_text(t, e->node), offset, &name);
    return gk_node_fail_at(t, e->node, offset, l->b->err, "definition `%.*s`: %s", GK_STR_ARG(e->name), message);
}

static bool fail_compile(loading *l, int error, size_t offset, gk_str group) {
    const gk_entry *definition = error > 0 ? broken_definition(l, &error, &offset) : NULL;
    if (definition) return fail_definition(l, definition, error, offset);
    gk_str name;
    size_t at = gk_expand_source(&l->b->set->vocab, l->rule->source, offset, &name);
    char message[200] = "", inside[80] = "";
    if (error == GK_BAD_GROUP) snprintf(message, sizeof message, "unknown group name `%.*s`", GK_STR_ARG(group));
    else if (error == GK_BAD_GROUP_COUNT)
        snprintf(message, sizeof message, "more than %u groups: write (?:...) where nothing is told", GK_MAX_GROUPS);
    else pcre2_get_error_message(error, (PCRE2_UCHAR *)message, sizeof message);
    if (name.ptr) snprintf(inside, sizeof inside, " (in {{%.*s}})", GK_STR_ARG(name));
    return gk_node_fail_at(l->t, l->at[RK_PATTERN], at, l->b->err, "pattern of `%.*s`: %s%s",
                           GK_STR_ARG(l->rule->id), message, inside);
}

static bool load_pattern(loading *l) {
    if (!need_text(l, RK_PATTERN)) return false;
    uint32_t node = l->at[RK_PATTERN];
    if (!l->t->node[node].block)
        return gk_node_fail(l->t, node, l->b->err, "a pattern must be written as a literal block (`pattern: |`)");
    gk_str source = l->rule->source = text_of(l, RK_PATTERN);
    if (gk_str_trim(source).len == 0) return gk_node_fail(l->t, node, l->b->err, "an empty pattern");
    if (!gk_check_folded(l->b, l->t, node, source, true)) return false;
    gk_buf out = {.max = GK_MAX_EXPANDED_BYTES};
    bool good = gk_expand(l->b, l->t, node, source, 0, &out);
    if (good) l->rule->expanded = gk_arena_dup(&l->b->set->arena, gk_buf_str(&out));
    gk_mode mode = gk_scope_table[l->rule->scope].mode;
    if (good && (mode == GK_MODE_FIND || mode == GK_MODE_WHOLE)) l->more->head = gk_pattern_head(l->rule->expanded, mode);
    gk_buf_free(&out);
    if (!good) return false;
    int error;
    size_t offset;
    gk_str group;
    pcre2_code *code = gk_rule_compile(l->rule, l->more, &error, &offset, &group);
    l->b->set->code[l->rule->order] = code;
    return code || fail_compile(l, error, offset, group);
}

static bool load_constants(loading *l) {
    uint32_t node = l->at[RK_SET];
    if (!node) return true;
    if (gk_node_kind_of(l->t, node) != GK_NODE_MAP)
        return gk_node_fail(l->t, node, l->b->err, "`set` must be a mapping from keys to texts");
    for (uint32_t i = gk_node_first(l->t, node); i < gk_node_last(l->t, node);) {
        uint32_t value = gk_node_next(l->t, i);
        gk_key key = gk_key_of(gk_node_text(l->t, i));
        if (key == GK_KEY_COUNT)
            return gk_node_fail(l->t, i, l->b->err, "unknown key `%.*s` in `set`", GK_STR_ARG(gk_node_text(l->t, i)));
        if (gk_node_kind_of(l->t, value) != GK_NODE_TEXT)
            return gk_node_fail(l->t, value, l->b->err, "the value of a key must be a text");
        l->rule->constant[key] = gk_node_text(l->t, value);
        i = gk_node_next(l->t, value);
    }
    return true;
}

static bool load_tests(loading *l) {
    static const rule_key keys[2] = {RK_YES, RK_NO};
    for (int k = 0; k < 2; k++) {
        if (!l->at[keys[k]])
            return gk_node_fail(l->t, l->node, l->b->err, "the rule `%.*s` has no %s test (`%s`)",
                                GK_STR_ARG(l->rule->id), k ? "negative" : "positive", rule_keys[keys[k]]);
        if (!gk_build_tests(l->b, l->t, l->rule, l->at[keys[k]], k == 0)) return false;
    }
    return true;
}

static bool load_rule(loading *l, gk_str stem) {
    l->rule->file = l->t->file;
    l->rule->line = l->t->node[l->node].line;
    return find_keys(l) && load_id(l, stem) && load_scope(l) && load_priority(l) && load_lists(l) && load_least(l) &&
           load_pattern(l) && load_constants(l) && load_tests(l);
}

/* The value of a key of a mapping, 0 where it has none. */
static uint32_t value_under(const gk_tree *t, uint32_t map, const char *key) {
    for (uint32_t i = gk_node_first(t, map); i < gk_node_last(t, map); i = gk_node_next(t, gk_node_next(t, i)))
        if (gk_str_eqz(gk_node_text(t, i), key)) return gk_node_next(t, i);
    return 0;
}

/* The node of the list under `rules`, 0 where a file has none. */
static uint32_t rules_of(const gk_tree *t) { return t->count ? value_under(t, 0, "rules") : 0; }

typedef struct named {
    gk_str id;
    uint32_t node;
} named;

static int compare_named(const void *a, const void *b) {
    const named *x = a, *y = b;
    int c = gk_str_cmp(x->id, y->id);
    return c ? c : (x->node > y->node) - (x->node < y->node);
}

/* `rule` is the first rule of the file: its rules stand behind each other. */
static bool check_ids(gk_build *b, const gk_tree *t, uint32_t list, const gk_rule *rule) {
    size_t count = gk_node_count(t, list), n = 0;
    named *ids = gk_alloc(count * sizeof *ids);
    for (uint32_t i = gk_node_first(t, list); i < gk_node_last(t, list); i = gk_node_next(t, i), n++)
        ids[n] = (named){rule[n].id, i};
    qsort(ids, count, sizeof *ids, compare_named);
    named *twice = NULL, *first = NULL;
    for (size_t i = 1; i < count; i++)
        if (gk_str_eq(ids[i].id, ids[i - 1].id) && (!twice || ids[i].node < twice->node))
            twice = &ids[i], first = &ids[i - 1];
    bool good = !twice || gk_node_fail(t, twice->node, b->err, "the id of `%.*s` is already used in line %u",
                                       GK_STR_ARG(twice->id), t->node[first->node].line);
    free(ids);
    return good;
}

static bool load_file(gk_build *b, const gk_tree *t, gk_str stem) {
    uint32_t list = rules_of(t);
    if (!list) return true;
    if (gk_node_kind_of(t, list) != GK_NODE_LIST) return gk_node_fail(t, list, b->err, "`rules` must be a list");
    gk_set *set = b->set;
    size_t first = set->rules;
    for (uint32_t i = gk_node_first(t, list); i < gk_node_last(t, list); i = gk_node_next(t, i)) {
        if (set->rules >= GK_MAX_RULES)
            return gk_node_fail(t, i, b->err, "a pattern set has at most %u rules", GK_MAX_RULES);
        loading l = {.b = b, .t = t, .node = i, .rule = &b->rule[set->rules], .more = &b->more[set->rules]};
        l.rule->order = (uint32_t)set->rules++;
        if (!load_rule(&l, stem)) return false;
    }
    return check_ids(b, t, list, set->rule + first);
}

/* What check rules ask; the rules stand in the order of the files. */
static bool check_relations(gk_build *b) {
    const gk_rule *rule = b->set->rule;
    bool good = true;
    gk_build_names(b);
    for (size_t i = 0; i < b->trees && good; i++) {
        const gk_tree *t = &b->tree[i];
        uint32_t list = rules_of(t);
        for (uint32_t n = gk_node_first(t, list); list && good && n < gk_node_last(t, list); n = gk_node_next(t, n))
            good = gk_build_relation(b, t, rule++, n, value_under(t, n, rule_keys[RK_SET]));
    }
    gk_vec_free(&b->names);
    return good;
}

bool gk_build_rules(gk_build *b) {
    size_t count = 0;
    for (size_t i = 0; i < b->trees; i++) {
        uint32_t list = rules_of(&b->tree[i]);
        if (list && gk_node_kind_of(&b->tree[i], list) == GK_NODE_LIST) count += gk_node_count(&b->tree[i], list);
    }
    if (count > GK_MAX_RULES) count = GK_MAX_RULES;
    gk_set *set = b->set;
    set->rule = b->rule = gk_arena_zero(&set->arena, count * sizeof(gk_rule));
    set->more = b->more = gk_arena_zero(&set->arena, count * sizeof(gk_rule_more));
    set->code = gk_arena_zero(&set->arena, count * sizeof *set->code);
    for (size_t i = 0; i < b->trees; i++)
        if (!load_file(b, &b->tree[i], b->stem[i])) return false;
    return check_relations(b);
}

bool gk_build_all_tests(gk_build *b) {
    const gk_rule *rule = b->set->rule;
    bool good = true;
    for (size_t i = 0; i < b->trees; i++) {
        const gk_tree *t = &b->tree[i];
        uint32_t list = rules_of(t);
        for (uint32_t n = gk_node_first(t, list); list && good && n < gk_node_last(t, list); n = gk_node_next(t, n), rule++)
            good = gk_build_tests(b, t, rule, value_under(t, n, rule_keys[RK_YES]), true) &&
                   gk_build_tests(b, t, rule, value_under(t, n, rule_keys[RK_NO]), false);
    }
    return good;
}
