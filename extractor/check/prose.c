/* Check rules on the skeleton of the prose. */
#include "check/recall.h"

enum { MOST_MATCHES = 2048 /* of one text */, MOST_FOUND = 2 * MOST_MATCHES /* that wait to be answered */ };

/* ---- relations */

enum { MOST_BEFORE = 8 /* figures between a head and the last of its parts */ };

/* "A total of 37, of which: A 5, B 32, 27 more than last year, or 270%": the change is that of the head. Whether a
 * formula of a change and its rate, or of the figure of the year before, holds with that of a head before the parts in
 * its sentence. */
static bool holds_for_head(gk_checker *c, const gk_found *m, const gk_ask *ask, gk_terms t) {
    const gk_token *this = gk_found_figure(c, m, GK_ROLE_THIS);
    gk_answer a;
    bool both = t.record[GK_ROLE_CHANGE] != GK_NO_RECORD && t.record[GK_ROLE_RATE] != GK_NO_RECORD;
    bool apart_by = t.record[GK_ROLE_BASE] != GK_NO_RECORD && t.record[GK_ROLE_CHANGE] != GK_NO_RECORD;
    if (!this || (!both && !apart_by && t.record[GK_ROLE_PRIOR] == GK_NO_RECORD)) return false;
    for (const gk_token *head = this; head > c->tokens.at && this - head < MOST_BEFORE;) {
        gk_str between = gk_str_slice(gk_buf_str(&c->skeleton), (--head)->end, this->at);
        size_t len;
        bool apart = gk_str_find(between, GK_STR("\xE3\x80\x82")) != SIZE_MAX;
        if (apart || gk_str_find(between, GK_STR("\n")) != SIZE_MAX) return false;
        if (!gk_class_in(head->class, GK_CLASSES_AMOUNT) || head->subject == this->subject) continue;
        if (gk_map_find(c->maps.openers, between, 0, &len, NULL) == SIZE_MAX) continue;
        t.record[GK_ROLE_THIS] = head->record;
        if (gk_formula_answer(c, ask, &t, &a) && a.status != GK_CONTRADICTS) return true;
    }
    return false;
}

/* "Against the planned 1520 it fell by 193": whether the figure before a change is what it is compared with. */
static bool is_compared(const gk_checker *c, const gk_found *m, const gk_terms *t) {
    const gk_token *this = gk_found_figure(c, m, GK_ROLE_THIS);
    if (!this || t->record[GK_ROLE_CHANGE] == GK_NO_RECORD || t->record[GK_ROLE_PRIOR] != GK_NO_RECORD) return false;
    gk_str text = gk_str_slice(gk_buf_str(&c->skeleton), c->line, this->at);
    size_t at = text.len, stop = gk_str_rfind(text, GK_STR("\xE3\x80\x82"));
    while (at > 0 && !memchr(",>(;\n", text.ptr[at - 1], 5)) at--;
    if (stop != SIZE_MAX && stop + 3 > at) at = stop + 3;
    return gk_map_prefix(c->maps.compared, gk_str_slice(text, at, text.len), NULL) > 0;
}

/* Whether a rate says that all was done where more was, in a rule whose rates may end there (mode `capped`). */
static bool is_capped(const gk_checker *c, const gk_found *m, const gk_terms *t, const gk_answer *a) {
    const gk_fixed all = 100 * gk_fixed_power(GK_FIXED_PLACES);
    if (!gk_str_eqz(m->by->rule->constant[GK_KEY_MODE], "capped")) return false;
    return c->figures.at[t->record[GK_ROLE_RATE]].value == all && a->expected.lo > all;
}

/* Whether two counts that are compared are of one unit. */
static bool are_alike(gk_checker *c, const gk_found *m) {
    const gk_token *this = gk_found_figure(c, m, GK_ROLE_THIS), *base = gk_found_figure(c, m, GK_ROLE_BASE);
    if (!this || !base || (this->class != 'n' && base->class != 'n')) return true;
    gk_str unit = gk_record_at(c, this->record)->field[GK_F_UNIT];
    bool alike = gk_str_eq(unit, gk_record_at(c, base->record)->field[GK_F_UNIT]);
    if (!alike) gk_not_run(c, GK_REASON_UNIT);
    return alike;
}

