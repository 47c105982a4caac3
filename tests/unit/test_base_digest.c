/* SHA-256 against the examples of FIPS 180-4 and lengths around the block size. */
#include "base/digest.h"
#include "check.h"

static void is(gk_str data, const char *want) {
    char hex[65];
    gk_sha256 h;
    gk_sha256_init(&h);
    gk_sha256_add(&h, data);
    gk_sha256_hex(&h, hex);
    CHECK_STR(gk_str_of(hex), want);
    for (size_t step = 1; step < 130; step += 21) { /* in pieces it is the same */
        gk_sha256_init(&h);
        for (size_t at = 0; at < data.len; at += step) gk_sha256_add(&h, gk_str_slice(data, at, at + step));
        gk_sha256_hex(&h, hex);
        CHECK_STR(gk_str_of(hex), want);
    }
}

int main(void) {
    is(GK_STR(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    is(GK_STR("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    is(GK_STR("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
       "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    static char as[1000000];
    memset(as, 'a', sizeof as);
    is((gk_str){as, 55}, "9f4390f8d30c2dd92ec9f095b65e2b9ae9b0a925a5258e241c9f1e910f734318");
    is((gk_str){as, 64}, "ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb");
    is((gk_str){as, sizeof as}, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
    return CHECK_DONE();
}
