/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "device.h"

#include <math.h>

#include "out.h"
#include "path.h"

/* One run of text that is being printed: the next character joins it when it has the same font, size, direction and
 * base line. */
typedef struct run {
    int open, hidden, font;
    float size, x, y, dx, dy, last;
} run;

typedef struct page_dev {
    fz_device base;
    fz_rect area;
    font_list *fonts;
    run run;
    long chars, shapes;
} page_dev;

static void end_run(page_dev *d) {
    if (d->run.open) out_char('\n');
    d->run.open = 0;
}

void font_list_drop(fz_context *ctx, font_list *fonts) {
    for (int i = 0; i < fonts->len; i++) fz_drop_font(ctx, fonts->at[i]);
    fonts->len = 0;
}

static int font_number(fz_context *ctx, page_dev *d, fz_font *font) {
    font_list *l = d->fonts;
    for (int i = l->len; i > 0; i--)
        if (l->at[i - 1] == font) return i;
    if (l->len == MOST_FONTS) return 0;
    l->at[l->len++] = fz_keep_font(ctx, font);
    end_run(d);
    const char *name = fz_font_name(ctx, font);
    int bold = fz_font_is_bold(ctx, font), italic = fz_font_is_italic(ctx, font), type3 = fz_font_t3_procs(ctx, font) != NULL;
    out_text("F ");
    out_int(l->len);
    out_char(' ');
    if (bold) out_char('b');
    if (italic) out_char('i');
    if (type3) out_char('3');
    if (!bold && !italic && !type3) out_char('-');
    out_char(' ');
    out_clean(name && *name ? name : "-", 0);
    out_char('\n');
    return l->len;
}

static void begin_run(page_dev *d, run r) {
    end_run(d);
    d->run = r;
    d->run.open = 1;
    out_text(r.hidden ? "U " : "T ");
    out_int(r.font);
    out_length(r.size);
    out_length(r.x - d->area.x0);
    out_length(r.y - d->area.y0);
    out_char(' ');
    out_int(lrintf(r.dx * 1000));
    out_char(' ');
    out_int(lrintf(r.dy * 1000));
}

/* Whether a character at r's origin goes on in the open run, and how far along it stands. */
static int joins(const run *open, const run *r, float *along) {
    float x = r->x - open->x, y = r->y - open->y;
    *along = x * open->dx + y * open->dy;
    float off = fabsf(x * open->dy - y * open->dx);
    return open->open && open->font == r->font && open->hidden == r->hidden && fabsf(open->size - r->size) < 0.01f &&
           fabsf(open->dx - r->dx) < 0.001f && fabsf(open->dy - r->dy) < 0.001f && off < 0.02f &&
           fabsf(*along - open->last) < 5000;
}

static void put_char(fz_context *ctx, page_dev *d, run r, int code, float advance) {
    fz_rect seen = fz_intersect_rect(d->area, fz_device_current_scissor(ctx, &d->base));
    float up_x = r.dy * r.size * 0.35f, up_y = -r.dx * r.size * 0.35f;
    float x = r.x + r.dx * advance / 2 + up_x, y = r.y + r.dy * advance / 2 + up_y;
    if (!(x >= seen.x0 && x <= seen.x1 && y >= seen.y0 && y <= seen.y1) || d->chars++ >= MOST_CHARS) return;
    float along;
    if (!joins(&d->run, &r, &along)) begin_run(d, r), along = 0;
    d->run.last = along;
    out_char(' ');
    out_hex(code > 0 && code < 0x110000 && (code < 0xD800 || code > 0xDFFF) ? (unsigned)code : 0xFFFD);
    out_char(':');
    out_int(lrintf(fmaxf(-1e7f, fminf(1e7f, along * 100))));
    out_char(':');
    out_int(lrintf(fmaxf(0, fminf(1e7f, advance * 100))));
}

static void put_span(fz_context *ctx, page_dev *d, const fz_text_span *span, fz_matrix ctm, int hidden) {
    int font = font_number(ctx, d, span->font);
    for (int i = 0; i < span->len; i++) {
        const fz_text_item *item = &span->items[i];
        if (item->ucs < 0 && item->gid < 0) continue;
        fz_matrix trm = span->trm;
        trm.e = item->x;
        trm.f = item->y;
        trm = fz_concat(trm, ctm);
        fz_point way = span->wmode ? fz_make_point(-trm.c, -trm.d) : fz_make_point(trm.a, trm.b);
        float length = hypotf(way.x, way.y), size = fz_matrix_expansion(trm);
        if (!(length > 0.01f) || !(size > 0.01f) || !(size < 10000)) continue;
        float advance = item->gid < 0 ? 0 : fz_advance_glyph(ctx, span->font, item->gid, span->wmode) * length;
        run r = {1, hidden, font, size, trm.e, trm.f, way.x / length, way.y / length, 0};
        put_char(ctx, d, r, item->ucs, fabsf(advance));
    }
}

static void put_text(fz_context *ctx, fz_device *dev, const fz_text *text, fz_matrix ctm, int hidden) {
    for (const fz_text_span *span = text->head; span; span = span->next) put_span(ctx, (page_dev *)dev, span, ctm, hidden);
}

static void fill_text(fz_context *ctx, fz_device *dev, const fz_text *text, fz_matrix ctm, fz_colorspace *cs,
                      const float *color, float alpha, fz_color_params params) {
    (void)cs, (void)color, (void)params;
    put_text(ctx, dev, text, ctm, alpha < 0.02f);
}

