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

/* Runs the rules that match "role:text" over these places. */
static void run_rules(gk_checker *c, const char *role, gk_str text, gk_places in) {
    gk_match found[MOST_RULES];
    gk_buf subject = gk_role_text(c, role, text);
    size_t n = gk_match_all(c->matcher, GK_SCOPE_TABLE, gk_buf_str(&subject), 0, subject.len, found, MOST_RULES);
    bool named = has_names(in);
    for (size_t i = 0; i < n; i++) {
        gk_relate *how = how_of(found[i].rule->constant[GK_KEY_RELATION]);
        if (named || how != gk_relate_names) how(c, found[i].rule, in);
    }
    gk_buf_free(&subject);
}

void gk_check_tables(gk_checker *c) {
    gk_places_read(c);
    const gk_place *p = c->places.at;
    for (size_t a = 0, b; a < c->places.len && p[a].table != GK_NO_TABLE; a = b) {
        for (b = a; b < c->places.len && p[b].table == p[a].table; b++) {}
        run_rules(c, "table", gk_record_at(c, p[a].record)->field[GK_F_TABLE], (gk_places){p + a, b - a});
    }
    if (c->places.len) run_rules(c, "document", c->out->document.field[GK_F_TITLE], (gk_places){p, c->places.len});
}
