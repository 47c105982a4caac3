/* Parses the stream of gongkai-pdf. See tools/pdf/FORMAT.md for its lines. */
#include "base/limits.h"
#include "read/pdf.h"

enum { HEAD_BYTES = 13, PALE = 250, MOST_THIN = 3 };

typedef struct cursor {
    const char *at, *end;
    bool bad;
} cursor;

static long number(cursor *c) {
    bool minus = false;
    long v = 0;
    if (c->at < c->end && *c->at == ' ') c->at++;
    if (c->at < c->end && *c->at == '-') minus = true, c->at++;
    const char *start = c->at;
    while (c->at < c->end && *c->at >= '0' && *c->at <= '9' && c->at - start < 12) v = v * 10 + (*c->at++ - '0');
    if (c->at == start) c->bad = true;
    return minus ? -v : v;
}

static float length(cursor *c) { return (float)number(c) / 100; }

static uint32_t hex(cursor *c) {
    uint32_t v = 0;
    const char *start = c->at;
    for (; c->at < c->end && c->at - start < 8; c->at++) {
        char h = *c->at;
        if (h >= '0' && h <= '9') v = v << 4 | (uint32_t)(h - '0');
        else if (h >= 'A' && h <= 'F') v = v << 4 | (uint32_t)(h - 'A' + 10);
        else break;
    }
    if (c->at == start) c->bad = true;
    return v;
}

static void expect(cursor *c, char mark) {
    if (c->at < c->end && *c->at == mark) c->at++;
    else c->bad = true;
}

static uint8_t way_of(float dx, float dy) {
    if (dx > 0.99f) return 0;
    if (dy > 0.99f) return 1;
    if (dx < -0.99f) return 2;
    return dy < -0.99f ? 3 : 4;
}

/* The box of a character that stands `at` along the run. Above and below the base line the em square is meant. */
static void set_box(pd_char *c, float x, float y, float dx, float dy, float advance) {
    float ax = x + dx * advance, ay = y + dy * advance;
    float ux = dy * c->size * 0.88f, uy = -dx * c->size * 0.88f, lx = -dy * c->size * 0.12f, ly = dx * c->size * 0.12f;
    float xs[4] = {x + ux, x + lx, ax + ux, ax + lx}, ys[4] = {y + uy, y + ly, ay + uy, ay + ly};
    c->x0 = c->x1 = xs[0];
    c->y0 = c->y1 = ys[0];
    for (int i = 1; i < 4; i++) {
        if (xs[i] < c->x0) c->x0 = xs[i];
        if (xs[i] > c->x1) c->x1 = xs[i];
        if (ys[i] < c->y0) c->y0 = ys[i];
        if (ys[i] > c->y1) c->y1 = ys[i];
    }
}

static void text(pdf *p, cursor *c, bool hidden) {
    size_t font = (size_t)number(c);
    pd_char ch = {.bold = font < p->fonts.len && p->fonts.at[font], .hidden = hidden, .sure = p->page.sure};
    ch.size = length(c);
    float x = length(c), y = length(c), dx = (float)number(c) / 1000, dy = (float)number(c) / 1000;
    ch.way = way_of(dx, dy);
    while (c->at < c->end && !c->bad && *c->at == ' ') {
        c->at++;
        ch.code = hex(c);
        expect(c, ':');
        float at = length(c);
        expect(c, ':');
        float advance = length(c);
        if (c->bad) return;
        if (hidden) p->page.hidden++;
        else if (!pd_is_blank(ch.code)) p->page.shown++;
        set_box(&ch, x + dx * at, y + dy * at, dx, dy, advance);
        ch.base = y + dy * at;
        *gk_vec_push(&p->page.chars) = ch;
    }
}

static void add_rule(pd_page *page, pd_rect r) {
    float across = r.x1 - r.x0, down = r.y1 - r.y0;
    if (across >= down) *gk_vec_push(&page->across) = (pd_rule){(r.y0 + r.y1) / 2, r.x0, r.x1};
    else *gk_vec_push(&page->down) = (pd_rule){(r.x0 + r.x1) / 2, r.y0, r.y1};
}

static pd_rect rect(cursor *c) {
    pd_rect r;
    r.x0 = length(c);
    r.y0 = length(c);
    r.x1 = length(c);
    r.y1 = length(c);
    return r;
}

/* White rules are not seen: they part nothing that the eye parts. */
static void stroke(pdf *p, cursor *c) {
    pd_rect r = rect(c);
    float width = length(c);
    long gray = number(c);
    if (!c->bad && gray < PALE && width < 3 * MOST_THIN) add_rule(&p->page, r);
}

static void fill(pdf *p, cursor *c) {
    pd_rect r = rect(c);
    long gray = number(c);
    float across = r.x1 - r.x0, down = r.y1 - r.y0;
    if (c->bad || gray >= PALE) return;
    if (across < MOST_THIN || down < MOST_THIN) add_rule(&p->page, r);
    else *gk_vec_push(&p->page.fills) = r;
}

