/* Headings of several lines over columns that blanks part.
 *
 * Worked example: every cell stands in the middle of its rows, so that a group stands above all others, what is below a
 * group lies lower than the middle, and what has no group lies around it:
 *
 *                          Money
 *     Item       Plan of               Done    three lines, the second one is the middle
 *                the year   Own  Lent
 *
 * The words of a line go to the columns that lie nearest, in their order: tools that give all characters one place
 * print headings further left than the figures below them. */
#include "read/plain_cut.h"

typedef struct word {
    gk_span at;
    uint16_t column; /* from 1 on */
    uint16_t line;   /* from the first line of the heading on */
    bool group;
} word;

enum { LEAST_LINES = 3, MOST_LINES = 7, LEFT_OUT = 72, MOST_HEAD_WORDS = 160, LATE = 400, FAR = 1000000 };

typedef struct heading {
    word words[MOST_HEAD_WORDS];
    uint32_t count, lines;
    uint32_t columns;
    bool flat;  /* the labels of the last line are of one line */
    bool whole; /* no word may be left out */
    uint32_t top[PL_MOST_COLUMNS + 1]; /* of a column: the first line below its groups */
} heading;

/* ---- words to columns */

static uint32_t distance(const pl_token *w, const pl_layout *l, uint32_t col) {
    uint32_t from = l->from[col], to = l->to[col], gap = 0;
    if (w->to <= from) gap = from - w->to + 1;
    if (w->from >= to) gap = w->from - to + 1;
    uint32_t a = w->from + w->to, b = from + to;
    return 8 * gap + (a > b ? a - b : b - a) / 2;
}

/* Gives each word of a line a column, in their order and nearest in sum, those that are `full` last. 0: it stands over
 * none, as words over columns without any cell do. */
static void place_words(const pl_cut *c, const pl_layout *l, const bool *full, uint32_t out_costs, word *out) {
    uint32_t cost[PL_MOST_COLUMNS + 1], before[PL_MOST_COLUMNS + 1]; /* where the last column taken is k */
    uint8_t from[PL_MOST_TOKENS][PL_MOST_COLUMNS + 1];               /* the one before it; k: the word is left out */
    for (uint32_t k = 0; k <= l->columns; k++) cost[k] = k ? FAR : 0;
    for (uint32_t i = 0; i < c->count; i++) {
        memcpy(before, cost, sizeof before);
        uint32_t best = FAR, at = 0; /* of the columns before k */
        for (uint32_t k = 0; k <= l->columns; k++) {
            uint32_t own = k ? best + distance(&c->at[i], l, k) + (full && full[k] ? LATE : 0) : FAR;
            bool left_out = before[k] + out_costs <= own;
            cost[k] = left_out ? before[k] + out_costs : own;
            from[i][k] = (uint8_t)(left_out ? k : at);
            if (before[k] < best) best = before[k], at = k;
        }
    }
    uint32_t end = 0;
    for (uint32_t k = 1; k <= l->columns; k++)
        if (cost[k] < cost[end]) end = k;
    for (uint32_t i = c->count; i-- > 0; end = from[i][end])
        out[i] = (word){.at = c->at[i].at, .column = (uint16_t)(from[i][end] == end ? 0 : end)};
}

static bool is_sign(const plain *p, gk_span s) {
    return s.end - s.start == 3 && (unsigned char)p->text[s.start] >= 0xE2;
}

/* A number that may stand before words of a heading: none so long as a code. */
static bool is_number(const plain *p, gk_span s) {
    enum { MOST_DIGITS = 4 };
    bool brief = s.end - s.start <= MOST_DIGITS;
    while (s.start < s.end && p->text[s.start] >= '0' && p->text[s.start] <= '9') s.start++;
    return brief && s.start == s.end;
}

/* What goes on behind a figure is no figure any more. */
static void lengthen(pl_cut *c, uint32_t end) {
    pl_token *last = &c->at[c->count - 1];
    c->values -= last->value;
    last->value = false;
    last->at.end = end;
}

/* The words of a line: cells cut at every blank, but for words whose signs are set apart and behind a number: "2031 plan".
 * Returns how many blanks part words of one cell. */
