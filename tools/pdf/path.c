/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "path.h"

#include <math.h>

/* How far a side may lean and still be parallel, and how thick a shape of any form may be and still be a line: points. */
static const float lean = 0.5f, thin = 3;

typedef struct walk {
    fz_matrix ctm;
    path_found *found;
    void *user;
    fz_point start, at;
    fz_rect box;   /* of the subpath */
    int sides;     /* of the subpath */
    int crooked;   /* a side of it is not parallel to the page */
    int lines;     /* each side is reported, not the whole */
} walk;

static void side(walk *w, fz_point to) {
    float dx = fabsf(to.x - w->at.x), dy = fabsf(to.y - w->at.y);
    int parallel = dx < lean || dy < lean;
    if (w->lines && parallel && dx + dy > lean) {
        fz_rect r = {fminf(w->at.x, to.x), fminf(w->at.y, to.y), fmaxf(w->at.x, to.x), fmaxf(w->at.y, to.y)};
        w->found(w->user, r);
    }
    w->crooked |= !parallel;
    w->sides += dx + dy > 0;
    w->box.x0 = fminf(w->box.x0, to.x);
    w->box.y0 = fminf(w->box.y0, to.y);
    w->box.x1 = fmaxf(w->box.x1, to.x);
    w->box.y1 = fmaxf(w->box.y1, to.y);
    w->at = to;
}

static void finish(walk *w) {
    float across = w->box.x1 - w->box.x0, down = w->box.y1 - w->box.y0;
    int slim = across < thin || down < thin;
    if (!w->lines && w->sides >= 2 && (slim || (!w->crooked && w->sides <= 4))) w->found(w->user, w->box);
    w->sides = w->crooked = 0;
}

static void begin(walk *w, fz_point at) {
    w->start = w->at = at;
    w->box = (fz_rect){at.x, at.y, at.x, at.y};
    w->sides = w->crooked = 0;
}

static void move_to(fz_context *ctx, void *user, float x, float y) {
    walk *w = user;
    (void)ctx;
    finish(w);
    begin(w, fz_transform_point_xy(x, y, w->ctm));
}

static void line_to(fz_context *ctx, void *user, float x, float y) {
    walk *w = user;
    (void)ctx;
    side(w, fz_transform_point_xy(x, y, w->ctm));
}

static void curve_to(fz_context *ctx, void *user, float x1, float y1, float x2, float y2, float x3, float y3) {
    walk *w = user;
    (void)ctx, (void)x1, (void)y1, (void)x2, (void)y2;
    fz_point to = fz_transform_point_xy(x3, y3, w->ctm);
    int lines = w->lines;
    w->lines = 0;
    side(w, to);
    w->lines = lines;
    w->crooked = 1;
}

static void close_path(fz_context *ctx, void *user) {
    walk *w = user;
    (void)ctx;
    fz_point start = w->start;
    side(w, start);
    finish(w);
    begin(w, start);
}

static void go(fz_context *ctx, const fz_path *path, walk *w) {
    static const fz_path_walker walker = {.moveto = move_to, .lineto = line_to, .curveto = curve_to,
                                          .closepath = close_path};
    fz_walk_path(ctx, path, &walker, w);
    finish(w);
}

void path_rects(fz_context *ctx, const fz_path *path, fz_matrix ctm, path_found *found, void *user) {
    walk w = {.ctm = ctm, .found = found, .user = user};
    go(ctx, path, &w);
}

void path_lines(fz_context *ctx, const fz_path *path, fz_matrix ctm, path_found *found, void *user) {
    walk w = {.ctm = ctm, .found = found, .user = user, .lines = 1};
    go(ctx, path, &w);
}
