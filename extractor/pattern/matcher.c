/* One worker's scratch, and running one compiled pattern under limits. */
#include "pattern/matcher.h"

#include <stdlib.h>

/* Machine code costs about 25 us for a rule and saves about 2 us a try: it is made for a rule that is tried again and
 * again. */
enum { JIT_AFTER = 12, JIT_STACK_FIRST = 32 * 1024, JIT_STACK_MOST = 512 * 1024 };

static uint32_t most_outputs(const gk_set *set) {
    uint32_t most = 1;
    for (int s = 0; s < GK_SCOPE_COUNT; s++)
        if (set->dispatch[s].trie[0].outputs > most) most = set->dispatch[s].trie[0].outputs;
    return most;
}

static size_t most_words(const gk_set *set) {
    size_t most = 1;
    for (int s = 0; s < GK_SCOPE_COUNT; s++)
        if (set->dispatch[s].words > most) most = set->dispatch[s].words;
    return most;
}

gk_matcher *gk_matcher_new(const gk_set *set) {
    gk_matcher *m = gk_alloc_zero(1, sizeof *m);
    m->set = set;
    m->slot = gk_alloc_zero(set->rules, sizeof *m->slot);
    m->data = pcre2_match_data_create(GK_MAX_GROUPS + 1, NULL);
    m->context = pcre2_match_context_create(NULL);
    if (!m->data || !m->context) gk_oom(sizeof *m);
    pcre2_set_match_limit(m->context, m->step_limit = GK_PCRE_MATCH_LIMIT);
    pcre2_set_depth_limit(m->context, GK_PCRE_DEPTH_LIMIT);
    pcre2_set_heap_limit(m->context, GK_PCRE_HEAP_KIB);
    for (int i = 0; i < GK_LISTS; i++) m->found[i] = gk_alloc_zero(most_words(set), sizeof(uint64_t));
    m->seen = gk_alloc_zero(most_outputs(set), sizeof *m->seen);
    m->place = gk_alloc_zero(most_outputs(set), sizeof *m->place);
    m->met = gk_alloc_zero(most_outputs(set), sizeof *m->met);
    m->latest = gk_alloc_zero(most_words(set) * 64, sizeof *m->latest);
    m->offset_limit = PCRE2_UNSET;
    return m;
}

void gk_matcher_free(gk_matcher *m) {
    if (!m) return;
    for (size_t i = 0; i < m->set->rules; i++) pcre2_code_free(m->slot[i].own);
    pcre2_match_data_free(m->data);
    pcre2_match_context_free(m->context);
    if (m->stack) pcre2_jit_stack_free(m->stack);
    for (int i = 0; i < GK_LISTS; i++) free(m->found[i]);
    free(m->seen);
    free(m->place);
    free(m->met);
    free(m->latest);
    free(m->slot);
    free(m);
}

void gk_matcher_set_watch(gk_matcher *m, gk_matcher_watch *watch, void *user) {
    m->watch = watch;
    m->user = user;
}

uint64_t gk_matcher_limits(const gk_matcher *m) { return m->limits; }

uint64_t gk_matcher_tries(const gk_matcher *m) { return m->tries; }

void gk_matcher_tell(gk_matcher *m, const gk_rule *rule, const char *outcome, const gk_match *match) {
    if (m->watch) m->watch(m->user, rule, outcome, match);
}

/* Where no machine code can be had (no memory may be made executable, another processor), the interpreter stays. */
static void make_machine_code(gk_matcher *m, gk_slot *slot) {
    pcre2_code *own = pcre2_code_copy(slot->code);
    if (!own) gk_oom(sizeof *slot);
    if (pcre2_jit_compile(own, PCRE2_JIT_COMPLETE) != 0) {
        pcre2_code_free(own);
        return;
    }
    slot->code = slot->own = own;
    if (m->stack) return;
    m->stack = pcre2_jit_stack_create(JIT_STACK_FIRST, JIT_STACK_MOST, NULL);
    if (!m->stack) gk_oom(JIT_STACK_FIRST);
    pcre2_jit_stack_assign(m->context, NULL, m->stack);
}

/* The first uses of a rule compile it. */
static bool prepare(gk_matcher *m, uint32_t rule, gk_slot *slot) {
    if (!slot->code && !slot->bad) {
        slot->code = gk_set_code(m->set, rule);
        slot->bad = slot->code == NULL;
        slot->searched = gk_scope_table[m->set->rule[rule].scope].mode == GK_MODE_FIND;
    }
    if (slot->code && slot->uses <= JIT_AFTER && slot->uses++ == JIT_AFTER) make_machine_code(m, slot);
    return slot->code != NULL;
}

/* A searched pattern starts at every character, and PCRE2 counts its steps for each start anew: a long subject gets
 * fewer steps a start, so that the whole stays bounded. */
