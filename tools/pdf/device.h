/* SPDX-License-Identifier: AGPL-3.0-or-later
 *
 * A MuPDF device that prints what a page holds. See FORMAT.md for the lines. */
#ifndef GK_PDF_DEVICE_H
#define GK_PDF_DEVICE_H

#include <mupdf/fitz.h>

enum { MOST_FONTS = 4096, MOST_CHARS = 1000000, MOST_SHAPES = 200000 };

/* The fonts seen so far, with a reference held on each so that no address is used twice. Past MOST_FONTS a font has
 * number 0. */
typedef struct font_list {
    fz_font *at[MOST_FONTS];
    int len;
} font_list;

void font_list_drop(fz_context *ctx, font_list *fonts);

/* A device for one page whose shown area is `area`; `fonts` outlives it. Close it to print what is pending. */
fz_device *page_device(fz_context *ctx, fz_rect area, font_list *fonts);
/* Whether the page held more than is printed. */
int page_device_full(fz_device *dev);

#endif
