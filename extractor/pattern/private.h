/* The inside of a pattern set, shared by the files of this room. */
#ifndef GK_PATTERN_PRIVATE_H
#define GK_PATTERN_PRIVATE_H

#include <pthread.h>

#include "pattern/set.h"
#include "pattern/trie.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

/* Limits of this room; the reasons stand beside them. */
enum {
    GK_MAX_EXPANDED_BYTES = 256 * 1024, /* one pattern with its vocabulary: definitions that double each other end here */
    GK_MAX_DEFINE_DEPTH = 32,           /* definitions inside definitions */
    GK_MAX_LITERAL_BYTES = 240,         /* one word of a list or dispatch literal: the length of a subject */
    GK_LISTS = 3,                       /* dispatch lists of a rule */
    GK_LEASTS = 16,                     /* lengths of numbers that are told apart */
    GK_LIST_AHEAD = 1,                  /* FIND: the number of that list */
    GK_LIST_SHIFT = 24,                 /* FIND: above it stands the list in a value of the trie, below it the rule */
    GK_MAX_PLACES = 256                 /* trigger places of one subject: leads are shorter than that many characters */
};

/* A list of literals. */
typedef struct gk_words {
    const gk_str *at;
    size_t len;
} gk_words;

typedef enum gk_word_kind { GK_WORD_LIST, GK_WORD_MAP, GK_WORD_DEFINE } gk_word_kind;

struct gk_map {
    const gk_str (*entry)[2]; /* word, value */
    size_t len;
    gk_trie forward, backward;
};

/* A name of the shared vocabulary. */
typedef struct gk_entry {
    gk_str name;
    gk_word_kind kind;
    uint32_t tree, node; /* where the value stands */
    gk_map map;          /* of a list or map */
    gk_str expansion;    /* what `{{name}}` becomes, absent: not yet expanded */
    bool busy;           /* being expanded: meeting it again is a circle */
} gk_entry;

typedef struct gk_vocab {
    const gk_entry *at;
    size_t len, cap;
    const uint32_t *slot; /* open addressing, index + 1 */
    size_t slots;   /* a power of two */
} gk_vocab;

/* Groups of the same name (in alternatives): the one that took part is told as the first. */
typedef struct gk_alias {
    uint8_t group, of;
} gk_alias;

/* What the set keeps of a rule beside the public part. */
typedef struct gk_rule_more {
    gk_words list[GK_LISTS]; /* at, needs or before; after or ahead; at beside before and after */
    gk_alias alias[GK_MAX_GROUPS];
    uint8_t aliases;
    uint32_t least; /* NUMBER: bytes that the number has at least */
    gk_str head;    /* FIND, WHOLE: what every subject that it matches begins with; absent: not known */
} gk_rule_more;

/* Which rules of a scope to try. Rules are numbered within the scope; sets of them are bit sets. A rule is a candidate
 * when one of its literals stands at the place, in each of its lists. */
typedef struct gk_dispatch {
    gk_trie trie[GK_LISTS];  /* as gk_rule_more.list, before reversed. The values are numbers within the scope */
    const uint64_t *none[GK_LISTS]; /* the rules that have no such list: always candidates for its part */
    const uint32_t *rule;    /* number within the scope -> number in the set */
    size_t len, words;       /* rules, 64-bit words of a bit set */
    const uint64_t *least[GK_LEASTS]; /* NUMBER: the rules that speak of a number of so many bytes; the last: of longer ones */
} gk_dispatch;

typedef struct gk_table {
    gk_str name, text;
} gk_table;

struct gk_set {
    gk_arena arena;
    const gk_rule *rule; /* constants of the program where the set is the default one (prepared.h) */
    const gk_rule_more *more;
    pcre2_code **code; /* NULL: not compiled yet, or refused */
    size_t rules;
    gk_rule_test *test;
    size_t tests;
    gk_vocab vocab;
    gk_table *table;
    size_t tables;
    const gk_fold *fold;
    gk_fold *own_fold; /* NULL: it is a constant too */
    const gk_dispatch *dispatch; /* by scope */
    char digest[65];
    bool is_packed;       /* its patterns were compiled when the program was built, and wait for the first use */
    bool is_untested;     /* its tests wait for the first who asks for them */
    pthread_mutex_t lock; /* over what waits */
};

typedef struct gk_scope_info {
    const char *name;
    gk_mode mode;
} gk_scope_info;
extern const gk_scope_info gk_scope_table[GK_SCOPE_COUNT];
extern const char *const gk_key_names[GK_KEY_COUNT];
/* The key of a name, GK_KEY_COUNT where there is none. */
gk_key gk_key_of(gk_str name);

/* Compiles the pattern of a rule, fills group_of and aliases. The caller frees what is returned. NULL: *error is PCRE2's
 * number or one of the own ones below, and *offset the byte of rule->expanded it stands at. */
enum { GK_BAD_GROUP = -1000, GK_BAD_GROUP_COUNT };
pcre2_code *gk_rule_compile(gk_rule *rule, gk_rule_more *more, int *error, size_t *offset, gk_str *group);
/* The letters that a pattern begins with, so that every match begins with them; for one that is searched, those behind its
 * `\A`. Absent: there are none, or it has alternatives that are not in brackets. */
gk_str gk_pattern_head(gk_str pattern, gk_mode mode);
/* Whether a fragment is a pattern by itself; else PCRE2's error and the byte it stands at. */
bool gk_fragment_whole(gk_str fragment, int *error, size_t *offset);
/* A copy that calls out before every item of the pattern (reach.c); the caller frees it. NULL: refused. */
pcre2_code *gk_rule_compile_traced(const gk_rule *rule);
/* The compiled pattern of a rule of a set, unpacked or compiled now if it was not. Thread safe. NULL: the PCRE2
 * that runs refuses what the one of the build took. */
const pcre2_code *gk_set_code(const gk_set *set, uint32_t order);

/* Builds the dispatch of every scope, once all rules are loaded. */
void gk_set_build_dispatch(gk_set *set);

/* Looks a name of the vocabulary up. */
const gk_entry *gk_vocab_find(const gk_vocab *v, gk_str name);

/* Whether one of these characters (ASCII) stands in a word at byte `from` or behind it. */
static inline bool gk_word_holds(gk_str word, const char *chars, size_t from) {
    for (size_t i = from; i < word.len; i++)
        if (word.ptr[i] && strchr(chars, word.ptr[i])) return true;
    return false;
}

/* For the self test: this rule alone, over the subject, through its dispatch. */
bool gk_match_rule(gk_matcher *m, const gk_rule *rule, gk_str subject, size_t at, size_t end, gk_match *out);

#endif
