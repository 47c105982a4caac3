/* The walk through one table. */
#include "extract/table.h"

#include <stdlib.h>

struct gk_table_state *gk_table_state_new(void) {
    struct gk_table_state *s = gk_alloc_zero(1, sizeof *s);
    s->last_unit = GK_UNIT_UNKNOWN;
    return s;
}

void gk_table_state_free(struct gk_table_state *s) {
    if (!s) return;
    gk_arena_free(&s->arena);
    gk_arena_free(&s->kept);
    gk_vec_free(&s->numbers);
    free(s);
}

/* Whether the table states targets or goals: its other parts are then the parts of a performance table. */
static bool is_performance(gk_extractor *x) {
    const struct gk_table_state *s = x->table;
    uint32_t scores = 0;
    for (uint32_t i = 0; i < s->t->cell_count; i++) {
        if (s->cells[i].shape != GK_SHAPE_TEXT) continue;
        const gk_says *says = gk_header_says(x, &s->cells[i]);
        gk_role role = gk_str_eqz(says->mode, "weak") ? GK_ROLE_NONE : says->role;
        if (role == GK_ROLE_TARGET || role == GK_ROLE_EXPECTED || role == GK_ROLE_LEVEL1 || role == GK_ROLE_LEVEL2) return true;
        scores += role == GK_ROLE_WEIGHT || role == GK_ROLE_SCORE;
        if (scores > 1) return true;
    }
    return false;
}

/* Nothing but page furniture lies between this table and the one before. */
static bool is_adjacent(gk_extractor *x, const gk_block *block) {
    const struct gk_table_state *s = x->table;
    size_t index = (size_t)(block - x->doc->blocks.at);
    if (!s->block || s->block > index) return false;
    for (size_t i = s->block; i < index; i++)
        if (x->doc->blocks.at[i].kind != GK_BLOCK_ASIDE) return false;
    return true;
}

/* Whether the first row holds a level of indicators and no labels of columns. */
static bool begins_with_level(gk_extractor *x) {
    const struct gk_table_state *s = x->table;
    for (uint32_t c = 0; c < s->t->cols; c++) {
        const gk_tcell *cell = gk_grid_origin(s, 0, c);
        if (cell && cell->shape == GK_SHAPE_TEXT && gk_row_role(x, cell) == GK_ROLE_LEVEL1) return !gk_header_rows(x, 0, false);
    }
    return false;
}

/* Whether the table goes on with the indicators of the page before, where the caption is printed again over it. */
static bool is_cut(gk_extractor *x, const gk_block *block) {
    const struct gk_table_state *s = x->table;
    size_t index = (size_t)(block - x->doc->blocks.at);
    if (s->section.kind != GK_SECTION_GOAL || !s->block || s->block > index || !s->caption.len) return false;
    for (size_t i = s->block; i < index; i++) {
        gk_range at = x->block_at.at[i];
        if (x->doc->blocks.at[i].kind == GK_BLOCK_TABLE) return false;
        bool aside = x->doc->blocks.at[i].kind == GK_BLOCK_ASIDE;
        if (!aside && gk_str_find(s->caption, gk_view_text(x, at.start, at.end)) == SIZE_MAX) return false;
    }
    return begins_with_level(x);
}

/* A note of the unit, which each page of a table may repeat. */
static bool is_unit_note(gk_extractor *x, size_t block) {
    enum { NOTE_BYTES = 60, NOTES = 8 };
    gk_range at = x->block_at.at[block];
    gk_match m[NOTES];
    if (x->doc->blocks.at[block].kind == GK_BLOCK_TABLE || at.end - at.start > NOTE_BYTES) return false;
    size_t n = gk_find_all(x, GK_SCOPE_BLOCK, at, m, NOTES);
    for (size_t i = 0; i < n; i++)
        if (gk_str_eqz(m[i].rule->constant[GK_KEY_ROLE], "unit")) return true;
    return false;
}

