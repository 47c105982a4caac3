/* Columns: from header rows to a path of labels, a role and a meaning for each column. */
#include "extract/table.h"

enum { LOOK_ROWS = 80, BLANKS = 8 };

/* ---- paths */

/* Which header cell covers each place of one header row (marks; 0: none). An empty place continues the label on its left
 * in the top row, and below it where both stand under the same label. */
static void cover_row(gk_extractor *x, uint32_t row, const uint32_t *up, uint32_t *out) {
    const struct gk_table_state *s = x->table;
    for (uint32_t c = 0; c < s->t->cols; c++) {
        out[c] = gk_grid_at(s, row, c) ? gk_grid_mark(s, row, c) : 0;
        if (out[c] || c == 0 || !out[c - 1] || s->t->merged_known) continue;
        if (!up || (up[c] && up[c] == up[c - 1])) out[c] = out[c - 1];
    }
}

static void add_path(gk_column *col, uint32_t mark) {
    if (!mark || col->depth == GK_PATH_DEPTH) return;
    for (uint8_t i = 0; i < col->depth; i++)
        if (col->path[i] == mark) return;
    col->path[col->depth++] = mark;
}

bool gk_columns_alike(const gk_column *a, const gk_column *b) {
    return a->depth == b->depth && !memcmp(a->path, b->path, a->depth * sizeof *a->path);
}

/* Labels broken over two header rows ("总收", "入") are one label: the lower part is short and no rule knows it. */
static bool is_broken(gk_extractor *x, const gk_tcell *upper, const gk_tcell *lower) {
    return lower->at.end - lower->at.start <= 6 && upper->col == lower->col &&
           gk_header_says(x, lower)->role == GK_ROLE_NONE && gk_header_says(x, upper)->role == GK_ROLE_NONE;
}

static gk_str path_text(gk_extractor *x, const gk_column *col) {
    gk_str part[2 * GK_PATH_DEPTH], last = GK_STR_NONE;
    size_t parts = 0;
    for (uint8_t i = 0; i < col->depth; i++) {
        const gk_tcell *c = &x->table->cells[col->path[i] - 1];
        gk_str text = gk_printed(x, c->at);
        if (i && gk_str_eq(text, last)) continue;
        if (i && !is_broken(x, &x->table->cells[col->path[i - 1] - 1], c)) part[parts++] = GK_STR("/");
        part[parts++] = last = text;
    }
    return gk_arena_join(&x->out->arena, part, parts);
}

/* ---- meaning */

static void fill(gk_str *into, gk_str value) {
    if (!into->len) *into = value;
}

/* The item a path names: its lowest label that is more than a measure; a total names the item above it. */
static void find_item(gk_extractor *x, gk_column *col) {
    for (uint8_t i = col->depth; i > 0; i--) {
        const gk_tcell *c = &x->table->cells[col->path[i - 1] - 1];
        if (c->shape != GK_SHAPE_TEXT) continue;
        const gk_says *says = gk_header_says(x, c);
        if (gk_str_eqz(says->mode, "bare")) continue;
        bool total = gk_str_eqz(says->mode, "total");
        if (total && col->item.end > col->item.start) continue;
        gk_range item = c->at;
        if (says->name.end > says->name.start)
            item = (gk_range){c->at.start + says->name.start, c->at.start + says->name.end};
        gk_range trimmed = gk_subject_trim(x, item);
        if (trimmed.start >= trimmed.end) continue;
        col->item = gk_label_head(x, item, trimmed, false);
        col->item_total = total;
        if (!total) return;
    }
}

/* "This year" is the year of the labels above, where they say one. */
static void fill_year(gk_extractor *x, gk_str *into, gk_str said) {
    bool printed = said.len && said.ptr[0] >= '0' && said.ptr[0] <= '9';
    bool vague = into->len && (into->ptr[0] < '0' || into->ptr[0] > '9') && gk_context_year(x, *into) == x->now.year;
    if (!into->len || (printed && vague)) *into = said;
}

/* What is carried over stays that, whatever stage or source of it the labels below name. */
static void fill_measure(gk_str *into, gk_str said) {
    bool plain = gk_is_planned(*into) || gk_str_eqz(*into, "actual");
    if (!into->len || (plain && gk_str_eqz(said, "balance"))) *into = said;
}

