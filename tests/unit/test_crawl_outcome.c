/* Outcome classes: names, and when each is tried again. */
#include "check.h"
#include "corpus/crawl/outcome.h"

enum { HOUR = 3600, DAY = 24 * HOUR, WEEK = 7 * DAY };

static void test_names(void) {
    for (int o = GK_OUTCOME_NONE + 1; o < GK_OUTCOME_COUNT; o++) {
        CHECK(gk_outcome_name((gk_outcome)o)[0] && gk_outcome_meaning((gk_outcome)o)[0]);
        CHECK_INT(gk_outcome_named(gk_str_of(gk_outcome_name((gk_outcome)o))), o);
    }
    CHECK_STR(gk_str_of(gk_outcome_name(GK_OUTCOME_TIMEOUT_READ)), "timeout-read");
    CHECK_STR(gk_str_of(gk_outcome_name(GK_OUTCOME_HTTP_4XX)), "http-4xx");
    CHECK_STR(gk_str_of(gk_outcome_name(GK_OUTCOME_NONE)), "");
    CHECK_STR(gk_str_of(gk_outcome_name((gk_outcome)999)), "");
    CHECK_INT(gk_outcome_named(GK_STR("")), GK_OUTCOME_NONE);
    CHECK_INT(gk_outcome_named(GK_STR("timeout")), GK_OUTCOME_NONE);
    CHECK_INT(gk_outcome_named(GK_STR("OK")), GK_OUTCOME_NONE);
    CHECK_INT(GK_OUTCOME_COUNT - 1, 25); /* classes */
}

static void test_final(void) {
    static const gk_outcome final[] = {
        GK_OUTCOME_OK,          GK_OUTCOME_NOT_MODIFIED, GK_OUTCOME_TOO_LARGE,    GK_OUTCOME_BAD_ENCODING,
        GK_OUTCOME_HTTP_4XX,    GK_OUTCOME_ROBOTS_DENY,  GK_OUTCOME_SOFT_404,     GK_OUTCOME_LOGIN,
        GK_OUTCOME_MOVED_DOMAIN, GK_OUTCOME_EMPTY_LIST,  GK_OUTCOME_STALE_COLUMN, GK_OUTCOME_PAGER_INCONSISTENT,
        GK_OUTCOME_PARSE_CRASH, GK_OUTCOME_PARSE_TIMEOUT, GK_OUTCOME_NONE,
    };
    for (size_t i = 0; i < sizeof final / sizeof *final; i++) {
        CHECK_INT(gk_outcome_wait(final[i], 1, 0), 0);
        CHECK_INT(gk_outcome_wait(final[i], 1, 60), 0); /* whatever the server says */
        CHECK(!gk_outcome_for_group(final[i]));
    }
}

static void test_waits(void) {
    static const struct {
        gk_outcome outcome;
        unsigned attempts;
        uint32_t retry_after, want;
    } cases[] = {
        {GK_OUTCOME_DNS, 1, 0, 60}, {GK_OUTCOME_DNS, 2, 0, 120}, {GK_OUTCOME_DNS, 3, 0, 0}, {GK_OUTCOME_DNS, 9, 0, 0},
        {GK_OUTCOME_DNS, 0, 0, 60}, {GK_OUTCOME_TLS, 1, 0, 300}, {GK_OUTCOME_TLS, 2, 0, 0},
        {GK_OUTCOME_TIMEOUT_CONNECT, 2, 0, 240}, {GK_OUTCOME_TIMEOUT_READ, 1, 0, 60}, {GK_OUTCOME_RESET, 1, 0, 30},
        {GK_OUTCOME_RESET, 2, 0, 60}, {GK_OUTCOME_TRUNCATED, 2, 0, 60}, {GK_OUTCOME_HTTP_5XX, 1, 0, 60},
        {GK_OUTCOME_HTTP_5XX, 1, 90, 90}, {GK_OUTCOME_HTTP_5XX, 1, 5, 60}, {GK_OUTCOME_HTTP_5XX, 3, 90, 0},
        {GK_OUTCOME_RATE_LIMITED, 1, 0, 300}, {GK_OUTCOME_RATE_LIMITED, 1, 7200, 7200},
        {GK_OUTCOME_RATE_LIMITED, 3, 0, 1200}, {GK_OUTCOME_RATE_LIMITED, 4, 0, 0},
        {GK_OUTCOME_RATE_LIMITED, 1, 4000000000u, WEEK}, {GK_OUTCOME_ROBOTS_UNREACHABLE, 2, 0, 600},
        {GK_OUTCOME_CHALLENGE, 1, 0, HOUR}, {GK_OUTCOME_CHALLENGE, 2, 0, 6 * HOUR}, {GK_OUTCOME_CHALLENGE, 3, 0, DAY},
        {GK_OUTCOME_CHALLENGE, 4, 0, WEEK}, {GK_OUTCOME_CHALLENGE, 5, 0, 0}, {GK_OUTCOME_CHALLENGE, 1, DAY, DAY},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        CHECK_INT(gk_outcome_wait(cases[i].outcome, cases[i].attempts, cases[i].retry_after), cases[i].want);
}

static void test_whom(void) {
    static const gk_outcome whole[] = {GK_OUTCOME_DNS, GK_OUTCOME_CONNECT, GK_OUTCOME_TLS, GK_OUTCOME_TIMEOUT_CONNECT,
                                       GK_OUTCOME_RATE_LIMITED, GK_OUTCOME_ROBOTS_UNREACHABLE, GK_OUTCOME_CHALLENGE};
    int count = 0;
    for (int o = 0; o < GK_OUTCOME_COUNT; o++) count += gk_outcome_for_group((gk_outcome)o);
    CHECK_INT(count, sizeof whole / sizeof *whole);
    for (size_t i = 0; i < sizeof whole / sizeof *whole; i++) CHECK(gk_outcome_for_group(whole[i]));
}

int main(void) {
    test_names();
    test_final();
    test_waits();
    test_whom();
    return CHECK_DONE();
}
