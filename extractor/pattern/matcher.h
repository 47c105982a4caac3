/* The scratch of one worker: see matcher.c for running one pattern, match.c for choosing which. */
#ifndef GK_PATTERN_MATCHER_H
#define GK_PATTERN_MATCHER_H

#include "pattern/private.h"

/* What a matcher knows of a rule's compiled pattern. */
typedef struct gk_slot {
    const pcre2_code *code; /* of the set, or `own` */
    pcre2_code *own;        /* a copy with machine code: compiling it changes the code, so the set's stays untouched */
    uint32_t uses;
    bool bad, searched; /* refused by PCRE2; of a scope that is searched, not tried at a place */
    uint32_t back;      /* characters that it looks back from its start at most, and one; 0: not known yet */
} gk_slot;

struct gk_matcher {
    const gk_set *set;
    gk_slot *slot; /* one a rule */
    pcre2_match_data *data;
    pcre2_match_context *context;
    pcre2_jit_stack *stack; /* made with the first machine code */
    uint64_t *found[GK_LISTS]; /* bit sets over the rules of a scope: whose literals stand here */
    uint32_t *seen;         /* for each output of a trie: the last search that met it */
    uint32_t search;        /* number of the current search */
    uint32_t *place;        /* FIND: for each output of a trie, where the search met it last */
    uint32_t *met;          /* FIND: the outputs that the search met */
    uint32_t *latest;       /* FIND: for each rule of a scope, where a match of it begins at the latest */
    size_t offset_limit;    /* as set in the context */
    uint32_t step_limit;    /* as set in the context */
    uint64_t limits, tries;
    gk_match trial; /* a match that may lose */
    gk_matcher_watch *watch;
    void *user;
};

/* Of a scope that is searched: matches that begin behind this byte of the subject are not looked for. */
void gk_matcher_begin_before(gk_matcher *m, size_t limit);
/* Runs one rule over `subject` from byte `start`, by the mode of its scope; offsets in `out` are moved by `base`. `out`
 * means nothing where it does not match. */
bool gk_matcher_run(gk_matcher *m, uint32_t rule, gk_str subject, size_t start, size_t base, gk_match *out);
/* Whether the rule says the same at `start` of the subject, which is tried at a place, whatever stands before byte `from`
 * and behind byte `to`. `from` 0 and `to` subject.len: nothing does. */
bool gk_matcher_settled(gk_matcher *m, uint32_t rule, gk_str subject, size_t start, size_t from, size_t to);
/* How far the rule came over a subject it did not match: start and end of `out`, without groups. */
void gk_matcher_reach(gk_matcher *m, const gk_rule *rule, gk_str subject, size_t start, size_t base, gk_match *out);
void gk_matcher_tell(gk_matcher *m, const gk_rule *rule, const char *outcome, const gk_match *match);

#endif