static void take_rule(gk_column *col, const gk_says *says) {
    col->rule = says->rule->id;
    col->names = gk_str_eqz(says->mode, "name");
    col->remarks = gk_str_eqz(says->mode, "remark");
}

/* What the label at place i of a path says; of one that is broken over two rows, what both parts say together. */
static const gk_says *path_says(gk_extractor *x, const gk_column *col, uint8_t i) {
    const gk_tcell *c = &x->table->cells[col->path[i] - 1], *up = i ? &x->table->cells[col->path[i - 1] - 1] : NULL;
    if (!up || c->shape != GK_SHAPE_TEXT || !is_broken(x, up, c)) return gk_header_says(x, c);
    gk_str parts[] = {gk_view_text(x, up->at.start, up->at.end), gk_view_text(x, c->at.start, c->at.end)};
    return gk_label_told(x, GK_SCOPE_HEADER, gk_arena_join(&x->out->arena, parts, 2));
}

/* "Budget of 2031 / against the account of 2030 / %": the innermost header that says what is compared with says all of it. */
static void take_base(gk_column *col, const gk_says *says) {
    if (col->base.len || col->base_year.len || col->whole.len) return;
    col->base = says->base, col->base_year = says->base_year, col->whole = says->whole;
}

static void column_meaning(gk_extractor *x, gk_column *col) {
    col->rule = GK_STR("table");
    for (uint8_t i = col->depth; i > 0; i--) {
        const gk_tcell *c = &x->table->cells[col->path[i - 1] - 1];
        if (gk_cell_is_year(x, c)) fill(&col->year, gk_view_text(x, c->at.start, c->at.end));
        const gk_says *says = path_says(x, col, (uint8_t)(i - 1));
        if (i == col->depth) col->role = says->role;
        if (i == col->depth && says->rule) take_rule(col, says);
        if (i == col->depth) col->falls = gk_str_eqz(says->sign, "-");
        col->sorts = col->sorts || gk_str_eqz(says->mode, "kind");
        col->economic = col->economic || gk_str_eqz(says->mode, "economic");
        col->economic_too = col->economic_too || gk_str_eqz(says->mode, "economic-state");
        fill_measure(&col->measure, says->measure);
        fill(&col->kind, says->kind);
        fill(&col->unit, says->unit);
        fill(&col->class, says->class);
        fill_year(x, &col->year, says->year);
        take_base(col, says);
    }
    find_item(x, col);
    gk_label_force force;
    if (!col->measure.len) col->measure = gk_label_measure(x, col->item, &force), col->weak = force == GK_LABEL_WEAK;
}

/* ---- content, where headers are silent */

typedef struct gk_profile {
    uint32_t texts, figures, integers, codes, steps, units, round; /* round: whole hundreds */
    uint32_t pairs; /* of two digits, as a group or an item below a class of codes is printed */
    uint32_t carried; /* rows beside a text that is merged down from above them */
    bool known;
} gk_profile;

/* One text over the whole width: the caption of the next table of the same sheet, or a title within this one. */
static bool ends_above(const struct gk_table_state *s, uint32_t row) {
    const gk_tcell *first = s->shape[row].cells == 1 && s->t->cols > 2 ? gk_grid_at(s, row, 0) : NULL;
    return first && first->shape == GK_SHAPE_TEXT && !first->states && gk_grid_at(s, row, s->t->cols - 1) == first;
}

/* What a whole number is worth; -1: more than fits. */
static int64_t value_of(gk_extractor *x, const gk_tcell *c) {
    enum { FITS = 18 }; /* digits */
    gk_str s = gk_view_text(x, c->at.start, c->at.end);
    int64_t value = 0;
    gk_number n;
    if (s.len > FITS) return gk_cell_number(x, c, &n) && gk_decimal_to_int(&n.value, 0, &value) ? value : -1;
    for (size_t i = 0; i < s.len; i++) value = value * 10 + (s.ptr[i] - '0');
    return value;
}

