/* The vocabulary between pattern files and the engine: scopes say where a rule is tried, keys name what it tells.
 *
 * These two lists are all that the engine knows; every word of the domain stands in pattern files. A key may be a named
 * group of a pattern (its text is the value) or an entry of the rule's `set:` (a constant); a group that took part in the
 * match wins over the constant.
 */
#ifndef GK_PATTERN_KEYS_H
#define GK_PATTERN_KEYS_H

/* How a scope applies its patterns to a subject text. */
typedef enum gk_mode {
    GK_MODE_NUMBER,  /* anchored at the start of a number; dispatched by `before` and `after` literals around it
                      * and `at` literals that it starts with */
    GK_MODE_TRIGGER, /* anchored at each place where an `at` literal stands; must reach the end of the subject */
    GK_MODE_START,   /* anchored at a given offset; dispatched by `at` literals standing there and `needs` behind it */
    GK_MODE_FIND,    /* searched anywhere; dispatched by `needs` literals that occur in the subject */
    GK_MODE_WHOLE    /* must match the whole subject; dispatched by `needs` literals that occur in it */
} gk_mode;

/* X(symbol, name in files, mode, what the subject text is) */
#define GK_SCOPES(X)                                                                                                   \
    X(EXCLUDE, "exclude", NUMBER, "the view around a digit group: numbers that are no figures, with their class")       \
    X(LEAD, "lead", TRIGGER, "the text before a number, back to the previous number: what the number says of what")     \
    X(TAIL, "tail", START, "the text behind a number and its unit")                                                    \
    X(PURPOSE, "purpose", START, "the text behind money that a bare verb puts on something: what it is for")           \
    X(BLOCK, "block", FIND, "a whole paragraph: headings, captions, unit notes, tables of contents, glossaries")        \
    X(FACT, "fact", FIND, "a heading or opening line: title, agency, year, kind of report")                             \
    X(LABEL, "label", FIND, "a subject or row label: what kind of figure it must be")                                   \
    X(TOPIC, "topic", FIND, "the opening of a paragraph, or a heading: what the paragraph speaks of")                   \
    X(TRIM_HEAD, "trim-head", START, "a subject: what is stripped at its start")                                        \
    X(TRIM_TAIL, "trim-tail", TRIGGER, "a subject: what is stripped at its end")                                        \
    X(HEADER, "header", WHOLE, "a header cell of a table: its role, measure, year, unit")                               \
    X(ROW, "row", WHOLE, "a label cell of a table row")                                                                 \
    X(TARGET, "target", WHOLE, "a cell with the target or the actual value of an indicator")                            \
    X(GOAL, "goal", FIND, "prose that states a performance target")                                                    \
    X(CHECK, "check", FIND, "a line with a token for each figure: relations between figures")                          \
    X(SENTENCE, "check-sentence", FIND, "a sentence of such a line: relations that no end of a sentence cuts")         \
    X(NAME, "check-name", WHOLE, "row:, column:, table: ... and a label, header path, caption: what relations call it")   \
    X(TABLE, "check-table", FIND, "table: and a caption, or document: and a title: relations between its figures")

typedef enum gk_scope {
#define X(symbol, name, mode, what) GK_SCOPE_##symbol,
    GK_SCOPES(X)
#undef X
        GK_SCOPE_COUNT
} gk_scope;

/* X(symbol, name in files: set key and group name) */
#define GK_KEYS(X)                                                                                                     \
    X(CLASS, "class")                                                                                                  \
    X(ROLE, "role")                                                                                                    \
    X(LEVEL, "level")                                                                                                  \
    X(KIND, "kind")                                                                                                    \
    X(MEASURE, "measure")                                                                                              \
    X(SUBJECT, "subject")                                                                                              \
    X(WHOLE, "whole")                                                                                                  \
    X(SIGN, "sign")                                                                                                    \
    X(YEAR, "year")                                                                                                    \
    X(BASE, "base")                                                                                                    \
    X(BASE_YEAR, "base_year")                                                                                          \
    X(CARRY, "carry")                                                                                                  \
    X(UNIT, "unit")                                                                                                    \
    X(QUALIFIER, "qualifier")                                                                                          \
    X(VALUE, "value")                                                                                                  \
    X(OP, "op")                                                                                                        \
    X(NAME, "name")                                                                                                    \
    X(TARGET, "target")                                                                                                \
    X(ACTUAL, "actual")                                                                                                \
    X(WEIGHT, "weight")                                                                                                \
    X(SCORE, "score")                                                                                                  \
    X(BASIS, "basis")                                                                                                  \
    X(PROJECT, "project")                                                                                              \
    X(LEVEL1, "level1")                                                                                                \
    X(LEVEL2, "level2")                                                                                                \
    X(TITLE, "title")                                                                                                  \
    X(AGENCY, "agency")                                                                                                \
    X(REGION, "region")                                                                                                \
    X(REPORT, "report")                                                                                                \
    X(FORM, "form")                                                                                                    \
    X(CAPTION, "caption")                                                                                              \
    X(CODE, "code")                                                                                                    \
    X(LIST, "list")                                                                                                    \
    X(MODE, "mode")                                                                                                    \
    X(CHECK, "check")                                                                                                  \
    X(RELATION, "relation")                                                                                            \
    X(STATED, "stated")                                                                                                \
    X(THIS, "this")                                                                                                    \
    X(PRIOR, "prior")                                                                                                  \
    X(CHANGE, "change")                                                                                                \
    X(RATE, "rate")                                                                                                    \
    X(PART, "part")                                                                                                    \
    X(PARTS, "parts")

typedef enum gk_key {
#define X(symbol, name) GK_KEY_##symbol,
    GK_KEYS(X)
#undef X
        GK_KEY_COUNT
} gk_key;

#endif
