#include <stdlib.h>

#include "read/docx.h"

enum { MOST_LISTS = 4096 };

typedef struct loading {
    gk_docx *d;
    gk_xml x;
    gk_number_list *list; /* being read, or NULL */
    gk_number_use *use;
    gk_number_level *level;
    int index;            /* of the level */
} loading;

static int number_attr(gk_xml *x, const char *name, int otherwise) {
    return (int)gk_xml_number(x, name, 1u << 30, (uint32_t)otherwise);
}

static void open_list(loading *l) {
    gk_numbering *n = &l->d->numbering;
    l->use = NULL;
    if (n->lists.len == MOST_LISTS) return;
    l->list = gk_vec_push(&n->lists);
    *l->list = (gk_number_list){.id = number_attr(&l->x, "abstractNumId", 0)};
}

static void open_use(loading *l) {
    gk_numbering *n = &l->d->numbering;
    l->list = NULL;
    if (n->uses.len == MOST_LISTS) return;
    l->use = gk_vec_push(&n->uses);
    *l->use = (gk_number_use){.id = number_attr(&l->x, "numId", 0), .list = SIZE_MAX};
    for (int i = 0; i < GK_NUMBER_LEVELS; i++) l->use->restart[i] = -1;
}

static void open_level(loading *l) {
    l->index = number_attr(&l->x, "ilvl", 0);
    l->level = l->list && l->index < GK_NUMBER_LEVELS ? &l->list->level[l->index] : NULL;
    if (l->level) *l->level = (gk_number_level){.text = GK_STR("")};
}

static void name_list(loading *l) {
    int id = number_attr(&l->x, "val", -1);
    for (size_t i = 0; l->use && i < l->d->numbering.lists.len; i++)
        if (l->d->numbering.lists.at[i].id == id) l->use->list = i;
}

static void take(loading *l) {
    gk_xml *x = &l->x;
    if (gk_str_eqz(x->name, "abstractNum")) open_list(l);
    else if (gk_str_eqz(x->name, "num")) open_use(l);
    else if (gk_str_eqz(x->name, "lvl") || gk_str_eqz(x->name, "lvlOverride")) open_level(l);
    else if (gk_str_eqz(x->name, "abstractNumId")) name_list(l);
    else if (gk_str_eqz(x->name, "startOverride") && l->use && l->index < GK_NUMBER_LEVELS)
        l->use->restart[l->index] = number_attr(x, "val", 0);
    else if (l->level && gk_str_eqz(x->name, "start")) l->level->start = (uint32_t)number_attr(x, "val", 0);
    else if (l->level && gk_str_eqz(x->name, "numFmt")) l->level->format = gk_number_format(gk_xml_attr(x, "val"));
    else if (l->level && gk_str_eqz(x->name, "isLgl")) l->level->plain = gk_xml_flag(x, "val", true);
    else if (l->level && gk_str_eqz(x->name, "lvlText"))
        l->level->text = gk_arena_dup(&l->d->arena, gk_xml_attr(x, "val"));
}

gk_code gk_docx_numbering(gk_docx *d) {
    const gk_rel *rel = gk_rels_by_type(&d->rels, "numbering");
    loading l = {.d = d};
    gk_xml_open(&l.x, rel ? gk_zip_part(&d->zip, rel->target) : GK_STR_NONE, "the numbering", d->err);
    while (gk_xml_next(&l.x))
        if (l.x.kind == GK_XML_START) take(&l);
    return gk_xml_close(&l.x);
}
