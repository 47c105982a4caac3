/* The subject of a number: what is named beside it, else what is carried.
 *
 * Worked example: "支出总计5万元(上年6万元),完成98%。": the first number names its own, which is carried to the second, whose
 * lead says nothing but a year, and to the rate behind the bracket.
 */
#include "extract/prose.h"

#include <string.h>

#include "extract/table.h"

/* "A 5, B 6, up by 7% and 8% respectively": the list is what the sentence spoke of last. */
static void take_recent(gk_extractor *x, const gk_number *n, gk_reading *r) {
    struct gk_prose_state *s = x->prose;
    size_t run = gk_prose_run(x, n, x->maps.directions); /* "up by 7% and down by 8%" */
    bool alike = run == s->alike && s->last.subject.start == s->alike_of.start;
    if (alike) r->subject = s->last.subject; /* as many as were told of one */
    if (alike || run < 2 || run > s->recent_len) return;
    for (size_t i = 0; i < run; i++) s->list[i] = s->recent[s->recent_len - run + i];
    s->list_len = run;
    s->list_next = 1;
    r->subject = s->list[0];
}

void gk_prose_next_of_list(gk_extractor *x, gk_reading *r) {
    struct gk_prose_state *s = x->prose;
    if (s->list_next < s->list_len) r->subject = gk_subject_trim(x, s->list[s->list_next++]);
}

bool gk_prose_compares(const gk_extractor *x, const gk_lead *lead) {
    return gk_map_prefix(x->maps.compare, gk_view_text(x, lead->sentence.start, lead->sentence.end), NULL) > 0;
}

/* Whether a paragraph begins with what a figure of the one before is compared with: "Compared with last year 5 more". */
static bool opens_with_comparison(const gk_extractor *x, const gk_lead *lead, const gk_reading *r) {
    if (gk_is_empty(x->now.told_at) || !gk_is_change(r->measure) || lead->sentence.start != x->prose->block.start) return false;
    return gk_prose_compares(x, lead);
}

/* "Spending of 5, of which fees 2、travel 3, more than the 4 reported": what is compared behind a list of parts is the
 * whole, and so is what was executed by a rate. */
static bool follows_list(const gk_extractor *x, const gk_lead *lead, bool executed) {
    gk_str text = gk_view_text(x, lead->sentence.start, lead->sentence.end);
    if (gk_str_starts(text, GK_STR(")"))) text = gk_str_slice(text, 1, text.len);
    if (lead->crosses || !gk_str_starts(text, GK_STR(","))) return false;
    return executed || gk_map_prefix(x->maps.compare, gk_str_slice(text, 1, text.len), NULL) > 0;
}

/* "Bonds of 5 for 15 works, 4 of which spent": what was counted stands between money of a sentence and what became of it. */
static bool counted_between(const gk_extractor *x, const gk_reading *r) {
    const struct gk_prose_state *s = x->prose;
    if (r->kind != GK_NUMBER_AMOUNT || !gk_str_eqz(r->measure, "actual")) return false;
    return s->last.kind == GK_NUMBER_QUANTITY && s->amount.kind == GK_NUMBER_AMOUNT;
}

/* What a figure without a subject of its own speaks of. An execution rate speaks of money that was planned or spent,
 * not of what was left over or counted in between; money that a new sentence says to have risen, not of what was counted
 * before. What was spent is no part of what was left over just before. */
