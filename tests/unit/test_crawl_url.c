/* URLs: canonical forms by table, what is refused and where, parts, and that libcurl reads each form as we do. */
#include <curl/curl.h>

#include "base/limits.h"
#include "check.h"
#include "corpus/crawl/url.h"

static gk_arena arena;

static const char base_text[] = "http://a.gov.cn/b/c/d;p?q";

/* ---- canonical forms ---- */

static const struct form {
    const char *reference, *want;
} forms[] = {
    /* RFC 3986, section 5.4, on http://a.gov.cn/b/c/d;p?q */
    {"g", "http://a.gov.cn/b/c/g"},
    {"./g", "http://a.gov.cn/b/c/g"},
    {"g/", "http://a.gov.cn/b/c/g/"},
    {"/g", "http://a.gov.cn/g"},
    {"//g", "http://g/"},
    {"?y", "http://a.gov.cn/b/c/d;p?y"},
    {"g?y", "http://a.gov.cn/b/c/g?y"},
    {"#s", "http://a.gov.cn/b/c/d;p?q"},
    {"g#s", "http://a.gov.cn/b/c/g"},
    {"g?y#s", "http://a.gov.cn/b/c/g?y"},
    {";x", "http://a.gov.cn/b/c/;x"},
    {"g;x", "http://a.gov.cn/b/c/g;x"},
    {"g;x?y#s", "http://a.gov.cn/b/c/g;x?y"},
    {"", "http://a.gov.cn/b/c/d;p?q"},
    {".", "http://a.gov.cn/b/c/"},
    {"./", "http://a.gov.cn/b/c/"},
    {"..", "http://a.gov.cn/b/"},
    {"../", "http://a.gov.cn/b/"},
    {"../g", "http://a.gov.cn/b/g"},
    {"../..", "http://a.gov.cn/"},
    {"../../", "http://a.gov.cn/"},
    {"../../g", "http://a.gov.cn/g"},
    {"../../../g", "http://a.gov.cn/g"},
    {"../../../../g", "http://a.gov.cn/g"},
    {"/./g", "http://a.gov.cn/g"},
    {"/../g", "http://a.gov.cn/g"},
    {"g.", "http://a.gov.cn/b/c/g."},
    {".g", "http://a.gov.cn/b/c/.g"},
    {"g..", "http://a.gov.cn/b/c/g.."},
    {"..g", "http://a.gov.cn/b/c/..g"},
    {"./../g", "http://a.gov.cn/b/g"},
    {"./g/.", "http://a.gov.cn/b/c/g/"},
    {"g/./h", "http://a.gov.cn/b/c/g/h"},
    {"g/../h", "http://a.gov.cn/b/c/h"},
    {"g;x=1/./y", "http://a.gov.cn/b/c/g;x=1/y"},
    {"g;x=1/../y", "http://a.gov.cn/b/c/y"},
    {"g?y/./x", "http://a.gov.cn/b/c/g?y/./x"},
    {"g?y/../x", "http://a.gov.cn/b/c/g?y/../x"},
    {"g#s/../x", "http://a.gov.cn/b/c/g"},
    /* scheme, host, port */
    {"HTTP://WWW.Example.GOV.cn", "http://www.example.gov.cn/"},
    {"http://h.cn:80/x", "http://h.cn/x"},
    {"https://h.cn:443/x", "https://h.cn/x"},
    {"https://h.cn:80/x", "https://h.cn:80/x"},
    {"http://h.cn:8080/x", "http://h.cn:8080/x"},
    {"http://h.cn:08080/x", "http://h.cn:8080/x"},
    {"http://h.cn:/x", "http://h.cn/x"},
    {"http://h.cn.:8080/x", "http://h.cn:8080/x"},
    {"http://h.cn?x=1", "http://h.cn/?x=1"},
    {"http://h.cn#/x", "http://h.cn/#/x"},
    {"//Other.cn/x", "http://other.cn/x"},
    {"http://under_score.h.cn/", "http://under_score.h.cn/"},
    {"http://192.0.2.7/x", "http://192.0.2.7/x"},
    {"http://[2001:DB8:0:0:0:0:0:1]:8080/x", "http://[2001:db8::1]:8080/x"},
    {"http://[::ffff:192.0.2.7]/", "http://[::ffff:192.0.2.7]/"},
    {"http://localhost/", "http://localhost/"},
    {"http://1.a2/", "http://1.a2/"},
    /* international names: UTS #46 */
    {"http://财政.中国/x", "http://xn--5bvu10g.xn--fiqs8s/x"},
    {"http://财政。中国/x", "http://xn--5bvu10g.xn--fiqs8s/x"},
    {"http://ＷＷＷ.Ｅxample.cn/", "http://www.example.cn/"},
    {"http://Bücher.example/", "http://xn--bcher-kva.example/"},
    {"http://faß.example/", "http://xn--fa-hia.example/"},
    {"http://XN--FIQS8S.cn/", "http://xn--fiqs8s.cn/"},
    /* escapes */
    {"/a%7eb%41%2d%2E%5f", "http://a.gov.cn/a~bA-._"},
    {"/a%2fb%3d%3f", "http://a.gov.cn/a%2Fb%3D%3F"},
    {"/%e9%a2%84", "http://a.gov.cn/%E9%A2%84"},
    {"/%2e%2E/x", "http://a.gov.cn/x"},
    {"/a/%2e/x", "http://a.gov.cn/a/x"},
    {"/100%", "http://a.gov.cn/100%25"},
    {"/100%zz", "http://a.gov.cn/100%25zz"},
    {"/100%2", "http://a.gov.cn/100%252"},
    {"/%2541", "http://a.gov.cn/%2541"},
    {"/%00", "http://a.gov.cn/%00"},
    {"/%5c", "http://a.gov.cn/%5C"},
    {"/a b", "http://a.gov.cn/a%20b"},
    {"/a\"<>^`{|}[]", "http://a.gov.cn/a%22%3C%3E%5E%60%7B%7C%7D%5B%5D"},
    {"/!$&'()*+,;=:@", "http://a.gov.cn/!$&'()*+,;=:@"},
    {"/预算.html", "http://a.gov.cn/%E9%A2%84%E7%AE%97.html"},
    {"/\xD4\xA4\xCB\xE3.html", "http://a.gov.cn/%D4%A4%CB%E3.html"}, /* GBK */
    {"/x?k=\xD4\xA4", "http://a.gov.cn/x?k=%D4%A4"},
    {"/x?a=b c&d=%7e", "http://a.gov.cn/x?a=b%20c&d=~"},
    {"/x?a\\b", "http://a.gov.cn/x?a%5Cb"},
    {"/x?u=http://y.cn/?z", "http://a.gov.cn/x?u=http://y.cn/?z"},
    /* queries */
    {"/x?", "http://a.gov.cn/x"},
    {"/x?&", "http://a.gov.cn/x?&"},
    {"/x?&a", "http://a.gov.cn/x?&a"},
    {"/x?a&", "http://a.gov.cn/x?a&"},
    {"/x?b=2&a=1", "http://a.gov.cn/x?b=2&a=1"},
    {"/x??y", "http://a.gov.cn/x??y"},
    {"/x?y??", "http://a.gov.cn/x?y??"},
    {"/module/web/jpage/dataproxy.jsp?page=1&columnid=7&unitid=9",
     "http://a.gov.cn/module/web/jpage/dataproxy.jsp?page=1&columnid=7&unitid=9"},
    /* slashes */
    {"/a//b", "http://a.gov.cn/a//b"},
    {"/a//../b", "http://a.gov.cn/a/b"},
    {"//h.cn//x", "http://h.cn//x"},
    {"/a/b/../../../c/.", "http://a.gov.cn/c/"},
    /* session parameters */
    {"/x;jsessionid=1F.node2", "http://a.gov.cn/x"},
    {"/x;JSESSIONID=1F?a=1", "http://a.gov.cn/x?a=1"},
    {"/x;a=1;jsessionid=1F;b=2/y", "http://a.gov.cn/x;a=1;b=2/y"},
    {"/x;%6asessionid=1", "http://a.gov.cn/x"},
    {"/x/..;jsessionid=1/y", "http://a.gov.cn/y"},
    {"/x;jsessionid", "http://a.gov.cn/x;jsessionid"},
    {"/x?PHPSESSID=1", "http://a.gov.cn/x"},
    {"/x?PHPSESSID=1&a=2", "http://a.gov.cn/x?a=2"},
    {"/x?a=2&phpsessid=1", "http://a.gov.cn/x?a=2"},
    {"/x?a=2&jsessionid=1&b=3", "http://a.gov.cn/x?a=2&b=3"},
    {"/x?ASPSESSIONIDQQRRS=1&a=2", "http://a.gov.cn/x?a=2"},
    {"/x?cfid=1&cftoken=2&id=3", "http://a.gov.cn/x?id=3"},
    {"/x?sid=769033", "http://a.gov.cn/x?sid=769033"},
    {"/x?myjsessionid=1", "http://a.gov.cn/x?myjsessionid=1"},
    /* fragments that carry identity */
    {"http://yjsgk.h.cn/#/overView?code=320102000", "http://yjsgk.h.cn/#/overView?code=320102000"},
    {"/x#!page/2", "http://a.gov.cn/x#!page/2"},
    {"/x#/预", "http://a.gov.cn/x#/%E9%A2%84"},
    {"/x#/a#b", "http://a.gov.cn/x#/a%23b"},
    {"#/y", "http://a.gov.cn/b/c/d;p?q#/y"},
    {"/gkmlpt/index#1610", "http://a.gov.cn/gkmlpt/index#1610"},
    {"/gkmlpt/post_1.html#1610", "http://a.gov.cn/gkmlpt/post_1.html"},
    {"/gkmlpt/#1610", "http://a.gov.cn/gkmlpt/"},
    {"/x#/", "http://a.gov.cn/x"},
    {"/x#!", "http://a.gov.cn/x"},
    {"/x#!/", "http://a.gov.cn/x"},
    {"/x#", "http://a.gov.cn/x"},
    {"/x#page=2", "http://a.gov.cn/x"},
    /* blanks around it */
    {" \t\r\n/x \n", "http://a.gov.cn/x"},
    {"\xE3\x80\x80/x\xC2\xA0 ", "http://a.gov.cn/x"},
    {"\xEF\xBB\xBFhttp://h.cn/", "http://h.cn/"},
    /* what only looks like a scheme */
    {"1:2", "http://a.gov.cn/b/c/1:2"},
    {"./http:x", "http://a.gov.cn/b/c/http:x"},
    {"/javascript:x", "http://a.gov.cn/javascript:x"},
};

