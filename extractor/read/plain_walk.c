/* One walk over a line: how wide it is, its tabs, and which marks it holds.
 *
 * Worked example: 收入1,429.6万元； is passed as two Han characters in steps of three bytes, '1', the comma (looked at: a
 * thousands mark, it stands between digits), "429", the point (looked at: no other point behind it), '6', two Han
 * characters and the semicolon (looked at: ends a clause). Width: 17 columns of 27 bytes; has: PL_HAS_COMMA and
 * PL_HAS_CLAUSE. */
#include "read/plain.h"

/* How far a character is passed by its first byte; 0: it must be looked at. 4 also stands for what no text holds. */
#define FOUR(n) n, n, n, n
#define SIXTEEN(n) FOUR(n), FOUR(n), FOUR(n), FOUR(n)
static const uint8_t step[256] = {
    FOUR(1), FOUR(1), 1, 0, 1, 1, FOUR(1),            /* \t */
    SIXTEEN(1),
    FOUR(1), FOUR(1), FOUR(1), 0, 1, 0, 1,            /* , . */
    FOUR(1), FOUR(1), 1, 1, 0, 0, FOUR(1),            /* : ; */
    SIXTEEN(1), SIXTEEN(1), SIXTEEN(1), SIXTEEN(1),
    SIXTEEN(1), SIXTEEN(1), SIXTEEN(1), SIXTEEN(1),
    2, 2, 0, 2, FOUR(2), FOUR(2), FOUR(2),            /* C2 */
    SIXTEEN(2),
    3, 3, 0, 0, FOUR(3), FOUR(3), 3, 3, 3, 0,         /* E2, E3, EF */
    SIXTEEN(4)};

static bool is_digit(unsigned char c) { return c >= '0' && c <= '9'; }

/* Whether , ; or : at s[at] parts a clause: between digits, or between a digit and a blank, it is part of a number. */
static bool parts(const unsigned char *s, size_t at, size_t end) {
    bool left = at > 0 && is_digit(s[at - 1]);
    return !left || at + 1 >= end || (!is_digit(s[at + 1]) && s[at + 1] != ' ');
}

/* The marks among the characters of three bytes. */
static unsigned has_wide(const unsigned char *c) {
    enum { STOP = 0xE38082, COMMA = 0xEFBC8C, SEMI = 0xEFBC9B, COLON = 0xEFBC9A };
    enum { ELLIPSIS = 0xE280A6, MID_ELLIPSIS = 0xE28BAF, MID_DOT = 0xE383BB };
    uint32_t all = (uint32_t)c[0] << 16 | (uint32_t)c[1] << 8 | c[2];
    if (all == STOP || all == COMMA || all == SEMI) return PL_HAS_COMMA | PL_HAS_CLAUSE;
    if (all == COLON) return PL_HAS_CLAUSE;
    return all == ELLIPSIS || all == MID_ELLIPSIS || all == MID_DOT ? PL_HAS_LEADER : 0;
}

/* The marks of the character at s[at], one that must be looked at; its bytes go to *n. */
static unsigned look(const unsigned char *s, size_t at, size_t end, size_t *n) {
    unsigned char c = s[at];
    *n = c < 0x80 ? 1 : c < 0xE0 ? 2 : 3;
    if (at + *n > end) return 0;
    if (c >= 0xE0) return has_wide(s + at);
    if (c >= 0x80) return s[at + 1] == 0xB7 ? PL_HAS_LEADER : 0;
    if (c == '.') return at + 1 < end && s[at + 1] == '.' ? PL_HAS_LEADER : 0;
    if (c == '\t' || !parts(s, at, end)) return 0;
    return c == ':' ? PL_HAS_CLAUSE : PL_HAS_COMMA | PL_HAS_CLAUSE;
}

pl_walk pl_walk_of(gk_str text) {
    const unsigned char *s = (const unsigned char *)text.ptr;
    size_t at = 0, end = text.len, narrow = 0; /* bytes that are no columns */
    size_t threes = 0;                         /* bytes of characters of three bytes */
    pl_walk w = {0};
    while (at < end) {
        size_t from = at;
        while (at < end && step[s[at]] == 3) at += 3;
        threes += at - from;
        while (at < end && step[s[at]] == 1) at++;
        if (at >= end) break;
        size_t n = step[s[at]];
        if (!n) {
            w.tabs += s[at] == '\t';
            w.has |= look(s, at, end, &n);
        }
        narrow += n > 2 ? n - 2 : n - 1;
        at += n;
    }
    narrow += threes / 3;
    w.width = end > narrow ? end - narrow : 0;
    return w;
}

size_t pl_width(gk_str s) { return pl_walk_of(s).width; }
bool pl_has_comma(gk_str s) { return (pl_walk_of(s).has & PL_HAS_COMMA) != 0; }
bool pl_has_clause(gk_str s) { return (pl_walk_of(s).has & PL_HAS_CLAUSE) != 0; }
