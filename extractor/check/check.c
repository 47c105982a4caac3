/* The way of one document through the room. */
#include "check/check.h"

#include <stdlib.h>

#include "check/grid.h"
#include "check/place.h"

gk_checker *gk_checker_new(const gk_set *set) {
    gk_checker *c = gk_alloc_zero(1, sizeof *c);
    c->set = set;
    c->matcher = gk_matcher_new(set);
#define X(field, name) c->maps.field = gk_set_map(set, GK_STR(name));
    GK_CHECK_MAPS(X)
#undef X
    return c;
}

void gk_checker_free(gk_checker *c) {
    if (!c) return;
    gk_matcher_free(c->matcher);
    gk_buf_free(&c->skeleton);
    gk_vec_free(&c->tokens);
    gk_vec_free(&c->passages);
    gk_vec_free(&c->figures);
    gk_vec_free(&c->judged);
    gk_vec_free(&c->verdicts);
    gk_vec_free(&c->slots);
    gk_vec_free(&c->subjects);
    gk_vec_free(&c->subject_of);
    gk_vec_free(&c->matches);
    gk_vec_free(&c->cells);
    gk_vec_free(&c->places);
    gk_vec_free(&c->names);
    free(c->naming);
    free(c->list);
    free(c->shares);
    free(c);
}

enum { POWERS = 13 };

/* Figures whose zeros were dropped: in a text that prints two decimals, 250 stands for 250.00 and is exact. The reports of
 * governments round as they please, one decimal more or less may be rounding, and percentages are often whole on purpose:
 * they keep the step they are printed with. */
static void restore_zeros(gk_checker *c) {
    gk_str report = c->out->document.field[GK_F_REPORT];
    if (gk_str_eqz(report, "budget_report") || gk_str_eqz(report, "other") || !report.len) return;
    size_t all[POWERS] = {0}, fine[POWERS] = {0};
    for (size_t i = 0; i < c->records; i++) {
        const gk_figure *f = &c->figures.at[i];
        if (gk_record_at(c, (uint32_t)i)->kind != GK_KIND_AMOUNT || !f->step) continue;
        all[f->power]++;
        fine[f->power] += f->decimals >= 2;
    }
    for (size_t i = 0; i < c->records; i++) {
        gk_figure *f = &c->figures.at[i];
        const gk_record *r = gk_record_at(c, (uint32_t)i);
        if (r->kind != GK_KIND_AMOUNT || !f->step || f->decimals || !gk_str_eqz(r->field[GK_F_WHERE], "text")) continue;
        if (all[f->power] >= 5 && 5 * fine[f->power] >= all[f->power] ) f->step = 0;
    }
}

static void open_document(gk_checker *c, const gk_doc *doc, gk_result *result, bool all) {
    c->doc = doc;
    c->out = result;
    c->all = all;
    c->records = result->records.len;
    c->verdicts.len = c->subjects.len = c->figures.len = c->subject_of.len = c->judged.len = 0;
    if (c->slots.len) memset(c->slots.at, 0, c->slots.len * sizeof *c->slots.at);
    memset(c->not_run, 0, sizeof c->not_run);
    c->steps = c->records;
    for (size_t i = 0; i < c->records; i++) {
        *gk_vec_push(&c->figures) = gk_figure_of(&result->records.at[i]);
        *gk_vec_push(&c->subject_of) = GK_NO_SUBJECT;
        *gk_vec_push(&c->judged) = 0;
    }
    restore_zeros(c);
}

void gk_check(gk_checker *c, const gk_doc *doc, gk_result *result, bool all) {
    open_document(c, doc, result, all);
    gk_skeleton_build(c);
    gk_check_prose(c);
    gk_check_bases(c);
    gk_cells_index(c);
    gk_check_tables(c);
    gk_check_facts(c);
    gk_check_goals(c);
    gk_check_units(c);
    gk_findings_emit(c);
}
