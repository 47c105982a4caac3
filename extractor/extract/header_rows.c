/* Header rows: which rows of a table are labels of the rows below them. */
#include "extract/table.h"

enum { LONG_LABEL = 135 }; /* bytes: a longer text that no rule knows is no label */

typedef struct gk_row_stats {
    uint32_t texts, years, known, strong, firm, goal_roles, in_values, longest;
    const gk_tcell *lead; /* the first cell with anything in it */
    gk_role lead_role;
    uint32_t keys;        /* keys of pairs in it */
    uint32_t last_key;    /* 1 + column of the newest key, 0: none */
    bool asks_date, dated; /* the newest key asks for a date; a year stands behind such a key */
    bool key_beside;      /* two keys side by side: they are labels of columns */
    bool project;         /* the second text is the key of a project's name */
    bool goals;           /* headers of an overall goal stand in it */
    uint32_t money;       /* labels of columns of money beside them */
    gk_str year;          /* the newest year in it */
    bool differ;          /* the years in it are not all the same */
    bool figure;          /* a round sum that only looks like a year stands in it */
    bool entitled;        /* a title that runs down the form, the name of a project and no more: no figures stand below */
    uint32_t row;
} gk_row_stats;

static bool is_strong(const gk_says *says) {
    static const bool strong[GK_ROLE_COUNT] = {
        [GK_ROLE_LABEL] = true,  [GK_ROLE_HOLDER] = true,      [GK_ROLE_CODE] = true,      [GK_ROLE_LINE] = true,
        [GK_ROLE_PERIOD] = true, [GK_ROLE_SIDE] = true,        [GK_ROLE_PLAN] = true,      [GK_ROLE_LEVEL1] = true,
        [GK_ROLE_LEVEL2] = true, [GK_ROLE_NAME] = true,        [GK_ROLE_DESCRIPTION] = true, [GK_ROLE_OP] = true,
        [GK_ROLE_TARGET] = true, [GK_ROLE_TARGET_UNIT] = true, [GK_ROLE_ACTUAL] = true,    [GK_ROLE_WEIGHT] = true,
        [GK_ROLE_SCORE] = true,  [GK_ROLE_DEVIATION] = true,   [GK_ROLE_BASIS] = true,     [GK_ROLE_NOTE] = true,
        [GK_ROLE_EXPECTED] = true, [GK_ROLE_DONE] = true,
    };
    return strong[says->role] || (says->role == GK_ROLE_VALUE && says->measure.len && gk_str_eqz(says->mode, "bare"));
}

/* Headers of indicator tables: rows of indicators may well be named like measures, so only these end them. */
static bool is_goal_role(gk_role role) { return role >= GK_ROLE_LEVEL1 && role <= GK_ROLE_BASIS; }

/* Whether one of the columns that a cell covers holds figures. One that covers the labels too is a title between rows. */
static bool stands_over_values(gk_extractor *x, const gk_tcell *c) {
    const gk_section *sec = &x->table->section;
    gk_role first = c->col < sec->cols ? sec->col[c->col].role : GK_ROLE_NONE;
    if (first == GK_ROLE_LABEL || first == GK_ROLE_HOLDER) return false;
    for (uint32_t col = c->col; col < sec->cols && gk_grid_at(x->table, c->row, col) == c; col++)
        if (sec->col[col].role == GK_ROLE_VALUE) return true;
    return false;
}

static void count_text(gk_extractor *x, const gk_tcell *c, gk_row_stats *st) {
    const gk_section *sec = &x->table->section;
    const gk_says *says = gk_header_says(x, c);
    bool key = says->role == GK_ROLE_KEY || says->role == GK_ROLE_PROJECT || says->role == GK_ROLE_GOAL;
    st->texts++;
    if (says->role != GK_ROLE_NONE && !key) st->known++;
    else if (c->at.end - c->at.start > st->longest) st->longest = c->at.end - c->at.start;
    bool strong = is_strong(says);
    st->strong += strong;
    if (strong || gk_str_eqz(says->mode, "bare") || gk_str_eqz(says->mode, "total")) st->firm++;
    if (is_goal_role(says->role)) st->goal_roles++;
    st->money += says->role == GK_ROLE_VALUE && says->measure.len;
    if (key) {
        st->key_beside = st->key_beside || (st->last_key && st->last_key == c->col);
        st->last_key = c->col + 1;
        st->asks_date = gk_str_eqz(says->class, "date");
        st->keys++;
    }
    if (says->role == GK_ROLE_PROJECT && st->texts == 2) st->project = true;
    if (says->role == GK_ROLE_EXPECTED || says->role == GK_ROLE_DONE) st->goals = true;
    if (sec->kind == GK_SECTION_FACT && stands_over_values(x, c)) st->in_values++;
    if (!st->lead) st->lead_role = says->role;
}

