/* Facts: a figure cell and what its row and its column say of it, as one record. */
#include "extract/table.h"

typedef struct gk_meaning {
    gk_number_kind kind;
    gk_str measure, unit;
    int power; /* the printed figure times 10^power is the value in yuan or in the unit */
    int year;
} gk_meaning;

static bool is_rate(gk_str measure) {
    return gk_str_eqz(measure, "change_rate") || gk_str_eqz(measure, "share") || gk_str_eqz(measure, "execution_rate") ||
           gk_str_eqz(measure, "rate");
}

static bool is_plain(gk_str measure) {
    return !measure.len || gk_is_planned(measure) || gk_str_eqz(measure, "actual");
}

/* ---- unit */

static int small_int(gk_str s) {
    int v = 0;
    for (size_t i = 0; i < s.len && i < 3 && s.ptr[i] >= '0' && s.ptr[i] <= '9'; i++) v = v * 10 + (s.ptr[i] - '0');
    return v;
}

/* The money unit that holds here: of the caption, else the last one of the document, else ten thousand yuan, which is
 * the unit of nearly all tables of the genre. */
static int money_unit(gk_extractor *x) {
    struct gk_table_state *s = x->table;
    if (x->now.unit != GK_UNIT_UNKNOWN) return s->last_unit = x->now.unit;
    return s->last_unit != GK_UNIT_UNKNOWN ? s->last_unit : 4;
}

static void apply_unit(gk_extractor *x, gk_str unit, gk_meaning *m) {
    const gk_map *money = x->maps.money_units;
    gk_str power = money ? gk_map_get(money, unit) : GK_STR_NONE;
    m->unit = unit;
    if (power.ptr) {
        m->kind = GK_NUMBER_AMOUNT;
        m->power = small_int(power);
    } else if (gk_str_eqz(unit, "%")) m->kind = GK_NUMBER_PERCENT;
    else {
        const gk_map *scales = x->maps.scales;
        size_t scale = scales ? gk_map_prefix(scales, unit, &power) : 0;
        m->kind = GK_NUMBER_QUANTITY;
        m->power = scale < unit.len ? small_int(power) : 0;
        if (scale < unit.len) m->unit = gk_str_slice(unit, scale, unit.len);
    }
}

static bool is_money(gk_extractor *x, gk_str unit) {
    const gk_map *money = x->maps.money_units;
    return money && unit.len && gk_map_get(money, unit).ptr;
}

/* The unit printed in a column of units holds for counts, and for figures that nothing else calls money; that of a label
 * ("rooms (m2)") for all but what a column of money beside one of counts says they are worth. */
static bool takes_row_unit(gk_extractor *x, const gk_column *col, gk_str unit) {
    if (x->table->section.counts && gk_str_eqz(col->kind, "amount") && !is_money(x, unit)) return false;
    if (x->table->section.unit_column == GK_NO_COLUMN || gk_str_eqz(col->kind, "quantity")) return true;
    if (x->table->section.counts && !is_money(x, unit)) return false;
    return is_money(x, unit) || (!gk_str_eqz(col->measure, "other") && !gk_str_eqz(col->kind, "amount"));
}

static void find_kind(gk_extractor *x, const gk_column *col, const gk_says *label, bool percent, gk_meaning *m) {
    const gk_section *sec = &x->table->section;
    gk_str unit = col->unit;
    static const gk_says silent = {0};
    if (gk_str_eqz(label->mode, "implied") && gk_str_eqz(col->kind, "amount")) label = &silent;
    if (!unit.len && takes_row_unit(x, col, label->unit)) unit = label->unit;
    gk_str kind = col->kind.len ? col->kind : label->kind.len ? label->kind : GK_STR_NONE;
    bool rated = is_rate(col->measure) || gk_str_eqz(kind, "percentage");
    m->kind = GK_NUMBER_AMOUNT;
    m->power = money_unit(x);
    if (percent || rated) unit = GK_STR("%");
    else if (!unit.len && !kind.len) unit = sec->unit, kind = sec->kind_word;
    else if (!unit.len && gk_str_eqz(kind, "amount") && is_money(x, sec->unit)) unit = sec->unit;
    if (!unit.len && gk_str_eqz(kind, "percentage")) unit = GK_STR("%");
    if (unit.len) apply_unit(x, unit, m);
    else if (gk_str_eqz(kind, "quantity")) m->kind = GK_NUMBER_QUANTITY, m->unit = GK_STR_NONE, m->power = 0;
    if (m->kind == GK_NUMBER_AMOUNT) m->unit = GK_STR("CNY");
}

