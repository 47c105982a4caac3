/* Amounts that the prose tells again with other digits. */
#include "check_text.h"

static const gk_record *told;

static size_t again(const char *text) { return findings(text, "checks:told-again", "contradicts", &told); }

#define REPORT "某市2024年预算执行情况的报告\n"

int main(void) {
    /* The digits stand in another order: the later figure is told, unless the other is told less often. */
    CHECK_INT(again(REPORT "2024年全市一般公共预算收入63.1亿元。\n2024年，全市一般公共预算收入61.3亿元，再上台阶。\n"), 1);
    CHECK_STR(told->field[GK_F_RAW], "61.3亿元");
    CHECK_INT(again(REPORT "2024年全市一般公共预算收入61.3亿元。\n2024年，全市一般公共预算收入63.1亿元。\n"
                       "2024年，全市一般公共预算收入63.1亿元，再上台阶。\n"), 1);
    CHECK_STR(told->field[GK_F_RAW], "61.3亿元");
    /* One digit of five is another; of three it may well be another thing. */
    CHECK_INT(again(REPORT "2024年全市一般公共预算支出904.12亿元。\n2024年，全市一般公共预算支出904.72亿元。\n"), 1);
    CHECK_INT(again(REPORT "2024年全市一般公共预算收入63.1亿元。\n2024年，全市一般公共预算收入68.1亿元。\n"), 0);
    /* The last digit may be rounded; another unit rounds. */
    CHECK_INT(again(REPORT "2024年全市一般公共预算支出904.12亿元。\n2024年，全市一般公共预算支出904.13亿元。\n"), 0);
    CHECK_INT(again(REPORT "2024年全市一般公共预算支出904.12亿元。\n2024年，全市一般公共预算支出9041238万元。\n"), 0);
    /* A third value: the label belongs to different things. */
    CHECK_INT(again(REPORT "2024年全市一般公共预算收入63.1亿元。\n2024年，全市一般公共预算收入61.3亿元。\n"
                       "2024年，全市一般公共预算收入31.7亿元。\n"), 0);
    /* Changes as amounts are, those that fell, too. */
    CHECK_INT(again(REPORT "全市项目支出比上年减少1246.85万元。\n原因是全市项目支出比上年减少1264.85万元。\n"), 1);
    CHECK_INT(again(REPORT "全市项目支出比上年减少1246.85万元。\n原因是全市项目支出比上年增加1264.85万元。\n"), 0);
    check_text_close();
    return CHECK_DONE();
}