/* A formula whose value the stated figure must meet. */
void gk_check_formula(gk_checker *c, const gk_found *m) {
    const gk_ask *ask = &m->by->ask;
    gk_terms t;
    gk_answer a;
    if (!m->by->computes) gk_not_run(c, GK_REASON_TERM);
    else if (gk_terms_of(c, m, &t) && are_alike(c, m) && gk_formula_answer(c, ask, &t, &a) && gk_is_told(c, a.status)) {
        if (a.status == GK_CONTRADICTS && (is_capped(c, m, &t, &a) || holds_for_head(c, m, ask, t) || is_compared(c, m, &t))) {
            gk_not_run(c, GK_REASON_AMBIGUOUS);
            return;
        }
        gk_verdict v = gk_formula_told(c, ask, &t, &a);
        gk_verdict_add(c, &v);
    }
}

static char sign_between(gk_figure a, gk_figure b, bool meet) {
    if (meet && a.value == b.value) return '=';
    return a.value > b.value ? '+' : '-';
}

/* The word against the rate of what was spent, where what was planned is not told: more is above 100%. */
static void compare_rate(gk_checker *c, const gk_found *m, uint32_t rate, gk_str want) {
    const gk_fixed all = 100 * gk_fixed_power(GK_FIXED_PLACES);
    gk_interval is = gk_figure_wide(c->figures.at[rate]);
    bool less = is.hi < all, more = is.lo > all;
    bool wrong = want.ptr[0] == '+' ? less : want.ptr[0] == '-' ? more : want.ptr[0] == '=' && (less || more);
    if (!c->all && !wrong) return;
    gk_verdict v = gk_verdict_on(c, rate, GK_STR("direction"), m->by->rule->id, wrong ? GK_CONTRADICTS : GK_HOLDS);
    v.formula = gk_arena_printf(&c->out->arena, "%.*s %c 100%%", GK_STR_ARG(v.raw), less ? '<' : more ? '>' : '=');
    v.raw = v.text = gk_arena_dup(&c->out->arena, gk_found_words(c, m));
    v.hint = wrong ? v.formula : GK_STR_NONE;
    v.terms = &rate, v.term_count = 1;
    v.span = gk_skeleton_source(c, c->line + m->start, c->line + m->end);
    gk_verdict_add(c, &v);
}

/* A word that says which of two figures is larger: its value in the map of comparisons is "+", "-", "=", or "<"
 * for no larger. */
void gk_check_comparison(gk_checker *c, const gk_found *m) {
    gk_terms t;
    if (!gk_terms_of(c, m, &t)) return;
    gk_str word = gk_found_words(c, m);
    gk_str want = gk_map_get(c->maps.comparisons, word);
    if (!want.len) want = gk_map_get(c->maps.raised, word);
    uint32_t list[] = {t.record[GK_ROLE_THIS], t.record[GK_ROLE_BASE]};
    if (list[0] == GK_NO_RECORD && t.record[GK_ROLE_RATE] != GK_NO_RECORD && want.len)
        return compare_rate(c, m, t.record[GK_ROLE_RATE], want);
    if (list[0] == GK_NO_RECORD || list[1] == GK_NO_RECORD || !want.len) {
        gk_not_run(c, GK_REASON_TERM);
        return;
    }
    gk_figure a = c->figures.at[list[0]], b = c->figures.at[list[1]];
    bool meet = gk_interval_meet(gk_figure_interval(a), gk_figure_interval(b));
    char is = sign_between(a, b, meet);
    bool exact = a.step == 0 && b.step == 0; /* nothing that was not printed makes them differ */
    bool alike = is == '='; /* figures that are printed alike are neither more nor less */
    bool within = want.ptr[0] == '<' && is != '+';
    gk_status status = within || is == want.ptr[0] ? GK_HOLDS : meet && !exact && !alike ? GK_ROUNDING : GK_CONTRADICTS;
    if (!c->all && status != GK_CONTRADICTS) return;
    gk_verdict v = gk_verdict_on(c, list[0], GK_STR("direction"), m->by->rule->id, status);
    gk_str right = gk_record_at(c, list[1])->field[GK_F_RAW];
    v.formula = gk_arena_printf(&c->out->arena, "%.*s %c %.*s", GK_STR_ARG(v.raw), is == '+' ? '>' : is == '-' ? '<' : '=',
                                GK_STR_ARG(right));
    v.raw = gk_arena_dup(&c->out->arena, word);
    v.text = v.raw;
    v.hint = status == GK_CONTRADICTS ? v.formula : GK_STR_NONE;
    v.terms = list, v.term_count = 2;
    v.span = gk_skeleton_source(c, c->line + m->start, c->line + m->end);
    gk_verdict_add(c, &v);
}