static gk_range carried(gk_extractor *x, const gk_lead *lead, const gk_match *m, const gk_reading *r) {
    const struct gk_prose_state *s = x->prose;
    bool executed = gk_str_eqz(r->measure, "execution_rate");
    bool left_over = executed && (gk_str_eqz(s->last.measure, "balance") || s->last.kind == GK_NUMBER_QUANTITY);
    bool told = executed && lead->crosses && s->last.kind == GK_NUMBER_AMOUNT;
    bool risen = lead->crosses && gk_is_change(r->measure);
    bool adjusted = gk_str_eqz(r->measure, "adjusted_budget") && gk_is_change(s->last.measure);
    bool spent = counted_between(x, r) || (gk_str_eqz(r->measure, "actual") && gk_str_eqz(s->last.measure, "balance"));
    bool counted = risen && r->kind == GK_NUMBER_AMOUNT && s->last.kind == GK_NUMBER_QUANTITY;
    bool again = lead->crosses && r->kind == GK_NUMBER_AMOUNT;
    if ((risen || again || told) && !gk_is_empty(s->whole)) return s->whole;
    if (again && s->last.kind == GK_NUMBER_PERCENT && !gk_is_empty(s->flow)) return s->flow;
    if (s->joined && !gk_is_empty(s->head) && follows_list(x, lead, executed)) return s->head;
    if (s->has_last && !gk_is_empty(s->flow) && (left_over || counted || adjusted || spent)) return s->flow;
    if (!gk_is_empty(s->carry)) return s->carry;
    if (opens_with_comparison(x, lead, r)) return x->now.told_at;
    gk_range clause = gk_prose_clause_before(x, lead, m);
    if (!gk_is_empty(clause) && !gk_prose_is_generic(x, clause)) return clause;
    gk_range named = gk_subject_trim(x, x->now.heading_at);
    return gk_is_empty(named) ? x->now.heading_at : named;
}

static bool are_levels(const gk_extractor *x, const gk_range *list, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (!x->maps.levels || !gk_map_get(x->maps.levels, gk_view_text(x, list[i].start, list[i].end)).ptr) return false;
    return count > 1;
}

/* "A、B分别为": the parts wait for the numbers to come; the first one is taken now. "Grants of 5, those of the province and the
 * county up by 6% and 7% respectively": the levels of government are no subjects, what they give is. */
static void take_each(gk_extractor *x, const gk_number *n, const gk_lead *lead, const gk_match *m, gk_reading *r,
                      gk_range head) {
    struct gk_prose_state *s = x->prose;
    s->list_len = gk_prose_split(x, head, gk_prose_run(x, n, NULL), s->list, GK_PROSE_LIST);
    s->list_next = 0;
    gk_prose_share(x, s->list, s->list_len);
    if (n->kind == GK_NUMBER_PERCENT && are_levels(x, s->list, s->list_len)) {
        gk_range given = carried(x, lead, m, r);
        for (size_t i = 0; i < s->list_len; i++) s->list[i] = given;
    }
    if (s->list_len) r->subject = gk_subject_trim(x, s->list[s->list_next++]);
    if (s->list_len == 1) s->alike = gk_prose_run(x, n, NULL), s->alike_of = r->subject;
}

/* What a number counts without a classifier ("helped 2.5万小微企业"): the words that stand for its unit; else empty. */
static gk_range counted_thing(gk_extractor *x, const gk_number *n) {
    const gk_map *things = x->maps.scaled;
    size_t len = things && n->kind == GK_NUMBER_QUANTITY
                     ? gk_map_suffix(things, gk_view_text(x, n->digits.end, n->at.end), NULL)
                     : 0;
    return (gk_range){n->at.end - (uint32_t)len, n->at.end};
}

static bool names(gk_extractor *x, gk_range subject, gk_str word) {
    return gk_str_find(gk_view_text(x, subject.start, subject.end), word) != SIZE_MAX;
}

/* "The account of income is up by 5, the account of spending down by 6": the name of the stage, which is no label by itself,
 * where it names the other side. */
static gk_range stage_of_other_side(gk_extractor *x, const gk_match *m, const gk_lead *lead, gk_range carried) {
    gk_range stage = gk_prose_last_clause(x, (gk_range){lead->sentence.start, m->start});
    gk_str other = GK_STR_NONE, said = gk_view_text(x, stage.start, stage.end);
    size_t len = gk_map_prefix(x->maps.opposites, said, &other);
    bool named = len && len < said.len && !names(x, carried, gk_str_slice(said, 0, len)) && names(x, carried, other);
    return named ? stage : (gk_range){carried.start, carried.start};
}

/* "Budgeted income of 5, budgeted spending of 6": where the words of a rule name a side (map `opposites`) and what is
 * carried names the other one, they are the subject. A rule that always carries speaks of what the sentence said of that
 * side before, whatever stood in between. Empty: what is carried holds. */
