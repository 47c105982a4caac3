/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "render.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "out.h"

/* A number of at most four digits at *at, which is moved behind it; -1 where there is none. */
static int read_number(const char **at) {
    char *end;
    if (**at < '0' || **at > '9') return -1;
    long n = strtol(*at, &end, 10);
    if (end - *at > 4) return -1;
    *at = end;
    return (int)n;
}

static int read_ranges(render *r, const char *at) {
    if (strcmp(at, "all") == 0) return 1;
    for (;; at++) {
        if (r->count == MOST_RANGES) return 0;
        int from = read_number(&at), to = from;
        if (*at == '-') at++, to = read_number(&at);
        if (from < 1 || to < from) return 0;
        r->from[r->count] = from;
        r->to[r->count++] = to;
        if (*at == '\0') return 1;
        if (*at != ',') return 0;
    }
}

int render_read(render *r, int count, char **words) {
    if (count != 3 || strcmp(words[0], "--render") != 0) return 0;
    const char *dpi = words[1];
    r->dpi = read_number(&dpi);
    return *dpi == '\0' && r->dpi >= LEAST_DPI && r->dpi <= MOST_DPI && read_ranges(r, words[2]);
}

int render_wants(const render *r, int page) {
    if (!r->count) return 1;
    for (int i = 0; i < r->count; i++)
        if (page >= r->from[i] && page <= r->to[i]) return 1;
    return 0;
}

static void print_pixmap(fz_context *ctx, fz_pixmap *pix) {
    int width = fz_pixmap_width(ctx, pix), height = fz_pixmap_height(ctx, pix);
    const unsigned char *rows = fz_pixmap_samples(ctx, pix);
    int stride = fz_pixmap_stride(ctx, pix);
    out_text("B ");
    out_int(width);
    out_char(' ');
    out_int(height);
    out_char('\n');
    for (int y = 0; y < height; y++) out_bytes(rows + (size_t)y * (size_t)stride, (size_t)width);
}

/* Pixels for each point. */
static float scale_of(fz_rect area, int dpi) {
    float scale = (float)dpi / 72, dots = (area.x1 - area.x0) * (area.y1 - area.y0) * scale * scale;
    if (!(dots > 0)) return 0;
    return dots > MOST_PIXELS ? scale * sqrtf(MOST_PIXELS / dots) * 0.999f : scale;
}

static void draw(fz_context *ctx, fz_page *page, float scale) {
    fz_pixmap *pix = NULL;
    fz_var(pix);
    fz_try(ctx) {
        pix = fz_new_pixmap_from_page(ctx, page, fz_scale(scale, scale), fz_device_gray(ctx), 0);
        print_pixmap(ctx, pix);
    }
    fz_always(ctx) {
        fz_drop_pixmap(ctx, pix);
    }
    fz_catch(ctx) {
        fz_rethrow(ctx);
    }
}

void render_page(fz_context *ctx, fz_page *page, fz_rect area, const render *r) {
    float scale = scale_of(area, r->dpi);
    if (!(scale > 0)) fz_throw(ctx, FZ_ERROR_GENERIC, "the page has no area");
    draw(ctx, page, scale);
}
