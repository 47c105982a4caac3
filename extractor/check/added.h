/* Terms that are added up to a total: those that are told before it (total.c), or in the lines below it (items.c). */
#ifndef GK_CHECK_ADDED_H
#define GK_CHECK_ADDED_H

#include "check/found.h"

enum { GK_ADDED_TERMS = 64 };

/* What is known of the terms of a total. */
typedef enum gk_added_as {
    GK_ADDED_SOME,  /* there may be others: only a slip of one figure is told */
    GK_ADDED_MEANT, /* they are meant to be all: where they miss by much, something was left out, and a slip is told */
    GK_ADDED_ALL    /* nothing else belongs to it */
} gk_added_as;

typedef struct gk_added {
    gk_checker *c;
    uint32_t term[GK_ADDED_TERMS + 1]; /* the total first */
    bool off[GK_ADDED_TERMS + 1]; /* it is taken off */
    size_t count;   /* with the total; 0: there is none */
    size_t plain;   /* terms that are not zero */
    bool negative;  /* one of them is */
    bool good;      /* all can be added */
    gk_interval sum;
    gk_fixed exact;
} gk_added;

/* NULL stands for a figure that is missing: nothing can be added up then. */
void gk_added_start(gk_added *a, gk_checker *c, const gk_token *total);
void gk_added_put(gk_added *a, const gk_token *t);
void gk_added_take(gk_added *a, const gk_token *t);
/* When all terms are put: sums them. */
void gk_added_up(gk_added *a);
bool gk_added_holds(const gk_added *a);
/* Whether the total is so far from a sum that is good that it was meant to be another. */
bool gk_added_far(const gk_added *a);
/* Tells what they say of the total; `where` says where they stand. */
void gk_added_judge(gk_added *a, const gk_found *m, gk_added_as as, gk_str where);

#endif
