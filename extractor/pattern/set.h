/* Pattern sets: all domain knowledge, loaded from YAML files and compiled once. PCRE2 and libyaml live in this room.
 *
 * A set is immutable after load and shared by every worker; match data and JIT stacks are in a gk_matcher, one for each
 * worker. Patterns are matched on FOLDED text (text/view.h): the loader refuses a pattern or literal that holds a
 * character which folding would change.
 *
 * Files: DIR/<any>.yaml, one mapping each, with the top-level keys
 *   words:   name -> list of literals; `{{name}}` in a pattern becomes an alternation of them, longest first, escaped
 *   define:  name -> pattern fragment; `{{name}}` becomes `(?:fragment)`; fragments may use others, never in a circle
 *   maps:    name -> mapping from literal to text (units to powers of ten, direction words to signs ...); `{{name}}` is
 *            also an alternation of the literals
 *   rules:   list of rules
 * and DIR/<any>.tsv: tables (codes, divisions, the fold table), kept as text.
 * words, define and maps are shared by all files; a name is defined once.
 *
 * A rule:
 *   - id: change-amount            # unique in the file, [a-z0-9-]+
 *     scope: lead                  # keys.h
 *     priority: 10                 # optional integer, default 0: higher wins between matches of equal length
 *     at: [比, 较]                  # dispatch literals, by the mode of the scope: at | before, after, at | needs,
 *                                  # ahead; one of each list must stand there (`ahead`: in the match or behind its
 *                                  # start); "\n" stands before the first character. An item may be `{{name}}`: all
 *                                  # words of that list or map. Optional except for TRIGGER.
 *     least: 6                     # NUMBER: bytes the number has at least; a shorter one is not tried. Optional
 *     pattern: |                   # PCRE2, UTF, DOTALL, EXTENDED (blanks and # comments ignored); block literal only
 *       ...
 *     set: {measure: change}       # constants, keys of keys.h
 *     yes:                         # tests, at least one
 *       - {on: "比上年减少", gives: {sign: 减少}}       # pattern alone: the (folded) subject and what keys it tells
 *       - {text: "支出 5 万元，比上年减少 2 万元。", gives: {raw: 2万元, value: "-20000", measure: change}}  # whole engine:
 *                                  # some record of this rule, or some excluded number (gives: {class: date, raw: 2024})
 *     no:                          # at least one: must not match (on) / must not be spoken of by this rule (text)
 *       - {on: "比例"}
 * An `on` subject may mark the number or the offset with `|`: "第|3|条" (NUMBER: number between the bars; without bars
 * each number is tried), "abc|def" (START: offset of the bar; TRIGGER: end of the subject).
 *
 * patterns/README.md says the same to those who write rules.
 */
#ifndef GK_PATTERN_SET_H
#define GK_PATTERN_SET_H

#include "base/err.h"
#include "base/limits.h"
#include "pattern/keys.h"
#include "text/view.h"

typedef struct gk_set gk_set;
typedef struct gk_matcher gk_matcher;

typedef struct gk_rule {
    gk_str id;   /* "file:id", file without ".yaml" */
    gk_str file; /* path or "builtin/NAME.yaml" */
    uint32_t line;
    gk_scope scope;
    int32_t priority;
    uint32_t order;             /* position in the set (files by name, then order in the file) */
    gk_str source;              /* the pattern as written */
    gk_str expanded;            /* with vocabulary */
    gk_str constant[GK_KEY_COUNT]; /* absent: not set */
    uint8_t group_of[GK_KEY_COUNT]; /* capture number, 0: no such group (gk_match_value) */
    uint8_t groups;                 /* the highest capture number */
} gk_rule;

/* One test of a rule, for the runners of `gongkai patterns test`. */
typedef struct gk_rule_test {
    const gk_rule *rule;
    bool whole;    /* true: `text`, through the engine; false: `on`, the pattern alone */
    bool positive; /* yes or no */
    gk_str text;
    uint32_t line;
    size_t gives_len;
    const gk_str (*gives)[2]; /* key, value */
} gk_rule_test;

