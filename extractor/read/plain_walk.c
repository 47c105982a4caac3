/* What one walk over a text tells: how wide it is, how often a byte comes, whether a mark ends a clause.
 *
 * Worked example: 收入1,429.6万元； has 22 bytes. 12 are the first of a character, and 5 of these characters have three
 * bytes and count twice: 17 columns. The comma stands between digits and parts nothing; the semicolon ends a clause. */
#include "base/eight.h"
#include "read/plain.h"

/* Sums are taken of sixteen bytes at a time, each for its own: the loops have no branch and a constant length, so that
 * compilers make vector instructions of them. */
enum { BLOCK = 16, BLOCKS = 127 }; /* a byte of a sum holds what 127 blocks add to it, two each at most */

typedef struct sums {
    uint8_t at[BLOCK];
} sums;

static size_t total_of(const sums *s) {
    const uint64_t low = 0x00FF00FF00FF00FFu;
    uint64_t a = gk_eight_at((const char *)s->at), b = gk_eight_at((const char *)s->at + 8);
    uint64_t pairs = (a & low) + (a >> 8 & low) + (b & low) + (b >> 8 & low);
    return (size_t)((pairs * 0x0001000100010001u) >> 48);
}

/* The last block of a text overlaps the one before it: what is counted already is masked off. */
static const uint8_t masks[2 * BLOCK] = {[BLOCK] = 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3};

/* Adds to each sum what `mask` lets pass. */
typedef void add_block(sums *restrict s, const unsigned char *restrict p, const uint8_t *restrict mask, unsigned char c);

static void add_columns(sums *restrict s, const unsigned char *restrict p, const uint8_t *restrict mask, unsigned char c) {
    (void)c;
    for (int i = 0; i < BLOCK; i++)
        s->at[i] = (uint8_t)(s->at[i] + ((((signed char)p[i] >= -0x40) + (p[i] >= 0xE0)) & mask[i]));
}

static void add_equal(sums *restrict s, const unsigned char *restrict p, const uint8_t *restrict mask, unsigned char c) {
    for (int i = 0; i < BLOCK; i++) s->at[i] = (uint8_t)(s->at[i] + ((p[i] == c) & mask[i]));
}

/* The sum over a text of a block or more. */
static inline size_t sum_of(gk_str s, add_block *add, unsigned char c) {
    const unsigned char *at = (const unsigned char *)s.ptr, *end = at + s.len;
    size_t sum = 0;
    while (at < end) {
        sums columns = {{0}};
        for (int i = 1; i < BLOCKS && end - at >= BLOCK; i++, at += BLOCK) add(&columns, at, masks + BLOCK, c);
        if (end - at < BLOCK) {
            add(&columns, end - BLOCK, masks + (end - at), c);
            at = end;
        }
        sum += total_of(&columns);
    }
    return sum;
}

size_t pl_width(gk_str s) {
    size_t width = 0;
    if (s.len >= BLOCK) return sum_of(s, add_columns, 0);
    for (size_t i = 0; i < s.len; i++)
        width += (size_t)((signed char)s.ptr[i] >= -0x40) + ((unsigned char)s.ptr[i] >= 0xE0);
    return width;
}

size_t pl_count(gk_str s, char c) {
    size_t count = 0;
    if (s.len >= BLOCK) return sum_of(s, add_equal, (unsigned char)c);
    for (size_t i = 0; i < s.len; i++) count += s.ptr[i] == c;
    return count;
}

/* How far a character is passed by its first byte; 0: it must be looked at. 4 also stands for what no text holds. */
#define FOUR(n) n, n, n, n
#define SIXTEEN(n) FOUR(n), FOUR(n), FOUR(n), FOUR(n)
static const uint8_t step[256] = {
    SIXTEEN(1), SIXTEEN(1),
    FOUR(1), FOUR(1), FOUR(1), 0, 1, 1, 1,            /* , */
    FOUR(1), FOUR(1), 1, 1, 0, 0, FOUR(1),            /* : ; */
    SIXTEEN(1), SIXTEEN(1), SIXTEEN(1), SIXTEEN(1),
    SIXTEEN(1), SIXTEEN(1), SIXTEEN(1), SIXTEEN(1),
    SIXTEEN(2), SIXTEEN(2),
    3, 3, 3, 0, FOUR(3), FOUR(3), 3, 3, 3, 0,         /* E3, EF */
    SIXTEEN(4)};

static bool is_digit(unsigned char c) { return c >= '0' && c <= '9'; }

/* Whether , ; or : at s[at] parts a clause: between digits, or between a digit and a blank, it is part of a number, and
 * between signs of a header, "+,-%", part of these. */
static bool parts(const unsigned char *s, size_t at, size_t end) {
    bool left = at > 0 && is_digit(s[at - 1]);
    if (at > 0 && s[at - 1] == '+' && at + 1 < end && (s[at + 1] == '-' || s[at + 1] == '/')) return false;
    return !left || at + 1 >= end || (!is_digit(s[at + 1]) && s[at + 1] != ' ');
}

/* Whether the character at s[at], one that must be looked at, ends a clause; a colon does where `colons` count. */
static bool ends_clause(const unsigned char *s, size_t at, size_t end, bool colons) {
    enum { STOP = 0xE38082, COMMA = 0xEFBC8C, SEMI = 0xEFBC9B, COLON = 0xEFBC9A };
    if (s[at] < 0x80) return (s[at] != ':' || colons) && parts(s, at, end);
    if (end - at < 3) return false;
    uint32_t c = (uint32_t)s[at] << 16 | (uint32_t)s[at + 1] << 8 | s[at + 2];
    return c == STOP || c == COMMA || c == SEMI || (c == COLON && colons);
}

static bool holds_end(gk_str text, bool colons) {
    const unsigned char *s = (const unsigned char *)text.ptr;
    for (size_t at = 0, end = text.len, n; at < end; at += n) {
        while (end - at >= 6 && step[s[at]] == 3 && step[s[at + 3]] == 3) at += 6;
        if (at >= end) break;
        n = step[s[at]];
        if (n) continue;
        if (ends_clause(s, at, end, colons)) return true;
        n = s[at] < 0x80 ? 1 : 3;
    }
    return false;
}

bool pl_has_comma(gk_str s) { return holds_end(s, false); }
bool pl_has_clause(gk_str s) { return holds_end(s, true); }
