/* One SQLite database: opening, the check that it is ours, transactions, and errors.
 *
 * A database at rest is one plain file (rollback journal). While documents are written it is in WAL mode with
 * synchronous = NORMAL: a commit then costs no wait for the disk, a process killed at any moment leaves every committed
 * document and no part of another, and a power cut loses at most the newest ones. The switch to WAL is made by the first
 * write only, and undone at the end, so that a run that has nothing to write leaves the bytes of the file as they are.
 */
#ifndef GK_SINK_DATABASE_H
#define GK_SINK_DATABASE_H

#include <sqlite3.h>

#include "base/err.h"

typedef struct gk_database {
    sqlite3 *db;
    const char *path; /* borrowed, for messages */
    bool writing;     /* in WAL mode for writes */
} gk_database;

/* Opens or makes the database. GK_E_OUTPUT: the file cannot be opened, is no database, a database of another program,
 * or of another version of the schema. Close it also after a failure. */
gk_code gk_database_open(gk_database *d, const char *path, gk_err *err);
/* Brings the file back to rest and closes it. */
gk_code gk_database_close(gk_database *d, gk_err *err);

gk_code gk_database_begin(gk_database *d, gk_err *err);
gk_code gk_database_commit(gk_database *d, gk_err *err);
void gk_database_rollback(gk_database *d);

/* Runs SQL without results. */
gk_code gk_database_run(gk_database *d, const char *sql, gk_err *err);
gk_code gk_database_prepare(gk_database *d, const char *sql, sqlite3_stmt **out, gk_err *err);
/* Runs a prepared statement to its first row or end, and resets it; *row (may be NULL): whether there was a row. */
gk_code gk_database_step(gk_database *d, sqlite3_stmt *statement, bool *row, gk_err *err);
/* Binds text; absent and empty bind NULL. The text must live until the statement is reset. */
void gk_database_bind(sqlite3_stmt *statement, int index, gk_str text);

#endif
