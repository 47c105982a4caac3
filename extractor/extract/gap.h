/* What is known of the text between two figures.
 *
 * The words of a document's figures come again with other figures: "万元,比上年减少" stands between two digit groups
 * thousands of times. What such a text says by itself is found out once: the unit of the number before it, the
 * qualifiers beside both numbers, which exclusion rules may speak of either, whether a Chinese numeral states a value in
 * it, and what the lead rules say.
 *
 * Worked example: "上年5万元,比上年减少2.5万元。" has the gaps "上年", "万元,比上年减少" and "万元。".
 *
 * An answer holds for the gap wherever it stands, since no word that is looked for holds a digit: none reaches into the
 * figures beside it. Where the pattern set has such words nothing is kept. What precedes the first gap of a range, and
 * whether the last one ends it, belong to what a gap is kept under.
 */
#ifndef GK_EXTRACT_GAP_H
#define GK_EXTRACT_GAP_H

#include "extract/engine.h"

enum { GK_GAP_WORDS = 2 }; /* words of a set of exclusion rules: of a larger set nothing is kept */

/* What stands behind a number. Places are bytes behind its digits. */
typedef struct gk_unit {
    bool known;
    uint8_t kind;                /* gk_number_kind */
    bool tenth;                  /* the unit is a tenth of a whole */
    int power;                   /* of the scale, and of the unit where it is a tenth */
    uint16_t inner, inner_end;   /* a qualifier before the unit */
    uint16_t start, reach;       /* the unit, and where it and the mention end */
    uint16_t after;              /* bytes of the qualifier behind the mention */
} gk_unit;

typedef enum gk_gap_numerals { GK_NUMERALS_UNKNOWN, GK_NUMERALS_NONE, GK_NUMERALS_MAY } gk_gap_numerals;

struct gk_told;

typedef struct gk_gap {
    bool rules_ahead_known, rules_behind_known, before_known;
    uint8_t numerals;                    /* gk_gap_numerals */
    uint16_t before;                     /* bytes of the qualifier at its end, before the number that follows */
    uint32_t number;                     /* of the gap: 1 and up, 0 where it is not kept */
    gk_unit unit;                        /* of the number before it */
    uint64_t rules_ahead[GK_GAP_WORDS];  /* exclusion rules that may speak of the number before it, by what is behind */
    uint64_t rules_behind[GK_GAP_WORDS]; /* of the number behind it, by what is before */
    /* The lead of the number behind it that was asked for last (prose_lead.c). */
    struct gk_told *told;
    uint32_t question, round;            /* round 0: none */
    uint16_t lead_start, lead_end, sentence; /* bytes of the gap */
} gk_gap;

/* A gap of the range that was scanned last. */
typedef struct gk_gap_at {
    uint32_t start, end;
    gk_gap *gap;                         /* NULL: not kept */
} gk_gap_at;

typedef GK_VEC(gk_gap_at) gk_gap_list;

struct gk_gaps *gk_gaps_new(const gk_set *set);
void gk_gaps_free(struct gk_gaps *g);
/* Between two documents. Whether the memory was emptied. */
bool gk_gaps_tidy(struct gk_gaps *g);

/* Cuts a view range at its digit groups: x->gap_at holds one gap more than the range has groups, and none at all where
 * none of these is open any more. The gaps are good until the next document. */
void gk_gaps_cut(gk_extractor *x, gk_range at);
/* The gap that ends at a view offset, NULL where none does or it is not kept. Quick where offsets ascend. */
const gk_gap_at *gk_gap_before(gk_extractor *x, uint32_t end);

#endif
