/* Tries over literals, walked by code points.
 *
 * A text of Han characters shares few lead bytes, so the root is a table over whole code points of the basic plane (pages
 * of 256, only those in use): a character no literal starts with costs two loads. The other nodes keep their edges as
 * sorted arrays. A node that ends one or more literals has an output: a list of values. Most places of a text start no
 * literal, and most characters behind one that does go on with none: both are told from one bit of a small table.
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
    uint64_t mask;        /* bit c % 64 for each character c on an edge */
    uint32_t edge, edges; /* into code[]; edge e leads to node e + 2: nodes are numbered in the order of their edges */
    uint32_t output;      /* index into outputs, 0: no literal ends here */
} gk_trie_node;

typedef struct gk_trie_output {
    uint32_t first, count; /* into values */
} gk_trie_output;

typedef struct gk_trie {
    const gk_trie_node *node; /* 0 is no node, 1 the root */
    const uint32_t *code;
    const gk_trie_output *output; /* 0 is no output */
    const uint32_t *value;
    const uint64_t *starts;  /* bit c % 4096, in 64 words, for each character c that a literal starts with */
    const uint64_t *opens;   /* the same for the second characters as well; NULL: one from U+3000 on is a literal */
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

/* The node behind a node for a character, 0 for none. Most nodes have no edge or one. */
uint32_t gk_trie_edge(const gk_trie *t, uint32_t node, uint32_t code_point);
static inline uint32_t gk_trie_next(const gk_trie *t, uint32_t node, uint32_t code_point) {
    const gk_trie_node *n = &t->node[node];
    if (!(n->mask >> (code_point & 63) & 1)) return 0;
    if (n->edges == 1) return t->code[n->edge] == code_point ? n->edge + 2 : 0;
    return gk_trie_edge(t, node, code_point);
}

/* The node behind the root for a first character, 0 for none. */
static inline uint32_t gk_trie_first(const gk_trie *t, uint32_t code_point) {
    if (!(t->starts[code_point >> 6 & 63] >> (code_point & 63) & 1)) return 0;
    if (t->page_of && code_point < 0x10000) return t->page[t->page_of[code_point >> 8]][code_point & 0xFF];
    return gk_trie_edge(t, 1, code_point);
}

/* Whether a literal may start at the first of `len` bytes, which is at least one. */
static inline bool gk_trie_starts(const gk_trie *t, const char *at, size_t len) {
    const unsigned char *p = (const unsigned char *)at;
    if (*p < 0x80) return t->starts[*p >> 6] >> (*p & 63) & 1;
    return (*p & 0xF0) != 0xE0 || len < 3 || (t->starts[p[1] & 63] >> (p[2] & 63) & 1);
}

/* Of a reversed trie: whether a literal may end with the last of `len` bytes before `end`, at least one. */
static inline bool gk_trie_ends(const gk_trie *t, const char *end, size_t len) {
    const unsigned char *p = (const unsigned char *)end;
    if (p[-1] < 0x80) return t->starts[p[-1] >> 6] >> (p[-1] & 63) & 1;
    return len < 3 || (p[-3] & 0xF0) != 0xE0 || (t->starts[p[-2] & 63] >> (p[-1] & 63) & 1);
}

/* Whether two characters from U+3000 on stand at p, of three bytes each, and no literal starts with either: none does where
 * the second one is neither a first nor a second character of a literal. */
static inline bool gk_trie_passes_two(const uint64_t *opens, const unsigned char *p) {
    return (unsigned char)(p[0] - 0xE3) < 13 && (unsigned char)(p[3] - 0xE3) < 13 && !(opens[p[4] & 63] >> (p[5] & 63) & 1);
}

/* The first place from byte `at` on where a literal may start, s.len for none. The low twelve bits of a character of
 * three bytes are those of its second and third byte. */
static inline size_t gk_trie_skip(const gk_trie *t, gk_str s, size_t at) {
    const unsigned char *text = (const unsigned char *)s.ptr, *p = text + at, *end = text + s.len;
    const uint64_t *starts = t->starts, *opens = t->opens;
    while (p < end) {
        while (opens && end - p >= 6 && gk_trie_passes_two(opens, p)) p += 6;
        if (p == end) break;
        if (*p < 0x80) {
            if (starts[*p >> 6] >> (*p & 63) & 1) break;
            p++;
        } else if ((*p & 0xF0) == 0xE0 && end - p >= 3) {
            if (starts[p[1] & 63] >> (p[2] & 63) & 1) break;
            p += 3;
        } else {
            size_t bytes;
            if (gk_trie_first(t, gk_char_at(s, (size_t)(p - text), &bytes))) break;
            p += bytes;
        }
    }
    return (size_t)(p - text);
}

/* Where a walk from a place of a text has come: the node, 0 for the end, and the byte behind the character that led
 * there. The nodes at byte `at` of s, each with an output or without:
 *   for (gk_trie_path p = gk_trie_enter(t, s, at); p.node; gk_trie_go(t, s, &p)) ... t->node[p.node].output */
typedef struct gk_trie_path {
    size_t reach;
    uint32_t node;
} gk_trie_path;

static inline gk_trie_path gk_trie_enter(const gk_trie *t, gk_str s, size_t at) {
    size_t bytes = 0;
    uint32_t node = at < s.len ? gk_trie_first(t, gk_char_at(s, at, &bytes)) : 0;
    return (gk_trie_path){at + bytes, node};
}

static inline void gk_trie_go(const gk_trie *t, gk_str s, gk_trie_path *p) {
    size_t bytes = 0;
    bool more = p->reach < s.len && t->node[p->node].mask;
    p->node = more ? gk_trie_next(t, p->node, gk_char_at(s, p->reach, &bytes)) : 0;
    p->reach += bytes;
}

/* The same in a reversed trie, back from byte `at`; `reach` is the first byte of what was read. */
static inline gk_trie_path gk_trie_enter_back(const gk_trie *t, gk_str s, size_t at) {
    size_t bytes = 0;
    uint32_t node = at > 0 ? gk_trie_first(t, gk_char_before(s, at, &bytes)) : 0;
    return (gk_trie_path){at - bytes, node};
}

static inline void gk_trie_go_back(const gk_trie *t, gk_str s, gk_trie_path *p) {
    size_t bytes = 0;
    bool more = p->reach > 0 && t->node[p->node].mask;
    p->node = more ? gk_trie_next(t, p->node, gk_char_before(s, p->reach, &bytes)) : 0;
    p->reach -= bytes;
}

/* A walk over the literals at a place, shortest first:
 *   for (gk_trie_walk w = gk_trie_walk_at(t, s, at); gk_trie_step(&w);) ... w.output, w.length */
typedef struct gk_trie_walk {
    const gk_trie *trie;
    gk_str s;
    size_t at, length; /* where the walk started, and the bytes of the literal */
    gk_trie_path path;
    uint32_t output;
} gk_trie_walk;

/* All literals that start at byte `at` of s. Not for a reversed trie. */
static inline gk_trie_walk gk_trie_walk_at(const gk_trie *t, gk_str s, size_t at) {
    return (gk_trie_walk){t, s, at, 0, gk_trie_enter(t, s, at), 0};
}

static inline bool gk_trie_step(gk_trie_walk *w) {
    for (w->output = 0; w->path.node && !w->output; gk_trie_go(w->trie, w->s, &w->path)) {
        w->output = w->trie->node[w->path.node].output;
        w->length = w->path.reach - w->at;
    }
    return w->output != 0;
}

/* The longest literal at a place: its length in bytes, 0 for none, and its output. */
size_t gk_trie_longest(const gk_trie *t, gk_str s, size_t at, uint32_t *output);

#endif
