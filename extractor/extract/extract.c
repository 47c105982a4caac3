/* Extraction: the way of one document through the room. */
#include <stdlib.h>

#include "extract/exclusion.h"
#include "extract/known.h"
#include "extract/layout.h"
#include "extract/prose.h"

enum { NAMES = 2048 };

gk_extractor *gk_extractor_new(const gk_set *set) {
    gk_extractor *x = gk_alloc_zero(1, sizeof *x);
    x->set = set;
    x->matcher = gk_matcher_new(set);
#define X(field, name) x->maps.field = gk_set_map(set, GK_STR(name));
    GK_ENGINE_MAPS(X)
#undef X
    x->knowledge = gk_knowledge_new();
    x->names = gk_memo_new(sizeof(gk_str), NAMES);
    x->leads = gk_prose_leads();
    x->gaps = gk_gaps_new(set);
    x->answers = gk_answers_new();
    x->reference = gk_reference_new(set);
    x->prose = gk_alloc_zero(1, sizeof *x->prose);
    x->goal = gk_goal_state_new();
    x->table = gk_table_state_new();
    return x;
}

void gk_extractor_free(gk_extractor *x) {
    if (!x) return;
    gk_matcher_free(x->matcher);
    gk_knowledge_free(x->knowledge);
    gk_memo_free(x->leads);
    gk_gaps_free(x->gaps);
    gk_answers_free(x->answers);
    gk_memo_free(x->names);
    gk_reference_free(x->reference);
    gk_goal_state_free(x->goal);
    gk_table_state_free(x->table);
    free(x->prose);
    gk_vec_free(&x->block_at);
    gk_vec_free(&x->cell_at);
    gk_vec_free(&x->digit_at);
    gk_vec_free(&x->numbers);
    gk_vec_free(&x->gap_at);
    free(x);
}

void gk_extractor_trace(gk_extractor *x, gk_trace *trace, void *user) {
    x->trace = trace;
    x->trace_user = user;
}

static void read_text(gk_extractor *x, const gk_block *b, gk_range at) {
    if (at.start == at.end) return;
    const char *caption = x->now.caption.ptr;
    if (gk_context_read(x, at, b->kind, b->level)) return;
    if (x->now.caption.ptr == caption) gk_context_text_passed(x);
    if (x->now.silent) {
        gk_account_exclude(x, at, x->now.silent_class, GK_STR("section"));
        return;
    }
    if (!gk_goal_read(x, at)) gk_prose_read(x, at, "text");
}

static void read_block(gk_extractor *x, size_t i) {
    const gk_block *b = &x->doc->blocks.at[i];
    gk_str class = b->level == GK_ASIDE_HIDDEN ? GK_STR("hidden") : GK_STR("page");
    if (b->kind == GK_BLOCK_ASIDE) gk_account_exclude(x, x->block_at.at[i], class, GK_STR("aside"));
    else if (b->kind == GK_BLOCK_TABLE) gk_table_read(x, b);
    else read_text(x, b, x->block_at.at[i]);
}

static int by_place(const void *a, const void *b) {
    const gk_record *p = *(const gk_record *const *)a, *q = *(const gk_record *const *)b;
    int order = gk_record_order(p, q);
    return order ? order : p < q ? -1 : p > q;
}

/* Document order. Records are big: it is their places that are sorted. */
static void sort_records(gk_result *out) {
    size_t n = out->records.len;
    const gk_record **list = gk_alloc(n * sizeof *list);
    gk_record *old = gk_alloc(n * sizeof *old);
    memcpy(old, out->records.at, n * sizeof *old);
    for (size_t i = 0; i < n; i++) list[i] = &old[i];
    qsort(list, n, sizeof *list, by_place);
    for (size_t i = 0; i < n; i++) out->records.at[i] = *list[i];
    free(old);
    free(list);
}

/* Records that share kind and span get "-2", "-3" ... behind their id. */
static void tell_apart(gk_result *out) {
    size_t same = 1;
    for (size_t i = 1; i < out->records.len; i++) {
        gk_record *r = &out->records.at[i];
        same = gk_record_order(r - 1, r) ? 1 : same + 1;
        if (same > 1) r->id = gk_arena_printf(&out->arena, "%.*s-%zu", GK_STR_ARG(r->id), same);
    }
}

gk_code gk_extract(gk_extractor *x, const gk_doc *doc, gk_result *result, gk_err *err) {
    x->doc = doc;
    x->out = result;
    x->view = &result->view;
    gk_result_reset(result);
    result->document.kind = GK_KIND_DOCUMENT;
    x->year = 0;
    memset(x->against, 0, sizeof x->against);
    x->cell_first = x->cell_end = 0;
    gk_knowledge_tidy(x->knowledge);
    if (gk_memo_tidy(x->leads) || !x->round) x->round++;
    if (gk_gaps_tidy(x->gaps)) gk_answers_clear(x->answers);
    gk_memo_tidy(x->names);
    gk_layout(x);
    for (size_t i = 0; i < doc->tables.len; i++) *gk_vec_push(&result->united) = UINT32_MAX;
    gk_goal_reset(x);
    gk_context_open(x);
    gk_meta_read(x);
    gk_enrich_document(x);
    for (size_t i = 0; i < doc->blocks.len; i++) {
        if (result->records.len > GK_MAX_RECORDS)
            return gk_err_set(err, GK_E_LIMIT, "more than %u records in one document (GK_MAX_RECORDS)", GK_MAX_RECORDS);
        read_block(x, i);
    }
    if (result->disordered) { /* nearly all documents are read from the top to the bottom */
        sort_records(result);
        tell_apart(result);
    }
    gk_enrich_records(x);
    return GK_OK;
}
