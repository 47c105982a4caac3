/* The rows of a form from its cells in a line.
 *
 * Worked example (each word a cell): "level1 level2 name target actual | output quantity roads ≥5 6 bridges ≥1 1 effects ..."
 * The words of the levels are known, so that each row is a level or two where they begin something new, a name, and then what
 * the header says stands behind a name, in its order.
 */
#include "extract/form.h"

enum { NAME_MOST = 200, TARGET_MOST = 400, HEAD_MOST = 60, UNKNOWN_MOST = 3 };

static bool has_column(const gk_form *f, gk_role role) {
    return memchr(f->column, role, f->columns) != NULL;
}

static gk_role header_role(gk_form *f, size_t at, size_t *count) {
    *count = 1;
    const gk_says *says = gk_form_says(f, GK_SCOPE_HEADER, at, 1);
    if (says->role == GK_ROLE_KEY && gk_str_eqz(says->class, "score") && has_column(f, GK_ROLE_WEIGHT)) return GK_ROLE_SCORE;
    if (says->role || says->measure.len) return says->role;
    if (!gk_form_goes_on(f, at)) return GK_ROLE_NONE;
    says = gk_form_says(f, GK_SCOPE_HEADER, at, 2);
    if (says->role || says->measure.len) *count = 2;
    return says->role;
}

/* The level that a token names, alone or together with the one behind it. */
static gk_role level_role(gk_form *f, size_t at, size_t *count) {
    *count = 1;
    gk_role role = gk_form_says(f, GK_SCOPE_ROW, at, 1)->role;
    bool level = role == GK_ROLE_LEVEL1 || role == GK_ROLE_LEVEL2;
    if (!gk_form_goes_on(f, at)) return level ? role : GK_ROLE_NONE;
    gk_role both = gk_form_says(f, GK_SCOPE_ROW, at, 2)->role;
    if (both != GK_ROLE_LEVEL1 && both != GK_ROLE_LEVEL2) return level ? role : GK_ROLE_NONE;
    *count = 2;
    return both;
}

/* ---- the header */

static bool is_column(gk_role role) {
    return role >= GK_ROLE_LEVEL1 && role <= GK_ROLE_BASIS;
}

static void add_column(gk_form *f, gk_role role, size_t at, size_t count) {
    uint32_t c = f->columns++;
    f->column[c] = (uint8_t)role;
    if (role == GK_ROLE_LEVEL1) f->level1 = c;
    if (role == GK_ROLE_LEVEL2) f->level2 = c;
    if (role == GK_ROLE_NAME) f->name = c;
    f->place[c][0] = at;
    f->place[c][1] = count;
}

/* The columns from the first level on; the token behind them, or the same one. */
static size_t read_header(gk_form *f, size_t at) {
    size_t unknown = 0, i = at, count, levels;
    for (; i < f->tokens.len && f->columns < GK_FORM_COLUMNS; i += count) {
        count = 1;
        const gk_form_token *t = &f->tokens.at[i];
        if (t->kind == GK_FORM_BREAK && f->shared) break;
        if (t->kind != GK_FORM_TEXT) continue;
        if (level_role(f, i, &levels)) break;
        gk_role role = header_role(f, i, &count);
        bool known = is_column(role) && (!has_column(f, role) || role == GK_ROLE_TARGET);
        if (!known && (f->columns < 3 || ++unknown > UNKNOWN_MOST)) return at;
        add_column(f, known ? role : GK_ROLE_DEVIATION, i, count);
    }
    bool whole = has_column(f, GK_ROLE_LEVEL2) && has_column(f, GK_ROLE_NAME) && has_column(f, GK_ROLE_TARGET);
    return whole && f->level1 < f->level2 && f->level2 < f->name ? i : at;
}

/* ---- the rows */

static gk_str text_of(const gk_form *f, size_t at) {
    gk_span s = f->tokens.at[at].at;
    return gk_str_slice(f->text, s.start, s.end);
}

/* Whether a token ends the indicators: the total, a note, a key of the form, a header, a sentence. */
static bool ends_rows(gk_form *f, size_t at) {
    size_t count;
    gk_role row = gk_form_says(f, GK_SCOPE_ROW, at, 1)->role, head = header_role(f, at, &count);
    bool key = head == GK_ROLE_KEY || head == GK_ROLE_PROJECT || head == GK_ROLE_LEVEL1 || head == GK_ROLE_GOAL;
    gk_str text = text_of(f, at);
    bool told = gk_str_ends(text, GK_STR("\xE3\x80\x82")) || gk_str_ends(text, GK_STR("\xEF\xBC\x9A"));
    return row == GK_ROLE_TOTAL || row == GK_ROLE_REMARK || key || told || text.len > NAME_MOST;
}

