/* Choosing the rules to try at a place, and the best of what they say.
 *
 * Each mode names the candidates by literals first (dispatch.c); only these are run. With rules
 *     a: at [比]      pattern 比上年 (?<sign>{{direction}})
 *     b: at [比, 较]  pattern (?:比|较) .{0,9} (?<sign>{{direction}})
 * and the lead "支出5万元，比上年增加", the scan meets 比 once, tries a and b there, and both reach the end: equal
 * length, so priority decides, then order.
 */
#include "pattern/matcher.h"

#include <stdlib.h>

typedef struct search {
    gk_matcher *m;
    const gk_dispatch *d;
    gk_str subject;
    size_t at, end;
    size_t number_bytes; /* NUMBER */
    const gk_rule *only; /* NULL: every rule of the scope */
    bool all;
    gk_match *out;
    size_t cap, count;
    uint32_t last_start, last_end; /* of the last match */
    uint32_t number;               /* FIND: of the rule within the scope */
    size_t from, to;               /* what may be looked at, and whether more was */
    bool beyond;
} search;

static bool better(const gk_match *a, const gk_match *b) {
    uint32_t la = a->end - a->start, lb = b->end - b->start;
    if (la != lb) return la > lb;
    if (a->rule->priority != b->rule->priority) return a->rule->priority > b->rule->priority;
    return a->rule->order < b->rule->order;
}

/* Where the next match goes: to its place, if it has one for certain. */
static gk_match *next_place(search *s) {
    if (s->all) return s->count < s->cap ? &s->out[s->count] : &s->m->trial;
    return s->count == 0 ? s->out : &s->m->trial;
}

static void keep(search *s, const gk_match *match) {
    s->last_start = match->start;
    s->last_end = match->end;
    if (s->all) s->count += s->count < s->cap;
    else if (match == s->out) s->count = 1;
    else if (better(match, s->out)) *s->out = *match;
}

/* Most rules that cannot match are known by their first letters; who watches is told how far each came. */
static bool may_begin(const search *s, uint32_t rule, gk_str window) {
    gk_str head = s->m->set->more[rule].head;
    return gk_str_starts(window, head) || s->m->watch;
}

static bool run(search *s, uint32_t rule, gk_str subject, size_t start, size_t base) {
    if (s->only && s->only->order != rule) return false;
    gk_match *match = next_place(s);
    if (!gk_matcher_run(s->m, rule, subject, start, base, match)) return false;
    keep(s, match);
    return true;
}

/* --- candidates --- */

static void mark(const gk_trie *trie, uint64_t *found, uint32_t output) {
    gk_trie_output out = trie->output[output];
    for (uint32_t i = 0; i < out.count; i++) {
        uint32_t r = trie->value[out.first + i];
        found[r / 64] |= (uint64_t)1 << r % 64;
    }
}

static void clear(search *s) {
    for (int i = 0; i < GK_LISTS; i++) memset(s->m->found[i], 0, s->d->words * sizeof(uint64_t));
}

/* Before the first character stands a line end for literals that end there. */
static void mark_at(search *s, int which, size_t at) {
    const gk_trie *trie = &s->d->trie[which];
    uint64_t *found = s->m->found[which];
    if (trie->reversed) {
        gk_str text = at ? gk_str_slice(s->subject, 0, at) : GK_STR("\n");
        for (gk_trie_path p = gk_trie_enter_back(trie, text, text.len); p.node; gk_trie_go_back(trie, text, &p))
            mark(trie, found, trie->node[p.node].output);
    } else {
        gk_str text = gk_str_slice(s->subject, 0, s->end);
        for (gk_trie_path p = gk_trie_enter(trie, text, at); p.node; gk_trie_go(trie, text, &p))
            mark(trie, found, trie->node[p.node].output);
    }
}

