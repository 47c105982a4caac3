/* Rows of a table: what kind each is, and the kinds that hold no figures of columns. */
#include "extract/table.h"

/* Bytes: a longer text alone in its row is running text; a longer text is no label of a pair. */
enum { LONG_TEXT = 120, SHORT_TEXT = 60 };

void gk_row_exclude(gk_extractor *x, gk_range at, const char *class) {
    if (!gk_account_open(x, at)) return;
    struct gk_table_state *s = x->table;
    s->numbers.len = 0;
    gk_numbers_scan(x, at, &s->numbers);
    gk_numbers_account(x, &s->numbers);
    gk_account_exclude(x, at, gk_str_of(class), GK_STR("table"));
}

/* The figures that s begins with, three at most; *out their value. */
static size_t small_figures(gk_str s, int64_t *out) {
    size_t i = 0;
    for (*out = 0; i < s.len && i < 3 && s.ptr[i] >= '0' && s.ptr[i] <= '9'; i++) *out = 10 * *out + (s.ptr[i] - '0');
    return i;
}

/* "3=1+2": a column number with the columns it is made of. */
static bool is_formula(gk_extractor *x, const gk_tcell *c) {
    gk_str s = gk_view_text(x, c->at.start, c->at.end);
    bool digit = false;
    for (size_t i = 0; i < s.len; i++) {
        if (s.ptr[i] >= '0' && s.ptr[i] <= '9') digit = true;
        else if (s.ptr[i] >= 'A' && s.ptr[i] <= 'Z') digit = true;
        else if ((unsigned char)s.ptr[i] >= 0x80 || !strchr("=+-*/()%", s.ptr[i])) return false;
    }
    return digit;
}

/* The number of a column: "5", or "5=4-2"; "(5)" and "(5)=(4)-(2)" too. */
static bool column_number(gk_extractor *x, const gk_tcell *c, int64_t *out) {
    gk_str s = gk_view_text(x, c->at.start, c->at.end);
    bool bracketed = gk_str_starts(s, GK_STR("("));
    if (bracketed) s = gk_str_slice(s, 1, s.len);
    size_t i = small_figures(s, out);
    if (!i || (bracketed && (i == s.len || s.ptr[i++] != ')'))) return false;
    return i == s.len ? c->shape == GK_SHAPE_NUMBER : s.ptr[i] == '=' && is_formula(x, c);
}

/* A row that numbers the columns: said so by its label, or directly below the header and counting up by one. */
bool gk_row_numbers_columns(gk_extractor *x, uint32_t row) {
    const struct gk_table_state *s = x->table;
    const uint32_t most = s->shape[row].filled / 3; /* others that a row of numbers may have */
    if (s->shape[row].amounts > most) return false; /* no numbers of columns, whatever a rule says */
    int64_t value, last = -1;
    uint32_t steps = 0, other = 0, filled = 0;
    bool said = false;
    for (uint32_t c = 0; c < s->t->cols; c++) {
        const gk_tcell *cell = gk_grid_origin(s, row, c);
        if (!cell || cell->shape == GK_SHAPE_BLANK) continue;
        filled++;
        if (cell->shape == GK_SHAPE_TEXT && gk_row_role(x, cell) == GK_ROLE_NUMBERING) said = true;
        else if (column_number(x, cell, &value)) {
            steps += last < 0 || value == last + 1;
            last = value;
        } else if (!is_formula(x, cell) && ++other > most) return false;
    }
    if (said) return other <= filled / 3;
    return filled && steps == filled && steps >= 2 && s->section.kind != GK_SECTION_NONE && s->section.rows == 0;
}

static bool is_key(gk_role role) { return role == GK_ROLE_KEY || role == GK_ROLE_PROJECT || role == GK_ROLE_GOAL; }

static bool is_spread(const struct gk_table_state *s, const gk_tcell *c) {
    uint32_t wide = 0;
    while (gk_grid_at(s, c->row, c->col + wide) == c) wide++;
    return wide == s->t->cols;
}

/* A number alone, or a short text that states one ("4500 万元"). */
static bool is_figure(const gk_tcell *c) {
    if (c->shape == GK_SHAPE_TEXT) return c->states && c->at.end - c->at.start < SHORT_TEXT;
    return c->shape == GK_SHAPE_NUMBER || c->shape == GK_SHAPE_PERCENT;
}

static bool has_figure(const struct gk_table_state *s, uint32_t row) {
    for (uint32_t c = 0; c < s->t->cols; c++) {
        const gk_tcell *cell = gk_grid_origin(s, row, c);
        if (cell && (is_figure(cell) || cell->states)) return true;
    }
    return false;
}

/* A key that only names money, with nothing but figures behind it below the headers of their columns, is the label of
 * these figures. */