/* Whether a token may stand in a column. */
static bool fits(gk_form *f, size_t at, gk_role role) {
    gk_str text = text_of(f, at);
    size_t next = gk_form_next(f, at + 1), count;
    switch (role) {
    case GK_ROLE_OP: return gk_target_op(f->x, text).len > 0 || (!gk_form_is_figure(f, at) && text.len <= 6);
    case GK_ROLE_TARGET_UNIT: return !gk_form_is_figure(f, at) && text.len <= 24;
    case GK_ROLE_WEIGHT:
    case GK_ROLE_SCORE: return gk_form_is_figure(f, at);
    case GK_ROLE_TARGET:
    case GK_ROLE_ACTUAL: return text.len <= TARGET_MOST;
    default: break;
    }
    if (f->shared || gk_form_is_figure(f, at)) return true;
    if (next == SIZE_MAX || level_role(f, next, &count) || ends_rows(f, next)) return true;
    bool clause = memchr(text.ptr, ',', text.len) || gk_str_find(text, GK_STR("\xEF\xBC\x8C")) != SIZE_MAX;
    return next > at + 1 || clause;
}

/* What stands behind a name; the token behind it. */
static size_t read_values(gk_form *f, size_t at) {
    size_t count;
    for (uint32_t c = f->name + 1; c < f->columns && at < f->tokens.len; c++) {
        const gk_form_token *t = &f->tokens.at[at];
        if (t->kind == GK_FORM_BREAK) break;
        if (t->kind == GK_FORM_TEXT && level_role(f, at, &count)) break;
        if (t->kind == GK_FORM_TEXT && !f->shared && ends_rows(f, at) && f->column[c] >= GK_ROLE_WEIGHT &&
            !gk_form_is_figure(f, at) && f->column[c] != GK_ROLE_DEVIATION)
            break;
        bool fit = t->kind == GK_FORM_TEXT && fits(f, at, (gk_role)f->column[c]);
        if (fit) gk_form_put(f, c, at, 1);
        if (fit || t->kind == GK_FORM_EMPTY) at++;
    }
    return at;
}

/* The total below the rows: its label, and the weights and scores behind it. */
static size_t read_total(gk_form *f, size_t at) {
    static const uint8_t roles[] = {GK_ROLE_WEIGHT, GK_ROLE_SCORE};
    gk_form_put(f, 0, at++, 1);
    for (size_t i = 0; i < sizeof roles; i++) {
        const uint8_t *col = memchr(f->column, roles[i], f->columns);
        size_t next = gk_form_next(f, at);
        if (!col || next == SIZE_MAX || !gk_form_is_figure(f, next)) break;
        gk_form_put(f, (uint32_t)(col - f->column), next, 1);
        at = next + 1;
    }
    gk_form_end_row(f);
    return at;
}

/* How many tokens of a line stand before the first level in it; SIZE_MAX: it has none. */
static size_t before_levels(gk_form *f, size_t at, size_t *end) {
    size_t found = SIZE_MAX, count;
    for (*end = at; *end < f->tokens.len && f->tokens.at[*end].kind != GK_FORM_BREAK; (*end)++)
        if (found == SIZE_MAX && f->tokens.at[*end].kind == GK_FORM_TEXT && level_role(f, *end, &count)) found = *end - at;
    return found;
}

/* What stands on the left of the levels, up against them; where no level follows, a label and a figure. */
static size_t read_left(gk_form *f, size_t at) {
    size_t end, n = before_levels(f, at, &end);
    if (n == 0 || !f->level1) return at;
    if (n <= f->level1) {
        for (size_t i = 0; i < n; i++) {
            uint32_t col = f->level1 - (uint32_t)(n - i);
            if (f->tokens.at[at + i].kind != GK_FORM_TEXT) continue;
            if (gk_form_is_figure(f, at + i)) f->money = col;
            gk_form_put(f, col, at + i, 1);
        }
        return at + n;
    }
    bool sum = n == SIZE_MAX && end == at + 2 && gk_form_is_figure(f, at + 1);
    if (!sum) return at;
    gk_form_put(f, 0, at, 1);
    gk_form_put(f, f->money ? f->money : f->level1 > 1 ? f->level1 - 2 : 1, at + 1, 1);
    gk_form_end_row(f);
    return end;
}

static bool is_empty_slot(gk_form *f, size_t at) {
    const gk_says *says = gk_form_says(f, GK_SCOPE_ROW, at, 1);
    gk_str text = text_of(f, at);
    bool dots = gk_str_starts(text, GK_STR("\xE2\x80\xA6")) || gk_str_starts(text, GK_STR("..."));
    return dots || (says->role == GK_ROLE_SLOT && says->name.end == says->name.start);
}

