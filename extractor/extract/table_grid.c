/* The grid of a table: cells by place, and header rows put back over the columns they stand for. */
#include "extract/table.h"

/* gk_tcell.states. The signs are those for "at least" and "at most", and < > =. */
static bool states_figure(gk_str s) {
    bool sign = s.len && (s.ptr[0] == '>' || s.ptr[0] == '<' || s.ptr[0] == '=');
    if (sign || gk_str_starts(s, GK_STR("\xe2\x89\xa5")) || gk_str_starts(s, GK_STR("\xe2\x89\xa4"))) return true;
    for (const char *p = s.ptr + 1, *last = s.ptr + s.len - 1; p < last; p++) {
        p = memchr(p, '.', (size_t)(last - p));
        if (!p) break;
        if (gk_is_digit(p[-1]) && gk_is_digit(p[1])) return true;
    }
    return false;
}

/* "4500万元": digits and a unit of money, and nothing else but a note in brackets. */
static bool states_money(const gk_extractor *x, gk_str s) {
    size_t digits = 0;
    while (digits < s.len && (gk_is_digit(s.ptr[digits]) || s.ptr[digits] == ',')) digits++;
    size_t unit = digits && x->maps.money_units ? gk_map_prefix(x->maps.money_units, gk_str_slice(s, digits, s.len), NULL) : 0;
    return unit && (digits + unit == s.len || s.ptr[digits + unit] == '(');
}

static void count_shape(gk_extractor *x, const gk_tcell *c, gk_row_shape *row) {
    struct gk_table_state *s = x->table;
    bool number = c->shape == GK_SHAPE_NUMBER || c->shape == GK_SHAPE_PERCENT;
    if (!row->lead || c->col < s->cells[row->lead - 1].col) row->lead = (uint32_t)(c - s->cells) + 1;
    row->cells++;
    row->filled += c->shape != GK_SHAPE_BLANK;
    row->amounts += c->marked;
    row->number |= number;
    row->figure |= number ? !c->integer || !gk_cell_is_year(x, c) : c->states;
}

/* Returns how many cells of one column at most may print a figure with its unit. */
static uint32_t load_cells(gk_extractor *x, const gk_table *t) {
    struct gk_table_state *s = x->table;
    uint32_t *united = gk_arena_zero(&s->arena, (t->cols + 1) * sizeof *united), most = 0;
    const gk_cell *cell = x->doc->cells.at + t->first_cell;
    const gk_range *at = x->cell_at.at + t->first_cell;
    for (gk_tcell *c = s->cells, *end = c + t->cell_count; c < end; c++, cell++, at++) {
        *c = (gk_tcell){.at = *at, .row = cell->row, .col = cell->col};
        if (at->start == at->end) continue; /* GK_SHAPE_EMPTY */
        c->shape = (uint8_t)gk_cell_shape(x, *at, c);
        if (c->united && ++united[c->col < t->cols ? c->col : t->cols] > most) most++;
        gk_str text = gk_view_text(x, at->start, at->end);
        if (c->shape == GK_SHAPE_TEXT) c->states = states_figure(text) || states_money(x, text);
        if (c->row < t->rows && c->col < t->cols) count_shape(x, c, &s->shape[c->row]);
    }
    return most;
}

void gk_grid_load(gk_extractor *x, const gk_table *t) {
    struct gk_table_state *s = x->table;
    gk_arena_reset(&s->arena);
    s->t = t;
    s->subject_at = s->measure_at = (gk_range){0, 0};
    s->cells = gk_arena_alloc(&s->arena, (t->cell_count + 1) * sizeof *s->cells);
    s->header = gk_arena_zero(&s->arena, (t->cell_count + 1) * sizeof *s->header);
    s->row_role = gk_arena_zero(&s->arena, t->cell_count + 1);
    s->shape = gk_arena_zero(&s->arena, (t->rows + 1) * sizeof *s->shape);
    s->realigned = gk_arena_zero(&s->arena, (t->rows + 1) * sizeof *s->realigned);
    x->out->united.at[t - x->doc->tables.at] = load_cells(x, t);
}

uint32_t gk_grid_width(const struct gk_table_state *s, uint32_t row) {
    uint32_t n = s->t->cols;
    while (n && !gk_grid_mark(s, row, n - 1)) n--;
    return n;
}

