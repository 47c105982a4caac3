/* Tables of PDF pages without rules, from streams written here. */
#include "pdf_page.h"

static void bare_table(void) {
    begin();
    page(300, 400);
    text(110, 40, "一二三四五六");
    text(50, 60, "项目");
    text(150, 60, "2023");
    text(220, 60, "2024");
    text(50, 80, "一二三");
    text(140, 80, "1,200.00");
    text(210, 80, "1,350.00");
    text(50, 100, "四五");
    text(150, 100, "80.00");
    text(220, 100, "95.50");
    text(50, 120, "六");
    text(220, 120, "0.00");
    end_page();
    CHECK_INT(finish(), GK_OK);
    CHECK_INT(doc.tables.len, 1);
    CHECK(!doc.tables.at[0].merged_known);
    CHECK_INT(doc.tables.at[0].cols, 3);
    CHECK_STR(cell_text(2, 1), "80.00");
    CHECK_STR(cell_text(3, 1), "none");
    CHECK_STR(cell_text(3, 2), "0.00");
    begin(); /* a list of contents */
    page(300, 400);
    for (int i = 0; i < 6; i++) {
        text(50, 60 + 20 * i, "一二三");
        text(220, 60 + 20 * i, i < 2 ? "3" : i < 4 ? "5" : "12");
    }
    end_page();
    CHECK_INT(finish(), GK_OK);
    CHECK_INT(doc.tables.len, 0);
}

/* Labels of two lines have their figures between them; headings of several columns stand above the names of these. */
static void bare_labels_of_two_lines(void) {
    begin();
    page(500, 400);
    text(50, 60, "项目");
    text(270, 60, "其中");
    text(150, 72, "合计");
    text(230, 78, "四五");
    text(300, 72, "六七八");
    text(310, 84, "九");
    text(50, 98, "一二三四五六");
    text(150, 104, "1,200.00");
    text(230, 104, "1,350.00");
    text(50, 110, "七八");
    text(50, 122, "一二三");
    text(150, 128, "80.00");
    text(300, 128, "95.50");
    text(50, 134, "四");
    text(50, 146, "六");
    text(150, 146, "0.00");
    end_page();
    CHECK_INT(finish(), GK_OK);
    CHECK_INT(doc.tables.len, 1);
    CHECK_INT(doc.tables.at[0].cols, 4);
    CHECK_STR(doc.text, "项目\t\t其中\n\t合计\t四五\t六七八九\n一二三四五六七八\t1,200.00\t1,350.00\n"
                        "一二三四\t80.00\t\t95.50\n六\t0.00\n");
    begin(); /* two halves of a page whose lines stand beside each other at other heights */
    page(500, 400);
    for (int i = 0; i < 4; i++) {
        text(50, 60 + 14 * i, "一二三");
        text(120, 60 + 14 * i, "5.00");
        text(250, 67 + 14 * i, "四五六");
        text(320, 67 + 14 * i, "7.00");
    }
    end_page();
    CHECK_INT(finish(), GK_OK);
    CHECK_INT(doc.tables.len, 1);
    CHECK_STR(cell_text(0, 1), "5.00");
    CHECK_STR(cell_text(1, 3), "7.00");
    CHECK_STR(cell_text(2, 0), "一二三");
}

