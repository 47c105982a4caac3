/* Context: title, agency, year, kind of report; headings and their path; year and measure of sections; units; silence. */
#include "extract_marked.h"

/* "year report agency title" of the document record. */
static gk_str about(const char *text) {
    static const gk_field fields[] = {GK_F_YEAR, GK_F_REPORT, GK_F_AGENCY, GK_F_TITLE};
    static char out[1024];
    int n = 0;
    test_read(text);
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        gk_str f = gk_get(&test_result.document, fields[i]);
        n += snprintf(out + n, sizeof out - (size_t)n, "%s%.*s", i ? " " : "", GK_STR_ARG(f.len ? f : GK_STR("-")));
    }
    return gk_str_of(out);
}

static void openings(void) {
    CHECK_STR(about("云川县农业农村局2024年部门预算"), "2024 budget 云川县农业农村局 云川县农业农村局2024年部门预算");
    CHECK_STR(about("云川县农业农村局\n2024年度部门决算公开"),
              "2024 final_account 云川县农业农村局 云川县农业农村局2024年度部门决算公开");
    CHECK_STR(about("云川县农业农村局\n\n2024年度部门决算"),
              "2024 final_account 云川县农业农村局 云川县农业农村局2024年度部门决算");
    CHECK_STR(about("关于云川县2023年预算执行情况和2024年预算草案的报告"),
              "2023 budget_report - 关于云川县2023年预算执行情况和2024年预算草案的报告");
    CHECK_STR(about("云川县2024年“三公”经费汇总情况说明"), "2024 three_public - 云川县2024年“三公”经费汇总情况说明");
    CHECK_STR(about("云川县农业农村局2024年度项目支出绩效自评报告"),
              "2024 performance 云川县农业农村局 云川县农业农村局2024年度项目支出绩效自评报告");
    CHECK_STR(about("部门：云川县水利局\n\n收入5万元。"), "- other 云川县水利局 -");
    CHECK_STR(about("没有年份的说明"), "- other - -");
}

/* The section path of the only mention, joined with '/'. */
static gk_str path(const char *text) {
    static char out[1024];
    test_read(text);
    CHECK_INT(test_result.records.len, 1);
    if (!test_result.records.len) return GK_STR("");
    gk_str s = test_result.records.at[0].field[GK_F_SECTION];
    for (size_t i = 0; i < s.len && i < sizeof out; i++) out[i] = s.ptr[i] == '\x1f' ? '/' : s.ptr[i];
    return (gk_str){out, s.len};
}

static void headings(void) {
    CHECK_STR(path("第三部分 情况说明\n\n一、收入情况\n\n（一）总体情况\n\n1.拨款\n\n（1）当年\n\n收入5万元。"),
              "情况说明/收入情况/总体情况/拨款/当年");
    CHECK_STR(path("一、收入情况\n\n（一）总体情况\n\n二、支出情况\n\n支出5万元。"), "支出情况");
    CHECK_STR(path("一、收入情况。\n\n支出5万元。"), "收入情况");
    CHECK_STR(path("收入支出情况，本年为5万元。"), "");
    /* A line with a figure is no heading. */
    CHECK_STR(path("一、收入5万元"), "");
    /* A broken heading. */
    CHECK_STR(path("二、一般公共预算\n支出情况\n\n支出5万元。"), "一般公共预算支出情况");
}

static void heading_is_subject(void) {
    SAYS(BUDGET, "（三）会议费\n\n预算为[5万元]，比上年减少[1万元]。", "50000 CNY 会议费 budget 2024",
         "-10000 CNY 会议费 change 2024");
}

static void sections_set_year_and_measure(void) {
    SAYS(REPORT, "税收收入[5亿元]。\n\n二、2024年预算草案\n\n税收收入[6亿元]。", "500000000 CNY 税收收入 actual 2023",
         "600000000 CNY 税收收入 budget 2024");
    SAYS(FINAL, "税收收入[5亿元]。", "500000000 CNY 税收收入 actual 2024");
    SAYS(BUDGET, "税收收入[5亿元]。", "500000000 CNY 税收收入 budget 2024");
    SAYS(FINAL, "2022年收入[5万元]，2023年收入[6万元]。今年收入[7万元]。", "50000 CNY 收入 actual 2022",
         "60000 CNY 收入 actual 2023", "70000 CNY 收入 actual 2024");
}

static void unit_notes(void) {
    SAYS(FINAL, "收入决算表\n\n单位：万元\n\n项目\t决算数\n培训费\t[12.5]", "125000 CNY 培训费 actual 2024");
    SAYS(FINAL, "收入决算表\n\n金额单位：元\n\n项目\t决算数\n培训费\t[12.5]", "12.5 CNY 培训费 actual 2024");
    SAYS(FINAL, "收入决算表\n\n公开{form:03}表 单位：亿元\n\n项目\t决算数\n培训费\t[2]", "200000000 CNY 培训费 actual 2024");
}

static void silence(void) {
    SILENT(FINAL, "第四部分 名词解释\n\n一、基本支出：指为保障运转发生的支出，如补助{glossary:5}万元。");
    SAYS(FINAL, "第四部分 名词解释\n\n补助5万元以上的。\n\n第五部分 附件\n\n会议费[5万元]。", "50000 CNY 会议费 actual 2024");
    SILENT(FINAL, "目录\n\n第一部分 概况........{page:3}\n\n第二部分 决算表........{page:12}");
}

int main(void) {
    test_open();
    openings();
    headings();
    heading_is_subject();
    sections_set_year_and_measure();
    unit_notes();
    silence();
    test_close();
    return CHECK_DONE();
}