static void set_step_limit(gk_matcher *m, const gk_slot *slot, size_t bytes) {
    enum { SEARCH_STEPS = 200 * 1000 * 1000, FEWEST_STEPS = 2000 };
    uint32_t limit = GK_PCRE_MATCH_LIMIT;
    if (slot->searched && bytes > SEARCH_STEPS / GK_PCRE_MATCH_LIMIT) {
        limit = (uint32_t)(SEARCH_STEPS / bytes);
        if (limit < FEWEST_STEPS) limit = FEWEST_STEPS;
    }
    if (limit != m->step_limit) pcre2_set_match_limit(m->context, m->step_limit = limit);
}

static void fill_match(const gk_rule_more *more, const gk_rule *rule, const PCRE2_SIZE *place, size_t pairs, size_t base,
                       gk_match *out) {
    memset(out->group + pairs, 0xFF, (GK_MAX_GROUPS + 1 - pairs) * sizeof *out->group);
    for (size_t i = 0; i < pairs; i++) {
        bool there = place[2 * i] != PCRE2_UNSET;
        out->group[i] = there ? (gk_span){(uint32_t)(place[2 * i] + base), (uint32_t)(place[2 * i + 1] + base)}
                              : (gk_span){UINT32_MAX, UINT32_MAX};
    }
    for (size_t i = 0; i < more->aliases; i++) {
        gk_alias a = more->alias[i];
        if (out->group[a.of].start == UINT32_MAX) out->group[a.of] = out->group[a.group];
    }
    out->rule = rule;
    out->start = out->group[0].start;
    out->end = out->group[0].end;
}

static int match(gk_matcher *m, const gk_slot *slot, gk_str subject, size_t start) {
    PCRE2_SPTR text = (PCRE2_SPTR)(subject.ptr ? subject.ptr : "");
    set_step_limit(m, slot, subject.len);
    if (slot->own) return pcre2_jit_match(slot->code, text, subject.len, start, 0, m->data, m->context);
    return pcre2_match(slot->code, text, subject.len, start, PCRE2_NO_UTF_CHECK, m->data, m->context);
}

void gk_matcher_begin_before(gk_matcher *m, size_t limit) {
    if (m->offset_limit != limit) pcre2_set_offset_limit(m->context, m->offset_limit = limit);
}

bool gk_matcher_run(gk_matcher *m, uint32_t number, gk_str subject, size_t start, size_t base, gk_match *out) {
    gk_slot *slot = &m->slot[number];
    if (!slot->own && !prepare(m, number, slot)) return false;
    m->tries++;
    int rc = match(m, slot, subject, start);
    if (rc == PCRE2_ERROR_NOMATCH && !m->watch) return false;
    const gk_rule *rule = &m->set->rule[number];
    const PCRE2_SIZE *place = pcre2_get_ovector_pointer(m->data);
    if (rc > 0 && place[0] <= place[1]) {
        fill_match(&m->set->more[number], rule, place, (size_t)rc, base, out);
        gk_matcher_tell(m, rule, "matched", out);
        return true;
    }
    bool limit = rc < 0 && rc != PCRE2_ERROR_NOMATCH;
    m->limits += limit;
    if (!m->watch) return false;
    gk_matcher_reach(m, rule, subject, start, base, out);
    gk_matcher_tell(m, rule, limit ? "limit" : "no match", out);
    return false;
}

/* PCRE2 tells how far one lookbehind moves back. One inside another moves on from there, so that all of them together
 * are a bound; "(*" may open a lookbehind by another name. */
static uint32_t back_of(const gk_matcher *m, uint32_t rule, const pcre2_code *code) {
    gk_str text = m->set->rule[rule].expanded;
    uint32_t one = 0, count = 0;
    pcre2_pattern_info(code, PCRE2_INFO_MAXLOOKBEHIND, &one);
    for (size_t i = 0; i < text.len; i++) {
        gk_str rest = gk_str_slice(text, i, text.len);
        if (gk_str_starts(rest, GK_STR("(*"))) return UINT32_MAX;
        count += gk_str_starts(rest, GK_STR("(?<=")) || gk_str_starts(rest, GK_STR("(?<!"));
    }
    return one * (count ? count : 1) + 1;
}

/* Whether so many characters stand in a text. */
static bool has_characters(gk_str s, uint32_t count) {
    for (size_t i = 0; i < s.len && count; i++) count -= ((unsigned char)s.ptr[i] & 0xC0) != 0x80;
    return count == 0;
}

/* A hard partial match stops as soon as the pattern asks for what is behind the end (pcre2partial). */
bool gk_matcher_settled(gk_matcher *m, uint32_t number, gk_str subject, size_t start, size_t from, size_t to) {
    gk_slot *slot = &m->slot[number];
    if (!slot->code && !prepare(m, number, slot)) return true;
    if (!slot->back) slot->back = back_of(m, number, slot->code);
    if (from && !has_characters(gk_str_slice(subject, from, start), slot->back - 1)) return false;
    if (to == subject.len) return true;
    set_step_limit(m, slot, to);
    int rc = pcre2_match(slot->code, (PCRE2_SPTR)subject.ptr, to, start, PCRE2_NO_UTF_CHECK | PCRE2_PARTIAL_HARD, m->data,
                         m->context);
    return rc > 0 || rc == PCRE2_ERROR_NOMATCH;
}