/* The heading of a column goes on as long as its lines fill it; a word set wide is one; what heads several columns stays. */
static void bare_headings_of_three_lines(void) {
    begin();
    page(500, 400);
    text(300, 60, "决算数为调");
    text(370, 60, "决算数为上");
    text(60, 73, "项");
    text(90, 73, "目");
    text(200, 73, "决算数");
    text(300, 73, "整预算数的");
    text(370, 73, "年决算数的");
    text(322, 86, "%");
    text(392, 86, "%");
    for (int i = 0; i < 4; i++) {
        text(50, 106 + 15 * i, "一二三四五六七八");
        text(200, 106 + 15 * i, "28,600");
        text(325, 106 + 15 * i, "98.7");
        text(395, 106 + 15 * i, "3.2");
    }
    end_page();
    CHECK_INT(finish(), GK_OK);
    CHECK_INT(doc.tables.len, 1);
    CHECK_STR(cell_text(0, 0), "项 目");
    CHECK_STR(cell_text(0, 2), "决算数为调整预算数的%");
    CHECK_STR(cell_text(1, 2), "98.7");
    begin();
    page(500, 400);
    text(130, 60, "六七八");
    text(200, 60, "九十一");
    text(50, 73, "项目");
    text(130, 73, "二三四");
    text(200, 73, "五");
    for (int i = 0; i < 4; i++) {
        text(50, 90 + 15 * i, "一二三四");
        text(120, 90 + 15 * i, "1,228,600.00");
        text(200, 90 + 15 * i, "228,600.00");
    }
    end_page();
    CHECK_INT(finish(), GK_OK);
    CHECK_INT(doc.tables.at[0].rows, 6);
    CHECK_STR(cell_text(1, 1), "二三四");
}

/* Cells that nearly touch: wide headings, a label right behind a figure; codes before names that one row does not part. */
static void bare_cells_that_touch(void) {
    begin();
    page(500, 400);
    text(60, 60, "项目");
    text(130, 60, "年初预算数");
    text(182, 60, "调整预算数");
    text(260, 60, "支出");
    for (int i = 0; i < 4; i++) {
        text(50, 80 + 15 * i, i == 2 ? "一二三四五六七" : "21301");
        if (i != 2) text(88, 80 + 15 * i, "一二三");
        text(139, 80 + 15 * i, "1,228.60");
        text(191, 80 + 15 * i, "1,350.00");
        text(233, 80 + 15 * i, "四五六七八");
    }
    end_page();
    CHECK_INT(finish(), GK_OK);
    CHECK_STR(cell_text(0, 1), "年初预算数");
    CHECK_STR(cell_text(0, 2), "调整预算数");
    CHECK_STR(cell_text(1, 0), "21301 一二三");
    CHECK_STR(cell_text(1, 3), "四五六七八");
}

/* Rows may stand as far apart as two lines of text leave free. */
static void bare_rows_far_apart(void) {
    begin();
    page(500, 400);
    for (int i = 0; i < 4; i++) {
        text(50, 60 + 40 * i, i ? "一二三" : "项目");
        text(150, 60 + 40 * i, i ? "28.60" : "预算数");
    }
    end_page();
    CHECK_INT(finish(), GK_OK);
    CHECK_INT(doc.tables.len, 1);
    CHECK_INT(doc.tables.at[0].rows, 4);
    begin(); /* further apart they are no table */
    page(500, 400);
    for (int i = 0; i < 4; i++) {
        text(50, 60 + 60 * i, "一二三");
        text(150, 60 + 60 * i, "28.60");
    }
    end_page();
    CHECK_INT(finish(), GK_OK);
    CHECK_INT(doc.tables.len, 0);
}

/* Headings in two rows span their columns; one row of figures below them is enough for a table. */
static void bare_groups_of_headings(void) {
    begin();
    page(500, 400);
    text(50, 40, "部门:甲乙");
    text(400, 40, "单位:万元");
    text(220, 60, "一二三四五六"); /* over the last three columns */
    text(60, 66, "合计");
    text(120, 66, "八九");
    text(195, 72, "小计");
    text(240, 72, "七八");
    text(285, 72, "三四");
    text(50, 90, "12.60");
    text(115, 90, "1.20");
    text(190, 90, "11.40");
    text(235, 90, "10.00");
    text(285, 90, "1.40");
    end_page();
    CHECK_INT(finish(), GK_OK);
    CHECK_INT(doc.tables.len, 1);
    CHECK(doc.tables.at[0].merged_known);
    CHECK_STR(cell_text(1, 0), "合计");
    CHECK_STR(cell_text(2, 0), "合计");
    CHECK_STR(cell_text(1, 2), "一二三四五六");
    CHECK_STR(cell_text(1, 4), "一二三四五六");
    CHECK_STR(cell_text(2, 3), "七八");
    CHECK_STR(cell_text(3, 4), "1.40");
    begin(); /* figures under fewer words are none */
    page(500, 400);
    text(50, 60, "一二三四五六七");
    text(50, 76, "八九");
    text(60, 92, "2.50");
    text(120, 92, "1.20");
    text(190, 92, "4.40");
    text(240, 92, "3.00");
    end_page();
    CHECK_INT(finish(), GK_OK);
    CHECK_INT(doc.tables.len, 0);
}

