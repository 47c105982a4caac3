/* Weights and scores of performance tables.
 *
 * The weights of the indicators, and of the rate of execution in the funding rows above them, add up to the total row
 * of the table, or to tens where it has none; the scores to theirs; and no score is above its weight. The score that
 * the prose above the table tells of the project is that of the total row.
 */
#include <stdlib.h>

#include "check/grid.h"

/* The scored indicators of one project. A blank line or a page may cut their table: what counts is the order of cells. */
typedef struct scoring {
    gk_checker *c;
    const uint32_t *record;
    size_t count;
    uint32_t after;          /* canonical: where what belongs to the project before ends */
    int64_t column[2];       /* of weights and of scores, -1: no header was seen */
    gk_fixed funding[2];     /* weight and score of the funding rows */
    bool funded[2];
    uint32_t end;            /* canonical: where the total row, or the last indicator, ends */
    bool headed;             /* the head was read, which tells the columns and the funding */
    gk_figure (*figure)[2];  /* weight and score of each */
} scoring;

/* Cells looked at before the first and behind the last indicator. */
enum { MOST_HEAD = GK_CELLS_ABOVE, MOST_TAIL = GK_CELLS_BELOW };
enum { LEAST_WEIGHTS = 5 }; /* that are a table of weights */
/* Bytes of the prose above a table, from the name of a project to its score, and from there to its digits; what is near. */
enum { MOST_PROSE = 4000, MOST_BEFORE = 500, MOST_BETWEEN = 9, NEAR = 60 };

static const gk_record *record_of(const scoring *s, size_t i) { return gk_record_at(s->c, s->record[i]); }

/* Headers, and the figures that stand under them before the indicators begin: those of the funding rows. Read when they are
 * first asked for. */
static void read_head(scoring *s) {
    uint32_t start = record_of(s, 0)->span.start;
    if (s->headed) return;
    s->headed = true;
    size_t end = gk_cells_from(s->c, start), at = gk_cells_from(s->c, s->after);
    if (end - at > MOST_HEAD) at = end - MOST_HEAD;
    s->c->steps += end - at;
    for (size_t i = at; i < end; i++) {
        const gk_cell *cell = gk_cells_at(s->c, i);
        gk_str line = gk_cell_line(s->c, cell);
        bool may = line.ptr && (gk_line_blank(line) || gk_starts_may(&s->c->score_heads, line)); /* of most cells it is not */
        for (int w = 0; w < 2; w++) {
            if (may && gk_line_says(s->c, cell, line, w ? s->c->maps.scores : s->c->maps.weights)) s->column[w] = cell->col;
            if (s->column[w] != (int64_t)cell->col) continue;
            gk_figure f = gk_figure_read(gk_cell_text(s->c, cell));
            if (!f.known || gk_cell_span(s->c, cell).end > start) continue;
            s->funding[w] += f.value;
            s->funded[w] = true;
        }
    }
}

/* Whether the head prints this figure anywhere: then it may be what is missing from a sum. */
static bool head_prints(const scoring *s, gk_fixed value) {
    size_t end = gk_cells_from(s->c, record_of(s, 0)->span.start), at = gk_cells_from(s->c, s->after);
    if (end - at > MOST_HEAD) at = end - MOST_HEAD;
    for (size_t i = at; i < end; i++) {
        gk_figure f = gk_figure_read(gk_cell_text(s->c, gk_cells_at(s->c, i)));
        if (f.known && f.value == value) return true;
    }
    return false;
}

static gk_str value_of(const scoring *s, size_t i, int which) {
    return gk_get(record_of(s, i), which ? GK_F_SCORE : GK_F_WEIGHT);
}

static void tell_at(const scoring *s, gk_span span, gk_str raw, gk_str check, gk_fixed expected, gk_status status,
                    gk_str formula, const uint32_t *terms, size_t count) {
    if (!gk_is_told(s->c, status)) return;
    gk_verdict v = {.check = check, .status = status, .rule = GK_STR("checks:scoring"), .stated = GK_NO_RECORD,
                    .raw = raw, .has_expected = true, .expected = gk_interval_at(expected)};
    v.span = span;
    v.text = v.raw;
    v.formula = formula;
    v.terms = terms;
    v.term_count = count;
    gk_verdict_add(s->c, &v);
}

