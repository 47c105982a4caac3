/* Brotli: what is whole, torn, followed by something, broken, and too much. The streams are by the command `brotli`. */
#include "corpus/archive/brotli.h"

#include "base/limits.h"
#include "check.h"
#include "corpus/archive/http.h"

#define LINE "望汐县2024年部门预算公开\n"
enum { LINES = 40, ZEROS = 64 << 20 };

static const char page_bytes[] = /* LINE forty times */
    "\x1f\x77\x05\x00\x44\xdd\xd6\x1f\x6a\x7a\xf8\xeb\x79\x7b\xd0\x64\x16\x41\xb0\x08\x82\x2d\xed\x62\x72"
    "\xa2\x8b\x81\x65\x7d\xcd\x5a\x72\x3a\xec\x8e\x81\xbd\x1a\xfe\x43\xbf\xc9\x1b\x01\xed\x38\x4c\x0c";
static const char zero_bytes[] = /* 64 MiB of zeros */
    "\xcf\xff\xff\x7f\xf8\x27\x00\xe2\xb1\x40\x20\xf7\xfe\x9f\xff\xff\xff\xf0\x4f\x00\xc4\x61\x01\x80\xee"
    "\xfd\x3f\xff\xff\xff\xe1\x9f\x00\x88\xc3\x22\x00\xdd\xfb\x7f\xfe\xff\xff\xc3\x3f\x01\x10\x87\x05\x00"
    "\xba\xf7\xff\x03";
static const gk_str PAGE = {page_bytes, sizeof page_bytes - 1}, BOMB = {zero_bytes, sizeof zero_bytes - 1};

static gk_code decode(gk_str bytes, size_t max, gk_buf *out) {
    gk_err err = {0};
    gk_buf_free(out);
    *out = (gk_buf){.max = max};
    return gk_brotli_bytes(bytes, out, &err);
}

static void check_page(const gk_buf *out) {
    CHECK_INT(out->len, LINES * strlen(LINE));
    for (size_t i = 0; i < LINES && (i + 1) * strlen(LINE) <= out->len; i++)
        CHECK(memcmp(out->ptr + i * strlen(LINE), LINE, strlen(LINE)) == 0);
}

static void test_whole(void) {
    gk_buf out = {0}, more = {0};
    gk_err err;
    CHECK_INT(decode(PAGE, 0, &out), GK_OK);
    check_page(&out);
    gk_buf_put(&more, PAGE);
    gk_buf_put(&more, GK_STR("more"));
    CHECK_INT(decode(gk_buf_str(&more), 0, &out), GK_OK);
    check_page(&out);
    gk_buf_free(&out);
    gk_buf_put(&out, GK_STR("a")); /* what stands before the content stays */
    CHECK_INT(gk_brotli_bytes(GK_STR("\x0b\x02\x80whole\x03"), &out, &err), GK_OK);
    CHECK_STR(gk_buf_str(&out), "awhole");
    CHECK_INT(decode(GK_STR("\x06"), 0, &out), GK_OK); /* the empty stream */
    CHECK_INT(out.len, 0);
    gk_buf_free(&out);
    gk_buf_free(&more);
}

/* Each beginning is torn, and gives a beginning of the page. */
static void test_torn(void) {
    gk_buf out = {0}, whole = {0};
    CHECK_INT(decode(PAGE, 0, &whole), GK_OK);
    for (size_t len = 0; len < PAGE.len; len++) {
        CHECK_INT(decode(gk_str_slice(PAGE, 0, len), 0, &out), GK_E_FORMAT);
        CHECK(gk_str_starts(gk_buf_str(&whole), gk_buf_str(&out)));
    }
    CHECK_INT(decode(GK_STR("\x0b\x02\x80who"), 0, &out), GK_E_FORMAT);
    CHECK_STR(gk_buf_str(&out), "who");
    gk_buf_free(&out);
    gk_buf_free(&whole);
}

/* No bit that is turned makes more than the maximum, or anything that is not whole. */
static void test_broken(void) {
    gk_buf out = {0}, bytes = {0};
    size_t refused = 0;
    gk_buf_put(&bytes, PAGE);
    for (size_t bit = 0; bit < 8 * PAGE.len; bit++) {
        bytes.ptr[bit / 8] ^= (char)(1 << bit % 8);
        refused += decode(gk_buf_str(&bytes), 4096, &out) != GK_OK;
        CHECK(out.len <= 4096);
        bytes.ptr[bit / 8] ^= (char)(1 << bit % 8);
    }
    CHECK(refused > 4 * PAGE.len); /* there is no check sum */
    CHECK_INT(decode(GK_STR("\xff\xff\xff\xff"), 0, &out), GK_E_FORMAT);
    gk_buf_free(&out);
    gk_buf_free(&bytes);
}

static void test_maximum(void) {
    gk_buf out = {0};
    CHECK_INT(decode(PAGE, LINES * strlen(LINE), &out), GK_OK);
    check_page(&out);
    CHECK_INT(decode(PAGE, LINES * strlen(LINE) - 1, &out), GK_E_LIMIT);
    CHECK_INT(out.len, LINES * strlen(LINE) - 1);
    CHECK_INT(decode(BOMB, 1000, &out), GK_E_LIMIT);
    CHECK_INT(out.len, 1000);
    CHECK(out.cap < 1 << 20);
    CHECK_INT(decode(BOMB, ZEROS, &out), GK_OK);
    CHECK_INT(out.len, ZEROS);
    gk_buf_free(&out);
}

/* The coding of an answer, under the limits of all codings; one that nobody knows is named. */
static void test_coding(void) {
    gk_buf room = {0};
    gk_str body;
    gk_err err = {0};
    CHECK_INT(gk_http_uncode(GK_STR("BR"), PAGE, &room, &body, &err), GK_OK);
    CHECK(gk_str_starts(body, GK_STR(LINE LINE)));
    CHECK_INT(gk_http_uncode(GK_STR("br"), BOMB, &room, &body, &err), GK_E_LIMIT);
    CHECK(room.cap <= 2 * GK_FREE_DECODED_BYTES);
    CHECK_INT(gk_http_uncode(GK_STR("zstd"), PAGE, &room, &body, &err), GK_E_FORMAT);
    CHECK_STR(gk_str_of(err.message), "the content coding \"zstd\" is not known");
    gk_buf_free(&room);
}

int main(void) {
    test_whole();
    test_torn();
    test_broken();
    test_maximum();
    test_coding();
    return CHECK_DONE();
}
