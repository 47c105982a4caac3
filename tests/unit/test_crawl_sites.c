/* Site profiles: the tests that stand in corpus/sites, and what they cannot say: other encodings, hostile pages, saved pages
 * of real sites where they are at hand. */
#include <time.h>

#include "check.h"
#include "corpus/crawl/site.h"

static void print(void *user, gk_str line) {
    (void)user;
    fprintf(stderr, "%.*s\n", GK_STR_ARG(line));
}

static void test_builtin(gk_sites *s) {
    size_t tests = 0;
    CHECK_INT(gk_sites_test(s, print, NULL, &tests), 0);
    CHECK(tests > 60);
}

typedef struct reading {
    gk_arena arena;
    gk_site_page page;
} reading;

static void read_page(gk_sites *s, reading *r, gk_link_kind kind, const char *url, gk_str body) {
    gk_site_visit visit = {.url = gk_str_of(url), .kind = kind, .status = 200};
    gk_sites_read(s, &visit, body, &r->arena, &r->page);
}

/* 预算 (GBK d4a4 cbe3) 公开 (b9ab bfaa), declared as something else; the name of a file in the path is GBK too. */
static void test_gbk(gk_sites *s) {
    static const char page[] =
        "<html><head><meta charset=\"utf-8\"><title>\xd4\xa4\xcb\xe3\xb9\xab\xbf\xaa</title></head><body><ul><li>"
        "<a href=\"t20240205_1.html\">2024\xc4\xea\xb2\xbf\xc3\xc5\xd4\xa4\xcb\xe3</a> 2024-02-05</li>"
        "<li><a href=\"\xd4\xa4\xcb\xe3.pdf\"></a></li></ul></body></html>";
    reading r = {0};
    read_page(s, &r, GK_LINK_LIST, "http://www.wangxi.gov.cn/czyjs/", (gk_str){page, sizeof page - 1});
    CHECK_STR(r.page.title, "预算公开");
    CHECK_INT(r.page.link_count, 2);
    CHECK_STR(r.page.links[0].text, "2024年部门预算");
    CHECK_STR(r.page.links[0].date, "2024-02-05");
    CHECK_INT(r.page.links[0].year, 2024);
    CHECK_INT(r.page.links[1].kind, GK_LINK_ATTACHMENT);
    CHECK_STR(r.page.links[1].name, "预算.pdf");
    gk_arena_free(&r.arena);
}

static void test_media(gk_sites *s) {
    static const struct {
        const char *body;
        const char *type;
        gk_link_kind kind;
    } rows[] = {
        {"%PDF-1.7", "application/pdf", GK_LINK_ATTACHMENT},
        {"PK\x03\x04xxxx[Content_Types].xml..xl/workbook.xml",
         "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", GK_LINK_ATTACHMENT},
        {"PK\x03\x04xxxxdocument.bin", "application/zip", GK_LINK_ATTACHMENT},
        {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "application/x-ole-storage", GK_LINK_ATTACHMENT},
        {" \n{\"a\":1}", "application/json", GK_LINK_OTHER},
        {"<html></html>", "text/html", GK_LINK_OTHER},
        {"abc", "text/plain", GK_LINK_OTHER},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        reading r = {0};
        read_page(s, &r, GK_LINK_LIST, "http://www.wangxi.gov.cn/x", gk_str_of(rows[i].body));
        CHECK_STR(r.page.media_type, rows[i].type);
        CHECK_INT(r.page.kind, rows[i].kind);
        gk_arena_free(&r.arena);
    }
}

static void test_bad(gk_sites *s) {
    reading r = {0};
    read_page(s, &r, GK_LINK_LIST, "http://www.wangxi.gov.cn/", GK_STR("<html>\0\0\0</html>"));
    CHECK_INT(r.page.outcome, GK_OUTCOME_BAD_ENCODING);
    CHECK(r.page.why.len > 0);
    read_page(s, &r, GK_LINK_LIST, "http://www.wangxi.gov.cn/", GK_STR(""));
    CHECK_INT(r.page.outcome, GK_OUTCOME_SOFT_404);
    read_page(s, &r, GK_LINK_LIST, "no address", GK_STR("<html></html>"));
    CHECK_INT(r.page.outcome, GK_OUTCOME_BAD_ENCODING);
    gk_arena_free(&r.arena);
}

