/* Indicators in prose: statements that begin with the name of a level.
 *
 * Worked example: "产出指标：培训人次≥500人次，指标设立依据是历年情况。" The level ends at the colon, the basis begins at
 * its own words, and what lies between is one statement: 培训人次 >= 500 人次. A statement without a number is a text
 * target and is the name as a whole.
 */
#include "extract/table.h"

#include <stdlib.h>

enum { LEVELS = 24, PIECE_BYTES = 1200 }; /* a longer statement is not looked into */
enum { NAME_LEAST = 9 };                  /* bytes of a name behind the word that says it was planned */

struct gk_goal_state {
    gk_str project;    /* absent: the whole department */
    bool whole;        /* the headings above speak of the whole department */
    bool open;         /* statements are going on */
    bool in_basis;     /* the last block ended inside a basis */
    bool named_last;   /* it ended with the name of a level, behind other words */
    bool lists;        /* nothing but goals and short texts stand behind the heading of a level */
    bool done;         /* the heading says that what stands below tells what came of the goals */
    bool strict;       /* a sentence without a figure states no goal: it is prose */
    bool rates;        /* nor does one with a figure that is no rate */
    gk_str level1, level2;
    gk_range named;    /* the name of the newest indicator */
};

struct gk_goal_state *gk_goal_state_new(void) { return gk_alloc_zero(1, sizeof(struct gk_goal_state)); }
void gk_goal_state_free(struct gk_goal_state *g) { free(g); }

void gk_goal_reset(gk_extractor *x) {
    *x->goal = (struct gk_goal_state){0};
    x->table->block = 0;
    x->table->t = NULL;
    x->table->section = (gk_section){0};
    x->table->last_unit = GK_UNIT_UNKNOWN;
}

bool gk_goal_open(const gk_extractor *x) { return x->goal->open; }

gk_str gk_goal_project(gk_extractor *x) {
    gk_str project = x->table->t ? x->table->project : x->goal->project;
    if (project.len) return project;
    const gk_map *defaults = x->maps.goal_defaults;
    return defaults ? gk_map_get(defaults, GK_STR("project")) : GK_STR_NONE;
}

static gk_range group_of(const gk_match *m, gk_key key) {
    uint8_t g = m->rule->group_of[key];
    if (!g || m->group[g].start == UINT32_MAX) return (gk_range){0, 0};
    return (gk_range){m->group[g].start, m->group[g].end};
}

/* Whether a name that may be a first level is one more second level: below the level that the map tells, behind others. */
static bool is_second(gk_extractor *x, gk_range name) {
    const struct gk_goal_state *g = x->goal;
    if (!g->level2.len || !x->maps.goal_seconds) return false;
    gk_str above = gk_map_get(x->maps.goal_seconds, gk_view_text(x, name.start, name.end));
    return above.len && gk_str_eq(above, g->level1);
}

/* The levels that a match names. */
static void set_levels(gk_extractor *x, const gk_match *m) {
    struct gk_goal_state *g = x->goal;
    gk_range one = group_of(m, GK_KEY_LEVEL1), two = group_of(m, GK_KEY_LEVEL2);
    if (one.end > one.start && two.end <= two.start && is_second(x, one)) two = one, one = (gk_range){0, 0};
    if (one.end > one.start) g->level1 = gk_printed(x, one), g->level2 = GK_STR_NONE;
    if (two.end > two.start) g->level2 = gk_printed(x, two);
}

/* Whether a match names a second level that belongs below another first level than the one told last. */
static bool is_elsewhere(gk_extractor *x, const gk_match *m) {
    gk_range one = group_of(m, GK_KEY_LEVEL1), two = group_of(m, GK_KEY_LEVEL2);
    if (!x->maps.goal_above || one.end > one.start || two.end <= two.start) return false;
    gk_str above = gk_map_get(x->maps.goal_above, gk_view_text(x, two.start, two.end));
    return above.len && !gk_str_eq(above, x->goal->level1);
}

/* ---- projects */

