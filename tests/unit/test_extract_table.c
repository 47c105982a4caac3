/* Tables: header paths, roles, subjects, units, measures and years of figures, and the fate of every other digit. */
#include "extract_text.h"

#define AMOUNT(raw, nth, want) CHECK_STR(text_fact(GK_KIND_AMOUNT, raw, nth), want)
#define PERCENT(raw, nth, want) CHECK_STR(text_fact(GK_KIND_PERCENTAGE, raw, nth), want)
#define QUANTITY(raw, nth, want) CHECK_STR(text_fact(GK_KIND_QUANTITY, raw, nth), want)

static void two_blocks(void) {
    text_read("青石县档案局2031年度部门决算\n\n单位：万元\n\n"
              "收入\t\t\t支出\t\t\n"
              "项目\t行次\t金额\t项目\t行次\t金额\n"
              "栏次\t\t1\t栏次\t\t2\n"
              "一、财政拨款收入\t1\t1,200.50\t一、教育支出\t9\t-3.20\n"
              "\t2\t\t二、其他支出\t10\t——\n"
              "年初结转和结余\t3\t7.00\t结余分配\t11\t\n"
              "总计\t4\t1,207.50\t总计\t12\t1,207.50\n");
    AMOUNT("1,200.50", 0, "12005000 财政拨款收入 actual 2031 收入/金额");
    AMOUNT("-3.20", 0, "-32000 教育支出 actual 2031 支出/金额");
    AMOUNT("7.00", 0, "70000 年初结转和结余 balance 2031 收入/金额");
    AMOUNT("1,207.50", 1, "12075000 总计 actual 2031 支出/金额");
    CHECK_STR(text_fate("1", 0), "column");
    CHECK_STR(text_fate("9", 0), "line");
    CHECK_STR(text_fate("12", 0), "line");
}

static const gk_sight *sight_of(gk_kind kind, const char *raw) {
    const gk_record *r = text_record(kind, raw, 0);
    CHECK(r && r->sight);
    return r ? gk_result_sight(&text_result, r) : NULL;
}

static void sights(void) {
    text_read("青石县档案局2031年度部门决算\n\n单位：万元\n\n项目\t决算数\n办公费\t-1,200.50\n差旅费\t0.00\n\n"
              "支出增加百分之三，下降7成；收入１２\xEE\x80\x80３万元。\n");
    const gk_sight *s = sight_of(GK_KIND_AMOUNT, "-1,200.50");
    CHECK(s && s->plain && s->digits == 120050 && s->decimals == 2 && s->power == 4 && s->negative);
    if (s) CHECK_STR(gk_str_slice(gk_buf_str(&text_result.view.text), s->start, s->end), "-1,200.50");
    s = sight_of(GK_KIND_AMOUNT, "0.00");
    CHECK(s && s->plain && s->digits == 0 && s->decimals == 2 && !s->negative);
    s = sight_of(GK_KIND_PERCENTAGE, "百分之三");
    CHECK(s && !s->plain && s->end - s->start == 12);
    s = sight_of(GK_KIND_PERCENTAGE, "7成");
    CHECK(s && s->plain && s->digits == 7 && s->decimals == 0 && s->power == 1 && s->negative);
    s = sight_of(GK_KIND_AMOUNT, "１２\xEE\x80\x80３万元"); /* a point of a private font is one digit behind it */
    CHECK(s && s->plain && s->digits == 123 && s->decimals == 1 && s->power == 4);
}

static void funds_below_a_balance(void) {
    text_read("青石县档案局2031年度部门决算\n\n单位：元\n\n"
              "项目\t金额\n"
              "一般公共预算财政拨款\t5.00\n"
              "年初财政拨款结转和结余\t6.00\n"
              "一般公共预算财政拨款\t6.01\n"
              "总计\t11.00\n");
    AMOUNT("5.00", 0, "5 一般公共预算财政拨款 actual 2031 金额");
    AMOUNT("6.01", 0, "6.01 一般公共预算财政拨款 balance 2031 金额");
    AMOUNT("11.00", 0, "11 总计 actual 2031 金额");
}

static gk_str code_of(const char *raw, size_t nth) {
    const gk_record *r = text_record(GK_KIND_AMOUNT, raw, nth);
    return r ? r->field[GK_F_CODE] : GK_STR_NONE;
}

static void codes(void) {
    text_read("青石县档案局2031年部门预算\n\n金额单位：万元\n\n"
              "项目\t\t本年支出\t\t\n"
              "科目编码\t科目名称\t小计\t基本支出\t项目支出\n"
              "合计\t\t9.10\t4.00\t5.10\n"
              "2012601\t行政运行\t9.10\t4.00\t5.10\n");
    AMOUNT("4.00", 0, "40000 合计 budget 2031 本年支出/基本支出");
    AMOUNT("5.10", 1, "51000 行政运行 budget 2031 本年支出/项目支出");
    CHECK_STR(code_of("5.10", 1), "2012601");
    CHECK_STR(text_fate("2012601", 0), "code");
}

