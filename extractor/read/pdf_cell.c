/* The text of a ruled table: each fragment goes to the cell it stands in. */
#include <math.h>
#include <stdlib.h>

#include "read/pdf.h"

/* A fragment that is set this near to an edge of its cell (in parts of its size) belongs there, however far it runs over
 * the other edge. */
static const float padding = 0.8f;

static uint32_t interval(const float *at, size_t n, float v) {
    size_t lo = 0, hi = n - 1;
    while (hi - lo > 1) {
        size_t mid = lo + (hi - lo) / 2;
        if (at[mid] <= v) lo = mid;
        else hi = mid;
    }
    return (uint32_t)lo;
}

static uint32_t cell_at(const pd_grid *g, float x, float y) {
    uint32_t row = interval(g->ys.at, g->ys.len, y), col = interval(g->xs.at, g->xs.len, x);
    return g->at[(size_t)row * g->cols + col];
}

static bool inside(const pd_grid *g, const pd_frag *f) {
    float x = (f->box.x0 + f->box.x1) / 2, y = (f->box.y0 + f->box.y1) / 2;
    return x > g->xs.at[0] && x < g->xs.at[g->xs.len - 1] && y > g->ys.at[0] && y < g->ys.at[g->ys.len - 1];
}

/* Which cell a fragment that runs over rules without a gap belongs to. */
static uint32_t cell_of_whole(const pd_grid *g, const pd_frag *f, uint32_t head, uint32_t tail) {
    float y = (f->box.y0 + f->box.y1) / 2;
    const pd_cell *h = head ? &g->cells.at[head - 1] : NULL, *t = tail ? &g->cells.at[tail - 1] : NULL;
    if (h && f->box.x0 - h->box.x0 < padding * f->size) return head;
    if (t && t->box.x1 - f->box.x1 < padding * f->size) return tail;
    return cell_at(g, (f->box.x0 + f->box.x1) / 2, y);
}

/* Cuts fragment i behind its character k (an index of the page); the rest becomes a fragment at the end of the list. */
static void cut(pd_page *page, size_t i, uint32_t k) {
    pd_frag rest = page->frags.at[i];
    uint32_t end = rest.first + rest.count, next = k + 1;
    while (next < end && pd_is_blank(page->chars.at[next].code)) next++;
    rest.first = next;
    rest.count = end - next;
    for (uint32_t c = next; c < end; c++) {
        const pd_char *ch = &page->chars.at[c];
        if (!pd_is_blank(ch->code)) pd_cover(&rest.box, (pd_rect){ch->x0, ch->y0, ch->x1, ch->y1}, c == next);
    }
    *gk_vec_push(&page->frags) = rest;
    pd_frag *f = &page->frags.at[i];
    f->count = k + 1 - f->first;
    for (uint32_t c = f->first; c <= k; c++) {
        const pd_char *ch = &page->chars.at[c];
        if (!pd_is_blank(ch->code)) pd_cover(&f->box, (pd_rect){ch->x0, ch->y0, ch->x1, ch->y1}, c == f->first);
    }
}

/* Finds the first character behind which the fragment leaves its cell with a gap, and cuts there. */
static bool cut_at_wall(pd_page *page, const pd_grid *g, size_t i) {
    pd_frag f = page->frags.at[i];
    float y = (f.box.y0 + f.box.y1) / 2;
    const pd_char *last = NULL;
    uint32_t last_cell = 0, last_at = 0;
    for (uint32_t c = f.first; c < f.first + f.count; c++) {
        const pd_char *ch = &page->chars.at[c];
        if (pd_is_blank(ch->code)) continue;
        uint32_t cell = cell_at(g, (ch->x0 + ch->x1) / 2, y);
        if (last && cell != last_cell && ch->x0 - last->x1 > 0.2f * f.size) return cut(page, i, last_at), true;
        last = ch;
        last_cell = cell;
        last_at = c;
    }
    return false;
}

static void assign(pd_page *page, const pd_grid *g, size_t i) {
    pd_frag *f = &page->frags.at[i];
    float y = (f->box.y0 + f->box.y1) / 2, edge = 0.3f * f->size;
    uint32_t head = cell_at(g, f->box.x0 + edge, y), tail = cell_at(g, f->box.x1 - edge, y);
    if (head != tail && cut_at_wall(page, g, i)) {
        assign(page, g, i); /* What was cut off comes later: the list has grown. */
        return;
    }
    f->cell = head == tail ? head : cell_of_whole(g, f, head, tail);
}

