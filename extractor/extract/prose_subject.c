/* Where a subject stands: the clause before a number, the words behind it, the parts of an enumeration. */
#include "extract/prose.h"

#include <string.h>

#include "text/numeral.h"

static bool is_clause_mark(const char *p) {
    return *p == ',' || *p == ':' || *p == ';' || *p == '\n' || *p == '\t';
}

/* Whether a comma stands between the digits of one number. */
static bool groups_digits(gk_str v, uint32_t at, gk_range text) {
    if (v.ptr[at] != ',' || at <= text.start || at + 1 >= text.end) return false;
    return gk_is_digit(v.ptr[at - 1]) && gk_is_digit(v.ptr[at + 1]);
}

/* The start of the text, or of what stands behind a quotation mark that no other closes: "the goal is “new products" gives
 * "new products". */
static uint32_t behind_open_quote(gk_str v, gk_range text) {
    for (uint32_t p = text.end; p >= text.start + 3; p--) {
        const unsigned char *c = (const unsigned char *)v.ptr + p - 3;
        if (c[0] != 0xE2 || c[1] != 0x80) continue;
        if (c[2] == 0x9D) return text.start; /* closed */
        if (c[2] == 0x9C) return p;
    }
    return text.start;
}

/* Cuts the text behind the last clause mark that stands outside brackets, and behind a bracket that is open or closed
 * without its partner: "(上年收入总计" gives "上年收入总计", "因公出国(境)费" stays whole. */
static uint32_t clause_start(gk_str v, gk_range text) {
    int depth = 0;
    text.start = behind_open_quote(v, text);
    for (uint32_t p = text.end; p > text.start; p--) {
        const char *c = v.ptr + p - 1;
        if ((unsigned char)*c & 0x80) continue;
        if (*c == ')') depth++;
        if (*c == '(' && --depth < 0) return p;
        if (depth == 0 && is_clause_mark(c) && !groups_digits(v, p - 1, text)) return p;
    }
    if (depth == 0) return text.start;
    for (uint32_t p = text.end; p > text.start; p--)
        if (v.ptr[p - 1] == ')' || is_clause_mark(v.ptr + p - 1)) return p;
    return text.start;
}

/* Whether a text opens with what the money before it is for: "5, for wages and books, 2 more than last year". */
static bool opens_with_use(const gk_extractor *x, gk_str text) {
    while (text.len && is_clause_mark(text.ptr)) text = gk_str_slice(text, 1, text.len);
    return x->maps.uses && gk_map_prefix(x->maps.uses, text, NULL) > 0;
}

/* Whether a clause that ended before the last one tells what the figure follows from: "by the accounts of 2030, ...". */
static bool tells_basis(const gk_extractor *x, gk_range clause) {
    const gk_map *basis = x->maps.basis_words;
    return basis && gk_map_prefix(basis, gk_view_text(x, clause.start, clause.end), NULL) > 0;
}

/* Whether a clause that ended before the last one names no subject: it tells a reason or a use. */
static bool tells_aside(const gk_extractor *x, gk_range text, uint32_t clause) {
    if (opens_with_use(x, gk_view_text(x, text.start, text.end))) return true;
    const gk_map *reasons = x->maps.reasons;
    return reasons && gk_map_find(reasons, gk_view_text(x, clause, text.end), 0, NULL, NULL) != SIZE_MAX;
}

gk_range gk_prose_clause(gk_extractor *x, gk_range text) {
    gk_str v = gk_view_text(x, 0, text.end);
    for (int rounds = 0; rounds < 4 && text.start < text.end; rounds++) {
        uint32_t start = clause_start(v, text);
        gk_range clause = gk_subject_trim(x, (gk_range){start, text.end});
        if (rounds && tells_aside(x, text, start)) break;
        if (clause.start < clause.end && !(rounds && tells_basis(x, clause))) return clause;
        if (start <= text.start) break;
        text.end = start - 1;
        while (text.end > text.start && ((unsigned char)v.ptr[text.end] & 0xC0) == 0x80) text.end--; /* a quotation mark */
    }
    return (gk_range){text.start, text.start};
}

gk_range gk_prose_last_clause(const gk_extractor *x, gk_range text) {
    return (gk_range){clause_start(gk_view_text(x, 0, text.end), text), text.end};
}

