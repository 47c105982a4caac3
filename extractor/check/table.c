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

/* A rule, and the bits of the names that it is about: most rules are passed over by them. */
typedef struct speaker {
    const gk_relation *relation;
    uint64_t bits;
    bool keys;
} speaker;

/* What rules say of a text, in the role that they match it in. */
struct gk_spoken {
    size_t count;
    speaker at[];
};

static speaker speaker_of(const gk_relation *r) {
    return (speaker){r, r->how == gk_relate_names ? r->bits : ~(uint64_t)0, r->keys};
}

enum { ROLE_TABLE, ROLE_DOCUMENT };

static const struct gk_spoken *ask(gk_checker *c, const gk_label *l, int role) {
    static const char *const names[] = {[ROLE_TABLE] = "table", [ROLE_DOCUMENT] = "document"};
    gk_match found[MOST_RULES];
    gk_buf subject = gk_role_text(c, names[role], gk_label_text(l));
    size_t n = gk_match_all(c->matcher, GK_SCOPE_TABLE, gk_buf_str(&subject), 0, subject.len, found, MOST_RULES);
    struct gk_spoken *out = gk_arena_alloc(gk_label_parts(c, l), sizeof *out + n * sizeof *out->at);
    out->count = n;
    for (size_t i = 0; i < n; i++) out->at[i] = speaker_of(relation_of(c, found[i].rule));
    gk_buf_free(&subject);
    return out;
}

/* Runs the rules that match "role:text" over these places. */
static void run_rules(gk_checker *c, int role, gk_str text, gk_places in) {
    gk_label *l = gk_label_of(c, text);
    gk_label_more *more = gk_label_rest(c, l);
    if (!more->spoken[role]) more->spoken[role] = ask(c, l, role);
    const struct gk_spoken *s = more->spoken[role];
    for (const speaker *r = s->at; r < s->at + s->count; r++)
        if (r->bits == ~(uint64_t)0 || r->bits & (r->keys ? in.key_names : in.names)) r->relation->how(c, r->relation, in);
}

/* The places from `from` on that are of its table, with the bits of their names; those with a key are put into c->keyed. */
static gk_places places_from(gk_checker *c, size_t from) {
    const gk_place *p = c->places.at + from, *end = c->places.at + c->places.len;
    gk_places in = {.at = p, .key_names = ~(uint64_t)0};
    for (uint32_t table = p->table; p < end && p->table == table; p++) {
        in.names |= gk_name_bit(p->label) | gk_name_bit(p->header);
        in.parts += p->part != GK_PART_NONE;
        if (p->key) *gk_vec_push(&c->keyed) = (uint32_t)(p - c->places.at);
    }
    in.len = (size_t)(p - in.at);
    return in;
}

/* Puts the places that have a key in the order of their names, those of one name in the order that they have. */
static void order_keys(gk_checker *c, gk_places *in) {
    uint32_t names = (uint32_t)c->names.len + 1, sum = 0;
    c->by_key.len = c->key_start.len = 0;
    gk_vec_room(&c->by_key, in->keys + 1);
    gk_vec_room(&c->key_start, names + 2);
    uint32_t *start = c->key_start.at + 1; /* of the next figure of a name; in the end those of the one behind it */
    memset(c->key_start.at, 0, (names + 2) * sizeof *start);
    for (size_t i = 0; i < in->keys; i++) start[in->at[in->keyed[i]].key]++;
    for (uint32_t i = 0, count; i < names; i++) count = start[i], start[i] = sum, sum += count;
    for (size_t i = 0; i < in->keys; i++) c->by_key.at[start[in->at[in->keyed[i]].key]++] = in->keyed[i];
    in->by_key = c->by_key.at, in->key_start = c->key_start.at;
    in->key_names_known = names;
}

static void run_document(gk_checker *c) {
    gk_places in = {.at = c->places.at, .len = c->places.len, .parts = c->places.len, .names = ~(uint64_t)0};
    for (size_t i = 0; i < c->keyed.len; i++) in.key_names |= gk_name_bit(in.at[c->keyed.at[i]].key);
    in.keyed = c->keyed.at, in.keys = c->keyed.len;
    order_keys(c, &in);
    if (in.len) run_rules(c, ROLE_DOCUMENT, gk_get(&c->out->document, GK_F_TITLE), in);
}

void gk_check_tables(gk_checker *c) {
    c->keyed.len = 0;
    for (size_t i = 0; i < c->places.len;) {
        gk_places in = places_from(c, i);
        i += in.len;
        if (in.at->table != GK_NO_TABLE) run_rules(c, ROLE_TABLE, gk_record_at(c, in.at->record)->field[GK_F_TABLE], in);
    }
    run_document(c);
}
