/* Tables with labels on both sides, as tools print them that know the order of words but no places: one blank parts the
 * cells, and empty ones were left out.
 *
 * Worked example:
 *     Item No. Sum Item No. Sum         the same words over both sides: three columns stand on the left
 *     1. Grants 1 580 1. Schools 31
 *     2. Funds of the 2 2. Hospitals 32 9.50
 *     state                             the end of a label
 *     3 3. Roads 33                     no label on the left
 * In nearly all lines two whole numbers differ by 30: what stands before the first is the label on the left, a figure
 * between the two is its sum, words there are the label on the right. Where lines have no numbers, a numbered item that
 * stands behind other words is the label on the right. */
#include "read/plain_cut.h"

enum { MOST_LEFT = 4, MOST_GAP = 2, MOST_WORDS = 2, MOST_LINES = 400 };

static bool is_one_sign(const pl_token *t) { return t->at.end - t->at.start == 3; }

/* The words of a line; signs that are set apart are one word. */
static void cut_heads(const plain *p, const pl_line *l, pl_cut *c) {
    *c = (pl_cut){.count = 0};
    bool wide, open = false; /* the word is one sign so far */
    for (uint32_t at = l->start, end; at < l->end; at = pl_skip_blanks(p, end, l->end, &wide)) {
        end = pl_word_end(p, at, l->end);
        uint32_t n = c->count;
        pl_add_token(p, c, at, end);
        if (c->count == n) return;
        bool one = is_one_sign(&c->at[n]);
        if (one && open) c->at[n - 1].at.end = end, c->count = n, open = false;
        else open = one;
    }
}

/* Words that are the same but for blanks. */
static bool same_words(const plain *p, const pl_token *a, const pl_token *b) {
    gk_str s = pl_str(p, a->at), t = pl_str(p, b->at);
    size_t i = 0, k = 0;
    for (;; i++, k++) {
        while (i < s.len && s.ptr[i] == ' ') i++;
        while (k < t.len && t.ptr[k] == ' ') k++;
        if (i == s.len || k == t.len) return i == s.len && k == t.len;
        if (s.ptr[i] != t.ptr[k]) return false;
    }
}

/* How many columns stand on the left below a line of words that come again on the right; 0: they do not. */
static uint32_t left_columns(const plain *p, const pl_cut *c) {
    if (c->count < 4 || c->values) return 0;
    for (uint32_t k = 2; k <= MOST_LEFT && k + 1 < c->count; k++)
        if (same_words(p, &c->at[0], &c->at[k]) || same_words(p, &c->at[1], &c->at[k + 1])) return k;
    return 0;
}

/* The cells of a line; words are cut before a numbered item, and where there are two of them without one. */
static void cut_sides(const plain *p, const pl_line *l, pl_cut *out) {
    enum { LONG = 12 };
    pl_cut c;
    bool wide;
    pl_cut_line(p, l, &c);
    *out = (pl_cut){.parted = c.parted};
    for (uint32_t i = 0; i < c.count; i++) {
        gk_span s = c.at[i].at;
        uint32_t first = pl_word_end(p, s.start, s.end), cut = 0, words = 1, last = 0;
        for (uint32_t at = first; !c.at[i].value && at < s.end; at = pl_word_end(p, at, s.end)) {
            last = at = pl_skip_blanks(p, at, s.end, &wide);
            words++;
            if (!cut && pl_item_of((gk_str){p->text + at, s.end - at}) != PL_ITEM_NONE) cut = at;
        }
        bool pair = words == 2 && c.count == 1 && first - s.start >= LONG && s.end - last >= LONG;
        if (!cut && pair) cut = last;
        if (cut) pl_add_token(p, out, s.start, pl_trim(p, s.start, cut).end);
        pl_add_token(p, out, cut ? cut : s.start, s.end);
    }
}

/* What a line of the body shows: sums, labels on both sides. */
typedef struct tally {
    uint32_t rows, sums, pairs, parted, words;
} tally;

