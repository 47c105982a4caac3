/* Writes the nodes of an article as blocks: paragraphs, headings, list items, tables.
 *
 * The recursion is as deep as the page, which GK_MAX_HTML_DEPTH bounds. */
#include <stdlib.h>

#include "base/limits.h"
#include "read/html.h"

static gk_code walk_children(ht_writer *w, ht_tree *t, uint32_t node) {
    gk_code code = GK_OK;
    for (uint32_t i = node + 1; i < t->nodes.at[node].end && code == GK_OK; i = t->nodes.at[i].end) code = ht_walk(w, t, i);
    return code;
}

/* ---- tables */

/* Text of a data table that stands in none of its cells (captions, texts between rows) comes first, as paragraphs. */
static gk_code write_loose(ht_writer *w, ht_tree *t, uint32_t table) {
    gk_code code = GK_OK;
    for (uint32_t i = table + 1; i < t->nodes.at[table].end && code == GK_OK; i++) {
        const ht_node *n = &t->nodes.at[i];
        if (n->tag == HT_CELL || (n->flags & HT_HIDDEN)) {
            ht_end_block(w);
            i = n->end - 1;
        } else if (n->tag == HT_CAPTION || n->tag == HT_TEXT || n->tag == HT_TABLE) {
            code = ht_walk(w, t, i);
            i = n->end - 1;
        } else if (n->flags & HT_BLOCK) {
            ht_end_block(w);
        }
    }
    ht_end_block(w);
    return code;
}

static gk_code write_cell(ht_writer *w, ht_tree *t, const ht_place *p) {
    gk_cell *cell = gk_doc_add_cell(w->doc, p->row, p->col, p->rowspan, p->colspan);
    cell->span = (gk_span){(uint32_t)w->text.len, (uint32_t)w->text.len};
    w->line = (uint32_t)w->text.len;
    gk_code code = walk_children(w, t, p->node);
    ht_end_block(w);
    for (size_t i = 0; i < w->lines.len; i++) {
        gk_span s = ht_trim(gk_buf_str(&w->text), w->lines.at[i]);
        if (s.start < s.end) gk_doc_add_seg(w->doc, s);
    }
    w->lines.len = 0;
    return code;
}

/* Cells end with a tab, rows with a line end, in place of the blank behind the last line of the cell. */
static void end_cell(ht_writer *w, bool last_of_row) {
    if (w->text.len && w->text.ptr[w->text.len - 1] == ' ') w->text.len--;
    gk_buf_putc(&w->text, last_of_row ? '\n' : '\t');
    w->line = (uint32_t)w->text.len;
}

static gk_code write_cells(ht_writer *w, ht_tree *t, const ht_places *places) {
    gk_code code = GK_OK;
    uint32_t start = (uint32_t)w->text.len;
    gk_doc_add_table(w->doc, true);
    w->in_cell = true;
    for (size_t i = 0; i < places->len && code == GK_OK; i++) {
        code = write_cell(w, t, &places->at[i]);
        end_cell(w, i + 1 == places->len || places->at[i + 1].row != places->at[i].row);
    }
    w->in_cell = false;
    w->strong = w->weak = w->named = w->said = w->blank = false;
    gk_code ended = gk_doc_end_table(w->doc, (gk_span){start, (uint32_t)w->text.len}, w->err);
    return code == GK_OK ? ended : code;
}

static gk_code write_table(ht_writer *w, ht_tree *t, uint32_t table) {
    ht_places places = {0};
    ht_end_block(w);
    gk_code code = write_loose(w, t, table);
    if (code == GK_OK) code = ht_place_cells(t, table, &places, w->err);
    if (code == GK_OK && places.len) code = write_cells(w, t, &places);
    gk_vec_free(&places);
    return code;
}

/* ---- elements */

