/* Chinese numerals: forms by hand, and everything ICU writes. */
#include <unicode/unum.h>
#include <unicode/ustring.h>

#include "check.h"
#include "text/charset.h"
#include "text/numeral.h"

static void reads(const char *text, const char *want, const char *rest) {
    gk_decimal d = {0};
    gk_buf b = {0};
    size_t n = gk_numeral_read(gk_str_of(text), &d);
    gk_decimal_print(&d, &b);
    CHECK_STR(n ? gk_buf_str(&b) : GK_STR(""), want);
    CHECK_STR(gk_str_of(text + n), rest);
    gk_buf_free(&b);
}

static void test_forms(void) {
    static const char *const cases[][2] = {
        {"二十三", "23"},
        {"两百零五", "205"},
        {"两百", "200"},
        {"一百零五", "105"},
        {"一百〇五", "105"},
        {"一百二", "120"},
        {"一百二十", "120"},
        {"三千二", "3200"},
        {"一万二", "12000"},
        {"一亿二", "120000000"},
        {"一万二千", "12000"},
        {"一万零二", "10002"},
        {"壹佰贰拾叁", "123"},
        {"壹万贰仟叁佰肆拾伍", "12345"},
        {"三点五", "3.5"},
        {"零点五", "0.5"},
        {"〇", "0"},
        {"零", "0"},
        {"廿", "20"},
        {"廿三", "23"},
        {"卅", "30"},
        {"十", "10"},
        {"十五", "15"},
        {"一十五", "15"},
        {"一百十五", "115"},
        {"二〇二四", "2024"},
        {"二零二四", "2024"},
        {"一九四九", "1949"},
        {"一千零一十", "1010"},
        {"三万亿", "3000000000000"},
        {"一亿二千万", "120000000"},
        {"九千九百九十九万亿", "9999000000000000"},
        {"九千九百九十九万九千九百九十九亿九千九百九十九万九千九百九十九", "9999999999999999"},
        {"十万", "100000"},
        {"十亿", "1000000000"},
        {"一亿零五", "100000005"},
        {"五十二点三六", "52.36"},
        {"一点二万", "12000"},
        {"三点五亿", "350000000"},
        {"一点五万亿", "1500000000000"},
        {"一点零五", "1.05"},
        {"两", "2"},
        {"两万", "20000"},
        {"两千", "2000"},
        {"三二", "32"},
        {"三四点五", "34.5"},
        {"一千二百万", "12000000"},
        {"两万两千", "22000"},
        {"一千零五万", "10050000"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) reads(cases[i][0], cases[i][1], "");
    reads("二十三人", "23", "人");
    reads("三点整", "3", "点整");
    reads("五角", "5", "角");
    reads("三点", "3", "点");
    reads("一点五点", "1.5", "点");
    reads("十5", "10", "5");
    reads("十\xE4\xB8", "10", "\xE4\xB8"); /* a text cut inside a character */
}

static void test_none(void) {
    static const char *const cases[] = {"",       "人",       "百万",   "万",         "千",        "点五",   "三十二百",
                                        "三四",   "三五",     "二三十", "十五六",     "两三",      "一百零", "一万零",
                                        "一万万", "一两",     "百",     "几",         "二百三百",  "一万两", "一百两",
                                        "12",     "一千亿亿", "三十廿", "二十万亿万", "一点五万万"};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) reads(cases[i], "", cases[i]);
    char many[3 * 80 + 1];
    for (size_t i = 0; i < 80; i++) memcpy(many + 3 * i, "一", 4);
    reads(many, "", many);
    reads(many + 3 * 16, "1111111111111111111111111111111111111111111111111111111111111111", "");
    gk_decimal kept;
    gk_decimal_from_int(7, &kept);
    CHECK_INT(gk_numeral_read(GK_STR("百万"), &kept), 0);
    CHECK_INT(kept.limb[0], 7);
}

