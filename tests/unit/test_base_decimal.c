/* Exact decimals: forms, arithmetic, limits. */
#include "base/decimal.h"
#include "check.h"

static gk_decimal of(const char *text) {
    gk_decimal d = {0};
    CHECK(gk_decimal_parse(gk_str_of(text), &d));
    return d;
}

static void is(const gk_decimal *d, const char *want) {
    gk_buf b = {0};
    gk_decimal_print(d, &b);
    CHECK_STR(gk_buf_str(&b), want);
    gk_buf_free(&b);
}

static void test_parse(void) {
    static const struct {
        const char *text, *want;
        int scale;
    } good[] = {
        {"0", "0", 0},
        {"00012", "12", 0},
        {"1,429.68", "1429.68", 2},
        {"-0.50", "-0.5", 2},
        {"+7", "7", 0},
        {"2.00", "2", 2},
        {"-0.00", "0", 2},
        {"0.000001", "0.000001", 6},
        {"12,34,567", "1234567", 0},
        {"1000000000", "1000000000", 0},
        {"100", "100", 0},
        {"0.10", "0.1", 2},
        {"123456789012345678901234567890123456789012345678901234567890.123456789012",
         "123456789012345678901234567890123456789012345678901234567890.123456789012", 12},
    };
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        gk_decimal d = of(good[i].text);
        is(&d, good[i].want);
        CHECK_INT(d.scale, good[i].scale);
    }
    static const char *const bad[] = {"",   "-",   ".5",   "5.",   "1,", ",1",  "1.2.3", "1.2,345", "1e5", " 1",
                                      "1 ", "--1", "1,,2", "1.,2", "一", "0x1", "1.-2",  "+",       "１",  "1,.2"};
    gk_decimal d;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) CHECK(!gk_decimal_parse(gk_str_of(bad[i]), &d));
}

static void test_limits(void) {
    char digits[400];
    memset(digits, '9', sizeof digits);
    gk_decimal d, sum;
    CHECK(gk_decimal_parse((gk_str){digits, 72}, &d));
    CHECK(!gk_decimal_parse((gk_str){digits, 73}, &sum));
    gk_decimal one = of("1");
    sum = one;
    CHECK(gk_decimal_add(&d, &one, &sum)); /* 10^72 has 73 digits, but its zeros can be given up */
    CHECK_INT(sum.scale, -1);
    CHECK(!gk_decimal_add(&d, &d, &sum));
    CHECK_INT(sum.scale, -1); /* untouched */
    CHECK(!gk_decimal_mul(&d, &d, &sum));
    memset(digits, '0', sizeof digits);
    CHECK(gk_decimal_parse((gk_str){digits, 300}, &d));
    digits[1] = '.';
    CHECK(gk_decimal_parse((gk_str){digits, 202}, &d));
    CHECK(!gk_decimal_parse((gk_str){digits, 203}, &d));
    CHECK(gk_decimal_shift(&one, 200));
    CHECK(!gk_decimal_shift(&one, 1));
    CHECK(gk_decimal_shift(&one, -400));
    CHECK(!gk_decimal_shift(&one, -1));
    CHECK(!gk_decimal_shift(&one, 100000));
}

static void test_sums(void) {
    static const struct {
        const char *a, *b, *sum, *difference, *product;
    } t[] = {
        {"1.25", "10", "11.25", "-8.75", "12.5"},
        {"-3.2", "3.2", "0", "-6.4", "-10.24"},
        {"0", "-5", "-5", "5", "0"},
        {"999999999", "1", "1000000000", "999999998", "999999999"},
        {"1000000000000000000", "0.000000000000000001", "1000000000000000000.000000000000000001",
         "999999999999999999.999999999999999999", "1"},
        {"-123456789123456789", "987654321987654321", "864197532864197532", "-1111111111111111110",
         "-121932631356500531347203169112635269"},
    };
    for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
        gk_decimal a = of(t[i].a), b = of(t[i].b), r;
        CHECK(gk_decimal_add(&a, &b, &r));
        is(&r, t[i].sum);
        CHECK(gk_decimal_sub(&a, &b, &r));
        is(&r, t[i].difference);
        CHECK(gk_decimal_mul(&a, &b, &r));
        is(&r, t[i].product);
        CHECK(gk_decimal_add(&a, &b, &a)); /* the result may be an operand */
        is(&a, t[i].sum);
    }
}

static void test_far_apart(void) {
    gk_decimal big = of("1"), small = of("1"), zero = of("0"), r;
    gk_decimal_shift(&big, 200);
    gk_decimal_shift(&small, -200);
    gk_decimal_shift(&zero, -200);
    CHECK(!gk_decimal_add(&big, &small, &r));
    CHECK(gk_decimal_add(&big, &zero, &r));
    CHECK_INT(gk_decimal_cmp(&r, &big), 0);
    CHECK_INT(gk_decimal_cmp(&big, &small), 1);
    CHECK_INT(gk_decimal_cmp(&small, &big), -1);
    CHECK_INT(gk_decimal_cmp(&zero, &small), -1);
    CHECK(!gk_decimal_mul(&small, &small, &r));
    CHECK(gk_decimal_mul(&big, &small, &r));
    is(&r, "1");
}

static void test_order(void) {
    static const char *const ascending[] = {"-100", "-99.5", "-0.01", "0", "0.009", "0.01", "2", "2.5", "1000000000.1"};
    size_t n = sizeof ascending / sizeof *ascending;
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < n; k++) {
            gk_decimal a = of(ascending[i]), b = of(ascending[k]);
            CHECK_INT(gk_decimal_cmp(&a, &b), (i > k) - (i < k));
        }
    gk_decimal a = of("2.0"), b = of("2"), c = of("-0.0"), d = of("0");
    CHECK_INT(gk_decimal_cmp(&a, &b), 0);
    CHECK_INT(gk_decimal_cmp(&c, &d), 0);
}

static void test_shift_and_int(void) {
    gk_decimal d = of("151.18");
    CHECK(gk_decimal_shift(&d, 4));
    is(&d, "1511800");
    CHECK(gk_decimal_shift(&d, -8));
    is(&d, "0.015118");
    int64_t v = 0;
    d = of("-12.34");
    CHECK(gk_decimal_to_int(&d, 2, &v));
    CHECK_INT(v, -1234);
    CHECK(!gk_decimal_to_int(&d, 1, &v));
    d = of("92233720368547758.07");
    CHECK(gk_decimal_to_int(&d, 2, &v));
    CHECK_INT(v, INT64_MAX);
    d = of("92233720368547758.08");
    CHECK(!gk_decimal_to_int(&d, 2, &v));
    gk_decimal_negate(&d);
    CHECK(gk_decimal_to_int(&d, 2, &v));
    CHECK(v == INT64_MIN);
    CHECK(gk_decimal_from_int(INT64_MIN, &d));
    is(&d, "-9223372036854775808");
    d = of("5.00");
    CHECK(gk_decimal_to_int(&d, 0, &v));
    CHECK_INT(v, 5);
    d = of("99999999999999999999");
    CHECK(!gk_decimal_to_int(&d, 0, &v));
    gk_arena a = {0};
    d = of("-7.10");
    CHECK_STR(gk_decimal_text(&d, &a), "-7.1");
    gk_arena_free(&a);
    d = of("0");
    gk_decimal_negate(&d);
    CHECK(!d.negative);
}

int main(void) {
    test_parse();
    test_limits();
    test_sums();
    test_far_apart();
    test_order();
    test_shift_and_int();
    return CHECK_DONE();
}