/* The first two rows as they stand in the view: two tables with the same are parts of one. */
static gk_str head_of(gk_extractor *x) {
    const struct gk_table_state *s = x->table;
    gk_range at = {0, 0};
    for (uint32_t i = 0; i < s->t->cell_count && s->cells[i].row < 2; i++) {
        if (!i) at = s->cells[i].at;
        at.end = s->cells[i].at.end;
    }
    return gk_view_text(x, at.start, at.end);
}

/* Whether nothing but page furniture and notes of the unit lies between two tables with the same header. */
static bool resumes(gk_extractor *x, const gk_block *block) {
    const struct gk_table_state *s = x->table;
    size_t index = (size_t)(block - x->doc->blocks.at);
    if (!s->block || s->block > index || x->now.caption.len || !gk_str_eq(s->head, head_of(x))) return false;
    for (size_t i = s->block; i < index; i++)
        if (x->doc->blocks.at[i].kind != GK_BLOCK_ASIDE && !is_unit_note(x, i)) return false;
    return s->head.len > 0;
}

/* A table cut by a page break goes on with the columns of the one before where it has as many and no labels of its own. */
static bool goes_on(gk_extractor *x) {
    const struct gk_table_state *s = x->table;
    if (s->section.kind == GK_SECTION_NONE) return false;
    bool same = s->t->cols == s->section.cols || (s->section.kind == GK_SECTION_GOAL && s->t->cols < s->section.cols);
    return same && !gk_header_rows(x, 0, false);
}

/* Takes the columns that a header cell covers with others out, where the page that goes on prints each label over one. */
static void join_covered(struct gk_table_state *s) {
    gk_section *sec = &s->section;
    uint32_t n = 0;
    if (sec->kind != GK_SECTION_GOAL || s->t->cols >= sec->cols) return;
    for (uint32_t c = 0; c < sec->cols; c++) n += !c || !gk_columns_alike(&sec->col[c], &sec->col[c - 1]);
    if (n != s->t->cols) return;
    n = 0;
    for (uint32_t c = 0; c < sec->cols; c++) {
        bool covered = c && gk_columns_alike(&sec->col[c], &sec->col[n - 1]);
        if (sec->project == c) sec->project = (uint16_t)(covered ? n - 1 : n);
        if (sec->unit_column == c) sec->unit_column = (uint16_t)(covered ? n - 1 : n);
        if (!covered) sec->col[n++] = sec->col[c];
    }
    sec->cols = n;
    sec->block = NULL;
}

/* A caption that names a stock (assets, debts) or a ceiling says what its plain figures are. */
static gk_str caption_measure(gk_extractor *x) {
    gk_match m;
    gk_str caption = gk_context_caption(x);
    if (!gk_find_best_in(x, GK_SCOPE_LABEL, caption, &m)) return GK_STR_NONE;
    gk_str measure = gk_match_value(&m, caption, GK_KEY_MEASURE);
    bool ceiling = gk_str_eqz(measure, "other") && gk_str_eqz(m.rule->constant[GK_KEY_MODE], "strong");
    return ceiling || gk_str_eqz(measure, "balance") ? measure : GK_STR_NONE;
}

static gk_str caption_whole(gk_extractor *x) {
    enum { FACTS = 16 };
    gk_match m[FACTS];
    gk_str caption = gk_context_caption(x), whole = GK_STR_NONE;
    size_t n = gk_find_in(x, GK_SCOPE_FACT, caption, m, FACTS);
    for (size_t i = 0; i < n && !whole.len; i++) whole = gk_match_value(&m[i], caption, GK_KEY_SUBJECT);
    return whole;
}

/* The year of a note such as "as of 31 December 2030" between the caption and the table. */
static int year_above(gk_extractor *x, const gk_block *block) {
    size_t index = (size_t)(block - x->doc->blocks.at);
    for (size_t i = index; i > 0 && index - i < 3; i--) {
        const gk_block *b = &x->doc->blocks.at[i - 1];
        if (b->kind == GK_BLOCK_TABLE) break;
        gk_says says = gk_label_known(x, GK_SCOPE_ROW, x->block_at.at[i - 1]);
        if (says.role == GK_ROLE_DATE) return gk_context_year(x, says.year);
    }
    return 0;
}

