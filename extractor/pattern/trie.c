#include "pattern/trie.h"

#include <stdlib.h>

/* Building: the sorted items are cut into groups with the same character at the current depth, one group one child.
 *
 *     比, 比上年, 较   ->  root: 比 -> (output 比; 上 -> 年 -> output 比上年), 较 -> output 较
 */
typedef struct builder {
    const gk_trie_item *items;
    GK_VEC(gk_trie_node) nodes;
    GK_VEC(uint32_t) codes;
    GK_VEC(gk_trie_output) outputs;
    GK_VEC(uint32_t) values;
    GK_VEC(struct range) todo;
} builder;

/* The node for items [from, to), which share their first `depth` bytes. */
struct range {
    uint32_t node, from, to, depth;
};

/* An item and the first eight bytes of its word as a number, which decides most comparisons. */
typedef struct sorting {
    uint64_t key;
    gk_trie_item item;
} sorting;

static uint64_t first_bytes(gk_str s) {
    uint64_t key = 0;
    for (size_t i = 0; i < 8; i++) key = key << 8 | (i < s.len ? (unsigned char)s.ptr[i] : 0);
    return key;
}

static int compare_items(const void *a, const void *b) {
    const sorting *x = a, *y = b;
    if (x->key != y->key) return x->key < y->key ? -1 : 1;
    int c = gk_str_cmp(x->item.word, y->item.word);
    return c ? c : (x->item.value > y->item.value) - (x->item.value < y->item.value);
}

static void sort_items(gk_trie_item *items, size_t count) {
    sorting *sorted = gk_alloc(count * sizeof *sorted);
    for (size_t i = 0; i < count; i++) sorted[i] = (sorting){first_bytes(items[i].word), items[i]};
    qsort(sorted, count, sizeof *sorted, compare_items);
    for (size_t i = 0; i < count; i++) items[i] = sorted[i].item;
    free(sorted);
}

static gk_str reversed_word(gk_arena *arena, gk_str word) {
    char *to = gk_arena_alloc(arena, word.len);
    size_t out = 0;
    for (size_t at = word.len, bytes; at > 0; at -= bytes) {
        gk_char_before(word, at, &bytes);
        memcpy(to + out, word.ptr + at - bytes, bytes);
        out += bytes;
    }
    return (gk_str){to, out};
}

/* The words that end at this node; the first item behind them. */
static uint32_t add_outputs(builder *b, struct range r) {
    uint32_t i = r.from, first = (uint32_t)b->values.len;
    for (; i < r.to && b->items[i].word.len == r.depth; i++)
        if (i == r.from || b->items[i].value != b->items[i - 1].value) *gk_vec_push(&b->values) = b->items[i].value;
    if (i == r.from) return i;
    b->nodes.at[r.node].output = (uint32_t)b->outputs.len;
    *gk_vec_push(&b->outputs) = (gk_trie_output){first, (uint32_t)b->values.len - first};
    return i;
}

static void add_children(builder *b, struct range r) {
    uint32_t i = add_outputs(b, r);
    b->nodes.at[r.node].edge = (uint32_t)b->codes.len;
    while (i < r.to) {
        size_t bytes, other;
        uint32_t code = gk_char_at(b->items[i].word, r.depth, &bytes), from = i;
        while (i < r.to && gk_char_at(b->items[i].word, r.depth, &other) == code) i++;
        uint32_t node = (uint32_t)b->nodes.len;
        *gk_vec_push(&b->nodes) = (gk_trie_node){0};
        *gk_vec_push(&b->codes) = code;
        *gk_vec_push(&b->todo) = (struct range){node, from, i, r.depth + (uint32_t)bytes};
        b->nodes.at[r.node].mask |= (uint64_t)1 << (code & 63);
    }
    b->nodes.at[r.node].edges = (uint32_t)b->codes.len - b->nodes.at[r.node].edge;
}

static const void *keep(gk_arena *arena, const void *from, size_t bytes) {
    void *to = gk_arena_alloc(arena, bytes);
    if (bytes) memcpy(to, from, bytes);
    return to;
}

enum { PAGED_ROOT = 12 }; /* edges of the root from which a table is quicker than a search */

