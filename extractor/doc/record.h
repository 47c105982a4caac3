/* Records: what the extractor says of a document. The contract is documented in the JSON Schema (extractor/emit).
 *
 * One record is one table of fields, so that every output walks the same list. Texts are borrowed from the arena of the
 * result they belong to.
 */
#ifndef GK_DOC_RECORD_H
#define GK_DOC_RECORD_H

#include "base/mem.h"
#include "text/view.h"

typedef enum gk_kind {
    GK_KIND_DOCUMENT,
    GK_KIND_AMOUNT,
    GK_KIND_PERCENTAGE,
    GK_KIND_QUANTITY,
    GK_KIND_INDICATOR,
    GK_KIND_FINDING,
    GK_KIND_COUNT
} gk_kind;

typedef enum gk_field_type {
    GK_TYPE_TEXT,    /* JSON string */
    GK_TYPE_INTEGER, /* JSON number printed from its text */
    GK_TYPE_NUMBER,  /* JSON number printed from its text, may have a fraction */
    GK_TYPE_BOOL,    /* "true" / "false" */
    GK_TYPE_LIST,    /* JSON array of strings; items joined with '\x1f' */
    GK_TYPE_JSON     /* text is JSON already (objects such as against, digits, error) */
} gk_field_type;

/* X(symbol, json name, type, set of kinds that may carry it: D document, M mention, I indicator, F finding) in the order
 * of keeping: first what lies in every record, then what mentions rarely carry, then what indicators, findings and
 * documents have alone. They are printed in another order (gk_fields_of). kind, doc, id, span, page, box and cell are
 * printed by the emitter itself. */
#define GK_FIELDS(X)                                                                                                   \
    X(RAW, "raw", TEXT, "MIF")                                                                                         \
    X(VALUE, "value", TEXT, "M")                                                                                       \
    X(UNIT, "unit", TEXT, "M")                                                                                         \
    X(SUBJECT, "subject", TEXT, "M")                                                                                   \
    X(MEASURE, "measure", TEXT, "M")                                                                                   \
    X(YEAR, "year", INTEGER, "DMI")                                                                                    \
    X(CODE, "code", TEXT, "M")                                                                                         \
    X(COLUMN, "column", TEXT, "M")                                                                                     \
    X(WHERE, "where", TEXT, "MI")                                                                                      \
    X(TABLE, "table", TEXT, "MI")                                                                                      \
    X(SECTION, "section", LIST, "MI")                                                                                  \
    X(RULE, "rule", TEXT, "MIF")                                                                                       \
    X(AGAINST, "against", JSON, "M")                                                                                   \
    X(QUALIFIER, "qualifier", TEXT, "M")                                                                               \
    X(PATH, "path", TEXT, "M")                                                                                         \
    X(CODE_NAME, "code_name", TEXT, "M")                                                                               \
    X(CONFIDENCE, "confidence", NUMBER, "MI")                                                                          \
    X(PROJECT, "project", TEXT, "I")                                                                                   \
    X(LEVEL1, "level1", TEXT, "I")                                                                                     \
    X(LEVEL2, "level2", TEXT, "I")                                                                                     \
    X(NAME, "name", TEXT, "I")                                                                                         \
    X(DESCRIPTION, "description", TEXT, "I")                                                                           \
    X(OP, "op", TEXT, "I")                                                                                             \
    X(TARGET, "target", TEXT, "I")                                                                                     \
    X(TARGET_UNIT, "target_unit", TEXT, "I")                                                                           \
    X(ACTUAL, "actual", TEXT, "I")                                                                                     \
    X(ACTUAL_UNIT, "actual_unit", TEXT, "I")                                                                           \
    X(WEIGHT, "weight", TEXT, "I")                                                                                     \
    X(SCORE, "score", TEXT, "I")                                                                                       \
    X(DEVIATION, "deviation", TEXT, "I")                                                                               \
    X(BASIS, "basis", TEXT, "I")                                                                                       \
    X(CHECK, "check", TEXT, "F")                                                                                       \
    X(STATUS, "status", TEXT, "F")                                                                                     \
    X(FORMULA, "formula", TEXT, "F")                                                                                   \
    X(TERMS, "terms", LIST, "F")                                                                                       \
    X(STATED, "stated", TEXT, "F")                                                                                     \
    X(EXPECTED, "expected", JSON, "F")                                                                                 \
    X(MESSAGE, "message", TEXT, "F")                                                                                   \
    X(HINT, "hint", TEXT, "F")                                                                                         \
    X(TITLE, "title", TEXT, "D")                                                                                       \
    X(AGENCY, "agency", TEXT, "D")                                                                                     \
    X(REGION, "region", LIST, "D")                                                                                     \
    X(DIVISION, "division", TEXT, "D")                                                                                 \
    X(REPORT, "report", TEXT, "D")                                                                                     \
    X(SOURCE, "source", TEXT, "D")                                                                                     \
    X(FETCHED, "fetched", TEXT, "D")                                                                                   \
    X(ANCHOR, "anchor", TEXT, "D")                                                                                     \
    X(LIST_PAGE, "list_page", TEXT, "D")                                                                               \
    X(PUBLISHED, "published", TEXT, "D")                                                                               \
    X(SITE, "site", TEXT, "D")                                                                                         \
    X(SITE_CODE, "site_code", TEXT, "D")                                                                               \
    X(CHANNEL, "channel", TEXT, "D")                                                                                   \
    X(ORIGIN, "origin", TEXT, "D")                                                                                     \
    X(MEDIA_TYPE, "media_type", TEXT, "D")                                                                             \
    X(CHARSET, "charset", TEXT, "D")                                                                                   \
    X(DAMAGED, "damaged", INTEGER, "D")                                                                                \
    X(BYTES, "bytes", INTEGER, "D")                                                                                    \
    X(PAGES, "pages", INTEGER, "D")                                                                                    \
    X(COUNTS, "counts", JSON, "D")                                                                                     \
    X(DIGITS, "digits", JSON, "D")                                                                                     \
    X(NOTES, "notes", JSON, "D")                                                                                       \
    X(NOT_RUN, "not_run", JSON, "D")                                                                                   \
    X(ERROR, "error", JSON, "D")                                                                                       \
    X(SET, "set", TEXT, "D")