static void tell(const scoring *s, const gk_cell *cell, gk_str check, gk_fixed expected, gk_status status, gk_str formula,
                 const uint32_t *terms, size_t count) {
    tell_at(s, gk_cell_span(s->c, cell), gk_cell_text(s->c, cell), check, expected, status, formula, terms, count);
}

static bool sum_of(const scoring *s, int which, gk_fixed *sum) {
    *sum = s->funding[which];
    for (size_t i = 0; i < s->count; i++) {
        gk_figure f = s->figure[i][which];
        if (!f.known || f.value < 0 || f.value > (gk_fixed)1000 * 1000000) return false;
        *sum += f.value;
    }
    return true;
}

static void check_total(const scoring *s, const gk_cell *cell, int which) {
    gk_fixed sum, slack = 100000; /* a tenth of a point: scores are rounded one by one */
    if (!cell || !sum_of(s, which, &sum)) {
        gk_not_run(s->c, GK_REASON_TERM);
        return;
    }
    gk_fixed total = gk_figure_read(gk_cell_text(s->c, cell)).value, off = sum > total ? sum - total : total - sum;
    if (2 * off > total) { /* rows of another table were taken in */
        gk_not_run(s->c, GK_REASON_EVIDENCE);
        return;
    }
    if (off > slack && !s->funded[which] && total > sum && head_prints(s, total - sum)) {
        gk_not_run(s->c, GK_REASON_AMBIGUOUS);
        return;
    }
    tell(s, cell, which ? GK_STR("score") : GK_STR("weights"), sum, off > slack ? GK_CONTRADICTS : GK_HOLDS,
         which ? GK_STR("the sum of the scores") : GK_STR("the sum of the weights"), s->record, s->count);
}

/* ---- the score that the prose tells */

/* The digits of a score behind the words that announce it, with the word for points behind them; empty: none. */
static gk_span score_behind(const scoring *s, uint32_t at, uint32_t limit) {
    const char *text = s->c->doc->text.ptr;
    uint32_t from = at, end;
    while (from < limit && from - at <= MOST_BETWEEN && !gk_is_digit(text[from]) && text[from] != '\n') from++;
    if (from == limit || !gk_is_digit(text[from])) return (gk_span){0, 0};
    for (end = from; end < limit && (gk_is_digit(text[end]) || text[end] == '.');) end++;
    uint32_t unit = end;
    while (unit < limit && text[unit] == ' ') unit++;
    gk_str behind = gk_str_slice(s->c->doc->text, unit, limit);
    return gk_map_prefix(s->c->maps.score_units, behind, NULL) ? (gk_span){from, end} : (gk_span){0, 0};
}

/* Whether the name of the project stands above a place of the prose, not far from it. */
static bool is_of_project(const scoring *s, uint32_t from, uint32_t at) {
    gk_str name = gk_get(record_of(s, 0), GK_F_PROJECT);
    if (at - from > MOST_BEFORE) from = at - MOST_BEFORE;
    return name.len && gk_str_find(gk_str_slice(s->c->doc->text, from, at), name) != SIZE_MAX;
}

/* Whether the words before a score say that it is of all that the office does. */
static bool is_of_all(const scoring *s, gk_str above, size_t at) {
    size_t len, from = at > NEAR ? at - NEAR : 0;
    return gk_map_find(s->c->maps.score_wholes, gk_str_slice(above, from, at), 0, &len, NULL) != SIZE_MAX;
}

/* Whether a table is of all that the office does, as its caption says. */
static bool is_whole(const scoring *s) {
    gk_str table = record_of(s, 0)->field[GK_F_TABLE];
    size_t len;
    return table.len && gk_map_find(s->c->maps.score_wholes, table, 0, &len, NULL) != SIZE_MAX;
}

