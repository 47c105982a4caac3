/* Columns by the places that their cells cover, where a table is parted by blanks and kept its layout. */
#include "read/plain_cut.h"

enum { BY_WORDS = 1, BY_FIGURES = 2, STARTS = 4, BREAKS = 8 };

static void cover(uint8_t *place, const pl_cut *c) {
    for (uint32_t i = 0; i < c->count; i++) {
        const pl_token *t = &c->at[i];
        for (uint32_t k = t->from; k < t->to && k < PL_MOST_PLACES; k++) place[k] |= t->value ? BY_FIGURES : BY_WORDS;
        if (t->from < PL_MOST_PLACES) place[t->from] |= STARTS;
    }
}

/* Neighbouring places with the same covering are a column where some cell starts in it. */
static void part(const uint8_t *place, pl_layout *out) {
    memset(out, 0, sizeof *out);
    for (uint32_t k = 0, end; k < PL_MOST_PLACES; k = end) {
        bool figures = place[k] & BY_FIGURES, starts = false;
        for (end = k; end < PL_MOST_PLACES && place[end] && !!(place[end] & BY_FIGURES) == figures; end++) {
            if (end > k && (place[end] & BREAKS)) break;
            starts = starts || (place[end] & STARTS);
        }
        if (end == k) end++;
        else if (starts && out->columns < PL_MOST_COLUMNS) {
            out->columns++;
            out->from[out->columns] = (uint16_t)k;
            out->to[out->columns] = (uint16_t)end;
            for (uint32_t i = k; i < end; i++) out->of[i] = (uint16_t)out->columns;
        }
    }
}

/* The first column that a cell covers + 1, or the nearest one on its right; *span how many it covers. */
static uint32_t column_of(const pl_layout *l, const pl_token *t, uint16_t *span) {
    uint32_t first = 0, last = 0;
    for (uint32_t k = t->from; k < t->to && k < PL_MOST_PLACES; k++) {
        if (!l->of[k]) continue;
        if (!first) first = l->of[k];
        last = l->of[k];
    }
    for (uint32_t k = t->to; !first && k < PL_MOST_PLACES; k++) first = last = l->of[k];
    for (uint32_t k = t->from; !first && k > 0; k--) first = last = l->of[k - 1 < PL_MOST_PLACES ? k - 1 : 0];
    *span = (uint16_t)(last - first + 1);
    return first;
}

static bool is_one_sign(const pl_token *t) { return !t->value && t->at.end - t->at.start == 3; }

/* Whether two signs stand over narrow columns of their own, those of codes. */
static bool over_codes(const pl_layout *l, const pl_token *a, const pl_token *b) {
    enum { NARROW = 4 };
    uint16_t span;
    uint32_t c = column_of(l, a, &span), d = column_of(l, b, &span);
    return c && d && c != d && l->to[c] - l->from[c] <= NARROW && l->to[d] - l->from[d] <= NARROW;
}

/* Words of two signs are printed with blanks between them: these are one cell. */
static void join_spread(const pl_layout *l, pl_cut *c) {
    uint32_t n = 0;
    for (uint32_t i = 0; i < c->count; i++) {
        bool joins = n && is_one_sign(&c->at[i]) && is_one_sign(&c->at[n - 1]) && !over_codes(l, &c->at[n - 1], &c->at[i]);
        if (!joins) c->at[n++] = c->at[i];
        else c->at[n - 1].at.end = c->at[i].at.end, c->at[n - 1].to = c->at[i].to;
    }
    c->count = n;
}

/* Whether a line is a row with figures; its cells with their places. */
static bool cut_row(const plain *p, size_t line, pl_cut *c) {
    if (!pl_cut_row(p, line, c)) return false;
    pl_find_places(p, &p->lines.at[line], c);
    if (!pl_place_blocks(p, &p->lines.at[line], c, true)) pl_anchor_line(p, &p->lines.at[line], c, true);
    return true;
}

