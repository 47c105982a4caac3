/* Every class of mistake in a pattern file, with its sentence and its place. */
#include "check.h"
#include "pattern/set.h"

/* A whole rule but for what a test is about. */
#define RULE(middle)                                                                                                   \
    "rules:\n"                                                                                                         \
    "  - id: one\n"                                                                                                    \
    "    scope: tail\n" middle "    yes: [{on: x}]\n"                                                                  \
    "    no: [{on: y}]\n"
#define PATTERN "    pattern: |\n      x\n"

static const struct mistake {
    const char *source;
    uint32_t line, column;
    const char *message; /* part of it */
} mistakes[] = {
    /* YAML */
    {"words: [a, b\nrules: 1\n", 2, 6, "broken YAML"},
    {"words:\n\t- a\n", 2, 1, "broken YAML"},
    {"words: \x01\n", 1, 8, "broken YAML: control characters"},
    {"words:\n  a: &x [b]\n", 2, 6, "anchors are not allowed"},
    {"words:\n  a: *x\n", 2, 6, "aliases are not allowed"},
    {"words:\n  a: !!str b\n", 2, 6, "tags are not allowed"},
    {"words: {}\n---\nwords: {}\n", 2, 1, "one YAML document"},
    {"words: [[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]\n", 1, 19, "nested too deep"},
    {"? [a]\n: b\n", 1, 3, "a key must be a text"},
    {"words: {a: [b]}\nwords: {c: [d]}\n", 2, 1, "the key `words` stands twice"},
    {"- a\n", 1, 1, "a pattern file is a mapping"},
    {"words:\n  a: [b]\n\xff\n", 3, 1, "must be UTF-8"},
    /* top level and vocabulary */
    {"word:\n  a: [b]\n", 1, 1, "unknown key `word`"},
    {"words: [a]\n", 1, 8, "must be a mapping from names"},
    {"words:\n  'a b': [b]\n", 2, 3, "a name is made of"},
    {"words:\n  a: [b]\nmaps:\n  a: {b: c}\n", 4, 3, "`a` is already defined in t.yaml, line 2"},
    {"words:\n  a: b\n", 2, 6, "words must be a list"},
    {"words:\n  a: []\n", 2, 6, "`a` is empty"},
    {"words:\n  a: [b, \"\"]\n", 2, 10, "an empty literal"},
    {"words:\n  a: [b, c, b]\n", 2, 13, "`b` stands twice in `a`"},
    {"words:\n  a: [b, [c]]\n", 2, 10, "must be a text"},
    {"words:\n  a: ['{{b}}']\n", 2, 7, "`{{name}}` cannot stand here"},
    {"words:\n  a: [合计, （元）]\n", 2, 11, "`（` (U+FF08) never stands in folded text: write `(`"},
    {"maps:\n  a: [b]\n", 2, 6, "a map must be a mapping"},
    {"maps:\n  a: {b: [c]}\n", 2, 10, "must be a text"},
    {"define:\n  a: [b]\n", 2, 6, "must be a text"},
    {"define:\n  a: 'x{{b}}'\n", 2, 8, "there is no word list, map or definition `b`"},
    {"define:\n  a: 'x{{b'\n", 2, 8, "`{{` must be followed by a name"},
    {"define:\n  a: x{{b}}\n  b: |\n    y\n    {{a}}\n", 5, 5, "the definition `a` contains itself"},
    {"define:\n  a: '[{{b}}]'\nwords:\n  b: [c]\n", 2, 8, "cannot stand inside [...]"},
    {"define:\n  a: １\n", 2, 6, "`１` (U+FF11) never stands in folded text: write `1`"},
    /* rules */
    {"rules: {a: b}\n", 1, 8, "`rules` must be a list"},
    {"rules:\n  - a\n", 2, 5, "a rule must be a mapping"},
    {RULE(PATTERN "    when: x\n"), 6, 5, "unknown key `when` in a rule"},
    {RULE(PATTERN "    id: two\n"), 6, 5, "the key `id` stands twice"},
    {"rules:\n  - scope: tail\n", 2, 5, "the rule has no `id`"},
    {"rules:\n  - id: One\n", 2, 9, "bad id `One`"},
    {"rules:\n  - id: one\n", 2, 5, "the rule has no `scope`"},
    {"rules:\n  - id: one\n    scope: trail\n", 3, 12, "unknown scope `trail`"},
    {RULE(""), 2, 5, "the rule has no `pattern`"},
    {RULE("    pattern: x\n"), 4, 14, "must be written as a literal block"},
    {RULE("    pattern: >\n      x\n"), 4, 14, "must be written as a literal block"},
    {RULE("    pattern: |\n\n"), 4, 14, "an empty pattern"},
    {RULE(PATTERN "    priority: high\n"), 6, 15, "`priority` must be a whole number"},
    {RULE(PATTERN "    priority: 1000001\n"), 6, 15, "`priority` must be a whole number"},
    {RULE(PATTERN "    ahead: [x]\n"), 6, 5, "`ahead` does not fit the scope `tail`"},
    {RULE(PATTERN "    least: 3\n"), 6, 5, "`least` does not fit the scope `tail`"},
    {"rules:\n  - id: one\n    scope: exclude\n    least: 3x\n", 4, 12, "`least` must be a number of bytes below 100"},
    {RULE(PATTERN "    at: x\n"), 6, 9, "must be a list of literals"},
    {RULE(PATTERN "    at: []\n"), 6, 9, "an empty list of literals"},
    {RULE(PATTERN "    at: ['']\n"), 6, 10, "an empty literal"},
    {RULE(PATTERN "    at: ['{{no}}']\n"), 6, 10, "there is no word list or map `no`"},
    {RULE(PATTERN "    at: [x, ２]\n"), 6, 13, "`２` (U+FF12) never stands"},
    {"rules:\n  - id: one\n    scope: lead\n    pattern: |\n      x\n", 2, 5, "a rule of the scope `lead` needs `at`"},
    {RULE(PATTERN "    set: [a]\n"), 6, 10, "`set` must be a mapping"},
    {RULE(PATTERN "    set: {colour: red}\n"), 6, 11, "unknown key `colour` in `set`"},
    {RULE(PATTERN "    set: {sign: [red]}\n"), 6, 17, "must be a text"},
    {"rules:\n  - id: one\n    scope: tail\n" PATTERN "    no: [{on: y}]\n", 2, 5, "has no positive test"},
    {"rules:\n  - id: one\n    scope: tail\n" PATTERN "    yes: [{on: y}]\n", 2, 5, "has no negative test"},
    {"rules:\n  - id: one\n    scope: tail\n" PATTERN "    yes: []\n    no: [{on: y}]\n", 6, 10, "has no positive test"},
    {RULE(PATTERN) "  - id: one\n    scope: tail\n" PATTERN "    yes: [{on: x}]\n    no: [{on: y}]\n", 8, 5,
     "the id of `t:one` is already used in line 2"},
    /* tests of rules */
    {"rules:\n  - id: one\n    scope: tail\n" PATTERN "    yes: x\n", 6, 10, "tests must be a list"},
    {"rules:\n  - id: one\n    scope: tail\n" PATTERN "    yes: [x]\n", 6, 11, "a test must be a mapping"},
    {"rules:\n  - id: one\n    scope: tail\n" PATTERN "    yes: [{in: x}]\n", 6, 12, "unknown key `in` in a test"},
    {"rules:\n  - id: one\n    scope: tail\n" PATTERN "    yes: [{gives: {}}]\n", 6, 11, "either `on` or `text`"},
    {"rules:\n  - id: one\n    scope: tail\n" PATTERN "    yes: [{on: x, text: x}]\n", 6, 11, "either `on` or `text`"},
    {"rules:\n  - id: one\n    scope: tail\n" PATTERN "    yes: [{on: x, gives: {colour: red}}]\n", 6, 27,
     "unknown key `colour` in `gives`"},
    {"rules:\n  - id: one\n    scope: tail\n" PATTERN "    yes: [{on: x, gives: {raw: red}}]\n", 6, 27,
     "a pattern alone tells no such field"},
    {"rules:\n  - id: one\n    scope: tail\n" PATTERN "    yes: [{on: x}]\n    no: [{on: x, gives: {sign: a}}]\n", 7, 25,
     "a negative test gives nothing"},
    /* patterns */
    {RULE("    pattern: |\n      x\n      支出 (?<sign>y\n"), 6, 19, "pattern of `t:one`: missing closing parenthesis"},
    {RULE("    pattern: |\n      x # （\n      {{no}}\n"), 6, 7, "there is no word list, map or definition `no`"},
    {RULE("    pattern: |\n      x # （\n      收（支\n"), 6, 8, "`（` (U+FF08) never stands in folded text"},
    {RULE("    pattern: |\n      x\n\n      \xE2\x80\x8B\n"), 7, 7, "U+200B never stands in folded text: it is dropped"},
    {"define:\n  a: '(?<colour>y)'\n" RULE("    pattern: |\n      x {{a}}\n"), 7, 9, "`colour` (in {{a}})"},
    {RULE("    pattern: |\n      x (?<colour>y)\n"), 5, 12, "unknown group name `colour`"},
    {RULE("    pattern: |\n      x )|( y\n"), 5, 9, "unmatched closing parenthesis"},
    {RULE("    pattern: |\n      (*UCP)\\d\n"), 5, 13, "using UCP is disabled"},
    {RULE("    pattern: |\n      x ()()()()()()()()()\n"), 5, 7, "more than 8 groups"},
    {"define:\n  a: '[b'\n" RULE("    pattern: |\n      x {{a}}\n"), 2, 9, "definition `a`: missing terminating ]"},
};

