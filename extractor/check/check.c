/* The way of one document through the room. */
#include "check/check.h"

#include <stdlib.h>

#include "check/grid.h"
#include "check/place.h"
#include "check/recall.h"
#include "check/share.h"

gk_checker *gk_checker_new(const gk_set *set) {
    gk_checker *c = gk_alloc_zero(1, sizeof *c);
    c->set = set;
    c->matcher = gk_matcher_new(set);
#define X(field, name) c->maps.field = gk_set_map(set, GK_STR(name));
    GK_CHECK_MAPS(X)
#undef X
    gk_starts_add(&c->score_heads, c->maps.weights);
    gk_starts_add(&c->score_heads, c->maps.scores);
    return c;
}

void gk_checker_free(gk_checker *c) {
    if (!c) return;
    gk_matcher_free(c->matcher);
    gk_buf_free(&c->skeleton);
    gk_vec_free(&c->tokens);
    gk_vec_free(&c->passages);
    gk_vec_free(&c->briefs);
    gk_vec_free(&c->indicators);
    gk_vec_free(&c->told_counts);
    gk_vec_free(&c->whole);
    gk_vec_free(&c->amounts);
    gk_vec_free(&c->figures);
    gk_vec_free(&c->judged);
    gk_vec_free(&c->verdicts);
    gk_vec_free(&c->twins);
    gk_vec_free(&c->waiting);
    gk_vec_free(&c->slots);
    gk_vec_free(&c->subjects);
    gk_vec_free(&c->counts);
    gk_buf_free(&c->sentence);
    gk_recall_free(c->recall);
    gk_vec_free(&c->matches);
    gk_vec_free(&c->found);
    for (size_t i = 0; i < c->askings.len; i++) free(c->askings.at[i]);
    gk_vec_free(&c->askings);
    for (size_t i = 0; i < c->programs.len; i++) free(c->programs.at[i]);
    gk_vec_free(&c->programs);
    gk_vec_free(&c->cells);
    gk_vec_free(&c->bare);
    gk_vec_free(&c->flat);
    gk_vec_free(&c->places);
    gk_vec_free(&c->told);
    gk_vec_free(&c->names);
    gk_view_free(&c->label_view);
    for (size_t i = 0; i < c->relations.len; i++) gk_relation_free(c->relations.at[i]);
    gk_vec_free(&c->relations);
    gk_vec_free(&c->keyed);
    gk_naming_free(c->naming);
    free(c->list);
    free(c->shares);
    gk_summing_free(c->sheet);
    gk_coding_free(c->coding);
    gk_claiming_free(c->claiming);
    gk_adding_free(c->adding);
    gk_marking_free(c->marking);
    gk_relating_free(c->relating);
    gk_repeating_free(c->repeating);
    gk_vec_free(&c->by_key);
    gk_vec_free(&c->key_start);
    free(c);
}

static void open_document(gk_checker *c, const gk_doc *doc, gk_result *result, bool all) {
    c->doc = doc;
    c->out = result;
    c->all = all;
    c->records = result->records.len;
    c->verdicts.len = c->subjects.len = 0;
    c->counts.len = c->counting = 0;
    c->cell = c->cells.len = 0;
    c->indexed = false;
    if (c->slots.len) memset(c->slots.at, 0, c->slots.len * sizeof *c->slots.at);
    memset(c->not_run, 0, sizeof c->not_run);
    c->steps = c->records;
}

void gk_check(gk_checker *c, const gk_doc *doc, gk_result *result, bool all) {
    open_document(c, doc, result, all);
    gk_briefs_read(c);
    gk_skeleton_build(c);
    gk_check_prose(c);
    gk_check_twins(c);
    gk_check_wholes(c);
    gk_check_bases(c);
    gk_check_tables(c);
    gk_check_flat(c);
    gk_check_facts(c);
    gk_check_targets(c);
    gk_check_repeats(c);
    gk_check_ratios(c);
    gk_check_goals(c);
    gk_check_points(c);
    gk_check_projects(c);
    gk_check_reached(c);
    gk_check_units(c);
    gk_check_bare(c);
    gk_findings_emit(c);
}
