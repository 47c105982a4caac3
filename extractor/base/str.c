#include "base/str.h"

/* The byte of a needle that is looked for: of a character of three bytes the last one. Its first byte is one of six in
 * nearly all characters of Chinese text, the last one of 64. */
static size_t rare_byte(gk_str needle) {
    return needle.len >= 3 && ((unsigned char)needle.ptr[0] & 0xF0) == 0xE0 ? 2 : 0;
}

size_t gk_str_find(gk_str s, gk_str needle) {
    if (needle.len == 0) return 0;
    const size_t rare = rare_byte(needle);
    for (size_t at = 0; at + needle.len <= s.len;) {
        const char *hit = memchr(s.ptr + at + rare, needle.ptr[rare], s.len - needle.len - at + 1);
        if (!hit) return SIZE_MAX;
        hit -= rare;
        if (memcmp(hit, needle.ptr, needle.len) == 0) return (size_t)(hit - s.ptr);
        at = (size_t)(hit - s.ptr) + 1;
    }
    return SIZE_MAX;
}

size_t gk_str_rfind(gk_str s, gk_str needle) {
    if (needle.len > s.len) return SIZE_MAX;
    for (size_t at = s.len - needle.len + 1; at-- > 0;)
        if (needle.len == 0 || (s.ptr[at] == needle.ptr[0] && memcmp(s.ptr + at, needle.ptr, needle.len) == 0)) return at;
    return SIZE_MAX;
}

bool gk_str_listed(gk_str list, char mark, gk_str word) {
    for (size_t at = 0, end; word.len && at < list.len; at = end + 1) {
        const char *hit = memchr(list.ptr + at, mark, list.len - at);
        end = hit ? (size_t)(hit - list.ptr) : list.len;
        if (gk_str_eq(gk_str_slice(list, at, end), word)) return true;
    }
    return false;
}

int gk_str_cmp(gk_str a, gk_str b) {
    size_t n = a.len < b.len ? a.len : b.len;
    int c = n ? memcmp(a.ptr, b.ptr, n) : 0;
    return c ? c : (a.len > b.len) - (a.len < b.len);
}

static bool is_blank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

gk_str gk_str_trim(gk_str s) {
    while (s.len && is_blank(s.ptr[0])) s.ptr++, s.len--;
    while (s.len && is_blank(s.ptr[s.len - 1])) s.len--;
    return s;
}

uint64_t gk_str_hash(gk_str s) {
    uint64_t h = 1469598103934665603u;
    for (size_t i = 0; i < s.len; i++) h = (h ^ (unsigned char)s.ptr[i]) * 1099511628211u;
    return h;
}

/* Two digits at a step, from the last ones on. */
char *gk_put_number(char *to, uint32_t n) {
    static const char pairs[] =
        "00010203040506070809101112131415161718192021222324252627282930313233343536373839"
        "40414243444546474849505152535455565758596061626364656667686970717273747576777879"
        "8081828384858687888990919293949596979899";
    size_t digits = n < 100 ? 1 + (n >= 10) : n < 10000 ? 3 + (n >= 1000) : n < 1000000 ? 5 + (n >= 100000) : 7;
    for (uint32_t head = n / 10000000; digits >= 7 && head; head /= 10) digits++;
    char *at = to + digits;
    for (; n >= 10; n /= 100) memcpy(at -= 2, pairs + n % 100 * 2, 2);
    if (at > to) *to = (char)('0' + n);
    return to + digits;
}
