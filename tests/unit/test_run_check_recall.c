/* Check rules on sentences that came before with other figures and subjects: what is told is the same as by a checker that
 * remembers nothing. */
#include "check/engine.h"
#include "extract_text.h"

static gk_buf told;

/* The findings of a document, with those that hold. */
static gk_str findings(gk_checker *c, const char *text) {
    text_read(text);
    gk_check(c, &text_doc, &text_result, true);
    gk_buf_clear(&told);
    for (size_t i = 0; i < text_result.records.len; i++) {
        const gk_record *r = &text_result.records.at[i];
        if (r->kind != GK_KIND_FINDING) continue;
        gk_buf_printf(&told, "%.*s %.*s %.*s %.*s\n", GK_STR_ARG(r->id), GK_STR_ARG(r->field[GK_F_RULE]),
                      GK_STR_ARG(gk_get(r, GK_F_STATUS)), GK_STR_ARG(gk_get(r, GK_F_TERMS)));
    }
    gk_str not_run = gk_get(&text_result.document, GK_F_NOT_RUN);
    gk_buf_printf(&told, "%.*s", GK_STR_ARG(not_run));
    return gk_buf_str(&told);
}

#define HEAD "望汐县档案馆2024年度部门决算\n"

/* The sentences of the first come again in others, at other places, with other figures, and with their subjects in other
 * numbers of the line. */
static const char *const documents[] = {
    HEAD "2024年公用经费26.81万元,比上年减少1.24万元,下降4.42%。\n",
    HEAD "2024年公用经费26.81万元,比上年减少1.24万元,下降44.2%。\n",
    HEAD "2024年会议费8万元。2024年公用经费26.81万元,比上年减少1.24万元,下降4.42%。"
         "2024年公用经费30万元,比上年减少10万元,下降20%。\n",
    HEAD "2024年度项目支出年初预算为250万元,支出决算为240万元,完成年初预算的96%。\n"
         "2024年度项目支出年初预算为250万元,支出决算为240万元,完成年初预算的69%。\n",
    HEAD "2024年度支出合计100万元,其中:\n基本支出40万元,占40%;\n项目支出60万元,占60%。\n",
    HEAD "2024年度支出合计100万元,其中:\n基本支出40万元,占40%;\n项目支出50万元,占60%;\n经营支出10万元,占10%。\n",
    HEAD "2024年度支出合计100万元,其中:\n一、收入情况\n基本支出40万元,占30%;\n项目支出60万元,占60%。\n",
};

enum { DOCUMENTS = sizeof documents / sizeof *documents };

static void same_as_fresh(void) {
    gk_checker *old = NULL;
    char *want[DOCUMENTS];
    text_read(documents[0]);
    for (size_t i = 0; i < DOCUMENTS; i++) {
        gk_checker *fresh = gk_checker_new(text_set);
        gk_str s = findings(fresh, documents[i]);
        want[i] = gk_alloc_zero(s.len + 1, 1);
        memcpy(want[i], s.ptr, s.len);
        gk_checker_free(fresh);
    }
    old = gk_checker_new(text_set);
    for (size_t round = 0; round < 2; round++)
        for (size_t i = 0; i < DOCUMENTS; i++) CHECK_STR(findings(old, documents[i]), want[i]);
    for (size_t i = DOCUMENTS; i-- > 0;) CHECK_STR(findings(old, documents[i]), want[i]);
    CHECK(strstr(want[0], "checks:change-rate holds") != NULL);
    CHECK(strstr(want[1], "checks:change-rate contradicts") != NULL);
    CHECK(strstr(want[3], "checks:execution-rate contradicts") != NULL);
    CHECK(strstr(want[4], "checks:shares-of-list holds") != NULL);
    CHECK(strstr(want[5], "checks:shares-of-list contradicts") != NULL);
    CHECK(strstr(want[6], "checks:shares-of-list") == NULL); /* another section is no part of the list */
    for (size_t i = 0; i < DOCUMENTS; i++) free(want[i]);
    gk_checker_free(old);
}

/* A line of more subjects than have numbers of three digits: the sentences of it are told all the same. */
static void many_subjects(void) {
    gk_buf b = {0};
    gk_checker *c = gk_checker_new(text_set);
    gk_buf_printf(&b, HEAD);
    for (unsigned i = 0; i < 1200; i++) gk_buf_printf(&b, "第%u号工程支出%u万元。", i, i + 10);
    gk_buf_printf(&b, "2024年公用经费26.81万元,比上年减少1.24万元,下降44.2%%。\n");
    gk_str s = findings(c, b.ptr);
    CHECK(gk_str_find(s, GK_STR("checks:change-rate contradicts")) != SIZE_MAX);
    gk_buf_free(&b);
    gk_checker_free(c);
}

int main(void) {
    (void)text_fact, (void)text_fate;
    same_as_fresh();
    many_subjects();
    gk_buf_free(&told);
    text_close();
    return CHECK_DONE();
}