/* ---- measure */

static gk_str amount_measure(gk_extractor *x, const gk_column *col, gk_str label) {
    const struct gk_table_state *s = x->table;
    bool stock = gk_str_eqz(label, "balance") && !s->section.by_project;
    if (s->label_force == GK_LABEL_WEAK && col->measure.len) stock = false; /* debts of a column of what was borrowed */
    if ((stock || s->label_force == GK_LABEL_STRONG) && is_plain(col->measure)) return label;
    bool own = col->weak && label.len && s->label_force != GK_LABEL_WEAK; /* a ceiling in a column of general debts */
    if (col->measure.len && !is_rate(col->measure) && !own) return col->measure;
    if (label.len && !is_rate(label)) return label;
    if (s->section.measure.len && !is_rate(s->section.measure)) return s->section.measure;
    if (s->caption_measure.len) return s->caption_measure;
    if (x->now.measure.len) return x->now.measure;
    return s->measure.len && is_plain(s->measure) ? s->measure : GK_STR("other"); /* taxes in a report of no stage */
}

static void find_measure(gk_extractor *x, const gk_column *col, gk_str label, gk_meaning *m) {
    gk_str title = x->table->section.measure;
    if (m->kind == GK_NUMBER_AMOUNT) m->measure = amount_measure(x, col, label);
    else if (m->kind == GK_NUMBER_PERCENT)
        m->measure = is_rate(col->measure) ? col->measure : gk_str_eqz(col->measure, "change") ? GK_STR("change_rate")
                     : is_rate(label)      ? label
                     : is_rate(title)      ? title
                                           : GK_STR("rate");
    else m->measure = gk_str_eqz(col->measure, "change") || gk_str_eqz(col->measure, "target") ? col->measure : GK_STR("count");
}

/* The cells of a row mostly share their label. */
static gk_str measure_of(gk_extractor *x, gk_range subject) {
    struct gk_table_state *s = x->table;
    bool same = subject.start == s->measure_at.start && subject.end == s->measure_at.end && subject.start < subject.end;
    if (!same || x->trace) {
        s->measure = gk_label_measure(x, subject, &s->force);
        s->measure_at = subject;
    }
    s->label_force = s->force;
    return s->measure;
}

/* What the label rules say of a row label, and the force of that beside the column (label_force); a label that carries
 * gives its measure to the FUND rows below it. */
static gk_str label_measure(gk_extractor *x, gk_range subject, const gk_says *label) {
    struct gk_table_state *s = x->table;
    s->label_force = GK_LABEL_PLAIN;
    if (label->role == GK_ROLE_FUND && s->carry.len) return s->carry;
    gk_str said = measure_of(x, subject);
    if (!is_plain(said)) return said; /* plain figures are what the column or the report says */
    if (label->measure.len) s->label_force = GK_LABEL_PLAIN;
    return label->measure;
}

static int find_year(gk_extractor *x, const gk_column *col, const gk_says *label) {
    int year = col->year.len ? gk_context_year(x, col->year) : 0;
    if (!year && label->year.len) year = gk_context_year(x, label->year);
    if (!year) year = x->table->year;
    return year ? year : x->now.year;
}