/* Headings say whether the whole department or its projects are spoken of; a project may also open in running text. */
static void apply_openers(gk_extractor *x, gk_range at, bool heading, const gk_match *m, size_t n) {
    struct gk_goal_state *g = x->goal;
    gk_str v = gk_view_text(x, 0, at.end);
    for (size_t i = 0; i < n; i++) {
        gk_str role = gk_match_value(&m[i], v, GK_KEY_ROLE);
        gk_range name = group_of(&m[i], GK_KEY_PROJECT);
        if (gk_str_eqz(role, "level-head")) set_levels(x, &m[i]), g->lists = true;
        gk_range came = group_of(&m[i], GK_KEY_ACTUAL);
        bool head = gk_str_eqz(role, "level-head") || gk_str_eqz(role, "done-head");
        if (head && came.end > came.start) g->done = true;
        if (heading && gk_str_eqz(role, "whole")) g->whole = true, g->project = GK_STR_NONE;
        if (heading && gk_str_eqz(role, "projects")) g->whole = false, g->project = GK_STR_NONE;
        if (gk_str_eqz(role, "project") && !g->whole && name.end > name.start) g->project = gk_printed(x, name);
    }
}

/* Whether a heading names a second level alone: the first one that stands above it goes on. */
static bool is_lower_head(gk_extractor *x, gk_range at, const gk_match *m, size_t n) {
    gk_str v = gk_view_text(x, 0, at.end);
    for (size_t i = 0; i < n; i++) {
        gk_range one = group_of(&m[i], GK_KEY_LEVEL1), two = group_of(&m[i], GK_KEY_LEVEL2);
        bool head = gk_str_eqz(gk_match_value(&m[i], v, GK_KEY_ROLE), "level-head");
        if (head && (is_second(x, one) || (one.end <= one.start && two.end > two.start))) return true;
    }
    return false;
}

static bool names_some_level(gk_extractor *x, gk_range at, const gk_match *m, size_t n) {
    gk_str v = gk_view_text(x, 0, at.end);
    for (size_t i = 0; i < n; i++)
        if (gk_str_eqz(gk_match_value(&m[i], v, GK_KEY_ROLE), "level-head")) return true;
    return false;
}

static void read_openers(gk_extractor *x, gk_range at, bool heading) {
    gk_match m[LEVELS];
    if (at.end - at.start > 3 * GK_LABEL_BYTES) {
        if (heading) x->goal->level1 = x->goal->level2 = GK_STR_NONE;
        return;
    }
    size_t n = gk_find_all(x, GK_SCOPE_GOAL, at, m, LEVELS);
    if (heading && !is_lower_head(x, at, m, n)) x->goal->level1 = x->goal->level2 = GK_STR_NONE;
    if (heading && !names_some_level(x, at, m, n)) x->goal->done = false;
    apply_openers(x, at, heading, m, n);
}

void gk_goal_heading(gk_extractor *x, gk_range at) {
    struct gk_goal_state *g = x->goal;
    g->open = g->in_basis = g->lists = false;
    read_openers(x, at, true);
    x->now.project = g->project;
}

/* ---- statements */

static const char *const sentence_ends[] = {"\xe3\x80\x82", ";"}; /* 。 ; */

static uint32_t statement_end(gk_extractor *x, uint32_t from, uint32_t to) {
    for (uint32_t p = from; p < to; p++)
        for (size_t i = 0; i < sizeof sentence_ends / sizeof *sentence_ends; i++)
            if (gk_str_starts(gk_view_text(x, p, to), gk_str_of(sentence_ends[i]))) return p;
    return to;
}

/* Whether a mark may stand at either end: the marks of three bytes have 0xE3 first, and 0x82 or 0x81 last. */
static bool may_have_marks(const gk_extractor *x, gk_range at) {
    const char *v = x->view->text.ptr;
    return at.start < at.end && (strchr(",;:. \xe3", v[at.start]) || strchr(",;:. \x82\x81", v[at.end - 1]));
}

static gk_range trim_marks(gk_extractor *x, gk_range at) {
    static const char *const marks[] = {",", ";", ":", ".", " ", "\xe3\x80\x82", "\xe3\x80\x81"};
    for (bool more = true; more && may_have_marks(x, at);) {
        more = false;
        for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
            gk_str mark = gk_str_of(marks[i]), s = gk_view_text(x, at.start, at.end);
            if (s.len && gk_str_starts(s, mark)) at.start += (uint32_t)mark.len, more = true;
            s = gk_view_text(x, at.start, at.end);
            if (s.len && gk_str_ends(s, mark)) at.end -= (uint32_t)mark.len, more = true;
        }
    }
    return at;
}

