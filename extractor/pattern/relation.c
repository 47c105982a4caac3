/* What the `set` of a check rule asks: the relation, its mode and the figure that is stated.
 *
 * Worked example: `relation: colums` in a rule of the scope `check-table` is none of its relations (codes, columns), so that it
 * can only be a formula of one name; a formula needs `stated`, and each of its names must be given by a rule of the scope
 * `check-name`. Either way the misspelt word is refused where it stands, instead of being a check that never speaks.
 */
#include <stdlib.h>

#include "base/limits.h"
#include "pattern/load.h"
#include "pattern/relation.h"

/* What a relation of a scope takes; a relation without a name is the formula. */
static const struct {
    gk_str name;
    bool table;
    gk_str modes; /* with `|` between them */
} relations[] = {
#define X(how, name, modes) {{name, sizeof name - 1}, false, {modes, sizeof modes - 1}},
    GK_PROSE_RELATIONS(X)
#undef X
    {{NULL, 0}, false, {GK_PROSE_FORMULA_MODES, sizeof GK_PROSE_FORMULA_MODES - 1}},
#define X(how, name, modes) {{name, sizeof name - 1}, true, {modes, sizeof modes - 1}},
    GK_TABLE_RELATIONS(X)
#undef X
    {{NULL, 0}, true, {GK_TABLE_FORMULA_MODES, sizeof GK_TABLE_FORMULA_MODES - 1}},
};

enum { RELATIONS = sizeof relations / sizeof *relations };

typedef struct asking {
    gk_build *b;
    const gk_tree *t;
    const gk_rule *rule;
    uint32_t node; /* the mapping of the rule */
    uint32_t set;  /* its `set`, 0: none */
    bool table;
    size_t which;  /* in `relations` */
} asking;

static gk_str constant(const asking *a, gk_key key) { return a->rule->constant[key]; }

/* The value of a key of `set`; the rule itself where it has none. */
static uint32_t value_of(const asking *a, gk_key key) {
    for (uint32_t i = a->set ? gk_node_first(a->t, a->set) : 0; i && i < gk_node_last(a->t, a->set);) {
        uint32_t value = gk_node_next(a->t, i);
        if (gk_key_of(gk_node_text(a->t, i)) == key) return value;
        i = gk_node_next(a->t, value);
    }
    return a->node;
}

static const char *scope_name(const asking *a) { return gk_scope_table[a->rule->scope].name; }

/* ---- formulas */

static bool is_name(char c) { return (c >= 'a' && c <= 'z') || c == '_' || c == '.'; }
/* Between two of them stands a sign, and each is a step. */
enum { MOST_OPERANDS = (GK_MAX_FORMULA_STEPS + 1) / 2 };

/* In a formula of tables a name may end with `?` or `:`, several formulas stand with `|` between them, and `<=` before them
 * says that what is stated is no more. */
typedef struct formula {
    gk_str text;
    bool table;
    size_t at;
    int depth;
    unsigned operands; /* of this formula; with `|`, of the one that is read */
    gk_str name; /* of the operand that was read; absent: a number */
} formula;

static char peek(formula *f) {
    while (f->at < f->text.len && f->text.ptr[f->at] == ' ') f->at++;
    return f->at < f->text.len ? f->text.ptr[f->at] : '\0';
}

/* Brackets and a name or number; false: something else. */
static bool read_operand(formula *f) {
    char c;
    while ((c = peek(f)) == '(' && f->depth < GK_MAX_FORMULA_BRACKETS) f->at++, f->depth++;
    size_t start = f->at;
    if (gk_is_digit(c)) {
        while (f->at < f->text.len && gk_is_digit(f->text.ptr[f->at])) f->at++;
        f->name = GK_STR_NONE;
        return f->at - start <= GK_MAX_FORMULA_DIGITS;
    }
    while (f->at < f->text.len && is_name(f->text.ptr[f->at])) f->at++;
    f->name = gk_str_slice(f->text, start, f->at);
    if (f->table && f->name.len && (peek(f) == '?' || peek(f) == ':')) f->at++;
    return f->name.len > 0;
}

