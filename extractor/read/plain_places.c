/* Columns by the places that their cells cover, where a table is parted by blanks and kept its layout. */
#include "read/plain_cut.h"

enum { MOST_COLUMNS = 96 }; /* of a table */

typedef struct layout {
    uint16_t of[PL_MOST_PLACES + 1]; /* column of a place + 1; 0: none */
    uint16_t from[MOST_COLUMNS + 1], to[MOST_COLUMNS + 1]; /* the places of a column + 1 */
    uint32_t columns;
} layout;

enum { BY_WORDS = 1, BY_FIGURES = 2, STARTS = 4, BREAKS = 8 };

static void cover(uint8_t *place, const pl_cut *c) {
    for (uint32_t i = 0; i < c->count; i++) {
        const pl_token *t = &c->at[i];
        for (uint32_t k = t->from; k < t->to && k < PL_MOST_PLACES; k++) place[k] |= t->value ? BY_FIGURES : BY_WORDS;
        if (t->from < PL_MOST_PLACES) place[t->from] |= STARTS;
    }
}

/* Neighbouring places with the same covering are a column where some cell starts in it. */
static void part(const uint8_t *place, layout *out) {
    memset(out, 0, sizeof *out);
    for (uint32_t k = 0, end; k < PL_MOST_PLACES; k = end) {
        bool figures = place[k] & BY_FIGURES, starts = false;
        for (end = k; end < PL_MOST_PLACES && place[end] && !!(place[end] & BY_FIGURES) == figures; end++) {
            if (end > k && (place[end] & BREAKS)) break;
            starts = starts || (place[end] & STARTS);
        }
        if (end == k) end++;
        else if (starts && out->columns < MOST_COLUMNS) {
            out->columns++;
            out->from[out->columns] = (uint16_t)k;
            out->to[out->columns] = (uint16_t)end;
            for (uint32_t i = k; i < end; i++) out->of[i] = (uint16_t)out->columns;
        }
    }
}

