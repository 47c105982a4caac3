/* Subjects: what is cut off the text around a number, and what a label says of its figures. */
#include "extract_marked.h"

/* What is left of a text as the subject of a figure. */
static void cut(const char *text, const char *want) {
    test_read(text);
    gk_range left = gk_subject_trim(test_x, (gk_range){0, (uint32_t)test_result.view.text.len - 1});
    CHECK_STR(gk_view_text(test_x, left.start, left.end), want);
}

static void marks_and_lead_words(void) {
    cut("一、支出总计", "支出总计");
    cut("（二）收入总计", "收入总计");
    cut("1.办公费", "办公费");
    cut("其中：财政拨款收入", "财政拨款收入");
    cut("其中财政拨款收入", "财政拨款收入");
    cut("，包括印刷费", "印刷费");
    cut("加上上级补助收入", "上级补助收入");
    cut("与上年相比收、支总计", "收、支总计");
}

static void times(void) {
    cut("2024年度机关运行经费", "机关运行经费");
    cut("截至2024年12月31日，车辆", "车辆");
    cut("2024.12.31存款", "存款");
    cut("上年收入总计", "收入总计");
    cut("本年收入合计", "本年收入合计");
    cut("上年结转和结余", "上年结转和结余");
    cut("年末结转和结余", "年末结转和结余");
}

static void persons_and_verbs(void) {
    cut("本部门2024年机关运行经费", "机关运行经费");
    cut("我区城镇新增就业", "城镇新增就业");
    cut("共有车辆", "车辆");
    cut("部门预算", "部门预算");
    cut("共产党员", "共产党员");
    cut("使用非财政拨款结余", "使用非财政拨款结余");
}

static void tails(void) {
    cut("收入总计为", "收入总计");
    cut("公务接待费支出决算", "公务接待费");
    cut("公务接待费预算支出", "公务接待费");
    cut("会议费预算数为", "会议费");
    cut("税收收入完成", "税收收入");
    cut("政府性基金预算支出", "政府性基金预算支出");
    cut("一般公共预算支出", "一般公共预算支出");
    cut("本部门支出预算", "支出预算");
    cut("因公出国(境)费", "因公出国(境)费");
    cut("为", "");
    cut("其中：", "");
    cut("支出决算", "");
}

static void agency(void) {
    SAYS("云川县农业农村局2024年部门预算\n\n", "云川县农业农村局会议费[5万元]。", "50000 CNY 会议费 budget 2024");
    SAYS("云川县农业农村局2024年部门预算\n\n", "农业农村局会议费[5万元]。", "50000 CNY 会议费 budget 2024");
    SAYS("云川县农业农村局2024年部门预算\n\n", "云川县水利局会议费[5万元]。", "50000 CNY 云川县水利局会议费 budget 2024");
}

/* The measure a label tells of an amount. */
static void says(const char *label, const char *measure) {
    test_read(label);
    gk_match m;
    gk_range at = {0, (uint32_t)test_result.view.text.len - 1};
    gk_str v = gk_view_text(test_x, 0, at.end), got = GK_STR_NONE;
    if (gk_label_says(test_x, at, &m)) got = gk_match_value(&m, v, GK_KEY_MEASURE);
    CHECK_STR(got.len ? got : GK_STR("-"), measure);
}

static void labels(void) {
    says("年初结转和结余", "balance");
    says("固定资产", "balance");
    says("政府债务余额", "balance");
    says("政府债务还本支出", "-");
    says("国有资产处置收入", "-");
    says("政府债务限额", "other");
    says("创业担保贷款", "other");
    says("登记失业率", "rate");
    says("预算执行率", "execution_rate");
    says("收入增幅", "change_rate");
    says("公务接待费", "-");
}

/* An answer for one document does not leak into the next one. */
static void documents_do_not_mix(void) {
    for (int i = 0; i < 2; i++) {
        SAYS(FINAL, "项目预算收入[5万元]。", "50000 CNY 项目预算收入 adjusted_budget 2024");
        SAYS(REPORT, "项目预算收入[5万元]。", "50000 CNY 项目预算收入 budget 2023");
    }
}

int main(void) {
    test_open();
    marks_and_lead_words();
    times();
    persons_and_verbs();
    tails();
    agency();
    labels();
    documents_do_not_mix();
    test_close();
    return CHECK_DONE();
}
