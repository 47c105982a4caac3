/* The table of fields and kinds. */
#include "check.h"
#include "doc/record.h"

int main(void) {
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
