/* The table of fields and kinds. */
#include "check.h"
#include "base/buf.h"
#include "doc/record.h"

/* Every field of every kind is kept and found again, and no field of another kind is. */
static void fields(void) {
    gk_arena arena = {0};
    for (gk_kind k = GK_KIND_DOCUMENT; k < GK_KIND_COUNT; k++) {
        gk_record r = {.kind = k};
        for (gk_field f = GK_F_RAW; f < GK_FIELD_COUNT; f++) CHECK(!gk_get(&r, f).ptr);
        for (gk_field f = GK_F_RAW; f < GK_FIELD_COUNT; f++)
            if (f >= GK_FIELDS_INLINE || gk_field_in_kind(f, k)) gk_put(&r, f, gk_str_of(gk_field_table[f].name), &arena);
        gk_record copy = gk_record_copy(&r, &arena);
        gk_put(&r, GK_F_RAW, GK_STR_NONE, &arena);
        if (r.more) memset(r.more, 0, gk_more_of[k].count * sizeof *r.more);
        for (gk_field f = GK_F_RAW; f < GK_FIELD_COUNT; f++)
            CHECK_STR(gk_get(&copy, f), gk_field_in_kind(f, k) ? gk_field_table[f].name : "");
    }
    gk_arena_free(&arena);
}

/* The block of a kind is made when its first field is written. */
static void sparing(void) {
    gk_arena arena = {0};
    gk_record r = {.kind = GK_KIND_AMOUNT};
    gk_put(&r, GK_F_VALUE, GK_STR("1"), &arena);
    gk_put(&r, GK_F_QUALIFIER, GK_STR_NONE, &arena);
    gk_put(&r, GK_F_TITLE, GK_STR("x"), &arena);
    CHECK(!r.more);
    gk_put(&r, GK_F_QUALIFIER, GK_STR("y"), &arena);
    gk_put(&r, GK_F_QUALIFIER, GK_STR_NONE, &arena);
    CHECK(r.more && !gk_get(&r, GK_F_QUALIFIER).ptr);
    gk_arena_free(&arena);
}

/* All fields of a kind are printed, each once, in one order for all kinds. */
static void order(void) {
    static const struct {
        gk_kind kind;
        const char *want;
    } cases[] = {
        {GK_KIND_AMOUNT, "raw value unit subject measure year against qualifier path code code_name column where table section "
                         "confidence rule "},
        {GK_KIND_INDICATOR, "raw project level1 level2 name description op target target_unit actual actual_unit weight score "
                            "deviation basis year where table section confidence rule "},
        {GK_KIND_FINDING, "raw check status formula terms stated expected message hint rule "},
        {GK_KIND_DOCUMENT, "title agency region division year report source fetched anchor list_page published site "
                           "site_code channel origin media_type charset damaged bytes pages counts digits notes not_run "
                           "error set "},
    };
    gk_buf got = {0};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        gk_field list[GK_FIELD_COUNT];
        size_t n = gk_fields_of(cases[i].kind, list), may = 0;
        gk_buf_clear(&got);
        for (size_t k = 0; k < n; k++) gk_buf_printf(&got, "%s ", gk_field_table[list[k]].name);
        CHECK_STR(gk_buf_str(&got), cases[i].want);
        for (gk_field f = GK_F_RAW; f < GK_FIELD_COUNT; f++) may += gk_field_in_kind(f, cases[i].kind);
        CHECK_INT(n, may);
    }
    gk_buf_free(&got);
}

int main(void) {
    fields();
    sparing();
    order();
    for (unsigned f = 0; f < GK_FIELD_COUNT; f++) {
        CHECK(gk_field_table[f].name && gk_field_table[f].name[0]);
        CHECK(strspn(gk_field_table[f].kinds, "DMIF") == strlen(gk_field_table[f].kinds));
        for (unsigned g = 0; g < f; g++) CHECK(strcmp(gk_field_table[f].name, gk_field_table[g].name) != 0);
    }
    for (unsigned k = 0; k < GK_KIND_COUNT; k++) CHECK_INT(gk_kind_of(gk_str_of(gk_kind_name((gk_kind)k))), k);
    CHECK_INT(gk_kind_of(GK_STR("amounts")), GK_KIND_COUNT);
    CHECK_STR(gk_str_of(gk_field_table[GK_F_TARGET_UNIT].name), "target_unit");
    CHECK_INT(gk_field_table[GK_F_AGAINST].type, GK_TYPE_JSON);
    CHECK(gk_field_in_kind(GK_F_VALUE, GK_KIND_QUANTITY));
    CHECK(!gk_field_in_kind(GK_F_VALUE, GK_KIND_INDICATOR));
    CHECK(gk_field_in_kind(GK_F_YEAR, GK_KIND_DOCUMENT));
    CHECK(!gk_field_in_kind(GK_F_YEAR, GK_KIND_COUNT));
    CHECK_STR(gk_str_of(gk_kind_name(GK_KIND_COUNT)), "unknown");
    return CHECK_DONE();
}