gk_range gk_prose_clause_before(gk_extractor *x, const gk_lead *lead, const gk_match *m) {
    gk_range clause = gk_prose_clause(x, lead->sentence);
    if (!m || clause.end <= m->start) return clause;
    gk_range cut = gk_prose_clause(x, (gk_range){lead->sentence.start, m->start});
    if (gk_is_empty(cut) && clause.start < m->start) return (gk_range){clause.start, m->start}; /* "the account of income" */
    return cut.start == clause.start && !gk_is_empty(cut) ? cut : clause;
}

/* Whether a label says no more than that money was spent or came in. */
static bool is_bare_flow(const gk_extractor *x, gk_range own) {
    gk_str text = gk_view_text(x, own.start, own.end);
    if (text.len && x->maps.opposites && gk_map_get(x->maps.opposites, text).ptr) return true;
    return text.len && x->maps.spent && gk_map_get(x->maps.spent, text).ptr;
}

gk_range gk_prose_caused(gk_extractor *x, gk_range sentence, gk_range own) {
    enum { LABEL_LEAST = 6 }; /* bytes: two characters */
    if (!is_bare_flow(x, own) || own.start < sentence.start) return own;
    gk_str text = gk_view_text(x, sentence.start, own.start);
    size_t from = 0, at = 0, len = 0;
    for (size_t i = 0; i < text.len; i++)
        if (text.ptr[i] == ';' || text.ptr[i] == ':') from = i + 1;
    text = gk_str_slice(text, from, text.len);
    at = x->maps.causes ? gk_map_find(x->maps.causes, text, 0, &len, NULL) : SIZE_MAX;
    size_t comma = gk_str_find(text, GK_STR(","));
    if (comma == 0 && at != SIZE_MAX) comma = gk_str_find(gk_str_slice(text, 1, text.len), GK_STR(",")) + 1;
    if (at == SIZE_MAX || at < LABEL_LEAST || comma == SIZE_MAX || comma < at) return own;
    uint32_t start = sentence.start + (uint32_t)from;
    gk_range label = gk_subject_trim(x, (gk_range){start, start + (uint32_t)at});
    return label.start < label.end ? label : own;
}

bool gk_prose_is_generic(const gk_extractor *x, gk_range subject) {
    return x->maps.generic && gk_map_get(x->maps.generic, gk_view_text(x, subject.start, subject.end)).ptr;
}

bool gk_prose_is_time(const gk_extractor *x, gk_range label) {
    return x->maps.stage_times && gk_map_get(x->maps.stage_times, gk_view_text(x, label.start, label.end)).ptr;
}

gk_range gk_prose_words(gk_extractor *x, const gk_match *m) {
    gk_range words = {m->start, m->end}, trimmed = gk_subject_trim(x, words);
    words.end -= (uint32_t)gk_map_suffix(x->maps.plainly, gk_view_text(x, words.start, words.end), NULL);
    return gk_is_empty(trimmed) || gk_prose_is_time(x, trimmed) ? words : trimmed;
}

gk_range gk_prose_headed(gk_extractor *x) {
    const gk_map *ends = x->maps.heading_ends;
    for (size_t level = x->depth; ends && level-- > 1;) {
        gk_range label = x->outline[level].at;
        if (gk_is_empty(label)) continue;
        label = gk_subject_trim(x, label);
        gk_str text = gk_view_text(x, label.start, label.end);
        for (size_t cut; (cut = gk_map_suffix(ends, text, NULL)) > 0;) text.len -= cut;
        label.end = label.start + (uint32_t)text.len;
        bool money = gk_map_suffix(x->maps.opposites, text, NULL) || gk_map_suffix(x->maps.given_money, text, NULL);
        if (money && !gk_prose_is_generic(x, label)) return label;
    }
    return (gk_range){0, 0};
}

/* "Reserve of houses(item): spending of 5": whether what the paragraph speaks of is such an item, and `own` says no more than
 * that money was spent on it. */
static bool spends_on_item(const gk_extractor *x, gk_range own) {
    gk_range topic = x->prose->topic;
    return x->maps.spent && gk_map_get(x->maps.spent, gk_view_text(x, own.start, own.end)).ptr &&
           gk_map_suffix(x->maps.item_marks, gk_view_text(x, topic.start, topic.end), NULL) > 0;
}

gk_range gk_prose_by_topic(const gk_extractor *x, const gk_number *n, const gk_match *m, gk_range own) {
    const struct gk_prose_state *s = x->prose;
    if (gk_is_empty(s->topic) || own.start >= n->whole.end) return own; /* "13 projects": what was counted */
    bool counted = m && s->has_last && s->last.kind != GK_NUMBER_AMOUNT && n->kind == GK_NUMBER_AMOUNT;
    if (gk_is_empty(own)) return counted && gk_str_eqz(m->rule->constant[GK_KEY_MEASURE], "budget") ? s->topic : own;
    return gk_prose_is_generic(x, own) || spends_on_item(x, own) ? s->topic : own;
}

