/* The HTML reader. See html.h for its parts. */
#include <stdlib.h>

#include "read/html.h"

#include "base/limits.h"
#include "read/read.h"
#include "text/charset.h"

enum { MOST_ROOTS = 64 };

static gk_code write_title(ht_writer *w, ht_tree *t, uint32_t node) {
    if (!node) return GK_OK;
    w->kind = GK_BLOCK_HEADING;
    w->level = 1;
    gk_code code = ht_walk(w, t, node);
    ht_end_block(w);
    w->kind = GK_BLOCK_TEXT;
    w->level = 0;
    return code;
}

static gk_code write_article(ht_writer *w, ht_tree *t) {
    uint32_t roots[MOST_ROOTS];
    bool named;
    ht_weigh(t, HT_HIDDEN);
    ht_sort_tables(t);
    size_t count = ht_find(t, roots, MOST_ROOTS, &named);
    w->skip_lists = !named;
    gk_code code = count ? write_title(w, t, ht_find_title(t, w->doc, roots, count)) : GK_OK;
    for (size_t i = 0; i < count && code == GK_OK; i++) {
        code = ht_walk(w, t, roots[i]);
        ht_end_block(w);
    }
    return code == GK_OK ? ht_write_attachments(w, t, roots, count) : code;
}

static gk_code write_document(ht_tree *t, gk_doc *doc, gk_err *err) {
    ht_writer w = {.doc = doc, .err = err, .kind = GK_BLOCK_TEXT};
    w.text.max = GK_MAX_TEXT_BYTES;
    gk_code code = write_article(&w, t);
    if (code == GK_OK && w.text.over)
        code = gk_err_set(err, GK_E_LIMIT, "the text is longer than GK_MAX_TEXT_BYTES (%u bytes)", GK_MAX_TEXT_BYTES);
    if (code == GK_OK) doc->text = gk_arena_dup(&doc->arena, gk_buf_str(&w.text));
    gk_vec_free(&w.lines);
    gk_buf_free(&w.text);
    return code;
}

static gk_code read_html(gk_str bytes, gk_doc *doc, gk_err *err) {
    gk_decoded decoded;
    gk_code code = gk_decode(bytes, &doc->arena, &decoded, err);
    if (code != GK_OK) return code;
    doc->charset = decoded.charset;
    doc->damaged = decoded.damaged;
    code = ht_guard(decoded.text, err);
    if (code != GK_OK) return code;
    ht_tree tree = {0};
    code = ht_parse(decoded.text, &tree, err);
    if (code == GK_OK) {
        ht_read_metas(&tree, doc);
        code = write_document(&tree, doc, err);
    }
    ht_tree_free(&tree);
    return code;
}

const gk_reader gk_reader_html = {"text/html", ht_sniff, read_html};
