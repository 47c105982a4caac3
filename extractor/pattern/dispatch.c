/* Building, for each scope, the tries over the literals of its rules. */
#include "pattern/private.h"

#include <stdlib.h>

static size_t count_scope(const gk_set *set, gk_scope scope) {
    size_t n = 0;
    for (size_t i = 0; i < set->rules; i++) n += set->rule[i].scope == scope;
    return n;
}

static void number_rules(gk_set *set, gk_dispatch *d, gk_scope scope) {
    d->len = count_scope(set, scope);
    d->words = d->len / 64 + 1;
    uint32_t *rule = gk_arena_alloc(&set->arena, d->len * sizeof *rule);
    size_t n = 0;
    for (size_t i = 0; i < set->rules; i++)
        if (set->rule[i].scope == scope) rule[n++] = (uint32_t)i;
    d->rule = rule;
}

/* The literals of both lists of a searched scope are found by one scan. */
static void build_searched(gk_set *set, gk_dispatch *d) {
    GK_VEC(gk_trie_item) items = {0};
    for (int which = 0; which < GK_LISTS; which++) {
        uint64_t *none = gk_arena_zero(&set->arena, d->words * sizeof *none);
        for (uint32_t r = 0; r < d->len; r++) {
            const gk_words *list = &set->more[d->rule[r]].list[which];
            for (size_t i = 0; i < list->len; i++)
                *gk_vec_push(&items) = (gk_trie_item){list->at[i], r | (uint32_t)which << GK_LIST_SHIFT};
            if (list->len == 0) none[r / 64] |= (uint64_t)1 << r % 64;
        }
        d->none[which] = none;
        if (which) gk_trie_build(&d->trie[which], &set->arena, NULL, 0, false);
    }
    gk_trie_build(&d->trie[0], &set->arena, items.at, items.len, false);
    gk_vec_free(&items);
}

static void build_list(gk_set *set, gk_dispatch *d, int which, bool reversed) {
    GK_VEC(gk_trie_item) items = {0};
    uint64_t *none = gk_arena_zero(&set->arena, d->words * sizeof *none);
    for (uint32_t r = 0; r < d->len; r++) {
        const gk_words *list = &set->more[d->rule[r]].list[which];
        for (size_t i = 0; i < list->len; i++) *gk_vec_push(&items) = (gk_trie_item){list->at[i], r};
        if (list->len == 0) none[r / 64] |= (uint64_t)1 << r % 64;
    }
    gk_trie_build(&d->trie[which], &set->arena, items.at, items.len, reversed);
    d->none[which] = none;
    gk_vec_free(&items);
}

static void build_leasts(gk_set *set, gk_dispatch *d) {
    for (uint32_t n = 0; n < GK_LEASTS; n++) {
        uint64_t *rules = gk_arena_zero(&set->arena, d->words * sizeof *rules);
        for (uint32_t r = 0; r < d->len; r++)
            if (set->more[d->rule[r]].least <= n || n + 1 == GK_LEASTS) rules[r / 64] |= (uint64_t)1 << r % 64;
        d->least[n] = rules;
    }
}

void gk_set_build_dispatch(gk_set *set) {
    gk_dispatch *dispatch = gk_arena_zero(&set->arena, GK_SCOPE_COUNT * sizeof *dispatch);
    set->dispatch = dispatch;
    for (int s = 0; s < GK_SCOPE_COUNT; s++) {
        gk_dispatch *d = &dispatch[s];
        number_rules(set, d, (gk_scope)s);
        if (gk_scope_table[s].mode == GK_MODE_FIND) {
            build_searched(set, d);
            continue;
        }
        if (gk_scope_table[s].mode == GK_MODE_NUMBER) build_leasts(set, d);
        build_list(set, d, 0, gk_scope_table[s].mode == GK_MODE_NUMBER);
        for (int i = 1; i < GK_LISTS; i++) build_list(set, d, i, false);
    }
}

size_t gk_set_side_words(const gk_set *set, gk_scope scope) { return set->dispatch[scope].words; }

bool gk_set_side_holds(const gk_set *set, gk_scope scope, gk_side side, const char *chars, size_t from) {
    const gk_dispatch *d = &set->dispatch[scope];
    for (size_t r = 0; r < d->len; r++) {
        const gk_words *list = &set->more[d->rule[r]].list[side];
        for (size_t i = 0; i < list->len; i++)
            if (gk_word_holds(list->at[i], chars, from)) return true;
    }
    return false;
}
