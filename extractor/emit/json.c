#include "emit/json.h"

#include <cjson/cJSON.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

#include "emit/clean.h"

/* The members that are no fields, in the order of printing; the fields stand between M_END and M_PAGE. */
enum { M_KIND, M_DOC, M_ID, M_SPAN, M_START, M_END, M_PAGE, M_BOX, M_CELL, M_COUNT };

static const struct {
    const char *name;
    int type;
} member_table[M_COUNT] = {
    [M_KIND] = {"kind", cJSON_String}, [M_DOC] = {"doc", cJSON_String}, [M_ID] = {"id", cJSON_String},
    [M_SPAN] = {"span", cJSON_Object}, [M_START] = {"start", cJSON_Raw}, [M_END] = {"end", cJSON_Raw},
    [M_PAGE] = {"page", cJSON_Raw},    [M_BOX] = {"box", cJSON_Raw},     [M_CELL] = {"cell", cJSON_String},
};

static const int type_table[] = {
    [GK_TYPE_TEXT] = cJSON_String, [GK_TYPE_INTEGER] = cJSON_Raw, [GK_TYPE_NUMBER] = cJSON_Raw,
    [GK_TYPE_BOOL] = cJSON_Raw,    [GK_TYPE_LIST] = cJSON_Array,  [GK_TYPE_JSON] = cJSON_Raw,
};

struct gk_json_emitter {
    cJSON root;
    cJSON member[M_COUNT];
    cJSON field[GK_FIELD_COUNT];
    gk_arena scratch; /* NUL terminated copies of the texts of one record, and list items */
    size_t bytes;     /* a guess at the length of the line: texts without escapes, names, marks */
};

/* cJSON keeps the names of members and items as char *, though it never writes to those of a constant node. */
static cJSON node_of(int type, const char *name) {
    return (cJSON){.type = type | cJSON_StringIsConst, .string = (char *)(uintptr_t)name};
}

gk_json_emitter *gk_json_emitter_new(void) {
    gk_json_emitter *e = gk_alloc_zero(1, sizeof *e);
    e->root.type = cJSON_Object;
    for (int i = 0; i < M_COUNT; i++) e->member[i] = node_of(member_table[i].type, member_table[i].name);
    for (int i = 0; i < GK_FIELD_COUNT; i++)
        e->field[i] = node_of(type_table[gk_field_table[i].type], gk_field_table[i].name);
    return e;
}

void gk_json_emitter_free(gk_json_emitter *e) {
    if (!e) return;
    gk_arena_free(&e->scratch);
    free(e);
}

/* A chain of siblings being built: cJSON's printer follows `next` only. */
typedef struct chain {
    cJSON *head, *tail;
} chain;

static void chain_add(chain *c, cJSON *node) {
    node->next = NULL;
    node->prev = c->tail;
    if (c->tail) c->tail->next = node;
    else c->head = node;
    c->tail = node;
}

/* A NUL terminated copy that cJSON may print. */
static char *text_of(gk_json_emitter *e, gk_str s) {
    gk_str copy = gk_clean_text(s, &e->scratch);
    e->bytes += copy.len;
    return (char *)(uintptr_t)copy.ptr;
}

static void add_text(gk_json_emitter *e, chain *c, cJSON *node, gk_str s) {
    node->valuestring = text_of(e, s);
    chain_add(c, node);
}

static cJSON *list_of(gk_json_emitter *e, gk_str joined) {
    chain items = {0};
    for (size_t at = 0; at <= joined.len;) {
        const char *mark = memchr(joined.ptr + at, '\x1f', joined.len - at);
        size_t end = mark ? (size_t)(mark - joined.ptr) : joined.len;
        cJSON *item = gk_arena_alloc(&e->scratch, sizeof *item);
        *item = node_of(cJSON_String, NULL);
        add_text(e, &items, item, gk_str_slice(joined, at, end));
        e->bytes += 4;
        at = end + 1;
    }
    return items.head;
}

static void add_field(gk_json_emitter *e, chain *c, gk_field f, gk_str s) {
    cJSON *node = &e->field[f];
    if (gk_field_table[f].type == GK_TYPE_LIST) {
        node->child = list_of(e, s);
        chain_add(c, node);
    } else {
        add_text(e, c, node, s);
    }
}

