/* Lines that go on: paragraphs over lines and pages; tables over pages.
 *
 * A line goes on in the next one when it reaches the right edge of the text, and the next line starts at the left edge
 * of the text (a new paragraph is indented) in the same size. Example, with the edges at 100 and 500: 124 ... 500 first
 * line of a paragraph 100 ... 498   goes on 100 ... 220   goes on; it is short, so the paragraph ends here 124 ... 300
 * a paragraph of one line, or a heading
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "read/pdf.h"
#include "read/plain.h"

typedef struct edges {
    float left, right, leading;
    size_t lines, full; /* full: lines that reach the right edge */
} edges;

static int by_value(const void *a, const void *b) {
    float u = *(const float *)a, v = *(const float *)b;
    return u < v ? -1 : u > v;
}

/* The outermost value that a second line confirms. */
static float supported(float *at, size_t n, bool largest) {
    qsort(at, n, sizeof *at, by_value);
    for (size_t i = 0; i + 1 < n; i++) {
        float a = largest ? at[n - 1 - i] : at[i], b = largest ? at[n - 2 - i] : at[i + 1];
        if (fabsf(a - b) < 12) return a;
    }
    return largest ? at[n - 1] : at[0];
}

static edges measure(const pdf *p, const pd_sheet *s, uint32_t region, float *scratch) {
    edges e = {0, s->width, 0, 0, 0};
    size_t n = 0;
    float before = -1;
    for (int what = 0; what < 3; what++) {
        n = 0;
        for (uint32_t k = s->first_item; k < s->first_item + s->item_count; k++) {
            const pd_item *i = &p->items.at[k];
            if (i->kind != PD_LINE || i->aside || i->region != region) continue;
            if (what == 2 && before >= 0 && i->box.y0 > before + 2) scratch[n++] = i->box.y0 - before;
            if (what < 2) scratch[n++] = what ? i->box.x1 : i->box.x0;
            if (what < 2 && i->box.x1 - i->box.x0 > 0.5f * s->width)
                scratch[n] = scratch[n - 1], n++; /* needs no second */
            before = i->box.y0;
        }
        if (!n) continue;
        if (what == 0) e.left = supported(scratch, n, false);
        if (what == 1) {
            e.right = supported(scratch, n, true);
            for (size_t i = 0; i < n; i++) e.full += scratch[i] > e.right - 16;
            before = -1;
        }
        if (what == 2) e.lines = n + 1, qsort(scratch, n, sizeof *scratch, by_value), e.leading = scratch[n / 2];
    }
    return e;
}

/* Whether the edges can be seen: lines of running text end at one place. */
static bool is_credible(const edges *e) {
    return e->lines >= 8 && e->full >= 4;
}

/* A page without running text does not show where its text ends: it is taken to be like the fullest page of its width
 * nearby. first[i] is the first region of page i; pages of several columns are left alone. */
static void level(const pdf *p, edges *all, const uint32_t *first) {
    for (size_t i = 0; i < p->sheets.len; i++) {
        edges *e = &all[first[i]];
        const edges *best = NULL;
        if (is_credible(e) || first[i + 1] - first[i] > 1) continue;
        for (size_t k = i > 8 ? i - 8 : 0; k < p->sheets.len && k < i + 9; k++) {
            const edges *f = &all[first[k]];
            bool alike = fabsf(p->sheets.at[k].width - p->sheets.at[i].width) < 2 && first[k + 1] - first[k] == 1;
            if (alike && is_credible(f) && (!best || f->lines > best->lines)) best = f;
        }
        float margin = 0.16f * p->sheets.at[i].width; /* a usual one */
        e->left = fminf(e->left, best ? best->left : margin);
        e->right = fmaxf(e->right, best ? best->right : p->sheets.at[i].width - margin);
        if (best && e->leading <= 0) e->leading = best->leading;
    }
}

static void measure_all(const pdf *p, edges *all) {
    float *scratch = gk_alloc((2 * p->items.len + 1) * sizeof *scratch);
    uint32_t *first = gk_alloc((p->sheets.len + 1) * sizeof *first);
    for (size_t i = 0; i < p->sheets.len; i++) {
        first[i] = p->sheets.at[i].first_region;
        first[i + 1] = i + 1 < p->sheets.len ? p->sheets.at[i + 1].first_region : p->regions;
        for (uint32_t r = first[i]; r < first[i + 1]; r++) all[r] = measure(p, &p->sheets.at[i], r, scratch);
    }
    level(p, all, first);
    free(first);
    free(scratch);
}

