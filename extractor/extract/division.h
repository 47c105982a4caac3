/* Divisions of the country: from a code to its names, and from the name of an agency or a title to a code.
 *
 * The table (patterns/divisions.tsv; gk_set_table) holds one line for a code under one name,
 *   code (6 digits)  name  first year  last year  code that took its place
 * sorted by code, then first year, and these directives (tsv.h), so that the engine knows no word itself:
 *   #suffix  kind word | short form of it | 1: the name may stand without it behind its parent
 *   #people  a word that common speech leaves out between name and kind word
 *   #tail    a name followed by this is no name of a place
 *   #stem-tail  a name without its kind word that is followed by this, or by another kind word, is another name
 *   #before  a name of two characters counts behind this word; else only at the start or behind its parent
 * Levels follow from the code: pp0000 province, pppp00 prefecture, else county.
 *
 * The object borrows the table, which must outlive it. Its indexes (about 0.5 MB) are built by the first call that
 * needs one. Not for use by two threads at once.
 */
#ifndef GK_EXTRACT_DIVISION_H
#define GK_EXTRACT_DIVISION_H

#include "base/str.h"

typedef struct gk_divisions gk_divisions;

enum { GK_DIVISION_LEVELS = 3 };

typedef struct gk_division {
    gk_str code;                     /* 6 digits */
    gk_str name[GK_DIVISION_LEVELS]; /* from large to small, as of the year; the last one is the division itself */
    size_t count;                    /* names in use: 1 to 3; a level without a name of its own is left out */
    gk_str successor;                /* code that took its place, absent where it is still valid or nothing did */
    int first_year, last_year;       /* 0: before the table begins; 0: still valid */
    size_t start, end;               /* gk_division_find: where its name stands in the text, bytes */
} gk_division;

/* An absent table counts as empty. */
gk_divisions *gk_divisions_new(gk_str table);
void gk_divisions_free(gk_divisions *divisions);

/* The division that had the code in `year` (0: today), else the latest that ever had it. All strings are borrowed from
 * the table. False: no such code. */
bool gk_division_by_code(gk_divisions *divisions, gk_str code, int year, gk_division *out);

/* The most specific division that a text names, such as the name of an agency; only the first 600 bytes are looked at.
 *
 * A full name counts alone where it is the only one of its kind in `year` (0: today); one that several places share
 * counts behind a larger division it belongs to. A name without its kind word counts only directly behind a larger
 * division; larger ones may stand without theirs directly before a smaller one. A name directly behind a kind word that
 * does not end a division it belongs to is part of something unknown and does not count. Names that were not valid in
 * `year` count where none is that was. False: the text names none. */
bool gk_division_find(gk_divisions *divisions, gk_str text, int year, gk_division *out);

#endif
