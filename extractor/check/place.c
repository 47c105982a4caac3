#include "check/place.h"

#include <stdlib.h>

#include "check/grid.h"

/* Changes, loans and fees are no key figures, but that the prose tells the changes of some of them (may_change). */
static bool may_be_key(const gk_brief *b) { return b->class != 'c' && b->class != 'o'; }

/* Whether the changes of a key figure are compared as well: of both sides of one budget. */
static bool may_change(gk_checker *c, uint16_t key) {
    gk_str name = gk_name_text(c, key);
    return gk_map_prefix(c->maps.changing, name, NULL) == name.len;
}

/* The figures of a table are read one behind the other. */
static uint32_t table_of(const gk_checker *c, const gk_cell *cell, uint32_t last) {
    const gk_table *t = last < c->doc->tables.len ? &c->doc->tables.at[last] : NULL;
    uint32_t index = (uint32_t)(cell - c->doc->cells.at);
    if (t && index >= t->first_cell && index - t->first_cell < t->cell_count) return last;
    return (uint32_t)(gk_table_of(c, cell) - c->doc->tables.at);
}

static uint8_t part_of(const gk_record *r, const gk_label *row) {
    return r->field[GK_F_CODE].len ? GK_PART_CODED : row->total ? GK_PART_TOTAL : GK_PART_NONE;
}

static bool is_there(gk_str a, gk_str b) { return a.ptr == b.ptr && a.len == b.len; }

/* The cells of a table mostly share its caption, and the figures of a section its path. */
static uint16_t form_of(gk_reading *at, const gk_record *r) {
    gk_str caption = r->field[GK_F_TABLE];
    if (!caption.len) return GK_NO_NAME;
    if (is_there(caption, at->caption)) return at->form;
    at->caption = caption;
    return at->form = gk_label_name(at->c, gk_label_of(at->c, caption), GK_LABEL_TABLE);
}

static uint16_t heading_of(gk_reading *at, const gk_record *r) {
    gk_str section = r->field[GK_F_SECTION];
    if (section.ptr && is_there(section, at->section)) return at->heading;
    at->section = section;
    return at->heading = gk_label_heading(at->c, gk_label_of(at->c, section));
}

static void add_cell(gk_reading *at, uint32_t i, const gk_record *r, const gk_sight *s) {
    gk_checker *c = at->c;
    const gk_brief *b = &c->briefs.at[i];
    const gk_cell *cell = gk_cell_seen(c, s);
    gk_label *path = gk_label_of(c, r->field[GK_F_COLUMN]);
    if (!r->field[GK_F_COLUMN].len) *gk_vec_push(&c->flat) = i;
    if (!cell || path->percent) return; /* a rate in the table's unit */
    gk_label *row = gk_reading_label(at, r->field[GK_F_SUBJECT]);
    uint32_t last = at->table;
    gk_place *p = gk_vec_push(&c->places);
    p->record = i, p->row = cell->row, p->col = cell->col & 0xFFFFFF;
    p->part = part_of(r, row);
    p->table = at->table = table_of(c, cell, last);
    at->sorted = at->sorted && (last == GK_NO_TABLE || last <= p->table);
    p->label = gk_label_name(c, row, GK_LABEL_ROW);
    p->caption = form_of(at, r);
    p->header = gk_label_name(c, path, GK_LABEL_COLUMN);
    p->context = b->measure_key * 31 + b->year_key;
    p->column = path->key * 31 + p->context;
    p->key = GK_NO_NAME, p->item = 0;
    if (may_be_key(b)) gk_place_key(c, p, p->caption, gk_label_name(c, path, GK_LABEL_UNDER), row, &at->stack);
}

/* The form that a row of this name is of wherever it is told; GK_NO_NAME: it is told of several. */
static uint16_t form_told(gk_checker *c, uint32_t row) {
    gk_str form = gk_map_get(c->maps.told_rows, gk_name_text(c, row));
    return form.len ? (uint16_t)gk_name_number(c, form) : GK_NO_NAME;
}

