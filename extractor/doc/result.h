/* Result: everything the extractor says of one document, with the fate of each of its digit groups. */
#ifndef GK_DOC_RESULT_H
#define GK_DOC_RESULT_H

#include "doc/doc.h"
#include "doc/record.h"

typedef enum gk_fate {
    GK_FATE_UNEXPLAINED,
    GK_FATE_CLAIMED,  /* a record holds it */
    GK_FATE_EXCLUDED  /* an exclusion class explains it */
} gk_fate;

/* One digit group: a maximal run of ASCII or full-width digits of the canonical text, with thousands marks and a decimal
 * point between digits counted in (so "1,429.68" is one group). */
typedef struct gk_digits {
    gk_span span;
    gk_fate fate;
    gk_str why;      /* claimed: the id of the record; excluded: the class ("date", "code" ...) */
    gk_str rule;     /* the rule that spoke */
} gk_digits;

typedef struct gk_result {
    gk_arena arena;
    gk_view view;              /* the matching view of the document */
    gk_record document;        /* kind document */
    GK_VEC(gk_record) records; /* in document order */
    GK_VEC(gk_digits) digits;  /* in document order */
} gk_result;

void gk_result_init(gk_result *r);
void gk_result_reset(gk_result *r);
void gk_result_free(gk_result *r);

/* Says on which page the span of a record stands, and where on it; false where the format does not tell. The box lives in
 * the arena. */
bool gk_record_place(gk_record *r, const gk_doc *doc, gk_arena *arena);

#endif
