/* Numbers: units and scales, qualifiers, ranges, signs, and what is no figure. Values and places. */
#include "extract_marked.h"

static void money(void) {
    SAYS(BUDGET, "会议费[5元]。", "5 CNY 会议费 budget 2024");
    SAYS(BUDGET, "会议费[3百元]。", "300 CNY 会议费");
    SAYS(BUDGET, "会议费[3千元]。", "3000 CNY 会议费");
    SAYS(BUDGET, "会议费[251.38万元]。", "2513800 CNY 会议费 budget 2024");
    SAYS(BUDGET, "会议费[2百万元]。", "2000000 CNY 会议费");
    SAYS(BUDGET, "会议费[3千万元]。", "30000000 CNY 会议费");
    SAYS(BUDGET, "债券[1.2亿元]。", "120000000 CNY 债券");
    SAYS(BUDGET, "总产值[2.5万亿元]。", "2500000000000 CNY 总产值");
    SAYS(BUDGET, "会议费[12.50元整]。", "12.5 CNY 会议费");
    SAYS(BUDGET, "会议费[0万元]。", "0 CNY 会议费");
    SAYS(BUDGET, "会议费[0.00万元]。", "0 CNY 会议费");
    SAYS(BUDGET, "收入总计[1,429.68万元]。", "14296800 CNY 收入总计");
    SAYS(BUDGET, "收入总计[1，429.68万元]。", "14296800 CNY 收入总计");
    SAYS(BUDGET, "收入总计[１４２９．６８万元]。", "14296800 CNY 收入总计");
    SAYS(BUDGET, "收入总计[12,345,678.90元]。", "12345678.9 CNY 收入总计");
    SAYS(BUDGET, "收入总计[98765432109876543210.12万元]。", "987654321098765432101200 CNY 收入总计");
    SAYS(FINAL, "基金预算收入[20.5.亿元]。", "2050000000 CNY 基金预算收入 actual 2024");
    SAYS(BUDGET, "基本工资[23.33万]、津贴补贴[18.6万]、奖金[7万]。", "233300 CNY 基本工资", "186000 CNY 津贴补贴",
         "70000 CNY 奖金");
}

static void percentages(void) {
    SAYS(FINAL, "占[14.82%]。", "14.82 % * share 2024");
    SAYS(FINAL, "预算执行率[98.5％]。", "98.5 % * execution_rate 2024");
    SAYS(FINAL, "预算执行率[113%]。", "113 %");
    SAYS(FINAL, "办结率[百分之九十八]。", "98 % 办结率 rate 2024");
    SAYS(FINAL, "办结率[百分之三点五]。", "3.5 % 办结率 rate 2024");
    SAYS(FINAL, "执行率提高[2.3个百分点]。", "2.3 % * change_rate 2024");
    SAYS(FINAL, "执行率下降[2.3百分点]。", "-2.3 % * change_rate 2024");
    SAYS(FINAL, "粮食产量增长[2成]。", "20 % * change_rate 2024");
    SAYS(FINAL, "办结率[0%]。", "0 % 办结率 rate 2024");
}

static void quantities(void) {
    SAYS(FINAL, "服务群众[57.46万人]。", "574600 人");
    SAYS(FINAL, "培训[1200人次]。", "1200 人次");
    SAYS(FINAL, "公务用车保有量[3辆]。", "3 辆 公务用车保有量 count 2024");
    SAYS(FINAL, "房屋面积[1,280.5平方米]。", "1280.5 平方米 房屋面积 count");
    SAYS(FINAL, "印发资料[3千余份]。", "3000 份 * * * 余");
    SAYS(FINAL, "服务量为上年的[3倍]。", "3 倍");
    SAYS(FINAL, "国内公务接待[12批次]、[86人次]。", "12 批次", "86 人次");
    SAYS(FINAL, "机械[15台/套]。", "15 台/套");
    SAYS(FINAL, "灌溉[2.3万亩]。", "23000 亩");
    SAYS(FINAL, "新增床位[40个]。", "40 个");
    SAYS(FINAL, "食堂建筑面积[4210.5m2]，造林[1.2万hm2]以上。", "4210.5 m2 食堂建筑面积 count 2024",
         "12000 hm2 造林 count 2024 以上");
    SAYS(FINAL, "路灯[12基]、植树[300棵]。", "12 基 路灯 count 2024", "300 棵");
    SAYS(FINAL, "孕产妇死亡率[9.5/10万]。", "9.5 /10万 孕产妇死亡率 count 2024");
}

