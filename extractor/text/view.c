#include "text/view.h"

#include <stdlib.h>

#include "text/fold.h"
#include "text/heal.h"
#include "text/map.h"
#include "text/utf8.h"

/* Where the next character is read: the spans of one append, walked once from left to right. */
typedef struct cursor {
    const gk_span *span, *span_end; /* the current span and the end of the array */
    uint32_t at;                    /* next byte, at <= span->end */
} cursor;

typedef struct writer {
    gk_view *view;
    const gk_fold *fold;
    const char *src;
    cursor in;
    uint32_t start; /* where this append starts in the view */
} writer;

enum { SPARE = 32 }; /* bytes behind the text that a short copy may touch */

/* ---- reading, one unit at a time ---- */

typedef enum unit_kind { UNIT_TEXT, UNIT_BLANK, UNIT_DROP, UNIT_POINT, UNIT_JOINT, UNIT_END } unit_kind;

typedef struct unit {
    unit_kind kind;
    gk_str text; /* UNIT_TEXT: folded */
    uint32_t src, src_end;
} unit;

/* Reads one unit and passes it. */
static unit read_unit(const writer *w, cursor *in) {
    static const unit_kind kinds[] = {[GK_FOLD_SELF] = UNIT_TEXT,
                                      [GK_FOLD_TEXT] = UNIT_TEXT,
                                      [GK_FOLD_BLANK] = UNIT_BLANK,
                                      [GK_FOLD_DROP] = UNIT_DROP,
                                      [GK_FOLD_POINT] = UNIT_POINT};
    if (in->at >= in->span->end) {
        unit u = {.kind = UNIT_END, .src = in->at, .src_end = in->at};
        if (in->span + 1 == in->span_end) return u;
        in->span++;
        in->at = in->span->start;
        u.kind = UNIT_JOINT;
        u.src_end = in->at;
        return u;
    }
    size_t bytes;
    uint32_t c = gk_utf8_next(w->src + in->at, &bytes);
    const gk_fold_item *item = gk_fold_item_of(w->fold, c);
    unit u = {.kind = kinds[item->kind], .src = in->at, .src_end = in->at + (uint32_t)bytes};
    u.text = item->kind == GK_FOLD_SELF ? (gk_str){w->src + in->at, bytes} : (gk_str){item->text, item->len};
    in->at = u.src_end;
    return u;
}

/* A stretch of blanks, line ends and dropped characters. */
typedef struct gap {
    gk_gap kind;
    uint32_t src, src_end; /* of its blanks and joints */
} gap;

static void widen_gap(gap *g, const unit *u) {
    if (g->kind == GK_GAP_NONE) g->src = u->src;
    g->src_end = u->src_end;
    if (u->kind == UNIT_JOINT) g->kind = GK_GAP_JOINT;
    else if (g->kind != GK_GAP_JOINT) g->kind = g->kind == GK_GAP_NONE ? GK_GAP_BLANK : GK_GAP_WIDE;
}

static bool is_digit_text(gk_str s) {
    return s.len == 1 && s.ptr[0] >= '0' && s.ptr[0] <= '9';
}

/* Whether a digit follows at once, or behind a line end. */
static bool digit_follows(const writer *w, cursor in) {
    unit u;
    do u = read_unit(w, &in);
    while (u.kind == UNIT_DROP || u.kind == UNIT_JOINT);
    return u.kind == UNIT_TEXT && is_digit_text(u.text);
}

/* Reads the next unit that is text (or the end) and the gap before it. A private-use character is text, '.', where it
 * stands between two digits, and nothing elsewhere. */
static unit read_text(const writer *w, cursor *in, bool after_digit, gap *g) {
    *g = (gap){.kind = GK_GAP_NONE};
    for (;;) {
        unit u = read_unit(w, in);
        if (u.kind == UNIT_TEXT || u.kind == UNIT_END) return u;
        if (u.kind == UNIT_BLANK || u.kind == UNIT_JOINT) widen_gap(g, &u);
        bool between = u.kind == UNIT_POINT && after_digit && (g->kind == GK_GAP_NONE || g->kind == GK_GAP_JOINT);
        if (between && digit_follows(w, *in)) {
            u.kind = UNIT_TEXT;
            u.text = GK_STR(".");
            return u;
        }
    }
}

/* ---- writing ---- */

/* Appends text; the room was made at the start of the append, with some to spare: most pieces are short, and a copy of
 * a fixed size is one instruction where a call for a few bytes costs more than the rest of the work. */