static void test_filter(void) {
    gk_str all = GK_STR("〇零一二三四五六七八九十百千万亿两壹贰叁肆伍陆柒捌玖拾佰仟廿卅点");
    size_t found = 0, signs = 0;
    for (size_t at = 0, bytes; at < all.len; at += bytes, signs++) {
        uint32_t c = gk_utf8_at(gk_str_slice(all, at, all.len), &bytes);
        CHECK(gk_numeral_continues(c));
        CHECK_INT(gk_numeral_starts(c), c != 0x70B9);
    }
    for (uint32_t c = 0; c < 0x110000; c++) found += gk_numeral_continues(c);
    CHECK_INT(found, signs);
}

/* ICU writes 10^12 as 兆, which official texts in China do not use; values stay below. */
static void same_as_icu(UNumberFormat *format, const char *rules, const char *value) {
    UErrorCode status = U_ZERO_ERROR;
    UChar name[64], text[256];
    char utf8[800];
    u_uastrcpy(name, rules);
    unum_setTextAttribute(format, UNUM_DEFAULT_RULESET, name, -1, &status);
    int32_t len = unum_formatDecimal(format, value, (int32_t)strlen(value), text, 256, NULL, &status);
    u_strToUTF8(utf8, sizeof utf8, NULL, text, len, &status);
    gk_decimal d = {0}, want = {0};
    size_t n = gk_numeral_read(gk_str_of(utf8), &d);
    gk_decimal_parse(gk_str_of(value), &want);
    bool same = U_SUCCESS(status) && n == strlen(utf8) && gk_decimal_cmp(&d, &want) == 0;
    check_count++;
    if (!same) check_failed++, fprintf(stderr, "%s in %s is %s, which is not read back\n", value, rules, utf8);
}

static void test_icu(void) {
    static const char *const rules[] = {"%spellout-cardinal", "%spellout-cardinal-financial",
                                        "%spellout-cardinal-alternate2", "%spellout-numbering"};
    UErrorCode status = U_ZERO_ERROR;
    UNumberFormat *format = unum_open(UNUM_SPELLOUT, NULL, 0, "zh", NULL, &status);
    CHECK(U_SUCCESS(status));
    uint64_t state = 20240229;
    for (size_t k = 0; k < sizeof rules / sizeof *rules; k++) {
        char value[64];
        for (int i = 0; i < 1300; i++) {
            snprintf(value, sizeof value, "%d", i);
            same_as_icu(format, rules[k], value);
        }
        for (int i = 0; i < 1500; i++) { /* of every size, many with zeros inside */
            state = state * 6364136223846793005u + 1442695040888963407u;
            uint64_t v = (state >> 20) % 1000000000000u;
            for (int cut = (int)(state >> 60) % 12; cut > 0; cut--) v /= 10;
            if (state >> 59 & 1) v = v / 10000 * 10000 + v % 10;
            snprintf(value, sizeof value, i % 5 ? "%llu" : "%llu.25", (unsigned long long)(i % 5 ? v : v % 100000));
            same_as_icu(format, rules[k], value);
        }
    }
    unum_close(format);
}

static void test_ordinal(void) {
    int64_t n = -1;
    CHECK_INT(gk_ordinal_read(GK_STR("12、"), 2, &n), 2);
    CHECK_INT(n, 12);
    CHECK_INT(gk_ordinal_read(GK_STR("123"), 2, &n), 2);
    CHECK_INT(n, 12);
    CHECK_INT(gk_ordinal_read(GK_STR("十二、"), 2, &n), 6);
    CHECK_INT(n, 12);
    CHECK_INT(gk_ordinal_read(GK_STR("三点五"), 2, &n), 9);
    CHECK_INT(n, 0);
    CHECK_INT(gk_ordinal_read(GK_STR("项"), 2, &n), 0);
    CHECK_INT(n, 0);
    CHECK_INT(gk_ordinal_read(GK_STR_NONE, 2, &n), 0);
}

int main(void) {
    test_ordinal();
    test_forms();
    test_none();
    test_filter();
    test_icu();
    return CHECK_DONE();
}
