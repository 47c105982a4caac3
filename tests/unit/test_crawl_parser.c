/* The process that reads pages: what it gives, its death, its hanging, its replacement. */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "check.h"
#include "corpus/archive/gzip.h"
#include "corpus/crawl/parser.h"
#include "corpus/crawl/wire.h"

static gk_site_visit visit_of(const char *url) {
    return (gk_site_visit){.url = gk_str_of(url), .kind = GK_LINK_ENTRY, .status = 200};
}

/* Waits for the next answer, at most about ten seconds. */
static bool wait_for(gk_parser *p, gk_parsed *out) {
    for (int i = 0; i < 100; i += !gk_parser_sending(p)) {
        if (gk_parser_next(p, out)) return true;
        struct pollfd fd = {.fd = gk_parser_fd(p), .events = POLLIN};
        poll(&fd, 1, gk_parser_sending(p) ? 1 : 100);
    }
    return false;
}

static const char list_page[] = "<html><body><ul>"
                                "<li><a href='a/1.pdf'>望汐县2024年预算公开表</a><span>2024-01-30</span></li>"
                                "<li><a href='20240129/1234567.shtml'>县财政局2024年度单位预算</a> 2024-01-29</li>"
                                "</ul></body></html>";

static void read_pages(gk_sites *sites) {
    gk_err err = {0};
    gk_parser_options o = {.sites = sites};
    gk_parser *p = gk_parser_new(&o, &err);
    int users[300];
    CHECK(p != NULL);
    for (int i = 0; i < 300; i++) {
        gk_site_visit v = visit_of("http://www.wangxi.gov.cn/yjs/");
        gk_parser_add(p, &v, gk_str_of(list_page), &users[i]);
    }
    CHECK_INT(gk_parser_waiting(p), 300);
    CHECK(gk_parser_bytes(p) > 300 * sizeof list_page);
    for (int i = 0; i < 300; i++) {
        gk_parsed got;
        if (!wait_for(p, &got)) break;
        CHECK(got.user == &users[i]); /* in the order of the questions */
        CHECK_INT(got.page.outcome, GK_OUTCOME_OK);
        CHECK_INT(got.page.link_count, 2);
        CHECK_STR(got.page.links[1].url, "http://www.wangxi.gov.cn/yjs/20240129/1234567.shtml");
        CHECK_STR(got.page.links[1].text, "县财政局2024年度单位预算");
        CHECK_STR(got.page.newest, "2024-01-30");
    }
    CHECK_INT(gk_parser_waiting(p), 0);
    CHECK_INT(gk_parser_bytes(p), 0);
    gk_parser_free(p);
}

static void check_coded(gk_parser *p, const char *codings, gk_str body, gk_outcome outcome, size_t links) {
    gk_site_visit v = visit_of("http://www.wangxi.gov.cn/yjs/");
    gk_parsed got = {0};
    v.codings = gk_str_of(codings);
    gk_parser_add(p, &v, body, NULL);
    CHECK(wait_for(p, &got));
    CHECK_INT(got.page.outcome, outcome);
    CHECK_INT(got.page.link_count, links);
    if (outcome != GK_OUTCOME_OK) CHECK_STR(got.page.why, "the content coding cannot be undone");
}

/* Content codings are undone by the child, under their limits; what is damaged ends the page and not the child. */
static void read_coded(gk_sites *sites) {
    enum { ZEROS = 16 << 20 };
    gk_err err = {0};
    gk_parser_options o = {.sites = sites};
    gk_parser *p = gk_parser_new(&o, &err);
    gk_squeezer *z = gk_squeezer_new();
    gk_buf page = {0}, twice = {0}, bomb = {0};
    char *zeros = gk_alloc_zero(ZEROS, 1);
    gk_squeeze(z, gk_str_of(list_page), true, &page);
    gk_squeeze(z, gk_buf_str(&page), true, &twice);
    gk_squeeze(z, (gk_str){zeros, ZEROS}, true, &bomb);
    check_coded(p, "gzip", gk_buf_str(&page), GK_OUTCOME_OK, 2);
    check_coded(p, "gzip, x-gzip", gk_buf_str(&twice), GK_OUTCOME_OK, 2);
    check_coded(p, "gzip", gk_str_slice(gk_buf_str(&page), 0, page.len - 9), GK_OUTCOME_BAD_ENCODING, 0);
    check_coded(p, "rot13", gk_str_of(list_page), GK_OUTCOME_BAD_ENCODING, 0);
    check_coded(p, "gzip", gk_buf_str(&bomb), GK_OUTCOME_TOO_LARGE, 0);
    check_coded(p, "identity", gk_str_of(list_page), GK_OUTCOME_OK, 2);
    gk_buf_free(&page);
    gk_buf_free(&twice);
    gk_buf_free(&bomb);
    free(zeros);
    gk_squeezer_free(z);
    gk_parser_free(p);
}

/* A page of many megabytes comes through the socket in pieces, and so does what stands before and behind it. */
static void read_large(gk_sites *sites) {
    enum { SIZE = 24 << 20 };
    gk_err err = {0};
    gk_parser_options o = {.sites = sites};
    gk_parser *p = gk_parser_new(&o, &err);
    char *large = gk_alloc(SIZE);
    memset(large, 'x', SIZE);
    memcpy(large, "%PDF-1.4\n", 9);
    gk_site_visit v = visit_of("http://www.wangxi.gov.cn/yjs/"), f = visit_of("http://www.wangxi.gov.cn/a.pdf");
    f.kind = GK_LINK_ATTACHMENT;
    gk_parser_add(p, &v, gk_str_of(list_page), NULL);
    gk_parser_add(p, &f, (gk_str){large, SIZE}, NULL);
    gk_parser_add(p, &v, gk_str_of(list_page), NULL);
    gk_parsed got;
    CHECK(wait_for(p, &got) && got.page.link_count == 2);
    CHECK(wait_for(p, &got));
    CHECK_INT(got.page.kind, GK_LINK_ATTACHMENT);
    CHECK_STR(got.page.media_type, "application/pdf");
    CHECK(wait_for(p, &got) && got.page.link_count == 2);
    gk_parser_free(p);
    free(large);
}

