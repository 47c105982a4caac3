/* Which year a figure belongs to.
 *
 * Worked example: "By the end of 2023 debts were 5. Bonds of 3. From 2020 to 2022 8 was repaid; taxes passed 1, 2 and 3
 * in 2021, 2022 and 2023". The 5 has the year that is printed with it, the 3 that of the date on which its paragraph takes
 * stock, the 8 none, as it belongs to several years, and 1, 2 and 3 have a year each.
 */
#include "extract/prose.h"

#include <string.h>

/* ---- printed years */

enum { MOST_YEARS = 24 };

typedef struct printed_years {
    int year[MOST_YEARS];
    uint32_t at[MOST_YEARS]; /* where its four figures stand */
    size_t n;
} printed_years;

/* Adds the years that one date prints: "2020-2022" has two. The last ones are kept where there are too many. */
static void add_years(gk_extractor *x, const gk_number *date, gk_range head, printed_years *out) {
    const char *v = x->view->text.ptr;
    uint32_t end = date->at.end < head.end ? date->at.end : head.end;
    for (uint32_t p = date->digits.start > head.start ? date->digits.start : head.start, from; p < end; p++) {
        if (!gk_is_digit(v[p])) continue;
        for (from = p; p < end && gk_is_digit(v[p]);) p++;
        int year = p - from == 4 ? gk_context_year(x, gk_view_text(x, from, p)) : 0;
        if (!year) continue;
        if (out->n == MOST_YEARS) *out = (printed_years){.n = 0};
        out->year[out->n] = year;
        out->at[out->n++] = from;
    }
}

/* The years that are printed in a text before number `index`. */
static void years_printed(gk_extractor *x, size_t index, gk_range head, printed_years *out) {
    size_t first = index;
    while (first > 0 && x->numbers.at[first - 1].at.end > head.start) first--;
    for (out->n = 0; first < index; first++) {
        const gk_number *d = &x->numbers.at[first];
        if (d->kind == GK_NUMBER_EXCLUDED && gk_str_eqz(d->class, "date")) add_years(x, d, head, out);
    }
}

static bool is_all(const gk_map *map, gk_str text) {
    return map && text.len && gk_map_prefix(map, text, NULL) == text.len;
}

/* The first year of the row that ends with year `last`; *span: the row names nothing but its two ends. */
static size_t first_of_row(gk_extractor *x, const printed_years *years, size_t last, bool *span) {
    size_t first = last;
    *span = false;
    for (; first > 0 && !*span; first--) {
        gk_str between = gk_view_text(x, years->at[first - 1] + 4, years->at[first]);
        *span = first == last && is_all(x->maps.year_spans, between);
        if (!*span && !is_all(x->maps.year_lists, between)) break;
    }
    return first;
}

/* "The plan (2020-2024)": a bracket or a quotation mark closes right behind the year. */
static bool is_enclosed(gk_extractor *x, uint32_t behind) {
    gk_str v = gk_str_slice(gk_buf_str(&x->view->text), behind, behind + 9);
    size_t year = gk_map_prefix(x->maps.year_ends, v, NULL);
    return gk_map_prefix(x->maps.enclosing, gk_str_slice(v, year, v.len), NULL) > 0;
}

enum { MONTHS_BYTES = 24 }; /* between two years with months: "年7月1日至" */

/* "July 2023 to June 2024": months of two years. */
static bool spans_months(gk_extractor *x, const printed_years *years, size_t last) {
    if (!last || years->year[last] == years->year[last - 1]) return false;
    gk_str between = gk_view_text(x, years->at[last - 1] + 4, years->at[last]);
    bool months = false;
    for (size_t i = 0; i < between.len && between.len < MONTHS_BYTES; i++) months = months || gk_is_digit(between.ptr[i]);
    return months && gk_map_suffix(x->maps.year_spans, between, NULL) > 0;
}

/* Keeps the years of a row for the figures that are listed behind it, one each. */
static void list_years(struct gk_prose_state *s, const printed_years *years, size_t first, size_t last, bool span) {
    size_t n = 0;
    if (span)
        for (int y = years->year[first]; y <= years->year[last] && n < GK_PROSE_LIST; y++) s->years[n++] = y;
    else
        for (; first <= last && n < GK_PROSE_LIST; first++) s->years[n++] = years->year[first];
    s->years_len = n;
}

