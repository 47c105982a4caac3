/* The rules of tables: which of them speak of a table, or of the document as a whole. */
#include "check/grid.h"
#include "check/place.h"
#include "pattern/relation.h"

enum { MOST_RULES = 64 };

static const struct {
    const char *relation;
    gk_relate *how;
} relations[] = {
#define X(function, name, modes) {name, function},
    GK_TABLE_RELATIONS(X)
#undef X
};

static gk_relate *how_of(gk_str relation) {
    for (size_t i = 0; i < sizeof relations / sizeof *relations; i++)
        if (gk_str_eqz(relation, relations[i].relation)) return relations[i].how;
    return gk_relate_names;
}

/* A rule as it is run. */
static const gk_relation *relation_of(gk_checker *c, const gk_rule *rule) {
    for (size_t i = 0; i < c->relations.len; i++)
        if (c->relations.at[i]->rule == rule) return c->relations.at[i];
    gk_relation *r = gk_alloc_zero(1, sizeof *r);
    r->rule = rule;
    r->how = how_of(rule->constant[GK_KEY_RELATION]);
    gk_relation_read(c, r);
    return *gk_vec_push(&c->relations) = r;
}

/* What rules say of a text, in the role that they match it in. */
struct gk_spoken {
    size_t count;
    const gk_relation *relation[];
};

enum { ROLE_TABLE, ROLE_DOCUMENT };

static const struct gk_spoken *ask(gk_checker *c, const gk_label *l, int role) {
    static const char *const names[] = {[ROLE_TABLE] = "table", [ROLE_DOCUMENT] = "document"};
    gk_match found[MOST_RULES];
    gk_buf subject = gk_role_text(c, names[role], l->text);
    size_t n = gk_match_all(c->matcher, GK_SCOPE_TABLE, gk_buf_str(&subject), 0, subject.len, found, MOST_RULES);
    struct gk_spoken *out = gk_arena_alloc(gk_label_parts(c, l), sizeof *out + n * sizeof *out->relation);
    out->count = n;
    for (size_t i = 0; i < n; i++) out->relation[i] = relation_of(c, found[i].rule);
    gk_buf_free(&subject);
    return out;
}

/* Runs the rules that match "role:text" over these places. */
static void run_rules(gk_checker *c, int role, gk_str text, gk_places in) {
    gk_label *l = gk_label_of(c, text);
    if (!l->spoken[role]) l->spoken[role] = ask(c, l, role);
    const struct gk_spoken *s = l->spoken[role];
    for (size_t i = 0; i < s->count; i++) s->relation[i]->how(c, s->relation[i], in);
}

/* The bits of the names of these places. */
static uint64_t names_of(gk_places in) {
    uint64_t bits = 0;
    for (size_t i = 0; i < in.len; i++) bits |= gk_name_bit(in.at[i].label) | gk_name_bit(in.at[i].header);
    return bits;
}

static void run_document(gk_checker *c) {
    gk_places in = {.at = c->places.at, .len = c->places.len, .names = ~(uint64_t)0};
    c->keyed.len = 0;
    for (uint32_t i = 0; i < in.len; i++) {
        if (!in.at[i].key) continue;
        *gk_vec_push(&c->keyed) = i;
        in.key_names |= gk_name_bit(in.at[i].key);
    }
    in.keyed = c->keyed.at, in.keys = c->keyed.len;
    if (in.len) run_rules(c, ROLE_DOCUMENT, gk_get(&c->out->document, GK_F_TITLE), in);
}

void gk_check_tables(gk_checker *c) {
    const gk_place *p = c->places.at;
    for (size_t a = 0, b; a < c->places.len && p[a].table != GK_NO_TABLE; a = b) {
        for (b = a; b < c->places.len && p[b].table == p[a].table; b++) {}
        gk_places in = {.at = p + a, .len = b - a, .key_names = ~(uint64_t)0};
        in.names = names_of(in);
        run_rules(c, ROLE_TABLE, gk_record_at(c, p[a].record)->field[GK_F_TABLE], in);
    }
    run_document(c);
}
