/* Tables whose cells are parted by nothing but blanks, as tools that lift text out of a page print them.
 *
 * Worked example, two blanks or more between the columns of most rows (a page that kept its layout):
 *
 *     Item                      Plan      Done      the words over the figures: a header
 *     1. Roads                 120.50     99.10
 *     2. Bridges and other                          no figure: the start of the label
 *                               12.00      8.30     of a row that has none,
 *     works                                         and its end
 *
 * The places that figures cover make the columns of figures, the places that words cover beside them those of words. A
 * cell belongs to the column in which it starts; a header cell stands over all columns that it covers.
 *
 * Where one blank parts all (201 05 07 Survey 438,300 438,300), places tell nothing: codes before the words, the words and
 * the figures behind them are cells in their order. Lines of nothing but a label and one figure each are a table of two
 * columns, whether one has a header or not. */
#include "read/plain_cut.h"

enum {
    LEAST_ROWS = 3,   /* rows with figures that make a table */
    MOST_WORDS = 3,   /* lines without figures in a row inside a table */
    HEADER_LINES = 7, /* above its first figures */
    MOST_GAP = 2,     /* blank lines between two rows */
    MOST_ROWS = 4000
};

static bool has_mark(const plain *p, const pl_cut *c) {
    for (uint32_t i = 0; i < c->count; i++)
        if (c->at[i].value && memchr(p->text + c->at[i].at.start, ',', c->at[i].at.end - c->at[i].at.start)) return true;
    return false;
}

/* ---- runs */

typedef struct extent {
    size_t first, to; /* first row with figures, behind the last one */
    size_t from;      /* with the header */
    uint32_t rows, parted, max_values;
    uint32_t small, empty;  /* rows with figures that are no sums, such as the numbers of lines; rows without figures */
    uint32_t coded, marked; /* rows with codes, with figures that have a thousands mark */
    uint32_t pieces;        /* in the header and in most rows, where one blank parts all; 0: no such header */
} extent;

/* What a line in which no sum stands is beside rows that places part: a row with other figures, one of cells without any,
 * or words, which may be part of a label or already belong to what follows the table. */
typedef enum beside { BESIDE_WORDS, BESIDE_CELLS, BESIDE_FIGURES } beside;

static beside kind_beside(const plain *p, const pl_line *l) {
    pl_cut c;
    pl_cut_line(p, l, &c);
    if (c.values && c.count > 1 && c.parted) return BESIDE_FIGURES;
    pl_cut_words(p, l, &c);
    return c.count > 1 ? BESIDE_CELLS : BESIDE_WORDS;
}

static void count_row(const plain *p, const pl_cut *c, extent *e) {
    e->rows++;
    e->parted += c->parted;
    e->coded += pl_codes_before(p, c) > 0;
    e->marked += has_mark(p, c);
    if (c->values > e->max_values) e->max_values = c->values;
}

/* Whether a line stands alone between blank lines, where rows have none between them: the title of another table. */
static bool is_title_between(const plain *p, size_t from, size_t line) {
    pl_cut c;
    if (line + 1 >= p->lines.len || !p->lines.at[line].gap || !p->lines.at[line + 1].gap) return false;
    bool tight = false;
    for (size_t i = from + 1; i < line && !tight; i++) tight = p->lines.at[i].gap == 0;
    if (tight) pl_cut_words(p, &p->lines.at[line], &c);
    return tight && c.count == 1;
}

/* Whether a line of words is the one above a table that tells who made it and in which unit: its last cell has a colon
 * with words behind it and stands on the right, or below a title. */
static bool is_unit_line(const plain *p, size_t line) {
    enum { RIGHT = 24 };
    pl_cut c;
    const pl_line *l = &p->lines.at[line];
    gk_str text = pl_text(p, l);
    if (!pl_has_clause(text) || pl_has_comma(text) || pl_end_of(text) == PL_END_COLON) return false;
    pl_cut_words(p, l, &c);
    if (c.at[c.count - 1].value || !pl_has_clause(pl_str(p, c.at[c.count - 1].at))) return false;
    if (c.count > 1 || l->indent >= RIGHT) return true;
    const pl_line *above = line ? l - 1 : l;
    if (above == l || (above->kind != PL_TEXT && above->kind != PL_COLUMNS) || pl_has_clause(pl_text(p, above))) return false;
    pl_cut_words(p, above, &c);
    return c.count <= 2 && !pl_cut_row(p, line - 1, &c);
}

