/* Prose: from the numbers of a block to mentions with subject, measure, sign and year.
 *
 * Worked example: "支出总计5万元(上年6万元,同比减少1万元)。" has three numbers. The text before each, back to the
 * number before it, is its lead: "支出总计", "(上年", ",同比减少". A `lead` rule matches the end of a lead from one of
 * its trigger words on and says measure and sign; what stands before the trigger is the subject, or, where nothing
 * does, the subject that is carried: 支出总计 for all three.
 */
#include "extract/prose.h"

#include "extract/numeral_scan.h"
#include "extract/table.h"

#include <string.h>

/* ---- readings */

static gk_str kind_measure(const gk_extractor *x, gk_number_kind kind) {
    if (kind == GK_NUMBER_PERCENT) return GK_STR("rate");
    if (kind == GK_NUMBER_QUANTITY) {
        gk_str planned = x->maps.count_measures ? gk_map_get(x->maps.count_measures, x->now.genre) : GK_STR_NONE;
        gk_str told = x->prose->counts.len ? x->prose->counts : x->now.counts;
        return told.len ? told : planned.len ? planned : GK_STR("count");
    }
    if (gk_str_eqz(x->prose->counts, "target")) return GK_STR("other"); /* a paragraph of goals */
    return x->now.measure.len ? x->now.measure : GK_STR("other"); /* a report of another genre */
}

/* Whether what is told of a year is planned: one after the document's own, or any that comes in a plan. What was mended after
 * an audit was done, and so was what a heading says of that year. */
static bool is_later(const gk_extractor *x, int year) {
    for (size_t i = 1; i < x->depth; i++)
        if (year && x->outline[i].year == year && gk_str_eqz(x->outline[i].measure, "actual")) return false;
    gk_str usual = gk_context_measure(x, x->now.genre);
    bool planned = usual.len ? gk_is_planned(usual) : x->year_told;
    return planned && year + (usual.len > 0) > x->outline[0].year;
}

gk_str gk_prose_plain(const gk_extractor *x, gk_number_kind kind, int year) {
    gk_str measure = kind_measure(x, kind);
    bool planned = is_later(x, year) && gk_str_eqz(measure, "actual");
    return planned ? gk_context_measure(x, GK_STR("budget")) : measure;
}

/* How many numbers of one kind stand in a row from one on, with nothing but list marks between them. */
size_t gk_prose_run(gk_extractor *x, const gk_number *n) {
    const gk_map *and = x->maps.and;
    const gk_number *end = x->numbers.at + x->numbers.len, *from = x->numbers.at;
    while (from < end && from->at.start < n->at.start) from++;
    size_t run = 1;
    for (; and && from + run < end && run < GK_PROSE_LIST && from[run].kind == n->kind; run++) {
        gk_str between = gk_view_text(x, from[run - 1].whole.end, from[run].whole.start);
        if (!between.len || gk_map_prefix(and, between, NULL) != between.len) break;
    }
    return run;
}

/* "A、B分别为": the parts wait for the numbers to come; the first one is taken now. */
static void take_each(gk_extractor *x, const gk_number *n, gk_reading *r, gk_range head) {
    struct gk_prose_state *s = x->prose;
    s->list_len = gk_prose_split(x, head, gk_prose_run(x, n), s->list, GK_PROSE_LIST);
    s->list_next = 0;
    gk_prose_share(x, s->list, s->list_len);
    if (s->list_len) r->subject = gk_subject_trim(x, s->list[s->list_next++]);
    if (s->list_len == 1) s->alike = gk_prose_run(x, n), s->alike_of = r->subject;
}

/* "A 5, B 6, up by 7% and 8% respectively": the list is what the sentence spoke of last. */
static void take_recent(gk_extractor *x, const gk_number *n, gk_reading *r) {
    struct gk_prose_state *s = x->prose;
    size_t run = gk_prose_run(x, n);
    bool alike = run == s->alike && s->last.subject.start == s->alike_of.start;
    if (alike) r->subject = s->last.subject; /* as many as were told of one */
    if (alike || run < 2 || run > s->recent_len) return;
    for (size_t i = 0; i < run; i++) s->list[i] = s->recent[s->recent_len - run + i];
    s->list_len = run;
    s->list_next = 1;
    r->subject = s->list[0];
}

