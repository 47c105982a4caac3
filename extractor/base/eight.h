/* Eight bytes of text at a time, for scans over text in which what is looked for is rare.
 *
 * Each test gives a word that is zero where none of the eight bytes passes: a byte x of it gets its highest bit where x - n
 * borrows. The lowest such byte is always right, those above it may be wrong by its borrow, so that whether there is one is
 * all that may be asked (the tests of H. S. Warren, Hacker's Delight, chapter 6). Bytes above 0x7F are no smaller than any n.
 */
#ifndef GK_BASE_EIGHT_H
#define GK_BASE_EIGHT_H

#include <stdint.h>
#include <string.h>

#define GK_EIGHT_ONES 0x0101010101010101u
#define GK_EIGHT_HIGH 0x8080808080808080u

/* The eight bytes at `at`, in the order of the machine. */
static inline uint64_t gk_eight_at(const char *at) {
    uint64_t eight;
    memcpy(&eight, at, sizeof eight);
    return eight;
}

/* Not zero: one of the bytes is below n, which is at most 0x80. */
static inline uint64_t gk_eight_below(uint64_t eight, unsigned char n) {
    return (eight - GK_EIGHT_ONES * n) & ~eight & GK_EIGHT_HIGH;
}

/* Not zero: one of the bytes is c. */
static inline uint64_t gk_eight_has(uint64_t eight, unsigned char c) { return gk_eight_below(eight ^ GK_EIGHT_ONES * c, 1); }

#endif