static gk_meaning mean(gk_extractor *x, const gk_column *col, gk_range subject, const gk_says *label, bool percent) {
    gk_meaning m = {.year = find_year(x, col, label)};
    find_kind(x, col, label, percent, &m);
    find_measure(x, col, label_measure(x, subject, label), &m);
    return m;
}

/* ---- records */

/* Where the items stand in the header, the unit or place of the row is named before the column. */
static gk_str column_text(gk_extractor *x, const gk_column *col) {
    gk_str holder = x->table->holder;
    if (!holder.len) return col->text;
    return GK_JOIN(&x->out->arena, holder, GK_STR("/"), col->text);
}

/* The cells of a row mostly share their subject. */
static gk_str printed_subject(gk_extractor *x, gk_range at) {
    struct gk_table_state *s = x->table;
    if (at.start != s->subject_at.start || at.end != s->subject_at.end) {
        s->subject = gk_printed(x, at);
        s->subject_at = at;
    }
    return s->subject;
}

/* What the header says that a change, a rate or a share is compared with. Figures are executed of what was planned for
 * their own year. */
static void put_base(gk_extractor *x, gk_record *r, const gk_meaning *m, const gk_column *col) {
    bool executed = gk_str_eqz(m->measure, "execution_rate"), share = gk_str_eqz(m->measure, "share");
    if (share) gk_set_against(x, r, GK_STR_NONE, 0, col->whole);
    if (!executed && !gk_is_change(m->measure)) return;
    gk_str measure = x->maps.bases && col->base.len ? gk_map_get(x->maps.bases, col->base) : GK_STR_NONE;
    int year = col->base_year.len ? gk_context_year_from(x, col->base_year, m->year) : executed && measure.len ? m->year : 0;
    gk_set_against(x, r, measure, year, GK_STR_NONE);
}

static void emit(gk_extractor *x, gk_number *n, const gk_meaning *m, const gk_column *col, gk_range subject, gk_str code) {
    if (n->kind == GK_NUMBER_BARE) {
        n->kind = m->kind;
        n->unit = m->unit;
        if (m->kind != GK_NUMBER_PERCENT) gk_decimal_shift(&n->value, n->power = m->power);
    }
    if (col->falls && !n->value.negative && gk_is_change(m->measure)) gk_decimal_negate(&n->value);
    gk_record *r = gk_new_mention(x, n, col->rule, "table");
    bool whole = col->item_total && x->table->whole.len && subject.start == col->item.start && subject.end == col->item.end;
    if (whole) r->field[GK_F_SUBJECT] = x->table->whole;
    else if (subject.end > subject.start) r->field[GK_F_SUBJECT] = printed_subject(x, subject);
    r->field[GK_F_MEASURE] = m->measure;
    r->field[GK_F_CODE] = code;
    r->field[GK_F_COLUMN] = column_text(x, col);
    if (!r->field[GK_F_TABLE].len) r->field[GK_F_TABLE] = x->now.caption;
    gk_set_year(x, r, m->year);
    if (col->base.len || col->base_year.len || col->whole.len) put_base(x, r, m, col);
    if (x->trace)
        x->trace(x->trace_user, r->span, "row", col->rule, "won", gk_view_text(x, subject.start, subject.end));
}

static gk_range strip_colon(gk_extractor *x, gk_range at) {
    while (at.end > at.start && strchr(":,;= ", x->view->text.ptr[at.end - 1])) at.end--;
    while (at.end > at.start && strchr(":,;= ", x->view->text.ptr[at.start])) at.start++;
    return at;
}

/* "其中: 一般公共预算: 1429.68": the label stands in the cell itself. */
static gk_range label_inside(gk_extractor *x, gk_range text) {
    text = strip_colon(x, text);
    if (text.end - text.start < 6) return (gk_range){text.start, text.start};
    return strip_colon(x, gk_subject_trim(x, text));
}

