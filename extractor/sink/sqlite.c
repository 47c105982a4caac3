/* The sink that keeps a database up to date: one transaction a document.
 *
 * What is stored already, by the same program with the same pattern set and the same records, is not written again.
 * Else the rows of the document are inserted or updated by (doc, id), and rows that are no longer produced are deleted.
 */
#include <stdlib.h>

#include "base/digest.h"
#include "emit/json.h"
#include "sink/driver.h"
#include "sink/rows.h"
#include "sink/wire.h"

enum { Q_STORED, Q_SOURCE_STORED, Q_SOURCE, Q_FORGET, Q_PRODUCED, Q_CLEAR, Q_TERMS_CLEAR, Q_TERM, Q_COUNT };

static const char *const queries[Q_COUNT] = {
    [Q_STORED] = "SELECT 1 FROM documents WHERE doc = ?1 AND pattern_set IS ?2 AND gongkai_version = ?3"
                 " AND records_sha256 = ?4",
    [Q_SOURCE_STORED] = "SELECT 1 FROM document_sources WHERE doc = ?1 AND source = ?2 AND fetched IS ?3"
                        " AND anchor IS ?4 AND list_page IS ?5",
    [Q_SOURCE] = "INSERT OR REPLACE INTO document_sources (doc, source, fetched, anchor, list_page)"
                 " VALUES (?1, ?2, ?3, ?4, ?5)",
    [Q_FORGET] = "DELETE FROM documents WHERE doc = 'source:' || ?2 AND doc <> ?1",
    [Q_PRODUCED] = "INSERT INTO temp.produced (id, place) VALUES (?1, ?2)",
    [Q_CLEAR] = "DELETE FROM temp.produced",
    [Q_TERMS_CLEAR] = "DELETE FROM finding_terms WHERE doc = ?1 AND finding = ?2",
    [Q_TERM] = "INSERT INTO finding_terms (doc, finding, position, term) VALUES (?1, ?2, ?3, ?4)",
};

/* What is said of the bytes at one place, in the order of the columns behind `doc`. */
static const gk_field SOURCE[] = {GK_F_SOURCE, GK_F_FETCHED, GK_F_ANCHOR, GK_F_LIST_PAGE};
enum { SOURCE_FIELDS = sizeof SOURCE / sizeof *SOURCE };

typedef struct sqlite_state {
    gk_database database;
    sqlite3_stmt *query[Q_COUNT];
    sqlite3_stmt *insert[GK_PLACE_COUNT];
    sqlite3_stmt *stale[GK_PLACE_COUNT]; /* deletes the rows that were not produced; none for documents */
    gk_json_emitter *emitter;
    gk_arena arena; /* the document record, all the time of one document */
    gk_arena line_arena;
    gk_buf scratch;
    gk_str doc, source, set; /* of the document being put */
    gk_str sources[SOURCE_FIELDS];
    char digest[65];         /* of its records */
    uint32_t seq;
} sqlite_state;

static gk_code prepare_stale(sqlite_state *s, gk_place place, gk_err *err) {
    gk_buf_clear(&s->scratch);
    gk_buf_printf(&s->scratch,
                  "DELETE FROM %s WHERE doc = ?1 AND id NOT IN (SELECT id FROM temp.produced WHERE place = %d)",
                  gk_place_name(place), (int)place);
    return gk_database_prepare(&s->database, s->scratch.ptr, &s->stale[place], err);
}

static gk_code prepare(sqlite_state *s, gk_err *err) {
    gk_code code = gk_database_run(
        &s->database, "CREATE TEMP TABLE produced (id TEXT PRIMARY KEY NOT NULL, place INTEGER) WITHOUT ROWID", err);
    for (int i = 0; i < Q_COUNT && code == GK_OK; i++)
        code = gk_database_prepare(&s->database, queries[i], &s->query[i], err);
    for (int i = 0; i < GK_PLACE_COUNT && code == GK_OK; i++) {
        code = gk_rows_prepare(&s->database, (gk_place)i, &s->insert[i], err);
        if (code == GK_OK && i != GK_PLACE_DOCUMENTS) code = prepare_stale(s, (gk_place)i, err);
    }
    return code;
}

