/* Result: everything the extractor says of one document, with the fate of each of its digit groups. */
#ifndef GK_DOC_RESULT_H
#define GK_DOC_RESULT_H

#include "doc/doc.h"
#include "doc/record.h"

typedef enum gk_fate {
    GK_FATE_UNEXPLAINED,
    GK_FATE_CLAIMED,  /* a record holds it */
    GK_FATE_EXCLUDED  /* an exclusion class explains it */
} gk_fate;

/* One digit group: a maximal run of ASCII or full-width digits of the canonical text, with thousands marks and a decimal
 * point between digits counted in (so "1,429.68" is one group). */
typedef struct gk_digits {
    gk_span span;
    const char *why, *rule;               /* gk_digits_why, gk_digits_rule: kept so, two groups share a line of the cache */
    uint32_t why_len, rule_len : 30, fate : 2; /* gk_fate */
} gk_digits;

/* Claimed: the id of the record; excluded: the class ("date", "code" ...). */
static inline gk_str gk_digits_why(const gk_digits *d) { return (gk_str){d->why, d->why_len}; }
/* The rule that spoke. */
static inline gk_str gk_digits_rule(const gk_digits *d) { return (gk_str){d->rule, d->rule_len}; }

enum { GK_NO_CELL = 0xFFFFFFFFu };

/* What the extraction saw of a mention and the record does not print, for those who compute with it. */
typedef struct gk_sight {
    uint64_t digits;     /* those printed, as one number without marks and point */
    uint32_t start, end; /* in the view */
    uint32_t cell;       /* in doc->cells; GK_NO_CELL: it stands in no table */
    int8_t power;        /* the value is digits * 10^(power - decimals), with its sign */
    uint8_t decimals;    /* printed behind the point */
    bool negative;
    bool plain;          /* false: a numeral in words, or more than eighteen digits; then only the place is known */
} gk_sight;

/* What a result says in numbers, counted as it is filled: a walk at the end would fetch everything once more. */
enum { GK_MOST_CLASSES = 64 }; /* a set with more exclusion classes has the rest counted as "other" */
typedef struct gk_tally {
    size_t records[GK_KIND_COUNT];
    size_t fates[GK_FATE_EXCLUDED + 1]; /* of settled groups */
    struct {
        gk_str name;
        size_t count;
    } classes[GK_MOST_CLASSES];
    size_t class_count, last_class;
} gk_tally;

typedef struct gk_result {
    gk_arena arena;
    gk_view view;              /* the matching view of the document */
    gk_record document;        /* kind document */
    GK_VEC(gk_record) records; /* in document order */
    GK_VEC(gk_sight) sights;   /* in the order of reading: number `sight - 1` of a record */
    GK_VEC(gk_digits) digits;  /* in document order */
    GK_VEC(uint32_t) united;   /* by table: how many cells of one column at most print a figure with its unit; UINT32_MAX:
                                * not known */
    gk_tally tally;
    bool disordered;           /* some record was added that does not stand behind the one before it */
} gk_result;

void gk_result_init(gk_result *r);
void gk_result_reset(gk_result *r);
void gk_result_free(gk_result *r);

/* A new record without fields; good until the next one is added. */
gk_record *gk_result_add(gk_result *r, gk_kind kind, gk_span span);
/* What was seen of a mention; NULL: it was not extracted from this document. */
static inline const gk_sight *gk_result_sight(const gk_result *r, const gk_record *mention) {
    return mention->sight ? &r->sights.at[mention->sight - 1] : NULL;
}
/* Below 0: a stands before b in a document; 0: they have kind and span in common. */
int gk_record_order(const gk_record *a, const gk_record *b);
/* Says what became of an unexplained digit group. The texts are borrowed. */
void gk_result_settle(gk_result *r, gk_digits *d, gk_fate fate, gk_str why, gk_str rule);

/* Says on which page the span of a record stands, and where on it; false where the format does not tell. The box lives in
 * the arena. */
bool gk_record_place(gk_record *r, const gk_doc *doc, gk_arena *arena);

#endif
