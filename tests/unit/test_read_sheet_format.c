/* Number formats and figures of spreadsheets. */
#include "check.h"
#include "read/sheet_format.h"

static gk_buf shown;

static gk_str show(const char *code, const char *value) {
    gk_format f;
    gk_figure figure;
    gk_format_read(gk_str_of(code), &f);
    gk_buf_clear(&shown);
    if (gk_figure_parse(gk_str_of(value), &figure)) gk_format_figure(&f, figure, false, &shown);
    else gk_format_text(&f, gk_str_of(value), &shown);
    return gk_buf_str(&shown);
}

static const struct {
    const char *code, *value, *want;
} cases[] = {
    {"General", "0.30000000000000004", "0.3"},
    {"", "1234.5600000000001", "1234.56"},
    {"General", "1E-3", "0.001"},
    {"General", "-12", "-12"},
    {"General", "0", "0"},
    {"General", "1.5E+6", "1500000"},
    {"General", "99999999999999999", "100000000000000000"},
    {"General", "1E+300", "1E+300"},
    {"General\"kg\"", "2.50", "2.5kg"},
    {"0", "0.5", "1"},
    {"0", "-0.4", "0"},
    {"0.00", "1429.675", "1429.68"},
    {"0.00", "0.995", "1.00"},
    {"0.00", "999.996", "1000.00"},
    {"#,##0.00", "14444.7907180314", "14,444.79"},
    {"#,##0", "1234567", "1,234,567"},
    {"#,##0", "12", "12"},
    {"#,##0.00", "0", "0.00"},
    {"#", "0", ""},
    {"0.##", "5", "5"},
    {"0.##", "5.1", "5.1"},
    {"#.00", "12.5", "12.50"},
    {".00", "12.5", "12.50"},
    {"000", "7", "007"},
    {"0.00%", "0.1234", "12.34%"},
    {"0%", "1.0263", "103%"},
    {"0.0%", "-0.0512758786711603", "-5.1%"},
    {"#,##0.00_ ", "1234.5", "1,234.50"},
    {"0.00_);[RED]\\(0.00\\)", "-3.256", "(3.26)"},
    {"0.00_);[RED]\\(0.00\\)", "3.256", "3.26"},
    {"0.00;[Red]0.00", "-3.2", "-3.20"},
    {"[Red]0.00", "-3.2", "-3.20"},
    {"#,##0_ ;[Red]\\-#,##0\\ ", "-1234", "-1,234 "},
    {"_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * \"-\"\?\?_ ;_ @_ ", "0", "-"},
    {"_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * \"-\"\?\?_ ;_ @_ ", "-1234.5", "-1,234.50"},
    {"0.00;-0.00;;@", "0", ""},
    {"0.00;-0.00;;@", "text", "text"},
    {"0.00\"W\"", "12.3", "12.30W"},
    {"0\"人\"", "57", "57人"},
    {"#,##0.0,", "1234567", "1,234.6"},
    {"0.00,,\"M\"", "1234567", "1.23M"},
    {"0!.0,\"w\"", "123456", "12.3w"},
    {"000-0000", "5551234", "555-1234"},
    {"@\"元\"", "12.5", "12.5"},
    {"@\"元\"", "five", "five元"},
    {"[>=10000]0.0,\"k\";0", "12345", "12.3k"},
    {"[>=10000]0.0,\"k\";0", "999", "999"},
    {"\"¥\"#,##0.00", "1234", "¥1,234.00"},
    {"[$￥-804]#,##0.00", "1234", "￥1,234.00"},
    {"0.00E+00", "12345", "12345"},
    {"# ?/?", "0.5", "0.5"},
    {"yyyy/m/d", "45530", "2024/8/26"},
    {"yyyy\"年\"m\"月\"d\"日\"", "45530", "2024年8月26日"},
    {"[$-804]yyyy\\-mm\\-dd", "45530", "2024-08-26"},
    {"yyyy\"年\"m\"月\";@", "45530", "2024年8月"},
    {"yyyy/m/d h:mm", "45530.5", "2024/8/26 12:00"},
    {"h:mm AM/PM", "0.75", "6:00 PM"},
    {"mm:ss", "0.0006944444444", "01:00"},
    {"[h]:mm", "1.5", "36:00"},
    {"yyyy-mm-dd", "1", "1900-01-01"},
    {"yyyy-mm-dd", "60", "1900-02-29"},
    {"yyyy-mm-dd", "61", "1900-03-01"},
    {"yyyy-mm-dd", "-5", "-5"},
    {"yyyy-mm-dd", "2958465", "9999-12-31"},
    {"yyyy-mm-dd", "2958466", "2958466"},
    {"\"", "5", ""},
    {"[", "5", ""},
    {"0.00[", "5", "5.00"},
};

static void check_1904(void) {
    gk_format f;
    gk_figure figure;
    gk_format_read(GK_STR("yyyy-mm-dd"), &f);
    gk_buf_clear(&shown);
    gk_figure_parse(GK_STR("0"), &figure);
    gk_format_figure(&f, figure, true, &shown);
    CHECK_STR(gk_buf_str(&shown), "1904-01-01");
}

static void check_figures(void) {
    gk_figure f;
    CHECK(!gk_figure_parse(GK_STR("abc"), &f));
    CHECK(!gk_figure_parse(GK_STR(""), &f));
    CHECK(!gk_figure_parse(GK_STR("1E"), &f));
    CHECK(!gk_figure_parse(GK_STR("1E+9999"), &f));
    CHECK(!gk_figure_parse(GK_STR("1.2.3"), &f));
    CHECK(gk_figure_of_double(0.1 + 0.2, &f));
    gk_buf_clear(&shown);
    gk_figure_print(&f, &shown);
    CHECK_STR(gk_buf_str(&shown), "0.3");
}

int main(void) {
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int before = check_failed;
        CHECK_STR(show(cases[i].code, cases[i].value), cases[i].want);
        if (check_failed > before) fprintf(stderr, "  format %s of %s\n", cases[i].code, cases[i].value);
    }
    check_1904();
    check_figures();
    gk_buf_free(&shown);
    return CHECK_DONE();
}
