/* The HTML reader. See html.h for its parts. */
#include <stdlib.h>

#include "read/html.h"

#include "base/limits.h"
#include "read/read.h"
#include "text/charset.h"

enum { MOST_ROOTS = 64 };

static gk_code write_title(ht_writer *w, ht_tree *t, uint32_t node) {
    w->kind = GK_BLOCK_HEADING;
    w->level = 1;
    gk_code code = ht_walk(w, t, node);
    ht_end_block(w);
    w->kind = GK_BLOCK_TEXT;
    w->level = 0;
    return code;
}

/* Weight of what stands between a node and another place. */
static uint64_t weight_between(const ht_tree *t, uint32_t node, uint32_t end) {
    uint64_t weight = 0;
    for (uint32_t i = t->nodes.at[node].end; i < end; i++)
        if (t->nodes.at[i].tag == HT_TEXT) weight += t->plain[i];
    return weight;
}

/* The first of several places that print the same title: an article of several forms prints it over each of them. */
static uint32_t first_title(ht_writer *w, const ht_tree *t, uint32_t root, uint32_t title) {
    enum { MOST_BYTES = 300 };
    gk_str text = ht_text_of(t, title, MOST_BYTES, &w->doc->arena);
    for (uint32_t before; (before = ht_find_title(t, w->doc, title)) > root; title = before) {
        if (!gk_str_eq(ht_text_of(t, before, MOST_BYTES, &w->doc->arena), text)) break;
        if (weight_between(t, before, title) * 10 < t->plain[root]) break;
    }
    return title;
}

/* Where no name marks the article its title may stand inside what was found; what is before it belongs to the page. */
static uint32_t find_title(ht_writer *w, const ht_tree *t, uint32_t root, bool named) {
    uint32_t title = ht_find_title(t, w->doc, root);
    if (title || named) return title;
    title = ht_find_title(t, w->doc, t->nodes.at[root].end);
    if (!title || weight_between(t, title, t->nodes.at[root].end) * 5 < t->plain[root] * (uint64_t)2) return 0;
    return first_title(w, t, root, title);
}

/* Whether a date such as 2025-01-31 or 2025/1/31 stands in s. */
static bool has_iso_date(gk_str s) {
    for (size_t i = 0; i + 7 < s.len; i++) {
        size_t k = i;
        while (k < i + 4 && gk_is_digit(s.ptr[k])) k++;
        if (k < i + 4 || (s.ptr[k] != '-' && s.ptr[k] != '/') || !gk_is_digit(s.ptr[k + 1])) continue;
        size_t month = k + 1;
        while (month < s.len && gk_is_digit(s.ptr[month])) month++;
        if (month - k <= 3 && month + 1 < s.len && s.ptr[month] == s.ptr[k] && gk_is_digit(s.ptr[month + 1])) return true;
    }
    return false;
}

/* The line below a title that says when and by whom the page was put there belongs to the page: of the first lines it
 * is the short one with a date in the form of machines. */
static void mark_date_line(gk_doc *doc) {
    enum { FIRST_BLOCKS = 8, MOST_BYTES = 300 };
    for (size_t i = 0; i < doc->blocks.len && i < FIRST_BLOCKS; i++) {
        gk_block *b = &doc->blocks.at[i];
        if (b->kind != GK_BLOCK_TEXT && b->kind != GK_BLOCK_LIST) continue;
        gk_str s = gk_str_slice(doc->text, b->span.start, b->span.end);
        if (s.len <= MOST_BYTES && has_iso_date(s)) b->kind = GK_BLOCK_ASIDE;
    }
}

static gk_code write_article(ht_writer *w, ht_tree *t) {
    uint32_t roots[MOST_ROOTS];
    bool named;
    gk_code code = GK_OK;
    ht_weigh(t, HT_HIDDEN);
    ht_sort_tables(t);
    size_t count = ht_find(t, roots, MOST_ROOTS, &named);
    uint32_t title = count ? find_title(w, t, roots[0], named) : 0;
    w->skip_lists = !named;
    if (title) {
        t->nodes.at[title].flags &= (uint8_t)~HT_ASIDE;
        code = write_title(w, t, title);
        w->from = t->nodes.at[title].end;
    }
    for (size_t i = 0; i < count && code == GK_OK; i++) {
        code = ht_walk(w, t, roots[i]);
        ht_end_block(w);
    }
    return code == GK_OK ? ht_write_attachments(w, t) : code;
}

static gk_code write_document(ht_tree *t, gk_doc *doc, gk_err *err) {
    ht_writer w = {.doc = doc, .err = err, .kind = GK_BLOCK_TEXT};
    w.text.max = GK_MAX_TEXT_BYTES;
    gk_code code = write_article(&w, t);
    if (code == GK_OK && w.text.over)
        code = gk_err_set(err, GK_E_LIMIT, "the text is longer than GK_MAX_TEXT_BYTES (%u bytes)", GK_MAX_TEXT_BYTES);
    if (code == GK_OK) {
        doc->text = gk_arena_dup(&doc->arena, gk_buf_str(&w.text));
        mark_date_line(doc);
    }
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
    bool cut;
    code = ht_guard(decoded.text, &cut, err);
    if (code != GK_OK) return code;
    if (cut) gk_doc_note(doc, GK_E_FORMAT, "the page has no end (</html>): it may be cut off");
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
