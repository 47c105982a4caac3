/* A bare figure in a column of figures that print their unit.
 *
 * Worked example: a column reads 95.5%, 100%, 98.2%, 97, 99.1%: the 97 lacks its sign. Told is only a column in which every
 * figure but a few prints one and the same unit; a column of several units, or of bare figures, says nothing. A zero needs
 * none, and the figures of a row of totals may be of other columns.
 */
#include <stdlib.h>

#include "check/grid.h"

enum {
    FEWEST = 4,    /* figures with a unit */
    RARE = 5,      /* one bare figure among so many with a unit */
    MOST_UNIT = 12, /* bytes */
    MOST_BACK = 64 /* cells of the row looked at before one */
};

typedef gk_bare column;

typedef enum shape { NO_FIGURE, BARE, WITH_UNIT } shape;

/* What a cell prints: a figure, and what stands behind its digits. */
static shape shape_of(gk_str text, gk_str *unit) {
    *unit = gk_printed_unit(text);
    gk_figure f = gk_figure_read(gk_str_slice(text, 0, text.len - unit->len));
    if (!text.len || unit->len > MOST_UNIT || !f.known || f.value == 0) return NO_FIGURE;
    return unit->len ? WITH_UNIT : BARE;
}

/* Most cells are labels, or figures of columns without units: they are not read closely. */
static bool is_idle(bool has_unit, gk_str text) {
    if (!text.len || !(gk_is_digit(text.ptr[0]) || text.ptr[0] == '-')) return true;
    return gk_is_digit(text.ptr[text.len - 1]) && !has_unit;
}

/* The same by the bytes at its ends, before its text is put together: a Han letter begins it (no blank has such a first byte),
 * or a figure ends it. */
static bool ends_idle(const gk_checker *c, bool has_unit, const gk_cell *cell) {
    const gk_span *segs = c->doc->segs.at + cell->first_seg, *last = segs + cell->seg_count - 1;
    if (segs->start == segs->end || last->start == last->end) return false;
    unsigned char first = (unsigned char)c->doc->text.ptr[segs->start];
    if (first >= 0xE4 && first <= 0xE9) return true;
    return !has_unit && gk_is_digit(c->doc->text.ptr[last->end - 1]);
}

/* A figure with its unit, or without one. */
static void add_figure(gk_checker *c, const gk_cell *cell, shape s, gk_str unit) {
    while (c->bare.len <= cell->col) *gk_vec_push(&c->bare) = (column){0};
    column *col = &c->bare.at[cell->col];
    col->bare += s == BARE && col->unit; /* above the first of them stand headers, such as years */
    if (s == BARE) return;
    uint64_t key = gk_text_key(unit) | 1;
    if (!col->unit) col->unit = key, col->sample = (uint32_t)(cell - c->doc->cells.at);
    col->mixed = col->mixed || col->unit != key;
    col->with++;
}

static void read_cell(gk_checker *c, const gk_cell *cell) {
    const column *col = cell->col < c->bare.len ? &c->bare.at[cell->col] : NULL;
    bool has_unit = col && col->unit;
    gk_str unit;
    if ((col && col->mixed) || ends_idle(c, has_unit, cell)) return; /* nothing will be told of a mixed one */
    gk_str text = gk_cell_text(c, cell);
    shape s = is_idle(has_unit, text) ? NO_FIGURE : shape_of(text, &unit);
    if (s != NO_FIGURE) add_figure(c, cell, s, unit);
}

static bool is_told(const column *col) {
    return !col->mixed && col->bare && col->with >= FEWEST && col->bare * RARE <= col->with;
}

/* Whether a cell of the row before this one says that the row is a total. */
static bool in_totals(gk_checker *c, const gk_table *t, uint32_t index) {
    uint32_t row = c->doc->cells.at[index].row;
    for (uint32_t i = index; i > t->first_cell && index - i < MOST_BACK && c->doc->cells.at[i - 1].row == row; i--) {
        const gk_cell *cell = &c->doc->cells.at[i - 1];
        if (gk_cell_says(c, cell, c->maps.goals) || gk_cell_says(c, cell, c->maps.totals)) return true;
    }
    return false;
}

static void tell(gk_checker *c, const gk_cell *cell, const gk_cell *sample) {
    gk_str unit = gk_printed_unit(gk_cell_text(c, sample));
    gk_verdict v = {.check = GK_STR("missing_unit"), .status = GK_CONTRADICTS, .rule = GK_STR("checks:bare"),
                    .stated = GK_NO_RECORD};
    v.raw = v.text = gk_cell_text(c, cell);
    v.span = gk_cell_span(c, cell);
    v.formula = GK_STR("the unit of its neighbours");
    v.hint = gk_arena_printf(&c->out->arena, "its neighbours print %.*s", GK_STR_ARG(unit));
    gk_verdict_add(c, &v);
}

static bool any_told(const gk_checker *c) {
    bool any = false;
    for (size_t k = 0; k < c->bare.len; k++) any = any || is_told(&c->bare.at[k]);
    return any;
}

static void check_cell(gk_checker *c, const gk_table *t, uint32_t index) {
    const gk_cell *cell = &c->doc->cells.at[index];
    if (!cell->seg_count || cell->col >= c->bare.len || !is_told(&c->bare.at[cell->col])) return;
    const gk_cell *sample = &c->doc->cells.at[c->bare.at[cell->col].sample];
    gk_str unit;
    bool bare = cell > sample && shape_of(gk_cell_text(c, cell), &unit) == BARE;
    if (bare && !in_totals(c, t, index)) tell(c, cell, sample);
}

static void check_table(gk_checker *c, const gk_table *t) {
    c->bare.len = 0;
    c->steps += t->cell_count;
    for (uint32_t i = 0; i < t->cell_count; i++)
        if (c->doc->cells.at[t->first_cell + i].seg_count) read_cell(c, &c->doc->cells.at[t->first_cell + i]);
    if (!any_told(c)) return; /* as of nearly all */
    for (uint32_t i = 0; i < t->cell_count; i++) check_cell(c, t, t->first_cell + i);
}

void gk_check_bare(gk_checker *c) {
    for (size_t i = 0; i < c->doc->tables.len; i++) /* few tables have such a column */
        if (c->out->united.at[i] >= FEWEST) check_table(c, &c->doc->tables.at[i]);
}