/* Two scores in the prose may be of two projects: then nothing is said. */
static void check_told_score(const scoring *s, gk_fixed total) {
    gk_str text = s->c->doc->text;
    uint32_t limit = record_of(s, 0)->span.start, from = s->after;
    gk_span told = {0, 0};
    size_t len, count = 0;
    if (from > limit) return;
    if (limit - from > MOST_PROSE) from = limit - MOST_PROSE;
    gk_str above = gk_str_slice(text, from, limit), name = gk_get(record_of(s, 0), GK_F_PROJECT);
    size_t first = name.len ? gk_str_find(above, name) : SIZE_MAX; /* of most tables no prose speaks */
    bool whole = first != SIZE_MAX && is_whole(s);
    for (size_t at = first; at != SIZE_MAX; at += len) {
        at = gk_map_find(s->c->maps.score_words, above, at, &len, NULL);
        if (at == SIZE_MAX) break;
        gk_span one = score_behind(s, from + (uint32_t)(at + len), limit);
        if (one.end && is_of_all(s, above, at) == whole) told = one, count++;
    }
    if (count != 1 || !is_of_project(s, from, told.start)) return;
    gk_str raw = gk_str_slice(text, told.start, told.end);
    gk_figure f = gk_figure_read(raw);
    if (!f.known) return;
    gk_status status = gk_interval_meet(gk_figure_interval(f), gk_interval_at(total)) ? GK_HOLDS : GK_CONTRADICTS;
    tell_at(s, told, raw, GK_STR("same_fact"), total, status, GK_STR("the total of the scores"), s->record, s->count);
}

/* The figures of the total row, in order; with two, the first is the weight and the second the score, whatever column the
 * row was shifted to. */
static void check_total_row(scoring *s, size_t at) {
    const gk_cell *figure[2] = {NULL, NULL}, *label = gk_cells_at(s->c, at);
    size_t n = 0;
    for (size_t i = at + 1; i < s->c->cells.len && gk_cells_at(s->c, i)->row == label->row && i < at + MOST_TAIL; i++) {
        const gk_cell *cell = gk_cells_at(s->c, i);
        if (!gk_figure_read(gk_cell_text(s->c, cell)).known) continue;
        if (n < 2) figure[n] = cell;
        n++;
    }
    read_head(s);
    for (int which = 0; which < 2; which++) {
        if (!value_of(s, 0, which).len) continue;
        bool only = n == 1 && (int64_t)figure[0]->col == s->column[which];
        check_total(s, n == 2 ? figure[which] : only ? figure[0] : NULL, which);
    }
    if (n == 2) check_told_score(s, gk_figure_read(gk_cell_text(s->c, figure[1])).value);
}

/* Whether the indicators stand in rows of one table that follow each other, so that none was passed over. */
static bool is_closed(const scoring *s) {
    const gk_cell *first = gk_cell_of(s->c, record_of(s, 0)->span.start);
    const gk_cell *last = gk_cell_of(s->c, record_of(s, s->count - 1)->span.start);
    return first && last && gk_table_of(s->c, first) == gk_table_of(s->c, last) &&
           last->row - first->row + 1 == s->count;
}

/* A table without a total row: its weights make a hundred, or leave some tens for what stands elsewhere. */
static void check_untotalled(scoring *s) {
    const gk_fixed ten = 10 * gk_fixed_power(GK_FIXED_PLACES), hundred = 10 * ten;
    gk_fixed sum;
    if (s->count < LEAST_WEIGHTS || !value_of(s, s->count - 1, 0).len) return;
    read_head(s);
    const gk_cell *name = gk_cell_of(s->c, record_of(s, s->count - 1)->span.start);
    if (!name || s->column[0] < 0 || !sum_of(s, 0, &sum)) return;
    const gk_cell *cell = gk_table_at(s->c->doc, gk_table_of(s->c, name), name->row, (uint32_t)s->column[0]);
    bool near = sum > hundred - 2 * ten && sum < hundred + 2 * ten;
    if (!cell || !near) return;
    if (sum % ten != 0 && !is_closed(s)) gk_not_run(s->c, GK_REASON_INCOMPLETE);
    else if (sum % ten != 0)
        tell(s, cell, GK_STR("weights"), hundred - (sum - gk_figure_read(value_of(s, s->count - 1, 0)).value),
             GK_CONTRADICTS, GK_STR("a hundred less the other weights"), s->record, s->count);
}

