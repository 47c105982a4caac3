#include "pattern/yaml.h"

#include <stdlib.h>
#include <yaml.h>

#include "pattern/place.h"

typedef struct reader {
    yaml_parser_t parser;
    gk_str file, source;
    gk_buf pool;
    GK_VEC(gk_node) nodes;
    uint32_t open[GK_MAX_YAML_DEPTH]; /* the lists and mappings around the current place */
    size_t depth;
    bool documents, ended;
    gk_err *err;
} reader;

static bool fail_mark(reader *r, yaml_mark_t mark, const char *message) {
    gk_err_set(r->err, GK_E_PATTERN, "%s", message);
    gk_err_place(r->err, r->file, r->source, gk_place_offset(r->source, (uint32_t)mark.line + 1, mark.column + 1));
    return false;
}

static bool fail_parser(reader *r) {
    yaml_parser_t *p = &r->parser;
    if (p->error == YAML_MEMORY_ERROR) gk_oom(0);
    if (p->error == YAML_READER_ERROR) {
        gk_err_set(r->err, GK_E_PATTERN, "broken YAML: %s (U+%04X)", p->problem, (unsigned)p->problem_value);
        gk_err_place(r->err, r->file, r->source, p->problem_offset);
        return false;
    }
    gk_err_set(r->err, GK_E_PATTERN, "broken YAML: %s%s%s", p->problem ? p->problem : "unknown mistake",
               p->context ? " " : "", p->context ? p->context : "");
    gk_err_place(r->err, r->file, r->source,
                 gk_place_offset(r->source, (uint32_t)p->problem_mark.line + 1, p->problem_mark.column + 1));
    return false;
}

static gk_node *add_node(reader *r, yaml_mark_t mark, gk_node_kind kind) {
    gk_node *n = gk_vec_push(&r->nodes);
    *n = (gk_node){.end = (uint32_t)r->nodes.len, .line = (uint32_t)mark.line + 1, .kind = (uint8_t)kind};
    n->column = mark.column < UINT16_MAX ? (uint16_t)(mark.column + 1) : UINT16_MAX;
    return n;
}

/* A reference to what was written elsewhere is refused before anything is expanded. */
static bool check_plain(reader *r, yaml_mark_t mark, const yaml_char_t *anchor, const yaml_char_t *tag) {
    if (anchor) return fail_mark(r, mark, "YAML anchors are not allowed in a pattern file");
    if (tag) return fail_mark(r, mark, "YAML tags are not allowed in a pattern file");
    if (r->nodes.len >= GK_MAX_YAML_NODES) return fail_mark(r, mark, "too many entries in one pattern file");
    return true;
}

static bool on_scalar(reader *r, const yaml_event_t *e) {
    if (!check_plain(r, e->start_mark, e->data.scalar.anchor, e->data.scalar.tag)) return false;
    gk_node *n = add_node(r, e->start_mark, GK_NODE_TEXT);
    n->text = (uint32_t)r->pool.len;
    n->len = (uint32_t)e->data.scalar.length;
    n->block = e->data.scalar.style == YAML_LITERAL_SCALAR_STYLE;
    gk_buf_put(&r->pool, (gk_str){(const char *)e->data.scalar.value, e->data.scalar.length});
    return true;
}

static bool open_node(reader *r, const yaml_event_t *e, gk_node_kind kind) {
    if (r->depth == GK_MAX_YAML_DEPTH) return fail_mark(r, e->start_mark, "nested too deep for a pattern file");
    r->open[r->depth++] = (uint32_t)r->nodes.len;
    add_node(r, e->start_mark, kind);
    return true;
}

static bool on_list(reader *r, const yaml_event_t *e) {
    if (!check_plain(r, e->start_mark, e->data.sequence_start.anchor, e->data.sequence_start.tag)) return false;
    return open_node(r, e, GK_NODE_LIST);
}

static bool on_map(reader *r, const yaml_event_t *e) {
    if (!check_plain(r, e->start_mark, e->data.mapping_start.anchor, e->data.mapping_start.tag)) return false;
    return open_node(r, e, GK_NODE_MAP);
}

static bool on_list_end(reader *r, const yaml_event_t *e) {
    (void)e;
    r->nodes.at[r->open[--r->depth]].end = (uint32_t)r->nodes.len;
    return true;
}

typedef struct key {
    gk_str text;
    uint32_t node;
} key;

