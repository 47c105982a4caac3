/* Indicator tables: one record a row, levels carried down, rows broken over lines put together.
 *
 * Worked example (level cells are merged downward and appear once):
 *     产出指标(40分) 数量指标 培训人次 ≥500人次 520人次 10 10
 *     ·              ·        培训场次 ≥5场     5场     10 10
 * gives two records with level1 产出指标 and level2 数量指标; the 40 is a score of the level, not of an indicator.
 */
#include "extract/table.h"

/* The columns of one block of indicators: from its name column to the next one. */
typedef struct gk_goal_block {
    uint32_t from, to; /* columns */
    uint32_t level1, level2, name;
    bool has_level1, has_level2;
} gk_goal_block;

static bool find_role(const gk_section *sec, uint32_t from, uint32_t to, gk_role role, uint32_t *out) {
    for (uint32_t c = from; c < to; c++)
        if (sec->col[c].role == role) return *out = c, true;
    return false;
}

/* Blocks of the section, left to right. Tables without a column for names are named by what stands for it. */
static size_t find_blocks(const gk_section *sec, gk_goal_block *out) {
    static const gk_role stand_ins[] = {GK_ROLE_NAME, GK_ROLE_DESCRIPTION, GK_ROLE_LEVEL2, GK_ROLE_LABEL};
    size_t n = 0;
    for (size_t k = 0; k < sizeof stand_ins / sizeof *stand_ins && !n; k++) {
        gk_role last = GK_ROLE_NONE;
        for (uint32_t c = 0; c < sec->cols && n < GK_GOAL_BLOCKS; c++) {
            gk_role role = sec->col[c].role;
            if (role == stand_ins[k] && last != role) out[n++] = (gk_goal_block){.from = c, .name = c};
            last = role;
        }
    }
    for (size_t i = 0; i < n; i++) {
        uint32_t left = i ? out[i - 1].name + 1 : 0;
        out[i].to = i + 1 < n ? out[i + 1].name : sec->cols;
        out[i].has_level2 = find_role(sec, left, out[i].name, GK_ROLE_LEVEL2, &out[i].level2);
        out[i].has_level1 = find_role(sec, left, out[i].name, GK_ROLE_LEVEL1, &out[i].level1);
        if (!out[i].has_level1 && i) out[i].has_level1 = out[0].has_level1, out[i].level1 = out[0].level1;
        if (!out[i].has_level2 && i && out[0].has_level1) out[i].has_level2 = false;
    }
    return n;
}

/* The blocks of the section, looked for at its first row; they live as long as its columns. */
static const gk_goal_block *blocks_of(struct gk_table_state *s) {
    gk_section *sec = &s->section;
    if (!sec->block) {
        sec->block = gk_arena_alloc(&s->kept, GK_GOAL_BLOCKS * sizeof *sec->block);
        sec->blocks = find_blocks(sec, sec->block);
    }
    return sec->block;
}

/* The cell of a role in the block: the last column with anything in it (a table may have a half-year target beside the
 * one for the year). */
static const gk_tcell *cell_of(const struct gk_table_state *s, uint32_t row, const gk_goal_block *b, gk_role role) {
    const gk_tcell *found = NULL;
    for (uint32_t c = b->from; c < b->to; c++) {
        if (s->section.col[c].role != role) continue;
        const gk_tcell *cell = gk_grid_at(s, row, c);
        if (cell) found = cell;
    }
    return found;
}

/* ---- levels */

/* *role: what is known of the words. *whole: it is no part of a broken name, for its weight stands behind it. */
static gk_str level_name(gk_extractor *x, const gk_tcell *c, gk_role *role, bool *whole) {
    gk_says says = gk_label_known(x, GK_SCOPE_ROW, c->at);
    *role = says.role;
    *whole = says.name.end > says.name.start;
    gk_range at = *whole ? says.name : c->at;
    if (gk_account_open(x, c->at)) gk_account_exclude(x, c->at, GK_STR("score"), GK_STR("table"));
    return gk_printed(x, at);
}

static gk_str join(gk_extractor *x, gk_str a, gk_str b) {
    if (gk_str_ends(a, b)) return a;
    return GK_JOIN(&x->out->arena, a, b);
}

