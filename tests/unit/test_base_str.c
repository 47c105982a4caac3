/* Searching in strings: every place, against the plainest search there is. */
#include "check.h"

static size_t plain_find(gk_str s, gk_str needle) {
    for (size_t at = 0; at + needle.len <= s.len; at++)
        if (!needle.len || memcmp(s.ptr + at, needle.ptr, needle.len) == 0) return at;
    return SIZE_MAX;
}

static void finds(void) {
    gk_str s = GK_STR("a收入预算收入决算");
    CHECK_INT(gk_str_find(s, GK_STR("")), 0);
    CHECK_INT(gk_str_find(s, GK_STR("a")), 0);
    CHECK_INT(gk_str_find(s, GK_STR("收入")), 1);
    CHECK_INT(gk_str_find(s, GK_STR("收入决")), 13);
    CHECK_INT(gk_str_find(s, GK_STR("决算")), 19);
    CHECK_INT(gk_str_find(s, GK_STR("算")), 10);
    CHECK_INT(gk_str_find(s, GK_STR("决算。")), SIZE_MAX);
    CHECK_INT(gk_str_find(GK_STR("收"), GK_STR("收入")), SIZE_MAX);
    CHECK_INT(gk_str_find(GK_STR(""), GK_STR("收")), SIZE_MAX);
    CHECK_INT(gk_str_find(GK_STR_NONE, GK_STR("a")), SIZE_MAX);
    CHECK_INT(gk_str_find(GK_STR("收"), GK_STR("\xE6\x94")), 0);
    CHECK_INT(gk_str_find(GK_STR("x\xE6"), GK_STR("\xE6")), 1);
}

/* Texts of few characters, so that needles are met in part all the time. */
static void finds_like_the_plain_search(void) {
    static const char *const pieces[] = {"收", "敳", "敶", "a", "\xE6", "\x94"};
    uint64_t state = 7;
    for (int round = 0; round < 4000; round++) {
        char text[80], needle[16];
        size_t len = 0, most = 0;
        for (int i = 0; i < 20; i++) {
            state = state * 6364136223846793005u + 1442695040888963407u;
            const char *piece = pieces[(state >> 33) % 6];
            memcpy(text + len, piece, strlen(piece));
            len += strlen(piece);
        }
        size_t from = (state >> 40) % len, n = 1 + (state >> 50) % 9;
        most = from + n > len ? len - from : n;
        memcpy(needle, text + from, most);
        if (state >> 60 & 1) needle[most - 1] = 'b';
        gk_str s = {text, len}, sought = {needle, most};
        CHECK_INT(gk_str_find(s, sought), plain_find(s, sought));
    }
}

/* Each count of digits, as the C library writes it, and nothing behind the end. */
static void numbers(void) {
    for (uint64_t power = 1; power <= 10000000000u; power *= 10)
        for (int off = -2; off < 3; off++) {
            uint64_t n = power + (uint64_t)off;
            char want[16], got[16] = "..............";
            if (n > UINT32_MAX) n = UINT32_MAX;
            int len = snprintf(want, sizeof want, "%llu", (unsigned long long)n);
            CHECK_INT(gk_put_number(got, (uint32_t)n) - got, len);
            CHECK_STR(((gk_str){got, (size_t)len}), want);
            CHECK(got[len] == '.');
        }
}

static void listed(void) {
    CHECK(gk_str_listed(GK_STR("row|line"), '|', GK_STR("row")));
    CHECK(gk_str_listed(GK_STR("row|line"), '|', GK_STR("line")));
    CHECK(!gk_str_listed(GK_STR("row|line"), '|', GK_STR("lin")));
    CHECK(!gk_str_listed(GK_STR("row|line"), ' ', GK_STR("row")));
    CHECK(gk_str_listed(GK_STR("a  b"), ' ', GK_STR("b")));
    CHECK(!gk_str_listed(GK_STR("a  b"), ' ', GK_STR("")));
    CHECK(!gk_str_listed(GK_STR_NONE, '|', GK_STR("row")));
}

int main(void) {
    listed();
    numbers();
    finds();
    finds_like_the_plain_search();
    return CHECK_DONE();
}