/* The rows from `line` on, with a few lines of words among them. */
static extent measure(const plain *p, size_t line) {
    extent e = {.first = line, .from = line, .to = line};
    uint32_t words = 0, empty = 0; /* since the last row */
    uint32_t usual = line + 1 < p->lines.len && p->lines.at[line + 1].gap == 1; /* a blank line behind each line */
    pl_cut c;
    for (size_t i = line; i < p->lines.len && words <= MOST_WORDS && e.rows < MOST_ROWS; i++) {
        const pl_line *l = &p->lines.at[i];
        uint32_t most = e.parted ? MOST_GAP : usual; /* pages that kept their layout have blank lines between rows */
        if (i > line && (l->page != p->lines.at[line].page || l->gap > most || !pl_may_belong(p, l))) break;
        if (!pl_cut_row(p, i, &c)) {
            if (is_title_between(p, line, i) || is_unit_line(p, i)) break;
            beside b = e.parted ? kind_beside(p, l) : BESIDE_WORDS;
            if (b == BESIDE_CELLS && words) b = BESIDE_WORDS;
            words += b == BESIDE_WORDS;
            empty += b == BESIDE_CELLS;
            if (b != BESIDE_FIGURES) continue;
            e.small++;
            words = 0;
        } else {
            words = 0;
            count_row(p, &c, &e);
        }
        e.empty += empty;
        empty = 0;
        e.to = i + 1;
    }
    return e;
}

/* Whether the first figures have no label of their own, and nothing is taken above them yet: an item there is their label. */
static bool begins_label(const plain *p, const extent *e) {
    pl_cut c;
    return e->from == e->first && pl_cut_row(p, e->first, &c) && c.at[0].value;
}

/* Whether one of the lines above a row has cells enough for a header: it may stand further away than rows do. */
static bool has_cells_above(const plain *p, size_t row, size_t least) {
    enum { LOOK = 3, CELLS = 3 };
    for (size_t k = 1; k <= LOOK && k + least <= row; k++)
        if (pl_pieces(p, &p->lines.at[row - k]) >= CELLS) return true;
    return false;
}

/* Lines of words above the first row. */
static void take_header(const plain *p, extent *e, size_t least) {
    while (e->from > least && e->first - e->from < HEADER_LINES) {
        const pl_line *l = &p->lines.at[e->from - 1];
        uint32_t gap = e->from == e->first && has_cells_above(p, e->first, least) ? 2 * MOST_GAP : MOST_GAP;
        bool near = l->page == p->lines.at[e->first].page && p->lines.at[e->from].gap <= gap;
        if (!near || !pl_may_belong(p, l) || (l->item && !begins_label(p, e)) || is_unit_line(p, e->from - 1)) return;
        e->from--;
    }
}

/* A line of words right above the first row with as many pieces as most rows. */
static void find_narrow_header(const plain *p, extent *e, size_t least) {
    enum { LEAST_PIECES = 3 };
    uint32_t same = 0;
    if (e->first <= least) return;
    const pl_line *l = &p->lines.at[e->first - 1];
    uint32_t pieces = pl_may_belong(p, l) && !l->item && !pl_has_digit(pl_text(p, l)) ? pl_pieces(p, l) : 0;
    if (pieces < LEAST_PIECES || p->lines.at[e->first].gap > 2) return;
    for (size_t i = e->first; i < e->to; i++) same += pl_pieces(p, &p->lines.at[i]) == pieces;
    if (2 * same <= e->rows) return;
    e->pieces = pieces;
    e->from = e->first - 1;
}

static bool is_wide(const extent *e) { return e->parted * 2 > e->rows; }

/* Where no places tell the columns, codes, marked figures or a header must show that these are some. */
static bool is_table(const extent *e) {
    uint32_t rows = e->rows + (is_wide(e) ? e->small : 0), empty = is_wide(e) ? e->empty : 0;
    uint32_t share = is_wide(e) ? 3 : 2; /* a label may take a line of its own above or below its figures */
    if (rows < LEAST_ROWS || share * (rows + empty) <= e->to - e->first) return false;
    return is_wide(e) || e->pieces || (e->max_values > 1 && (2 * e->coded > e->rows || 2 * e->marked > e->rows));
}

/* Whether few rows are a table all the same: a heading with as many words as they have figures stands between them and
 * the line that tells the unit. */
static bool is_small(const plain *p, extent *e, size_t least) {
    enum { LEAST_VALUES = 3 };
    uint32_t words = 0;
    if (!e->rows || !is_wide(e) || e->max_values < LEAST_VALUES) return false;
    take_header(p, e, least);
    for (size_t i = e->from; i < e->first; i++) words += pl_pieces(p, &p->lines.at[i]);
    return words >= e->max_values && e->from > least && is_unit_line(p, e->from - 1);
}