typedef enum gk_field {
#define X(symbol, name, type, kinds) GK_F_##symbol,
    GK_FIELDS(X)
#undef X
        GK_FIELD_COUNT,
    GK_FIELDS_INLINE = GK_F_RULE + 1 /* how many fields, the first ones, lie in the record itself */
} gk_field;

typedef struct gk_field_info {
    const char *name;
    gk_field_type type;
    const char *kinds;
} gk_field_info;

extern const gk_field_info gk_field_table[GK_FIELD_COUNT];

/* A document has thousands of records, and most are mentions, which seldom carry more than a dozen fields: these lie in the
 * record, the others in a block behind it. `r.field[GK_F_VALUE]` is good for a field that lies in the record; every field
 * of every kind is read by gk_get and written by gk_put. A copy of the struct shares the block (gk_record_copy). */
typedef struct gk_record {
    gk_kind kind : 8;
    uint32_t sight : 24; /* of a mention that was extracted: gk_result_sight; 0: none */
    uint32_t page;    /* 0: none */
    gk_span span;
    gk_str id;        /* unique within the document */
    gk_str cell;      /* "Sheet!B7", absent: none */
    const float *box; /* its four sides in points, origin top left; NULL or all 0: none */
    gk_str *more;     /* the other fields of the kind, NULL: none was written */
    gk_str field[GK_FIELDS_INLINE]; /* absent or empty: the record has no such field */
} gk_record;

_Static_assert(sizeof(gk_record) <= 256, "a record takes four lines of the cache");

/* The fields of a kind that lie in `more`. */
typedef struct gk_more {
    uint8_t first, count;
} gk_more;

extern const gk_more gk_more_of[GK_KIND_COUNT];

/* A field of a record; absent where it was not written. */
static inline gk_str gk_get(const gk_record *r, gk_field field) {
    if (field < GK_FIELDS_INLINE) return r->field[field];
    unsigned at = (unsigned)field - gk_more_of[r->kind].first;
    return r->more && at < gk_more_of[r->kind].count ? r->more[at] : GK_STR_NONE;
}

/* Writes a field of a record whose kind is set. The text is borrowed. The block of the fields that do not lie in the record
 * is made in the arena when the first of them is written; one that the kind does not carry is not kept. */
void gk_put_more(gk_record *r, gk_field field, gk_str text, gk_arena *arena);
static inline void gk_put(gk_record *r, gk_field field, gk_str text, gk_arena *arena) {
    if (field < GK_FIELDS_INLINE) r->field[field] = text;
    else if (text.ptr || r->more) gk_put_more(r, field, text, arena);
}
/* A copy that shares nothing but the texts and the box. */
gk_record gk_record_copy(const gk_record *r, gk_arena *arena);

/* "amount" etc. */
const char *gk_kind_name(gk_kind kind);
/* The kind of a name, GK_KIND_COUNT where there is none. */
gk_kind gk_kind_of(gk_str name);
/* Whether the kind may carry the field. */
bool gk_field_in_kind(gk_field field, gk_kind kind);
/* The fields that the kind may carry, in the order of printing; returns their number. */
size_t gk_fields_of(gk_kind kind, gk_field out[GK_FIELD_COUNT]);

#endif
