/* Tables without rules: rows of pieces that stand below each other.
 *
 * Worked example:
 *   item        2023      2024
 *   tax       1,200.00  1,350.00
 *   fees         80.00     95.50
 * Each line has pieces with wide gaps between them, most of them figures. The strips of the page that no line has text in
 * part the columns. A list of contents looks alike: its only figures are page numbers that grow from line to line.
 *
 * A label of two lines has its figures between them, nearer to both than lines of text can stand: these are one row.
 *   equipment of
 *                 1,200.00  1,350.00
 *   laboratories
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "read/pdf_bare.h"

typedef pd_piece piece;
typedef pd_bare bare;

enum { MOST_LINES = 400, MOST_COLS = PD_BARE_COLS, FEWEST_ROWS = PD_BARE_ROWS, MOST_FRAGS = 6000 };

/* The least gap between pieces, and the farthest distance of rows and of the lines of one row: in parts of the size. */
static const float piece_gap = 1.1f, row_gap = 4.2f, line_gap = 0.8f;
/* What a line that fills its column may leave free of it, and the farthest distance of lines of one text. */
static const float full_gap = 2.2f, leading = 1.6f;

/* Whether two fragments are cells that nearly touch: figures, or a figure and the words behind it. */
static bool nearly_touch(const bare *b, uint32_t i) {
    const pd_frag *f = pd_bare_frag(b, i), *next = pd_bare_frag(b, i + 1);
    if (f->way || next->way || next->box.x0 - f->box.x1 < 0.15f * fmaxf(f->size, next->size)) return false;
    return pd_is_figure(&b->p->page, b->order + i, 1) && f->count > 1 && next->count > 1;
}

/* Adds the pieces of a line; returns how many. */
static size_t add_pieces(bare *b, size_t line) {
    size_t had = b->pieces.len;
    for (uint32_t i = b->starts[line], start = i; i < b->starts[line + 1]; i++) {
        const pd_frag *f = pd_bare_frag(b, i), *next = i + 1 < b->starts[line + 1] ? pd_bare_frag(b, i + 1) : NULL;
        bool near = next && next->box.x0 - f->box.x1 < piece_gap * fmaxf(f->size, next->size);
        if (near && !nearly_touch(b, i)) continue;
        piece *p = gk_vec_push(&b->pieces);
        *p = (piece){.first = start, .count = i + 1 - start};
        for (uint32_t k = start; k <= i; k++) pd_cover(&p->box, pd_bare_frag(b, k)->box, k == start);
        p->value = pd_is_figure(&b->p->page, b->order + start, i + 1 - start);
        start = i + 1;
    }
    return b->pieces.len - had;
}

/* How far below the line before it a line stands, in parts of the size. */
static float step(const bare *b, size_t line) {
    const pd_frag *above = pd_bare_frag(b, b->starts[line - 1]), *f = pd_bare_frag(b, b->starts[line]);
    return (f->box.y0 - above->box.y0) / fmaxf(above->size, f->size);
}

static bool overlap(const piece *p, const piece *q) { return p->box.x0 < q->box.x1 && q->box.x0 < p->box.x1; }

static size_t overlapped(const bare *b, const piece *p, size_t from, size_t to) {
    size_t n = 0;
    for (size_t k = from; k < to; k++) n += overlap(p, &b->pieces.at[k]);
    return n;
}

/* Whether the pieces from `to` on go on with those from `from` on: each with one of its own. What stands below a heading of
 * several columns does not. */
static bool goes_on(const bare *b, size_t from, size_t to) {
    for (size_t k = to; k < b->pieces.len; k++)
        if (!overlapped(b, &b->pieces.at[k], from, to)) return false;
    for (size_t k = from; k < to; k++)
        if (overlapped(b, &b->pieces.at[k], to, b->pieces.len) > 1) return false;
    return true;
}

