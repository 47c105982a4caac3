/* Tables with a cell a line and no mark at all, as tools print them that know paragraphs but no tables: every cell is a
 * paragraph, an empty one is one more blank line. Nothing tells where a row ends but the order of words and figures.
 *
 * Worked example (each word a line, - an empty cell), three columns:
 *     item income - | no. plan done     the header: its last three cells stand over the columns
 *     roads 12.50 9.10                  words, figure, figure
 *     bridges - 8.30                    an empty cell may stand anywhere
 * Of all numbers of columns and ends, the one counts by which most cells stand below their like: in each column words
 * alone or figures alone, in the last one no words. Cells before the first such row are the header, a row of as many
 * cells above it where these part the row below. */
#include <stdlib.h>

#include "read/plain.h"

enum {
    MOST_COLUMNS = 24,
    MOST_TAIL = 400,   /* cells behind a table: the caption of the next one, a header over nothing */
    MOST_MISSES = 64,  /* of a region */
    MOST_LINES = 6000, /* of a region */
    MOST_WIDTH = 100,  /* of a cell */
    MOST_TOPS = 3,
    MOST_EMPTY = 24, /* empty cells side by side */
    LEAST_ROWS = 3,
    LEAST_FIGURES = 3
};

typedef enum content { NOTHING, WORDS, DIGIT, CODE, FIGURE } content; /* CODE: digits alone; DIGIT: one, which may be both */

typedef struct bare_cell {
    uint32_t line; /* an empty one: of the next cell */
    content what;
    bool label; /* it holds a colon */
} bare_cell;

typedef struct region {
    GK_VEC(bare_cell) cells;
} region;

static content content_of(gk_str s) {
    if (!pl_is_value(s)) return WORDS;
    if (!pl_has_digit(s)) return NOTHING; /* a dash */
    for (size_t i = 0; i < s.len; i++)
        if (s.ptr[i] < '0' || s.ptr[i] > '9') return FIGURE;
    return s.len == 1 ? DIGIT : CODE;
}

/* Whether blanks part a line into cells: one parts figures, two part words, but those of a colon. */
static bool has_cells(gk_str s) {
    const char *blank = memchr(s.ptr, ' ', s.len), *end = s.ptr + s.len;
    if (!blank) return false;
    if (pl_is_value(s)) return true;
    while (blank && blank[1] != ' ') blank = memchr(blank + 1, ' ', (size_t)(end - blank - 1));
    return blank && !pl_has_clause(s);
}

static bool is_value_line(const plain *p, const pl_line *l) {
    unsigned char c = l->start < l->end ? (unsigned char)p->text[l->start] : 'x';
    return l->kind == PL_TEXT && ((c >= '0' && c <= '9') || c == '-') && pl_is_value(pl_text(p, l));
}

static bool may_be_cell(const plain *p, const pl_line *l) {
    if (l->kind != PL_TEXT || l->start >= l->end || l->width > MOST_WIDTH) return false;
    gk_str s = pl_text(p, l);
    return pl_end_of(s) != PL_END_STOP && pl_end_of(s) != PL_END_SEMI && (!pl_has_comma(s) || pl_is_value(s)) &&
           !has_cells(s);
}

/* ---- regions */

/* Blank lines between two cells side by side: 1 where few follow each other without any. */
static uint32_t usual_gap(const plain *p, size_t from, size_t to) {
    size_t tight = 0;
    for (size_t i = from + 1; i < to; i++) tight += p->lines.at[i].gap == 0;
    return 4 * tight < to - from;
}

static uint32_t empty_before(const pl_line *l, uint32_t usual) {
    uint32_t n = l->gap > usual ? (l->gap - usual) / (usual + 1) : 0;
    return n < MOST_EMPTY ? n : MOST_EMPTY;
}

