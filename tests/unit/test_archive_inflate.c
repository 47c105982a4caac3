/* Content codings in memory: sound data of one member takes another way than all the rest, and both give the same. */
#include "corpus/archive/inflate.h"

#include "check.h"
#include "corpus/archive/gzip.h"

static gk_buf member_of(gk_str text) {
    gk_buf out = {0};
    gk_squeezer *z = gk_squeezer_new();
    gk_squeeze(z, text, true, &out);
    gk_squeezer_free(z);
    return out;
}

static gk_code inflate(gk_str bytes, size_t max, gk_buf *out) {
    gk_err err = {0};
    gk_buf_free(out);
    *out = (gk_buf){.max = max};
    return gk_inflate_bytes(bytes, out, &err);
}

static void test_members(void) {
    gk_buf one = member_of(GK_STR("2024年部门预算")), two = member_of(GK_STR("公开")), out = {0};
    CHECK_INT(inflate(gk_buf_str(&one), 0, &out), GK_OK);
    CHECK_STR(gk_buf_str(&out), "2024年部门预算");
    CHECK_INT(out.ptr[out.len], 0);
    gk_buf_put(&one, gk_buf_str(&two));
    CHECK_INT(inflate(gk_buf_str(&one), 0, &out), GK_OK);
    CHECK_STR(gk_buf_str(&out), "2024年部门预算公开");
    gk_buf_put(&one, GK_STR("no gzip"));
    CHECK_INT(inflate(gk_buf_str(&one), 0, &out), GK_OK);
    CHECK_STR(gk_buf_str(&out), "2024年部门预算公开");
    gk_buf_free(&one);
    gk_buf_free(&two);
    gk_buf_free(&out);
}

/* What stands before the content in the buffer stays. */
static void test_behind(void) {
    gk_buf one = member_of(GK_STR("b")), out = {0};
    gk_err err;
    gk_buf_put(&out, GK_STR("a"));
    CHECK_INT(gk_inflate_bytes(gk_buf_str(&one), &out, &err), GK_OK);
    CHECK_STR(gk_buf_str(&out), "ab");
    gk_buf_free(&one);
    gk_buf_free(&out);
}

/* A stream that ends early, or whose tail says another length or sum, gives what there is. */
static void test_damage(void) {
    gk_buf one = member_of(GK_STR("abcabcabcabcabcabcabcabcabcabc")), out = {0};
    enum { CRC = 8, SIZE = 4 };
    for (size_t from_end = SIZE; from_end <= CRC; from_end += CRC - SIZE) {
        one.ptr[one.len - from_end] ^= 1;
        CHECK_INT(inflate(gk_buf_str(&one), 0, &out), GK_E_FORMAT);
        CHECK_STR(gk_buf_str(&out), "abcabcabcabcabcabcabcabcabcabc");
        one.ptr[one.len - from_end] ^= 1;
    }
    CHECK_INT(inflate(gk_str_slice(gk_buf_str(&one), 0, one.len - CRC), 0, &out), GK_E_FORMAT);
    CHECK_STR(gk_buf_str(&out), "abcabcabcabcabcabcabcabcabcabc");
    memset(one.ptr + one.len - SIZE, 0xFF, SIZE); /* 4 GiB are announced: nothing like it is asked for */
    CHECK_INT(inflate(gk_buf_str(&one), 0, &out), GK_E_FORMAT);
    CHECK(out.cap < 1 << 20);
    CHECK_INT(inflate(GK_STR("\x1F\x8B"), 0, &out), GK_E_FORMAT);
    CHECK_INT(inflate(GK_STR(""), 0, &out), GK_E_FORMAT);
    gk_buf_free(&one);
    gk_buf_free(&out);
}

static void test_maximum(void) {
    gk_buf text = {0}, out = {0};
    while (text.len < 100000) gk_buf_put(&text, GK_STR("预算"));
    gk_buf one = member_of(gk_buf_str(&text));
    CHECK_INT(inflate(gk_buf_str(&one), text.len, &out), GK_OK);
    CHECK(gk_str_eq(gk_buf_str(&out), gk_buf_str(&text)));
    CHECK_INT(inflate(gk_buf_str(&one), text.len - 1, &out), GK_E_LIMIT);
    CHECK_INT(out.len, text.len - 1);
    gk_buf_free(&one);
    gk_buf_free(&text);
    gk_buf_free(&out);
}

/* A page that a server has squeezed is not squeezed again, however short it is. */
static void test_squeezed(void) {
    gk_buf one = member_of(GK_STR("abc"));
    CHECK(gk_squeezed(gk_buf_str(&one)));
    CHECK(!gk_squeezed(GK_STR("<html>")));
    CHECK(!gk_squeezed(GK_STR("")));
    gk_buf_free(&one);
}

int main(void) {
    test_members();
    test_behind();
    test_damage();
    test_maximum();
    test_squeezed();
    return CHECK_DONE();
}
