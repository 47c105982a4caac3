/* A total that is told behind what was added to make it.
 *
 * Worked example: "Income of the year 278.2, 3.1% more. With transfers from above of 204, loans of 11.9 and a carry-over of
 * 46, the total of income is 540.1." The first amount of the sentence before the list is the base; what stands in brackets is
 * of the item before it. That the list holds all is seen where it adds up; where it misses by much, something was left out of
 * it, or the base is another, unless one term has the unit of another.
 */
#include "check/added.h"

/* Of the kind of the total: a count among counts, an amount among amounts. */
static bool is_term(const gk_token *total, char class) {
    return total->class == 'n' ? class == 'n' : gk_class_in(class, GK_CLASSES_AMOUNT | GK_CLASS_BIT('c'));
}

static gk_str unit_of(const gk_checker *c, const gk_token *t) { return gk_record_at(c, t->record)->field[GK_F_UNIT]; }

/* Whether a count may be added to the total: of its unit, or of another that the rule names with it. */
static bool is_alike(const gk_added *a, const gk_found *m, const gk_token *total, const gk_token *t) {
    gk_str x = unit_of(a->c, total), y = unit_of(a->c, t), units = m->by->rule->constant[GK_KEY_UNIT];
    return t->class != 'n' || gk_str_eq(x, y) || (gk_str_listed(units, '|', x) && gk_str_listed(units, '|', y));
}

static void put(gk_added *a, const gk_found *m, const gk_token *total, const gk_token *t) {
    gk_added_put(a, is_alike(a, m, total, t) ? t : NULL);
}

/* The amounts of a list that stand in no brackets. */
static void put_list(gk_added *a, const gk_found *m, const gk_token *total) {
    const char *text = a->c->skeleton.ptr;
    size_t count;
    const gk_token *t = gk_found_list(a->c, m, &count);
    int depth = 0;
    uint32_t from = a->c->line + m->start;
    for (size_t i = 0; i < count; i++) {
        for (; from < t[i].at; from++) depth += (text[from] == '(') - (text[from] == ')');
        if (depth <= 0 && is_term(total, t[i].class)) put(a, m, total, &t[i]);
    }
}

void gk_check_total(gk_checker *c, const gk_found *m) {
    const gk_token *whole = gk_found_figure(c, m, GK_ROLE_WHOLE), *base = gk_found_figure(c, m, GK_ROLE_BASE);
    bool whole_list = gk_str_eqz(m->by->rule->constant[GK_KEY_MODE], "complete");
    gk_added a;
    if (!whole || !base) return gk_not_run(c, GK_REASON_TERM);
    gk_added_start(&a, c, whole);
    put(&a, m, whole, base);
    put_list(&a, m, whole);
    gk_added_up(&a);
    if (a.count < 3) gk_not_run(c, GK_REASON_VAGUE);
    else gk_added_judge(&a, m, whole_list ? GK_ADDED_ALL : GK_ADDED_MEANT, GK_STR("before it"));
}
