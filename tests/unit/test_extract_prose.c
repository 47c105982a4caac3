/* Prose: what the numbers of sentences say. Each pattern of the genre with values, subjects, measures, years, places. */
#include "extract_marked.h"

#define EXECUTED "云川县2024年预算执行情况\n\n"

static void brackets_carry_the_subject(void) {
    SAYS(BUDGET, "支出总计[5万元]（上年[6万元]，同比减少[1万元]，同比减少[16.7%]）。", "50000 CNY 支出总计 budget 2024",
         "60000 CNY 支出总计 budget 2023", "-10000 CNY 支出总计 change 2024", "-16.7 % 支出总计 change_rate 2024");
    SAYS(FINAL, "人员经费[1,428.5万元]（增加[3.2万元]）。", "14285000 CNY 人员经费 actual 2024",
         "32000 CNY 人员经费 change 2024");
    SAYS(BUDGET, "公用经费[20万元]（办公费[6万元]、印刷费[2.5万元]），比上年增加[1万元]。", "200000 CNY 公用经费 budget",
         "60000 CNY 办公费 budget", "25000 CNY 印刷费 budget", "10000 CNY 公用经费 change 2024");
    SAYS(BUDGET, "因公出国（境）费[0万元]，比上年增（减）[0万元]。", "0 CNY 因公出国（境）费 budget 2024",
         "0 CNY 因公出国（境）费 change 2024");
}

static void totals(void) {
    SAYS(FINAL, "2024年度收、支总计均为[820.5万元]。", "8205000 CNY 收、支总计 actual 2024");
    SAYS(FINAL, "收入总计[820万元]，其中：财政拨款收入[800万元]，占[97.56%]；其他收入[20万元]，占[2.44%]。",
         "8200000 CNY 收入总计 actual 2024", "8000000 CNY 财政拨款收入 actual 2024", "97.56 % 财政拨款收入 share 2024",
         "200000 CNY 其他收入 actual 2024", "2.44 % 其他收入 share 2024");
    SAYS(FINAL, "基本支出[60万元]，占本年支出合计的[75%]。", "600000 CNY 基本支出 actual 2024",
         "75 % 基本支出 share 2024 - {\"subject\":\"本年支出合计\"}");
    SAYS(FINAL, "年末结转和结余[3万元]。", "30000 CNY 年末结转和结余 balance 2024");
}

static void budget_and_actual(void) {
    SAYS(FINAL, "公务接待费支出年初预算为[5万元]，支出决算为[4万元]，完成年初预算的[80%]。",
         "50000 CNY 公务接待费 budget 2024", "40000 CNY 公务接待费 actual 2024",
         "80 % 公务接待费 execution_rate 2024 - {\"measure\":\"budget\",\"year\":2024}");
    SAYS(FINAL, "公务接待费支出决算为[4万元]，完成预算的[80%]。", "40000 CNY 公务接待费 actual 2024",
         "80 % 公务接待费 execution_rate 2024 -");
    SAYS(FINAL, "项目全年预算数为[60万元]，执行数为[54万元]，完成预算的[90%]。", "600000 CNY * adjusted_budget 2024",
         "540000 CNY * actual 2024", "90 % * execution_rate 2024 - {\"measure\":\"adjusted_budget\",\"year\":2024}");
    SAYS(FINAL,
         "1.农林水支出（类）农业农村（款）行政运行（项）。年初预算为[100万元]，支出决算为[95万元]，完成年初预算的[95%]。",
         "1000000 CNY 行政运行（项） budget 2024",
         "950000 CNY 行政运行（项） actual 2024",
         "95 % 行政运行（项） execution_rate 2024");
    SAYS(FINAL, "1.“农林水支出（类）水利（款）水土保持（项）”科目[30万元]，主要用于治理。",
         "300000 CNY 水土保持（项） actual 2024");
    SAYS(BUDGET, "（二）农林水支出（类）水利（款）：2024年预算支出合计[30万元]。",
         "300000 CNY 农林水支出（类）水利（款） budget 2024");
    SAYS(FINAL, "1.农林水支出（类）农业农村（款）农垦（项）。支出决算为[30万元]。",
         "300000 CNY 农林水支出（类）农业农村（款）农垦（项） actual 2024");
    SAYS(FINAL, "2.住房公积金（项）\n\n年初预算为[8万元]，支出决算为[8万元]。", "80000 CNY 住房公积金（项） budget 2024",
         "80000 CNY 住房公积金（项） actual 2024");
    SAYS(FINAL, "会议费年初预算[5万元]，年中追加[2万元]。", "50000 CNY 会议费 budget 2024", "20000 CNY 会议费 change 2024");
    SAYS(FINAL, "会议费调整预算[7万元]。", "70000 CNY 会议费 adjusted_budget 2024");
    SAYS(FINAL, "项目自评[5个]，涉及资金[80万元]。", "5 个", "800000 CNY 涉及资金 budget 2024");
}

