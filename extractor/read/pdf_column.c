/* Pages set in several columns of prose.
 *
 * The columns are found from lines whose pieces are prose (many wide characters) with gaps between them: where the gaps of
 * nearly all such lines have a strip in common, that is a gutter; unless the lines are rows of a table without rules, whose
 * figures stand in columns of their own. A line that crosses a gutter (a headline) ends the columns above it.
 */
#include <math.h>
#include <stdlib.h>

#include "read/pdf.h"

enum { PROSE_CHARS = 8, FEW_LINES = 8, MOST_WIDTH = 4000 };

/* How far apart (in parts of the size) the columns are at least. */
static const float gutter = 0.7f;

static size_t wide_chars(const pd_page *page, const pd_frag *f) {
    size_t n = 0;
    for (uint32_t i = f->first; i < f->first + f->count; i++) n += pd_is_wide(page->chars.at[i].code);
    return n;
}

/* Whether a line has two pieces of prose with a gap between them. */
static bool is_two(const pd_page *page, const uint32_t *frags, size_t n) {
    size_t pieces = 0, chars = 0;
    for (size_t i = 0; i < n; i++) {
        const pd_frag *f = &page->frags.at[frags[i]], *next = i + 1 < n ? &page->frags.at[frags[i + 1]] : NULL;
        chars += wide_chars(page, f);
        if (next && next->box.x0 - f->box.x1 < gutter * f->size) continue;
        pieces += chars >= PROSE_CHARS;
        chars = 0;
    }
    return pieces >= 2;
}

/* Whether a line has a figure of its own behind a gap, as rows of a table have, which runs of text seldom begin with. */
static bool has_cell(const pd_page *page, const uint32_t *frags, size_t n) {
    const float least = 0.15f; /* of the size, between figures and the words of the next column */
    for (size_t i = 1; i < n; i++) {
        const pd_frag *f = &page->frags.at[frags[i]], *before = &page->frags.at[frags[i - 1]];
        const pd_frag *next = i + 1 < n ? &page->frags.at[frags[i + 1]] : NULL;
        if (f->box.x0 - before->box.x1 < gutter * f->size || !pd_is_figure(page, frags + i, 1)) continue;
        if (!next || next->box.x0 - f->box.x1 > least * f->size) return true;
    }
    return false;
}

/* Counts for each point of the width how many of the lines have text there. */
static void count_cover(const pd_page *page, const uint32_t *order, const uint32_t *starts, const pd_columns *c,
                        uint32_t *cover, size_t width) {
    for (size_t l = c->first; l <= c->last; l++) {
        size_t free_from = 0;
        for (uint32_t i = starts[l]; i < starts[l + 1]; i++) {
            const pd_rect *b = &page->frags.at[order[i]].box;
            size_t from = b->x0 > 0 ? (size_t)b->x0 : 0, to = b->x1 > 0 ? (size_t)ceilf(b->x1) : 0;
            if (from < free_from) from = free_from; /* A line counts once. */
            for (size_t x = from; x < to && x < width; x++) cover[x]++;
            if (to > free_from) free_from = to;
        }
    }
}

/* The middles of the gutters: strips that at most one line in ten has text in, with text on both sides. */
static void find_gutters(const uint32_t *cover, size_t width, float least, pd_columns *c) {
    size_t lines = c->last - c->first + 1, start = 0;
    bool before = false;
    c->count = 0;
    for (size_t x = 0; x <= width; x++) {
        bool text = x < width && 10 * (size_t)cover[x] > lines;
        if (x < width && !text) continue;
        if (before && text && x - start >= least && c->count < PD_MOST_COLUMNS - 1)
            c->gutters[c->count++] = (float)(start + x) / 2;
        if (text) before = true, start = x + 1;
    }
}

bool pd_find_columns(const pd_page *page, const uint32_t *order, const uint32_t *starts, size_t lines, pd_columns *c) {
    size_t twos = 0, cells = 0;
    float size = 0;
    for (size_t l = 0; l < lines; l++) {
        if (!is_two(page, order + starts[l], starts[l + 1] - starts[l])) continue;
        if (!twos++) c->first = l;
        c->last = l;
        cells += has_cell(page, order + starts[l], starts[l + 1] - starts[l]);
        size = page->frags.at[order[starts[l]]].size;
    }
    if (twos < FEW_LINES || 3 * cells > twos || 2 * twos < c->last - c->first + 1 || page->width > MOST_WIDTH) return false;
    size_t width = (size_t)page->width + 1;
    uint32_t *cover = gk_alloc_zero(width, sizeof *cover);
    count_cover(page, order, starts, c, cover, width);
    find_gutters(cover, width, fmaxf(2, 0.5f * size), c);
    free(cover);
    return c->count > 0;
}

uint32_t pd_column_of(const pd_columns *c, const pd_frag *f) {
    float x = (f->box.x0 + f->box.x1) / 2;
    uint32_t i = 0;
    while (i < c->count && x > c->gutters[i]) i++;
    return i;
}

bool pd_crosses(const pd_columns *c, const pd_frag *f) {
    for (uint32_t i = 0; i < c->count; i++)
        if (f->box.x0 < c->gutters[i] - f->size && f->box.x1 > c->gutters[i] + f->size) return true;
    return false;
}