static void gather_cells(const plain *p, size_t from, size_t to, uint32_t usual, region *r) {
    for (size_t i = from; i < to; i++) {
        const pl_line *l = &p->lines.at[i];
        for (uint32_t n = i > from ? empty_before(l, usual) : 0; n; n--)
            *gk_vec_push(&r->cells) = (bare_cell){(uint32_t)i, NOTHING, false};
        gk_str s = pl_text(p, l);
        *gk_vec_push(&r->cells) = (bare_cell){(uint32_t)i, content_of(s), pl_has_clause(s) && !pl_is_value(s)};
    }
    if (to >= p->lines.len) return;
    for (uint32_t n = empty_before(&p->lines.at[to], usual); n; n--) /* at the end of a last row */
        *gk_vec_push(&r->cells) = (bare_cell){(uint32_t)to, NOTHING, false};
}

/* ---- bodies */

typedef struct body {
    size_t first, end; /* cells */
    uint32_t columns, rows;
    uint32_t tops;        /* first rows whose label is merged over several columns */
    uint32_t top, bottom; /* cells of these and of the last row, where it is such a one; 0: all */
    uint32_t mixed;       /* digits alone among other figures of their column, or these among them: codes stand apart */
    bool words;           /* some column holds words */
} body;

static uint32_t figures_in(const region *r, size_t from, size_t to) {
    uint32_t n = 0;
    for (; from < to; from++) n += r->cells.at[from].what >= DIGIT;
    return n;
}

/* Whether figures stand right above a body: rows that do not fit it. */
static bool is_cut(const region *r, const body *b) {
    size_t from = b->first > b->columns ? b->first - b->columns : 0;
    return figures_in(r, from, b->first) > 0;
}

typedef struct columns {
    bool words[MOST_COLUMNS], figures[MOST_COLUMNS]; /* never both */
    uint32_t codes[MOST_COLUMNS], sums[MOST_COLUMNS];
} columns;

/* Adds a cell to a column; false: it does not belong there. */
static bool add_content(columns *c, uint32_t k, content cell) {
    if (cell == NOTHING) return true;
    if (cell == WORDS ? c->figures[k] : c->words[k]) return false;
    c->words[k] = cell == WORDS;
    c->figures[k] = cell != WORDS;
    c->codes[k] += cell == CODE;
    c->sums[k] += cell == FIGURE;
    return true;
}

/* Adds cells to the last `count` of n columns. */
static bool add_row(columns *c, const bare_cell *row, uint32_t n, uint32_t count) {
    columns sum = *c;
    bool filled = false;
    for (uint32_t k = 0; k < count; k++) {
        if (!add_content(&sum, n - count + k, row[k].what)) return false;
        filled = filled || row[k].what != NOTHING;
    }
    if (sum.words[n - 1]) return false;
    *c = sum;
    return filled;
}

/* The cells of a row before `end` whose label is merged over all columns before its figures; 0: there is none. */
static uint32_t merged_row(const region *r, size_t end, uint32_t n) {
    uint32_t k = 1;
    while (k < n && k < end && r->cells.at[end - k].what != WORDS) k++;
    return k > 1 && k < n && k <= end && r->cells.at[end - k].what == WORDS ? k : 0;
}

/* Whether the last column of words is the one before the last `figures` columns. */
static bool ends_words(const columns *c, uint32_t n, uint32_t figures) {
    for (uint32_t k = n - figures; k < n; k++)
        if (c->words[k]) return false;
    return c->words[n - figures - 1];
}

/* Adds such a row, where its figures stand in the last columns and the one before holds words; its cells go to *cells. */
static bool add_merged(const region *r, columns *c, body *b, uint32_t *cells) {
    uint32_t k = merged_row(r, b->first, b->columns);
    if (!k || (*cells && k != *cells) || (b->rows && !ends_words(c, b->columns, k - 1))) return false;
    if (!add_row(c, &r->cells.at[b->first - k + 1], b->columns, k - 1)) return false;
    *cells = k;
    b->first -= k;
    b->rows++;
    return true;
}

