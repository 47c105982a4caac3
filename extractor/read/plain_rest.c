/* Header cells whose text was wrapped into the row below.
 *
 * Worked example (each row its cells, - an empty one), over columns of figures:
 *     code | name | spent on guests ab | spent |  -     | carried
 *      -   |  -   | road               | basic | others | over
 * A cell under a label of one column only is its rest, where the row as a whole tells so: one of them is a single
 * character, or closes a bracket, and all stand over figures. The labels "basic" and "others" share one above: they stay. */
#include "base/limits.h"
#include "read/plain.h"

enum { MAX_HEADER = 5, CHARACTER = 2 }; /* rows; columns of a character of Han */

static bool is_filled(const plain *p, const pl_row *r, uint32_t i) {
    return i < r->count && !pl_cell_empty(pl_cell_of(p, r, i));
}

/* The label that cell i of a row stands under, where no other cell of the row shares it; NULL: there is none. */
static pl_cell *own_label(const plain *p, size_t from, size_t row, uint32_t i) {
    const pl_row *r = p->rows.at;
    if (!is_filled(p, &r[row], i)) return NULL;
    bool beside = is_filled(p, &r[row], i + 1);
    for (size_t above = row; above-- > from; beside = beside || is_filled(p, &r[above], i + 1)) {
        if (!is_filled(p, &r[above], i)) continue;
        return beside && !is_filled(p, &r[above], i + 1) ? NULL : pl_cell_of(p, &r[above], i);
    }
    return NULL;
}

/* Whether the cells under labels of their own are the rests of these; without `words`: whether they may be. */
static bool is_wrapped(const plain *p, size_t from, size_t row, const int8_t *words, uint32_t mode) {
    bool sure = false;
    for (uint32_t i = 0; i < p->rows.at[row].count; i++) {
        const pl_cell *label = own_label(p, from, row, i);
        if (!label) continue;
        gk_str a = pl_cell_text(p, label), rest = pl_cell_text(p, pl_cell_of(p, &p->rows.at[row], i));
        bool single = pl_width(rest) == CHARACTER && pl_width(a) > CHARACTER, open = pl_brackets_open(a);
        bool figures = !words || (i < mode && words[i] < 0);
        if (!single && !open && (!figures || pl_width(rest) > pl_width(a))) return false;
        sure = sure || single || open;
    }
    return sure;
}

static void join(plain *p, size_t from, size_t row) {
    bool left = false;
    for (uint32_t i = 0; i < p->rows.at[row].count; i++) {
        pl_cell *label = own_label(p, from, row, i), *rest = pl_cell_of(p, &p->rows.at[row], i);
        if (label) {
            p->pieces.at[label->last - 1].next = rest->first;
            label->last = rest->last;
            rest->first = rest->last = 0;
        }
        left = left || is_filled(p, &p->rows.at[row], i);
    }
    p->rows.at[row].dropped = !left;
}

void pl_join_wrapped_header(plain *p, size_t from, size_t to, uint32_t mode) {
    size_t end = from;
    while (end < to && end < from + MAX_HEADER && !pl_row_has_value(p, &p->rows.at[end])) end++;
    if (end < from + 2 || end >= to || !pl_row_has_value(p, &p->rows.at[end])) return;
    bool may = false; /* mostly not */
    for (size_t r = from + 1; r < end; r++) may = may || is_wrapped(p, from, r, NULL, mode);
    if (!may) return;
    int8_t words[GK_MAX_TABLE_COLS];
    pl_weigh_columns(p, end, to, mode, words);
    for (size_t r = from + 1; r < end; r++)
        if (is_wrapped(p, from, r, words, mode)) join(p, from, r);
}
