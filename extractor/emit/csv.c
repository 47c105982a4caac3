#include "emit/csv.h"

/* What a column shows of a row. */
typedef struct row {
    gk_str digest;
    const gk_record *document, *record;
} row;

typedef void column_writer(const row *r, gk_field field, gk_buf *out);

static void put_list(gk_str joined, gk_buf *out) {
    for (size_t at = 0; at < joined.len;) {
        const char *mark = memchr(joined.ptr + at, '\x1f', joined.len - at);
        size_t end = mark ? (size_t)(mark - joined.ptr) : joined.len;
        gk_buf_put(out, gk_str_slice(joined, at, end));
        if (mark) gk_buf_put(out, GK_STR(" / "));
        at = end + 1;
    }
}

static void put_field(const gk_record *r, gk_field f, gk_buf *out) {
    if (gk_field_table[f].type == GK_TYPE_LIST) put_list(gk_get(r, f), out);
    else gk_buf_put(out, gk_get(r, f));
}

static void of_document(const row *r, gk_field f, gk_buf *out) { put_field(r->document, f, out); }
static void of_record(const row *r, gk_field f, gk_buf *out) {
    if (r->record->kind != GK_KIND_DOCUMENT) put_field(r->record, f, out);
}
static void error_of(const row *r, gk_field f, gk_buf *out) {
    if (r->record->kind == GK_KIND_DOCUMENT) put_field(r->record, f, out);
}
static void doc_of(const row *r, gk_field f, gk_buf *out) {
    (void)f;
    if (r->digest.len) gk_buf_printf(out, "sha256:%.*s", GK_STR_ARG(r->digest));
}
static void kind_of(const row *r, gk_field f, gk_buf *out) {
    (void)f;
    gk_buf_put(out, gk_str_of(gk_kind_name(r->record->kind)));
}
static void id_of(const row *r, gk_field f, gk_buf *out) {
    (void)f;
    gk_buf_put(out, r->record->id);
}
static void start_of(const row *r, gk_field f, gk_buf *out) {
    (void)f;
    if (r->record->kind != GK_KIND_DOCUMENT) gk_buf_printf(out, "%u", (unsigned)r->record->span.start);
}
static void end_of(const row *r, gk_field f, gk_buf *out) {
    (void)f;
    if (r->record->kind != GK_KIND_DOCUMENT) gk_buf_printf(out, "%u", (unsigned)r->record->span.end);
}
static void page_of(const row *r, gk_field f, gk_buf *out) {
    (void)f;
    if (r->record->page) gk_buf_printf(out, "%u", (unsigned)r->record->page);
}
static void cell_of(const row *r, gk_field f, gk_buf *out) {
    (void)f;
    gk_buf_put(out, r->record->cell);
}

static const struct {
    const char *name; /* NULL: the name of the field */
    column_writer *write;
    gk_field field;
} columns[] = {
    {NULL, of_document, GK_F_SOURCE},
    {"doc", doc_of, GK_F_SOURCE},
    {NULL, of_document, GK_F_TITLE},
    {NULL, of_document, GK_F_AGENCY},
    {NULL, of_document, GK_F_REGION},
    {NULL, of_document, GK_F_DIVISION},
    {NULL, of_document, GK_F_REPORT},
    {"doc_year", of_document, GK_F_YEAR},
    {"kind", kind_of, GK_F_SOURCE},
    {"id", id_of, GK_F_SOURCE},
    {NULL, of_record, GK_F_SUBJECT},
    {NULL, of_record, GK_F_MEASURE},
    {NULL, of_record, GK_F_YEAR},
    {NULL, of_record, GK_F_VALUE},
    {NULL, of_record, GK_F_UNIT},
    {NULL, of_record, GK_F_QUALIFIER},
    {NULL, of_record, GK_F_AGAINST},
    {NULL, of_record, GK_F_PATH},
    {NULL, of_record, GK_F_CODE},
    {NULL, of_record, GK_F_CODE_NAME},
    {NULL, of_record, GK_F_PROJECT},
    {NULL, of_record, GK_F_LEVEL1},
    {NULL, of_record, GK_F_LEVEL2},
    {NULL, of_record, GK_F_NAME},
    {NULL, of_record, GK_F_DESCRIPTION},
    {NULL, of_record, GK_F_OP},
    {NULL, of_record, GK_F_TARGET},
    {NULL, of_record, GK_F_TARGET_UNIT},
    {NULL, of_record, GK_F_ACTUAL},
    {NULL, of_record, GK_F_ACTUAL_UNIT},
    {NULL, of_record, GK_F_WEIGHT},
    {NULL, of_record, GK_F_SCORE},
    {NULL, of_record, GK_F_DEVIATION},
    {NULL, of_record, GK_F_BASIS},
    {NULL, of_record, GK_F_CHECK},
    {NULL, of_record, GK_F_STATUS},
    {NULL, of_record, GK_F_FORMULA},
    {NULL, of_record, GK_F_TERMS},
    {NULL, of_record, GK_F_STATED},
    {NULL, of_record, GK_F_EXPECTED},
    {NULL, of_record, GK_F_MESSAGE},
    {NULL, of_record, GK_F_HINT},
    {NULL, of_record, GK_F_WHERE},
    {NULL, of_record, GK_F_TABLE},
    {NULL, of_record, GK_F_COLUMN},
    {NULL, of_record, GK_F_SECTION},
    {NULL, of_record, GK_F_RAW},
    {"start", start_of, GK_F_SOURCE},
    {"end", end_of, GK_F_SOURCE},
    {"page", page_of, GK_F_SOURCE},
    {"cell", cell_of, GK_F_SOURCE},
    {NULL, of_record, GK_F_CONFIDENCE},
    {NULL, of_record, GK_F_RULE},
    {NULL, of_document, GK_F_NOTES},
    {NULL, error_of, GK_F_ERROR},
};

