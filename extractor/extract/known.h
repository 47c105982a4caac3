/* What was found out about a text alone, so that no rule is asked twice. */
#ifndef GK_EXTRACT_KNOWN_H
#define GK_EXTRACT_KNOWN_H

#include "extract/engine.h"

struct gk_says;

struct gk_found;

/* Small: thousands of texts are known, and one is looked up for every cell and block. */
typedef struct gk_known {
    const struct gk_says *header, *row; /* what the rules of these scopes say of a label (header.c); NULL: not asked yet */
    struct gk_found *found;      /* what the rules of the scopes in `asked` find in it; NULL: nothing */
    gk_range left;               /* trimmed: what the trim rules leave of it (subject.c) */
    uint8_t asked;               /* a bit for each scope that is searched, and for targets */
    bool trimmed;
    bool no_numerals;            /* no numeral in it states a value (numeral_scan.c); false: that is not known */
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
/* Its text, and memory for its parts: both live as long as it does. */
gk_str gk_known_text(const gk_extractor *x, const gk_known *k);
gk_arena *gk_known_parts(const gk_extractor *x, const gk_known *k);

#endif
