/* Indicators: from tables, from cells with overall goals, from prose. */
#include "extract_text.h"

/* "project|level1|level2|op|target unit|actual unit|weight|score" of the indicator whose name stands at the nth place. */
static gk_str goal(const char *name, size_t nth) {
    static char out[512];
    static const gk_field fields[] = {GK_F_PROJECT,     GK_F_LEVEL1, GK_F_LEVEL2,      GK_F_OP,     GK_F_TARGET,
                                      GK_F_TARGET_UNIT, GK_F_ACTUAL, GK_F_ACTUAL_UNIT, GK_F_WEIGHT, GK_F_SCORE};
    const gk_record *r = text_record(GK_KIND_INDICATOR, name, nth);
    if (!r) return GK_STR("none");
    int n = 0;
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        n += snprintf(out + n, sizeof out - (size_t)n, "%s%.*s", i ? "|" : "", GK_STR_ARG(gk_get(r, fields[i])));
    return gk_str_of(out);
}

static size_t count(gk_kind kind) {
    size_t n = 0;
    for (size_t i = 0; i < text_result.records.len; i++) n += text_result.records.at[i].kind == kind;
    return n;
}

static const char *const SELF =
    "青石县档案局2031年度部门决算\n\n"
    "项目名称\t老旧路灯更新\t\t\t\t\t\t\t\n"
    "主管部门\t青石县城管局\t\t\t\t实施单位\t青石县路灯所\t\t\n"
    "项目资金（万元）\t\t年初预算数\t全年预算数\t全年执行数\t分值\t执行率\t得分\t\n"
    "\t年度资金总额\t80\t82.5\t66\t10\t80%\t8\t\n"
    "\t其中：当年财政拨款\t80\t82.5\t66\t--\t80%\t--\t\n"
    "年度总体目标\t预期目标\t\t\t\t实际完成情况\t\t\t\n"
    "\t完成路灯更新 500 盏，群众满意率 90%以上。\t\t\t\t路灯更新 520 盏，群众满意率 93%。\t\t\t\n"
    "绩效指标\t一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\t偏差原因\n"
    "\t产出指标（50 分）\t数量指标\t更新盏数\t≥500盏\t520\t20\t20\t\n"
    "\t\t\t巡查次数\t12次以上\t12次\t10\t10\t\n"
    "\t\t时效指标\t完工时间\t2031年11月底前\t2031年11月\t20\t18\t雨季停工\n"
    "\t效益指标\t社会效益\t夜间事故下\t4.5%以内\t1.55%\t10\t9.5\t\n"
    "\t\t指标\t降率\t\t\t\t\t\n"
    "\t满意度指标\t服务对象满意度指标\t居民满意\t满意\t满意\t10\t10\t\n"
    "总分\t\t\t\t\t\t100\t97.5\t\n";

static void self_evaluation(void) {
    text_read(SELF);
    CHECK_STR(goal("更新盏数", 0), "老旧路灯更新|产出指标|数量指标|>=|500|盏|520||20|20");
    CHECK_STR(goal("巡查次数", 0), "老旧路灯更新|产出指标|数量指标|>=|12|次|12|次|10|10");
    CHECK_STR(goal("完工时间", 0), "老旧路灯更新|产出指标|时效指标||2031年11月底前||2031年11月||20|18");
    CHECK_STR(goal("夜间事故下", 0), "老旧路灯更新|效益指标|社会效益指标|<=|4.5|%|1.55|%|10|9.5");
    CHECK_STR(goal("居民满意", 0), "老旧路灯更新|满意度指标|服务对象满意度指标||满意||满意||10|10");
    const gk_record *r = text_record(GK_KIND_INDICATOR, "夜间事故下", 0);
    if (r) CHECK_STR(gk_get(r, GK_F_NAME), "夜间事故下降率");
    r = text_record(GK_KIND_INDICATOR, "完工时间", 0);
    if (r) CHECK_STR(gk_get(r, GK_F_DEVIATION), "雨季停工");
    CHECK_STR(text_fate("97.5", 0), "score");
    CHECK_STR(text_fate("50", 0), "score");
    CHECK_STR(text_fate("100", 0), "score");
}