static void count_kinds(const columns *c, body *b) {
    for (uint32_t k = 0; k < b->columns; k++) {
        b->words = b->words || c->words[k];
        uint32_t fewer = c->codes[k] < c->sums[k] ? c->codes[k] : c->sums[k];
        b->mixed += fewer > 1 ? fewer : 0;
    }
}

/* How rows are looked for: the last one may have a merged label; what was taken for the first one may be the end of one
 * and the start of another with merged labels. */
enum { BOTTOM_MERGED = 1, ONE_LESS = 2, WAYS = 4 };

/* The rows of n cells that end before `end`. */
static body rows_before(const region *r, size_t end, uint32_t n, int way) {
    columns c = {.words = {false}}, before = c;
    body b = {.first = end, .end = end, .columns = n};
    if (way & BOTTOM_MERGED && !add_merged(r, &c, &b, &b.bottom)) return b;
    for (before = c; b.first >= n; b.first -= n, b.rows++) {
        columns last = c;
        if (!add_row(&c, &r->cells.at[b.first - n], n, n)) break;
        before = last;
    }
    if (way & BOTTOM_MERGED && !ends_words(&c, n, b.bottom - 1)) b.rows = 0;
    if (way & ONE_LESS && b.rows > 1) b.rows--, b.first += n, c = before;
    count_kinds(&c, &b);
    while (b.rows && b.tops < MOST_TOPS && add_merged(r, &c, &b, &b.top)) b.tops++;
    if (way & ONE_LESS && !b.tops) b.rows = 0;
    return b;
}

/* ---- headers */

static gk_str text_of(const plain *p, const bare_cell *c) {
    return c->what == NOTHING ? GK_STR("") : pl_text(p, &p->lines.at[c->line]);
}

/* How many cells the row above must have: one over each empty cell and one over each run of words, which may begin anew
 * where its first word comes again. */
static uint32_t parts_of(const plain *p, const bare_cell *row, uint32_t n, bool repeats) {
    uint32_t parts = 0, run = 0;
    for (uint32_t k = 0; k < n; k++) {
        bool starts = k == 0 || row[k].what == NOTHING || row[k - 1].what == NOTHING;
        if (starts) run = k;
        parts += starts || (repeats && gk_str_eq(text_of(p, &row[k]), text_of(p, &row[run])));
    }
    return parts;
}

/* Parts the cells from..to above a row of n cells into rows, the lowest first; how many there are, 0: they are none. */
static uint32_t part_header(const plain *p, const region *r, size_t from, size_t to, uint32_t n, uint16_t *rows) {
    uint32_t left = PL_BARE_HEADER - 1, count = 0;
    while (to > from && left--) {
        const bare_cell *below = &r->cells.at[to];
        uint32_t plain_parts = parts_of(p, below, n, false), parts = parts_of(p, below, n, true);
        if (plain_parts <= to - from && parts != to - from) parts = plain_parts;
        if (parts > to - from || parts >= n) return 0;
        rows[count++] = (uint16_t)parts;
        to -= n = parts;
    }
    return to == from ? count : 0;
}

/* The cells of the header: behind the last one with a colon. */
static size_t header_start(const region *r, size_t first) {
    while (first > 0 && !r->cells.at[first - 1].label && r->cells.at[first - 1].what <= WORDS) first--;
    while (r->cells.at[first].what == NOTHING) first++;
    return first;
}

/* Two sides with the same words over them are one row. */
static void join_sides(const plain *p, const region *r, body *b) {
    uint32_t n = b->columns;
    if (2 * n > MOST_COLUMNS || b->rows % 2 || b->top || b->bottom || b->first < 2 * (size_t)n) return;
    const bare_cell *head = &r->cells.at[b->first - n];
    for (uint32_t k = 0; k < n; k++)
        if (head[k].what != WORDS || !gk_str_eq(text_of(p, &head[k]), text_of(p, head + k - n))) return;
    b->columns *= 2;
    b->rows /= 2;
}