enum { COLUMNS = sizeof columns / sizeof *columns };

/* "-12.5": a minus, digits, perhaps a point and digits. */
static bool is_negative_number(gk_str s) {
    size_t i = 1, first = 1;
    if (!s.len || s.ptr[0] != '-') return false;
    while (i < s.len && s.ptr[i] >= '0' && s.ptr[i] <= '9') i++;
    if (i == first) return false;
    if (i == s.len) return true;
    if (s.ptr[i] != '.') return false;
    for (first = ++i; i < s.len && s.ptr[i] >= '0' && s.ptr[i] <= '9'; i++) {}
    return i == s.len && i > first;
}

static bool is_dangerous(gk_str s) {
    return s.len && memchr("=+-@\t\r\n", s.ptr[0], 7) && !is_negative_number(s);
}

static bool needs_quotes(gk_str s) {
    for (size_t i = 0; i < s.len; i++)
        if (memchr(",\"\r\n", s.ptr[i], 4)) return true;
    return false;
}

void gk_csv_cell(gk_str value, gk_buf *out) {
    bool quoted = needs_quotes(value);
    if (quoted) gk_buf_putc(out, '"');
    if (is_dangerous(value)) gk_buf_putc(out, '\'');
    for (size_t at = 0; at < value.len;) {
        const char *quote = quoted ? memchr(value.ptr + at, '"', value.len - at) : NULL;
        size_t end = quote ? (size_t)(quote - value.ptr) + 1 : value.len;
        gk_buf_put(out, gk_str_slice(value, at, end));
        if (quote) gk_buf_putc(out, '"');
        at = end;
    }
    if (quoted) gk_buf_putc(out, '"');
}

void gk_csv_header(bool bom, gk_buf *out) {
    if (bom) gk_buf_put(out, GK_STR("\xEF\xBB\xBF"));
    for (int i = 0; i < COLUMNS; i++) {
        if (i) gk_buf_putc(out, ',');
        gk_buf_put(out, gk_str_of(columns[i].name ? columns[i].name : gk_field_table[columns[i].field].name));
    }
    gk_buf_put(out, GK_STR("\r\n"));
}

void gk_csv_record(gk_str digest, const gk_record *document, const gk_record *record, gk_buf *out) {
    if (record->kind == GK_KIND_DOCUMENT && !gk_get(record, GK_F_ERROR).len) return;
    row r = {digest, document, record};
    gk_buf value = {0};
    for (int i = 0; i < COLUMNS; i++) {
        gk_buf_clear(&value);
        columns[i].write(&r, columns[i].field, &value);
        if (i) gk_buf_putc(out, ',');
        gk_csv_cell(gk_buf_str(&value), out);
    }
    gk_buf_put(out, GK_STR("\r\n"));
    gk_buf_free(&value);
}
