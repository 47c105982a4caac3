/* A total that is told behind what was added to make it.
 *
 * Worked example: "Income of the year 278.2, 3.1% more. With transfers from above of 204, loans of 11.9 and a carry-over of
 * 46, the total of income is 540.1." The first amount of the sentence before the list is the base, or another one of it that
 * makes the total; what stands in brackets is of the item before it, unless the base stands in brackets as well; what stands
 * behind a word for taking off is taken off. That the list holds all is seen where it adds up, and by the names of its items:
 * money of other years, levels and funds belongs to nothing but such totals. Where another list misses by much, something was
 * left out of it, or the base is another, unless one term has the unit of another.
 */
#include "check/added.h"
#include "check/family.h"

enum { MOST_BEFORE = 8 /* figures before a base */ };
enum { MOST_STRANGE = 1, LEAST_MOVED = 2 /* of the items: with one that is none, and with them alone half as many */ };

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

/* How many items of a list are money of other years, levels and funds, and how many are not. */
typedef struct origin {
    size_t moved, strange;
} origin;

/* The amounts of a list that stand as deep in brackets as the base. */
static origin put_list(gk_added *a, const gk_found *m, const gk_token *total, const gk_token *base) {
    gk_checker *c = a->c;
    size_t count, len;
    const gk_token *t = gk_found_list(c, m, &count);
    uint32_t from = c->line + m->start;
    origin of = {0, 0};
    bool off = false;
    for (size_t i = 0; i < count; from = t[i++].end) {
        if (t[i].depth > base->depth || !is_term(total, t[i].class)) continue;
        gk_str before = gk_str_slice(gk_buf_str(&c->skeleton), from < t[i].at ? from : t[i].at, t[i].at);
        off = off || gk_map_find(c->maps.taken_off, before, 0, &len, NULL) != SIZE_MAX;
        if (off && is_alike(a, m, total, &t[i])) gk_added_take(a, &t[i]);
        else put(a, m, total, &t[i]);
        gk_is_moved(c, &t[i]) ? of.moved++ : of.strange++;
    }
    return of;
}

/* The amount that the sentence before the base ends with, where the base is money of other years, levels and funds: the list
 * begins there. NULL: there is none. */
static const gk_token *begin(const gk_checker *c, const gk_token *base) {
    const gk_token *t = base;
    if (!gk_is_moved(c, base)) return NULL;
    while (t > c->tokens.at && base - t < MOST_BEFORE && t[-1].at >= c->line && (--t)->class != base->class) {}
    bool own = t < base && t->class == base->class && t->depth <= base->depth && !gk_is_moved(c, t);
    gk_str between = gk_str_slice(gk_buf_str(&c->skeleton), t->end, t < base ? base->at : t->end);
    return own && gk_str_find(between, GK_STR("\xE3\x80\x82")) != SIZE_MAX ? t : NULL;
}

/* Adds up what makes a total: a base and the list. */
static origin add_up(gk_added *a, gk_checker *c, const gk_found *m, const gk_token *total, const gk_token *base) {
    const gk_token *first = begin(c, base);
    gk_added_start(a, c, total);
    if (first) put(a, m, total, first);
    put(a, m, total, base);
    origin of = put_list(a, m, total, base);
    gk_added_up(a);
    return of;
}

/* Another amount of the line before the list that makes the total: "All 27, of which A 16. B 11. With 24 from above ..."; or
 * nearly, where the base is far from it and the list is all there is. */
static void seek_base(gk_added *a, const gk_found *m, const gk_token *total, const gk_token *base, bool all) {
    size_t count;
    const gk_token *list = gk_found_list(a->c, m, &count), *first = base;
    gk_added other;
    while (first > a->c->tokens.at && base - first < MOST_BEFORE && first[-1].at >= a->c->line) first--;
    for (const gk_token *t = first; a->good && t < list && !gk_added_holds(a); t++) {
        if (!gk_class_in(t->class, GK_CLASSES_PLAIN) || t->subject == base->subject || t == total) continue;
        add_up(&other, a->c, m, total, t);
        if (gk_added_holds(&other) || (all && other.good && gk_added_far(a) && !gk_added_far(&other))) *a = other;
    }
}

/* Whether the names of its items say that a list is all there is. */
static bool is_whole(origin of) {
    return of.strange ? of.strange <= MOST_STRANGE && of.moved >= LEAST_MOVED : 2 * of.moved >= LEAST_MOVED;
}

void gk_check_total(gk_checker *c, const gk_found *m) {
    const gk_token *whole = gk_found_figure(c, m, GK_ROLE_WHOLE), *base = gk_found_figure(c, m, GK_ROLE_BASE);
    bool whole_list = gk_str_eqz(m->by->rule->constant[GK_KEY_MODE], "complete");
    gk_added a;
    if (!whole || !base) return gk_not_run(c, GK_REASON_TERM);
    whole_list = is_whole(add_up(&a, c, m, whole, base)) || whole_list;
    seek_base(&a, m, whole, base, whole_list);
    if (a.count < 3) gk_not_run(c, GK_REASON_VAGUE);
    else gk_added_judge(&a, m, whole_list ? GK_ADDED_ALL : GK_ADDED_MEANT, GK_STR("before it"));
}
