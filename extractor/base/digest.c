#include "base/digest.h"

#if defined(__x86_64__) && defined(__GNUC__)
#include <cpuid.h>
#include <immintrin.h>
#define WITH_SHA_NI 1
#endif

/* The constants of FIPS 180-4, 4.2.2. */
static const uint32_t K[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};

static uint32_t rotate(uint32_t x, int n) {
    return x >> n | x << (32 - n);
}

static uint32_t load_big(const unsigned char *p) {
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

/* One round. The eight variables do not move; the caller names them one place further at each round. */
#define ROUND(a, b, c, d, e, f, g, h, i)                                                                               \
    do {                                                                                                               \
        uint32_t t_ = h + (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) + (g ^ (e & (f ^ g))) + K[i] + w[i];          \
        d += t_;                                                                                                       \
        h = t_ + (rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) + ((a & b) | (c & (a | b)));                           \
    } while (0)

static void block_plain(uint32_t state[8], const unsigned char *p) {
    uint32_t w[64];
    for (int i = 0; i < 16; i++) w[i] = load_big(p + 4 * i);
    for (int i = 16; i < 64; i++) {
        uint32_t x = w[i - 15], y = w[i - 2];
        uint32_t mix = (rotate(x, 7) ^ rotate(x, 18) ^ x >> 3) + (rotate(y, 17) ^ rotate(y, 19) ^ y >> 10);
        w[i] = w[i - 16] + w[i - 7] + mix;
    }
    uint32_t a = state[0], b = state[1], c = state[2], d = state[3];
    uint32_t e = state[4], f = state[5], g = state[6], h = state[7];
    for (int i = 0; i < 64; i += 8) {
        ROUND(a, b, c, d, e, f, g, h, i);
        ROUND(h, a, b, c, d, e, f, g, i + 1);
        ROUND(g, h, a, b, c, d, e, f, i + 2);
        ROUND(f, g, h, a, b, c, d, e, i + 3);
        ROUND(e, f, g, h, a, b, c, d, i + 4);
        ROUND(d, e, f, g, h, a, b, c, i + 5);
        ROUND(c, d, e, f, g, h, a, b, i + 6);
        ROUND(b, c, d, e, f, g, h, a, i + 7);
    }
    const uint32_t after[8] = {a, b, c, d, e, f, g, h};
    for (int i = 0; i < 8; i++) state[i] += after[i];
}

static void blocks_plain(uint32_t state[8], const unsigned char *p, size_t count) {
    for (; count > 0; count--, p += 64) block_plain(state, p);
}

#ifdef WITH_SHA_NI
/* The digest of every document is part of its record, and the plain form would cost as much as a quarter of the whole
 * extraction; the processor's own rounds (Intel SHA extensions) are six times faster. State is kept as ABEF / CDGH. */
#define TARGET_SHA __attribute__((target("sha,sse4.1,ssse3")))

TARGET_SHA static void block_sha_ni(__m128i *abef, __m128i *cdgh, const unsigned char *p) {
    const __m128i swap = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
    __m128i w[4], a = *abef, c = *cdgh;
    for (int i = 0; i < 4; i++) w[i] = _mm_shuffle_epi8(_mm_loadu_si128((const __m128i *)(p + 16 * i)), swap);
    for (int i = 0; i < 16; i++) {
        __m128i words = w[i & 3];
        __m128i sum = _mm_add_epi32(words, _mm_loadu_si128((const __m128i *)(K + 4 * i)));
        c = _mm_sha256rnds2_epu32(c, a, sum);
        a = _mm_sha256rnds2_epu32(a, c, _mm_shuffle_epi32(sum, 0x0E));
        /* The words of round 4i+16 take the place of those just used: W[t-16], W[t-15], W[t-7] and W[t-2]. */
        __m128i w7 = _mm_alignr_epi8(w[(i + 3) & 3], w[(i + 2) & 3], 4);
        __m128i next = _mm_add_epi32(_mm_sha256msg1_epu32(words, w[(i + 1) & 3]), w7);
        w[i & 3] = _mm_sha256msg2_epu32(next, w[(i + 3) & 3]);
    }
    *abef = _mm_add_epi32(*abef, a);
    *cdgh = _mm_add_epi32(*cdgh, c);
}

TARGET_SHA static void blocks_sha_ni(uint32_t state[8], const unsigned char *p, size_t count) {
    __m128i abef = _mm_set_epi32((int)state[0], (int)state[1], (int)state[4], (int)state[5]);
    __m128i cdgh = _mm_set_epi32((int)state[2], (int)state[3], (int)state[6], (int)state[7]);
    for (; count > 0; count--, p += 64) block_sha_ni(&abef, &cdgh, p);
    uint32_t x[4], y[4];
    _mm_storeu_si128((__m128i *)x, abef);
    _mm_storeu_si128((__m128i *)y, cdgh);
    const uint32_t s[8] = {x[3], x[2], y[3], y[2], x[1], x[0], y[1], y[0]};
    memcpy(state, s, sizeof s);
}

static bool ask_sha_ni(void) {
    unsigned a, b, c, d;
    if (!__get_cpuid(1, &a, &b, &c, &d) || !(c & bit_SSSE3) || !(c & bit_SSE4_1)) return false;
    return __get_cpuid_count(7, 0, &a, &b, &c, &d) && (b & bit_SHA);
}

/* Asked once: the instruction costs a microsecond and, in a virtual machine, many more. Two threads that ask at the
 * same time store the same answer. */
static bool has_sha_ni(void) {
    enum { UNKNOWN, NO, YES };
    static _Atomic int answer;
    if (answer == UNKNOWN) answer = ask_sha_ni() ? YES : NO;
    return answer == YES;
}
#endif

static void blocks(uint32_t state[8], const unsigned char *p, size_t count) {
#ifdef WITH_SHA_NI
    if (count > 0 && has_sha_ni()) {
        blocks_sha_ni(state, p, count);
        return;
    }
#endif
    blocks_plain(state, p, count);
}

void gk_sha256_init(gk_sha256 *h) {
    *h = (gk_sha256){
        .state = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19}};
}

void gk_sha256_add(gk_sha256 *h, gk_str data) {
    if (data.len == 0) return;
    h->bytes += data.len;
    const unsigned char *p = (const unsigned char *)data.ptr;
    size_t rest = data.len;
    if (h->held > 0) {
        size_t take = sizeof h->block - h->held;
        if (take > rest) take = rest;
        memcpy(h->block + h->held, p, take);
        h->held += take, p += take, rest -= take;
        if (h->held < sizeof h->block) return;
        blocks(h->state, h->block, 1);
        h->held = 0;
    }
    blocks(h->state, p, rest / 64);
    h->held = rest % 64;
    if (h->held) memcpy(h->block, p + rest - h->held, h->held);
}

void gk_sha256_hex(gk_sha256 *h, char hex[65]) {
    const uint64_t bits = h->bytes * 8;
    static const char pad[64] = {(char)0x80};
    size_t fill = (h->held < 56 ? 56 : 120) - h->held;
    gk_sha256_add(h, (gk_str){pad, fill});
    char length[8];
    for (int i = 0; i < 8; i++) length[i] = (char)(bits >> (56 - 8 * i));
    gk_sha256_add(h, (gk_str){length, sizeof length});
    for (int i = 0; i < 64; i++) hex[i] = "0123456789abcdef"[h->state[i / 8] >> (28 - 4 * (i % 8)) & 15];
    hex[64] = '\0';
}
