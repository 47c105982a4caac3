/* Slips of one figure of a list: its point moved, two of its digits swapped, or its direction turned. */
#include "check/list.h"

enum { MANY = 5 /* parts that are not left out by chance */, MOST_OFF = 10 /* a miss is less than such a part of the head */ };

/* Whether a part makes the sum right when it is `other`. */
static bool fits(const struct gk_list *l, const gk_column *col, gk_fixed v, gk_fixed other) {
    gk_interval all = gk_column_reach(col, col->count);
    gk_fixed less = other < v ? other : v;
    bool exact = col->sum[col->count] - v + other == gk_list_figure(l, col->head)->value;
    bool clear = less != 0 && less >= (exact ? 5 : 20) * (all.hi - col->sum[col->count]);
    return clear && gk_interval_meet((gk_interval){all.lo - v + other, all.hi - v + other}, gk_column_head(l, col));
}

const gk_token *gk_slipped_part(const struct gk_list *l, const gk_column *col, gk_str *hint) {
    static const int powers[] = {1, 2, 4};
    const gk_token *found = NULL;
    for (size_t i = 0; i < col->count; i++)
        for (size_t p = 0; p < 3; p++) {
            gk_fixed v = gk_column_part(col, i), power = gk_fixed_power(powers[p]), up;
            bool large = fits(l, col, v, v / power), small = powers[p] == 4 && !__builtin_mul_overflow(v, power, &up);
            small = small && fits(l, col, v, up); /* with the unit of others */
            if (!large && !small) continue;
            if (found) return NULL;
            found = col->item[i];
            *hint = gk_arena_printf(&l->c->out->arena, "printed 10^%d times too %s", powers[p],
                                    large ? "large" : "small");
        }
    return found;
}

/* Whether a figure becomes another when two digits that stand side by side change places; how many steps may be rounded. */
static bool is_swapped(const gk_figure *f, gk_fixed other, int rounded) {
    gk_fixed step = f->step ? f->step : gk_fixed_power(GK_FIXED_PLACES), a = f->value / step, b = other / step;
    if (a < 100 || b <= 0 || other % step != 0) return false; /* of two digits too many are possible */
    for (gk_fixed at = 1; at <= a / 10; at *= 10) {
        gk_fixed low = a / at % 10, high = a / at / 10 % 10, off = a + (low - high) * 9 * at - b;
        if (low != high && off >= -rounded && off <= rounded) return true;
    }
    return false;
}

/* Whether the digits of the head in another order are the sum, of parts that are many enough for it to be no chance. */
static bool is_mixed(const struct gk_list *l, const gk_column *col) {
    return col->count > 2 && gk_figure_mixed(gk_list_figure(l, col->head), col->sum[col->count], col->count > 3 ? 10 : 1000);
}

const gk_token *gk_swapped(const struct gk_list *l, const gk_column *col) {
    const gk_token *found = NULL;
    gk_fixed head = gk_list_figure(l, col->head)->value, sum = col->sum[col->count];
    int rounded = col->count > 3 && gk_list_figure(l, col->head)->step;
    if (is_swapped(gk_list_figure(l, col->head), sum, rounded) || is_mixed(l, col)) return col->head;
    for (size_t i = 0; i < col->count; i++) {
        const gk_figure *f = gk_list_figure(l, col->item[i]);
        if (!is_swapped(f, f->value + head - sum, rounded)) continue;
        if (found) return col->head; /* which of them is not known */
        found = col->item[i];
    }
    return found;
}

/* Worked example: 77.67, 364.81, 26.79, 296.32 and 238.79 make 1004.38, and 1004.68 is printed: one digit of one of them is
 * another. What a list leaves out is mostly no such amount, but it may be a whole number of its unit: then the labels must tell
 * that all parts are there. */
bool gk_mistyped(const struct gk_list *l, const gk_column *col) {
    const gk_figure *head = gk_list_figure(l, col->head);
    gk_fixed off = col->sum[col->count] - head->value, unit = gk_fixed_power(GK_FIXED_PLACES + head->power);
    if (col->count < MANY || !col->step || !gk_class_in(col->head->class, GK_CLASSES_AMOUNT)) return false;
    bool part = (off < 0 ? -off : off) < unit;
    if (off % col->step || head->value < MOST_OFF * (off < 0 ? -off : off)) return false;
    if (!part && !(off < 0 && gk_list_alike(l, col))) return false;
    for (off /= off < 0 ? -col->step : col->step; off && off % 10 == 0;) off /= 10;
    return off > 0 && off < 10;
}

const gk_token *gk_turned(const struct gk_list *l, const gk_column *col) {
    gk_interval sum = gk_column_reach(col, col->count), head = gk_column_head(l, col);
    const gk_token *turned = NULL;
    for (size_t i = 0; col->head->class == 'c' && i < col->count; i++) {
        gk_fixed twice = 2 * gk_column_part(col, i);
        if (gk_column_still(col, i) || twice == 0) continue;
        if (!gk_interval_meet((gk_interval){sum.lo - twice, sum.hi - twice}, head)) continue;
        if (turned) return NULL;
        turned = col->item[i];
    }
    bool all = !turned && col->head->class == 'c' && col->count > 1 && col->sum[col->count] != 0;
    if (all && gk_interval_meet((gk_interval){-sum.hi, -sum.lo}, head)) return col->head;
    return turned;
}