/* Whether numbering that is certain to begin an item starts the line. */
static bool starts_item(gk_str s) {
    pl_item i = pl_item_of(s);
    return i != PL_ITEM_NONE && i != PL_ITEM_CHAPTER;
}

static const float LEAST_GAP = 2.5f; /* in units of the letter size: what any full line may end before the edge */

/* Characters in bytes of a text that are wide: three bytes each. */
enum { WIDE = 3 };

/* Whether a line may not begin with the wide character at an offset: a bracket or mark that closes something. */
static bool is_closing(gk_str s, size_t at) {
    static const char *const closing[] = {"）", "》", "”", "】", "，", "。", "；", "：", "、", "％"};
    for (size_t i = 0; at + WIDE <= s.len && i < sizeof closing / sizeof *closing; i++)
        if (memcmp(s.ptr + at, closing[i], WIDE) == 0) return true;
    return false;
}

/* How many characters behind its first two a bracket in front of a text does not let go: "(X)" is set on one line. */
static size_t held_together(gk_str s) {
    static const char *const opening[] = {"（", "《", "“", "【"};
    bool opens = false;
    for (size_t i = 0; s.len > 2 * WIDE && i < sizeof opening / sizeof *opening; i++)
        opens |= memcmp(s.ptr, opening[i], WIDE) == 0;
    size_t n = 0;
    while (opens && is_closing(s, (n + 2) * WIDE)) n++;
    return n;
}

/* How far a full line may end before the edge: a figure is not parted, so a long one at the start of the next line
 * leaves a gap as wide as itself. In units of the letter size; a digit is about half as wide as it is high. */
static float gap_before(gk_str next) {
    size_t n = 0;
    while (
        n < next.len && n < 24 &&
        ((next.ptr[n] >= '0' && next.ptr[n] <= '9') || next.ptr[n] == ',' || next.ptr[n] == '.' || next.ptr[n] == '%'))
        n++;
    return LEAST_GAP + (n > 2 ? 0.6f * (float)n : 0) + (float)held_together(next);
}

/* Whether two lines are one that a wide gap tears. */
static bool is_torn(const pd_item *a, const pd_item *b, float size) {
    return a->page == b->page && a->box.y1 > b->box.y0 + 0.5f * size;
}

/* A short note that stands alone at the right, as "Table 12" above a caption; what a gap tears off has its head before it. */
static bool is_set_right(const pdf *p, const pd_item *i, const edges *e) {
    const pd_line *l = &p->lines.at[i->index];
    bool torn = i > p->items.at && is_torn(i - 1, i, l->size);
    return l->box.x0 > (e->left + e->right) / 2 && l->box.x1 - l->box.x0 < 6 * l->size && !torn;
}

static bool line_goes_on(const pdf *p, const pd_item *a, const pd_item *b, const edges *all) {
    const pd_line *l = &p->lines.at[a->index], *m = &p->lines.at[b->index];
    const edges *e = &all[a->region], *f = &all[b->region];
    float size = fmaxf(l->size, m->size), indent = m->box.x0 - f->left;
    if (fminf(l->size, m->size) < 0.84f * size) return false;
    bool torn = a->region == b->region && m->box.x0 > l->box.x1 && is_torn(a, b, size);
    if (torn && a->joined) return true; /* inside a paragraph a gap parts nothing */
    if (l->box.x1 < e->right - gap_before(pd_text(p, m)) * size) return false;
    if (is_set_right(p, a, e) || pl_has_leader(pd_text(p, l))) return false;
    if (a->region == b->region) {
        float step = m->box.y0 - l->box.y0;
        if (step < 0.5f * size || step > fmaxf(1.5f * e->leading, 1.3f * size) || step > 4 * size) return false;
    } else if (m->page != l->page + 1 && m->box.y0 > l->box.y0) {
        return false;
    }
    pl_end end = pl_end_of(pd_text(p, l));
    bool stopped = end == PL_END_STOP || end == PL_END_SEMI || end == PL_END_COLON;
    if (stopped && starts_item(pd_text(p, m))) return false;
    if (m->box.x0 > l->box.x0 + 4 * size && a->region == b->region) return false;
    if (indent < 1.2f * size) return true;
    /* A heading above a paragraph that begins with a year ends at no edge. */
    if (l->box.x1 < e->right - LEAST_GAP * size) return false;
    return !stopped && fabsf(m->box.x0 - l->box.x0) < 0.6f * size && end != PL_END_COLON && !starts_item(pd_text(p, m));
}

