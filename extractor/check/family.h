/* Families: parts that are all there is by their nature, such as the basic spending and that on projects.
 *
 * A label has the families that the map check-families tells for its end, with `|` between them. The name of a family ends with
 * how many it has, or with two digits: how many it has at least and at most.
 */
#ifndef GK_CHECK_FAMILY_H
#define GK_CHECK_FAMILY_H

#include "check/found.h"

enum { GK_FAMILY_MOST = 9 /* parts of a family */ };

/* The families of a subject, by its number: asked once. Absent: none. Borrowed from the set. */
gk_str gk_subject_families(gk_checker *c, uint32_t subject);
/* Whether two subjects with families end with one word of the map: they are the same part, told twice. */
bool gk_subject_twins(gk_checker *c, uint32_t a, uint32_t b);
/* The next of some families, from byte *from on; false: there is none. */
bool gk_family_next(gk_str families, size_t *from, gk_str *family);
bool gk_family_has(gk_str families, gk_str family);
/* Whether it, or the first of some families, is of a classification: many kinds, of which some may be left out. Their names
 * begin with `functions`. */
bool gk_family_is_classified(gk_str family);
/* How many it has at most. */
size_t gk_family_most(gk_str family);
/* Whether so many of it are all of it: as many as it has; with nothing but them (`alone`), as many as it has at least. */
bool gk_family_whole(gk_str family, size_t found, bool alone);
/* Whether it belongs to heads of one name (check-family-heads). */
bool gk_family_has_head(const gk_checker *c, gk_str family);
/* Whether it is all of what such a head says: a total of all money, what is left over included, has families of its own, and
 * some families (check-family-heads) belong to heads of one name. */
bool gk_family_fills(const gk_checker *c, gk_str family, gk_str head);

/* Whether money is of other years, levels or funds, by the end of its name. */
bool gk_is_moved(const gk_checker *c, const gk_token *t);
/* Whether a list that has this total for its head holds all of it: its own money first, then money of other years, levels and
 * funds, by the ends of their names. */
bool gk_is_balance(const gk_checker *c, uint32_t head, const gk_token *const *item, size_t count);
/* Whether two parts are of families, though not of one: new bonds, and others that are issued again. */
bool gk_are_kinds(gk_checker *c, const gk_token *const *item, size_t count);
/* The amount that the sentence of a part begins with, or one before it that lists no parts itself; NULL: none on its line. */
const gk_token *gk_head_of_sentence(gk_checker *c, const gk_token *part);

/* Whether two figures are of one family of parts. */
bool gk_family_joins(gk_checker *c, const gk_token *a, const gk_token *b);
/* Whether a figure before a list is a part itself: of a family that goes on between them, or that ended with its sentence ("8,
 * of which: A 3, B 5. By levels: ..."). */
bool gk_family_goes_on(gk_checker *c, const gk_token *head, const gk_token *part);
bool gk_family_ends(gk_checker *c, const gk_token *head, const gk_token *part);

#endif