static bool is_labelled(const struct gk_table_state *s, uint32_t row, const gk_tcell *lead, const gk_says *says) {
    uint32_t figures = 0;
    if (s->section.kind != GK_SECTION_FACT || says->role != GK_ROLE_KEY || says->class.len) return false;
    for (uint32_t c = lead->col; c < s->t->cols; c++) {
        const gk_tcell *cell = gk_grid_origin(s, row, c);
        if (!cell || cell == lead || cell->shape == GK_SHAPE_BLANK) continue;
        if (cell->shape == GK_SHAPE_TEXT) return false;
        figures++;
    }
    return figures > 1;
}

/* A form above the indicators asks for one thing after the other: a row of several texts there has no columns below it,
 * unless figures stand under them. */
static bool is_form(gk_extractor *x, uint32_t row) {
    const struct gk_table_state *s = x->table;
    return s->shape[row].cells > 1 && !gk_row_over_figures(x, row);
}

gk_row_kind gk_row_classify(gk_extractor *x, uint32_t row) {
    const struct gk_table_state *s = x->table;
    const gk_row_shape *shape = &s->shape[row];
    if (!shape->lead) return GK_ROW_EMPTY;
    const gk_tcell *lead = &s->cells[shape->lead - 1];
    bool only = shape->cells == 1;
    if (gk_row_numbers_columns(x, row)) return GK_ROW_NUMBERING;
    if (lead->shape != GK_SHAPE_TEXT) return GK_ROW_DATA;
    if (gk_row_role(x, lead) == GK_ROLE_REMARK && only) return GK_ROW_REMARK;
    if (gk_row_role(x, lead) == GK_ROLE_CONTENTS && (only || s->section.kind == GK_SECTION_NONE)) return GK_ROW_CONTENTS;
    const gk_says *says = gk_header_says(x, lead);
    if (says->role == GK_ROLE_GOAL && s->section.kind == GK_SECTION_GOAL && shape->filled > 3) return GK_ROW_DATA;
    bool told = says->role == GK_ROLE_PROJECT && says->name.end > says->name.start; /* key and name in one cell */
    if (told || (is_key(says->role) && !only && !is_labelled(s, row, lead, says))) return GK_ROW_PAIRS;
    if (s->section.kind == GK_SECTION_NONE && shape->cells == 3 && gk_row_entitled(x, row)) return GK_ROW_PAIRS;
    bool above = s->performance && s->section.kind == GK_SECTION_NONE && !only; /* in the form above the indicators */
    if (above && (has_figure(s, row) || is_form(x, row))) return GK_ROW_PAIRS;
    if (s->section.kind == GK_SECTION_OVERALL || s->section.kind == GK_SECTION_GOAL) return GK_ROW_DATA;
    bool alone = s->t->cols == 1 || is_spread(s, lead) || s->section.kind == GK_SECTION_NONE;
    return only && (alone || lead->at.end - lead->at.start > LONG_TEXT) ? GK_ROW_TEXT : GK_ROW_DATA;
}

/* ---- pairs */

static const char *class_of(const gk_says *says) {
    static const char *const classes[] = {"code", "phone", "date", "name", "score"};
    for (size_t i = 0; i < sizeof classes / sizeof *classes; i++)
        if (gk_str_eqz(says->class, classes[i])) return classes[i];
    return "name";
}

/* `name`: of the project, where the key in the same cell is known; empty: the cell holds nothing else. */
static void read_project(gk_extractor *x, const gk_tcell *c, gk_range name) {
    struct gk_table_state *s = x->table;
    gk_says says = gk_label_known(x, GK_SCOPE_ROW, c->at); /* a code before the name is none of it */
    if (name.end <= name.start) name = says.name;
    s->project_at = name.end > name.start ? name : c->at;
    s->project = gk_printed(x, s->project_at);
    s->section.kind = GK_SECTION_NONE;
    gk_row_exclude(x, c->at, "name");
}

/* The measure of a pair: what its label says, kept for its column, else what the label above it said. */
static gk_str pair_measure(struct gk_table_state *s, const gk_tcell *label, gk_str own) {
    size_t i = 0;
    while (i < s->pairs && s->pair[i].col != label->col) i++;
    if (!own.len) return i < s->pairs ? s->pair[i].measure : own;
    if (!gk_is_planned(own) && !gk_str_eqz(own, "actual")) return own;
    if (i == s->pairs && s->pairs < GK_PAIR_COLUMNS) s->pairs++;
    if (i < GK_PAIR_COLUMNS) s->pair[i] = (gk_pair_column){label->col, own};
    return own;
}