static void overall_goals(void) {
    text_read(SELF);
    CHECK_STR(goal("路灯更新", 1), "老旧路灯更新|||=|500|盏|520|盏||");
    CHECK_STR(goal("群众满意率", 0), "老旧路灯更新|||>=|90|%|93|%||");
    CHECK_INT(count(GK_KIND_INDICATOR), 7);
}

static void funding_rows(void) {
    text_read(SELF);
    CHECK_STR(text_fact(GK_KIND_AMOUNT, "82.5", 0), "825000 年度资金总额 adjusted_budget 2031 老旧路灯更新/全年预算数");
    CHECK_STR(text_fact(GK_KIND_AMOUNT, "66", 1), "660000 当年财政拨款 actual 2031 老旧路灯更新/全年执行数");
    CHECK_STR(text_fact(GK_KIND_PERCENTAGE, "80%", 0), "80 年度资金总额 execution_rate 2031 老旧路灯更新/执行率");
    CHECK_INT(count(GK_KIND_PERCENTAGE), 2);
    CHECK_INT(count(GK_KIND_QUANTITY), 0);
}

static void targets_only(void) {
    text_read("青石县档案局2031年部门预算\n\n单位：万元\n\n"
              "项目编码\t99000031P000034100045\t项目名称\t库房恒温改造\t\t\n"
              "预算规模及资金用途\t预算数\t36.00\t其中：财政资金\t36.00\t其他资金\n"
              "一级指标\t二级指标\t三级指标\t绩效指标描述\t指标值\t指标值确定依据\n"
              "产出指标\t数量指标\t改造面积\t改造库房面积\t>200平方米\t2031年工作计划\n"
              "\t成本指标\t改造总成本\t预算控制额\t≤36万元\t2031年工作计划\n");
    CHECK_STR(goal("改造面积", 0), "库房恒温改造|产出指标|数量指标|>|200|平方米||||");
    CHECK_STR(goal("改造总成本", 0), "库房恒温改造|产出指标|成本指标|<=|36|万元||||");
    const gk_record *r = text_record(GK_KIND_INDICATOR, "改造面积", 0);
    if (r) CHECK_STR(gk_get(r, GK_F_DESCRIPTION), "改造库房面积");
    if (r) CHECK_STR(gk_get(r, GK_F_BASIS), "2031年工作计划");
    CHECK_STR(text_fate("99000031", 0), "code");
    CHECK_STR(text_fate("2031", 1), "basis");
    const gk_record *fund = text_record(GK_KIND_AMOUNT, "36.00", 1);
    CHECK(fund != NULL);
    if (fund) CHECK_STR(fund->field[GK_F_VALUE], "360000");
    if (fund) CHECK_STR(fund->field[GK_F_SUBJECT], "财政资金");
}

static void signs_in_columns(void) {
    text_read("青石县档案局2031年部门预算\n\n"
              "一级指标\t二级指标\t三级指标\t指标性质\t指标值\t度量单位\t权重\n"
              "产出指标\t数量指标\t修复档案\t≥\t3,000\t卷\t30\n"
              "\t质量指标\t差错率\t≤\t2\t%\t20\n");
    CHECK_STR(goal("修复档案", 0), "整体|产出指标|数量指标|>=|3000|卷|||30|");
    CHECK_STR(goal("差错率", 0), "整体|产出指标|质量指标|<=|2|%|||20|");
}

/* A form cut by a page: its caption is printed again, its header is not, and a label that covers two columns covers one. */
static void cut_by_page(void) {
    text_read("青石县档案局2031年部门预算\n\n表9\n项目绩效目标表\n"
              "项目名称\t\t库房恒温改造\t\t\t\n"
              "绩效指标\t一级指标\t二级指标\t三级指标\t\t年度指标值\n"
              "\t产出指标\t数量指标\t改造面积\t\t>200平方米\n\n"
              "表9\n项目绩效目标表\n"
              "绩效指标\t产出指标\t数量指标\t更换设备\t约6台\n"
              "\t满意度指标\t服务对象满意度\t查档群众满意率\t≥95%\n\n"
              "表9\n项目绩效目标表\n"
              "项目名称\t\t档案数字化\t\n"
              "\t年度资金总额\t80\t\n");
    CHECK_STR(goal("改造面积", 0), "库房恒温改造|产出指标|数量指标|>|200|平方米||||");
    CHECK_STR(goal("更换设备", 0), "库房恒温改造|产出指标|数量指标|=|6|台||||");
    CHECK_STR(goal("查档群众满意率", 0), "库房恒温改造|满意度指标|服务对象满意度|>=|95|%||||");
    CHECK_INT(count(GK_KIND_INDICATOR), 3);
    CHECK_INT(count(GK_KIND_QUANTITY) + count(GK_KIND_PERCENTAGE), 0);
    CHECK_INT(count(GK_KIND_AMOUNT), 1);
}

