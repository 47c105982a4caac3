/* SPDX-License-Identifier: AGPL-3.0-or-later
 *
 * Memory for MuPDF: counted, and grown with room to spare.
 *
 * MuPDF makes the text of one BT .. ET longer by small steps. A C library that moves pages does that for nothing; one that
 * copies pays the square of the text: 250,000 characters cost 17 s with the allocator of a sanitizer. And a sanitizer takes
 * no limit of the address space, so the bytes are counted here. */
#ifndef GK_PDF_MEMORY_H
#define GK_PDF_MEMORY_H

#include <mupdf/fitz.h>

/* For fz_new_context: no more than `most` bytes are given out. One at a time; not for threads. */
const fz_alloc_context *memory_open(size_t most);

#endif
