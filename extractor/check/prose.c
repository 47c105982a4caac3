/* Check rules on the skeleton of the prose. */
#include "check/formula.h"
#include "check/recall.h"
#include "pattern/relation.h"

enum { MOST_MATCHES = 2048 };

/* ---- relations */

/* A formula whose value the stated figure must meet. */
static void check_formula(gk_checker *c, const gk_match *m) {
    gk_terms t;
    gk_ask ask;
    gk_verdict v;
    if (!gk_ask_of(m, &ask)) gk_not_run(c, GK_REASON_TERM);
    else if (gk_terms_of(c, m, &t) && gk_formula_verdict(c, &ask, &t, &v)) gk_verdict_add(c, &v);
}

static char sign_between(gk_figure a, gk_figure b, bool meet) {
    if (meet && a.value == b.value) return '=';
    return a.value > b.value ? '+' : '-';
}

/* A word that says which of two figures is larger: its value in the map of comparisons is "+", "-" or "=". */
void gk_check_comparison(gk_checker *c, const gk_match *m) {
    gk_terms t;
    if (!gk_terms_of(c, m, &t)) return;
    gk_str word = gk_match_value(m, gk_buf_str(&c->skeleton), GK_KEY_SIGN);
    gk_str want = gk_map_get(c->maps.comparisons, word);
    uint32_t list[] = {t.record[GK_ROLE_THIS], t.record[GK_ROLE_BASE]};
    if (list[0] == GK_NO_RECORD || list[1] == GK_NO_RECORD || !want.len) {
        gk_not_run(c, GK_REASON_TERM);
        return;
    }
    gk_figure a = c->figures.at[list[0]], b = c->figures.at[list[1]];
    bool meet = gk_interval_meet(gk_figure_interval(a), gk_figure_interval(b));
    char is = sign_between(a, b, meet);
    bool exact = a.step == 0 && b.step == 0; /* nothing that was not printed makes them differ */
    bool alike = is == '='; /* figures that are printed alike are neither more nor less */
    gk_status status = is == want.ptr[0] ? GK_HOLDS : meet && !exact && !alike ? GK_ROUNDING : GK_CONTRADICTS;
    if (!c->all && status != GK_CONTRADICTS) return;
    gk_verdict v = gk_verdict_on(c, list[0], GK_STR("direction"), m->rule->id, status);
    gk_span at = m->group[m->rule->group_of[GK_KEY_SIGN]];
    gk_str right = gk_record_at(c, list[1])->field[GK_F_RAW];
    v.formula = gk_arena_printf(&c->out->arena, "%.*s %c %.*s", GK_STR_ARG(v.raw), is == '+' ? '>' : is == '-' ? '<' : '=',
                                GK_STR_ARG(right));
    v.raw = gk_arena_dup(&c->out->arena, word);
    v.text = v.raw;
    v.hint = status == GK_CONTRADICTS ? v.formula : GK_STR_NONE;
    v.terms = list, v.term_count = 2;
    v.span = gk_skeleton_source(c, at.start, at.end);
    gk_verdict_add(c, &v);
}

/* A change and the rate of it have one sign. */
void gk_check_signs(gk_checker *c, const gk_match *m) {
    gk_terms t;
    if (!gk_terms_of(c, m, &t)) return;
    uint32_t list[] = {t.record[GK_ROLE_CHANGE], t.record[GK_ROLE_RATE]};
    if (list[0] == GK_NO_RECORD || list[1] == GK_NO_RECORD) {
        gk_not_run(c, GK_REASON_TERM);
        return;
    }
    gk_fixed x = c->figures.at[list[0]].value, y = c->figures.at[list[1]].value;
    bool against = (x > 0 && y < 0) || (x < 0 && y > 0);
    gk_verdict v = gk_verdict_on(c, list[1], GK_STR("direction"), m->rule->id, against ? GK_CONTRADICTS : GK_HOLDS);
    v.formula = GK_STR("the rate has the sign of the change");
    if (against) v.hint = GK_STR("the other direction word");
    v.has_expected = against;
    v.expected = gk_interval_at(-y);
    v.terms = list, v.term_count = 2;
    gk_verdict_add(c, &v);
}