static void read_text_cell(gk_extractor *x, const gk_tcell *c, const gk_column *col, gk_range subject, const gk_says *label,
                           gk_str code) {
    struct gk_table_state *s = x->table;
    if (c->at.end - c->at.start > GK_LABEL_BYTES) {
        gk_prose_read(x, c->at, "table");
        return;
    }
    s->numbers.len = 0;
    gk_numbers_scan(x, c->at, &s->numbers);
    gk_numbers_account(x, &s->numbers);
    uint32_t from = c->at.start;
    for (size_t i = 0; i < s->numbers.len; i++) {
        gk_number n = s->numbers.at[i];
        gk_range own = label_inside(x, (gk_range){from, n.whole.start});
        from = n.whole.end;
        if (n.kind == GK_NUMBER_EXCLUDED) continue;
        gk_range named = own.end > own.start ? own : subject;
        gk_meaning m = mean(x, col, named, label, n.kind == GK_NUMBER_PERCENT);
        if (n.kind != GK_NUMBER_BARE) m.kind = n.kind;
        find_measure(x, col, label_measure(x, named, label), &m);
        emit(x, &n, &m, col, named, code);
    }
}

void gk_fact_cell(gk_extractor *x, const gk_tcell *c, const gk_column *col, gk_range subject, gk_says label, gk_str code) {
    if (c->shape == GK_SHAPE_TEXT) {
        if (gk_account_open(x, c->at)) read_text_cell(x, c, col, subject, &label, code);
        return;
    }
    gk_number n;
    if ((c->shape != GK_SHAPE_NUMBER && c->shape != GK_SHAPE_PERCENT) || !gk_cell_number(x, c, &n)) return;
    gk_meaning m = mean(x, col, subject, &label, c->shape == GK_SHAPE_PERCENT);
    emit(x, &n, &m, col, subject, code);
}

/* ---- rows */

static bool names_rows(gk_role role) {
    return role == GK_ROLE_LABEL || role == GK_ROLE_HOLDER || role == GK_ROLE_PLAN || role == GK_ROLE_CODE ||
           role == GK_ROLE_LINE;
}

static bool holds_figures(gk_role role) {
    return role == GK_ROLE_VALUE || role == GK_ROLE_PERIOD || role == GK_ROLE_SIDE || role == GK_ROLE_NONE;
}

/* The label of a row in the block whose label column is `col`: the nearest text on the left within its label columns. */
static const gk_tcell *label_at(const struct gk_table_state *s, uint32_t row, uint16_t col) {
    for (uint32_t c = (uint32_t)col + 1; c > 0 && names_rows(s->section.col[c - 1].role); c--) {
        const gk_tcell *cell = gk_grid_at(s, row, c - 1);
        if (cell && cell->shape == GK_SHAPE_TEXT) return cell;
    }
    return NULL;
}

/* A total at the foot of a block may be printed with its label in the block on the left and its figure at the far right:
 * taken where nothing stands between. */
static const gk_tcell *label_far_left(const struct gk_table_state *s, uint32_t row, uint32_t col) {
    for (uint32_t c = col; c > 0; c--) {
        const gk_tcell *cell = gk_grid_at(s, row, c - 1);
        if (!cell) continue;
        return cell->shape == GK_SHAPE_TEXT && names_rows(s->section.col[c - 1].role) ? cell : NULL;
    }
    return NULL;
}

enum { CODE_LEAST = 3 }; /* digits: the class alone; fewer are a part of a code whose rest is not there */

/* The code in some columns of a row: one cell, or class, group and item in three cells that are read as one. Digits in even
 * number are those of units or places. */
