/* What stands above the indicators of a form: its funds and its overall goals. */
#include "extract/form.h"

enum { FAR = 150, NEAR = 60, GOALS_MOST = 12, TITLE_MOST = 40, HALF_MOST = 12 };

static gk_role role_of(gk_form *f, size_t at) {
    return gk_form_says(f, GK_SCOPE_HEADER, at, 1)->role;
}

/* ---- funds */

/* Whether a token, alone or with the one behind it, heads a column of figures or of remarks; how many tokens it is. */
static size_t fund_column(gk_form *f, size_t at, bool *measure) {
    for (size_t count = 1; count <= 2; count++) {
        gk_span s = f->tokens.at[at].at;
        bool half = s.end - s.start <= HALF_MOST && gk_form_goes_on(f, at);
        if (count > 1 && !half) break;
        const gk_says *says = gk_form_says(f, GK_SCOPE_HEADER, at, count);
        bool points = says->role == GK_ROLE_WEIGHT || says->role == GK_ROLE_SCORE || says->role == GK_ROLE_DEVIATION;
        *measure = says->measure.len > 0 && says->role != GK_ROLE_TARGET && says->role != GK_ROLE_ACTUAL;
        if (*measure || points || says->role == GK_ROLE_NOTE) return count;
    }
    return 0;
}

/* The columns that begin at a token: *tokens of each; how many there are, with two measures at least, and *end behind them. */
static uint32_t fund_columns(gk_form *f, size_t at, size_t limit, size_t place[GK_FORM_COLUMNS][2], size_t *end) {
    uint32_t n = 0, measures = 0;
    bool measure;
    for (*end = at; *end < limit && n < GK_FORM_COLUMNS - 1;) {
        if (f->tokens.at[*end].kind == GK_FORM_BREAK) break;
        size_t count = f->tokens.at[*end].kind == GK_FORM_TEXT ? fund_column(f, *end, &measure) : 0;
        if (!count && f->tokens.at[*end].kind == GK_FORM_TEXT) break;
        if (count) place[n][0] = *end, place[n++][1] = count, measures += measure;
        *end += count ? count : 1;
    }
    return measures > 1 ? n : 0;
}

static bool is_value(const gk_form *f, size_t at) {
    return f->tokens.at[at].kind == GK_FORM_EMPTY || (f->tokens.at[at].kind == GK_FORM_TEXT && gk_form_is_figure(f, at));
}

static bool is_label(gk_form *f, size_t at, size_t limit) {
    gk_role role = f->tokens.at[at].kind == GK_FORM_TEXT ? role_of(f, at) : GK_ROLE_KEY;
    bool key = role == GK_ROLE_GOAL || role == GK_ROLE_EXPECTED || role == GK_ROLE_PROJECT || role == GK_ROLE_LEVEL1;
    return !key && f->tokens.at[at].kind == GK_FORM_TEXT && !gk_form_is_figure(f, at) && at + 1 < limit && is_value(f, at + 1);
}

static size_t figures_behind(const gk_form *f, size_t at, size_t limit) {
    size_t n = 0;
    while (at + 1 + n < limit && is_value(f, at + 1 + n)) n++;
    return n;
}

/* A row: its label, and what stands behind it in the columns from `first` on. */
static size_t read_fund(gk_form *f, size_t at, size_t limit, uint32_t columns) {
    gk_form_put(f, 0, at++, 1);
    for (uint32_t c = 1; c <= columns && at < limit; c++) {
        const gk_form_token *t = &f->tokens.at[at];
        bool text = t->kind == GK_FORM_TEXT && !gk_form_is_figure(f, at);
        if (t->kind == GK_FORM_BREAK || (text && (c < columns || is_label(f, at, limit)))) break;
        if (text && role_of(f, at)) break;
        if (t->kind == GK_FORM_TEXT) gk_form_put(f, c, at, 1);
        at++;
    }
    gk_form_end_row(f);
    return at;
}

static size_t read_funds(gk_form *f, size_t at, size_t limit) {
    size_t place[GK_FORM_COLUMNS][2], end, behind;
    uint32_t n = fund_columns(f, at, limit, place, &end), first = 0;
    if (!n) return at;
    behind = gk_form_next(f, end);
    gk_role last = role_of(f, place[n - 1][0]);
    bool remarks = last == GK_ROLE_DEVIATION || last == GK_ROLE_NOTE;
    if (behind < limit && !is_label(f, behind, limit) && !remarks && n + 1 < GK_FORM_COLUMNS) { /* remarks of another name */
        remarks = true;
        place[n][0] = behind;
        place[n++][1] = 1;
        behind = gk_form_next(f, behind + 1);
    }
    if (behind >= limit || !is_label(f, behind, limit)) return at;
    size_t figures = figures_behind(f, behind, limit);
    uint32_t more = n > figures + remarks ? n - (uint32_t)figures - remarks : 0;
    if (more <= 2 && gk_str_eqz(gk_form_says(f, GK_SCOPE_HEADER, place[more][0], place[more][1])->measure, "budget"))
        first = more; /* these head the labels, and the row */
    for (uint32_t c = 0; c < n; c++) {
        if (c && c < first) gk_form_end_row(f);
        gk_form_put(f, c < first ? 0 : c + 1 - first, place[c][0], place[c][1]);
    }
    gk_form_end_row(f);
    for (at = behind; at < limit; at++) {
        if (f->tokens.at[at].kind != GK_FORM_TEXT) continue;
        if (!is_label(f, at, limit)) break;
        at = read_fund(f, at, limit, n - first) - 1;
    }
    return at;
}

