/* The characters of a page: turned upright and gathered into fragments. */
#include <math.h>

#include "read/pdf.h"

enum { WAYS = 5, ASKEW = 4 };

void pd_cover(pd_rect *box, pd_rect part, bool first) {
    if (first || part.x0 < box->x0) box->x0 = part.x0;
    if (first || part.y0 < box->y0) box->y0 = part.y0;
    if (first || part.x1 > box->x1) box->x1 = part.x1;
    if (first || part.y1 > box->y1) box->y1 = part.y1;
}

/* ---- turning */

static uint8_t main_way(const pd_page *page) {
    size_t count[WAYS] = {0};
    uint8_t best = 0;
    for (size_t i = 0; i < page->chars.len; i++) count[page->chars.at[i].way] += !pd_is_blank(page->chars.at[i].code);
    for (uint8_t w = 1; w < ASKEW; w++)
        if (count[w] > 2 * count[best]) best = w;
    return best;
}

/* Where a point of the page comes to stand when text that ran the given way runs to the right. */
static void turn_point(const pd_page *page, uint8_t way, float *x, float *y) {
    float a = *x, b = *y;
    if (way == 1) *x = b, *y = page->width - a;
    if (way == 2) *x = page->width - a, *y = page->height - b;
    if (way == 3) *x = page->height - b, *y = a;
}

static pd_rect turn_rect(const pd_page *page, uint8_t way, pd_rect r) {
    turn_point(page, way, &r.x0, &r.y0);
    turn_point(page, way, &r.x1, &r.y1);
    return (pd_rect){fminf(r.x0, r.x1), fminf(r.y0, r.y1), fmaxf(r.x0, r.x1), fmaxf(r.y0, r.y1)};
}

static void turn_rules(pd_page *page, uint8_t way) {
    for (size_t i = 0; i < page->across.len; i++) {
        pd_rule *u = &page->across.at[i];
        pd_rect r = turn_rect(page, way, (pd_rect){u->from, u->at, u->to, u->at});
        *u = way == 2 ? (pd_rule){r.y0, r.x0, r.x1} : (pd_rule){r.x0, r.y0, r.y1};
    }
    for (size_t i = 0; i < page->down.len; i++) {
        pd_rule *u = &page->down.at[i];
        pd_rect r = turn_rect(page, way, (pd_rect){u->at, u->from, u->at, u->to});
        *u = way == 2 ? (pd_rule){r.x0, r.y0, r.y1} : (pd_rule){r.y0, r.x0, r.x1};
    }
    if (way == 2) return;
    pd_page was = *page;
    memcpy(&page->across, &was.down, sizeof page->across);
    memcpy(&page->down, &was.across, sizeof page->down);
}

static void turn_page(pd_page *page, uint8_t way) {
    for (size_t i = 0; i < page->chars.len; i++) {
        pd_char *c = &page->chars.at[i];
        pd_rect r = turn_rect(page, way, (pd_rect){c->x0, c->y0, c->x1, c->y1});
        c->x0 = r.x0, c->y0 = r.y0, c->x1 = r.x1, c->y1 = r.y1;
        c->base = c->y1 - 0.12f * c->size;
        if (c->way < ASKEW) c->way = (uint8_t)((c->way + 4 - way) % 4);
    }
    for (size_t i = 0; i < page->fills.len; i++) page->fills.at[i] = turn_rect(page, way, page->fills.at[i]);
    turn_rules(page, way);
    page->turn = way;
    if (way == 2) return;
    float width = page->width;
    page->width = page->height;
    page->height = width;
}

/* ---- fragments */

/* A text layer under a scan counts only where nothing else is written on the page. */
static void drop_hidden(pd_page *page) {
    size_t kept = 0;
    for (size_t i = 0; page->shown && page->hidden && i < page->chars.len; i++)
        if (!page->chars.at[i].hidden) page->chars.at[kept++] = page->chars.at[i];
    if (page->shown && page->hidden) page->chars.len = kept;
}

/* Whether c goes on where the fragment's last printed character ended. */
static bool follows(const pd_char *last, const pd_char *c) {
    float size = fmaxf(last->size, c->size), gap = c->x0 - last->x1;
    return fabsf(c->base - last->base) < 0.25f * size && fminf(last->size, c->size) > 0.6f * size &&
           gap > -0.6f * size && gap < 0.9f * size && c->x0 > last->x0 - 0.01f;
}

/* The same for text that runs down or up. */
static bool follows_in_column(const pd_char *last, const pd_char *c) {
    float size = fmaxf(last->size, c->size), gap = c->way == 1 ? c->y0 - last->y1 : last->y0 - c->y1;
    return fabsf(c->x0 - last->x0) < 0.25f * size && gap > -0.6f * size && gap < 1.5f * size;
}

static bool goes_on(const pd_char *last, const pd_char *c) {
    if (!last || last->way != c->way || c->way == 2) return false;
    return c->way == 0 ? follows(last, c) : follows_in_column(last, c);
}

/* What the fragment at hand holds so far. */
typedef struct so_far {
    bool figure, point; /* nothing but a figure; with a point in it */
    bool tight;         /* no gap between its characters */
} so_far;

static bool is_digit(uint32_t c) {
    return c >= '0' && c <= '9';
}

static void take_note(so_far *f, const pd_char *last, const pd_char *c) {
    bool sign = c->code == ',' || c->code == '.' || c->code == '-';
    f->figure = (!last || f->figure) && (is_digit(c->code) || sign);
    f->point = (last && f->point) || c->code == '.';
    f->tight = !last || (f->tight && c->x0 - last->x1 < 0.05f * c->size);
}

/* Whether a gap that is too narrow for a blank, and holds none, parts two cells all the same: behind a figure, or
 * between words without any. Behind a whole number words may be set a little apart; behind a code they stand farther. */
static bool touches(const so_far *f, const pd_char *last, const pd_char *c) {
    float gap = (c->x0 - last->x1) / fmaxf(last->size, c->size);
    if (c->way || c != last + 1 || gap < 0.15f) return false;
    if (f->figure && is_digit(last->code))
        return is_digit(c->code) || c->code == '-' || ((f->point || gap > 0.5f) && pd_is_wide(c->code));
    return f->tight && pd_is_wide(last->code) && (pd_is_wide(c->code) || is_digit(c->code));
}

static void begin_frag(pd_page *page, size_t i) {
    const pd_char *c = &page->chars.at[i];
    *gk_vec_push(&page->frags) = (pd_frag){.first = (uint32_t)i,
                                           .count = 1,
                                           .box = {c->x0, c->y0, c->x1, c->y1},
                                           .base = c->base,
                                           .size = c->size,
                                           .way = c->way};
}

void pd_make_frags(pd_page *page) {
    drop_hidden(page);
    uint8_t way = main_way(page);
    if (way) turn_page(page, way);
    const pd_char *last = NULL;
    so_far sum = {.figure = false};
    for (size_t i = 0; i < page->chars.len; i++) {
        const pd_char *c = &page->chars.at[i];
        if (pd_is_blank(c->code) || c->way == ASKEW) continue;
        bool more = goes_on(last, c) && !touches(&sum, last, c);
        take_note(&sum, more ? last : NULL, c);
        if (more) {
            pd_frag *f = &page->frags.at[page->frags.len - 1];
            f->count = (uint32_t)i + 1 - f->first;
            pd_cover(&f->box, (pd_rect){c->x0, c->y0, c->x1, c->y1}, false);
        } else {
            begin_frag(page, i);
        }
        last = c;
    }
}