/* Class, group and item in columns of their own, in a table that lost its header. */
static void codes_without_a_header(void) {
    text_read("青石县档案局2031年部门预算\n\n单位：元\n\n"
              "201\t26\t\t档案事务\t40,500\n"
              "201\t26\t04\t档案馆\t40,300\n"
              "208\t05\t\t行政事业单位养老支出\t7,200\n"
              "208\t05\t05\t基本养老保险缴费\t6,100\n");
    AMOUNT("40,300", 0, "40300 档案馆 budget 2031 -");
    CHECK_STR(code_of("40,300", 0), "2012604");
    CHECK_STR(code_of("7,200", 0), "20805");
    CHECK_STR(text_fate("26", 0), "code");
}

/* The code of a unit is none of the row; that of the item stands behind the label. */
static void codes_behind_the_label(void) {
    text_read("青石县档案局2031年部门预算\n\n单位：元\n\n"
              "单位编码\t项目名称\t功能科目\t合计\t一般公共预算\n"
              "301001\t档案数字化\t2012604\t40,300.00\t40,300.00\n"
              "301001\t库房改造\t2012699\t7,200.00\t7,200.00\n");
    AMOUNT("7,200.00", 0, "7200 库房改造 budget 2031 合计");
    CHECK_STR(code_of("7,200.00", 0), "2012699");
    CHECK_STR(text_fate("301001", 0), "code");
}

static void items_in_the_header(void) {
    text_read("青石县档案局2031年度部门决算\n\n单位：万元\n\n"
              "预算数\t\t\t\t决算数\t\t\t\n"
              "合计\t公务用车购置及运行费\t\t公务接待费\t合计\t公务用车购置及运行费\t\t公务接待费\n"
              "\t小计\t公务用车运行费\t\t\t小计\t公务用车运行费\t\n"
              "1\t2\t3\t4\t5\t6\t7\t8\n"
              "8.5\t6.5\t6.5\t2\t7.25\t6\t6\t1.25\n");
    AMOUNT("8.5", 0, "85000 合计 budget 2031 预算数/合计");
    AMOUNT("6.5", 0, "65000 公务用车购置及运行费 budget 2031 预算数/公务用车购置及运行费/小计");
    AMOUNT("1.25", 0, "12500 公务接待费 actual 2031 决算数/公务接待费");
    CHECK_STR(text_fate("8", 0), "column");
}

static void units_and_years(void) {
    text_read("青石县档案局2031年度部门决算\n\n"
              "人员情况（人）\t编制数\t2031年实际在职人数\t控制率\n"
              "\t20\t18\t90%\n"
              "经费控制情况（万元）\t2030年决算数\t2031年预算数\t2031年决算数\n"
              "公务接待费\t0.5\t0.6\t0.4\n"
              "公务用车保有量（辆）\t27\t\t3\n");
    QUANTITY("20", 2, "20 编制数 count 2031 人员情况（人）/编制数");
    QUANTITY("18", 0, "18 实际在职人数 count 2031 人员情况（人）/2031年实际在职人数");
    PERCENT("90%", 0, "90 控制率 rate 2031 人员情况（人）/控制率");
    AMOUNT("0.5", 0, "5000 公务接待费 actual 2030 2030年决算数");
    AMOUNT("0.6", 0, "6000 公务接待费 budget 2031 2031年预算数");
    QUANTITY("27", 0, "27 公务用车保有量 count 2030 2030年决算数");
    CHECK_STR(text_fate("2030", 0), "date");
}

static void changes_and_rates(void) {
    text_read("青石县2031年预算执行情况\n\n单位：亿元\n\n"
              "项目\t上年决算数\t2031年预算数\t2031年执行数\t完成预算%\t比上年增减额\t比上年增长%\t占比（%）\n"
              "税收收入\t10\t12\t11\t91.67\t1\t10.00\t60\n");
    AMOUNT("10", 0, "1000000000 税收收入 actual 2030 上年决算数");
    PERCENT("91.67", 0, "91.67 税收收入 execution_rate 2031 完成预算%");
    PERCENT("10.00", 0, "10 税收收入 change_rate 2031 比上年增长%");
    PERCENT("60", 0, "60 税收收入 share 2031 占比（%）");
    AMOUNT("1", 8, "100000000 税收收入 change 2031 比上年增减额");
}

static void places_in_rows(void) {
    text_read("青石市2031年预算\n\n单位：亿元\n\n"
              "地区\t债务限额\t\t债务余额\t\n"
              "\t合计\t专项债务限额\t合计\t专项债务余额\n"
              "青石县\t12.5\t2.5\t11.5\t2.25\n");
    AMOUNT("12.5", 0, "1250000000 债务限额 other 2031 青石县/债务限额/合计");
    AMOUNT("2.25", 0, "225000000 专项债务余额 balance 2031 青石县/债务余额/专项债务余额");
}

