/* Tries over literals, walked by code points.
 *
 * A text of Han characters shares few lead bytes, so the root is a table over whole code points of the basic plane (pages
 * of 256, only those in use): a character no literal starts with costs two loads. The other nodes keep their edges as
 * sorted arrays. A node that ends one or more literals has an output: a list of values.
 *
 * A reversed trie holds the literals back to front and is walked backwards from a place, to find what ends there.
 */
#ifndef GK_PATTERN_TRIE_H
#define GK_PATTERN_TRIE_H

#include "base/mem.h"

typedef struct gk_trie_item {
    gk_str word; /* not empty, valid UTF-8 */
    uint32_t value;
} gk_trie_item;

typedef struct gk_trie_node {
    uint32_t edge, edges; /* into code[] and next[] */
    uint32_t output;      /* index into outputs, 0: no literal ends here */
} gk_trie_node;

typedef struct gk_trie_output {
    uint32_t first, count; /* into values */
} gk_trie_output;

typedef struct gk_trie {
    const gk_trie_node *node; /* 0 is no node, 1 the root */
    const uint32_t *code, *next;
    const gk_trie_output *output; /* 0 is no output */
    const uint32_t *value;
    const uint16_t *page_of; /* 256 entries, NULL: the root is searched like any node */
    const uint32_t (*page)[256];
    uint32_t outputs; /* how many, with number 0 */
    bool reversed;
} gk_trie;

/* Builds into the arena; `items` are reordered. Equal (word, value) pairs count once; the values of one word ascend.
 * With no items the trie finds nothing. */
void gk_trie_build(gk_trie *t, gk_arena *arena, gk_trie_item *items, size_t count, bool reversed);

/* The character at byte `at` (before byte `at`), its bytes in *bytes. Never reads outside of s. */
static inline uint32_t gk_char_at(gk_str s, size_t at, size_t *bytes) {
    const unsigned char *p = (const unsigned char *)s.ptr + at;
    size_t left = s.len - at;
    if (p[0] < 0x80 || left < 2) return *bytes = 1, p[0];
    if (p[0] < 0xE0) return *bytes = 2, (p[0] & 0x1Fu) << 6 | (p[1] & 0x3Fu);
    if (left < 3) return *bytes = 1, p[0];
    if (p[0] < 0xF0) return *bytes = 3, (p[0] & 0x0Fu) << 12 | (p[1] & 0x3Fu) << 6 | (p[2] & 0x3Fu);
    if (left < 4) return *bytes = 1, p[0];
    return *bytes = 4, (p[0] & 0x07u) << 18 | (p[1] & 0x3Fu) << 12 | (p[2] & 0x3Fu) << 6 | (p[3] & 0x3Fu);
}

static inline uint32_t gk_char_before(gk_str s, size_t at, size_t *bytes) {
    size_t start = at - 1, used;
    while (start > 0 && at - start < 4 && ((unsigned char)s.ptr[start] & 0xC0) == 0x80) start--;
    uint32_t c = gk_char_at(gk_str_slice(s, 0, at), start, &used);
    return *bytes = at - start, c;
}

uint32_t gk_trie_edge(const gk_trie *t, uint32_t node, uint32_t code_point);

/* The node behind the root for a first character, 0 for none. */
static inline uint32_t gk_trie_first(const gk_trie *t, uint32_t code_point) {
    if (t->page_of && code_point < 0x10000) return t->page[t->page_of[code_point >> 8]][code_point & 0xFF];
    return gk_trie_edge(t, 1, code_point);
}

/* Told of each literal at a place, shortest first; `length` in bytes. False ends the walk. */
typedef bool gk_trie_hit(void *user, uint32_t output, size_t length);
/* All literals that start at byte `at` of s (reversed: that end there). */
void gk_trie_walk(const gk_trie *t, gk_str s, size_t at, gk_trie_hit *hit, void *user);
/* The longest literal at a place: its length in bytes, 0 for none, and its output. */
size_t gk_trie_longest(const gk_trie *t, gk_str s, size_t at, uint32_t *output);

#endif