static void put_text(writer *w, gk_str text, size_t readable) {
    char *out = w->view->text.ptr + w->view->text.len;
    if (text.len <= SPARE && readable >= SPARE) memcpy(out, text.ptr, SPARE);
    else memcpy(out, text.ptr, text.len);
    w->view->text.len += text.len;
}

/* Appends `text` for the source range. A character that stays itself lengthens a linear run that ends where it starts.
 */
static void put(writer *w, gk_str text, uint32_t src, uint32_t src_end) {
    bool linear = text.len == src_end - src && memcmp(text.ptr, w->src + src, text.len) == 0;
    gk_map_add(w->view, src, src_end, linear);
    put_text(w, text, text.len);
}

/* Passes characters that need no lookup. Runs of one width are passed by constant steps: a step that depends on the
 * table would have to wait for it at every character. */
static inline const char *skip_unlisted(const gk_fold *f, const char *p, const char *end) {
    const uint8_t *skip = f->skip;
    for (;;) {
        while (end - p >= 6 && skip[(unsigned char)p[0]] == 3 && skip[(unsigned char)p[3]] == 3) p += 6;
        if (p < end && skip[(unsigned char)*p] == 3) p += 3;
        while (p < end && skip[(unsigned char)*p] == 1) p++;
        if (p >= end) return end;
        size_t bytes = skip[(unsigned char)*p];
        if (bytes == 0) return p;
        p += bytes;
    }
}

/* The ends of the text and of the runs of the view while both grow: kept apart from the view, since what is written as
 * bytes might be any part of it. */
typedef struct pen {
    gk_view *view;
    char *out;
    gk_run *run, *run_end;
} pen;

static pen pen_of(gk_view *v) {
    return (pen){v, v->text.ptr + v->text.len, v->runs.at + v->runs.len, v->runs.at + v->runs.cap};
}

static void lift(pen *n) {
    n->view->text.len = (size_t)(n->out - n->view->text.ptr);
    n->view->runs.len = (size_t)(n->run - n->view->runs.at);
}

static void make_runs(pen *n) {
    lift(n);
    gk_vec_room(&n->view->runs, 1);
    *n = pen_of(n->view);
}

static inline void add_run(pen *n, uint32_t src, uint32_t src_end, bool linear) {
    if (n->run == n->run_end) make_runs(n);
    *n->run++ = (gk_run){.view = (uint32_t)(n->out - n->view->text.ptr),
                         .src = src,
                         .src_end = src_end & 0x7FFFFFFFu,
                         .linear = linear};
}

/* Appends a stretch of the source as it is. */
static inline void add_stretch(pen *n, const char *from, const char *to) {
    if (from == to) return;
    const gk_str src = n->view->src;
    const uint32_t start = (uint32_t)(from - src.ptr), end = (uint32_t)(to - src.ptr);
    gk_run *last = n->run > n->view->runs.at ? n->run - 1 : NULL; /* before the first one the list may be NULL */
    if (last && last->linear && last->src_end == start) last->src_end = end & 0x7FFFFFFFu;
    else add_run(n, start, end, true);
    if (end - start <= SPARE && src.len - start >= SPARE) memcpy(n->out, from, SPARE);
    else memcpy(n->out, from, end - start);
    n->out += end - start;
}

/* Copies what needs no decision: characters that stay themselves, in one run a stretch, and characters that are
 * replaced by another. Stops before anything else, and at the end of the span. Up to `p` all is known to stay itself. */
static void copy_plain(writer *w, const char *p) {
    const gk_fold *f = w->fold;
    const char *end = w->src + w->in.span->end, *stretch = w->src + w->in.at;
    pen n = pen_of(w->view);
    while ((p = skip_unlisted(f, p, end)) < end) {
        size_t bytes;
        const gk_fold_item *item = gk_fold_item_of(f, gk_utf8_next(p, &bytes));
        if (item->kind != GK_FOLD_SELF) {
            add_stretch(&n, stretch, p);
            stretch = p;
            if (item->kind != GK_FOLD_TEXT) break;
            add_run(&n, (uint32_t)(p - w->src), (uint32_t)(p - w->src) + (uint32_t)bytes, false);
            memcpy(n.out, item->text, sizeof item->text);
            n.out += item->len;
            stretch += bytes;
        }
        p += bytes;
    }
    add_stretch(&n, stretch, p);
    lift(&n);
    w->in.at = (uint32_t)(p - w->src);
}

/* ---- healing ---- */

