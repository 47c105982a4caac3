/* The parser's events become one array of nodes in document order. libxml2 is used in this file only.
 *
 * No tree of the library is built: its limit of depth (it drops what is deeper than about 256 levels) and its memory per
 * node do not concern us, and our own depth is checked at each element. The text is UTF-8 already, and the parser is told
 * so and to ignore what the page declares: a page that says gb2312 would be cut at the first character that is not. */
#include <libxml/HTMLparser.h>
#include <stdlib.h>

#include "base/limits.h"
#include "read/html.h"

enum { OPTION_HUGE = 1 << 19 }; /* XML_PARSE_HUGE: the HTML parser knows it under no name of its own */

typedef struct building {
    ht_tree *tree;
    htmlParserCtxtPtr parser;
    uint32_t open;  /* the innermost open node */
    uint32_t depth; /* open elements */
    gk_code code;
    const char *limit;
    uint32_t most;
} building;

static void stop(building *b, const char *limit, uint32_t most) {
    if (b->code != GK_OK) return;
    b->code = GK_E_LIMIT;
    b->limit = limit;
    b->most = most;
    xmlStopParser(b->parser);
}

static uint32_t add_node(building *b, uint8_t tag, uint8_t flags) {
    ht_tree *t = b->tree;
    uint32_t index = (uint32_t)t->nodes.len;
    ht_node *n = gk_vec_push(&t->nodes);
    *n = (ht_node){.parent = b->open, .end = index + 1, .at = (uint32_t)t->attrs.len, .tag = tag, .flags = flags};
    return index;
}

static uint8_t attr_flags(ht_attr_name name, gk_str value) {
    if (name == HT_ATTR_STYLE) return ht_style_flags(value);
    if (name == HT_ATTR_CLASS) return ht_name_flags(value, false);
    return name == HT_ATTR_ID ? ht_name_flags(value, true) : 0;
}

static void add_attr(ht_tree *t, uint32_t node, gk_str name, gk_str value) {
    ht_node *n = &t->nodes.at[node];
    if (gk_str_eqz(name, "hidden")) n->flags |= HT_HIDDEN;
    ht_attr_name known = ht_attr_named(name);
    if (known == HT_ATTR_NONE || (known == HT_ATTR_SRC && n->tag != HT_FRAME)) return;
    n->flags |= attr_flags(known, value);
    *gk_vec_push(&t->attrs) = (ht_attr){(uint32_t)t->chars.len, (uint32_t)value.len, known};
    gk_buf_put(&t->chars, value);
    n->len++;
}

static void on_start(void *user, const xmlChar *name, const xmlChar **attrs) {
    building *b = user;
    if (b->code != GK_OK) return;
    if (b->depth >= GK_MAX_HTML_DEPTH) {
        stop(b, "elements inside each other (GK_MAX_HTML_DEPTH)", GK_MAX_HTML_DEPTH);
        return;
    }
    if (b->tree->nodes.len >= GK_MAX_HTML_NODES) {
        stop(b, "elements and texts (GK_MAX_HTML_NODES)", GK_MAX_HTML_NODES);
        return;
    }
    ht_tag_info info = ht_tag_of(gk_str_of((const char *)name));
    uint32_t node = add_node(b, (uint8_t)info.tag, info.flags);
    for (size_t i = 0; attrs && attrs[i]; i += 2)
        add_attr(b->tree, node, gk_str_of((const char *)attrs[i]), gk_str_of((const char *)attrs[i + 1]));
    b->open = node;
    b->depth++;
}

/* Closes the innermost open element. The parser closes in order and closes each element it opened. */
static void on_end(void *user, const xmlChar *name) {
    building *b = user;
    (void)name;
    if (b->code != GK_OK || b->open == 0) return;
    ht_node *n = &b->tree->nodes.at[b->open];
    n->end = (uint32_t)b->tree->nodes.len;
    b->open = n->parent;
    b->depth--;
}

/* Scripts and styles are not kept. A text that goes on where the last one ended grows it. */
static void on_text(void *user, const xmlChar *text, int length) {
    building *b = user;
    ht_tree *t = b->tree;
    ht_node *last = &t->nodes.at[t->nodes.len - 1];
    if (b->code != GK_OK || length <= 0) return;
    bool inside_hidden = t->nodes.at[b->open].flags & HT_HIDDEN && t->nodes.at[b->open].tag != HT_TITLE;
    if (inside_hidden) return;
    bool grows = last->tag == HT_TEXT && last->parent == b->open && last->at + last->len == t->chars.len;
    if (!grows) {
        if (t->nodes.len >= GK_MAX_HTML_NODES) {
            stop(b, "elements and texts (GK_MAX_HTML_NODES)", GK_MAX_HTML_NODES);
            return;
        }
        uint32_t added = add_node(b, HT_TEXT, 0); /* Moves the array. */
        last = &t->nodes.at[added];
        last->at = (uint32_t)t->chars.len;
    }
    gk_buf_put(&t->chars, (gk_str){(const char *)text, (size_t)length});
    last->len = (uint32_t)(t->chars.len - last->at);
}