/* Adds the pieces of the lines that make up one row; returns how many lines. Figures stand on one of them. */
static size_t add_row(bare *b, size_t lines, size_t line) {
    size_t from = b->pieces.len, n = 1;
    float depth = 0;
    add_pieces(b, line);
    while (line + n < lines && step(b, line + n) < line_gap) {
        size_t to = b->pieces.len;
        add_pieces(b, line + n);
        depth += step(b, line + n);
        bool figures = pd_bare_has_value(b, from, to) && pd_bare_has_value(b, to, b->pieces.len);
        if (figures || (depth > line_gap && !goes_on(b, from, to))) {
            b->pieces.len = to;
            break;
        }
        n++;
    }
    return n;
}

/* Gathers rows while they have pieces; one row of one piece may stand between. Returns how many lines. */
static size_t gather(bare *b, size_t lines, size_t line) {
    size_t at = line, kept = 0, kept_rows = 0, kept_pieces = 0;
    for (size_t single = 0; at < lines && at - line < MOST_LINES;) {
        if (at > line && step(b, at) > row_gap) break;
        *gk_vec_push(&b->rows) = (uint32_t)b->pieces.len;
        size_t had = b->pieces.len, first = at;
        at += add_row(b, lines, at);
        size_t n = b->pieces.len - had;
        single = n > 1 ? 0 : single + 1;
        if (n > MOST_COLS || b->starts[at] - b->starts[line] > MOST_FRAGS || single > 1 || (first == line && n < 2)) break;
        if (n > 1) kept = at - line, kept_rows = b->rows.len, kept_pieces = b->pieces.len;
    }
    b->rows.len = kept_rows;
    b->pieces.len = kept_pieces;
    *gk_vec_push(&b->rows) = (uint32_t)kept_pieces;
    return kept;
}

static bool has_rows(const bare *b, size_t n) {
    size_t wide = 0, figures = 0, labels = 0;
    for (size_t r = 0; r < n; r++) {
        size_t values = 0;
        for (uint32_t k = b->rows.at[r] + 1; k < b->rows.at[r + 1]; k++) values += b->pieces.at[k].value;
        wide += b->rows.at[r + 1] - b->rows.at[r] > 1;
        figures += values > 0;
        values += b->rows.at[r] < b->rows.at[r + 1] && b->pieces.at[b->rows.at[r]].value;
        labels += values < b->rows.at[r + 1] - b->rows.at[r];
    }
    return 2 * labels >= n && wide >= FEWEST_ROWS && figures >= FEWEST_ROWS - 1 && 10 * wide >= 7 * n && 2 * figures >= n;
}

/* Whether the rows are several of headings over one of figures, as many as these have words. */
static bool has_one_row(const bare *b, size_t n) {
    enum { LEAST = 4 };
    size_t values = 0, words = 0;
    size_t last = n - 1;
    if (n < FEWEST_ROWS || !pd_bare_has_value(b, b->rows.at[last], b->rows.at[n])) return false;
    if (pd_bare_has_value(b, 0, b->rows.at[last])) return false;
    for (uint32_t k = b->rows.at[n - 1]; k < b->rows.at[n]; k++) values += b->pieces.at[k].value;
    for (uint32_t k = b->rows.at[1]; k < b->rows.at[n - 1]; k++)
        for (uint32_t i = 0; i < b->pieces.at[k].count; i++) words++;
    return values >= LEAST && values + 1 >= b->rows.at[n] - b->rows.at[n - 1] && words >= values;
}

/* Whether each row is a text and a whole number that does not fall from row to row. */
static bool is_contents(const bare *b, size_t n) {
    long last = 0;
    for (size_t r = 0; r < n; r++) {
        uint32_t count = b->rows.at[r + 1] - b->rows.at[r];
        const piece *p = &b->pieces.at[b->rows.at[r + 1] - 1];
        if (count > 2) return false;
        if (count < 2 || !p->value) continue;
        long v = pd_bare_whole(b, p);
        if (v < last || v > 9999) return false;
        last = v;
    }
    return true;
}

static void add_part(bare *b, const piece *p, uint32_t from, uint32_t to) {
    piece *q = gk_vec_push(&b->pieces);
    *q = (piece){.first = from, .count = to - from, .value = p->value};
    for (uint32_t i = from; i < to; i++) pd_cover(&q->box, pd_bare_frag(b, i)->box, i == from);
}

