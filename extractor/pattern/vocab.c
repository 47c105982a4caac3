/* The shared vocabulary: words, maps and definitions of all files. */
#include <stdlib.h>

#include "pattern/load.h"

const gk_entry *gk_vocab_find(const gk_vocab *v, gk_str name) {
    if (v->slots == 0) return NULL;
    for (size_t i = gk_str_hash(name) & (v->slots - 1); v->slot[i]; i = (i + 1) & (v->slots - 1))
        if (gk_str_eq(v->at[v->slot[i] - 1].name, name)) return &v->at[v->slot[i] - 1];
    return NULL;
}

static void grow_vocab(gk_build *b) {
    gk_vocab *v = &b->set->vocab;
    size_t cap = v->cap ? v->cap * 2 : 64;
    gk_entry *at = gk_arena_alloc(&b->set->arena, cap * sizeof *at);
    if (v->len) memcpy(at, v->at, v->len * sizeof *at);
    v->at = b->entry = at;
    v->cap = cap;
    v->slots = cap * 4;
    v->slot = b->slot = gk_arena_zero(&b->set->arena, v->slots * sizeof *v->slot);
    for (size_t k = 0; k < v->len; k++) {
        size_t i = gk_str_hash(at[k].name) & (v->slots - 1);
        while (v->slot[i]) i = (i + 1) & (v->slots - 1);
        b->slot[i] = (uint32_t)k + 1;
    }
}

static gk_entry *add_entry(gk_build *b, gk_str name) {
    gk_vocab *v = &b->set->vocab;
    if (v->len == v->cap) grow_vocab(b);
    size_t i = gk_str_hash(name) & (v->slots - 1);
    while (v->slot[i]) i = (i + 1) & (v->slots - 1);
    b->slot[i] = (uint32_t)v->len + 1;
    b->entry[v->len] = (gk_entry){.name = name};
    return &b->entry[v->len++];
}

static bool is_name(gk_str s) {
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];
        bool good = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
        if (!good) return false;
    }
    return s.len > 0;
}

static bool is_reference(gk_str s) { return gk_str_find(s, GK_STR("{{")) != SIZE_MAX; }

static bool check_text(gk_build *b, const gk_tree *t, uint32_t node) {
    return gk_node_kind_of(t, node) == GK_NODE_TEXT || gk_node_fail(t, node, b->err, "this must be a text");
}

bool gk_check_literal(gk_build *b, const gk_tree *t, uint32_t node, gk_str text) {
    if (!check_text(b, t, node)) return false;
    if (text.len == 0) return gk_node_fail(t, node, b->err, "an empty literal would stand everywhere");
    if (text.len > GK_MAX_LITERAL_BYTES)
        return gk_node_fail(t, node, b->err, "a literal has at most %d bytes", GK_MAX_LITERAL_BYTES);
    if (is_reference(text)) return gk_node_fail(t, node, b->err, "`{{name}}` cannot stand here");
    return gk_check_folded(b, t, node, text, false);
}

static bool load_definition(gk_build *b, const gk_tree *t, gk_entry *e) {
    if (!check_text(b, t, e->node)) return false;
    if (gk_node_text(t, e->node).len == 0) return gk_node_fail(t, e->node, b->err, "an empty definition");
    return gk_check_folded(b, t, e->node, gk_node_text(t, e->node), true);
}

static void build_tries(gk_build *b, gk_map *map) {
    gk_trie_item *item = gk_alloc(map->len * sizeof *item);
    for (size_t i = 0; i < map->len; i++) item[i] = (gk_trie_item){map->entry[i][0], (uint32_t)i};
    gk_trie_build(&map->forward, &b->set->arena, item, map->len, false);
    for (size_t i = 0; i < map->len; i++) item[i] = (gk_trie_item){map->entry[i][0], (uint32_t)i};
    gk_trie_build(&map->backward, &b->set->arena, item, map->len, true);
    free(item);
}

/* A word that stands twice in a list has two values in the trie. */
static bool check_words_once(gk_build *b, const gk_tree *t, const gk_entry *e) {
    const gk_trie *trie = &e->map.forward;
    uint32_t twice = UINT32_MAX;
    for (uint32_t o = 1; o < trie->outputs; o++) {
        gk_trie_output out = trie->output[o];
        if (out.count > 1 && trie->value[out.first + 1] < twice) twice = trie->value[out.first + 1];
    }
    if (twice == UINT32_MAX) return true;
    uint32_t node = gk_node_first(t, e->node);
    for (uint32_t i = 0; i < twice; i++) node = gk_node_next(t, node);
    return gk_node_fail(t, node, b->err, "`%.*s` stands twice in `%.*s`", GK_STR_ARG(e->map.entry[twice][0]),
                        GK_STR_ARG(e->name));
}

static bool load_words(gk_build *b, const gk_tree *t, gk_entry *e) {
    bool is_map = e->kind == GK_WORD_MAP;
    if (gk_node_kind_of(t, e->node) != (is_map ? GK_NODE_MAP : GK_NODE_LIST))
        return gk_node_fail(t, e->node, b->err, is_map ? "a map must be a mapping" : "words must be a list");
    size_t count = gk_node_count(t, e->node);
    if (count == 0) return gk_node_fail(t, e->node, b->err, "`%.*s` is empty", GK_STR_ARG(e->name));
    gk_str(*entry)[2] = gk_arena_alloc(&b->set->arena, count * sizeof *entry);
    for (uint32_t i = gk_node_first(t, e->node); i < gk_node_last(t, e->node); i = gk_node_next(t, i)) {
        gk_str *row = entry[e->map.len++];
        row[0] = gk_node_text(t, i);
        row[1] = GK_STR("");
        if (!gk_check_literal(b, t, i, row[0])) return false;
        if (!is_map) continue;
        i = gk_node_next(t, i);
        if (!check_text(b, t, i)) return false;
        row[1] = gk_node_text(t, i);
    }
    e->map.entry = (const gk_str(*)[2])entry;
    build_tries(b, &e->map);
    return is_map || check_words_once(b, t, e);
}