enum { YEARS_APART = 20 }; /* of a year that a header names and that of the document */

/* 2000 in a table of 2026 is a sum. */
static bool is_header_year(gk_extractor *x, gk_str year) {
    int apart = x->now.year - gk_context_year(x, year);
    return !x->now.year || (apart <= YEARS_APART && apart >= -YEARS_APART);
}

static void count_year(gk_extractor *x, const gk_tcell *c, gk_row_stats *st) {
    gk_str year = gk_view_text(x, c->at.start, c->at.end);
    if (!is_header_year(x, year)) st->figure = true;
    if (st->years && !gk_str_eq(year, st->year)) st->differ = true;
    st->year = year;
    st->years++;
    st->dated = st->dated || (st->asks_date && st->last_key == c->col);
}

/* Sums that look like years: all the same, or far from the year of the document. */
static bool holds_sums(const gk_row_stats *st) { return st->figure || (st->years > 1 && !st->differ); }

/* Of a row without figures: one with figures is no row of labels, and most rows are told so without asking a rule. */
static gk_row_stats look(gk_extractor *x, uint32_t row) {
    const struct gk_table_state *s = x->table;
    gk_row_stats st = {.row = row};
    for (uint32_t c = 0; c < s->t->cols; c++) {
        const gk_tcell *cell = gk_grid_origin(s, row, c);
        if (!cell) continue;
        if (cell->shape == GK_SHAPE_TEXT) count_text(x, cell, &st);
        else if (gk_cell_is_year(x, cell)) count_year(x, cell, &st);
        if (!st.lead) st.lead = cell;
    }
    bool titled = st.texts == 3 && st.keys == 1 && st.project && !st.years && st.lead_role == GK_ROLE_NONE;
    st.entitled = titled && row + 1 < s->t->rows && !s->shape[row + 1].figure;
    return st;
}

/* The key of a pair may be the label of a column where its neighbours are labels too: two keys side by side, a key behind
 * a line number, or the name of a project followed by nothing but labels, or by several of which some are known. */
static bool has_column_keys(const gk_row_stats *st) {
    if (st->dated) return false;
    if (st->texts > 3 && st->known + st->keys == st->texts && st->firm > 1) return true; /* nothing that a key could name */
    if (st->key_beside || st->lead_role == GK_ROLE_LINE) return true;
    if (st->lead_role != GK_ROLE_PROJECT) return false;
    if (st->keys == 1 && st->texts > 3 && st->known >= 2) return true;
    return (st->firm && st->firm + 1 >= st->texts) || (st->known > 2 && st->strong && st->known + 2 >= st->texts);
}

static bool is_pairs(const gk_row_stats *st) {
    gk_role lead = st->lead_role;
    bool led = lead == GK_ROLE_KEY || lead == GK_ROLE_PROJECT || lead == GK_ROLE_GOAL || st->entitled;
    bool known = st->strong > 2 || (st->strong && st->strong + 1 >= st->texts);
    return (led || st->keys > 1) && !st->goals && !known && !has_column_keys(st);
}

bool gk_row_over_figures(const gk_extractor *x, uint32_t row) {
    const struct gk_table_state *s = x->table;
    uint32_t texts = 0, figures = 0;
    for (uint32_t c = 0; c < s->t->cols; c++) {
        const gk_tcell *below = gk_grid_origin(s, row + 1, c);
        if (!below || below->shape == GK_SHAPE_BLANK) continue;
        if (below->shape == GK_SHAPE_TEXT) {
            texts++;
            if (figures) return false;
            continue;
        }
        const gk_tcell *above = gk_grid_at(s, row, c);
        figures += above && above->shape == GK_SHAPE_TEXT;
    }
    return texts >= 1 && texts <= 2 && figures >= 2;
}

