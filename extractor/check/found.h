/* What check rules found in a text of the skeleton.
 *
 * Places and figures count from those of the text, so that what was found is the same wherever the text stands, and is kept
 * with it (recall.h). Whoever is asked about it gets the figures of the text that is read now.
 */
#ifndef GK_CHECK_FOUND_H
#define GK_CHECK_FOUND_H

#include "check/formula.h"

/* A check rule of the prose as it is run: what depends on its texts alone is read once. */
typedef struct gk_asking {
    const gk_rule *rule;
    gk_check_how *how;
    gk_key words;  /* the group whose words are asked about */
    bool computes; /* `ask` asks something */
    gk_ask ask;
} gk_asking;

typedef struct gk_found {
    const gk_asking *by;
    uint32_t figure[GK_ROLE_COUNT]; /* by role, GK_NO_FIGURE: none */
    uint32_t heads;                 /* how many figures the whole has, from that of its role on */
    uint32_t first, count;          /* the figures of the list; GK_TO_THE_END: all that follow in the passage */
    uint32_t start, end;            /* the words asked about; where the group took no part, all that was matched */
    bool said;                      /* it took part */
} gk_found;

enum { GK_NO_FIGURE = 0xFFFFFFFFu, GK_TO_THE_END = 0xFFFFFFFFu };

/* The rule of a match. The first call reads all of the set. */
const gk_asking *gk_asking_of(gk_checker *c, const gk_rule *rule);
/* What a match says, whose places count from `start` of the skeleton, where the token `near` is the first. */
gk_found gk_found_of(gk_checker *c, const gk_match *m, uint32_t start, size_t near);
/* It is told of a longer text, which begins so many bytes and figures before. */
void gk_found_move(gk_found *m, uint32_t bytes, uint32_t figures);

/* What was found in the line that is read: the figure of a role, NULL where there is none ... */
static inline const gk_token *gk_found_figure(const gk_checker *c, const gk_found *m, gk_role role) {
    return m->figure[role] == GK_NO_FIGURE ? NULL : &c->tokens.at[c->near + m->figure[role]];
}

/* ... those of the list ... */
static inline const gk_token *gk_found_list(const gk_checker *c, const gk_found *m, size_t *count) {
    *count = m->count == GK_TO_THE_END ? c->beyond - (c->near + m->first) : m->count;
    return &c->tokens.at[c->near + m->first];
}

/* ... and the words. */
gk_str gk_found_words(const gk_checker *c, const gk_found *m);

#endif