static void cut_words(const plain *p, size_t line, pl_cut *c) {
    pl_cut_words(p, &p->lines.at[line], c);
    pl_find_places(p, &p->lines.at[line], c);
    if (!pl_place_blocks(p, &p->lines.at[line], c, false)) pl_anchor_line(p, &p->lines.at[line], c, false);
}

/* Figures side by side in one column show where it falls into two: behind all that end before it, before all that start
 * behind it. True where some column does. */
static bool split_columns(const plain *p, const pl_run *r, const pl_layout *l, uint8_t *place) {
    uint16_t low[PL_MOST_COLUMNS + 1] = {0}, high[PL_MOST_COLUMNS + 1] = {0}, span;
    bool any = false;
    pl_cut c;
    for (size_t i = r->first; i < r->to; i++) {
        if (!cut_row(p, i, &c)) continue;
        for (uint32_t k = 1; k < c.count; k++) {
            const pl_token *a = &c.at[k - 1], *b = &c.at[k];
            uint32_t col = column_of(l, a, &span);
            if (!a->value || !b->value || column_of(l, b, &span) != col) continue;
            if (k > 1 && column_of(l, &c.at[k - 2], &span) == col) continue; /* the first of three will do */
            if (a->to > low[col]) low[col] = a->to;
            if (!high[col] || b->from < high[col]) high[col] = b->from;
        }
    }
    for (uint32_t col = 1; col <= l->columns; col++) {
        if (!high[col] || low[col] > high[col]) continue;
        place[high[col]] |= BREAKS;
        any = true;
    }
    return any;
}

/* Whether a line of words holds parts of cells: there are several in the table, or it stands before figures that have no
 * label. */
static bool cut_parts(const plain *p, const pl_run *r, size_t line, pl_cut *c) {
    pl_cut next;
    cut_words(p, line, c);
    if (!c->count) return false;
    if (line >= r->first && c->count > 1) return true;
    return line + 1 < r->to && cut_row(p, line + 1, &next) && c->at[0].to <= next.at[0].from;
}

static void lay_out(const plain *p, const pl_run *r, pl_layout *out) {
    enum { SPLITS = 4 };
    uint8_t place[PL_MOST_PLACES + 1] = {0};
    pl_cut c;
    for (size_t i = r->first; i < r->to; i++)
        if (cut_row(p, i, &c)) cover(place, &c);
    for (size_t i = r->first > r->from ? r->first - 1 : r->first; i < r->to; i++)
        if (!cut_row(p, i, &c) && cut_parts(p, r, i, &c)) cover(place, &c);
    part(place, out);
    for (int k = 0; k < SPLITS && split_columns(p, r, out, place); k++) part(place, out);
}

/* Cells that share a column with the one before them: where places are counted in another way than the tool did,
 * figures of different columns come to stand below each other. */
static uint32_t crowded_in(const pl_layout *l, const pl_cut *c) {
    uint32_t n = 0;
    uint16_t span;
    for (uint32_t k = 1; k < c->count; k++) n += column_of(l, &c->at[k], &span) == column_of(l, &c->at[k - 1], &span);
    return n;
}

static uint32_t crowded(const plain *p, const pl_run *r, const pl_layout *l) {
    uint32_t n = 0;
    pl_cut c;
    for (size_t i = r->first; i < r->to; i++)
        if (cut_row(p, i, &c)) n += crowded_in(l, &c);
    return n;
}

/* The same of the words right above the first figures. */
static uint32_t crowded_head(const plain *p, const pl_run *r, const pl_layout *l) {
    pl_cut c;
    if (r->first == r->from) return 0;
    cut_words(p, r->first - 1, &c);
    return crowded_in(l, &c);
}

/* What gives their places to the cells of lines where these drift with the words before them; `again`: in the other way to
 * count places. */
static void learn(plain *p, const pl_run *r, bool again) {
    pl_find_blocks(p, r, again);
    pl_find_anchors(p, r, again);
}

