/* Classification codes of budget items: their kind, their official names, and whether a printed name fits a code.
 *
 * The tables (patterns/function-codes.tsv, patterns/economic-codes.tsv; gk_set_table) hold one line for a code and a
 * name,
 *   code  name  first year  last year  files
 * sorted by code; the first line of a code is its official name, further lines are names it had in other years or
 * is also printed with. Directives (tsv.h) say what the engine must not know by itself:
 *   #form   KIND  leading digits  length...   codes of this kind begin with one of these digits and have one of these
 *                                             lengths (in digits)
 *   #strip  word                              means nothing when it stands in brackets behind a name
 *   #tail   word                              may be missing at the end of a printed name
 *
 * The object borrows its tables, which must outlive it. An index over the lines (8 bytes a line) is built by the first
 * call that needs one. Not for use by two threads at once.
 */
#ifndef GK_EXTRACT_CODES_H
#define GK_EXTRACT_CODES_H

#include "base/str.h"

typedef struct gk_codes gk_codes;

typedef enum gk_code_kind { GK_KIND_NONE, GK_KIND_REVENUE, GK_KIND_FUNCTION, GK_KIND_ECONOMIC } gk_code_kind;

typedef enum gk_code_fit {
    GK_FIT_UNKNOWN, /* the code is in no table, or there is no printed name */
    GK_FIT_AGREES,
    GK_FIT_DIFFERS
} gk_code_fit;

/* An absent table counts as empty. */
gk_codes *gk_codes_new(gk_str function_table, gk_str economic_table);
void gk_codes_free(gk_codes *codes);

/* By form alone: digits, their number and the first of them. Whether the code is in a table does not matter. */
gk_code_kind gk_codes_kind(gk_codes *codes, gk_str code);
/* The official name, borrowed from the table; absent where the code is in no table. */
gk_str gk_codes_name(gk_codes *codes, gk_str code);
/* The name the code had in a fiscal year: the official one where that year knows it or no name fits the year. */
gk_str gk_codes_name_in(gk_codes *codes, gk_str code, int year);
/* Does a printed name equal one of the names of the code? Blanks and brackets are passed over, and so is what stands in
 * brackets where the names fit without it. */
gk_code_fit gk_codes_agrees(gk_codes *codes, gk_str code, gk_str printed);

#endif
