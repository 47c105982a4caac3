/* The heads of digests: what was added is found, what was not hardly ever, and a set that would grow too large says "maybe" to
 * all. */
#include "check.h"
#include "corpus/archive/heads.h"
#include "corpus/archive/sha.h"

static void digest_of(uint64_t n, unsigned char digest[GK_SHA_BYTES]) {
    gk_str part = {(const char *)&n, sizeof n};
    gk_sha_of(&part, 1, digest);
}

int main(void) {
    unsigned char digest[GK_SHA_BYTES], zeros[GK_SHA_BYTES] = {0};
    gk_heads h = {0};
    size_t wrong = 0, lost = 0;
    CHECK(!gk_heads_may_have(&h, zeros));
    gk_heads_add(&h, zeros);
    CHECK(gk_heads_may_have(&h, zeros));
    for (uint64_t n = 0; n < 20000; n++) digest_of(n, digest), gk_heads_add(&h, digest);
    for (uint64_t n = 0; n < 20000; n++) digest_of(n, digest), gk_heads_add(&h, digest); /* twice is once */
    CHECK_INT(h.len, 20001);
    for (uint64_t n = 0; n < 40000; n++) {
        digest_of(n, digest);
        bool has = gk_heads_may_have(&h, digest);
        lost += n < 20000 && !has;
        wrong += n >= 20000 && has;
    }
    CHECK_INT(lost, 0);
    CHECK_INT(wrong, 0);
    for (uint64_t n = 0; n < GK_MOST_HEADS; n++) digest_of(n, digest), gk_heads_add(&h, digest);
    CHECK(h.open);
    CHECK(!h.at);
    digest_of(~(uint64_t)0, digest);
    CHECK(gk_heads_may_have(&h, digest));
    gk_heads_add(&h, digest);
    gk_heads_free(&h);
    return CHECK_DONE();
}
