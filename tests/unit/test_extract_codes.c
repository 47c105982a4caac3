/* Codes of budget items: kinds, names, and whether printed names fit. First on tables written here, then on the tables
 * of patterns/ as they are. */
#include "check.h"
#include "extract/codes.h"

static const char FUNCTION[] = "# a comment\n"
                               "#form\trevenue\t1\t3\t5\t7\t9\n#form\tfunction\t2\t3\t5\t7\n"
                               "#strip\t类\n#strip\t款\n#strip\t项\n#tail\t支出\n"
                               "208\t社会保障和就业支出\t\t\t9\n"
                               "20805\t行政事业单位养老支出\t2020\t\t5\n"
                               "20805\t行政事业单位离退休\t\t2019\t2\n"
                               "2080101\t行政运行\t2017\t2025\t4\r\n"
                               "2010301\t政府办公厅（室）及相关机构事务\t\t\t1\n";
static const char ECONOMIC[] = "#form\teconomic\t35\t3\t5\n"
                               "302\t商品和服务支出\t2018\t\t3\n"
                               "30212\t因公出国（境）费用\t2018\t\t3";

static gk_codes *codes;

static int kind(const char *code) { return (int)gk_codes_kind(codes, gk_str_of(code)); }
static int fit(const char *code, const char *name) {
    return (int)gk_codes_agrees(codes, gk_str_of(code), gk_str_of(name));
}

static void kinds(void) {
    CHECK_INT(kind("208"), GK_KIND_FUNCTION);
    CHECK_INT(kind("20805"), GK_KIND_FUNCTION);
    CHECK_INT(kind("2089999"), GK_KIND_FUNCTION);
    CHECK_INT(kind("302"), GK_KIND_ECONOMIC);
    CHECK_INT(kind("50201"), GK_KIND_ECONOMIC);
    CHECK_INT(kind("10301"), GK_KIND_REVENUE);
    CHECK_INT(kind("103014801"), GK_KIND_REVENUE);
    CHECK_INT(kind("3021201"), GK_KIND_NONE);
    CHECK_INT(kind("2024"), GK_KIND_NONE);
    CHECK_INT(kind("413"), GK_KIND_NONE);
    CHECK_INT(kind("208.5"), GK_KIND_NONE);
    CHECK_INT(kind(""), GK_KIND_NONE);
    CHECK_INT(kind("20805052080505"), GK_KIND_NONE);
}

static void names(void) {
    CHECK_STR(gk_codes_name(codes, GK_STR("208")), "社会保障和就业支出");
    CHECK_STR(gk_codes_name(codes, GK_STR("20805")), "行政事业单位养老支出");
    CHECK_STR(gk_codes_name(codes, GK_STR("2080101")), "行政运行");
    CHECK_STR(gk_codes_name(codes, GK_STR("2010301")), "政府办公厅（室）及相关机构事务");
    CHECK_STR(gk_codes_name(codes, GK_STR("30212")), "因公出国（境）费用");
    CHECK(gk_codes_name(codes, GK_STR("2080102")).ptr == NULL);
    CHECK(gk_codes_name(codes, GK_STR("2")).ptr == NULL);
    CHECK(gk_codes_name(codes, GK_STR_NONE).ptr == NULL);
    CHECK_STR(gk_codes_name_in(codes, GK_STR("20805"), 2018), "行政事业单位离退休");
    CHECK_STR(gk_codes_name_in(codes, GK_STR("20805"), 2024), "行政事业单位养老支出");
    CHECK_STR(gk_codes_name_in(codes, GK_STR("2080101"), 2030), "行政运行");
}