static void monthly_plan(void) {
    text_read("青石县档案局2031年部门预算\n\n"
              "资金支出计划（%）\t3月底\t6月底\t12月底\n"
              "\t\t40%\t100%\n");
    PERCENT("40%", 0, "40 资金支出计划 rate 2031 6月底");
    CHECK_STR(text_fate("3", 0), "date");
}

static void cut_by_a_page(void) {
    text_read("青石县档案局2031年部门预算\n\n单位：万元\n\n"
              "科目名称\t合计\t基本支出\n行政运行\t5.5\t4.5\n\n"
              "事业运行\t6.5\t3.5\n");
    AMOUNT("3.5", 0, "35000 事业运行 budget 2031 基本支出");
}

/* A cell of a format that knows its merged cells. */
static void cell(size_t *at, const char *text, uint32_t row, uint32_t col, uint16_t rows, uint16_t cols) {
    size_t start = gk_str_find(gk_str_slice(text_doc.text, *at, text_doc.text.len), gk_str_of(text)) + *at;
    gk_doc_add_cell(&text_doc, row, col, rows, cols);
    gk_doc_add_seg(&text_doc, text_span(start, start + strlen(text)));
    *at = start + strlen(text);
}

static void merged_cells(void) {
    size_t at = 0;
    gk_doc_reset(&text_doc);
    text_doc.text = GK_STR("青石县档案局2031年部门预算 单位：元 "
                           "科目 本年支出 编码 名称 合计 项目支出 2012601 行政运行 5.5 4.25");
    size_t title = strlen("青石县档案局2031年部门预算"), note = title + 1 + strlen("单位：元");
    gk_doc_add_block(&text_doc, GK_BLOCK_TEXT, text_span(0, title));
    gk_doc_add_seg(&text_doc, text_span(0, title));
    gk_doc_add_block(&text_doc, GK_BLOCK_TEXT, text_span(title + 1, note));
    gk_doc_add_seg(&text_doc, text_span(title + 1, note));
    gk_doc_add_table(&text_doc, true);
    cell(&at, "科目", 0, 0, 1, 2);
    cell(&at, "本年支出", 0, 2, 1, 2);
    cell(&at, "编码", 1, 0, 1, 1);
    cell(&at, "名称", 1, 1, 1, 1);
    cell(&at, "合计", 1, 2, 1, 1);
    cell(&at, "项目支出", 1, 3, 1, 1);
    cell(&at, "2012601", 2, 0, 1, 1);
    cell(&at, "行政运行", 2, 1, 1, 1);
    cell(&at, "5.5", 2, 2, 1, 1);
    cell(&at, "4.25", 2, 3, 1, 1);
    gk_doc_end_table(&text_doc, text_span(note + 1, text_doc.text.len), NULL);
    CHECK_INT(gk_extract(text_extractor, &text_doc, &text_result, NULL), GK_OK);
    AMOUNT("4.25", 0, "4.25 行政运行 budget 2031 本年支出/项目支出");
    CHECK_STR(text_fate("2012601", 0), "code");
}

static void purchases(void) {
    text_read("青石县档案局2031年部门预算\n\n单位：万元\n\n"
              "项目名称\t采购品目\t数量\t单位\t单价\t金额\n"
              "办公设备更新\t扫描仪\t12\t台\t0.5\t6.25\n");
    QUANTITY("12", 0, "12 扫描仪 count 2031 数量");
    AMOUNT("0.5", 0, "5000 扫描仪 other 2031 单价");
    AMOUNT("6.25", 0, "62500 扫描仪 budget 2031 金额");
}

static void lists_of_projects(void) {
    text_read("青石县2031年决算\n\n单位：亿元\n\n"
              "项目名称\t项目编号\t项目领域\t债券规模\n"
              "青石县供水改造\tP99220000-0036\t饮水工程\t1.25\n");
    AMOUNT("1.25", 0, "125000000 青石县供水改造 actual 2031 债券规模");
    text_read("青石县2031年预算\n\n单位：万元\n\n"
              "项目名称\t\t金额\n一般公共预算资金\t小计\t6.5\n\t专项收入\t1.5\n");
    AMOUNT("6.5", 0, "65000 一般公共预算资金 budget 2031 金额");
    AMOUNT("1.5", 0, "15000 专项收入 budget 2031 金额");
}

int main(void) {
    two_blocks();
    sights();
    funds_below_a_balance();
    codes();
    codes_without_a_header();
    codes_behind_the_label();
    items_in_the_header();
    units_and_years();
    changes_and_rates();
    places_in_rows();
    monthly_plan();
    cut_by_a_page();
    merged_cells();
    purchases();
    lists_of_projects();
    text_close();
    return CHECK_DONE();
}