static void comparisons(void) {
    SAYS(FINAL, "会议费[5万元]，比上年减少[1万元]，下降[16.7%]。", "50000 CNY 会议费 actual 2024",
         "-10000 CNY 会议费 change 2024 - {\"measure\":\"actual\",\"year\":2023}",
         "-16.7 % 会议费 change_rate 2024 - {\"measure\":\"actual\",\"year\":2023}");
    SAYS(BUDGET, "会议费预算[5万元]，比上年减少[1万元]，下降[16.7%]。", "50000 CNY 会议费 budget 2024",
         "-10000 CNY 会议费 change 2024 - {\"year\":2023}", "-16.7 % 会议费 change_rate 2024 - {\"year\":2023}");
    SAYS(FINAL, "收、支总计[5万元]，比上年收入、支出各增加[1万元]。", "50000 CNY 收、支总计 actual 2024",
         "10000 CNY 收入、支出 change 2024 - {\"year\":2023}");
    SAYS(FINAL, "会议费[5万元]。2024年培训费增加[1万元]。", "50000 CNY 会议费", "10000 CNY 培训费 change 2024");
    SAYS(FINAL, "会议费[5万元]，比2023年决算数增加[1万元]，增长[25%]。", "50000 CNY 会议费 actual 2024",
         "10000 CNY 会议费 change 2024 - {\"measure\":\"actual\",\"year\":2023}", "25 % 会议费 change_rate 2024");
    SAYS(FINAL, "会议费[5万元]，比上年增加（减少）[1万元]。", "50000 CNY", "10000 CNY 会议费 change 2024");
    SAYS(BUDGET, "会议费预算[5万元]，上年[6万元]。", "50000 CNY 会议费 budget 2024", "60000 CNY 会议费 budget 2023");
    SAYS(FINAL, "会议费[5万元]，与上年持平。", "50000 CNY 会议费 actual 2024");
    SAYS(FINAL, "会议费由上年的[6万元]减少到[5万元]。", "60000 CNY 会议费 * 2023", "50000 CNY 会议费 * 2024");
    SAYS(BUDGET, "收入预算比上年预算增加[30万元]，主要原因是人员增加。",
         "300000 CNY 收入预算 change 2024 - {\"measure\":\"budget\",\"year\":2023}");
}

