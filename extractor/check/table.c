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

/* Whether two of the figures have names that a formula may be over. */
static bool has_names(gk_places in) {
    size_t n = 0;
    for (size_t i = 0; i < in.len && n < 2; i++) n += in.at[i].label || in.at[i].header || in.at[i].key;
    return n > 1;
}

/* The bits of the names of these places. */
static uint64_t names_of(const gk_checker *c, gk_places in) {
    uint64_t bits = 0;
    uint32_t label = GK_NO_NAME, header = GK_NO_NAME;
    for (size_t i = 0; i < in.len; i++) {
        if (in.at[i].label != label) bits |= gk_name_bit(gk_name_text(c, label = in.at[i].label));
        if (in.at[i].header != header) bits |= gk_name_bit(gk_name_text(c, header = in.at[i].header));
    }
    return bits;
}

/* The rules that match one text: remembered, because captions repeat from document to document. */
struct gk_spoken {
    uint64_t key; /* 0: free */
    size_t count;
    const gk_rule *rule[MOST_RULES];
};

enum { MOST_KEPT = 64 };

static void ask(gk_checker *c, const char *role, gk_str text, struct gk_spoken *out) {
    gk_match found[MOST_RULES];
    gk_buf subject = gk_role_text(c, role, text);
    out->count = gk_match_all(c->matcher, GK_SCOPE_TABLE, gk_buf_str(&subject), 0, subject.len, found, MOST_RULES);
    for (size_t i = 0; i < out->count; i++) out->rule[i] = found[i].rule;
    gk_buf_free(&subject);
}

static const struct gk_spoken *rules_of(gk_checker *c, const char *role, gk_str text) {
    if (!c->spoken) c->spoken = gk_alloc_zero(MOST_KEPT, sizeof *c->spoken);
    uint64_t key = (gk_text_key(text) + (unsigned char)role[0] * 0x9E3779B97F4A7C15u) | 1;
    struct gk_spoken *slot = &c->spoken[(key >> 20) % MOST_KEPT]; /* a text that meets another takes its place */
    if (slot->key != key) ask(c, role, text, slot), slot->key = key;
    return slot;
}

/* Runs the rules that match "role:text" over these places. */
static void run_rules(gk_checker *c, const char *role, gk_str text, gk_places in) {
    const struct gk_spoken *rules = rules_of(c, role, text);
    bool named = has_names(in);
    for (size_t i = 0; i < rules->count; i++) {
        gk_relate *how = how_of(rules->rule[i]->constant[GK_KEY_RELATION]);
        if (named || how != gk_relate_names) how(c, rules->rule[i], in);
    }
}

void gk_check_tables(gk_checker *c) {
    gk_places_read(c);
    const gk_place *p = c->places.at;
    for (size_t a = 0, b; a < c->places.len && p[a].table != GK_NO_TABLE; a = b) {
        for (b = a; b < c->places.len && p[b].table == p[a].table; b++) {}
        gk_places in = {p + a, b - a, 0};
        in.names = names_of(c, in);
        run_rules(c, "table", gk_record_at(c, p[a].record)->field[GK_F_TABLE], in);
    }
    gk_places all = {p, c->places.len, ~(uint64_t)0};
    if (c->places.len) run_rules(c, "document", c->out->document.field[GK_F_TITLE], all);
}