/* Whether a row of a performance table is the header of its goals or indicators. */
static bool begins_goals(gk_extractor *x, uint32_t row) {
    const struct gk_table_state *s = x->table;
    for (uint32_t c = 0; c < s->t->cols; c++) {
        const gk_tcell *cell = gk_grid_origin(s, row, c);
        if (!cell || cell->shape != GK_SHAPE_TEXT) continue;
        gk_role role = gk_header_says(x, cell)->role;
        if (role == GK_ROLE_LEVEL1 || role == GK_ROLE_EXPECTED || role == GK_ROLE_NAME || role == GK_ROLE_TARGET) return true;
    }
    return false;
}

/* Where the rows end that the columns of a section are judged by: its own, as far as that can be seen from above. */
static uint32_t look_end(gk_extractor *x, uint32_t row) {
    const struct gk_table_state *s = x->table;
    uint32_t end = row + LOOK_ROWS < s->t->rows ? row + LOOK_ROWS : s->t->rows;
    for (uint32_t r = row + 1; s->performance && r < end; r++)
        if (begins_goals(x, r)) return r;
    return end;
}

/* A unit of money or of count, with or without a scale before it. */
static bool is_unit(gk_extractor *x, gk_str text) {
    const gk_map *units = x->maps.units, *money = x->maps.money_units, *scales = x->maps.scales;
    if (!units || !text.len) return false;
    if (gk_map_get(units, text).ptr || (money && gk_map_get(money, text).ptr)) return true;
    size_t scale = scales ? gk_map_prefix(scales, text, NULL) : 0;
    return scale && scale < text.len && gk_map_get(units, gk_str_slice(text, scale, text.len)).ptr;
}

static gk_profile look_down(gk_extractor *x, uint32_t row, uint32_t col) {
    const struct gk_table_state *s = x->table;
    gk_profile p = {.known = true};
    int64_t last = -1;
    for (uint32_t r = row; r < s->profile_end && !(r > row && ends_above(s, r)); r++) {
        const gk_tcell *c = gk_grid_at(s, r, col);
        if (!c || c->shape == GK_SHAPE_BLANK) continue;
        gk_str text = gk_view_text(x, c->at.start, c->at.end);
        if (c->shape == GK_SHAPE_TEXT) {
            p.texts++;
            p.carried += c->row < row;
            p.units += is_unit(x, text);
            continue;
        }
        p.figures++;
        if (!c->integer) continue;
        int64_t value = value_of(x, c);
        p.integers++;
        p.steps += value == last + 1;
        p.round += value % 100 == 0;
        p.pairs += text.len == 2;
        p.codes += text.len == 3 || text.len == 5 || text.len == 7 || (text.len == 2 && text.ptr[0] == '0');
        last = value;
    }
    return p;
}

/* What stands in a column below the header, whose rows end before `row`. */
static gk_profile profile(gk_extractor *x, uint32_t row, uint32_t col) {
    gk_profile *p = &x->table->profile[col];
    if (!p->known) *p = look_down(x, row, col);
    return *p;
}

static bool has_label(const gk_section *sec, uint32_t before) {
    for (uint32_t c = 0; c < before; c++)
        if (sec->col[c].role == GK_ROLE_HOLDER || sec->col[c].role == GK_ROLE_LABEL) return true;
    return false;
}

/* The next column to the right with anything in it. */
static gk_profile profile_right(gk_extractor *x, uint32_t row, uint32_t col) {
    gk_profile right = profile(x, row, col + 1);
    for (uint32_t c = col + 2; right.texts + right.figures == 0 && c < x->table->section.cols && c < col + BLANKS; c++)
        right = profile(x, row, c);
    return right;
}

/* Whether the labels stand behind the columns for groups and items: "201 | 05 | 07 | survey". */
static bool before_labels(gk_extractor *x, uint32_t row, uint32_t col) {
    enum { LEVELS = 2 };
    for (uint32_t c = col + 1; c < x->table->section.cols && c <= col + LEVELS + 1; c++) {
        gk_profile p = profile(x, row, c);
        if (p.texts > p.figures) return true;
        if (p.texts || !p.figures || p.pairs < p.figures) return false;
    }
    return false;
}

/* Groups and items of two digits are codes where the class stands before them. A single figure between texts is what the
 * text before it names: "of which grants | 356 | other money". */
