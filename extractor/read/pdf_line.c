/* Lines of text: fragments sorted, their characters written with blanks and boxes. */
#include <math.h>
#include <stdlib.h>

#include "read/pdf.h"

/* ---- sorting */

typedef struct key {
    float y, x;
    uint32_t frag;
} key;

static int by_y(const void *a, const void *b) {
    const key *k = a, *l = b;
    if (k->y != l->y) return k->y < l->y ? -1 : 1;
    if (k->x != l->x) return k->x < l->x ? -1 : 1;
    return k->frag < l->frag ? -1 : k->frag > l->frag;
}

static int by_x(const void *a, const void *b) {
    const key *k = a, *l = b;
    if (k->x != l->x) return k->x < l->x ? -1 : 1;
    return k->frag < l->frag ? -1 : k->frag > l->frag;
}

static bool same_line(const pd_rect *line, const pd_rect *r) {
    float shared = fminf(line->y1, r->y1) - fmaxf(line->y0, r->y0);
    return shared > 0.55f * fminf(line->y1 - line->y0, r->y1 - r->y0);
}

size_t pd_sort_lines(const pd_page *page, uint32_t *order, size_t count, uint32_t *starts) {
    key *keys = gk_alloc((count + 1) * sizeof *keys);
    for (size_t i = 0; i < count; i++) {
        const pd_rect *b = &page->frags.at[order[i]].box;
        float last = page->frags.at[order[i]].way ? 1e6f : 0; /* Text that runs down or up stands beside the lines. */
        keys[i] = (key){last + (b->y0 + b->y1) / 2, b->x0, order[i]};
    }
    qsort(keys, count, sizeof *keys, by_y);
    size_t lines = 0;
    pd_rect line = {0};
    bool alone = true; /* Text that runs down or up is a line of its own. */
    for (size_t i = 0; i < count; i++) {
        const pd_frag *f = &page->frags.at[keys[i].frag];
        if (alone || f->way || !same_line(&line, &f->box)) starts[lines++] = (uint32_t)i, line = f->box;
        else if (f->box.y1 - f->box.y0 > line.y1 - line.y0) line = f->box; /* The tallest says where the line is. */
        alone = f->way != 0;
    }
    starts[lines] = (uint32_t)count;
    for (size_t l = 0; l < lines; l++) qsort(keys + starts[l], starts[l + 1] - starts[l], sizeof *keys, by_x);
    for (size_t i = 0; i < count; i++) order[i] = keys[i].frag;
    free(keys);
    return lines;
}

/* ---- writing */

static void put_utf8(gk_buf *b, uint32_t c) {
    if (c < 0x80) {
        gk_buf_putc(b, (char)c);
        return;
    }
    int more = c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
    static const unsigned char heads[] = {0, 0xC0, 0xE0, 0xF0};
    gk_buf_putc(b, (char)(heads[more] | c >> 6 * more));
    while (more--) gk_buf_putc(b, (char)(0x80 | (c >> 6 * more & 0x3F)));
}

/* A box of the turned page as it stands on the page that is shown. */
static pd_rect unturn(const pd_page *page, pd_rect r) {
    float w = page->width, h = page->height; /* of the turned page */
    if (page->turn == 1) return (pd_rect){h - r.y1, r.x0, h - r.y0, r.x1};
    if (page->turn == 2) return (pd_rect){w - r.x1, h - r.y1, w - r.x0, h - r.y0};
    if (page->turn == 3) return (pd_rect){r.y0, w - r.x1, r.y1, w - r.x0};
    return r;
}

static bool near(float a, float b) { return fabsf(a - b) < 0.3f; }

/* Adds the box of the character that was just written at scratch offset `at`; runs of even distance share an entry. */
static void put_box(pdf *p, const pd_char *c, uint32_t at, bool goes_on) {
    pd_rect r = unturn(&p->page, (pd_rect){c->x0, c->y0, c->x1, c->y1});
    gk_box_run *u = goes_on && p->boxes.len ? &p->boxes.at[p->boxes.len - 1] : NULL;
    if (u && u->sure == c->sure && near(u->x1 - u->x0, r.x1 - r.x0) && near(u->y1 - u->y0, r.y1 - r.y0)) {
        float k = (float)u->count;
        if (u->count == 1) u->dx = r.x0 - u->x0, u->dy = r.y0 - u->y0;
        if (near(u->x0 + k * u->dx, r.x0) && near(u->y0 + k * u->dy, r.y0)) {
            u->count++;
            return;
        }
        if (u->count == 1) u->dx = u->dy = 0;
    }
    *gk_vec_push(&p->boxes) = (gk_box_run){at, 1, p->page.number, r.x0, r.y0, r.x1, r.y1, 0, 0, c->sure};
}