/* Whether a second level is one of those that the map knows to stand below a first one. */
static bool is_below(const gk_extractor *x, gk_str level2, gk_str level1) {
    return level2.len && x->maps.goal_above && gk_str_eq(gk_map_get(x->maps.goal_above, level2), level1);
}

/* A first level that is printed in the middle of its rows, where merged cells are not known: the indicators above it whose
 * second level belongs below it have it too. */
static void claim_rows_above(gk_extractor *x, const gk_goal_row *g, gk_str name) {
    for (size_t i = g->record; i > 0; i--) {
        gk_record *r = &x->out->records.at[i - 1];
        if (r->kind != GK_KIND_INDICATOR || gk_str_eq(gk_get(r, GK_F_LEVEL1), name)) return;
        if (!is_below(x, gk_get(r, GK_F_LEVEL2), name)) return;
        gk_put(r, GK_F_LEVEL1, name, &x->out->arena);
    }
}

static void set_level1(gk_extractor *x, gk_goal_row *g, gk_str name) {
    bool middle = !x->table->t->merged_known && is_below(x, g->level2, name);
    if (gk_str_eq(g->level1, name)) return;
    if (middle) claim_rows_above(x, g, name);
    g->level1 = name;
    if (!middle) g->level2 = GK_STR_NONE;
}

static bool is_level(gk_extractor *x, gk_str text) {
    gk_match m;
    if (!gk_match_best(x->matcher, GK_SCOPE_ROW, text, 0, text.len, &m)) return false;
    gk_str role = gk_match_value(&m, text, GK_KEY_ROLE);
    return gk_str_eqz(role, "level1") || gk_str_eqz(role, "level2");
}

/* The rest of a level name came in a later row: the indicators that have its beginning get the whole. */
static void complete_level(gk_extractor *x, gk_goal_row *g, gk_str *slot, gk_str whole, bool second) {
    gk_field field = second ? GK_F_LEVEL2 : GK_F_LEVEL1;
    for (size_t i = g->record; i > 0; i--) {
        gk_record *r = &x->out->records.at[i - 1];
        if (r->kind != GK_KIND_INDICATOR || gk_get(r, field).ptr != slot->ptr) break;
        gk_put(r, field, whole, &x->out->arena);
    }
    *slot = whole;
}

/* Whether a text is the rest of the second level of the row above: together they are a known one, and its start is none. */
static bool ends_level2(gk_extractor *x, const gk_goal_row *g, gk_str rest) {
    return g->level2.len && !is_level(x, g->level2) && is_level(x, join(x, g->level2, rest));
}

/* Whether a row has a level that begins something new: one that is known, or that has its weight behind it. */
static bool begins_level(gk_extractor *x, uint32_t row, const gk_goal_block *b, const gk_goal_row *g) {
    const struct gk_table_state *s = x->table;
    for (uint32_t c = b->has_level1 ? b->level1 : b->level2; (b->has_level1 || b->has_level2) && c < b->name; c++) {
        const gk_tcell *cell = gk_grid_origin(s, row, c);
        if (!cell || cell->shape != GK_SHAPE_TEXT) continue;
        if (b->has_level2 && c == b->level2 && ends_level2(x, g, gk_printed(x, cell->at))) continue;
        const gk_says *says = gk_label_says_of(x, GK_SCOPE_ROW, cell->at);
        if (says->role == GK_ROLE_LEVEL1 || says->role == GK_ROLE_LEVEL2 || says->name.end > says->name.start) return true;
    }
    return false;
}

/* A level cell: a new level, or (in a row that goes on with the one above) the rest of a broken one. A second-level name
 * in the first-level column, as page breaks leave it, is what its words say, unless the names stand in the column of the
 * second level (flat). */
