/* Formulas over figures that have roles: "change * 100 / (this - change)" against the stated rate. */
#ifndef GK_CHECK_FORMULA_H
#define GK_CHECK_FORMULA_H

#include "check/engine.h"

/* In the order of gk_verdict.role. */
typedef enum gk_role {
    GK_ROLE_THIS,
    GK_ROLE_BASE,
    GK_ROLE_PRIOR,
    GK_ROLE_CHANGE,
    GK_ROLE_RATE,
    GK_ROLE_WHOLE,
    GK_ROLE_PART,
    GK_ROLE_COUNT
} gk_role;

typedef struct gk_terms {
    const gk_checker *c;
    uint32_t record[GK_ROLE_COUNT]; /* GK_NO_RECORD: none */
    uint32_t replaced;              /* a record that is taken to have another value, or GK_NO_RECORD */
    gk_interval instead;
    bool exact;                     /* the printed figures themselves instead of their intervals */
    uint32_t list[GK_ROLE_COUNT];   /* the records of a verdict */
} gk_terms;

/* What is asked: the figure in the role `stated` must meet the formula. */
typedef struct gk_ask {
    gk_str check, rule, formula;
    gk_role stated;
    bool undefined; /* 0% and 100% over a base of zero are told */
} gk_ask;

/* Without any figure. */
gk_terms gk_terms_none(const gk_checker *c);
/* The figures of a match by the keys of their roles; false where one of them is approximate or unknown, or where their
 * units differ, which is counted. */
bool gk_terms_of(gk_checker *c, const gk_match *m, gk_terms *t);
/* False: an approximate or unknown figure, or units that differ, which is counted. */
bool gk_terms_good(gk_checker *c, const gk_terms *t);
/* The token of the group of a key; NULL where it took no part or holds no figure. */
const gk_token *gk_token_of(const gk_checker *c, const gk_match *m, gk_key key);
/* The question that the constants of a rule ask; false where they ask none. */
bool gk_ask_of(const gk_match *m, gk_ask *ask);
/* The answer; it borrows t->list. False where it cannot be computed, which is counted. */
bool gk_formula_verdict(gk_checker *c, const gk_ask *ask, gk_terms *t, gk_verdict *v);

#endif