static gk_str code_in(gk_extractor *x, uint32_t row, uint32_t first, uint32_t last) {
    const struct gk_table_state *s = x->table;
    gk_str code = GK_STR_NONE;
    for (uint32_t c = first; c <= last; c++) {
        if (s->section.col[c].role != GK_ROLE_CODE) continue;
        const gk_tcell *cell = gk_grid_at(s, row, c);
        if (!cell || cell->shape != GK_SHAPE_NUMBER) continue;
        gk_str part = gk_view_text(x, cell->at.start, cell->at.end);
        if (part.len > CODE_LEAST && part.len % 2 == 0) continue;
        code = code.len && part.len == 2 ? GK_JOIN(&x->out->arena, code, part) : part;
    }
    return code.len >= CODE_LEAST ? gk_arena_dup(&x->out->arena, code) : GK_STR_NONE;
}

/* The code printed beside a label: before it, or right behind it. */
static gk_str code_at(gk_extractor *x, uint32_t row, uint16_t label) {
    const struct gk_table_state *s = x->table;
    uint32_t first = label, last = label;
    while (first > 0 && names_rows(s->section.col[first - 1].role)) first--;
    gk_str code = code_in(x, row, first, label);
    if (code.len || s->section.col[label].role != GK_ROLE_LABEL) return code;
    while (last + 1 < s->section.cols && s->section.col[last + 1].role == GK_ROLE_CODE) last++;
    return code_in(x, row, label, last);
}

typedef struct gk_row_label {
    uint16_t column;   /* the label column it belongs to */
    gk_range subject;
    gk_says says;
    gk_str code;
    bool empty;        /* no label in this row */
} gk_row_label;

static void carry_on(struct gk_table_state *s, gk_extractor *x, const gk_row_label *l) {
    if (l->empty || l->says.role == GK_ROLE_FUND) return;
    gk_column *col = &s->section.col[l->column];
    s->carry = s->carry_year = GK_STR_NONE;
    if (l->says.carry.len) {
        s->carry = label_measure(x, l->subject, &l->says);
        s->carry_year = l->says.year;
    }
    col->carry = s->carry;
    col->carry_year = s->carry_year;
}

/* Whether a label ends with a colon: what stands behind it says what it is. */
static bool ends_with_colon(const gk_extractor *x, const gk_tcell *label) {
    return label->at.end > label->at.start && x->view->text.ptr[label->at.end - 1] == ':';
}

/* A label merged downward over several rows names none of them, nor does one with a colon ("sources:"): where the row has a
 * label of its own between it and the first figures, that one speaks. */
static const gk_tcell *own_label(gk_extractor *x, uint32_t row, uint16_t column, const gk_tcell *merged) {
    const struct gk_table_state *s = x->table;
    bool colon = ends_with_colon(x, merged);
    if (merged->row == row && gk_grid_at(s, row + 1, column) != merged && !colon) return merged;
    const gk_tcell *own = merged;
    for (uint32_t c = (uint32_t)column + 1; c < s->section.cols; c++) {
        const gk_tcell *cell = gk_grid_at(s, row, c);
        gk_role role = s->section.col[c].role;
        bool note = colon && role == GK_ROLE_NOTE;
        if (role != GK_ROLE_NONE && !names_rows(role) && !note) break;
        if (!cell || cell == merged) continue;
        if (cell->shape != GK_SHAPE_TEXT) break;
        if (cell->row == row && !gk_str_eqz(gk_header_known(x, cell).mode, "bare")) own = cell;
    }
    return own;
}

/* The money unit that a label of labels tells ("项目资金(元)", merged over this row and others), where the row's own tells
 * none. */
static gk_str unit_on_left(gk_extractor *x, uint32_t row, const gk_tcell *label) {
    const struct gk_table_state *s = x->table;
    const gk_tcell *right = label;
    for (uint32_t c = label->col; c > 0; c--) {
        const gk_tcell *left = gk_grid_at(s, row, c - 1);
        if (!left || left == right) continue;
        bool over = left->shape == GK_SHAPE_TEXT && right->shape == GK_SHAPE_TEXT;
        gk_str unit = over ? gk_label_says_of(x, GK_SCOPE_ROW, left->at)->unit : GK_STR_NONE;
        if (is_money(x, unit)) return unit;
        right = left;
    }
    return GK_STR_NONE;
}