static void add_pages(gk_trie *t, gk_arena *arena) {
    const gk_trie_node *root = &t->node[1];
    uint16_t *page_of = gk_arena_zero(arena, 256 * sizeof *page_of);
    uint16_t pages = 1;
    for (uint32_t i = 0; i < root->edges; i++) {
        uint32_t code = t->code[root->edge + i];
        if (code < 0x10000 && page_of[code >> 8] == 0) page_of[code >> 8] = pages++;
    }
    uint32_t(*page)[256] = gk_arena_zero(arena, pages * sizeof *page);
    for (uint32_t i = 0; i < root->edges; i++) {
        uint32_t code = t->code[root->edge + i];
        if (code < 0x10000) page[page_of[code >> 8]][code & 0xFF] = root->edge + i + 2;
    }
    t->page_of = page_of;
    t->page = (const uint32_t(*)[256])page;
}

static void add_edges(const gk_trie *t, uint32_t node, uint64_t *bits) {
    const gk_trie_node *n = &t->node[node];
    for (uint32_t i = n->edge; i < n->edge + n->edges; i++)
        bits[t->code[i] >> 6 & 63] |= (uint64_t)1 << (t->code[i] & 63);
}

static void add_starts(gk_trie *t, gk_arena *arena) {
    uint64_t *starts = gk_arena_zero(arena, 64 * sizeof *starts), *opens = NULL;
    const gk_trie_node *root = &t->node[1];
    add_edges(t, 1, starts);
    t->starts = starts;
    for (uint32_t i = root->edge; i < root->edge + root->edges; i++)
        if (t->node[i + 2].output && t->code[i] >= 0x3000) return;
    opens = memcpy(gk_arena_alloc(arena, 64 * sizeof *opens), starts, 64 * sizeof *opens);
    for (uint32_t i = root->edge; i < root->edge + root->edges; i++) add_edges(t, i + 2, opens);
    t->opens = opens;
}

void gk_trie_build(gk_trie *t, gk_arena *arena, gk_trie_item *items, size_t count, bool reversed) {
    gk_arena scratch = {0};
    if (reversed)
        for (size_t i = 0; i < count; i++) items[i].word = reversed_word(&scratch, items[i].word);
    sort_items(items, count);
    builder b = {.items = items};
    *gk_vec_push(&b.nodes) = (gk_trie_node){0};
    *gk_vec_push(&b.nodes) = (gk_trie_node){0};
    *gk_vec_push(&b.outputs) = (gk_trie_output){0};
    *gk_vec_push(&b.todo) = (struct range){1, 0, (uint32_t)count, 0};
    for (size_t i = 0; i < b.todo.len; i++) add_children(&b, b.todo.at[i]);
    *t = (gk_trie){.node = keep(arena, b.nodes.at, b.nodes.len * sizeof *b.nodes.at),
                   .code = keep(arena, b.codes.at, b.codes.len * sizeof *b.codes.at),
                   .output = keep(arena, b.outputs.at, b.outputs.len * sizeof *b.outputs.at),
                   .value = keep(arena, b.values.at, b.values.len * sizeof *b.values.at),
                   .outputs = (uint32_t)b.outputs.len,
                   .reversed = reversed};
    add_starts(t, arena);
    if (t->node[1].edges >= PAGED_ROOT) add_pages(t, arena);
    gk_vec_free(&b.nodes);
    gk_vec_free(&b.codes);
    gk_vec_free(&b.outputs);
    gk_vec_free(&b.values);
    gk_vec_free(&b.todo);
    gk_arena_free(&scratch);
}

uint32_t gk_trie_edge(const gk_trie *t, uint32_t node, uint32_t code_point) {
    const uint32_t *code = t->code + t->node[node].edge;
    uint32_t low = 0, high = t->node[node].edges;
    while (low < high) {
        uint32_t middle = (low + high) / 2;
        if (code[middle] < code_point) low = middle + 1;
        else high = middle;
    }
    return low < t->node[node].edges && code[low] == code_point ? t->node[node].edge + low + 2 : 0;
}

static size_t longest_back(const gk_trie *t, gk_str s, size_t at, uint32_t *output) {
    size_t length = 0;
    for (gk_trie_path p = gk_trie_enter_back(t, s, at); p.node; gk_trie_go_back(t, s, &p)) {
        if (!t->node[p.node].output) continue;
        length = at - p.reach;
        *output = t->node[p.node].output;
    }
    return length;
}

size_t gk_trie_longest(const gk_trie *t, gk_str s, size_t at, uint32_t *output) {
    size_t length = 0;
    *output = 0;
    if (t->reversed) return longest_back(t, s, at, output);
    for (gk_trie_path p = gk_trie_enter(t, s, at); p.node; gk_trie_go(t, s, &p)) {
        if (!t->node[p.node].output) continue;
        length = p.reach - at;
        *output = t->node[p.node].output;
    }
    return length;
}
