/* The gate: encodings, damage, binary input, and the UTF-8 validator. */
#include "base/limits.h"
#include "check.h"
#include "text/charset.h"

static gk_arena arena;

static void decodes(gk_str in, const char *want, const char *charset, int damaged) {
    gk_decoded d;
    gk_err err = {0};
    CHECK_INT(gk_decode(in, &arena, &d, &err), GK_OK);
    CHECK_STR(d.text, want);
    CHECK_STR(gk_str_of(d.charset), charset);
    CHECK_INT(d.damaged, damaged);
    CHECK(gk_utf8_valid(d.text, NULL));
}

static void refused(gk_str in, gk_code code, const char *message, uint64_t offset) {
    gk_decoded d;
    gk_err err = {0};
    CHECK_INT(gk_decode(in, &arena, &d, &err), code);
    CHECK_STR(gk_str_of(err.message), message);
    CHECK_INT(err.offset, offset);
    CHECK_INT(gk_decode(in, &arena, &d, NULL), code);
}

static void test_utf8(void) {
    gk_str text = GK_STR("\xEF\xBB\xBF收入\r\n1");
    gk_decoded d;
    CHECK_INT(gk_decode(text, &arena, &d, NULL), GK_OK);
    CHECK(d.text.ptr == text.ptr && d.text.len == text.len); /* borrowed, BOM and CRLF included */
    decodes(GK_STR(""), "", "UTF-8", 0);
    decodes(GK_STR("plain"), "plain", "UTF-8", 0);
}

static void test_gb18030(void) {
    decodes(GK_STR("\xCA\xD5\xC8\xEB 12.5 \xCD\xF2\xD4\xAA"), "收入 12.5 万元", "GB18030", 0);
    decodes(GK_STR("\xB2\xBF\xC3\xC5\x95\x32\x82\x36"), "部门𠀀", "GB18030", 0); /* four bytes */
    decodes(GK_STR("\xB2\xBF\x81\x30\x84\x36"), "部¥", "GB18030", 0);
    decodes(GK_STR("\x8A\xB3\x81\x46\xB2\xBF"), "姵丗部", "GB18030", 0); /* GBK, not GB 2312 */
    decodes(GK_STR("\xB2\xBF\xC3\xC5\xBE\xF6\xCB\xE3\xCA\xD5\xC8\xEB\xD6\xA7\xB3\xF6 2024 \xFF x\xB2"),
            "部门决算收入支出 2024 \xEF\xBF\xBD x\xEF\xBF\xBD", "GB18030", 2);
}

static void test_utf16(void) {
    decodes(GK_STR("\xFF\xFE\x36\x65\x31\x00\x40\xD8\x00\xDC"), "收1𠀀", "UTF-16LE", 0);
    decodes(GK_STR("\xFE\xFF\x65\x36\x00\x31"), "收1", "UTF-16BE", 0);
    decodes(GK_STR("\xFE\xFF\x65\x36\x65\x36\x65\x36\x65\x36\x65\x36\x65\x36\x65\x36\xD8\x00\x65\x36"),
            "收收收收收收收\xEF\xBF\xBD收", "UTF-16BE", 1);
    decodes(GK_STR("\xFF\xFE"), "", "UTF-16LE", 0);
}

static void test_damage(void) {
    /* One bad byte in UTF-8 must not turn the whole into GBK; each maximal subpart is one replacement. */
    decodes(GK_STR("部门决算\xE6\x94收入"), "部门决算\xEF\xBF\xBD收入", "UTF-8", 1);
    decodes(GK_STR("部门决算收入支出总表\xE6\x94"), "部门决算收入支出总表\xEF\xBF\xBD", "UTF-8", 1);
    decodes(GK_STR("部门决算收入支出\xF0\x9F\x98说明"), "部门决算收入支出\xEF\xBF\xBD说明", "UTF-8", 1);
    decodes(GK_STR("\xEF\xBB\xBF部门部门部\xC0\xAF"), "\xEF\xBB\xBF部门部门部\xEF\xBF\xBD\xEF\xBF\xBD", "UTF-8", 2);
}

static void test_binary(void) {
    refused(GK_STR("%PDF-1.4"), GK_E_BINARY, "this is not text but a PDF file", 0);
    refused(GK_STR("PK\x03\x04zip"), GK_E_BINARY, "this is not text but a ZIP archive (DOCX, XLSX, OFD or plain)", 0);
    refused(GK_STR("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), GK_E_BINARY,
            "this is not text but an OLE compound file (DOC, XLS, WPS)", 0);
    refused(GK_STR("text\0more"), GK_E_BINARY, "this is not text but data with NUL bytes", 4);
    refused(GK_STR("some \x01\x02\x03"), GK_E_BINARY,
            "this is not text but unknown data: a tenth of it is control characters or no character at all", 5);
    refused(GK_STR("\xFF\xFE\x00\x00\x01\x00"), GK_E_BINARY,
            "this is not text but unknown data: a tenth of it is control characters or no character at all", 0);
    refused((gk_str){"x", (size_t)GK_MAX_TEXT_BYTES + 1}, GK_E_LIMIT,
            "the text is longer than GK_MAX_TEXT_BYTES (268435456 bytes)", 0);
}

/* Every sequence of up to three bytes, and the edges of four, by the definition. */
static void test_validator(void) {
    static const struct {
        const char *bytes;
        int fault; /* -1: valid */
    } t[] = {
        {"\xC2\x80", -1},
        {"\xC1\xBF", 0},
        {"\xE0\xA0\x80", -1},
        {"\xE0\x9F\xBF", 0},
        {"\xED\x9F\xBF", -1},
        {"\xED\xA0\x80", 0},
        {"\xEF\xBF\xBF", -1},
        {"\xF0\x90\x80\x80", -1},
        {"\xF0\x8F\xBF\xBF", 0},
        {"\xF4\x8F\xBF\xBF", -1},
        {"\xF4\x90\x80\x80", 0},
        {"\xF5\x80\x80\x80", 0},
        {"\x80", 0},
        {"a\xE4\xB8", 1},
        {"中文中文中\xE4\xB8", 15},
        {"中文\xE4\x38\xAD文中文", 6},
        {"12345678中文中文1234567\xFF", 27},
        {"", -1},
    };
    for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
        size_t fault = 999;
        bool valid = gk_utf8_valid(gk_str_of(t[i].bytes), &fault);
        CHECK_INT(valid, t[i].fault < 0);
        if (!valid) CHECK_INT(fault, t[i].fault);
    }
    for (uint32_t c = 0; c < 0x110000; c++) {
        char bytes[4], many[64];
        size_t n = gk_utf8_put(bytes, c), len = 0, back;
        bool surrogate = c >= 0xD800 && c < 0xE000;
        for (int i = 0; i < 5; i++) memcpy(many + len, bytes, n), len += n;
        bool good = gk_utf8_valid((gk_str){many, len}, NULL) != surrogate;
        if (!surrogate) good = good && gk_utf8_at((gk_str){bytes, n}, &back) == c && back == n;
        if (!good) CHECK_INT(c, -1);
    }
}