/* What a printed figure lacks: the match says where, `term` is a complete figure beside it. */
static void tell_lack(gk_checker *c, const gk_match *m, uint32_t term, gk_str formula, gk_str hint) {
    gk_span at = m->group[m->rule->group_of[GK_KEY_VALUE]];
    gk_verdict v = {.check = m->rule->constant[GK_KEY_CHECK], .status = GK_CONTRADICTS, .stated = GK_NO_RECORD};
    v.rule = m->rule->id;
    v.raw = gk_arena_dup(&c->out->arena, gk_match_value(m, gk_buf_str(&c->skeleton), GK_KEY_VALUE));
    v.text = v.raw;
    v.span = gk_skeleton_source(c, at.start, at.end);
    v.formula = formula;
    v.hint = hint;
    v.terms = &term, v.term_count = 1;
    gk_verdict_add(c, &v);
}

/* The figure beside what a match finds wanting: that in `change`, else that in `base`. */
static uint32_t neighbour(gk_checker *c, const gk_match *m) {
    gk_terms t;
    if (!gk_terms_of(c, m, &t)) return GK_NO_RECORD;
    return t.record[GK_ROLE_CHANGE] != GK_NO_RECORD ? t.record[GK_ROLE_CHANGE] : t.record[GK_ROLE_BASE];
}

/* Bare digits in `value` where a figure with a unit belongs: the unit that the rule names, or that of the figure before. */
void gk_check_missing(gk_checker *c, const gk_match *m) {
    uint32_t before = neighbour(c, m);
    gk_str unit = m->rule->constant[GK_KEY_UNIT];
    if (before == GK_NO_RECORD) {
        gk_not_run(c, GK_REASON_TERM);
        return;
    }
    if (!unit.len) unit = gk_printed_unit(gk_record_at(c, before)->field[GK_F_RAW]);
    gk_str hint = gk_arena_printf(&c->out->arena, "its neighbours print %.*s", GK_STR_ARG(unit));
    tell_lack(c, m, before, GK_STR("the unit of its neighbours"), hint);
}

/* A unit in `value` that no figure stands before, where its neighbours have one: the figure was left out. */
void gk_check_blank(gk_checker *c, const gk_match *m) {
    uint32_t beside = neighbour(c, m);
    if (beside == GK_NO_RECORD) gk_not_run(c, GK_REASON_TERM);
    else tell_lack(c, m, beside, GK_STR("a figure before its unit"), GK_STR("its neighbours print figures"));
}

/* ---- matches */

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
    return check_formula;
}

/* An empty group of parts stands for all that follows in the passage. */
static void open_parts(const gk_checker *c, gk_match *m) {
    uint8_t group = m->rule->group_of[GK_KEY_PARTS];
    if (group && m->group[group].start == m->group[group].end && m->group[group].start != UINT32_MAX)
        m->group[group].end = c->passage.end;
}

static gk_match moved(const gk_match *m, uint32_t by) {
    gk_match out = *m;
    out.start += by, out.end += by;
    for (size_t i = 0; i < sizeof out.group / sizeof *out.group; i++)
        if (out.group[i].start != UINT32_MAX) out.group[i].start += by, out.group[i].end += by;
    return out;
}

/* What is asked of a text. */
enum { OF_LINE = 1, OF_SENTENCE = 2 };

static size_t find_rules(gk_checker *c, unsigned asked, gk_str text) {
    size_t n = 0;
    if (asked & OF_LINE) n = gk_match_all(c->matcher, GK_SCOPE_CHECK, text, 0, text.len, c->matches.at, MOST_MATCHES);
    if (asked & OF_SENTENCE)
        n += gk_match_all(c->matcher, GK_SCOPE_SENTENCE, text, 0, text.len, c->matches.at + n, MOST_MATCHES - n);
    return n;
}

/* The matches of the rules in `text`, which is what stands at `start` of the skeleton but for the numbers of its subjects. */
static void match_rules(gk_checker *c, unsigned asked, gk_str text, uint32_t start) {
    const gk_match *match;
    size_t count;
    if (!gk_recall_find(c->recall, text, asked, &match, &count)) {
        count = find_rules(c, asked, text);
        match = c->matches.at;
        gk_recall_keep(c->recall, text, asked, match, count);
    }
    for (size_t k = 0; k < count; k++) {
        gk_match m = moved(&match[k], start);
        open_parts(c, &m);
        how_of(m.rule->constant[GK_KEY_RELATION])(c, &m);
    }
}

/* ---- lines and sentences */

/* Some tokens, and the text that they stand in. */
typedef struct piece {
    uint32_t start, end;
    const gk_token *token;
    size_t tokens;
} piece;

