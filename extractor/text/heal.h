/* Healing of numbers that blanks or line ends took apart. Private to extractor/text.
 *
 * A zone is a stretch of folded text that holds nothing but digits, ',' and '.', and gaps between them. It is decided as
 * a whole, in linear time, which gaps close up and which leave one ' '.
 *
 * Worked example: "1, 429. 68" is the zone 1 , _ 4 2 9 . _ 6 8 with a gap before 4 and one before 6. "1,429" and then
 * "1,429.68" are well-formed numbers, so both gaps close. In "1, 2, 3" no gap closes: "1,2" has no group of three.
 */
#ifndef GK_TEXT_HEAL_H
#define GK_TEXT_HEAL_H

#include "text/view.h"

typedef enum gk_gap {
    GK_GAP_NONE,
    GK_GAP_BLANK, /* one blank */
    GK_GAP_WIDE,  /* more than one blank */
    GK_GAP_JOINT  /* a line end between two spans, whatever blanks are around it */
} gk_gap;

enum { GK_ZONE_TAIL = 48, GK_ZONE_MOST = 304 };

typedef struct gk_zone {
    size_t tail;  /* the first characters, which the view holds already: the number the zone continues */
    size_t len;   /* of all of them */
    bool opens;   /* the tail is the very start of the appended text */
    char c[GK_ZONE_MOST];
    uint8_t gap[GK_ZONE_MOST];  /* gk_gap: what stands before the character */
    bool close[GK_ZONE_MOST];   /* the answer: the gap before the character closes up (else it leaves one ' ') */
} gk_zone;

static inline bool gk_is_figure(char c) { return (c >= '0' && c <= '9') || c == ',' || c == '.'; }

void gk_zone_decide(gk_zone *z);

#endif