/* Where the first fault of s is, found character by character: SIZE_MAX, none. */
static size_t fault_of(gk_str s) {
    for (size_t at = 0, n; at < s.len; at += n) {
        for (n = 1; n <= 4 && !gk_utf8_valid(gk_str_slice(s, at, at + n), NULL);) n++;
        if (n > 4) return at;
    }
    return SIZE_MAX;
}

/* A long text is checked in blocks: each byte of it in turn is made another one, and the fault is where it was made. */
static void test_long_text(void) {
    static const char part[] = "收入1,429.68万元，é支出\xF0\xA0\x80\x80其中\n\xE0\xA4\x85\xED\x95\x9C部门决算年度预算数";
    static const unsigned char others[] = {0xFF, 0x80, 0xBF, 'a', 0xC2, 0xE0, 0xE4, 0xED, 0xF0, 0xF4, 0xC0};
    for (int plain = 0; plain < 2; plain++) {
        char text[600];
        size_t len = 0;
        gk_str piece = plain ? GK_STR("部门决算，12.5万元") : gk_str_of(part);
        while (len + piece.len <= 400) memcpy(text + len, piece.ptr, piece.len), len += piece.len;
        CHECK(gk_utf8_valid((gk_str){text, len}, NULL));
        for (size_t at = 0; at < len; at++) {
            char kept = text[at];
            for (size_t i = 0; i < sizeof others; i++) {
                size_t fault = SIZE_MAX;
                text[at] = (char)others[i];
                bool valid = gk_utf8_valid((gk_str){text, len}, &fault);
                size_t want = fault_of((gk_str){text, len});
                if (valid != (want == SIZE_MAX) || fault != want) CHECK_INT(at, -1);
            }
            text[at] = kept;
            if (gk_utf8_valid((gk_str){text, at}, NULL) != (fault_of((gk_str){text, at}) == SIZE_MAX)) CHECK_INT(at, -1);
        }
    }
}

/* Damaged input of every encoding: flipped, cut and spliced bytes give valid UTF-8 or a typed error. */
static void test_hostile(void) {
    static const char *const seeds[] = {"收入 1,429.68 万元，部门决算。",
                                        "\xCA\xD5\xC8\xEB 12.5 \xCD\xF2\xD4\xAA\x95\x32\x82\x36",
                                        "\xFF\xFE\x36\x65\x31\x01\x40\xD8\x01\xDC\x36\x65", "\xEF\xBB\xBF收入"};
    uint64_t state = 7;
    for (int i = 0; i < 20000; i++) {
        char bytes[200];
        size_t len = 0;
        while (len < 100) {
            const char *seed = seeds[(state >> 40) % 4];
            size_t take = strlen(seed);
            memcpy(bytes + len, seed, take);
            len += take;
            if (i & 1) state = state * 6364136223846793005u + 1442695040888963407u;
        }
        for (int k = i % 5; k >= 0; k--) {
            state = state * 6364136223846793005u + 1442695040888963407u;
            bytes[(state >> 33) % len] = (char)(state >> 25);
        }
        gk_decoded d;
        gk_err err = {0};
        gk_code code = gk_decode((gk_str){bytes, len - (state >> 50) % 8}, &arena, &d, &err);
        if (code == GK_OK ? !gk_utf8_valid(d.text, NULL) : code != GK_E_BINARY || !err.message[0]) CHECK_INT(i, -1);
        gk_arena_reset(&arena);
    }
}

static void test_width(void) {
    CHECK_INT(gk_text_width(GK_STR("abc"), false), 3);
    CHECK_INT(gk_text_width(GK_STR("收入（万元）"), false), 12);
    CHECK_INT(gk_text_width(GK_STR("e\xCC\x81\xE2\x80\x8B"), false), 1);
    CHECK_INT(gk_text_width(GK_STR("“”"), false), 2);
    CHECK_INT(gk_text_width(GK_STR("“”"), true), 4);
    CHECK_INT(gk_text_width(GK_STR(""), true), 0);
}

int main(void) {
    test_utf8();
    test_gb18030();
    test_utf16();
    test_damage();
    test_binary();
    test_validator();
    test_long_text();
    test_hostile();
    test_width();
    gk_arena_free(&arena);
    return CHECK_DONE();
}
