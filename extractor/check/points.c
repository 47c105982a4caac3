/* Scores that the prose tells with those they are made of.
 *
 * Worked example: "the score is 93.5 points, of which: input 10 points, scored 9.5; process 20 points, scored 18 ...". Where a
 * word for what was scored stands before any of the points, only those behind such a word are added up; what stands in brackets
 * is of the one before it. Lists of one score, and sums far off, say nothing.
 */
#include "check/engine.h"

enum { MOST_BETWEEN = 24, MOST_OPEN = 96, MOST_LIST = 900 /* bytes around a score */, LEAST = 3 /* scores */, FAR = 4 };
enum { MOST_POINTS = 1000 /* more are no score */ };

typedef struct scores {
    gk_fixed all, scored; /* of all points, and of those behind a word for what was scored */
    size_t count, marked;
} scores;

/* The digits from a place on, if the word for points stands behind them; empty: it does not. */
static gk_span points_at(const gk_checker *c, gk_str text, size_t at) {
    size_t end = at;
    while (end < text.len && (gk_is_digit(text.ptr[end]) || text.ptr[end] == '.')) end++;
    bool points = end > at && gk_map_prefix(c->maps.score_units, gk_str_slice(text, end, text.len), NULL) > 0;
    return points ? (gk_span){(uint32_t)at, (uint32_t)end} : (gk_span){0, 0};
}

/* The points, at most one more than a score has. */
static gk_fixed value_of(gk_str text, gk_span s) {
    gk_figure f = gk_figure_read(gk_str_slice(text, s.start, s.end));
    gk_fixed most = (MOST_POINTS + 1) * gk_fixed_power(GK_FIXED_PLACES);
    return f.known && f.value < most ? f.value : most;
}

/* The depth of brackets behind a place, those of full width, too. */
static int depth_at(gk_str text, size_t i, int depth) {
    gk_str here = gk_str_slice(text, i, i + 3 < text.len ? i + 3 : text.len);
    bool open = text.ptr[i] == '(' || gk_str_eqz(here, "\xEF\xBC\x88");
    bool close = text.ptr[i] == ')' || gk_str_eqz(here, "\xEF\xBC\x89");
    return depth + open - close;
}

static scores read_list(const gk_checker *c, gk_str list) {
    scores s = {0};
    int depth = 0;
    for (size_t i = 0; i < list.len; i++) {
        depth = depth_at(list, i, depth);
        if (depth || !gk_is_digit(list.ptr[i]) || (i && (gk_is_digit(list.ptr[i - 1]) || list.ptr[i - 1] == '.'))) continue;
        gk_span p = points_at(c, list, i);
        if (!p.end) continue;
        gk_fixed v = value_of(list, p);
        if (v > MOST_POINTS * gk_fixed_power(GK_FIXED_PLACES)) return (scores){0};
        s.all += v, s.count++;
        if (gk_map_suffix(c->maps.score_marks, gk_str_slice(list, 0, i), NULL)) s.scored += v, s.marked++;
    }
    return s;
}

/* Up to the end of the sentence. */
static gk_str sentence_at(gk_str text, size_t at) {
    gk_str rest = gk_str_slice(text, at, at + MOST_LIST < text.len ? at + MOST_LIST : text.len);
    size_t stop = gk_str_find(rest, GK_STR("\xE3\x80\x82"));
    return stop == SIZE_MAX ? GK_STR("") : gk_str_slice(rest, 0, stop);
}

/* Whether the words before a score announce it as that of the whole. */
static bool is_announced(const gk_checker *c, gk_str text, size_t at) {
    gk_str before = gk_str_slice(text, at > MOST_BETWEEN ? at - MOST_BETWEEN : 0, at);
    size_t len, line;
    while ((line = gk_str_find(before, GK_STR("\n"))) != SIZE_MAX) before = gk_str_slice(before, line + 1, before.len);
    return gk_map_find(c->maps.score_words, before, 0, &len, NULL) != SIZE_MAX;
}

