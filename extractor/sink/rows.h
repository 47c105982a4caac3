/* Which field of a record goes to which column of the database. */
#ifndef GK_SINK_ROWS_H
#define GK_SINK_ROWS_H

#include "emit/parse.h"
#include "sink/database.h"

typedef enum gk_place { GK_PLACE_DOCUMENTS, GK_PLACE_FACTS, GK_PLACE_INDICATORS, GK_PLACE_FINDINGS, GK_PLACE_COUNT } gk_place;

/* What a row is made of. Texts live until the row is written. */
typedef struct gk_row {
    const gk_record *record;
    gk_str doc;     /* key of the document */
    gk_str version; /* of this program */
    gk_str digest;  /* of the records of the document */
    uint32_t seq;   /* place in the document, from 1 */
    gk_arena *arena;
} gk_row;

/* The table of a kind of record. */
gk_place gk_place_of(gk_kind kind);
/* The name of a table, a constant. */
const char *gk_place_name(gk_place place);
/* Prepares the statement that inserts a row, or updates the one with the same key. */
gk_code gk_rows_prepare(gk_database *d, gk_place place, sqlite3_stmt **out, gk_err *err);
/* Binds all columns of a row. */
void gk_rows_bind(sqlite3_stmt *statement, gk_place place, const gk_row *row);

#endif
