/* Rows that no rule parts. Many tables rule their columns and their outside only, so that one row of the grid holds a
 * column of figures, one below the other.
 *
 * Worked example: a row of the grid has the cells "tax / vat / other" (three lines) and "5.00 / 3.00 / 2.00" (three
 * lines). All lines of the second cell are figures, and none of them fills its cell, as the lines of a broken figure
 * would. So each figure is a row, and each line of the first cell goes to the row of the figure beside it. A line without
 * a figure beside it goes on the line before when that one fills its cell or stands closer than rows do; else it is a row
 * of its own.
 */
#include <math.h>
#include <stdlib.h>

#include "read/pdf.h"

typedef struct row_line {
    float y, height;  /* middle of the line */
    float anchor;     /* the middle of the row it belongs to */
    uint32_t cell;
    bool value, full, placed, forward;
} row_line;

typedef GK_VEC(row_line) line_list;

enum { MOST_LINES = 3000 }; /* of a row: more are no table, and would take their time */

static bool is_figure_char(uint32_t c) {
    return (c >= '0' && c <= '9') || c == ',' || c == '.' || c == '-' || c == '%' || c == '(' || c == ')' || c == 0x2014 ||
           c == 0x2013 || c == 0xFF0D || c == 0xFF05 || c == 0xFF0C || c == 0x2212 || (c >= 0xFF10 && c <= 0xFF19);
}

bool pd_is_figure(const pd_page *page, const uint32_t *frags, size_t n) {
    uint32_t first = 0, last = 0;
    for (size_t i = 0; i < n; i++) {
        const pd_frag *f = &page->frags.at[frags[i]];
        for (uint32_t k = f->first; k < f->first + f->count; k++) {
            uint32_t c = page->chars.at[k].code;
            if (pd_is_blank(c)) continue;
            if (!is_figure_char(c)) return false;
            if (!first) first = c;
            last = c;
        }
    }
    return first && first != ',' && first != '.' && last != ',' && last != '.';
}

static void add_lines(const pd_page *page, const pd_cell *cell, uint32_t number, uint32_t *frags, size_t n, line_list *out) {
    uint32_t *starts = gk_alloc((n + 1) * sizeof *starts);
    size_t lines = pd_sort_lines(page, frags, n, starts);
    for (size_t l = 0; l < lines; l++) {
        pd_rect box = {0};
        float size = 0;
        for (uint32_t i = starts[l]; i < starts[l + 1]; i++) {
            const pd_frag *f = &page->frags.at[frags[i]];
            pd_cover(&box, f->box, i == starts[l]);
            size = fmaxf(size, f->size);
        }
        row_line line = {.y = (box.y0 + box.y1) / 2, .height = box.y1 - box.y0, .cell = number};
        line.value = pd_is_figure(page, frags + starts[l], starts[l + 1] - starts[l]);
        line.full = box.x1 > cell->box.x1 - 1.6f * size - 2 || box.x1 - box.x0 > cell->box.x1 - cell->box.x0 - 2 * size;
        if (line.value) line.full = box.x1 - box.x0 > cell->box.x1 - cell->box.x0 - 0.9f * size;
        *gk_vec_push(out) = line;
    }
    free(starts);
}

/* Whether the lines from..to, those of one cell, are a column of figures: most of them are, and no figure but the last
 * fills the cell. */
static bool is_column(const line_list *l, size_t from, size_t to, size_t *values) {
    size_t full = 0;
    *values = 0;
    for (size_t i = from; i < to; i++) {
        *values += l->at[i].value;
        full += l->at[i].value && l->at[i].full && i + 1 < to;
    }
    return *values >= 2 && 3 * *values >= 2 * (to - from) && 2 * full < *values;
}

static bool is_stacked(const line_list *l) {
    size_t columns = 0, most = 0;
    for (size_t i = 0, end; i < l->len; i = end) {
        size_t values;
        for (end = i; end < l->len && l->at[end].cell == l->at[i].cell; end++) {}
        if (!is_column(l, i, end, &values)) continue;
        columns++;
        if (values > most) most = values;
    }
    return columns >= 2 || (columns == 1 && most >= 3);
}

static int by_y(const void *a, const void *b) {
    const row_line *l = a, *m = b;
    if (l->y != m->y) return l->y < m->y ? -1 : 1;
    return l->cell < m->cell ? -1 : l->cell > m->cell;
}

