/* Tables with a cell a line: a tab and the cell; a blank line ends the row; an empty cell is a bare tab.
 *
 * Worked example (> a tab): the lines ">item", ">plan", "", ">road", ">", "" are the rows (item, plan) and (road, empty).
 * Three blank lines end the table. A line without a tab right behind a cell continues it. The same signs may also be
 * nothing but paragraphs with a tab for an indent: then every row has one cell, or the cells are sentences. */
#include "base/limits.h"
#include "read/plain.h"

enum { TABLE_GAP = 3, BROKEN = 3 };

/* The first line behind the cells that follow each other without a gap, or `from` where a line is no cell. */
static size_t row_end(const plain *p, size_t from) {
    size_t i = from;
    const pl_line *l = p->lines.at;
    while (i < p->lines.len && (i == from || l[i].gap == 0)) {
        if (l[i].kind != PL_CELL && (l[i].kind != PL_TEXT || i == from || pl_marks(pl_text(p, &l[i])))) break;
        i++;
    }
    if (i < p->lines.len && l[i].gap == 0 && l[i].kind == PL_ROW) return from;
    return i;
}

static void gather_row(plain *p, size_t from, size_t to, bool cut) {
    pl_row *row = pl_grid_row(p, from, cut);
    row->last = (uint32_t)(to - 1);
    for (size_t i = from; i < to; i++) {
        const pl_line *l = &p->lines.at[i];
        if (l->kind == PL_CELL && row->count < GK_MAX_TABLE_COLS)
            pl_grid_cell(p, (gk_span){l->raw + 1, l->raw_end});
        else
            pl_grid_more(p, &p->cells.at[p->cells.len - 1], (gk_span){l->raw, l->raw_end});
    }
}

/* Whether the last cell of a row holds text that a blank line can have cut off: an empty one ends its row. */
static bool may_go_on(const plain *p, const pl_row *row) { return !pl_cell_empty(&p->cells.at[row->first + row->count - 1]); }

/* Rows that a blank line inside a cell cut in two: most rows have n cells, and two neighbours have n together. */
static void join_rows(plain *p) {
    uint32_t mode = pl_grid_mode(p, 0, p->rows.len), whole = 0;
    for (size_t r = 0; r < p->rows.len; r++) whole += p->rows.at[r].count == mode;
    if (mode < BROKEN || whole * 2 < p->rows.len) return;
    size_t kept = 0;
    for (size_t r = 0; r < p->rows.len; r++) {
        pl_row *row = &p->rows.at[r], *above = kept ? &p->rows.at[kept - 1] : NULL;
        if (kept > 1 && above->count < mode && above->count + row->count == mode && may_go_on(p, above) &&
            above->first + above->count == row->first) {
            for (uint32_t i = 0; i < row->count; i++)
                p->cells.at[row->first + i].col = (uint16_t)(p->cells.at[row->first + i].col + above->count);
            above->count += row->count;
            above->last = row->last;
        } else {
            p->rows.at[kept++] = *row;
        }
    }
    p->rows.len = kept;
}

/* Paragraphs that merely start with a tab: one cell in each row, or cells that are sentences. */
static bool is_prose(const plain *p) {
    size_t sentences = 0, texts = 0, several = 0;
    for (size_t r = 0; r < p->rows.len; r++) {
        const pl_row *row = &p->rows.at[r];
        several += row->count > 1;
        for (uint32_t i = 0; i < row->count; i++) {
            const pl_cell *c = &p->cells.at[row->first + i];
            if (pl_cell_empty(c)) return several == 0 && p->rows.len == 1;
            gk_str s = pl_cell_text(p, c);
            texts++;
            sentences += pl_end_of(s) >= PL_END_STOP || pl_width(s) > 80;
        }
    }
    return several == 0 || sentences * 2 > texts;
}

static void add_paragraphs(plain *p) {
    for (size_t r = 0; r < p->rows.len; r++)
        for (uint32_t i = 0; i < p->rows.at[r].count; i++) {
            const pl_cell *c = &p->cells.at[p->rows.at[r].first + i];
            for (uint32_t k = c->first; k; k = p->pieces.at[k - 1].next)
                pl_emit_block(p, GK_BLOCK_TEXT, p->pieces.at[k - 1].span, p->lines.at[p->rows.at[r].line].page);
        }
}

gk_code pl_add_cells(plain *p, size_t line, size_t *next) {
    size_t i = line, end = line;
    bool cut = false;
    pl_grid_clear(p);
    while (i < p->lines.len) {
        const pl_line *l = &p->lines.at[i];
        if (i > line && l->kind == PL_ASIDE && i - end < 4) {
            cut = true;
            i++;
            continue;
        }
        if (l->kind != PL_CELL || (i > line && !cut && l->gap >= TABLE_GAP)) break;
        size_t to = row_end(p, i);
        if (to == i) break;
        gather_row(p, i, to, cut);
        i = end = to;
        cut = false;
    }
    if (end == line) return pl_add_rows(p, line, next);
    join_rows(p);
    pl_place_merged(p, 0, p->rows.len, pl_grid_mode(p, 0, p->rows.len));
    size_t first = p->doc->blocks.len;
    gk_code code = GK_OK;
    if (is_prose(p)) add_paragraphs(p);
    else code = pl_grid_emit(p, 0, p->rows.len);
    for (i = line; i < end; i++)
        if (p->lines.at[i].kind == PL_ASIDE) pl_emit_aside(p, &p->lines.at[i]);
    pl_sort_blocks(p, first);
    *next = end;
    return code;
}