static gk_url read_base(void) {
    gk_url base;
    CHECK_INT(gk_url_read(gk_str_of(base_text), NULL, &arena, &base, NULL), GK_OK);
    return base;
}

/* libcurl must connect where we think it does, and ask for what we think it asks. */
static void check_curl(const gk_url *u) {
    CURLU *h = curl_url();
    char *host = NULL, *port = NULL, *path = NULL, *query = NULL, number[8];
    CHECK_INT(curl_url_set(h, CURLUPART_URL, gk_arena_dup(&arena, u->text).ptr, CURLU_PATH_AS_IS), CURLUE_OK);
    CHECK_INT(curl_url_get(h, CURLUPART_HOST, &host, 0), CURLUE_OK);
    CHECK_INT(curl_url_get(h, CURLUPART_PORT, &port, CURLU_DEFAULT_PORT), CURLUE_OK);
    CHECK_INT(curl_url_get(h, CURLUPART_PATH, &path, 0), CURLUE_OK);
    curl_url_get(h, CURLUPART_QUERY, &query, 0);
    snprintf(number, sizeof number, "%u", u->port);
    CHECK(gk_str_eqz(u->host, host) && gk_str_eqz(u->path, path));
    CHECK_STR(gk_str_of(port), number);
    CHECK(gk_str_eqz(u->query, query ? query : ""));
    curl_free(host), curl_free(port), curl_free(path), curl_free(query);
    curl_url_cleanup(h);
}