static uint32_t cut_all(const plain *p, const pl_cut *cells, pl_cut *out) {
    uint32_t blanks = 0;
    out->count = out->values = 0;
    bool wide;
    for (uint32_t i = 0; i < cells->count; i++) {
        gk_span s = cells->at[i].at;
        bool sign = false, number = false;
        for (uint32_t at = s.start, end; at < s.end; at = pl_skip_blanks(p, end, s.end, &wide)) {
            end = pl_word_end(p, at, s.end);
            bool one = is_sign(p, (gk_span){at, end});
            bool han = (unsigned char)p->text[at] >= 0xE2;
            blanks += at > s.start && !(sign && one);
            if ((sign && one) || (number && han)) lengthen(out, end);
            else pl_add_token(p, out, at, end);
            sign = one;
            number = is_number(p, (gk_span){at, end});
        }
    }
    return blanks;
}

static void find_places(const plain *p, size_t line, pl_cut *words) {
    pl_find_places(p, &p->lines.at[line], words);
    if (p->blocks.count) pl_place_block_heads(p, words);
    else pl_anchor_heads(p, words);
}

/* ---- groups */

/* Twice the middle of the lines that hold words of a column, but for groups and the word `but`; 0: there are none. */
static uint32_t middle_of(const heading *h, uint32_t column, const word *but) {
    uint32_t sum = 0, n = 0;
    for (uint32_t i = 0; i < h->count; i++) {
        const word *w = &h->words[i];
        if (w->column != column || w->group || w == but) continue;
        sum += 2 * (w->line + 1u);
        n++;
    }
    return n ? sum / n : 0;
}

/* Whether a column lies below a group: its words stand lower than the middle of the lines that are left to it. Where these
 * are four or six and all labels of the last line are of one line, a line above or below it is the middle. */
static bool is_below(const heading *h, uint32_t column, const word *but) {
    uint32_t left = h->lines - h->top[column], slack = h->flat && left >= 4 && left % 2 == 0;
    return middle_of(h, column, but) > h->top[column] + h->lines + 1 + slack;
}

/* Whether half of the columns have words in the last line, and none of these in the one above it. */
static bool is_flat(const heading *h) {
    bool last[PL_MOST_COLUMNS + 1] = {false};
    uint32_t labels = 0;
    for (uint32_t i = 0; i < h->count; i++) {
        if (h->words[i].line + 1u != h->lines) continue;
        labels += !last[h->words[i].column];
        last[h->words[i].column] = true;
    }
    if (2 * labels < h->columns) return false;
    for (uint32_t i = 0; i < h->count; i++)
        if (h->words[i].line + 2u == h->lines && last[h->words[i].column]) return false;
    return true;
}

static bool is_beside(const heading *h, uint32_t column, const word *w) {
    bool inside = column >= 1 && column <= h->columns;
    return inside && h->top[column] == h->top[w->column] && is_below(h, column, NULL);
}

/* Makes groups of the words of a line that have columns below them on either side; false: there are none. */
static bool find_groups(heading *h, uint32_t line) {
    bool any = false;
    for (uint32_t i = 0; i < h->count; i++) {
        word *w = &h->words[i];
        if (w->line != line || !is_below(h, w->column, w)) continue;
        w->group = is_beside(h, w->column - 1u, w) || is_beside(h, w->column + 1u, w);
        any = any || w->group;
    }
    return any;
}

/* Whether all columns between two lie below what one of them, the group's own, does. */
static bool reaches(const heading *h, const word *w, uint32_t column) {
    uint32_t a = w->column < column ? w->column : column, z = w->column < column ? column : w->column;
    for (uint32_t k = a; k <= z; k++)
        if (k != w->column && !is_beside(h, k, w)) return false;
    return true;
}

/* The group of a line whose word stands nearest to a column. */
static const word *group_over(const heading *h, uint32_t line, uint32_t column) {
    const word *best = NULL;
    uint32_t least = FAR;
    for (uint32_t i = 0; i < h->count; i++) {
        const word *w = &h->words[i];
        uint32_t far = w->column < column ? column - w->column : w->column - column;
        if (w->group && w->line == line && far < least && reaches(h, w, column)) best = w, least = far;
    }
    return best;
}

/* ---- rows */