static bool is_code_column(gk_extractor *x, uint32_t row, uint32_t col, const gk_profile *p) {
    if (2 * p->round > p->integers) return false;
    gk_profile left = col ? profile(x, row, col - 1) : (gk_profile){0};
    if (p->figures == 1 && left.texts > left.figures && p->pairs < p->integers) return false;
    return p->codes == p->integers || (col && p->pairs == p->integers && x->table->section.col[col - 1].role == GK_ROLE_CODE);
}

/* A column whose title has a unit holds figures, if anything: no labels of those behind empty columns. */
static gk_role role_by_content(gk_extractor *x, uint32_t row, uint32_t col, gk_role told) {
    bool figures = x->table->section.col[col].unit.len > 0;
    gk_profile p = profile(x, row, col), right = figures ? profile(x, row, col + 1) : profile_right(x, row, col);
    bool label_told = told == GK_ROLE_LABEL || told == GK_ROLE_CODE || told == GK_ROLE_HOLDER;
    bool beside = right.texts > right.figures || label_told;
    if (p.figures > p.texts && p.integers == p.figures && (beside || before_labels(x, row, col))) {
        if (p.figures > 2 && p.steps + 1 >= p.figures) return GK_ROLE_LINE;
        if (is_code_column(x, row, col, &p)) return GK_ROLE_CODE;
    }
    if (p.figures + p.texts == 0) return label_told ? told : GK_ROLE_VALUE;
    if (p.texts <= p.figures) return GK_ROLE_VALUE;
    if (told == GK_ROLE_HOLDER) return told;
    return col == 0 || label_told || right.figures > right.texts ? GK_ROLE_LABEL : GK_ROLE_NONE;
}

/* A key of pairs over a column: behind weights what a project scored is what each indicator did; figures below others are what
 * it names, texts behind a label are notes. */
static gk_role key_column(gk_extractor *x, uint32_t row, uint32_t c, const gk_column *col) {
    for (uint32_t k = 0; k < c && gk_str_eqz(col->class, "score"); k++)
        if (x->table->section.col[k].role == GK_ROLE_WEIGHT) return GK_ROLE_SCORE;
    if (!has_label(&x->table->section, c)) return GK_ROLE_LABEL;
    gk_profile p = profile(x, row, c);
    return !col->class.len && p.figures > p.texts ? GK_ROLE_VALUE : GK_ROLE_NOTE;
}

/* Whether nothing but texts stand below the title of a column, and the labels of the rows are not on its left: with more
 * texts than any label column there, and figures to the right. */
static bool is_title_of_labels(gk_extractor *x, uint32_t row, uint32_t col) {
    const gk_section *sec = &x->table->section;
    gk_profile p = profile(x, row, col), right = profile_right(x, row, col);
    if (!p.texts || p.figures) return false;
    if (!has_label(sec, col)) return right.texts + right.figures > 0;
    for (uint32_t c = 0; c < col; c++) {
        gk_role role = sec->col[c].role;
        gk_profile left = profile(x, row, c);
        if ((role == GK_ROLE_HOLDER || role == GK_ROLE_LABEL) && left.texts - left.carried >= p.texts) return false;
    }
    for (uint32_t c = col + 1; c < sec->cols; c++)
        if (profile(x, row, c).figures) return true;
    return false;
}

/* Whether labels stand between figures on both sides, below a title that runs on from the left: "road | 5 | school | 6". */
static bool is_second_label(gk_extractor *x, uint32_t row, uint32_t col) {
    enum { LEAST = 3 };
    if (col < 2 || col + 1 >= x->table->section.cols) return false;
    gk_profile p = profile(x, row, col), left = profile(x, row, col - 1), right = profile(x, row, col + 1);
    return p.texts >= LEAST && !p.figures && left.figures > left.texts && right.figures > right.texts;
}

