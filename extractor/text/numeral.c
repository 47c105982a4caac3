#include "text/numeral.h"

#include "text/utf8.h"

/* Worked example: 三万亿零五百 is the group 三万 (section 三 times 10^4) times 10^8, and the group 五百. A section is
 * digits with descending units (千 百 十); a group is sections around 万; the whole is groups around 亿. */

typedef enum sign_kind {
    SIGN_NONE,
    SIGN_DIGIT, /* value 0..9 */
    SIGN_PAIR,  /* 两, a two that never stands in a string of digits */
    SIGN_TENS,  /* 廿, 卅: value 20, 30 */
    SIGN_UNIT,  /* ten to the power value: 十 百 千 */
    SIGN_GROUP, /* ten to the power value: 万 亿 */
    SIGN_POINT
} sign_kind;

typedef struct sign {
    uint16_t code_point;
    uint8_t kind; /* sign_kind */
    uint8_t value;
} sign;

/* A perfect hash: the 32 signs fall into 128 places without a clash. */
#define PLACE(c) ((((c)*0x141u) & 0xFFFFu) >> 9)
#define SIGN(c, kind, value) [PLACE(c)] = {(c), (kind), (value)}

static const sign signs[128] = {
    SIGN(0x3007, SIGN_DIGIT, 0), SIGN(0x96F6, SIGN_DIGIT, 0), /* 〇 零 */
    SIGN(0x4E00, SIGN_DIGIT, 1), SIGN(0x58F9, SIGN_DIGIT, 1), /* 一 壹 */
    SIGN(0x4E8C, SIGN_DIGIT, 2), SIGN(0x8D30, SIGN_DIGIT, 2), /* 二 贰 */
    SIGN(0x4E09, SIGN_DIGIT, 3), SIGN(0x53C1, SIGN_DIGIT, 3), /* 三 叁 */
    SIGN(0x56DB, SIGN_DIGIT, 4), SIGN(0x8086, SIGN_DIGIT, 4), /* 四 肆 */
    SIGN(0x4E94, SIGN_DIGIT, 5), SIGN(0x4F0D, SIGN_DIGIT, 5), /* 五 伍 */
    SIGN(0x516D, SIGN_DIGIT, 6), SIGN(0x9646, SIGN_DIGIT, 6), /* 六 陆 */
    SIGN(0x4E03, SIGN_DIGIT, 7), SIGN(0x67D2, SIGN_DIGIT, 7), /* 七 柒 */
    SIGN(0x516B, SIGN_DIGIT, 8), SIGN(0x634C, SIGN_DIGIT, 8), /* 八 捌 */
    SIGN(0x4E5D, SIGN_DIGIT, 9), SIGN(0x7396, SIGN_DIGIT, 9), /* 九 玖 */
    SIGN(0x4E24, SIGN_PAIR, 2),                               /* 两 */
    SIGN(0x5EFF, SIGN_TENS, 20), SIGN(0x5345, SIGN_TENS, 30), /* 廿 卅 */
    SIGN(0x5341, SIGN_UNIT, 1),  SIGN(0x62FE, SIGN_UNIT, 1),  /* 十 拾 */
    SIGN(0x767E, SIGN_UNIT, 2),  SIGN(0x4F70, SIGN_UNIT, 2),  /* 百 佰 */
    SIGN(0x5343, SIGN_UNIT, 3),  SIGN(0x4EDF, SIGN_UNIT, 3),  /* 千 仟 */
    SIGN(0x4E07, SIGN_GROUP, 4), SIGN(0x4EBF, SIGN_GROUP, 8), /* 万 亿 */
    SIGN(0x70B9, SIGN_POINT, 0),                              /* 点 */
};

static const sign none = {0, SIGN_NONE, 0};

enum { SIGN_BYTES = 3, MOST_DIGITS = 64 };

static inline bool is_sign(uint32_t c) { return signs[PLACE(c)].code_point == c; }

bool gk_numeral_continues(uint32_t c) {
    return c != 0 && c < 0x10000 && is_sign(c);
}

bool gk_numeral_starts(uint32_t c) {
    return gk_numeral_continues(c) && signs[PLACE(c)].kind != SIGN_POINT;
}