/* A running head right above a table, notes apart, may be its caption. */
static bool caption_of_page(gk_extractor *x, const gk_block *block) {
    enum { LOOK_BLOCKS = 5 };
    size_t index = (size_t)(block - x->doc->blocks.at);
    for (size_t i = index; i-- > 0 && i + LOOK_BLOCKS >= index;) {
        const gk_block *b = &x->doc->blocks.at[i];
        if (b->kind == GK_BLOCK_TABLE || b->kind == GK_BLOCK_HEADING) return false;
        if (b->kind == GK_BLOCK_ASIDE && gk_context_caption_page(x, x->block_at.at[i])) return true;
    }
    return false;
}

static void begin(gk_extractor *x, const gk_block *block) {
    struct gk_table_state *s = x->table;
    bool adjacent = is_adjacent(x, block), performance = s->performance;
    gk_grid_load(x, &x->doc->tables.at[block->table]);
    bool of_page = caption_of_page(x, block);
    if (!adjacent) adjacent = is_cut(x, block);
    if (!of_page && (adjacent || resumes(x, block))) x->now.caption = s->caption;
    else if (!of_page) gk_context_caption_above(x);
    gk_context_caption_facts(x);
    if (adjacent && goes_on(x)) {
        join_covered(s);
        return;
    }
    s->carry = s->carry_year = s->pair_unit = GK_STR_NONE;
    s->pairs = 0;
    s->goal_kept = adjacent && s->section.kind == GK_SECTION_GOAL;
    s->section = (gk_section){0};
    s->performance = is_performance(x) || (adjacent && performance);
    s->caption_measure = caption_measure(x);
    s->whole = caption_whole(x);
    s->year = year_above(x, block);
    if (!adjacent || !s->performance) s->project = GK_STR_NONE;
}

/* ---- rows without columns */

/* Whether all cells with anything in them say the same: a caption printed over each half of a table. */
static bool says_one_thing(gk_extractor *x, uint32_t row) {
    const struct gk_table_state *s = x->table;
    const gk_tcell *first = NULL;
    for (uint32_t c = 0; c < s->t->cols; c++) {
        const gk_tcell *cell = gk_grid_origin(s, row, c);
        if (!cell) continue;
        if (!first) first = cell;
        if (!gk_str_eq(gk_view_text(x, cell->at.start, cell->at.end), gk_view_text(x, first->at.start, first->at.end)))
            return false;
    }
    return first != NULL;
}

/* Caption, form number, unit note, name of the unit above the header. */
static bool read_preamble(gk_extractor *x, uint32_t row) {
    const struct gk_table_state *s = x->table;
    gk_str caption = x->now.caption;
    uint32_t heading = x->now.heading_at.start;
    bool note = false;
    if (s->shape[row].number) return false;
    for (uint32_t c = 0; c < s->t->cols; c++) {
        const gk_tcell *cell = gk_grid_origin(s, row, c);
        if (cell && gk_context_read(x, cell->at, GK_BLOCK_TEXT, 0)) note = true;
    }
    note = note || (x->now.caption.ptr != caption.ptr && says_one_thing(x, row));
    bool headed = x->now.heading_at.start != heading; /* the cell behind a heading tells what stands below it */
    for (uint32_t c = 0; note && c < s->t->cols; c++) {
        const gk_tcell *cell = gk_grid_origin(s, row, c);
        if (cell && headed && cell->at.start > x->now.heading_at.start) gk_prose_read(x, cell->at, "table");
        if (cell) gk_row_exclude(x, cell->at, "name");
    }
    if (note) gk_context_caption_facts(x);
    return note;
}

enum { GOAL_ROWS = 6 }; /* rows beside one key */

/* The label on the left of a row that begins right of it, in the rows above: where merged cells are not known, the places
 * below a label are empty. NULL: none. */
static const gk_tcell *label_beside(const struct gk_table_state *s, uint32_t row) {
    uint32_t mark = s->shape[row].lead, own = mark ? s->cells[mark - 1].col : 0;
    for (uint32_t r = row; !s->t->merged_known && r > 0 && row - r < GOAL_ROWS; r--) {
        mark = s->shape[r - 1].lead;
        if (mark && s->cells[mark - 1].col < own) return &s->cells[mark - 1];
    }
    return NULL;
}