/* Calls `each` for the candidates in order of the rules. */
static void each_candidate(search *s, void each(search *, uint32_t rule)) {
    for (size_t w = 0; w < s->d->words; w++) {
        uint64_t bits = ~(uint64_t)0;
        for (int i = 0; i < GK_LISTS; i++) bits &= s->m->found[i][w] | s->d->none[i][w];
        for (; bits; bits &= bits - 1) {
            s->number = (uint32_t)(w * 64) + (uint32_t)__builtin_ctzll(bits);
            each(s, s->d->rule[s->number]);
            if (s->all && s->count == s->cap) return;
        }
    }
}

/* --- modes --- */

static void run_number(search *s, uint32_t rule) {
    if (s->number_bytes >= s->m->set->more[rule].least) run(s, rule, s->subject, s->at, 0);
}

static void search_number(search *s) {
    size_t number_end = s->end;
    s->number_bytes = s->end - s->at;
    s->end = s->subject.len;
    clear(s);
    mark_at(s, 0, s->at);
    mark_at(s, 1, number_end);
    mark_at(s, 2, s->at);
    each_candidate(s, run_number);
}

static void run_settled(search *s, uint32_t rule) {
    if (s->number_bytes >= s->m->set->more[rule].least)
        s->beyond |= !gk_matcher_settled(s->m, rule, s->subject, s->at, s->from, s->to);
}

/* Whether literals that numbers start with begin like this one. */
static bool is_started(const gk_dispatch *d, gk_str subject, size_t at) {
    return gk_trie_starts(&d->trie[2], subject.ptr + at, subject.len - at);
}

bool gk_match_may(const gk_matcher *m, gk_scope scope, gk_str subject, size_t at, size_t end, const uint64_t *before,
                  const uint64_t *behind) {
    const gk_dispatch *d = &m->set->dispatch[scope];
    const uint64_t *least = d->least[end - at < GK_LEASTS ? end - at : GK_LEASTS - 1];
    uint64_t any = 0, whatever = is_started(d, subject, at) ? ~(uint64_t)0 : 0;
    for (size_t w = 0; w < d->words; w++) any |= before[w] & behind[w] & least[w] & (whatever | d->none[2][w]);
    return any != 0;
}

static void search_sided(search *s, const uint64_t *before, const uint64_t *behind,
                         void each(search *, uint32_t rule)) {
    const gk_dispatch *d = s->d;
    for (size_t w = 0; w < d->words; w++) {
        s->m->found[GK_SIDE_BEFORE][w] = before[w];
        s->m->found[GK_SIDE_BEHIND][w] = behind[w];
        s->m->found[2][w] = 0;
    }
    if (is_started(d, s->subject, s->at)) mark_at(s, 2, s->at);
    each_candidate(s, each);
}

static void run_start(search *s, uint32_t rule) { run(s, rule, gk_str_slice(s->subject, 0, s->end), s->at, 0); }

/* Whether a rule that may stand at the place waits for a literal anywhere in the subject. */
static bool waits(const search *s) {
    uint64_t any = 0;
    for (size_t w = 0; w < s->d->words; w++) any |= (s->m->found[0][w] | s->d->none[0][w]) & ~s->d->none[1][w];
    return any != 0 && s->d->trie[1].outputs > 1;
}

static void mark_within(search *s, int which) {
    const gk_trie *trie = &s->d->trie[which];
    gk_str text = gk_str_slice(s->subject, 0, s->end);
    for (size_t at = s->at, next; (at = gk_trie_skip(trie, text, at)) < s->end; at = next) {
        gk_trie_path p = gk_trie_enter(trie, text, at);
        for (next = p.reach; p.node; gk_trie_go(trie, text, &p)) mark(trie, s->m->found[which], trie->node[p.node].output);
    }
}

static void search_start(search *s) {
    clear(s);
    mark_at(s, 0, s->at);
    if (waits(s)) mark_within(s, 1);
    each_candidate(s, run_start);
}

static int by_rule(const void *a, const void *b) {
    const gk_match *x = a, *y = b;
    if (x->rule->order != y->rule->order) return x->rule->order < y->rule->order ? -1 : 1;
    return (x->start > y->start) - (x->start < y->start);
}

