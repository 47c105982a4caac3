#include "read/office_rels.h"

#include <stdlib.h>

#include "read/office_xml.h"

/* The folder of a part with its '/', "" at the top. */
static gk_str folder_of(gk_str part) {
    size_t slash = gk_str_rfind(part, GK_STR("/"));
    return slash == SIZE_MAX ? GK_STR("") : gk_str_slice(part, 0, slash + 1);
}

/* Worked example: `../media/a.png` from `word/charts/x.xml` is `word/media/a.png`; `/xl/workbook.xml` counts from the
 * top. */
static gk_str resolve(gk_str part, gk_str target, gk_arena *arena) {
    if (gk_str_starts(target, GK_STR("/"))) return gk_arena_dup(arena, gk_str_slice(target, 1, target.len));
    gk_str folder = folder_of(part);
    for (;;) {
        if (gk_str_starts(target, GK_STR("./"))) target = gk_str_slice(target, 2, target.len);
        else if (gk_str_starts(target, GK_STR("../"))) {
            target = gk_str_slice(target, 3, target.len);
            folder = folder_of(gk_str_slice(folder, 0, folder.len ? folder.len - 1 : 0));
        } else break;
    }
    return gk_arena_printf(arena, "%.*s%.*s", GK_STR_ARG(folder), GK_STR_ARG(target));
}

static void add(gk_xml *x, gk_str part, gk_rels *out) {
    gk_rel *r = gk_vec_push(&out->list);
    gk_arena *arena = &out->arena;
    *r = (gk_rel){.id = gk_arena_dup(arena, gk_xml_attr(x, "Id"))};
    gk_str type = gk_xml_attr(x, "Type");
    size_t slash = gk_str_rfind(type, GK_STR("/"));
    r->type = gk_arena_dup(arena, slash == SIZE_MAX ? type : gk_str_slice(type, slash + 1, type.len));
    r->external = gk_str_eqz(gk_xml_attr(x, "TargetMode"), "External");
    gk_str target = gk_xml_attr(x, "Target");
    r->target = r->external ? gk_arena_dup(arena, target) : resolve(part, target, arena);
}

gk_code gk_rels_open(const gk_zip *zip, gk_str part, gk_rels *out, gk_err *err) {
    *out = (gk_rels){0};
    gk_str folder = folder_of(part), name = gk_str_slice(part, folder.len, part.len);
    gk_str rels = gk_arena_printf(&out->arena, "%.*s_rels/%.*s.rels", GK_STR_ARG(folder), GK_STR_ARG(name));
    gk_xml x;
    gk_xml_open(&x, gk_zip_part(zip, rels), "a list of relationships", err);
    while (gk_xml_next(&x))
        if (gk_xml_is(&x, GK_XML_START, "Relationship")) add(&x, part, out);
    gk_code code = gk_xml_close(&x);
    if (code != GK_OK) gk_rels_close(out);
    return code;
}

const gk_rel *gk_rels_by_id(const gk_rels *rels, gk_str id) {
    for (size_t i = 0; i < rels->list.len; i++)
        if (gk_str_eq(rels->list.at[i].id, id)) return &rels->list.at[i];
    return NULL;
}

const gk_rel *gk_rels_by_type(const gk_rels *rels, const char *type) {
    for (size_t i = 0; i < rels->list.len; i++)
        if (gk_str_eqz(rels->list.at[i].type, type)) return &rels->list.at[i];
    return NULL;
}

void gk_rels_close(gk_rels *rels) {
    gk_vec_free(&rels->list);
    gk_arena_free(&rels->arena);
    *rels = (gk_rels){0};
}

gk_str gk_rels_main(const gk_zip *zip, const char *otherwise, gk_arena *arena) {
    gk_rels rels;
    gk_err ignored;
    gk_str name = gk_str_of(otherwise);
    if (gk_rels_open(zip, GK_STR(""), &rels, &ignored) != GK_OK) return name;
    const gk_rel *r = gk_rels_by_type(&rels, "officeDocument");
    if (r && gk_zip_part(zip, r->target).ptr) name = gk_arena_dup(arena, r->target);
    gk_rels_close(&rels);
    return name;
}
