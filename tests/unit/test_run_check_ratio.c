/* Changes and rates in columns of tables, prose below a table, weights without a total, and parts that are more than
 * all. */
#include <stdio.h>

#include "check_text.h"

#define RATES(header, rate)                                                                                            \
    "望汐县2024年预算执行情况表\n单位：万元\n项目\t2023年执行数\t2024年预算数\t2024年执行数\t完成预算%\t" header "\n" \
    "增值税\t3200\t3400\t3520\t103.5\t10.0\n契税\t1500\t1400\t1350\t96.4\t-10.0\n" \
    "房产税\t800\t820\t860\t104.9\t7.5\n车船税\t400\t450\t500\t111.1\t" rate "\n"

/* 500 against 400 is 25% more; the rows above show that the last column is of these two, whatever its header is. */
static void rates(void) {
    const gk_record *last = NULL;
    const char *rule = "checks:columns-apart";
    CHECK_INT(findings(RATES("比上年增长%", "52.0"), rule, "contradicts", &last), 1);
    if (last) CHECK_STR(last->field[GK_F_RAW], "52.0");
    if (last) CHECK_STR(gk_get(last, GK_F_CHECK), "change_rate");
    CHECK_INT(findings(RATES("比上年增长%", "25.0"), rule, "contradicts", &last), 0);
    CHECK_INT(findings(RATES("比上年可比增长%", "52.0"), rule, "contradicts", &last), 0);
}

#define FEW(header)                                                                                                    \
    "望汐县2024年预算执行情况表\n单位：万元\n项目\t" header "\t比上年增长%\n"                                         \
    "增值税\t3200\t3520\t10.0\n契税\t1500\t1350\t-10.0\n车船税\t400\t500\t52.0\n"

/* Two rows that hold are no witness, but where the headers say of which years the figures are. */
static void few_rows(void) {
    const gk_record *last = NULL;
    CHECK_INT(findings(FEW("县级执行数\t全县执行数"), "checks:columns-apart", "contradicts", &last), 0);
    CHECK_INT(findings(FEW("2023年执行数\t2024年执行数"), "checks:columns-apart", "contradicts", &last), 1);
}

#define ALL_SPENT(spent)                                                                                               \
    "望汐县2024年基本支出决算表\n单位：万元\n项目\t预算数\t决算数\t决算数为预算数的%\n"                                 \
    "工资福利\t3126\t3126\t100%\n办公经费\t418\t" spent "\t100%\n设备购置\t57\t57\t100%\n培训费\t36\t36\t100%\n"

/* All was spent as planned: the headers alone say which figures the rates are of. */
static void all_spent(void) {
    const gk_record *last = NULL;
    CHECK_INT(findings(ALL_SPENT("481"), "checks:columns-apart", "contradicts", &last), 1);
    if (last) CHECK_STR(gk_get(last, GK_F_CHECK), "execution_rate");
    CHECK_INT(findings(ALL_SPENT("418"), "checks:columns-apart", "contradicts", &last), 0);
}

#define BOTH(last, all)                                                                                                \
    "望汐县总工会2024年部门预算\n四、公务费用\n项目\t2023年预算（万元）\t2024年预算（万元）\n"                        \
    "公务接待费\t1.20\t1.00\n公务用车运行维护费\t3.60\t3.40\n" last "\t4.80\t" all "\n"

/* One column that holds shows that the rows are all there is, where the last is plainly their sum. */
static void two_columns(void) {
    const gk_record *last = NULL;
    CHECK_INT(findings(BOTH("合计", "4.60"), "checks:rows", "contradicts", &last), 1);
    if (last) CHECK_STR(last->field[GK_F_RAW], "4.60");
    CHECK_INT(findings(BOTH("合计", "4.40"), "checks:rows", "contradicts", &last), 0);
    CHECK_INT(findings(BOTH("其他费用", "4.60"), "checks:rows", "contradicts", &last), 0);
}

/* A sentence that no heading parts from the table above it. */
static void below_table(void) {
    const gk_record *last = NULL;
    const char *text = "望汐县档案馆2024年部门预算\n编码\t名称\t合计\n30101\t基本工资\t186.20\n\n"
                       "2024年基本支出638.25万元，其中：人员经费601.53万元，公用经费81.72万元。\n";
    CHECK_INT(findings(text, "checks:parts-in-sentence", "contradicts", &last), 1);
    if (last) CHECK_STR(last->field[GK_F_RAW], "638.25万元");
}

#define WEIGHTS(last) \
    "望汐县档案馆\n项目支出绩效目标表\n（2024年度）\n项目名称\t馆舍维护\n一级指标\t二级指标\t三级指标\t指标值\t权重\n" \
    "产出指标\t数量指标\t维修库房\t≥4间\t30\n\t质量指标\t验收合格率\t≥98%\t20\n\t时效指标\t完成时间\t12月底\t10\n" \
    "效益指标\t社会效益指标\t查档人次\t≥800人次\t20\n满意度指标\t服务对象满意度指标\t查档者满意度\t≥90%\t" last "\n"

/* Without a total row weights make a hundred, or leave tens to the funding above them. */
static void weights(void) {
    const gk_record *last = NULL;
    CHECK_INT(findings(WEIGHTS("15"), "checks:scoring", "contradicts", &last), 1);
    if (last) CHECK_STR(gk_get(last, GK_F_CHECK), "weights");
    CHECK_INT(findings(WEIGHTS("20"), "checks:scoring", "contradicts", &last), 0);
    CHECK_INT(findings(WEIGHTS("10"), "checks:scoring", "contradicts", &last), 0);
}