/* ---- tables */

static bool same_columns(const pdf *p, const pd_table *t, const pd_table *u) {
    const float *a = p->xs.at + t->first_x, *b = p->xs.at + u->first_x;
    const float slack = 7;
    if (fabsf((a[t->cols] - a[0]) - (b[u->cols] - b[0])) > 2 * slack) return false;
    const pd_table *few = t->cols <= u->cols ? t : u, *many = few == t ? u : t;
    const float *x = p->xs.at + few->first_x, *y = p->xs.at + many->first_x;
    uint32_t k = 0;
    for (uint32_t i = 0; i <= few->cols; i++, k++) {
        while (k <= many->cols && (y[k] - y[0]) - (x[i] - x[0]) < -slack) k++;
        if (k > many->cols || (y[k] - y[0]) - (x[i] - x[0]) > slack) return false;
    }
    return true;
}

static const pd_cell *cell(const pdf *p, const pd_table *t, uint32_t i) {
    return &p->cells.at[t->first_cell + i];
}

static gk_str cell_text(const pdf *p, const pd_cell *c, uint32_t line) {
    return line < c->line_count ? pd_text(p, &p->cell_lines.at[c->first_line + line]) : GK_STR("");
}

static bool same_cell(const pdf *p, const pd_cell *a, const pd_cell *b) {
    if (a->colspan != b->colspan || a->rowspan != b->rowspan || a->col != b->col) return false;
    if (a->line_count != b->line_count) return false;
    for (uint32_t l = 0; l < a->line_count; l++)
        if (!gk_str_eq(cell_text(p, a, l), cell_text(p, b, l))) return false;
    return true;
}

/* How many rows at the top of u repeat the top of t. A row counts when all its cells are alike and end in it. */
uint32_t pd_repeated_rows(const pdf *p, const pd_table *t, const pd_table *u, bool *columns) {
    uint32_t i = 0, rows = 0;
    *columns = false;
    if (t->cols != u->cols) return 0;
    while (i < t->cell_count && i < u->cell_count && cell(p, t, i)->row == cell(p, u, i)->row &&
           same_cell(p, cell(p, t, i), cell(p, u, i)))
        i++;
    uint32_t full = i < u->cell_count ? cell(p, u, i)->row : u->rows;
    for (uint32_t k = 0; k < i; k++)
        if (cell(p, u, k)->row < full && cell(p, u, k)->row + cell(p, u, k)->rowspan > full) full = cell(p, u, k)->row;
    for (uint32_t k = 0, texts = 0, row = 0; k < i && cell(p, u, k)->row < full; k++) {
        if (cell(p, u, k)->row != row) row = cell(p, u, k)->row, texts = 0;
        texts += cell(p, u, k)->line_count > 0;
        if (texts > 1) *columns = true;
        rows = full;
    }
    return rows;
}

/* A first row that is one cell of text over all columns begins a table of its own. */
static bool has_title(const pdf *p, const pd_table *t) {
    const pd_cell *c = t->cell_count ? cell(p, t, 0) : NULL;
    return c && c->row == 0 && c->colspan == t->cols && c->line_count && !pl_is_value(cell_text(p, c, 0));
}

static bool table_goes_on(const pdf *p, const pd_item *a, const pd_item *b) {
    const pd_table *t = &p->tables.at[a->index], *u = &p->tables.at[b->index];
    if (b->page != a->page + 1) return false;
    const pd_sheet *s = &p->sheets.at[a->page - 1], *v = &p->sheets.at[b->page - 1];
    if (a->box.y1 < 0.6f * s->height || b->box.y0 > 0.4f * v->height) return false;
    bool columns;
    uint32_t repeated = pd_repeated_rows(p, t, u, &columns);
    if (repeated && columns) return true; /* The columns may be as wide as each page needs. */
    return !repeated && !has_title(p, u) && same_columns(p, t, u);
}

/* ---- headings */

enum { MOST_SIZES = 400, HEADING_BYTES = 150, NOTE_LINES = 4 };

