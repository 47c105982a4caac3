/* Numbered lists inside the cells of a table with a row a line: the lines of one cell (> a tab).
 *
 * Worked example: the second and the third line go on with the last cell of the first, as their numbers do, and the third
 * has one more cell:
 *
 *     goals>1. mend 5 roads;
 *     2. mend 2 bridges;
 *     3. plant 9 trees.>1. mended 5 roads.
 */
#include "read/plain.h"

#include "text/numeral.h"

enum { PREFIX_BYTES = 12 }; /* words before the number of an item: "goal 2:" */

/* Whether a mark of an item stands right behind its number, and something behind the mark: 1.5 is no item. */
static bool is_marked(gk_str behind) {
    static const gk_str marks[] = {{".", 1}, {")", 1}, {":", 1}, {"\xEF\xBC\x8E", 3}, {"\xE3\x80\x81", 3},
                                   {"\xEF\xBC\x89", 3}, {"\xEF\xBC\x9A", 3}}; /* ．、）： */
    bool decimal = behind.len > 1 && behind.ptr[0] == '.' && behind.ptr[1] >= '0' && behind.ptr[1] <= '9';
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (gk_str_starts(behind, marks[i]) && behind.len > marks[i].len) return !decimal;
    return false;
}

/* The number of an item at the start of a text, with a mark behind it; 0: none. *before: the bytes before the number. */
static uint32_t item_number(gk_str s, size_t *before) {
    enum { MOST_DIGITS = 3, MOST_ITEMS = 99 };
    for (size_t at = 0; at < s.len && at <= PREFIX_BYTES; at++) {
        int64_t n;
        gk_str rest = gk_str_slice(s, at, s.len);
        size_t digits = ((unsigned char)s.ptr[at] & 0xC0) == 0x80 ? 0 : gk_ordinal_read(rest, MOST_DIGITS, &n);
        if (!digits) continue;
        *before = at;
        bool item = n > 0 && n <= MOST_ITEMS && is_marked(gk_str_slice(rest, digits, rest.len));
        return item ? (uint32_t)n : 0;
    }
    return 0;
}

/* Whether a text is item n of a list whose first item begins with `prefix`. */
static bool is_item(gk_str s, gk_str prefix, uint32_t n) {
    size_t before = 0;
    return item_number(s, &before) == n && gk_str_eq(gk_str_slice(s, 0, before), prefix);
}

/* The number of the last item of a cell that begins with item 1, 0: it is no list. *prefix: what stands before the number. */
static uint32_t last_item(const plain *p, const pl_cell *c, gk_str *prefix) {
    uint32_t n = 0;
    size_t before = 0;
    for (uint32_t k = c->first; k; k = p->pieces.at[k - 1].next) {
        gk_str s = pl_str(p, p->pieces.at[k - 1].span);
        if (!n && item_number(s, &before) != 1) return 0;
        if (!n) *prefix = gk_str_slice(s, 0, before);
        n += n == 0 || is_item(s, *prefix, n + 1);
    }
    return n;
}

size_t pl_list_lines(const plain *p, size_t line, size_t to, gk_span first) {
    gk_str prefix;
    const pl_row *row = p->rows.len ? &p->rows.at[p->rows.len - 1] : NULL;
    uint32_t n = row && row->count ? last_item(p, &p->cells.at[row->first + row->count - 1], &prefix) : 0;
    for (size_t k = line; n && k < to && k < line + PL_SANDWICH; k++) {
        bool text = p->lines.at[k].kind == PL_TEXT;
        gk_str s = k == line ? pl_str(p, first) : pl_text(p, &p->lines.at[k]);
        if (is_item(s, prefix, n + 1)) return k - line + 1;
        if (!text) break;
    }
    return 0;
}
