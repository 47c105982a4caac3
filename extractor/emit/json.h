/* Records as JSON Lines: one object, one line, LF, UTF-8.
 *
 * The order of the members is fixed: kind, doc, id, span, the fields in the order of gk_fields_of, page, box, cell.
 * What a record does not have is left out, never printed as "" or null. The grammar of the lines is published as a JSON
 * Schema in record.schema.json (draft 2020-12) next to this file.
 *
 * Worked example: an amount with id "a1", span 10-20, value "1511800" and section "one\x1ftwo" of the document whose
 * digest is 00...00 gives
 *   {"kind":"amount","doc":"sha256:00...00","id":"a1","span":{"start":10,"end":20},"value":"1511800",
 *    "section":["one","two"]}
 * on one line.
 */
#ifndef GK_EMIT_JSON_H
#define GK_EMIT_JSON_H

#include "doc/record.h"

/* The prepared names and scratch memory of one printer. Not shared between threads. */
typedef struct gk_json_emitter gk_json_emitter;

gk_json_emitter *gk_json_emitter_new(void);
/* NULL is allowed. */
void gk_json_emitter_free(gk_json_emitter *e);

/* Appends the line of `record` to `out`. `digest` is 64 hex digits of the document's bytes, printed behind "sha256:";
 * absent: the record has no doc (an input that could not be opened). A record without id prints no id, a document record
 * with an error no span. Texts are UTF-8; an ill-formed byte (a path may hold one)
 * and U+0000 print as U+FFFD. Fields of type JSON, INTEGER, NUMBER and BOOL are copied as they stand and must be valid
 * JSON on one line. False when the line passes out->max or comes near it: nothing is appended then, and out->over is
 * set. */
bool gk_json_record(gk_json_emitter *e, gk_str digest, const gk_record *record, gk_buf *out);

/* The records printed between these two belong to one document, none of its texts changes meanwhile, and their lines go
 * one behind the other into one buffer: what stands in many of them (section, table, column, rule) is escaped once and
 * copied from the line before, which halves the time. `good` is well-formed UTF-8, the text of the document: what lies in
 * it between characters is printed without another look (absent: there is none). */
void gk_json_open(gk_json_emitter *e, gk_str good);
void gk_json_close(gk_json_emitter *e);

#endif