static size_t count_figures(gk_extractor *x, gk_range at) {
    struct gk_table_state *s = x->table;
    size_t n = 0;
    s->numbers.len = 0;
    gk_numbers_scan(x, at, &s->numbers);
    for (size_t i = 0; i < s->numbers.len; i++) n += s->numbers.at[i].kind != GK_NUMBER_EXCLUDED;
    return n;
}

static gk_record *state(gk_extractor *x, gk_range name, gk_str rule) {
    gk_record *r = gk_goal_record(x, name, rule, "text");
    x->goal->named = name;
    gk_put(r, GK_F_LEVEL1, x->goal->level1, &x->out->arena);
    gk_put(r, GK_F_LEVEL2, x->goal->level2, &x->out->arena);
    return r;
}

/* One statement: by the rule that finds name, sign, number and unit in it, else a text target. */
static gk_record *read_statement(gk_extractor *x, gk_range at, gk_str rule) {
    gk_match m;
    at = trim_marks(x, at);
    if (at.end - at.start < 6) return NULL;
    uint32_t planned = (uint32_t)gk_map_prefix(x->maps.goal_planned, gk_view_text(x, at.start, at.end), NULL);
    bool short_text = at.end - at.start <= 2 * GK_LABEL_BYTES;
    bool known = short_text && gk_find_best(x, GK_SCOPE_TARGET, at, &m);
    gk_range name = known ? group_of(&m, GK_KEY_NAME) : (gk_range){0, 0};
    if (name.end - name.start < planned + NAME_LEAST) planned = 0; /* "planned money" is a name */
    name.start += planned;
    gk_range value = known ? group_of(&m, GK_KEY_VALUE) : (gk_range){0, 0};
    bool stated = name.end > name.start && value.end > value.start;
    gk_range unit = stated ? group_of(&m, GK_KEY_UNIT) : (gk_range){0, 0};
    gk_str measured = x->maps.units ? gk_map_get(x->maps.units, gk_view_text(x, unit.start, unit.end)) : GK_STR_NONE;
    bool points = x->goal->done && gk_str_eqz(measured, "points"); /* a rise, and no goal that was reached */
    if ((!stated && x->goal->strict) || (x->goal->rates && !gk_str_eqz(measured, "percent")) || points) {
        gk_prose_read(x, at, "text");
        return NULL;
    }
    if (!stated) return state(x, at, rule);
    gk_range told = {name.end, at.end};
    gk_record *r = state(x, gk_goal_name(x, trim_marks(x, name), false), m.rule->id);
    gk_target t = gk_target_read(x, told);
    bool reached = !t.qualified || gk_str_eqz(t.op, "=");
    if (x->goal->done && reached && !planned) gk_target_set_actual(x, r, &t, told);
    else gk_target_set(x, r, &t);
    gk_account_claim(x, at, r->id, m.rule->id);
    return r;
}

/* Bytes of the comma, of either kind, that stands at a place; 0: none does, or it is part of a number. */
static uint32_t mark_at(gk_extractor *x, uint32_t at, uint32_t end) {
    gk_str s = gk_view_text(x, at, end);
    bool inside = at && s.len > 1 && gk_is_digit(s.ptr[-1]) && gk_is_digit(s.ptr[1]);
    return s.ptr[0] == ',' ? !inside : gk_str_starts(s, GK_STR("\xe3\x80\x81")) ? 3 : 0;
}

/* Where goals are told that were reached, the figure before "in fact 6" is what was asked for. */
static void ask_for_actual(gk_extractor *x, gk_record *r) {
    gk_put(r, GK_F_OP, GK_STR("="), &x->out->arena);
    gk_put(r, GK_F_TARGET, gk_get(r, GK_F_ACTUAL), &x->out->arena);
    gk_put(r, GK_F_TARGET_UNIT, gk_get(r, GK_F_ACTUAL_UNIT), &x->out->arena);
    gk_put(r, GK_F_ACTUAL_UNIT, GK_STR_NONE, &x->out->arena);
}

/* "Planes ≥ 6, in fact 6": the clause behind a target tells what came of it. */
static bool read_result(gk_extractor *x, gk_range at, gk_record *r) {
    at = trim_marks(x, at);
    const gk_map *words = x->maps.goal_results;
    bool target = r && gk_get(r, GK_F_TARGET).len > 0, actual = r && gk_get(r, GK_F_ACTUAL).len > 0;
    if (!words || target == actual) return false; /* what came of it is known, or nothing is */
    if (!gk_map_prefix(words, gk_view_text(x, at.start, at.end), NULL) || count_figures(x, at) != 1) return false;
    gk_target came = gk_target_read(x, at);
    if (!came.number) return false;
    if (actual) ask_for_actual(x, r);
    gk_target_set_actual(x, r, &came, at);
    gk_account_claim(x, at, r->id, r->field[GK_F_RULE]);
    return true;
}