/* ---- compact rows: a merged label takes one place instead of several
 *
 * Worked example: above, "No. | income | spending"; below, "· | item | sum | item | sum". The empty place below belongs
 * to "No." alone (merged downward); the run of four labels belongs to the two other labels, and splits where a label
 * column begins again: "income" covers places 1-2, "spending" 3-4. */

/* Whether a place below starts a unit that an upper label may start with; a repeated label column does. */
static bool starts_block(gk_extractor *x, uint32_t below, uint32_t col, uint32_t first) {
    const gk_tcell *c = gk_grid_at(x->table, below, col), *f = gk_grid_at(x->table, below, first);
    if (!c || !f || col == first) return false;
    gk_role role = gk_header_says(x, c)->role;
    if (role == GK_ROLE_LABEL || role == GK_ROLE_CODE) {
        const gk_tcell *before = gk_grid_at(x->table, below, col - 1);
        gk_role left = before ? gk_header_says(x, before)->role : GK_ROLE_NONE;
        return left != GK_ROLE_LABEL && left != GK_ROLE_CODE && left != GK_ROLE_LINE;
    }
    return gk_str_eq(gk_view_text(x, c->at.start, c->at.end), gk_view_text(x, f->at.start, f->at.end));
}

/* Gives the places [from, to) of the row below to `labels` upper cells: at the natural beginnings where their number fits,
 * else in equal shares. */
static void split_run(gk_extractor *x, uint32_t below, uint32_t from, uint32_t to, uint32_t labels, const uint32_t *upper,
                      uint32_t *out) {
    uint32_t natural = 1, share = (to - from + labels - 1) / labels, k = 0;
    for (uint32_t c = from + 1; c < to; c++) natural += starts_block(x, below, c, from);
    for (uint32_t c = from; c < to; c++) {
        if (natural == labels) k += c > from && starts_block(x, below, c, from);
        else k = (c - from) / share < labels ? (c - from) / share : labels - 1;
        out[c] = upper[k];
    }
}

static uint32_t count_runs(const struct gk_table_state *s, uint32_t below, uint32_t width, uint32_t *empty) {
    uint32_t runs = 0;
    *empty = 0;
    for (uint32_t c = 0; c < width; c++) {
        bool filled = gk_grid_at(s, below, c) != NULL;
        if (!filled) ++*empty;
        else if (c == 0 || !gk_grid_at(s, below, c - 1)) runs++;
    }
    return runs;
}

/* "Place | limit | · | · | balance": an empty place between the labels of the top row, over a filled one, is kept only where
 * a label runs over it, so nothing is compact there; only those behind the last label are missing. */
bool gk_grid_is_placed(const struct gk_table_state *s, uint32_t top, uint32_t below) {
    uint32_t width = gk_grid_width(s, top);
    while (width && !gk_grid_at(s, top, width - 1)) width--;
    for (uint32_t c = 1; c + 1 < width; c++)
        if (!gk_grid_at(s, top, c) && gk_grid_at(s, below, c)) return true;
    return false;
}

void gk_grid_realign(gk_extractor *x, uint32_t row, uint32_t below) {
    struct gk_table_state *s = x->table;
    uint32_t width = gk_grid_width(s, below), have = gk_grid_width(s, row), empty;
    if (s->t->merged_known || have >= width || have == 0) return;
    uint32_t runs = count_runs(s, below, width, &empty);
    if (have < empty + runs) return;
    uint32_t extra = have - empty - runs, next = 0;
    uint32_t *upper = gk_arena_zero(&s->arena, (have + 1) * sizeof *upper);
    uint32_t *out = gk_arena_zero(&s->arena, s->t->cols * sizeof *out);
    for (uint32_t c = 0; c < have; c++) upper[c] = gk_grid_mark(s, row, c);
    for (uint32_t c = 0; c < width && next < have;) {
        if (!gk_grid_at(s, below, c)) {
            out[c++] = upper[next++];
            continue;
        }
        uint32_t end = c;
        while (end < width && gk_grid_at(s, below, end)) end++;
        uint32_t labels = 1 + (extra < end - c - 1 ? extra : end - c - 1);
        extra -= labels - 1;
        split_run(x, below, c, end, labels, upper + next, out);
        next += labels;
        c = end;
    }
    s->realigned[row] = out;
}