/* A rule of the scope `check-table` with this `set`, and one that gives the names it may speak of; of prose, one with the
 * figures `this` and `base`. */
#define NAMED                                                                                                          \
    "rules:\n"                                                                                                         \
    "  - id: name\n"                                                                                                   \
    "    scope: check-name\n" PATTERN "    set: {name: total}\n"                                                      \
    "    yes: [{on: x}]\n"                                                                                             \
    "    no: [{on: y}]\n"
/* Of a formula: names. */
#define SEVEN "total + total + total + total + total + total + total + "
#define EIGHT "total + " SEVEN
#define TABLE(set)                                                                                                     \
    NAMED "  - id: one\n"                                                                                              \
          "    scope: check-table\n" set PATTERN "    yes: [{on: x}]\n"                                               \
          "    no: [{on: y}]\n"
#define PROSE(set)                                                                                                     \
    "rules:\n"                                                                                                         \
    "  - id: one\n"                                                                                                    \
    "    scope: check-sentence\n" set "    pattern: |\n      (?<this>x)(?<base>x)\n"                                  \
    "    yes: [{on: xx}]\n"                                                                                            \
    "    no: [{on: y}]\n"

static const struct mistake asked[] = {
    {TABLE("    set: {relation: colums}\n"), 11, 21, "`colums` is no relation of the scope `check-table`"},
    {TABLE("    set: {relation: colums, stated: total, mode: row}\n"), 11, 21, "gives the name `colums`"},
    {TABLE("    set: {relation: total + totl, stated: total, mode: row}\n"), 11, 29, "gives the name `totl`"},
    {TABLE("    set: {relation: total, stated: totl, mode: row}\n"), 11, 36, "gives the name `totl`"},
    {TABLE("    set: {relation: total, stated: total, mode: rows}\n"), 11, 49, "the mode `rows` does not fit"},
    {TABLE("    set: {relation: total, stated: total}\n"), 9, 5, "needs a `mode`"},
    {TABLE("    set: {relation: columns, mode: row}\n"), 11, 36, "the mode `row` does not fit the relation `columns`"},
    {TABLE("    set: {relation: codes, stated: total}\n"), 11, 36, "`stated` does not fit the relation `codes`"},
    {TABLE("    set: {relation: total +, stated: total, mode: row}\n"), 11, 28, "a name, a number or `(` here"},
    {TABLE("    set: {relation: total + (total, stated: total, mode: row}\n"), 11, 35, "or `)` here"},
    {TABLE("    set: {relation: " EIGHT EIGHT EIGHT EIGHT EIGHT EIGHT EIGHT EIGHT "total, stated: total, mode: row}\n"),
     11, 532, "a formula has at most 64 names and numbers"},
    {TABLE("    set: {relation: total total, stated: total, mode: row}\n"), 11, 27, ", or ends here"},
    {TABLE("    set: {relation: total + 1234567890, stated: total, mode: row}\n"), 11, 39, "a name, a number"},
    {TABLE("    set: {relation: total.total, stated: total, mode: row}\n"), 11, 21, "that of a row or column"},
    {TABLE("    set: {relation: total.total.total.total, stated: total.total, mode: document}\n"), 11, 21, "TABLE.ROW"},
    {TABLE("    set: {relation: total? | total, stated: total?, mode: row}\n"), 11, 45, "the name `total?`"},
    {PROSE("    set: {relation: this?, stated: base}\n"), 4, 25, "or ends here"},
    {TABLE("    set: {relation: total.sum, stated: total.total, mode: document}\n"), 11, 27, "the name `sum`"},
    {TABLE("    set: {stated: total}\n"), 9, 5, "needs a `relation`"},
    {TABLE(""), 9, 5, "needs a `relation`"},
    {PROSE(""), 2, 5, "a rule of the scope `check-sentence` needs a `relation`"},
    {PROSE("    set: {relation: compares}\n"), 4, 21, "`compares` is no relation of the scope `check-sentence`"},
    {PROSE("    set: {relation: compares, stated: base}\n"), 4, 21, "neither a relation of the scope nor a figure"},
    {PROSE("    set: {relation: codes, stated: base}\n"), 4, 21, "neither a relation"},
    {PROSE("    set: {relation: this - prior, stated: base}\n"), 4, 28, "`prior` is no figure of the pattern"},
    {PROSE("    set: {relation: this, stated: change}\n"), 4, 35, "`change` is no figure of the pattern"},
    {PROSE("    set: {relation: this, stated: base, mode: undefind}\n"), 4, 47, "the mode `undefind` does not fit"},
    {PROSE("    set: {relation: compare, mode: undefined}\n"), 4, 36, "the mode `undefined` does not fit"},
    {PROSE("    set: {relation: parts, mode: all}\n"), 4, 34, "the mode `all` does not fit the relation `parts`"},
};

