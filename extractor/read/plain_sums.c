/* Where a group of columns ends, told by its figures.
 *
 * Worked example, labels of a lower header row side by side, and the rows below it:
 *     sum  | basic | others | change | rate
 *     8.00 |  5.00 |   3.00 |   1.00 | 14.29
 *     6.00 |  6.00 |        |  -2.00 | -25.00
 * In every row the first figure is the sum of the next two: they are a group, and another one begins with "change". */
#include "base/decimal.h"
#include "read/plain.h"

enum { LOOK = 40, DIGITS = 24, WIDEST = 24 }; /* rows looked at; characters of a figure; columns of two groups */

/* The figure in cell i of a row, without thousands marks; zero for an empty cell. False where it holds something else. */
static bool figure_of(const plain *p, const pl_row *r, uint32_t i, gk_decimal *out) {
    char text[DIGITS] = "0";
    size_t n = 0;
    gk_str s = pl_cell_text(p, &p->cells.at[r->first + i]);
    for (size_t at = 0; at < s.len; at++) {
        if (s.ptr[at] == ',' || s.ptr[at] == ' ') continue;
        if (n == DIGITS) return false;
        text[n++] = s.ptr[at];
    }
    return gk_decimal_parse((gk_str){text, n ? n : 1}, out);
}

/* 1: the figure of column `from` is the sum of those behind it up to `to`; -1: it is not; 0: there is none. */
static int adds_up(const plain *p, const pl_row *r, uint32_t from, uint32_t to) {
    gk_decimal whole, part;
    if (!figure_of(p, r, from, &whole)) return -1;
    if (gk_decimal_is_zero(&whole)) return 0;
    for (uint32_t i = from + 1; i < to; i++)
        if (!figure_of(p, r, i, &part) || !gk_decimal_sub(&whole, &part, &whole)) return -1;
    return gk_decimal_is_zero(&whole) ? 1 : -1;
}

/* In how many rows the columns add up; 0 where they mostly do not. */
static uint32_t support(const plain *p, size_t row, size_t to, uint32_t mode, uint32_t first, uint32_t end) {
    uint32_t yes = 0, no = 0;
    for (size_t r = row; r < to && r < row + LOOK; r++) {
        int sums = p->rows.at[r].count == mode ? adds_up(p, &p->rows.at[r], first, end) : 0;
        yes += sums > 0;
        no += sums < 0;
    }
    return no * 4 <= yes ? yes : 0;
}

uint32_t pl_end_of_sums(const plain *p, size_t row, size_t to, uint32_t mode, uint32_t first, uint32_t end) {
    enum { ROWS = 2 };
    uint32_t best = 0, most = ROWS - 1;
    if (end > first + WIDEST) return 0;
    for (uint32_t at = first + 2; at < end; at++) {
        uint32_t left = support(p, row, to, mode, first, at);
        if (left >= most && left >= ROWS) most = left, best = at;
    }
    for (uint32_t at = first + 1; at + 1 < end && !best; at++)
        if (support(p, row, to, mode, at, end) >= ROWS) best = at;
    return best;
}
