/* Views: what is healed, and where each piece of the view comes from. A '|' in a text sets its spans apart. */
#include "text_view.h"

static gk_fold *fold;

static void folds(const char *text, const char *want) {
    gk_view v;
    gk_view_init(&v, gk_str_of(text));
    append_parts(&v, fold, v.src);
    CHECK_STR(gk_buf_str(&v.text), want);
    gk_view_free(&v);
}

static void test_numbers(void) {
    static const char *const cases[][2] = {
        {"收入 1, 429. 68\n万元", "收入1,429.68万元"},
        {"1，429.68万元", "1,429.68万元"},
        {"1 ,429 .68", "1,429.68"},
        {"1,429,000. 5 元", "1,429,000.5元"},
        {"共 12 34 人", "共12 34人"},
        {"1, 2, 3", "1, 2, 3"},
        {"2023, 2024 年", "2023, 2024年"},
        {"12, 4567", "12, 4567"},
        {"1. 2.3", "1. 2.3"},
        {"1.2. 3", "1.2. 3"},
        {"35. 1 万元", "35.1万元"},
        {"35.|1 万元", "35.1万元"},
        {"35|.1 万元", "35.1万元"},
        {"1,4|29.68", "1,429.68"},
        {"20|24年", "2024年"},
        {"20 | 24年", "2024年"},
        {"12.34|56.78", "12.34 56.78"},
        {"1,429|35", "1,429 35"},
        {"增长12.|", "增长12."},
        {"共 20, 其中", "共20,其中"},
        {"1. 2024 年", "1. 2024年"},
        {"收 1. 2024 年", "收1.2024年"},
        {"3. 5", "3.5"},
        {"１，４２９．６８　万元", "1,429.68万元"},
        {"－ 3. 20％", "-3.20%"},
        {"12\xE2\x80\x8B"
         "34",
         "1234"},
        {", 5", ",5"},
        {"5 , 6", "5, 6"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) folds(cases[i][0], cases[i][1]);
}

static void test_letter_spaced(void) {
    static const char *const cases[][2] = {
        {"2 0 2 4 年", "2024年"},
        {"２　０　１　８ 年 度", "2018年度"},
        {"2 0 2|4 年", "2024年"},
        {"1 , 4 2 9 . 6 8", "1,429.68"},
        {"1 2 月", "1 2月"},
        {"1 2 3 45", "1 2 3 45"},
        {"12 3 4 5", "12 3 4 5"},
        {"1  2  3", "1 2 3"},
        {"2 0 1 8, 其中", "2018,其中"},
        {"2 0 1 8,  3 4 5", "2018, 345"},
        {"1 . 2 . 3", "1.2. 3"},
        {"部 门 决 算", "部门决算"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) folds(cases[i][0], cases[i][1]);
}

static void test_blanks(void) {
    static const char *const cases[][2] = {
        {"  前后  ", "前后"},
        {"", ""},
        {" \t\r\n|　", ""},
        {"Sheet  one", "Sheet one"},
        {"one|two", "one two"},
        {"A 股 B", "A股B"},
        {"Windows 10 个", "Windows 10个"},
        {"≥ 98 %", "≥98%"},
        {"（ 一 ） 收 入", "(一)收入"},
        {"10² 5①", "10²5①"},
        {"é à", "é à"},
        {"年\xC2\xA0度", "年度"},
        {"3\xC2\xA0人", "3人"},
        {"5 %|6 元", "5%6元"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) folds(cases[i][0], cases[i][1]);
}

/* Private use: U+F06C, which icon fonts draw as a bullet. */
static void test_private(void) {
    folds("35\xEF\x81\xAC"
          "12万元",
          "35.12万元");
    folds("35\xEF\x81\xAC|12万元", "35.12万元");
    folds("35|\xEF\x81\xAC"
          "12万元",
          "35.12万元");
    folds("\xEF\x81\xAC 收入 5", "收入5");
    folds("5 \xEF\x81\xAC 6", "5 6");
    folds("5\xEF\x81\xAC个", "5个");
    folds("\xF3\xB0\x80\x81x\xF4\x80\x80\x81", "x");
}

static void at(const char *text, const char *part, const char *want, const char *raw) {
    gk_view v;
    gk_arena a = {0};
    gk_view_init(&v, gk_str_of(text));
    append_parts(&v, fold, v.src);
    gk_str folded = gk_buf_str(&v.text);
    size_t start = gk_str_find(folded, gk_str_of(part));
    CHECK(start != SIZE_MAX);
    if (start != SIZE_MAX) {
        uint32_t end = (uint32_t)(start + strlen(part));
        gk_span span = gk_view_source(&v, (uint32_t)start, end);
        CHECK_STR(gk_str_slice(v.src, span.start, span.end), want);
        CHECK_STR(gk_view_raw(&v, (uint32_t)start, end, &a), raw);
    }
    gk_arena_free(&a);
    gk_view_free(&v);
}

static void test_positions(void) {
    at("收入 1, 429. 68\n万元。", "1,429.68万元", "1, 429. 68\n万元", "1,429.68万元");
    at("收入 1, 429. 68\n万元。", "万元", "万元", "万元");
    at("（１２ ．５％）", "12.5%", "１２ ．５％", "１２．５％");
    at("共 35.|1万|元，", "35.1万元", "35.|1万|元", "35.1万元");
    at("部\xE2\x80\x8B门", "部门", "部\xE2\x80\x8B门", "部门");
    at("one|two", "one two", "one|two", "onetwo");
    at("one two", "e t", "e t", "et");
    at("a　b", " ", "　", "");
    at("⼈员", "人员", "⼈员", "⼈员");
    at("2 0 2 4 年", "24", "2 4", "24");
    at("35\xEF\x81\xAC|12万", "35.12", "35\xEF\x81\xAC|12",
       "35\xEF\x81\xAC"
       "12");
}

static void test_marks(void) {
    gk_view v;
    gk_arena a = {0};
    gk_view_init(&v, GK_STR("甲乙丙丁"));
    CHECK_INT(gk_view_source(&v, 0, 0).end, 0);
    gk_view_mark(&v, '\n');
    CHECK_INT(gk_view_append(&v, fold, (gk_span[]){{0, 3}}, 1), 1);
    gk_view_mark(&v, '\t');
    CHECK_INT(gk_view_append(&v, fold, (gk_span[]){{6, 12}}, 1), 5);
    gk_view_mark(&v, '\n');
    CHECK_STR(gk_buf_str(&v.text), "\n甲\t丙丁\n");
    gk_span all = gk_view_source(&v, 0, (uint32_t)v.text.len);
    CHECK_INT(all.start, 0);
    CHECK_INT(all.end, 12);
    CHECK_STR(gk_view_raw(&v, 0, 999, &a), "甲丙丁");
    gk_span mark = gk_view_source(&v, 4, 5);
    CHECK_INT(mark.start, mark.end);
    gk_span past = gk_view_source(&v, 999, 999);
    CHECK_INT(past.start, 12);
    CHECK_INT(past.end, 12);
    CHECK_INT(v.runs.at[v.runs.len - 1].view, v.text.len);
    gk_view_reset(&v, GK_STR("x"));
    CHECK_INT(gk_view_append(&v, fold, (gk_span[]){{0, 1}}, 1), 0);
    CHECK_STR(gk_buf_str(&v.text), "x");
    CHECK_INT(gk_view_append(&v, fold, NULL, 0), 1);
    gk_view_free(&v);
    gk_arena_free(&a);
}

/* Separators that follow each other are one run; where a range within them stands is told by its end all the same. */
static void test_marks_together(void) {
    static const struct {
        uint32_t start, end;
        gk_span source;
    } ranges[] = {{0, 3, {0, 3}},  {3, 4, {3, 3}},   {3, 5, {3, 3}},   {4, 5, {3, 3}},   {5, 5, {3, 3}},
                  {3, 6, {6, 6}},  {4, 9, {6, 9}},   {0, 4, {0, 3}},   {0, 6, {0, 3}},   {2, 7, {2, 7}},
                  {6, 14, {6, 12}}, {12, 13, {12, 12}}, {12, 14, {12, 12}}, {13, 14, {12, 12}}};
    gk_view v;
    gk_view_init(&v, GK_STR("甲乙丙丁"));
    gk_view_append(&v, fold, (gk_span[]){{0, 3}}, 1);
    for (int i = 0; i < 3; i++) gk_view_mark(&v, '\t');
    gk_view_append_marked(&v, fold, (gk_span[]){{6, 12}}, 1, '\t');
    gk_view_mark(&v, '\n');
    CHECK_STR(gk_buf_str(&v.text), "甲\t\t\t丙丁\t\n");
    CHECK_INT(v.runs.len, 5);
    for (int sealed = 0; sealed < 2; sealed++) {
        for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++) {
            gk_span s = gk_view_source(&v, ranges[i].start, ranges[i].end);
            CHECK_INT(s.start, ranges[i].source.start);
            CHECK_INT(s.end, ranges[i].source.end);
        }
        gk_view_seal(&v);
    }
    gk_view_free(&v);
}

int main(void) {
    fold = load_fold();
    test_marks_together();
    test_numbers();
    test_letter_spaced();
    test_blanks();
    test_private();
    test_positions();
    test_marks();
    gk_fold_free(fold);
    return CHECK_DONE();
}
