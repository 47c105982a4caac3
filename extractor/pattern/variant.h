/* The subject of an `on` test and the ways real documents print the same words. */
#ifndef GK_PATTERN_VARIANT_H
#define GK_PATTERN_VARIANT_H

#include "base/mem.h"
#include "base/buf.h"

/* A subject without its bars. Zero-initialise, free with gk_variant_free; the same one may be filled again. */
typedef struct gk_variant {
    gk_buf text;
    size_t bar[2]; /* byte offsets the bars stood at */
    size_t bars;   /* 0 to 2; further bars are text */
    size_t wrap;   /* offset of the line break that was put in, SIZE_MAX: none */
} gk_variant;

void gk_variant_plain(gk_variant *v, gk_str on);
/* A line break before the character that starts at byte `at` of the plain text. False: healing would not close it up
 * there (between Latin letters, beside a blank). */
bool gk_variant_wrapped(gk_variant *v, const gk_variant *plain, size_t at);
/* A blank between each two Han characters. False: there are none. */
bool gk_variant_spaced(gk_variant *v, const gk_variant *plain);
/* Digits, percent signs, commas and brackets in full width. False: there are none. */
bool gk_variant_full_width(gk_variant *v, const gk_variant *plain);
void gk_variant_free(gk_variant *v);

#endif
