/* The statements of the index: each is prepared at its first use and kept. SQLite lives in this room and in the sinks.
 *
 * Errors are kept: the first one stays in gk_sql.failed, everything after it does nothing, and whoever commits looks.
 */
#ifndef GK_CORPUS_ARCHIVE_SQL_H
#define GK_CORPUS_ARCHIVE_SQL_H

#include <sqlite3.h>

#include "base/err.h"

#define GK_ENTRY_COLUMNS                                                                                               \
    "id, host, url, body, body_type, referer, kind, parent, seed, depth, priority, text, name, date, year, region, "   \
    "division_code, agency, label, outcome, reason, status, attempts, due, etag, last_modified, digest, fetched"
#define GK_WAITING "due > 0 AND due < 9223372036854775807"

#define GK_CAPTURE_COLUMNS                                                                                             \
    "SELECT c.id, c.entry, c.url, c.started_ms, c.status, c.outcome, c.media_type, c.type, coalesce(c.kind, e.kind), " \
    "c.file, c.offset, c.length, o.file, o.offset, o.length, o.started_ms, c.digest, c.bytes, c.truncated, "           \
    "c.address, coalesce(c.published, e.date), c.title, coalesce(c.name, e.name), coalesce(e.text, c.text), "          \
    "coalesce(p.url, c.list_page), s.region, "                                                                         \
    "s.division_code, s.agency FROM capture c LEFT JOIN capture o ON o.id = coalesce(c.original, c.id) "               \
    "LEFT JOIN entry e ON e.id = c.entry LEFT JOIN entry p ON p.id = e.parent "                                        \
    "LEFT JOIN entry s ON s.id = CASE e.seed WHEN 0 THEN e.id ELSE e.seed END "

