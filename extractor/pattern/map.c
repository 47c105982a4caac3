/* Looking words of lists and maps up in a text. */
#include "pattern/private.h"

const gk_map *gk_set_map(const gk_set *set, gk_str name) {
    const gk_entry *e = gk_vocab_find(&set->vocab, name);
    return e && e->kind != GK_WORD_DEFINE ? &e->map : NULL;
}

static size_t take(const gk_map *map, const gk_trie *trie, uint32_t output, size_t length, gk_str *value) {
    if (value) *value = map->entry[trie->value[trie->output[output].first]][1];
    return length;
}

gk_str gk_map_get(const gk_map *map, gk_str word) {
    gk_str value = GK_STR_NONE;
    size_t length = word.len ? gk_map_prefix(map, word, &value) : 0;
    return length && length == word.len ? value : GK_STR_NONE;
}

bool gk_map_starts(const gk_map *map, gk_str s) { return map && gk_trie_starts(&map->forward, s.ptr, s.len); }

void gk_starts_add(gk_starts *s, const gk_map *map) {
    for (size_t i = 0; map && i < sizeof s->bit / sizeof *s->bit; i++) s->bit[i] |= map->forward.starts[i];
}

size_t gk_map_prefix(const gk_map *map, gk_str s, gk_str *value) {
    uint32_t output;
    bool may = s.len && gk_map_starts(map, s); /* mostly not */
    size_t length = may ? gk_trie_longest(&map->forward, s, 0, &output) : 0;
    return length ? take(map, &map->forward, output, length, value) : 0;
}

size_t gk_map_suffix(const gk_map *map, gk_str s, gk_str *value) {
    uint32_t output;
    bool may = map && s.len && gk_trie_ends(&map->backward, s.ptr + s.len, s.len); /* mostly not */
    size_t length = may ? gk_trie_longest(&map->backward, s, s.len, &output) : 0;
    return length ? take(map, &map->backward, output, length, value) : 0;
}

/* One word is found by its rarest byte. */
static size_t find_one(const gk_map *map, gk_str s, size_t from, size_t *len, gk_str *value) {
    gk_str word = map->entry[0][0];
    size_t at = from < s.len ? gk_str_find(gk_str_slice(s, from, s.len), word) : SIZE_MAX;
    if (at == SIZE_MAX) return SIZE_MAX;
    if (len) *len = word.len;
    if (value) *value = map->entry[0][1];
    return from + at;
}

size_t gk_map_find(const gk_map *map, gk_str s, size_t from, size_t *len, gk_str *value) {
    if (map && map->len == 1) return find_one(map, s, from, len, value);
    for (size_t at = from, bytes; map && (at = gk_trie_skip(&map->forward, s, at)) < s.len; at += bytes) {
        uint32_t output;
        size_t length = gk_trie_longest(&map->forward, s, at, &output);
        gk_char_at(s, at, &bytes);
        if (!length) continue;
        if (len) *len = length;
        take(map, &map->forward, output, length, value);
        return at;
    }
    return SIZE_MAX;
}

bool gk_map_holds(const gk_map *map, const char *chars, size_t from) {
    for (size_t i = 0; map && i < map->len; i++)
        if (gk_word_holds(map->entry[i][0], chars, from)) return true;
    return false;
}