/* All matches end at the end, so the first place with a match has the longest. */
static void search_trigger(search *s) {
    size_t places = 0, end = s->end, at = s->at, bytes;
    gk_str text = gk_str_slice(s->subject, 0, end);
    for (; places < GK_MAX_PLACES && (at = gk_trie_skip(&s->d->trie[0], text, at)) < end; at += bytes) {
        if (!gk_trie_first(&s->d->trie[0], gk_char_at(text, at, &bytes))) continue;
        clear(s);
        mark_at(s, 0, at);
        s->at = at;
        places++;
        each_candidate(s, run_start);
        if (s->all ? s->count == s->cap : s->count > 0) break;
    }
    if (s->all && s->count > 1) qsort(s->out, s->count, sizeof *s->out, by_rule);
}

/* The number of this search, by which `seen` tells the literals it met already. */
static uint32_t new_search(gk_matcher *m) {
    if (++m->search == 0) { /* the counter came round: forget what its old values meant */
        for (int i = 0; i < GK_SCOPE_COUNT; i++)
            memset(m->seen, 0, m->set->dispatch[i].trie[0].outputs * sizeof *m->seen);
        m->search = 1;
    }
    return m->search;
}

/* One scan finds every literal that occurs in the subject. */
static size_t scan_needs(search *s) {
    const gk_trie *trie = &s->d->trie[0];
    gk_matcher *m = s->m;
    uint32_t number = new_search(m);
    size_t met = 0;
    if (trie->outputs < 2) return 0;
    gk_str window = gk_str_slice(s->subject, s->at, s->end);
    for (size_t at = 0, next; (at = gk_trie_skip(trie, window, at)) < window.len; at = next) {
        gk_trie_path p = gk_trie_enter(trie, window, at);
        for (next = p.reach; p.node; gk_trie_go(trie, window, &p)) {
            uint32_t output = trie->node[p.node].output;
            m->place[output] = (uint32_t)at;
            if (!output || m->seen[output] == number) continue;
            m->seen[output] = number;
            m->met[met++] = output;
        }
    }
    return met;
}

static void mark_needs(search *s) {
    size_t met = scan_needs(s);
    clear(s);
    for (size_t i = 0; i < met; i++) mark(&s->d->trie[0], s->m->found[0], s->m->met[i]);
}

/* A literal that is `ahead` stands in the match or behind it, so that a match begins at the last of them at the latest. */
static void mark_searched(search *s, uint32_t output) {
    gk_matcher *m = s->m;
    const gk_trie *trie = &s->d->trie[0];
    gk_trie_output out = trie->output[output];
    for (uint32_t i = 0; i < out.count; i++) {
        uint32_t value = trie->value[out.first + i], r = value & (((uint32_t)1 << GK_LIST_SHIFT) - 1);
        uint64_t *found = &m->found[value >> GK_LIST_SHIFT][r / 64], bit = (uint64_t)1 << r % 64;
        bool ahead = value >> GK_LIST_SHIFT == GK_LIST_AHEAD;
        if (ahead && (!(*found & bit) || m->latest[r] < m->place[output])) m->latest[r] = m->place[output];
        *found |= bit;
    }
}

static gk_str window_of(const search *s) { return gk_str_slice(s->subject, s->at, s->end); }

static void run_find(search *s, uint32_t rule) {
    gk_str window = window_of(s);
    if (!may_begin(s, rule, window)) return;
    bool anywhere = s->d->none[GK_LIST_AHEAD][s->number / 64] >> s->number % 64 & 1;
    size_t latest = anywhere ? window.len : s->m->latest[s->number];
    gk_matcher_begin_before(s->m, latest);
    for (size_t start = 0; start <= latest;) {
        if (!run(s, rule, window, start, s->at) || !s->all || s->count == s->cap) return;
        size_t end = s->last_end - s->at, bytes = 1;
        if (s->last_end == s->last_start && end < window.len) gk_char_at(window, end, &bytes);
        start = s->last_end > s->last_start ? end : end + bytes;
    }
}

