/* What a verb or a stage says of the figures behind the one that it stands at. */
#include "extract_marked.h"

static void a_verb_governs_its_list(void) {
    SAYS(FINAL, "主要是减少培训费[2万元]、差旅费[3万元]，会议费[1万元]。", "-20000 CNY 培训费 change 2024",
         "-30000 CNY 差旅费 change 2024", "10000 CNY 会议费 actual 2024");
    SAYS(FINAL, "增加教育支出[4万元]、社保支出[5万元]。", "40000 CNY 教育支出 change 2024",
         "50000 CNY 社保支出 change 2024");
    SAYS(FINAL, "安排教育支出[5万元]、社保支出[6万元]，实际支出[7万元]、年末结余[1万元]。",
         "50000 CNY 教育支出 budget 2024", "60000 CNY 社保支出 budget 2024", "70000 CNY 社保支出 actual 2024",
         "10000 CNY 年末结余 balance 2024");
    SAYS(FINAL, "安排护林资金[5万元]，渔港建设[6万元]，禁渔补贴[4万元]，教育支出[7万元]。", "50000 CNY 护林资金 budget 2024",
         "60000 CNY 渔港建设 budget 2024", "40000 CNY 禁渔补贴 budget 2024", "70000 CNY 教育支出 actual 2024");
    SAYS(FINAL, "安排消费券资金[5万元]，带动消费[6万元]，发放禁渔补贴[4万元]。", "50000 CNY 消费券资金 budget 2024",
         "60000 CNY 带动消费 actual 2024", "40000 CNY 禁渔补贴 actual 2024");
}

static void a_list_of_a_budget_is_planned(void) {
    SAYS(BUDGET, "主要用于支付物业费[2万元]、水电费[3万元]，发放补助[1万元]、奖金[4万元]。",
         "20000 CNY 物业费 budget 2024", "30000 CNY 水电费 budget 2024", "10000 CNY 补助", "40000 CNY 奖金 budget 2024");
}

static void a_list_ends_with_its_sentence(void) {
    SAYS(FINAL, "安排教育支出[5万元]。社保支出[6万元]。", "50000 CNY 教育支出 budget 2024",
         "60000 CNY 社保支出 actual 2024");
    SAYS(FINAL, "安排教育支出[5万元]（其中小学[2万元]）、社保支出[6万元]。", "50000 CNY 教育支出 budget 2024",
         "20000 CNY 小学 budget 2024", "60000 CNY 社保支出 budget 2024");
}

static void a_stage_goes_on(void) {
    SAYS(FINAL,
         "县人大批准一般公共预算收入[8万元]，一般公共预算支出为[9万元]。政府性基金收入[2万元]。实际完成税收收入[7万元]，"
         "支出[6万元]。",
         "80000 CNY 一般公共预算收入 budget 2024", "90000 CNY 一般公共预算支出 budget 2024",
         "20000 CNY 政府性基金收入 budget 2024", "70000 CNY 税收收入 actual 2024", "60000 CNY 支出 actual 2024");
    SAYS(FINAL, "县人大批准一般公共预算收入[8万元]，增长[5%]，年终结余[1万元]。", "80000 CNY 一般公共预算收入 budget 2024",
         "5 % 一般公共预算收入 change_rate 2024", "10000 CNY 年终结余 balance 2024");
    SAYS(FINAL, "县人大批准一般公共预算收入[8万元]。加快执行后，一般公共预算支出[9万元]。",
         "80000 CNY 一般公共预算收入 budget 2024", "90000 CNY 一般公共预算支出 actual 2024");
}