static void remember_recent(struct gk_prose_state *s, gk_range subject) {
    if (gk_is_empty(subject)) return;
    if (s->recent_len && s->recent[s->recent_len - 1].start == subject.start) return;
    if (s->recent_len == GK_PROSE_LIST) memmove(s->recent, s->recent + 1, --s->recent_len * sizeof *s->recent);
    s->recent[s->recent_len++] = subject;
}

static void next_of_list(gk_extractor *x, gk_reading *r) {
    struct gk_prose_state *s = x->prose;
    if (s->list_next < s->list_len) r->subject = gk_subject_trim(x, s->list[s->list_next++]);
}

/* "A 5, B 6. Compared with last year up by 1 and 2 respectively": whether a sentence begins with what it compares with. */
static bool compares(const gk_extractor *x, const gk_lead *lead) {
    return gk_map_prefix(x->maps.compare, gk_view_text(x, lead->sentence.start, lead->sentence.end), NULL) > 0;
}

/* Whether a paragraph begins with what a figure of the one before is compared with: "Compared with last year 5 more". */
static bool opens_with_comparison(const gk_extractor *x, const gk_lead *lead, const gk_reading *r) {
    if (gk_is_empty(x->now.told_at) || !gk_is_change(r->measure) || lead->sentence.start != x->prose->block.start) return false;
    return compares(x, lead);
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

static bool label_has_role(gk_extractor *x, gk_range label, const char *role, gk_match *says) {
    gk_str v = gk_view_text(x, 0, label.end);
    return gk_label_says(x, label, says) && gk_str_eqz(gk_match_value(says, v, GK_KEY_ROLE), role);
}

/* A label sentence before this one ("...(class)...(item).") is the subject of what follows. */
static void label_sentence(gk_extractor *x, const gk_lead *lead) {
    gk_match says;
    gk_range before = {lead->all.start, lead->sentence.start};
    if (gk_is_empty(before)) return;
    const char *text = x->view->text.ptr;
    before.end -= (unsigned char)text[before.end - 1] == 0x82 ? 3 : 1;
    gk_range clause = gk_prose_clause(x, before);
    if (label_has_role(x, clause, "item", &says)) x->prose->carry = clause;
}

enum { TOPIC_BYTES = 240 };

/* A paragraph can open with what it speaks of; else the table of a project speaks of that, or the heading above may be a
 * topic. */
static void find_topic(gk_extractor *x) {
    struct gk_prose_state *s = x->prose;
    const struct gk_table_state *table = x->table;
    bool cell = strcmp(s->where, "table") == 0;
    s->topic = gk_subject_topic(x, gk_view_opening(x, s->block, TOPIC_BYTES), &s->counts, &s->listed);
    if (!gk_is_empty(s->topic)) s->carry = s->topic;
    else s->topic = cell && table->project.len ? table->project_at : x->now.topic_at;
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
    bool stage_word = gk_map_get(x->maps.bases, gk_view_text(x, subject.start, subject.end)).ptr;
    bool names = !gk_is_empty(subject) && !gk_prose_is_time(x, subject) && !stage_word;
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

/* The subject by what the rule asks for: its group, the clause before its match, the words behind the number, what is
 * carried. */
static void choose_subject(gk_extractor *x, const gk_number *n, const gk_match *m, const gk_lead *before,
                           gk_reading *r) {
    gk_range lead = before->sentence, own = gk_lead_subject(x, before, m);
    if (is_goal(x, n, before, r) || (!m && gk_prose_named_alike(x, n, r))) return;
    gk_str mode = m ? m->rule->constant[GK_KEY_MODE] : GK_STR_NONE,
           carry = m ? m->rule->constant[GK_KEY_CARRY] : GK_STR_NONE;
    if (gk_str_eqz(mode, "each")) {
        take_each(x, n, r, own);
        if (gk_is_empty(own)) take_recent(x, n, r);
        if (gk_is_empty(r->subject)) r->subject = carried(x, before, m, r);
        return;
    }
    bool listed = n->kind == GK_NUMBER_PERCENT && x->prose->list_len > 1 && gk_prose_run(x, n) == x->prose->list_len;
    if (gk_is_empty(own) && listed) take_recent(x, n, r);
    if (!gk_is_empty(r->subject)) return; /* as many as were told of a list */
    if (gk_str_eqz(mode, "purpose")) {
        gk_range purpose = gk_prose_purpose(x, n);
        if (gk_is_empty(purpose)) purpose = gk_prose_purpose_before(x, m, before);
        own = gk_is_empty(purpose) ? gk_prose_clause(x, lead) : purpose;
    }
    gk_range named = gk_prose_named_behind(x, n, mode, r);
    if (!gk_is_empty(named)) own = named;
    bool tail_first = gk_str_eqz(mode, "tail") || (!m && n->kind == GK_NUMBER_QUANTITY);
    bool unnamed = gk_is_empty(own) || (n->kind == GK_NUMBER_QUANTITY && (gk_prose_is_generic(x, own) || is_counted(x, own)));
    bool counted_before = gk_str_eqz(carry, "counted") && !gk_is_empty(x->prose->counted);
    gk_range alike = counted_before ? gk_prose_counted_alike(x, n) : own;
    if (counted_before) own = gk_is_empty(alike) ? x->prose->counted : alike;
    else if (tail_first || (unnamed && n->kind == GK_NUMBER_QUANTITY && !gk_str_eqz(carry, "always"))) {
        gk_range tail = gk_prose_tail(x, n);
        gk_range clause = gk_prose_clause(x, lead);
        if (!gk_is_empty(tail)) own = tells_effect(x, tail, clause) ? clause : tail;
        else if (tail_first) own = gk_prose_uncounted(x, clause);
        if (gk_is_empty(own) && tail_first && m) own = gk_prose_clause(x, (gk_range){lead.start, m->start});
    }
    own = gk_prose_counted_done(x, n, money_of_counted(x, n, without_counted(x, n, own)));
    if (is_bare_verb(x, n, before, own)) own = x->prose->flow;
    if (gk_str_eqz(carry, "last") && x->prose->has_last) own = x->prose->last.subject;
    if (!gk_is_empty(own) && gk_prose_spends_on_last(x, n, before, own)) own.end = own.start;
    if (!gk_is_empty(counted_thing(x, n))) own = counted_thing(x, n);
    bool counted_alone = n->kind == GK_NUMBER_AMOUNT && is_counted(x, own) && own.end == x->prose->last.subject.end;
    bool used = counted_alone && counted_between(x, r) && gk_str_starts(gk_view_text(x, own.end, lead.end), GK_STR(","));
    if (used || (counted_alone && !gk_is_empty(x->prose->topic))) own.end = own.start;
    own = gk_prose_by_topic(x, n, m, own);
    if (m && n->kind == GK_NUMBER_AMOUNT && own.end == m->start && gk_prose_is_time(x, own)) /* with the words of its stage */
        own.end = m->end - (uint32_t)gk_map_suffix(x->maps.plainly, gk_view_text(x, m->start, m->end), NULL);
    if (gk_is_change(r->measure)) own = gk_prose_caused(x, lead, own);
    if (n->kind == GK_NUMBER_AMOUNT && gk_is_change(r->measure) && gk_prose_tells_why(x, m, before, own)) own.end = own.start;
    if (gk_is_empty(own) && gk_prose_goes_on_in_list(x, before, r)) next_of_list(x, r), own = r->subject;
    r->subject = own;
    if (gk_is_empty(own)) r->subject = below_telling(x, m, n, beside_rate(x, m, n, carried(x, before, m, r)));
    if (gk_is_empty(own)) r->subject = beside_stage(x, m, n, r, r->subject);
    if (gk_is_empty(r->subject) && m) gk_prose_name_by_stage(x, m, before, r);
    gk_range other = gk_is_empty(own) ? other_side(x, m, before, r, r->subject) : own;
    if (!gk_is_empty(other)) r->subject = other;
}

static void apply_rule(gk_extractor *x, const gk_match *m, gk_str v, gk_reading *r) {
    r->rule = m->rule->id;
    r->measure = gk_match_value(m, v, GK_KEY_MEASURE);
    const gk_map *signs = x->maps.directions;
    gk_str sign = gk_match_value(m, v, GK_KEY_SIGN),
           meaning = signs && sign.len ? gk_map_get(signs, sign) : GK_STR_NONE;
    r->negative = gk_str_eqz(sign, "-") || gk_str_eqz(meaning, "-");
    gk_range whole = gk_match_range(m, GK_KEY_WHOLE);
    if (!gk_is_empty(whole)) r->whole = gk_subject_trim(x, whole);
    gk_str base = gk_match_value(m, v, GK_KEY_BASE), base_year = gk_match_value(m, v, GK_KEY_BASE_YEAR);
    const gk_map *bases = x->maps.bases;
    gk_str base_measure = bases && base.len ? gk_map_get(bases, base) : GK_STR_NONE;
    r->against_measure = base_measure.len                              ? base_measure
                         : (base.len && !gk_match_range(m, GK_KEY_BASE).end) ? base
                                                                       : GK_STR_NONE;
    if (base_year.len) r->against_year = gk_context_year_from(x, base_year, gk_prose_present(x));
}

/* Only a list mark stands before the number: it says what the number before it said. */
static bool repeats(gk_extractor *x, const gk_number *n, const gk_lead *lead) {
    struct gk_prose_state *s = x->prose;
    if (!s->has_last || s->last.kind != n->kind) return false;
    if (n->ranged) return true;
    const gk_map *and = x->maps.and;
    gk_str text = gk_view_text(x, lead->all.start, lead->all.end);
    if (!and || !text.len || gk_map_prefix(and, text, NULL) != text.len) return false;
    return s->list_next < s->list_len || gk_is_empty(gk_prose_tail(x, n));
}

/* "Down by 5 (2%)": a percentage that stands right behind a change, in a bracket of its own or behind a comma, is its rate. */
static bool rates_change(gk_extractor *x, const gk_number *n, const gk_lead *lead) {
    const struct gk_prose_state *s = x->prose;
    gk_str text = gk_view_text(x, lead->all.start, lead->all.end);
    if (n->kind != GK_NUMBER_PERCENT || text.len != 1 || (text.ptr[0] != '(' && text.ptr[0] != ',')) return false;
    return s->has_last && s->last.kind != GK_NUMBER_PERCENT && gk_str_eqz(s->last.measure, "change");
}

/* A measure that was told of several kinds, or taken over from a number of another one, is brought to what this kind can be:
 * the contract names the measures of each kind. */
static gk_str fitting(gk_number_kind kind, gk_str measure) {
    static const char *const amounts[] = {"count", "rate", "share", "execution_rate", "target"};
    if (kind == GK_NUMBER_AMOUNT && gk_str_eqz(measure, "change_rate")) return GK_STR("change");
    if (kind == GK_NUMBER_PERCENT && gk_str_eqz(measure, "change")) return GK_STR("change_rate");
    for (size_t i = 0; i < sizeof amounts / sizeof *amounts; i++)
        if (kind == GK_NUMBER_AMOUNT && gk_str_eqz(measure, amounts[i])) return GK_STR("other");
    return measure;
}

/* Whether the year of a sentence holds for the next one as well: a later one for which a figure was planned, where no
 * heading says which year and stage the paragraph is about. */
static bool year_goes_on(const gk_extractor *x) {
    const struct gk_prose_state *s = x->prose;
    if (s->year <= x->now.year || s->planned != s->year) return false;
    for (size_t i = 1; i < x->depth; i++)
        if (x->outline[i].measure.len) return false;
    return true;
}

/* "Spending of 5, of which fees 2 and travel 3. Up by 1": a sentence that begins with a change speaks of the spending, unless
 * the parts told changes of their own. */
static void keep_head(gk_extractor *x, const gk_lead *lead, const gk_reading *r) {
    struct gk_prose_state *s = x->prose;
    gk_str text = gk_view_text(x, lead->sentence.start, lead->sentence.end);
    bool other = lead->crosses && !(x->maps.parts && gk_map_prefix(x->maps.parts, text, NULL));
    if (other || gk_is_change(r->measure)) s->head = (gk_range){0, 0};
    else if (gk_is_empty(s->head) && s->has_last && gk_lead_names_parts(x, lead)) s->head = s->last.subject;
}

/* Whether the figure is a part that a list joins to the one before: "of which fees 2、travel 3". */
static bool joins_parts(const gk_extractor *x, const gk_lead *lead, const gk_reading *r) {
    gk_str text = gk_view_text(x, lead->sentence.start, lead->sentence.end);
    if (gk_str_starts(text, GK_STR(")"))) text = gk_str_slice(text, 1, text.len);
    bool own = r->subject.start >= lead->sentence.start && r->subject.end <= lead->sentence.end;
    return !lead->crosses && own && r->kind == GK_NUMBER_AMOUNT && gk_str_starts(text, GK_STR("\xE3\x80\x81"));
}

/* Percent points are what lies between two percentages. */
static bool is_in_points(gk_extractor *x, const gk_number *n) {
    if (n->kind != GK_NUMBER_PERCENT || n->chinese || !x->maps.units) return false;
    return gk_str_eqz(gk_map_get(x->maps.units, gk_view_text(x, n->digits.end, n->at.end)), "points");
}

/* "Below the goal by 2 points" is a difference, "below the goal of 90%" tells the goal. */
static void keep_points(gk_extractor *x, const gk_number *n, gk_reading *r) {
    if (is_in_points(x, n)) return;
    r->measure = GK_STR("rate");
    r->negative = false;
    r->whole = (gk_range){0, 0};
}

/* "6 acres of grass, 102% of the plan": a rate of what was counted right before, and not of money. */
static void rate_of_counted(const gk_extractor *x, gk_reading *r) {
    const struct gk_prose_state *s = x->prose;
    if (!s->has_last || s->last.kind != GK_NUMBER_QUANTITY || gk_is_empty(s->counted)) return;
    r->measure = GK_STR("rate");
    r->subject = s->counted;
    r->against_measure = GK_STR_NONE;
}

static gk_reading read_number(gk_extractor *x, size_t index, const gk_number *n) {
    struct gk_prose_state *s = x->prose;
    gk_lead lead = gk_lead_of(x, n);
    gk_prose_brackets(x, lead.all.start);
    s->whole = lead.crosses ? s->head : (gk_range){0, 0};
    bool parts = lead.crosses && gk_lead_names_parts(x, &lead); /* "The ceiling of 2023 was 5. Of which 3" */
    if (lead.crosses && !parts && !year_goes_on(x)) s->year = 0;
    if (lead.crosses) s->latest = 0;
    if (lead.crosses && !parts) s->amount = (gk_reading){.kind = GK_NUMBER_BARE};
    if (lead.crosses) s->counts_here = GK_STR_NONE;
    if (lead.crosses) s->years_len = s->list_len = s->list_next = 0, label_sentence(x, &lead);
    if (lead.crosses && !compares(x, &lead)) s->recent_len = 0;
    gk_reading r = {.kind = n->kind};
    if (repeats(x, n, &lead)) {
        r = s->last;
        if (!n->ranged) next_of_list(x, &r), gk_prose_next_year(x, &r);
        return r;
    }
    if (rates_change(x, n, &lead)) {
        r = s->last;
        r.kind = n->kind;
        r.measure = GK_STR("change_rate");
        return r;
    }
    gk_prose_brackets(x, lead.sentence.end);
    gk_prose_part_measure(x, &lead);
    gk_match m;
    gk_str v = gk_view_text(x, 0, lead.sentence.end);
    bool ruled = gk_lead_rule(x, n, &lead, &m);
    gk_range head = {lead.sentence.start, ruled ? m.start : lead.sentence.end};
    if (ruled) apply_rule(x, &m, v, &r);
    choose_subject(x, n, ruled ? &m : NULL, &lead, &r);
    gk_prose_counted_money(x, index, ruled ? &m : NULL, &r);
    gk_prose_year(x, index, ruled ? &m : NULL, &lead, &r);
    gk_prose_each_year(x, n, &r);
    if (ruled) gk_prose_measure_of_last(x, m.rule->constant[GK_KEY_MODE], &r);
    r.aside = ruled && gk_str_eqz(m.rule->constant[GK_KEY_MODE], "aside");
    r.from = ruled && gk_str_eqz(m.rule->constant[GK_KEY_MODE], "from");
    if (ruled) gk_prose_raised(x, &r);
    if (ruled && gk_str_eqz(m.rule->constant[GK_KEY_MODE], "points")) keep_points(x, n, &r);
    if (ruled && gk_str_eqz(m.rule->constant[GK_KEY_MODE], "counted")) rate_of_counted(x, &r);
    bool purpose = ruled && gk_str_eqz(m.rule->constant[GK_KEY_MODE], "purpose") &&
                   (gk_is_empty(r.subject) || r.subject.start >= n->at.end); /* which is no label of the figure */
    if (!r.measure.len && purpose && s->part_named && n->kind == GK_NUMBER_AMOUNT) r.measure = s->part_measure;
    if (!r.measure.len && purpose) r.measure = gk_prose_plain(x, n->kind, r.year);
    if (s->cut_at == n->at.start) r.measure = GK_STR("change"), r.negative = s->cut_negative, r.subject = s->cut;
    bool governed = !r.measure.len && gk_prose_governed(x, n, &lead, &r);
    bool open = !r.measure.len;
    if (s->counts_here.len && gk_prose_ends_counts(x, n, &lead, ruled ? &m : NULL)) s->counts_here = GK_STR_NONE;
    bool listed = open && s->counts_here.len && n->kind == GK_NUMBER_QUANTITY;
    if (open) r.measure = listed ? s->counts_here : gk_prose_open_measure(x, n, r.subject, r.year);
    if (open && n->kind == GK_NUMBER_AMOUNT && gk_is_change(r.measure)) r.negative = s->part_negative;
    gk_prose_settle_year(x, &r);
    gk_prose_govern(x, &lead, ruled ? &m : NULL, &r, governed);
    r.measure = fitting(n->kind, r.measure);
    if (gk_str_eqz(r.measure, "rate") && is_in_points(x, n)) r.measure = GK_STR("change_rate");
    if (ruled && gk_prose_plans_anew(x, &lead, &r)) r.measure = GK_STR("adjusted_budget");
    bool reached = r.year && (r.year == s->dated || r.year == s->passed); /* by a date that has passed */
    if (gk_str_eqz(r.measure, "actual") && is_later(x, r.year) && !reached) r.measure = gk_context_measure(x, GK_STR("budget"));
    if (gk_str_eqz(r.measure, "share") && gk_is_empty(r.whole) && !lead.crosses) r.whole = s->head;
    keep_head(x, &lead, &r);
    s->joined = joins_parts(x, &lead, &r);
    gk_prose_against(x, &lead, head, &r);
    gk_str next = ruled ? m.rule->constant[GK_KEY_PART] : GK_STR_NONE;
    if (next.len && n->kind == GK_NUMBER_QUANTITY && gk_str_eqz(next, "target")) s->counts_here = next;
    else if (next.len) s->part_measure = next, s->part_named = true;
    if (!ruled) r.rule = gk_is_empty(r.subject) || r.subject.start < head.start ? GK_STR("fallback") : GK_STR("label");
    return r;
}

static void write_subject(gk_extractor *x, gk_record *rec, gk_range label) {
    gk_range item = gk_prose_item(x, label);
    rec->field[GK_F_SUBJECT] = gk_prose_named(x, item);
    if (item.start != label.start) gk_put(rec, GK_F_PATH, gk_printed(x, label), &x->out->arena);
}

static void write_mention(gk_extractor *x, const gk_number *n, const gk_reading *r) {
    gk_number value = *n;
    if (r->negative && !value.value.negative) gk_decimal_negate(&value.value);
    gk_record *rec = gk_new_mention(x, &value, r->rule, x->prose->where);
    if (!gk_is_empty(r->subject)) write_subject(x, rec, r->subject);
    rec->field[GK_F_MEASURE] = r->measure;
    gk_set_year(x, rec, r->year);
    gk_str whole = gk_is_empty(r->whole) ? GK_STR_NONE : gk_printed(x, r->whole);
    gk_set_against(x, rec, r->against_measure, r->against_year, whole);
}

/* What the next figures without a subject speak of. "Share of taxes (62.3%) stays above 60%": a label before the bracket
 * that holds its figure goes on behind the bracket as well. */
static void keep_subject(struct gk_prose_state *s, gk_range subject) {
    if (gk_is_empty(subject)) return;
    bool before = s->depth && s->depth <= GK_PROSE_DEPTH && subject.start >= s->behind && subject.end <= s->opened;
    if (before) s->stack[s->depth - 1].carry = subject;
    s->carry = subject;
}

static void read_one(gk_extractor *x, size_t i) {
    struct gk_prose_state *s = x->prose;
    if (x->numbers.at[i].kind == GK_NUMBER_BARE) gk_prose_asked_bare(x, &x->numbers.at[i]);
    if (x->numbers.at[i].kind == GK_NUMBER_BARE) gk_prose_guess_bare(x, i);
    gk_number n = x->numbers.at[i];
    if (n.kind == GK_NUMBER_EXCLUDED || n.kind == GK_NUMBER_BARE) return;
    gk_reading r = read_number(x, i, &n);
    write_mention(x, &n, &r);
    bool plans = n.kind == GK_NUMBER_AMOUNT && gk_str_eqz(r.measure, "budget");
    if (plans && r.year > s->planned) s->planned = r.year; /* the plan of the year before is what it is compared with */
    gk_prose_keep_plan(x, &r);
    if (!r.aside) keep_subject(s, r.subject);
    gk_prose_keep_counted(x, &n, &r);
    remember_recent(s, r.subject);
    if (n.kind == GK_NUMBER_AMOUNT && !gk_is_change(r.measure) && !gk_str_eqz(r.measure, "balance")) s->flow = r.subject;
    gk_prose_keep_amount(x, &r);
    gk_prose_keep_latest(x, &r);
    if (!s->has_last) s->first = r.subject;
    s->last = r;
    s->last_number = n;
    s->last_record = x->out->records.len - 1;
    s->has_last = true;
    s->behind = n.whole.end;
}

void gk_prose_read_about(gk_extractor *x, gk_range at, const char *where, gk_range about) {
    struct gk_prose_state *s = x->prose;
    x->numbers.len = 0;
    gk_numbers_scan(x, at, &x->numbers);
    gk_numbers_account(x, &x->numbers);
    gk_numerals_scan(x, at, &x->numbers, 0);
    *s = (struct gk_prose_state){.block = at, .where = where, .behind = at.start};
    gk_prose_list_item(x);
    if (!x->numbers.len) return;
    gk_prose_brackets_open(x);
    find_topic(x);
    if (!gk_is_empty(about)) s->carry = about;
    for (size_t i = 0; i < x->numbers.len; i++) read_one(x, i);
    gk_prose_list_announced(x);
    if (!gk_is_empty(s->first)) x->now.told_at = s->first;
}

void gk_prose_read(gk_extractor *x, gk_range at, const char *where) { gk_prose_read_about(x, at, where, (gk_range){0, 0}); }
