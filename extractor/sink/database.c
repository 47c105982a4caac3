#include "sink/database.h"

#include <limits.h>

#include "sink/schema.h"

enum {
    APPLICATION = 0x676B6169, /* "gkai": PRAGMA application_id of our databases */
    SCHEMA_VERSION = 4,       /* PRAGMA user_version: raised when schema.sql changes */
    BUSY_MS = 10000           /* how long another writer is waited for */
};

static gk_code fault(gk_database *d, gk_err *err) {
    int system_error = d->db ? sqlite3_system_errno(d->db) : 0;
    bool of_system = d->db && (sqlite3_errcode(d->db) == SQLITE_IOERR || sqlite3_errcode(d->db) == SQLITE_CANTOPEN);
    gk_err_set(err, GK_E_OUTPUT, "SQLite: %s%s%s", d->db ? sqlite3_errmsg(d->db) : "out of memory",
               of_system && system_error ? ": " : "", of_system && system_error ? strerror(system_error) : "");
    gk_err_file(err, gk_str_of(d->path));
    return GK_E_OUTPUT;
}

gk_code gk_database_run(gk_database *d, const char *sql, gk_err *err) {
    return sqlite3_exec(d->db, sql, NULL, NULL, NULL) == SQLITE_OK ? GK_OK : fault(d, err);
}

gk_code gk_database_prepare(gk_database *d, const char *sql, sqlite3_stmt **out, gk_err *err) {
    return sqlite3_prepare_v2(d->db, sql, -1, out, NULL) == SQLITE_OK ? GK_OK : fault(d, err);
}

gk_code gk_database_step(gk_database *d, sqlite3_stmt *statement, bool *row, gk_err *err) {
    int result = sqlite3_step(statement);
    gk_code code = result == SQLITE_ROW || result == SQLITE_DONE ? GK_OK : fault(d, err);
    if (row) *row = result == SQLITE_ROW;
    sqlite3_reset(statement);
    return code;
}

void gk_database_bind(sqlite3_stmt *statement, int index, gk_str text) {
    if (text.len && text.len <= INT_MAX) sqlite3_bind_text(statement, index, text.ptr, (int)text.len, SQLITE_STATIC);
    else sqlite3_bind_null(statement, index);
}

/* The whole number that a statement gives. */
static gk_code number_of(gk_database *d, const char *sql, int64_t *number, gk_err *err) {
    sqlite3_stmt *statement = NULL;
    gk_code code = gk_database_prepare(d, sql, &statement, err);
    if (code == GK_OK && sqlite3_step(statement) != SQLITE_ROW) code = fault(d, err);
    if (code == GK_OK) *number = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    return code;
}

static gk_code refuse(gk_database *d, gk_err *err) {
    gk_err_file(err, gk_str_of(d->path));
    return GK_E_OUTPUT;
}

/* Whether the schema is there; a database without any table and name is a new one. */
static gk_code check(gk_database *d, bool *is_new, gk_err *err) {
    int64_t application = 0, version = 0, objects = 0;
    gk_code code = number_of(d, "PRAGMA application_id", &application, err);
    if (code == GK_OK) code = number_of(d, "PRAGMA user_version", &version, err);
    if (code == GK_OK) code = number_of(d, "SELECT count(*) FROM sqlite_schema", &objects, err);
    if (code != GK_OK) return code;
    *is_new = application == 0 && version == 0 && objects == 0;
    if (*is_new) return GK_OK;
    if (application != APPLICATION) {
        gk_err_set(err, GK_E_OUTPUT, "the file is a database of another program");
        return refuse(d, err);
    }
    if (version == SCHEMA_VERSION) return GK_OK;
    gk_err_set(err, GK_E_OUTPUT, "the database has version %lld of the schema, this program writes version %d",
               (long long)version, (int)SCHEMA_VERSION);
    return refuse(d, err);
}

/* Another process may be making the same database: who comes second looks again, inside the transaction. */
static gk_code create(gk_database *d, gk_err *err) {
    bool is_new = false;
    char mark[100];
    sqlite3_snprintf(sizeof mark, mark, "PRAGMA application_id = %d; PRAGMA user_version = %d", (int)APPLICATION,
                     (int)SCHEMA_VERSION);
    gk_code code = gk_database_run(d, "BEGIN IMMEDIATE", err);
    if (code == GK_OK) code = check(d, &is_new, err);
    if (code == GK_OK && is_new) code = gk_database_run(d, gk_schema_sql, err);
    if (code == GK_OK && is_new) code = gk_database_run(d, mark, err);
    if (code == GK_OK) code = gk_database_run(d, "COMMIT", err);
    if (code != GK_OK) gk_database_rollback(d);
    return code;
}

gk_code gk_database_open(gk_database *d, const char *path, gk_err *err) {
    *d = (gk_database){.path = path};
    bool is_new = false;
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
    if (sqlite3_open_v2(path, &d->db, flags, NULL) != SQLITE_OK) return fault(d, err);
    sqlite3_extended_result_codes(d->db, 0);
    sqlite3_busy_timeout(d->db, BUSY_MS);
    gk_code code = gk_database_run(d,
                                   "PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF;"
                                   "PRAGMA temp_store = MEMORY; PRAGMA synchronous = NORMAL",
                                   err);
    if (code == GK_OK) code = check(d, &is_new, err);
    if (code == GK_OK && is_new) code = create(d, err);
    return code;
}

gk_code gk_database_begin(gk_database *d, gk_err *err) {
    gk_code code = d->writing ? GK_OK : gk_database_run(d, "PRAGMA journal_mode = WAL", err);
    if (code == GK_OK) d->writing = true;
    return code == GK_OK ? gk_database_run(d, "BEGIN IMMEDIATE", err) : code;
}

gk_code gk_database_commit(gk_database *d, gk_err *err) { return gk_database_run(d, "COMMIT", err); }

void gk_database_rollback(gk_database *d) {
    if (d->db && !sqlite3_get_autocommit(d->db)) sqlite3_exec(d->db, "ROLLBACK", NULL, NULL, NULL);
}

/* A run that was killed leaves the WAL file; this one takes it in, whether it wrote or not. While somebody else reads the
 * database stays as it is: the journal is kept and complete. */
static gk_code rest(gk_database *d, gk_err *err) {
    if (sqlite3_exec(d->db, "PRAGMA wal_checkpoint(TRUNCATE)", NULL, NULL, NULL) != SQLITE_OK &&
        sqlite3_errcode(d->db) != SQLITE_BUSY && sqlite3_errcode(d->db) != SQLITE_LOCKED)
        return fault(d, err);
    sqlite3_busy_timeout(d->db, 0);
    sqlite3_exec(d->db, "PRAGMA journal_mode = DELETE", NULL, NULL, NULL);
    return GK_OK;
}

gk_code gk_database_close(gk_database *d, gk_err *err) {
    if (!d->db) return GK_OK;
    gk_database_rollback(d);
    gk_code code = rest(d, err);
    sqlite3_close_v2(d->db);
    d->db = NULL;
    return code;
}