static void add_group_row(plain *p, heading *h, size_t at, uint32_t line) {
    pl_grid_row(p, at + line, false);
    pl_cell *cell = NULL;
    const word *last = NULL;
    uint32_t top[PL_MOST_COLUMNS + 1];
    memcpy(top, h->top, sizeof top);
    for (uint32_t k = 1; k <= h->columns; k++) {
        const word *w = group_over(h, line, k);
        if (w && w == last) cell->colspan++;
        else if (w) cell = pl_grid_cell(p, w->at), cell->col = (uint16_t)(k - 1);
        if (w) top[k] = line + 1;
        last = w;
    }
    memcpy(h->top, top, sizeof top);
}

/* The word of a column, no group, that stands next behind another one; NULL: none. */
static const word *next_word(const heading *h, uint32_t column, const word *behind) {
    const word *best = NULL;
    for (uint32_t i = 0; i < h->count; i++) {
        const word *w = &h->words[i];
        bool later = w->column == column && !w->group && (!behind || w->line > behind->line);
        if (later && (!best || w->line < best->line)) best = w;
    }
    return best;
}

static void add_words_row(plain *p, const heading *h, size_t at) {
    pl_row *row = pl_grid_row(p, at, false);
    row->last = (uint32_t)(at + h->lines - 1);
    for (uint32_t k = 1; k <= h->columns; k++) {
        pl_cell *cell = NULL;
        for (const word *w = next_word(h, k, NULL); w; w = next_word(h, k, w)) {
            if (cell) pl_grid_more(p, cell, w->at);
            else cell = pl_grid_cell(p, w->at), cell->col = (uint16_t)(k - 1);
        }
    }
}

/* A line of nothing but numbers of columns behind its label. */
static bool is_numbers(const plain *p, size_t line) {
    pl_cut c;
    pl_cut_line(p, &p->lines.at[line], &c);
    return c.values > 1 && 2 * c.values > c.count;
}

bool pl_put_heading(plain *p, size_t line, const pl_layout *l, const pl_cut *cells) {
    pl_cut c;
    word words[PL_MOST_TOKENS];
    cut_all(p, cells, &c);
    find_places(p, line, &c);
    if (c.values || c.count == PL_MOST_TOKENS || 2 * c.count < l->columns) return false;
    place_words(&c, l, NULL, FAR, words);
    for (uint32_t i = 0; i < c.count; i++)
        if (!words[i].column) return false; /* no words of a form get lost */
    for (uint32_t i = 0; i < c.count; i++) pl_grid_cell(p, words[i].at)->col = (uint16_t)(words[i].column - 1);
    return true;
}

/* Adds an empty column for a word, behind column `left`. */
static void insert_column(pl_layout *l, uint32_t left, const pl_token *w) {
    for (uint32_t i = 0; i <= PL_MOST_PLACES; i++) l->of[i] = (uint16_t)(l->of[i] + (l->of[i] > left));
    for (uint32_t k = ++l->columns; k > left + 1; k--) l->from[k] = l->from[k - 1], l->to[k] = l->to[k - 1];
    l->from[left + 1] = w->from;
    l->to[left + 1] = w->to;
    for (uint32_t i = w->from; i < w->to && i < PL_MOST_PLACES; i++)
        if (!l->of[i]) l->of[i] = (uint16_t)(left + 1);
}

void pl_widen_layout(const plain *p, size_t from, size_t to, pl_layout *l, pl_head_cut *cut) {
    enum { MOST_MORE = 3, LEAST_COLUMNS = 4 };
    pl_cut cells, c;
    word words[PL_MOST_TOKENS];
    for (size_t i = from; i < to; i++) {
        cut(p, l, i, &cells);
        cut_all(p, &cells, &c);
        if (c.count <= l->columns || c.count > l->columns + MOST_MORE || c.count > PL_MOST_COLUMNS) continue;
        if (c.values || l->columns < LEAST_COLUMNS) continue;
        find_places(p, i, &c);
        place_words(&c, l, NULL, LEFT_OUT, words);
        uint32_t out = 0;
        for (uint32_t k = 0; k < c.count; k++) out += !words[k].column;
        if (out > MOST_MORE || l->columns + out > PL_MOST_COLUMNS) continue;
        for (uint32_t k = 0, left = 0, more = 0; k < c.count; k++) {
            if (words[k].column) left = words[k].column + more;
            else insert_column(l, left++, &c.at[k]), more++;
        }
        return;
    }
}

