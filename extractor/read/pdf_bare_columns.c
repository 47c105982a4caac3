/* The columns of a table without rules. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "read/pdf_bare.h"

typedef pd_piece piece;
typedef pd_bare bare;

enum { MOST_COLS = PD_BARE_COLS, FEWEST_ROWS = PD_BARE_ROWS, MOST_POINTS = 4000 };

/* The least gap between columns, in parts of the size. */
static const float column_gap = 0.35f;

long pd_bare_whole(const bare *b, const piece *p) {
    long v = 0;
    for (uint32_t i = p->first; i < p->first + p->count; i++) {
        const pd_frag *f = pd_bare_frag(b, i);
        for (uint32_t k = f->first; k < f->first + f->count; k++) {
            uint32_t c = b->p->page.chars.at[k].code;
            if (pd_is_blank(c)) continue;
            if (c < '0' || c > '9' || v > 9999999) return -1;
            v = 10 * v + (long)(c - '0');
        }
    }
    return v;
}

/* The least free strip between two columns. */
static float least_strip(const bare *b) { return fmaxf(2, column_gap * b->size); }

/* Whether a piece stands over the gap between two pieces of the next row, which has no room for a column of its own: it heads
 * both. */
static bool heads_two(const bare *b, size_t n, size_t row, const piece *p) {
    if (p->value || row + 1 >= n || pd_bare_has_value(b, b->rows.at[row], b->rows.at[row + 1])) return false;
    float middle = (p->box.x0 + p->box.x1) / 2, left = -1, right = -1;
    for (uint32_t k = b->rows.at[row + 1]; k < b->rows.at[row + 2]; k++) {
        const pd_rect *box = &b->pieces.at[k].box;
        if (box->x0 <= middle && middle <= box->x1) return false;
        if (box->x1 < middle && box->x1 > left) left = box->x1;
        if (box->x0 > middle && (right < 0 || box->x0 < right)) right = box->x0;
    }
    return left >= 0 && right >= 0 && right - left < p->box.x1 - p->box.x0 + 2 * least_strip(b);
}

size_t pd_bare_first_figures(const bare *b, size_t n) {
    size_t r = 0;
    while (r < n && !pd_bare_has_value(b, b->rows.at[r], b->rows.at[r + 1])) r++;
    return r;
}

/* How many separate stretches of text a piece touches. */
static size_t stretches(const uint8_t *text, size_t width, const pd_rect *box) {
    size_t count = 0;
    for (float x = fmaxf(0, floorf(box->x0)); x < box->x1 && x < (float)width; x++) {
        size_t at = (size_t)x;
        count += text[at] && (x < floorf(box->x0) + 1 || at == 0 || !text[at - 1]);
    }
    return count;
}

static void cover(uint8_t *text, size_t width, const pd_rect *box) {
    for (float x = fmaxf(0, floorf(box->x0)); x < box->x1 && x < (float)width; x++) text[(size_t)x] = 1;
}

static void cover_row(const bare *b, size_t n, size_t row, uint8_t *text, size_t width) {
    const uint32_t *at = b->rows.at + row;
    for (uint32_t k = at[0]; at[1] - at[0] > 1 && k < at[1]; k++)
        if (!heads_two(b, n, row, &b->pieces.at[k])) cover(text, width, &b->pieces.at[k].box);
}

/* Whether a row tells whose table it is, or the unit of its figures, behind a colon: it stands above the headings. "其中：" is
 * one of these. */
static bool is_above_heads(const bare *b, uint32_t row) {
    for (uint32_t k = b->rows.at[row]; k < b->rows.at[row + 1]; k++) {
        const piece *p = &b->pieces.at[k];
        uint32_t c;
        for (size_t n = 0; (c = pd_bare_char(b, p, n)) != 0; n++)
            if ((c == ':' || c == 0xFF1A) && pd_bare_char(b, p, 0) != 0x5176) return true;
    }
    return false;
}

uint32_t pd_bare_first_of_heads(const bare *b) {
    uint32_t above = b->head;
    while (above > 0 && !is_above_heads(b, above - 1)) above--;
    return above;
}

/* Whether a word of the headings from row `above` on stands over some places, none higher than `least`. */
static bool is_headed(const bare *b, size_t above, float least, float from, float to) {
    for (uint32_t k = b->rows.at[above]; k < b->rows.at[b->head]; k++)
        for (uint32_t i = b->pieces.at[k].first; i < b->pieces.at[k].first + b->pieces.at[k].count; i++) {
            const pd_rect *box = &pd_bare_frag(b, i)->box;
            float shared = fminf(to, box->x1) > fmaxf(from, box->x0) ? 1000.0f : 0;
            if ((box->y0 + box->y1) / 2 >= least && 3 * shared > fminf(box->x1 - box->x0, to - from)) return true;
        }
    return false;
}