/* Letters and figures that a blank keeps apart: ASCII, and the letters of two bytes (Latin, Greek, Cyrillic). Between
 * Han characters and signs a blank means nothing. */
static bool is_word(uint32_t c) {
    if (c < 0x80) return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
    return c >= 0xC0 && c < 0x800 && c != 0xD7 && c != 0xF7;
}

static gk_str written(const writer *w) {
    return (gk_str){w->view->text.ptr + w->start, w->view->text.len - w->start};
}

static bool last_is_figure(const writer *w) {
    gk_str out = written(w);
    return out.len > 0 && gk_is_figure(out.ptr[out.len - 1]);
}

static bool last_is_digit(const writer *w) {
    gk_str out = written(w);
    return out.len > 0 && is_digit_text(gk_str_slice(out, out.len - 1, out.len));
}

/* The blank that a gap leaves between what was written and `next`, if any. */
static void put_blank(writer *w, const gap *g, const unit *next) {
    gk_str out = written(w);
    if (out.len == 0 || g->kind == GK_GAP_NONE) return;
    size_t bytes;
    uint32_t before = gk_utf8_next(gk_utf8_last(out.ptr, out.ptr + out.len), &bytes);
    uint32_t after = gk_utf8_next(next->text.ptr, &bytes);
    if (is_word(before) && is_word(after)) put(w, GK_STR(" "), g->src, g->src_end);
}

/* Reads a zone (see heal.h) that starts with the gap g and the text u, decides it and writes it. The cursor is behind u
 * at the start and behind the last figure at the end. */
static void put_zone(writer *w, gap g, unit u) {
    gk_zone z = {0};
    gap gaps[GK_ZONE_MOST];
    unit units[GK_ZONE_MOST];
    gk_str out = written(w);
    while (z.tail < out.len && z.tail < GK_ZONE_TAIL && gk_is_figure(out.ptr[out.len - z.tail - 1])) z.tail++;
    memcpy(z.c, out.ptr + out.len - z.tail, z.tail);
    z.opens = z.tail == out.len;
    z.len = z.tail;
    for (cursor in = w->in; u.kind == UNIT_TEXT && u.text.len == 1 && gk_is_figure(u.text.ptr[0]);) {
        z.c[z.len] = u.text.ptr[0];
        z.gap[z.len] = (uint8_t)g.kind;
        gaps[z.len] = g;
        units[z.len++] = u;
        w->in = in;
        if (z.len == GK_ZONE_MOST) break;
        u = read_text(w, &in, is_digit_text(u.text), &g);
    }
    gk_zone_decide(&z);
    for (size_t i = z.tail; i < z.len; i++) {
        if (z.gap[i] != GK_GAP_NONE && !z.close[i]) put(w, GK_STR(" "), gaps[i].src, gaps[i].src_end);
        put(w, units[i].text, units[i].src, units[i].src_end);
    }
}

/* Whether nothing was written yet, or a character of three or four bytes last: it is no word and no figure. */
static bool last_is_wide(const writer *w) {
    gk_str out = written(w);
    if (out.len < 3) return out.len == 0;
    return ((unsigned char)out.ptr[out.len - 1] & 0xC0) == 0x80 && ((unsigned char)out.ptr[out.len - 2] & 0xC0) == 0x80;
}

/* Passes blanks and joints of which nothing is left whatever stands on their other side, as of most that are healed: they
 * stand before or behind a character that is no word and no figure. */
static bool pass_gap(writer *w) {
    const bool wide = last_is_wide(w);
    cursor in = w->in;
    for (;;) {
        if (in.at >= in.span->end) {
            if (in.span + 1 == in.span_end) return false;
            in.span++;
            in.at = in.span->start;
            continue;
        }
        unsigned char c = (unsigned char)w->src[in.at];
        if (w->fold->skip[c] == 3) break;
        if (c >= 0x80 || gk_fold_item_of(w->fold, c)->kind != GK_FOLD_BLANK) {
            bool sign = c < 0x80 && !is_word(c) && !gk_is_figure((char)c) && gk_fold_item_of(w->fold, c)->kind == GK_FOLD_SELF;
            if (sign || (wide && in.at != w->in.at)) break;
            return false;
        }
        in.at++;
    }
    w->in = in;
    return true;
}