gk_range gk_prose_uncounted(const gk_extractor *x, gk_range clause) {
    const struct gk_prose_state *s = x->prose;
    bool behind = s->has_last && s->last.kind == GK_NUMBER_QUANTITY && clause.start == s->behind;
    if (behind && gk_str_starts(gk_view_text(x, clause.end, s->block.end), GK_STR(",")))
        clause.end = clause.start;
    return clause;
}

bool gk_prose_tells_why(gk_extractor *x, const gk_match *m, const gk_lead *lead, gk_range own) {
    if (!m || lead->crosses || gk_is_empty(own) || own.end >= m->start || gk_is_empty(x->prose->carry)) return false;
    if (!x->maps.compare || !x->maps.directions) return false;
    gk_str clause = gk_view_text(x, own.start, own.end), words = gk_view_text(x, m->start, m->end);
    if (!gk_str_eqz(gk_view_text(x, own.end, m->start), ",")) return false;
    return gk_map_prefix(x->maps.compare, words, NULL) && gk_map_suffix(x->maps.directions, clause, NULL);
}

gk_range gk_prose_time(gk_extractor *x, gk_range text, gk_range *said) {
    gk_str v = gk_view_text(x, 0, text.end);
    uint32_t start = clause_start(v, text);
    *said = (gk_range){start, start};
    for (int rounds = 0; rounds < 4 && start > text.start + 1; rounds++) {
        if (v.ptr[start - 1] == ';' || v.ptr[start - 2] == ')') break;
        gk_range before = {clause_start(v, (gk_range){text.start, start - 1}), start - 1};
        *said = gk_subject_trim(x, before);
        if (said->start < said->end) break;
        start = before.start;
    }
    return (gk_range){start, text.end};
}

/* Whether a bracket that was opened in the first `at` bytes is open there. */
static bool in_brackets(gk_str s, size_t at) {
    int depth = 0;
    for (size_t i = 0; i < at; i++) depth += s.ptr[i] == '(' ? 1 : s.ptr[i] == ')' && depth > 0 ? -1 : 0;
    return depth > 0;
}

/* The end of a word that joins nothing ("joint") and holds the piece at an offset as if it joined; 0: none does. */
static size_t whole_word(const gk_extractor *x, gk_str s, size_t at) {
    enum { WIDEST = 9 }; /* bytes of such a word before its piece */
    size_t wide = 0, word = gk_map_find(x->maps.and_words, s, at > WIDEST ? at - WIDEST : 0, &wide, NULL);
    while (word != SIZE_MAX && word + wide <= at) word = gk_map_find(x->maps.and_words, s, word + wide, &wide, NULL);
    return word == SIZE_MAX || word > at ? 0 : word + wide;
}

/* The next word that joins parts, from an offset on; not where it is a piece of a word that joins nothing, or stands in
 * brackets. SIZE_MAX: none. */
static size_t next_join(const gk_extractor *x, const gk_map *marks, gk_str s, size_t from, size_t *len) {
    size_t at = gk_map_find(marks, s, from, len, NULL), behind;
    for (; at != SIZE_MAX; at = gk_map_find(marks, s, behind, len, NULL)) {
        behind = x->maps.and_words ? whole_word(x, s, at) : 0;
        if (!behind && !in_brackets(s, at)) break;
        if (!behind) behind = at + *len;
    }
    return at;
}

static size_t split(gk_extractor *x, const gk_map *marks, gk_range text, gk_range *parts, size_t cap) {
    gk_str s = gk_view_text(x, text.start, text.end);
    size_t n = 0, at = 0, len = 0;
    for (size_t from = 0; marks && n + 1 < cap; from = at + len) {
        at = next_join(x, marks, s, from, &len);
        if (at == SIZE_MAX) break;
        if (at == from) continue;
        parts[n++] = (gk_range){text.start + (uint32_t)from, text.start + (uint32_t)at};
        text.start += (uint32_t)(at + len);
        s = gk_view_text(x, text.start, text.end);
        at = len = 0;
    }
    if (text.start < text.end && n < cap) parts[n++] = text;
    return n;
}

enum { HAN = 3 }; /* bytes */