/* The levels that were put into the row, and the first one that holds. */
typedef struct levels {
    bool first, second;
    gk_str name;
} levels;

/* Puts a level into its column. A name that is one of both is what stands beside it: below a first level of the same row, or
 * over a second one; else what the map says of the first level above. Returns how many tokens it is. */
static size_t put_level(gk_form *f, size_t at, levels *now) {
    size_t count, after;
    gk_role level = level_role(f, at, &count);
    size_t next = gk_form_next(f, at + count);
    bool over = next != SIZE_MAX && level_role(f, next, &after) == GK_ROLE_LEVEL2;
    gk_str above = gk_map_get(f->x->maps.goal_seconds, text_of(f, at));
    bool below = now->first || (above.len && gk_str_starts(now->name, above));
    if (level == GK_ROLE_LEVEL1 && !over && below) level = GK_ROLE_LEVEL2;
    bool again = level == GK_ROLE_LEVEL1 ? now->first || now->second : now->second;
    if (again) gk_form_end_row(f); /* nothing stood below the one before */
    if (again) now->first = now->second = false;
    gk_form_put(f, level == GK_ROLE_LEVEL1 ? f->level1 : f->level2, at, count);
    if (level == GK_ROLE_LEVEL1) now->first = true, now->name = text_of(f, at);
    else now->second = true;
    return count;
}

/* How many tokens a name is: in rows of a line each, one alone on its line goes on with the first of the next line. */
static size_t name_tokens(gk_form *f, size_t at) {
    size_t count, rest = at + 2;
    if (!f->shared || rest + 1 >= f->tokens.len || f->tokens.at[at + 1].kind != GK_FORM_BREAK) return 1;
    if (f->tokens.at[rest].kind != GK_FORM_TEXT || f->tokens.at[rest + 1].kind != GK_FORM_TEXT) return 1;
    return level_role(f, rest, &count) || ends_rows(f, rest) ? 1 : 3;
}

/* Whether a token alone on its line is the rest of the remark that the row above it ends with. */
static bool ends_remark(gk_form *f, size_t at, size_t behind) {
    bool alone = f->shared && at && at + 1 < f->tokens.len && f->tokens.at[at + 1].kind == GK_FORM_BREAK;
    return alone && behind + 1 == at && f->tokens.at[behind - 1].kind == GK_FORM_TEXT && !gk_form_is_figure(f, behind - 1);
}

static size_t read_rows(gk_form *f, size_t at) {
    levels now = {0};
    size_t last = at, count;
    while (at < f->tokens.len) {
        const gk_form_token *t = &f->tokens.at[at];
        if (t->kind != GK_FORM_TEXT) {
            at++;
            continue;
        }
        if (gk_form_says(f, GK_SCOPE_ROW, at, 1)->role == GK_ROLE_TOTAL) return read_total(f, at);
        if (f->shared && t->starts) {
            size_t behind = read_left(f, at);
            bool moved = behind > at;
            at = behind;
            if (moved) continue;
        }
        if (level_role(f, at, &count)) {
            last = at += put_level(f, at, &now);
            continue;
        }
        if (ends_rows(f, at)) break;
        if (is_empty_slot(f, at) || ends_remark(f, at, last)) {
            at++;
            continue;
        }
        count = name_tokens(f, at);
        gk_form_put(f, f->name, at, count);
        size_t behind = read_values(f, at + count);
        if (behind == at + count) break; /* nothing is said of it */
        last = at = behind;
        gk_form_end_row(f);
        now.first = now.second = false;
    }
    gk_form_end_row(f);
    return last;
}

bool gk_form_read_header(gk_form *f, size_t at, size_t *body) {
    size_t start = at;
    f->columns = f->level1 = f->level2 = f->name = f->money = 0;
    f->shared = f->tokens.at[at].shared;
    while (f->shared && start && at - start < GK_FORM_COLUMNS && !f->tokens.at[start].starts) start--;
    for (; start < at; start++)
        if (f->tokens.at[start].kind == GK_FORM_TEXT && f->columns + 4 < GK_FORM_COLUMNS)
            add_column(f, GK_ROLE_LABEL, start, 1);
    *body = read_header(f, at);
    size_t next = *body > at ? gk_form_next(f, *body) : SIZE_MAX, count;
    return next != SIZE_MAX && (f->level1 || level_role(f, next, &count));
}

size_t gk_form_read_goals(gk_form *f, size_t body) {
    for (uint32_t c = 0; c < f->columns; c++) gk_form_put(f, c, f->place[c][0], f->place[c][1]);
    gk_form_end_row(f);
    return read_rows(f, body);
}