static const char *const answered[] = {
    TABLE("    set: {relation: codes}\n"),
    TABLE("    set: {relation: total * (2 + 123456789), stated: total, mode: column}\n"),
    TABLE("    set: {relation: total.total.total, stated: total.total, mode: document}\n"),
    PROSE("    set: {relation: (this - base) * 100 / base, stated: this, mode: undefined}\n"),
    PROSE("    set: {relation: parts, mode: complete}\n"),
    TABLE("    set: {relation: " EIGHT EIGHT EIGHT EIGHT EIGHT EIGHT EIGHT SEVEN "total, stated: total, mode: row}\n"),
    TABLE("    set: {relation: " EIGHT EIGHT EIGHT EIGHT EIGHT EIGHT EIGHT SEVEN "total | total, stated: total, mode: row}\n"),
};

/* The names of a formula may be given in a file that comes later. */
static void test_answered(void) {
    for (size_t i = 0; i < sizeof answered / sizeof *answered; i++) {
        const gk_str file[][2] = {{GK_STR("t.yaml"), gk_str_of(answered[i])}};
        gk_err err = {0};
        gk_set *set = gk_set_load_memory(file, 1, &err);
        CHECK(set != NULL);
        if (!set) fprintf(stderr, "%s-> %s\n", answered[i], err.message);
        gk_set_free(set);
    }
    static const char formula[] = "rules:\n  - id: one\n    scope: check-table\n" PATTERN
                                  "    set: {relation: total, stated: total, mode: row}\n"
                                  "    yes: [{on: x}]\n    no: [{on: y}]\n";
    const gk_str two[][2] = {{GK_STR("a.yaml"), gk_str_of(formula)}, {GK_STR("b.yaml"), gk_str_of(NAMED)}};
    gk_err err = {0};
    gk_set *set = gk_set_load_memory(two, 2, &err);
    CHECK(set != NULL);
    gk_set_free(set);
}

