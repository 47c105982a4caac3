/* Error values: classes, places, the printed form and its caret. */
#include "base/err.h"
#include "check.h"

static void printed(const gk_err *err, const char *want) {
    gk_buf out = {0};
    gk_err_print(err, &out);
    CHECK_STR(gk_buf_str(&out), want);
    gk_buf_free(&out);
}

static void test_names(void) {
    for (int i = 0; i < GK_CODE_COUNT; i++) CHECK(gk_code_name((gk_code)i)[0] != '\0');
    CHECK_STR(gk_str_of(gk_code_name(GK_E_PATTERN)), "pattern");
    CHECK_STR(gk_str_of(gk_code_name((gk_code)999)), "internal");
}

static void test_without_place(void) {
    gk_err err = {.line = 7};
    CHECK_INT(gk_err_set(&err, GK_E_OPEN, "no file %s", "a"), GK_E_OPEN);
    CHECK_INT(err.line, 0);
    printed(&err, "open: no file a\n");
    gk_err_file(&err, GK_STR("dir/a.txt"));
    printed(&err, "dir/a.txt: open: no file a\n");
    CHECK_INT(gk_err_set(NULL, GK_E_LIMIT, "x"), GK_E_LIMIT);
    gk_err_place(NULL, GK_STR("f"), GK_STR("x"), 0);
    gk_err_file(NULL, GK_STR("f"));
}

static void test_place(void) {
    gk_err err;
    gk_str source = GK_STR("one\r\n收入：x\t!\r\nlast");
    gk_err_set(&err, GK_E_PATTERN, "odd sign");
    gk_err_place(&err, GK_STR("p.yaml"), source, gk_str_find(source, GK_STR("!")));
    CHECK_INT(err.line, 2);
    CHECK_INT(err.column, 6);
    CHECK_INT(err.offset, 16);
    printed(&err, "p.yaml:2:6: pattern: odd sign\n    收入：x\t!\n           \t^\n");
    gk_err_place(&err, GK_STR("p.yaml"), source, source.len + 9);
    printed(&err, "p.yaml:3:5: pattern: odd sign\n    last\n        ^\n");
    gk_err_place(&err, GK_STR("p.yaml"), GK_STR(""), 0);
    printed(&err, "p.yaml:1:1: pattern: odd sign\n");
}

static void test_wide(void) {
    gk_err err;
    gk_str source = GK_STR("𠀀（ab");
    gk_err_set(&err, GK_E_PATTERN, "here");
    gk_err_place(&err, GK_STR("p"), source, 7);
    printed(&err, "p:1:3: pattern: here\n    𠀀（ab\n        ^\n");
}

static void test_cut(void) {
    gk_err err;
    char longer[1500];
    for (size_t i = 0; i + 3 <= sizeof longer; i += 3) memcpy(longer + i, "费", 3);
    gk_err_set(&err, GK_E_FORMAT, "%.*s", (int)sizeof longer, longer);
    CHECK_INT(strlen(err.message), 399);
    gk_err_set(&err, GK_E_FORMAT, "a%.*s", (int)sizeof longer, longer);
    CHECK_INT(strlen(err.message), 397);
    gk_err_place(&err, (gk_str){longer, sizeof longer}, (gk_str){longer, sizeof longer}, 900);
    CHECK_INT(strlen(err.file), 399);
    CHECK_INT(strlen(err.text), 237);
    CHECK_INT(err.column, 301);
    gk_buf out = {0};
    gk_err_print(&err, &out);
    CHECK_INT(gk_str_find(gk_buf_str(&out), GK_STR("^")), SIZE_MAX); /* the column lies behind what was kept */
    gk_buf_free(&out);
}

static void test_control(void) {
    gk_err err;
    gk_err_set(&err, GK_E_FORMAT, "a\x1b[31m");
    CHECK_STR(gk_str_of(err.message), "a?[31m");
    gk_err_place(&err, GK_STR("f\n"), GK_STR("\x1b]0;\x07z"), 5);
    CHECK_STR(gk_str_of(err.text), "?]0;?z");
    CHECK_STR(gk_str_of(err.file), "f?");
}

int main(void) {
    test_names();
    test_without_place();
    test_place();
    test_wide();
    test_cut();
    test_control();
    return CHECK_DONE();
}