static void choose_layout(plain *p, const pl_run *r, pl_layout *l) {
    pl_layout other;
    p->two_places = false;
    learn(p, r, false);
    pl_anchor anchor = p->anchor;
    pl_blocks blocks = p->blocks;
    lay_out(p, r, l);
    uint32_t one = crowded(p, r, l), one_head = crowded_head(p, r, l);
    p->two_places = true;
    learn(p, r, true);
    lay_out(p, r, &other);
    uint32_t two = crowded(p, r, &other), two_head = crowded_head(p, r, &other);
    if (two == one && two_head != one_head) one = one_head, two = two_head;
    p->two_places = two < one || (two == one && other.columns < l->columns);
    if (p->two_places) *l = other;
    else p->anchor = anchor, p->blocks = blocks;
}

static pl_cell *cell_in(plain *p, pl_row *row, uint32_t col) {
    for (uint32_t i = 0; i < row->count; i++)
        if (p->cells.at[row->first + i].col == col) return &p->cells.at[row->first + i];
    return NULL;
}

static void put(plain *p, const pl_layout *l, const pl_token *t, bool header) {
    uint16_t span;
    uint32_t col = column_of(l, t, &span);
    pl_row *row = &p->rows.at[p->rows.len - 1];
    pl_cell *cell = col ? cell_in(p, row, col - 1) : NULL;
    if (!col) return;
    for (; cell && t->value && col < PL_MOST_COLUMNS; col++)
        cell = cell_in(p, row, col); /* no two figures in one cell */
    if (cell) {
        pl_grid_more(p, cell, t->at);
        return;
    }
    cell = pl_grid_cell(p, t->at);
    cell->col = (uint16_t)(col - 1);
    cell->colspan = header ? span : 1;
}

/* A cell of a header with blanks in it, whose words stand over columns of their own, is as many cells. */
static bool put_words(plain *p, const pl_line *line, const pl_layout *l, const pl_token *t) {
    pl_cut words;
    words.count = words.values = 0;
    uint32_t last = 0;
    uint16_t span;
    bool wide;
    for (uint32_t at = t->at.start; at < t->at.end; at = pl_skip_blanks(p, at, t->at.end, &wide)) {
        uint32_t end = pl_word_end(p, at, t->at.end);
        pl_add_token(p, &words, at, end);
        at = end;
    }
    if (words.values || words.count < 2 || words.count == PL_MOST_TOKENS) return false;
    if (is_one_sign(&words.at[0]) && is_one_sign(&words.at[1])) return false; /* one word, joined before */
    pl_find_places(p, line, &words);
    for (uint32_t i = 0; i < words.count; i++) {
        pl_token *w = &words.at[i];
        w->from = (uint16_t)((w->from + w->to) / 2); /* its middle tells where it belongs */
        w->to = w->from + 1;
        uint32_t col = column_of(l, w, &span);
        if (col <= last) return false;
        last = col;
    }
    for (uint32_t i = 0; i < words.count; i++) put(p, l, &words.at[i], true);
    return true;
}

static void put_line(plain *p, const pl_line *line, const pl_layout *l, const pl_cut *c, bool header) {
    for (uint32_t k = 0; k < c->count; k++)
        if (!header || c->count < 2 || c->at[k].value || !put_words(p, line, l, &c->at[k])) put(p, l, &c->at[k], header);
}

/* ---- cells over several lines
 *
 * Words in the middle of their rows, each row three lines high; the first cell of the second line is as wide as any of its
 * column, so it goes on, and the line of figures has nothing below it.
 *
 *     Repair of the road to      North   the first line of a row
 *                           21.50
 *     the harbour                 shore  the words below those of the first line
 *     Survey                11.20  South
 */
enum { GROUP_LINES = 8 };

typedef enum told { TOLD_NOTHING, TOLD_BEGUN, TOLD_OPEN, TOLD_DONE } told; /* OPEN: as wide as any cell of the column */

typedef struct group {
    told column[PL_MOST_COLUMNS + 1];
    uint32_t lines;
    bool figures; /* its line of figures has come */
} group;

