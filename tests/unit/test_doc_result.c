/* What a result counts while it is filled: order and kinds of its records, fates and classes of its digit groups. */
#include "check.h"
#include "doc/result.h"

static void records(void) {
    gk_result r;
    gk_result_init(&r);
    gk_record *first = gk_result_add(&r, GK_KIND_AMOUNT, (gk_span){4, 9});
    first->field[GK_F_RAW] = GK_STR("x");
    gk_result_add(&r, GK_KIND_PERCENTAGE, (gk_span){4, 9});
    gk_result_add(&r, GK_KIND_AMOUNT, (gk_span){4, 10});
    gk_record *last = gk_result_add(&r, GK_KIND_AMOUNT, (gk_span){8, 9});
    CHECK(!last->field[GK_F_RAW].ptr && !last->id.ptr && !last->more && !last->page);
    CHECK(!r.disordered);
    CHECK_INT(r.tally.records[GK_KIND_AMOUNT], 3);
    CHECK_INT(r.tally.records[GK_KIND_PERCENTAGE], 1);
    gk_result_add(&r, GK_KIND_AMOUNT, (gk_span){8, 9}); /* a twin has to be told apart */
    CHECK(r.disordered);
    gk_result_reset(&r);
    CHECK(!r.disordered && r.tally.records[GK_KIND_AMOUNT] == 0);
    gk_result_add(&r, GK_KIND_AMOUNT, (gk_span){5, 6});
    gk_result_add(&r, GK_KIND_AMOUNT, (gk_span){4, 9});
    CHECK(r.disordered);
    CHECK(gk_record_order(&r.records.at[0], &r.records.at[1]) > 0);
    gk_result_free(&r);
}

static void digits(void) {
    gk_result r;
    gk_digits d[4] = {{.span = {0, 1}}};
    gk_str date = GK_STR("date"), rule = GK_STR("dates:day");
    gk_result_init(&r);
    gk_result_settle(&r, &d[0], GK_FATE_CLAIMED, GK_STR("a0-1"), rule);
    gk_result_settle(&r, &d[1], GK_FATE_EXCLUDED, date, rule);
    gk_result_settle(&r, &d[2], GK_FATE_EXCLUDED, GK_STR("phone"), rule);
    gk_result_settle(&r, &d[3], GK_FATE_EXCLUDED, (gk_str){(const char[]){'d', 'a', 't', 'e'}, 4}, rule);
    CHECK_INT(r.tally.fates[GK_FATE_CLAIMED], 1);
    CHECK_INT(r.tally.fates[GK_FATE_EXCLUDED], 3);
    CHECK_INT(r.tally.class_count, 2);
    CHECK_STR(r.tally.classes[0].name, "date");
    CHECK_INT(r.tally.classes[0].count, 2);
    CHECK_STR(r.tally.classes[1].name, "phone");
    CHECK_INT(r.tally.classes[1].count, 1);
    CHECK_INT(d[3].fate, GK_FATE_EXCLUDED);
    CHECK_STR(gk_digits_why(&d[3]), "date");
    CHECK_STR(gk_digits_rule(&d[0]), "dates:day");
    gk_result_reset(&r);
    CHECK(!r.tally.class_count && !r.tally.fates[GK_FATE_CLAIMED] && !r.tally.fates[GK_FATE_EXCLUDED]);
    gk_result_free(&r);
}

/* More classes than there is room for: the last place is for all others. */
static void many_classes(void) {
    gk_result r;
    gk_arena names = {0};
    gk_result_init(&r);
    for (unsigned i = 0; i < GK_MOST_CLASSES + 6; i++) {
        gk_digits d = {.span = {i, i + 1}};
        gk_result_settle(&r, &d, GK_FATE_EXCLUDED, gk_arena_printf(&names, "class %u", i), GK_STR("rule"));
    }
    CHECK_INT(r.tally.class_count, GK_MOST_CLASSES);
    CHECK_STR(r.tally.classes[GK_MOST_CLASSES - 2].name, "class 62");
    CHECK_STR(r.tally.classes[GK_MOST_CLASSES - 1].name, "other");
    CHECK_INT(r.tally.classes[GK_MOST_CLASSES - 1].count, 7);
    gk_result_free(&r);
    gk_arena_free(&names);
}

int main(void) {
    records();
    digits();
    many_classes();
    return CHECK_DONE();
}