static void add_number(gk_json_emitter *e, chain *c, cJSON *node, uint32_t n) {
    enum { MOST = 11 }; /* ten digits and the NUL */
    char *at = (char *)gk_arena_alloc(&e->scratch, MOST) + MOST - 1;
    *at = '\0';
    do *--at = (char)('0' + n % 10);
    while (n /= 10);
    node->valuestring = at;
    e->bytes += MOST;
    chain_add(c, node);
}

static void add_span(gk_json_emitter *e, chain *c, gk_span span) {
    chain ends = {0};
    add_number(e, &ends, &e->member[M_START], span.start);
    add_number(e, &ends, &e->member[M_END], span.end);
    e->member[M_SPAN].child = ends.head;
    chain_add(c, &e->member[M_SPAN]);
}

/* Hundredths of a point: exact for every page a float can hold to that precision, and free of the locale's decimal
 * comma. A coordinate beyond any page prints as the limit, one that is no number as 0. */
static void print_coordinate(gk_buf *b, float point) {
    const float most = 100000;
    if (!(point >= -most)) point = point < 0 ? -most : 0;
    if (point > most) point = most;
    long hundredths = (long)((double)point * 100 + (point < 0 ? -0.5 : 0.5));
    unsigned long size = (unsigned long)labs(hundredths);
    gk_buf_printf(b, "%s%lu", hundredths < 0 ? "-" : "", size / 100);
    if (size % 10) gk_buf_printf(b, ".%02lu", size % 100);
    else if (size % 100) gk_buf_printf(b, ".%lu", size % 100 / 10);
}

static void add_box(gk_json_emitter *e, chain *c, const float box[4]) {
    gk_buf text = {0};
    for (int i = 0; i < 4; i++) {
        gk_buf_putc(&text, i ? ',' : '[');
        print_coordinate(&text, box[i]);
    }
    gk_buf_putc(&text, ']');
    add_text(e, c, &e->member[M_BOX], gk_buf_str(&text));
    gk_buf_free(&text);
}

/* A box that would print as four zeros is none. */
static bool has_box(const float box[4]) {
    for (int i = 0; i < 4; i++)
        if (box[i] >= 0.005f || box[i] <= -0.005f) return true;
    return false;
}

static void add_head(gk_json_emitter *e, chain *c, gk_str digest, const gk_record *r) {
    add_text(e, c, &e->member[M_KIND], gk_str_of(gk_kind_name(r->kind)));
    if (digest.len)
        add_text(e, c, &e->member[M_DOC], gk_arena_printf(&e->scratch, "sha256:%.*s", GK_STR_ARG(digest)));
    if (r->id.len) add_text(e, c, &e->member[M_ID], r->id);
    bool failed = r->kind == GK_KIND_DOCUMENT && r->field[GK_F_ERROR].len;
    if (!failed) add_span(e, c, r->span);
}

static void add_place(gk_json_emitter *e, chain *c, const gk_record *r) {
    if (r->page) add_number(e, c, &e->member[M_PAGE], r->page);
    if (has_box(r->box)) add_box(e, c, r->box);
    if (r->cell.len) add_text(e, c, &e->member[M_CELL], r->cell);
}

/* Prints into the room behind out->len, twice as much of it each time it was too small (escapes make a text at most six
 * times longer). cJSON wants five bytes more than it uses. */
static bool print_line(gk_json_emitter *e, gk_buf *out) {
    for (size_t want = e->bytes + 64;; want *= 2) {
        char *at = gk_buf_room(out, want);
        size_t room = at ? out->cap - out->len - 1 : 0;
        if (!at || room > INT_MAX) return false;
        if (out->max && room > out->max - out->len) room = out->max - out->len;
        if (!cJSON_PrintPreallocated(&e->root, at, (int)room, false)) continue;
        out->len += strlen(at);
        gk_buf_putc(out, '\n');
        return !out->over;
    }
}

bool gk_json_record(gk_json_emitter *e, gk_str digest, const gk_record *record, gk_buf *out) {
    chain members = {0};
    size_t before = out->len;
    gk_arena_reset(&e->scratch);
    e->bytes = 0;
    add_head(e, &members, digest, record);
    for (int f = 0; f < GK_FIELD_COUNT; f++)
        if (record->field[f].len) add_field(e, &members, (gk_field)f, record->field[f]);
    add_place(e, &members, record);
    e->root.child = members.head;
    for (cJSON *m = members.head; m; m = m->next) e->bytes += strlen(m->string) + 6;
    if (print_line(e, out)) return true;
    out->len = before;
    out->over = true;
    return false;
}