static uint32_t first_column(const pl_layout *l, const pl_token *t) {
    uint16_t span;
    return column_of(l, t, &span);
}

/* Whether all cells of a line stand in columns that are told nothing of. */
static bool fits_gaps(const pl_layout *l, const group *g, const pl_cut *row) {
    for (uint32_t i = 0; i < row->count; i++)
        if (g->column[first_column(l, &row->at[i])] != TOLD_NOTHING) return false;
    return true;
}

/* How wide the words of each column are at most, and how many are so wide: where cells are broken at an edge, several. */
typedef struct widths {
    uint16_t most[PL_MOST_COLUMNS + 1], full[PL_MOST_COLUMNS + 1];
} widths;

static bool is_full(const plain *p, const pl_layout *l, const widths *w, const pl_token *t) {
    enum { LEAST_WIDTH = 4 };
    uint32_t width = t->to - t->from, slack = p->two_places ? 2 : 1;
    return !t->value && width >= LEAST_WIDTH * slack && width + slack >= w->most[first_column(l, t)];
}

static void note_widths(const plain *p, const pl_layout *l, const pl_cut *c, bool count, widths *w) {
    for (uint32_t i = 0; i < c->count; i++) {
        const pl_token *t = &c->at[i];
        uint32_t col = first_column(l, t), width = t->to - t->from;
        if (count) w->full[col] += is_full(p, l, w, t);
        else if (!t->value && width > w->most[col]) w->most[col] = (uint16_t)width;
    }
}

static void find_widths(const plain *p, const pl_run *r, const pl_layout *l, size_t first, widths *w) {
    pl_cut c;
    for (int count = 0; count < 2; count++)
        for (size_t i = first; i < r->to; i++) {
            if (!cut_row(p, i, &c)) cut_words(p, i, &c);
            note_widths(p, l, &c, count, w);
        }
}

static void tell(const plain *p, const pl_layout *l, const widths *w, const pl_cut *c, bool figures, group *g) {
    enum { LEAST_FULL = 4 };
    for (uint32_t i = 0; i < c->count; i++) {
        uint32_t col = first_column(l, &c->at[i]);
        bool open = w->full[col] >= LEAST_FULL && is_full(p, l, w, &c->at[i]);
        g->column[col] = open ? TOLD_OPEN : figures || g->figures ? TOLD_DONE : TOLD_BEGUN;
    }
    g->lines++;
    g->figures = g->figures || figures;
}

/* Whether the next line is one of figures for which the words of this one are the beginning. */
static bool begins_next(const plain *p, const pl_run *r, const pl_layout *l, size_t line, const pl_cut *words) {
    pl_cut next;
    group own = {.lines = 0};
    for (uint32_t i = 0; i < words->count; i++) own.column[first_column(l, &words->at[i])] = TOLD_BEGUN;
    return line + 1 < r->to && cut_row(p, line + 1, &next) && fits_gaps(l, &own, &next);
}

/* Whether a line belongs to the row whose lines before it are the group. */
static bool joins(const plain *p, const pl_run *r, const pl_layout *l, const group *g, size_t line, const pl_cut *c,
                  bool figures) {
    if (!g->lines || g->lines == GROUP_LINES || !c->count || (g->figures && figures)) return false;
    if (!figures && pl_item_of(pl_str(p, c->at[0].at)) != PL_ITEM_NONE) return false;
    bool open = true, begun = true, clear = true; /* all cells stand in columns of this kind, or of this and those before it */
    for (uint32_t i = 0; i < c->count; i++) {
        told t = g->column[first_column(l, &c->at[i])];
        open = open && t == TOLD_OPEN;
        begun = begun && (t == TOLD_OPEN || t == TOLD_BEGUN);
        clear = clear && (t == TOLD_OPEN || t == TOLD_NOTHING);
    }
    if (figures) return clear;
    if (g->figures) return begun && !begins_next(p, r, l, line, c);
    return clear && g->column[first_column(l, &c->at[0])] != TOLD_DONE && (open || begins_next(p, r, l, line, c));
}

