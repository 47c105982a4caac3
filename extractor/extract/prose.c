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

size_t gk_prose_next_number(const gk_extractor *x, const gk_number *n) {
    size_t next = 0, end = x->numbers.len;
    while (next < end) {
        size_t middle = next + (end - next) / 2;
        if (x->numbers.at[middle].at.start <= n->at.start) next = middle + 1;
        else end = middle;
    }
    return next ? next : 1;
}

size_t gk_prose_run(gk_extractor *x, const gk_number *n, const gk_map *words) {
    const gk_map *and = x->maps.and;
    const gk_number *end = x->numbers.at + x->numbers.len, *from = x->numbers.at + gk_prose_next_number(x, n) - 1;
    size_t run = 1;
    for (; and && from + run < end && run < GK_PROSE_LIST && from[run].kind == n->kind; run++) {
        gk_str between = gk_view_text(x, from[run - 1].whole.end, from[run].whole.start);
        size_t mark = gk_map_prefix(and, between, NULL), word = 0;
        if (mark && words) word = gk_map_prefix(words, gk_str_slice(between, mark, between.len), NULL);
        if (!mark || mark + word != between.len) break;
    }
    return run;
}

static void remember_recent(struct gk_prose_state *s, gk_range subject) {
    if (gk_is_empty(subject)) return;
    if (s->recent_len && s->recent[s->recent_len - 1].start == subject.start) return;
    if (s->recent_len == GK_PROSE_LIST) memmove(s->recent, s->recent + 1, --s->recent_len * sizeof *s->recent);
    s->recent[s->recent_len++] = subject;
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
    if (lead.crosses && !gk_prose_compares(x, &lead)) s->recent_len = 0;
    gk_reading r = {.kind = n->kind};
    if (repeats(x, n, &lead)) {
        r = s->last;
        if (!n->ranged) gk_prose_next_of_list(x, &r), gk_prose_next_year(x, &r);
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
    gk_prose_choose_subject(x, n, ruled ? &m : NULL, &lead, &r);
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
    if (open && s->part_year && r.year == x->now.year && gk_str_eqz(r.measure, "balance")) r.year = s->part_year;
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
