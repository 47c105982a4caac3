/* Expanding `{{names}}`.
 *
 * Each name is expanded once and kept: a list or map becomes an alternation of its escaped words, longest first, a
 * definition becomes a group. Work and memory are bounded by GK_MAX_EXPANDED_BYTES for each name and pattern.
 */
#include <stdlib.h>

#include "pattern/load.h"

static int longest_first(const void *a, const void *b) {
    const gk_str *x = *(const gk_str *const *)a, *y = *(const gk_str *const *)b;
    if (x->len != y->len) return x->len < y->len ? 1 : -1;
    return (x > y) - (x < y);
}

/* A backslash before anything but letters, digits, `_` and characters beyond ASCII makes it stand for itself. */
static void put_escaped(gk_buf *out, gk_str word) {
    for (size_t i = 0; i < word.len; i++) {
        unsigned char c = (unsigned char)word.ptr[i];
        bool plain = c >= 0x80 || c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (!plain) gk_buf_putc(out, '\\');
        gk_buf_putc(out, (char)c);
    }
}

static void put_words(gk_buf *out, const gk_map *map) {
    const gk_str **word = gk_alloc(map->len * sizeof(gk_str *));
    for (size_t i = 0; i < map->len; i++) word[i] = &map->entry[i][0];
    qsort(word, map->len, sizeof *word, longest_first);
    gk_buf_put(out, GK_STR("(?:"));
    for (size_t i = 0; i < map->len; i++) {
        if (i) gk_buf_putc(out, '|');
        put_escaped(out, *word[i]);
    }
    gk_buf_putc(out, ')');
    free(word);
}

static bool put_definition(gk_build *b, gk_entry *e, size_t depth, gk_buf *out) {
    const gk_tree *t = &b->tree[e->tree];
    gk_buf_put(out, GK_STR("(?:"));
    e->busy = true;
    bool good = gk_expand(b, t, e->node, gk_node_text(t, e->node), depth, out);
    e->busy = false;
    gk_buf_putc(out, ')');
    return good;
}

bool gk_expand_entry(gk_build *b, gk_entry *e, size_t depth) {
    if (e->expansion.ptr) return true;
    gk_buf out = {.max = GK_MAX_EXPANDED_BYTES};
    bool good = true;
    if (e->kind == GK_WORD_DEFINE) good = put_definition(b, e, depth, &out);
    else put_words(&out, &e->map);
    if (good && out.over)
        good = gk_node_fail(&b->tree[e->tree], e->node, b->err, "`%.*s` expands to more than %d bytes",
                            GK_STR_ARG(e->name), GK_MAX_EXPANDED_BYTES);
    if (good) e->expansion = gk_arena_dup(&b->set->arena, gk_buf_str(&out));
    gk_buf_free(&out);
    return good;
}

static bool put_name(gk_build *b, const gk_tree *t, uint32_t node, const gk_piece *p, size_t depth, gk_buf *out) {
    gk_entry *e = (gk_entry *)gk_vocab_find(&b->set->vocab, p->name);
    if (!e)
        return gk_node_fail_at(t, node, p->start, b->err, "there is no word list, map or definition `%.*s`",
                               GK_STR_ARG(p->name));
    if (p->in_class)
        return gk_node_fail_at(t, node, p->start, b->err, "`{{%.*s}}` cannot stand inside [...]", GK_STR_ARG(p->name));
    if (e->busy)
        return gk_node_fail_at(t, node, p->start, b->err, "the definition `%.*s` contains itself", GK_STR_ARG(p->name));
    if (depth >= GK_MAX_DEFINE_DEPTH)
        return gk_node_fail_at(t, node, p->start, b->err, "definitions are nested deeper than %d", GK_MAX_DEFINE_DEPTH);
    if (!gk_expand_entry(b, e, depth + 1)) return false;
    gk_buf_put(out, e->expansion);
    return true;
}

bool gk_expand(gk_build *b, const gk_tree *t, uint32_t node, gk_str text, size_t depth, gk_buf *out) {
    gk_pieces pieces = {.text = text};
    gk_piece p;
    while (gk_piece_next(&pieces, &p)) {
        if (p.kind == GK_PIECE_BROKEN)
            return gk_node_fail_at(t, node, p.start, b->err, "`{{` must be followed by a name and `}}`");
        if (p.kind == GK_PIECE_TEXT) gk_buf_put(out, gk_str_slice(text, p.start, p.end));
        if (p.kind == GK_PIECE_NAME && !put_name(b, t, node, &p, depth, out)) return false;
        if (out->over)
            return gk_node_fail_at(t, node, p.start, b->err, "the pattern expands to more than %d bytes",
                                   GK_MAX_EXPANDED_BYTES);
    }
    return true;
}

size_t gk_expand_source(const gk_vocab *v, gk_str text, size_t at, gk_str *name) {
    gk_pieces pieces = {.text = text};
    gk_piece p;
    size_t from = 0;
    *name = GK_STR_NONE;
    while (gk_piece_next(&pieces, &p)) {
        const gk_entry *e = p.kind == GK_PIECE_NAME ? gk_vocab_find(v, p.name) : NULL;
        size_t len = p.kind == GK_PIECE_TEXT ? p.end - p.start : e ? e->expansion.len : 0;
        if (at < from + len) {
            if (e) *name = p.name;
            return e ? p.start : p.start + (at - from);
        }
        from += len;
    }
    return text.len;
}