static bool has_point(const plain *p, const pl_token *t) {
    return t->value && memchr(p->text + t->at.start, '.', t->at.end - t->at.start);
}

static uint32_t count_labels(const pl_cut *c) {
    uint32_t n = 0;
    for (uint32_t i = 0; i < c->count; i++) n += !c->at[i].value;
    return n;
}

/* Whether a line may stand in the body: no note, no heading of another table. */
static bool belongs(const plain *p, size_t first, size_t line, const pl_cut *c, bool clause) {
    const pl_line *l = &p->lines.at[line];
    if (l->kind != PL_TEXT || l->page != p->lines.at[first].page || l->gap > MOST_GAP || !pl_may_belong(p, l)) return false;
    if (!c->values && clause) return false;
    return count_labels(c) <= 3;
}

static size_t measure(const plain *p, size_t first, tally *t) {
    size_t to = first;
    pl_cut c;
    *t = (tally){0};
    for (size_t i = first; i < p->lines.len && i < first + MOST_LINES; i++) {
        cut_sides(p, &p->lines.at[i], &c);
        if (!belongs(p, first, i, &c, pl_has_clause(pl_text(p, &p->lines.at[i])))) break;
        uint32_t labels = count_labels(&c);
        bool sum = false;
        for (uint32_t k = 0; k < c.count; k++) sum = sum || has_point(p, &c.at[k]);
        if (!c.values && labels < 2) {
            if (++t->words > MOST_WORDS) break;
            continue;
        }
        t->words = 0;
        t->rows++;
        t->sums += sum;
        t->pairs += labels > 1;
        t->parted += c.parted;
        to = i + 1;
    }
    return to;
}

/* Two words above those of the columns: the names of the sides. */
static bool names_sides(const plain *p, size_t line, size_t least) {
    pl_cut c;
    if (line < least || p->lines.at[line].kind != PL_TEXT || p->lines.at[line + 1].gap > MOST_GAP) return false;
    gk_str s = pl_text(p, &p->lines.at[line]);
    cut_heads(p, &p->lines.at[line], &c);
    return c.count == 2 && !c.values && !pl_has_clause(s) && !pl_has_digit(s);
}

bool pl_measure_sides(plain *p, size_t line, size_t least, pl_run *r) {
    enum { LEAST_ROWS = 4, LEAST_SUMS = 2, LEAST_PAIRS = 3, MOST_BYTES = 200, LEAST_BLANKS = 3 };
    const pl_line *l = &p->lines.at[line];
    gk_str s = pl_text(p, l);
    pl_cut c;
    tally t;
    if (s.len > MOST_BYTES || pl_count(s, ' ') < LEAST_BLANKS || pl_has_digit(s) || !pl_may_belong(p, l)) return false;
    cut_heads(p, l, &c);
    uint32_t left = left_columns(p, &c);
    if (!left || line + 1 == p->lines.len) return false;
    size_t to = measure(p, line + 1, &t);
    if (t.rows < LEAST_ROWS || t.sums < LEAST_SUMS || t.pairs < LEAST_PAIRS || 2 * t.parted > t.rows) return false;
    bool names = line > 0 && names_sides(p, line - 1, least);
    *r = (pl_run){.from = (uint32_t)(line - names), .first = (uint32_t)line + 1, .to = (uint32_t)to, .pieces = c.count,
                  .left = left};
    return true;
}

/* ---- rows */

typedef struct sides {
    const pl_run *run;
    uint32_t apart;    /* how far the numbers of both sides differ; 0: there are none */
    gk_span begun;     /* the start of the next label on the left; empty: none */
    bool right;        /* the last row had a label on the right */
} sides;

static pl_cell *put(plain *p, gk_span at, uint32_t col) {
    pl_cell *cell = pl_grid_cell(p, at);
    cell->col = (uint16_t)col;
    return cell;
}