/* Whether a row is one of several beside the key of the overall goal: below the label of one of its parts. */
static bool beside_goal(gk_extractor *x, uint32_t row) {
    const struct gk_table_state *s = x->table;
    const gk_tcell *key = s->performance ? gk_grid_at(s, row, 0) : NULL;
    if (s->performance && (!key || key->row == row)) key = label_beside(s, row);
    return key && key->row < row && gk_header_known(x, key).role == GK_ROLE_GOAL;
}

static void read_text(gk_extractor *x, uint32_t row) {
    const struct gk_table_state *s = x->table;
    for (uint32_t c = 0; c < s->t->cols; c++) {
        const gk_tcell *cell = gk_grid_origin(s, row, c);
        if (!cell || !gk_account_open(x, cell->at)) continue;
        bool goal = beside_goal(x, row) && gk_header_known(x, cell).role == GK_ROLE_NONE;
        if (goal) gk_goal_overall(x, cell->at, (gk_range){0, 0});
        else if (!gk_context_read(x, cell->at, GK_BLOCK_TEXT, 0)) gk_prose_read(x, cell->at, "table");
    }
}

static void exclude_figures(gk_extractor *x, uint32_t row, const char *class) {
    const struct gk_table_state *s = x->table;
    for (uint32_t c = 0; c < s->t->cols; c++) {
        const gk_tcell *cell = gk_grid_origin(s, row, c);
        if (cell) gk_account_exclude(x, cell->at, gk_str_of(class), GK_STR("table"));
    }
}

/* ---- data */

/* A goal that goes on in the next row may stand left of its column. */
static gk_range text_before_done(const struct gk_table_state *s, uint32_t row) {
    for (uint32_t c = 0; c < s->section.cols && s->section.col[c].role != GK_ROLE_DONE; c++) {
        const gk_tcell *cell = gk_grid_origin(s, row, c);
        if (cell && cell->shape == GK_SHAPE_TEXT) return cell->at;
    }
    return (gk_range){0, 0};
}

static void read_overall(gk_extractor *x, uint32_t row) {
    const struct gk_table_state *s = x->table;
    gk_range expected = {0, 0}, done = {0, 0};
    for (uint32_t c = 0; c < s->section.cols; c++) {
        const gk_tcell *cell = gk_grid_origin(s, row, c);
        if (!cell || cell->shape == GK_SHAPE_BLANK) continue;
        const gk_column *col = &s->section.col[c];
        gk_role role = col->role;
        bool rate = role == GK_ROLE_VALUE && gk_str_eqz(col->kind, "percentage");
        if (rate && cell->shape != GK_SHAPE_TEXT) gk_fact_cell(x, cell, col, col->item, (gk_says){0}, GK_STR_NONE);
        if (role == GK_ROLE_EXPECTED && expected.end == expected.start) expected = cell->at;
        if (role == GK_ROLE_DONE && done.end == done.start) done = cell->at;
    }
    if (expected.end == expected.start) expected = text_before_done(s, row);
    gk_goal_overall(x, expected, done);
}

static void read_data(gk_extractor *x, uint32_t row) {
    struct gk_table_state *s = x->table;
    if (s->section.kind == GK_SECTION_GOAL) gk_goal_table_row(x, row);
    else if (s->section.kind == GK_SECTION_OVERALL) read_overall(x, row);
    else gk_fact_row(x, row);
}

/* A row above the first header; returns how many rows were used. */
static uint32_t read_first(gk_extractor *x, uint32_t row, gk_row_kind kind) {
    if (read_preamble(x, row)) return 1;
    uint32_t header = kind == GK_ROW_DATA ? gk_header_rows(x, row, true) : 0;
    if (header) {
        gk_section_open(x, row, header);
        return header;
    }
    if (kind == GK_ROW_TEXT) {
        read_text(x, row);
        return 1;
    }
    gk_section_plain(x, row);
    read_data(x, row);
    return 1;
}