/* Taking a form apart gives what reading it gave. */
static void check_split(const gk_url *u) {
    gk_url apart;
    CHECK(gk_url_split(u->text, u->site, &apart));
    CHECK(gk_str_eq(apart.text, u->text) && gk_str_eq(apart.scheme, u->scheme));
    CHECK(gk_str_eq(apart.host, u->host) && gk_str_eq(apart.site, u->site));
    CHECK(gk_str_eq(apart.path, u->path));
    CHECK(gk_str_eq(apart.query, u->query) && !apart.query.ptr == !u->query.ptr);
    CHECK(gk_str_eq(apart.fragment, u->fragment) && !apart.fragment.ptr == !u->fragment.ptr);
    CHECK_INT(apart.port, u->port);
    CHECK(gk_url_split(u->text, GK_STR("elsewhere.example"), &apart));
    CHECK(gk_str_eq(apart.site, u->host));
}

static void test_split(void) {
    static const char *const others[] = {"", "http", "http:/a/", "ftp://a/", "http://a",
                                         "http:///b", "//a/b", "/b", "https:x/", "http://:80/"};
    gk_url u;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) CHECK(!gk_url_split(gk_str_of(others[i]), GK_STR_NONE, &u));
    CHECK(gk_url_split(GK_STR("https://[::1]:8443/a/?b?c#/d?e"), GK_STR_NONE, &u));
    CHECK_STR(u.host, "[::1]");
    CHECK_STR(u.path, "/a/");
    CHECK_STR(u.query, "b?c");
    CHECK_STR(u.fragment, "/d?e");
    CHECK_INT(u.port, 8443);
}

