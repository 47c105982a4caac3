/* What was found out about texts: a budget repeats its labels, headings and notes thousands of times, and what the rules
 * say of a text alone is asked of them once. All answers about one text lie in one place, since the same text is asked
 * several questions in a row, and most of the time of an answer that is there already is waiting for memory. */
#include "extract/known.h"

#include <stdlib.h>

enum { NEAR = 1024 };

/* The texts of this document by their place in the view: the next question comes soon and from the same place. */
typedef struct gk_near {
    const char *ptr;
    size_t len;
    gk_known *known;
} gk_near;

struct gk_knowledge {
    gk_memo *memo;
    gk_known passing; /* of a text that is not kept: good until the next one */
    gk_arena parts;   /* its parts */
    gk_near near[NEAR];
};

enum { TEXTS = 16384 };

struct gk_knowledge *gk_knowledge_new(void) {
    struct gk_knowledge *k = gk_alloc_zero(1, sizeof *k);
    k->memo = gk_memo_new(sizeof(gk_known), TEXTS);
    return k;
}

void gk_knowledge_free(struct gk_knowledge *k) {
    if (!k) return;
    gk_memo_free(k->memo);
    gk_arena_free(&k->parts);
    free(k);
}

void gk_knowledge_tidy(struct gk_knowledge *k) {
    gk_memo_tidy(k->memo);
    memset(k->near, 0, sizeof k->near);
}

static gk_near *near_of(struct gk_knowledge *k, gk_str text) {
    return &k->near[((uintptr_t)text.ptr ^ text.len << 5) % NEAR];
}

gk_known *gk_known_of(gk_extractor *x, gk_str text) {
    struct gk_knowledge *k = x->knowledge;
    gk_near *near = near_of(k, text);
    if (near->ptr == text.ptr && near->len == text.len) return near->known;
    bool fresh;
    gk_str kept;
    gk_known *known = gk_memo_at(k->memo, text, 0, &fresh, &kept);
    if (kept.ptr == text.ptr) {
        gk_arena_reset(&k->parts);
        k->passing = (gk_known){.text = text, .parts = &k->parts};
        return &k->passing;
    }
    if (fresh) known->text = kept, known->parts = gk_memo_parts(k->memo);
    *near = (gk_near){text.ptr, text.len, known};
    return known;
}

bool gk_known_passes(const gk_extractor *x, const gk_known *k) { return k == &x->knowledge->passing; }

/* ---- finds */

/* A text with a figure that has decimals hardly comes again: it is not kept, and leaves the room to those that do. */
static bool comes_again(gk_str s) {
    for (const char *p = s.ptr, *end = s.ptr + s.len; (p = memchr(p, '.', (size_t)(end - p))); p++)
        if (p > s.ptr && p + 1 < end && p[-1] >= '0' && p[-1] <= '9' && p[1] >= '0' && p[1] <= '9') return false;
    return true;
}

gk_known *gk_known_kept(gk_extractor *x, gk_str text) {
    const gk_near *near = near_of(x->knowledge, text);
    if (x->trace) return NULL;
    if (near->ptr == text.ptr && near->len == text.len) return near->known;
    return comes_again(text) ? gk_known_of(x, text) : NULL;
}

/* Where the answer of a scope lies. */
static gk_answer *answer_of(gk_known *k, gk_scope scope) {
    static const uint8_t place[GK_SCOPE_COUNT] = {[GK_SCOPE_BLOCK] = 0, [GK_SCOPE_FACT] = 1,  [GK_SCOPE_GOAL] = 2,
                                                  [GK_SCOPE_LABEL] = 3, [GK_SCOPE_TOPIC] = 4, [GK_SCOPE_TARGET] = 5};
    return &k->answer[place[scope]];
}

static void keep(gk_known *k, gk_answer *a, const gk_match *m, size_t n) {
    gk_match *match = n ? gk_arena_alloc(k->parts, n * sizeof *match) : NULL;
    if (n) memcpy(match, m, n * sizeof *match);
    *a = (gk_answer){true, (uint32_t)n, match};
}

static size_t find_all(gk_extractor *x, gk_scope scope, gk_str text, gk_match *out, size_t cap) {
    gk_known *k = gk_known_kept(x, text);
    gk_answer *a = k ? answer_of(k, scope) : NULL;
    if (a && a->given) {
        size_t n = a->count < cap ? a->count : cap;
        if (n) memcpy(out, a->match, n * sizeof *out);
        return n;
    }
    size_t n = gk_match_all(x->matcher, scope, text, 0, text.len, out, cap);
    if (a && n < cap) keep(k, a, out, n);
    return n;
}

size_t gk_find_in(gk_extractor *x, gk_scope scope, gk_str text, gk_match *out, size_t cap) {
    return text.len ? find_all(x, scope, text, out, cap) : 0;
}

size_t gk_find_all(gk_extractor *x, gk_scope scope, gk_range at, gk_match *out, size_t cap) {
    size_t n = gk_find_in(x, scope, gk_view_text(x, at.start, at.end), out, cap);
    for (size_t i = 0; i < n; i++) gk_match_move(&out[i], at.start);
    return n;
}

bool gk_find_best_in(gk_extractor *x, gk_scope scope, gk_str text, gk_match *out) {
    if (!text.len) return false;
    gk_known *k = gk_known_kept(x, text);
    if (!k) return gk_match_best(x->matcher, scope, text, 0, text.len, out);
    gk_answer *a = answer_of(k, scope);
    if (!a->given) keep(k, a, out, gk_match_best(x->matcher, scope, text, 0, text.len, out));
    if (a->count) *out = *a->match;
    return a->count > 0;
}

bool gk_find_best(gk_extractor *x, gk_scope scope, gk_range at, gk_match *out) {
    if (!gk_find_best_in(x, scope, gk_view_text(x, at.start, at.end), out)) return false;
    gk_match_move(out, at.start);
    return true;
}
