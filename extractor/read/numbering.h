/* Automatic numbering of paragraphs: the number is printed but stands in no text.
 *
 * Worked example: a list whose first level is `%1、` in Chinese counting and whose second is `(%2)` numbers paragraphs of
 * the levels 1 2 2 1 as 一、 (1) (2) 二、.
 */
#ifndef GK_READ_NUMBERING_H
#define GK_READ_NUMBERING_H

#include "base/buf.h"

enum { GK_NUMBER_LEVELS = 9 };

typedef struct gk_number_level {
    const char *format; /* decimal, chineseCounting ... a constant; NULL: nothing is printed */
    gk_str text;        /* with %1 .. %9 */
    uint32_t start;
    bool plain;         /* all numbers in it are decimal */
} gk_number_level;

typedef struct gk_number_list { /* an abstract list: its levels and where it stands */
    int id;
    gk_number_level level[GK_NUMBER_LEVELS];
    uint32_t count[GK_NUMBER_LEVELS]; /* 0: not begun */
} gk_number_list;

typedef struct gk_number_use { /* a list as paragraphs name it */
    int id;
    size_t list;                       /* index in lists */
    int64_t restart[GK_NUMBER_LEVELS]; /* where it starts anew at its first paragraph, -1: it does not */
    bool used;
} gk_number_use;

typedef struct gk_numbering {
    GK_VEC(gk_number_list) lists;
    GK_VEC(gk_number_use) uses;
} gk_numbering;

void gk_numbering_free(gk_numbering *n);
/* The constant for the name of a number format, NULL for bullets, none and what is not known. */
const char *gk_number_format(gk_str name);
/* Counts a paragraph and appends its printed number, with a blank behind it where a Latin sign ends it. */
void gk_numbering_next(gk_numbering *n, int id, int level, gk_buf *out);

#endif