/* "Lamps 5, completed by 100%", "8 more than the year before", "1 was not built": a figure beside the indicator. */
static bool read_rate(gk_extractor *x, gk_range at) {
    at = trim_marks(x, at);
    gk_str text = gk_view_text(x, at.start, at.end);
    bool rate = gk_map_prefix(x->maps.goal_rates, text, NULL) > 0, compares = gk_map_prefix(x->maps.compare, text, NULL) > 0;
    bool counts = text.len && gk_is_digit(text.ptr[0]) && x->goal->done;
    if (counts) {
        gk_prose_read(x, at, "text");
        return true;
    }
    if (!rate && !compares) return false;
    gk_prose_read_about(x, at, "text", x->goal->named);
    return true;
}

/* "Lamps 280, of the 260 asked for 108%": the clause behind what came of a goal tells what was asked for. */
static bool read_wanted(gk_extractor *x, gk_range at, gk_record *r) {
    at = trim_marks(x, at);
    const gk_map *words = x->maps.goal_wanted;
    if (!x->goal->done || !r || !words || gk_get(r, GK_F_TARGET).len || !gk_get(r, GK_F_ACTUAL).len) return false;
    size_t word = gk_map_prefix(words, gk_view_text(x, at.start, at.end), NULL);
    if (!word || !count_figures(x, at)) return false;
    const gk_number *first = x->table->numbers.at;
    if (first->kind != GK_NUMBER_QUANTITY || first->digits.start > at.start + word + GK_LABEL_BYTES / 4) return false;
    gk_target wanted = gk_target_read(x, (gk_range){first->digits.start, first->at.end});
    if (!wanted.number) return false;
    gk_target_set(x, r, &wanted);
    gk_account_claim(x, at, r->id, r->field[GK_F_RULE]);
    return true;
}

/* One clause of a list of statements; returns the newest indicator, which figures read in between may have moved. */
static gk_record *read_piece(gk_extractor *x, gk_range at, gk_str rule, gk_record *last) {
    size_t index = last ? (size_t)(last - x->out->records.at) : 0;
    if (last && (read_result(x, at, last) || read_wanted(x, at, last) || read_rate(x, at))) return &x->out->records.at[index];
    return read_statement(x, at, rule);
}

/* What a sentence says of the weight and the score of its indicator at its end ("..., scored 10"): the sentence before it. */
static gk_range before_scores(gk_extractor *x, gk_range at, gk_match *m, bool *scored) {
    gk_match all[LEVELS];
    gk_str v = gk_view_text(x, 0, at.end);
    *scored = false;
    if (!x->maps.goal_scores || gk_map_find(x->maps.goal_scores, gk_view_text(x, at.start, at.end), 0, NULL, NULL) == SIZE_MAX)
        return at;
    size_t n = gk_find_all(x, GK_SCOPE_GOAL, at, all, LEVELS);
    for (size_t i = 0; i < n && !*scored; i++) {
        if (!gk_str_eqz(gk_match_value(&all[i], v, GK_KEY_ROLE), "score") || all[i].start <= at.start) continue;
        *scored = true;
        *m = all[i];
        at.end = m->start;
    }
    return at;
}

static void set_scores(gk_extractor *x, gk_record *r, const gk_match *m) {
    gk_str v = gk_view_text(x, 0, m->end);
    gk_put(r, GK_F_WEIGHT, gk_arena_dup(&x->out->arena, gk_match_value(m, v, GK_KEY_WEIGHT)), &x->out->arena);
    gk_put(r, GK_F_SCORE, gk_arena_dup(&x->out->arena, gk_match_value(m, v, GK_KEY_SCORE)), &x->out->arena);
    gk_account_claim(x, (gk_range){m->start, m->end}, r->id, r->field[GK_F_RULE]);
}

