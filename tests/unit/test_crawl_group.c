/* Server groups: what belongs together, and when who may be asked. */
#include <stdio.h>

#include "check.h"
#include "corpus/crawl/group.h"

static gk_group of(gk_groups *g, const char *host, const char *site) {
    return gk_groups_of(g, gk_str_of(host), gk_str_of(site));
}

static void test_names(void) {
    gk_groups *g = gk_groups_new(0);
    gk_group a = of(g, "www.a.gov.cn", "a.gov.cn"), b = of(g, "www.b.gov.cn", "b.gov.cn");
    CHECK_INT(a, 1);
    CHECK_INT(b, 2);
    CHECK_INT(of(g, "www.a.gov.cn", "a.gov.cn"), a);
    CHECK_INT(of(g, "czj.a.gov.cn", "a.gov.cn"), a); /* by the site */
    CHECK_INT(of(g, "a.gov.cn", "a.gov.cn"), a);
    CHECK_INT(of(g, "x.cn", ""), 3); /* no site: by its own */
    CHECK_INT(of(g, "y.cn", ""), 4);
    gk_groups_free(g);
    gk_groups_free(NULL);
}

static void test_addresses(void) {
    gk_groups *g = gk_groups_new(0);
    gk_group a = of(g, "a.cn", "a.cn"), b = of(g, "b.cn", "b.cn"), c = of(g, "c.cn", "c.cn"), d = of(g, "d.cn", "d.cn");
    gk_groups_address(g, c, GK_STR("192.0.2.1"));
    gk_groups_address(g, b, GK_STR("192.0.2.1"));
    CHECK_INT(of(g, "c.cn", "c.cn"), b); /* the smaller number */
    CHECK_INT(of(g, "www.c.cn", "c.cn"), b);
    gk_groups_address(g, b, GK_STR("192.0.2.1"));
    gk_groups_address(g, c, GK_STR("2001:db8::1")); /* the old number is still good */
    gk_groups_address(g, a, GK_STR("2001:db8::1"));
    CHECK_INT(of(g, "b.cn", "b.cn"), a);
    CHECK_INT(of(g, "c.cn", "c.cn"), a);
    CHECK_INT(of(g, "d.cn", "d.cn"), d);
    gk_groups_address(g, a, GK_STR(""));
    gk_groups_address(g, d, GK_STR("")); /* an unknown address joins nothing */
    CHECK_INT(of(g, "d.cn", "d.cn"), d);
    gk_groups_address(g, d, GK_STR("a.cn")); /* a host is no address */
    CHECK_INT(of(g, "d.cn", "d.cn"), d);
    gk_groups_free(g);
}

static void test_one_in_flight(void) {
    gk_groups *g = gk_groups_new(1000);
    gk_group a = of(g, "a.cn", "a.cn"), b = of(g, "b.cn", "b.cn");
    int64_t when = -1;
    CHECK(gk_groups_ready(g, a, 5000, &when));
    CHECK_INT(when, -1);
    gk_groups_begin(g, a, 5000);
    CHECK(!gk_groups_ready(g, a, 9999999, &when));
    CHECK_INT(when, INT64_MAX);
    CHECK(gk_groups_ready(g, b, 5000, NULL)); /* another group waits for nobody */
    gk_groups_end(g, a, 5100, 100);
    CHECK(!gk_groups_ready(g, a, 6099, &when));
    CHECK_INT(when, 6100);
    CHECK(gk_groups_ready(g, a, 6100, NULL));
    gk_groups_free(g);
}

/* Groups that turn out to be one while both are asked: one waits for both. */
static void test_join_in_flight(void) {
    gk_groups *g = gk_groups_new(10);
    gk_group a = of(g, "a.cn", "a.cn"), b = of(g, "b.cn", "b.cn");
    gk_groups_begin(g, a, 0);
    gk_groups_begin(g, b, 0);
    gk_groups_address(g, a, GK_STR("192.0.2.1"));
    gk_groups_address(g, b, GK_STR("192.0.2.1"));
    gk_groups_end(g, b, 100, 2);
    CHECK(!gk_groups_ready(g, a, 1000, NULL) && !gk_groups_ready(g, b, 1000, NULL));
    gk_groups_end(g, a, 200, 2);
    CHECK(!gk_groups_ready(g, b, 209, NULL));
    CHECK(gk_groups_ready(g, b, 210, NULL));
    gk_groups_end(g, a, 200, 2); /* one end too many does no harm */
    CHECK(gk_groups_ready(g, b, 1000, NULL));
    gk_groups_free(g);
}

static int64_t pause_after(gk_groups *g, gk_group n, int64_t now, uint32_t elapsed) {
    int64_t when = now;
    gk_groups_begin(g, n, now - elapsed);
    gk_groups_end(g, n, now, elapsed);
    gk_groups_ready(g, n, now, &when);
    return when - now;
}

