/* Reading a tree, and telling where in the file a mistake stands. */
#include <stdarg.h>
#include <stdio.h>

#include "pattern/place.h"
#include "pattern/yaml.h"

gk_str gk_node_text(const gk_tree *t, uint32_t node) {
    const gk_node *n = &t->node[node];
    return n->kind == GK_NODE_TEXT ? (gk_str){t->pool + n->text, n->len} : GK_STR("");
}

size_t gk_node_count(const gk_tree *t, uint32_t node) {
    size_t n = 0;
    for (uint32_t i = gk_node_first(t, node); i < gk_node_last(t, node); i = gk_node_next(t, i)) n++;
    return gk_node_kind_of(t, node) == GK_NODE_MAP ? n / 2 : n;
}

static size_t node_offset(const gk_tree *t, uint32_t node) {
    return gk_place_offset(t->source, t->node[node].line, t->node[node].column);
}

/* A `|` block: line k of the text is the end of the k-th line below the bar, behind the indentation.
 *
 *     pattern: |            the node stands at the bar, line 4
 *       比上年              byte 0 of the text: line 5, behind 6 blanks
 *       (?<sign>增加)       byte 10: line 6
 */
static size_t block_offset(const gk_tree *t, uint32_t node, gk_str text, size_t at) {
    size_t line_start = 0, next = 0, source_at = node_offset(t, node);
    gk_place_line(t->source, source_at, &source_at);
    gk_str line = gk_place_line(text, 0, &next);
    size_t file_next = source_at;
    gk_str file_line = gk_place_line(t->source, source_at, &file_next);
    while (at >= next && next < text.len) {
        line_start = next;
        line = gk_place_line(text, line_start, &next);
        source_at = file_next;
        file_line = gk_place_line(t->source, source_at, &file_next);
    }
    size_t column = at - line_start < line.len ? at - line_start : line.len;
    return source_at + (file_line.len > line.len ? file_line.len - line.len : 0) + column;
}

static size_t text_offset(const gk_tree *t, uint32_t node, size_t at) {
    gk_str text = gk_node_text(t, node);
    if (t->node[node].block) return block_offset(t, node, text, at);
    size_t start = node_offset(t, node);
    gk_str rest = gk_str_slice(t->source, start, t->source.len);
    if (gk_str_starts(rest, text)) return start + at;
    if (rest.len && gk_str_starts(gk_str_slice(rest, 1, rest.len), text)) return start + 1 + at; /* behind a quote */
    return start;
}

static bool fail(const gk_tree *t, uint32_t node, size_t offset, gk_err *err, const char *format, va_list args) {
    char message[1000];
    vsnprintf(message, sizeof message, format, args);
    gk_err_set(err, GK_E_PATTERN, "%s", message);
    if (t->source.ptr) {
        gk_err_place(err, t->file, t->source, offset);
        return false;
    }
    gk_err_file(err, t->file);
    if (err && node < t->count) err->line = t->node[node].line, err->column = t->node[node].column;
    return false;
}

bool gk_node_fail(const gk_tree *t, uint32_t node, gk_err *err, const char *format, ...) {
    va_list args;
    va_start(args, format);
    fail(t, node, node < t->count && t->source.ptr ? node_offset(t, node) : 0, err, format, args);
    va_end(args);
    return false;
}

bool gk_node_fail_at(const gk_tree *t, uint32_t node, size_t at, gk_err *err, const char *format, ...) {
    va_list args;
    va_start(args, format);
    fail(t, node, t->source.ptr ? text_offset(t, node, at) : 0, err, format, args);
    va_end(args);
    return false;
}