/* Rows with figures between their words are those of a table, however alike the words are to columns of prose. */
static void bare_beside_prose(void) {
    begin();
    page(600, 600);
    for (int i = 0; i < 12; i++) {
        text(50, 60 + 20 * i, "一二三四五六七八九");
        text(170, 60 + 20 * i, "18.20");
        text(210, 60 + 20 * i, "九八七六五四三二一");
        text(330, 60 + 20 * i, "18.20");
    }
    end_page();
    CHECK_INT(finish(), GK_OK);
    CHECK_INT(doc.tables.len, 1);
    CHECK_INT(doc.tables.at[0].rows, 12);
    CHECK_STR(cell_text(5, 2), "九八七六五四三二一");
}

/* A code that stands a letter before its name is a cell of its own. */
static void bare_codes_before_names(void) {
    begin();
    page(500, 400);
    for (int i = 0; i < 4; i++) {
        text(50, 60 + 20 * i, "06");
        text(67, 60 + 20 * i, i % 2 ? "一二三" : "四五六七");
        text(150, 60 + 20 * i, "28.60");
    }
    end_page();
    CHECK_INT(finish(), GK_OK);
    CHECK_INT(doc.tables.len, 1);
    CHECK_STR(cell_text(1, 0), "06");
    CHECK_STR(cell_text(1, 1), "一二三");
}

/* A heading in the middle of its column need not stand over the words and figures at its ends; words that nearly touch the
 * figures before them are of the next column. */
static void bare_headings_beside_their_columns(void) {
    begin();
    page(500, 400);
    text(110, 60, "项");
    text(140, 60, "目");
    text(185, 60, "合计");
    text(275, 60, "四五");
    text(330, 60, "六七");
    static const char *const names[] = {"一二", "三四五", "六七", "八九"};
    static const char *const sums[] = {"12.60", "1.20", "11.40", "10.00"};
    for (int i = 0; i < 4; i++) {
        text(50, 80 + 20 * i, names[i]);
        text(225 - 5 * (i == 1 ? 4 : 5), 80 + 20 * i, sums[i]);
        text(227, 80 + 20 * i, i % 2 ? "甲乙丙" : "丁戊");
        text(350, 80 + 20 * i, "8.00");
    }
    end_page();
    CHECK_INT(finish(), GK_OK);
    CHECK_INT(doc.tables.len, 1);
    CHECK_INT(doc.tables.at[0].cols, 4);
    CHECK_STR(cell_text(0, 1), "合计");
    CHECK_STR(cell_text(2, 0), "三四五");
    CHECK_STR(cell_text(2, 1), "1.20");
    CHECK_STR(cell_text(2, 2), "甲乙丙");
    CHECK_STR(cell_text(2, 3), "8.00");
}

int main(void) {
    gk_doc_init(&doc);
    bare_table();
    bare_labels_of_two_lines();
    bare_headings_of_three_lines();
    bare_cells_that_touch();
    bare_rows_far_apart();
    bare_groups_of_headings();
    bare_beside_prose();
    bare_codes_before_names();
    bare_headings_beside_their_columns();
    gk_doc_free(&doc);
    gk_buf_free(&stream);
    return CHECK_DONE();
}
