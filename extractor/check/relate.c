/* Relations between named figures: of one row, of one column, of one table, or of the whole document.
 *
 * Worked example: in each column that has the rows `public`, `abroad`, `vehicle` and `reception`, the rule with the formula
 * "abroad + vehicle + reception" and the stated `public` is computed. A name that two different figures have is ambiguous; a
 * relation with some of its names, but not all, is counted as not run. A name with a question mark is zero where no figure has
 * it: "year_income + carried_in?", and one with a colon is the sum of all figures that have it; where figures without a name
 * stand among the terms, such a formula is not known to be all. Of several formulas, "year_spending | total_spending", one must
 * hold. Of "<= public_cost" the stated figure is a part, or all.
 */
#include <stdlib.h>

#include "check/place.h"
#include "check/program.h"

/* A figure that has a name, in the context that its rule compares within. */
typedef struct named {
    uint64_t context, column;
    uint32_t name; /* GK_NO_NAME: none */
    uint32_t record;
} named;

struct gk_relating {
    GK_VEC(named) at;
};

void gk_relating_free(struct gk_relating *s) {
    if (s) gk_vec_free(&s->at);
    free(s);
}

/* With the number of a name in a formula: it may be missing; all figures of it are meant. */
static const uint32_t optional_name = (uint32_t)1 << 31, each_name = (uint32_t)1 << 30, name_marks = (uint32_t)3 << 30;

enum { MOST_TERMS = 48, FEW_ROWS = 3 };

typedef struct trial {
    gk_checker *c;
    const gk_relation *relation;
    const struct gk_scene *scene;
    const named *first;
    size_t count;
    uint64_t bits;      /* of their names */
    uint32_t terms[MOST_TERMS];
    size_t used, missing;
    const named *stated;
    bool ambiguous, large, optional;
} trial;

/* What a rule compares within, by its `mode`. */
struct gk_scene {
    const char *mode;
    uint64_t (*context)(const gk_checker *c, const gk_place *p);
    uint32_t (*name)(const gk_place *p);
    bool prose; /* the prose takes part */
    bool beside; /* what is summed stands in another column than its sum */
    bool lone;   /* of tables with few rows: in others columns.c sees what adds up; each figure of a row may be a stranger */
    const struct gk_scene *then; /* what it compares within afterwards; NULL: nothing */
};

/* What is left over stands in a row with what came in and went out. */
static uint64_t in_row(const gk_checker *c, const gk_place *p) {
    return (gk_key_context(c, p->record) * 31 + p->table) * 31 + p->row;
}
static uint64_t in_column(const gk_checker *c, const gk_place *p) {
    return (p->column - p->context + c->briefs.at[p->record].year_key) * 31 + p->table; /* of path, year and table */
}
static uint64_t in_table(const gk_checker *c, const gk_place *p) { return (void)c, p->context * 31 + p->table; }
static uint64_t in_document(const gk_checker *c, const gk_place *p) { return gk_key_context(c, p->record); }

static uint32_t row_name(const gk_place *p) { return p->label; }
static uint32_t header_name(const gk_place *p) { return p->header ? p->header : p->label; }
static uint32_t key_name(const gk_place *p) { return p->item ? GK_NO_NAME : p->key; }

static const struct gk_scene scenes[] = {{"column", in_column, row_name, .prose = false},
                                         {"row", in_row, header_name, .prose = false},
                                         {"line", in_row, header_name, .then = &scenes[0]},
                                         {"lone", in_row, header_name, .lone = true},
                                         {"table", in_table, row_name, .prose = false},
                                         {"beside", in_table, row_name, .beside = true},
                                         {"document", in_document, key_name, .prose = true}};

static const struct gk_scene *scene_of(const gk_rule *rule) {
    for (size_t i = 0; i < sizeof scenes / sizeof *scenes; i++)
        if (gk_str_eqz(rule->constant[GK_KEY_MODE], scenes[i].mode)) return &scenes[i];
    return NULL;
}

static const named *find(const trial *r, uint32_t name, bool *twice) {
    const named *found = NULL;
    if (!(gk_name_bit(name) & r->bits)) return NULL;
    r->c->steps += r->count;
    for (size_t i = 0; i < r->count; i++) {
        if (r->first[i].name != name) continue;
        gk_figure a = r->c->figures.at[r->first[i].record];
        if (found && !gk_interval_meet(gk_figure_wide(r->c->figures.at[found->record]), gk_figure_wide(a))) *twice = true;
        if (!found) found = &r->first[i];
    }
    return found;
}