/* The size most of the text outside tables is set in, in half points. */
static unsigned body_size(const pdf *p) {
    size_t bytes[MOST_SIZES] = {0};
    unsigned best = 0;
    for (size_t i = 0; i < p->items.len; i++) {
        if (p->items.at[i].kind != PD_LINE || p->items.at[i].aside) continue;
        const pd_line *l = &p->lines.at[p->items.at[i].index];
        unsigned s = l->size > 0 && l->size < MOST_SIZES / 2 - 1 ? (unsigned)lrintf(2 * l->size) : 0;
        bytes[s] += l->text.end - l->text.start;
    }
    for (unsigned s = 1; s < MOST_SIZES; s++)
        if (bytes[s] > bytes[best]) best = s;
    return best;
}

static bool is_larger(const pdf *p, const pd_item *i, unsigned body) {
    if (i->kind != PD_LINE || i->aside || i->page == 1) return false;
    const pd_line *l = &p->lines.at[i->index];
    pl_end end = pl_end_of(pd_text(p, l));
    return l->size > 0.56f * (float)body && l->text.end - l->text.start < HEADING_BYTES && end != PL_END_STOP &&
           end != PL_END_SEMI && end != PL_END_COMMA && end != PL_END_COLON;
}

/* What stands within a few lines above a table is its caption, and left to those who know captions. */
static bool is_caption(const pdf *p, size_t at) {
    for (size_t i = at + 1, lines = 0; i < p->items.len && lines < NOTE_LINES; i++) {
        if (p->items.at[i].aside) continue;
        if (p->items.at[i].page != p->items.at[at].page) return false;
        if (p->items.at[i].kind == PD_TABLE) return true;
        lines++;
    }
    return false;
}

/* The lines of one large title that stand below each other around one middle. */
static bool title_goes_on(const pdf *p, const pd_item *a, const pd_item *b) {
    const pd_line *l = &p->lines.at[a->index], *m = &p->lines.at[b->index];
    float size = fmaxf(l->size, m->size), middle = (l->box.x0 + l->box.x1 - m->box.x0 - m->box.x1) / 2;
    return l->page == m->page && fminf(l->size, m->size) > 0.95f * size && m->box.y0 - l->box.y0 < 2.3f * size &&
           m->box.y0 - l->box.y0 > 0.8f * size && fabsf(middle) < size && l->box.x1 - l->box.x0 > 10 * size;
}

/* Whether the line is set around the middle of its page and no smaller than the text. */
static bool is_centred(const pdf *p, const pd_item *i, unsigned body) {
    if (i->kind != PD_LINE || i->aside) return false;
    const pd_line *l = &p->lines.at[i->index];
    float off = (l->box.x0 + l->box.x1 - p->sheets.at[i->page - 1].width) / 2;
    return l->size >= 0.49f * (float)body && fabsf(off) < 2 * l->size && l->text.end - l->text.start < HEADING_BYTES;
}

/* The lines of one caption, centred below each other, are one block. */
static void join_captions(pdf *p, unsigned body) {
    for (size_t i = 1; i < p->items.len; i++) {
        pd_item *item = &p->items.at[i], *before = item - 1;
        if (item->joined || item->heading || before->heading || !is_caption(p, i)) continue;
        if (!is_centred(p, before, body) || !is_centred(p, item, body) || !title_goes_on(p, before, item)) continue;
        item->joined = !starts_item(pd_text(p, &p->lines.at[item->index]));
    }
}

static void find_headings(pdf *p) {
    unsigned body = body_size(p);
    for (size_t i = 0; i < p->items.len; i++) {
        pd_item *item = &p->items.at[i], *before = i ? item - 1 : NULL;
        bool alone = !item->joined && (i + 1 == p->items.len || !item[1].joined);
        if (!alone || !is_larger(p, item, body) || is_caption(p, i)) continue;
        item->heading = true;
        item->joined = before && before->heading && title_goes_on(p, before, item);
    }
    join_captions(p, body);
}

void pd_join_items(pdf *p) {
    edges *all = gk_alloc((p->regions + 1) * sizeof *all);
    measure_all(p, all);
    const pd_item *last = NULL;
    for (size_t i = 0; i < p->items.len; i++) {
        pd_item *item = &p->items.at[i];
        if (item->aside) continue;
        if (last && last->kind == item->kind)
            item->joined = item->kind == PD_LINE ? line_goes_on(p, last, item, all) : table_goes_on(p, last, item);
        last = item;
    }
    find_headings(p);
    free(all);
}
