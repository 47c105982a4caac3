/* The list of entry pages: what is read, and the place of each mistake. */
#include "check.h"
#include "corpus/crawl/seeds.h"

static void read_well(void) {
    gk_seeds s = {0};
    gk_err err = {0};
    gk_str text = GK_STR("\xEF\xBB\xBF"
                         "label\turl\tdivision_code\tregion\tagency\r\n"
                         "预决算\tHTTP://WWW.Wangxi.GOV.cn:80/czj/yjs/\t990123\t望汐县\t望汐县财政局\r\n"
                         "# not yet\thttp://a/\n"
                         "\n"
                         "\thttp://yjsgk.wangxi.gov.cn/#/overView?code=990123000\t\t\t");
    CHECK_INT(gk_seeds_read(text, GK_STR("a.tsv"), &s, &err), GK_OK);
    CHECK_INT(s.list.len, 2);
    CHECK_STR(s.list.at[0].url.text, "http://www.wangxi.gov.cn/czj/yjs/");
    CHECK_STR(s.list.at[0].url.site, "wangxi.gov.cn");
    CHECK_STR(s.list.at[0].label, "预决算");
    CHECK_STR(s.list.at[0].division_code, "990123");
    CHECK_STR(s.list.at[0].region, "望汐县");
    CHECK_STR(s.list.at[0].agency, "望汐县财政局");
    CHECK_INT(s.list.at[0].line, 2);
    CHECK_STR(s.list.at[1].url.text, "http://yjsgk.wangxi.gov.cn/#/overView?code=990123000");
    CHECK(s.list.at[1].label.ptr == NULL);
    CHECK_INT(s.list.at[1].line, 5);
    gk_seeds_free(&s);
}

typedef struct mistake {
    const char *text;
    uint32_t line, column;
    const char *message;
} mistake;

static void refuse(const mistake *m) {
    gk_seeds s = {0};
    gk_err err = {0};
    CHECK_INT(gk_seeds_read(gk_str_of(m->text), GK_STR("a.tsv"), &s, &err), GK_E_FORMAT);
    if (strstr(err.message, m->message) == NULL)
        check_failed++, fprintf(stderr, "the message of %s is \"%s\", not \"%s\"\n", m->text, err.message, m->message);
    CHECK_INT(err.line, m->line);
    CHECK_INT(err.column, m->column);
    CHECK_STR(gk_str_of(err.file), "a.tsv");
    gk_seeds_free(&s);
}

static const mistake mistakes[] = {
    {"", 0, 0, "no first line"},
    {"# nothing\n", 0, 0, "no first line"},
    {"url\tlabel\turl\n", 1, 11, "comes twice"},
    {"label\tURL\n", 1, 7, "\"URL\" is no column"},
    {"label\tregion\n", 1, 1, "no column \"url\""},
    {"http://a.cn/\n", 1, 1, "is no column"},
    {"url\tlabel\nhttp://a.cn/\n", 2, 13, "fewer cells"},
    {"url\tlabel\nhttp://a.cn/\tx\ty\n", 2, 16, "more cells"},
    {"url\tlabel\n\tx\n", 2, 1, "needs a URL"},
    {"url\nftp://a.cn/\n", 2, 1, "http"},
    {"region\turl\n望汐\thttp://u:p@a.cn/\n", 2, 14, ""},
    {"url\tdivision_code\nhttp://a.cn/\t99012\n", 2, 14, "six digits"},
    {"url\tdivision_code\nhttp://a.cn/\t99012x\n", 2, 14, "six digits"},
    {"url\nhttp://a.cn/x\nhttp://b.cn/\n http://A.cn:80/x\n", 4, 2, "on line 2"},
};

static void refuse_bytes(void) {
    gk_seeds s = {0};
    gk_err err = {0};
    CHECK_INT(gk_seeds_read(GK_STR("url\n\xC2\xD6\n"), GK_STR("a.tsv"), &s, &err), GK_E_FORMAT);
    CHECK_STR(gk_str_of(err.message), "seeds are UTF-8, and byte 5 is not");
    gk_seeds_free(&s);
    CHECK_INT(gk_seeds_load("/nowhere/a.tsv", &s, &err), GK_E_OPEN);
    CHECK_STR(gk_str_of(err.file), "/nowhere/a.tsv");
    gk_seeds_free(&s);
}

/* Many seeds are read in time that grows with their number; the last one is found to be the first one again. */
static void read_many(void) {
    enum { COUNT = 20000 };
    gk_buf text = {0};
    gk_seeds s = {0};
    gk_err err = {0};
    gk_buf_put(&text, GK_STR("url\n"));
    for (int i = 0; i < COUNT; i++) gk_buf_printf(&text, "http://www.a%d.gov.cn/yjs/\n", i);
    CHECK_INT(gk_seeds_read(gk_buf_str(&text), GK_STR("a.tsv"), &s, &err), GK_OK);
    CHECK_INT(s.list.len, COUNT);
    gk_seeds_free(&s);
    gk_buf_put(&text, GK_STR("http://www.a0.gov.cn/yjs/\n"));
    CHECK_INT(gk_seeds_read(gk_buf_str(&text), GK_STR("a.tsv"), &s, &err), GK_E_FORMAT);
    CHECK_INT(err.line, COUNT + 2);
    CHECK_STR(gk_str_of(err.message), "this URL stands on line 2 already");
    gk_seeds_free(&s);
    gk_buf_free(&text);
}

int main(void) {
    read_well();
    for (size_t i = 0; i < sizeof mistakes / sizeof *mistakes; i++) refuse(&mistakes[i]);
    refuse_bytes();
    read_many();
    return CHECK_DONE();
}
