#include "base/digest.h"
#include "check.h"
#include "scratch.h"
#include "sink/database.h"
#include "sink/sink.h"

#define DOC_A "sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define DOC_B "sha256:bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
#define HEAD(source)                                                                                                   \
    "{\"kind\":\"document\",\"doc\":\"" DOC_A "\",\"id\":\"d\",\"span\":{\"start\":0,\"end\":900},"                    \
    "\"agency\":\"某县财政局\",\"region\":[\"某省\",\"某县\"],\"year\":2024,\"report\":\"final_account\","             \
    "\"source\":\"" source "\",\"counts\":{\"amount\":2,\"indicator\":1,\"finding\":1},"                               \
    "\"digits\":{\"groups\":8,\"claimed\":5,\"excluded\":2,\"unexplained\":1,\"by_class\":{\"date\":2}},"              \
    "\"set\":\"5e7\"}\n"
#define AT(id, start, end)                                                                                             \
    "\"doc\":\"" DOC_A "\",\"id\":\"" id "\",\"span\":{\"start\":" #start ",\"end\":" #end "},"
#define AMOUNT_1                                                                                                       \
    "{\"kind\":\"amount\"," AT("a1", 10, 20) "\"raw\":\"1.5万元\",\"value\":\"15000.5\",\"unit\":\"CNY\","             \
    "\"subject\":\"公务接待费\",\"measure\":\"actual\",\"year\":2024,\"against\":{\"measure\":\"budget\","             \
    "\"year\":2023},\"section\":[\"一\",\"二\"]}\n"
#define AMOUNT_2                                                                                                       \
    "{\"kind\":\"amount\"," AT("a2", 30, 40) "\"value\":\"-0.125\",\"unit\":\"CNY\",\"subject\":\"教育\","             \
    "\"measure\":\"budget\",\"year\":2024,\"code\":\"205\"}\n"
#define SHARE                                                                                                          \
    "{\"kind\":\"percentage\"," AT("p1", 50, 60) "\"value\":\"12.5\",\"unit\":\"%\",\"measure\":\"share\"}\n"
#define INDICATOR                                                                                                      \
    "{\"kind\":\"indicator\"," AT("i1", 70, 80) "\"project\":\"整体\",\"name\":\"人数\",\"op\":\">=\","                \
    "\"target\":\"98\",\"weight\":\"10\"}\n"
#define FINDING                                                                                                        \
    "{\"kind\":\"finding\"," AT("f1", 10, 20) "\"check\":\"sum\",\"status\":\"contradicts\","                          \
    "\"terms\":[\"a1\",\"a2\"]}\n"
#define ALL HEAD("one.txt") AMOUNT_1 AMOUNT_2 SHARE INDICATOR FINDING

static gk_code store(const char *path, const char *const documents[], gk_err *err) {
    gk_sink *sink;
    gk_code code = gk_sink_open(path, NULL, &sink, err);
    if (code != GK_OK) return code;
    for (int i = 0; documents[i] && code == GK_OK; i++) code = gk_sink_put(sink, gk_str_of(documents[i]), err);
    if (code == GK_OK) code = gk_sink_end(sink, true, err);
    gk_sink_close(sink);
    return code;
}

static void stored(const char *path, const char *document) {
    gk_err err = {0};
    CHECK_INT(store(path, (const char *const[]){document, NULL}, &err), GK_OK);
    if (err.code) fprintf(stderr, "%s\n", err.message);
}

/* All rows of a query, columns joined with '|', rows ended by LF. */
static void query(const char *path, const char *sql, const char *want) {
    sqlite3 *db;
    sqlite3_stmt *s = NULL;
    gk_buf got = {0};
    gk_buf_put(&got, GK_STR(""));
    sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, NULL);
    if (sqlite3_prepare_v2(db, sql, -1, &s, NULL) != SQLITE_OK) fprintf(stderr, "%s\n", sqlite3_errmsg(db));
    while (s && sqlite3_step(s) == SQLITE_ROW)
        for (int i = 0, n = sqlite3_column_count(s); i < n; i++) {
            const char *text = (const char *)sqlite3_column_text(s, i);
            gk_buf_printf(&got, "%s%c", text ? text : "NULL", i + 1 < n ? '|' : '\n');
        }
    CHECK_STR(gk_buf_str(&got), want);
    sqlite3_finalize(s);
    sqlite3_close(db);
    gk_buf_free(&got);
}

static void digest(const char *path, char hex[65]) {
    gk_buf bytes = {0};
    gk_sha256 h;
    gk_sha256_init(&h);
    gk_sha256_add(&h, scratch_read(path, &bytes));
    gk_sha256_hex(&h, hex);
    gk_buf_free(&bytes);
}