/* The set of entries of two pages is compared by a number that their order does not change. */
static void test_hash(gk_sites *s) {
    static const char *const pages[] = {"<a href=t20240101_1.html>A</a><a href=t20240101_2.html>B</a>",
                                        "<a href=t20240101_2.html>A</a><a href=t20240101_1.html>B</a>",
                                        "<a href=t20240101_2.html>A</a><a href=t20240101_3.html>B</a>"};
    uint64_t hash[3];
    for (size_t i = 0; i < 3; i++) {
        reading r = {0};
        read_page(s, &r, GK_LINK_PAGE, "http://w.gov.cn/l/", gk_str_of(pages[i]));
        CHECK_INT(r.page.entries, 2);
        hash[i] = r.page.entries_hash;
        gk_arena_free(&r.arena);
    }
    CHECK(hash[0] == hash[1]);
    CHECK(hash[0] != hash[2]);
}

/* --- hostile pages --- */

static double read_repeated(gk_sites *s, gk_str head, gk_str piece, size_t bytes, size_t *memory) {
    gk_buf page = {0};
    reading r = {0};
    gk_buf_put(&page, head);
    while (page.len < bytes) gk_buf_put(&page, piece);
    clock_t start = clock();
    read_page(s, &r, GK_LINK_LIST, "http://www.wangxi.gov.cn/gkmlpt/index#7", gk_buf_str(&page));
    double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
    *memory = r.arena.total;
    gk_arena_free(&r.arena);
    gk_buf_free(&page);
    return seconds;
}

/* Each of these is a beginning and a piece that is repeated until the page has 4 MiB. What takes longer than linear time
 * takes minutes then. */
static void test_hostile(gk_sites *s) {
    static const struct {
        const char *head, *piece;
    } pages[] = {
        {"", "<a href=x>"},
        {"", "<a href=\""},
        {"", "<div>"},
        {"", "<li><a href=/t20240101_1.html>x</a>2024-01-01"},
        {"", "<!--"},
        {"", "<script></"},
        {"<a ", "b=c "},
        {"<a href='", "../"},
        {"", "createPageHTML(1,"},
        {"createPageHTML(1", "        "},
        {"createPageHTML(", "a=1;"},
        {"\"html\"", "a(1,1,\"a\","},
        {"\"html\"a(", "        "},
        {"下一页", "<a tagname=\"x.html\" "},
        {"下一页<a ", "('x.html' "},
        {"querydata=\"{", "<div class=\"pagination "},
        {"<nextgroup>", "<nextgroup> <a "},
        {"SID:'1'", "{\"id\":1,"},
        {"ajaxParam", "ajaxParam:{ totalRecord:1 perPage:1 proxyUrl:\"a\""},
        {"{\"articles\":", "["},
        {"[0", ",0"},
        {"", "2024-01-"},
        {"<p>", "&#x4e00;&amp&lt"},
        {"", "<title>"},
        {"", "\xE4\xBA\x8C\xE3\x80\x87"},
    };
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        size_t memory = 0;
        double seconds = read_repeated(s, gk_str_of(pages[i].head), gk_str_of(pages[i].piece), 4u << 20, &memory);
        if (seconds > 5 || memory > (64u << 20))
            fprintf(stderr, "hostile page %zu (%s): %.1f s, %zu bytes\n", i, pages[i].piece, seconds, memory);
        CHECK(seconds <= 5);
        CHECK(memory <= 64u << 20);
    }
}

/* --- saved pages of real sites --- */

static gk_str load(const char *name, gk_buf *room) {
    const char *shared = getenv("GK_SHARED");
    char path[1000];
    snprintf(path, sizeof path, "%s/documents/site-pages/%s", shared ? shared : "", name);
    FILE *in = fopen(path, "rb");
    if (!in) return GK_STR_NONE;
    gk_buf_clear(room);
    for (size_t got = 1; got;) {
        char *more = gk_buf_room(room, 65536);
        got = fread(more, 1, 65536, in);
        room->len += got;
    }
    fclose(in);
    return gk_buf_str(room);
}

typedef struct saved {
    const char *name, *url, *profile;
    gk_link_kind kind;
    gk_outcome outcome;
    unsigned pages, entries;
} saved;