/* Puts cells from..to into the columns from `col` on: words into the first, figures behind it. */
static void put_side(plain *p, const pl_cut *c, uint32_t from, uint32_t to, uint32_t col, uint32_t figure) {
    for (uint32_t i = from; i < to; i++) {
        bool words = !c->at[i].value;
        put(p, c->at[i].at, words ? col : figure);
        figure += !words;
    }
}

static void put_row(plain *p, sides *s, const pl_cut *c) {
    uint32_t left = s->run->left, a, b, own = s->apart ? 2 : 1, cut = c->count;
    bool numbered = s->apart && pl_find_pair(p, c, s->apart, &a, &b);
    if (numbered) {
        for (cut = a + 1; cut < b && c->at[cut].value;) cut++;
        if (a == 0 && s->begun.end) put(p, s->begun, 0);
        put_side(p, c, 0, a, 0, 0);
        put(p, c->at[a].at, 1);
        put_side(p, c, a + 1, cut, 0, 2);
        put_side(p, c, cut, b, left, left);
        put(p, c->at[b].at, left + 1);
        put_side(p, c, b + 1, c->count, left, left + 2);
        return;
    }
    uint32_t labels = count_labels(c), seen = 0;
    for (uint32_t i = 0; i < c->count && cut == c->count; i++)
        if (!c->at[i].value && ++seen == 2) cut = i;
    bool item = labels == 1 && pl_item_of(pl_str(p, c->at[0].at)) != PL_ITEM_NONE;
    if (item && s->right) cut = 0; /* the list on the right is the longer one */
    if (cut && c->at[0].value && s->begun.end) put(p, s->begun, 0);
    put_side(p, c, 0, cut, 0, own);
    put_side(p, c, cut, c->count, left, left + own);
    s->right = labels > 1 || cut == 0;
}

/* Adds a line of words to the longest label of the last row. */
static void put_rest(plain *p, gk_span at) {
    pl_row *row = &p->rows.at[p->rows.len - 1];
    pl_cell *best = NULL;
    gk_str text = GK_STR("");
    for (uint32_t i = 0; i < row->count; i++) {
        pl_cell *cell = &p->cells.at[row->first + i];
        gk_str s = pl_cell_text(p, cell);
        if (!pl_is_value(s) && s.len > text.len) best = cell, text = s;
    }
    if (best) pl_grid_more(p, best, at);
}

static void put_heads(plain *p, const pl_run *r) {
    pl_cut c;
    cut_heads(p, &p->lines.at[r->from], &c);
    if (r->from + 1 < r->first) {
        pl_grid_row(p, r->from, false);
        put(p, c.at[0].at, 0)->colspan = (uint16_t)r->left;
        put(p, c.at[1].at, r->left)->colspan = (uint16_t)(r->pieces - r->left);
        cut_heads(p, &p->lines.at[r->first - 1], &c);
    }
    pl_grid_row(p, r->first - 1, false);
    for (uint32_t i = 0; i < c.count; i++) put(p, c.at[i].at, i);
}

void pl_gather_sides(plain *p, const pl_run *r) {
    sides s = {.run = r, .apart = r->left > 2 ? pl_distance(p, r) : 0};
    pl_cut c, next;
    put_heads(p, r);
    for (size_t i = r->first; i < r->to; i++) {
        cut_sides(p, &p->lines.at[i], &c);
        bool words = c.count == 1 && !c.at[0].value;
        if (words && i + 1 < r->to) {
            cut_sides(p, &p->lines.at[i + 1], &next);
            bool begins = next.count && next.at[0].value && p->lines.at[i].item;
            if (begins) s.begun = c.at[0].at;
            if (begins) continue;
        }
        if (words && !p->lines.at[i].item && p->rows.len) {
            put_rest(p, c.at[0].at);
            p->rows.at[p->rows.len - 1].last = (uint32_t)i;
            continue;
        }
        pl_grid_row(p, i, false);
        put_row(p, &s, &c);
        s.begun = (gk_span){0, 0};
    }
}