/* The line of words above the first figures is the beginning of their row where these have no label of their own. */
static size_t first_row(const plain *p, const pl_run *r, const pl_layout *l) {
    pl_cut words, row;
    if (r->first < r->from + 2 || !cut_row(p, r->first, &row)) return r->first;
    cut_words(p, r->first - 1, &words);
    uint32_t label = words.count ? first_column(l, &words.at[0]) : 0;
    bool begins = label == 1 && first_column(l, &row.at[0]) > 1 && begins_next(p, r, l, r->first - 1, &words);
    return begins ? r->first - 1 : r->first;
}

static void cut_head(const plain *p, const pl_layout *l, size_t line, pl_cut *c) {
    cut_words(p, line, c);
    join_spread(l, c);
}

/* Rows of a run by the places of their cells. Words before a row without a label begin its label, the next ones end it. */
static void gather_wide(plain *p, const pl_run *r, const pl_layout *l) {
    widths w = {{0}, {0}};
    size_t first = first_row(p, r, l);
    group g = {.lines = 0};
    pl_cut c;
    find_widths(p, r, l, first, &w);
    for (size_t i = pl_gather_heading(p, r->from, first, l, cut_head); i < r->to; i++) {
        bool header = i < first, figures = !header && cut_row(p, i, &c);
        if (header) cut_head(p, l, i, &c);
        else if (!figures) cut_words(p, i, &c);
        bool more = !header && joins(p, r, l, &g, i, &c, figures);
        if (!more) pl_grid_row(p, i, false), g = (group){.lines = 0};
        else p->rows.at[p->rows.len - 1].last = (uint32_t)i;
        if (!header || more || !pl_put_heading(p, i, l, &c)) put_line(p, &p->lines.at[i], l, &c, header);
        if (!header) tell(p, l, &w, &c, figures, &g);
    }
}

/* ---- forms
 *
 * The head of a form and the table below it share lines of blanks, but no columns. The words over the second part are more
 * than any line before them has, and stand right above a row:
 *
 *     Project money         98.00    97.00
 *     First    Second    Name     Plan    Done    Weight    Score
 *     Output   Amount    Roads    5 km    5 km    10        10
 */

/* The line from `from` on that begins another part, r->to where none does. */
static size_t next_part(const plain *p, const pl_run *r, size_t from) {
    enum { LEAST_CELLS = 5, LEAST_BELOW = 3 };
    uint32_t most = 0;
    pl_cut c;
    for (size_t i = from; i + LEAST_BELOW <= r->to; i++) {
        bool row = pl_cut_row(p, i, &c);
        if (!row) pl_cut_words(p, &p->lines.at[i], &c);
        uint32_t n = c.count;
        bool apart = n + 1 >= most && p->lines.at[i].gap; /* a blank line stands before it */
        bool head = !row && i > from && n >= LEAST_CELLS && (n > most || apart) && !pl_has_digit(pl_text(p, &p->lines.at[i]));
        if (head) pl_cut_line(p, &p->lines.at[i + 1], &c);
        if (head && c.values && c.parted && c.count + 1 >= LEAST_CELLS) return i;
        if (n > most) most = n;
    }
    return r->to;
}

static bool gather_part(plain *p, const pl_run *r) {
    pl_layout l;
    choose_layout(p, r, &l);
    pl_widen_layout(p, r->from, r->first, &l, cut_head);
    if (l.columns > 1) gather_wide(p, r, &l);
    p->two_places = false;
    return l.columns > 1;
}

bool pl_gather_places(plain *p, const pl_run *r) {
    pl_run part = *r;
    part.to = (uint32_t)next_part(p, r, r->first);
    bool gathered = gather_part(p, &part);
    while (gathered && part.to < r->to) {
        part.from = part.to;
        part.first = part.from + 1;
        part.to = (uint32_t)next_part(p, r, part.first);
        gathered = gather_part(p, &part);
    }
    if (!gathered && part.to == r->to && part.from > r->from) pl_grid_clear(p);
    return gathered;
}