static gk_range other_side(gk_extractor *x, const gk_match *m, const gk_lead *lead, const gk_reading *r, gk_range carried) {
    const struct gk_prose_state *s = x->prose;
    const gk_map *map = x->maps.opposites;
    gk_range none = {carried.start, carried.start};
    if (!map || !m || !gk_is_empty(r->whole)) return none;
    if (gk_is_change(r->measure)) return stage_of_other_side(x, m, lead, carried);
    gk_str said = gk_view_text(x, m->start, m->end), other = GK_STR_NONE;
    size_t len = 0, at = gk_map_find(map, said, 0, &len, &other);
    if (at == SIZE_MAX) return none;
    gk_range word = {m->start + (uint32_t)at, m->start + (uint32_t)(at + len)};
    gk_str side = gk_str_slice(said, at, at + other.len);
    if (names(x, carried, side)) return none;
    if (!gk_str_eqz(m->rule->constant[GK_KEY_CARRY], "always")) return names(x, carried, other) ? word : none;
    for (size_t i = s->recent_len; i-- > 0;)
        if (names(x, s->recent[i], side)) return s->recent[i];
    return word;
}

/* "29 offices have 50 faults in all": what was counted before stands behind its number, and is no label of this one. */
static bool is_counted(const gk_extractor *x, gk_range own) {
    const struct gk_prose_state *s = x->prose;
    return s->has_last && s->last.kind == GK_NUMBER_QUANTITY && own.start >= s->behind &&
           own.start == s->last.subject.start;
}

/* "50 counties got funds of 5": what was counted is no part of the label of the money that they got. The label as it is, where
 * nothing that names such money is left: "50 firms had sales of 5" are sales of firms. */
static gk_range without_counted(gk_extractor *x, const gk_number *n, gk_range own) {
    const struct gk_prose_state *s = x->prose;
    if (n->kind != GK_NUMBER_AMOUNT || gk_is_empty(own) || !is_counted(x, own) || own.end <= s->last.subject.end) return own;
    gk_range rest = gk_subject_trim(x, (gk_range){s->last.subject.end, own.end});
    bool given = x->maps.given_money && gk_map_suffix(x->maps.given_money, gk_view_text(x, rest.start, rest.end), NULL);
    return given && !gk_prose_is_generic(x, rest) ? rest : own;
}

/* "14 projects had funds of 5 unused": the money behind its figure, where the label before it is what was counted. */
static gk_range money_of_counted(gk_extractor *x, const gk_number *n, gk_range own) {
    const struct gk_prose_state *s = x->prose;
    bool counted = n->kind == GK_NUMBER_AMOUNT && !gk_is_empty(own) && is_counted(x, own) && own.end == s->last.subject.end;
    gk_range money = counted ? gk_prose_purpose(x, n) : (gk_range){0, 0};
    gk_str called = gk_view_text(x, money.start, money.end);
    bool given = x->maps.given_money && gk_map_suffix(x->maps.given_money, called, NULL);
    bool taken = x->maps.opposites && gk_map_suffix(x->maps.opposites, called, NULL);
    return given || taken ? money : own;
}

/* "Bonds of 5 were raised, of which 3 were issued in 2030": a verb alone names nothing where something was spoken of. */
static bool is_bare_verb(gk_extractor *x, const gk_number *n, const gk_lead *lead, gk_range own) {
    if (n->kind != GK_NUMBER_AMOUNT || gk_is_empty(own) || gk_is_empty(x->prose->flow) || !x->maps.bare_verbs) return false;
    gk_str how = gk_map_get(x->maps.bare_verbs, gk_view_text(x, own.start, own.end));
    return how.ptr && (gk_str_eqz(how, "parts") || !gk_lead_names_parts(x, lead));
}

/* A heading that only tells what its section is does not name money: the one that its section stands under does, else what
 * stands right behind the figure ("5 of money came in"), else the words of the rule ("actually spent 5"). */
