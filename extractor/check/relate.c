/* Relations between named figures: of one row, of one column, of one table, or of the whole document.
 *
 * Worked example: in each column that has the rows `public`, `abroad`, `vehicle` and `reception`, the rule with the formula
 * "abroad + vehicle + reception" and the stated `public` is computed. A name that two different figures have is ambiguous; a
 * relation with some of its names, but not all, is counted as not run.
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
    bool ambiguous, large;
} relation;

/* What a rule compares within, by its `mode`. */
typedef struct scene {
    const char *mode;
    uint64_t (*context)(const gk_place *p);
    gk_str (*name)(gk_checker *c, const gk_place *p);
    bool prose; /* the prose takes part */
} scene;

static uint64_t in_row(const gk_place *p) { return (p->context * 31 + p->table) * 31 + p->row; }
static uint64_t in_column(const gk_place *p) { return p->column * 31 + p->table; }
static uint64_t in_table(const gk_place *p) { return p->context * 31 + p->table; }
static uint64_t in_document(const gk_place *p) { return p->context; }

static gk_str row_name(gk_checker *c, const gk_place *p) { return gk_name_text(c, p->label); }
static gk_str header_name(gk_checker *c, const gk_place *p) { return gk_name_text(c, p->header ? p->header : p->label); }

/* "table.row" or "table.row.column". */
static gk_str full_name(gk_checker *c, const gk_place *p) {
    if (!p->caption || !p->label) return GK_STR_NONE;
    gk_str table = gk_name_text(c, p->caption), row = gk_name_text(c, p->label), column = gk_name_text(c, p->header);
    return gk_arena_printf(&c->out->arena, "%.*s.%.*s%s%.*s", GK_STR_ARG(table), GK_STR_ARG(row), column.len ? "." : "",
                           GK_STR_ARG(column));
}

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
        const gk_figure *a = &r->c->figures.at[r->first[i].record];
        if (found && r->c->figures.at[found->record].value != a->value) *twice = true;
        if (!found) found = &r->first[i];
    }
    return found;
}

static bool look_up(void *user, gk_str name, gk_interval *out) {
    relation *r = user;
    const named *n = find(r, name, &r->ambiguous);
    if (!n) r->missing++;
    else if (!r->c->figures.at[n->record].known) r->large = true;
    if (n && r->used < MOST_TERMS) r->terms[r->used++] = n->record;
    *out = n ? gk_figure_wide(r->c->figures.at[n->record]) : gk_interval_at(0);
    return true;
}

static void judge(relation *r) {
    const gk_str *k = r->rule->constant;
    const named *stated = find(r, k[GK_KEY_STATED], &r->ambiguous);
    gk_interval expected;
    if (stated) r->terms[r->used++] = stated->record, r->large = !r->c->figures.at[stated->record].known;
    gk_calc code = gk_formula(k[GK_KEY_RELATION], look_up, r, &expected);
    if (r->used < 2) return; /* it is not about these figures */
    if (r->ambiguous) gk_not_run(r->c, GK_REASON_AMBIGUOUS);
    else if (!stated || r->missing) gk_not_run(r->c, GK_REASON_TERM);
    else if (r->large || code == GK_CALC_LARGE) gk_not_run(r->c, GK_REASON_LARGE);
    else if (code != GK_CALC_OK) gk_not_run(r->c, GK_REASON_TERM);
    if (r->ambiguous || !stated || r->missing || r->large || code != GK_CALC_OK) return;
    gk_figure f = r->c->figures.at[stated->record];
    gk_fixed middle = expected.lo + (expected.hi - expected.lo) / 2;
    gk_status status = gk_status_of(gk_figure_wide(f), expected, f.value == middle);
    gk_verdict v = gk_verdict_on(r->c, stated->record, k[GK_KEY_CHECK], r->rule->id, status);
    v.formula = k[GK_KEY_RELATION];
    v.has_expected = true, v.expected = expected;
    if (status == GK_CONTRADICTS) v.hint = gk_slip(r->c, f, expected);
    v.terms = r->terms, v.term_count = r->used;
    gk_verdict_add(r->c, &v);
}

static int by_context(const void *a, const void *b) {
    const named *x = a, *y = b;
    if (x->context != y->context) return x->context < y->context ? -1 : 1;
    return (x->record > y->record) - (x->record < y->record);
}

void gk_relate_names(gk_checker *c, const gk_rule *rule, gk_places in) {
    GK_VEC(named) list = {0};
    const scene *s = scene_of(rule);
    for (size_t i = 0; s && i < in.len; i++) {
        const gk_place *p = &in.at[i];
        if (!s->prose && p->table == GK_NO_TABLE) continue;
        gk_str name = s->name(c, p);
        if (name.len) *gk_vec_push(&list) = (named){s->context(p), name, p->record};
    }
    if (list.len) qsort(list.at, list.len, sizeof *list.at, by_context);
    for (size_t a = 0, b; a < list.len; a = b) {
        for (b = a; b < list.len && list.at[b].context == list.at[a].context; b++) {}
        relation r = {.c = c, .rule = rule, .first = &list.at[a], .count = b - a};
        if (b - a > 1) judge(&r);
    }
    gk_vec_free(&list);
}
