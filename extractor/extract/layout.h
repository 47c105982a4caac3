/* Layout: the view of a whole document and all its digit groups. */
#ifndef GK_EXTRACT_LAYOUT_H
#define GK_EXTRACT_LAYOUT_H

#include "extract/engine.h"

/* Fills x->view, x->block_at, x->cell_at, x->digit_at and out->digits (all without a fate). */
void gk_layout(gk_extractor *x);

/* The end of the number token that starts at view offset `at` (a digit): digits with well-formed thousands marks and one
 * decimal point. `end` bounds the look. Example: "1,429.68万元" ends behind the 8; "2,13" ends behind the 2. */
uint32_t gk_digits_end(gk_str view, uint32_t at, uint32_t end);

#endif
