#include "corpus/archive/index.h"

#include "corpus/archive/inside.h"
#include "corpus/archive/json.h"

static const gk_statement STATEMENTS[] = {[GK_STORED_ALL] = GK_SQL_EACH,
                                          [GK_STORED_URL] = GK_SQL_OF_URL,
                                          [GK_STORED_DIGEST] = GK_SQL_OF_DIGEST,
                                          [GK_STORED_DOCUMENTS] = GK_SQL_DOCUMENTS};

static gk_place place_of(sqlite3_stmt *q, int *i) {
    gk_place p = {.file = sqlite3_column_int64(q, *i)};
    p.offset = (uint64_t)sqlite3_column_int64(q, *i + 1);
    p.length = (uint64_t)sqlite3_column_int64(q, *i + 2);
    *i += 3;
    return p;
}

/* Fills a capture from a row of GK_CAPTURE_COLUMNS. */
static void read_row(sqlite3_stmt *q, gk_arena *arena, gk_stored *c) {
    int i = 0;
    *c = (gk_stored){.id = sqlite3_column_int64(q, i++)};
    c->entry = sqlite3_column_int64(q, i++);
    c->url = gk_sql_text(q, i++, arena);
    c->started_ms = sqlite3_column_int64(q, i++);
    c->status = sqlite3_column_int(q, i++);
    gk_str *first[] = {&c->outcome, &c->media_type, &c->type, &c->kind};
    for (size_t k = 0; k < sizeof first / sizeof *first; k++) *first[k] = gk_sql_text(q, i++, arena);
    c->record = place_of(q, &i);
    c->payload = place_of(q, &i);
    c->first_ms = sqlite3_column_int64(q, i++);
    gk_str digest = gk_sql_text(q, i++, arena);
    if (digest.len == GK_SHA_BYTES) gk_sha_text((const unsigned char *)digest.ptr, c->digest);
    c->bytes = (uint64_t)sqlite3_column_int64(q, i++);
    gk_str *told[] = {&c->truncated, &c->address, &c->published, &c->title, &c->name, &c->text, &c->list_page,
                      &c->region, &c->division_code, &c->agency};
    for (size_t k = 0; k < sizeof told / sizeof *told; k++) *told[k] = gk_sql_text(q, i++, arena);
}

static sqlite3_stmt *ask(gk_store *s, const gk_stored_query *query, unsigned char digest[GK_SHA_BYTES]) {
    gk_sql *sql = &s->sql;
    if (query->sort == GK_STORED_URL) return gk_sql_ask(sql, STATEMENTS[query->sort], "t", query->value);
    if (query->sort == GK_STORED_DOCUMENTS) return gk_sql_ask(sql, STATEMENTS[query->sort], "i", query->since_ms);
    if (query->sort == GK_STORED_ALL) return gk_sql_ask(sql, STATEMENTS[query->sort], "");
    if (!gk_sha_read(query->value, digest)) memset(digest, 0, GK_SHA_BYTES);
    return gk_sql_ask(sql, STATEMENTS[query->sort], "b", (gk_str){(const char *)digest, GK_SHA_BYTES});
}

gk_code gk_index_each(gk_store *s, const gk_stored_query *query, gk_on_stored *on_stored, void *user, gk_err *err) {
    unsigned char digest[GK_SHA_BYTES];
    gk_arena arena = {0};
    gk_stored c;
    bool go_on = true;
    sqlite3_stmt *q = gk_store_write_rows(s) ? ask(s, query, digest) : NULL;
    while (go_on && gk_sql_row(&s->sql, q)) {
        gk_arena_reset(&arena);
        read_row(q, &arena, &c);
        go_on = on_stored(user, &c);
    }
    if (q) sqlite3_reset(q);
    gk_arena_free(&arena);
    if (s->sql.failed.code != GK_OK && err) *err = s->sql.failed;
    return s->sql.failed.code;
}

gk_str gk_index_path(gk_store *s, int64_t file) {
    gk_buf path = {0};
    gk_files_path(s->dir.ptr, file, &path);
    gk_str kept = gk_arena_dup(&s->arena, gk_buf_str(&path));
    gk_buf_free(&path);
    return kept;
}

