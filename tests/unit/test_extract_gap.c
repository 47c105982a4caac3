/* What is remembered of the text between figures: the same is said with and without it, in every order. */
#include "extract/gap.h"
#include "extract_text.h"

#define HEAD "云川县林业局2024年部门预算\n"

/* The same words at other places: at the start of a block, behind a figure, at its end, in a cell. */
static const char *const texts[] = {
    HEAD "会议费5万元,比上年减少2.5万元。",
    HEAD "会议费7.25万元,比上年减少1,200.5万元。",
    HEAD "万元,比上年减少3万元。",
    HEAD "培训12次,比上年增加两次。",
    HEAD "两次。培训12两次。两次",
    HEAD "2024年5月。2024年5万元。5月2024年",
    HEAD "1.会议费5万元。\n1.5万元为会议费。\n(1)会议费5万元\n1",
    HEAD "增长-5%。增长3-5%。增长5 -3%。",
    HEAD "约5万元,近6万元以上,近-7万元。",
    HEAD "项目\t2024年\n1\t5万元\n3月\t(1)会议费6万元",
    HEAD "3千余份,3千余,3亿,3千。",
    HEAD "得分5.\n得分98.5分。第3。",
    /* Rules look beyond the words beside the number: a day behind the month, a unit behind the next number. */
    HEAD "2024年12月31日。2024年12万元。2024年12月31日。2024年12万元。2024年12月31日。2024年12万元。",
    HEAD "3月5日3月5个3月5日3月5个3月5日3月5个",
};

static void put_field(gk_buf *out, const gk_record *r, gk_field f) {
    gk_buf_putc(out, '|');
    gk_buf_put(out, gk_get(r, f));
}

static void put_result(gk_buf *out) {
    static const gk_field fields[] = {GK_F_RAW,  GK_F_VALUE, GK_F_UNIT,      GK_F_SUBJECT, GK_F_MEASURE,
                                      GK_F_YEAR, GK_F_RULE,  GK_F_QUALIFIER, GK_F_AGAINST};
    for (size_t i = 0; i < text_result.records.len; i++) {
        const gk_record *r = &text_result.records.at[i];
        gk_buf_put(out, r->id);
        for (size_t f = 0; f < sizeof fields / sizeof *fields; f++) put_field(out, r, fields[f]);
        gk_buf_putc(out, '\n');
    }
    for (size_t i = 0; i < text_result.digits.len; i++) {
        const gk_digits *d = &text_result.digits.at[i];
        gk_buf_printf(out, "%d %.*s %.*s\n", d->fate, GK_STR_ARG(gk_digits_why(d)), GK_STR_ARG(gk_digits_rule(d)));
    }
}

static void read_into(gk_buf *out, const char *text) {
    text_read(text);
    gk_buf_clear(out);
    put_result(out);
}

static void other_extractor(void) {
    gk_extractor_free(text_extractor);
    text_extractor = gk_extractor_new(text_set);
}

static void same_in_every_order(void) {
    enum { TEXTS = sizeof texts / sizeof *texts };
    gk_buf alone[TEXTS] = {0}, now = {0};
    text_read(HEAD);
    for (size_t i = 0; i < TEXTS; i++) {
        other_extractor();
        read_into(&alone[i], texts[i]);
        CHECK(alone[i].len > 0);
    }
    for (size_t round = 0; round < 2; round++)
        for (size_t i = 0; i < TEXTS; i++) {
            read_into(&now, texts[i]);
            CHECK_STR(gk_buf_str(&now), alone[i].ptr);
        }
    other_extractor();
    for (size_t i = TEXTS; i-- > 0;) {
        read_into(&now, texts[i]);
        CHECK_STR(gk_buf_str(&now), alone[i].ptr);
    }
    for (size_t i = 0; i < TEXTS; i++) gk_buf_free(&alone[i]);
    gk_buf_free(&now);
}