static void uses_and_wholes(void) {
    SAYS(FINAL, "1.教育支出[95万元]，主要用于教职工工资、学生资助等支出，完成年初预算的[98%]，决算数小于预算数[2万元]。",
         "950000 CNY 教育支出 actual 2024", "98 % 教育支出 execution_rate 2024",
         "-20000 CNY 教育支出 change 2024 - {\"measure\":\"budget\"}");
    SAYS(FINAL, "住房保障支出[36万元]，用于缴纳公积金，比上年减少[4万元]，下降[10%]。", "360000 CNY 住房保障支出 actual 2024",
         "-40000 CNY 住房保障支出 change 2024", "-10 % 住房保障支出 change_rate 2024");
    SAYS(BUDGET, "收入包括：一般公共预算拨款[50万元]、上年结转[6万元]；支出包括：教育支出[40万元]、其他支出[16万元]。",
         "500000 CNY 一般公共预算拨款 budget 2024", "60000 CNY 上年结转 balance 2024", "400000 CNY 教育支出 budget 2024",
         "160000 CNY 其他支出 budget 2024");
    SAYS(FINAL, "年末结转和结余[6万元]，包括：基本支出[4万元]、项目支出[2万元]。", "60000 CNY 年末结转和结余 balance 2024",
         "40000 CNY 基本支出 balance 2024", "20000 CNY 项目支出 balance 2024");
}

static void across_paragraphs(void) {
    SAYS(FINAL, "收入总计[80万元]，其中：本年收入[70万元]。\n\n较2023年度决算数增加[5万元]，增长[6.7%]。",
         "800000 CNY 收入总计 actual 2024",
         "700000 CNY 本年收入 actual 2024", "50000 CNY 收入总计 change 2024", "6.7 % 收入总计 change_rate 2024");
    SAYS(FINAL, "编制数[11个]，其中：行政编制[3个]，工勤编制[0]，事业编制[8个]。", "11 个 编制数 count", "3 个 行政编制 count",
         "0 个 工勤编制 count", "8 个 事业编制 count");
}

static void forgotten_signs(void) {
    SAYS(FINAL, "财政拨款支出[746.5万元]，比上年增加[93.2万元]，增长[13.95]。人员经费[5万元]。",
         "7465000 CNY 财政拨款支出 actual 2024",
         "932000 CNY 财政拨款支出 change 2024", "13.95 % 财政拨款支出 change_rate 2024", "50000 CNY 人员经费 actual 2024");
}

static void items_and_brackets(void) {
    SAYS(BUDGET, "1.住房公积金（项）：支出[73.5万元]。", "735000 CNY 住房公积金（项） budget 2024");
    SAYS(FINAL, "在职教师[32人]（跟岗[1人]，交流[2人]）。", "32 人 在职教师 count", "1 人 跟岗 count", "2 人 交流 count");
    SAYS(FINAL, "参保人数[8万人]，完成目标下达任务[7.9万人]的[101.27%]。", "80000 人 参保人数 count",
         "79000 人 参保人数 target", "101.27 % 参保人数 rate");
    SAYS(FINAL, "财政拨款收入[9万元]（其中，一般公共预算[8万元]，政府性基金预算[1万元]）。", "90000 CNY 财政拨款收入 actual",
         "80000 CNY 一般公共预算 actual", "10000 CNY 政府性基金 actual");
}

static void lists(void) {
    SAYS(FINAL, "基本支出和项目支出分别为[60万元]和[20万元]。", "600000 CNY 基本支出 actual 2024",
         "200000 CNY 项目支出 actual 2024");
    SAYS(FINAL, "收入、支出和结余分别为[60万元]、[50万元]和[10万元]。", "600000 CNY 收入", "500000 CNY 支出",
         "100000 CNY 结余");
    SAYS(BUDGET, "基本工资[23.33万]、津贴补贴[18.6万]、办公费[0.6万]。", "233300 CNY 基本工资 budget",
         "186000 CNY 津贴补贴 budget",
         "6000 CNY 办公费 budget");
    SAYS(BUDGET, "养老保险[8.52万]、职业年金[4.26]、医疗保险[3.17万]。", "85200 CNY 养老保险", "42600 CNY 职业年金",
         "31700 CNY 医疗保险");
    SAYS(FINAL, "公务接待[12批次]、[86人次]。", "12 批次 公务接待 count 2024", "86 人次 公务接待 count 2024");
}

