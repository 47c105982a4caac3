/* What reference data adds: the region of a document and official names of codes. */
#include "extract_marked.h"

/* "division region/of/document" or "none". */
static gk_str place(const char *text) {
    static char out[512];
    test_read(text);
    gk_str code = gk_get(&test_result.document, GK_F_DIVISION), path = gk_get(&test_result.document, GK_F_REGION);
    if (!code.len) return GK_STR("none");
    int n = snprintf(out, sizeof out, "%.*s ", GK_STR_ARG(code));
    for (size_t i = 0; i < path.len; i++) out[n++] = path.ptr[i] == '\x1f' ? '/' : path.ptr[i];
    return (gk_str){out, (size_t)n};
}

static void regions(void) {
    CHECK_STR(place("湖北省财政厅2024年部门预算"), "420000 湖北省");
    CHECK_STR(place("关于湖北省2023年预算执行情况和2024年预算草案的报告"), "420000 湖北省");
    CHECK_STR(place("湖北省\n\n2024年度部门决算"), "420000 湖北省");
    CHECK_STR(place("云川县财政局2024年部门预算"), "none");
    CHECK_STR(place("没有地名的文件"), "none");
}

static gk_str agency(const char *text) {
    test_read(text);
    return gk_get(&test_result.document, GK_F_AGENCY);
}

/* An agency that names no place is of the document's. */
static void agencies(void) {
    CHECK_STR(agency("关于武汉市2031年财政决算的报告\n\n市财政局局长林一木\n\n各位代表："), "武汉市财政局");
    CHECK_STR(agency("关于武汉市2031年财政决算的报告\n\n武汉市财政局局长林一木\n\n各位代表："), "武汉市财政局");
    CHECK_STR(agency("关于云川市2031年财政决算的报告\n\n市财政局局长林一木\n\n各位代表："), "市财政局");
    CHECK_STR(agency("武汉市\n\n市场监督管理局2031年部门预算"), "市场监督管理局");
}

/* A long first paragraph is looked at in its beginning alone. */
static void long_opening(void) {
    static char text[8192];
    size_t n = 0;
    while (n < 3000) n += (size_t)snprintf(text + n, sizeof text - n, "本年工作，");
    snprintf(text + n, sizeof text - n, "湖北省");
    CHECK_STR(place(text), "none");
}

static const gk_record *record_of_code(const char *code) {
    for (size_t i = 0; i < test_result.records.len; i++)
        if (gk_str_eqz(test_result.records.at[i].field[GK_F_CODE], code)) return &test_result.records.at[i];
    return NULL;
}

static void names_of_codes(void) {
    test_read(FINAL "一般公共预算财政拨款支出决算表\n\n单位：万元\n\n科目编码\t科目名称\t合计\n205\t教育支出\t12\n"
                    "208\t住房保障支出\t15");
    const gk_record *good = record_of_code("205"), *odd = record_of_code("208");
    CHECK(good && odd);
    if (!good || !odd) return;
    CHECK_STR(gk_get(good, GK_F_CODE_NAME), "");
    CHECK_STR(gk_get(odd, GK_F_CODE_NAME), "社会保障和就业支出");
}

int main(void) {
    test_open();
    regions();
    agencies();
    long_opening();
    names_of_codes();
    SILENT("", "没有数字。");
    test_close();
    return CHECK_DONE();
}
