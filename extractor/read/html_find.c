/* Finds the article of a page.
 *
 * Each node weighs as much as it has letters and figures outside of links, hidden parts and navigation left out. Where
 * content systems mark the body by a name, the heaviest such node is the article (its equals beside it as well), unless
 * nearly everything stands elsewhere. Else the way goes down from the page, each time into the child that holds nearly
 * all of the weight, and ends where the weight spreads over paragraphs. */
#include <stdlib.h>

#include "read/html.h"

/* Letters and figures, ASCII letters and marks apart. */
static uint32_t weight_of(gk_str s) {
    uint32_t n = 0;
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.ptr[i];
        n += (c >= '0' && c <= '9') || c >= 0xE4;
    }
    return n;
}

void ht_weigh(ht_tree *t, uint8_t left_out) {
    size_t n = t->nodes.len;
    uint8_t *left = gk_alloc_zero(n, 2), *link = left + n;
    free(t->plain);
    free(t->linked);
    t->plain = gk_alloc_zero(n, sizeof *t->plain);
    t->linked = gk_alloc_zero(n, sizeof *t->linked);
    for (uint32_t i = 0; i < n; i++) {
        const ht_node *node = &t->nodes.at[i];
        left[i] = (node->flags & left_out) || left[node->parent];
        link[i] = node->tag == HT_A || link[node->parent];
        if (node->tag != HT_TEXT || left[i]) continue;
        uint32_t weight = weight_of((gk_str){t->chars.ptr + node->at, node->len});
        *(link[i] ? &t->linked[i] : &t->plain[i]) = weight;
    }
    for (size_t i = n; i-- > 1;) {
        t->plain[t->nodes.at[i].parent] += t->plain[i];
        t->linked[t->nodes.at[i].parent] += t->linked[i];
    }
    free(left);
}

/* Names lie: what holds a third of a long page or most of a short one is not navigation. */
static void clear_heavy_asides(ht_tree *t) {
    enum { LIGHT = 300 };
    uint64_t all = t->plain[0];
    for (size_t i = 0; i < t->nodes.len; i++) {
        uint64_t share = t->plain[i] * (uint64_t)100;
        if (share > 60 * all || (t->plain[i] > LIGHT && share > 30 * all)) t->nodes.at[i].flags &= (uint8_t)~HT_ASIDE;
    }
}

/* ---- by names */

/* The outermost nodes a content system marked, from `from` on; 0 where there is none left. */
static uint32_t next_named(const ht_tree *t, uint32_t from) {
    for (uint32_t i = from; i < t->nodes.len; i++) {
        const ht_node *n = &t->nodes.at[i];
        if (n->flags & HT_HIDDEN) i = n->end - 1;
        else if (n->flags & HT_ARTICLE) return i;
    }
    return 0;
}

/* The innermost marked node inside that still holds nearly everything: `#zoom` often holds a head and foot as well. */
static uint32_t innermost(const ht_tree *t, uint32_t outer) {
    uint32_t best = outer;
    for (uint32_t i = outer + 1; i < t->nodes.at[outer].end; i++)
        if ((t->nodes.at[i].flags & HT_ARTICLE) && (uint64_t)t->plain[i] * 100 >= (uint64_t)t->plain[outer] * 97) best = i;
    return best;
}

static size_t find_named(const ht_tree *t, uint32_t *roots, size_t most, uint64_t *weight) {
    size_t count = 0;
    uint32_t heaviest = 0;
    for (uint32_t i = 1; (i = next_named(t, i)) > 0; i = t->nodes.at[i].end)
        if (t->plain[i] > heaviest) heaviest = t->plain[i];
    *weight = 0;
    for (uint32_t i = 1; (i = next_named(t, i)) > 0 && count < most; i = t->nodes.at[i].end) {
        if ((uint64_t)t->plain[i] * 10 < heaviest) continue;
        *weight += t->plain[i];
        roots[count++] = innermost(t, i);
    }
    return count;
}

/* ---- by density */

/* The child that holds at least 85% of a node's weight and may hold blocks, 0: none. */
static uint32_t way_down(const ht_tree *t, uint32_t node) {
    for (uint32_t i = node + 1; i < t->nodes.at[node].end; i = t->nodes.at[i].end) {
        if ((uint64_t)t->plain[i] * 100 < (uint64_t)t->plain[node] * 85) continue;
        const ht_node *n = &t->nodes.at[i];
        bool leaf = n->tag == HT_TEXT || n->tag == HT_P || n->tag == HT_PRE || n->tag == HT_LI || (n->flags & HT_DATA) ||
                    (n->tag >= HT_H1 && n->tag <= HT_H6);
        return leaf || !t->plain[i] ? 0 : i;
    }
    return 0;
}

static uint32_t find_dense(const ht_tree *t) {
    uint32_t node = 0;
    for (uint32_t next; (next = way_down(t, node)) > 0;) node = next;
    return node;
}

size_t ht_find(ht_tree *t, uint32_t *roots, size_t most, bool *named) {
    enum { SHORT = 400 };
    uint64_t weight;
    ht_weigh(t, HT_HIDDEN);
    clear_heavy_asides(t);
    ht_weigh(t, HT_HIDDEN | HT_ASIDE);
    size_t count = find_named(t, roots, most, &weight);
    uint32_t dense = find_dense(t);
    *named = count && (t->plain[dense] < SHORT || weight * 5 >= t->plain[dense]);
    if (*named) return count;
    roots[0] = dense;
    return t->plain[dense] ? 1 : 0;
}