static void test_forms(void) {
    gk_url base = read_base();
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        gk_url u, again;
        gk_err err = {0};
        int code = gk_url_read(gk_str_of(forms[i].reference), &base, &arena, &u, &err);
        if (code) fprintf(stderr, "%s: %s\n", forms[i].reference, err.message);
        CHECK_INT(code, GK_OK);
        if (code) continue;
        CHECK_STR(u.text, forms[i].want);
        CHECK_INT(gk_url_read(u.text, NULL, &arena, &again, NULL), GK_OK);
        CHECK_STR(again.text, forms[i].want); /* the form of a form is itself */
        check_curl(&u);
        check_split(&u);
    }
}

/* Whatever is read from a damaged reference has a form that is its own form. */
static void check_damaged(gk_str reference, const gk_url *base) {
    gk_url u, again;
    gk_err err = {0};
    if (gk_url_read(reference, base, &arena, &u, &err) != GK_OK) {
        if (err.code != GK_E_FORMAT || err.offset > reference.len) CHECK(!"an error without a place");
        return;
    }
    bool same = gk_url_read(u.text, NULL, &arena, &again, NULL) == GK_OK && gk_str_eq(again.text, u.text);
    if (!same) fprintf(stderr, "of %.*s: %.*s\n", GK_STR_ARG(reference), GK_STR_ARG(u.text));
    CHECK(same && again.port == u.port && gk_str_eq(again.site, u.site));
}

static void test_damage(void) {
    static const char hostile[] = "/.;:@?#%[]\\ \t\n\x7F\xD4\xFF=&0";
    gk_url base = read_base();
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        gk_str whole = gk_str_of(forms[i].reference);
        for (size_t cut = 0; cut < whole.len; cut++) {
            check_damaged(gk_str_slice(whole, 0, cut), &base);
            for (size_t h = 0; h < sizeof hostile; h++) { /* the NUL at its end too */
                char copy[256];
                memcpy(copy, whole.ptr, whole.len);
                copy[cut] = hostile[h];
                check_damaged((gk_str){copy, whole.len}, &base);
            }
            gk_arena_reset(&arena);
            base = read_base();
        }
    }
}

/* ---- refusals ---- */