typedef struct fill {
    uint32_t *frags;  /* by cell, in page order */
    uint32_t *starts; /* of each cell in frags; one more at the end */
    size_t count;
} fill;

/* The fragments in the grid, sorted by cell. */
static fill sort_frags(pdf *p, const pd_grid *g) {
    pd_page *page = &p->page;
    fill f = {NULL, gk_alloc_zero(g->cells.len + 2, sizeof *f.starts), 0};
    for (size_t i = 0; i < page->frags.len; i++) {
        page->frags.at[i].cell = 0;
        if (page->frags.at[i].taken || !inside(g, &page->frags.at[i])) continue;
        assign(page, g, i);
    }
    for (size_t i = 0; i < page->frags.len; i++) {
        uint32_t cell = page->frags.at[i].taken ? 0 : page->frags.at[i].cell;
        if (cell) f.starts[cell + 1]++, f.count++;
    }
    for (size_t c = 1; c <= g->cells.len + 1; c++) f.starts[c] += f.starts[c - 1];
    f.frags = gk_alloc((f.count + 1) * sizeof *f.frags);
    for (size_t i = 0; i < page->frags.len; i++) {
        uint32_t cell = page->frags.at[i].taken ? 0 : page->frags.at[i].cell;
        if (cell) f.frags[f.starts[cell]++] = (uint32_t)i;
    }
    for (size_t c = g->cells.len; c > 0; c--) f.starts[c] = f.starts[c - 1];
    return f;
}

/* A frame around text is no table: two cells must have text, and one cell may not be nearly all of it. */
static bool is_table(const pdf *p, const pd_grid *g, const fill *f) {
    size_t with_text = 0, most = 0, all = 0;
    for (size_t c = 0; c < g->cells.len; c++) {
        size_t n = 0;
        for (uint32_t i = f->starts[c + 1]; i < f->starts[c + 2]; i++) n += p->page.frags.at[f->frags[i]].count;
        with_text += n > 0;
        all += n;
        if (n > most) most = n;
    }
    return with_text >= 2 && !(g->cells.len <= 6 && most > 400 && 10 * most > 9 * all);
}

static void write_cell(pdf *p, pd_cell *cell, uint32_t *frags, size_t n) {
    cell->first_line = (uint32_t)p->cell_lines.len;
    cell->line_count = 0;
    if (!n) return;
    uint32_t *starts = gk_alloc((n + 1) * sizeof *starts);
    size_t lines = pd_sort_lines(&p->page, frags, n, starts);
    for (size_t l = 0; l < lines; l++) {
        pd_line line = pd_write_line(p, frags + starts[l], starts[l + 1] - starts[l]);
        if (line.text.start < line.text.end) *gk_vec_push(&p->cell_lines) = line, cell->line_count++;
    }
    free(starts);
}

void pd_keep_grid(pdf *p, pd_grid *g) {
    fill f = sort_frags(p, g);
    bool table = is_table(p, g, &f);
    if (table && pd_split_rows(&p->page, g, f.frags, f.starts)) {
        free(f.frags);
        free(f.starts);
        f = sort_frags(p, g);
    }
    if (table) {
        pd_rect box = {g->xs.at[0], g->ys.at[0], g->xs.at[g->xs.len - 1], g->ys.at[g->ys.len - 1]};
        pd_add_item(p, PD_TABLE, p->tables.len, box);
        pd_table *t = gk_vec_push(&p->tables);
        *t = (pd_table){.first_cell = (uint32_t)p->cells.len, .cell_count = (uint32_t)g->cells.len, .rows = g->rows,
                        .cols = g->cols, .first_x = (uint32_t)p->xs.len, .ruled = true, .box = box};
        for (size_t i = 0; i < g->xs.len; i++) *gk_vec_push(&p->xs) = g->xs.at[i];
        for (size_t c = 0; c < g->cells.len; c++) {
            write_cell(p, &g->cells.at[c], f.frags + f.starts[c + 1], f.starts[c + 2] - f.starts[c + 1]);
            *gk_vec_push(&p->cells) = g->cells.at[c];
        }
        for (size_t i = 0; i < f.count; i++) p->page.frags.at[f.frags[i]].taken = true;
    }
    free(f.frags);
    free(f.starts);
}
