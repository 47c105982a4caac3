#include "doc/result.h"

#include <stdlib.h>

void gk_result_init(gk_result *r) {
    *r = (gk_result){0};
    gk_view_init(&r->view, GK_STR_NONE);
}

void gk_result_reset(gk_result *r) {
    gk_arena_reset(&r->arena);
    gk_view_reset(&r->view, GK_STR_NONE);
    r->document = (gk_record){0};
    r->records.len = r->sights.len = r->digits.len = r->united.len = 0;
    r->disordered = false;
    memset(r->tally.records, 0, sizeof r->tally.records);
    memset(r->tally.fates, 0, sizeof r->tally.fates);
    r->tally.class_count = r->tally.last_class = 0;
}

void gk_result_free(gk_result *r) {
    gk_arena_free(&r->arena);
    gk_view_free(&r->view);
    gk_vec_free(&r->records);
    gk_vec_free(&r->sights);
    gk_vec_free(&r->digits);
    gk_vec_free(&r->united);
    r->document = (gk_record){0};
}

int gk_record_order(const gk_record *a, const gk_record *b) {
    if (a->span.start != b->span.start) return a->span.start < b->span.start ? -1 : 1;
    if (a->span.end != b->span.end) return a->span.end < b->span.end ? -1 : 1;
    return (int)a->kind - (int)b->kind;
}

gk_record *gk_result_add(gk_result *r, gk_kind kind, gk_span span) {
    gk_record *new = gk_vec_push(&r->records);
    *new = (gk_record){.kind = kind, .span = span};
    if (r->records.len > 1 && gk_record_order(new - 1, new) >= 0) r->disordered = true;
    r->tally.records[kind]++;
    return new;
}

/* Returns where a class is counted. */
static size_t class_of(gk_tally *t, gk_str name) {
    size_t i = 0;
    while (i < t->class_count && !gk_str_eq(t->classes[i].name, name)) i++;
    if (i == GK_MOST_CLASSES) t->classes[--i].name = GK_STR("other");
    else if (i == t->class_count) t->class_count++, t->classes[i].name = name, t->classes[i].count = 0;
    return i;
}

/* Neighbours often share the very text of their class. */
void gk_result_settle(gk_result *r, gk_digits *d, gk_fate fate, gk_str why, gk_str rule) {
    gk_tally *t = &r->tally;
    d->fate = fate & 3u;
    d->why = why.ptr;
    d->why_len = (uint32_t)why.len;
    d->rule = rule.ptr;
    d->rule_len = rule.len & 0x3FFFFFFFu;
    t->fates[fate]++;
    if (fate != GK_FATE_EXCLUDED) return;
    gk_str last = t->class_count ? t->classes[t->last_class].name : GK_STR_NONE;
    if (!last.ptr || last.ptr != why.ptr || last.len != why.len) t->last_class = class_of(t, why);
    t->classes[t->last_class].count++;
}

bool gk_record_place(gk_record *r, const gk_doc *doc, gk_arena *arena) {
    float box[4];
    if (!doc->boxes.len || !gk_doc_place(doc, r->span, &r->page, box)) return false;
    r->box = memcpy(gk_arena_alloc(arena, sizeof box), box, sizeof box);
    return true;
}