static gk_record *read_pieces(gk_extractor *x, gk_range at, gk_str rule) {
    gk_record *last = NULL;
    for (uint32_t p = at.start; p < at.end;) {
        uint32_t end = statement_end(x, p, at.end), next = end;
        gk_match score;
        bool scored;
        gk_range piece = before_scores(x, (gk_range){p, end}, &score, &scored);
        size_t told = x->out->records.len;
        end = piece.end;
        if (end - p <= PIECE_BYTES && count_figures(x, piece) > 1) {
            uint32_t q = p;
            for (uint32_t k = p; k <= end; k++) {
                uint32_t mark = k < end ? mark_at(x, k, end) : 1;
                if (!mark || (count_figures(x, (gk_range){q, k}) == 0 && k < end)) continue;
                last = read_piece(x, (gk_range){q, k}, rule, q == p ? NULL : last);
                q = k + mark;
            }
        } else last = read_statement(x, piece, rule);
        bool one = last && x->out->records.len > told && (size_t)(last - x->out->records.at) == told;
        if (scored && one) set_scores(x, last, &score);
        p = next + 1;
        while (p < at.end && ((unsigned char)x->view->text.ptr[p] & 0xC0) == 0x80) p++;
    }
    return last;
}

/* `all`: what the goal rules find in the segment. */
static void read_segment(gk_extractor *x, gk_range at, gk_str rule, const gk_match *all, size_t n) {
    struct gk_goal_state *g = x->goal;
    gk_str v = gk_view_text(x, 0, at.end);
    gk_range basis = {at.end, at.end}, name = at;
    gk_str told_by = GK_STR_NONE;
    bool found = false;
    for (size_t i = 0; i < n; i++) {
        if (!gk_str_eqz(gk_match_value(&all[i], v, GK_KEY_ROLE), "basis") || (found && all[i].start >= name.end)) continue;
        found = true;
        name.end = all[i].start;
        basis.start = all[i].end;
        told_by = all[i].rule->id;
    }
    gk_record *r = read_pieces(x, name, rule);
    g->in_basis = found;
    if (!found) return;
    basis = trim_marks(x, basis);
    if (r && basis.end > basis.start) gk_put(r, GK_F_BASIS, gk_printed(x, basis), &x->out->arena);
    gk_account_exclude(x, basis, GK_STR("basis"), told_by);
}

static size_t first_level(gk_str v, const gk_match *m, size_t count) {
    size_t best = count;
    for (size_t i = 0; i < count; i++) {
        if (!gk_str_eqz(gk_match_value(&m[i], v, GK_KEY_ROLE), "level")) continue;
        if (best == count || m[i].start < m[best].start) best = i;
    }
    return best;
}

/* Places where a level is named, in order. `m`, *count: what the goal rules find in the whole range, then what they find
 * behind the last level. */
static size_t find_levels(gk_extractor *x, gk_range at, gk_match *m, size_t *count, gk_match *out) {
    gk_str v = gk_view_text(x, 0, at.end);
    size_t n = 0;
    for (size_t best; n < LEVELS && (best = first_level(v, m, *count)) < *count;) {
        gk_match level = out[n++] = m[best];
        *count = level.end < at.end ? gk_match_all(x->matcher, GK_SCOPE_GOAL, v, level.end, at.end, m, LEVELS) : 0;
    }
    return n;
}

/* A basis may run on into the next block where the page ended inside its sentence. */
static bool ends_sentence(gk_extractor *x, gk_range at) {
    gk_str s = gk_view_text(x, at.start, at.end);
    return gk_str_ends(s, GK_STR("\xe3\x80\x82")) || gk_str_ends(s, GK_STR("\xe2\x80\x9d")) || gk_str_ends(s, GK_STR(";"));
}

/* ---- reviews */

/* The only figure of a text where it is a percentage ("..., 99% of the people got theirs"); an empty range: it is not. */
static gk_range only_percentage(gk_extractor *x, gk_range at) {
    const gk_numbers *found = &x->table->numbers;
    if (count_figures(x, at) != 1) return (gk_range){0, 0};
    for (size_t i = 0; i < found->len; i++)
        if (found->at[i].kind == GK_NUMBER_PERCENT) return found->at[i].whole;
    return (gk_range){0, 0};
}