/* Passes what copy_plain stopped at; false at the end of the text. */
static bool heal(writer *w) {
    if (pass_gap(w)) return true;
    gap g;
    unit u = read_text(w, &w->in, last_is_digit(w), &g);
    if (u.kind == UNIT_END) return false;
    if (g.kind != GK_GAP_NONE && last_is_figure(w) && u.text.len == 1 && gk_is_figure(u.text.ptr[0])) {
        put_zone(w, g, u);
        return true;
    }
    put_blank(w, &g, &u);
    put(w, u.text, u.src, u.src_end);
    return true;
}

/* ---- the view ---- */

void gk_view_init(gk_view *v, gk_str canonical) {
    *v = (gk_view){.src = canonical};
}

void gk_view_reset(gk_view *v, gk_str canonical) {
    gk_buf_clear(&v->text);
    v->runs.len = v->marks.len = 0;
    v->src = canonical;
    v->back = false;
}

void gk_view_free(gk_view *v) {
    gk_buf_free(&v->text);
    gk_vec_free(&v->runs);
    gk_vec_free(&v->marks);
}

/* Room for the folded text of the spans: a replacement is at most a third longer than its source (fold.c sees to it),
 * and a joint leaves at most one ' '; see put_text for what is to spare. */
static bool make_room(gk_view *v, const gk_span *spans, size_t count) {
    size_t bytes = count + SPARE;
    for (size_t i = 0; i < count; i++) bytes += (size_t)(spans[i].end - spans[i].start) * 4 / 3 + 1;
    return gk_buf_room(&v->text, bytes) != NULL;
}

/* Whether nothing is left to read. */
static bool at_end(const cursor *in) {
    return in->at >= in->span->end && in->span + 1 == in->span_end;
}

/* Up to `same` all of the first span is known to stay itself. */
static void append(gk_view *v, const gk_fold *f, const gk_span *spans, size_t count, const char *same) {
    if (!make_room(v, spans, count)) return;
    writer w = {.view = v, .fold = f, .src = v->src.ptr, .start = (uint32_t)v->text.len};
    w.in = (cursor){.span = spans, .span_end = spans + count, .at = spans->start};
    gk_map_open(v);
    copy_plain(&w, same);
    while (!at_end(&w.in) && heal(&w)) copy_plain(&w, w.src + w.in.at);
    gk_map_close(v);
    v->text.ptr[v->text.len] = '\0';
}

/* What is appended next starts there; the sentinel knows where the source ends that was read so far. */
static void note_order(gk_view *v, uint32_t start) {
    if (v->runs.len && start < v->runs.at[v->runs.len - 1].src) v->back = true;
}

uint32_t gk_view_append(gk_view *v, const gk_fold *f, const gk_span *spans, size_t count) {
    uint32_t start = (uint32_t)v->text.len;
    if (count) note_order(v, spans->start);
    if (count) append(v, f, spans, count, v->src.ptr + spans->start);
    return start;
}

/* Appends a span that stays itself as a whole, and the separator. */
static void append_same(gk_view *v, gk_span s, char separator) {
    const uint32_t start = (uint32_t)v->text.len, bytes = s.end - s.start, src_end = s.end & 0x7FFFFFFFu;
    char *out = gk_buf_room(&v->text, bytes + 1 + SPARE);
    if (!out) return;
    gk_vec_room(&v->runs, 3);
    gk_run *r = v->runs.at + (v->runs.len ? v->runs.len - 1 : 0); /* the sentinel */
    if (r > v->runs.at && r[-1].linear && r[-1].src_end == s.start) r[-1].src_end = src_end;
    else *r++ = (gk_run){.view = start, .src = s.start, .src_end = src_end, .linear = true};
    *r++ = (gk_run){.view = start + bytes, .src = s.end, .src_end = src_end};
    *r++ = (gk_run){.view = start + bytes + 1, .src = s.end, .src_end = src_end};
    v->runs.len = (size_t)(r - v->runs.at);
    if (bytes <= SPARE && v->src.len - s.start >= SPARE) memcpy(out, v->src.ptr + s.start, SPARE);
    else memcpy(out, v->src.ptr + s.start, bytes);
    out[bytes] = separator;
    out[bytes + 1] = '\0';
    v->text.len = start + bytes + 1;
}

void gk_view_append_marked(gk_view *v, const gk_fold *f, const gk_span *spans, size_t count, char separator) {
    note_order(v, spans->start);
    const char *from = v->src.ptr + spans->start, *end = v->src.ptr + spans->end, *same = skip_unlisted(f, from, end);
    if (same == end && count == 1 && from < end) {
        append_same(v, *spans, separator);
        return;
    }
    append(v, f, spans, count, same);
    gk_view_mark(v, separator);
}