/* Places the words of a line; what stands on the line in the middle fills its columns. */
static bool add_line(const plain *p, const pl_layout *l, size_t at, uint32_t line, pl_head_cut *cut, bool *full,
                     heading *h) {
    pl_cut cells, c;
    cut(p, l, at + line, &cells);
    cut_all(p, &cells, &c);
    find_places(p, at + line, &c);
    word *words = h->words + h->count;
    if (c.count == PL_MOST_TOKENS || h->count + c.count > MOST_HEAD_WORDS) return false;
    place_words(&c, l, full, LEFT_OUT, words);
    for (uint32_t k = 0; k < c.count; k++) {
        if (!words[k].column && h->whole) return false;
        if (!words[k].column) continue;
        word *w = &h->words[h->count++];
        *w = words[k];
        w->line = (uint16_t)line;
        full[w->column] = full[w->column] || 2 * line + 1 == h->lines;
    }
    return true;
}

static uint32_t nearest(const pl_token *w, const pl_layout *l) {
    uint32_t best = 1;
    for (uint32_t k = 2; k <= l->columns; k++)
        if (distance(w, l, k) < distance(w, l, best)) best = k;
    return best;
}

/* Whether places tell too little of a line: one blank parts words of it, or two cells stand nearest to one column. */
static bool is_crowded(const plain *p, const pl_layout *l, size_t line, pl_head_cut *cut) {
    pl_cut cells, c;
    cut(p, l, line, &cells);
    if (cut_all(p, &cells, &c)) return true;
    pl_find_places(p, &p->lines.at[line], &cells);
    for (uint32_t i = 1; i < cells.count; i++)
        if (nearest(&cells.at[i], l) == nearest(&cells.at[i - 1], l)) return true;
    return false;
}

/* The columns that the cells of a line stand nearest to, as bits. */
static uint64_t columns_of(const plain *p, const pl_layout *l, size_t line, pl_head_cut *cut) {
    pl_cut cells;
    uint64_t set = 0;
    cut(p, l, line, &cells);
    pl_find_places(p, &p->lines.at[line], &cells);
    for (uint32_t i = 0; i < cells.count; i++) set |= 1ull << nearest(&cells.at[i], l) % 64;
    return set;
}

static uint32_t bits_of(uint64_t set) {
    uint32_t n = 0;
    for (; set; set &= set - 1) n++;
    return n;
}

/* Whether lines above the last one, which has words over half of the columns, hold both words over columns of their own and
 * groups, fewer than the words below. */
static bool is_centred(const plain *p, const pl_layout *l, size_t from, size_t to, pl_head_cut *cut) {
    uint64_t above = 0, low = columns_of(p, l, to - 1, cut);
    for (size_t i = from; i + 1 < to; i++) above |= columns_of(p, l, i, cut);
    return (above & ~low) && (above & low) && bits_of(above & low) < bits_of(low) && 2 * bits_of(low) >= l->columns;
}

size_t pl_gather_heading(plain *p, size_t from, size_t to, const pl_layout *l, pl_head_cut *cut) {
    while (to > from && is_numbers(p, to - 1)) to--;
    bool full[PL_MOST_COLUMNS + 1] = {false};
    heading h = {.columns = l->columns, .lines = (uint32_t)(to - from)};
    if (h.lines < LEAST_LINES || h.lines > MOST_LINES || h.columns < 3) return from;
    bool crowded = false;
    for (size_t i = from; i < to; i++) crowded = crowded || is_crowded(p, l, i, cut);
    h.whole = !crowded;
    if (!crowded && !is_centred(p, l, from, to, cut)) return from;
    uint32_t middle = h.lines / 2; /* an odd number of lines has one: first of all */
    if (!add_line(p, l, from, middle, cut, full, &h)) return from;
    for (uint32_t line = 0; line < h.lines; line++)
        if (line != middle && !add_line(p, l, from, line, cut, full, &h)) return from;
    h.flat = is_flat(&h);
    for (uint32_t line = 0; line + 1 < h.lines; line++)
        if (find_groups(&h, line)) add_group_row(p, &h, from, line);
    add_words_row(p, &h, from);
    return to;
}
