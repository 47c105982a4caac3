/* What is known of a label: the same whether it is remembered or not, told apart by all of its text, and bounded. */
#include "check/name.h"
#include "extract_text.h"

static gk_str name_of(gk_checker *c, const char *text, gk_label_role role) {
    return gk_name_text(c, gk_label_name(c, gk_label_of(c, gk_str_of(text)), role));
}

static gk_checker *open_checker(void) {
    gk_checker *c = gk_checker_new(text_set);
    c->out = &text_result;
    gk_labels_tidy(c);
    return c;
}

static void names(gk_checker *c) {
    for (int round = 0; round < 2; round++) {
        CHECK_STR(name_of(c, "支出决算表", GK_LABEL_TABLE), "spendings");
        CHECK_STR(name_of(c, "收入决算表", GK_LABEL_TABLE), "incomes");
        CHECK_STR(name_of(c, "支出决算表", GK_LABEL_ROW), "");
        CHECK_STR(name_of(c, "公务接待费", GK_LABEL_ROW), "reception");
        CHECK_STR(name_of(c, "公务接待费", GK_LABEL_TABLE), "");
        CHECK_STR(name_of(c, "", GK_LABEL_ROW), "");
        CHECK_INT(gk_label_of(c, GK_STR("占比%"))->percent, true);
        CHECK_INT(gk_label_of(c, GK_STR("占比"))->percent, false);
    }
    char twice[900];
    size_t len = 0;
    while (len + 15 < 420) memcpy(twice + len, "公务接待费", 15), len += 15;
    CHECK_INT(gk_label_name(c, gk_label_of(c, (gk_str){twice, len}), GK_LABEL_ROW), GK_NO_NAME); /* too long */
}

/* A place of memory that holds another text in the next document; and the same text in two places. */
static void places(gk_checker *c) {
    char at[] = "支出决算表", other[] = "收入决算表";
    gk_str text = {at, sizeof at - 1};
    CHECK_STR(gk_name_text(c, gk_label_name(c, gk_label_of(c, text), GK_LABEL_TABLE)), "spendings");
    CHECK(gk_label_of(c, text) == gk_label_of(c, GK_STR("支出决算表")));
    gk_labels_tidy(c);
    memcpy(at, other, sizeof at);
    CHECK_STR(gk_name_text(c, gk_label_name(c, gk_label_of(c, text), GK_LABEL_TABLE)), "incomes");
    CHECK_STR(gk_label_text(gk_label_of(c, text)), "收入决算表");
}

/* Headings are looked at from the innermost one on; the path is one text. */
static void headings(gk_checker *c) {
    gk_label *path = gk_label_of(c, GK_STR("支出决算情况说明\x1f" "其他"));
    CHECK_STR(gk_name_text(c, gk_label_heading(c, path)), "told_spendings");
    CHECK_INT(gk_label_heading(c, gk_label_of(c, GK_STR("其他"))), GK_NO_NAME);
    CHECK_STR(gk_name_text(c, gk_label_heading(c, path)), "told_spendings");
}

/* Many texts: those that find no room are known, too, and the room is found again between two documents. */
static void bounded(gk_checker *c) {
    enum { TEXTS = 20000, WIDTH = 16, MOST_KEPT = 4096 };
    char *all = gk_alloc_zero(TEXTS, WIDTH);
    size_t kept = 0;
    gk_labels_tidy(c);
    for (int i = 0; i < TEXTS; i++) {
        gk_str text = {all + i * WIDTH, (size_t)snprintf(all + i * WIDTH, WIDTH, "label %d", i)};
        gk_label *l = gk_label_of(c, text);
        CHECK(gk_str_eq(gk_label_text(l), text));
        kept += l->kept;
    }
    CHECK(kept > 1000 && kept <= MOST_KEPT);
    names(c); /* in a full memory */
    gk_labels_tidy(c);
    CHECK(gk_label_of(c, GK_STR("label 19999"))->kept);
    names(c);
    free(all);
}

/* So are long ones. */
static void long_texts(gk_checker *c) {
    enum { TEXTS = 4000, WIDTH = 1000, MOST_BYTES = 1 << 20 };
    static char text[WIDTH + 1];
    size_t bytes = 0;
    gk_labels_tidy(c);
    for (int i = 0; i < TEXTS; i++) {
        memset(text, 'x', WIDTH);
        snprintf(text, WIDTH, "%d", i);
        gk_labels_tidy(c); /* it is the same place */
        gk_label *l = gk_label_of(c, (gk_str){text, WIDTH});
        CHECK(memcmp(gk_label_text(l).ptr, text, WIDTH) == 0);
        bytes = gk_label_parts(c, l)->total > bytes ? gk_label_parts(c, l)->total : bytes;
    }
    CHECK(bytes < 3 * MOST_BYTES);
    CHECK(!gk_label_of(c, (gk_str){text, WIDTH + 1})->kept);
    names(c);
}

/* What the map says of three names, put together without a memory. */
static gk_str figure_of(gk_checker *c, uint32_t form, uint32_t row, uint32_t column) {
    gk_str f = gk_name_text(c, form), r = row ? gk_name_text(c, row) : GK_STR("item"), u = gk_name_text(c, column);
    char text[200];
    int len = snprintf(text, sizeof text, "%.*s.%.*s.%.*s", GK_STR_ARG(f), GK_STR_ARG(r), GK_STR_ARG(u));
    return gk_map_get(c->maps.figures, (gk_str){text, (size_t)len});
}

/* Three names together; many more of them than are remembered. */
static void figures(gk_checker *c) {
    static const char *const rows[] = {"因公出国（境）费", "公务用车购置及运行维护费", "公务用车购置费", "人员经费",
                                       "公用经费", "公务用车运行维护费", "基本支出", "收入总计", "支出总计"};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) CHECK(name_of(c, rows[i], GK_LABEL_ROW).len > 0);
    uint32_t form = gk_label_name(c, gk_label_of(c, GK_STR("支出决算表")), GK_LABEL_TABLE);
    uint32_t row = gk_label_name(c, gk_label_of(c, GK_STR("合计")), GK_LABEL_ROW);
    uint32_t column = gk_label_name(c, gk_label_of(c, GK_STR("本年支出合计")), GK_LABEL_UNDER);
    uint32_t found = gk_figure_name(c, form, row, column), count = (uint32_t)c->names.len, wrong = 0;
    CHECK_STR(gk_name_text(c, found), "year_spending");
    for (uint32_t i = 0; i < 4 * count * count * count; i++) {
        uint32_t f = i % count, r = i / count % count, u = i / count / count % count;
        wrong += !gk_str_eq(gk_name_text(c, gk_figure_name(c, f, r, u)), f ? figure_of(c, f, r, u) : GK_STR_NONE);
    }
    CHECK_INT(wrong, 0);
    CHECK(count > 12); /* 2048 are remembered */
    CHECK_INT(gk_figure_name(c, form, row, column), found);
}

int main(void) {
    (void)text_fact, (void)text_fate;
    text_read("望汐县档案馆2024年度部门决算\n");
    gk_checker *c = open_checker(), *fresh = open_checker();
    names(c);
    places(c);
    headings(c);
    figures(c);
    bounded(c);
    long_texts(c);
    figures(c);
    names(fresh);
    gk_checker_free(c);
    gk_checker_free(fresh);
    text_close();
    return CHECK_DONE();
}