static void read_level(gk_extractor *x, gk_goal_row *g, const gk_tcell *c, bool second, bool broken, bool named, bool flat) {
    gk_role known;
    bool whole;
    gk_str name = level_name(x, c, &known, &whole);
    if (known == GK_ROLE_WEIGHT) return; /* of the level above */
    if (known == GK_ROLE_LEVEL2 && !flat) second = true;
    if (known == GK_ROLE_LEVEL1 && broken && !(second && ends_level2(x, g, name))) second = false;
    gk_str *slot = second ? &g->level2 : &g->level1;
    bool rest = broken && second && ends_level2(x, g, name);
    if (rest) complete_level(x, g, slot, join(x, *slot, name), second);
    else if (broken && known == GK_ROLE_NONE && !whole && slot->len && (named || is_level(x, join(x, *slot, name))))
        complete_level(x, g, slot, join(x, *slot, name), second);
    else if (second) g->level2 = name;
    else set_level1(x, g, name);
}

/* Whether a first level stands beside the rest of the second one below it: the rows above have it too. */
static bool claims_rows(gk_extractor *x, gk_goal_row *g, const gk_tcell *one) {
    gk_role known;
    bool whole;
    gk_str name = level_name(x, one, &known, &whole);
    if (known != GK_ROLE_LEVEL1 || !is_below(x, g->level2, name)) return false;
    claim_rows_above(x, g, name);
    g->level1 = name;
    return true;
}

static void read_levels(gk_extractor *x, uint32_t row, const gk_goal_block *b, gk_goal_row *g, bool broken, bool named) {
    const struct gk_table_state *s = x->table;
    const gk_tcell *one = b->has_level1 ? gk_grid_at(s, row, b->level1) : NULL;
    const gk_tcell *two = b->has_level2 ? gk_grid_at(s, row, b->level2) : NULL;
    bool flat = s->section.col[b->name].role == GK_ROLE_LEVEL2;
    bool other = two && two != one && two->shape == GK_SHAPE_TEXT;
    if (other && ends_level2(x, g, gk_printed(x, two->at))) {
        read_level(x, g, two, true, true, named, false);
        two = NULL;
        if (one && claims_rows(x, g, one)) one = NULL;
    }
    if (one && one->shape != GK_SHAPE_BLANK) read_level(x, g, one, false, broken, named, flat);
    if (two && two != one && two->shape != GK_SHAPE_BLANK) read_level(x, g, two, true, broken, named, false);
}

/* ---- records */

/* The part of a range before its source jumps over other cells (a name broken over two rows of the source). */
static gk_range first_part(gk_extractor *x, gk_range at) {
    gk_span whole = gk_view_source(x->view, at.start, at.end);
    gk_str source = {x->doc->text.ptr + whole.start, whole.end - whole.start};
    const char *tab = source.len ? memchr(source.ptr, '\t', source.len) : NULL;
    if (!tab) return at;
    uint32_t limit = whole.start + (uint32_t)(tab - source.ptr), lo = at.start, hi = at.end;
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo + 1) / 2;
        if (gk_view_source(x->view, at.start, mid).end <= limit) lo = mid;
        else hi = mid - 1;
    }
    while (lo > at.start && ((unsigned char)x->view->text.ptr[lo] & 0xC0) == 0x80) lo--;
    return lo > at.start ? (gk_range){at.start, lo} : at;
}

gk_record *gk_goal_record(gk_extractor *x, gk_range name, gk_str rule, const char *where) {
    gk_record *r = gk_new_record(x, GK_KIND_INDICATOR, first_part(x, name), rule, where);
    gk_account_claim(x, name, r->id, rule);
    gk_put(r, GK_F_NAME, gk_printed(x, name), &x->out->arena);
    gk_put(r, GK_F_PROJECT, gk_goal_project(x), &x->out->arena);
    if (!r->field[GK_F_TABLE].len) r->field[GK_F_TABLE] = x->now.caption;
    gk_set_year(x, r, x->now.year);
    return r;
}

static void set_text(gk_extractor *x, gk_record *r, gk_field field, const gk_tcell *c) {
    if (!c || c->shape == GK_SHAPE_BLANK) return;
    gk_put(r, field, gk_printed(x, c->at), &x->out->arena);
    gk_account_claim(x, c->at, r->id, r->field[GK_F_RULE]);
}

static void set_number(gk_extractor *x, gk_record *r, gk_field field, const gk_tcell *c) {
    if (!c || c->shape == GK_SHAPE_BLANK) return;
    gk_target t = gk_target_read(x, c->at);
    if (t.number) gk_put(r, field, t.value, &x->out->arena);
    gk_account_claim(x, c->at, r->id, r->field[GK_F_RULE]);
}