/* Headings that nearly touch are pieces of their own where their middles stand in different columns. */
static void split_headings(bare *b) {
    uint32_t had = (uint32_t)b->pieces.len;
    for (uint32_t r = 0, k = 0; r + 1 < b->rows.len; r++) { /* all pieces again, behind those that are there */
        uint32_t end = b->rows.at[r + 1];
        b->rows.at[r] = (uint32_t)b->pieces.len - had;
        for (; k < end; k++) {
            const piece p = b->pieces.at[k];
            uint32_t from = p.first, to = p.first + p.count;
            for (uint32_t i = from + 1; i < to && r < b->head && !p.value; i++)
                if (pd_bare_column_of(b, i) != pd_bare_column_of(b, i - 1)) add_part(b, &p, from, i), from = i;
            add_part(b, &p, from, to);
        }
    }
    b->rows.at[b->rows.len - 1] = (uint32_t)b->pieces.len - had;
    memmove(b->pieces.at, b->pieces.at + had, (b->pieces.len - had) * sizeof *b->pieces.at);
    b->pieces.len -= had;
}

/* ---- headings over several lines: where their number is odd, the other headings stand beside the one in the middle */

/* Whether a piece is as wide as its column allows: a text that had no room for one more character goes on below. */
static bool fills(const bare *b, const piece *p) {
    uint32_t c = pd_bare_column_at(b, p->box.x0 + 1);
    float room = b->edges.at[c + 1] - b->edges.at[c];
    return pd_bare_column_at(b, p->box.x1 - 1) == c && p->box.x1 - p->box.x0 + full_gap * b->size > room;
}

/* Whether q may be the next line of p: below it, around one middle or from one edge. */
static bool continues(const bare *b, const piece *p, const piece *q) {
    float down = q->box.y0 - p->box.y0, middle = (p->box.x0 + p->box.x1 - q->box.x0 - q->box.x1) / 2;
    bool aligned = fabsf(middle) < 2 || fabsf(p->box.x0 - q->box.x0) < 1;
    return aligned && down > 0 && down < leading * b->size;
}

/* Whether all pieces of one of two rows go on with, or are gone on with by, pieces of the other; `full`: that fill
 * their columns. */
static bool all_continue(const bare *b, uint32_t row, bool upper, bool full) {
    const uint32_t *at = b->rows.at + row;
    for (uint32_t k = at[!upper]; k < at[1 + !upper]; k++) {
        bool found = false;
        for (uint32_t l = at[upper]; l < at[1 + upper] && !found; l++) {
            const piece *p = &b->pieces.at[upper ? k : l], *q = &b->pieces.at[upper ? l : k];
            found = continues(b, p, q) && (!full || fills(b, p));
        }
        if (!found) return false;
    }
    return true;
}

/* Whether a row holds figures: a sign of percent is none. */
static bool has_figures(const bare *b, uint32_t row) {
    for (uint32_t k = b->rows.at[row]; k < b->rows.at[row + 1]; k++) {
        const piece *p = &b->pieces.at[k];
        const pd_frag *f = pd_bare_frag(b, p->first);
        if (p->value && (f->count != 1 || b->p->page.chars.at[f->first].code != '%')) return true;
    }
    return false;
}

/* Whether the same columns go on from a row over the next one to a third: what heads several columns has no such lines. */
static bool are_three_lines(const bare *b, uint32_t row) {
    const uint32_t *at = b->rows.at + row;
    if (row + 3 >= b->rows.len || has_figures(b, row + 2) || at[1] - at[0] != at[3] - at[2]) return false;
    return at[1] - at[0] <= at[2] - at[1] && all_continue(b, row, true, false) && all_continue(b, row + 1, false, false);
}

static void join_rows(bare *b, uint32_t row, uint32_t more) {
    memmove(b->rows.at + row + 1, b->rows.at + row + 1 + more, (b->rows.len - row - 1 - more) * sizeof *b->rows.at);
    b->rows.len -= more;
}

/* Makes one row of the lines of the headings. */
static void join_headings(bare *b) {
    for (uint32_t r = 0; r + 2 < b->rows.len && !has_figures(b, r) && !has_figures(b, r + 1);) {
        if (are_three_lines(b, r)) join_rows(b, r, 2);
        else if (all_continue(b, r, true, true) || all_continue(b, r, false, true)) join_rows(b, r, 1);
        else r++;
    }
}