/* Whether a gap between two printed characters is a blank. Wide characters keep their distance from others. */
static bool apart(const pd_char *a, const pd_char *b) {
    if (b->way) return false;
    float gap = b->x0 - a->x1, size = fmaxf(a->size, b->size);
    bool wide = pd_is_wide(a->code) || pd_is_wide(b->code);
    return gap > (wide ? 0.75f : 0.3f) * size;
}

/* The same glyph struck twice looks bold. Parts of a ligature have no width of their own. */
static bool double_of(const pd_char *a, const pd_char *b) {
    return a->code == b->code && !b->way && fabsf(a->x0 - b->x0) < 0.2f * a->size &&
           fabsf(a->base - b->base) < 0.25f * a->size && b->x1 - b->x0 > 0.01f;
}

static int by_place(const void *a, const void *b) {
    const pd_char *c = *(const pd_char *const *)a, *d = *(const pd_char *const *)b;
    if (c->x0 != d->x0) return c->x0 < d->x0 ? -1 : 1;
    return c < d ? -1 : c > d;
}

/* The characters of all fragments from left to right. Owned by the caller. */
static const pd_char **gather(const pd_page *page, const uint32_t *frags, size_t count, size_t *len) {
    size_t n = 0;
    bool sorted = true;
    for (size_t i = 0; i < count; i++) n += page->frags.at[frags[i]].count;
    const pd_char **all = gk_alloc((n + 1) * sizeof *all);
    n = 0;
    for (size_t i = 0; i < count; i++) {
        const pd_frag *f = &page->frags.at[frags[i]];
        for (uint32_t k = 0; k < f->count; k++) {
            const pd_char *c = &page->chars.at[f->first + k];
            if (c->way == 4) continue;
            if (n && all[n - 1]->x0 > c->x0 && !f->way) sorted = false;
            all[n++] = c;
        }
    }
    if (!sorted) qsort(all, n, sizeof *all, by_place);
    *len = n;
    return all;
}

/* The code of a character, a raised small digit as a superscript: footnote marks and powers are no part of a figure. */
static uint32_t code_of(const pd_char *c, const pd_line *line, float base) {
    static const uint16_t raised[] = {0x2070, 0xB9, 0xB2, 0xB3, 0x2074, 0x2075, 0x2076, 0x2077, 0x2078, 0x2079};
    bool digit = c->code >= '0' && c->code <= '9' && c->way == 0;
    return digit && c->size < 0.78f * line->size && c->base < base - 0.15f * line->size ? raised[c->code - '0'] : c->code;
}

static void write_chars(pdf *p, const pd_char *const *all, size_t n, float base, pd_line *line) {
    const pd_char *last = NULL;
    bool blank = false;
    size_t bold = 0, written = 0;
    for (size_t i = 0; i < n; i++) {
        const pd_char *c = all[i];
        if (pd_is_blank(c->code)) {
            blank |= last && c->x1 - c->x0 > 0.1f * c->size;
            continue;
        }
        if (last && double_of(last, c)) continue;
        bool gap = last && (blank || apart(last, c));
        if (gap) gk_buf_putc(&p->scratch, ' ');
        uint32_t at = (uint32_t)p->scratch.len;
        put_utf8(&p->scratch, code_of(c, line, base));
        put_box(p, c, at, last && !gap);
        pd_count_char(p, c->code);
        pd_cover(&line->box, (pd_rect){c->x0, c->y0, c->x1, c->y1}, !last);
        bold += c->bold;
        written++;
        last = c;
        blank = false;
    }
    line->bold = 2 * bold > written;
}

pd_line pd_write_line(pdf *p, const uint32_t *frags, size_t count) {
    pd_line line = {.page = p->page.number};
    uint32_t most = 0;
    float base = 0;
    for (size_t i = 0; i < count; i++) {
        const pd_frag *f = &p->page.frags.at[frags[i]];
        if (f->count > most || (f->count == most && f->size > line.size))
            most = f->count, line.size = f->size, base = f->base;
    }
    size_t n;
    const pd_char **all = gather(&p->page, frags, count, &n);
    line.text.start = (uint32_t)p->scratch.len;
    write_chars(p, all, n, base, &line);
    line.text.end = (uint32_t)p->scratch.len;
    line.upended = count && p->page.frags.at[frags[0]].way;
    free(all);
    return line;
}
