/* SPDX-License-Identifier: AGPL-3.0-or-later
 *
 * Ruling lines and rectangles in the paths of a page. */
#ifndef GK_PDF_PATH_H
#define GK_PDF_PATH_H

#include <mupdf/fitz.h>

typedef void path_found(void *user, fz_rect r);

/* Calls `found` for each subpath that is a rectangle with sides parallel to the page, or so thin that it looks like a
 * line. */
void path_rects(fz_context *ctx, const fz_path *path, fz_matrix ctm, path_found *found, void *user);
/* Calls `found` for each straight piece that is parallel to an edge of the page: a rectangle without height or width. */
void path_lines(fz_context *ctx, const fz_path *path, fz_matrix ctm, path_found *found, void *user);

#endif