static const struct refusal {
    const char *reference, *message;
    size_t offset;
} refusals[] = {
    {"javascript:void(0)", "another scheme than http and https", 0},
    {"mailto:a@b.cn", "another scheme than http and https", 0},
    {"ftp://h.cn/x", "another scheme than http and https", 0},
    {"file:///etc/passwd", "another scheme than http and https", 0},
    {" data:text/html,x", "another scheme than http and https", 1},
    {"httpss://h.cn", "another scheme than http and https", 0},
    {"http:x", "no host", 4},
    {"http:/x", "no host", 4},
    {"http://", "no host", 7},
    {"http:///x", "no host", 7},
    {"http://:80/", "no host", 7},
    {"http://?x", "no host", 7},
    {"//", "no host", 2},
    {"http://user@h.cn/", "a name or password before the host", 11},
    {"http://user:pw@h.cn/", "a name or password before the host", 14},
    {"http://h.cn:80@evil.cn/", "a name or password before the host", 14},
    {"http://@h.cn/", "a name or password before the host", 7},
    {"http:\\\\h.cn\\x", "a backslash in a URL", 5},
    {"http://h.cn\\@evil.cn/", "a backslash in a URL", 11},
    {"/x\\y", "a backslash in a URL", 2},
    {"\\x", "a backslash in a URL", 0},
    {"/a\tb", "a control character in a URL", 2},
    {"/a\nb", "a control character in a URL", 2},
    {"http://h\r\n.cn/", "a control character in a URL", 8},
    {"/x\x7F", "a control character in a URL", 2},
    {"/x?a\x01", "a control character in a URL", 4},
    {"http://2130706433/", "a number that is no plain dotted address", 7},
    {"http://0x7f.1/", "a number that is no plain dotted address", 7},
    {"http://127.1/", "a number that is no plain dotted address", 7},
    {"http://127.0.0.0x1/", "a number that is no plain dotted address", 7},
    {"http://0177.0.0.1/", "a number that is no plain dotted address", 7},
    {"http://017700000001/", "a number that is no plain dotted address", 7},
    {"http://127.0.0.1.1/", "a number that is no plain dotted address", 7},
    {"http://256.0.0.1/", "a number that is no plain dotted address", 7},
    {"http://h.cn.1/", "a number that is no plain dotted address", 7},
    {"http://0x/", "a number that is no plain dotted address", 7},
    {"http://127。0。0。1/", "a number that is no plain dotted address", 7},
    {"http://１２７.0.0.1/", "a number that is no plain dotted address", 7},
    {"http://①②⑦.0.0.1/", "a number that is no plain dotted address", 7},
    {"http://a..cn/", "a host with an empty label", 7},
    {"http://.cn/", "a host with an empty label", 7},
    {"http://./", "no host", 7},
    {"http://a b.cn/", "a character that no host has", 7},
    {"http://a%2ecn/", "a character that no host has", 7},
    {"http://a%00.cn/", "a character that no host has", 7},
    {"http://a,b.cn/", "a character that no host has", 7},
    {"http://h.cn／x.y.cn/", "a character that no host has", 7}, /* a wide slash becomes one */
    {"http://h.cn＠evil.cn/", "a character that no host has", 7},
    {"http://\xD4\xA4\xCB\xE3.cn/", "a host that is not UTF-8", 7},
    {"http://h.cn:x/", "no port", 12},
    {"http://h.cn:0/", "no port", 12},
    {"http://h.cn:65536/", "no port", 12},
    {"http://h.cn:80:80/", "no port", 12},
    {"http://h.cn:-1/", "no port", 12},
    {"http://[::1/", "no IPv6 address", 7},
    {"http://[::g]/", "no IPv6 address", 7},
    {"http://[fe80::1%25eth0]/", "no IPv6 address", 7},
    {"http://[::1]x/", "no IPv6 address", 11},
    {"http://[]/", "no IPv6 address", 7},
    {"http://::1/", "no host", 7},
    {"http://[127.0.0.1]/", "no IPv6 address", 7},
};

static void check_refused(gk_str reference, const gk_url *base, const char *message, size_t offset) {
    gk_url u;
    gk_err err = {0};
    CHECK_INT(gk_url_read(reference, base, &arena, &u, &err), GK_E_FORMAT);
    if (!gk_str_eqz(gk_str_of(err.message), message)) fprintf(stderr, "of %.*s:\n", GK_STR_ARG(reference));
    CHECK_STR(gk_str_of(err.message), message);
    CHECK_INT(err.offset, offset);
}

static void test_refusals(void) {
    gk_url base = read_base();
    for (size_t i = 0; i < sizeof refusals / sizeof *refusals; i++)
        check_refused(gk_str_of(refusals[i].reference), &base, refusals[i].message, refusals[i].offset);
    check_refused(GK_STR("/x"), NULL, "a relative URL without a base", 0);
    check_refused(GK_STR("//h.cn/x"), NULL, "a relative URL without a base", 0);
    check_refused(GK_STR("/a\0b"), &base, "a control character in a URL", 2);
    check_refused(GK_STR("http://h\0.cn/"), &base, "a control character in a URL", 8);
}

static void test_lengths(void) {
    static char text[3 * GK_MAX_URL_BYTES];
    gk_url u;
    memset(text, 'a', sizeof text);
    memcpy(text, "http://h.cn/", 12);
    CHECK_INT(gk_url_read((gk_str){text, GK_MAX_URL_BYTES}, NULL, &arena, &u, NULL), GK_OK);
    CHECK_INT(u.text.len, GK_MAX_URL_BYTES);
    check_refused((gk_str){text, GK_MAX_URL_BYTES + 1}, NULL, "a URL of more than 8192 bytes", 0);
    memset(text + 12, '\xD4', 4000); /* each becomes three */
    check_refused((gk_str){text, 4000}, NULL, "a URL of more than 8192 bytes", 0);
    memset(text, 'a', sizeof text);
    memcpy(text, "http://", 7);
    check_refused((gk_str){text, 7 + 64}, NULL, "a host label of more than 63 octets", 7);
    for (size_t i = 7 + 50; i < 400; i += 50) text[i] = '.';
    check_refused((gk_str){text, 7 + 260}, NULL, "a host of more than 253 octets", 7);
    check_refused((gk_str){text, 7 + 2000}, NULL, "a host of more than 253 octets", 7);
}