static void lists_of_points_and_faults(void) {
    SAYS(EXECUTED, "增值税、契税分别提高[8.6个]、[1个]、[2.5个百分点]。", "8.6 % 增值税 change_rate",
         "1 % 契税 change_rate", "2.5 %");
    SAYS(EXECUTED, "检查[29个]单位（部门）共计[50项]具体问题，涉及金额[3万元]，报告日已整改[40项]，正在整改[10项]。",
         "29 个 单位", "50 项 具体问题 count", "30000 CNY", "40 项 具体问题 count", "10 项 具体问题 count");
    SAYS(EXECUTED, "增值税、契税均实现较快增长，增幅分别为[5%]、[6%]。", "5 % 增值税 change_rate", "6 % 契税 change_rate");
}

static void groups_set_apart_by_blanks(void) {
    SAYS(EXECUTED, "卫生支出因2022年补发体检费，支出减少[57万元]，下降[5%]；公路支出因工程结束，减少[9万元]。",
         "-570000 CNY 卫生支出 change 2024", "-5 % 卫生支出 change_rate 2024", "-90000 CNY 公路支出 change 2024");
    SAYS(EXECUTED, "总税比和地方税比分别为[80%]、[67%]，提高[5个]、[7个百分点]。", "80 % 总税比", "67 % 地方税比",
         "5 % 总税比 change_rate", "7 % 地方税比 change_rate");
    SAYS(EXECUTED, "税收收入完成[9万元]，较上月增收[3万元]，较上年同月减收[1万元]。", "90000 CNY 税收收入 actual 2024",
         "30000 CNY 税收收入 change 2024 - -", "-10000 CNY 税收收入 change 2024 - {\"year\":2023}");
    SAYS(EXECUTED, "多付工程价款，[6 300元]。", "6300 CNY 多付工程价款");
    SAYS(EXECUTED, "多计工程价款[1 406 045.82元]，收入[42 118万元]，同比增收[2 390万元]。", "1406045.82 CNY 多计工程价款",
         "421180000 CNY 收入", "23900000 CNY 收入 change");
    SAYS(EXECUTED, "支出约[1 200万元]，共[5项]，会议费12 [3400元]。", "12000000 CNY 支出 actual 2024 约", "5 项", "3400 CNY");
}

static void things_and_goals(void) {
    SAYS(FINAL, "新录用[1人]，退休[2人]。", "1 人 * count 2024", "2 人 * count 2024");
    SAYS(FINAL, "在职[12名]在编人员。", "12 名 在编人员 count 2024");
    SAYS(FINAL, "城镇新增就业[6084人]，完成目标任务[5200人]的[117%]。", "6084 人 城镇新增就业 count 2024",
         "5200 人 城镇新增就业 target 2024", "117 % 城镇新增就业 rate 2024");
    SAYS(FINAL, "登记失业率控制在[4.5%]以内。", "4.5 % 登记失业率 rate 2024 以内");
    SAYS(FINAL, "预算执行率为[98%]。", "98 % * execution_rate 2024");
    SAYS(FINAL, "政府债务限额[5亿元]，债务余额[4亿元]。", "500000000 CNY 政府债务限额 other 2024",
         "400000000 CNY 债务余额 balance 2024");
    SAYS(FINAL, "补助标准由每人每月[500元]提高到[600元]。", "500 CNY 补助标准 other 2023", "600 CNY 补助标准 other 2024");
    SAYS(FINAL, "截至2024年12月31日，共有车辆[3辆]。", "3 辆 车辆 count 2024");
    SAYS(FINAL, "资产总额[500万元]，负债[20万元]。", "5000000 CNY 资产总额 balance 2024", "200000 CNY 负债 balance 2024");
}