size_t gk_numeral_find(gk_str s, size_t at) {
    const unsigned char *p = (const unsigned char *)s.ptr + at, *end = (const unsigned char *)s.ptr + s.len;
    while (p < end) {
        if (*p < 0x80) p++;
        else if ((*p & 0xF0) != 0xE0) p += *p < 0xE0 ? 2 : 4;
        else {
            uint32_t c = (*p & 0x0Fu) << 12 | (p[1] & 0x3Fu) << 6 | (p[2] & 0x3Fu);
            if (is_sign(c) && gk_numeral_starts(c)) return (size_t)(p - (const unsigned char *)s.ptr);
            p += 3;
        }
    }
    return s.len;
}

/* The text and the place in it. Every sign has three bytes. */
typedef struct reader {
    gk_str s;
    size_t at;
} reader;

static const sign *peek(const reader *r, size_t ahead) {
    size_t at = r->at + ahead * SIGN_BYTES, bytes;
    if (at + SIGN_BYTES > r->s.len || ((unsigned char)r->s.ptr[at] & 0xF0) != 0xE0) return &none;
    uint32_t c = gk_utf8_next(r->s.ptr + at, &bytes);
    const sign *found = &signs[PLACE(c)];
    return found->code_point == c ? found : &none;
}

static void pass(reader *r, size_t count) {
    r->at += count * SIGN_BYTES;
}

static bool is_zero(const sign *s) {
    return s->kind == SIGN_DIGIT && s->value == 0;
}
static bool is_figure(const sign *s) {
    return (s->kind == SIGN_DIGIT && s->value > 0) || s->kind == SIGN_PAIR;
}
static bool is_group(const sign *s, int power) {
    return s->kind == SIGN_GROUP && s->value == power;
}

static const uint64_t powers[] = {1, 10, 100, 1000, 10000};

/* ---- sections and groups ---- */

/* A part of a numeral: its value, and whether it was one digit without a unit. */
typedef struct part {
    uint64_t value;
    bool good, lone;
} part;

/* A digit without a unit, at the end of a section whose last unit was 10^unit (4: there was none). Behind 零 or 十 it
 * counts ones; right behind 百 or 千 it is the short form, 一百二. */
static bool add_ones(part *p, const sign *s, int unit, bool zero) {
    bool is_short = unit < 4 && unit > 1 && !zero;
    if (unit == 0 || (s->kind == SIGN_PAIR && unit < 4)) return false;
    p->value += s->value * (is_short ? powers[unit - 1] : 1);
    p->lone = unit == 4;
    return true;
}

/* Below 10000: 三千二百零五, 十五, 廿三, 八. `p->good` is false where the signs contradict each other. */
static part read_section(reader *r) {
    part p = {.good = true};
    int unit = 4; /* power of the last unit read */
    size_t start = r->at;
    for (bool zero = false;; zero = false) {
        if (is_zero(peek(r, 0)) && r->at > start) zero = true, pass(r, 1);
        const sign *s = peek(r, 0), *next = peek(r, 1);
        if (s->kind == SIGN_TENS && unit > 1) {
            p.value += s->value, unit = 1, pass(r, 1);
        } else if (s->kind == SIGN_UNIT && s->value == 1 && unit > 1) {
            p.value += 10, unit = 1, pass(r, 1);
        } else if (is_figure(s) && next->kind == SIGN_UNIT) {
            p.good = p.good && next->value < unit;
            unit = next->value;
            p.value += s->value * powers[unit];
            pass(r, 2);
        } else {
            bool ones = is_figure(s);
            if (ones) p.good = p.good && add_ones(&p, s, unit, zero), pass(r, 1);
            p.good = p.good && r->at > start && (ones || !zero);
            return p;
        }
        if (!p.good) return p;
    }
}

/* What may follow 万 or 亿: a rest, with 零 before it or not. A lone digit without 零 is the short form of the next
 * lower unit, 一万二. Adds it to *value; false where the signs contradict each other. */
static bool add_rest(reader *r, part (*read)(reader *), uint64_t unit, uint64_t *value) {
    bool zero = is_zero(peek(r, 0));
    const sign *s = peek(r, zero);
    bool more = is_figure(s) || s->kind == SIGN_TENS || (s->kind == SIGN_UNIT && s->value == 1);
    if (!more) return !zero;
    bool pair = s->kind == SIGN_PAIR;
    pass(r, zero);
    part rest = read(r);
    if (rest.lone && pair) return false;
    *value += rest.value * (rest.lone && !zero ? unit / 10 : 1);
    return rest.good && rest.value < unit;
}