/* Whether a text holds a mark that sets clauses or parts apart, or the given mark alone. */
static bool holds_mark(gk_str text, bool semicolon) {
    bool found = gk_str_find(text, GK_STR(";")) != SIZE_MAX;
    if (semicolon || found) return found;
    return gk_str_find(text, GK_STR(",")) != SIZE_MAX || gk_str_find(text, GK_STR("\xE3\x80\x81")) != SIZE_MAX;
}

/* Whether the last clause of a text goes on behind a label with the reason why: "roads, because of ...". */
static bool tells_cause(gk_extractor *x, gk_str text) {
    enum { LABEL_LEAST = 6 }; /* bytes: two characters */
    size_t from = text.len, at;
    while (from && text.ptr[from - 1] != ',' && text.ptr[from - 1] != ';') from--;
    text = gk_str_slice(text, from, text.len);
    at = x->maps.causes ? gk_map_find(x->maps.causes, text, 0, NULL, NULL) : SIZE_MAX;
    return at != SIZE_MAX && at >= LABEL_LEAST;
}

/* "(stock of 2020), income of 5" and "because cars were sold in 2020; fees of 5": a year that a note or a reason tells, which
 * ends before the clause of the figure. */
static bool is_aside(gk_extractor *x, gk_range head, uint32_t at) {
    gk_str behind = gk_view_text(x, at, head.end);
    int depth = 0;
    size_t close = 0, end = behind.len && memchr(behind.ptr, ')', behind.len) ? behind.len : 0;
    for (; close < end && depth >= 0; close++)
        depth += behind.ptr[close] == '(' ? 1 : behind.ptr[close] == ')' ? -1 : 0;
    if (depth < 0 && holds_mark(gk_str_slice(behind, close, behind.len), false)) return true;
    gk_str before = gk_view_text(x, head.start, at);
    if (holds_mark(behind, false) && tells_cause(x, before)) return true;
    bool reason = x->maps.reasons && gk_map_find(x->maps.reasons, before, 0, NULL, NULL) != SIZE_MAX;
    return reason && holds_mark(behind, true);
}

/* "By the accounts of 2030, income of 5": a year of a clause that tells what the figure behind it follows from. */
static bool is_basis(gk_extractor *x, gk_range head, uint32_t at) {
    gk_str clause = gk_view_text(x, head.start, at);
    size_t from = clause.len;
    while (from && !strchr(",;:", clause.ptr[from - 1])) from--;
    clause = gk_str_slice(clause, from, clause.len);
    bool basis = x->maps.basis_words && gk_map_prefix(x->maps.basis_words, clause, NULL) > 0;
    return basis && holds_mark(gk_view_text(x, at, head.end), false);
}

/* The end of the clause that an offset stands in. */
static uint32_t clause_end(gk_str v, uint32_t from, uint32_t end) {
    for (; from < end; from++) {
        const char *c = v.ptr + from;
        if (*c == ',' || *c == ';' || *c == ':' || *c == '\n') break;
        if (*c == '\xE3' && (!strncmp(c, "\xE3\x80\x82", 3) || !strncmp(c, "\xE3\x80\x81", 3))) break;
    }
    return from;
}

/* "Founded in 1990", "in 1990 the team was set up, it has roads of 5" and "fewest since 1951, an area of 5": the year when an
 * office was founded or records began. */
static bool is_founding(gk_extractor *x, gk_range head, uint32_t at) {
    const gk_map *done = x->maps.founded, *in = x->maps.founded_in, *since = x->maps.since;
    if (!done || !in) return false;
    if (gk_map_suffix(in, gk_view_text(x, head.start, at), NULL)) return true;
    uint32_t end = clause_end(gk_view_text(x, 0, head.end), at, head.end);
    gk_str clause = gk_view_text(x, at, end);
    if (end == head.end) return false;
    if (gk_map_suffix(done, clause, NULL)) return true;
    return since && gk_map_find(since, clause, 0, NULL, NULL) != SIZE_MAX && !gk_map_suffix(since, clause, NULL);
}

/* "The road, due to be finished in 2035, has cost 5": the year when works will be done. */
static bool is_due(gk_extractor *x, gk_range head, uint32_t at) {
    if (!x->maps.due_in || !x->maps.due_done) return false;
    if (!gk_map_suffix(x->maps.due_in, gk_view_text(x, head.start, at), NULL)) return false;
    uint32_t end = clause_end(gk_view_text(x, 0, head.end), at, head.end);
    gk_str clause = gk_view_text(x, at, end);
    if (gk_str_ends(clause, GK_STR(")"))) clause = gk_str_slice(clause, 0, clause.len - 1);
    return end < head.end && gk_map_suffix(x->maps.due_done, clause, NULL);
}