static void cuts(void) {
    text_read(HEAD "上年5万元,比上年减少2.5万元。");
    CHECK_INT(text_extractor->gap_at.len, 3);
    const gk_gap_at *g = text_extractor->gap_at.at;
    gk_str v = gk_buf_str(&text_extractor->view->text);
    CHECK_STR(gk_str_slice(v, g[0].start, g[0].end), "上年");
    CHECK_STR(gk_str_slice(v, g[1].start, g[1].end), "万元,比上年减少");
    CHECK_STR(gk_str_slice(v, g[2].start, g[2].end), "万元。");
    const gk_gap *first = g[0].gap, *inner = g[1].gap, *last = g[2].gap;
    CHECK(first && inner && last);
    CHECK_INT(inner->unit.kind, GK_NUMBER_AMOUNT);
    CHECK_INT(inner->unit.power, 4);
    CHECK_INT(inner->unit.reach, 6);
    CHECK_INT(inner->numerals, GK_NUMERALS_NONE);
    /* The same texts elsewhere: kept under the same name where their edges are alike. */
    text_read(HEAD "上年7万元,比上年减少1万元。5");
    g = text_extractor->gap_at.at;
    CHECK(g[0].gap == first);
    CHECK(g[1].gap == inner);
    CHECK(g[2].gap != last);
}

/* Every block has a gap of its own: what finds no room is read all the same. */
static void bounded(void) {
    enum { BLOCKS = 9000 };
    static const char *const signs[] = {"甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬", "癸"};
    gk_buf text = {0};
    gk_buf_put(&text, GK_STR(HEAD));
    for (int i = 0; i < BLOCKS; i++) {
        for (int n = i + 10000; n; n /= 10) gk_buf_put(&text, gk_str_of(signs[n % 10]));
        gk_buf_put(&text, GK_STR("会议费5万元。\n"));
    }
    gk_buf_put(&text, GK_STR("最后会议费6万元。"));
    other_extractor();
    text_read(text.ptr);
    CHECK(text_extractor->gap_at.at[0].gap == NULL);
    CHECK_STR(text_fact(GK_KIND_AMOUNT, "6万元", 0), "60000 最后会议费 budget 2024 -");
    text_read(HEAD "最后会议费6万元。");
    CHECK(text_extractor->gap_at.at[0].gap != NULL);
    CHECK_STR(text_fact(GK_KIND_AMOUNT, "6万元", 0), "60000 最后会议费 budget 2024 -");
    gk_buf_free(&text);
}

/* The third time the answer is the one that is kept: it holds for these words and this number alone. */
static void answers(void) {
    for (int i = 0; i < 4; i++) {
        text_read(HEAD "公开第3号表。\n2023年支出5万元。\n3.会议费5万元。");
        CHECK_STR(text_fate("2023", 0), "date");
        CHECK_STR(text_fate("3", 0), "law");
        CHECK_STR(text_fate("3", 1), "ordinal");
        text_read(HEAD "2023万元支出5万元。\n会议费3万元。\n(3)会议费5万元。");
        CHECK_STR(text_fate("2023", 0), "claimed");
        CHECK_STR(text_fate("3", 0), "claimed");
        CHECK_STR(text_fate("3", 1), "ordinal");
        text_read(HEAD "2023年12月3日。\n2023年12万元。");
        CHECK_STR(text_fate("12", 0), "date");
        CHECK_STR(text_fate("12", 1), "claimed");
    }
}

/* A year alone is none where a classifier follows; the words beside it decide, not the ones that were read before. */
static void fates(void) {
    text_read(HEAD "2024年支出5万元。");
    CHECK_STR(text_fate("2024", 1), "date");
    text_read(HEAD "2024万元支出5万元。");
    CHECK_STR(text_fate("2024", 1), "claimed");
    text_read(HEAD "2024年支出5万元。");
    CHECK_STR(text_fate("2024", 1), "date");
}

/* A unit that holds a digit reaches beyond the gap: nothing is kept. */
static void words_with_digits(void) {
    static const gk_str files[][2] = {{{"a.yaml", 6},
                                       GK_STR("maps:\n"
                                              "  units:\n"
                                              "    m2: quantity\n"
                                              "    m3: quantity\n")}};
    gk_err err = {0};
    gk_set *set = gk_set_load_memory(files, 1, &err), *own = text_set;
    CHECK_STR(gk_str_of(err.message), "");
    if (!set) return;
    text_set = set;
    other_extractor();
    text_read("面积5m2,面积6m3。");
    CHECK(text_extractor->gap_at.at[0].gap == NULL);
    const gk_record *r = text_record(GK_KIND_QUANTITY, "5m2", 0);
    CHECK_STR(r ? r->field[GK_F_UNIT] : GK_STR_NONE, "m2");
    text_set = own;
    other_extractor();
    gk_set_free(set);
}

int main(void) {
    same_in_every_order();
    cuts();
    bounded();
    answers();
    fates();
    words_with_digits();
    text_close();
    return CHECK_DONE();
}
