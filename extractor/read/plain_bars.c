/* Rows of tables whose cells are parted by bars: Markdown, and what tools make of it.
 *
 * Worked example, the second row without bars at its ends, as its border tells, and a row torn to a line a cell:
 *
 *     | item | plan |      item | plan      road
 *     |------|------|      ---- | ----        | 30
 *     | road | 30   |      road | 30          |
 */
#include "read/plain.h"

#include "base/limits.h"

gk_str pl_bar_of(gk_str s) {
    static const gk_str wide[] = {{"\xEF\xBD\x9C", 3}, {"\xE2\x94\x82", 3}, {"\xE2\x94\x83", 3}}; /* U+FF5C, U+2502, U+2503 */
    if (!s.len) return GK_STR_NONE;
    if (s.ptr[0] == '|' || s.ptr[s.len - 1] == '|') return GK_STR("|");
    unsigned char first = (unsigned char)s.ptr[0], last = (unsigned char)s.ptr[s.len - 1];
    bool starts = first == 0xEF || first == 0xE2, ends = last == 0x9C || last == 0x82 || last == 0x83;
    for (size_t i = 0; (starts || ends) && i < sizeof wide / sizeof *wide; i++)
        if (gk_str_starts(s, wide[i]) || gk_str_ends(s, wide[i])) return wide[i];
    return GK_STR_NONE;
}

size_t pl_bars(gk_str s, gk_str bar) {
    size_t n = 0;
    if (bar.len == 1) return pl_count(s, '|');
    for (size_t at = 0, hit; (hit = gk_str_find(gk_str_slice(s, at, s.len), bar)) != SIZE_MAX; at += hit + bar.len) n++;
    return n;
}

bool pl_is_border(gk_str s) {
    size_t dashes = 0;
    for (size_t i = 0; i < s.len; i++) {
        if (!strchr("|-: ", s.ptr[i])) return false;
        dashes += s.ptr[i] == '-';
    }
    return dashes > 0;
}

/* A row starts with a bar and has another one, but no more than a table may have columns. Where a tool left the first bar
 * out, the row ends with one and has another one; such tools write a merged cell once and make up for it with bars at the
 * end, and nobody can say under which columns the others stand: that is no row. */
bool pl_is_pipe(gk_str s) {
    gk_str bar = s.len >= 3 ? pl_bar_of(s) : GK_STR_NONE;
    if (!bar.len) return false;
    bool open = !gk_str_starts(s, bar);
    gk_str inner = gk_str_slice(s, 0, s.len - (open ? bar.len : 0));
    if (open && gk_str_ends(inner, bar)) return false;
    size_t bars = pl_bars(s, bar) - 1;
    return bars >= 1 && bars < GK_MAX_TABLE_COLS;
}

/* ---- rows without bars at their ends */

/* Whether lines from..to are rows: a border stands below the first, or there are several with as many bars as the one
 * before, few of which have one at the end. */
static bool are_rows(const plain *p, size_t from, size_t to) {
    enum { LEAST = 3, BARS = 2 };
    size_t same = 0, last = 0, closed = 0;
    if (to - from < LEAST - 1) return false;
    for (size_t i = from; i < to; i++) {
        gk_str s = pl_text(p, &p->lines.at[i]);
        size_t bars = pl_count(s, '|');
        closed += s.len && s.ptr[s.len - 1] == '|';
        same += bars == last && bars >= BARS;
        last = bars;
    }
    gk_str below = pl_text(p, &p->lines.at[from + 1]);
    if (pl_is_border(below)) return below.ptr[0] != '|' && below.ptr[below.len - 1] != '|';
    return to - from >= LEAST && 2 * same >= to - from && 2 * closed < to - from;
}

void pl_end_barred(plain *p, size_t to) {
    size_t from = p->barred;
    p->barred = SIZE_MAX;
    if (from == SIZE_MAX) return;
    bool rows = are_rows(p, from, to);
    for (; from < to; from++) {
        pl_line *l = &p->lines.at[from];
        l->bare = rows;
        if (rows || pl_is_pipe(pl_text(p, l))) l->kind = PL_PIPE;
    }
}

