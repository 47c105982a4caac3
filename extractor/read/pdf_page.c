/* One page: its tables and lines in reading order. */
#include <math.h>
#include <stdlib.h>

#include "base/limits.h"
#include "read/pdf.h"

/* Text of one line that is set this far apart (in parts of its size) is two lines side by side. */
static const float side_by_side = 2.6f;

void pd_add_item(pdf *p, pd_item_kind kind, size_t index, pd_rect box) {
    *gk_vec_push(&p->items) = (pd_item){
        .kind = kind, .index = (uint32_t)index, .page = p->page.number, .region = p->region, .box = box};
}

static void keep_line(pdf *p, const uint32_t *frags, size_t count) {
    pd_line line = pd_write_line(p, frags, count);
    if (line.text.start == line.text.end) return;
    pd_add_item(p, PD_LINE, p->lines.len, line.box);
    p->items.at[p->items.len - 1].aside = line.upended;
    *gk_vec_push(&p->lines) = line;
}

/* Adds the fragments of a line, cut where wide gaps part them. */
static void keep_pieces(pdf *p, const uint32_t *frags, size_t count) {
    size_t start = 0;
    for (size_t i = 1; i <= count; i++) {
        const pd_frag *a = &p->page.frags.at[frags[i - 1]], *b = i < count ? &p->page.frags.at[frags[i]] : NULL;
        if (b && b->box.x0 - a->box.x1 < side_by_side * fmaxf(a->size, b->size)) continue;
        keep_line(p, frags + start, i - start);
        start = i;
    }
}

/* Adds lines from..to of one column. */
static void keep_range(pdf *p, const uint32_t *order, const uint32_t *starts, size_t from, size_t to) {
    for (size_t l = from; l < to;) {
        size_t n = pd_bare_table(p, order, starts, to, l);
        if (!n) keep_pieces(p, order + starts[l], starts[l + 1] - starts[l]);
        l += n ? n : 1;
    }
}

/* Adds the fragments of one column among those given. */
static void keep_column(pdf *p, const pd_columns *c, uint32_t column, const uint32_t *frags, size_t count) {
    uint32_t *order = gk_alloc((count + 1) * sizeof *order), *starts = gk_alloc((count + 2) * sizeof *starts);
    size_t n = 0;
    for (size_t i = 0; i < count; i++)
        if (pd_column_of(c, &p->page.frags.at[frags[i]]) == column) order[n++] = frags[i];
    size_t lines = pd_sort_lines(&p->page, order, n, starts);
    p->region = p->regions++;
    keep_range(p, order, starts, 0, lines);
    free(order);
    free(starts);
}

/* The columns, cut into parts by lines that cross them. */
static void keep_columns(pdf *p, const pd_columns *c, const uint32_t *order, const uint32_t *starts) {
    uint32_t whole = p->region;
    for (size_t l = c->first, from = l; l <= c->last + 1; l++) {
        bool crosses = l > c->last;
        for (uint32_t i = starts[l]; l <= c->last && i < starts[l + 1]; i++)
            crosses |= pd_crosses(c, &p->page.frags.at[order[i]]);
        if (!crosses) continue;
        for (uint32_t k = 0; l > from && k <= c->count; k++)
            keep_column(p, c, k, order + starts[from], starts[l] - starts[from]);
        p->region = whole;
        if (l <= c->last) keep_range(p, order, starts, l, l + 1);
        from = l + 1;
    }
}

static void keep_lines(pdf *p) {
    pd_page *page = &p->page;
    uint32_t *order = gk_alloc((page->frags.len + 1) * sizeof *order);
    uint32_t *starts = gk_alloc((page->frags.len + 2) * sizeof *starts);
    size_t count = 0;
    for (size_t i = 0; i < page->frags.len; i++)
        if (!page->frags.at[i].taken) order[count++] = (uint32_t)i;
    size_t lines = pd_sort_lines(page, order, count, starts);
    pd_columns c;
    if (pd_find_columns(page, order, starts, lines, &c)) {
        keep_range(p, order, starts, 0, c.first);
        keep_columns(p, &c, order, starts);
        keep_range(p, order, starts, c.last + 1, lines);
    } else {
        keep_range(p, order, starts, 0, lines);
    }
    free(order);
    free(starts);
}

static int by_place(const void *a, const void *b) {
    const pd_item *i = a, *j = b;
    if (i->box.y0 != j->box.y0) return i->box.y0 < j->box.y0 ? -1 : 1;
    if (i->box.x0 != j->box.x0) return i->box.x0 < j->box.x0 ? -1 : 1;
    return i->index < j->index ? -1 : i->index > j->index;
}

/* The tables of a page were added first, its lines in order behind them: the tables move to their place. (Tables without
 * rules were found among the lines and stand where they belong.) */
static void place_tables(pdf *p, size_t first, size_t tables) {
    size_t n = p->items.len - first;
    if (!tables) return;
    pd_item *out = gk_alloc(n * sizeof *out), *at = p->items.at + first;
    qsort(at, tables, sizeof *at, by_place);
    size_t t = 0, l = tables, k = 0;
    while (t < tables || l < n) {
        bool line = t == tables || (l < n && (at[l].box.y0 + at[l].box.y1) / 2 < at[t].box.y0 + 2);
        out[k++] = line ? at[l++] : at[t++];
    }
    memcpy(at, out, n * sizeof *out);
    free(out);
}

void pd_read_page(pdf *p) {
    pd_page *page = &p->page;
    size_t first = p->items.len;
    uint32_t chars = (uint32_t)(page->shown ? page->shown : page->hidden), region = p->regions;
    uint64_t han = p->han;
    if (p->scratch.over || p->cells.len > GK_MAX_CELLS) return;
    p->region = p->regions++;
    pd_make_frags(page);
    pd_join_rules(page);
    pd_find_grids(p, pd_keep_grid);
    size_t tables = p->items.len - first;
    keep_lines(p);
    place_tables(p, first, tables);
    pd_sheet *s = gk_vec_push(&p->sheets);
    *s = (pd_sheet){.width = page->width,
                    .height = page->height,
                    .first_item = (uint32_t)first,
                    .item_count = (uint32_t)(p->items.len - first),
                    .first_region = region,
                    .chars = chars,
                    .hidden = (uint32_t)page->hidden,
                    .han = (uint32_t)(p->han - han),
                    .covered = page->covered,
                    .failed = page->failed};
}