/* The first column that a cell covers + 1, or the nearest one on its right; *span how many it covers. */
static uint32_t column_of(const layout *l, const pl_token *t, uint16_t *span) {
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
static bool over_codes(const layout *l, const pl_token *a, const pl_token *b) {
    enum { NARROW = 4 };
    uint16_t span;
    uint32_t c = column_of(l, a, &span), d = column_of(l, b, &span);
    return c && d && c != d && l->to[c] - l->from[c] <= NARROW && l->to[d] - l->from[d] <= NARROW;
}

/* Words of two signs are printed with blanks between them: these are one cell. */
static void join_spread(const layout *l, pl_cut *c) {
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
    return true;
}

static void cut_words(const plain *p, size_t line, pl_cut *c) {
    pl_cut_words(p, &p->lines.at[line], c);
    pl_find_places(p, &p->lines.at[line], c);
}

/* Figures side by side in one column show where it falls into two: behind all that end before it, before all that start
 * behind it. True where some column does. */
static bool split_columns(const plain *p, const pl_run *r, const layout *l, uint8_t *place) {
    uint16_t low[MOST_COLUMNS + 1] = {0}, high[MOST_COLUMNS + 1] = {0}, span;
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

static void lay_out(const plain *p, const pl_run *r, layout *out) {
    enum { SPLITS = 4 };
    uint8_t place[PL_MOST_PLACES + 1] = {0};
    pl_cut c;
    for (size_t i = r->first; i < r->to; i++)
        if (cut_row(p, i, &c)) cover(place, &c);
    part(place, out);
    for (int k = 0; k < SPLITS && split_columns(p, r, out, place); k++) part(place, out);
}

/* Cells that share a column with the one before them: where places are counted in another way than the tool did, figures
 * of different columns come to stand below each other. */
static uint32_t crowded(const plain *p, const pl_run *r, const layout *l) {
    uint32_t n = 0;
    uint16_t span;
    pl_cut c;
    for (size_t i = r->first; i < r->to; i++) {
        if (!cut_row(p, i, &c)) continue;
        for (uint32_t k = 1; k < c.count; k++) n += column_of(l, &c.at[k], &span) == column_of(l, &c.at[k - 1], &span);
    }
    return n;
}

static void choose_layout(plain *p, const pl_run *r, layout *l) {
    layout other;
    p->two_places = false;
    lay_out(p, r, l);
    uint32_t one = crowded(p, r, l);
    p->two_places = true;
    lay_out(p, r, &other);
    uint32_t two = crowded(p, r, &other);
    p->two_places = two < one || (two == one && other.columns < l->columns);
    if (p->two_places) *l = other;
}

static pl_cell *cell_in(plain *p, pl_row *row, uint32_t col) {
    for (uint32_t i = 0; i < row->count; i++)
        if (p->cells.at[row->first + i].col == col) return &p->cells.at[row->first + i];
    return NULL;
}

static void put(plain *p, const layout *l, const pl_token *t, bool header) {
    uint16_t span;
    uint32_t col = column_of(l, t, &span);
    pl_row *row = &p->rows.at[p->rows.len - 1];
    pl_cell *cell = col ? cell_in(p, row, col - 1) : NULL;
    if (!col) return;
    for (; cell && t->value && col < MOST_COLUMNS; col++) cell = cell_in(p, row, col); /* no two figures in one cell */
    if (cell) {
        pl_grid_more(p, cell, t->at);
        return;
    }
    cell = pl_grid_cell(p, t->at);
    cell->col = (uint16_t)(col - 1);
    cell->colspan = header ? span : 1;
}

/* A cell of a header with blanks in it, whose words stand over columns of their own, is as many cells. */
static bool put_words(plain *p, const pl_line *line, const layout *l, const pl_token *t) {
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

static void put_line(plain *p, const pl_line *line, const layout *l, const pl_cut *c, bool header) {
    for (uint32_t k = 0; k < c->count; k++)
        if (!header || c->count < 2 || c->at[k].value || !put_words(p, line, l, &c->at[k])) put(p, l, &c->at[k], header);
}

/* Whether all cells of a line of words can be parts of labels that the row has no others for. */
static bool fits_gaps(const layout *l, const pl_cut *words, const pl_cut *row) {
    uint16_t span;
    for (uint32_t i = 0; i < words->count; i++)
        for (uint32_t k = 0; k < row->count; k++)
            if (column_of(l, &words->at[i], &span) == column_of(l, &row->at[k], &span)) return false;
    return true;
}

/* Rows of a run by the places of their cells. Words before a row without a label begin its label, the next ones end it. */
static void gather_wide(plain *p, const pl_run *r, const layout *l) {
    pl_cut c, next;
    bool wrapped = false;
    for (size_t i = r->from; i < r->to; i++) {
        bool figures = i >= r->first && cut_row(p, i, &c);
        if (!figures) cut_words(p, i, &c);
        if (i < r->first) join_spread(l, &c);
        bool begins = !figures && i >= r->first && i + 1 < r->to && cut_row(p, i + 1, &next) && fits_gaps(l, &c, &next);
        bool ends = !figures && !begins && wrapped;
        if (!ends) pl_grid_row(p, i, false);
        else p->rows.at[p->rows.len - 1].last = (uint32_t)i;
        put_line(p, &p->lines.at[i], l, &c, i < r->first);
        wrapped = begins;
        if (!begins) continue;
        p->rows.at[p->rows.len - 1].last = (uint32_t)++i;
        put_line(p, &p->lines.at[i], l, &next, false);
    }
}

bool pl_gather_places(plain *p, const pl_run *r) {
    layout l;
    choose_layout(p, r, &l);
    if (l.columns > 1) gather_wide(p, r, &l);
    p->two_places = false;
    return l.columns > 1;
}
