/* Tables of a pattern set (set.h, gk_set_table): lines of fields parted by one tab.
 *
 * A line that begins with '#' is a comment, unless a word and a tab follow: `#WORD<tab>field...` is a directive, data
 * about the table. Everything is borrowed from the text handed in; nothing is copied and nothing fails.
 */
#ifndef GK_EXTRACT_TSV_H
#define GK_EXTRACT_TSV_H

#include "base/str.h"

/* The next line from byte *at on, without its line end; moves *at behind it. False at the end of the table. */
bool gk_tsv_line(gk_str table, size_t *at, gk_str *line);
/* Splits a line into at most cap fields and returns how many there are; the rest of the array becomes absent. */
size_t gk_tsv_split(gk_str line, gk_str *field, size_t cap);
/* Is this line the directive `#word`? Then its fields after the word, as in gk_tsv_split. */
bool gk_tsv_directive(gk_str line, const char *word, gk_str *field, size_t cap);

#endif