enum { DATED_BYTES = 9 }; /* of the words before the year of a date behind money */

/* "5 came in on 3 May 2030, then 6": the year of a date right behind money, which is its own and not that of the next figure;
 * 0: none stands there. */
static int year_behind(gk_extractor *x, gk_str behind) {
    enum { DIGITS = 4 };
    size_t len = x->maps.dated_behind ? gk_map_prefix(x->maps.dated_behind, behind, NULL) : 0;
    if (!len || behind.len <= len + DIGITS) return 0;
    gk_str year = gk_str_slice(behind, len, len + DIGITS), rest = gk_str_slice(behind, len + DIGITS, behind.len);
    for (size_t i = 0; i < DIGITS; i++)
        if (year.ptr[i] < '0' || year.ptr[i] > '9') return 0;
    return gk_map_prefix(x->maps.year_ends, rest, NULL) ? gk_context_year(x, year) : 0;
}

/* The last year that is printed in a text, 0 where none is; for a change, not the year that is compared with. Several years
 * of which nothing tells which one a figure belongs to make GK_PROSE_NO_YEAR. */
static int printed_year(gk_extractor *x, size_t index, gk_range head, uint32_t *at) {
    struct gk_prose_state *s = x->prose;
    printed_years years;
    years_printed(x, index, head, &years);
    for (size_t i = years.n; i-- > 0;) {
        *at = years.at[i];
        if (gk_map_suffix(x->maps.compare, gk_view_text(x, head.start, *at), NULL) || is_aside(x, head, *at)) continue;
        if (is_founding(x, head, *at) || is_due(x, head, *at)) continue;
        if (years.year[i] < x->now.year && is_basis(x, head, *at)) continue;
        if (gk_map_prefix(x->maps.on_base, gk_view_text(x, *at + 4, head.end), NULL)) continue;
        bool of_last = s->has_last && head.start == s->behind && s->last.kind == GK_NUMBER_AMOUNT;
        if (of_last && year_behind(x, gk_view_text(x, head.start, head.end)) && *at <= head.start + DATED_BYTES) continue;
        bool span;
        if (spans_months(x, &years, i)) return GK_PROSE_NO_YEAR;
        size_t first = first_of_row(x, &years, i, &span);
        bool named = span && is_enclosed(x, years.at[i] + 4);
        if (named) i = first;
        if (named) continue;
        s->years_len = s->years_next = 0;
        if (first < i) list_years(s, &years, first, i, span);
        return span && s->years_len > 1 ? GK_PROSE_NO_YEAR : years.year[i];
    }
    return 0;
}

/* The year of the sentence from here on: one that is printed before the bracket which stands open holds behind it too. */
static void keep_year(struct gk_prose_state *s, int year, uint32_t at) {
    s->year = year;
    if (s->depth && s->depth <= GK_PROSE_DEPTH && at < s->opened) s->stack[s->depth - 1].year = year;
}

/* Whether the year at an offset is that of a date on which stock is taken. */
static bool is_as_of(gk_extractor *x, gk_range head, uint32_t at) {
    return x->maps.as_of && gk_map_suffix(x->maps.as_of, gk_view_text(x, head.start, at), NULL);
}

/* "By the end of 2023": the date holds for the sentences behind it, until another year is printed. */
static void keep_date(gk_extractor *x, gk_range head, int year, uint32_t at) {
    x->prose->dated = is_as_of(x, head, at) && year > 0 ? year : 0;
    bool part = x->maps.year_parts && gk_map_prefix(x->maps.year_parts, gk_view_text(x, at + 4, x->prose->block.end), NULL);
    x->prose->passed = part ? year : 0;
}

/* ---- the year of a figure */

int gk_prose_present(const gk_extractor *x) {
    int year = x->prose->year;
    return year > x->now.year ? year : x->now.year;
}

/* Whether a word for a year is what is compared with: "as last year". */
static bool is_compared(gk_extractor *x, gk_str word, uint32_t from) {
    gk_str before = gk_view_text(x, from, (uint32_t)(word.ptr - x->view->text.ptr));
    return gk_map_suffix(x->maps.compare, before, NULL) > 0;
}