static gk_range below_telling(gk_extractor *x, const gk_match *m, const gk_number *n, gk_range subject) {
    gk_range heading = x->now.heading_at, named;
    bool of_heading = subject.start >= heading.start && subject.end <= heading.end && !gk_is_empty(subject);
    if (n->kind != GK_NUMBER_AMOUNT || !of_heading || !x->maps.telling) return subject;
    if (!gk_map_suffix(x->maps.telling, gk_view_text(x, subject.start, subject.end), NULL)) return subject;
    if (m && !gk_is_empty(named = gk_prose_headed(x))) return named;
    named = m ? gk_prose_words(x, m) : gk_prose_purpose(x, n);
    return gk_is_empty(named) ? subject : named;
}

/* "The money came in, at a rate of 100%; actual spending of 5": a rate says nothing of money, or of how it was spent. The
 * money that was spoken of before does, else the words of the rule. */
static gk_range beside_rate(gk_extractor *x, const gk_match *m, const gk_number *n, gk_range subject) {
    gk_match says;
    bool executed = m && gk_str_eqz(m->rule->constant[GK_KEY_MEASURE], "execution_rate");
    if (!m || (n->kind != GK_NUMBER_AMOUNT && !executed) || x->prose->last.kind != GK_NUMBER_PERCENT) return subject;
    if (!gk_label_says(x, subject, &says) || !gk_str_eqz(says.rule->constant[GK_KEY_KIND], "percentage")) return subject;
    gk_range words = gk_subject_trim(x, (gk_range){m->start, m->end});
    if (!gk_is_empty(x->prose->flow)) return x->prose->flow;
    return gk_is_empty(words) ? subject : words;
}

/* "The first plan was 5, 6 were spent": where nothing else is a label, or the words of another stage are, those of the rule
 * stand for one. */
static gk_range beside_stage(gk_extractor *x, const gk_match *m, const gk_number *n, const gk_reading *r, gk_range subject) {
    bool stage = gk_is_planned(r->measure) || gk_str_eqz(r->measure, "actual");
    if (!m || n->kind != GK_NUMBER_AMOUNT || !stage || !x->maps.bases) return subject;
    gk_str text = gk_view_text(x, subject.start, subject.end);
    bool stage_word = gk_map_get(x->maps.bases, text).ptr;
    bool came = gk_str_eqz(r->measure, "actual") && x->prose->has_last && x->maps.came_in &&
                gk_map_get(x->maps.came_in, text).ptr; /* "5 came in; 4 were spent" */
    bool names = !gk_is_empty(subject) && !gk_prose_is_time(x, subject) && !stage_word && !came;
    return names ? subject : gk_prose_words(x, m);
}

/* "Above the task of 5 people", "below the goal of 90%": what was asked for, of what the words before it name, else of what
 * was spoken of. "The goal of a rise of 5%" is a rise. */
static bool is_goal(gk_extractor *x, const gk_number *n, const gk_lead *lead, gk_reading *r) {
    enum { WORD = 3 }; /* bytes: a single character names nothing */
    bool rate = n->kind == GK_NUMBER_PERCENT;
    if ((n->kind != GK_NUMBER_QUANTITY && !rate) || (rate && gk_is_change(r->measure))) return false;
    if (!gk_map_prefix(x->maps.goal_behind, gk_view_text(x, n->whole.end, x->prose->block.end), NULL)) return false;
    gk_range own = gk_prose_clause(x, lead->sentence);
    r->measure = rate ? GK_STR("rate") : GK_STR("target");
    r->subject = own.end - own.start <= WORD ? carried(x, lead, NULL, r) : own;
    return true;
}

/* "30 families of farmers, 96 people gained": who was counted before, not what they did. */
static bool tells_effect(gk_extractor *x, gk_range tail, gk_range clause) {
    if (!x->maps.effects || gk_is_empty(clause) || !is_counted(x, clause)) return false;
    return gk_map_get(x->maps.effects, gk_view_text(x, tail.start, tail.end)).ptr;
}