static void rows(void) {
    const char *path = scratch_path("a.db");
    stored(path, ALL);
    query(path,
          "SELECT doc, agency, region, year, text_bytes, amounts, digit_groups, digits_by_class, pattern_set"
          " FROM documents",
          DOC_A "|某县财政局|某省 / 某县|2024|900|2|8|{\"date\":2}|5e7\n");
    query(path, "SELECT id, seq, value, fen, against_measure, against_year, section, span_start FROM facts ORDER BY seq",
          "a1|1|15000.5|1500050|budget|2023|一 / 二|10\na2|2|-0.125|NULL|NULL|NULL|NULL|30\n"
          "p1|3|12.5|NULL|NULL|NULL|NULL|50\n");
    query(path, "SELECT id, project, name, op, target, weight FROM indicators", "i1|整体|人数|>=|98|10\n");
    query(path, "SELECT check_, status, term FROM findings JOIN finding_terms ON finding = id ORDER BY position",
          "sum|contradicts|a1\nsum|contradicts|a2\n");
    query(path, "SELECT year, reception_actual_fen, reception_budget_fen FROM three_public", "2024|1500050|NULL\n");
    query(path, "SELECT source, contradictions, unexplained_percent FROM document_overview", "one.txt|1|12.5\n");
    query(path, "PRAGMA foreign_key_check", "");
    CHECK_INT(scratch_clear(false), 1);
}

static void second_run(void) {
    const char *path = scratch_path("a.sqlite");
    char before[65], after[65];
    stored(path, ALL);
    digest(path, before);
    stored(path, ALL);
    digest(path, after);
    CHECK_STR(gk_str_of(after), before);
    stored(path, HEAD("two.txt") AMOUNT_1 AMOUNT_2 SHARE INDICATOR FINDING);
    query(path, "SELECT count(*) FROM documents", "1\n");
    query(path, "SELECT source FROM document_sources ORDER BY 1", "one.txt\ntwo.txt\n");
    digest(path, before);
    stored(path, ALL);
    digest(path, after);
    CHECK_STR(gk_str_of(after), before);
    CHECK_INT(scratch_clear(false), 1);
}

static void changed(void) {
    const char *path = scratch_path("a.db");
    stored(path, ALL);
    stored(path, HEAD("one.txt") AMOUNT_2 INDICATOR);
    query(path, "SELECT id, seq FROM facts", "a2|1\n");
    query(path, "SELECT id FROM indicators", "i1\n");
    query(path, "SELECT count(*) FROM findings", "0\n");
    query(path, "SELECT count(*) FROM finding_terms", "0\n");
    scratch_clear(false);
}

static void failures(void) {
    const char *path = scratch_path("a.db");
    stored(path, "{\"kind\":\"document\",\"source\":\"one.txt\",\"error\":{\"class\":\"open\",\"message\":\"no\"}}\n");
    query(path, "SELECT doc, text_bytes, error_class, error_message FROM documents", "source:one.txt|NULL|open|no\n");
    stored(path, ALL);
    query(path, "SELECT doc, error_class FROM documents", DOC_A "|NULL\n");
    scratch_clear(false);
}

static void refused(const char *path, const char *document, const char *message) {
    gk_err err = {0};
    CHECK_INT(store(path, (const char *const[]){document, NULL}, &err), GK_E_OUTPUT);
    CHECK_STR(gk_str_of(err.message), message);
}

static void refusals(void) {
    const char *path = scratch_path("a.db"), *other = scratch_path("b.db"), *text = scratch_path("c.db");
    sqlite3 *db;
    scratch_write(text, GK_STR("this is a text and no database at all, whatever its name says about it"));
    refused(text, ALL, "SQLite: file is not a database");
    sqlite3_open(other, &db);
    sqlite3_exec(db, "CREATE TABLE t (a)", NULL, NULL, NULL);
    sqlite3_close(db);
    refused(other, ALL, "the file is a database of another program");
    stored(path, ALL);
    refused(path, AMOUNT_1, "the records of a document do not begin with its document record");
    refused(path, HEAD("x") AMOUNT_1 AMOUNT_1, "SQLite: UNIQUE constraint failed: produced.id");
    query(path, "SELECT count(*) FROM facts", "3\n");
    sqlite3_open(path, &db);
    sqlite3_exec(db, "PRAGMA user_version = 99", NULL, NULL, NULL);
    sqlite3_close(db);
    refused(path, ALL, "the database has version 99 of the schema, this program writes version 4");
    refused(scratch_path("none/a.db"), ALL, "SQLite: unable to open database file: No such file or directory");
    scratch_clear(false);
}

int main(void) {
    scratch_open();
    rows();
    second_run();
    changed();
    failures();
    refusals();
    scratch_clear(true);
    return CHECK_DONE();
}
