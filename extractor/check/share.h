/* Shares: what they name as their whole, and what is asked of them. */
#ifndef GK_CHECK_SHARE_H
#define GK_CHECK_SHARE_H

#include "check/formula.h"

/* The subject in the `against` of a share, without quotes; absent: it names none. */
gk_str gk_whole_named(gk_checker *c, const gk_token *share);
/* A name without the words that only say that it is a sum, or of this year: a part of it. */
gk_str gk_whole_core(const gk_checker *c, gk_str name);
/* The formula of a share, without the rule that asks it. */
extern const gk_ask gk_share_asked;
/* Its terms. */
gk_terms gk_share_terms(const gk_checker *c, const gk_token *part, const gk_token *whole, const gk_token *share);

/* The shares of the prose that were not judged, whose whole stands elsewhere or nowhere. */
void gk_check_wholes(gk_checker *c);

#endif
