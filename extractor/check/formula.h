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
    bool undefined;                   /* 0% and 100% over a base of zero are told */
    const struct gk_program *program; /* the formula as it was read; NULL: it is looked up */
} gk_ask;

/* The keys of the roles in pattern files. */
extern const gk_key gk_role_keys[GK_ROLE_COUNT];

/* Without any figure. */
gk_terms gk_terms_none(const gk_checker *c);
/* The figures that were found; false where one of them is approximate or unknown, or where their units differ, which is
 * counted. */
bool gk_terms_of(gk_checker *c, const struct gk_found *m, gk_terms *t);
/* False: an approximate or unknown figure, or units that differ, which is counted. */
bool gk_terms_good(gk_checker *c, const gk_terms *t);
/* The question that the constants of a rule ask; false where they ask none. */
bool gk_ask_of(gk_checker *c, const gk_rule *rule, gk_ask *ask);

/* The answer: how the stated figure stands to the formula, and what follows from it (not set where that is undefined). */
typedef struct gk_answer {
    gk_status status;
    gk_interval expected;
} gk_answer;

/* False where it cannot be computed, which is counted. */
bool gk_formula_answer(gk_checker *c, const gk_ask *ask, gk_terms *t, gk_answer *a);
/* The verdict of an answer; it borrows t->list. */
gk_verdict gk_formula_told(gk_checker *c, const gk_ask *ask, gk_terms *t, const gk_answer *a);
/* Both. */
bool gk_formula_verdict(gk_checker *c, const gk_ask *ask, gk_terms *t, gk_verdict *v);

#endif
