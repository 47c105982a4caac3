/* The loader's own interfaces: from trees of YAML to the rules and vocabulary of a set. Every function that returns bool
 * returns false with the build's err set at the first mistake. */
#ifndef GK_PATTERN_LOAD_H
#define GK_PATTERN_LOAD_H

#include "pattern/identity.h"
#include "pattern/private.h"

typedef struct gk_build {
    gk_set *set;
    gk_rule *rule; /* what the set has of them, while it is written */
    gk_rule_more *more;
    gk_entry *entry;
    uint32_t *slot;
    gk_tree *tree; /* one for each .yaml file, in order of name */
    gk_str *stem;  /* its file name without ".yaml" */
    size_t trees;
    GK_VEC(gk_rule_test) tests;
    GK_VEC(gk_str) names; /* that rules of the scope `check-name` and the map check-figures give, sorted */
    gk_err *err;
} gk_build;

/* An empty set. */
gk_set *gk_set_new(void);
/* Fills the set from files in any order (they are sorted in place). On a mistake the set is freed and NULL returned. */
gk_set *gk_set_finish(gk_set *set, gk_pattern_file *files, size_t count, gk_err *err);

/* Collects words, define and maps of all trees, then expands every one. */
bool gk_build_vocab(gk_build *b);
/* Loads the rules of all trees, in order, with their tests. */
bool gk_build_rules(gk_build *b);
/* Collects b->names, from the rules and maps of all files. */
void gk_build_names(gk_build *b);
/* Refuses a check rule whose `set` (node 0: none) asks what no check answers. Its pattern must have been compiled, and the
 * names collected: those of a formula may be given by a rule of a later file. */
bool gk_build_relation(gk_build *b, const gk_tree *t, const gk_rule *rule, uint32_t node, uint32_t set);
/* The tests of one rule; appends to b->tests. */
bool gk_build_tests(gk_build *b, const gk_tree *t, const gk_rule *rule, uint32_t node, bool positive);
/* Those of all rules, which were loaded from these trees before. */
bool gk_build_all_tests(gk_build *b);

/* A list of literals, each a text or `{{name}}` of a list or map. */
bool gk_build_literals(gk_build *b, const gk_tree *t, uint32_t node, gk_words *out);
/* Whether a text may stand as a literal: not empty, not too long, nothing in it that folding would change. */
bool gk_check_literal(gk_build *b, const gk_tree *t, uint32_t node, gk_str text);
/* Refuses characters that never occur in folded text; in a pattern, comments may hold them. */
bool gk_check_folded(gk_build *b, const gk_tree *t, uint32_t node, gk_str text, bool pattern);

/* Appends the pattern with its vocabulary and without its comments. */
bool gk_expand(gk_build *b, const gk_tree *t, uint32_t node, gk_str text, size_t depth, gk_buf *out);
/* What `{{name}}` becomes. */
bool gk_expand_entry(gk_build *b, gk_entry *e, size_t depth);
/* Where byte `at` of the expanded pattern comes from in the text; *name is the `{{name}}` it lies in, else absent. */
size_t gk_expand_source(const gk_vocab *v, gk_str text, size_t at, gk_str *name);

/* The parts of a pattern as written. */
typedef enum gk_piece_kind { GK_PIECE_TEXT, GK_PIECE_COMMENT, GK_PIECE_NAME, GK_PIECE_BROKEN } gk_piece_kind;
typedef struct gk_piece {
    gk_piece_kind kind;
    size_t start, end;
    gk_str name;   /* of GK_PIECE_NAME */
    bool in_class; /* a name inside [...] */
} gk_piece;
typedef struct gk_pieces {
    gk_str text;
    size_t at;
    bool in_class;
} gk_pieces;
bool gk_piece_next(gk_pieces *p, gk_piece *out);

#endif
