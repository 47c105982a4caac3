/* The fold table: every class does what its name says, what must stay stays, and a broken table is refused with a
 * place. */
#include "text_view.h"

static gk_fold *fold;

static void becomes(const char *text, const char *want) {
    gk_view v;
    gk_view_init(&v, gk_str_of(text));
    append_parts(&v, fold, v.src);
    CHECK_STR(gk_buf_str(&v.text), want);
    gk_view_free(&v);
}

static void test_classes(void) {
    static const char *const cases[][2] = {
        /* blank, blank-wide, blank-no-break, blank-other: between letters each leaves one ' ' */
        {"a\t\nb", "a b"},
        {"a\xC2\x85"
         "b",
         "a b"},
        {"a　b", "a b"},
        {"a\xC2\xA0"
         "b\xE2\x80\xAF"
         "c",
         "a b c"},
        {"a\xE2\x80\x83"
         "b\xE2\x80\xA8"
         "c",
         "a b c"},
        /* control, soft-hyphen, zero-width, byte-order-mark, variant-mark */
        {"a\x07"
         "b\x7F\xC2\x80",
         "ab"},
        {"a\xC2\xAD"
         "b",
         "ab"},
        {"部\xE2\x80\x8B门\xE2\x80\x8D\xE2\x81\xA0", "部门"},
        {"\xEF\xBB\xBF部门", "部门"},
        {"部\xEF\xB8\x8F门\xF3\xA0\x84\x80", "部门"},
        /* full-width, half-width, small-form, vertical-form */
        {"ＡＺａｚ０９", "AZaz09"},
        {"（）：；，！？［］｛｝．＋＝＜＞／＆＊＃＠｜", "():;,!?[]{}.+=<>/&*#@|"},
        {"￥￡￠", "¥£¢"},
        {"｡､･", "。、・"},
        {"﹐﹔﹕﹙﹚﹠", ",;:()&"},
        {"︵︶", "()"},
        /* minus, dash, percent, ratio, tilde, at-least, at-most */
        {"−﹣－", "---"},
        {"‐‑‒–—―﹘", "-------"},
        {"％﹪", "%%"},
        {"1.5∶2", "1.5:2"},
        {"～〜∼", "~~~"},
        {"⩾≧≥", "≥≥≥"},
        {"⩽≦≤", "≤≤≤"},
        /* private */
        {"\xEE\x80\x80"
         "3\xEF\xA3\xBF"
         "4",
         "3.4"},
        /* radical-kangxi, compatibility, radical-supplement */
        {"⼈⽀⾦⿕", "人支金龠"},
        {"\xEF\xA4\x80\xEF\xA7\xBF\xF0\xAF\xA0\x80", "豈刺丽"},
        {"⺁⻋⻔⻓⻚⻛⻜⻢⻥⻦⻩⻬⻮⻰⻳⻅⻉⺠⺟⻄⻆⻝⻣⻤", "厂车门长页风飞马鱼鸟黄齐齿龙龟见贝民母西角食骨鬼"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) becomes(cases[i][0], cases[i][1]);
}

static void test_stays(void) {
    static const char *const cases[] = {
        "10²³¹⁴₂", "①⑳⑴⒈❶㈠㊀㋀㏠", "½¼⅓↉", "ⅠⅫⅳ", "㎡㎞㎏℃㎥", "。、《》“”‘’…·【】〔〕", "≥≤≠±×÷°", "万亿元%", "＿",
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases - 1; i++) becomes(cases[i], cases[i]);
    for (uint32_t c = 0x4E00; c < 0xA000; c++) CHECK(gk_fold_of(fold, c).ptr == NULL);
    for (uint32_t c = 0x2460; c < 0x2500; c++) CHECK(gk_fold_of(fold, c).ptr == NULL);
    for (uint32_t c = 0x3200; c < 0x3400; c++) CHECK(gk_fold_of(fold, c).ptr == NULL);
    for (uint32_t c = 0x2070; c < 0x2190; c++) CHECK(gk_fold_of(fold, c).ptr == NULL);
}

static void test_of(void) {
    CHECK_STR(gk_fold_of(fold, 0xFF0C), ",");
    CHECK_STR(gk_fold_of(fold, 0x3000), " ");
    CHECK_STR(gk_fold_of(fold, 0x200B), "");
    CHECK(gk_fold_of(fold, 0x200B).ptr != NULL);
    CHECK(gk_fold_of(fold, 'a').ptr == NULL);
    CHECK(gk_fold_of(fold, 0x110000).ptr == NULL);
    for (uint32_t c = 0x2E80; c < 0x2EF4; c++) /* all of the supplement but the two without an equivalent */
        CHECK_INT(gk_fold_of(fold, c).ptr == NULL, c == 0x2E80 || c == 0x2E9A);
    for (uint32_t c = 0x2F00; c < 0x2FD6; c++) CHECK_INT(gk_fold_of(fold, c).len, 3);
    for (uint32_t c = 0xE000; c < 0xF900; c++) CHECK_STR(gk_fold_of(fold, c), "");
    for (uint32_t c = 0xF0000; c < 0xFFFFE; c++) CHECK(gk_fold_of(fold, c).ptr != NULL);
}

static void refused(const char *table, const char *want) {
    gk_err err = {0};
    gk_buf out = {0};
    CHECK(gk_fold_load(gk_str_of(table), GK_STR("f.tsv"), &err) == NULL);
    CHECK_INT(err.code, GK_E_PATTERN);
    gk_err_print(&err, &out);
    CHECK_STR(gk_buf_str(&out), want);
    gk_buf_free(&out);
    CHECK(gk_fold_load(gk_str_of(table), GK_STR("f.tsv"), NULL) == NULL);
}

static void test_refused(void) {
    refused("# x\nA\t2212\tto -\n",
            "f.tsv:2:1: pattern: a line starts with the name of a class, [a-z0-9-]+, and a tab\n"
            "    A\t2212\tto -\n    ^\n");
    refused("a\n", "f.tsv:1:2: pattern: no code points: a line is class, code points and action, set apart by tabs\n"
                   "    a\n     ^\n");
    refused("a\t2212\tto\n", "f.tsv:1:8: pattern: unknown action: not nfkc, nfc, to X, blank, drop or point\n"
                             "    a\t2212\tto\n     \t    \t^\n");
    refused(
        "a\t2212 22\tdrop\n",
        "f.tsv:1:8: pattern: not a code point (4 to 6 upper-case hexadecimal digits) or an ascending range of them\n"
        "    a\t2212 22\tdrop\n     \t     ^\n");
    refused("a\t2212\tdrop\nb\t2210-2213\tdrop\n", "f.tsv:2:3: pattern: a code point of this range is listed before\n"
                                                   "    b\t2210-2213\tdrop\n     \t^\n");
    refused("a\tE000-F8FF\tdrop\nb\tE100\tdrop\n", "f.tsv:2:3: pattern: a code point of this range is listed before\n"
                                                   "    b\tE100\tdrop\n     \t^\n");
    refused("a\t002D\tto －\n", "f.tsv:1:3: pattern: the replacement is too long for the character it replaces\n    "
                                "a\t002D\tto －\n     \t^\n");
    refused("a\t2212\tto 1234567\n", "f.tsv:1:11: pattern: the replacement is empty or longer than 6 bytes\n"
                                     "    a\t2212\tto 1234567\n     \t    \t   ^\n");
    refused(
        "a\tD7FF-E000\tdrop\n",
        "f.tsv:1:3: pattern: not a code point (4 to 6 upper-case hexadecimal digits) or an ascending range of them\n"
        "    a\tD7FF-E000\tdrop\n     \t^\n");
    refused("a\tFDFA\tnfkc\n", "f.tsv:1:3: pattern: ICU maps a code point of this range to a longer text\n"
                               "    a\tFDFA\tnfkc\n     \t^\n");
    refused("# \xFF\n", "f.tsv:1:3: pattern: the table is not UTF-8\n    # \xFF\n      ^\n");
}

int main(void) {
    fold = load_fold();
    test_classes();
    test_stays();
    test_of();
    test_refused();
    gk_fold_free(fold);
    gk_fold_free(NULL);
    gk_err err = {0};
    gk_fold *none = gk_fold_load(GK_STR(""), GK_STR("empty"), &err);
    CHECK(none && gk_fold_of(none, 0x3000).ptr == NULL);
    gk_fold_free(none);
    return CHECK_DONE();
}