static void image(pdf *p, cursor *c) {
    pd_rect r = rect(c);
    p->page.covered += (double)(r.x1 - r.x0) * (r.y1 - r.y0);
}

static void begin_page(pdf *p, cursor *c) {
    pd_page *g = &p->page;
    number(c);
    g->number = (uint32_t)p->sheets.len + 1;
    g->width = length(c);
    g->height = length(c);
    g->turn = 0;
    g->chars.len = g->across.len = g->down.len = g->fills.len = g->frags.len = 0;
    g->hidden = g->shown = 0;
    g->covered = 0;
    g->sure = 0;
    g->failed = false;
}

static void sureness(pdf *p, cursor *c) {
    long percent = number(c);
    p->page.sure = (uint8_t)(percent < 0 ? 0 : percent > 100 ? 100 : percent);
}

static void font(pdf *p, cursor *c) {
    size_t id = (size_t)number(c);
    expect(c, ' ');
    if (c->bad || id > 65536) return;
    while (p->fonts.len <= id) *gk_vec_push(&p->fonts) = 0;
    p->fonts.at[id] = c->at < c->end && *c->at == 'b';
}

static void failure(pdf *p, cursor *c) {
    static const struct {
        const char *name;
        gk_code code;
    } classes[] = {{"encrypted", GK_E_ENCRYPTED}, {"limit", GK_E_LIMIT}, {"memory", GK_E_LIMIT}, {"format", GK_E_FORMAT}};
    gk_str rest = {c->at, (size_t)(c->end - c->at)};
    size_t blank = gk_str_find(rest, GK_STR(" "));
    gk_str name = gk_str_slice(rest, 0, blank), why = gk_str_slice(rest, blank == SIZE_MAX ? rest.len : blank + 1, rest.len);
    p->failed = GK_E_FORMAT;
    for (size_t i = 0; i < sizeof classes / sizeof *classes; i++)
        if (gk_str_eqz(name, classes[i].name)) p->failed = classes[i].code;
    size_t n = why.len < sizeof p->why - 1 ? why.len : sizeof p->why - 1;
    memcpy(p->why, why.ptr, n);
    p->why[n] = '\0';
    p->ended = true;
}

/* The flags at the end of a line. */
static void repairs(pdf *p, const cursor *c) {
    p->repaired |= c->end - c->at >= 2 && c->end[-1] == 'r' && c->end[-2] == ' ';
}

static void begin_document(pdf *p, cursor *c) {
    p->announced = p->doc->pages = (uint32_t)number(c);
    repairs(p, c);
}

static bool page_line(pd_stream *s, char kind, cursor *c) {
    pdf *p = s->p;
    switch (kind) {
    case 'T': text(p, c, false); break;
    case 'U': text(p, c, true); break;
    case 'L': stroke(p, c); break;
    case 'R': fill(p, c); break;
    case 'I': image(p, c); break;
    case 'C': sureness(p, c); break;
    case 'W': p->page.failed = true; break;
    case 'E':
        s->in_page = false;
        pd_read_page(p);
        break;
    default: return false;
    }
    return !c->bad;
}

static bool line(pd_stream *s, gk_str l) {
    if (!s->begun) return s->begun = s->p->begun = gk_str_eqz(l, "gongkai-pdf 1");
    if (l.len < 2 || l.ptr[1] != ' ' || s->p->ended) return false;
    cursor c = {l.ptr + 2, l.ptr + l.len, false};
    if (l.ptr[0] == 'F') return font(s->p, &c), !c.bad;
    if (s->in_page) return page_line(s, l.ptr[0], &c);
    if (l.ptr[0] == 'D') return begin_document(s->p, &c), !c.bad;
    if (l.ptr[0] == 'P') return s->in_page = true, begin_page(s->p, &c), !c.bad;
    if (l.ptr[0] == 'Z') return repairs(s->p, &c), s->p->ended = true;
    if (l.ptr[0] == 'X') return failure(s->p, &c), true;
    return false;
}

bool pd_stream_take(pd_stream *s, gk_str more) {
    while (more.len && !s->bad) {
        const char *nl = memchr(more.ptr, '\n', more.len);
        size_t n = nl ? (size_t)(nl - more.ptr) : more.len;
        gk_str head = gk_str_slice(more, 0, n);
        if (!nl || s->rest.len) gk_buf_put(&s->rest, head);
        if (nl) s->bad = !line(s, s->rest.len ? gk_buf_str(&s->rest) : head);
        if (nl) gk_buf_clear(&s->rest);
        if (s->rest.len > GK_MAX_STREAM_LINE) s->bad = true;
        more = gk_str_slice(more, n + (nl != NULL), more.len);
    }
    return !s->bad;
}

void pd_stream_free(pd_stream *s) { gk_buf_free(&s->rest); }
