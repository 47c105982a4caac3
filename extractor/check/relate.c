/* Relations between named figures: of one row, of one column, of one table, or of the whole document.
 *
 * Worked example: in each column that has the rows `public`, `abroad`, `vehicle` and `reception`, the rule with the formula
 * "abroad + vehicle + reception" and the stated `public` is computed. A name that two different figures have is ambiguous; a
 * relation with some of its names, but not all, is counted as not run. A name with a question mark is zero where no figure has
 * it: "year_income + carried_in?"; where figures without a name stand among the terms, such a formula is not known to be all.
 * Of several formulas, "year_spending | total_spending", one must hold.
 */
#include <stdlib.h>

#include "check/place.h"

/* A figure that has a name, in the context that its rule compares within. */
typedef struct named {
    uint64_t context;
    gk_str name;
    uint32_t record;
} named;

enum { MOST_TERMS = 24 };

typedef struct relation {
    gk_checker *c;
    const gk_rule *rule;
    const named *first;
    size_t count;
    uint32_t terms[MOST_TERMS];
    size_t used, missing;
    bool ambiguous, large, optional;
} relation;

/* What a rule compares within, by its `mode`. */
typedef struct scene {
    const char *mode;
    uint64_t (*context)(const gk_checker *c, const gk_place *p);
    gk_str (*name)(gk_checker *c, const gk_place *p);
    bool prose; /* the prose takes part */
} scene;

static uint64_t in_row(const gk_checker *c, const gk_place *p) { return (void)c, (p->context * 31 + p->table) * 31 + p->row; }
static uint64_t in_column(const gk_checker *c, const gk_place *p) { return (void)c, p->path * 31 + p->table; }
static uint64_t in_table(const gk_checker *c, const gk_place *p) { return (void)c, p->context * 31 + p->table; }
static uint64_t in_document(const gk_checker *c, const gk_place *p) { return gk_key_context(c, p->record); }

static gk_str row_name(gk_checker *c, const gk_place *p) { return gk_name_text(c, p->label); }
static gk_str header_name(gk_checker *c, const gk_place *p) { return gk_name_text(c, p->header ? p->header : p->label); }

/* "table.row", or "table.row.column". */
static gk_str full_name(gk_checker *c, const gk_place *p) {
    if (!p->caption || !p->label) return GK_STR_NONE;
    gk_str table = gk_name_text(c, p->caption), row = gk_name_text(c, p->label), column = gk_name_text(c, p->header);
    return gk_arena_printf(&c->out->arena, "%.*s.%.*s%s%.*s", GK_STR_ARG(table), GK_STR_ARG(row), column.len ? "." : "",
                           GK_STR_ARG(column));
}

static gk_str key_name(gk_checker *c, const gk_place *p) { return p->item ? GK_STR_NONE : gk_name_text(c, p->key); }

static const scene scenes[] = {{"row", in_row, header_name, false},
                               {"column", in_column, row_name, false},
                               {"table", in_table, row_name, false},
                               {"document", in_document, full_name, true}};

static const scene *scene_of(const gk_rule *rule) {
    for (size_t i = 0; i < sizeof scenes / sizeof *scenes; i++)
        if (gk_str_eqz(rule->constant[GK_KEY_MODE], scenes[i].mode)) return &scenes[i];
    return NULL;
}

static const named *find(const relation *r, gk_str name, bool *twice) {
    const named *found = NULL;
    r->c->steps += r->count;
    for (size_t i = 0; i < r->count; i++) {
        if (!gk_str_eq(r->first[i].name, name)) continue;
        gk_figure a = r->c->figures.at[r->first[i].record];
        if (found && !gk_interval_meet(gk_figure_wide(r->c->figures.at[found->record]), gk_figure_wide(a))) *twice = true;
        if (!found) found = &r->first[i];
    }
    return found;
}

static bool look_up(void *user, gk_str name, gk_interval *out) {
    relation *r = user;
    bool optional = gk_str_ends(name, GK_STR("?"));
    if (optional) name.len--, r->optional = true;
    const named *n = find(r, name, &r->ambiguous);
    if (!n) r->missing += !optional;
    else if (!r->c->figures.at[n->record].known) r->large = true;
    if (n && r->used < MOST_TERMS) r->terms[r->used++] = n->record;
    *out = n ? gk_figure_wide(r->c->figures.at[n->record]) : gk_interval_at(0);
    return true;
}

/* Whether a figure without a name, and not zero, stands among the terms: a formula with a name left out may lack it. */
static bool has_strangers(const relation *r) {
    uint32_t low = r->terms[0], high = low;
    for (size_t i = 1; i < r->used; i++) {
        if (r->terms[i] < low) low = r->terms[i];
        if (r->terms[i] > high) high = r->terms[i];
    }
    for (size_t i = 0; i < r->count; i++) {
        const named *n = &r->first[i];
        if (!n->name.len && n->record > low && n->record < high && r->c->figures.at[n->record].value != 0) return true;
    }
    return false;
}

/* Names with nothing but `+` between them. */
static bool is_sum(gk_str formula) {
    for (size_t i = 0; i < formula.len; i++)
        if (formula.ptr[i] == '-' || formula.ptr[i] == '*' || formula.ptr[i] == '/') return false;
    return true;
}