static void settle_role(gk_extractor *x, uint32_t row, uint32_t c, gk_column *col) {
    gk_role told = col->role;
    if (told == GK_ROLE_PROJECT && x->table->section.project == GK_NO_COLUMN) x->table->section.project = (uint16_t)c;
    if (told == GK_ROLE_GOAL && profile(x, row, c).texts) return;
    bool spread = col->depth && x->table->cells[col->path[col->depth - 1] - 1].col != c;
    if (told == GK_ROLE_PROJECT) told = GK_ROLE_LABEL;
    if (told == GK_ROLE_KEY) told = key_column(x, row, c, col);
    if (told == GK_ROLE_GROUP || told == GK_ROLE_GOAL) told = GK_ROLE_NONE;
    if (told == GK_ROLE_NONE || ((told == GK_ROLE_LABEL || told == GK_ROLE_CODE) && spread)) {
        gk_role up = GK_ROLE_NONE;
        if (col->depth > 1) up = gk_header_known(x, &x->table->cells[col->path[col->depth - 2] - 1]).role;
        told = role_by_content(x, row, c, told == GK_ROLE_NONE ? up : told);
    } else if (told == GK_ROLE_LABEL || (told == GK_ROLE_HOLDER && has_label(&x->table->section, c))) {
        gk_profile p = profile(x, row, c);
        if (p.texts < p.figures) told = role_by_content(x, row, c, told);
    }
    if (told == GK_ROLE_VALUE && is_title_of_labels(x, row, c)) told = GK_ROLE_LABEL;
    if (told == GK_ROLE_VALUE && spread && is_second_label(x, row, c)) told = GK_ROLE_LABEL;
    const gk_column *left = c ? &x->table->section.col[c - 1] : NULL;
    if (told == GK_ROLE_VALUE && left && left->role == GK_ROLE_LABEL && gk_columns_alike(col, left))
        told = role_by_content(x, row, c, GK_ROLE_LABEL);
    if (told == GK_ROLE_HOLDER) {
        gk_profile p = profile(x, row, c);
        if (p.units && p.units == p.texts) told = GK_ROLE_TARGET_UNIT; /* units of measure, not of administration */
    }
    col->role = told;
}

/* ---- sections */

static bool is_label(gk_role role) {
    return role == GK_ROLE_LABEL || role == GK_ROLE_HOLDER || role == GK_ROLE_PLAN;
}

/* What stands over the labels holds for all columns of the section (a unit, a measure). */
static void take_title(gk_extractor *x, gk_section *sec, const gk_column *col) {
    if (!is_label(col->role)) return;
    if (col->depth && x->table->cells[col->path[0] - 1].row < sec->first) return; /* it runs down from the section before */
    fill(&sec->unit, col->unit);
    fill(&sec->measure, col->measure);
    fill(&sec->kind_word, col->kind);
    if (sec->title.end == sec->title.start && col->depth) {
        const gk_tcell *c = &x->table->cells[col->path[col->depth - 1] - 1];
        gk_says says = gk_header_known(x, c);
        if (says.role == GK_ROLE_PLAN) sec->title = says.name.end > says.name.start ? says.name : c->at;
    }
}

static void link_blocks(gk_section *sec) {
    uint16_t label = GK_NO_COLUMN;
    bool named = false; /* the block has the names of projects: unknown labels behind them describe them */
    bool sorted = false; /* or what the office spends: the labels of the government behind it repeat them */
    for (uint32_t c = 0; c < sec->cols; c++) {
        gk_column *col = &sec->col[c];
        if (c == sec->project || col->names) named = true;
        else if (col->role == GK_ROLE_VALUE) named = sorted = false;
        if (col->economic && is_label(col->role)) sorted = true;
        else if (col->economic_too && sorted) named = true;
        bool known = !gk_str_eqz(col->rule, "table") && !col->sorts && !(col->economic_too && sorted);
        if (is_label(col->role) && (!named || c == sec->project || known)) label = (uint16_t)c;
        if (col->role == GK_ROLE_TARGET_UNIT && sec->unit_column == GK_NO_COLUMN) sec->unit_column = (uint16_t)c;
        if (gk_str_eqz(col->kind, "quantity")) sec->counts = true;
        col->label = label;
        col->holder = label != GK_NO_COLUMN && sec->col[label].role == GK_ROLE_HOLDER;
    }
}