static void execution_report(void) {
    SAYS(REPORT, "全县一般公共预算收入完成[12.5亿元]，为预算的[102.3%]，同比增长[5.6%]。",
         "1250000000 CNY 全县一般公共预算收入 actual 2023", "102.3 % 全县一般公共预算收入 execution_rate 2023",
         "5.6 % 全县一般公共预算收入 change_rate 2023");
    SAYS(REPORT, "税收收入完成[8亿元]，占一般公共预算收入的比重为[64%]，比上年提高[2个百分点]。",
         "800000000 CNY 税收收入 actual 2023",
         "64 % 税收收入 share 2023 - {\"subject\":\"一般公共预算收入\"}", "2 % 税收收入 change_rate 2023");
    SAYS(REPORT, "二、2024年预算草案\n\n一般公共预算收入安排[13亿元]，增长[4%]左右。",
         "1300000000 CNY 一般公共预算收入 budget 2024",
         "4 % 一般公共预算收入 change_rate 2024 左右");
}

/* A time word in a note or before a semicolon is not that of the figure. */
static void times_of_figures(void) {
    SAYS(FINAL, "收入增长[5%]（与上年完成数相比，下同）；2024年支出[6万元]。", "5 % 收入 change_rate 2024",
         "60000 CNY 支出 actual 2024");
    SAYS(FINAL, "上年，会议费[5万元]；培训费[6万元]。", "50000 CNY 会议费 actual 2023", "60000 CNY 培训费 actual *");
    SAYS(REPORT, "二、2024年财政工作安排\n\n将补助标准由每人每月[50元]提高到[60元]。", "50 CNY 补助标准 other 2023",
         "60 CNY 补助标准 other 2024");
}

/* Cases that are easy to read two ways. */
static void decisions(void) {
    SAYS(FINAL, "2023年度及2024年度均无会议费支出，均为[0万元]。", "0 CNY 会议费 actual -");
    SAYS(FINAL, "会议费年初预算[5万元]，调整追加[2万元]，全年预算[7万元]。", "50000 CNY 会议费 budget 2024",
         "20000 CNY 会议费 change 2024", "70000 CNY 会议费 adjusted_budget 2024");
    SAYS(FINAL, "发放创业担保贷款[300万元]。", "3000000 CNY 创业担保贷款 other 2024");
    SAYS(FINAL, "政府债务还本支出[300万元]。", "3000000 CNY 政府债务还本支出 actual 2024");
    SAYS(FINAL, "目标完成率[98%]，预算执行率[95%]。", "98 % * rate 2024", "95 % * execution_rate 2024");
    SAYS(FINAL, "2022年收入[5万元]。", "50000 CNY 收入 actual 2022");
    SAYS(BUDGET, "截至2023年12月31日，共有车辆[3辆]；2024年预算安排购置车辆[1辆]。", "3 辆 车辆 count 2023",
         "1 辆 * count 2024");
    SAYS(FINAL, "结转下年[5万元]，上年结转[3万元]。", "50000 CNY 结转下年 balance 2024", "30000 CNY 上年结转 balance 2024");
    SAYS(FINAL, "资助标准为每人每年[2000元]，资助[30人]。", "2000 CNY 资助标准 other 2024", "30 人 * count 2024");
    SAYS(FINAL, "收入、支出分别增长[2%]、[3%]。", "2 % 收入 change_rate 2024", "3 % 支出 change_rate 2024");
    SAYS(FINAL, "参保率达到[95%]以上，办结率[100%]。", "95 % 参保率 rate 2024 以上", "100 % 办结率 rate 2024");
    SAYS(FINAL, "收入比上年翻番。会议费与上年持平。培训费[2万元]。", "20000 CNY 培训费 actual 2024");
    SAYS(FINAL, "会议费[0万元]，比上年增加[0万元]，增长[0%]。", "0 CNY 会议费 actual 2024", "0 CNY 会议费 change 2024",
         "0 % 会议费 change_rate 2024");
    SAYS(FINAL, "收入下降[-3%]。", "-3 % 收入 change_rate 2024");
    SAYS(FINAL, "公共预算收入负增长[3%]。", "-3 % 公共预算收入 change_rate 2024");
}