static void prose(void) {
    text_read("青石县档案局2031年部门预算\n\n一、部门整体绩效目标编制情况\n\n"
              "产出指标：修复档案≥3000卷，指标设立依据是2030年修复2800卷。\n\n"
              "效益指标：让查档更方便，让服务更周到。指标设立依据是有关规定。\n\n"
              "二、重点项目绩效目标编制情况\n\n"
              "1.“库房恒温改造”主要内容是：改造旧库房。2031年预算安排36万元。\n\n"
              "满意度指标：查档群众满意率≥95%。指标设立依据是往年情况。\n");
    CHECK_STR(goal("修复档案", 0), "整体|产出指标||>=|3000|卷||||");
    CHECK_STR(goal("让查档更方便，让服务更周到", 0), "整体|效益指标||||||||");
    CHECK_STR(goal("查档群众满意率", 0), "库房恒温改造|满意度指标||>=|95|%||||");
    CHECK_STR(text_fate("2800", 0), "basis");
    CHECK_STR(text_fate("3000", 0), "claimed");
    const gk_record *r = text_record(GK_KIND_INDICATOR, "修复档案", 0);
    if (r) CHECK_STR(gk_get(r, GK_F_BASIS), "2030年修复2800卷");
}

/* What became of indicators, told in sentences below a heading that names the first level. */
static void reviews(void) {
    text_read("青石县档案局2031年度部门决算\n\n2、完成的绩效目标\n\n（1）产出指标（40分）\n\n"
              "质量指标为修复档案，破损率降到最低，已完成，自评得分 20分；"
              "成本指标为支出不超过预算，支出小于 36万元，已完成，自评得分 20分。全年修复档案 3100 卷。\n\n"
              "（2）效益指标（40分）\n\n服务对象满意度指标为查档群众满意度，基本完成，满意度 92%，自评得分 38.5 分。\n");
    CHECK_STR(goal("修复档案，破损率降到最低", 0), "整体|产出指标|质量指标||||已完成|||20");
    CHECK_STR(goal("支出不超过预算，支出小于 36万元", 0), "整体|产出指标|成本指标|<|36|万元|已完成|||20");
    CHECK_STR(goal("查档群众满意度", 0), "整体|效益指标|服务对象满意度指标||||基本完成|||38.5");
    CHECK_INT(count(GK_KIND_INDICATOR), 3);
    CHECK_INT(count(GK_KIND_AMOUNT) + count(GK_KIND_PERCENTAGE), 0);
    CHECK_STR(text_fact(GK_KIND_QUANTITY, "3100 卷", 0), "3100 修复档案 count 2031 -");
    CHECK_STR(text_fate("36", 0), "claimed");
    CHECK_STR(text_fate("40", 0), "score");
}

/* A table that prints the targets of all years and of one: the indicator has that of the year. */
static void two_targets(void) {
    text_read("项目绩效目标表\n项目名称\t河堤巡护\t\t\t\n"
              "一级指标\t二级指标\t三级指标\t实施周期指标值\t年度指标值\n"
              "产出指标\t数量指标\t巡护里程（公里）\t640\t215\n"
              "\t\t巡护次数（次）\t72\t24\n");
    CHECK_STR(goal("巡护次数（次）", 0), "河堤巡护|产出指标|数量指标|=|24|||||");
    CHECK_STR(text_fate("215", 0), "claimed");
    CHECK_STR(text_fate("640", 0), "target");
}

int main(void) {
    self_evaluation();
    two_targets();
    reviews();
    overall_goals();
    funding_rows();
    targets_only();
    signs_in_columns();
    cut_by_page();
    prose();
    text_close();
    return CHECK_DONE();
}