/* Closing brackets and a sign; false: something else, or the end. */
static bool read_operator(formula *f) {
    char c;
    while ((c = peek(f)) == ')' && f->depth > 0) f->at++, f->depth--;
    bool other = f->table && c == '|' && f->depth == 0;
    if (c != '+' && c != '-' && c != '*' && c != '/' && !other) return false;
    if (other) f->operands = 0;
    f->at++;
    return true;
}

typedef bool see_name(const asking *a, uint32_t node, gk_str name, size_t at);

/* Reads a formula and shows each name of it. */
static bool read_formula(const asking *a, see_name *see) {
    uint32_t node = value_of(a, GK_KEY_RELATION);
    formula f = {.text = constant(a, GK_KEY_RELATION), .table = a->table};
    if (f.table && gk_str_starts(f.text, GK_STR("<="))) f.at = 2;
    do {
        if (f.operands++ == MOST_OPERANDS)
            return gk_node_fail_at(a->t, node, f.at, a->b->err, "a formula has at most %u names and numbers", MOST_OPERANDS);
        if (!read_operand(&f))
            return gk_node_fail_at(a->t, node, f.at, a->b->err, "a formula has a name, a number or `(` here");
        if (f.name.len && !see(a, node, f.name, (size_t)(f.name.ptr - f.text.ptr))) return false;
    } while (read_operator(&f));
    if (peek(&f) != '\0' || f.depth > 0)
        return gk_node_fail_at(a->t, node, f.at, a->b->err, "a formula has `+`, `-`, `*`, `/`%s here",
                               f.depth > 0 ? " or `)`" : ", or ends");
    return true;
}

/* A formula of prose is over the figures in the groups of the pattern. */
static bool see_role(const asking *a, uint32_t node, gk_str name, size_t at) {
    static const gk_key roles[] = {GK_KEY_THIS, GK_KEY_BASE,  GK_KEY_PRIOR, GK_KEY_CHANGE,
                                   GK_KEY_RATE, GK_KEY_WHOLE, GK_KEY_PART};
    gk_key key = gk_key_of(name);
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++)
        if (roles[i] == key && a->rule->group_of[key]) return true;
    return gk_node_fail_at(a->t, node, at, a->b->err, "`%.*s` is %s%s", GK_STR_ARG(name),
                           key == GK_KEY_COUNT ? "neither a relation of the scope nor " : "",
                           key == GK_KEY_COUNT ? "a figure of a formula"
                                                  : "no figure of the pattern: a formula is over its groups");
}

static int compare_names(const void *a, const void *b) { return gk_str_cmp(*(const gk_str *)a, *(const gk_str *)b); }

void gk_build_names(gk_build *b) {
    for (size_t i = 0; i < b->set->rules; i++) {
        gk_str name = b->set->rule[i].constant[GK_KEY_NAME];
        if (b->set->rule[i].scope == GK_SCOPE_NAME && name.len) *gk_vec_push(&b->names) = name;
    }
    const gk_map *figures = gk_set_map(b->set, GK_STR("check-figures"));
    for (size_t i = 0; figures && i < figures->len; i++) *gk_vec_push(&b->names) = figures->entry[i][1];
    if (b->names.len) qsort(b->names.at, b->names.len, sizeof *b->names.at, compare_names);
}

static bool is_given(const gk_build *b, gk_str name) {
    return b->names.len && bsearch(&name, b->names.at, b->names.len, sizeof name, compare_names);
}

