/* What the prose says of a project, and the table below it; cells whose zeros were dropped; counts told often. */
#include <stdio.h>

#include "check_text.h"

#define SPENT(score, budget, spent)                                                                                    \
    "望汐县档案馆2024年度部门决算\n第四部分 绩效评价情况\n1.展览经费项目绩效自评情况\n"                                 \
    "根据年初设定的绩效目标，展览经费项目自评得分" score "分。项目全年预算数为" budget "万元，实际支出" spent "万元。\n"
#define TABLE(spent, rate)                                                                                             \
    "项目支出绩效自评表\n(2024年度)\n项目名称\t展览经费\t\t\t\t\t\t\t\n"                                              \
    "项目资金（万元）\t\t\t年初预算数\t全年预算数\t全年执行数\t分值\t执行率\t得分\n"                                   \
    "\t年度资金总额\t\t58\t58\t" spent "\t10\t" rate "\t9\n\t其中：当年财政拨款\t\t58\t58\t" spent "\t--\t" rate "\t--\n" \
    "绩效指标\t一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\t偏差原因\n"                            \
    "\t产出指标\t数量指标\t展览场次\t6\t6\t30\t30\t\n\t\t质量指标\t展品完好率\t100%\t100%\t30\t29\t\n"                 \
    "\t效益指标\t社会效益指标\t观众人次\t9000\t9000\t30\t30\t\n总分\t\t\t\t\t\t100\t98\t\n"

/* The budget shows that the prose speaks of the project of the table. */
static void amounts(void) {
    const gk_record *last = NULL;
    const char *rule = "checks:project";
    CHECK_INT(findings(SPENT("98", "58", "55.52") TABLE("52.55", "90.60%"), rule, "contradicts", &last), 1);
    if (last) CHECK_STR(last->field[GK_F_RAW], "55.52万元");
    if (last) CHECK_STR(gk_get(last, GK_F_CHECK), "same_fact");
    CHECK_INT(findings(SPENT("98", "58", "52.55") TABLE("52.55", "90.60%"), rule, "contradicts", &last), 0);
    CHECK_INT(findings(SPENT("98", "58", "52.6") TABLE("52.55", "90.60%"), rule, "contradicts", &last), 0);
    /* Two figures that are both others may be of a part of the project. */
    CHECK_INT(findings(SPENT("98", "30", "25.52") TABLE("52.55", "90.60%"), rule, "contradicts", &last), 0);
}

static void scores(void) {
    const gk_record *last = NULL;
    const char *rule = "checks:scoring";
    CHECK_INT(findings(SPENT("89", "58", "52.55") TABLE("52.55", "90.60%"), rule, "contradicts", &last), 1);
    if (last) CHECK_STR(last->field[GK_F_RAW], "89");
    if (last) CHECK_STR(gk_get(last, GK_F_CHECK), "same_fact");
    CHECK_INT(findings(SPENT("98", "58", "52.55") TABLE("52.55", "90.60%"), rule, "contradicts", &last), 0);
    CHECK_INT(findings(SPENT("98.4", "58", "52.55") TABLE("52.55", "90.60%"), rule, "contradicts", &last), 1);
    CHECK_INT(findings("本年有展览经费等项目。全馆整体支出绩效自评得分89分。\n" TABLE("52.55", "90.60%"), rule, "contradicts",
                       &last), 0);
    /* A second score above the table may be of the whole office. */
    CHECK_INT(findings("全馆整体支出绩效自评得分89分。\n" SPENT("98", "58", "52.55") TABLE("52.55", "90.60%"), rule,
                       "contradicts", &last), 0);
}

#define RATES(other, rate)                                                                                             \
    "望汐县档案馆\n项目支出绩效自评表\n(2024年度)\n项目名称\t展览经费\t\t\t\t\t\t\n"                                   \
    "项目资金（万元）\t\t年初预算数\t全年预算数\t全年执行数\t分值\t执行率\t得分\n"                                     \
    "\t年度资金总额\t58\t58\t52.55\t10\t" rate "\t9\n\t其中：当年财政拨款\t20.25\t20.25\t18.35\t—\t90.62%\t—\n"     \
    "\t上年结转资金\t" other "\t" other "\t" other "\t—\t100.00%\t—\n"

/* A table that prints 52.55 says 58.00 where it says 58, of which 52.55 are 90.60% and not 91.20%; of a rounded 58 they might
 * be, and are where another cell prints its zeros. */
static void zeros(void) {
    const gk_record *last = NULL;
    const char *rule = "checks:executed-in-row";
    CHECK_INT(findings(RATES("30.25", "91.20%"), rule, "contradicts", &last), 1);
    if (last) CHECK_STR(last->field[GK_F_RAW], "91.20%");
    CHECK_INT(findings(RATES("30.25", "90.60%"), rule, "contradicts", &last), 0);
    CHECK_INT(findings(RATES("30.20", "91.20%"), rule, "contradicts", &last), 0);
}

/* Where one cell prints its zeros, the others have none to print: 31 may be 30.6 there. */
static void columns(void) {
    const gk_record *last = NULL;
    const char *head = "望汐县2024年各镇补助资金情况\n部门收支情况表\n单位：万元\n单位名称\t合计\t基本支出\t项目支出\n";
    char text[600];
    const char *rest = "南镇\t31.4\t20\t11.4\n西镇\t8.16\t8.06\t0.1\n北镇\t31\t20.25\t10\n";
    snprintf(text, sizeof text, "%s东镇\t15.25\t10.25\t5\n%s", head, rest);
    CHECK_INT(findings(text, "checks:columns", "contradicts", &last), 1);
    if (last) CHECK_STR(last->field[GK_F_RAW], "31");
    snprintf(text, sizeof text, "%s东镇\t15.25\t10.25\t5.00\n%s", head, rest);
    CHECK_INT(findings(text, "checks:columns", "contradicts", &last), 0);
}

#define GOALS(name, reached)                                                                                           \
    "2024年度项目支出绩效自评表\n项目名称\t" name "\t\t\t\t\t\t\t\n"                                                   \
    "年度总体目标\t预期目标\t\t\t实际完成情况\t\t\t\t\n\t完成档案数字化加工9000件。\t\t\t完成档案数字化加工" reached      \
    "件。\t\t\t\t\n绩效指标\t一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\t偏差原因\n"               \
    "\t产出指标\t质量指标\t验收合格率\t100%\t100%\t90\t90\t\n总分\t\t\t\t\t\t100\t100\t\n\n"

#define FORMS(one, two, three)                                                                                         \
    "望汐县档案馆2024年度部门决算\n全年档案数字化加工9240件。\n" GOALS("加工经费", one) GOALS("设备经费", two)              \
        GOALS("运行经费", three)

/* Three tell one count, the fourth another. */
static void alike(void) {
    const gk_record *last = NULL;
    const char *rule = "checks:stated-twice";
    CHECK_INT(findings(FORMS("9240", "9240", "9420"), rule, "contradicts", &last), 1);
    if (last) CHECK_STR(gk_get(last, GK_F_STATED), "9420");
    CHECK_INT(findings(FORMS("9240", "9240", "9240"), rule, "contradicts", &last), 0);
    CHECK_INT(findings(FORMS("9240", "9120", "9420"), rule, "contradicts", &last), 0);
}

int main(void) {
    amounts();
    scores();
    zeros();
    columns();
    alike();
    check_text_close();
    return CHECK_DONE();
}