/* The sum of all figures of a name, which stand in one column; two at least. */
static bool look_up_each(trial *r, uint32_t name, gk_interval *out) {
    size_t before = r->used;
    bool over = false, beside = r->scene->beside;
    const named *one = NULL;
    *out = gk_interval_at(0);
    r->c->steps += r->count;
    for (size_t i = 0; gk_name_bit(name) & r->bits && i < r->count; i++) {
        const named *n = &r->first[i];
        if (n->name != name || (beside && r->stated && n->column == r->stated->column)) continue;
        if (!one) one = n;
        r->ambiguous = r->ambiguous || n->column != one->column;
        gk_figure f = r->c->figures.at[r->first[i].record];
        over = gk_interval_add(out, gk_figure_wide(f)) != GK_CALC_OK || !f.known || r->used == MOST_TERMS || over;
        if (r->used < MOST_TERMS) r->terms[r->used++] = r->first[i].record;
    }
    r->missing += r->used < before + 2;
    r->large = r->large || over;
    r->optional = true; /* more may be printed under other names */
    return true;
}

static bool look_up(void *user, const gk_program *p, const gk_step *name, gk_interval *out) {
    trial *r = user;
    (void)p;
    if (name->number & each_name) return look_up_each(r, name->number & ~name_marks, out);
    bool optional = (name->number & optional_name) != 0;
    r->optional = r->optional || optional;
    const named *n = find(r, name->number & ~name_marks, &r->ambiguous);
    if (!n) r->missing += !optional;
    else if (!r->c->figures.at[n->record].known) r->large = true;
    if (n && r->used < MOST_TERMS) r->terms[r->used++] = n->record;
    *out = n ? gk_figure_wide(r->c->figures.at[n->record]) : gk_interval_at(0);
    return true;
}