/* The columns of a piece: those it reaches into. A heading reaches into those it covers by more than half beside the
 * one that its middle stands in. */
static void columns_of(const bare *b, const piece *p, bool head, uint32_t *from, uint32_t *to) {
    *from = pd_bare_column_at(b, p->box.x0 + 1);
    *to = pd_bare_column_at(b, p->box.x1 - 1);
    uint32_t middle = pd_bare_column_at(b, (p->box.x0 + p->box.x1) / 2);
    const float *x = b->edges.at;
    while (head && *from < middle && 2 * (x[*from + 1] - p->box.x0) < x[*from + 1] - x[*from]) ++*from;
    while (head && *to > middle && 2 * (p->box.x1 - x[*to]) < x[*to + 1] - x[*to]) --*to;
}

static float middle_of(const piece *p) { return (p->box.x0 + p->box.x1) / 2; }

/* Whether a heading stands over its column and the one on a side, whose own names are in the next row, none right below. */
static bool heads_pair(const bare *b, uint32_t row, const piece *p, int side) {
    bool own = false, other = false;
    uint32_t c = pd_bare_column_at(b, middle_of(p));
    for (uint32_t k = b->rows.at[row + 1]; row + 1 < b->head && k < b->rows.at[row + 2]; k++) {
        const piece *q = &b->pieces.at[k];
        float off = (float)side * (middle_of(p) - middle_of(q));
        own = own || (pd_bare_column_at(b, middle_of(q)) == c && off > 2);
        other = other || (pd_bare_column_at(b, middle_of(q)) == c + (uint32_t)side && off < -2);
    }
    return own && other;
}

/* Writes a piece into a cell of its own, or below what `cell` holds. */
static void keep_piece(bare *b, const piece *p, uint32_t row, pd_cell *cell) {
    uint32_t from, to;
    columns_of(b, p, row < b->head, &from, &to);
    if (row < b->head && from == to) from -= heads_pair(b, row, p, -1), to += heads_pair(b, row, p, 1);
    pd_line line = pd_write_line(b->p, b->order + p->first, p->count);
    if (line.text.start == line.text.end) return;
    if (!cell) {
        cell = gk_vec_push(&b->p->cells);
        *cell = (pd_cell){.row = row - b->head + b->heads, .col = from, .rowspan = 1, .colspan = 1};
        cell->first_line = (uint32_t)b->p->cell_lines.len;
    }
    if (to - from >= cell->colspan) cell->colspan = (uint16_t)(to - from + 1);
    pd_cover(&cell->box, p->box, !cell->line_count++);
    *gk_vec_push(&b->p->cell_lines) = line;
}

/* The cell that a piece goes on in: the last one, where it stands in the same column, above it. */
static pd_cell *cell_above(const bare *b, const piece *p, size_t first) {
    pd_cell *last = b->p->cells.len > first ? &b->p->cells.at[b->p->cells.len - 1] : NULL;
    return last && last->col == pd_bare_column_at(b, p->box.x0 + 1) && last->box.y1 < p->box.y1 - 1 ? last : NULL;
}

/* A word set wide, as the heading of a column may be, is one piece. */
static bool is_set_wide(const bare *b, const piece *p, const piece *q) {
    uint32_t c = pd_bare_column_at(b, p->box.x0 + 1);
    return p->first + p->count == q->first && q->box.y0 < p->box.y1 && !p->value && !q->value &&
           c == pd_bare_column_at(b, p->box.x1 - 1) && c == pd_bare_column_at(b, q->box.x0 + 1) &&
           c == pd_bare_column_at(b, q->box.x1 - 1);
}

/* Words side by side in one column that other rows do not part, such as codes and names, are one piece. */
static bool are_together(const bare *b, const piece *p, const piece *q, bool head) {
    uint32_t from, to, next_from, next_to;
    columns_of(b, p, head, &from, &to);
    columns_of(b, q, head, &next_from, &next_to);
    bool side = p->first + p->count == q->first && q->box.y0 < p->box.y1 && q->box.x0 >= p->box.x1;
    return side && !q->value && from == to && next_from == next_to && from == next_from;
}