void pl_note_barred(plain *p, size_t line) {
    const pl_line *l = &p->lines.at[line];
    p->torn = p->torn || p->text[l->start] == '|';
    bool follows = p->barred != SIZE_MAX && l->gap == 0;
    if (!follows) pl_end_barred(p, line);
    if (p->barred == SIZE_MAX) p->barred = line;
}

/* ---- rows torn to a line a cell
 *
 * Each cell but the first stands behind a bar on a line of its own; a line of nothing but bars ends the row, with one more
 * bar for each column that a merged cell of a row above takes: "| |". */

static bool is_bars(gk_str s) {
    for (size_t i = 0; i < s.len; i++)
        if (s.ptr[i] != '|' && s.ptr[i] != ' ') return false;
    return s.len > 0;
}

/* A line of text, or of bars. */
static bool may_be_torn(const plain *p, const pl_line *l) {
    return l->kind <= PL_ASIDE || (l->kind == PL_PIPE && is_bars(pl_text(p, l)));
}

static bool opens_cell(const plain *p, const pl_line *l) {
    return may_be_torn(p, l) && l->start < l->end && p->text[l->start] == '|';
}

/* The line behind the row whose first cell starts at a line; the line itself: it is no such row. */
static size_t torn_row_end(const plain *p, size_t line) {
    enum { LEAST_CELLS = 3, MOST_LINES = 60, FIRST_LINES = 3 };
    size_t cells = 1, i = line;
    for (; i < p->lines.len && i < line + MOST_LINES; i++) {
        const pl_line *l = &p->lines.at[i];
        gk_str s = pl_text(p, l);
        if ((i > line && l->gap) || !may_be_torn(p, l) || (cells == 1 && i >= line + FIRST_LINES)) return line;
        if (i > line && is_bars(s)) return cells >= LEAST_CELLS ? i + 1 : line;
        if (!opens_cell(p, l)) continue;
        if (i == line || pl_count(s, '|') > 1) return line;
        cells++;
    }
    return line;
}

void pl_mark_torn(plain *p) {
    for (size_t i = 1, end; i < p->lines.len; i++) {
        if (!opens_cell(p, &p->lines.at[i]) || opens_cell(p, &p->lines.at[i - 1])) continue;
        for (size_t row = i - 1; (end = torn_row_end(p, row)) > row; row = i = end)
            for (size_t k = row; k < end; k++) {
                p->aside_lines -= p->lines.at[k].kind == PL_ASIDE;
                p->lines.at[k].kind = PL_TORN;
            }
    }
}

/* Moves the cells of a row below merged ones to the columns that are left to them. */
static void place_torn(plain *p, uint32_t merged, uint32_t width) {
    enum { MOST_MERGED = 2, LEAST_CELLS = 3 };
    pl_row *row = &p->rows.at[p->rows.len - 1];
    if (!merged || merged > MOST_MERGED || row->count < LEAST_CELLS || row->count + merged != width) return;
    for (uint32_t i = 0; i < row->count; i++) p->cells.at[row->first + i].col = (uint16_t)(i + merged);
}

gk_code pl_add_torn(plain *p, size_t line, size_t *next) {
    uint32_t width = 0; /* of the first row without merged cells */
    bool open = false;
    pl_grid_clear(p);
    for (; line < p->lines.len && p->lines.at[line].kind == PL_TORN; line++) {
        const pl_line *l = &p->lines.at[line];
        gk_str s = pl_text(p, l);
        uint32_t bars = is_bars(s) ? (uint32_t)pl_count(s, '|') : 0;
        pl_row *row = open ? &p->rows.at[p->rows.len - 1] : pl_grid_row(p, line, false);
        row->last = (uint32_t)line;
        if (bars) {
            if (bars == 1 && !width) width = row->count;
            place_torn(p, bars - 1, width);
        } else if (!open || s.ptr[0] == '|') {
            if (row->count < GK_MAX_TABLE_COLS) pl_grid_cell(p, (gk_span){l->start + (s.ptr[0] == '|'), l->end});
        } else {
            pl_grid_more(p, &p->cells.at[p->cells.len - 1], (gk_span){l->start, l->end});
        }
        open = !bars;
    }
    *next = line;
    return pl_grid_table(p, 0, p->rows.len);
}