/* Whether a cell says something about a target: "none" does, a dash does not. */
static bool tells_target(gk_extractor *x, const gk_tcell *c) {
    const gk_map *none = x->maps.none_cells;
    if (!c || c->shape != GK_SHAPE_BLANK) return c != NULL;
    return none && gk_map_get(none, gk_view_text(x, c->at.start, c->at.end)).ptr;
}

static void set_target(gk_extractor *x, uint32_t row, const gk_goal_block *b, gk_record *r) {
    const struct gk_table_state *s = x->table;
    const gk_tcell *c = cell_of(s, row, b, GK_ROLE_TARGET), *op = cell_of(s, row, b, GK_ROLE_OP);
    const gk_tcell *unit = cell_of(s, row, b, GK_ROLE_TARGET_UNIT);
    if (tells_target(x, c)) {
        gk_target t = gk_target_read(x, c->at);
        gk_str sign = op ? gk_target_op(x, gk_view_text(x, op->at.start, op->at.end)) : GK_STR_NONE;
        if (sign.len && t.number) t.op = sign;
        if (unit && unit->shape == GK_SHAPE_TEXT && !t.unit.len && t.number) t.unit = gk_printed(x, unit->at);
        gk_target_set(x, r, &t);
        gk_account_claim(x, c->at, r->id, r->field[GK_F_RULE]);
    }
    const gk_tcell *actual = cell_of(s, row, b, GK_ROLE_ACTUAL);
    if (!tells_target(x, actual)) return;
    gk_target done = gk_target_read(x, actual->at);
    gk_target_set_actual(x, r, &done, actual->at);
    gk_account_claim(x, actual->at, r->id, r->field[GK_F_RULE]);
}

static void new_indicator(gk_extractor *x, uint32_t row, const gk_goal_block *b, gk_goal_row *g, const gk_tcell *name) {
    const struct gk_table_state *s = x->table;
    gk_says says = gk_label_known(x, GK_SCOPE_ROW, name->at);
    gk_range at = says.role == GK_ROLE_SLOT && says.name.end > says.name.start ? says.name : name->at;
    gk_record *r = gk_goal_record(x, at, s->section.col[b->name].rule, "table");
    gk_account_claim(x, name->at, r->id, r->field[GK_F_RULE]);
    gk_put(r, GK_F_LEVEL1, g->level1, &x->out->arena);
    gk_put(r, GK_F_LEVEL2, g->level2, &x->out->arena);
    if (s->section.col[b->name].role != GK_ROLE_DESCRIPTION)
        set_text(x, r, GK_F_DESCRIPTION, cell_of(s, row, b, GK_ROLE_DESCRIPTION));
    set_target(x, row, b, r);
    set_number(x, r, GK_F_WEIGHT, cell_of(s, row, b, GK_ROLE_WEIGHT));
    set_number(x, r, GK_F_SCORE, cell_of(s, row, b, GK_ROLE_SCORE));
    set_text(x, r, GK_F_DEVIATION, cell_of(s, row, b, GK_ROLE_DEVIATION));
    const gk_tcell *basis = cell_of(s, row, b, GK_ROLE_BASIS);
    if (basis && basis->shape != GK_SHAPE_BLANK) {
        gk_put(r, GK_F_BASIS, gk_printed(x, basis->at), &x->out->arena);
        gk_account_exclude(x, basis->at, GK_STR("basis"), r->field[GK_F_RULE]);
    }
    g->record = (size_t)(r - x->out->records.at) + 1;
    g->complete = gk_get(r, GK_F_TARGET).len || gk_get(r, GK_F_ACTUAL).len || gk_get(r, GK_F_WEIGHT).len;
}

/* ---- rows that go on */

static bool has_values(const struct gk_table_state *s, uint32_t row, const gk_goal_block *b) {
    static const gk_role roles[] = {GK_ROLE_TARGET, GK_ROLE_ACTUAL, GK_ROLE_WEIGHT, GK_ROLE_SCORE};
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++)
        if (cell_of(s, row, b, roles[i])) return true;
    return false;
}