static bool begins(gk_extractor *x, const gk_row_stats *st, bool loose) {
    const gk_section *sec = &x->table->section;
    if (!st->texts || st->longest > LONG_LABEL || holds_sums(st)) return false;
    if (st->lead_role == GK_ROLE_NUMBERING || st->lead_role == GK_ROLE_REMARK) return false;
    bool wide = st->texts > 3 || (st->texts == 3 && st->known == 2);
    if (sec->kind == GK_SECTION_NONE && wide && st->lead_role == GK_ROLE_PROJECT &&
        gk_row_over_figures(x, st->row))
        return true;
    if (is_pairs(st) || gk_row_numbers_columns(x, st->row)) return false;
    if (st->goals) return true;
    if (sec->kind == GK_SECTION_GOAL) return st->goal_roles >= 2;
    if (st->keys && st->texts > 1 && sec->kind == GK_SECTION_NONE && has_column_keys(st)) return true;
    if (st->strong >= 2 || (st->strong && st->known == st->texts && st->texts > 1)) return true;
    if (sec->kind == GK_SECTION_NONE) return st->known >= 2 || (loose && st->texts + st->years >= 2);
    return sec->kind == GK_SECTION_FACT && sec->rows > 0 && st->in_values >= 2 && st->in_values + 1 >= st->texts &&
           st->longest <= 75;
}

static bool is_row_label(gk_role role) {
    return role == GK_ROLE_LABEL || role == GK_ROLE_CODE || role == GK_ROLE_LINE || role == GK_ROLE_HOLDER ||
           role == GK_ROLE_PLAN || role == GK_ROLE_LEVEL1 || role == GK_ROLE_LEVEL2 || role == GK_ROLE_NAME;
}

/* The role of the label above a place within the header rows from `first` on: the nearest filled one, or one that runs
 * on from the left in the top row. *wide: it stands over the place to the right as well. */
static gk_role above(gk_extractor *x, uint32_t first, uint32_t row, uint32_t col, bool *wide) {
    const struct gk_table_state *s = x->table;
    *wide = false;
    for (uint32_t r = row; r > first; r--) {
        const gk_tcell *c = gk_grid_at(s, r - 1, col), *next = gk_grid_at(s, r - 1, col + 1);
        if (!c) continue;
        *wide = next == c || (!next && !s->t->merged_known && col + 1 < s->t->cols && r - 1 == first);
        return gk_header_says(x, c)->role;
    }
    for (uint32_t k = col; k > 0; k--) {
        const gk_tcell *c = gk_grid_at(s, first, k - 1);
        if (c) return gk_header_says(x, c)->role;
    }
    return GK_ROLE_NONE;
}

/* `head`: the row that the header began with. */
static bool continues(gk_extractor *x, const gk_row_stats *head, uint32_t row) {
    uint32_t first = head->row;
    if (x->table->shape[row].figure) return false;
    gk_row_stats st = look(x, row);
    if (head->goal_roles > 1 && !st.goal_roles && st.texts > 2) return false; /* an indicator whose target is a text */
    if ((!st.texts && !st.years) || st.goals || is_pairs(&st) || st.longest > LONG_LABEL || holds_sums(&st)) return false;
    if (st.lead_role == GK_ROLE_NUMBERING || st.lead_role == GK_ROLE_REMARK) return false;
    if (gk_row_numbers_columns(x, row)) return false;
    bool wide;
    gk_role up = above(x, first, row, st.lead->col, &wide);
    if (is_row_label(up) && wide && st.texts > 1 && (st.known || st.texts > 2)) return true;
    if (is_row_label(up)) return is_row_label(st.lead_role) && (st.strong > 1 || st.texts == 1);
    if (st.known) return true;
    if (st.years) return !st.texts;
    return (up == GK_ROLE_GROUP || up == GK_ROLE_VALUE) && st.texts >= 2;
}

/* Whether most of what a row with a figure says is headers of indicators or of the overall goal: what they weigh together
 * may stand at its end. */
static bool heads_goals(gk_extractor *x, uint32_t row) {
    const struct gk_table_state *s = x->table;
    uint32_t goals = 0, ends = 0;
    for (uint32_t c = 0; s->performance && c < s->t->cols; c++) {
        const gk_tcell *cell = gk_grid_origin(s, row, c);
        gk_role role = cell && cell->shape == GK_SHAPE_TEXT ? gk_header_says(x, cell)->role : GK_ROLE_NONE;
        goals += is_goal_role(role);
        ends += role == GK_ROLE_EXPECTED || role == GK_ROLE_DONE;
    }
    return goals > 3 || ends > 1;
}

uint32_t gk_header_rows(gk_extractor *x, uint32_t row, bool loose) {
    if (x->table->shape[row].figure && !heads_goals(x, row)) return 0;
    gk_row_stats st = look(x, row);
    if (!begins(x, &st, loose)) return 0;
    uint32_t n = 1;
    if (st.goals && st.money < 2) return n;
    while (n < GK_PATH_DEPTH && row + n < x->table->t->rows && continues(x, &st, row + n)) n++;
    return n;
}

bool gk_row_entitled(gk_extractor *x, uint32_t row) { return !x->table->shape[row].figure && look(x, row).entitled; }
