/* What was found out about a text alone, so that no rule is asked twice. */
#ifndef GK_EXTRACT_KNOWN_H
#define GK_EXTRACT_KNOWN_H

#include "extract/engine.h"

struct gk_says;

/* What the rules of a scope find in a text; offsets are relative to it. */
typedef struct gk_answer {
    bool given;
    uint32_t count;
    const gk_match *match;
} gk_answer;

enum { GK_ANSWERS = 6 };

typedef struct gk_known {
    gk_str text;                 /* as kept */
    gk_arena *parts;             /* memory that lives as long as this */
    struct gk_says *header, *row; /* what the rules of these scopes say of it as a label (header.c); NULL: not asked yet */
    bool no_numerals;            /* no numeral in it states a value (numeral_scan.c); false: that is not known */
    bool trimmed;
    gk_range left;               /* trimmed: what the trim rules leave of it (subject.c) */
    gk_answer answer[GK_ANSWERS]; /* of the scopes that are searched, and of targets */
} gk_known;

struct gk_knowledge *gk_knowledge_new(void);
void gk_knowledge_free(struct gk_knowledge *k);
/* Between two documents. */
void gk_knowledge_tidy(struct gk_knowledge *k);

/* What is known of a text of the view. Good until the next document where it is kept, else until the next call
 * (gk_known_passes). */
gk_known *gk_known_of(gk_extractor *x, gk_str text);
/* The same where answers about the text are worth keeping, else NULL. */
gk_known *gk_known_kept(gk_extractor *x, gk_str text);
bool gk_known_passes(const gk_extractor *x, const gk_known *k);

#endif