/* Whether all cells up to the last one with a colon are a header over the columns of a body: few rows, or figures
 * alone, below one are a table. */
static bool has_header(const plain *p, const region *r, const body *b) {
    enum { LEAST_HEADER = 3 };
    uint16_t rows[PL_BARE_HEADER];
    size_t start = header_start(r, b->first), low = b->first - b->columns;
    if (b->columns < LEAST_HEADER || start + b->columns > b->first || !start || !r->cells.at[start - 1].label)
        return false;
    return low == start || part_header(p, r, start, low, b->columns, rows);
}

static int64_t empty_in(const region *r, const body *b) {
    int64_t n = 0;
    for (size_t i = b->first; i < b->end; i++) n += r->cells.at[i].what == NOTHING;
    return n;
}

/* How well a body explains its cells, less what it takes to say; -1: not at all. */
static int64_t score(const plain *p, const region *r, const body *b) {
    enum { HEADER = 30, CELL = 2, COLUMN = 6, MERGED = 12 };
    int64_t cells = (int64_t)(b->end - b->first) - 2 * (int64_t)b->mixed;
    int64_t figures = figures_in(r, b->first, b->end);
    if (!b->rows || cells <= 0 || figures < LEAST_FIGURES || is_cut(r, b)) return -1;
    bool header = has_header(p, r, b);
    if (!b->words) return header ? 3 * figures - cells : -1; /* empty cells above belong to the header */
    if (b->rows < LEAST_ROWS) return header ? cells - empty_in(r, b) : -1;
    int64_t merged = (b->tops > 0) + (b->bottom > 0);
    return CELL * cells + (header ? HEADER : 0) - COLUMN * (int64_t)b->columns - MERGED * merged;
}

/* The best body whose end lies behind all figures before `to`, or nothing. */
static body find_body(const plain *p, const region *r, size_t to) {
    body best = {.rows = 0};
    int64_t most = -1; /* a body that explains less than it takes to say is none */
    for (size_t end = to; end > 0 && to - end <= MOST_TAIL; end--) {
        for (uint32_t n = 2; n <= MOST_COLUMNS; n++)
            for (int way = 0; way < WAYS; way++) {
                body b = rows_before(r, end, n, way);
                int64_t sum = score(p, r, &b);
                if (sum > most) best = b, most = sum;
            }
        if (r->cells.at[end - 1].what >= DIGIT) break;
    }
    return best;
}

static void add_table(plain *p, const region *r, const body *b, size_t *from) {
    size_t n = b->columns, start = header_start(r, b->first), low = b->first;
    pl_bare *t = gk_vec_push(&p->bares);
    *t = (pl_bare){.columns = (uint16_t)n, .rows = b->rows};
    t->tops = (uint16_t)b->tops;
    t->top = (uint16_t)b->top;
    t->bottom = (uint16_t)b->bottom;
    if (start + n <= b->first) {
        low = b->first - n;
        t->header[0] = (uint16_t)n;
        uint32_t rows = part_header(p, r, start, low, (uint32_t)n, t->header + 1);
        t->headers = 1 + rows;
        if (rows) low = start;
    }
    while (low < b->first && r->cells.at[low].what == NOTHING) low += t->headers = 0, low = b->first;
    t->from = r->cells.at[low].line;
    for (size_t i = low; i < b->end && r->cells.at[i].what == NOTHING; i++) t->lead++;
    t->to = r->cells.at[b->end - 1].line + (r->cells.at[b->end - 1].what != NOTHING);
    for (uint32_t i = t->from; i < t->to; i++) p->lines.at[i].kind = PL_BARE;
    *from = low;
}

/* Where to look on when the figures before `end` make no table: before these; where the tool left empty cells out, rows
 * that do not fit go on further up, to the last cell with a colon above them. */
