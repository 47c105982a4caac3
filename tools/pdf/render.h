/* SPDX-License-Identifier: AGPL-3.0-or-later
 *
 * Pictures of pages in gray. */
#ifndef GK_PDF_RENDER_H
#define GK_PDF_RENDER_H

#include <mupdf/fitz.h>

enum { LEAST_DPI = 36, MOST_DPI = 600, MOST_PIXELS = 40000000, MOST_RANGES = 3000 };

typedef struct render {
    int dpi;
    int count;                    /* ranges; 0: all pages */
    int from[MOST_RANGES], to[MOST_RANGES];
} render;

/* Reads the words `--render DPI PAGES`; 0 where they are others. */
int render_read(render *r, int count, char **words);
int render_wants(const render *r, int page);
/* Prints the picture of a page. Throws. */
void render_page(fz_context *ctx, fz_page *page, fz_rect area, const render *r);

#endif
