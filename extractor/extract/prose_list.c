/* Lists whose head stands in the paragraph before.
 *
 * Worked example: "The plan of 2025 is 9, of which:" / "(1) roads 5." / "(2) schools 4." / "2. What was spent: 3." The head
 * ends with a colon and tells the year 2025; the paragraphs behind it that are marked alike and not like the head are its
 * items, so 5 and 4 belong to 2025. The last paragraph is marked otherwise and ends the list. Behind "the staff by the end of
 * 2024 is:" also paragraphs without marks are items, up to the next heading. A paragraph that begins with parts ("of which
 * lanes 2") belongs to the item before it.
 */
#include "extract/prose.h"

#include <string.h>

#include "text/numeral.h"
#include "text/utf8.h"

enum { MARK_BYTES = 16 };

/* The bytes of a digit or of a character of a Chinese numeral at the start of a text; 0: there is none. */
static size_t numeral_bytes(gk_str s) {
    size_t bytes = 0;
    if (!s.len) return 0;
    if (s.ptr[0] >= '0' && s.ptr[0] <= '9') return 1;
    return gk_numeral_starts(gk_utf8_next(s.ptr, &bytes)) ? bytes : 0;
}

/* How a paragraph is marked as an item: "(1)" '(', "(一)" '[', "1." '.', "一、" and "一是" the last byte of the mark; 0: it is
 * not. */
static char item_kind(const gk_extractor *x, gk_range block) {
    gk_str s = gk_str_trim(gk_str_slice(gk_view_text(x, block.start, block.end), 0, MARK_BYTES));
    bool bracket = gk_str_starts(s, GK_STR("("));
    size_t from = bracket, n;
    bool digits = s.len > from && numeral_bytes(gk_str_slice(s, from, s.len)) == 1;
    while ((n = numeral_bytes(gk_str_slice(s, from, s.len))) > 0) from += n;
    size_t mark = from > bracket ? gk_map_prefix(x->maps.ordinal_marks, gk_str_slice(s, from, s.len), NULL) : 0;
    if (!mark) return 0;
    if (bracket) return digits ? '(' : '[';
    return digits ? '.' : s.ptr[from + mark - 1];
}

static bool is_of_text(const gk_extractor *x) { return strcmp(x->prose->where, "text") == 0; }

static bool begins_with_parts(const gk_extractor *x) {
    gk_range block = x->prose->block;
    return x->maps.parts && gk_map_prefix(x->maps.parts, gk_str_trim(gk_view_text(x, block.start, block.end)), NULL) > 0;
}

void gk_prose_list_item(gk_extractor *x) {
    gk_announced *l = &x->now.list;
    if (!l->year || !is_of_text(x)) return;
    char kind = item_kind(x, x->prose->block);
    bool first = l->waits && (kind ? kind != l->head : l->dated), next = !l->waits && kind == l->kind;
    bool parts = !kind && !l->waits && begins_with_parts(x);
    if (!first && !next && !parts) {
        *l = (gk_announced){0};
        return;
    }
    if (first) l->kind = kind;
    l->waits = false;
    if (l->dated) x->prose->dated = l->year;
    else x->prose->listed = l->year;
}

void gk_prose_list_announced(gk_extractor *x) {
    gk_range block = x->prose->block;
    gk_str s = gk_str_trim(gk_view_text(x, block.start, block.end));
    if (!is_of_text(x) || !s.len || s.ptr[s.len - 1] != ':' || x->prose->listed) return;
    gk_announced l = {.head = item_kind(x, block), .waits = true};
    l.year = gk_prose_year_behind(x, &l.dated);
    x->now.list = l;
}
