/* YAML files as flat trees with places. libyaml is used in yaml.c alone.
 *
 * The nodes stand in one array in preorder: the first child of node i is i + 1, and `end` is the node behind its whole
 * subtree, so that also the next sibling. In a mapping, children alternate between key and value. Node 0 is the root.
 * Texts are offsets into one pool, so that a tree can be a constant of the program (see builtin.c).
 *
 * Refused with a place: broken YAML, aliases, anchors and tags (a file of rules has no use for them, and aliases are how
 * a small file becomes a large tree), more than one document, keys that are not text, duplicate keys, nesting beyond
 * GK_MAX_YAML_DEPTH, more than GK_MAX_YAML_NODES nodes.
 */
#ifndef GK_PATTERN_YAML_H
#define GK_PATTERN_YAML_H

#include "base/err.h"
#include "base/limits.h"

enum {
    GK_MAX_YAML_DEPTH = 12,       /* levels of one file: a rule's test needs 6 */
    GK_MAX_YAML_NODES = 2 * 1000 * 1000 /* nodes of one file: 8 MiB of nothing but "- a" */
};

typedef enum gk_node_kind { GK_NODE_TEXT, GK_NODE_LIST, GK_NODE_MAP } gk_node_kind;

typedef struct gk_node {
    uint32_t end;       /* index behind the subtree */
    uint32_t text, len; /* of a text node, in the pool */
    uint32_t line;      /* 1-based */
    uint16_t column;    /* 1-based, in characters */
    uint8_t kind;       /* gk_node_kind */
    uint8_t block;      /* the text is a `|` block: its lines are lines of the file */
} gk_node;

typedef struct gk_tree {
    gk_str file;   /* name for messages */
    gk_str source; /* the whole file; absent for a tree that was checked when the program was built */
    const char *pool;
    const gk_node *node;
    uint32_t count;
} gk_tree;

/* Reads `source`. Nodes and pool are in the arena, file and source are borrowed. False: err is set. Thread safe. */
bool gk_yaml_read(gk_str file, gk_str source, gk_arena *arena, gk_tree *out, gk_err *err);

/* The text of a text node, "" of any other. */
gk_str gk_node_text(const gk_tree *t, uint32_t node);
static inline gk_node_kind gk_node_kind_of(const gk_tree *t, uint32_t node) {
    return (gk_node_kind)t->node[node].kind;
}
/* How many items a list has, or pairs a mapping. */
size_t gk_node_count(const gk_tree *t, uint32_t node);
/* for (uint32_t i = gk_node_first(t, list); i < gk_node_last(t, list); i = gk_node_next(t, i)) */
static inline uint32_t gk_node_first(const gk_tree *t, uint32_t node) { return (void)t, node + 1; }
static inline uint32_t gk_node_last(const gk_tree *t, uint32_t node) { return t->node[node].end; }
static inline uint32_t gk_node_next(const gk_tree *t, uint32_t node) { return t->node[node].end; }

/* Sets err (GK_E_PATTERN) with the place of the node; always returns false. */
bool gk_node_fail(const gk_tree *t, uint32_t node, gk_err *err, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
/* The same with the place of byte `at` of the node's text (the node itself where the file writes it otherwise). */
bool gk_node_fail_at(const gk_tree *t, uint32_t node, size_t at, gk_err *err, const char *format, ...)
    __attribute__((format(printf, 5, 6)));

#endif