/* A target that is told in the last clause of a review ("..., the cost is below 30"), else `share`. */
static void set_last_target(gk_extractor *x, gk_record *r, gk_range name, gk_range share) {
    gk_match m;
    for (uint32_t k = name.start; k < name.end; k++)
        if (x->view->text.ptr[k] == ',') name.start = k + 1;
    bool known = name.end - name.start <= GK_LABEL_BYTES && gk_find_best(x, GK_SCOPE_TARGET, name, &m);
    gk_range label = known ? group_of(&m, GK_KEY_NAME) : (gk_range){0, 0};
    bool named = label.end > label.start;
    gk_target t = named ? gk_target_read(x, (gk_range){label.end, name.end}) : (gk_target){0};
    if (!t.number || !t.qualified) t = gk_target_read(x, share), t.qualified = share.end > share.start;
    if (t.number && t.qualified) gk_target_set(x, r, &t);
}

/* "The indicator of quality was that ..., done, scored 20": what is stated, what came of it, the score. */
static void read_review(gk_extractor *x, const gk_match *m) {
    gk_str v = gk_view_text(x, 0, m->end);
    gk_range name = trim_marks(x, group_of(m, GK_KEY_NAME)), done = group_of(m, GK_KEY_ACTUAL);
    set_levels(x, m);
    gk_range share = only_percentage(x, name); /* before the record claims its figures */
    gk_record *r = state(x, name, m->rule->id);
    gk_range target = group_of(m, GK_KEY_TARGET);
    gk_target wanted = gk_target_read(x, target), came = gk_target_read(x, done);
    if (target.end > target.start) gk_target_set(x, r, &wanted);
    else set_last_target(x, r, name, share);
    if (done.end > done.start) gk_target_set_actual(x, r, &came, done);
    gk_put(r, GK_F_WEIGHT, gk_arena_dup(&x->out->arena, gk_match_value(m, v, GK_KEY_WEIGHT)), &x->out->arena);
    gk_put(r, GK_F_SCORE, gk_arena_dup(&x->out->arena, gk_match_value(m, v, GK_KEY_SCORE)), &x->out->arena);
    gk_account_claim(x, (gk_range){m->start, m->end}, r->id, m->rule->id);
}

/* The reviews among what the goal rules find in a paragraph, and the prose between them. */
static bool read_reviews(gk_extractor *x, gk_range at, const gk_match *m, size_t n) {
    gk_str v = gk_view_text(x, 0, at.end);
    uint32_t from = at.start;
    for (size_t i = 0, told = 0; i < n; i++) {
        if (!gk_str_eqz(gk_match_value(&m[i], v, GK_KEY_ROLE), "review") || m[i].start < from) continue;
        for (; told < i; told++)
            if (gk_str_eqz(gk_match_value(&m[told], v, GK_KEY_ROLE), "level")) set_levels(x, &m[told]);
        if (from == at.start) apply_openers(x, at, false, m, i);
        gk_range before = {from, m[i].start};
        if (gk_account_open(x, before)) gk_prose_read(x, before, "text");
        read_review(x, &m[i]);
        from = m[i].end;
    }
    if (from == at.start) return false;
    if (gk_account_open(x, (gk_range){from, at.end})) gk_prose_read(x, (gk_range){from, at.end}, "text");
    return true;
}

/* ---- items */

/* A paragraph that is one indicator: its name, and in brackets its target. */
static bool read_item(gk_extractor *x, gk_range at, const gk_match *m, size_t n) {
    gk_str v = gk_view_text(x, 0, at.end);
    for (size_t i = 0; i < n; i++) {
        if (!gk_str_eqz(gk_match_value(&m[i], v, GK_KEY_ROLE), "item")) continue;
        gk_range name = trim_marks(x, group_of(&m[i], GK_KEY_NAME)), target = group_of(&m[i], GK_KEY_TARGET);
        gk_record *r = NULL;
        if (target.end <= target.start) r = read_statement(x, name, m[i].rule->id);
        else {
            gk_target t = gk_target_read(x, target);
            r = state(x, name, m[i].rule->id);
            gk_target_set(x, r, &t);
        }
        if (r) gk_account_claim(x, at, r->id, m[i].rule->id);
        return r != NULL;
    }
    return false;
}

/* Whether figures that nothing is said of are planned here. */
static bool is_plan(const gk_extractor *x) {
    return gk_is_planned(x->now.measure.len ? x->now.measure : gk_context_measure(x, x->now.genre));
}