static void fits(void) {
    CHECK_INT(fit("208", "社会保障和就业支出"), GK_FIT_AGREES);
    CHECK_INT(fit("208", "社会保障和就业支出（类）"), GK_FIT_AGREES);
    CHECK_INT(fit("208", "社会保障和就业(类)支出"), GK_FIT_AGREES);
    CHECK_INT(fit("208", "社会保障和就业"), GK_FIT_AGREES);
    CHECK_INT(fit("208", " 社会保障　和就业 支出"), GK_FIT_AGREES);
    CHECK_INT(fit("20805", "行政事业单位离退休（款）"), GK_FIT_AGREES);
    CHECK_INT(fit("2080101", "行政运行(人社)"), GK_FIT_AGREES);
    CHECK_INT(fit("2010301", "政府办公厅(室)及相关机构事务"), GK_FIT_AGREES);
    CHECK_INT(fit("30212", "因公出国（境）费用"), GK_FIT_AGREES);
    CHECK_INT(fit("30212", "因公出国费用"), GK_FIT_AGREES);
    CHECK_INT(fit("2080101", "事业运行"), GK_FIT_DIFFERS);
    CHECK_INT(fit("302", "工资福利支出"), GK_FIT_DIFFERS);
    CHECK_INT(fit("208", "支出"), GK_FIT_DIFFERS);
    CHECK_INT(fit("208", ""), GK_FIT_UNKNOWN);
    CHECK_INT(fit("208", "（）"), GK_FIT_UNKNOWN);
    CHECK_INT(fit("209", "社会保险基金支出"), GK_FIT_UNKNOWN);
    char many[5000];
    memset(many, '(', sizeof many);
    CHECK_INT(gk_codes_agrees(codes, GK_STR("208"), (gk_str){many, sizeof many}), GK_FIT_UNKNOWN);
    memset(many, 'x', sizeof many);
    CHECK_INT(gk_codes_agrees(codes, GK_STR("208"), (gk_str){many, sizeof many}), GK_FIT_DIFFERS);
}

static gk_str file_text(const char *name) {
    char path[1024];
    const char *root = getenv("GK_SOURCE_DIR");
    snprintf(path, sizeof path, "%s/patterns/%s", root ? root : ".", name);
    FILE *f = fopen(path, "rb");
    if (!f) return GK_STR_NONE;
    char *text = malloc(1 << 20);
    size_t len = fread(text, 1, 1 << 20, f);
    fclose(f);
    return (gk_str){text, len};
}

static void real_tables(void) {
    CHECK_STR(gk_codes_name(codes, GK_STR("201")), "一般公共服务支出");
    CHECK_STR(gk_codes_name(codes, GK_STR("210")), "卫生健康支出");
    CHECK_STR(gk_codes_name_in(codes, GK_STR("210"), 2017), "医疗卫生与计划生育支出");
    CHECK_STR(gk_codes_name(codes, GK_STR("2080505")), "机关事业单位基本养老保险缴费支出");
    CHECK_STR(gk_codes_name(codes, GK_STR("30201")), "办公费");
    CHECK_STR(gk_codes_name(codes, GK_STR("30231")), "公务用车运行维护费");
    CHECK_STR(gk_codes_name(codes, GK_STR("501")), "机关工资福利支出");
    CHECK_STR(gk_codes_name(codes, GK_STR("10101")), "增值税");
    CHECK_INT(kind("2080505"), GK_KIND_FUNCTION);
    CHECK_INT(kind("30201"), GK_KIND_ECONOMIC);
    CHECK_INT(kind("2024"), GK_KIND_NONE);
    CHECK_INT(fit("2210201", "住房公积金（项）"), GK_FIT_AGREES);
    CHECK_INT(fit("30217", "公务接待费"), GK_FIT_AGREES);
    CHECK_INT(fit("30217", "会议费"), GK_FIT_DIFFERS);
}

int main(void) {
    codes = gk_codes_new(gk_str_of(FUNCTION), gk_str_of(ECONOMIC));
    kinds();
    names();
    fits();
    gk_codes_free(codes);
    codes = gk_codes_new(GK_STR_NONE, GK_STR_NONE);
    CHECK_INT(kind("208"), GK_KIND_NONE);
    CHECK(gk_codes_name(codes, GK_STR("208")).ptr == NULL);
    gk_codes_free(codes);
    gk_codes_free(NULL);
    gk_str function = file_text("function-codes.tsv"), economic = file_text("economic-codes.tsv");
    codes = gk_codes_new(function, economic);
    real_tables();
    gk_codes_free(codes);
    free((void *)(uintptr_t)function.ptr);
    free((void *)(uintptr_t)economic.ptr);
    return CHECK_DONE();
}
