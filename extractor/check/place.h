/* The figures of tables by their places, and the names that pattern files give to rows, columns and tables.
 *
 * A rule of the scope `check-name` says what a label of a row, a header path or a caption is called in the relations of the
 * scope `check-table`: many printed forms, one name.
 */
#ifndef GK_CHECK_PLACE_H
#define GK_CHECK_PLACE_H

#include "check/engine.h"

enum { GK_NO_NAME = 0 };

typedef struct gk_place {
    uint32_t record;
    uint32_t table;    /* index in doc->tables; GK_NO_TABLE: a figure of the prose */
    uint32_t row, col; /* in its grid */
    uint64_t context;  /* of measure and year */
    uint64_t column;   /* of header path, measure and year */
    uint32_t label, header, caption; /* names, GK_NO_NAME: none */
} gk_place;

enum { GK_NO_TABLE = 0xFFFFFFFFu };

/* Fills c->places: the amounts of tables, also those too large to compute with, by table; then those of the prose that have
 * a name. */
void gk_places_read(gk_checker *c);
/* The text of a name. */
gk_str gk_name_text(const gk_checker *c, uint32_t name);
/* "role:text", folded: what rules of the scopes `check-name` and `check-table` are matched on. The caller frees it. */
gk_buf gk_role_text(const gk_checker *c, const char *role, gk_str text);

/* The places of one table, or of the document. */
typedef struct gk_places {
    const gk_place *at;
    size_t len;
} gk_places;

/* ---- the relations over them; each is one of a rule of the scope `check-table` */
void gk_relate_codes(gk_checker *c, const gk_rule *rule, gk_places in);
void gk_relate_columns(gk_checker *c, const gk_rule *rule, gk_places in);
void gk_relate_names(gk_checker *c, const gk_rule *rule, gk_places in);

#endif