/* Words at the left end and figures at the right end of their columns need not reach below a heading in the middle: it belongs
 * to those beside it that nothing else heads, and these reach up to it. False: there are none. */
static bool reach_heading(const bare *b, size_t above, float least, uint8_t *text, size_t width, const pd_rect *box) {
    size_t x0 = (size_t)fmaxf(0, box->x0), x1 = (size_t)fminf((float)width - 1, box->x1), a = x0, c;
    while (a > 0 && !text[a - 1]) a--;
    for (c = a; c > 0 && text[c - 1];) c--;
    if (a > c && !is_headed(b, above, least, (float)c, (float)a)) {
        memset(text + a, 1, x1 - a);
        return true;
    }
    for (a = x1; a < width && !text[a];) a++;
    for (c = a; c < width && text[c];) c++;
    if (a == width || is_headed(b, above, least, (float)a, (float)c)) return false;
    memset(text + x0, 1, a - x0);
    return true;
}

/* The place of a word of a heading; of one of two letters that are set wide, that of both, and none of the second. */
static bool word_box(const bare *b, const piece *p, uint32_t i, pd_rect *box) {
    enum { WIDE = 4 };
    const float letter = 1.3f * b->size;
    uint32_t count = (uint32_t)(b->pieces.at[b->pieces.len - 1].first + b->pieces.at[b->pieces.len - 1].count);
    *box = pd_bare_frag(b, i)->box;
    if (box->x1 - box->x0 > letter) return true;
    for (int side = -1; side <= 1; side += 2) {
        if (side < 0 ? i == 0 : i + 1 >= count) continue;
        const pd_rect *other = &pd_bare_frag(b, side < 0 ? i - 1 : i + 1)->box;
        float gap = side < 0 ? box->x0 - other->x1 : other->x0 - box->x1;
        bool alike = fabsf(other->y0 - box->y0) < 2 && other->x1 - other->x0 <= letter;
        if (!alike || gap < b->size / 2 || gap > WIDE * b->size) continue;
        if (side < 0) return false;
        pd_cover(box, *other, false);
    }
    return p->count > 0;
}

/* A row of headings tells of columns that have nothing below, by its words; not those higher than `least`, which stand over
 * others. */
static void cover_heads(const bare *b, size_t n, size_t row, uint8_t *text, size_t width, float least) {
    const uint32_t *at = b->rows.at + row;
    size_t above = pd_bare_first_of_heads(b);
    for (uint32_t k = at[0]; at[1] - at[0] > 1 && k < at[1]; k++) {
        const piece *p = &b->pieces.at[k];
        if (heads_two(b, n, row, p)) continue;
        for (uint32_t i = p->first; i < p->first + p->count; i++) {
            pd_rect box;
            if (!word_box(b, p, i, &box)) continue;
            bool high = (box.y0 + box.y1) / 2 < least, letter = p->count > 1 && box.x1 - box.x0 < 1.5f * b->size;
            if (high || letter || stretches(text, width, &box)) continue; /* the rows below tell */
            if (!reach_heading(b, above, least, text, width, &box)) cover(text, width, &box);
        }
    }
}

/* Whether rows have a figure on the left of a strip and words that start right behind it, or words on the left, some of which
 * reach it, and figures on the right. */
static bool parts_kinds(const bare *b, float left, float right) {
    enum { LEAST = 4, FEW = 2, SLACK = 2 };
    size_t words = 0, starts = 0, figures = 0, reach = 0;
    for (size_t r = b->head; r + 1 < b->rows.len; r++)
        for (uint32_t k = b->rows.at[r] + 1; k < b->rows.at[r + 1]; k++) {
            const piece *p = &b->pieces.at[k - 1], *q = &b->pieces.at[k];
            if (p->box.x1 > left + 1 || q->box.x0 < right - 1) continue;
            starts += !q->value && q->box.x0 < right + SLACK;
            if (p->value == q->value) continue;
            words += p->value && q->box.x0 < right + SLACK;
            figures += q->value;
            reach += q->value && p->box.x1 > left - SLACK;
        }
    return (words >= FEW && starts >= LEAST) || (figures >= LEAST && reach);
}

/* Whether a narrow strip has figures that end on its left and other pieces that start on its right, each at one place. */
static bool has_aligned_sides(const bare *b, float left, float right) {
    enum { LEAST = 3 };
    size_t ends = 0, starts = 0;
    if (parts_kinds(b, left, right)) return true;
    for (uint32_t k = b->rows.at[b->head]; k < b->pieces.len; k++) {
        const piece *p = &b->pieces.at[k];
        ends += p->value && p->box.x1 <= left + 1 && p->box.x1 > left - 2;
        starts += p->box.x0 >= right - 0.1f && p->box.x0 < right + 2;
    }
    return ends >= LEAST && starts >= LEAST;
}