static void test_mistake(const struct mistake *m) {
    const gk_str file[][2] = {{GK_STR("t.yaml"), gk_str_of(m->source)}};
    gk_err err = {0};
    gk_set *set = gk_set_load_memory(file, 1, &err);
    bool good = !set && err.code == GK_E_PATTERN && strstr(err.message, m->message) && err.line == m->line &&
                err.column == m->column && strcmp(err.file, "t.yaml") == 0;
    CHECK(good);
    if (!good)
        fprintf(stderr, "%s\n-> %s:%u:%u: %s (not %u:%u: %s)\n", m->source, err.file, err.line, err.column, err.message,
                m->line, m->column, m->message);
    gk_set_free(set);
}

static const char good_rule[] = RULE(PATTERN);

static void check_refused(const gk_str (*files)[2], size_t count, const char *file, const char *message) {
    gk_err err = {0};
    gk_set *set = gk_set_load_memory(files, count, &err);
    CHECK(set == NULL);
    CHECK_INT(err.code, GK_E_PATTERN);
    CHECK_STR(gk_str_of(err.file), file);
    CHECK(strstr(err.message, message) != NULL);
    if (!strstr(err.message, message)) fprintf(stderr, "-> %s\n", err.message);
    gk_set_free(set);
}

static void test_files(void) {
    gk_str rule = gk_str_of(good_rule);
    const gk_str two[][2] = {{GK_STR("a.yaml"), rule}, {GK_STR("b.yaml"), rule}};
    gk_err err = {0};
    gk_set *set = gk_set_load_memory(two, 2, &err); /* ids belong to their file */
    CHECK(set != NULL);
    gk_set_free(set);
    const gk_str same[][2] = {{GK_STR("a.yaml"), rule}, {GK_STR("a.yaml"), rule}};
    check_refused(same, 2, "a.yaml", "given twice");
    const gk_str names[][2] = {{GK_STR("b.yaml"), GK_STR("define: {x: y}\n")},
                               {GK_STR("a.yaml"), GK_STR("words: {x: [y]}\n")}};
    check_refused(names, 2, "b.yaml", "`x` is already defined in a.yaml, line 1");
    const gk_str broken[][2] = {{GK_STR("fold.tsv"), GK_STR("\xff\xfe")}};
    check_refused(broken, 1, "fold.tsv", "must be UTF-8");
}