/* Whether few rows at the top of a page are the rest of the table that ends the page before. */
static bool continues(const plain *p, const extent *e) {
    if (!e->rows || !is_wide(e) || !p->runs.len) return false;
    const pl_run *before = &p->runs.at[p->runs.len - 1];
    size_t k = before->to;
    while (k < e->first && p->lines.at[k].kind == PL_ASIDE) k++;
    return before->wide && k == e->first && p->lines.at[k].page == p->lines.at[before->to - 1].page + 1;
}

/* ---- pairs of a label and a figure */

static bool has_words(gk_str s) { return s.len >= 6 && (unsigned char)s.ptr[0] >= 0xE2 && (unsigned char)s.ptr[0] < 0xEF; }

/* Whether a line is a label and one plain figure; *point: it has a decimal point, as no page number does. */
static bool is_pair(const plain *p, size_t line, bool *point) {
    const pl_line *l = &p->lines.at[line];
    unsigned char last = (unsigned char)p->text[l->end ? l->end - 1 : 0];
    if (l->kind != PL_TEXT || last < '0' || last > '9' || !pl_may_belong(p, l)) return false;
    pl_cut c;
    pl_cut_line(p, l, &c);
    if (c.count != 2 || c.at[0].value || !c.at[1].value) return false;
    gk_str label = pl_str(p, c.at[0].at), figure = pl_str(p, c.at[1].at);
    *point = memchr(figure.ptr, '.', figure.len) != NULL;
    return (l->item || has_words(label)) && pl_width(figure) == figure.len && !memchr(figure.ptr, '/', figure.len) &&
           !memchr(figure.ptr, '(', figure.len);
}

/* A line of two pieces right above the pairs, no note. */
static bool heads_pairs(const plain *p, size_t line) {
    const pl_line *l = &p->lines.at[line];
    gk_str s = pl_text(p, l);
    return l->kind == PL_TEXT && !l->item && pl_may_belong(p, l) && pl_pieces(p, l) == 2 && !pl_has_digit(s) &&
           !pl_has_clause(s) && p->lines.at[line + 1].gap <= MOST_GAP;
}

static bool follows(const plain *p, size_t line) {
    return p->lines.at[line].gap <= MOST_GAP && p->lines.at[line].page == p->lines.at[line - 1].page;
}

/* The lines around `line` that are pairs; a third of the figures must have a point, or they may be pages. */
static bool measure_pairs(const plain *p, size_t line, size_t least, extent *e) {
    bool point = false;
    uint32_t points = 0;
    if (!is_pair(p, line, &point)) return false;
    *e = (extent){.first = line, .to = line + 1, .rows = 1, .pieces = 2};
    points = point;
    while (e->first > least && follows(p, e->first) && is_pair(p, e->first - 1, &point))
        e->first--, e->rows++, points += point;
    while (e->to < p->lines.len && e->rows < MOST_ROWS && follows(p, e->to) && is_pair(p, e->to, &point))
        e->to++, e->rows++, points += point;
    e->from = e->first > least && heads_pairs(p, e->first - 1) ? e->first - 1 : e->first;
    return e->rows >= LEAST_ROWS && points > 1 && 3 * points >= e->rows;
}

/* ---- words alone
 *
 * A table of targets has no sums; the words over it and the gaps of its rows tell it:
 *
 *     First     Second    Name          Target
 *     Output    Amount    Roads         >=5 km
 *               Quality   Sound roads   >=95% */

/* How many cells wide gaps part a line into that may belong to such a table; 0: it may not. */
static uint32_t parted_cells(const plain *p, size_t line, pl_cut *c) {
    const pl_line *l = &p->lines.at[line];
    const char *blank = l->kind == PL_TEXT ? memchr(p->text + l->start, ' ', l->end - l->start) : NULL;
    while (blank && blank[1] != ' ') blank = memchr(blank + 1, ' ', (size_t)(p->text + l->end - blank - 1));
    if (!blank || !pl_may_belong(p, l)) return 0;
    pl_cut_words(p, l, c);
    return c->count;
}

static bool measure_words(const plain *p, size_t line, extent *e) {
    enum { HEADER_CELLS = 4, ROW_CELLS = 3, LEAST_BODY = 3 };
    pl_cut c;
    uint32_t full = 0, n = parted_cells(p, line, &c);
    if (n < HEADER_CELLS || pl_has_digit(pl_text(p, &p->lines.at[line]))) return false;
    *e = (extent){.first = line + 1, .from = line, .to = line + 1};
    for (size_t i = line + 1; i < p->lines.len && full + e->rows < MOST_ROWS; i++) {
        const pl_line *l = &p->lines.at[i];
        uint32_t cells = l->gap > MOST_GAP || l->page != p->lines.at[line].page ? 0 : parted_cells(p, i, &c);
        if (cells < 2 || cells > n) break;
        if (pl_cut_row(p, i, &c)) return false; /* rows with sums tell where the table is */
        full += cells >= ROW_CELLS;
        e->rows += cells < ROW_CELLS;
        e->to = i + 1;
    }
    e->rows += full;
    e->parted = e->rows;
    return full >= LEAST_BODY && 4 * full >= 3 * e->rows;
}

