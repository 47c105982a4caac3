/* What was found out about texts: a budget repeats its labels, headings and notes thousands of times, and what the rules
 * say of a text alone is asked of them once. All answers about one text lie in one place, since the same text is asked
 * several questions in a row, and most of the time of an answer that is there already is waiting for memory. */
#include "extract/known.h"

#include <stdlib.h>

enum { NEAR = 128 }; /* more would be found in a larger table, but not as quickly */

/* The texts of this document by their place in the view: the next question comes soon and from the same place. */
typedef struct gk_near {
    const char *ptr;
    size_t len;
    gk_known *known;
} gk_near;

struct gk_knowledge {
    gk_memo *memo;
    gk_known passing; /* of a text that is not kept: good until the next one */
    gk_str text;      /* that text, */
    gk_arena parts;   /* and its parts */
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
        k->passing = (gk_known){0};
        k->text = text;
        return &k->passing;
    }
    *near = (gk_near){text.ptr, text.len, known};
    return known;
}

bool gk_known_passes(const gk_extractor *x, const gk_known *k) { return k == &x->knowledge->passing; }

gk_str gk_known_text(const gk_extractor *x, const gk_known *k) {
    return gk_known_passes(x, k) ? x->knowledge->text : gk_memo_key(x->knowledge->memo, k);
}

gk_arena *gk_known_parts(const gk_extractor *x, const gk_known *k) {
    return gk_known_passes(x, k) ? &x->knowledge->parts : gk_memo_parts(x->knowledge->memo);
}

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

/* What the rules of one scope find in a text. The matches lie one behind the other: the rule, and as many groups as it has.
 * Offsets are relative to the text. */
typedef struct gk_found {
    struct gk_found *next; /* of another scope */
    uint32_t scope, count;
    uint64_t match[];
} gk_found;

static uint8_t bit_of(gk_scope scope) {
    static const uint8_t bit[GK_SCOPE_COUNT] = {[GK_SCOPE_BLOCK] = 1, [GK_SCOPE_FACT] = 2,   [GK_SCOPE_GOAL] = 4,
                                                [GK_SCOPE_LABEL] = 8, [GK_SCOPE_TOPIC] = 16, [GK_SCOPE_TARGET] = 32};
    return bit[scope];
}

static size_t group_bytes(const gk_match *m) { return (m->rule->groups + (size_t)1) * sizeof *m->group; }

static void pack(uint64_t *to, const gk_match *m, size_t n) {
    for (const gk_match *end = m + n; m < end; to += 1 + group_bytes(m++) / sizeof *to) {
        memcpy(to, &m->rule, sizeof m->rule);
        memcpy(to + 1, m->group, group_bytes(m));
    }
}

static void unpack(const uint64_t *from, gk_match *m, size_t n) {
    for (const gk_match *end = m + n; m < end; from += 1 + group_bytes(m++) / sizeof *from) {
        memcpy(&m->rule, from, sizeof m->rule);
        memcpy(m->group, from + 1, group_bytes(m));
        m->start = m->group[0].start;
        m->end = m->group[0].end;
    }
}

static void keep(gk_extractor *x, gk_known *k, gk_scope scope, const gk_match *m, size_t n) {
    size_t bytes = sizeof(gk_found);
    k->asked |= bit_of(scope);
    if (!n) return;
    for (size_t i = 0; i < n; i++) bytes += sizeof m->rule + group_bytes(&m[i]);
    gk_found *f = gk_arena_alloc(gk_known_parts(x, k), bytes);
    *f = (gk_found){k->found, (uint32_t)scope, (uint32_t)n};
    pack(f->match, m, n);
    k->found = f;
}

/* What is known of a scope that was asked; how many matches, at most cap. */
static size_t recall(const gk_known *k, gk_scope scope, gk_match *out, size_t cap) {
    const gk_found *f = k->found;
    while (f && f->scope != (uint32_t)scope) f = f->next;
    if (!f) return 0;
    size_t n = f->count < cap ? f->count : cap;
    unpack(f->match, out, n);
    return n;
}

static size_t find_all(gk_extractor *x, gk_scope scope, gk_str text, gk_match *out, size_t cap) {
    gk_known *k = gk_known_kept(x, text);
    if (k && k->asked & bit_of(scope)) return recall(k, scope, out, cap);
    size_t n = gk_match_all(x->matcher, scope, text, 0, text.len, out, cap);
    if (k && n < cap) keep(x, k, scope, out, n);
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
    if (k && k->asked & bit_of(scope)) return recall(k, scope, out, 1) > 0;
    bool found = gk_match_best(x->matcher, scope, text, 0, text.len, out);
    if (k) keep(x, k, scope, out, found);
    return found;
}

bool gk_find_best(gk_extractor *x, gk_scope scope, gk_range at, gk_match *out) {
    if (!gk_find_best_in(x, scope, gk_view_text(x, at.start, at.end), out)) return false;
    gk_match_move(out, at.start);
    return true;
}