/* A label inside a row of pairs with its figure: "规模 | 预算数 | 81.00 | 其他 | -". */
static void read_figure(gk_extractor *x, const gk_tcell *label, const gk_tcell *row_key, const gk_tcell *c) {
    gk_says says = gk_header_known(x, label);
    gk_column col = {.role = GK_ROLE_VALUE, .rule = GK_STR("table"), .measure = says.measure, .kind = says.kind,
                     .unit = says.unit, .year = says.year, .label = GK_NO_COLUMN};
    gk_str key = row_key && row_key != label ? gk_printed(x, row_key->at) : GK_STR_NONE;
    gk_range trimmed = gk_subject_trim(x, label->at);
    gk_str text = gk_printed(x, trimmed.end > trimmed.start ? trimmed : label->at);
    gk_str project = gk_goal_project(x);
    if (!col.unit.len) col.unit = x->table->pair_unit;
    if (c->shape == GK_SHAPE_NUMBER) col.measure = pair_measure(x->table, label, col.measure);
    col.text = GK_JOIN(&x->out->arena, project, GK_STR("/"), key, key.len ? GK_STR("/") : GK_STR_NONE, text);
    gk_fact_cell(x, c, &col, gk_label_item(x, label->at), gk_label_known(x, GK_SCOPE_ROW, label->at), GK_STR_NONE);
}

/* A text that begins with a figure and its unit ("4500 万元", with a note behind it or not) is the value of a label. */
static bool is_stated(gk_extractor *x, const gk_tcell *c) {
    struct gk_table_state *s = x->table;
    char first = c->at.end > c->at.start ? x->view->text.ptr[c->at.start] : 0;
    if (c->shape != GK_SHAPE_TEXT || first < '0' || first > '9') return is_figure(c);
    s->numbers.len = 0;
    gk_numbers_scan(x, c->at, &s->numbers);
    const gk_number *n = s->numbers.len ? &s->numbers.at[0] : NULL;
    bool figure = n && n->kind != GK_NUMBER_EXCLUDED && n->kind != GK_NUMBER_BARE;
    return figure && n->whole.start == c->at.start ? true : is_figure(c);
}

static void read_value(gk_extractor *x, const gk_tcell *label, const gk_says *says, const gk_tcell *lead, const gk_tcell *c) {
    if (says->role == GK_ROLE_PROJECT) read_project(x, c, (gk_range){0, 0});
    else if (says->role == GK_ROLE_GOAL) gk_goal_overall(x, c->at, (gk_range){0, 0});
    else if (says->role == GK_ROLE_KEY && says->class.len && !gk_str_eqz(says->class, "prose"))
        gk_row_exclude(x, c->at, class_of(says));
    else if (is_stated(x, c)) read_figure(x, label, lead, c);
    else if (gk_account_open(x, c->at)) gk_prose_read(x, c->at, "table");
}

/* A range without the word of a map that it begins with. */
static gk_range behind_word(const gk_extractor *x, const gk_map *map, gk_range at) {
    at.start += map ? (uint32_t)gk_map_prefix(map, gk_view_text(x, at.start, at.end), NULL) : 0;
    return at;
}

/* The cell behind a goal that says itself that it tells what came of it, NULL: none does. */
static const gk_tcell *done_behind(gk_extractor *x, uint32_t row, uint32_t c) {
    const struct gk_table_state *s = x->table;
    while (++c < s->t->cols) {
        const gk_tcell *cell = gk_grid_origin(s, row, c);
        if (!cell || cell->shape == GK_SHAPE_BLANK) continue;
        gk_str text = gk_view_text(x, cell->at.start, cell->at.end);
        return x->maps.goal_done_cells && gk_map_prefix(x->maps.goal_done_cells, text, NULL) ? cell : NULL;
    }
    return NULL;
}

void gk_row_pairs(gk_extractor *x, uint32_t row) {
    const struct gk_table_state *s = x->table;
    const gk_tcell *label = NULL, *lead = NULL, *done;
    gk_says says = {0};
    for (uint32_t c = 0; c < s->t->cols; c++) {
        const gk_tcell *cell = gk_grid_origin(s, row, c);
        if (!cell || cell->shape == GK_SHAPE_BLANK) continue;
        if (!lead) lead = cell;
        gk_says own = gk_header_known(x, cell);
        bool text = cell->shape == GK_SHAPE_TEXT, is_label = text && (own.role != GK_ROLE_NONE || !label);
        if (label && is_key(says.role) && says.role != GK_ROLE_KEY) is_label = is_label && is_key(own.role);
        bool loose = text && label && !is_key(says.role) && !is_stated(x, cell) && cell->at.end - cell->at.start < SHORT_TEXT;
        if (own.role == GK_ROLE_PROJECT && own.name.end > own.name.start) {
            read_project(x, cell, own.name);
            label = NULL;
        } else if (is_label || loose) {
            label = cell;
            says = own;
            if (own.unit.len) x->table->pair_unit = own.unit;
            gk_row_exclude(x, cell->at, "name");
        } else if (label && says.role == GK_ROLE_GOAL && (done = done_behind(x, row, c))) {
            gk_goal_overall(x, behind_word(x, x->maps.goal_set_cells, cell->at),
                            behind_word(x, x->maps.goal_done_cells, done->at));
            label = NULL;
            while (gk_grid_origin(s, row, c) != done) c++;
        } else if (label) {
            read_value(x, label, &says, lead, cell);
            if (says.role != GK_ROLE_KEY || says.class.len) label = NULL;
        }
    }
}