/* The smallest distance of two figures of one cell. The lines are sorted by cell. */
static float find_pitch(const line_list *l) {
    float pitch = 1e6f;
    const row_line *last = NULL;
    for (size_t i = 0; i < l->len; i++) {
        const row_line *line = &l->at[i];
        if (!line->value) continue;
        if (last && last->cell == line->cell) pitch = fminf(pitch, line->y - last->y);
        last = line;
    }
    return pitch;
}

/* Gives each figure the middle of its row, and the others that of the figure beside them. The lines are sorted by y. */
static void anchor_values(line_list *l, float pitch) {
    GK_VEC(float) rows = {0};
    for (size_t i = 0; i < l->len; i++) {
        row_line *line = &l->at[i];
        if (!line->value) continue;
        float apart = fmaxf(0.5f * line->height, 0.4f * pitch);
        if (!rows.len || line->y - rows.at[rows.len - 1] > apart) *gk_vec_push(&rows) = line->y;
        line->anchor = rows.at[rows.len - 1];
        line->placed = true;
    }
    for (size_t i = 0, r = 0; i < l->len && rows.len; i++) {
        row_line *line = &l->at[i];
        while (r + 1 < rows.len && fabsf(rows.at[r + 1] - line->y) < fabsf(rows.at[r] - line->y)) r++;
        if (line->placed || fabsf(rows.at[r] - line->y) > 0.65f * line->height) continue;
        line->anchor = rows.at[r];
        line->placed = true;
    }
    gk_vec_free(&rows);
}

static row_line *neighbour(line_list *l, size_t i, bool after) {
    for (size_t k = i; after ? ++k < l->len : k-- > 0;)
        if (l->at[k].cell == l->at[i].cell) return &l->at[k];
    return NULL;
}

/* The row of a figure that stands in the middle of two lines; -1: there is none. */
static float row_between(const line_list *l, const row_line *above, const row_line *below) {
    float middle = (above->y + below->y) / 2;
    for (size_t i = 0; i < l->len; i++)
        if (l->at[i].value && fabsf(l->at[i].y - middle) < 0.2f * above->height) return l->at[i].anchor;
    return -1;
}

/* Two lines whose figure stands in the middle between them. */
static void anchor_pairs(line_list *l, float pitch) {
    for (size_t i = 0; i < l->len; i++) {
        row_line *line = &l->at[i], *below = line->placed ? NULL : neighbour(l, i, true);
        if (!below || below->placed || below->y - line->y > fmaxf(2.4f * line->height, 1.15f * pitch)) continue;
        float row = row_between(l, line, below);
        if (row < 0) continue;
        line->anchor = below->anchor = row;
        line->placed = below->placed = true;
    }
}

/* Lines without a figure beside them. */
static void anchor_rest(line_list *l, float pitch) {
    for (size_t i = 0; i < l->len; i++) {
        row_line *line = &l->at[i];
        if (line->placed) continue;
        const row_line *before = neighbour(l, i, false), *after = neighbour(l, i, true);
        float near = fminf(0.8f * pitch, 1.6f * line->height);
        float up = before ? line->y - before->y : 1e6f, down = after ? after->y - line->y : 1e6f;
        if (down < near && down < 0.9f * up) line->forward = true;
        else if (before && !before->forward && (up < near || (before->full && up < fminf(1.3f * pitch, 2 * line->height))))
            line->anchor = before->anchor;
        else line->anchor = line->y;
        line->placed = !line->forward;
    }
    for (size_t i = l->len; i-- > 0;) {
        const row_line *after = l->at[i].forward ? neighbour(l, i, true) : NULL;
        if (l->at[i].forward) l->at[i].anchor = after ? after->anchor : l->at[i].y;
    }
}

static int by_anchor(const void *a, const void *b) {
    const row_line *l = a, *m = b;
    if (l->anchor != m->anchor) return l->anchor < m->anchor ? -1 : 1;
    return by_y(a, b);
}

typedef GK_VEC(float) edge_list;

