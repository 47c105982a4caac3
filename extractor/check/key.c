/* Key figures: what the tables of a document, and the prose about them, state in common.
 *
 * Worked example: the total of the table of spending, the total of its summary and "total spending 1551.86" in the section
 * about it are one figure. Each is called by three names that pattern files give: of the caption or section, of the row or
 * subject, of the column ("spendings.total.all", "summary.year_spending.out", "told_spendings.year_spending."); the map
 * check-figures calls all three "year_spending". The rows of items have no names; they are told apart by their labels, and by
 * those of the rows that they stand under: 2080501 under 20805 under 208 is the path that the prose writes out, with a mark
 * behind each name.
 */
#include <stdlib.h>

#include "check/place.h"

enum { MOST_PARTS = 4 /* of the path of an item */, MOST_LABEL = 300 /* bytes */ };

static uint64_t mix(uint64_t a, uint64_t b) { return (a ^ b) * 0x9E3779B97F4A7C15u + (a >> 29) + 1; }

/* One label of a path, folded: its key, without the tail that some print and others do not, without blanks and quotes. */
static uint64_t part_of(gk_checker *c, gk_str label) {
    static const gk_str quotes[] = {{"\xE2\x80\x9C", 3}, {"\xE2\x80\x9D", 3}};
    char bare[MOST_LABEL];
    size_t len = 0, tail = gk_map_suffix(c->maps.item_tails, label, NULL);
    if (tail < label.len) label.len -= tail;
    for (size_t i = 0; i < label.len && len < sizeof bare; i++) {
        gk_str rest = gk_str_slice(label, i, label.len);
        if (gk_str_starts(rest, quotes[0]) || gk_str_starts(rest, quotes[1])) i += 2;
        else if (label.ptr[i] != ' ') bare[len++] = label.ptr[i];
    }
    return gk_text_key((gk_str){bare, len});
}

/* "A(class)B(section)C(item)": the path that the marks divide; 0: words stand behind the last mark. */
static uint64_t path_of(gk_checker *c, gk_str label) {
    uint64_t item = 0;
    size_t len = 0, from = 0, at;
    for (int i = 0; i < MOST_PARTS; i++, from = at + len) {
        at = gk_map_find(c->maps.item_marks, label, from, &len, NULL);
        if (at == SIZE_MAX) break;
        item = mix(item, part_of(c, gk_str_slice(label, from, at)));
    }
    gk_str rest = gk_str_slice(label, from, label.len);
    if (!from) return mix(0, part_of(c, label));
    if (gk_str_ends(rest, GK_STR("\xE2\x80\x9D"))) rest.len -= 3;
    return !rest.len || gk_map_suffix(c->maps.item_tails, rest, NULL) == rest.len ? item : 0;
}

/* Both of a label, which depend on its text alone. */
static void divide(gk_checker *c, const gk_label *l, gk_label_more *more) {
    gk_buf folded = gk_role_text(c, "", gk_label_text(l));
    gk_str text = gk_buf_str(&folded);
    text = gk_str_slice(text, 1, text.len); /* behind the mark of the empty role */
    more->part = part_of(c, text);
    more->path = path_of(c, text);
    more->divided = true;
    gk_buf_free(&folded);
}

/* The path of a row with a code: under the rows whose codes begin with it. */
static uint64_t coded_item(gk_str code, uint64_t part, gk_levels *stack) {
    while (stack->len && !gk_str_starts(code, stack->at[stack->len - 1].code)) stack->len--;
    if (stack->len && stack->at[stack->len - 1].code.len == code.len) return stack->at[stack->len - 1].item;
    uint64_t item = mix(stack->len ? stack->at[stack->len - 1].item : 0, part);
    *gk_vec_push(stack) = (struct gk_level){code, item};
    return item;
}

static uint64_t item_of(gk_checker *c, gk_str code, gk_label *l, gk_levels *stack) {
    if (l->len > MOST_LABEL) return 0;
    gk_label_more *more = gk_label_rest(c, l);
    if (!more->divided) divide(c, l, more);
    return code.len ? coded_item(code, more->part, stack) : more->path;
}

/* Whether rows of this name are items, which sums ask for by it: it begins with "item_". */
static bool is_item(const gk_checker *c, uint32_t name) {
    return name && gk_str_starts(gk_name_text(c, name), GK_STR("item_"));
}

void gk_place_key(gk_checker *c, gk_place *p, uint32_t form, uint32_t under, gk_label *row, gk_levels *stack) {
    if (!form) return;
    uint32_t label = is_item(c, p->label) ? GK_NO_NAME : p->label;
    p->key = gk_figure_name(c, form, label, under);
    if (!p->key || label) return;
    bool prose = p->table == GK_NO_TABLE;
    p->item = item_of(c, prose ? GK_STR_NONE : gk_record_at(c, p->record)->field[GK_F_CODE], row, stack);
    if (!p->item) p->key = GK_NO_NAME;
}

uint64_t gk_key_context(const gk_checker *c, uint32_t record) {
    const gk_brief *b = &c->briefs.at[record];
    return (b->class != 'l' ? b->measure_key : c->plain_measure) * 31 + b->year_key;
}
