/* Rates of execution in tables of performance, and lists whose figures have slipped. */
#include <stdio.h>

#include "check_text.h"

#define FORM(rate)                                                                                                     \
    "望汐县档案馆\n项目支出绩效自评表\n(2024年度)\n项目名称\t补贴资金\t\t\t\t\t\t\n"                                   \
    "项目资金（万元）\t\t年初预算数\t全年预算数\t全年执行数\t分值\t执行率\t得分\n"                                     \
    "\t年度资金总额\t450.00\t480.00\t463.20\t10\t" rate "\t9.65\n"                                                     \
    "\t其中：当年财政拨款\t450.00\t450.00\t433.20\t—\t96.27%\t—\n"                                                     \
    "\t上年结转资金\t0.00\t30.00\t30.00\t—\t100.00%\t—\n"

/* 463.2 of 480 are 96.5%, and 102.9% of what was planned first: both are right, and nothing else is. */
static void rates(void) {
    const gk_record *last = NULL;
    CHECK_INT(findings(FORM("95.60%"), "checks:executed-in-row", "contradicts", &last), 1);
    if (last) CHECK_STR(last->field[GK_F_RAW], "95.60%");
    if (last) CHECK_STR(gk_get(last, GK_F_CHECK), "execution_rate");
    CHECK_INT(findings(FORM("96.50%"), "checks:executed-in-row", "contradicts", &last), 0);
    CHECK_INT(findings(FORM("102.93%"), "checks:executed-in-row", "contradicts", &last), 0);
}

#define LONE(rate)                                                                                                     \
    "望汐县水务局\n项目绩效自评（2023年度）\n项目名称\t管护经费\t\t\t\t\t\n"                                          \
    "预算执行情况（10分）\t年度预算数（万元）\t年初预算\t"                                                             \
    "调整后预算数\t预算执行数\t预算执行率\n\t总额\t45.00\t43.20\t38.90\t" rate "\n"

/* The only rate of a table without a caption: its header says what it is of. */
static void lone_rates(void) {
    const gk_record *last = NULL;
    CHECK_INT(findings(LONE("80.05%"), "checks:executed-in-row", "contradicts", &last), 1);
    if (last) CHECK_STR(last->field[GK_F_RAW], "80.05%");
    CHECK_INT(findings(LONE("90.05%"), "checks:executed-in-row", "contradicts", &last), 0);
    CHECK_INT(findings(LONE("86.44%"), "checks:executed-in-row", "contradicts", &last), 0);
}

/* Two digits that changed places are told of the one figure that they explain; any other gap of such a list is not. */
static void swapped(void) {
    const gk_record *last = NULL;
    const char *rule = "checks:parts-in-sentence", *head = "望汐县2024年预算执行情况\n2024年收入76.68亿元,其中:本级48.09亿元,";
    char text[400];
    snprintf(text, sizeof text, "%s转移25.89亿元。\n", head);
    CHECK_INT(findings(text, rule, "contradicts", &last), 1);
    if (last) CHECK_STR(last->field[GK_F_RAW], "25.89亿元");
    if (last) CHECK_STR(gk_get(last, GK_F_HINT), "two digits swapped");
    snprintf(text, sizeof text, "%s转移25.44亿元。\n", head);
    CHECK_INT(findings(text, rule, "contradicts", &last), 0);
}

/* A unit that is ten thousand times too small. */
static void units(void) {
    const gk_record *last = NULL;
    const char *text = "望汐县2024年财政决算\n2024年收入总计2076724万元,其中:预算收入1133158万元,上级补助收入515962万元,"
                       "债务转贷收入161524万元,上年结余收入74710万元,调入资金191370元。\n";
    CHECK_INT(findings(text, "checks:parts-in-sentence", "contradicts", &last), 1);
    if (last) CHECK_STR(last->field[GK_F_RAW], "191370元");
}

int main(void) {
    rates();
    lone_rates();
    swapped();
    units();
    check_text_close();
    return CHECK_DONE();
}