static void test_pauses(void) {
    gk_groups *g = gk_groups_new(500);
    gk_group a = of(g, "a.cn", "a.cn"), b = of(g, "b.cn", "b.cn"), c = of(g, "c.cn", "c.cn");
    CHECK_INT(pause_after(g, a, 1000, 100), 500);   /* the option */
    CHECK_INT(pause_after(g, b, 1000, 3000), 6000); /* twice what the server took */
    CHECK_INT(pause_after(g, b, 20000, 1000), 5000); /* mean: 3000 - 750 + 250 */
    CHECK_INT(pause_after(g, b, 40000, 2500000), 300000);
    gk_groups_crawl_delay(g, a, 7000);
    CHECK_INT(pause_after(g, a, 50000, 100), 7000);
    gk_groups_crawl_delay(g, a, 2000); /* the larger one of two hosts holds */
    CHECK_INT(pause_after(g, a, 60000, 100), 7000);
    gk_groups_crawl_delay(g, c, 4000000);
    CHECK_INT(pause_after(g, c, 60000, 1), 300000);
    gk_groups_free(g);
    g = gk_groups_new(0);
    a = of(g, "a.cn", "a.cn");
    CHECK_INT(pause_after(g, a, 1000, 0), 0); /* as fast as it answers */
    CHECK_INT(pause_after(g, a, 2000, 500), 0);
    gk_groups_crawl_delay(g, a, 3000); /* which is not ours to take away */
    CHECK_INT(pause_after(g, a, 9000, 500), 3000);
    gk_groups_free(g);
}

static void test_hold(void) {
    gk_groups *g = gk_groups_new(100);
    gk_group a = of(g, "a.cn", "a.cn"), b = of(g, "b.cn", "b.cn");
    int64_t when;
    gk_groups_hold(g, a, 60000);
    gk_groups_hold(g, a, 30000); /* never earlier */
    CHECK(!gk_groups_ready(g, a, 59999, &when));
    CHECK_INT(when, 60000);
    CHECK(gk_groups_ready(g, b, 0, NULL));
    gk_groups_address(g, a, GK_STR("192.0.2.1"));
    gk_groups_address(g, b, GK_STR("192.0.2.1"));
    CHECK(!gk_groups_ready(g, b, 59999, NULL)); /* the wait is that of the group */
    gk_groups_begin(g, a, 60000);
    gk_groups_hold(g, a, 90000); /* a wait told by the answer outlasts the pause */
    gk_groups_end(g, a, 60100, 100);
    CHECK(!gk_groups_ready(g, a, 89999, NULL));
    CHECK(gk_groups_ready(g, a, 90000, NULL));
    gk_groups_free(g);
}

/* A hundred groups of which one never answers and one is slow: the others go on at their own pace. */
static void test_dead_group(void) {
    enum { GROUPS = 100, END = 100000 };
    gk_groups *g = gk_groups_new(100);
    gk_group n[GROUPS];
    int64_t until[GROUPS];
    int done[GROUPS] = {0};
    for (int i = 0; i < GROUPS; i++) {
        char host[32];
        snprintf(host, sizeof host, "h%d.cn", i);
        n[i] = of(g, host, host);
        until[i] = -1;
    }
    for (int64_t now = 0; now < END; now += 10) {
        for (int i = 0; i < GROUPS; i++) {
            if (until[i] >= 0 && now >= until[i]) {
                gk_groups_end(g, n[i], now, i == 1 ? 5000 : 10);
                until[i] = -1, done[i]++;
            }
            if (!gk_groups_ready(g, n[i], now, NULL)) continue;
            gk_groups_begin(g, n[i], now);
            until[i] = i == 0 ? INT64_MAX : now + (i == 1 ? 5000 : 10);
        }
    }
    CHECK_INT(done[0], 0);
    CHECK_INT(done[1], 7);                                       /* 5 s each and 10 s of rest */
    for (int i = 2; i < GROUPS; i++) CHECK_INT(done[i], 909); /* 10 ms each and 100 ms of rest */
    gk_groups_free(g);
}

static void test_many(void) {
    enum { MANY = 20000 };
    gk_groups *g = gk_groups_new(0);
    for (int round = 0; round < 2; round++) {
        for (int i = 0; i < MANY; i++) {
            char host[32], site[32];
            snprintf(host, sizeof host, "www.h%d.cn", i);
            snprintf(site, sizeof site, "h%d.cn", i);
            if (of(g, host, site) != (gk_group)i + 1) CHECK(!"the same host has the same group");
        }
    }
    for (int i = 0; i < MANY; i++) gk_groups_address(g, (gk_group)(MANY - i), GK_STR("192.0.2.1"));
    CHECK_INT(of(g, "www.h19999.cn", "h19999.cn"), 1);
    CHECK_INT(of(g, "www.h7.cn", "h7.cn"), 1);
    gk_groups_free(g);
}

int main(void) {
    test_names();
    test_addresses();
    test_one_in_flight();
    test_join_in_flight();
    test_pauses();
    test_hold();
    test_dead_group();
    test_many();
    return CHECK_DONE();
}