static void search_find(search *s) {
    size_t met = scan_needs(s);
    clear(s);
    for (size_t i = 0; i < met; i++) mark_searched(s, s->m->met[i]);
    each_candidate(s, run_find);
    gk_matcher_begin_before(s->m, PCRE2_UNSET);
}

static void run_whole(search *s, uint32_t rule) {
    if (may_begin(s, rule, window_of(s))) run(s, rule, window_of(s), 0, s->at);
}

static void search_whole(search *s) {
    mark_needs(s);
    each_candidate(s, run_whole);
}

static void (*const searches[])(search *) = {
    [GK_MODE_NUMBER] = search_number, [GK_MODE_TRIGGER] = search_trigger, [GK_MODE_START] = search_start,
    [GK_MODE_FIND] = search_find,     [GK_MODE_WHOLE] = search_whole,
};

static size_t start_search(search *s, gk_scope scope, size_t at, size_t end) {
    s->d = &s->m->set->dispatch[scope];
    s->end = end < s->subject.len ? end : s->subject.len;
    s->at = at < s->end ? at : s->end;
    if (s->d->len) searches[gk_scope_table[scope].mode](s);
    return s->count;
}

bool gk_match_best(gk_matcher *m, gk_scope scope, gk_str subject, size_t at, size_t end, gk_match *out) {
    search s = {.m = m, .subject = subject, .out = out};
    if (start_search(&s, scope, at, end) == 0) return false;
    gk_matcher_tell(m, out->rule, "won", out);
    return true;
}

size_t gk_match_all(gk_matcher *m, gk_scope scope, gk_str subject, size_t at, size_t end, gk_match *out, size_t cap) {
    search s = {.m = m, .subject = subject, .all = true, .out = out, .cap = cap};
    return cap ? start_search(&s, scope, at, end) : 0;
}

bool gk_match_rule(gk_matcher *m, const gk_rule *rule, gk_str subject, size_t at, size_t end, gk_match *out) {
    search s = {.m = m, .subject = subject, .only = rule, .out = out};
    return start_search(&s, rule->scope, at, end) > 0;
}

void gk_match_side(gk_matcher *m, gk_scope scope, gk_side side, gk_str subject, size_t at, uint64_t *rules) {
    const gk_dispatch *d = &m->set->dispatch[scope];
    search s = {.m = m, .d = d, .subject = subject, .end = subject.len};
    memset(m->found[side], 0, d->words * sizeof(uint64_t));
    mark_at(&s, side, at);
    for (size_t w = 0; w < d->words; w++) rules[w] = m->found[side][w] | d->none[side][w];
}

static search beside(gk_matcher *m, gk_scope scope, gk_str subject, size_t at, size_t end) {
    return (search){.m = m,
                    .d = &m->set->dispatch[scope],
                    .subject = subject,
                    .at = at,
                    .end = subject.len,
                    .number_bytes = end - at};
}

bool gk_match_sided(gk_matcher *m, gk_scope scope, gk_str subject, size_t at, size_t end, const uint64_t *before,
                    const uint64_t *behind, gk_match *out) {
    search s = beside(m, scope, subject, at, end);
    s.out = out;
    search_sided(&s, before, behind, run_number);
    if (s.count == 0) return false;
    gk_matcher_tell(m, out->rule, "won", out);
    return true;
}

bool gk_match_settled(gk_matcher *m, gk_scope scope, gk_str subject, size_t at, size_t end, const uint64_t *before,
                      const uint64_t *behind, size_t from, size_t to) {
    search s = beside(m, scope, subject, at, end);
    s.from = from;
    s.to = to;
    search_sided(&s, before, behind, run_settled);
    return !s.beyond;
}

gk_str gk_match_value(const gk_match *match, gk_str subject, gk_key key) {
    uint8_t group = match->rule->group_of[key];
    gk_span span = group ? match->group[group] : (gk_span){UINT32_MAX, UINT32_MAX};
    return span.start == UINT32_MAX ? match->rule->constant[key] : gk_str_slice(subject, span.start, span.end);
}
