/* Lists of one document that tell the same items, of which one adds up. */
#include <stdio.h>

#include "check_text.h"

static const gk_record *told;

/* How many findings there are of a list whose head is `head`, behind another whose head is `other`. */
static size_t twins(const char *other, const char *head, const char *tail) {
    char text[600];
    snprintf(text, sizeof text,
             "某市2025年预算草案的报告\n"
             "2025年全市债务还本支出%s亿元（其中再融资债券安排47.82亿元、一般公共预算安排5.81亿元），利息支出24.2亿元。\n"
             "2025年市级债务还本支出%s亿元（其中再融资债券安排6.51亿元、一般公共预算安排0.83亿元%s），利息支出2.3亿元。\n",
             other, head, tail);
    return findings(text, "checks:parts-in-sentence", "contradicts", &told);
}

int main(void) {
    CHECK_INT(twins("53.63", "9.34", ""), 1);
    if (told) CHECK_STR(told->field[GK_F_RAW], "9.34亿元");
    CHECK_INT(twins("53.63", "7.34", ""), 0);
    CHECK_INT(twins("53.63", "7.35", ""), 0);
    CHECK_INT(twins("57.63", "9.34", ""), 0); /* neither adds up */
    CHECK_INT(twins("53.63", "9.34", "等"), 0); /* there are more */
    check_text_close();
    return CHECK_DONE();
}