static void qualifiers(void) {
    SAYS(FINAL, "参加活动的群众近[1.2万人]。", "12000 人 * * * 近");
    SAYS(FINAL, "会议费约[5万元]。", "50000 CNY 会议费 actual 2024 约");
    SAYS(FINAL, "服务群众[200多人次]。", "200 人次 * * * 多");
    SAYS(FINAL, "项目投入[100万元]以上，", "1000000 CNY * * * 以上");
    SAYS(FINAL, "群众满意度不低于[60%]。", "60 % 群众满意度 rate 2024 不低于");
    SAYS(FINAL, "群众满意度达到[95%]以上。", "95 % 群众满意度 rate 2024 以上");
    SAYS(FINAL, "会议费不超过[3万元]。", "30000 CNY 会议费 * * 不超过");
    SAYS(FINAL, "超过[300户]。", "300 户 * * * 超过");
    SAYS(FINAL, "约[3千余份]资料。", "3000 份 资料 count 2024 约余");
}

static void ranges(void) {
    SAYS(FINAL, "增长[1%]-[3%]。", "1 % * change_rate", "3 % * change_rate");
    SAYS(FINAL, "开展检查[2]-[3次]。", "2 次", "3 次");
    SAYS(FINAL, "补助[500]至[800元]。", "500 CNY", "800 CNY");
    SAYS(FINAL, "补助[2万元]～[3万元]。", "20000 CNY", "30000 CNY");
    SAYS(FINAL, "补助[1]—[1.5万元]。", "10000 CNY", "15000 CNY");
    SAYS(FINAL, "增长[1.5]-[2%]。", "1.5 % * change_rate", "2 % * change_rate");
}

static void signs(void) {
    SAYS(FINAL, "收支差额[-5.2万元]。", "-52000 CNY 收支差额 actual 2024");
    SAYS(FINAL, "收支差额[－5.2万元]。", "-52000 CNY 收支差额 actual 2024");
    SAYS(FINAL, "收支差额为[−5.2万元]。", "-52000 CNY 收支差额 actual 2024");
    SAYS(FINAL, "收入增长[-3.1%]。", "-3.1 % 收入 change_rate 2024");
    SAYS(FINAL, "会议费比上年减少[3万元]。", "-30000 CNY 会议费 change 2024 - *");
    SAYS(FINAL, "会议费比上年减少[-3万元]。", "-30000 CNY 会议费 change 2024 - *");
}

static void dates_and_numbers(void) {
    SAYS(FINAL, "{date:2024}年{date:12}月{date:31}日，资产总额[5万元]。", "50000 CNY 资产总额 balance 2024");
    SILENT(FINAL, "{date:2021}年-{date:2025}年规划，{date:2022}、{date:2023}年度执行。");
    SILENT(FINAL, "截至{date:12}月底前完成，在{date:5}个工作日内办结，提供{date:24}小时服务。");
    SILENT(FINAL, "依据云财预〔{law:2023}〕{law:15}号文件，地址人民路{law:128}号。");
    SILENT(FINAL, "按照《办法》第{ordinal:3}条规定，详见附件{ordinal:2}。");
    SILENT(FINAL, "联系电话：{phone:0719}-{phone:1234567}，服务热线{phone:12345}。");
    SILENT(FINAL, "详见公开{form:05}表。");
    SILENT(FINAL, "开展“{name:4}+{name:5}+{name:4}”行动，宣传“{name:12}·{name:4}”国家宪法日。");
    SILENT(FINAL, "自评得分为{score:91}分，扣{score:0.5}分。");
    SILENT(FINAL, "行政运行（{code:2130101}）科目，防治PM{code:2}。");
    SAYS(FINAL, "单位价值{name:100}万元以上设备[0台]。", "0 台");
    SILENT(FINAL, "公开{form:03}表");
    SILENT(FINAL, "三公经费、三支一扶、一般公共预算、第一季度、一次性、统一、四川省。");
    SILENT(FINAL, "与上年持平。");
}

static void wrapped(void) {
    SAYS(FINAL, "支出总计为[35.1\n万元]，比上年减少[2.\n5万元]。", "351000 CNY 支出总计 actual 2024",
         "-25000 CNY 支出总计 change 2024");
    SAYS(FINAL, "支出总计为[3\n5.1 万\n元]。", "351000 CNY 支出总计 actual 2024");
    SAYS(FINAL, "收入总计为[1, 429. 68\n-12-\n万元]。", "14296800 CNY 收入总计 actual 2024");
    SAYS(FINAL, "支出总计[2 0 1 8 . 5 万 元]。", "20185000 CNY 支出总计");
    SAYS(FINAL, "占[14.\n82 %]。", "14.82 % * share");
}

int main(void) {
    test_open();
    money();
    percentages();
    quantities();
    qualifiers();
    ranges();
    signs();
    dates_and_numbers();
    wrapped();
    test_close();
    return CHECK_DONE();
}