/* The row behind the indicators that is named a total. */
static void read_tail(scoring *s) {
    size_t at = gk_cells_from(s->c, record_of(s, s->count - 1)->span.end);
    s->end = record_of(s, s->count - 1)->span.end;
    for (size_t i = at; i < s->c->cells.len && i < at + MOST_TAIL; i++) {
        const gk_cell *cell = gk_cells_at(s->c, i);
        if (cell->col > 1 || !gk_cell_says(s->c, cell, s->c->maps.goals)) continue;
        s->end = gk_cell_span(s->c, cell).end;
        if (s->count > 2) check_total_row(s, i);
        return;
    }
    check_untotalled(s);
}

static void check_each(scoring *s) {
    for (size_t i = 0; i < s->count; i++) {
        const gk_record *r = record_of(s, i);
        gk_figure weight = gk_figure_read(gk_get(r, GK_F_WEIGHT)), score = gk_figure_read(gk_get(r, GK_F_SCORE));
        s->figure[i][0] = weight, s->figure[i][1] = score;
        if (!weight.known || !score.known || score.value <= weight.value || weight.value == 0) continue;
        const gk_cell *name = gk_cell_of(s->c, r->span.start);
        read_head(s);
        if (!name || s->column[1] < 0) continue;
        const gk_cell *cell = gk_table_at(s->c->doc, gk_table_of(s->c, name), name->row, (uint32_t)s->column[1]);
        if (!cell || gk_figure_read(gk_cell_text(s->c, cell)).value != score.value) continue;
        tell(s, cell, GK_STR("score"), weight.value, GK_CONTRADICTS, GK_STR("at most the weight"), &s->record[i], 1);
    }
}

static uint32_t check_scoring(gk_checker *c, const uint32_t *record, size_t count, uint32_t after) {
    scoring s = {.c = c, .record = record, .count = count, .after = after, .column = {-1, -1}};
    s.figure = gk_arena_alloc(&c->out->arena, count * sizeof *s.figure);
    check_each(&s);
    read_tail(&s);
    return s.end;
}

/* Whether a total row stands between two indicators: then the second belongs to another table. */
static bool closed_between(gk_checker *c, uint32_t from, uint32_t to) {
    size_t at = gk_cells_from(c, from);
    for (size_t i = at; i < c->cells.len && i < at + MOST_TAIL && c->cells.at[i].start < to; i++)
        if (gk_cells_at(c, i)->col <= 1 && gk_cell_says(c, gk_cells_at(c, i), c->maps.goals)) return true;
    return false;
}

void gk_check_goals(gk_checker *c) {
    GK_VEC(uint32_t) run = {0};
    uint32_t after = 0;
    for (size_t k = 0; k <= c->indicators.len; k++) {
        uint32_t i = k < c->indicators.len ? c->indicators.at[k] : GK_NO_RECORD;
        const gk_record *r = i != GK_NO_RECORD ? gk_record_at(c, i) : NULL;
        if (r && !gk_get(r, GK_F_WEIGHT).len && !gk_get(r, GK_F_SCORE).len) continue;
        bool same = r && run.len && gk_str_eq(gk_get(r, GK_F_PROJECT), gk_get(gk_record_at(c, run.at[0]), GK_F_PROJECT));
        if (same) same = !closed_between(c, gk_record_at(c, run.at[run.len - 1])->span.end, r->span.start);
        if (!same && run.len) after = check_scoring(c, run.at, run.len, after), run.len = 0;
        if (r) *gk_vec_push(&run) = i;
    }
    gk_vec_free(&run);
}
