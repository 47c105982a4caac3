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
    r->records.len = r->digits.len = 0;
}

void gk_result_free(gk_result *r) {
    gk_arena_free(&r->arena);
    gk_view_free(&r->view);
    gk_vec_free(&r->records);
    gk_vec_free(&r->digits);
    r->document = (gk_record){0};
}

bool gk_record_place(gk_record *r, const gk_doc *doc, gk_arena *arena) {
    float box[4];
    if (!doc->boxes.len || !gk_doc_place(doc, r->span, &r->page, box)) return false;
    r->box = memcpy(gk_arena_alloc(arena, sizeof box), box, sizeof box);
    return true;
}