static bool add_name(gk_build *b, uint32_t tree, uint32_t name_node, uint32_t node, gk_word_kind kind) {
    const gk_tree *t = &b->tree[tree];
    gk_str name = gk_node_text(t, name_node);
    if (!is_name(name))
        return gk_node_fail(t, name_node, b->err, "a name is made of letters, digits, `_` and `-`");
    const gk_entry *old = gk_vocab_find(&b->set->vocab, name);
    if (old)
        return gk_node_fail(t, name_node, b->err, "the name `%.*s` is already defined in %.*s, line %u",
                            GK_STR_ARG(name), GK_STR_ARG(b->tree[old->tree].file),
                            b->tree[old->tree].node[old->node].line);
    gk_entry *e = add_entry(b, name);
    e->kind = kind;
    e->tree = tree;
    e->node = node;
    return kind == GK_WORD_DEFINE ? load_definition(b, t, e) : load_words(b, t, e);
}

static bool add_section(gk_build *b, uint32_t tree, uint32_t section, gk_word_kind kind) {
    const gk_tree *t = &b->tree[tree];
    if (gk_node_kind_of(t, section) != GK_NODE_MAP)
        return gk_node_fail(t, section, b->err, "this must be a mapping from names");
    for (uint32_t i = gk_node_first(t, section); i < gk_node_last(t, section);) {
        uint32_t value = gk_node_next(t, i);
        if (!add_name(b, tree, i, value, kind)) return false;
        i = gk_node_next(t, value);
    }
    return true;
}

static const struct {
    const char *key;
    int kind; /* gk_word_kind, -1: not vocabulary */
} sections[] = {{"words", GK_WORD_LIST}, {"define", GK_WORD_DEFINE}, {"maps", GK_WORD_MAP}, {"rules", -1}};

static bool add_file(gk_build *b, uint32_t tree) {
    const gk_tree *t = &b->tree[tree];
    if (t->count == 0) return true;
    if (gk_node_kind_of(t, 0) != GK_NODE_MAP)
        return gk_node_fail(t, 0, b->err, "a pattern file is a mapping with the keys words, define, maps and rules");
    for (uint32_t i = gk_node_first(t, 0); i < gk_node_last(t, 0);) {
        uint32_t value = gk_node_next(t, i);
        size_t k = 0;
        while (k < sizeof sections / sizeof *sections && !gk_str_eqz(gk_node_text(t, i), sections[k].key)) k++;
        if (k == sizeof sections / sizeof *sections)
            return gk_node_fail(t, i, b->err, "unknown key `%.*s`: a file has words, define, maps and rules",
                                GK_STR_ARG(gk_node_text(t, i)));
        if (sections[k].kind >= 0 && !add_section(b, tree, value, (gk_word_kind)sections[k].kind)) return false;
        i = gk_node_next(t, value);
    }
    return true;
}

bool gk_build_vocab(gk_build *b) {
    for (size_t i = 0; i < b->trees; i++)
        if (!add_file(b, (uint32_t)i)) return false;
    for (size_t i = 0; i < b->set->vocab.len; i++)
        if (!gk_expand_entry(b, &b->entry[i], 0)) return false;
    return true;
}

/* All words behind `{{name}}`, absent where the text is not of this form. */
static bool put_list(gk_build *b, const gk_tree *t, uint32_t node, gk_str text, gk_words *out, gk_str *room) {
    gk_str name = gk_str_slice(text, 2, text.len - 2);
    const gk_entry *e = gk_vocab_find(&b->set->vocab, name);
    if (!e || e->kind == GK_WORD_DEFINE)
        return gk_node_fail(t, node, b->err, "there is no word list or map `%.*s`", GK_STR_ARG(name));
    for (size_t i = 0; i < e->map.len && room; i++) room[i] = e->map.entry[i][0];
    out->len += e->map.len;
    return true;
}

static bool is_whole_reference(gk_str s) {
    return s.len > 4 && gk_str_starts(s, GK_STR("{{")) && gk_str_ends(s, GK_STR("}}"));
}

bool gk_build_literals(gk_build *b, const gk_tree *t, uint32_t node, gk_words *out) {
    if (gk_node_kind_of(t, node) != GK_NODE_LIST)
        return gk_node_fail(t, node, b->err, "this must be a list of literals");
    if (gk_node_count(t, node) == 0) return gk_node_fail(t, node, b->err, "an empty list of literals");
    gk_str *room = NULL;
    for (int pass = 0; pass < 2; pass++) { /* count, then fill */
        *out = (gk_words){.at = room};
        for (uint32_t i = gk_node_first(t, node); i < gk_node_last(t, node); i = gk_node_next(t, i)) {
            gk_str text = gk_node_text(t, i);
            if (is_whole_reference(text)) {
                if (!put_list(b, t, i, text, out, room ? room + out->len : NULL)) return false;
                continue;
            }
            if (!pass && !gk_check_literal(b, t, i, text)) return false;
            if (room) room[out->len] = text;
            out->len++;
        }
        if (!pass) room = gk_arena_alloc(&b->set->arena, out->len * sizeof *room);
    }
    return true;
}