/* Whether a figure without a name, and not zero, stands among the terms: a formula with a name left out may lack it. */
static bool has_strangers(const trial *r) {
    uint32_t low = r->terms[0], high = low;
    if (r->scene->lone) low = 0, high = GK_NO_RECORD;
    for (size_t i = 1; i < r->used; i++) {
        if (r->terms[i] < low) low = r->terms[i];
        if (r->terms[i] > high) high = r->terms[i];
    }
    for (size_t i = 0; i < r->count; i++) {
        const named *n = &r->first[i];
        if (!n->name && n->record > low && n->record < high && r->c->figures.at[n->record].value != 0) return true;
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
static bool compute(trial *r, const named *stated, const gk_program *formula, gk_reason *why, gk_verdict *v) {
    gk_interval expected, divisor;
    const gk_rule *rule = r->relation->rule;
    r->used = r->missing = 0;
    r->optional = false;
    r->stated = stated;
    if (stated) r->terms[r->used++] = stated->record, r->large = !r->c->figures.at[stated->record].known;
    gk_calc code = gk_program_run(formula, look_up, r, &expected, &divisor);
    *why = r->ambiguous                              ? GK_REASON_AMBIGUOUS
           : !stated || r->missing                   ? GK_REASON_TERM
           : r->large || code == GK_CALC_LARGE       ? GK_REASON_LARGE
           : code != GK_CALC_OK                      ? GK_REASON_TERM
                                                     : GK_REASON_COUNT;
    if (*why != GK_REASON_COUNT || r->used < 2) return false;
    gk_figure f = r->c->figures.at[stated->record];
    gk_fixed middle = expected.lo + (expected.hi - expected.lo) / 2;
    gk_status status = gk_status_of(gk_figure_wide(f), expected, f.value == middle);
    if (r->relation->limit && f.value <= middle) status = GK_HOLDS;
    v->status = status;
    if (!gk_is_told(r->c, status)) return true; /* it need not be put together */
    *v = gk_verdict_on(r->c, stated->record, rule->constant[GK_KEY_CHECK], rule->id, status);
    v->formula = formula->text;
    v->has_expected = true, v->expected = expected;
    if (status == GK_CONTRADICTS) v->hint = gk_slip(r->c, f, expected);
    v->terms = r->terms, v->term_count = r->used;
    v->sum = is_sum(formula->text) && !r->relation->limit;
    if (r->relation->limit) v->formula = gk_arena_printf(&r->c->out->arena, "at most %.*s", GK_STR_ARG(formula->text));
    bool one = r->used == 2 && expected.hi < f.value; /* a part alone is less than the whole: the others are not printed */
    if (status == GK_CONTRADICTS && r->optional && (one || has_strangers(r))) *why = GK_REASON_EVIDENCE;
    return true;
}

/* The formulas in turn, until one holds; the first that was computed is told where none does. */
static void judge(trial *r) {
    const named *stated = find(r, r->relation->stated, &r->ambiguous);
    gk_verdict told = {.status = GK_HOLDS}, v;
    gk_reason why = GK_REASON_COUNT, first = GK_REASON_COUNT;
    uint32_t terms[MOST_TERMS];
    size_t tried = 0, used = 0;
    for (size_t i = 0; i < r->relation->formulas; i++) {
        bool done = compute(r, stated, &r->relation->formula[i], &why, &v);
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

static bool comes_behind(const named *x, const named *y) {
    return x->context != y->context ? x->context > y->context : x->record > y->record;
}

static int by_context(const void *a, const void *b) { return (int)comes_behind(a, b) - (int)comes_behind(b, a); }

/* Most lists are short and in order. */
static void sort(named *at, size_t count) {
    enum { SHORT = 24 };
    if (count > SHORT) {
        qsort(at, count, sizeof *at, by_context);
        return;
    }
    for (size_t i = 1; i < count; i++) {
        named x = at[i];
        size_t k = i;
        for (; k > 0 && comes_behind(&at[k - 1], &x); k--) at[k] = at[k - 1];
        at[k] = x;
    }
}

/* ---- what a rule says of names */

static bool is_name(char c) { return (c >= 'a' && c <= 'z') || c == '_' || c == '.'; }

static void add_names(gk_checker *c, gk_relation *r, gk_str formula) {
    for (size_t at = 0, end; at < formula.len && r->names < GK_RELATION_NAMES; at = end + 1) {
        for (end = at; end < formula.len && is_name(formula.ptr[end]);) end++;
        if (end == at) continue;
        r->name[r->names] = gk_name_number(c, gk_str_slice(formula, at, end));
        r->bits |= gk_name_bit(r->name[r->names++]);
    }
}

/* The names in a formula become numbers. */
static void number_names(gk_checker *c, gk_program *p) {
    for (size_t i = 0; i < p->count; i++) {
        gk_step *s = &p->step[i];
        if (s->kind != GK_STEP_NAME) continue;
        gk_str name = gk_str_slice(p->text, s->number, s->number + s->len);
        bool optional = gk_str_ends(name, GK_STR("?")), each = gk_str_ends(name, GK_STR(":"));
        name.len -= optional || each;
        s->number = gk_name_number(c, name) | (optional ? optional_name : 0) | (each ? each_name : 0);
    }
}

static void read_formulas(gk_checker *c, gk_relation *r) {
    gk_str all = r->rule->constant[GK_KEY_RELATION];
    size_t most = 1;
    r->limit = gk_str_starts(all, GK_STR("<="));
    if (r->limit) all = gk_str_slice(all, 2, all.len);
    for (size_t i = 0; i < all.len; i++) most += all.ptr[i] == '|';
    r->formula = gk_alloc(most * sizeof *r->formula);
    for (size_t at = 0, end; at <= all.len; at = end + 1) {
        for (end = at; end < all.len && all.ptr[end] != '|';) end++;
        gk_program_read(&r->formula[r->formulas], gk_str_trim(gk_str_slice(all, at, end)));
        number_names(c, &r->formula[r->formulas++]);
    }
}

void gk_relation_free(gk_relation *r) {
    if (r) free(r->formula);
    free(r);
}

void gk_relation_read(gk_checker *c, gk_relation *r) {
    gk_str formula = r->rule->constant[GK_KEY_RELATION], stated = r->rule->constant[GK_KEY_STATED];
    bool dots = stated.len && memchr(stated.ptr, '.', stated.len);
    r->scene = scene_of(r->rule);
    r->dotted = r->scene && r->scene->prose && dots;
    r->keys = r->scene && r->scene->prose && !dots;
    bool marks = formula.len && (memchr(formula.ptr, '?', formula.len) || memchr(formula.ptr, ':', formula.len));
    r->optional = r->scene && !r->scene->prose && marks;
    add_names(c, r, stated);
    add_names(c, r, formula);
    if (r->dotted || r->names == GK_RELATION_NAMES) r->bits = ~(uint64_t)0;
    if (!r->scene) return;
    r->stated = gk_name_number(c, stated);
    read_formulas(c, r);
}

bool gk_relation_speaks(const gk_relation *r, gk_places in) {
    uint64_t among = r->keys ? in.key_names : in.names;
    size_t found = 0;
    if (!(r->bits & among)) return false;
    if (r->bits == ~(uint64_t)0) return r->scene;
    for (size_t i = 0; i < r->names && found < 2; i++) found += (gk_name_bit(r->name[i]) & among) != 0;
    return r->scene && found > 1;
}

/* A name that one of the formulas has, or what is stated; GK_NO_NAME: none of them has it. */
static uint32_t asked_name(gk_checker *c, const gk_relation *r, gk_str text) {
    if (gk_str_eq(gk_name_text(c, r->stated), text)) return r->stated;
    for (size_t i = 0; i < r->formulas; i++)
        for (size_t k = 0; k < r->formula[i].count; k++) {
            const gk_step *s = &r->formula[i].step[k];
            uint32_t name = s->number & ~name_marks;
            if (s->kind == GK_STEP_NAME && gk_str_eq(gk_name_text(c, name), text)) return name;
        }
    return GK_NO_NAME;
}

/* "table.row", or "table.row.column", where a formula asks for it; else GK_NO_NAME. */
static uint32_t full_name(gk_checker *c, const gk_relation *r, const gk_place *p) {
    if (!p->caption || !p->label) return GK_NO_NAME;
    gk_str table = gk_name_text(c, p->caption), row = gk_name_text(c, p->label), column = gk_name_text(c, p->header);
    return asked_name(c, r, gk_arena_printf(&c->out->arena, "%.*s.%.*s%s%.*s", GK_STR_ARG(table), GK_STR_ARG(row),
                                            column.len ? "." : "", GK_STR_ARG(column)));
}

/* ---- the figures that have a name in it */

typedef struct naming {
    gk_checker *c;
    const gk_relation *r;
    const struct gk_scene *scene;
    struct gk_relating *list;
    size_t told;    /* figures whose name stands in the relation */
    uint32_t which; /* of its names, a bit for each */
} naming;

static uint32_t which_names(const gk_relation *r, uint32_t name) {
    uint32_t which = 0;
    for (size_t i = 0; i < r->names; i++) which |= (uint32_t)(r->name[i] == name) << i;
    return which;
}

/* Whether a name stands in the relation; notes which of its names that is. Names may share a bit, and which ones do depends
 * on the documents before: the bits alone say nothing for certain. */
static bool is_asked(naming *n, uint32_t name) {
    const gk_relation *r = n->r;
    if (!(gk_name_bit(name) & r->bits)) return false;
    uint32_t which = r->bits == ~(uint64_t)0 ? ~(uint32_t)0 : which_names(r, name);
    n->which |= which;
    return which != 0;
}

static void add_named(naming *n, const gk_place *p, uint32_t name) {
    *gk_vec_push(&n->list->at) = (named){n->scene->context(n->c, p), p->column, name, p->record};
}

/* The key figures of one name after the other: most of a document have others. */
static void add_keys(naming *n, gk_places in) {
    const gk_relation *r = n->r;
    for (size_t i = 0; i < r->names; i++) {
        uint32_t name = r->name[i];
        if (name >= in.key_names_known || !(gk_name_bit(name) & in.key_names)) continue;
        const uint32_t *at = in.by_key + in.key_start[name], *end = in.by_key + in.key_start[name + 1];
        uint32_t which = at < end ? which_names(r, name) : 0;
        if (which & (((uint32_t)1 << i) - 1)) continue; /* it came before */
        for (; at < end; at++) {
            const gk_place *p = &in.at[*at];
            if (p->item) continue;
            n->told++;
            n->which |= which;
            add_named(n, p, name);
        }
    }
}

static void add_place(naming *n, const gk_place *p) {
    const struct gk_scene *s = n->scene;
    if (!s->prose && p->table == GK_NO_TABLE) return;
    uint32_t name = n->r->dotted ? full_name(n->c, n->r, p) : s->name(p);
    bool asked = n->r->dotted ? name != GK_NO_NAME : is_asked(n, name);
    n->told += asked;
    if (asked || (!name && n->r->optional)) add_named(n, p, name);
}

/* Of figures that have one context. */
static void judge_named(const naming *n, const named *first, size_t count) {
    trial t;
    t.c = n->c, t.relation = n->r, t.scene = n->scene, t.first = first, t.count = count;
    t.bits = 0;
    t.used = t.missing = 0;
    t.ambiguous = t.large = t.optional = false;
    for (size_t i = 0; i < count; i++) t.bits |= gk_name_bit(first[i].name);
    judge(&t);
}

static void relate_within(gk_checker *c, const gk_relation *r, const struct gk_scene *scene, gk_places in) {
    if (scene->lone && in.at[in.len - 1].row - in.at[0].row >= FEW_ROWS) return;
    naming n = {.c = c, .r = r, .scene = scene, .list = c->relating};
    n.list->at.len = 0;
    if (r->keys && in.by_key && r->bits != ~(uint64_t)0) add_keys(&n, in);
    else
        for (size_t i = 0; i < in.len; i++) add_place(&n, &in.at[i]);
    if (n.told < 2 || (!r->dotted && !(n.which & (n.which - 1)))) return; /* one name alone */
    const named *at = n.list->at.at;
    size_t len = n.list->at.len;
    sort(n.list->at.at, len);
    for (size_t a = 0, b; a < len; a = b) {
        for (b = a; b < len && at[b].context == at[a].context; b++) {}
        if (b - a > 1) judge_named(&n, &at[a], b - a);
    }
}

void gk_relate_names(gk_checker *c, const gk_relation *r, gk_places in) {
    if (!gk_relation_speaks(r, in)) return;
    if (!c->relating) c->relating = gk_alloc_zero(1, sizeof *c->relating);
    for (const struct gk_scene *scene = r->scene; scene; scene = scene->then) relate_within(c, r, scene, in);
}