static gk_row_label read_label(gk_extractor *x, uint32_t row, uint16_t column) {
    struct gk_table_state *s = x->table;
    gk_row_label l = {.column = column, .empty = true};
    if (column == GK_NO_COLUMN) return l;
    s->carry = s->section.col[column].carry;
    s->carry_year = s->section.col[column].carry_year;
    const gk_tcell *cell = label_at(s, row, column);
    if (cell && cell->col && cell->row == row && gk_str_eqz(gk_header_says(x, cell)->mode, "total")) {
        const gk_tcell *whole = label_at(s, row, (uint16_t)(cell->col - 1)); /* a subtotal of the label before it */
        if (whole && whole->row > s->section.first) cell = whole; /* which is no header merged downward */
    }
    l.code = code_at(x, row, column);
    if (!cell) return l;
    const gk_tcell *over = cell;
    cell = own_label(x, row, column, cell);
    l.empty = false;
    l.says = gk_label_known(x, GK_SCOPE_ROW, cell->at);
    if (over != cell && !l.says.unit.len) l.says.unit = gk_label_says_of(x, GK_SCOPE_ROW, over->at)->unit;
    if (!l.says.unit.len) l.says.unit = unit_on_left(x, row, cell);
    const gk_says *header = gk_header_says(x, cell);
    if (gk_str_eqz(header->mode, "bare")) {
        l.empty = true;
        if (!l.says.measure.len) l.says.measure = header->measure;
        if (!l.says.year.len) l.says.year = header->year;
    }
    if (l.says.role == GK_ROLE_FUND && !l.says.year.len) l.says.year = s->carry_year;
    gk_range named = l.says.name.end > l.says.name.start ? l.says.name : cell->at;
    l.subject = gk_label_head(x, named, gk_label_item(x, cell->at), l.code.len > 0);
    const gk_tcell *unit = s->section.unit_column == GK_NO_COLUMN ? NULL : gk_grid_at(s, row, s->section.unit_column);
    if (unit && unit->shape == GK_SHAPE_TEXT) l.says.unit = gk_view_text(x, unit->at.start, unit->at.end);
    if (!l.code.len && l.says.code.len) l.code = gk_arena_dup(&x->out->arena, l.says.code);
    carry_on(s, x, &l);
    return l;
}

/* A row below a header of places whose label is a kind of money (bonds, a stock) is an item all the same. */
static bool is_place(gk_extractor *x, const gk_row_label *l) {
    gk_match m;
    return l->says.role != GK_ROLE_FUND || !gk_label_says(x, l->subject, &m);
}

static gk_range subject_of(gk_extractor *x, const gk_row_label *l, uint32_t row, uint32_t c, const gk_column *col) {
    const struct gk_table_state *s = x->table;
    bool item = col->item.end > col->item.start;
    bool held = col->holder && item && !col->item_total;
    if (!l->empty && !(held && is_place(x, l))) return l->subject;
    if (l->column != GK_NO_COLUMN && l->empty && l->subject.end == l->subject.start) {
        const gk_tcell *left = label_far_left(s, row, c);
        if (left) return gk_label_item(x, left->at);
    }
    if (item && !(col->item_total && s->section.title.end > s->section.title.start)) return col->item;
    if (s->section.title.end > s->section.title.start) return gk_label_item(x, s->section.title);
    return l->subject;
}

/* The label of a figure below the label of a side ("by kinds:"): the text in the cell before it. */
static gk_range side_label(gk_extractor *x, uint32_t row, uint32_t c) {
    const struct gk_table_state *s = x->table;
    const gk_tcell *left = c ? gk_grid_origin(s, row, c - 1) : NULL;
    bool text = left && left->shape == GK_SHAPE_TEXT && ends_with_colon(x, left);
    return text ? label_inside(x, left->at) : (gk_range){0, 0};
}

