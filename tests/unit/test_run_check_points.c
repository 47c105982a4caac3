/* Scores that the prose tells with those they are made of. */
#include "check_text.h"

#define REPORT(scores) "望汐县水利局2031年部门整体绩效自评报告\n" scores "\n"

static size_t wrong(const char *text, const gk_record **last) { return findings(text, "checks:points", "contradicts", last); }

/* What was scored adds up, not what could be. */
static void sums(void) {
    const gk_record *last = NULL;
    CHECK_INT(wrong(REPORT("综合评分91.5分，其中：投入10分得9.5分，过程20分得18分，产出40分得37分，效果30分得27分。"), &last),
              0);
    CHECK_INT(wrong(REPORT("综合评分92.5分，其中：投入10分得9.5分，过程20分得18分，产出40分得37分，效果30分得27分。"), &last),
              1);
    if (last) CHECK_STR(last->field[GK_F_RAW], "92.5");
    if (last) CHECK_STR(gk_get(last, GK_F_CHECK), "score");
    if (last) CHECK_STR(gk_get(last, GK_F_EXPECTED), "{\"low\":\"91.5\",\"high\":\"91.5\"}");
}

/* Two scores, a score that nothing announces, and what is no score say nothing. */
static void silence(void) {
    const gk_record *last = NULL;
    CHECK_INT(wrong(REPORT("综合评分92.5分，其中：投入10分得9.5分，过程20分得18分。"), &last), 0);
    CHECK_INT(wrong(REPORT("扣减92.5分，其中：投入9分，过程18分，产出37分，效果27分。"), &last), 0);
    CHECK_INT(wrong(REPORT("综合评分5000分，其中：投入1000分，过程1000分，产出1000分，效果1000分。"), &last), 0);
    CHECK_INT(wrong(REPORT("综合评分99999999999999999999999999999999分，其中：投入99999999999999999999999999999999分，"
                           "过程99999999999999999999999999999999分，产出99999999999999999999999999999999分。"),
                    &last), 0);
}

int main(void) {
    sums();
    silence();
    check_text_close();
    return CHECK_DONE();
}