/* "90% of the works were done in time": what the share is of stands behind it, and nothing before it in its clause. */
static bool is_share_of(const gk_extractor *x, const gk_number *n, const gk_lead *lead, gk_range own) {
    if (n->kind != GK_NUMBER_PERCENT) return false;
    if (!gk_map_prefix(x->maps.of_marks, gk_view_text(x, n->whole.end, x->prose->block.end), NULL)) return false;
    return gk_is_empty(own) || own.end <= gk_prose_last_clause(x, lead->sentence).start;
}

/* "The rate = (spent 5 + owed 1) / planned × 100% = 96%": what the formula begins with, and of a term of it what stands behind
 * its sign; empty where there is no formula. */
static gk_range of_formula(gk_extractor *x, const gk_number *n, const gk_lead *lead) {
    enum { MOST = 600 }; /* bytes */
    uint32_t start = x->prose->block.start, end = n->digits.start;
    gk_range none = {end, end};
    const char *v = x->view->text.ptr;
    bool term = n->kind == GK_NUMBER_AMOUNT && lead->sentence.start < end && v[lead->sentence.start] == '+';
    if (term) {
        gk_range words = {lead->sentence.start + 1, lead->sentence.end}, trimmed = gk_subject_trim(x, words);
        return gk_is_empty(trimmed) ? words : trimmed;
    }
    if (n->kind != GK_NUMBER_PERCENT || end == start || v[end - 1] != '=') return none;
    if (end - start > MOST) start = end - MOST;
    while (start < end && ((unsigned char)v[start] & 0xC0) == 0x80) start++;
    gk_str text = gk_view_text(x, start, end);
    size_t stop = gk_str_rfind(text, GK_STR("\xE3\x80\x82"));
    if (stop != SIZE_MAX) start += (uint32_t)stop + 3, text = gk_view_text(x, start, end);
    size_t sign = gk_str_find(text, GK_STR("="));
    return sign + 1 == text.len ? none : gk_prose_clause(x, (gk_range){start, start + (uint32_t)sign});
}

/* What is named beside a number: by the group of its rule or the clause before its match (`own`), or behind it. */
static gk_range named_beside(gk_extractor *x, const gk_number *n, const gk_match *m, const gk_lead *before, gk_reading *r,
                             gk_range own) {
    gk_range lead = before->sentence;
    gk_str mode = m ? m->rule->constant[GK_KEY_MODE] : GK_STR_NONE,
           carry = m ? m->rule->constant[GK_KEY_CARRY] : GK_STR_NONE;
    if (gk_str_eqz(mode, "purpose")) {
        gk_range purpose = gk_prose_purpose(x, n);
        if (gk_is_empty(purpose)) purpose = gk_prose_purpose_before(x, m, before);
        own = gk_is_empty(purpose) ? gk_prose_clause(x, lead) : purpose;
    }
    gk_range named = gk_prose_named_behind(x, n, mode, r);
    if (!gk_is_empty(named)) own = named;
    gk_range formula = of_formula(x, n, before);
    if (!gk_is_empty(formula)) return formula;
    bool tail_first = gk_str_eqz(mode, "tail") || (!m && n->kind == GK_NUMBER_QUANTITY) || is_share_of(x, n, before, own);
    bool unnamed = gk_is_empty(own) || (n->kind == GK_NUMBER_QUANTITY && (gk_prose_is_generic(x, own) || is_counted(x, own)));
    bool counted_before = gk_str_eqz(carry, "counted") && !gk_is_empty(x->prose->counted);
    gk_range alike = counted_before ? gk_prose_counted_alike(x, n) : own;
    if (counted_before) return gk_is_empty(alike) ? x->prose->counted : alike;
    if (!tail_first && (!unnamed || n->kind != GK_NUMBER_QUANTITY || gk_str_eqz(carry, "always"))) return own;
    gk_range tail = gk_prose_tail(x, n);
    gk_range clause = gk_prose_clause(x, lead);
    if (!gk_is_empty(tail)) own = tells_effect(x, tail, clause) ? clause : tail;
    else if (tail_first) own = gk_prose_uncounted(x, clause);
    if (gk_is_empty(own) && tail_first && m) own = gk_prose_clause(x, (gk_range){lead.start, m->start});
    return own;
}