/* "place | output | growth % | sales | growth %": a column that only names a rate speaks of the item on its left. */
static void share_items(gk_section *sec) {
    for (uint32_t c = 1; c < sec->cols; c++) {
        gk_column *col = &sec->col[c];
        const gk_column *left = &sec->col[c - 1];
        bool alone = col->item.end == col->item.start, named = left->item.end > left->item.start && !left->item_total;
        if (col->holder && left->holder && alone && named && gk_str_eqz(col->kind, "percentage")) col->item = left->item;
    }
}

/* Whether columns state what was planned, others what was spent. */
static bool has_money(const gk_section *sec) {
    bool planned = false, spent = false;
    for (uint32_t c = 0; c < sec->cols; c++) {
        const gk_column *col = &sec->col[c];
        if (col->role != GK_ROLE_VALUE) continue;
        planned = planned || gk_is_planned(col->measure);
        spent = spent || gk_str_eqz(col->measure, "actual");
    }
    return planned && spent;
}

/* A numbered list of projects with what was done in each is none of goals: its cells are prose. Nor is one of tasks with what
 * was planned and spent for each. */
static gk_section_kind kind_of(const gk_section *sec) {
    bool has[GK_ROLE_COUNT] = {false};
    for (uint32_t c = 0; c < sec->cols; c++) has[sec->col[c].role] = true;
    if (has[GK_ROLE_EXPECTED]) return GK_SECTION_OVERALL;
    if (has[GK_ROLE_DONE] && !has[GK_ROLE_LINE] && !has_money(sec)) return GK_SECTION_OVERALL;
    if (has[GK_ROLE_NAME] && has[GK_ROLE_LEVEL2] && has[GK_ROLE_WEIGHT] && has[GK_ROLE_SCORE]) return GK_SECTION_GOAL;
    if (has[GK_ROLE_TARGET] || (has[GK_ROLE_LEVEL1] && (has[GK_ROLE_NAME] || has[GK_ROLE_LEVEL2]))) return GK_SECTION_GOAL;
    return GK_SECTION_FACT;
}

/* "What came of the goals | goals | what was done": the first label is the title of the row, the goals are what was expected,
 * and what an indicator came to is what was done of them, as it is beside goals that are said to be expected. */
static void settle_overall(gk_section *sec) {
    uint32_t first = sec->cols, last = 0;
    bool expected = false;
    for (uint32_t c = 0; c < sec->cols; c++) {
        gk_role role = sec->col[c].role;
        if (role == GK_ROLE_LEVEL1 || role == GK_ROLE_NAME || role == GK_ROLE_TARGET) return;
        if (role == GK_ROLE_DONE && first == sec->cols) first = c;
        if (role == GK_ROLE_DONE || role == GK_ROLE_ACTUAL) last = c;
        expected = expected || role == GK_ROLE_EXPECTED;
    }
    for (uint32_t c = 0; expected && c < sec->cols; c++)
        if (sec->col[c].role == GK_ROLE_ACTUAL) sec->col[c].role = GK_ROLE_DONE;
    if (expected || first == sec->cols) return;
    for (uint32_t c = 0; c < sec->cols; c++) {
        gk_column *col = &sec->col[c];
        bool title = col->role == GK_ROLE_DONE && c < last && !gk_columns_alike(col, &sec->col[last]);
        if (title) col->role = GK_ROLE_NONE;
        if (col->role == GK_ROLE_GOAL && c < last) col->role = GK_ROLE_EXPECTED;
        if (col->role == GK_ROLE_ACTUAL) col->role = GK_ROLE_DONE;
    }
}

/* "Central | local | sum | spent | rate of execution": money before what was spent of it, where a rate compares the two and no
 * column is said to be planned, is what was planned. */
static void settle_sources(const gk_extractor *x, gk_section *sec) {
    uint32_t spent = sec->cols, rate = sec->cols;
    for (uint32_t c = 0; c < sec->cols; c++) {
        const gk_column *col = &sec->col[c];
        if (gk_is_planned(col->measure)) return;
        if (spent == sec->cols && gk_str_eqz(col->measure, "actual")) spent = c;
        if (rate == sec->cols && gk_str_eqz(col->measure, "execution_rate")) rate = c;
    }
    if (rate == sec->cols || spent > rate) return;
    for (uint32_t c = 0; c < spent; c++) {
        gk_column *col = &sec->col[c];
        bool open = col->role == GK_ROLE_VALUE && !col->measure.len && !col->kind.len;
        if (open) col->measure = gk_context_measure(x, GK_STR("budget"));
    }
}

