#include "corpus/archive/sql.h"

#include <stdarg.h>

extern const char gk_archive_sql[];

static const char *const TEXTS[GK_SQL_COUNT] = {
#define X(symbol, text) text,
    GK_STATEMENTS(X)
#undef X
};

/* A commit is on disk when it returns. The cache bounds the memory; the log is written back every 16 MiB. Pages of 8 KiB
 * (in archives made by this program) are half as many calls of the system. */
static const char SETTINGS[] = "PRAGMA page_size = 8192; PRAGMA journal_mode = WAL;"
                               "PRAGMA synchronous = FULL; PRAGMA cache_size = -49152;"
                               "PRAGMA temp_store = MEMORY; PRAGMA wal_autocheckpoint = 2048;"
                               "PRAGMA journal_size_limit = 67108864; PRAGMA foreign_keys = OFF;";

static gk_code refuse(gk_sql *q, const char *path, gk_code code, gk_err *err) {
    gk_err_set(err, code, "the index of the archive: %s", q->db ? sqlite3_errmsg(q->db) : "out of memory");
    gk_err_file(err, gk_str_of(path));
    gk_sql_close(q);
    return code;
}

static bool exec(gk_sql *q, const char *sql) { return sqlite3_exec(q->db, sql, NULL, NULL, NULL) == SQLITE_OK; }

static int64_t ask_number(gk_sql *q, const char *sql) {
    sqlite3_stmt *stmt = NULL;
    int64_t n = -1;
    if (sqlite3_prepare_v2(q->db, sql, -1, &stmt, NULL) == SQLITE_OK && sqlite3_step(stmt) == SQLITE_ROW)
        n = sqlite3_column_int64(stmt, 0);
    sqlite3_finalize(stmt);
    return n;
}

static bool make_tables(gk_sql *q) {
    if (!exec(q, "BEGIN IMMEDIATE")) return false;
    q->is_new = ask_number(q, "PRAGMA user_version") == 0;
    if (q->is_new && !exec(q, gk_archive_sql)) return false;
    return exec(q, "COMMIT");
}

/* A folder that cannot be written has no log to be read along either: the database alone is read then. */
static int open_to_read(gk_sql *q, const char *path) {
    int code = sqlite3_open_v2(path, &q->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
    if (code == SQLITE_OK && !sqlite3_db_readonly(q->db, "main")) return code;
    sqlite3_close(q->db);
    q->db = NULL;
    gk_buf uri = {0};
    gk_buf_put(&uri, GK_STR("file:"));
    for (const char *c = path; *c; c++) gk_buf_printf(&uri, strchr("%?#", *c) ? "%%%02X" : "%c", *c);
    gk_buf_put(&uri, GK_STR("?immutable=1"));
    code = sqlite3_open_v2(uri.ptr, &q->db, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX, NULL);
    gk_buf_free(&uri);
    return code;
}

gk_code gk_sql_open(gk_sql *q, const char *path, bool write, gk_err *err) {
    *q = (gk_sql){0};
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX; /* one thread at a time */
    /* Each statement takes small blocks of memory and gives them back: they are not counted, which would lock and unlock for
     * each of them. Where SQLite is at work in the process already, this changes nothing. */
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    int code = write ? sqlite3_open_v2(path, &q->db, flags, NULL) : open_to_read(q, path);
    if (code != SQLITE_OK) return refuse(q, path, GK_E_OPEN, err);
    sqlite3_busy_timeout(q->db, 10000);
    if (write && (!exec(q, SETTINGS) || !make_tables(q))) return refuse(q, path, GK_E_OUTPUT, err);
    if (!write && !exec(q, "PRAGMA query_only = 1; PRAGMA cache_size = -16384")) return refuse(q, path, GK_E_OPEN, err);
    int64_t version = ask_number(q, "PRAGMA user_version");
    if (version < 0) return refuse(q, path, GK_E_OPEN, err);
    if (version == 1 && ask_number(q, "PRAGMA application_id") == 0x474b5741) return GK_OK;
    gk_sql_close(q);
    gk_err_set(err, GK_E_FORMAT, "this is no index of an archive that this version reads");
    gk_err_file(err, gk_str_of(path));
    return GK_E_FORMAT;
}

void gk_sql_close(gk_sql *q) {
    for (int i = 0; i < GK_SQL_COUNT; i++) sqlite3_finalize(q->stmt[i]);
    memset(q->stmt, 0, sizeof q->stmt);
    sqlite3_close(q->db);
    q->db = NULL;
}

bool gk_sql_fail(gk_sql *q) {
    if (q->failed.code == GK_OK)
        gk_err_set(&q->failed, GK_E_OUTPUT, "the index of the archive: %s", sqlite3_errmsg(q->db));
    if (!q->failed.file[0]) gk_err_file(&q->failed, gk_str_of(sqlite3_db_filename(q->db, "main")));
    return false;
}

static void bind(sqlite3_stmt *stmt, const char *kinds, va_list values) {
    for (int i = 1; kinds[i - 1]; i++) {
        if (kinds[i - 1] == 'i' || kinds[i - 1] == 'n') {
            int64_t n = va_arg(values, int64_t);
            if (n || kinds[i - 1] == 'i') sqlite3_bind_int64(stmt, i, n);
            else sqlite3_bind_null(stmt, i);
            continue;
        }
        gk_str s = va_arg(values, gk_str);
        if (!s.ptr) sqlite3_bind_null(stmt, i);
        else if (kinds[i - 1] == 't') sqlite3_bind_text(stmt, i, s.ptr, (int)s.len, SQLITE_STATIC);
        else sqlite3_bind_blob(stmt, i, s.ptr, (int)s.len, SQLITE_STATIC);
    }
}

static sqlite3_stmt *ready(gk_sql *q, gk_statement which, const char *kinds, va_list values) {
    if (q->failed.code != GK_OK) return NULL;
    sqlite3_stmt **stmt = &q->stmt[which];
    if (!*stmt && sqlite3_prepare_v3(q->db, TEXTS[which], -1, SQLITE_PREPARE_PERSISTENT, stmt, NULL) != SQLITE_OK) {
        gk_sql_fail(q);
        return NULL;
    }
    bind(*stmt, kinds, values);
    return *stmt;
}

sqlite3_stmt *gk_sql_ask(gk_sql *q, gk_statement which, const char *kinds, ...) {
    va_list values;
    va_start(values, kinds);
    sqlite3_stmt *stmt = ready(q, which, kinds, values);
    va_end(values);
    return stmt;
}

bool gk_sql_row(gk_sql *q, sqlite3_stmt *stmt) {
    if (!stmt) return false;
    int code = sqlite3_step(stmt);
    if (code == SQLITE_ROW) return true;
    if (code != SQLITE_DONE) gk_sql_fail(q);
    sqlite3_reset(stmt);
    return false;
}

bool gk_sql_run(gk_sql *q, gk_statement which, const char *kinds, ...) {
    va_list values;
    va_start(values, kinds);
    sqlite3_stmt *stmt = ready(q, which, kinds, values);
    va_end(values);
    gk_sql_row(q, stmt);
    return q->failed.code == GK_OK;
}

gk_str gk_sql_text(sqlite3_stmt *stmt, int column, gk_arena *arena) {
    if (sqlite3_column_type(stmt, column) == SQLITE_NULL) return GK_STR_NONE; /* most are */
    const char *at = sqlite3_column_blob(stmt, column);
    gk_str s = {at, (size_t)sqlite3_column_bytes(stmt, column)};
    return gk_arena_dup(arena, at ? s : GK_STR(""));
}
