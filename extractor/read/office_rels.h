/* Relationships between the parts of an Office file (ECMA-376 part 2, 9.3): `word/document.xml` keeps its own in
 * `word/_rels/document.xml.rels`. */
#ifndef GK_READ_OFFICE_RELS_H
#define GK_READ_OFFICE_RELS_H

#include "read/zip.h"

typedef struct gk_rel {
    gk_str id, type; /* the type without the address before its last '/' */
    gk_str target;   /* the name of a part, or an address where it is external */
    bool external;
} gk_rel;

typedef struct gk_rels {
    gk_arena arena;
    GK_VEC(gk_rel) list;
} gk_rels;

/* Loads the relationships of a part ("" for those of the whole file). A file without them has none. */
gk_code gk_rels_open(const gk_zip *zip, gk_str part, gk_rels *out, gk_err *err);
/* By id, or the first of a type; NULL where there is none. */
const gk_rel *gk_rels_by_id(const gk_rels *rels, gk_str id);
const gk_rel *gk_rels_by_type(const gk_rels *rels, const char *type);
void gk_rels_close(gk_rels *rels);

/* The name of the main part of the file, in the arena; `otherwise` where the file does not say. */
gk_str gk_rels_main(const gk_zip *zip, const char *otherwise, gk_arena *arena);

#endif