static gk_code sqlite_open(gk_sink *sink, gk_err *err) {
    sqlite_state *s = gk_alloc_zero(1, sizeof *s);
    sink->state = s;
    s->emitter = gk_json_emitter_new();
    gk_code code = gk_database_open(&s->database, sink->target, err);
    return code == GK_OK ? prepare(s, err) : code;
}

/* Runs a query with text parameters. */
static gk_code ask(sqlite_state *s, int query, const gk_str *texts, int count, bool *row, gk_err *err) {
    for (int i = 0; i < count; i++) gk_database_bind(s->query[query], i + 1, texts[i]);
    return gk_database_step(&s->database, s->query[query], row, err);
}

/* The digest of the lines, without where and when the bytes were met: under another path they are the same document. */
static void digest_records(sqlite_state *s, const gk_line *document, gk_str others) {
    gk_record nameless = gk_record_copy(&document->record, &s->arena);
    for (size_t i = 0; i < SOURCE_FIELDS; i++) gk_put(&nameless, SOURCE[i], GK_STR_NONE, &s->arena);
    /* Of an archive it is what the list says, which may be another one. */
    gk_put(&nameless, GK_F_PUBLISHED, GK_STR_NONE, &s->arena);
    gk_buf_clear(&s->scratch);
    gk_json_record(s->emitter, document->digest, &nameless, &s->scratch);
    gk_sha256 hash;
    gk_sha256_init(&hash);
    gk_sha256_add(&hash, gk_buf_str(&s->scratch));
    gk_sha256_add(&hash, others);
    gk_sha256_hex(&hash, s->digest);
}

/* Reads the document record and fills in what all rows share. */
static gk_code begin_document(sqlite_state *s, gk_str text, gk_err *err) {
    gk_lines lines = {.text = text, .name = GK_STR("records")};
    gk_line document;
    gk_arena_reset(&s->arena);
    if (gk_lines_next(&lines, &s->arena, &document, err) != GK_OK || document.record.kind != GK_KIND_DOCUMENT) {
        gk_err_set(err, GK_E_OUTPUT, "the records of a document do not begin with its document record");
        return GK_E_OUTPUT;
    }
    digest_records(s, &document, gk_str_slice(text, lines.at, text.len));
    for (size_t i = 0; i < SOURCE_FIELDS; i++) s->sources[i] = gk_get(&document.record, SOURCE[i]);
    s->source = s->sources[0];
    s->set = gk_get(&document.record, GK_F_SET);
    s->seq = 0;
    s->doc = document.digest.len ? gk_arena_printf(&s->arena, "sha256:%.*s", GK_STR_ARG(document.digest))
                                 : gk_arena_printf(&s->arena, "source:%.*s", GK_STR_ARG(s->source));
    return GK_OK;
}

static gk_code put_terms(sqlite_state *s, const gk_record *r, gk_err *err) {
    const gk_str key[] = {s->doc, r->id};
    gk_code code = ask(s, Q_TERMS_CLEAR, key, 2, NULL, err);
    gk_str terms = gk_get(r, GK_F_TERMS);
    for (size_t at = 0, position = 1; at < terms.len && code == GK_OK; position++) {
        const char *mark = memchr(terms.ptr + at, '\x1f', terms.len - at);
        size_t end = mark ? (size_t)(mark - terms.ptr) : terms.len;
        sqlite3_bind_int64(s->query[Q_TERM], 3, (sqlite3_int64)position);
        gk_database_bind(s->query[Q_TERM], 4, gk_str_slice(terms, at, end));
        code = ask(s, Q_TERM, key, 2, NULL, err);
        at = end + 1;
    }
    return code;
}

