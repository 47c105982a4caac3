/* A list of the prose as it is read: columns of figures under their heads (parts.c), its slips (slip.c), how many items it has
 * (listed.c). */
#ifndef GK_CHECK_LIST_H
#define GK_CHECK_LIST_H

#include "check/found.h"

enum { GK_LIST_ITEMS = 512, GK_LIST_COLUMNS = 6 };

typedef struct gk_column {
    const gk_token *head;
    const gk_token *item[GK_LIST_ITEMS];
    size_t count;                     /* items that have a figure, from the first on without a gap */
    gk_fixed sum[GK_LIST_ITEMS + 1];  /* of the first k */
    gk_fixed step;                    /* the finest step of the parts: dropped zeros are taken as printed */
    bool good;
    size_t first, last;               /* the sums over first .. last items meet the head; 0: none does */
} gk_column;

struct gk_list {
    gk_checker *c;
    const gk_found *m;
    const gk_token *item[GK_LIST_ITEMS]; /* the first token of each item */
    size_t length[GK_LIST_ITEMS], items;
    size_t family; /* how many items a family has that the list is; 0: it is none */
    gk_column col[GK_LIST_COLUMNS];
    size_t columns;
    uint32_t classes; /* that begin an item */
    bool closed; /* a total ends it */
    bool lone; /* the head has one amount in a year */
    size_t years; /* amounts of the head */
    const gk_token *heads; /* the figures before the list, of one subject */
    size_t head_count;
};

static inline const gk_figure *gk_list_figure(const struct gk_list *l, const gk_token *t) {
    return &l->c->figures.at[t->record];
}

/* What k parts may add up to: every part may be off by one step. */
static inline gk_interval gk_column_reach(const gk_column *col, size_t k) {
    gk_fixed off = col->step * (gk_fixed)k;
    return (gk_interval){col->sum[k] - off, col->sum[k] + off};
}

/* The i-th part: of changes zero where the item, whose amount stands for it, did not change. */
static inline gk_fixed gk_column_part(const gk_column *col, size_t i) { return col->sum[i + 1] - col->sum[i]; }
static inline bool gk_column_still(const gk_column *col, size_t i) {
    return col->head->class == 'c' && col->item[i]->class != 'c';
}

static inline gk_interval gk_column_head(const struct gk_list *l, const gk_column *col) {
    return gk_figure_interval(*gk_list_figure(l, col->head));
}

/* The text between two figures of a list. */
static inline gk_str gk_list_between(const struct gk_list *l, const gk_token *a, const gk_token *b) {
    return gk_str_slice(gk_buf_str(&l->c->skeleton), a->end, b->at);
}

/* listed.c: whether the count behind its last item is that of the first `k`, which are all; and tells a count before its
 * head, or right behind, that is not that of its items, where their amounts are all there is. */
bool gk_list_told(const struct gk_list *l, size_t k);
/* Whether a figure is the total that ends the list, of two items or more: then these are all, which it notes. */
bool gk_list_closes(struct gk_list *l, const gk_token *t);
void gk_list_count(struct gk_list *l);
/* Whether the items are told as the head is, by the end of their labels, or are counts of kinds, which do not overlap. */
bool gk_list_alike(const struct gk_list *l, const gk_column *col);
/* Whether an amount has no change, and none is told: it is nothing, or its clause says that it stays as it was; whether a
 * column has such an item. */
bool gk_item_still(const struct gk_list *l, size_t item);
bool gk_column_stills(const gk_column *col);

/* head.c: what a list is of where that is not told right before it; NULL: there is none. The total above it, or behind it in
 * its line; the figure that the line above begins with; the one behind the words that open it; one before `head` that is
 * told as the parts are; and of a list of counts the count before its money. */
const gk_token *gk_head_above(const gk_checker *c, const gk_token *part);
const gk_token *gk_head_of_line_above(const gk_checker *c, const gk_token *part);
const gk_token *gk_head_named(const gk_checker *c, const gk_found *m, const gk_token *part);
const gk_token *gk_head_like(const gk_checker *c, const gk_token *head, const gk_token *part, size_t count);
const gk_token *gk_count_before(const gk_checker *c, const gk_token *head, const gk_token *part, size_t count);

/* slip.c: the one part that makes the sum right when its point is moved, which the hint says; NULL where there is none or more
 * than one. */
const gk_token *gk_slipped_part(const struct gk_list *l, const gk_column *col, gk_str *hint);
/* The one figure whose swapped digits make the sum exact, the head before a part; NULL: none, or more than one part. */
const gk_token *gk_swapped(const struct gk_list *l, const gk_column *col);
/* Whether the sum of many parts misses the head by one digit, as no part that was left out would. */
bool gk_mistyped(const struct gk_list *l, const gk_column *col);
/* The one change that makes the sum right when it goes the other way, or that of the head; NULL: none, or more than one. */
const gk_token *gk_turned(const struct gk_list *l, const gk_column *col);

/* twin.c: notes that a list adds up, whose items are told by their labels; that one does not, and is not known to be
 * complete. */
void gk_twin_holds(const struct gk_list *l, const gk_column *col);
void gk_twin_waits(const struct gk_list *l, const gk_column *col);

#endif
