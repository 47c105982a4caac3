#include "extract/division_index.h"

#include <stdlib.h>

#include "extract/tsv.h"

enum { FIELDS = 5, STEM_MIN_CHARACTERS = 2 };

/* A word of a list; for a kind word also its short form and whether it may be left out, for a full name another one. */
typedef struct word {
    gk_str text, spoken;
    bool may_drop;
} word;

typedef GK_VEC(word) word_list;

struct gk_divisions {
    gk_str table;
    bool rows_built, names_built;
    GK_VEC(gk_division_row) rows; /* sorted by code, then first year */
    word_list lists[GK_LIST_COUNT];
    GK_VEC(gk_division_node) nodes; /* at[0] is no node */
    uint32_t *buckets;
    size_t bucket_count; /* a power of two */
    size_t longest;      /* characters */
    gk_arena arena;      /* spoken forms */
};

static const char *const LIST_NAMES[GK_LIST_COUNT] = {"suffix", "people", "tail", "stem-tail", "before", "short"};

gk_divisions *gk_divisions_new(gk_str table) {
    gk_divisions *d = gk_alloc_zero(1, sizeof *d);
    d->table = table;
    return d;
}

void gk_divisions_free(gk_divisions *d) {
    if (!d) return;
    gk_vec_free(&d->rows);
    gk_vec_free(&d->nodes);
    for (size_t i = 0; i < GK_LIST_COUNT; i++) gk_vec_free(&d->lists[i]);
    free(d->buckets);
    gk_arena_free(&d->arena);
    free(d);
}

/* Rows. */

static int16_t year_of(gk_str field) {
    int16_t year = 0;
    if (field.len != 4) return 0;
    for (size_t i = 0; i < 4; i++) {
        if (field.ptr[i] < '0' || field.ptr[i] > '9') return 0;
        year = (int16_t)(year * 10 + (field.ptr[i] - '0'));
    }
    return year;
}

static bool is_code(gk_str s) {
    if (s.len != GK_DIVISION_CODE) return false;
    for (size_t i = 0; i < s.len; i++)
        if (s.ptr[i] < '0' || s.ptr[i] > '9') return false;
    return true;
}

static int by_code(const void *a, const void *b) {
    const gk_division_row *x = a, *y = b;
    int c = memcmp(x->code, y->code, GK_DIVISION_CODE);
    return c ? c : (x->code > y->code) - (x->code < y->code);
}

static void add_directive(gk_divisions *d, gk_str line) {
    gk_str field[3];
    for (size_t i = 0; i < GK_LIST_COUNT; i++) {
        if (!gk_tsv_directive(line, LIST_NAMES[i], field, 3) || !field[0].len) continue;
        *gk_vec_push(&d->lists[i]) = (word){field[0], field[1], gk_str_eqz(field[2], "1")};
    }
}

static void add_row(gk_divisions *d, gk_str line) {
    gk_str field[FIELDS];
    gk_tsv_split(line, field, FIELDS);
    if (!is_code(field[0]) || !field[1].len || field[1].len > 200) return;
    *gk_vec_push(&d->rows) = (gk_division_row){
        .code = field[0].ptr,
        .successor = is_code(field[4]) ? field[4].ptr : NULL,
        .name = field[1],
        .first = year_of(field[2]),
        .last = year_of(field[3]),
    };
}

/* Longer words go first, so that a kind word is cut off whole. */
static int by_length(const void *a, const void *b) {
    const word *x = a, *y = b;
    if (x->text.len != y->text.len) return x->text.len > y->text.len ? -1 : 1;
    return gk_str_cmp(x->text, y->text);
}

static void need_rows(gk_divisions *d) {
    if (d->rows_built) return;
    d->rows_built = true;
    gk_str line;
    bool sorted = true;
    for (size_t at = 0; gk_tsv_line(d->table, &at, &line);) {
        if (line.len && line.ptr[0] == '#') {
            add_directive(d, line);
            continue;
        }
        add_row(d, line);
        size_t n = d->rows.len;
        if (n > 1 && by_code(&d->rows.at[n - 2], &d->rows.at[n - 1]) > 0) sorted = false;
    }
    if (!sorted) qsort(d->rows.at, d->rows.len, sizeof *d->rows.at, by_code);
    for (size_t i = 0; i < GK_LIST_COUNT; i++)
        if (d->lists[i].len) qsort(d->lists[i].at, d->lists[i].len, sizeof(word), by_length);
}

uint32_t gk_division_level(const char *code) {
    if (memcmp(code + 2, "0000", 4) == 0) return 1;
    return memcmp(code + 4, "00", 2) == 0 ? 2 : 3;
}

const gk_division_row *gk_division_row_at(const gk_divisions *d, uint32_t row) { return &d->rows.at[row]; }

uint32_t gk_division_rows(gk_divisions *d, const char *code, size_t *count) {
    need_rows(d);
    size_t low = 0, high = d->rows.len;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (memcmp(d->rows.at[mid].code, code, GK_DIVISION_CODE) < 0) low = mid + 1;
        else high = mid;
    }
    *count = 0;
    while (low + *count < d->rows.len && memcmp(d->rows.at[low + *count].code, code, GK_DIVISION_CODE) == 0) ++*count;
    return (uint32_t)low;
}