/* Where a text says behind its first character how many there are: "three counties". The end of the text: nowhere. */
static size_t count_at(const gk_extractor *x, gk_str s, size_t n) {
    for (size_t at = HAN; x->maps.counters && (at = gk_numeral_find(s, at)) < s.len;) {
        gk_decimal value;
        int64_t count;
        size_t bytes = gk_numeral_read(gk_str_slice(s, at, s.len), &value);
        bool same = bytes && gk_decimal_to_int(&value, 0, &count) && count == (int64_t)n;
        if (same && gk_map_prefix(x->maps.counters, gk_str_slice(s, at + bytes, s.len), NULL)) return at;
        at += bytes ? bytes : HAN;
    }
    return s.len;
}

/* Where the last of several parts alike ends that says more of all: "A, B and C, three counties with funds of" tells how many
 * they are, and behind names that all end with one character the last ends with it as well, where far more stands behind. */
static uint32_t end_of_last(const gk_extractor *x, const gk_range *parts, size_t n) {
    enum { MORE = 10 * HAN };
    gk_range last = parts[n - 1];
    gk_str s = gk_view_text(x, last.start, last.end);
    size_t at = count_at(x, s, n);
    if (at < s.len) return last.start + (uint32_t)at;
    bool alike = n > 2 && parts[0].end - parts[0].start > HAN;
    gk_str whose = alike ? gk_view_text(x, parts[0].end - HAN, parts[0].end) : GK_STR_NONE;
    for (size_t i = 1; alike && i + 1 < n; i++) alike = gk_str_ends(gk_view_text(x, parts[i].start, parts[i].end), whose);
    at = alike ? gk_str_find(s, whose) : SIZE_MAX;
    bool more = at != SIZE_MAX && at >= HAN && at + HAN + MORE <= s.len && !gk_str_ends(s, whose);
    return more ? last.start + (uint32_t)(at + HAN) : last.end;
}

size_t gk_prose_split(gk_extractor *x, gk_range text, size_t asked, gk_range *parts, size_t cap) {
    size_t n = split(x, x->maps.and, text, parts, cap);
    gk_range coarse[GK_PROSE_LIST];
    const gk_map *coarser[] = {x->maps.list_joins, x->maps.list_marks}; /* "food, goods and services, and rents" are three */
    for (size_t i = 0; i < 2 && n > asked && cap <= GK_PROSE_LIST; i++) {
        if (split(x, coarser[i], text, coarse, cap) != asked) continue;
        memcpy(parts, coarse, asked * sizeof *parts);
        n = asked;
    }
    if (n == asked && n > 1) parts[n - 1].end = end_of_last(x, parts, n);
    return n;
}

enum { ITEM_LEAST = 12 }; /* bytes of a name: four characters */

gk_range gk_prose_item(gk_extractor *x, gk_range label) {
    const gk_map *marks = x->maps.item_marks, *ends = x->maps.item_ends;
    gk_str s = gk_view_text(x, label.start, label.end);
    size_t behind = gk_map_suffix(ends, s, NULL), len = 0, from = 0, name = 0, mark = 0, at;
    if (!gk_map_suffix(marks, gk_str_slice(s, 0, s.len - behind), NULL)) return label;
    while ((at = gk_map_find(marks, s, from, &len, NULL)) != SIZE_MAX) {
        name = from;
        mark = at;
        from = at + len;
    }
    if (!name || from + behind != s.len || mark - name < ITEM_LEAST) return label;
    return (gk_range){label.start + (uint32_t)name, label.start + (uint32_t)from};
}

/* The end of a number, or, where it is the first of a range without a unit of its own, of the second: "grants of 5-8". */
static uint32_t behind_range(const gk_extractor *x, const gk_number *n) {
    uint32_t at = n->whole.end;
    if (n->kind != GK_NUMBER_AMOUNT || at >= x->prose->block.end || x->view->text.ptr[at] != '-') return at;
    size_t next = gk_prose_next_number(x, n);
    return next < x->numbers.len && x->numbers.at[next].ranged ? x->numbers.at[next].whole.end : at;
}

/* The subject that the rules of a scope find right behind a number, as it stands; empty where there is none. Where they only
 * tell the state of what was counted, it is that. *m: the match, without a rule where there is none. */