static gk_code write_link(ht_writer *w, ht_tree *t, uint32_t node) {
    gk_str target = gk_str_trim(ht_attr_of(t, node, HT_ATTR_HREF));
    uint32_t start = (uint32_t)w->text.len;
    bool file = ht_is_file(target);
    w->file += file;
    gk_code code = walk_children(w, t, node);
    w->file -= file;
    if (!target.len) return code;
    gk_span anchor = ht_trim(gk_buf_str(&w->text), (gk_span){start, (uint32_t)w->text.len});
    *gk_vec_push(&w->doc->links) = (gk_link){anchor, gk_arena_dup(&w->doc->arena, target)};
    return code;
}

static bool is_figures(gk_str s) {
    for (size_t i = 0; i < s.len; i++)
        if (s.ptr[i] < '0' || s.ptr[i] > '9') return false;
    return s.len > 0 && s.len <= 3;
}

/* Figures set high become the characters for that, lest 10<sup>2</sup> read as 102. */
static gk_code write_high(ht_writer *w, ht_tree *t, uint32_t node) {
    static const char *const high[] = {"\xE2\x81\xB0", "\xC2\xB9",     "\xC2\xB2",     "\xC2\xB3",     "\xE2\x81\xB4",
                                       "\xE2\x81\xB5", "\xE2\x81\xB6", "\xE2\x81\xB7", "\xE2\x81\xB8", "\xE2\x81\xB9"};
    gk_str s = gk_str_trim(ht_text_of(t, node, 64, &w->doc->arena));
    if (!is_figures(s)) return walk_children(w, t, node);
    for (size_t i = 0; i < s.len; i++) ht_put(w, gk_str_of(high[s.ptr[i] - '0']));
    return GK_OK;
}

static gk_code write_block(ht_writer *w, ht_tree *t, uint32_t node, gk_block_kind kind, uint8_t level) {
    gk_block_kind outer = w->kind;
    uint8_t outer_level = w->level;
    if (w->in_cell) ht_end_line(w);
    else ht_end_block(w);
    w->kind = kind;
    w->level = level;
    gk_code code = walk_children(w, t, node);
    if (w->in_cell) ht_end_line(w);
    else ht_end_block(w);
    w->kind = outer;
    w->level = outer_level;
    return code;
}

static gk_code write_element(ht_writer *w, ht_tree *t, uint32_t node, const ht_node *n) {
    if (n->tag == HT_TABLE && (n->flags & HT_DATA) && !w->in_cell) return write_table(w, t, node);
    if (n->tag >= HT_H1 && n->tag <= HT_H6)
        return write_block(w, t, node, GK_BLOCK_HEADING, (uint8_t)(n->tag - HT_H1 + 1));
    if (n->tag == HT_LI) return write_block(w, t, node, GK_BLOCK_LIST, 0);
    if (n->tag == HT_PRE) {
        w->pre++;
        gk_code code = write_block(w, t, node, w->kind, w->level);
        w->pre--;
        return code;
    }
    if (n->flags & HT_BLOCK) return write_block(w, t, node, w->kind, w->level);
    if (n->tag == HT_A) return write_link(w, t, node);
    if (n->tag == HT_SUP) return write_high(w, t, node);
    return walk_children(w, t, node);
}

/* A part of the article that is a bundle of links to elsewhere. */
static bool is_link_list(const ht_tree *t, uint32_t node) {
    return (t->nodes.at[node].flags & HT_BLOCK) && t->linked[node] > 30 && t->linked[node] > 3 * t->plain[node];
}

gk_code ht_walk(ht_writer *w, ht_tree *t, uint32_t node) {
    const ht_node n = t->nodes.at[node];
    if (n.flags & (HT_HIDDEN | HT_ASIDE) || n.end <= w->from) return GK_OK;
    if (n.tag == HT_TEXT) {
        ht_put(w, (gk_str){t->chars.ptr + n.at, n.len});
        return GK_OK;
    }
    if (n.tag == HT_BR) {
        ht_end_line(w);
        return GK_OK;
    }
    if (w->skip_lists && is_link_list(t, node)) return GK_OK;
    w->bold += (n.flags & HT_STRONG) != 0;
    gk_code code = write_element(w, t, node, &n);
    w->bold -= (n.flags & HT_STRONG) != 0;
    return code;
}
