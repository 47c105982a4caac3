/* The fold table as the rest of this room sees it: what happens to each code point, by two lookups, and which first
 * bytes need no lookup at all. Private to extractor/text, and to tools/embed, which
 * writes a table as constants; others use text/view.h. */
#ifndef GK_TEXT_FOLD_H
#define GK_TEXT_FOLD_H

#include "text/view.h"

typedef enum gk_fold_kind {
    GK_FOLD_SELF,  /* stays itself */
    GK_FOLD_TEXT,  /* becomes item.text */
    GK_FOLD_BLANK, /* white space */
    GK_FOLD_DROP,  /* becomes nothing */
    GK_FOLD_POINT  /* '.' between digits, else nothing */
} gk_fold_kind;

enum { GK_FOLD_PAGE = 256, GK_FOLD_PAGES = 0x110000 / GK_FOLD_PAGE, GK_FOLD_TEXT_BYTES = 6 };

typedef struct gk_fold_item {
    uint8_t kind; /* gk_fold_kind */
    uint8_t len;  /* of text */
    char text[GK_FOLD_TEXT_BYTES];
} gk_fold_item;

typedef uint16_t gk_fold_page[GK_FOLD_PAGE]; /* by the low byte of a code point: its item */

struct gk_fold {
    uint8_t skip[256];            /* by first byte: the bytes of its characters when none of them is listed, else 0 */
    uint16_t index[GK_FOLD_PAGES]; /* by the high bytes of a code point: its page; page 0 lists nothing */
    GK_VEC(gk_fold_page) pages;
    GK_VEC(gk_fold_item) items;   /* item 0: GK_FOLD_SELF */
};

static inline const gk_fold_item *gk_fold_item_of(const gk_fold *f, uint32_t code_point) {
    return &f->items.at[f->pages.at[f->index[code_point / GK_FOLD_PAGE]][code_point % GK_FOLD_PAGE]];
}

#endif