static void silence(void *user, const char *message, ...) {
    (void)user, (void)message;
}

static const xmlSAXHandler handler = {
    .startElement = on_start,
    .endElement = on_end,
    .characters = on_text,
    .ignorableWhitespace = on_text,
    .warning = silence,
    .error = silence,
    .fatalError = silence,
};

/* What is still open at the end holds everything behind it. */
static void close_all(building *b) {
    uint32_t all = (uint32_t)b->tree->nodes.len;
    for (uint32_t n = b->open; n; n = b->tree->nodes.at[n].parent) b->tree->nodes.at[n].end = all;
    b->tree->nodes.at[0].end = all;
}

gk_code ht_parse(gk_str text, ht_tree *tree, gk_err *err) {
    building b = {.tree = tree, .code = GK_OK};
    tree->chars.max = GK_MAX_TEXT_BYTES;
    gk_buf_putc(&tree->chars, ' '); /* So that there is always something to point to. */
    *gk_vec_push(&tree->nodes) = (ht_node){.end = 1, .tag = HT_OTHER, .flags = HT_BLOCK};
    b.parser = htmlNewParserCtxt();
    if (!b.parser) gk_oom(sizeof *b.parser);
    *b.parser->sax = handler;
    b.parser->userData = &b;
    htmlCtxtReadMemory(b.parser, text.ptr, (int)text.len, NULL, "UTF-8",
                       HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET |
                           HTML_PARSE_IGNORE_ENC | OPTION_HUGE);
    htmlFreeParserCtxt(b.parser);
    close_all(&b);
    if (b.code != GK_OK) return gk_err_set(err, b.code, "the page has more than %u %s", b.most, b.limit);
    if (tree->chars.over)
        return gk_err_set(err, GK_E_LIMIT, "the page holds more than %u bytes of text (GK_MAX_TEXT_BYTES)",
                          GK_MAX_TEXT_BYTES);
    return GK_OK;
}

void ht_tree_free(ht_tree *tree) {
    gk_buf_free(&tree->chars);
    gk_vec_free(&tree->nodes);
    gk_vec_free(&tree->attrs);
    free(tree->plain);
    free(tree->linked);
}

gk_str ht_attr_of(const ht_tree *tree, uint32_t node, ht_attr_name name) {
    const ht_node *n = &tree->nodes.at[node];
    if (n->tag == HT_TEXT) return GK_STR_NONE;
    for (uint32_t i = n->at; i < n->at + n->len; i++)
        if (tree->attrs.at[i].name == name) return (gk_str){tree->chars.ptr + tree->attrs.at[i].at, tree->attrs.at[i].len};
    return GK_STR_NONE;
}

uint32_t ht_number_of(const ht_tree *tree, uint32_t node, ht_attr_name name, uint32_t most) {
    gk_str s = gk_str_trim(ht_attr_of(tree, node, name));
    uint32_t n = 0;
    size_t i = 0;
    for (; i < s.len && s.ptr[i] >= '0' && s.ptr[i] <= '9' && n <= most; i++) n = n * 10 + (uint32_t)(s.ptr[i] - '0');
    if (i == 0) return 1;
    return n < most ? n : most;
}

gk_str ht_text_of(const ht_tree *tree, uint32_t node, size_t most, gk_arena *arena) {
    gk_buf out = {0};
    for (uint32_t i = node; i < tree->nodes.at[node].end && out.len <= most; i++) {
        const ht_node *n = &tree->nodes.at[i];
        if (n->tag == HT_BR) gk_buf_putc(&out, ' ');
        if (n->tag != HT_TEXT) continue;
        gk_str s = {tree->chars.ptr + n->at, n->len};
        for (size_t k = 0, step; k < s.len && out.len <= most; k += step) {
            size_t blank = ht_blank_at(gk_str_slice(s, k, s.len));
            step = blank ? blank : 1;
            if (!blank) gk_buf_putc(&out, s.ptr[k]);
            else if (out.len && out.ptr[out.len - 1] != ' ') gk_buf_putc(&out, ' ');
        }
    }
    gk_str copy = gk_str_trim(gk_buf_str(&out));
    if (copy.len > most) {
        copy.len = most;
        while (copy.len && ((unsigned char)copy.ptr[copy.len] & 0xC0) == 0x80) copy.len--;
    }
    gk_str kept = gk_arena_dup(arena, copy);
    gk_buf_free(&out);
    return kept;
}