static void stroke_text(fz_context *ctx, fz_device *dev, const fz_text *text, const fz_stroke_state *stroke, fz_matrix ctm,
                        fz_colorspace *cs, const float *color, float alpha, fz_color_params params) {
    (void)cs, (void)color, (void)params, (void)stroke;
    put_text(ctx, dev, text, ctm, alpha < 0.02f);
}

static void ignore_text(fz_context *ctx, fz_device *dev, const fz_text *text, fz_matrix ctm) {
    put_text(ctx, dev, text, ctm, 1);
}

static int gray_of(fz_context *ctx, fz_colorspace *cs, const float *color, fz_color_params params) {
    float gray[FZ_MAX_COLORS] = {0};
    if (!cs || !color) return 0;
    fz_convert_color(ctx, cs, color, fz_device_gray(ctx), gray, NULL, params);
    return (int)lrintf(fmaxf(0, fminf(1, gray[0])) * 255);
}

/* Prints a shape cut to what is seen; false where nothing is left of it. */
static int begin_shape(fz_context *ctx, page_dev *d, char kind, fz_rect r) {
    fz_rect seen = fz_intersect_rect(d->area, fz_device_current_scissor(ctx, &d->base));
    float x0 = fmaxf(r.x0, seen.x0), y0 = fmaxf(r.y0, seen.y0), x1 = fminf(r.x1, seen.x1), y1 = fminf(r.y1, seen.y1);
    if (!(x0 <= x1 && y0 <= y1) || d->shapes++ >= MOST_SHAPES) return 0;
    end_run(d);
    out_char(kind);
    out_length(x0 - d->area.x0);
    out_length(y0 - d->area.y0);
    out_length(x1 - d->area.x0);
    out_length(y1 - d->area.y0);
    return 1;
}

typedef struct paint {
    fz_context *ctx;
    page_dev *d;
    float width;
    int gray;
} paint;

static void put_rect(void *user, fz_rect r) {
    paint *p = user;
    if (!begin_shape(p->ctx, p->d, 'R', r)) return;
    out_char(' ');
    out_int(p->gray);
    out_char('\n');
}

static void put_line(void *user, fz_rect r) {
    paint *p = user;
    if (!begin_shape(p->ctx, p->d, 'L', r)) return;
    out_length(p->width);
    out_char(' ');
    out_int(p->gray);
    out_char('\n');
}

static void fill_path(fz_context *ctx, fz_device *dev, const fz_path *path, int even_odd, fz_matrix ctm, fz_colorspace *cs,
                      const float *color, float alpha, fz_color_params params) {
    (void)even_odd;
    if (alpha < 0.02f) return;
    paint p = {ctx, (page_dev *)dev, 0, gray_of(ctx, cs, color, params)};
    path_rects(ctx, path, ctm, put_rect, &p);
}

static void stroke_path(fz_context *ctx, fz_device *dev, const fz_path *path, const fz_stroke_state *stroke, fz_matrix ctm,
                        fz_colorspace *cs, const float *color, float alpha, fz_color_params params) {
    if (alpha < 0.02f) return;
    paint p = {ctx, (page_dev *)dev, stroke->linewidth * fz_matrix_expansion(ctm), gray_of(ctx, cs, color, params)};
    path_lines(ctx, path, ctm, put_line, &p);
}

static void put_image(fz_context *ctx, fz_device *dev, fz_matrix ctm) {
    if (begin_shape(ctx, (page_dev *)dev, 'I', fz_transform_rect(fz_unit_rect, ctm))) out_char('\n');
}

static void fill_image(fz_context *ctx, fz_device *dev, fz_image *image, fz_matrix ctm, float alpha,
                       fz_color_params params) {
    (void)image, (void)alpha, (void)params;
    put_image(ctx, dev, ctm);
}

static void fill_image_mask(fz_context *ctx, fz_device *dev, fz_image *image, fz_matrix ctm, fz_colorspace *cs,
                            const float *color, float alpha, fz_color_params params) {
    (void)image, (void)cs, (void)color, (void)alpha, (void)params;
    put_image(ctx, dev, ctm);
}

static void clip_image_mask(fz_context *ctx, fz_device *dev, fz_image *image, fz_matrix ctm, fz_rect scissor) {
    (void)image, (void)scissor;
    put_image(ctx, dev, ctm);
}

static void close_page(fz_context *ctx, fz_device *dev) {
    (void)ctx;
    end_run((page_dev *)dev);
}

fz_device *page_device(fz_context *ctx, fz_rect area, font_list *fonts) {
    page_dev *d = fz_new_derived_device(ctx, page_dev);
    d->area = area;
    d->fonts = fonts;
    d->base.close_device = close_page;
    d->base.fill_text = fill_text;
    d->base.stroke_text = stroke_text;
    d->base.ignore_text = ignore_text;
    d->base.fill_path = fill_path;
    d->base.stroke_path = stroke_path;
    d->base.fill_image = fill_image;
    d->base.fill_image_mask = fill_image_mask;
    d->base.clip_image_mask = clip_image_mask;
    return &d->base;
}

int page_device_full(fz_device *dev) {
    const page_dev *d = (const page_dev *)dev;
    return d->chars > MOST_CHARS || d->shapes > MOST_SHAPES;
}
