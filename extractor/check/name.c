#include "check/name.h"

#include <stdlib.h>

#include "base/slots.h"

enum {
    MOST_LABELS = 4096,
    LEAST_SLOTS = 512,
    UNIT = 8,              /* bytes in which places of labels are counted */
    MOST_BYTES = 1 << 20,  /* of the labels that are kept */
    MOST_KEPT_TEXT = 1000, /* bytes of a text that is kept */
    MOST_NAMED = 400,      /* bytes of a text that has a name */
    NEAR = 256,
    FIGURES = 2048,
    MOST_HEADINGS = 3, /* looked at, from the innermost one */
    MOST_FIGURE = 160  /* bytes of three names together */
};

/* A text of this document, by where it lies and the length of its label: the next question about it comes soon. */
typedef struct near_text {
    const char *ptr;
    gk_label *label;
} near_text;

/* Three names as one number, of ten bits each, and what they are called together. Each has two places: of those that meet there
 * the last two are known. */
typedef struct figure_name {
    uint32_t key; /* 0: free */
    uint16_t name;
} figure_name;

/* The documents of one place repeat the order of their texts, too: a label knows which one was looked up behind it. */
struct gk_naming {
    gk_arena parts;      /* what else is known of labels */
    char *room;          /* the labels that are kept, MOST_BYTES of them; what was never written takes no memory */
    size_t bytes;
    gk_slots slots;      /* to their places, in units, + 1 */
    uint32_t first;      /* the label that was looked up first the last time */
    gk_label *last;      /* that was looked up last; NULL: none in this document */
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
    gk_arena_free(&n->parts);
    free(n->room);
    gk_slots_free(&n->slots);
    free(n);
}

static struct gk_naming *new_naming(void) {
    struct gk_naming *n = gk_alloc_zero(1, sizeof *n);
    n->room = gk_alloc(MOST_BYTES);
    gk_slots_open(&n->slots, LEAST_SLOTS);
    return n;
}

static gk_label *label_at(const struct gk_naming *n, uint32_t at) {
    return (gk_label *)(void *)(n->room + (size_t)(at - 1) * UNIT);
}

/* The place of a label of this text that is kept; 0: none is. */
static uint32_t kept_label(const struct gk_naming *n, gk_str text, uint64_t key) {
    const gk_slot *s = gk_slots_first(&n->slots, (uint32_t)(key >> 32));
    for (; s->at; s = gk_slots_next(&n->slots, s)) {
        const gk_label *l = label_at(n, s->at);
        if (l->key == key && gk_str_eq(gk_label_text(l), text)) return s->at;
    }
    return 0;
}

static void set_label(const gk_checker *c, gk_label *l, gk_str text, uint64_t key, bool kept) {
    *l = (gk_label){.key = key, .len = (uint32_t)text.len, .kept = kept, .apart = !kept};
    if (!kept) memcpy(l + 1, &text.ptr, sizeof text.ptr);
    else if (text.len) memcpy(l + 1, text.ptr, text.len);
    l->percent = text.len && memchr(text.ptr, '%', text.len);
    l->total = text.len && gk_map_prefix(c->maps.totals, text, NULL) == text.len;
    l->quoted = gk_subject_quoted(text);
}

/* A label of a new text; 0: there is no room. */
static uint32_t keep_label(gk_checker *c, gk_str text, uint64_t key) {
    struct gk_naming *n = c->naming;
    size_t bytes = (sizeof(gk_label) + text.len + UNIT - 1) / UNIT * UNIT;
    if (n->slots.used == MOST_LABELS || bytes > MOST_BYTES - n->bytes || text.len > MOST_KEPT_TEXT) return 0;
    uint32_t at = (uint32_t)(n->bytes / UNIT) + 1;
    n->bytes += bytes;
    set_label(c, label_at(n, at), text, key, true);
    gk_slots_add(&n->slots, (uint32_t)(key >> 32), at);
    return at;
}

/* The place of the label of a text; 0: there is no room for it. */
static uint32_t place_of(gk_checker *c, gk_str text) {
    uint64_t key = gk_text_key(text);
    uint32_t at = kept_label(c->naming, text, key);
    return at ? at : keep_label(c, text, key);
}

/* The label of a text that was not seen in this place yet. One for which there is no room lasts as long as its document. Most
 * texts were seen: apart from them it costs them nothing. */
static __attribute__((noinline)) gk_label *find_label(gk_checker *c, gk_str text) {
    struct gk_naming *n = c->naming;
    if (n->last && gk_str_eq(gk_label_text(n->last), text)) return n->last;
    uint32_t *next = n->last ? &n->last->next : &n->first, at = *next;
    if (!at || !gk_str_eq(gk_label_text(label_at(n, at)), text)) at = place_of(c, text);
    if (!at) {
        gk_label *l = gk_arena_alloc(&c->out->arena, sizeof *l + sizeof text.ptr);
        set_label(c, l, text, gk_text_key(text), false);
        return l;
    }
    *next = at;
    n->last = label_at(n, at);
    if (n->last->next) __builtin_prefetch(label_at(n, n->last->next));
    return n->last;
}

