/* Which year a figure of a sentence belongs to: dates, periods, lists of years. */
#include "extract_marked.h"

#define EXECUTION "云川县2024年预算执行情况\n\n"

static void a_date_goes_on(void) {
    SAYS(EXECUTION,
         "截至2022年底，全县政府债务限额[9亿元]，其中一般债务[4亿元]。政府债务余额[8亿元]，债务率[85%]。",
         "900000000 CNY 全县政府债务限额 other 2022", "400000000 CNY 一般债务 other 2022",
         "800000000 CNY 政府债务余额 balance 2022", "85 % 债务率 rate 2022");
    SAYS(EXECUTION, "截至2022年底，政府债务余额[8亿元]。2023年偿还债务本金[1亿元]。支出[3亿元]。",
         "800000000 CNY 政府债务余额 balance 2022", "100000000 CNY 债务本金 actual 2023", "300000000 CNY 支出 actual 2024");
    SAYS(BUDGET, "截至2023年12月31日，本单位共有车辆[3辆]。预算安排购置费[5万元]。", "3 辆 车辆 count 2023",
         "50000 CNY 购置费 budget 2024");
    SAYS(EXECUTION, "截至2022年底，政府债务余额[8亿元]。\n\n税收收入[3亿元]。", "800000000 CNY 政府债务余额 balance 2022",
         "300000000 CNY 税收收入 actual 2024");
}

static void a_period_is_no_year(void) {
    SAYS(EXECUTION, "2019-2023年，全县支出累计完成[60亿元]，年均增长[5%]。", "6000000000 CNY 全县支出 actual -",
         "5 % 全县支出 change_rate -");
    SAYS(EXECUTION, "2019年至2023年，支出[60亿元]。税收收入[3亿元]。", "6000000000 CNY 支出 actual -",
         "300000000 CNY 税收收入 actual 2024");
    SAYS(EXECUTION, "2022-2023年，县医院购置设备[60万元]。2022年至2023年，违规发放补贴[3万元]。",
         "600000 CNY 县医院购置设备 actual -", "30000 CNY 补贴 actual -");
    SAYS(EXECUTION, "2022年7月至2023年6月，全市完成审计项目[108个]。", "108 个 审计项目 count -");
    SAYS(EXECUTION, "五年来，税收收入累计[15亿元]。", "1500000000 CNY 税收收入 actual -");
    SAYS(EXECUTION, "实施行动计划（2021-2025年），补助资金[3万元]。", "30000 CNY 补助资金 actual 2024");
    SAYS(EXECUTION, "税收收入[3亿元]，比“十三五”时期增长[5%]。", "300000000 CNY 税收收入 actual 2024",
         "5 % 税收收入 change_rate 2024");
}

static void a_year_each(void) {
    SAYS(EXECUTION, "2021年至2023年，税收收入分别突破[13]、[14]、[15亿元]。", "1300000000 CNY 税收收入 actual 2021",
         "1400000000 CNY 税收收入 actual 2022", "1500000000 CNY 税收收入 actual 2023");
    SAYS(EXECUTION, "2021、2022和2023年会议费分别为[3万元]、[2万元]和[1万元]，占比分别为[3%]、[2%]和[1%]。",
         "30000 CNY 会议费 actual 2021", "20000 CNY 会议费 actual 2022", "10000 CNY 会议费 actual 2023",
         "3 % 会议费 share 2021", "2 % 会议费 share 2022", "1 % 会议费 share 2023");
    SAYS(EXECUTION, "2022年、2023年获得补助资金[3万元]、[2万元]。", "30000 CNY 补助资金 * 2022",
         "20000 CNY 补助资金 * 2023");
}

static void a_year_by_the_way(void) {
    SAYS(EXECUTION, "调入资金[3亿元]（2020年结转的收入）、契税[1亿元]。", "300000000 CNY 调入资金 actual 2024",
         "100000000 CNY 契税 actual 2024");
    SAYS(EXECUTION, "公务用车购置费[3万元]，主要是2022年车辆更新；公务接待费[1万元]。", "30000 CNY 公务用车购置费 actual 2024",
         "10000 CNY 公务接待费 actual 2024");
    SAYS(EXECUTION, "税收收入[3亿元]，与上年基本持平，占本级收入的[60%]。", "300000000 CNY 税收收入 actual 2024",
         "60 % 税收收入 share 2024");
}

static void names_that_hold_a_joint(void) {
    SAYS(EXECUTION, "教育支出、社会保障和就业支出分别为[3亿元]、[4亿元]。", "300000000 CNY 教育支出",
         "400000000 CNY 社会保障和就业支出");
    SAYS(EXECUTION, "全县债务（包括一般债务和专项债务）余额、限额分别为[3亿元]、[4亿元]。",
         "300000000 CNY 全县债务（包括一般债务和专项债务）余额", "400000000 CNY 限额");
}

