#include "sink/rows.h"

#include "base/decimal.h"

typedef void binder(sqlite3_stmt *statement, int index, const gk_row *row, gk_field field);

static void bind_field(sqlite3_stmt *s, int i, const gk_row *r, gk_field f) {
    gk_database_bind(s, i, gk_get(r->record, f));
}

static void bind_list(sqlite3_stmt *s, int i, const gk_row *r, gk_field f) {
    gk_str joined = gk_get(r->record, f);
    gk_buf text = {0};
    for (size_t at = 0; at < joined.len; at++) {
        if (joined.ptr[at] == '\x1f') gk_buf_put(&text, GK_STR(" / "));
        else gk_buf_putc(&text, joined.ptr[at]);
    }
    gk_database_bind(s, i, text.len ? gk_arena_dup(r->arena, gk_buf_str(&text)) : GK_STR_NONE);
    gk_buf_free(&text);
}

/* 1 yuan = 100 fen; only amounts are money. */
static void bind_fen(sqlite3_stmt *s, int i, const gk_row *r, gk_field f) {
    gk_decimal value;
    int64_t fen;
    bool whole = r->record->kind == GK_KIND_AMOUNT && gk_decimal_parse(gk_get(r->record, f), &value) &&
                 gk_decimal_to_int(&value, 2, &fen);
    if (whole) sqlite3_bind_int64(s, i, fen);
    else sqlite3_bind_null(s, i);
}

static void bind_box(sqlite3_stmt *s, int i, const gk_row *r, gk_field f) {
    (void)f;
    const float *b = r->record->box;
    bool none = !b || (b[0] == 0 && b[1] == 0 && b[2] == 0 && b[3] == 0);
    gk_str text = none ? GK_STR_NONE
                       : gk_arena_printf(r->arena, "[%.2f,%.2f,%.2f,%.2f]", (double)b[0], (double)b[1], (double)b[2],
                                         (double)b[3]);
    gk_database_bind(s, i, text);
}

static void bind_page(sqlite3_stmt *s, int i, const gk_row *r, gk_field f) {
    (void)f;
    if (r->record->page) sqlite3_bind_int64(s, i, r->record->page);
    else sqlite3_bind_null(s, i);
}

static void bind_kind(sqlite3_stmt *s, int i, const gk_row *r, gk_field f) {
    (void)f;
    gk_database_bind(s, i, gk_str_of(gk_kind_name(r->record->kind)));
}

/* A failed document has no text. */
static void bind_length(sqlite3_stmt *s, int i, const gk_row *r, gk_field f) {
    if (gk_get(r->record, f).len) sqlite3_bind_null(s, i);
    else sqlite3_bind_int64(s, i, r->record->span.end);
}

/* The small ones that look at one member of the row. */
#define BINDER(name, call)                                                                                             \
    static void name(sqlite3_stmt *s, int i, const gk_row *r, gk_field f) {                                            \
        (void)f;                                                                                                       \
        call;                                                                                                          \
    }
BINDER(bind_doc, gk_database_bind(s, i, r->doc))
BINDER(bind_id, gk_database_bind(s, i, r->record->id))
BINDER(bind_cell, gk_database_bind(s, i, r->record->cell))
BINDER(bind_seq, sqlite3_bind_int64(s, i, r->seq))
BINDER(bind_start, sqlite3_bind_int64(s, i, r->record->span.start))
BINDER(bind_end, sqlite3_bind_int64(s, i, r->record->span.end))
BINDER(bind_version, gk_database_bind(s, i, r->version))
BINDER(bind_digest, gk_database_bind(s, i, r->digest))

typedef struct column {
    const char *name; /* NULL: the name of the field */
    binder *bind;
    gk_field field;
    const char *path; /* the part of a JSON field that is stored, NULL: all of it */
} column;

#define FIELD(symbol) {NULL, bind_field, GK_F_##symbol, NULL}
#define NAMED(name, symbol) {name, bind_field, GK_F_##symbol, NULL}
#define LIST(symbol) {NULL, bind_list, GK_F_##symbol, NULL}
#define PART(name, symbol, path) {name, bind_field, GK_F_##symbol, path}
#define OTHER(name, bind) {name, bind, GK_F_RAW, NULL}
#define KEY OTHER("doc", bind_doc), OTHER("id", bind_id), OTHER("seq", bind_seq)
#define POSITION                                                                                                       \
    FIELD(RAW), OTHER("span_start", bind_start), OTHER("span_end", bind_end), OTHER("page", bind_page),                \
        OTHER("box", bind_box), OTHER("cell", bind_cell), FIELD(RULE)
#define CONTEXT NAMED("where_", WHERE), NAMED("table_caption", TABLE), LIST(SECTION), FIELD(CONFIDENCE)
#define END {NULL, NULL, GK_F_RAW, NULL}

