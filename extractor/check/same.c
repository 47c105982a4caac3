/* One key figure, stated in several tables and in the prose about them.
 *
 * Worked example: the table of spending has a total of 1551.86, so has its summary, and the prose says 1515.86. Statements that
 * may be one value are a cluster; the cluster that most tables are in is taken for right, and each statement outside it is told
 * with the figure that it should be; those that print the same wrong value are told with the first of them. A form that prints
 * two values of one key figure says that the document speaks of more than one unit: nothing is told then, nor where the prose
 * alone states the figure in more than two values, or in two in one breath.
 */
#include <stdlib.h>

#include "check/place.h"

typedef struct claim {
    uint64_t key, item, context, form;
    gk_interval value;
    uint32_t record;
    bool table;
} claim;

/* A claim while it is not known whether there are others to its figure. */
typedef struct single {
    uint64_t item, context;
    uint32_t record, next; /* the next claim to the same figure, NO_CLAIM: none */
    uint16_t key;
    bool table;
} single;

typedef struct cluster {
    const claim *first;
    size_t count, tables;
} cluster;

enum { MOST_BESIDE = 16, MOST_CLUSTERS = 8, NO_CLAIM = 0xFFFFFFFF };

static int order(uint64_t a, uint64_t b) { return (a > b) - (a < b); }

static int by_key(const void *a, const void *b) {
    const claim *x = a, *y = b;
    int o = order(x->key, y->key);
    if (!o) o = order(x->item, y->item);
    if (!o) o = order(x->context, y->context);
    if (!o) o = (x->value.lo > y->value.lo) - (x->value.lo < y->value.lo);
    return o ? o : (x->record > y->record) - (x->record < y->record);
}

static bool same_key(const single *a, const single *b) {
    return a->key == b->key && a->item == b->item && a->context == b->context;
}

/* What a statement may stand for: one step to both sides; a whole number of its unit may have been rounded to it. */
static gk_interval reach_of(gk_figure f) {
    if (f.value != 0 && f.step == 0 && f.decimals == 0) f.step = (int64_t)gk_fixed_power(GK_FIXED_PLACES + f.power);
    return gk_figure_wide(f);
}

static size_t cut_clusters(const claim *at, size_t count, cluster *out) {
    size_t n = 0;
    gk_fixed high = 0;
    for (size_t i = 0; i < count; i++) {
        bool fresh = i == 0 || at[i].value.lo > high;
        if (fresh && n == MOST_CLUSTERS) return n + 1;
        if (fresh) out[n++] = (cluster){.first = &at[i]};
        if (fresh || at[i].value.hi > high) high = at[i].value.hi;
        out[n - 1].count++;
        out[n - 1].tables += at[i].table;
    }
    return n;
}

/* The cluster that most tables are in, then most statements; NULL where two have as many. */
static const cluster *best_of(const cluster *list, size_t n) {
    const cluster *best = &list[0];
    bool tie = false;
    for (size_t i = 1; i < n; i++) {
        const cluster *x = &list[i];
        int more = (x->tables > best->tables) - (x->tables < best->tables);
        if (!more) more = (x->count > best->count) - (x->count < best->count);
        tie = more ? (more < 0 && tie) : true;
        if (more > 0) best = x;
    }
    return tie ? NULL : best;
}

static const claim *finest(const gk_checker *c, const cluster *x) {
    const claim *best = x->first;
    for (const claim *i = best; i < x->first + x->count; i++) {
        gk_fixed a = c->figures.at[i->record].step, b = c->figures.at[best->record].step;
        if (i->table != best->table ? i->table : a < b) best = i;
    }
    return best;
}

static void tell(gk_checker *c, const gk_rule *rule, const claim *x, size_t count, const claim *right, gk_status status) {
    if (!gk_is_told(c, status)) return;
    uint32_t *terms = gk_arena_alloc(&c->out->arena, (count + 1) * sizeof *terms);
    gk_verdict v = gk_verdict_on(c, x->record, rule->constant[GK_KEY_CHECK], rule->id, status);
    gk_str place = gk_record_at(c, right->record)->field[GK_F_TABLE];
    v.formula = place.len ? gk_arena_printf(&c->out->arena, "the same figure in %.*s", GK_STR_ARG(place))
                          : GK_STR("the same figure elsewhere");
    v.has_expected = true;
    v.expected = right->value;
    v.explains = (uint32_t)(count - 1);
    if (status == GK_CONTRADICTS) v.hint = gk_slip(c, c->figures.at[x->record], right->value);
    for (size_t i = 0; i < count; i++) terms[v.term_count++] = x[i].record;
    terms[v.term_count++] = right->record;
    v.terms = terms;
    v.sum = count == 1;
    gk_verdict_add(c, &v);
}

/* How many statements from the first on print its value. */
static size_t alike(const gk_checker *c, const claim *x, size_t count) {
    size_t n = 1;
    while (n < count && c->figures.at[x[n].record].value == c->figures.at[x->record].value) n++;
    return n;
}

/* In the cluster of the right one, a statement that meets it only by way of others is left alone. */
static void tell_cluster(gk_checker *c, const gk_rule *rule, const cluster *x, const cluster *best, const claim *right) {
    for (size_t i = 0, n = 1; i < x->count; i += n) {
        const claim *at = &x->first[i];
        bool equal = c->figures.at[at->record].value == c->figures.at[right->record].value;
        n = x == best ? 1 : alike(c, at, x->count - i);
        if (x != best) tell(c, rule, at, n, right, GK_CONTRADICTS);
        else if (at != right && gk_interval_meet(at->value, right->value))
            tell(c, rule, at, 1, right, equal ? GK_HOLDS : GK_ROUNDING);
    }
}