/* A short line below the heading of a level, where goals are set: "(2) readers 310". Money is one where a sign says so. */
static bool read_listed(gk_extractor *x, gk_range at) {
    struct gk_goal_state *g = x->goal;
    gk_match m;
    if (!g->lists || g->done || !is_plan(x)) return false;
    bool short_text = at.end - at.start <= GK_LABEL_BYTES && statement_end(x, at.start, at.end) + 3 >= at.end;
    size_t figures = short_text ? count_figures(x, at) : 2;
    g->lists = figures < 2;
    if (figures != 1) return false;
    const gk_numbers *found = &x->table->numbers;
    bool money = found->at[found->len - 1].kind == GK_NUMBER_AMOUNT;
    at.start = gk_subject_trim(x, at).start;
    at = trim_marks(x, at);
    if (!gk_find_best(x, GK_SCOPE_TARGET, at, &m) || !m.group[m.rule->group_of[GK_KEY_NAME]].end) return g->lists = false;
    if (money && !gk_target_read(x, at).qualified) return g->lists = false;
    return read_statement(x, at, m.rule->id) != NULL;
}

static bool names_level(const gk_match *m) {
    gk_range one = group_of(m, GK_KEY_LEVEL1), two = group_of(m, GK_KEY_LEVEL2);
    return one.end > one.start || two.end > two.start;
}

/* What stands before the first level of a paragraph: goals of the level that the line before it ended with, else prose. */
static void read_before(gk_extractor *x, gk_range at, bool named) {
    struct gk_goal_state *g = x->goal;
    if (named && at.end > at.start && g->level2.len) {
        g->strict = true;
        read_pieces(x, at, GK_STR("indicator:goal-level"));
        g->strict = false;
    }
    if (gk_account_open(x, at)) gk_prose_read(x, at, "text");
}

bool gk_goal_read(gk_extractor *x, gk_range at) {
    struct gk_goal_state *g = x->goal;
    bool named = g->named_last;
    g->named_last = false;
    gk_match level[LEVELS], all[LEVELS], between[LEVELS];
    size_t found = gk_find_all(x, GK_SCOPE_GOAL, at, all, LEVELS);
    if (read_reviews(x, at, all, found)) return true;
    size_t n = find_levels(x, at, all, &found, level);
    g->lists = g->lists || named;
    if (!n && (read_item(x, at, all, found) || read_listed(x, at))) return true;
    if (!n) {
        bool runs_on = g->in_basis;
        g->in_basis = false;
        if (runs_on) gk_account_exclude(x, at, GK_STR("basis"), GK_STR("basis"));
        if (!runs_on && at.end - at.start <= 3 * GK_LABEL_BYTES) apply_openers(x, at, false, all, found);
        x->now.project = g->project;
        return runs_on;
    }
    g->open = true;
    if (level[0].start > at.start) read_openers(x, (gk_range){at.start, level[0].start}, false);
    read_before(x, (gk_range){at.start, level[0].start}, named);
    g->lists = level[n - 1].end == at.end;
    g->named_last = g->lists && level[n - 1].start > at.start;
    bool first_told = false; /* in this paragraph */
    for (size_t i = 0; i < n; i++) {
        bool last = i + 1 == n;
        gk_range segment = {level[i].end, last ? at.end : level[i + 1].start};
        size_t inside = last ? found : gk_find_all(x, GK_SCOPE_GOAL, segment, between, LEVELS);
        g->level1 = names_level(&level[i]) ? g->level1 : GK_STR_NONE; /* goals of no level */
        g->level2 = names_level(&level[i]) ? g->level2 : GK_STR_NONE;
        gk_range one = group_of(&level[i], GK_KEY_LEVEL1);
        if (first_told && is_elsewhere(x, &level[i])) g->level1 = GK_STR_NONE;
        first_told = first_told || one.end > one.start;
        set_levels(x, &level[i]);
        bool done = g->done;
        gk_range came = group_of(&level[i], GK_KEY_ACTUAL);
        gk_str mode = level[i].rule->constant[GK_KEY_MODE];
        if (came.end > came.start) g->done = true;
        if (gk_str_eqz(mode, "goals")) g->done = false;
        g->rates = gk_str_eqz(mode, "rates");
        g->strict = g->rates || gk_str_eqz(mode, "figures");
        read_segment(x, segment, level[i].rule->id, last ? all : between, inside);
        g->done = done;
        g->strict = g->rates = false;
    }
    g->in_basis = g->in_basis && !ends_sentence(x, at);
    return true;
}