#define GK_STATEMENTS(X)                                                                                               \
    X(BEGIN, "BEGIN IMMEDIATE")                                                                                        \
    X(READ, "BEGIN")                                                                                                   \
    X(CHECK, "PRAGMA integrity_check(20)")                                                                             \
    X(LOST, "SELECT c.url FROM capture c LEFT JOIN capture o ON o.id = c.original WHERE c.original IS NOT NULL AND "   \
            "(o.id IS NULL OR o.digest IS NOT c.digest OR o.file IS NULL OR o.original IS NOT NULL)")                  \
    X(OF_FILE, "SELECT id, offset, length, url, digest, started_ms, record, status FROM capture WHERE file = ? "       \
               "ORDER BY id")                                                                                          \
    X(SEEN, "SELECT 1 FROM capture WHERE url = ? AND started_ms / 1000 = ? / 1000 AND digest = ?")                     \
    X(COMMIT, "COMMIT")                                                                                                \
    X(ROLLBACK, "ROLLBACK")                                                                                            \
    X(ADD_HOST, "INSERT INTO host (name, site) VALUES (?, ?)")                                                         \
    X(HOSTS, "SELECT id, name, site FROM host ORDER BY id")                                                            \
    X(READY, "SELECT host, count(*) FROM entry WHERE due = 0 GROUP BY host")                                           \
    X(WAITING, "SELECT host, count(*), min(due) FROM entry WHERE " GK_WAITING " GROUP BY host")                        \
    X(NEXT_DUE, "SELECT min(due) FROM entry WHERE host = ? AND " GK_WAITING)                                           \
    X(PROMOTE, "UPDATE entry SET due = 0 WHERE host = ? AND due <= ? AND " GK_WAITING)                                 \
    X(TAKE, "SELECT " GK_ENTRY_COLUMNS " FROM entry WHERE host = ? AND due = 0 ORDER BY priority DESC, depth, id")     \
    X(KNOWN, "SELECT 1 FROM entry WHERE key = ?")                                                                      \
    X(LAST_ENTRY, "SELECT coalesce(max(id), 0) FROM entry")                                                            \
    X(ADD, "INSERT INTO entry (id, key, host, url, body, body_type, referer, kind, parent, seed, depth, "        \
           "priority, text, name, date, year, region, division_code, agency, label, outcome, reason, status, "         \
           "attempts, due, etag, last_modified, digest, fetched) "                                                     \
           "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")           \
    X(SEED, "UPDATE entry SET kind = ?2, parent = 0, seed = 0, depth = 0, priority = ?3, region = ?4, "                \
            "division_code = ?5, agency = ?6, label = ?7 WHERE key = ?1")                                              \
    X(DUE, "SELECT host, due FROM entry WHERE id = ?")                                                                 \
    X(STATE, "UPDATE entry SET outcome = ?2, reason = ?3, status = ?4, attempts = ?5, due = ?6, etag = ?7, "           \
             "last_modified = ?8, digest = ?9, fetched = ?10 WHERE id = ?1")                                           \
    X(ENTRIES, "SELECT " GK_ENTRY_COLUMNS " FROM entry ORDER BY id")                                                   \
    X(ENTRY, "SELECT " GK_ENTRY_COLUMNS " FROM entry WHERE id = ?")                                                   \
    X(FOUND, "SELECT id, seed, url, kind, date, year, outcome, reason, due FROM entry ORDER BY id")                    \
    X(RENEW, "UPDATE entry SET due = 0, attempts = 0 WHERE attempts > 0 OR fetched > 0")                               \
    X(NOTE, "INSERT OR REPLACE INTO note (key, value, expires) VALUES (?, ?, ?)")                                      \
    X(NOTED, "SELECT value FROM note WHERE key = ? AND expires > ?")                                                   \
    X(FILES, "SELECT id, length, crc FROM file ORDER BY id")                                                           \
    X(FILE, "INSERT OR REPLACE INTO file (id, length, crc) VALUES (?, ?, ?)")                                          \
    X(STORED, "SELECT id, record, url, started_ms, digest, bytes, media_type FROM capture WHERE digest = ? AND "       \
              "original IS NULL AND truncated IS NULL LIMIT 1")                                                        \
    X(DIGESTS, "SELECT digest FROM capture WHERE digest IS NOT NULL")                                                  \
    X(KEYS, "SELECT key FROM entry")                                                                                   \
    X(LAST, "SELECT c.id, c.record, c.url, c.started_ms, c.digest, c.bytes, c.media_type FROM capture c WHERE c.id = " \
            "(SELECT coalesce(original, id) FROM capture WHERE url = ? AND digest IS NOT NULL AND truncated IS NULL "  \
            "AND status / 100 = 2 ORDER BY id DESC LIMIT 1)")                                                          \
    X(CAPTURE, "INSERT INTO capture (entry, url, started_ms, status, outcome, media_type, type, record, file, "        \
               "offset, length, digest, bytes, original, truncated, address, published, title, name, kind, text, "     \
               "list_page, robots) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")      \
    X(EACH, GK_CAPTURE_COLUMNS "ORDER BY c.id")                                                                        \
    X(OF_URL, GK_CAPTURE_COLUMNS "WHERE c.url = ? ORDER BY c.id")                                                      \
    X(OF_DIGEST, GK_CAPTURE_COLUMNS "WHERE c.digest = ? ORDER BY c.id")                                                \
    X(DOCUMENTS, GK_CAPTURE_COLUMNS "WHERE c.id IN (SELECT max(id) FROM capture WHERE file IS NOT NULL AND "           \
                 "truncated IS NULL AND bytes > 0 AND digest IS NOT NULL AND coalesce(outcome, 'ok') IN "              \
                 "('ok', 'not-modified') AND (status IS NULL OR status / 100 = 2 OR original IS NOT NULL AND "         \
                 "status = 304) GROUP BY url) AND coalesce(c.kind, e.kind, '') NOT IN "                                \
                 "('entry', 'list', 'page', 'robots') AND o.started_ms >= ? ORDER BY c.url")

typedef enum gk_statement {
#define X(symbol, text) GK_SQL_##symbol,
    GK_STATEMENTS(X)
#undef X
        GK_SQL_COUNT
} gk_statement;

typedef struct gk_sql {
    sqlite3 *db;
    sqlite3_stmt *stmt[GK_SQL_COUNT];
    gk_err failed; /* the first error; GK_OK: none */
    bool is_new;   /* the tables were made by this opening */
} gk_sql;

/* Opens the database; made, with its tables, where `write` is set and there is none. */
gk_code gk_sql_open(gk_sql *q, const char *path, bool write, gk_err *err);
void gk_sql_close(gk_sql *q);
/* Keeps the last error of SQLite as GK_E_OUTPUT. Returns false. */
bool gk_sql_fail(gk_sql *q);
/* A statement ready for its first step, values bound as `kinds` says: 'i' int64_t, 'n' int64_t of which 0 is NULL, 't' gk_str
 * as text, 'b' gk_str as blob; absent strings are NULL. NULL after an error. Reset it when done with it. */
sqlite3_stmt *gk_sql_ask(gk_sql *q, gk_statement which, const char *kinds, ...);
/* True: there is a row. At the end, and after an error, the statement is reset. */
bool gk_sql_row(gk_sql *q, sqlite3_stmt *stmt);
/* Runs a statement that gives no rows; false after an error. */
bool gk_sql_run(gk_sql *q, gk_statement which, const char *kinds, ...);
/* A text or blob of the row, copied; absent where it is NULL. */
gk_str gk_sql_text(sqlite3_stmt *stmt, int column, gk_arena *arena);

#endif
