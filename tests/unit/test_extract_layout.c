/* The layout of a document: number tokens, digit groups with their places, and the account of them. */
#include "extract/layout.h"
#include "extract_marked.h"

static void token(const char *text, uint32_t want) {
    gk_str v = gk_str_of(text);
    CHECK_INT(gk_digits_end(v, 0, (uint32_t)v.len), want);
}

static void tokens(void) {
    token("1,429.68万元", 8);
    token("2,13", 1);
    token("12,345,678.9", 12);
    token("1234,567", 4); /* four digits before a thousands mark */
    token("1,2345", 1);
    token("1.", 1);
    token("1.2.3", 3);
    token("5", 1);
    token("0.00", 4);
    token("007", 3);
    CHECK_INT(gk_digits_end(GK_STR("1,429.68"), 0, 5), 5);
    CHECK_INT(gk_digits_end(GK_STR("1,429.68"), 0, 4), 1);
    CHECK_INT(gk_digits_end(GK_STR("1,429.68"), 0, 7), 7);
}

/* The digit groups of the last document, each as it is printed, in order, joined with '|'. */
static gk_str groups(void) {
    static char out[1024];
    int n = 0;
    out[0] = '\0';
    for (size_t i = 0; i < test_result.digits.len; i++) {
        gk_str g = gk_str_slice(test_doc.text, test_result.digits.at[i].span.start, test_result.digits.at[i].span.end);
        n += snprintf(out + n, sizeof out - (size_t)n, "%s%.*s", i ? "|" : "", GK_STR_ARG(g));
    }
    return gk_str_of(out);
}

static void digit_groups(void) {
    test_read("收入1,429.68万元，支出２０万元。");
    CHECK_STR(groups(), "1,429.68|２０");
    test_read("收入1, 429. 68万元");
    CHECK_STR(groups(), "1, 429. 68");
    test_read("支出35.\n1万元");
    CHECK_STR(groups(), "35.\n1");
    test_read("项目\t金额\n培训费\t12.5\n会议费\t3");
    CHECK_STR(groups(), "12.5|3");
    test_read("甲1\n\n2乙");
    CHECK_STR(groups(), "1|2"); /* blocks never join */
    test_read("①②³没有");
    CHECK_STR(groups(), "");
}

static size_t fates(gk_fate fate) {
    size_t n = 0;
    for (size_t i = 0; i < test_result.digits.len; i++) n += test_result.digits.at[i].fate == fate;
    return n;
}

static void accounts(void) {
    test_read("云川县农业农村局2024年部门预算\n\n收入5万元，占90%，详见公开05表。");
    CHECK_INT(fates(GK_FATE_CLAIMED), 2);
    CHECK_INT(fates(GK_FATE_EXCLUDED), 2);
    CHECK_INT(fates(GK_FATE_UNEXPLAINED), 0);
    for (size_t i = 0; i < test_result.digits.len; i++) {
        CHECK(test_result.digits.at[i].why_len > 0);
        CHECK(test_result.digits.at[i].rule_len > 0);
    }
    /* A fate is for good: what a record claimed is not excluded later, and the other way round. */
    gk_range all = {0, (uint32_t)test_result.view.text.len};
    gk_account_exclude(test_x, all, GK_STR("page"), GK_STR("test"));
    CHECK_INT(fates(GK_FATE_CLAIMED), 2);
    CHECK(!gk_account_open(test_x, all));
    CHECK_INT(gk_account_first(test_x, 0), 0);
    CHECK_INT(gk_account_first(test_x, all.end), test_result.digits.len);
}

static void empty(void) {
    SILENT("", "没有数字。");
    test_read("");
    CHECK_INT(test_result.digits.len, 0);
    CHECK_INT(test_result.records.len, 0);
    CHECK_STR(gk_get(&test_result.document, GK_F_REPORT), "other");
}

int main(void) {
    test_open();
    tokens();
    digit_groups();
    accounts();
    empty();
    test_close();
    return CHECK_DONE();
}