/* ---- children that fail: what confines them is what kills them */

static int pipe_ends[2];

static int die(void *user, int fd) {
    (void)user;
    _exit(1);
    return fd;
}

static int hang(void *user, int fd) {
    (void)user;
    for (bool forever = true; forever;) pause();
    return fd;
}

/* The first child dies, every later one works: it finds what the first one left in the pipe. */
static int die_once(void *user, int fd) {
    (void)user;
    struct pollfd left = {.fd = pipe_ends[0], .events = POLLIN};
    if (poll(&left, 1, 0) == 1) return fd;
    if (write(pipe_ends[1], "x", 1) != 1) _exit(2);
    _exit(1);
}

static void fail_pages(gk_sites *sites, gk_parser_confine *confine, unsigned seconds, gk_outcome want) {
    gk_err err = {0};
    gk_parser_options o = {.sites = sites, .confine = confine, .seconds = seconds};
    gk_parser *p = gk_parser_new(&o, &err);
    gk_site_visit v = visit_of("http://www.wangxi.gov.cn/yjs/");
    gk_parser_add(p, &v, gk_str_of(list_page), &o);
    gk_parser_add(p, &v, gk_str_of(list_page), &err);
    gk_parsed got = {0};
    CHECK(wait_for(p, &got));
    CHECK(got.user == &o);
    CHECK_INT(got.page.outcome, want);
    CHECK(got.page.why.len > 0);
    CHECK_INT(got.page.link_count, 0);
    CHECK(wait_for(p, &got));
    CHECK(got.user == &err);
    CHECK_INT(got.page.outcome, want);
    CHECK_INT(gk_parser_waiting(p), 0);
    gk_parser_free(p);
}

static void survive_one_death(gk_sites *sites) {
    gk_err err = {0};
    gk_parser_options o = {.sites = sites, .confine = die_once};
    gk_parser *p = gk_parser_new(&o, &err);
    gk_site_visit v = visit_of("http://www.wangxi.gov.cn/yjs/");
    gk_parser_add(p, &v, gk_str_of(list_page), NULL);
    gk_parsed got = {0};
    CHECK(wait_for(p, &got));
    CHECK_INT(got.page.outcome, GK_OUTCOME_OK);
    CHECK_INT(got.page.link_count, 2);
    gk_parser_free(p);
}

/* ---- the bytes between */

static void refuse_damaged(void) {
    gk_buf bytes = {0};
    gk_site_link links[2] = {{.kind = GK_LINK_ARTICLE, .url = GK_STR("http://a.cn/1"), .year = 2024, .score = -7},
                             {.kind = GK_LINK_OTHER, .url = GK_STR("http://a.cn/2")}};
    gk_site_page page = {.profile = GK_STR("trs"), .kind = GK_LINK_LIST, .outcome = GK_OUTCOME_OK, .links = links};
    page.link_count = 2;
    page.entries_hash = 0x123456789ABCDEF0u;
    gk_arena arena = {0};
    gk_site_page got;
    gk_wire_put_page(&page, &bytes);
    gk_str whole = gk_wire_message(gk_buf_str(&bytes));
    CHECK(gk_wire_page(whole, &arena, &got));
    CHECK_INT(got.link_count, 1); /* without the one of kind OTHER */
    CHECK_STR(got.links[0].url, "http://a.cn/1");
    CHECK_INT(got.links[0].score, -7);
    CHECK(got.links[0].text.ptr == NULL);
    CHECK(got.entries_hash == page.entries_hash);
    for (size_t n = 0; n < whole.len; n++) CHECK(!gk_wire_page(gk_str_slice(whole, 0, n), &arena, &got));
    for (size_t n = 0; n < bytes.len; n++) CHECK(gk_wire_message(gk_str_slice(gk_buf_str(&bytes), 0, n)).ptr == NULL);
    for (size_t n = 0; n + 4 <= whole.len; n++) { /* any number may be anything */
        char kept[4];
        memcpy(kept, whole.ptr + n, 4);
        memset(bytes.ptr + GK_WIRE_HEAD + n, 0xFE, 4);
        gk_wire_page(whole, &arena, &got);
        memcpy(bytes.ptr + GK_WIRE_HEAD + n, kept, 4);
    }
    gk_arena_free(&arena);
    gk_buf_free(&bytes);
}

int main(void) {
    gk_err err = {0};
    gk_sites *sites = gk_sites_load(NULL, &err);
    CHECK(sites != NULL);
    CHECK(pipe(pipe_ends) == 0);
    if (sites) {
        read_pages(sites);
        read_coded(sites);
        read_large(sites);
        fail_pages(sites, die, 0, GK_OUTCOME_PARSE_CRASH);
        fail_pages(sites, hang, 1, GK_OUTCOME_PARSE_TIMEOUT);
        survive_one_death(sites);
    }
    gk_sites_free(sites);
    refuse_damaged();
    return CHECK_DONE();
}