static int compare_keys(const void *a, const void *b) {
    const key *x = a, *y = b;
    int c = gk_str_cmp(x->text, y->text);
    return c ? c : (x->node > y->node) - (x->node < y->node);
}

static bool check_keys(reader *r, const gk_tree *t, uint32_t map) {
    size_t count = gk_node_count(t, map), n = 0;
    key *keys = gk_alloc(count * sizeof *keys);
    uint32_t twice = UINT32_MAX, odd = UINT32_MAX;
    for (uint32_t i = gk_node_first(t, map); i < gk_node_last(t, map); i = gk_node_next(t, gk_node_next(t, i))) {
        if (gk_node_kind_of(t, i) != GK_NODE_TEXT && odd == UINT32_MAX) odd = i;
        keys[n++] = (key){gk_node_text(t, i), i};
    }
    if (odd == UINT32_MAX) qsort(keys, n, sizeof *keys, compare_keys);
    for (size_t i = 1; i < n && odd == UINT32_MAX; i++)
        if (gk_str_eq(keys[i].text, keys[i - 1].text) && keys[i].node < twice) twice = keys[i].node;
    free(keys);
    if (odd != UINT32_MAX) return gk_node_fail(t, odd, r->err, "a key must be a text");
    if (twice == UINT32_MAX) return true;
    gk_str name = gk_node_text(t, twice);
    return gk_node_fail(t, twice, r->err, "the key `%.*s` stands twice in one mapping", GK_STR_ARG(name));
}

static bool on_map_end(reader *r, const yaml_event_t *e) {
    on_list_end(r, e);
    gk_tree t = {r->file, r->source, r->pool.ptr, r->nodes.at, (uint32_t)r->nodes.len};
    return check_keys(r, &t, r->open[r->depth]);
}

static bool on_alias(reader *r, const yaml_event_t *e) {
    return fail_mark(r, e->start_mark, "YAML aliases are not allowed in a pattern file");
}

static bool on_document(reader *r, const yaml_event_t *e) {
    if (r->documents) return fail_mark(r, e->start_mark, "a pattern file holds one YAML document");
    return r->documents = true;
}

static bool on_end(reader *r, const yaml_event_t *e) {
    (void)e;
    return r->ended = true;
}

static bool on_other(reader *r, const yaml_event_t *e) { return (void)r, (void)e, true; }

static bool (*const handlers[])(reader *, const yaml_event_t *) = {
    [YAML_NO_EVENT] = on_other,
    [YAML_STREAM_START_EVENT] = on_other,
    [YAML_STREAM_END_EVENT] = on_end,
    [YAML_DOCUMENT_START_EVENT] = on_document,
    [YAML_DOCUMENT_END_EVENT] = on_other,
    [YAML_ALIAS_EVENT] = on_alias,
    [YAML_SCALAR_EVENT] = on_scalar,
    [YAML_SEQUENCE_START_EVENT] = on_list,
    [YAML_SEQUENCE_END_EVENT] = on_list_end,
    [YAML_MAPPING_START_EVENT] = on_map,
    [YAML_MAPPING_END_EVENT] = on_map_end,
};

static bool read_events(reader *r) {
    while (!r->ended) {
        yaml_event_t event;
        if (!yaml_parser_parse(&r->parser, &event)) return fail_parser(r);
        bool good = handlers[event.type](r, &event);
        yaml_event_delete(&event);
        if (!good) return false;
    }
    return true;
}

bool gk_yaml_read(gk_str file, gk_str source, gk_arena *arena, gk_tree *out, gk_err *err) {
    reader r = {.file = file, .source = source, .err = err};
    if (!yaml_parser_initialize(&r.parser)) gk_oom(sizeof r.parser);
    yaml_parser_set_encoding(&r.parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&r.parser, (const unsigned char *)(source.ptr ? source.ptr : ""), source.len);
    bool good = read_events(&r);
    yaml_parser_delete(&r.parser);
    if (good) {
        gk_node *nodes = gk_arena_alloc(arena, r.nodes.len * sizeof *nodes);
        if (r.nodes.len) memcpy(nodes, r.nodes.at, r.nodes.len * sizeof *nodes);
        *out = (gk_tree){file, source, gk_arena_dup(arena, gk_buf_str(&r.pool)).ptr, nodes, (uint32_t)r.nodes.len};
    }
    gk_buf_free(&r.pool);
    gk_vec_free(&r.nodes);
    return good;
}
