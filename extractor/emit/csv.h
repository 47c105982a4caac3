/* Records as one flat table: RFC 4180, one header line, lines ended by CR LF, UTF-8.
 *
 * One row a mention, indicator or finding; the columns of its document (source, doc, title, agency, region, division,
 * report, doc_year) stand in front of every row, so that rows of many documents can be filtered and grouped without a
 * join. Of a document only a failed one has a row of its own (kind "document", columns source, doc and error). The
 * columns are fixed: all fields of all kinds, empty where the record has no such field.
 *
 * A value is quoted only where it holds a comma, a quote, CR or LF. Items of a list are joined with " / ", objects stay
 * JSON. A cell that begins with = + - @, TAB, CR or LF, which a spreadsheet might execute, gets an apostrophe in front,
 * except a plain negative number (-12.5): "=1+1" is written '=1+1.
 */
#ifndef GK_EMIT_CSV_H
#define GK_EMIT_CSV_H

#include "doc/record.h"

/* Appends the header line; `bom`: a UTF-8 byte order mark in front, by which spreadsheets know the encoding. */
void gk_csv_header(bool bom, gk_buf *out);
/* Appends the row of a record. `document` is the document record it belongs to, `digest` the 64 hex digits of its doc
 * (may be absent). A document record appends nothing unless it has an error. */
void gk_csv_record(gk_str digest, const gk_record *document, const gk_record *record, gk_buf *out);
/* Appends one cell: neutralised and quoted as said above. */
void gk_csv_cell(gk_str value, gk_buf *out);

#endif