static void join_wide(bare *b, uint32_t row) {
    for (uint32_t k = b->rows.at[row], to = b->rows.at[row + 1], last = k; ++k < to;) {
        piece *p = &b->pieces.at[last], *q = &b->pieces.at[k];
        if (!is_set_wide(b, p, q) && !are_together(b, p, q, row < b->head)) {
            last = k;
            continue;
        }
        p->count += q->count;
        pd_cover(&p->box, q->box, false);
        q->count = 0;
    }
}

static void keep_row(bare *b, uint32_t row) {
    join_wide(b, row);
    uint32_t from = b->rows.at[row], to = b->rows.at[row + 1];
    bool lines = false;
    for (uint32_t k = from + 1; k < to; k++) lines |= b->pieces.at[k].box.y0 > b->pieces.at[k - 1].box.y0 + 2;
    size_t first = b->p->cells.len;
    for (uint32_t c = 0; c + 1 < (lines ? b->edges.len : 2); c++)
        for (uint32_t k = from; k < to; k++) {
            const piece *p = &b->pieces.at[k];
            if (!p->count) continue;
            if (!lines) keep_piece(b, p, row, NULL);
            else if (pd_bare_column_at(b, p->box.x0 + 1) == c) keep_piece(b, p, row, cell_above(b, p, first));
        }
}

/* Writes the rows of headings. Returns whether their cells are known. */
static bool keep_heads(bare *b) {
    hd_word words[HD_MOST];
    uint32_t above = pd_bare_first_of_heads(b);
    hd_heads *h = gk_alloc_zero(1, sizeof *h);
    bool arranged = b->head && pd_bare_arrange(b, above, h, words);
    if (!arranged) {
        join_headings(b);
        if (b->head) b->head = (uint32_t)pd_bare_first_figures(b, b->rows.len - 1);
    }
    b->heads = b->head;
    for (uint32_t r = 0; r < (arranged ? above : b->head); r++) keep_row(b, r);
    if (arranged) b->heads = above + h->rows, pd_bare_keep_heads(b, above, h);
    free(h);
    return arranged;
}

static void keep_table(bare *b) {
    pdf *p = b->p;
    pd_rect box = {0};
    uint32_t first = (uint32_t)p->cells.len;
    for (size_t k = 0; k < b->pieces.len; k++) pd_cover(&box, b->pieces.at[k].box, k == 0);
    pd_add_item(p, PD_TABLE, p->tables.len, box);
    bool arranged = keep_heads(b);
    uint32_t n = (uint32_t)b->rows.len - 1;
    for (uint32_t r = b->head; r < n; r++) keep_row(b, r);
    *gk_vec_push(&p->tables) = (pd_table){.first_cell = first,
                                          .cell_count = (uint32_t)p->cells.len - first,
                                          .rows = n - b->head + b->heads,
                                          .cols = (uint32_t)b->edges.len - 1,
                                          .first_x = (uint32_t)p->xs.len,
                                          .ruled = arranged,
                                          .box = box};
    for (size_t i = 0; i < b->edges.len; i++) *gk_vec_push(&p->xs) = b->edges.at[i];
}

size_t pd_bare_table(pdf *p, const uint32_t *order, const uint32_t *starts, size_t lines, size_t line) {
    if (starts[line + 1] - starts[line] < 2 || lines - line < FEWEST_ROWS) return 0;
    bare b = {.p = p, .order = order, .starts = starts, .size = p->page.frags.at[order[starts[line]]].size};
    size_t taken = gather(&b, lines, line), n = b.rows.len - 1;
    bool table = n >= FEWEST_ROWS && (has_rows(&b, n) || has_one_row(&b, n));
    table = table && !is_contents(&b, n) && pd_bare_find_columns(&b, n);
    if (table) {
        if (b.head) pd_bare_widen_figures(&b), split_headings(&b);
        keep_table(&b);
    }
    gk_vec_free(&b.pieces);
    gk_vec_free(&b.rows);
    gk_vec_free(&b.edges);
    return table ? taken : 0;
}