/* What a match says. Offsets are relative to the subject handed in. */
typedef struct gk_match {
    const gk_rule *rule;
    uint32_t start, end;
    gk_span group[GK_MAX_GROUPS + 1]; /* by capture number; {UINT32_MAX, UINT32_MAX}: took no part. [0] is the match.
                                       * Of several groups of one name, the first number holds what was matched */
} gk_match;

/* The default set, built into the program. */
gk_set *gk_set_load_builtin(gk_err *err);
/* Every .yaml and .tsv file directly in dir, by name. Strict: the first mistake ends the load with file, line, column
 * and caret in err (GK_E_PATTERN; GK_E_OPEN where dir or a file cannot be read). */
gk_set *gk_set_load_dir(gk_str dir, gk_err *err);
/* The same from memory: name, content pairs. For tests and the built-in set. */
gk_set *gk_set_load_memory(const gk_str (*files)[2], size_t count, gk_err *err);
void gk_set_free(gk_set *set);

/* SHA-256 over names and contents of all files, hex. */
gk_str gk_set_digest(const gk_set *set);
/* The fold table of the set (fold.tsv). Borrowed. */
const gk_fold *gk_set_fold(const gk_set *set);
/* The text of a .tsv file by its name without folder ("divisions.tsv"), absent where there is none. */
gk_str gk_set_table(const gk_set *set, gk_str name);
/* All rules in order. */
const gk_rule *gk_set_rules(const gk_set *set, size_t *count);
/* Their tests; those of the default set are read by the first call. Thread safe. */
const gk_rule_test *gk_set_tests(const gk_set *set, size_t *count);

/* Maps and word lists. NULL where there is none of the name (a words list acts as a map to ""). A NULL map holds no
 * word. */
typedef struct gk_map gk_map;
const gk_map *gk_set_map(const gk_set *set, gk_str name);
/* The value of exactly this word; absent where it has none. */
gk_str gk_map_get(const gk_map *map, gk_str word);
/* The longest word that stands at the start (end) of s: its length in bytes, 0 for none; *value if not NULL. */
size_t gk_map_prefix(const gk_map *map, gk_str s, gk_str *value);
size_t gk_map_suffix(const gk_map *map, gk_str s, gk_str *value);
/* Whether a word may start with the first character of s, which is not empty: false for most texts, and told faster. */
bool gk_map_starts(const gk_map *map, gk_str s);
/* The same of several maps at once: a bit c % 4096, in 64 words, for each character c that a word of them starts with. */
typedef struct gk_starts {
    uint64_t bit[64];
} gk_starts;
void gk_starts_add(gk_starts *s, const gk_map *map);
static inline bool gk_starts_may(const gk_starts *s, gk_str text) {
    const unsigned char *p = (const unsigned char *)text.ptr;
    if (*p < 0x80) return s->bit[*p >> 6] >> (*p & 63) & 1;
    return (*p & 0xF0) != 0xE0 || text.len < 3 || (s->bit[p[1] & 63] >> (p[2] & 63) & 1);
}
/* The first (leftmost, then longest) word in s from byte `from` on: its offset or SIZE_MAX; *len, *value if not NULL. */
size_t gk_map_find(const gk_map *map, gk_str s, size_t from, size_t *len, gk_str *value);
/* Whether a word holds one of these characters (ASCII) at byte `from` or behind it. */
bool gk_map_holds(const gk_map *map, const char *chars, size_t from);

/* A matcher is used by one thread; the set is borrowed and must outlive it. */
gk_matcher *gk_matcher_new(const gk_set *set);
void gk_matcher_free(gk_matcher *m);

/* Called for each rule tried, when set (for `explain`): "matched" with the match; "no match" or "limit" with what the
 * pattern covered before it failed, in start and end, without groups; and "won" with the match gk_match_best returns. */