static gk_code take(void *user, const gk_line *document, const gk_line *line, gk_err *err) {
    sqlite_state *s = user;
    const gk_record *r = &line->record;
    gk_place place = gk_place_of(r->kind);
    gk_row row = {r, s->doc, GK_STR(GK_VERSION), gk_str_of(s->digest), s->seq++, &s->line_arena};
    (void)document;
    gk_rows_bind(s->insert[place], place, &row);
    gk_code code = gk_database_step(&s->database, s->insert[place], NULL, err);
    if (code != GK_OK || place == GK_PLACE_DOCUMENTS) return code;
    sqlite3_bind_int64(s->query[Q_PRODUCED], 2, place);
    code = ask(s, Q_PRODUCED, &r->id, 1, NULL, err);
    if (code == GK_OK && place == GK_PLACE_FINDINGS) code = put_terms(s, r, err);
    return code;
}

static gk_code put_rows(sqlite_state *s, gk_str lines, gk_err *err) {
    gk_code code = ask(s, Q_CLEAR, NULL, 0, NULL, err);
    gk_arena_reset(&s->line_arena);
    if (code == GK_OK) code = gk_wire_each(lines, &s->line_arena, take, s, err);
    for (int i = GK_PLACE_FACTS; i < GK_PLACE_COUNT && code == GK_OK; i++) {
        gk_database_bind(s->stale[i], 1, s->doc);
        code = gk_database_step(&s->database, s->stale[i], NULL, err);
    }
    return code;
}

static gk_code put_source(sqlite_state *s, gk_err *err) {
    const gk_str key[] = {s->doc, s->source, s->sources[1], s->sources[2], s->sources[3]};
    if (!s->source.len) return GK_OK;
    gk_code code = ask(s, Q_SOURCE, key, 1 + SOURCE_FIELDS, NULL, err);
    return code == GK_OK ? ask(s, Q_FORGET, key, 2, NULL, err) : code;
}

static gk_code sqlite_put(gk_sink *sink, gk_str lines, gk_err *err) {
    sqlite_state *s = sink->state;
    gk_code code = begin_document(s, lines, err);
    if (code != GK_OK) return code;
    const gk_str key[] = {s->doc, s->set, GK_STR(GK_VERSION), gk_str_of(s->digest)};
    const gk_str source[] = {s->doc, s->source, s->sources[1], s->sources[2], s->sources[3]};
    bool stored = false, known = !s->source.len;
    code = ask(s, Q_STORED, key, 4, &stored, err);
    if (code == GK_OK && stored && !known) code = ask(s, Q_SOURCE_STORED, source, 1 + SOURCE_FIELDS, &known, err);
    if (code != GK_OK || (stored && known)) return code;
    code = gk_database_begin(&s->database, err);
    if (code == GK_OK && !stored) code = put_rows(s, lines, err);
    if (code == GK_OK) code = put_source(s, err);
    if (code == GK_OK) code = gk_database_commit(&s->database, err);
    if (code != GK_OK) gk_database_rollback(&s->database);
    return code;
}

static void finalize(sqlite_state *s) {
    for (int i = 0; i < Q_COUNT; i++) sqlite3_finalize(s->query[i]), s->query[i] = NULL;
    for (int i = 0; i < GK_PLACE_COUNT; i++) {
        sqlite3_finalize(s->insert[i]), s->insert[i] = NULL;
        sqlite3_finalize(s->stale[i]), s->stale[i] = NULL;
    }
}

static gk_code sqlite_end(gk_sink *sink, gk_err *err) {
    sqlite_state *s = sink->state;
    finalize(s);
    return gk_database_close(&s->database, err);
}

static void sqlite_free(gk_sink *sink) {
    sqlite_state *s = sink->state;
    if (!s) return;
    finalize(s);
    gk_database_close(&s->database, NULL);
    gk_json_emitter_free(s->emitter);
    gk_arena_free(&s->arena);
    gk_arena_free(&s->line_arena);
    gk_buf_free(&s->scratch);
    free(s);
}

const gk_driver gk_driver_sqlite = {
    .own_file = true, .open = sqlite_open, .put = sqlite_put, .end = sqlite_end, .free = sqlite_free};