/* ---- parts ---- */

static void test_parts(void) {
    gk_url u, v;
    CHECK_INT(gk_url_read(GK_STR("http://WWW.Example.GOV.cn:80/x/y/"), NULL, &arena, &u, NULL), GK_OK);
    CHECK_INT(gk_url_read(GK_STR("../a%7eb/./\xD4\xA4.html;jsessionid=1F#top"), &u, &arena, &v, NULL), GK_OK);
    CHECK_STR(v.text, "http://www.example.gov.cn/x/a~b/%D4%A4.html"); /* the example of the header */
    CHECK_INT(gk_url_read(GK_STR("HTTPS://Czj.Huai.GOV.cn:8443/a/b.html?x=1#/y"), NULL, &arena, &u, NULL), GK_OK);
    CHECK_STR(u.scheme, "https");
    CHECK_STR(u.host, "czj.huai.gov.cn");
    CHECK_STR(u.path, "/a/b.html");
    CHECK_STR(u.query, "x=1");
    CHECK_STR(u.fragment, "/y");
    CHECK_STR(u.site, "huai.gov.cn");
    CHECK_INT(u.port, 8443);
    CHECK_STR(gk_url_target(&u), "https://czj.huai.gov.cn:8443/a/b.html?x=1");
    CHECK_INT(gk_url_read(GK_STR("../c?"), &u, &arena, &v, NULL), GK_OK);
    CHECK_STR(v.text, "https://czj.huai.gov.cn:8443/c");
    CHECK_STR(v.site, "huai.gov.cn");
    CHECK_INT(v.port, 8443);
    CHECK(!v.query.ptr && !v.fragment.ptr);
    CHECK_STR(gk_url_target(&v), "https://czj.huai.gov.cn:8443/c");
    CHECK_INT(gk_url_read(GK_STR("//www.huai.gov.cn/"), &u, &arena, &v, NULL), GK_OK);
    CHECK_STR(v.text, "https://www.huai.gov.cn/"); /* the port does not come along to another host */
    CHECK_INT(v.port, 443);
}

/* Registrable domains by the public suffix list: gov.cn and the provinces' *.cn are suffixes. */
static void test_sites(void) {
    static const char *const pairs[][2] = {
        {"http://www.xiang.gov.cn/", "xiang.gov.cn"}, {"http://gov.cn/", "gov.cn"},
        {"http://yjs.jsczt.cn/", "jsczt.cn"},         {"http://a.b.c.ah.cn/", "c.ah.cn"},
        {"http://www.h.com.cn/", "h.com.cn"},         {"http://192.0.2.7/", "192.0.2.7"},
        {"http://[2001:db8::1]/", "[2001:db8::1]"},   {"http://localhost/", "localhost"},
        {"http://www.财政.中国/", "xn--5bvu10g.xn--fiqs8s"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        gk_url u;
        CHECK_INT(gk_url_read(gk_str_of(pairs[i][0]), NULL, &arena, &u, NULL), GK_OK);
        CHECK_STR(u.site, pairs[i][1]);
    }
}

static void test_words(void) {
    gk_url u, base = read_base();
    gk_url_read(GK_STR("/%E9%A2%84%E7%AE%97.pdf?n=1#/x"), &base, &arena, &u, NULL);
    CHECK_STR(gk_url_words(&u, &arena), "/预算.pdf?n=1");
    gk_url_read(GK_STR("/\xD4\xA4\xCB\xE3\xB9\xAB\xBF\xAA.pdf"), &base, &arena, &u, NULL);
    CHECK_STR(gk_url_words(&u, &arena), "/预算公开.pdf");
    gk_url_read(GK_STR("/a%00%01"), &base, &arena, &u, NULL);
    CHECK_STR(gk_url_words(&u, &arena), "/a%00%01"); /* no text: left as it is */
}

int main(void) {
    test_forms();
    test_split();
    test_damage();
    test_refusals();
    test_lengths();
    test_parts();
    test_sites();
    test_words();
    gk_arena_free(&arena);
    return CHECK_DONE();
}
