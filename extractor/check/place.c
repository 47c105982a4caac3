#include "check/place.h"

#include <stdlib.h>

#include "check/grid.h"

struct gk_naming {
    uint64_t key; /* 0: free */
    uint32_t name;
};

enum { MOST_KEPT = 4096 /* labels remembered between documents */, MOST_PROBES = 8, MOST_TEXT = 400 /* bytes of a label */ };

gk_str gk_name_text(const gk_checker *c, uint32_t name) { return name ? c->names.at[name - 1] : GK_STR_NONE; }

static uint32_t number_of(gk_checker *c, gk_str name) {
    for (uint32_t i = 0; i < c->names.len; i++)
        if (gk_str_eq(c->names.at[i], name)) return i + 1;
    *gk_vec_push(&c->names) = name;
    return (uint32_t)c->names.len;
}

gk_buf gk_role_text(gk_checker *c, const char *role, gk_str text) {
    gk_span all = {0, (uint32_t)text.len};
    gk_buf out = {0};
    gk_view_reset(&c->label_view, text);
    if (text.len) gk_view_append(&c->label_view, gk_set_fold(c->set), &all, 1);
    gk_buf_put(&out, gk_str_of(role));
    gk_buf_putc(&out, ':');
    gk_buf_put(&out, gk_buf_str(&c->label_view.text));
    return out;
}

/* Rules say what printed texts are called; what three names say together stands in a map. */
static uint32_t ask(gk_checker *c, const char *role, gk_str text) {
    gk_match m;
    if (!strcmp(role, GK_ROLE_FIGURE)) {
        gk_str name = gk_map_get(c->maps.figures, text);
        return name.len ? number_of(c, name) : GK_NO_NAME;
    }
    gk_buf subject = gk_role_text(c, role, text);
    bool known = gk_match_best(c->matcher, GK_SCOPE_NAME, gk_buf_str(&subject), 0, subject.len, &m);
    gk_buf_free(&subject);
    return known ? number_of(c, m.rule->constant[GK_KEY_NAME]) : GK_NO_NAME;
}

/* Remembered, because labels repeat from row to row and from document to document. */
static uint32_t kept_name(gk_checker *c, const char *role, gk_str text) {
    if (!c->naming) c->naming = gk_alloc_zero(MOST_KEPT, sizeof *c->naming);
    uint64_t key = (gk_text_key(text) + (unsigned char)role[0] * 0x9E3779B97F4A7C15u) | 1; /* apart by more than that bit */
    size_t at = key >> 20;
    struct gk_naming *slot = &c->naming[at % MOST_KEPT];
    for (size_t i = 0; i < MOST_PROBES && slot->key != key && slot->key; i++) slot = &c->naming[(at + i) % MOST_KEPT];
    if (slot->key != key) *slot = (struct gk_naming){key, ask(c, role, text)};
    return slot->name;
}

/* The figures of a row share the text of their label, those of a column their header path. */
uint32_t gk_name_of(gk_checker *c, const char *role, gk_str text) {
    if (!text.len || text.len > MOST_TEXT) return GK_NO_NAME;
    struct gk_shared_text *t = &c->shared[((uintptr_t)text.ptr >> 3 ^ (unsigned char)role[0] * 5u) % GK_SHARED_TEXTS];
    if (t->text.ptr == text.ptr && t->text.len == text.len && t->role == role[0]) return t->name;
    uint32_t name = kept_name(c, role, text);
    bool lasts = role[0] != GK_ROLE_FIGURE[0]; /* what three names say together is put together anew each time */
    if (lasts) *t = (struct gk_shared_text){text, name, role[0]};
    return name;
}

static bool is_table(const gk_record *r) { return gk_str_eqz(r->field[GK_F_WHERE], "table"); }

static void add_place(gk_checker *c, uint32_t i, const gk_record *r, gk_levels *stack) {
    const gk_cell *cell = is_table(r) ? gk_cell_of(c, r->span.start) : NULL;
    gk_str path = r->field[GK_F_COLUMN];
    if (is_table(r) && (!cell || (path.len && memchr(path.ptr, '%', path.len)))) return; /* a rate in the table's unit */
    gk_place p = {.record = i, .table = GK_NO_TABLE, .label = gk_name_of(c, "row", r->field[GK_F_SUBJECT])};
    p.context = gk_text_key(r->field[GK_F_MEASURE]) * 31 + gk_text_key(r->field[GK_F_YEAR]);
    p.caption = gk_name_of(c, "table", cell ? r->field[GK_F_TABLE] : GK_STR("text"));
    if (cell) {
        p.table = (uint32_t)(gk_table_of(c, cell) - c->doc->tables.at);
        p.row = cell->row, p.col = cell->col;
        p.path = gk_text_key(path) * 31 + gk_text_key(r->field[GK_F_YEAR]);
        p.column = gk_text_key(path) * 31 + p.context;
        p.header = gk_name_of(c, "column", path);
    }
    gk_place_key(c, &p, stack);
    if (cell || p.label || p.key) *gk_vec_push(&c->places) = p;
}

static int by_table(const void *a, const void *b) {
    const gk_place *p = a, *q = b;
    if (p->table != q->table) return p->table < q->table ? -1 : 1;
    return (p->record > q->record) - (p->record < q->record);
}

void gk_places_read(gk_checker *c) {
    gk_levels stack = {0};
    c->places.len = 0;
    c->steps += c->records;
    memset(c->shared, 0, sizeof c->shared);
    for (uint32_t i = 0; i < c->records; i++) {
        const gk_record *r = gk_record_at(c, i);
        if (r->kind != GK_KIND_AMOUNT) continue;
        if (is_table(r) || !c->figures.at[i].vague) add_place(c, i, r, &stack);
    }
    gk_vec_free(&stack);
    if (c->places.len) qsort(c->places.at, c->places.len, sizeof *c->places.at, by_table);
}