static void nested_brackets(void) {
    SAYS(FINAL, "支出[9万元]（其中：差旅费[5万元]（市内[2万元]、市外[3万元]），会议费[4万元]），比上年减少[1万元]。",
         "90000 CNY 支出 actual 2024", "50000 CNY 差旅费 actual 2024", "20000 CNY 市内 actual 2024",
         "30000 CNY 市外 actual 2024", "40000 CNY 会议费 actual 2024", "-10000 CNY 支出 change 2024");
    /* Brackets that are never closed, and closed ones that were never opened. */
    SAYS(FINAL, "支出[9万元]（（（（（（（（（（（差旅费[5万元]。", "90000 CNY 支出", "50000 CNY 差旅费");
    SAYS(FINAL, "支出[9万元]））））））））差旅费[5万元]。", "90000 CNY 支出", "50000 CNY 差旅费");
}

/* A sentence that begins with a change speaks of the whole, unless the parts of it told changes of their own. */
static void changes_behind_parts(void) {
    SAYS(FINAL, "“三公”经费[9万元]，其中：会议费[5万元]（其中：市内[2万元]），接待费[4万元]。与2023年相比增加[1万元]。",
         "90000 CNY “三公”经费 actual 2024", "50000 CNY 会议费", "20000 CNY 市内", "40000 CNY 接待费",
         "10000 CNY “三公”经费 change 2024");
    SAYS(FINAL, "支出[9万元]，其中：会议费[5万元]，增加[2万元]；接待费[4万元]。比上年增加[1万元]。", "90000 CNY 支出",
         "50000 CNY 会议费", "20000 CNY 会议费 change 2024", "40000 CNY 接待费", "10000 CNY 接待费 change 2024");
}

static void budgets_raised(void) {
    SAYS(FINAL, "债务化解进度高于考核要求[2.3个百分点]，化解进度[82.3%]。", "2.3 % 债务化解进度 change_rate 2024",
         "82.3 % 化解进度 rate 2024");
    SAYS(FINAL, "基本支出均由年初预算的[9万元]增加到[10万元]。", "90000 CNY 基本支出 budget 2024",
         "100000 CNY 基本支出 adjusted_budget 2024");
}

/* Parts of what a rule says was spent were spent, though their labels alone would say something else. */
static void parts_of_flows(void) {
    SAYS(FINAL, "全市发行地方政府债券[9亿元]。市本级发行[6亿元]，其中：一般债券[2亿元]，专项债券[4亿元]。",
         "900000000 CNY 地方政府债券 actual 2024", "600000000 CNY 市本级发行 actual 2024",
         "200000000 CNY 一般债券 actual 2024", "400000000 CNY 专项债券 actual 2024");
}

static void lists_longer_than_their_names(void) {
    SAYS(FINAL, "基本支出和项目支出分别为[6万元]、[5万元]和[4万元]。", "60000 CNY 基本支出", "50000 CNY 项目支出",
         "40000 CNY 项目支出");
    SAYS(FINAL, "甲、乙、丙、丁、戊、己、庚、辛、壬、癸、子、丑、寅、卯费用分别为[1万元]、[2万元]。", "10000 CNY 甲",
         "20000 CNY 乙");
}

int main(void) {
    test_open();
    brackets_carry_the_subject();
    totals();
    budget_and_actual();
    comparisons();
    uses_and_wholes();
    across_paragraphs();
    forgotten_signs();
    items_and_brackets();
    lists();
    lists_of_points_and_faults();
    groups_set_apart_by_blanks();
    things_and_goals();
    execution_report();
    times_of_figures();
    decisions();
    nested_brackets();
    changes_behind_parts();
    parts_of_flows();
    budgets_raised();
    lists_longer_than_their_names();
    test_close();
    return CHECK_DONE();
}
