/* Key figures: what the tables of a document, and the prose about them, state in common.
 *
 * Worked example: the total of the table of spending, the total of its summary and "total spending 1551.86" in the section
 * about it are one figure. Each is called by three names that pattern files give: of the caption or section, of the row or
 * subject, of the column ("spendings.total.all", "summary.year_spending.out", "told_spendings.year_spending."); the map
 * check-figures calls all three "year_spending". The rows of items have no names; they are told apart by their labels, and by
 * those of the rows that they stand under: 2080501 under 20805 under 208 is the path that the prose writes out, with a mark
 * behind each name. Where the prose leaves out the first levels, since a heading names them, or where the tables do, the path
 * is that of the one row of the tables that ends so.
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

/* "A(class)B(section)C(item)": the path that the marks divide; 0: words stand behind the last mark. *last is its last part. */
static uint64_t path_of(gk_checker *c, gk_str label, uint64_t *last) {
    uint64_t item = 0;
    size_t len = 0, from = 0, at;
    for (int i = 0; i < MOST_PARTS; i++, from = at + len) {
        at = gk_map_find(c->maps.item_marks, label, from, &len, NULL);
        if (at == SIZE_MAX) break;
        *last = part_of(c, gk_str_slice(label, from, at));
        item = mix(item, *last);
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
    more->last = 0;
    more->path = path_of(c, text, &more->last);
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
    if (b->class == 'c' && b->where == GK_IN_TEXT)
        return gk_text_key(gk_get(gk_record_at(c, record), GK_F_AGAINST)) * 31 + b->year_key;
    return (b->class != 'l' ? b->measure_key : c->plain_measure) * 31 + b->year_key;
}

/* ---- paths in the prose that lack their first levels */

/* A figure of the prose whose path no row of a table has. */
typedef struct tail {
    uint64_t path, item; /* as it is printed; that of the row that ends so, 0: none yet */
    uint32_t told;       /* in c->told */
    uint32_t next;       /* the one that was put into its slot before it + 1, 0: none */
    uint16_t key;
    bool many;           /* several rows end so */
} tail;

typedef struct tails {
    GK_VEC(tail) list;
    uint32_t *slot; /* by path: the last of them + 1; NULL: there are none */
    uint64_t mask;
} tails;

/* The rows that a row stands under. */
typedef struct above {
    gk_str code;
    uint64_t part;
} above;

enum { MOST_LEVELS = 8, ITEM_BITS = 512 };

static bool is_coded_item(const gk_place *p) { return p->key && p->item && p->part == GK_PART_CODED; }

/* A bit for each hash of an item that a table states. */
static void note_items(const gk_checker *c, uint64_t bits[ITEM_BITS]) {
    memset(bits, 0, ITEM_BITS * sizeof *bits);
    for (size_t i = 0; i < c->places.len; i++) {
        uint64_t h = c->places.at[i].item >> 49;
        if (c->places.at[i].item) bits[h / 64] |= (uint64_t)1 << h % 64;
    }
}

/* The path that the last level of a figure of the prose is alone; 0: it is not divided. */
static uint64_t last_of(gk_checker *c, const gk_place *p) {
    gk_label_more *more = gk_label_rest(c, gk_label_of(c, gk_told_subject(gk_record_at(c, p->record))));
    return more->divided && more->last ? mix(0, more->last) : 0;
}

static uint32_t *slot_of(const tails *t, uint64_t path) { return &t->slot[path >> 32 & t->mask]; }

/* There is room for two of each figure of the prose. */
static void open_tails(gk_checker *c, tails *out) {
    size_t slots = 64;
    while (slots < 2 * c->told.len) slots *= 2;
    out->slot = gk_arena_zero(&c->out->arena, slots * sizeof *out->slot);
    out->mask = slots - 1;
}

static void add_tail(tails *out, uint64_t path, uint32_t told, uint16_t key) {
    uint32_t *slot = slot_of(out, path);
    *gk_vec_push(&out->list) = (tail){.path = path, .told = told, .key = key, .next = *slot};
    *slot = (uint32_t)out->list.len;
}

/* Of a figure with two paths the higher one comes last, and is heard where rows end with both. */
static void list_tails(gk_checker *c, tails *out) {
    uint64_t bits[ITEM_BITS];
    for (size_t i = 0; i < c->told.len; i++) {
        const gk_place *p = &c->told.at[i];
        uint64_t h = p->item >> 49;
        if (!p->key || !p->item) continue;
        if (!out->slot) open_tails(c, out), note_items(c, bits);
        if (bits[h / 64] >> h % 64 & 1) continue;
        uint64_t last = last_of(c, p);
        bool two = last && last != p->item;
        if (two && last < p->item) add_tail(out, last, (uint32_t)i, p->key);
        add_tail(out, p->item, (uint32_t)i, p->key);
        if (two && last > p->item) add_tail(out, last, (uint32_t)i, p->key);
    }
}

/* Gives the item of a row to the figures whose path is this. */
static void match_tail(tails *list, uint64_t path, const gk_place *row) {
    for (uint32_t i = *slot_of(list, path); i; i = list->list.at[i - 1].next) {
        tail *t = &list->list.at[i - 1];
        if (t->path != path || t->key != row->key) continue;
        t->many = t->many || (t->item && t->item != row->item);
        t->item = row->item;
    }
}

/* The last level of a row, and its last two. */
static void match_row(gk_checker *c, tails *list, const gk_place *row, above *stack, size_t *depth) {
    const gk_record *r = gk_record_at(c, row->record);
    gk_str code = r->field[GK_F_CODE];
    gk_label *l = gk_label_of(c, r->field[GK_F_SUBJECT]);
    if (l->len > MOST_LABEL) return;
    gk_label_more *more = gk_label_rest(c, l);
    if (!more->divided) divide(c, l, more);
    while (*depth && (stack[*depth - 1].code.len >= code.len || !gk_str_starts(code, stack[*depth - 1].code))) --*depth;
    match_tail(list, mix(0, more->part), row);
    if (*depth) match_tail(list, mix(mix(0, stack[*depth - 1].part), more->part), row);
    if (*depth < MOST_LEVELS) stack[(*depth)++] = (above){code, more->part};
}

void gk_items_complete(gk_checker *c) {
    tails list = {.slot = NULL};
    above stack[MOST_LEVELS];
    size_t depth = 0;
    uint32_t table = GK_NO_TABLE, line = 0;
    list_tails(c, &list);
    for (const gk_place *p = c->places.at, *end = p + c->places.len; list.list.len && p < end; p++) {
        if (!is_coded_item(p) || (p->table == table && p->row == line)) continue;
        if (p->table != table) depth = 0;
        table = p->table, line = p->row;
        match_row(c, &list, p, stack, &depth);
    }
    for (const tail *t = list.list.at; t < list.list.at + list.list.len; t++)
        if (t->item && !t->many && c->told.at[t->told].item != t->item) c->told.at[t->told].item = t->item;
    c->steps += list.list.len;
    gk_vec_free(&list.list);
}
