/* Which rule says that a number is no figure.
 *
 * Years, dates and list marks stand between the same texts again and again, and what the rules say of them is remembered
 * for a number of few digits and the gaps beside it (gap.h). Only an answer that saw nothing else is kept: that it did
 * not is found out by matching once more where the text ends with the gap (gk_match_settled).
 *
 * The rules see the text from the mark of a line or cell before the range to its end, and no other block or cell.
 */
#ifndef GK_EXTRACT_EXCLUSION_H
#define GK_EXTRACT_EXCLUSION_H

#include "extract/gap.h"

/* The gaps beside a number; such as are not kept are filled for this number alone. */
typedef struct gk_beside {
    gk_gap *before, *behind, passing[2];
    bool kept; /* both */
} gk_beside;

typedef struct gk_exclusion {
    const gk_rule *rule;
    gk_str class;
    uint32_t reach; /* bytes from the first digit to the end of what is excluded */
} gk_exclusion;

/* The gaps beside digit group `i` of the range that was cut last. */
void gk_beside_open(const gk_extractor *x, size_t i, gk_beside *b);
/* Asks the rules about the digits of a range; false: none speaks. */
bool gk_exclusion_of(gk_extractor *x, gk_range at, gk_range digits, gk_beside *b, gk_exclusion *out);

struct gk_answers *gk_answers_new(void);
void gk_answers_free(struct gk_answers *a);
/* Where the memory of gaps was emptied. */
void gk_answers_clear(struct gk_answers *a);

#endif