/* ---- overall goals */

/* What was expected and what was done, below their headers: two texts, or two lists that begin with one again. */
static size_t read_pair(gk_form *f, size_t at, size_t limit) {
    size_t texts[GOALS_MOST], n = 0, half = 0;
    for (; at < limit && n < GOALS_MOST; at++)
        if (f->tokens.at[at].kind == GK_FORM_TEXT) texts[n++] = at;
    gk_span last = n ? f->tokens.at[texts[n - 1]].at : (gk_span){0, 0};
    if (n > 2 && last.end - last.start <= TITLE_MOST) at = texts[--n]; /* it heads the indicators */
    for (size_t i = 1; i < n; i++) {
        gk_span s = f->tokens.at[texts[i]].at;
        if (f->text.ptr[s.start] == '1' && !half) half = i;
    }
    if (n == 2) half = 1;
    if (!half) return texts[0];
    gk_form_put(f, 1, texts[0], texts[half] - texts[0]);
    gk_form_put(f, 2, texts[half], texts[n - 1] + 1 - texts[half]);
    gk_form_end_row(f);
    return at;
}

static size_t read_goal(gk_form *f, size_t at, size_t limit) {
    size_t start = at, next;
    bool key = role_of(f, at) == GK_ROLE_GOAL;
    size_t expected = key ? gk_form_next(f, at + 1) : at;
    size_t done = expected < limit ? gk_form_next(f, expected + 1) : SIZE_MAX;
    if (done < limit && role_of(f, expected) == GK_ROLE_EXPECTED && role_of(f, done) == GK_ROLE_DONE) {
        if (key) gk_form_put(f, 0, at, 1);
        gk_form_put(f, 1, expected, 1);
        gk_form_put(f, 2, done, 1);
        gk_form_end_row(f);
        return gk_form_next(f, done + 1) < limit ? read_pair(f, done + 1, limit) : done + 1;
    }
    if (!key || expected >= limit) return start;
    bool two = role_of(f, expected) == GK_ROLE_GOAL;
    next = two ? gk_form_next(f, expected + 1) : expected;
    if (next >= limit || role_of(f, next)) return start;
    gk_form_put(f, 0, at, 1);
    if (two) gk_form_put(f, 1, expected, 1), gk_form_end_row(f);
    gk_form_put(f, 1, next, 1);
    gk_form_end_row(f);
    return next + 1;
}

/* A label of money and its figure, alone: "money of the project | 260". */
static size_t read_money(gk_form *f, size_t at, size_t limit) {
    const gk_says *says = gk_form_says(f, GK_SCOPE_HEADER, at, 1);
    bool money = says->role == GK_ROLE_VALUE || (says->role == GK_ROLE_KEY && !says->class.len);
    size_t figure = gk_form_next(f, at + 1);
    char first = figure < limit ? f->text.ptr[f->tokens.at[figure].at.start] : ' ';
    if (!money || first < '0' || first > '9') return at;
    size_t next = gk_form_next(f, figure + 1);
    if (next < limit && gk_form_is_figure(f, next)) return at; /* a row of several figures */
    gk_form_put(f, 0, at, 1);
    gk_form_put(f, 1, figure, 1);
    gk_form_end_row(f);
    return figure + 1;
}

/* The name of the project behind its key; the token behind it, or the same one. */
static size_t read_project(gk_form *f, size_t at, size_t limit) {
    size_t name = gk_form_next(f, at + 1);
    if (name >= limit || role_of(f, name) || gk_form_is_figure(f, name)) return at;
    gk_form_put(f, 0, at, 1);
    gk_form_put(f, 1, name, 1);
    gk_form_end_row(f);
    return name + 1;
}

size_t gk_form_read_head(gk_form *f, size_t from, size_t header) {
    while (f->tokens.at[header].shared && header && !f->tokens.at[header].starts) header--;
    size_t first = header;
    if (from + FAR < header) from = header - FAR;
    size_t start = from + NEAR < header ? header - NEAR : from;
    for (size_t i = from; i < header; i++)
        if (f->tokens.at[i].kind == GK_FORM_TEXT && role_of(f, i) == GK_ROLE_PROJECT) start = i;
    from = start;
    for (size_t at = from; at < header;) {
        if (f->tokens.at[at].kind != GK_FORM_TEXT) {
            at++;
            continue;
        }
        gk_role role = role_of(f, at);
        size_t behind = role == GK_ROLE_GOAL || role == GK_ROLE_EXPECTED ? read_goal(f, at, header) : read_funds(f, at, header);
        if (behind == at) behind = role == GK_ROLE_PROJECT ? read_project(f, at, header) : read_money(f, at, header);
        if (behind > at && first == header) first = at;
        if (behind == at && first < header) gk_form_put(f, 0, at, 1), gk_form_end_row(f);
        at = behind > at ? behind : at + 1;
    }
    return first;
}