static void mark_run(plain *p, pl_run r) {
    *gk_vec_push(&p->runs) = r;
    for (size_t k = r.from; k < r.to; k++) p->lines.at[k].kind = PL_COLUMNS;
}

static pl_run run_of(const extent *e) {
    return (pl_run){.from = (uint32_t)e->from, .first = (uint32_t)e->first, .to = (uint32_t)e->to, .pieces = e->pieces,
                    .wide = is_wide(e)};
}

/* Most lines have no blank, or are cells. */
static bool has_blank(const plain *p, const pl_line *l) {
    return l->kind == PL_TEXT && l->start < l->end && memchr(p->text + l->start, ' ', l->end - l->start);
}

void pl_mark_columns(plain *p) {
    pl_cut c;
    for (size_t i = 0, least = 0; i < p->lines.len; i++) {
        extent e, pairs;
        pl_run sides;
        if (!has_blank(p, &p->lines.at[i])) continue;
        if (!pl_cut_row(p, i, &c)) {
            if (!pl_measure_sides(p, i, least, &sides)) {
                if (!measure_words(p, i, &e)) continue;
                sides = run_of(&e);
            }
            mark_run(p, sides);
            least = i = sides.to;
            i--;
            continue;
        }
        e = measure(p, i);
        if (!is_wide(&e)) find_narrow_header(p, &e, least);
        if (is_table(&e)) {
            if (is_wide(&e)) take_header(p, &e, least);
        } else if (measure_pairs(p, i, least, &pairs)) {
            e = pairs;
        } else if (is_small(p, &e, least)) {
            e.to = e.to > e.first ? e.to : e.first + 1;
        } else if (!continues(p, &e)) {
            i = e.to > i ? e.to - 1 : i;
            continue;
        }
        mark_run(p, run_of(&e));
        least = i = e.to;
        i--;
    }
}

/* ---- columns by their order */

static void gather_narrow(plain *p, const pl_run *r) {
    uint32_t codes = 0;
    pl_cut c;
    for (size_t i = r->first; i < r->to; i++)
        if (pl_cut_row(p, i, &c) && pl_codes_before(p, &c) > codes) codes = pl_codes_before(p, &c);
    for (size_t i = r->from; i < r->to; i++) {
        if (!pl_cut_row(p, i, &c)) pl_cut_line(p, &p->lines.at[i], &c);
        uint32_t own = pl_codes_before(p, &c), col = 0;
        pl_grid_row(p, i, false);
        for (uint32_t k = 0; k < c.count; k++) {
            if (k == own) col = codes;
            if (k == 0 && !own && c.at[0].value) col = codes + 1;
            pl_grid_cell(p, c.at[k].at)->col = (uint16_t)(k < own ? k : col++);
        }
    }
}

/* A header with a cell for each piece of its rows: words too many belong to the first cell. */
static void gather_pieces(plain *p, const pl_run *r) {
    bool wide;
    for (size_t i = r->from; i < r->to; i++) {
        const pl_line *l = &p->lines.at[i];
        uint32_t n = pl_pieces(p, l), extra = n > r->pieces ? n - r->pieces : 0, at = l->start;
        pl_grid_row(p, i, false);
        for (uint32_t k = 0; at < l->end; k++) {
            uint32_t end = pl_word_end(p, at, l->end);
            for (; k == 0 && extra; extra--) end = pl_word_end(p, pl_skip_blanks(p, end, l->end, &wide), l->end);
            pl_grid_cell(p, (gk_span){at, end});
            at = pl_skip_blanks(p, end, l->end, &wide);
        }
    }
}

gk_code pl_add_columns(plain *p, size_t line, size_t *next) {
    const pl_run *r = &p->runs.at[p->run++];
    *next = r->to;
    if (line != r->from) return GK_OK;
    pl_grid_clear(p);
    if (r->left) pl_gather_sides(p, r);
    else if (r->pieces) gather_pieces(p, r);
    else if (!r->wide || !pl_gather_places(p, r)) gather_narrow(p, r);
    return pl_grid_table(p, 0, p->rows.len);
}