/* A table of contents: its figures are numbers of tables and pages. */
static uint32_t skip_contents(gk_extractor *x, uint32_t row) {
    uint32_t rows = x->table->t->rows;
    for (uint32_t r = row; r < rows; r++) exclude_figures(x, r, "page");
    return rows - row;
}

/* One text over the whole width: a title. In a table of indicators it begins the next table of the same sheet. */
static bool is_title(const struct gk_table_state *s, uint32_t row) {
    const gk_tcell *first = gk_grid_at(s, row, 0);
    if (!first || first->shape != GK_SHAPE_TEXT || s->t->cols < 3) return false;
    return s->t->merged_known && first == gk_grid_at(s, row, s->t->cols - 1);
}

static uint32_t read_row(gk_extractor *x, uint32_t row) {
    struct gk_table_state *s = x->table;
    if (s->section.kind == GK_SECTION_GOAL && is_title(s, row)) s->section.kind = GK_SECTION_NONE;
    uint32_t header = gk_header_rows(x, row, false);
    if (header) {
        gk_section_open(x, row, header);
        return header;
    }
    gk_row_kind kind = gk_row_classify(x, row);
    switch (kind) {
    case GK_ROW_EMPTY: return 1;
    case GK_ROW_NUMBERING: exclude_figures(x, row, "column"); return 1;
    case GK_ROW_PAIRS: gk_row_pairs(x, row); return 1;
    case GK_ROW_REMARK: read_text(x, row); return 1;
    case GK_ROW_CONTENTS: return skip_contents(x, row);
    case GK_ROW_TEXT:
    case GK_ROW_DATA: break;
    }
    if (s->section.kind == GK_SECTION_NONE) return read_first(x, row, kind);
    if (kind == GK_ROW_TEXT) read_text(x, row);
    else read_data(x, row);
    return 1;
}

static void account_cell(gk_extractor *x, const gk_tcell *c) {
    if (c->shape == GK_SHAPE_BLANK) gk_account_exclude(x, c->at, GK_STR("blank"), GK_STR("table"));
    else if (c->shape != GK_SHAPE_TEXT) return;
    else if (c->at.end - c->at.start > GK_LABEL_BYTES) gk_prose_read(x, c->at, "table");
    else gk_row_exclude(x, c->at, "name");
}

/* Digits that no row has spoken of: in labels and names they are part of the name. The cells stand in the view one behind
 * the other, and few of them have such digits. */
static void account_rest(gk_extractor *x, gk_range table) {
    const struct gk_table_state *s = x->table;
    uint32_t i = 0;
    for (size_t d = gk_account_first(x, table.start); d < x->digit_at.len && x->digit_at.at[d].start < table.end; d++) {
        if (x->out->digits.at[d].fate != GK_FATE_UNEXPLAINED) continue;
        while (i < s->t->cell_count && s->cells[i].at.end <= x->digit_at.at[d].start) i++;
        if (i == s->t->cell_count) return;
        account_cell(x, &s->cells[i]);
        while (d + 1 < x->digit_at.len && x->digit_at.at[d + 1].start < s->cells[i].at.end) d++;
    }
}

void gk_table_read(gk_extractor *x, const gk_block *block) {
    struct gk_table_state *s = x->table;
    const gk_table *t = &x->doc->tables.at[block->table];
    size_t index = (size_t)(block - x->doc->blocks.at);
    if (!t->grid) return;
    if (x->now.silent) {
        gk_account_exclude(x, x->block_at.at[index], x->now.silent_class, GK_STR("section"));
        return;
    }
    begin(x, block);
    x->cell_first = x->cell_near = t->first_cell;
    x->cell_end = t->first_cell + t->cell_count;
    for (uint32_t row = 0; row < t->rows;) row += read_row(x, row);
    account_rest(x, x->block_at.at[index]);
    x->cell_end = x->cell_first;
    s->block = index + 1;
    s->caption = x->now.caption;
    s->head = head_of(x);
    gk_context_caption_used(x);
}