/* Writes a number of a subject over another of as many digits; false: it has more. */
static bool put_number(char *token, size_t len, uint32_t number) {
    char *end = token + GK_TOKEN_NUMBER + GK_SUBJECT_DIGITS;
    if (len > GK_TOKEN_NUMBER + GK_SUBJECT_DIGITS + 2 || (*end != '>' && *end != '~')) return false;
    for (int i = 0; i < GK_SUBJECT_DIGITS; i++, number /= 10) *--end = (char)('0' + number % 10);
    return true;
}

/* A sentence within a line, with its subjects counted from its start. */
static gk_str sentence_text(gk_checker *c, piece p) {
    gk_buf_clear(&c->sentence);
    gk_buf_put(&c->sentence, gk_str_slice(gk_buf_str(&c->skeleton), p.start, p.end));
    gk_count_anew(c);
    for (size_t i = 0; i < p.tokens; i++) {
        const gk_token *t = &p.token[i];
        if (!put_number(c->sentence.ptr + (t->at - p.start), t->end - t->at, gk_count_of(c, t->subject)))
            return gk_str_slice(gk_buf_str(&c->skeleton), p.start, p.end);
    }
    return gk_buf_str(&c->sentence);
}

/* Where the sentence that begins at `start` ends, with its mark. */
static uint32_t sentence_end(gk_str text, uint32_t start, uint32_t end) {
    size_t mark = gk_str_find(gk_str_slice(text, start, end), GK_STR("\xE3\x80\x82"));
    return mark == SIZE_MAX ? end : start + (uint32_t)mark + 3;
}

/* The tokens of [start, end), where t is the first that may stand there. */
static piece piece_at(const gk_checker *c, const gk_token *t, uint32_t start, uint32_t end) {
    const gk_token *stop = c->tokens.at + c->tokens.len;
    piece p = {.start = start, .end = end, .token = t};
    while (t + p.tokens < stop && t[p.tokens].at < end) p.tokens++;
    return p;
}

/* The rules of sentences, on those that have two figures. */
static void match_sentences(gk_checker *c, piece line, piece p) {
    gk_str text = gk_buf_str(&c->skeleton);
    for (;; p = piece_at(c, p.token + p.tokens, p.end, sentence_end(text, p.end, line.end))) {
        if (p.tokens > 1) match_rules(c, OF_SENTENCE, sentence_text(c, p), p.start);
        if (p.end == line.end) return;
    }
}

static void match_line(gk_checker *c, piece line) {
    gk_str text = gk_buf_str(&c->skeleton), all = gk_str_slice(text, line.start, line.end);
    c->near = (size_t)(line.token - c->tokens.at);
    piece first = piece_at(c, line.token, line.start, sentence_end(text, line.start, line.end));
    bool one = line.tokens > 1 && line.tokens == first.tokens && line.end == first.end;
    match_rules(c, one ? OF_LINE | OF_SENTENCE : OF_LINE, all, line.start);
    if (!one && line.tokens > 1) match_sentences(c, line, first);
}

static void match_passage(gk_checker *c, gk_passage p) {
    gk_str text = gk_buf_str(&c->skeleton);
    size_t count;
    const gk_token *t = gk_tokens_in(c, p.start, p.end, &count);
    for (uint32_t start = p.start, end; start < p.end; start = end) {
        const char *stop = memchr(text.ptr + start, '\n', p.end - start);
        end = stop ? (uint32_t)(stop - text.ptr) + 1 : p.end;
        piece line = piece_at(c, t, start, end);
        match_line(c, line);
        t += line.tokens;
    }
}

/* A share or a rate of execution that no rule found the terms of. */
static void count_silent(gk_checker *c) {
    for (size_t i = 0; i < c->tokens.len; i++) {
        const gk_token *t = &c->tokens.at[i];
        if ((t->class == 'S' || t->class == 'E') && !(c->judged.at[t->record] & GK_JUDGED)) gk_not_run(c, GK_REASON_TERM);
    }
}

void gk_check_prose(gk_checker *c) {
    while (c->matches.len < MOST_MATCHES) gk_vec_push(&c->matches);
    if (!c->recall) c->recall = gk_recall_new(GK_RECALL_BYTES);
    for (size_t i = 0; i < c->passages.len; i++) match_passage(c, c->passage = c->passages.at[i]);
    count_silent(c);
}