static void account_other(gk_extractor *x, const gk_tcell *c, const gk_column *col) {
    if (col->role == GK_ROLE_CODE) gk_account_exclude(x, c->at, GK_STR("code"), col->rule);
    else if (col->role == GK_ROLE_LINE)
        gk_account_exclude(x, c->at, col->class.len ? col->class : GK_STR("line"), col->rule);
    else if (col->role == GK_ROLE_NOTE && col->class.len) gk_account_exclude(x, c->at, col->class, col->rule);
    else if (col->role == GK_ROLE_PAGE) gk_account_exclude(x, c->at, GK_STR("page"), col->rule);
    else if (col->role == GK_ROLE_WEIGHT || col->role == GK_ROLE_SCORE)
        gk_account_exclude(x, c->at, GK_STR("score"), col->rule);
}

/* A remark that nothing else took. What is remarked of performance tells of targets and scores. */
static bool reads_remark(gk_extractor *x, const gk_tcell *c, const gk_column *col) {
    if (!col->remarks || col->role != GK_ROLE_NOTE || c->shape != GK_SHAPE_TEXT || x->table->performance) return false;
    return gk_account_open(x, c->at);
}

/* "Bridges | 5 | 4 | without the grant a rise of 3.7%": the remark goes on about the label of its row. */
static void read_remark(gk_extractor *x, uint32_t row, const gk_tcell *c, const gk_column *col, gk_row_label *label) {
    if (label->column != col->label) *label = read_label(x, row, col->label);
    gk_prose_read_about(x, c->at, "table", label->empty ? (gk_range){0, 0} : label->subject);
}

void gk_fact_row(gk_extractor *x, uint32_t row) {
    struct gk_table_state *s = x->table;
    gk_row_label label = {.column = GK_NO_COLUMN - 1};
    for (uint32_t c = 0; c < s->section.cols; c++) {
        const gk_column *col = &s->section.col[c];
        const gk_tcell *cell = gk_grid_origin(s, row, c);
        if (!cell) continue;
        if (!holds_figures(col->role)) {
            bool own = col->role == GK_ROLE_CODE || col->role == GK_ROLE_PAGE;
            bool goal = col->role == GK_ROLE_GOAL && s->performance && cell->shape == GK_SHAPE_TEXT;
            if (goal && gk_header_says(x, cell)->role == GK_ROLE_NONE) gk_goal_overall(x, cell->at, (gk_range){0, 0});
            else if (reads_remark(x, cell, col)) read_remark(x, row, cell, col, &label);
            else if (cell->shape != GK_SHAPE_TEXT || own) account_other(x, cell, col);
            continue;
        }
        if (label.column != col->label) label = read_label(x, row, col->label);
        gk_range subject = subject_of(x, &label, row, c, col), side = {0, 0};
        if (col->role == GK_ROLE_SIDE && cell->shape == GK_SHAPE_NUMBER) side = side_label(x, row, c);
        if (side.end > side.start) subject = side;
        if (!col->depth && subject.end == subject.start && cell->integer && cell->at.end - cell->at.start <= 3) {
            gk_account_exclude(x, cell->at, GK_STR("page"), GK_STR("table")); /* neither label nor header: a list of pages */
            continue;
        }
        bool held = col->holder && !label.empty && subject.start != label.subject.start;
        bool titled = label.empty && label.column != GK_NO_COLUMN && s->section.unit.len;
        bool headed = titled && subject.start == col->item.start;
        s->holder = GK_STR_NONE;
        if (held) s->holder = gk_printed(x, label.subject);
        else if (headed) s->holder = s->section.col[label.column].text;
        gk_fact_cell(x, cell, col, subject, label.says, label.code);
        s->holder = GK_STR_NONE;
    }
    s->section.rows++;
}