typedef void gk_matcher_watch(void *user, const gk_rule *rule, const char *outcome, const gk_match *match);
void gk_matcher_set_watch(gk_matcher *m, gk_matcher_watch *watch, void *user);

/* The best match of a scope, by the conflict policy: longest match, then priority, then order. False: no rule matched.
 * `subject` is valid UTF-8 (not checked again). A rule that passes a PCRE2 limit counts as no match and is told to the
 * watch as "limit"; gk_matcher_limits counts them.
 *   NUMBER   at = start of the number, end = its end; lookbehind sees the subject before it, the match may go on behind it
 *   TRIGGER  triggers are looked for in [at, end), at the first 256 places of literals; the match must end at `end`, the
 *            subject is cut there; lookbehind sees what stands before
 *   START    anchored at `at`, the subject is cut at `end`; lookbehind sees what stands before
 *   FIND     searched in [at, end), which is all that the pattern sees; the first match of each rule competes
 *   WHOLE    the whole of [at, end), which is all that the pattern sees
 * No memory is allocated for a match (but by the first uses of a rule, which compile it). */
bool gk_match_best(gk_matcher *m, gk_scope scope, gk_str subject, size_t at, size_t end, gk_match *out);
/* All matches of a scope (at most one for a rule and place; FIND: each rule's matches one behind the other), in the order
 * of the rules, then of their places; returns how many, at most cap. */
size_t gk_match_all(gk_matcher *m, gk_scope scope, gk_str subject, size_t at, size_t end, gk_match *out, size_t cap);

/* What the literals on one side of a number say of the rules of a NUMBER scope: a set of them, as many words as
 * gk_set_side_words. Where the text beside a number is known, so is this set, and the rest of the match costs less. */
typedef enum gk_side { GK_SIDE_BEFORE, GK_SIDE_BEHIND } gk_side;
size_t gk_set_side_words(const gk_set *set, gk_scope scope);
/* Whether a literal of that side holds one of these characters (ASCII) at byte `from` or behind it. */
bool gk_set_side_holds(const gk_set *set, gk_scope scope, gk_side side, const char *chars, size_t from);
/* The rules that may speak of a number that starts (BEFORE) or ends (BEHIND) at byte `at`. */
void gk_match_side(gk_matcher *m, gk_scope scope, gk_side side, gk_str subject, size_t at, uint64_t *rules);
/* Whether both sets, and how the number starts, leave a rule to be tried: most numbers have none. */
bool gk_match_may(const gk_matcher *m, gk_scope scope, gk_str subject, size_t at, size_t end, const uint64_t *before,
                  const uint64_t *behind);
/* gk_match_best, with both sets given. */
bool gk_match_sided(gk_matcher *m, gk_scope scope, gk_str subject, size_t at, size_t end, const uint64_t *before,
                    const uint64_t *behind, gk_match *out);
/* Whether gk_match_sided says the same of the number wherever subject[from, to) stands, that is, whether no rule that was
 * asked looked at what is before `from` or behind `to`. `from` 0 and `to` subject.len are ends of the text there too. */
bool gk_match_settled(gk_matcher *m, gk_scope scope, gk_str subject, size_t at, size_t end, const uint64_t *before,
                      const uint64_t *behind, size_t from, size_t to);

/* The value of a key: the group's text in `subject` if it took part, else the rule's constant, else absent. */
gk_str gk_match_value(const gk_match *match, gk_str subject, gk_key key);
uint64_t gk_matcher_limits(const gk_matcher *m);
/* How many patterns were run so far. */
uint64_t gk_matcher_tries(const gk_matcher *m);

/* Runs the `on` tests of all rules, the positive ones also in wrapped, spaced and full-width variants (through the fold
 * table). Each failure goes to `say` as one sentence with place. Returns the number of failures. */
typedef void gk_say(void *user, gk_str line);
size_t gk_set_self_test(const gk_set *set, gk_say *say, void *user);

#endif
