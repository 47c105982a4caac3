#include "doc/record.h"

const gk_field_info gk_field_table[GK_FIELD_COUNT] = {
#define X(symbol, name, type, kinds) {name, GK_TYPE_##type, kinds},
    GK_FIELDS(X)
#undef X
};

/* Mentions and indicators share the fields that a mention rarely has, as far as an indicator may have them too. */
#define MORE(from, to) {GK_F_##from, GK_F_##to - GK_F_##from + 1}
const gk_more gk_more_of[GK_KIND_COUNT] = {
    [GK_KIND_DOCUMENT] = MORE(TITLE, SET),           [GK_KIND_AMOUNT] = MORE(AGAINST, CONFIDENCE),
    [GK_KIND_PERCENTAGE] = MORE(AGAINST, CONFIDENCE), [GK_KIND_QUANTITY] = MORE(AGAINST, CONFIDENCE),
    [GK_KIND_INDICATOR] = MORE(CONFIDENCE, BASIS),   [GK_KIND_FINDING] = MORE(CHECK, HINT),
};

/* The order of printing: runs of fields. */
static const struct {
    uint8_t first, last;
} runs[] = {
    {GK_F_RAW, GK_F_MEASURE},    {GK_F_TITLE, GK_F_DIVISION},       {GK_F_PROJECT, GK_F_BASIS},
    {GK_F_YEAR, GK_F_YEAR},      {GK_F_REPORT, GK_F_REPORT},        {GK_F_AGAINST, GK_F_PATH},
    {GK_F_CODE, GK_F_CODE},      {GK_F_CODE_NAME, GK_F_CODE_NAME},  {GK_F_COLUMN, GK_F_SECTION},
    {GK_F_CHECK, GK_F_HINT},     {GK_F_CONFIDENCE, GK_F_CONFIDENCE}, {GK_F_SOURCE, GK_F_ERROR},
    {GK_F_RULE, GK_F_RULE},      {GK_F_SET, GK_F_SET},
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

size_t gk_fields_of(gk_kind kind, gk_field out[GK_FIELD_COUNT]) {
    size_t n = 0;
    for (size_t i = 0; i < sizeof runs / sizeof *runs; i++)
        for (int f = runs[i].first; f <= runs[i].last; f++)
            if (gk_field_in_kind((gk_field)f, kind)) out[n++] = (gk_field)f;
    return n;
}

static gk_str *new_more(gk_kind kind, gk_arena *arena) {
    return gk_arena_zero(arena, gk_more_of[kind].count * sizeof(gk_str));
}

void gk_put_more(gk_record *r, gk_field field, gk_str text, gk_arena *arena) {
    unsigned at = (unsigned)field - gk_more_of[r->kind].first;
    if (at >= gk_more_of[r->kind].count) return;
    if (!r->more) r->more = new_more(r->kind, arena);
    r->more[at] = text;
}

gk_record gk_record_copy(const gk_record *r, gk_arena *arena) {
    gk_record copy = *r;
    if (!r->more) return copy;
    copy.more = new_more(r->kind, arena);
    memcpy(copy.more, r->more, gk_more_of[r->kind].count * sizeof(gk_str));
    return copy;
}