static size_t skip_back(const region *r, size_t end, bool empty_kept) {
    while (end > 0 && r->cells.at[end - 1].what <= WORDS) end--;
    while (end > 0 && (empty_kept ? r->cells.at[end - 1].what != WORDS : !r->cells.at[end - 1].label)) end--;
    return end && !empty_kept ? end - 1 : end;
}

static bool keeps_empty(const region *r) {
    enum { SHARE = 20 };
    size_t n = 0;
    for (size_t i = 0; i < r->cells.len; i++) n += r->cells.at[i].what == NOTHING;
    return SHARE * n > r->cells.len;
}

static void mark_region(plain *p, size_t from, size_t to) {
    region r = {.cells = {0}};
    uint32_t usual = usual_gap(p, from, to);
    size_t first = p->bares.len;
    gather_cells(p, from, to, usual, &r);
    bool empty_kept = keeps_empty(&r);
    for (size_t end = r.cells.len, misses = 0; end && misses < MOST_MISSES;) {
        body b = find_body(p, &r, end);
        if (b.rows) {
            join_sides(p, &r, &b);
            add_table(p, &r, &b, &end);
            p->bares.at[p->bares.len - 1].usual = usual;
            continue;
        }
        misses++;
        end = skip_back(&r, end, empty_kept);
    }
    gk_vec_free(&r.cells);
    for (size_t a = first, z = p->bares.len; a + 1 < z; a++) { /* they were found from the end on */
        pl_bare t = p->bares.at[a];
        p->bares.at[a] = p->bares.at[--z];
        p->bares.at[z] = t;
    }
}

void pl_mark_bare(plain *p) {
    enum { LEAST_LINES = 6 };
    for (size_t i = 0, done = 0; i < p->lines.len; i++) {
        if (!is_value_line(p, &p->lines.at[i])) continue;
        size_t from = i, to = i + 1;
        while (from > done && may_be_cell(p, &p->lines.at[from - 1])) from--;
        while (to < p->lines.len && to - from < MOST_LINES && may_be_cell(p, &p->lines.at[to])) to++;
        if (to - from >= LEAST_LINES) mark_region(p, from, to);
        done = to;
        i = to - 1;
    }
}

/* ---- the table */

static uint32_t cells_in_row(const pl_bare *t, uint32_t row) {
    if (row < t->headers) return t->header[t->headers - 1 - row];
    row -= t->headers;
    if (row < t->tops) return t->top;
    return row + 1 == t->rows && t->bottom ? t->bottom : t->columns;
}

gk_code pl_add_bare(plain *p, size_t line, size_t *next) {
    const pl_bare *t = &p->bares.at[p->bare++];
    uint32_t i = t->from, empty = t->lead;
    (void)line;
    pl_grid_clear(p);
    for (uint32_t row = 0; row < t->headers + t->rows; row++) {
        pl_row *w = pl_grid_row(p, i < t->to ? i : t->to - 1, false);
        uint32_t count = cells_in_row(t, row);
        for (uint32_t k = count; k; k--) {
            bool none = empty || i >= t->to;
            uint32_t at = p->lines.at[i < t->to ? i : t->to - 1].start;
            w->last = i < t->to ? i : t->to - 1;
            pl_cell *cell = pl_grid_cell(p, none ? (gk_span){at, at} : (gk_span){at, p->lines.at[i].end});
            uint32_t more = row < t->headers ? 0 : t->columns - count; /* a merged label covers them */
            if (k == count) cell->colspan = (uint16_t)(1 + more);
            else cell->col = (uint16_t)(cell->col + more);
            if (empty) empty--;
            else if (++i < t->to) empty = empty_before(&p->lines.at[i], t->usual);
        }
    }
    *next = t->to;
    pl_place_header(p, 0, p->rows.len, t->columns);
    return pl_grid_table(p, 0, p->rows.len);
}