/* One formula; false: it cannot be computed, for the reason. */
static bool compute(relation *r, const named *stated, gk_str formula, gk_reason *why, gk_verdict *v) {
    gk_interval expected;
    r->used = r->missing = 0;
    r->optional = false;
    if (stated) r->terms[r->used++] = stated->record, r->large = !r->c->figures.at[stated->record].known;
    gk_calc code = gk_formula(formula, look_up, r, &expected);
    *why = r->ambiguous                              ? GK_REASON_AMBIGUOUS
           : !stated || r->missing                   ? GK_REASON_TERM
           : r->large || code == GK_CALC_LARGE       ? GK_REASON_LARGE
           : code != GK_CALC_OK                      ? GK_REASON_TERM
                                                     : GK_REASON_COUNT;
    if (*why != GK_REASON_COUNT || r->used < 2) return false;
    gk_figure f = r->c->figures.at[stated->record];
    gk_fixed middle = expected.lo + (expected.hi - expected.lo) / 2;
    gk_status status = gk_status_of(gk_figure_wide(f), expected, f.value == middle);
    *v = gk_verdict_on(r->c, stated->record, r->rule->constant[GK_KEY_CHECK], r->rule->id, status);
    v->formula = formula;
    v->has_expected = true, v->expected = expected;
    if (status == GK_CONTRADICTS) v->hint = gk_slip(r->c, f, expected);
    v->terms = r->terms, v->term_count = r->used;
    v->sum = is_sum(formula);
    if (status == GK_CONTRADICTS && r->optional && has_strangers(r)) *why = GK_REASON_EVIDENCE;
    return true;
}

/* The formulas in turn, until one holds; the first that was computed is told where none does. */
static void judge(relation *r) {
    gk_str all = r->rule->constant[GK_KEY_RELATION], formula;
    const named *stated = find(r, r->rule->constant[GK_KEY_STATED], &r->ambiguous);
    gk_verdict told = {.status = GK_HOLDS}, v;
    gk_reason why = GK_REASON_COUNT, first = GK_REASON_COUNT;
    uint32_t terms[MOST_TERMS];
    size_t tried = 0, used = 0;
    for (size_t at = 0, end; at <= all.len; at = end + 1) {
        for (end = at; end < all.len && all.ptr[end] != '|';) end++;
        formula = gk_str_trim(gk_str_slice(all, at, end));
        bool done = compute(r, stated, formula, &why, &v);
        if (r->used > used) used = r->used;
        if (!done) continue;
        if (!tried++ || v.status != GK_CONTRADICTS) {
            told = v, first = why;
            memcpy(terms, r->terms, r->used * sizeof *terms);
            told.terms = terms;
        }
        if (v.status != GK_CONTRADICTS) break;
    }
    if (used < 2) return; /* it is not about these figures */
    if (!tried || first != GK_REASON_COUNT) gk_not_run(r->c, tried ? first : why);
    else gk_verdict_add(r->c, &told);
}

static int by_context(const void *a, const void *b) {
    const named *x = a, *y = b;
    if (x->context != y->context) return x->context < y->context ? -1 : 1;
    return (x->record > y->record) - (x->record < y->record);
}

static bool in_order(const named *at, size_t count) {
    for (size_t i = 1; i < count; i++)
        if (by_context(&at[i - 1], &at[i]) > 0) return false;
    return true;
}

/* A formula over tables and rows, not over key figures. */
static bool is_dotted(const gk_rule *rule) {
    gk_str s = rule->constant[GK_KEY_STATED];
    return s.len && memchr(s.ptr, '.', s.len);
}

static bool is_name(char c) { return (c >= 'a' && c <= 'z') || c == '_' || c == '.'; }

/* The bits of all names in a formula. */
static uint64_t bits_of(gk_str formula) {
    uint64_t bits = 0;
    for (size_t at = 0, end; at < formula.len; at = end + 1) {
        for (end = at; end < formula.len && is_name(formula.ptr[end]);) end++;
        bits |= gk_name_bit(gk_str_slice(formula, at, end));
    }
    return bits;
}

/* Whether a formula finds fewer than two figures in places with these names: it is not about them. */
static bool is_foreign(const gk_rule *rule, uint64_t names) {
    gk_str formula = rule->constant[GK_KEY_RELATION];
    size_t found = (gk_name_bit(rule->constant[GK_KEY_STATED]) & names) != 0;
    for (size_t at = 0, end; at < formula.len && found < 2; at = end) {
        for (end = at; end < formula.len && is_name(formula.ptr[end]);) end++;
        found += (gk_name_bit(gk_str_slice(formula, at, end)) & names) != 0;
        end += end == at;
    }
    return found < 2;
}

void gk_relate_names(gk_checker *c, const gk_rule *rule, gk_places in) {
    if (is_foreign(rule, in.names)) return;
    GK_VEC(named) list = {0};
    const scene *s = scene_of(rule);
    gk_str formula = rule->constant[GK_KEY_RELATION];
    bool optional = s && !s->prose && formula.len && memchr(formula.ptr, '?', formula.len);
    bool keys = s && s->prose && !is_dotted(rule);
    uint64_t bits = bits_of(formula) | bits_of(rule->constant[GK_KEY_STATED]);
    size_t told = 0; /* figures whose name may stand in the formula */
    for (size_t i = 0; s && i < in.len; i++) {
        const gk_place *p = &in.at[i];
        if (!s->prose && p->table == GK_NO_TABLE) continue;
        gk_str name = keys ? key_name(c, p) : s->name(c, p);
        bool asked = name.len && (gk_name_bit(name) & bits);
        told += asked;
        if (asked || (!name.len && optional)) *gk_vec_push(&list) = (named){s->context(c, p), name, p->record};
    }
    if (told < 2) list.len = 0;
    if (!in_order(list.at, list.len)) qsort(list.at, list.len, sizeof *list.at, by_context);
    for (size_t a = 0, b; a < list.len; a = b) {
        for (b = a; b < list.len && list.at[b].context == list.at[a].context; b++) {}
        relation r = {.c = c, .rule = rule, .first = &list.at[a], .count = b - a};
        if (b - a > 1) judge(&r);
    }
    gk_vec_free(&list);
}