gk_label *gk_label_of(gk_checker *c, gk_str text) {
    near_text *near = &c->naming->near[((uintptr_t)text.ptr >> 4 ^ text.len) % NEAR];
    if (near->label && near->ptr == text.ptr && near->label->len == text.len) return near->label;
    near->ptr = text.ptr;
    return near->label = find_label(c, text);
}

gk_arena *gk_label_parts(const gk_checker *c, const gk_label *l) {
    return l->kept ? &c->naming->parts : &c->out->arena;
}

gk_label_more *gk_label_rest(const gk_checker *c, gk_label *l) {
    if (!l->more) l->more = gk_arena_zero(gk_label_parts(c, l), sizeof *l->more);
    return l->more;
}

static void forget_labels(struct gk_naming *n) {
    gk_slots_clear(&n->slots);
    gk_arena_reset(&n->parts);
    n->bytes = 0;
    n->first = 0;
}

void gk_labels_tidy(gk_checker *c) {
    if (!c->naming) c->naming = new_naming();
    struct gk_naming *n = c->naming;
    memset(n->near, 0, sizeof n->near);
    bool full = 3 * n->slots.used >= 2 * MOST_LABELS || 2 * n->bytes >= MOST_BYTES;
    if (++c->document == 0) full = true, c->document = 1; /* the counter came round: what it told is forgotten */
    if (full) forget_labels(n);
    n->last = NULL;
}

/* ---- names */

uint32_t gk_name_number(gk_checker *c, gk_str text) {
    for (uint32_t i = 0; i < c->names.len; i++)
        if (gk_str_eq(c->names.at[i], text)) return i + 1;
    *gk_vec_push(&c->names) = text;
    return (uint32_t)c->names.len;
}

/* As labels and places keep it. */
static uint16_t short_number(gk_checker *c, gk_str text) {
    uint32_t number = gk_name_number(c, text);
    return number <= UINT16_MAX ? (uint16_t)number : GK_NO_NAME;
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

static uint16_t ask(gk_checker *c, gk_label_role role, gk_str text) {
    gk_match m;
    if (!text.len || text.len > MOST_NAMED) return GK_NO_NAME;
    gk_buf subject = gk_role_text(c, role_names[role], text);
    bool known = gk_match_best(c->matcher, GK_SCOPE_NAME, gk_buf_str(&subject), 0, subject.len, &m);
    gk_buf_free(&subject);
    return known ? short_number(c, m.rule->constant[GK_KEY_NAME]) : GK_NO_NAME;
}

uint16_t gk_label_ask(gk_checker *c, gk_label *l, gk_label_role role) {
    l->name[role] = ask(c, role, gk_label_text(l));
    l->asked |= (uint8_t)(1u << role);
    return l->name[role];
}

static uint16_t heading_of(gk_checker *c, gk_str path) {
    for (int i = 0; i < MOST_HEADINGS && path.len; i++) {
        size_t start = path.len;
        while (start > 0 && path.ptr[start - 1] != '\x1f') start--;
        uint16_t name = gk_label_name(c, gk_label_of(c, gk_str_slice(path, start, path.len)), GK_LABEL_SECTION);
        if (name) return name;
        path = gk_str_slice(path, 0, start ? start - 1 : 0);
    }
    return GK_NO_NAME;
}

uint16_t gk_label_heading(gk_checker *c, gk_label *l) {
    if (l->headed) return l->heading;
    l->heading = heading_of(c, gk_label_text(l));
    l->headed = true;
    return l->heading;
}

/* ---- figures */

static uint16_t ask_figure(gk_checker *c, uint32_t form, uint32_t row, uint32_t column) {
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
    return name.len ? short_number(c, name) : GK_NO_NAME;
}

uint16_t gk_figure_name(gk_checker *c, uint32_t form, uint32_t row, uint32_t column) {
    enum { BITS = 10 };
    if (!form || (form | row | column) >> BITS) return ask_figure(c, form, row, column);
    uint32_t key = (form << BITS | row) << BITS | column;
    figure_name *two = &c->naming->figure[(key * 0x9E3779B1u >> 16) % FIGURES & ~1u];
    if (two[0].key == key) return two[0].name;
    if (two[1].key != key) {
        two[1] = two[0];
        two[0] = (figure_name){key, ask_figure(c, form, row, column)};
        return two[0].name;
    }
    return two[1].name;
}
