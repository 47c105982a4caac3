/* Chinese numerals that state a value, and those that do not. */
#include "extract_marked.h"

static void counted(void) {
    SAYS(FINAL, "全年开展培训[两次]。", "2 次 * count 2024");
    SAYS(FINAL, "购置公务用车[一辆]，", "1 辆 * * 2024");
    SAYS(FINAL, "服务群众[一万二千人次]。", "12000 人次 * count");
    SAYS(FINAL, "慰问困难户[二十三户]；", "23 户 * count");
    SAYS(FINAL, "受益群众近[万人]。", "10000 人 * count 2024 近");
    SAYS(FINAL, "服务群众[百余人]、[三千多人次]。", "100 人 * count 2024 余", "3000 人次 * count 2024 多");
    SAYS(FINAL, "召开会议[十余次]。", "10 次 * count 2024 余");
    SAYS(FINAL, "服务量增长[一倍]。", "1 倍");
    SAYS(FINAL, "粮食产量增长[两成]。", "20 % * change_rate 2024");
    SAYS(FINAL, "开展督查[三次]以上。", "3 次 * count 2024 以上");
}

static void percents(void) {
    SAYS(FINAL, "群众满意度达[百分之九十五]。", "95 % 群众满意度 rate 2024");
    SAYS(FINAL, "经费压减[百分之三]。", "-3 % 经费 change_rate 2024");
    SAYS(FINAL, "办结率为[百分之一百]。", "100 % 办结率 rate 2024");
    SAYS(FINAL, "办结率[百分之百]，降低百分比。", "100 % 办结率 rate 2024");
    SAYS(FINAL, "办结率为[百分之\n九十九点五]。", "99.5 % 办结率 rate 2024");
}

static void no_values(void) {
    SILENT(FINAL, "第一批次、每人一份、每年一次、进一步落实，三公经费，一带一路，十四五规划。");
    SILENT(FINAL, "一、二、三级医院，三支一扶人员，四个方面，五保户。");
    SILENT(FINAL, "千方百计，万众一心，百姓人家，一些单位，统一场地。");
    SILENT(FINAL, "二〇二四年十二月三十一日");
    SILENT(FINAL, "十三、其他事项");
}

static void beside_digits(void) {
    SAYS(FINAL, "会议费[3万元]，开展会议[两次]、[120人次]。", "30000 CNY 会议费", "2 次 * count", "120 人次 * count");
    SAYS(FINAL, "办结率[98%]，开展督查[两次]，投入[5千元]。", "98 % 办结率", "2 次", "5000 CNY");
}

int main(void) {
    test_open();
    counted();
    percents();
    no_values();
    beside_digits();
    test_close();
    return CHECK_DONE();
}