static void append(gk_extractor *x, gk_record *r, gk_field field, const gk_tcell *c) {
    if (!c || c->shape == GK_SHAPE_BLANK) return;
    gk_str text = gk_printed(x, c->at);
    gk_put(r, field, gk_get(r, field).len ? GK_JOIN(&x->out->arena, gk_get(r, field), text) : text, &x->out->arena);
    gk_account_claim(x, c->at, r->id, r->field[GK_F_RULE]);
}

/* The rest of the row above: its name goes on, and what its own row had not is taken from here. */
static void go_on(gk_extractor *x, uint32_t row, const gk_goal_block *b, gk_goal_row *g, const gk_tcell *name) {
    const struct gk_table_state *s = x->table;
    if (!g->record) return;
    gk_record *r = &x->out->records.at[g->record - 1];
    append(x, r, GK_F_NAME, name);
    if (s->section.col[b->name].role != GK_ROLE_DESCRIPTION)
        append(x, r, GK_F_DESCRIPTION, cell_of(s, row, b, GK_ROLE_DESCRIPTION));
    append(x, r, GK_F_DEVIATION, cell_of(s, row, b, GK_ROLE_DEVIATION));
    append(x, r, GK_F_BASIS, cell_of(s, row, b, GK_ROLE_BASIS));
}

/* A text alone in the first place of a row: the cell that the row above had no place for. */
static bool take_orphan(gk_extractor *x, uint32_t row, const gk_goal_block *b, gk_goal_row *g) {
    const struct gk_table_state *s = x->table;
    const gk_tcell *c = gk_grid_origin(s, row, 0);
    uint32_t basis;
    if (!c || c->shape != GK_SHAPE_TEXT || gk_grid_width(s, row) != 1 || s->t->merged_known || !g->record) return false;
    if (gk_label_says_of(x, GK_SCOPE_ROW, c->at)->role != GK_ROLE_NONE) return false;
    gk_record *r = &x->out->records.at[g->record - 1];
    if (!find_role(&s->section, b->from, b->to, GK_ROLE_BASIS, &basis) || gk_get(r, GK_F_BASIS).len) return false;
    gk_put(r, GK_F_BASIS, gk_printed(x, c->at), &x->out->arena);
    gk_account_exclude(x, c->at, GK_STR("basis"), r->field[GK_F_RULE]);
    return true;
}

/* ---- rows */

/* The label of a row that is a total, NULL: it is none. */
static const gk_tcell *total_of(gk_extractor *x, uint32_t row) {
    const struct gk_table_state *s = x->table;
    for (uint32_t c = 0; c < s->section.cols; c++) {
        const gk_tcell *cell = gk_grid_at(s, row, c);
        if (!cell || cell->shape != GK_SHAPE_TEXT) continue;
        return gk_label_says_of(x, GK_SCOPE_ROW, cell->at)->role == GK_ROLE_TOTAL ? cell : NULL;
    }
    return NULL;
}

static void exclude_scores(gk_extractor *x, uint32_t row) {
    const struct gk_table_state *s = x->table;
    for (uint32_t c = 0; c < s->section.cols; c++) {
        const gk_tcell *cell = gk_grid_origin(s, row, c);
        gk_role role = s->section.col[c].role;
        bool figure = cell && (cell->shape == GK_SHAPE_NUMBER || cell->shape == GK_SHAPE_PERCENT);
        gk_str class = role == GK_ROLE_LINE ? GK_STR("ordinal") : role == GK_ROLE_TARGET ? GK_STR("target") : GK_STR("score");
        if (figure) gk_account_exclude(x, cell->at, class, s->section.col[c].rule);
    }
}

static void read_block(gk_extractor *x, uint32_t row, const gk_goal_block *b, gk_goal_row *g) {
    const struct gk_table_state *s = x->table;
    const gk_tcell *name = gk_grid_at(s, row, b->name);
    bool values = has_values(s, row, b);
    bool broken = !values && g->record && g->complete && !s->t->merged_known && !begins_level(x, row, b, g);
    if (take_orphan(x, row, b, g)) return;
    read_levels(x, row, b, g, broken, name != NULL);
    if (name && name->row != row) name = NULL;
    if (name && name->shape == GK_SHAPE_BLANK) name = NULL;
    bool slot = name && gk_row_role(x, name) == GK_ROLE_SLOT;
    if (slot && (!values || !gk_label_says_of(x, GK_SCOPE_ROW, name->at)->name.end)) {
        gk_account_exclude(x, name->at, GK_STR("ordinal"), GK_STR("table"));
        return;
    }
    if (!values && broken) go_on(x, row, b, g, name);
    else if (name) new_indicator(x, row, b, g, name);
}