static int by_form(const void *a, const void *b) {
    const claim *x = a, *y = b;
    int o = order(x->form, y->form);
    return o ? o : by_key(a, b);
}

/* Whether one form prints two values. `at` is put into another order. */
static bool form_differs(claim *at, size_t count) {
    bool differs = false;
    qsort(at, count, sizeof *at, by_form);
    for (size_t i = 1; i < count && !differs; i++)
        differs = at[i].table && at[i].form == at[i - 1].form && !gk_interval_meet(at[i].value, at[i - 1].value);
    qsort(at, count, sizeof *at, by_key);
    return differs;
}

/* Whether two of these figures follow each other: "4125 and 4144, each" are of two things. */
static bool is_beside(const claim *at, size_t count) {
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < count && k < MOST_BESIDE; k++)
            if (at[k].record == at[i].record + 1) return true;
    return false;
}

static void judge(gk_checker *c, const gk_rule *rule, claim *at, size_t count) {
    cluster list[MOST_CLUSTERS];
    bool prose = true;
    for (size_t i = 0; i < count; i++) prose = prose && !at[i].table;
    if (count < 2 || (prose && at->item)) return;
    size_t n = cut_clusters(at, count, list);
    if (prose && n > 1 && (n > 2 || is_beside(at, count))) return;
    bool mixed = n > MOST_CLUSTERS || (n > 1 && form_differs(at, count));
    const cluster *best = mixed ? NULL : best_of(list, n);
    if (!mixed && count == 2 && !best) best = &list[list[0].first->record > list[1].first->record];
    if (!best) {
        gk_not_run(c, GK_REASON_AMBIGUOUS);
        return;
    }
    const claim *right = finest(c, best);
    for (size_t i = 0; i < n; i++) tell_cluster(c, rule, &list[i], best, right);
}

/* ---- the claims to one figure */

typedef GK_VEC(single) singles;

struct gk_claiming {
    singles list;
};

void gk_claiming_free(struct gk_claiming *s) {
    if (s) gk_vec_free(&s->list);
    free(s);
}

static void add_claim(gk_checker *c, singles *list, const gk_place *p) {
    if (!p->key) return;
    if (!c->figures.at[p->record].known) {
        gk_not_run(c, GK_REASON_LARGE);
        return;
    }
    *gk_vec_push(list) = (single){.key = p->key,
                                  .item = p->item,
                                  .context = gk_key_context(c, p->record),
                                  .record = p->record,
                                  .table = p->table != GK_NO_TABLE,
                                  .next = NO_CLAIM};
}

/* Links each claim to the one behind it that is to the same figure; `first` tells those that no other is linked to. */
static void link_claims(single *at, size_t count, bool *first, gk_arena *a) {
    size_t slots = 64;
    while (slots < 2 * count) slots *= 2;
    uint32_t *slot = gk_arena_alloc(a, slots * sizeof *slot); /* the last claim to a figure */
    memset(slot, 0xFF, slots * sizeof *slot);
    for (size_t i = 0; i < count; i++) {
        uint64_t h = ((at[i].item * 31 + at[i].key) * 31 + at[i].context) * 0x9E3779B97F4A7C15u;
        size_t k = h >> 32 & (slots - 1);
        while (slot[k] != NO_CLAIM && !same_key(&at[slot[k]], &at[i])) k = (k + 1) & (slots - 1);
        first[i] = slot[k] == NO_CLAIM;
        if (!first[i]) at[slot[k]].next = (uint32_t)i;
        slot[k] = (uint32_t)i;
    }
}

/* The claims that are linked to this one, sorted; there is room for all. */
static size_t gather(const gk_checker *c, const single *at, uint32_t from, claim *out) {
    size_t n = 0;
    for (uint32_t i = from; i != NO_CLAIM; i = at[i].next) {
        const single *x = &at[i];
        out[n++] = (claim){.key = x->key,
                           .item = x->item,
                           .context = x->context,
                           .form = gk_text_key(gk_record_at(c, x->record)->field[GK_F_TABLE]),
                           .value = reach_of(c->figures.at[x->record]),
                           .record = x->record,
                           .table = x->table};
    }
    qsort(out, n, sizeof *out, by_key);
    return n;
}

/* Whether all claims that are linked to this one may be one value: then there is nothing to tell but that they hold. */
static bool agree(const gk_checker *c, const single *at, uint32_t from) {
    gk_interval all = reach_of(c->figures.at[at[from].record]);
    for (uint32_t i = at[from].next; i != NO_CLAIM; i = at[i].next) {
        gk_interval x = reach_of(c->figures.at[at[i].record]);
        if (x.lo > all.lo) all.lo = x.lo;
        if (x.hi < all.hi) all.hi = x.hi;
    }
    return all.lo <= all.hi;
}

void gk_relate_same(gk_checker *c, const gk_relation *r, gk_places in) {
    if (!c->claiming) c->claiming = gk_alloc_zero(1, sizeof *c->claiming);
    singles *list = &c->claiming->list;
    list->len = 0;
    for (size_t i = 0; i < (in.keyed ? in.keys : in.len); i++) add_claim(c, list, &in.at[in.keyed ? in.keyed[i] : i]);
    c->steps += list->len;
    gk_arena *a = &c->out->arena;
    bool *first = gk_arena_alloc(a, list->len + 1);
    claim *one = gk_arena_alloc(a, (list->len + 1) * sizeof *one);
    link_claims(list->at, list->len, first, a);
    for (uint32_t i = 0; i < list->len; i++) {
        bool several = first[i] && list->at[i].next != NO_CLAIM;
        if (several && (c->all || !agree(c, list->at, i))) judge(c, r->rule, one, gather(c, list->at, i, one));
    }
}