static gk_section *new_section(gk_extractor *x) {
    struct gk_table_state *s = x->table;
    gk_section *sec = &s->section;
    memset(sec, 0, sizeof *sec);
    gk_arena_reset(&s->kept);
    sec->cols = s->t->cols;
    sec->project = sec->unit_column = GK_NO_COLUMN;
    sec->col = gk_arena_zero(&s->kept, (sec->cols + 1) * sizeof *sec->col);
    s->carry = s->carry_year = GK_STR_NONE;
    return sec;
}

/* Funding rows of a performance table: the columns are told apart by project. */
static void name_project(gk_extractor *x, gk_section *sec) {
    if (!x->table->performance || sec->kind != GK_SECTION_FACT || sec->title.end > sec->title.start) return;
    gk_str project = gk_goal_project(x);
    sec->by_project = true;
    for (uint32_t c = 0; c < sec->cols; c++) {
        bool same = c && gk_columns_alike(&sec->col[c], &sec->col[c - 1]);
        if (same) sec->col[c].text = sec->col[c - 1].text;
        else sec->col[c].text = GK_JOIN(&x->out->arena, project, GK_STR("/"), sec->col[c].text);
    }
}

/* The names of indicators are the labels of a table that has no targets. */
static void name_rows(gk_section *sec) {
    for (uint32_t c = 0; c < sec->cols; c++)
        if (sec->col[c].role == GK_ROLE_NAME) sec->col[c].role = GK_ROLE_LABEL;
}

/* Levels hold for one section; below a header repeated on the next page they go on, the row above does not. */
static void clear_goals(struct gk_table_state *s) {
    bool kept = s->goal_kept && s->section.first == 0 && s->section.kind == GK_SECTION_GOAL;
    for (size_t i = 0; i < GK_GOAL_BLOCKS; i++) {
        gk_goal_row *g = &s->goal[i];
        *g = kept ? (gk_goal_row){.level1 = g->level1, .level2 = g->level2} : (gk_goal_row){0};
    }
    s->goal_kept = false;
}

/* Columns under one label share what it means, and its text: a label over thousands of columns is printed once. */
static void finish(gk_extractor *x, gk_section *sec, uint32_t data) {
    gk_column shared = {0};
    x->table->profile_end = look_end(x, data);
    x->table->profile = gk_arena_zero(&x->table->arena, (sec->cols + 1) * sizeof *x->table->profile);
    for (uint32_t c = 0; c < sec->cols; c++) {
        gk_column *col = &sec->col[c];
        if (c && gk_columns_alike(col, &shared)) *col = shared;
        else {
            column_meaning(x, col);
            col->text = path_text(x, col);
            shared = *col;
        }
        settle_role(x, data, c, col);
        take_title(x, sec, col);
    }
    settle_overall(sec);
    settle_sources(x, sec);
    sec->kind = kind_of(sec);
    if (sec->kind == GK_SECTION_FACT) name_rows(sec);
    link_blocks(sec);
    share_items(sec);
    clear_goals(x->table);
    name_project(x, sec);
}

void gk_section_open(gk_extractor *x, uint32_t row, uint32_t count) {
    struct gk_table_state *s = x->table;
    for (uint32_t r = row + count - 1; r > row; r--)
        if (r - 1 > row || !gk_grid_is_placed(s, row, r)) gk_grid_realign(x, r - 1, r);
    gk_section *sec = new_section(x);
    sec->first = row;
    uint32_t *up = NULL;
    for (uint32_t r = row; r < row + count; r++) {
        uint32_t *cover = gk_arena_zero(&s->arena, (sec->cols + 1) * sizeof *cover);
        cover_row(x, r, up, cover);
        for (uint32_t c = 0; c < sec->cols; c++) {
            add_path(&sec->col[c], cover[c]);
            if (!cover[c] && up) cover[c] = up[c];
        }
        up = cover;
    }
    finish(x, sec, row + count);
}

void gk_section_plain(gk_extractor *x, uint32_t row) { finish(x, new_section(x), row); }
