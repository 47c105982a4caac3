/* Chinese numerals that state a value: 培训两次, 百分之三. */
#ifndef GK_EXTRACT_NUMERAL_SCAN_H
#define GK_EXTRACT_NUMERAL_SCAN_H

#include "extract/engine.h"

/* Adds the Chinese numerals of a view range to a list of numbers whose entries from `first` on stand in order; the order
 * is kept. Only a numeral with a classifier of the map `numeral-units` at the end of a clause counts, and one behind a
 * word of the list `percent-words`; what an exclusion rule knows is left out. */
void gk_numerals_scan(gk_extractor *x, gk_range at, gk_numbers *out, size_t first);

#endif
