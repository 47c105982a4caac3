/* Finds where the page prints the title of its article, which often stands outside of the article's body.
 *
 * The title is known from the meta tags: `ArticleTitle`, or `<title>`, which has the names of the site and of the column
 * around it. The node that prints it is the last one before the article whose text is the title. */
#include "read/html.h"

enum { LEAST_TITLE = 12, LEAST_PART = 24, MOST_TITLE = 600 }; /* bytes */

static char small(char c) { return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c; }

static bool same_name(gk_str a, const char *b) {
    if (a.len != strlen(b)) return false;
    for (size_t i = 0; i < a.len; i++)
        if (small(a.ptr[i]) != b[i]) return false;
    return true;
}

static gk_str meta_of(const gk_doc *doc, const char *name) {
    for (size_t i = 0; i < doc->metas.len; i++)
        if (same_name(doc->metas.at[i].name, name)) return doc->metas.at[i].content;
    return GK_STR_NONE;
}

/* s without any blanks, at most `size` bytes. */
static gk_str squeeze(gk_str s, char *out, size_t size) {
    size_t n = 0;
    for (size_t i = 0, blank; i < s.len && n < size;) {
        blank = ht_blank_at(gk_str_slice(s, i, s.len));
        if (blank) i += blank;
        else out[n++] = s.ptr[i++];
    }
    return (gk_str){out, n};
}

typedef struct wanted {
    char title_bytes[MOST_TITLE], around_bytes[MOST_TITLE];
    gk_str title;  /* the title itself, absent: unknown */
    gk_str around; /* a text that holds it */
} wanted;

static gk_str squeezed_text(const ht_tree *t, uint32_t node, char *out) {
    size_t n = 0;
    for (uint32_t i = node; i < t->nodes.at[node].end && n < MOST_TITLE; i++) {
        const ht_node *k = &t->nodes.at[i];
        if (k->flags & HT_HIDDEN) i = k->end - 1;
        if (k->tag != HT_TEXT) continue;
        n += squeeze((gk_str){t->chars.ptr + k->at, k->len}, out + n, MOST_TITLE - n).len;
    }
    return (gk_str){out, n};
}

/* How well a text fits: its length where it is the title or, the title being unknown, a part of what holds it. */
static size_t fits(gk_str text, const wanted *want) {
    if (text.len < LEAST_TITLE || text.len == MOST_TITLE) return 0;
    if (want->title.len) return gk_str_eq(text, want->title) ? text.len : 0;
    return text.len >= LEAST_PART && gk_str_find(want->around, text) != SIZE_MAX ? text.len : 0;
}

/* The last node before `end` that fits best. Elements that hold many others frame a page and print no title. */
static uint32_t best_before(const ht_tree *t, uint32_t end, const wanted *want) {
    enum { MOST_NODES = 24 };
    char bytes[MOST_TITLE];
    size_t best = 1;
    uint32_t found = 0;
    for (uint32_t i = 1; i < end; i++) {
        const ht_node *n = &t->nodes.at[i];
        if (n->flags & HT_HIDDEN || n->tag == HT_A) {
            i = n->end - 1;
            continue;
        }
        if (n->tag == HT_TEXT || n->end > end || n->end - i > MOST_NODES) continue;
        size_t rank = fits(squeezed_text(t, i, bytes), want);
        if (rank < best) continue;
        best = rank;
        found = i;
        i = n->end - 1;
    }
    return found;
}

uint32_t ht_find_title(const ht_tree *t, const gk_doc *doc, uint32_t end) {
    wanted want;
    want.title = squeeze(meta_of(doc, "articletitle"), want.title_bytes, MOST_TITLE);
    want.around = squeeze(meta_of(doc, "title"), want.around_bytes, MOST_TITLE);
    uint32_t found = best_before(t, end, &want);
    if (found || !want.title.len) return found;
    want.title.len = 0;
    return best_before(t, end, &want);
}