static gk_range subject_behind(gk_extractor *x, const gk_number *n, gk_scope scope, gk_match *m) {
    gk_range behind = gk_view_opening(x, (gk_range){behind_range(x, n), x->prose->block.end}, GK_MAX_TAIL_BYTES);
    m->rule = NULL;
    if (!gk_match_best(x->matcher, scope, gk_view_text(x, 0, behind.end), behind.start, behind.end, m))
        return (gk_range){behind.start, behind.start};
    bool state = gk_str_eqz(m->rule->constant[GK_KEY_CARRY], "counted") && n->kind == GK_NUMBER_QUANTITY;
    gk_range alike = state ? gk_prose_counted_alike(x, n) : (gk_range){0, 0};
    return gk_is_empty(alike) ? gk_match_range(m, GK_KEY_SUBJECT) : alike;
}

gk_range gk_prose_tail(gk_extractor *x, const gk_number *n) {
    gk_match m;
    return gk_subject_trim(x, subject_behind(x, n, GK_SCOPE_TAIL, &m));
}

gk_range gk_prose_purpose(gk_extractor *x, const gk_number *n) {
    gk_match m;
    return subject_behind(x, n, GK_SCOPE_PURPOSE, &m);
}

/* "At 5% cut fees": what a verb behind a rate says that it is of, by the `tail` rules with a measure, which the reading gets;
 * empty where it names nothing. */
static gk_range rate_behind(gk_extractor *x, const gk_number *n, gk_reading *r) {
    gk_match m;
    gk_range subject = subject_behind(x, n, GK_SCOPE_TAIL, &m);
    if (!m.rule || !m.rule->constant[GK_KEY_MEASURE].len) return (gk_range){0, 0};
    r->measure = m.rule->constant[GK_KEY_MEASURE];
    r->negative = gk_str_eqz(m.rule->constant[GK_KEY_SIGN], "-");
    return gk_subject_trim(x, subject);
}

/* "Rose by 5 of training fees": such money that is named right behind its figure; empty where none is. */
static gk_range money_behind(gk_extractor *x, const gk_number *n) {
    enum { HAN_FIRST = 0xE4 }; /* the first byte of a Han character is this at least */
    uint32_t at = n->whole.end;
    bool named = at < x->prose->block.end && (unsigned char)x->view->text.ptr[at] >= HAN_FIRST;
    gk_range money = named ? gk_prose_purpose(x, n) : (gk_range){0, 0};
    return money.start <= at + HAN ? money : (gk_range){0, 0}; /* behind "of" at most */
}

gk_range gk_prose_named_behind(gk_extractor *x, const gk_number *n, gk_str mode, gk_reading *r) {
    if (gk_str_eqz(mode, "behind")) return rate_behind(x, n, r);
    bool named = gk_str_eqz(mode, "named") || (gk_str_eqz(mode, "keep") && n->kind == GK_NUMBER_AMOUNT);
    return named ? money_behind(x, n) : (gk_range){0, 0};
}

bool gk_prose_named_alike(gk_extractor *x, const gk_number *n, gk_reading *r) {
    const struct gk_prose_state *s = x->prose;
    if (n->kind != GK_NUMBER_AMOUNT || !s->has_last || s->last.kind != n->kind || !x->maps.and) return false;
    if (s->last.subject.start < s->behind || s->last.subject.end >= n->whole.start) return false;
    if (!gk_map_get(x->maps.and, gk_view_text(x, s->last.subject.end, n->whole.start)).ptr) return false;
    gk_range money = money_behind(x, n);
    if (gk_is_empty(money)) return false;
    r->subject = money;
    r->measure = s->last.measure;
    r->negative = s->last.negative;
    return true;
}

gk_range gk_prose_purpose_before(gk_extractor *x, const gk_match *m, const gk_lead *lead) {
    enum { HEADING_BYTES = 72, MARK = 3 };
    gk_range at = {lead->all.start, lead->sentence.start}, none = {at.start, at.start};
    if (!lead->crosses || !m || m->start != lead->sentence.start || at.end < at.start + MARK) return none;
    at.end -= MARK;
    gk_str text = gk_view_text(x, at.start, at.end);
    size_t last = gk_str_rfind(text, GK_STR("\xE3\x80\x82"));
    if (last != SIZE_MAX) at.start += (uint32_t)last + MARK;
    gk_match says;
    gk_str heading = gk_view_text(x, at.start, at.end);
    if (heading.len > HEADING_BYTES || gk_str_find(heading, GK_STR(",")) != SIZE_MAX) return none;
    if (!gk_match_best(x->matcher, GK_SCOPE_PURPOSE, gk_view_text(x, 0, at.end), at.start, at.end, &says)) return none;
    return gk_subject_trim(x, gk_match_range(&says, GK_KEY_SUBJECT));
}

