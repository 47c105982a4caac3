/* Figures of the prose as rules see them: by what they count, whatever stands before them and wherever their line stands. */
#include "check_text.h"

static const gk_record *told;

static size_t wrong(const char *text) { return findings(text, "checks:shares-of-list", "contradicts", &told); }

#define USES                                                                                                           \
    "全年用水总量8.00亿立方米，其中农业用水量5.00亿立方米，占全年用水总量的62.5%；"                                    \
    "工业用水量2.00亿立方米，占35.0%；生活用水量1.00亿立方米，占12.5%。\n"

int main(void) {
    CHECK_INT(wrong("某市2024年国民经济和社会发展统计公报\n" USES), 1);
    CHECK_STR(told->field[GK_F_RAW], "35.0%");
    CHECK_INT(told->span.start, 53 + 146);
    /* What is told in times as much is no count; what stands behind it is one again. */
    CHECK_INT(wrong("某市2024年国民经济和社会发展统计公报\n全年城市绿地面积是上年的1.2倍。\n" USES), 1);
    CHECK_STR(told->field[GK_F_RAW], "35.0%");
    /* The first line of a document is no table, whether or not one stands behind it. */
    CHECK_INT(wrong(USES), 1);
    CHECK_INT(wrong(USES "项目\t金额\n合计\t12\n"), 1);
    check_text_close();
    return CHECK_DONE();
}