static const column document_columns[] = {
    OTHER("doc", bind_doc), FIELD(TITLE), FIELD(AGENCY), LIST(REGION), FIELD(DIVISION), FIELD(YEAR), FIELD(REPORT),
    FIELD(PUBLISHED), FIELD(SITE), FIELD(SITE_CODE), FIELD(CHANNEL), FIELD(ORIGIN), FIELD(MEDIA_TYPE), FIELD(CHARSET),
    FIELD(DAMAGED), FIELD(BYTES), FIELD(PAGES),
    {"text_bytes", bind_length, GK_F_ERROR, NULL},
    PART("amounts", COUNTS, "$.amount"), PART("percentages", COUNTS, "$.percentage"),
    PART("quantities", COUNTS, "$.quantity"), PART("indicators", COUNTS, "$.indicator"),
    PART("findings", COUNTS, "$.finding"), PART("digit_groups", DIGITS, "$.groups"),
    PART("digits_claimed", DIGITS, "$.claimed"), PART("digits_excluded", DIGITS, "$.excluded"),
    PART("digits_unexplained", DIGITS, "$.unexplained"), PART("digits_by_class", DIGITS, "$.by_class"),
    FIELD(NOTES), FIELD(NOT_RUN), PART("error_class", ERROR, "$.class"), PART("error_message", ERROR, "$.message"),
    FIELD(ERROR),
    NAMED("pattern_set", SET), OTHER("gongkai_version", bind_version), OTHER("records_sha256", bind_digest), END,
};

static const column fact_columns[] = {
    KEY, OTHER("kind", bind_kind), FIELD(SUBJECT), FIELD(MEASURE), FIELD(YEAR), FIELD(VALUE),
    {"fen", bind_fen, GK_F_VALUE, NULL}, FIELD(UNIT), FIELD(QUALIFIER), PART("against_measure", AGAINST, "$.measure"),
    PART("against_year", AGAINST, "$.year"), PART("against_subject", AGAINST, "$.subject"), FIELD(PATH),
    FIELD(CODE), FIELD(CODE_NAME), NAMED("column_path", COLUMN), CONTEXT, POSITION, END,
};

static const column indicator_columns[] = {
    KEY, FIELD(PROJECT), FIELD(LEVEL1), FIELD(LEVEL2), FIELD(NAME), FIELD(DESCRIPTION), FIELD(OP), FIELD(TARGET),
    FIELD(TARGET_UNIT), FIELD(ACTUAL), FIELD(ACTUAL_UNIT), FIELD(WEIGHT), FIELD(SCORE), FIELD(DEVIATION), FIELD(BASIS),
    FIELD(YEAR), CONTEXT, POSITION, END,
};

static const column finding_columns[] = {
    KEY, NAMED("check_", CHECK), FIELD(STATUS), FIELD(FORMULA), FIELD(STATED), FIELD(EXPECTED), FIELD(MESSAGE),
    FIELD(HINT), POSITION, END,
};

static const struct {
    const char *name, *key;
    const column *columns;
} tables[GK_PLACE_COUNT] = {
    [GK_PLACE_DOCUMENTS] = {"documents", "doc", document_columns},
    [GK_PLACE_FACTS] = {"facts", "doc, id", fact_columns},
    [GK_PLACE_INDICATORS] = {"indicators", "doc, id", indicator_columns},
    [GK_PLACE_FINDINGS] = {"findings", "doc, id", finding_columns},
};

static const gk_place places[GK_KIND_COUNT] = {
    [GK_KIND_DOCUMENT] = GK_PLACE_DOCUMENTS, [GK_KIND_AMOUNT] = GK_PLACE_FACTS,
    [GK_KIND_PERCENTAGE] = GK_PLACE_FACTS,   [GK_KIND_QUANTITY] = GK_PLACE_FACTS,
    [GK_KIND_INDICATOR] = GK_PLACE_INDICATORS, [GK_KIND_FINDING] = GK_PLACE_FINDINGS,
};

gk_place gk_place_of(gk_kind kind) { return places[kind]; }

const char *gk_place_name(gk_place place) { return tables[place].name; }

static const char *name_of(const column *c) { return c->name ? c->name : gk_field_table[c->field].name; }

/* INSERT INTO t (a, b) VALUES (?1, json_extract(?2, '$.x')) ON CONFLICT (key) DO UPDATE SET a = excluded.a, ... */
gk_code gk_rows_prepare(gk_database *d, gk_place place, sqlite3_stmt **out, gk_err *err) {
    const column *columns = tables[place].columns;
    gk_buf sql = {0};
    gk_buf_printf(&sql, "INSERT INTO %s (", tables[place].name);
    for (const column *c = columns; c->bind; c++) gk_buf_printf(&sql, "%s%s", c == columns ? "" : ", ", name_of(c));
    gk_buf_put(&sql, GK_STR(") VALUES ("));
    for (const column *c = columns; c->bind; c++) {
        int index = (int)(c - columns) + 1;
        gk_buf_put(&sql, c == columns ? GK_STR("") : GK_STR(", "));
        if (c->path) gk_buf_printf(&sql, "json_extract(?%d, '%s')", index, c->path);
        else gk_buf_printf(&sql, "?%d", index);
    }
    gk_buf_printf(&sql, ") ON CONFLICT (%s) DO UPDATE SET ", tables[place].key);
    for (const column *c = columns; c->bind; c++)
        gk_buf_printf(&sql, "%s%s = excluded.%s", c == columns ? "" : ", ", name_of(c), name_of(c));
    gk_code code = gk_database_prepare(d, sql.ptr, out, err);
    gk_buf_free(&sql);
    return code;
}

void gk_rows_bind(sqlite3_stmt *statement, gk_place place, const gk_row *row) {
    const column *columns = tables[place].columns;
    for (const column *c = columns; c->bind; c++) c->bind(statement, (int)(c - columns) + 1, row, c->field);
}