static void parts_behind_a_rate(void) {
    SAYS(EXECUTION, "政府债务限额[9亿元]，比上年增长[5%]。其中：一般债务[4亿元]。", "900000000 CNY 政府债务限额 other",
         "5 % 政府债务限额 change_rate", "400000000 CNY 一般债务 other");
    SAYS(EXECUTION, "税收收入完成[9亿元]，为年初预算[8亿元]的[112%]，其中：增值税[4亿元]。", "900000000 CNY 税收收入 actual",
         "800000000 CNY 税收收入 budget", "112 % 税收收入 execution_rate", "400000000 CNY 增值税 actual");
    SAYS(EXECUTION, "教育支出调减[3亿元]，其中：小学教育[1亿元]。", "-300000000 CNY 教育支出 change",
         "-100000000 CNY 小学教育 change");
    SAYS(EXECUTION, "税收收入[9亿元]，比人代会预算数增加[3亿元]（其中：县级[2亿元]），增长[50%]。",
         "900000000 CNY 税收收入 actual", "300000000 CNY 税收收入 change", "200000000 CNY 县级 change",
         "50 % 税收收入 change_rate");
    SAYS(EXECUTION, "教育支出[3亿元]，比上年增加[1亿元]，其中：小学教育[2亿元]。", "300000000 CNY 教育支出 actual",
         "100000000 CNY 教育支出 change", "200000000 CNY 小学教育 actual");
}

static void a_year_of_the_whole(void) {
    SAYS(EXECUTION, "2021年，核定政府债务限额[9亿元]。其中，一般债务[4亿元]，专项债务[5亿元]。税收收入[3亿元]。",
         "900000000 CNY 核定政府债务限额 other 2021", "400000000 CNY 一般债务 other 2021", "500000000 CNY 专项债务 other 2021",
         "300000000 CNY 税收收入 actual 2024");
}

static void a_year_before_a_later_one(void) {
    SAYS(EXECUTION, "2026年会议费预算为[9万元]，比上年预算数[8万元]增加[1万元]。", "90000 CNY 会议费 budget 2026",
         "80000 CNY 会议费 budget 2025", "10000 CNY 会议费 change 2026");
    SAYS(EXECUTION, "2026年会议费预算为[9万元]，比上年预算数[8万元]增加[1万元]。培训费预算为[5万元]。",
         "90000 CNY 会议费 budget 2026", "80000 CNY 会议费 budget 2025", "10000 CNY 会议费 change 2026",
         "50000 CNY 培训费 budget 2026");
    SAYS(BUDGET, "各单位预算按不高于2023年支出数编制，其中：公务接待费[9万元]。", "90000 CNY 公务接待费 budget 2024");
}

static void a_list_of_paragraphs(void) {
    SAYS(EXECUTION,
         "2025年县级收入预算安排[9亿元]，其中：\n\n（1）增值税[4亿元]，增长[5%]。主要是产业回升。契税[1亿元]。"
         "\n\n（2）房产税[2亿元]。\n\n2.教育支出[3亿元]。",
         "900000000 CNY 县级收入 budget 2025", "400000000 CNY 增值税 budget 2025", "5 % 增值税 change_rate 2025",
         "100000000 CNY 契税 budget 2025", "200000000 CNY 房产税 budget 2025", "300000000 CNY 教育支出 actual 2024");
    SAYS(EXECUTION, "2025年重点支出安排情况是：\n\n一是教育支出[3亿元]。\n\n二是农林水支出[2亿元]。",
         "300000000 CNY 教育支出 budget 2025", "200000000 CNY 农林水支出 budget 2025");
    SAYS(EXECUTION, "1.2025年支出预算安排[9亿元]，其中：\n\n2.教育支出[3亿元]。", "900000000 CNY 支出预算 budget 2025",
         "300000000 CNY 教育支出 actual 2024");
    SAYS(EXECUTION, "2025年支出预算安排[9亿元]，其中：\n\n税收工作稳步推进。\n\n（1）教育支出[3亿元]。",
         "900000000 CNY 支出预算 budget 2025", "300000000 CNY 教育支出 actual 2024");
    SAYS(FINAL, "2022年度及2023年度均无购置费，均为[0万元]。其中：\n\n（1）购车费[0万元]。", "0 CNY 购置费 *",
         "0 CNY 购车费 actual 2024");
}

int main(void) {
    test_open();
    a_date_goes_on();
    a_period_is_no_year();
    a_year_each();
    a_year_by_the_way();
    names_that_hold_a_joint();
    parts_behind_a_rate();
    a_year_of_the_whole();
    a_year_before_a_later_one();
    a_list_of_paragraphs();
    test_close();
    return CHECK_DONE();
}