/* The unit whose row this is, before the rows of its projects: "612 town | | 1,986,400". NULL: it is the row of a project. */
static const gk_tcell *unit_of(const struct gk_table_state *s, uint32_t row) {
    const gk_section *sec = &s->section;
    const gk_tcell *unit = NULL;
    for (uint32_t c = 0; sec->project != GK_NO_COLUMN && c <= sec->project; c++) {
        const gk_tcell *cell = gk_grid_origin(s, row, c);
        if (cell && cell->shape == GK_SHAPE_TEXT) unit = c < sec->project ? cell : NULL;
    }
    return unit;
}

static gk_range money_of(gk_extractor *x, const gk_column *col, const gk_tcell *label) {
    if (label) return gk_label_item(x, label->at);
    return x->table->project.len ? x->table->project_at : col->item;
}

/* The first column with names of indicators: figures behind it belong to them. */
static uint32_t names_from(const gk_section *sec) {
    for (uint32_t c = 0; c < sec->cols; c++)
        if (sec->col[c].role == GK_ROLE_NAME) return c;
    return sec->cols;
}

/* Columns beside the indicators in tables with several projects: the project, its money, its overall goal. */
static void read_beside(gk_extractor *x, uint32_t row, const gk_tcell *total) {
    struct gk_table_state *s = x->table;
    gk_section *sec = &s->section;
    uint32_t names = names_from(sec);
    const gk_tcell *project = sec->project == GK_NO_COLUMN ? NULL : gk_grid_origin(s, row, sec->project);
    if (project && project->shape == GK_SHAPE_TEXT) {
        gk_says says = gk_label_known(x, GK_SCOPE_ROW, project->at);
        s->project_at = says.name.end > says.name.start ? says.name : project->at;
        s->project = gk_printed(x, s->project_at);
        memset(s->goal, 0, sizeof s->goal);
    }
    const gk_tcell *label = total ? total : unit_of(s, row);
    for (uint32_t c = 0; c < sec->cols; c++) {
        const gk_column *col = &sec->col[c];
        const gk_tcell *cell = gk_grid_origin(s, row, c);
        if (!cell) continue;
        if (col->role == GK_ROLE_VALUE && c < names && (cell->shape == GK_SHAPE_NUMBER || cell->shape == GK_SHAPE_PERCENT))
            gk_fact_cell(x, cell, col, money_of(x, col, label), (gk_says){0}, GK_STR_NONE);
        if (col->role == GK_ROLE_GOAL && cell->shape == GK_SHAPE_TEXT) gk_goal_overall(x, cell->at, (gk_range){0, 0});
    }
}

/* One text from the levels to the last column is a remark at the foot of the table: "conclusion | all was done in time". */
static const gk_tcell *remark_of(const struct gk_table_state *s, uint32_t row, const gk_goal_block *b) {
    const gk_tcell *cell = b->has_level1 ? gk_grid_at(s, row, b->level1) : NULL;
    bool whole = cell && cell->row == row && cell->shape == GK_SHAPE_TEXT && b->level1 < b->name;
    return whole && gk_grid_at(s, row, s->section.cols - 1) == cell ? cell : NULL;
}

void gk_goal_table_row(gk_extractor *x, uint32_t row) {
    struct gk_table_state *s = x->table;
    const gk_tcell *total = total_of(x, row);
    read_beside(x, row, total);
    if (total) {
        exclude_scores(x, row);
        return;
    }
    const gk_goal_block *block = blocks_of(s);
    const gk_tcell *remark = s->section.blocks ? remark_of(s, row, block) : NULL;
    if (remark) {
        gk_prose_read(x, remark->at, "table");
        return;
    }
    for (size_t i = 0; i < s->section.blocks; i++) read_block(x, row, &block[i], &s->goal[i]);
    exclude_scores(x, row);
    s->section.rows++;
}