/* Below 10^8: 十二万三千. */
static part read_group(reader *r) {
    part p = read_section(r);
    if (!p.good || !is_group(peek(r, 0), 4)) return p;
    pass(r, 1);
    p.lone = false;
    p.value *= 10000;
    p.good = add_rest(r, read_section, 10000, &p.value);
    return p;
}

/* Below 10^16: 三万亿, 一亿二千万. */
static part read_whole(reader *r) {
    part p = read_group(r);
    if (!p.good || !is_group(peek(r, 0), 8)) return p;
    pass(r, 1);
    p.lone = false;
    p.value *= 100000000;
    p.good = add_rest(r, read_group, 100000000, &p.value);
    return p;
}

/* ---- strings of digits ---- */

static size_t count_digits(const reader *r) {
    size_t n = 0;
    while (n <= MOST_DIGITS && peek(r, n)->kind == SIGN_DIGIT) n++;
    return n;
}

/* Appends the digits as ASCII. */
static size_t take_digits(reader *r, size_t count, char *out) {
    for (size_t i = 0; i < count; i++) out[i] = (char)('0' + peek(r, i)->value);
    pass(r, count);
    return count;
}

/* 三四 and 三五 before a noun are estimates, not 34 and 35. */
static bool is_estimate(const reader *r, size_t digits) {
    unsigned a = peek(r, 0)->value, b = peek(r, 1)->value;
    return digits == 2 && a > 0 && (b == a + 1 || (a == 3 && b == 5)) && peek(r, 2)->kind != SIGN_POINT;
}

/* `点五` behind a whole number, and 万 or 亿 behind it: one number with a fraction. */
static bool read_fraction(reader *r, gk_decimal *value) {
    reader digits = {r->s, r->at + SIGN_BYTES};
    size_t n = peek(r, 0)->kind == SIGN_POINT ? count_digits(&digits) : 0;
    if (n == 0) return true;
    if (n > MOST_DIGITS) return false;
    char text[MOST_DIGITS + 2] = "0.";
    gk_decimal fraction;
    take_digits(&digits, n, text + 2);
    r->at = digits.at;
    if (!gk_decimal_parse((gk_str){text, n + 2}, &fraction) || !gk_decimal_add(value, &fraction, value)) return false;
    for (int last = 0; peek(r, 0)->kind == SIGN_GROUP && peek(r, 0)->value > last; pass(r, 1)) {
        last = peek(r, 0)->value;
        if (!gk_decimal_shift(value, last)) return false;
    }
    return true;
}

static bool read_digits(reader *r, size_t count, gk_decimal *value) {
    char text[MOST_DIGITS];
    if (count > MOST_DIGITS || is_estimate(r, count)) return false;
    return gk_decimal_parse((gk_str){text, take_digits(r, count, text)}, value);
}

static bool read_units(reader *r, gk_decimal *value) {
    part p = read_whole(r);
    return p.good && gk_decimal_from_int((int64_t)p.value, value);
}

size_t gk_numeral_read(gk_str s, gk_decimal *out) {
    reader r = {s, 0};
    gk_decimal value;
    size_t digits = count_digits(&r);
    bool by_position = digits > 1 || is_zero(peek(&r, 0));
    if (!(by_position ? read_digits(&r, digits, &value) : read_units(&r, &value))) return 0;
    if (!read_fraction(&r, &value)) return 0;
    sign_kind next = (sign_kind)peek(&r, 0)->kind;
    if (next != SIGN_NONE && next != SIGN_POINT) return 0; /* it goes on, and in no sound way */
    *out = value;
    return r.at;
}

size_t gk_ordinal_read(gk_str s, size_t most, int64_t *value) {
    gk_decimal numeral;
    size_t len = 0;
    for (*value = 0; len < s.len && len < most && s.ptr[len] >= '0' && s.ptr[len] <= '9'; len++)
        *value = 10 * *value + (s.ptr[len] - '0');
    if (len) return len;
    len = gk_numeral_read(s, &numeral);
    if (len && !gk_decimal_to_int(&numeral, 0, value)) *value = 0;
    return len;
}
