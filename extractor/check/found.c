#include "check/found.h"

#include "pattern/relation.h"

/* ---- rules */

static const struct {
    gk_str relation;
    gk_check_how *how;
} relations[] = {
#define X(function, name, modes) {{name, sizeof name - 1}, function},
    GK_PROSE_RELATIONS(X)
#undef X
};

static gk_check_how *how_of(gk_str relation) {
    for (size_t i = 0; i < sizeof relations / sizeof *relations; i++)
        if (gk_str_eq(relation, relations[i].relation)) return relations[i].how;
    return gk_check_formula;
}

static gk_key words_of(gk_check_how *how) {
    if (how == gk_check_comparison || how == gk_check_average) return GK_KEY_SIGN;
    return how == gk_check_missing || how == gk_check_blank ? GK_KEY_VALUE : GK_KEY_PARTS;
}

static void read_rules(gk_checker *c) {
    size_t count;
    const gk_rule *rule = gk_set_rules(c->set, &count);
    for (size_t i = 0; i < count; i++) {
        if (rule[i].scope != GK_SCOPE_CHECK && rule[i].scope != GK_SCOPE_SENTENCE) continue;
        gk_asking *a = gk_alloc_zero(1, sizeof *a);
        a->rule = &rule[i];
        a->how = how_of(rule[i].constant[GK_KEY_RELATION]);
        a->words = words_of(a->how);
        a->computes = a->how == gk_check_formula && gk_ask_of(c, &rule[i], &a->ask);
        *gk_vec_push(&c->askings) = a;
    }
}

/* They come in the order of the rules. */
const gk_asking *gk_asking_of(gk_checker *c, const gk_rule *rule) {
    if (!c->askings.len) read_rules(c);
    size_t low = 0, high = c->askings.len;
    while (low + 1 < high) {
        size_t middle = low + (high - low) / 2;
        if (c->askings.at[middle]->rule <= rule) low = middle;
        else high = middle;
    }
    return c->askings.at[low];
}

/* ---- matches */

/* The span of a group in the skeleton; false: it took no part. */
static bool group_of(const gk_match *m, gk_key key, uint32_t start, gk_span *out) {
    uint8_t group = m->rule->group_of[key];
    if (!group || m->group[group].start == UINT32_MAX) return false;
    *out = (gk_span){start + m->group[group].start, start + m->group[group].end};
    return true;
}

/* The tokens of a span: the first, counted from `near`, and how many. */
static uint32_t figures_in(const gk_checker *c, gk_span at, size_t near, uint32_t *count) {
    size_t n;
    const gk_token *t = gk_tokens_in(c, at.start, at.end, &n), *first = &c->tokens.at[near];
    for (; t < first && n; t++) n--; /* they stand before the text, which begins where they end */
    *count = (uint32_t)n;
    return t < first ? 0 : (uint32_t)(t - first);
}

gk_found gk_found_of(gk_checker *c, const gk_match *m, uint32_t start, size_t near) {
    gk_found f = {.by = gk_asking_of(c, m->rule), .start = m->start, .end = m->end};
    gk_span at;
    for (size_t i = 0; i < GK_ROLE_COUNT; i++) {
        uint32_t count = 0, first = group_of(m, gk_role_keys[i], start, &at) ? figures_in(c, at, near, &count) : 0;
        f.figure[i] = count ? first : GK_NO_FIGURE;
        if (i == GK_ROLE_WHOLE) f.heads = count;
    }
    if (group_of(m, GK_KEY_PARTS, start, &at)) {
        f.first = figures_in(c, at, near, &f.count);
        if (at.start == at.end) f.count = GK_TO_THE_END;
    }
    f.said = group_of(m, f.by->words, start, &at);
    if (f.said) f.start = at.start - start, f.end = at.end - start;
    return f;
}

void gk_found_move(gk_found *m, uint32_t bytes, uint32_t figures) {
    for (size_t i = 0; i < GK_ROLE_COUNT; i++)
        if (m->figure[i] != GK_NO_FIGURE) m->figure[i] += figures;
    m->first += figures;
    m->start += bytes, m->end += bytes;
}

gk_str gk_found_words(const gk_checker *c, const gk_found *m) {
    if (!m->said) return m->by->rule->constant[m->by->words];
    return gk_str_slice(gk_buf_str(&c->skeleton), c->line + m->start, c->line + m->end);
}