/* The middle between the first and the last line of some rows. */
static float middle_of_rows(const bare *b, size_t from, size_t to) {
    float top = b->p->page.height, bottom = 0;
    for (uint32_t k = b->rows.at[from]; k < b->rows.at[to]; k++) {
        top = fminf(top, (b->pieces.at[k].box.y0 + b->pieces.at[k].box.y1) / 2);
        bottom = fmaxf(bottom, (b->pieces.at[k].box.y0 + b->pieces.at[k].box.y1) / 2);
    }
    return (top + bottom) / 2;
}

/* How low headings stand at least that head a column of their own. */
static float height_of_leaves(const bare *b) {
    size_t above = pd_bare_first_of_heads(b);
    return above < b->head ? middle_of_rows(b, above, b->head) - b->size / 3 : 0;
}

bool pd_bare_find_columns(bare *b, size_t n) {
    size_t width = (size_t)fminf(b->p->page.width, MOST_POINTS) + 2, first = pd_bare_first_figures(b, n);
    uint8_t *text = gk_alloc_zero(width, 1);
    b->head = first + FEWEST_ROWS <= n || first + 1 == n ? (uint32_t)first : 0;
    for (size_t r = b->head; r < n; r++) cover_row(b, n, r, text, width);
    size_t above = pd_bare_first_of_heads(b);
    float least = height_of_leaves(b);
    for (size_t r = b->head; r-- > above;) cover_heads(b, n, r, text, width, least);
    size_t start = 0;
    b->edges.len = 0;
    for (size_t x = 0; x < width; x++) {
        if (!text[x]) continue;
        bool wide = (float)(x - start) >= least_strip(b) || (x > start && has_aligned_sides(b, (float)start, (float)x));
        if (!b->edges.len) *gk_vec_push(&b->edges) = (float)x;
        else if (wide) *gk_vec_push(&b->edges) = (float)(start + x) / 2;
        start = x + 1;
    }
    *gk_vec_push(&b->edges) = (float)start;
    free(text);
    return b->edges.len >= 3 && b->edges.len <= MOST_COLS;
}

void pd_bare_widen_figures(bare *b) {
    enum { SLACK = 2 };
    float ends[MOST_COLS + 1] = {0}, heads[MOST_COLS + 1] = {0};
    uint32_t values[MOST_COLS + 1] = {0}, aligned[MOST_COLS + 1] = {0}, begun[MOST_COLS + 1] = {0};
    float starts[MOST_COLS + 1] = {0};
    for (int pass = 0; pass < 2; pass++)
        for (uint32_t k = b->rows.at[b->head]; k < b->pieces.len; k++) {
            const piece *p = &b->pieces.at[k];
            uint32_t c = pd_bare_column_at(b, p->box.x1 - 1);
            if (!pass) ends[c] = fmaxf(ends[c], p->box.x1);
            else if (p->value) values[c]++, aligned[c] += p->box.x1 > ends[c] - SLACK;
            if (!pass && p->value && (starts[c] <= 0 || p->box.x0 < starts[c])) starts[c] = p->box.x0;
            if (pass && p->value) begun[c] += p->box.x0 < starts[c] + SLACK && pd_bare_whole(b, p) >= 0;
        }
    float least = height_of_leaves(b);
    for (uint32_t k = b->rows.at[pd_bare_first_of_heads(b)]; k < b->rows.at[b->head]; k++)
        for (uint32_t i = b->pieces.at[k].first; i < b->pieces.at[k].first + b->pieces.at[k].count; i++) {
            pd_rect box;
            if (!word_box(b, &b->pieces.at[k], i, &box)) continue;
            uint32_t c = pd_bare_column_at(b, (box.x0 + box.x1) / 2);
            bool own = (box.y0 + box.y1) / 2 >= least && box.x1 <= b->edges.at[c + 1] && !values[c];
            if (own && box.x0 > ends[c] - SLACK) heads[c] = fmaxf(heads[c], box.x1); /* behind all words below it */
        }
    for (uint32_t c = 1; c + 1 < b->edges.len; c++) {
        bool right = values[c] && 4 * aligned[c] >= 3 * values[c],
             before = !values[c - 1] || 4 * aligned[c - 1] >= 3 * values[c - 1],
             codes = (values[c] > 1 && begun[c] == values[c]) || (values[c - 1] > 1 && begun[c - 1] == values[c - 1]);
        if (right && before && !codes && ends[c - 1] > b->edges.at[c - 1])
            b->edges.at[c] = fminf(b->edges.at[c], fmaxf(ends[c - 1], heads[c - 1]) + SLACK);
    }
}
