/* Pages from hostile servers: reading must end, whatever the page is said to be, and what it tells must be valid text. The
 * first byte says as what the page is read. Start from the pages in corpus/sites and from tests/fuzz/seeds. */
#include <stdlib.h>

#include "corpus/crawl/site.h"
#include "text/charset.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const gk_str urls[] = {
    {"http://www.wangxi.gov.cn/czyjs/", 31},
    {"http://www.wangxi.gov.cn/zwgk/czyjs/12.htm", 42},
    {"http://www.wangxi.gov.cn/gkmlpt/api/all/1610?page=1&sid=7", 57},
    {"http://www.wangxi.gov.cn/gkmlpt/index#1610", 42},
    {"http://www.wangxi.gov.cn/module/jpage/dataproxy.jsp?startrecord=1&endrecord=15&perpage=15", 89},
    {"http://www.wangxi.gov.cn/public/column/6596?type=4", 50},
    {"http://www.wangxi.gov.cn/zfxxgk/index_7401_1.htm", 48},
    {"http://www.wangxi.gov.cn/a/b.pdf", 32},
};

static void check(gk_str s) {
    if (!gk_utf8_valid(s, NULL)) abort();
}

static void check_page(const gk_site_page *page) {
    check(page->title);
    check(page->why);
    check(page->name);
    for (size_t i = 0; i < page->link_count; i++) {
        const gk_site_link *l = &page->links[i];
        check(l->url);
        check(l->body);
        check(l->text);
        check(l->name);
        if (!l->url.len || l->kind == GK_LINK_OTHER) abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static gk_sites *sites;
    if (!sites && !(sites = gk_sites_load(NULL, NULL))) abort();
    if (size == 0) return 0;
    gk_arena arena = {0};
    gk_site_page page;
    gk_site_visit visit = {.url = urls[data[0] % 8], .kind = (gk_link_kind)(data[0] / 8 % 5), .status = 200};
    visit.request_body = data[0] & 0x80 ? GK_STR("col=1&columnid=2") : GK_STR_NONE;
    visit.disposition = (gk_str){(const char *)data + 1, size > 200 ? 200 : size - 1};
    gk_sites_read(sites, &visit, (gk_str){(const char *)data + 1, size - 1}, &arena, &page);
    check_page(&page);
    gk_arena_free(&arena);
    return 0;
}