/* A change and the rate of it have one sign. */
void gk_check_signs(gk_checker *c, const gk_found *m) {
    gk_terms t;
    if (!gk_terms_of(c, m, &t)) return;
    uint32_t list[] = {t.record[GK_ROLE_CHANGE], t.record[GK_ROLE_RATE]};
    if (list[0] == GK_NO_RECORD || list[1] == GK_NO_RECORD) {
        gk_not_run(c, GK_REASON_TERM);
        return;
    }
    gk_fixed x = c->figures.at[list[0]].value, y = c->figures.at[list[1]].value;
    bool against = (x > 0 && y < 0) || (x < 0 && y > 0);
    gk_verdict v = gk_verdict_on(c, list[1], GK_STR("direction"), m->by->rule->id, against ? GK_CONTRADICTS : GK_HOLDS);
    v.formula = GK_STR("the rate has the sign of the change");
    if (against) v.hint = GK_STR("the other direction word");
    v.has_expected = against;
    v.expected = gk_interval_at(-y);
    v.terms = list, v.term_count = 2;
    gk_verdict_add(c, &v);
}

/* What a printed figure lacks: the match says where, `term` is a complete figure beside it. */
static void tell_lack(gk_checker *c, const gk_found *m, uint32_t term, gk_str formula, gk_str hint) {
    const gk_rule *rule = m->by->rule;
    gk_verdict v = {.check = rule->constant[GK_KEY_CHECK], .status = GK_CONTRADICTS, .rule = rule->id, .stated = GK_NO_RECORD};
    v.raw = gk_arena_dup(&c->out->arena, gk_found_words(c, m));
    v.text = v.raw;
    v.span = gk_skeleton_source(c, c->line + m->start, c->line + m->end);
    v.formula = formula;
    v.hint = hint;
    v.terms = &term, v.term_count = 1;
    gk_verdict_add(c, &v);
}

/* The figure beside what a match finds wanting: that in `change`, else that in `base`. */
static uint32_t neighbour(gk_checker *c, const gk_found *m) {
    gk_terms t;
    if (!gk_terms_of(c, m, &t)) return GK_NO_RECORD;
    return t.record[GK_ROLE_CHANGE] != GK_NO_RECORD ? t.record[GK_ROLE_CHANGE] : t.record[GK_ROLE_BASE];
}

/* Bare digits in `value` where a figure with a unit belongs: the unit that the rule names, or that of the figure before. */
void gk_check_missing(gk_checker *c, const gk_found *m) {
    uint32_t before = neighbour(c, m);
    gk_str unit = m->by->rule->constant[GK_KEY_UNIT];
    if (before == GK_NO_RECORD) {
        gk_not_run(c, GK_REASON_TERM);
        return;
    }
    if (!unit.len) unit = gk_printed_unit(gk_record_at(c, before)->field[GK_F_RAW]);
    gk_str hint = gk_arena_printf(&c->out->arena, "its neighbours print %.*s", GK_STR_ARG(unit));
    tell_lack(c, m, before, GK_STR("the unit of its neighbours"), hint);
}

/* A unit in `value` that no figure stands before, where its neighbours have one: the figure was left out. */
void gk_check_blank(gk_checker *c, const gk_found *m) {
    uint32_t beside = neighbour(c, m);
    if (beside == GK_NO_RECORD) gk_not_run(c, GK_REASON_TERM);
    else tell_lack(c, m, beside, GK_STR("a figure before its unit"), GK_STR("its neighbours print figures"));
}

/* ---- what rules find */

/* What is asked of a text. */
enum { OF_LINE = 1, OF_SENTENCE = 2 };