/* The edges between the rows, appended to out. Rows whose lines overlap stay one. */
static void cut_rows(line_list *l, edge_list *out) {
    float low = 0;
    qsort(l->at, l->len, sizeof *l->at, by_anchor);
    for (size_t i = 0; i < l->len; i++) {
        const row_line *line = &l->at[i];
        bool next = i && line->anchor - l->at[i - 1].anchor > 0.5f * line->height;
        if (next && line->y > low) *gk_vec_push(out) = (low + line->y) / 2;
        low = i ? fmaxf(low, line->y) : line->y;
    }
}

/* The edges that cut a row of the grid. */
static void split_row(const pd_page *page, const pd_grid *g, uint32_t row, uint32_t *frags, const uint32_t *starts,
                      edge_list *out) {
    line_list l = {0};
    size_t columns = 0;
    for (uint32_t col = 0; col < g->cols; col++) {
        uint32_t c = g->at[(size_t)row * g->cols + col];
        if (!c || g->cells.at[c - 1].rowspan != 1 || g->cells.at[c - 1].col != col) continue;
        size_t before = l.len, n = starts[c + 1] - starts[c];
        if (n) add_lines(page, &g->cells.at[c - 1], c, frags + starts[c], n, &l);
        columns += l.len > before + 1;
    }
    if (columns >= 2 && l.len <= MOST_LINES && is_stacked(&l)) {
        float pitch = find_pitch(&l);
        qsort(l.at, l.len, sizeof *l.at, by_y);
        anchor_values(&l, pitch);
        anchor_pairs(&l, pitch);
        anchor_rest(&l, pitch);
        cut_rows(&l, out);
    }
    gk_vec_free(&l);
}

/* Puts the new edges into the grid: cells of a cut row become one cell a part. map[r]: where row r begins now. */
static void rebuild(pd_grid *g, const edge_list *cuts, uint32_t *map) {
    size_t k = 0, kept = 0;
    GK_VEC(float) ys = {0};
    for (uint32_t r = 0; r < g->rows; r++) {
        map[r] = (uint32_t)ys.len;
        *gk_vec_push(&ys) = g->ys.at[r];
        while (k < cuts->len && cuts->at[k] < g->ys.at[r + 1]) *gk_vec_push(&ys) = cuts->at[k++];
    }
    map[g->rows] = (uint32_t)ys.len;
    *gk_vec_push(&ys) = g->ys.at[g->rows];
    GK_VEC(pd_cell) cells = {0};
    for (; kept < g->cells.len; kept++) {
        pd_cell c = g->cells.at[kept];
        uint32_t top = map[c.row], end = map[c.row + c.rowspan], step = c.rowspan > 1 ? end - top : 1;
        for (uint32_t r = top; r < end; r += step) {
            c.row = r;
            c.rowspan = (uint16_t)step;
            c.box.y0 = ys.at[r];
            c.box.y1 = ys.at[r + step];
            *gk_vec_push(&cells) = c;
        }
    }
    gk_vec_free(&g->ys);
    gk_vec_free(&g->cells);
    memcpy(&g->ys, &ys, sizeof ys);
    memcpy(&g->cells, &cells, sizeof cells);
    g->rows = (uint32_t)g->ys.len - 1;
}

static int by_cell(const void *a, const void *b) {
    const pd_cell *c = a, *d = b;
    if (c->row != d->row) return c->row < d->row ? -1 : 1;
    return c->col < d->col ? -1 : c->col > d->col;
}

bool pd_split_rows(const pd_page *page, pd_grid *g, uint32_t *frags, const uint32_t *starts) {
    edge_list cuts = {0};
    for (uint32_t row = 0; row < g->rows; row++) split_row(page, g, row, frags, starts, &cuts);
    bool any = cuts.len > 0;
    if (any) {
        uint32_t *map = gk_alloc((g->rows + 1) * sizeof *map);
        rebuild(g, &cuts, map);
        free(map);
        qsort(g->cells.at, g->cells.len, sizeof *g->cells.at, by_cell);
        free(g->at);
        g->at = gk_alloc_zero((size_t)g->rows * g->cols, sizeof *g->at);
        for (uint32_t i = 0; i < g->cells.len; i++) {
            const pd_cell *c = &g->cells.at[i];
            for (uint32_t r = c->row; r < c->row + c->rowspan; r++)
                for (uint32_t k = c->col; k < c->col + c->colspan; k++) g->at[(size_t)r * g->cols + k] = i + 1;
        }
    }
    gk_vec_free(&cuts);
    return any;
}