/* From the end of the sentence or line before a place, up to the last comma before it. */
static gk_str clauses_before(gk_str text, size_t at) {
    static const gk_str stops[] = {{"\xE3\x80\x82", 3}, {"\n", 1}}, comma = {"\xEF\xBC\x8C", 3};
    gk_str before = gk_str_slice(text, at > MOST_LIST ? at - MOST_LIST : 0, at);
    for (size_t i = 0; i < sizeof stops / sizeof *stops; i++) {
        size_t stop = gk_str_rfind(before, stops[i]);
        if (stop != SIZE_MAX) before = gk_str_slice(before, stop + stops[i].len, before.len);
    }
    size_t end = gk_str_rfind(before, comma);
    return gk_str_slice(before, 0, end == SIZE_MAX ? 0 : end);
}

/* The list of a score: behind a word that opens it, or before the score, where none of it is announced as a whole. */
static scores list_of(const gk_checker *c, gk_str text, gk_span told) {
    gk_str rest = gk_str_slice(text, told.end, told.end + MOST_LIST < text.len ? told.end + MOST_LIST : text.len);
    size_t len, open = gk_map_find(c->maps.openers, gk_str_slice(rest, 0, MOST_OPEN), 0, &len, NULL);
    if (open != SIZE_MAX) return read_list(c, sentence_at(text, told.end + open + len));
    gk_str before = clauses_before(text, told.start);
    bool whole = gk_map_find(c->maps.score_words, before, 0, &len, NULL) != SIZE_MAX;
    return whole ? (scores){0} : read_list(c, before);
}

/* A score whose digits end at a place: what it is made of stands around it. */
static void check_score(gk_checker *c, gk_str text, size_t end) {
    size_t start = end;
    while (start > 0 && (gk_is_digit(text.ptr[start - 1]) || text.ptr[start - 1] == '.')) start--;
    gk_span told = {(uint32_t)start, (uint32_t)end};
    if (!is_announced(c, text, start)) return;
    scores s = list_of(c, text, told);
    size_t count = s.marked ? s.marked : s.count;
    gk_fixed sum = s.marked ? s.scored : s.all, total = value_of(text, told), off = sum > total ? sum - total : total - sum;
    bool score = total <= MOST_POINTS * gk_fixed_power(GK_FIXED_PLACES);
    if (count < LEAST || !score || off > total / FAR) return gk_not_run(c, GK_REASON_EVIDENCE);
    gk_status status = off > gk_fixed_power(GK_FIXED_PLACES - 1) ? GK_CONTRADICTS : GK_HOLDS; /* a tenth: each is rounded */
    if (!gk_is_told(c, status)) return;
    gk_verdict v = {.check = GK_STR("score"), .status = status, .rule = GK_STR("checks:points"), .stated = GK_NO_RECORD,
                    .raw = gk_str_slice(text, start, end), .has_expected = true, .expected = gk_interval_at(sum)};
    v.span = told, v.text = v.raw;
    v.formula = GK_STR("the sum of the scores told with it");
    gk_verdict_add(c, &v);
}

/* Whether a document speaks of scores at all: by what it is, or since an indicator has one. */
static bool has_scores(const gk_checker *c) {
    const gk_record *document = &c->out->document;
    size_t len;
    bool scored = gk_str_eqz(gk_get(document, GK_F_REPORT), "performance") ||
                  gk_map_find(c->maps.goal_tables, gk_get(document, GK_F_TITLE), 0, &len, NULL) != SIZE_MAX;
    for (size_t i = 0; i < c->indicators.len && !scored; i++)
        scored = gk_get(gk_record_at(c, c->indicators.at[i]), GK_F_SCORE).len > 0;
    return scored;
}

void gk_check_points(gk_checker *c) {
    gk_str text = c->doc->text;
    if (!has_scores(c)) return;
    for (const gk_digits *d = c->out->digits.at, *end = d + c->out->digits.len; d < end; d++)
        if (d->fate == GK_FATE_EXCLUDED && gk_str_eqz(gk_digits_why(d), "score") &&
            gk_map_prefix(c->maps.score_units, gk_str_slice(text, d->span.end, text.len), NULL))
            check_score(c, text, d->span.end);
}