static size_t find_rules(gk_checker *c, unsigned asked, gk_str text) {
    size_t n = 0;
    if (asked & OF_LINE) n = gk_match_all(c->matcher, GK_SCOPE_CHECK, text, 0, text.len, c->matches.at, MOST_MATCHES);
    if (asked & OF_SENTENCE)
        n += gk_match_all(c->matcher, GK_SCOPE_SENTENCE, text, 0, text.len, c->matches.at + n, MOST_MATCHES - n);
    return n;
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

/* Puts what the rules find in a piece, whose text may have other numbers of subjects, behind what was found. */
static void find_in(gk_checker *c, unsigned asked, gk_str text, piece p) {
    size_t count = find_rules(c, asked, text);
    for (size_t i = 0; i < count; i++)
        *gk_vec_push(&c->found) = gk_found_of(c, &c->matches.at[i], p.start, (size_t)(p.token - c->tokens.at));
}

/* The same for a sentence of a line. */
static void find_in_sentence(gk_checker *c, piece line, piece p) {
    gk_str text = sentence_text(c, p);
    size_t before = c->found.len, count;
    const gk_found *kept;
    if (gk_recall_find(c->recall, text, OF_SENTENCE, &kept, &count)) {
        for (size_t i = 0; i < count; i++) *gk_vec_push(&c->found) = kept[i];
    } else {
        find_in(c, OF_SENTENCE, text, p);
        gk_recall_keep(c->recall, text, OF_SENTENCE, c->found.at + before, c->found.len - before);
    }
    for (size_t i = before; i < c->found.len; i++)
        gk_found_move(&c->found.at[i], p.start - line.start, (uint32_t)(p.token - line.token));
}

static void answer(gk_checker *c, const gk_found *found, size_t count) {
    for (size_t i = 0; i < count; i++) found[i].by->how(c, &found[i]);
}

/* All that the rules find in a line, and those of sentences in its sentences, where these have two figures. False: it was too
 * much to be kept, and what was found first is answered. */
static bool find_in_line(gk_checker *c, piece line) {
    gk_str text = gk_buf_str(&c->skeleton);
    piece p = piece_at(c, line.token, line.start, sentence_end(text, line.start, line.end));
    bool one = p.end == line.end && line.tokens > 1, all = true;
    find_in(c, one ? OF_LINE | OF_SENTENCE : OF_LINE, gk_str_slice(text, line.start, line.end), line);
    if (one || line.tokens < 2) return true;
    for (;; p = piece_at(c, p.token + p.tokens, p.end, sentence_end(text, p.end, line.end))) {
        if (p.tokens > 1) find_in_sentence(c, line, p);
        if (p.end == line.end) return all;
        if (c->found.len < MOST_FOUND) continue;
        answer(c, c->found.at, c->found.len);
        c->found.len = 0, all = false;
    }
}

/* A line whose text was read before is not read again: in it are the same figures, by their kinds, and the same words. */
static void match_line(gk_checker *c, piece line) {
    gk_str text = gk_str_slice(gk_buf_str(&c->skeleton), line.start, line.end);
    const gk_found *kept;
    size_t count;
    c->line = line.start;
    c->near = (size_t)(line.token - c->tokens.at);
    if (gk_recall_find(c->recall, text, OF_LINE, &kept, &count)) {
        answer(c, kept, count);
        return;
    }
    c->found.len = 0;
    if (find_in_line(c, line)) gk_recall_keep(c->recall, text, OF_LINE, c->found.at, c->found.len);
    answer(c, c->found.at, c->found.len);
}

static void match_passage(gk_checker *c, gk_passage p) {
    gk_str text = gk_buf_str(&c->skeleton);
    size_t count;
    const gk_token *t = gk_tokens_in(c, p.start, p.end, &count);
    c->beyond = (size_t)(t - c->tokens.at) + count;
    for (uint32_t start = p.start, end; start < p.end; start = end) {
        const char *stop = memchr(text.ptr + start, '\n', p.end - start);
        end = stop ? (uint32_t)(stop - text.ptr) + 1 : p.end;
        piece line = piece_at(c, t, start, end);
        t += line.tokens;
        for (; line.tokens && line.token->end == start; line.token++) line.tokens--; /* they are not in the text */
        if (line.tokens) match_line(c, line);
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
    gk_vec_room(&c->found, 1);
    if (!c->recall) c->recall = gk_recall_new(GK_RECALL_BYTES);
    for (size_t i = 0; i < c->passages.len; i++) match_passage(c, c->passage = c->passages.at[i]);
    count_silent(c);
}
