#include "check/name.h"

#include <stdlib.h>

enum {
    SLOTS = 8192,          /* at most half of them are used */
    MOST_BYTES = 1 << 20,  /* of the labels that are kept */
    MOST_KEPT_TEXT = 1000, /* bytes of a text that is kept */
    MOST_NAMED = 400,      /* bytes of a text that has a name */
    NEAR = 256,
    FIGURES = 2048,
    MOST_HEADINGS = 3, /* looked at, from the innermost one */
    MOST_FIGURE = 160  /* bytes of three names together */
};

/* A text of this document, by where it lies: the next question about it comes soon. */
typedef struct near_text {
    const char *ptr;
    size_t len;
    gk_label *label;
} near_text;

/* Three names as one number, of ten bits each, and what they are called together. One that meets another takes its place. */
typedef struct figure_name {
    uint32_t key, name; /* key 0: free */
} figure_name;

struct gk_naming {
    gk_arena labels;
    gk_label *slot[SLOTS];
    size_t used, bytes;
    near_text near[NEAR];
    figure_name figure[FIGURES];
};

static const char *const role_names[] = {
#define X(symbol, name) name,
    GK_LABEL_ROLES(X)
#undef X
};

gk_str gk_name_text(const gk_checker *c, uint32_t name) { return name ? c->names.at[name - 1] : GK_STR_NONE; }

/* ---- labels */

void gk_naming_free(struct gk_naming *n) {
    if (!n) return;
    gk_arena_free(&n->labels);
    free(n);
}

static gk_label *new_label(const gk_checker *c, gk_arena *a, gk_str text, uint64_t key) {
    gk_label *l = gk_arena_zero(a, sizeof *l);
    l->text = text;
    l->key = key;
    l->percent = text.len && memchr(text.ptr, '%', text.len);
    l->total = text.len && gk_map_prefix(c->maps.totals, text, NULL) == text.len;
    return l;
}

/* The label of a text that was not seen in this place yet. One for which there is no room lasts as long as its document. */
static gk_label *find_label(gk_checker *c, gk_str text) {
    struct gk_naming *n = c->naming;
    uint64_t key = gk_text_key(text);
    size_t i = (key >> 20) % SLOTS;
    for (; n->slot[i]; i = (i + 1) % SLOTS)
        if (n->slot[i]->key == key && gk_str_eq(n->slot[i]->text, text)) return n->slot[i];
    bool full = 2 * n->used >= SLOTS || n->bytes + text.len > MOST_BYTES || text.len > MOST_KEPT_TEXT;
    if (full) return new_label(c, &c->out->arena, text, key);
    n->used++;
    n->bytes += sizeof(gk_label) + text.len;
    n->slot[i] = new_label(c, &n->labels, gk_arena_dup(&n->labels, text), key);
    n->slot[i]->kept = true;
    return n->slot[i];
}

gk_label *gk_label_of(gk_checker *c, gk_str text) {
    near_text *near = &c->naming->near[((uintptr_t)text.ptr >> 3 ^ text.len) % NEAR];
    if (near->label && near->ptr == text.ptr && near->len == text.len) return near->label;
    *near = (near_text){text.ptr, text.len, find_label(c, text)};
    return near->label;
}

gk_arena *gk_label_parts(const gk_checker *c, const gk_label *l) {
    return l->kept ? &c->naming->labels : &c->out->arena;
}

void gk_labels_tidy(gk_checker *c) {
    if (!c->naming) c->naming = gk_alloc_zero(1, sizeof *c->naming);
    struct gk_naming *n = c->naming;
    memset(n->near, 0, sizeof n->near);
    if (3 * n->used < SLOTS && 2 * n->bytes < MOST_BYTES) return;
    memset(n->slot, 0, sizeof n->slot);
    gk_arena_reset(&n->labels);
    n->used = n->bytes = 0;
}

/* ---- names */

uint32_t gk_name_number(gk_checker *c, gk_str text) {
    for (uint32_t i = 0; i < c->names.len; i++)
        if (gk_str_eq(c->names.at[i], text)) return i + 1;
    *gk_vec_push(&c->names) = text;
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

static uint32_t ask(gk_checker *c, gk_label_role role, gk_str text) {
    gk_match m;
    if (!text.len || text.len > MOST_NAMED) return GK_NO_NAME;
    gk_buf subject = gk_role_text(c, role_names[role], text);
    bool known = gk_match_best(c->matcher, GK_SCOPE_NAME, gk_buf_str(&subject), 0, subject.len, &m);
    gk_buf_free(&subject);
    return known ? gk_name_number(c, m.rule->constant[GK_KEY_NAME]) : GK_NO_NAME;
}

uint32_t gk_label_ask(gk_checker *c, gk_label *l, gk_label_role role) {
    l->name[role] = ask(c, role, l->text);
    l->asked[role] = true;
    return l->name[role];
}

static uint32_t heading_of(gk_checker *c, gk_str path) {
    for (int i = 0; i < MOST_HEADINGS && path.len; i++) {
        size_t start = path.len;
        while (start > 0 && path.ptr[start - 1] != '\x1f') start--;
        uint32_t name = gk_label_name(c, gk_label_of(c, gk_str_slice(path, start, path.len)), GK_LABEL_SECTION);
        if (name) return name;
        path = gk_str_slice(path, 0, start ? start - 1 : 0);
    }
    return GK_NO_NAME;
}

uint32_t gk_label_heading(gk_checker *c, gk_label *l) {
    if (l->headed) return l->heading;
    l->heading = heading_of(c, l->text);
    l->headed = true;
    return l->heading;
}

/* ---- figures */

static uint32_t ask_figure(gk_checker *c, uint32_t form, uint32_t row, uint32_t column) {
    char text[MOST_FIGURE];
    size_t len = 0;
    const gk_str parts[] = {gk_name_text(c, form), GK_STR("."), row ? gk_name_text(c, row) : GK_STR("item"), GK_STR("."),
                            gk_name_text(c, column)};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (parts[i].len > sizeof text - len) return GK_NO_NAME;
        if (parts[i].len) memcpy(text + len, parts[i].ptr, parts[i].len);
        len += parts[i].len;
    }
    gk_str name = gk_map_get(c->maps.figures, (gk_str){text, len});
    return name.len ? gk_name_number(c, name) : GK_NO_NAME;
}

uint32_t gk_figure_name(gk_checker *c, uint32_t form, uint32_t row, uint32_t column) {
    enum { BITS = 10 };
    if (!form || (form | row | column) >> BITS) return ask_figure(c, form, row, column);
    uint32_t key = (form << BITS | row) << BITS | column;
    figure_name *f = &c->naming->figure[(key * 0x9E3779B1u >> 16) % FIGURES];
    if (f->key != key) *f = (figure_name){key, ask_figure(c, form, row, column)};
    return f->name;
}
