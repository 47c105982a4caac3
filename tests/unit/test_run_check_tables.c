/* Checks of tables on figures that are meant to break them, and how the work grows with the document. */
#include "check/engine.h"
#include "extract_text.h"

static gk_checker *checker;
static gk_buf text;

static void run(void) {
    text_read(text.ptr);
    if (!checker) checker = gk_checker_new(text_set);
    gk_check(checker, &text_doc, &text_result, false);
}

/* How many findings of a rule contradict; the newest of them in *last. */
static size_t contradictions(const char *rule, const gk_record **last) {
    size_t n = 0;
    for (size_t i = 0; i < text_result.records.len; i++) {
        const gk_record *r = &text_result.records.at[i];
        if (r->kind != GK_KIND_FINDING || !gk_str_eqz(r->field[GK_F_RULE], rule)) continue;
        n += gk_str_eqz(gk_get(r, GK_F_STATUS), "contradicts");
        *last = r;
    }
    return n;
}

static void head(const char *labels) {
    gk_buf_clear(&text);
    gk_buf_printf(&text, "望汐县档案馆2024年度部门决算\n");
    gk_buf_printf(&text, "支出决算表\n单位：元\n%s\n", labels);
}

/* code, name, total */
#define CODES "功能分类科目编码\t科目名称\t合计\t基本支出"

/* One class of 10,000 items of 1.01 each, whose sum is printed right in the second column and `first` in the first. */
static void many_terms(const char *first, size_t wrong) {
    const gk_record *last = NULL;
    head(CODES);
    gk_buf_printf(&text, "205\t教育支出\t%s\t10100.00\n", first);
    for (unsigned i = 0; i < 10000; i++)
        gk_buf_printf(&text, "205%04u\t教育第%u项\t1.01\t1.01\n", i, i);
    run();
    CHECK_INT(contradictions("checks:codes", &last), wrong);
    if (last) CHECK_STR(last->field[GK_F_RAW], first);
}

/* Figures of forty digits are no interval: nothing is said of their sums, and that is counted. */
static void huge(void) {
    const gk_record *last = NULL;
    head(CODES);
    const char *nines = "9999999999999999999999999999999999999999.00";
    gk_buf_printf(&text, "205\t教育支出\t%s\t30.00\n", nines);
    gk_buf_printf(&text, "20501\t管理\t%s\t10.00\n20502\t普通\t1.00\t20.00\n", nines);
    run();
    CHECK_INT(contradictions("checks:codes", &last), 0);
    CHECK(checker->not_run[GK_REASON_LARGE] > 0);
}

/* A figure of a table of letters, and of debt from one year to the next, in which all figures are `much` but one. */
static void letters_and_stocks(const char *much, const char *odd) {
    gk_buf_clear(&text);
    gk_buf_printf(&text, "望汐县2024年债务\n地方政府债务限额及余额情况表\n单位：万元\n项目\t公式\t全县\n");
    gk_buf_printf(&text, "限额合计\tA=B+C\t%s\n一般债务\tB\t%s\n专项债务\tC\t%s\n\n", odd, much, much);
    gk_buf_printf(&text, "地方政府债务余额情况表\n单位：万元\n项目\t金额\n一、2023年末债务余额\t%s\n", much);
    gk_buf_printf(&text, "二、2024年债务发行额\t%s\n三、2024年债务还本额\t%s\n四、2024年末债务余额\t%s\n", much, much, odd);
    run();
}

/* Of figures whose sum does not fit nothing is said; of others it is. */
static void sums_that_do_not_fit(void) {
    const gk_record *last = NULL;
    letters_and_stocks("9999999999999999999999999999", "10000000000000000000");
    CHECK_INT(contradictions("checks:printed-letters", &last), 0);
    CHECK_INT(contradictions("checks:debt-carried", &last), 0);
    CHECK(checker->figures.at[0].known && !checker->figures.at[1].known); /* two of them do not fit */
    letters_and_stocks("42.00", "24.00");
    CHECK_INT(contradictions("checks:printed-letters", &last), 1);
    CHECK_INT(contradictions("checks:debt-carried", &last), 1);
}

/* Negative parts and parts of zero add up like others. */
static void negative(void) {
    const gk_record *last = NULL;
    head(CODES);
    gk_buf_printf(&text, "205\t教育支出\t0.00\t30.00\n");
    gk_buf_printf(&text, "20501\t管理\t-10.00\t10.00\n20502\t普通\t10.00\t20.00\n");
    run();
    CHECK_INT(contradictions("checks:codes", &last), 0);
    head(CODES);
    gk_buf_printf(&text, "205\t教育支出\t0.00\t30.00\n");
    gk_buf_printf(&text, "20501\t管理\t-10.00\t10.00\n20502\t普通\t30.00\t20.00\n");
    run();
    CHECK_INT(contradictions("checks:codes", &last), 1);
}

static uint64_t steps_of(unsigned times) {
    gk_buf_clear(&text);
    gk_buf_printf(&text, "望汐县档案馆2024年度部门决算\n");
    for (unsigned i = 0; i < times; i++) {
        gk_buf_printf(&text, "支出决算表\n单位：元\n%s\n", CODES);
        gk_buf_printf(&text, "205\t教育支出\t31.00\t30.00\n20501\t管理\t10.00\t10.00\n");
        gk_buf_printf(&text, "20502\t普通\t20.00\t20.00\n\n");
        gk_buf_printf(&text, "公用经费26.81万元,比上年减少1.24万元,"
                             "下降44.2%%。\n");
    }
    run();
    return checker->steps;
}

/* A document doubled ten times: each time the work doubles, with a little more for sorting. */
static void growth(void) {
    uint64_t before = steps_of(4);
    for (unsigned times = 8; times <= 4096; times *= 2) {
        uint64_t now = steps_of(times);
        CHECK(now > before && 10 * now < 23 * before);
        before = now;
    }
}

int main(void) {
    (void)text_fact, (void)text_fate;
    many_terms("10100.00", 0);
    many_terms("10900.00", 1);
    huge();
    sums_that_do_not_fit();
    negative();
    growth();
    gk_checker_free(checker);
    gk_buf_free(&text);
    text_close();
    return CHECK_DONE();
}