/* Names. */

static size_t characters(gk_str s) {
    size_t n = 0;
    for (size_t i = 0; i < s.len; i++) n += ((unsigned char)s.ptr[i] & 0xC0) != 0x80;
    return n;
}

/* The word of the list, none of which is empty, that s ends with and that leaves enough of it, or NULL. */
static const word *tail_of(const word_list *list, gk_str s) {
    for (size_t i = 0; i < list->len; i++) {
        const word *w = &list->at[i];
        bool may = w->text.len && s.len && w->text.ptr[w->text.len - 1] == s.ptr[s.len - 1]; /* most end with another byte */
        if (!may || !gk_str_ends(s, w->text)) continue;
        if (characters(gk_str_slice(s, 0, s.len - w->text.len)) >= STEM_MIN_CHARACTERS) return w;
    }
    return NULL;
}

static void add_name(gk_divisions *d, gk_str name, gk_name_form form, bool may_stand, uint32_t row) {
    size_t n = characters(name);
    if (n > d->longest) d->longest = n;
    *gk_vec_push(&d->nodes) = (gk_division_node){
        .ptr = name.ptr, .len = (uint16_t)name.len, .form = (uint8_t)form, .may_stand = may_stand, .row = row};
}

/* 恩施土家族苗族自治州 also goes by its spoken form 恩施州 and its stem 恩施. */
static void add_names(gk_divisions *d, uint32_t row) {
    gk_str name = d->rows.at[row].name;
    add_name(d, name, GK_NAME_FULL, true, row);
    const word_list *shorts = &d->lists[GK_LIST_SHORT];
    for (size_t i = 0; i < shorts->len; i++)
        if (gk_str_eq(shorts->at[i].text, name)) add_name(d, shorts->at[i].spoken, GK_NAME_SPOKEN, true, row);
    const word *kind = tail_of(&d->lists[GK_LIST_SUFFIX], name);
    if (!kind) return;
    gk_str stem = gk_str_slice(name, 0, name.len - kind->text.len);
    for (const word *w; (w = tail_of(&d->lists[GK_LIST_PEOPLE], stem));) stem.len -= w->text.len;
    add_name(d, stem, GK_NAME_STEM, kind->may_drop, row);
    if (!kind->spoken.len) return;
    gk_str spoken = gk_arena_printf(&d->arena, "%.*s%.*s", GK_STR_ARG(stem), GK_STR_ARG(kind->spoken));
    add_name(d, spoken, GK_NAME_SPOKEN, true, row);
}

static uint64_t hash_of(const gk_division_node *node) {
    uint64_t hash = GK_HASH_START;
    for (size_t i = 0; i < node->len; i++) hash = GK_HASH_STEP(hash, node->ptr[i]);
    return hash;
}

static void need_names(gk_divisions *d) {
    if (d->names_built) return;
    need_rows(d);
    d->names_built = true;
    *gk_vec_push(&d->nodes) = (gk_division_node){0};
    for (uint32_t row = 0; row < d->rows.len; row++) add_names(d, row);
    for (d->bucket_count = 16; d->bucket_count < d->nodes.len; d->bucket_count *= 2) {}
    d->buckets = gk_alloc_zero(d->bucket_count, sizeof *d->buckets);
    for (uint32_t i = (uint32_t)d->nodes.len; i-- > 1;) {
        uint32_t *head = &d->buckets[hash_of(&d->nodes.at[i]) & (d->bucket_count - 1)];
        d->nodes.at[i].next = *head;
        *head = i;
    }
}

static uint32_t same_name(const gk_divisions *d, uint32_t node, gk_str name) {
    for (; node; node = d->nodes.at[node].next)
        if (gk_str_eq((gk_str){d->nodes.at[node].ptr, d->nodes.at[node].len}, name)) break;
    return node;
}

uint32_t gk_division_names(gk_divisions *d, gk_str name, uint64_t hash) {
    need_names(d);
    return same_name(d, d->buckets[hash & (d->bucket_count - 1)], name);
}

uint32_t gk_division_next(const gk_divisions *d, uint32_t node) {
    const gk_division_node *n = &d->nodes.at[node];
    return same_name(d, n->next, (gk_str){n->ptr, n->len});
}

const gk_division_node *gk_division_node_at(const gk_divisions *d, uint32_t node) { return &d->nodes.at[node]; }

size_t gk_division_longest(gk_divisions *d) {
    need_names(d);
    return d->longest;
}

bool gk_division_ends_with(gk_divisions *d, gk_word_list list, gk_str text) {
    for (size_t i = 0; i < d->lists[list].len; i++) {
        const word *w = &d->lists[list].at[i];
        if (gk_str_ends(text, w->text)) return true;
        if (list == GK_LIST_SUFFIX && w->spoken.len && gk_str_ends(text, w->spoken)) return true;
    }
    return false;
}

bool gk_division_starts_with(gk_divisions *d, gk_word_list list, gk_str text) {
    for (size_t i = 0; i < d->lists[list].len; i++)
        if (gk_str_starts(text, d->lists[list].at[i].text)) return true;
    return false;
}