static void a_listed_budget_is_budgeted(void) {
    SAYS(FINAL,
         "县人大批准的年初预算为：一般公共预算收入[8万元]（税收收入[5万元]、非税收入[3万元]）；政府性基金收入[2万元]。"
         "税收收入增加[1万元]。",
         "80000 CNY 一般公共预算收入 budget 2024", "50000 CNY 税收收入 budget 2024", "30000 CNY 非税收入 budget 2024",
         "20000 CNY 政府性基金收入 budget 2024", "10000 CNY 税收收入 change 2024");
    SAYS(FINAL,
         "县人大批准：2024年县级财政收入合计为[8万元]。其中：税收收入[5万元]。县级财政支出预算为[9万元]。"
         "教育支出[2万元]。",
         "80000 CNY 县级财政收入 budget 2024", "50000 CNY 税收收入 budget 2024", "90000 CNY 县级财政支出 budget 2024",
         "20000 CNY 教育支出 budget 2024");
    SAYS(FINAL, "县人大批准一般公共预算收入[8万元]（补助[5万元]，调入[1万元]，预算平衡），基金收入[2万元]。",
         "80000 CNY 一般公共预算收入 budget 2024", "50000 CNY 补助 budget 2024", "10000 CNY 调入 budget 2024",
         "20000 CNY 基金收入 budget 2024");
}

static void what_is_added_up_came_in(void) {
    SAYS(FINAL, "收入[8万元]，加上级补助收入[5万元]、新增一般债券[2万元]、上年结余[1万元]，收入总计[16万元]。",
         "80000 CNY 收入 actual 2024", "50000 CNY 上级补助收入 actual 2024", "20000 CNY 新增一般债券 actual 2024",
         "10000 CNY 上年结余 balance 2024", "160000 CNY 收入总计 actual 2024");
    SAYS(FINAL, "加上税收返还[1万元]，上年结余[3万元]，新增一般债券[2万元]、再融资债券[4万元]，发行费[5万元]。",
         "10000 CNY 税收返还 actual 2024", "30000 CNY 上年结余 balance 2024", "20000 CNY 新增一般债券 actual 2024",
         "40000 CNY 再融资债券 actual 2024", "50000 CNY 发行费 actual 2024");
    SAYS(FINAL, "收入[8万元]，加上上年结余[1万元]、再融资债券[2万元]。", "80000 CNY 收入 actual 2024",
         "10000 CNY 上年结余 balance 2024", "20000 CNY 再融资债券 actual 2024");
}

static void bonds_come_in_with_their_head(void) {
    SAYS(FINAL, "债务转贷收入[10万元]（新增一般债券[2万元]、再融资一般债券[8万元]）。",
         "100000 CNY 债务转贷收入 actual 2024", "20000 CNY 新增一般债券 actual 2024",
         "80000 CNY 再融资一般债券 actual 2024");
}

static void an_adjustment_tells_the_budget(void) {
    SAYS(FINAL, "支出年初预算[50万元]，执行中增加上级补助[5万元]，减少结转[1万元]，调整预算[54万元]。",
         "500000 CNY 支出 budget 2024", "50000 CNY 上级补助 change 2024", "-10000 CNY 结转 change 2024",
         "540000 CNY 支出 adjusted_budget 2024");
    SAYS(FINAL, "一般公共预算收入由[8万元]调整为[9万元]，调增[1万元]。", "80000 CNY 一般公共预算收入 budget 2024",
         "90000 CNY 一般公共预算收入 adjusted_budget 2024", "10000 CNY 一般公共预算收入 change 2024");
    SAYS(FINAL, "会议费由上年的[6万元]减少到[5万元]。", "60000 CNY 会议费 actual 2023", "50000 CNY 会议费 actual 2024");
    SAYS(FINAL, "税收收入[9万元]，占年初预算数[10万元]的[90%]，增长[5%]。", "90000 CNY 税收收入 actual 2024",
         "100000 CNY 税收收入 budget 2024", "90 % 税收收入 share 2024", "5 % 税收收入 change_rate 2024");
}

int main(void) {
    test_open();
    a_verb_governs_its_list();
    a_list_of_a_budget_is_planned();
    a_list_ends_with_its_sentence();
    a_stage_goes_on();
    a_listed_budget_is_budgeted();
    what_is_added_up_came_in();
    bonds_come_in_with_their_head();
    an_adjustment_tells_the_budget();
    test_close();
    return CHECK_DONE();
}
