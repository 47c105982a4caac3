/* Headings that their places tell: words written here, and the cells they become. */
#include "check.h"
#include "read/heads.h"

static hd_word words[HD_MOST];
static hd_heads heads;

/* Letters are 10 wide; a line is told by its middle. */
static void word(float x0, float x1, float y) {
    words[heads.count++] = (hd_word){.x0 = x0, .x1 = x1, .y = y, .lead = 10};
}

static void begin(const float *edges, uint32_t cols) {
    heads = (hd_heads){.edges = edges, .cols = cols, .size = 10, .words = words};
}

static void check(size_t i, uint32_t row, uint32_t rowspan, uint32_t col, uint32_t colspan) {
    const hd_cell *c = &heads.cells[words[i].cell];
    CHECK_INT(c->row, row);
    CHECK_INT(c->rowspan, rowspan);
    CHECK_INT(c->col, col);
    CHECK_INT(c->colspan, colspan);
}

/* Two groups over two columns each; what has none stands between the rows. A label of two lines fills its column. */
static void groups(void) {
    static const float edges[] = {0, 100, 150, 200, 250, 300};
    begin(edges, 5);
    word(130, 170, 10); /* over columns 1 and 2 */
    word(230, 270, 10); /* over columns 3 and 4 */
    word(30, 70, 16);
    word(105, 145, 22);
    word(160, 190, 22);
    word(205, 245, 22);
    word(260, 290, 22);
    CHECK(hd_arrange(&heads));
    CHECK_INT(heads.rows, 2);
    CHECK_INT(heads.len, 7);
    check(0, 0, 1, 1, 2);
    check(1, 0, 1, 3, 2);
    check(2, 0, 2, 0, 1);
    check(3, 1, 1, 1, 1);
    check(6, 1, 1, 4, 1);
}

/* Three rows: a group of two columns lies below one of three, beside a column of its own. */
static void groups_in_groups(void) {
    static const float edges[] = {0, 100, 150, 200, 250};
    begin(edges, 4);
    word(135, 215, 10);
    word(165, 235, 24); /* over columns 2 and 3: too wide for one */
    word(30, 70, 24);
    word(110, 140, 31);
    word(160, 190, 38);
    word(210, 240, 38);
    CHECK(hd_arrange(&heads));
    CHECK_INT(heads.rows, 3);
    check(0, 0, 1, 1, 3);
    check(1, 1, 1, 2, 2);
    check(2, 0, 3, 0, 1);
    check(3, 1, 2, 1, 1);
    check(5, 2, 1, 3, 1);
}

/* The next line of a label that had no room is no row; below one that had, it is. */
static void lines_of_a_cell(void) {
    static const float edges[] = {0, 100, 150, 200};
    begin(edges, 3);
    word(105, 145, 10);
    word(30, 70, 16);
    word(160, 190, 16);
    word(115, 135, 22);
    CHECK(hd_arrange(&heads));
    CHECK_INT(heads.rows, 1);
    CHECK_INT(heads.len, 3);
    CHECK_INT(words[0].cell, words[3].cell);
    check(0, 0, 1, 1, 1);
}

/* A column without a label is not told; nor is a group that stands in the middle of no columns. */
static void untold(void) {
    static const float edges[] = {0, 100, 150, 200, 400};
    begin(edges, 3);
    word(30, 70, 10);
    word(110, 140, 10);
    CHECK(!hd_arrange(&heads));
    begin(edges, 4);
    word(130, 170, 10);
    word(30, 70, 16);
    word(110, 140, 22);
    word(160, 190, 22);
    word(220, 380, 22);
    CHECK(!hd_arrange(&heads));
}

int main(void) {
    groups();
    groups_in_groups();
    lines_of_a_cell();
    untold();
    return CHECK_DONE();
}