static void test_sizes(void) {
    gk_buf big = {0};
    while (big.len <= GK_MAX_PATTERN_FILE_BYTES) gk_buf_put(&big, GK_STR("# nothing but a comment, again and again\n"));
    const gk_str file[][2] = {{GK_STR("a.yaml"), gk_buf_str(&big)}};
    check_refused(file, 1, "a.yaml", "a pattern file has at most");
    gk_buf_clear(&big);
    gk_buf_put(&big, GK_STR("rules:\n"));
    for (unsigned i = 0; i <= GK_MAX_RULES; i++)
        gk_buf_printf(&big, "  - {id: r%u, scope: tail, yes: [{on: x}], no: [{on: y}],\n     pattern: x}\n", i);
    const gk_str many[][2] = {{GK_STR("a.yaml"), gk_buf_str(&big)}};
    check_refused(many, 1, "a.yaml", "literal block");
    gk_buf_clear(&big);
    gk_buf_put(&big, GK_STR("rules:\n"));
    for (unsigned i = 0; i <= GK_MAX_RULES; i++)
        gk_buf_printf(&big, "- id: r%u\n  scope: tail\n  yes: [{on: x}]\n  no: [{on: y}]\n  pattern: |\n   x\n", i);
    const gk_str more[][2] = {{GK_STR("a.yaml"), gk_buf_str(&big)}};
    check_refused(more, 1, "a.yaml", "a pattern set has at most 20000 rules");
    gk_buf_clear(&big);
    gk_buf_put(&big, GK_STR("define:\n  d0: aaaaaaaaaaaaaaaa\n"));
    for (int i = 1; i < 30; i++) gk_buf_printf(&big, "  d%d: '{{d%d}}{{d%d}}'\n", i, i - 1, i - 1);
    const gk_str doubling[][2] = {{GK_STR("a.yaml"), gk_buf_str(&big)}};
    check_refused(doubling, 1, "a.yaml", "expands to more than");
    gk_buf_clear(&big);
    gk_buf_put(&big, GK_STR("define:\n"));
    for (int i = 0; i < 100; i++) gk_buf_printf(&big, "  d%d: 'x{{d%d}}'\n", i, i + 1);
    gk_buf_put(&big, GK_STR("  d100: x\n"));
    const gk_str deep[][2] = {{GK_STR("a.yaml"), gk_buf_str(&big)}};
    check_refused(deep, 1, "a.yaml", "nested deeper than");
    gk_buf_free(&big);
}

static void test_folder(void) {
    gk_err err = {0};
    CHECK(gk_set_load_dir(GK_STR("no such folder"), &err) == NULL);
    CHECK_INT(err.code, GK_E_OPEN);
    CHECK_STR(gk_str_of(err.file), "no such folder");
}

int main(void) {
    for (size_t i = 0; i < sizeof mistakes / sizeof *mistakes; i++) test_mistake(&mistakes[i]);
    for (size_t i = 0; i < sizeof asked / sizeof *asked; i++) test_mistake(&asked[i]);
    test_answered();
    test_files();
    test_sizes();
    test_folder();
    return CHECK_DONE();
}