static void test_saved(gk_sites *s) {
    static const saved rows[] = {
        {"FIXTURE_challenge_jsl_521.html", "http://a.gov.cn/", "generic", GK_LINK_OTHER, GK_OUTCOME_CHALLENGE, 0, 0},
        {"FIXTURE_challenge_ruishu_412.html", "http://a.gov.cn/", "generic", GK_LINK_OTHER, GK_OUTCOME_CHALLENGE, 0, 0},
        {"FIXTURE_gkmlpt.json", "http://a.gov.cn/gkmlpt/api/all/1?page=1&sid=7", "gkmlpt-list", GK_LINK_LIST, GK_OUTCOME_OK,
         1, 1},
        {"FIXTURE_hanweb_dataproxy.xml", "http://a.gov.cn/module/jpage/dataproxy.jsp?page=4&columnid=1", "hanweb", GK_LINK_LIST,
         GK_OUTCOME_OK, 309, 1},
        {"FIXTURE_hanweb_embedded_col.html", "http://a.gov.cn/col/col33718/index.html", "hanweb", GK_LINK_LIST,
         GK_OUTCOME_OK, 0, 2},
        {"FIXTURE_jpaas_list.html", "http://a.gov.cn/col/col1229629046/index.html", "jpaas", GK_LINK_LIST,
         GK_OUTCOME_OK, 20, 1},
        {"FIXTURE_trs_pager.html", "http://a.gov.cn/x/", "trs-disclosure", GK_LINK_LIST, GK_OUTCOME_OK, 50, 1},
        {"FIXTURE_vsb_article.html", "http://a.gov.cn/info/1/2.htm", "vsb", GK_LINK_ARTICLE, GK_OUTCOME_OK, 0, 1},
        {"gov_cmse_trs2.html", "http://a.gov.cn/xwzx/zhxw/202101/t20210106_47506.html", "generic", GK_LINK_ARTICLE,
         GK_OUTCOME_OK, 0, 0},
    };
    gk_buf room = {0};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        reading r = {0};
        gk_str body = load(rows[i].name, &room);
        if (!body.ptr) continue;
        read_page(s, &r, GK_LINK_LIST, rows[i].url, body);
        CHECK_STR(r.page.profile, rows[i].profile);
        CHECK_INT(r.page.kind, rows[i].kind);
        CHECK_INT(r.page.outcome, rows[i].outcome);
        CHECK_INT(r.page.pages, rows[i].pages);
        CHECK_INT(r.page.entries, rows[i].entries);
        gk_arena_free(&r.arena);
    }
    gk_buf_free(&room);
}

static const gk_site_link *link_of(const gk_site_page *p, const char *url) {
    for (size_t i = 0; i < p->link_count; i++)
        if (gk_str_eqz(p->links[i].url, url)) return &p->links[i];
    return NULL;
}

/* The page of a province with its budgets: values read off the page by eye. */
static void test_province(gk_sites *s) {
    gk_buf room = {0};
    reading r = {0};
    gk_str body = load("gov_gd_gkmlpt_caizheng.html", &room);
    if (body.ptr) {
        read_page(s, &r, GK_LINK_ENTRY, "http://www.gd.gov.cn/zwgk/czxx/index.html", body);
        CHECK_INT(r.page.kind, GK_LINK_LIST);
        CHECK_STR(r.page.site_code, "4400000131");
        CHECK_STR(r.page.column, "财政信息");
        const gk_site_link *l = link_of(&r.page, "http://www.gd.gov.cn/attachment/0/596/596797/4789564.pdf");
        CHECK(l != NULL);
        if (l) CHECK_STR(l->text, "广东省人民政府关于2025年省级财政第二次预算调整方案的报告");
        if (l) CHECK_STR(l->date, "2025-10-27");
        if (l) CHECK_INT(l->kind, GK_LINK_ATTACHMENT);
        CHECK(link_of(&r.page, "http://www.gd.gov.cn/zwgk/czxx/sjczyjs/js/index.html") != NULL);
        CHECK(link_of(&r.page, "http://www.gd.gov.cn/") == NULL);
    }
    gk_arena_free(&r.arena);
    gk_buf_free(&room);
}

int main(void) {
    gk_err err = {0};
    gk_sites *s = gk_sites_load(NULL, &err);
    if (!s) {
        gk_buf message = {0};
        gk_err_print(&err, &message);
        fprintf(stderr, "%s\n", message.ptr);
        return EXIT_FAILURE;
    }
    test_builtin(s);
    test_gbk(s);
    test_media(s);
    test_bad(s);
    test_hash(s);
    test_hostile(s);
    test_saved(s);
    test_province(s);
    gk_sites_free(s);
    return CHECK_DONE();
}
