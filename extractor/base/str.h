/* Borrowed strings: a pointer and a length, never NUL terminated by contract.
 *
 * A gk_str owns nothing; it stays valid as long as the memory it points into. {NULL, 0} is "absent", {non-NULL, 0} is
 * "empty"; most callers treat both alike. Text in a gk_str is UTF-8 once it has passed the gate (extractor/text).
 */
#ifndef GK_BASE_STR_H
#define GK_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef struct gk_str {
    const char *ptr;
    size_t len;
} gk_str;

#define GK_STR(literal) ((gk_str){"" literal, sizeof(literal) - 1})
#define GK_STR_NONE ((gk_str){NULL, 0})
/* For printf: printf("%.*s", GK_STR_ARG(s)). */
#define GK_STR_ARG(s) (int)(s).len, (s).ptr ? (s).ptr : ""

static inline gk_str gk_str_of(const char *z) { return (gk_str){z, z ? strlen(z) : 0}; }
static inline bool gk_str_eq(gk_str a, gk_str b) {
    return a.len == b.len && (b.len == 0 || memcmp(a.ptr, b.ptr, b.len) == 0); /* that of b is often a constant */
}
static inline bool gk_str_eqz(gk_str a, const char *z) { return gk_str_eq(a, gk_str_of(z)); }
/* An ASCII digit. */
static inline bool gk_is_digit(char c) { return c >= '0' && c <= '9'; }
static inline bool gk_str_starts(gk_str s, gk_str head) {
    return s.len >= head.len && (head.len == 0 || memcmp(s.ptr, head.ptr, head.len) == 0);
}
static inline bool gk_str_ends(gk_str s, gk_str tail) {
    return s.len >= tail.len && (tail.len == 0 || memcmp(s.ptr + s.len - tail.len, tail.ptr, tail.len) == 0);
}
/* The part of s from byte `from` up to byte `to`, both clamped to the length of s. */
static inline gk_str gk_str_slice(gk_str s, size_t from, size_t to) {
    if (to > s.len) to = s.len;
    if (from > to) from = to;
    return (gk_str){s.ptr ? s.ptr + from : NULL, to - from};
}

/* Byte offset of the first (last) occurrence of `needle` in `s`, or SIZE_MAX. An empty needle is found at 0 (s.len). */
size_t gk_str_find(gk_str s, gk_str needle);
size_t gk_str_rfind(gk_str s, gk_str needle);
/* Whether a word is one of a list whose words have `mark` between them; an empty one is none. */
bool gk_str_listed(gk_str list, char mark, gk_str word);
/* Order by bytes, shorter first on a tie: <0, 0, >0. */
int gk_str_cmp(gk_str a, gk_str b);
/* Without ASCII blanks (space, tab, CR, LF, VT, FF) at both ends. */
gk_str gk_str_trim(gk_str s);
/* A 64-bit hash (FNV-1a), the same on every machine. */
uint64_t gk_str_hash(gk_str s);
/* Writes n in decimal, ten digits at most, without a NUL; returns the end of what was written. */
char *gk_put_number(char *to, uint32_t n);

#endif