/* Reads the record at a place, and checks that it is the one. */
static gk_code read_at(gk_store *s, const gk_place *at, const char *digest, gk_buf *head, gk_buf *payload, gk_err *err) {
    gk_buf path = {0};
    gk_warc_record r;
    uint64_t length;
    gk_files_path(s->dir.ptr, at->file, &path);
    gk_warc_reader *reader = gk_warc_open(path.ptr, at->offset, err);
    gk_code code = reader ? gk_warc_next(reader, &r, NULL, &length, err) : GK_E_OPEN;
    if (code == GK_OK && (length != at->length || (digest && !gk_str_ends(r.payload_digest, gk_str_of(digest))))) {
        code = gk_err_set(err, GK_E_FORMAT, "the record is another one than the index says");
        gk_err_file(err, gk_buf_str(&path));
        if (err) err->offset = at->offset;
    }
    if (code == GK_OK && head) gk_buf_put(head, r.head);
    if (code == GK_OK && payload) gk_buf_put(payload, r.payload);
    gk_warc_close(reader);
    gk_buf_free(&path);
    return code;
}

gk_code gk_index_read(gk_store *s, const gk_stored *c, gk_buf *head, gk_buf *payload, gk_err *err) {
    gk_str url = gk_str_slice(c->url, 0, 200);
    if (!c->record.file) return gk_err_set(err, GK_E_OPEN, "nothing was stored for %.*s", GK_STR_ARG(url));
    bool own = c->record.file == c->payload.file && c->record.offset == c->payload.offset;
    if (own) return read_at(s, &c->record, c->digest, head, payload, err);
    gk_code code = read_at(s, &c->record, c->digest, head, NULL, err);
    return code == GK_OK ? read_at(s, &c->payload, c->digest, NULL, payload, err) : code;
}

typedef struct wanted {
    gk_store *s;
    gk_buf *payload;
    gk_code code;
} wanted;

static bool read_first(void *user, const gk_stored *c) {
    wanted *w = user;
    if (!c->payload.file || c->truncated.len) return true;
    w->code = read_at(w->s, &c->payload, c->digest, NULL, w->payload, NULL);
    return w->code != GK_OK;
}

gk_code gk_index_payload(gk_store *s, gk_str digest, gk_buf *payload) {
    wanted w = {s, payload, GK_E_OPEN};
    gk_stored_query query = {.sort = GK_STORED_DIGEST, .value = digest};
    gk_code code = gk_index_each(s, &query, read_first, &w, NULL);
    return code == GK_OK ? w.code : code;
}

/* ---- as JSON */

static void put_number(gk_buf *out, const char *name, uint64_t n) {
    if (n) gk_buf_printf(out, ",\"%s\":%llu", name, (unsigned long long)n);
}

void gk_index_json(const gk_stored *c, gk_buf *out) {
    char date[GK_WARC_DATE_TEXT];
    gk_buf_put(out, GK_STR("{"));
    gk_json_text(out, "url", c->url);
    gk_json_text(out, "fetched", gk_warc_date(c->started_ms, date));
    put_number(out, "status", (uint64_t)c->status);
    gk_json_text(out, "outcome", c->outcome);
    gk_json_text(out, "type", c->type);
    gk_json_text(out, "kind", c->kind);
    gk_json_text(out, "media_type", c->media_type);
    put_number(out, "bytes", c->bytes);
    if (c->digest[0]) gk_buf_printf(out, ",\"digest\":\"sha256:%s\"", c->digest);
    if (c->first_ms && c->first_ms != c->started_ms) gk_json_text(out, "first_fetched", gk_warc_date(c->first_ms, date));
    const gk_str values[] = {c->truncated, c->published, c->title, c->name, c->text, c->list_page, c->region,
                             c->division_code, c->agency, c->address};
    static const char *const names[] = {"truncated", "published", "title", "name", "anchor", "list_page", "region",
                                        "division", "agency", "address"};
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) gk_json_text(out, names[i], values[i]);
    put_number(out, "file", (uint64_t)c->record.file);
    put_number(out, "offset", c->record.offset);
    put_number(out, "length", c->record.length);
    gk_buf_put(out, GK_STR("}\n"));
}