/* A part that is more than all; three that are a little more; one that must be of something else. */
static void larger_parts(void) {
    const gk_record *last = NULL;
    const char *head = "望汐县档案馆2024年度部门决算\n授予中小企业合同金额";
    char text[400];
    snprintf(text, sizeof text, "%s865.20万元，其中：授予小微企业合同金额902.30万元。\n", head);
    CHECK_INT(findings(text, "checks:parts-in-sentence", "contradicts", &last), 1);
    snprintf(text, sizeof text, "%s865.20万元，其中：授予小微企业合同金额802.30万元。\n", head);
    CHECK_INT(findings(text, "checks:parts-in-sentence", "contradicts", &last), 0);
    snprintf(text, sizeof text, "%s865.20万元，其中：授予小微企业合同金额2302.30万元。\n", head);
    CHECK_INT(findings(text, "checks:parts-in-sentence", "contradicts", &last), 0);
    const char *three = "望汐县档案馆2024年度部门决算\n涉及资金%s万元，"
                        "其中：筛查项目86.00万元，培训项目34.00万元，维护项目45.00万元。\n";
    snprintf(text, sizeof text, three, "162.00");
    CHECK_INT(findings(text, "checks:parts-over", "contradicts", &last), 1);
    snprintf(text, sizeof text, three, "168.00");
    CHECK_INT(findings(text, "checks:parts-over", "contradicts", &last), 0);
}

/* Three figures of one office, told below its table without a heading; what a plan is compared with is not what changed. */
static void told_below(void) {
    const gk_record *last = NULL;
    const char *table = "望汐县档案馆2024年度部门决算\n财政拨款“三公”经费支出决算表\n"
                        "单位：万元\n项目\t2024年决算数\n合计\t24.14\n"
                        "公务用车运行维护费\t20.37\n公务接待费\t3.77\n\n2024年度“三公”经费支出决算为24.14万元。";
    char text[600];
    snprintf(text, sizeof text, "%s公务用车运行维护费支出决算%s万元。\n", table, "20.67");
    CHECK_INT(findings(text, "figures:same-figure", "contradicts", &last), 1);
    snprintf(text, sizeof text, "%s公务用车运行维护费支出决算%s万元。\n", table, "20.37");
    CHECK_INT(findings(text, "figures:same-figure", "contradicts", &last), 0);
    const char *against = "望汐县2024年度“三公”经费汇总\n"
                          "“三公”经费决算1326.80万元，较预算1520.00万元减少193.20万元，下降%s%%。\n";
    snprintf(text, sizeof text, against, "12.71");
    CHECK_INT(findings(text, "checks:change-rate", "contradicts", &last), 0);
    snprintf(text, sizeof text, against, "17.21");
    CHECK_INT(findings(text, "checks:rate-of-compared", "contradicts", &last), 1);
}

/* Both sides of a budget change alike, against one base; a section that stands alone shows that it has one part where the
 * table is whole. */
static void alike(void) {
    const gk_record *last = NULL;
    const char *plan = "望汐县渔政站2025年部门预算\n2025年单位预算编制说明\n2025年收入预算276.53万元，其中：财政拨款收入"
                       "276.53万元，比2024年预算%s增加18.42万元；其他收入0万元。\n支出预算276.53万元，其中：财政拨款"
                       "支出预算276.53万元，比2024年预算增加14.82万元。\n";
    const char *codes = "望汐县渔政站2025年部门预算\n财政拨款支出预算表\n单位：万元\n功能科目编码\t科目名称\t金额\n%s"
                        "208\t社会保障和就业支出\t38.60\n20805\t行政事业单位养老支出\t38.60\n2080502\t事业单位离退休"
                        "\t36.80\n213\t农林水支出\t214.75\n21301\t农业农村\t214.75\n2130104\t事业运行\t186.35\n2130135"
                        "\t渔业发展\t28.40\n221\t住房保障支出\t23.18\n22102\t住房改革支出\t23.18\n2210201\t住房公积金"
                        "\t23.18\n";
    char text[1200];
    snprintf(text, sizeof text, plan, "");
    CHECK_INT(findings(text, "figures:same-figure", "contradicts", &last), 1);
    snprintf(text, sizeof text, plan, "执行数");
    CHECK_INT(findings(text, "figures:same-figure", "contradicts", &last), 0);
    snprintf(text, sizeof text, codes, "\t合计\t276.53\n");
    CHECK_INT(findings(text, "checks:codes", "contradicts", &last), 1);
    snprintf(text, sizeof text, codes, "");
    CHECK_INT(findings(text, "checks:codes", "contradicts", &last), 0);
}

/* Four shares that make a hundred, of a whole that is told nowhere. */
static void odd_share(void) {
    const gk_record *last = NULL;
    const char *text = "望汐县档案馆2025年度部门预算\n一般公共服务支出1625.40万元，占81.73%%；"
                       "社会保障和就业支出176.30万元，占8.87%%；"
                       "卫生健康支出%s万元，占3.87%%；住房保障支出110.00万元，占5.53%%。\n";
    char wrong[600];
    snprintf(wrong, sizeof wrong, text, "67.00");
    CHECK_INT(findings(wrong, "checks:whole-untold", "contradicts", &last), 1);
    if (last) CHECK_STR(last->field[GK_F_RAW], "3.87%");
    snprintf(wrong, sizeof wrong, text, "77.00");
    CHECK_INT(findings(wrong, "checks:whole-untold", "contradicts", &last), 0);
}

int main(void) {
    told_below();
    alike();
    two_columns();
    odd_share();
    rates();
    few_rows();
    all_spent();
    below_table();
    weights();
    larger_parts();
    check_text_close();
    return CHECK_DONE();
}
