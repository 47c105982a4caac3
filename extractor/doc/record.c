#include "doc/record.h"

const gk_field_info gk_field_table[GK_FIELD_COUNT] = {
#define X(symbol, name, type, kinds) {name, GK_TYPE_##type, kinds},
    GK_FIELDS(X)
#undef X
};

/* The name of each kind, and the letter that stands for it in gk_field_info.kinds. */
static const struct {
    const char *name;
    char letter;
} kinds[GK_KIND_COUNT] = {
    [GK_KIND_DOCUMENT] = {"document", 'D'},   [GK_KIND_AMOUNT] = {"amount", 'M'},
    [GK_KIND_PERCENTAGE] = {"percentage", 'M'}, [GK_KIND_QUANTITY] = {"quantity", 'M'},
    [GK_KIND_INDICATOR] = {"indicator", 'I'}, [GK_KIND_FINDING] = {"finding", 'F'},
};

const char *gk_kind_name(gk_kind kind) { return (unsigned)kind < GK_KIND_COUNT ? kinds[kind].name : "unknown"; }

gk_kind gk_kind_of(gk_str name) {
    unsigned kind = 0;
    while (kind < GK_KIND_COUNT && !gk_str_eqz(name, kinds[kind].name)) kind++;
    return (gk_kind)kind;
}

bool gk_field_in_kind(gk_field field, gk_kind kind) {
    if ((unsigned)field >= GK_FIELD_COUNT || (unsigned)kind >= GK_KIND_COUNT) return false;
    return strchr(gk_field_table[field].kinds, kinds[kind].letter) != NULL;
}
