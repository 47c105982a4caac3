/* Meta tags of a page in the document record: forms, preference, placeholders, and the division of the site. */
#include "extract_text.h"

typedef struct tag {
    const char *name, *content;
} tag;

/* Reads a text as if it came from a page with these tags, ended by a NULL name. */
static const gk_record *page(const char *text, const tag *tags) {
    text_read(text);
    for (; tags->name; tags++)
        *gk_vec_push(&text_doc.metas) = (gk_meta){gk_str_of(tags->name), gk_str_of(tags->content)};
    gk_err err = {0};
    CHECK_INT(gk_extract(text_extractor, &text_doc, &text_result, &err), GK_OK);
    return &text_result.document;
}

static gk_str dated(const char *date) {
    return gk_get(page("说明", (const tag[]){{"PubDate", date}, {NULL, NULL}}), GK_F_PUBLISHED);
}

static void test_dates(void) {
    CHECK_STR(dated("2025-01-31 09:30"), "2025-01-31T09:30");
    CHECK_STR(dated("2025/1/5"), "2025-01-05");
    CHECK_STR(dated("2025年1月5日 9:05:07"), "2025-01-05T09:05:07");
    CHECK_STR(dated("2025-02-01 9"), "2025-02-01");
    CHECK_STR(dated("2025-13-01"), "");
    CHECK_STR(dated("{{date}}"), "");
    CHECK_STR(dated("99999999999999999999-1-1"), "");
    CHECK_STR(dated(""), "");
}

static void test_fields(void) {
    const gk_record *d = page("说明", (const tag[]){{"SITENAME", "{{name}}"},
                                                   {"sitename", "某某网"},
                                                   {"SiteName", "另一网"},
                                                   {"SiteIDCode", "BM12345678"},
                                                   {"ColumnName", "预决算"},
                                                   {"ContentSource", "某某局"},
                                                   {"ArticleTitle", "某某局说明"},
                                                   {"title", "某某局说明-某某网"},
                                                   {NULL, NULL}});
    CHECK_STR(gk_get(d, GK_F_SITE), "某某网");
    CHECK_STR(gk_get(d, GK_F_SITE_CODE), "bm12345678");
    CHECK_STR(gk_get(d, GK_F_CHANNEL), "预决算");
    CHECK_STR(gk_get(d, GK_F_ORIGIN), "某某局");
    CHECK_STR(gk_get(d, GK_F_TITLE), "某某局说明");
    CHECK_STR(gk_get(d, GK_F_DIVISION), "");
    d = page("说明", (const tag[]){{"SiteName", "某某网"}, {"title", "公开说明 - 某某网"}, {NULL, NULL}});
    CHECK_STR(gk_get(d, GK_F_TITLE), "公开说明");
    d = page("说明", (const tag[]){{"SiteName", "某某网"}, {"title", "某某网"}, {"SiteIDCode", "12345"}, {NULL, NULL}});
    CHECK_STR(gk_get(d, GK_F_TITLE), "某某网");
    CHECK_STR(gk_get(d, GK_F_SITE_CODE), "");
}

static gk_str agency(const char *text, const char *origin) {
    return gk_get(page(text, (const tag[]){{"ContentSource", origin}, {NULL, NULL}}), GK_F_AGENCY);
}

/* Where a page comes from is the agency where it is an office and the text names none. */
static void test_agency(void) {
    CHECK_STR(agency("说明", "望汐市统计局"), "望汐市统计局");
    CHECK_STR(agency("说明", "望汐市统计局 国家统计局望汐调查队"), "望汐市统计局");
    CHECK_STR(agency("说明", "望汐日报"), "");
    CHECK_STR(agency("说明", "望汐市政府门户网站"), "");
    CHECK_STR(agency("望汐市财政局2031年部门预算", "望汐市人民政府"), "望汐市财政局");
}

static void test_division(void) {
    const tag tags[] = {{"SiteIDCode", "1101010001"}, {NULL, NULL}};
    CHECK_STR(gk_get(page("说明", tags), GK_F_DIVISION), "110101");
    CHECK_STR(gk_get(page("说明", tags), GK_F_REGION), "北京市\x1f东城区");
    CHECK_STR(gk_get(page("天津市财政局说明", tags), GK_F_DIVISION), "120000");
    CHECK_STR(gk_get(page("说明", (const tag[]){{"SiteIDCode", "0000000001"}, {NULL, NULL}}), GK_F_DIVISION), "");
}

int main(void) {
    test_dates();
    test_fields();
    test_agency();
    test_division();
    (void)text_fact, (void)text_fate; /* What the header has besides. */
    text_close();
    return CHECK_DONE();
}