static void add_prose(gk_reading *at, uint32_t i, const gk_record *r) {
    gk_checker *c = at->c;
    const gk_brief *b = &c->briefs.at[i];
    gk_label *row = gk_reading_label(at, gk_told_subject(r));
    gk_place *p = gk_vec_push(&c->told);
    p->record = i, p->table = GK_NO_TABLE, p->row = 0, p->col = 0, p->column = 0;
    p->label = gk_label_name(c, row, GK_LABEL_ROW), p->header = GK_NO_NAME, p->caption = at->text;
    p->part = part_of(r, row);
    p->context = b->measure_key * 31 + b->year_key;
    p->key = GK_NO_NAME, p->item = 0;
    bool change = b->class == 'c';
    uint16_t heading = change || may_be_key(b) ? heading_of(at, r) : GK_NO_NAME;
    bool alone = may_be_key(b) && at->office && !heading && p->label && !r->field[GK_F_SECTION].len;
    if (alone) heading = form_told(c, p->label);
    if (change ? heading && p->label : may_be_key(b)) gk_place_key(c, p, heading, GK_NO_NAME, row, &at->stack);
    if (change && p->key && !may_change(c, p->key)) p->key = GK_NO_NAME;
    if (!p->label && !p->key) c->told.len--;
}

static int by_table(const void *a, const void *b) {
    const gk_place *p = a, *q = b;
    if (p->table != q->table) return p->table < q->table ? -1 : 1;
    return (p->record > q->record) - (p->record < q->record);
}

gk_reading gk_places_open(gk_checker *c) {
    gk_labels_tidy(c);
    c->places.len = c->told.len = c->flat.len = 0;
    c->steps += c->records;
    gk_str report = gk_get(&c->out->document, GK_F_REPORT), title = gk_get(&c->out->document, GK_F_TITLE);
    size_t len;
    bool costs = gk_str_eqz(report, "three_public") && title.len;
    costs = costs && gk_map_find(c->maps.summaries, title, 0, &len, NULL) == SIZE_MAX;
    return (gk_reading){.c = c,
                        .sorted = true,
                        .office = costs || gk_str_eqz(report, "budget") || gk_str_eqz(report, "final_account"),
                        .table = GK_NO_TABLE,
                        .text = gk_label_name(c, gk_label_of(c, GK_STR("text")), GK_LABEL_TABLE)};
}

void gk_place_add(gk_reading *at, uint32_t i, const gk_record *r, const gk_sight *s) {
    if (at->c->briefs.at[i].where == GK_IN_TABLE) add_cell(at, i, r, s);
    else if (!at->c->figures.at[i].vague) add_prose(at, i, r);
}

void gk_places_close(gk_reading *at) {
    gk_checker *c = at->c;
    /* The records mostly come in the order of the tables. */
    if (!at->sorted) qsort(c->places.at, c->places.len, sizeof *c->places.at, by_table);
    gk_items_complete(c);
    gk_vec_room(&c->places, c->told.len);
    if (c->told.len) memcpy(c->places.at + c->places.len, c->told.at, c->told.len * sizeof *c->told.at);
    c->places.len += c->told.len;
    gk_vec_free(&at->stack);
}

void gk_places_judge(gk_checker *c, const gk_relation *r, const gk_place *const *term, size_t count, gk_interval expected,
                     gk_fixed off, gk_str formula) {
    uint32_t terms[GK_JUDGED_TERMS];
    gk_figure f = c->figures.at[term[0]->record];
    gk_interval reach = {expected.lo - off, expected.hi + off};
    gk_status status = gk_status_of(gk_figure_wide(f), reach, gk_interval_has(expected, f.value));
    for (size_t i = 0; i < count; i++) {
        terms[i] = term[i]->record;
        if (!c->figures.at[terms[i]].known) return gk_not_run(c, GK_REASON_LARGE);
    }
    if (!gk_is_told(c, status)) return;
    gk_verdict v = gk_verdict_on(c, terms[0], r->rule->constant[GK_KEY_CHECK], r->rule->id, status);
    v.formula = formula;
    v.has_expected = true, v.expected = expected;
    if (status == GK_CONTRADICTS) v.hint = gk_slip(c, f, expected);
    v.terms = terms, v.term_count = count;
    gk_verdict_add(c, &v);
}