static void worded_year(gk_extractor *x, const gk_lead *lead, gk_range head, int printed, gk_reading *r) {
    struct gk_prose_state *s = x->prose;
    gk_str word = gk_lead_year(x, lead, head);
    if (!word.len || is_compared(x, word, head.start)) return;
    if (!printed && gk_str_eqz(gk_map_get(x->maps.years, word), "none")) { /* a word for several years */
        keep_year(s, GK_PROSE_NO_YEAR, (uint32_t)(word.ptr - x->view->text.ptr));
        r->year = 0;
        return;
    }
    if (gk_is_change(r->measure)) return;
    int now = gk_prose_present(x); /* a word for the present beside a printed year is that year */
    int worded = gk_context_year_from(x, word, now);
    if (worded && !(printed && worded == now)) r->year = worded;
}

/* "5 in 2031, 6 in 2030, 1 less": where no year is told with it, what changed is the later figure of the two. */
static void changed_year(gk_extractor *x, size_t index, gk_range head, gk_reading *r) {
    const struct gk_prose_state *s = x->prose;
    bool same = s->latest_of.start == r->subject.start && s->latest_of.end == r->subject.end;
    if (!gk_is_change(r->measure) || !same || s->latest <= r->year || !r->year) return;
    printed_years years;
    years_printed(x, index, head, &years);
    if (!years.n) r->year = s->latest;
}

void gk_prose_keep_latest(gk_extractor *x, const gk_reading *r) {
    struct gk_prose_state *s = x->prose;
    if (gk_is_change(r->measure) || r->kind != GK_NUMBER_AMOUNT || r->aside || r->from) return;
    bool same = s->latest_of.start == r->subject.start && s->latest_of.end == r->subject.end;
    if (!same || r->year > s->latest) s->latest = r->year, s->latest_of = r->subject;
}

void gk_prose_year(gk_extractor *x, size_t index, const gk_match *m, const gk_lead *lead, gk_reading *r) {
    struct gk_prose_state *s = x->prose;
    gk_range head = {lead->sentence.start, m ? m->start : lead->sentence.end};
    uint32_t at;
    int printed = printed_year(x, index, head, &at);
    if (printed) keep_year(s, printed, at), keep_date(x, head, printed, at);
    r->of_date = !s->year && s->dated;
    r->year = s->year ? s->year : r->of_date ? s->dated : s->listed ? s->listed : x->now.year;
    if (r->year == GK_PROSE_NO_YEAR) r->year = 0;
    gk_str v = gk_view_text(x, 0, lead->sentence.end), stated = m ? gk_match_value(m, v, GK_KEY_YEAR) : GK_STR_NONE;
    if (gk_str_eqz(stated, "none")) r->year = 0;
    else if (stated.len) r->year = gk_context_year_from(x, stated, gk_prose_present(x));
    else worded_year(x, lead, head, printed, r), changed_year(x, index, head, r);
    const gk_number *n = &x->numbers.at[index];
    int behind = n->kind == GK_NUMBER_AMOUNT ? year_behind(x, gk_view_text(x, n->whole.end, s->block.end)) : 0;
    if (behind) r->year = behind;
}

int gk_prose_year_behind(gk_extractor *x, bool *dated) {
    const struct gk_prose_state *s = x->prose;
    gk_range end = {s->behind, s->block.end};
    uint32_t at;
    int printed = printed_year(x, x->numbers.len, end, &at);
    *dated = printed > 0 && is_as_of(x, end, at);
    int year = printed ? printed : s->has_last && s->last.year ? s->year : 0;
    return year > 0 ? year : 0;
}

void gk_prose_each_year(gk_extractor *x, const gk_number *n, gk_reading *r) {
    struct gk_prose_state *s = x->prose;
    bool listed = s->list_len < 2 && s->years_len > 1 && !gk_is_empty(r->subject) && gk_prose_run(x, n, NULL) == s->years_len;
    s->years_next = listed ? 1 : GK_PROSE_LIST;
    if (listed) r->year = s->years[0];
}

void gk_prose_next_year(const gk_extractor *x, gk_reading *r) {
    struct gk_prose_state *s = x->prose;
    if (s->years_next < s->years_len) r->year = s->years[s->years_next++];
}

/* What is planned has the year of the plan, whatever date was spoken of before. */
void gk_prose_settle_year(const gk_extractor *x, gk_reading *r) {
    bool planned = gk_is_planned(r->measure) || gk_str_eqz(r->measure, "target");
    if (r->of_date && planned) r->year = x->now.year;
}