/* "Reserves of 5 are planned, spent 3": what was planned before it, where that names no side itself. */
static bool spends_what_was_planned(const gk_extractor *x, const gk_number *n, const gk_lead *lead, gk_range own) {
    const gk_reading *last = &x->prose->last;
    gk_str planned = gk_view_text(x, last->subject.start, last->subject.end);
    bool plan = last->kind == GK_NUMBER_AMOUNT && gk_is_planned(last->measure) && planned.len;
    bool alone = own.start == lead->sentence.start + 1 && own.end == n->whole.start;
    return plan && alone && x->maps.opposites && gk_map_find(x->maps.opposites, planned, 0, NULL, NULL) == SIZE_MAX;
}

bool gk_prose_spends_on_last(const gk_extractor *x, const gk_number *n, const gk_lead *lead, gk_range own) {
    const struct gk_prose_state *s = x->prose;
    if (!s->has_last || lead->crosses || n->kind != GK_NUMBER_AMOUNT || !x->maps.spent) return false;
    bool counted = s->last.kind == GK_NUMBER_QUANTITY && !gk_is_change(s->last.measure);
    if (!counted && !spends_what_was_planned(x, n, lead, own)) return false;
    if (gk_str_find(gk_view_text(x, lead->sentence.start, own.start), GK_STR(";")) != SIZE_MAX) return false;
    return gk_map_get(x->maps.spent, gk_view_text(x, own.start, own.end)).ptr != NULL;
}

void gk_prose_name_by_stage(gk_extractor *x, const gk_match *m, const gk_lead *lead, gk_reading *r) {
    gk_range clause = gk_prose_last_clause(x, (gk_range){lead->sentence.start, m->start});
    gk_str stage = x->maps.bases ? gk_map_get(x->maps.bases, gk_view_text(x, clause.start, clause.end)) : GK_STR_NONE;
    if (!stage.len) return;
    r->subject = clause;
    if (!r->measure.len) r->measure = stage;
}

/* The next place of a character from `from` on, `end` where none stands before it. */
static uint32_t next_of(const char *v, char c, uint32_t from, uint32_t end) {
    const char *at = from < end ? memchr(v + from, c, end - from) : NULL;
    return at ? (uint32_t)(at - v) : end;
}

void gk_prose_brackets_open(gk_extractor *x) {
    struct gk_prose_state *s = x->prose;
    s->next_open = next_of(x->view->text.ptr, '(', s->block.start, s->block.end);
    s->next_close = next_of(x->view->text.ptr, ')', s->block.start, s->block.end);
}

static void open_bracket(struct gk_prose_state *s) {
    size_t d = s->depth++;
    if (d >= GK_PROSE_DEPTH) return;
    s->stack[d] = (gk_outside){.carry = s->carry,
                               .year = s->year,
                               .part_measure = s->part_measure,
                               .part_named = s->part_named,
                               .govern = s->govern,
                               .has_last = s->has_last,
                               .last = s->last,
                               .amount = s->amount};
}

static void close_bracket(struct gk_prose_state *s) {
    size_t d = s->depth ? --s->depth : GK_PROSE_DEPTH;
    if (d >= GK_PROSE_DEPTH) return;
    const gk_outside *o = &s->stack[d];
    s->enclosed = s->last;
    bool spent = gk_str_eqz(s->part_measure, "actual"); /* so are those that are named alike behind the bracket */
    s->carry = o->carry;
    s->year = o->year;
    s->part_named = o->part_named;
    s->govern = o->govern;
    if (!spent || o->part_measure.len) s->part_measure = o->part_measure;
    if (o->has_last) s->last = o->last, s->amount = o->amount;
}

/* Most text has no brackets: the next ones are looked for once and passed over in one step. */
void gk_prose_brackets(gk_extractor *x, uint32_t to) {
    struct gk_prose_state *s = x->prose;
    const char *v = x->view->text.ptr;
    uint32_t end = s->block.end;
    for (;;) {
        uint32_t p = s->next_open < s->next_close ? s->next_open : s->next_close;
        if (p >= to || p >= end) break;
        if (p == s->next_open) {
            open_bracket(s);
            s->opened = p;
            s->next_open = next_of(v, '(', p + 1, end);
            continue;
        }
        close_bracket(s);
        s->next_close = next_of(v, ')', p + 1, end);
    }
}