/* A formula of tables is over names that rules give: of rows; in a document of key figures, TABLE.ROW or TABLE.ROW.COLUMN. */
static bool see_name_given(const asking *a, uint32_t node, gk_str name, size_t at) {
    bool wide = gk_str_eqz(constant(a, GK_KEY_MODE), "document");
    size_t pieces = 0;
    for (size_t start = 0, end; start <= name.len; start = end + 1, pieces++) {
        for (end = start; end < name.len && name.ptr[end] != '.';) end++;
        gk_str piece = gk_str_slice(name, start, end);
        if (!is_given(a->b, piece))
            return gk_node_fail_at(a->t, node, at + start, a->b->err,
                                   "no rule of the scope `check-name` gives the name `%.*s`", GK_STR_ARG(piece));
    }
    if (pieces == 1 || (wide && pieces <= 3)) return true;
    return gk_node_fail_at(a->t, node, at, a->b->err, "with the mode `%.*s` a name is %s",
                           GK_STR_ARG(constant(a, GK_KEY_MODE)),
                           wide ? "that of a key figure, TABLE.ROW or TABLE.ROW.COLUMN" : "that of a row or column");
}

/* ---- what each relation takes */

static bool find_relation(asking *a) {
    gk_str name = constant(a, GK_KEY_RELATION);
    if (!name.len)
        return gk_node_fail(a->t, value_of(a, GK_KEY_RELATION), a->b->err,
                            "a rule of the scope `%s` needs a `relation` in `set`", scope_name(a));
    for (size_t i = 0; i < RELATIONS; i++) {
        if (relations[i].table != a->table) continue;
        a->which = i;
        if (!relations[i].name.len || gk_str_eq(name, relations[i].name)) return true;
    }
    return true;
}

/* A formula of tables says within what its names are. */
static bool check_mode(const asking *a) {
    gk_str mode = constant(a, GK_KEY_MODE);
    uint32_t node = value_of(a, GK_KEY_MODE);
    if (!mode.len && !(a->table && !relations[a->which].name.len)) return true;
    if (gk_str_listed(relations[a->which].modes, '|', mode)) return true;
    if (!mode.len)
        return gk_node_fail(a->t, node, a->b->err, "a formula of the scope `%s` needs a `mode` in `set`", scope_name(a));
    return gk_node_fail(a->t, node, a->b->err, "the mode `%.*s` does not fit the relation `%.*s`", GK_STR_ARG(mode),
                        GK_STR_ARG(constant(a, GK_KEY_RELATION)));
}

static bool check_stated(const asking *a) {
    gk_str stated = constant(a, GK_KEY_STATED), relation = constant(a, GK_KEY_RELATION);
    if (relations[a->which].name.len && stated.len)
        return gk_node_fail(a->t, value_of(a, GK_KEY_STATED), a->b->err, "`stated` does not fit the relation `%.*s`",
                            GK_STR_ARG(relation));
    if (!relations[a->which].name.len && !stated.len)
        return gk_node_fail(a->t, value_of(a, GK_KEY_RELATION), a->b->err,
                            "`%.*s` is no relation of the scope `%s`, and a formula needs `stated`", GK_STR_ARG(relation),
                            scope_name(a));
    return true;
}

/* Runs when all rules are loaded: what a formula is over may be named in another file. */
static bool check_rule(asking *a) {
    if (!find_relation(a) || !check_stated(a) || !check_mode(a)) return false;
    if (relations[a->which].name.len) return true;
    see_name *see = a->table ? see_name_given : see_role;
    return read_formula(a, see) && see(a, value_of(a, GK_KEY_STATED), constant(a, GK_KEY_STATED), 0);
}

bool gk_build_relation(gk_build *b, const gk_tree *t, const gk_rule *rule, uint32_t node, uint32_t set) {
    bool table = rule->scope == GK_SCOPE_TABLE;
    if (!table && rule->scope != GK_SCOPE_CHECK && rule->scope != GK_SCOPE_SENTENCE) return true;
    asking a = {.b = b, .t = t, .rule = rule, .node = node, .set = set, .table = table};
    return check_rule(&a);
}