/* What is left of that as the subject: empty where it only says what the figure is to another one. */
static gk_range own_subject(gk_extractor *x, const gk_number *n, const gk_match *m, const gk_lead *before, gk_reading *r,
                            gk_range own) {
    gk_range lead = before->sentence;
    own = gk_prose_counted_done(x, n, money_of_counted(x, n, without_counted(x, n, own)));
    if (is_bare_verb(x, n, before, own)) own = x->prose->flow;
    if (m && gk_str_eqz(m->rule->constant[GK_KEY_CARRY], "last") && x->prose->has_last) own = x->prose->last.subject;
    if (!gk_is_empty(own) && gk_prose_spends_on_last(x, n, before, own)) {
        own.end = own.start;
        if (!r->measure.len && gk_is_planned(x->prose->last.measure)) r->measure = GK_STR("actual");
    }
    gk_range counted = counted_thing(x, n);
    if (!gk_is_empty(counted)) own = counted;
    bool counted_alone = n->kind == GK_NUMBER_AMOUNT && is_counted(x, own) && own.end == x->prose->last.subject.end;
    bool shared = n->kind == GK_NUMBER_PERCENT && gk_str_eqz(r->measure, "share") && is_counted(x, own);
    /* "6 ponds were not dug, 30% of those planned": ponds */
    if (shared && own.end > x->prose->last.subject.end) return x->prose->last.subject;
    bool used = counted_alone && counted_between(x, r) && gk_str_starts(gk_view_text(x, own.end, lead.end), GK_STR(","));
    if (used || (counted_alone && !gk_is_empty(x->prose->topic))) own.end = own.start;
    own = gk_prose_by_topic(x, n, m, own);
    if (m && n->kind == GK_NUMBER_AMOUNT && own.end == m->start && gk_prose_is_time(x, own)) /* with the words of its stage */
        own.end = m->end - (uint32_t)gk_map_suffix(x->maps.plainly, gk_view_text(x, m->start, m->end), NULL);
    if (gk_is_change(r->measure)) own = gk_prose_caused(x, lead, own);
    if (n->kind == GK_NUMBER_AMOUNT && gk_is_change(r->measure) && gk_prose_tells_why(x, m, before, own)) own.end = own.start;
    return own;
}

void gk_prose_choose_subject(gk_extractor *x, const gk_number *n, const gk_match *m, const gk_lead *before, gk_reading *r) {
    gk_range own = gk_lead_subject(x, before, m);
    if (is_goal(x, n, before, r) || (!m && gk_prose_named_alike(x, n, r))) return;
    if (m && gk_str_eqz(m->rule->constant[GK_KEY_MODE], "each")) {
        take_each(x, n, before, m, r, own);
        if (gk_is_empty(own)) take_recent(x, n, r);
        if (gk_is_empty(r->subject)) r->subject = carried(x, before, m, r);
        return;
    }
    bool listed = n->kind == GK_NUMBER_PERCENT && x->prose->list_len > 1 && gk_prose_run(x, n, NULL) == x->prose->list_len;
    if (gk_is_empty(own) && listed) take_recent(x, n, r);
    if (!gk_is_empty(r->subject)) return; /* as many as were told of a list */
    own = own_subject(x, n, m, before, r, named_beside(x, n, m, before, r, own));
    if (gk_is_empty(own) && gk_prose_goes_on_in_list(x, before, r)) gk_prose_next_of_list(x, r), own = r->subject;
    r->subject = own;
    if (gk_is_empty(own)) r->subject = below_telling(x, m, n, beside_rate(x, m, n, carried(x, before, m, r)));
    if (gk_is_empty(own)) r->subject = beside_stage(x, m, n, r, r->subject);
    if (gk_is_empty(r->subject) && m) gk_prose_name_by_stage(x, m, before, r);
    gk_range other = gk_is_empty(own) ? other_side(x, m, before, r, r->subject) : own;
    if (!gk_is_empty(other)) r->subject = other;
}
