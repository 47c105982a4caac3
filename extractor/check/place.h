/* The figures of tables by their places, with the names of their rows, columns and tables (name.h). */
#ifndef GK_CHECK_PLACE_H
#define GK_CHECK_PLACE_H

#include "check/name.h"

typedef enum gk_part { GK_PART_NONE, GK_PART_CODED, GK_PART_TOTAL } gk_part;

typedef struct gk_place {
    uint32_t record;
    uint32_t table;    /* index in doc->tables; GK_NO_TABLE: a figure of the prose */
    uint32_t row;      /* in its grid, as the column */
    uint32_t col : 24;
    uint32_t part : 8; /* gk_part: what its row is in sums by code */
    uint64_t context;  /* of measure and year */
    uint64_t column;   /* of header path, measure and year: `context` and the key of the path times 31 */
    uint16_t label, header, caption; /* names, GK_NO_NAME: none */
    uint16_t key;      /* name of the key figure that it states, GK_NO_NAME: none */
    uint64_t item;     /* of a key figure that each item has: which item; 0: the document has one */
} gk_place;

/* A row that has a code: rows whose codes begin with it stand under it. */
struct gk_level {
    gk_str code;
    uint64_t item;
};

enum { GK_NO_TABLE = 0xFFFFFFFFu };

/* key.c: sets the key and the item of a place, in a caption or section of that name, under a header of that name, and with
 * that label of its row. `stack` holds the codes that the rows above stand under. */
typedef GK_VEC(struct gk_level) gk_levels;

/* What reading the places goes by. */
typedef struct gk_reading {
    gk_checker *c;
    gk_levels stack;
    uint16_t text;  /* the caption of the prose */
    uint32_t table; /* of the last cell */
    bool office;    /* the document is of one office: it has one figure of each row that check-told-rows names */
    bool sorted;    /* the cells came in the order of their tables */
    gk_str caption; /* of the last cell, and its name */
    uint16_t form;
    gk_label *row;  /* of the last subject, and its text in the record */
    gk_str subject;
    gk_str section; /* of the last figure of the prose, and its name; NULL: there was none */
    uint16_t heading;
} gk_reading;

/* Fill c->places: the amounts of tables, also those too large to compute with, by table; then those of the prose that have
 * a name. Each amount is added in turn, when its brief and its figure are known and the cells are indexed. */
gk_reading gk_places_open(gk_checker *c);
void gk_place_add(gk_reading *at, uint32_t i, const gk_record *r, const gk_sight *s);
void gk_places_close(gk_reading *at);
/* The label of a subject; neighbours mostly share theirs. */
static inline gk_label *gk_reading_label(gk_reading *at, gk_str subject) {
    bool same = at->row && subject.ptr == at->subject.ptr && subject.len == at->subject.len;
    return same ? at->row : (at->subject = subject, at->row = gk_label_of(at->c, subject));
}

void gk_place_key(gk_checker *c, gk_place *p, uint32_t form, uint32_t under, gk_label *row, gk_levels *stack);
/* key.c: when all places of tables and of the prose are read: gives items of the prose whose path lacks its first levels that
 * of the one row of a table that ends so. */
void gk_items_complete(gk_checker *c);
/* The measure and year within which key figures are compared: what is left over counts as the document's own measure, and a
 * change in the prose what it is against. */
uint64_t gk_key_context(const gk_checker *c, uint32_t record);

/* The places of one table, or of the document. */
typedef struct gk_places {
    const gk_place *at;
    size_t len;
    const uint32_t *keyed; /* those that have a key, among them; NULL: all are looked through */
    size_t keys;
    const uint32_t *by_key, *key_start; /* the same by the name of their key, and where those of a name begin there; or NULL */
    uint32_t key_names_known; /* so many names, with number 0, have a place in key_start, and one behind it */
    size_t parts;          /* those that take part in sums by code; in the document: all */
    uint64_t names, key_names; /* a bit for each name of a row or header, and of a key (gk_name_bit); all bits: not looked at */
} gk_places;

/* Names that share a bit are told apart by whoever finds it set. */
static inline uint64_t gk_name_bit(uint32_t name) { return name ? (uint64_t)1 << (name & 63) : 0; }

/* ---- the relations over them; each is one of a rule of the scope `check-table` */
enum { GK_RELATION_NAMES = 24 };

struct gk_relation;
struct gk_program;
typedef void gk_relate(gk_checker *c, const struct gk_relation *r, gk_places in);

/* A rule as it is run: what depends on its texts alone is read once. */
typedef struct gk_relation {
    const gk_rule *rule;
    gk_relate *how;
    const struct gk_scene *scene; /* what a formula compares within; NULL: the rule has none */
    bool keys, dotted;            /* it is over key figures, or over tables and rows of the document */
    bool optional;                /* a name in it may be missing */
    bool limit;                   /* the formulas say what the stated figure is at most */
    uint32_t name[GK_RELATION_NAMES]; /* the names in it, each time they come */
    size_t names;                 /* GK_RELATION_NAMES: more are not told apart */
    uint64_t bits;                /* of all names in it */
    uint32_t stated;              /* the name of what is stated */
    struct gk_program *formula;   /* those of which one must hold; the number of a name in it is that of gk_name_number */
    size_t formulas;
} gk_relation;

/* relate.c: reads what a formula says of names. */
void gk_relation_read(gk_checker *c, gk_relation *r);
void gk_relation_free(gk_relation *r);
/* Whether a formula may find two figures or more among these places: else it is not about them. */
bool gk_relation_speaks(const gk_relation *r, gk_places in);

/* place.c: tells what the first of some figures is against what follows from the others, give or take `off`; at most
 * GK_JUDGED_TERMS. */
enum { GK_JUDGED_TERMS = 16 };
void gk_places_judge(gk_checker *c, const gk_relation *r, const gk_place *const *term, size_t count, gk_interval expected,
                     gk_fixed off, gk_str formula);

gk_relate gk_relate_codes, gk_relate_columns, gk_relate_rows, gk_relate_numbered, gk_relate_outline, gk_relate_same,
    gk_relate_names, gk_relate_stocks, gk_relate_letters;

/* What gk_relate_columns, gk_relate_codes, gk_relate_same, gk_relate_rows, gk_relate_numbered and gk_relate_names keep between
 * tables. NULL is allowed. */
typedef struct gk_summing gk_summing;
void gk_summing_free(gk_summing *s);
void gk_relating_free(struct gk_relating *s);
void gk_coding_free(struct gk_coding *s);
void gk_claiming_free(struct gk_claiming *s);
void gk_adding_free(struct gk_adding *s);
void gk_marking_free(struct gk_marking *s);

#endif
