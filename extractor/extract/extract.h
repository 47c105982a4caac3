/* Extraction: Document -> Result. The one entrance of this room. */
#ifndef GK_EXTRACT_EXTRACT_H
#define GK_EXTRACT_EXTRACT_H

#include "doc/result.h"
#include "pattern/set.h"

/* Called, when set, for each rule tried on each number: for `gongkai explain`. `number` is canonical; `stage` names the
 * step ("exclude", "unit", "lead", "tail", "header", "row" ...); `outcome` is "matched", "won", "lost", "no match",
 * "limit"; detail is free text. All strings are good only during the call. */
typedef void gk_trace(void *user, gk_span number, const char *stage, gk_str rule, const char *outcome, gk_str detail);

/* One worker's scratch: reused from document to document, never shared between threads. */
typedef struct gk_extractor gk_extractor;

/* `set` is borrowed and must outlive the extractor. */
gk_extractor *gk_extractor_new(const gk_set *set);
void gk_extractor_free(gk_extractor *x);
void gk_extractor_trace(gk_extractor *x, gk_trace *trace, void *user);

/* Puts the forms of performance in a plain text that lost their rows into tables; before gk_extract. */
void gk_restore_forms(gk_extractor *x, gk_doc *doc);
/* Extracts all records of doc into result (initialised; emptied first). Never fails on content: what is not understood is
 * listed as unexplained. GK_E_LIMIT past GK_MAX_RECORDS. */
gk_code gk_extract(gk_extractor *x, const gk_doc *doc, gk_result *result, gk_err *err);

#endif
