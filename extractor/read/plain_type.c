/* Typography of single lines: numbering, line ends, brackets, labels. */
#include "read/plain.h"

/* The last character of s, packed as above; 0 for an empty s. */
static uint32_t last_char(gk_str s, size_t *n) {
    size_t at = s.len;
    *n = 0;
    if (!at) return 0;
    do at--;
    while (at > 0 && s.len - at < 4 && ((unsigned char)s.ptr[at] & 0xC0) == 0x80);
    return pl_char_at(s, at, n);
}

static bool in(uint32_t c, const uint32_t *set, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (set[i] == c) return true;
    return false;
}
#define IN(c, set) in(c, set, sizeof(set) / sizeof *(set))

enum {
    COMMA = 0xEFBC8C, DUN = 0xE38081, STOP = 0xE38082, SEMI = 0xEFBC9B, COLON = 0xEFBC9A, DOT = 0xEFBC8E,
    OPEN = 0xEFBC88, CLOSE = 0xEFBC89, DI = 0xE7ACAC, TU = 0xE59BBE, BIAO = 0xE8A1A8 /* 图 表 */
};

static const uint32_t han_digits[] = {0xE4B880, 0xE4BA8C, 0xE4B889, 0xE59B9B, 0xE4BA94, 0xE585AD, 0xE4B883, 0xE585AB,
                                      0xE4B99D, 0xE58D81, 0xE799BE, 0xE99BB6, 0xE38087}; /* 一 ... 九 十 百 零 〇 */
static const uint32_t openers[] = {OPEN, '(', 0xE3808A, 0xE3809D, 0xE38090, 0xE38094, 0xE28098, '[',
                                   0xE3808C, 0xE2809C}; /* （ ( 《 〝 【 〔 ‘ [ 「 “ */
static const uint32_t closers[] = {CLOSE, ')', 0xE3808B, 0xE3809E, 0xE38091, 0xE38095, 0xE28099, ']',
                                   0xE3808D, 0xE2809D, '"'}; /* ） ) 》 〞 】 〕 ’ ] 」 ” */

/* Few characters share the second or the third byte of a Han digit, so that most are told by them; a bit for each of
 * 80-BF. */
#define BIT(byte) (UINT64_C(1) << ((byte) & 63))
static bool is_han_digit(uint32_t c) {
    const uint64_t seconds = BIT(0xB8) | BIT(0xBA) | BIT(0x9B) | BIT(0x85) | BIT(0xB9) | BIT(0x8D) | BIT(0x99) | BIT(0x80);
    const uint64_t thirds = BIT(0x80) | BIT(0x8C) | BIT(0x89) | BIT(0x9B) | BIT(0x94) | BIT(0xAD) | BIT(0x83) | BIT(0xAB) |
                            BIT(0x9D) | BIT(0x81) | BIT(0xBE) | BIT(0xB6) | BIT(0x87);
    return (seconds >> (c >> 8 & 63) & thirds >> (c & 63) & 1) && IN(c, han_digits);
}

static bool is_digit(uint32_t c) { return (c >= '0' && c <= '9') || (c >= 0xEFBC90 && c <= 0xEFBC99); }

static size_t skip_spaces(gk_str s, size_t at) {
    while (at < s.len && (s.ptr[at] == ' ' || s.ptr[at] == '\t')) at++;
    return at;
}

/* Reads a numeral of at most `most` characters, all Han or all digits, from *at; 'h', 'd', or 0 where there is none. */
static char numeral(gk_str s, size_t *at, size_t most) {
    char kind = 0;
    for (size_t n, got = 0; *at < s.len; *at += n, got++) {
        uint32_t c = pl_char_at(s, *at, &n);
        char k = is_han_digit(c) ? 'h' : is_digit(c) ? 'd' : 0;
        if (!k || (kind && k != kind)) break;
        if (got == most) return 0;
        kind = k;
    }
    return kind;
}

/* 第一部分, 第 2 章: the numeral stands after 第, the kind of part behind it. */
static pl_item item_of_part(gk_str s, size_t at) {
    static const uint32_t weak[] = {0xE7ABA0, 0xE88A82, 0xE7AF87, 0xE69DA1}; /* 章 节 篇 条 */
    size_t n;
    at = skip_spaces(s, at);
    if (!numeral(s, &at, 3)) return PL_ITEM_NONE;
    at = skip_spaces(s, at);
    if (gk_str_starts(gk_str_slice(s, at, s.len), GK_STR("\xE9\x83\xA8\xE5\x88\x86"))) return PL_ITEM_PART; /* 部分 */
    return at < s.len && IN(pl_char_at(s, at, &n), weak) ? PL_ITEM_CHAPTER : PL_ITEM_NONE;
}

/* （一） (12): the numeral stands behind the bracket. */
static pl_item item_in_brackets(gk_str s, size_t at) {
    size_t n;
    at = skip_spaces(s, at);
    char kind = numeral(s, &at, 3);
    at = skip_spaces(s, at);
    if (!kind || at >= s.len) return PL_ITEM_NONE;
    uint32_t c = pl_char_at(s, at, &n);
    if (c != CLOSE && c != ')') return PL_ITEM_NONE;
    return kind == 'h' ? PL_ITEM_HAN_BRACKET : PL_ITEM_DIGIT_BRACKET;
}

/* 图 2：..., 表3 ..., 表5-1 ...: the numeral stands behind the word, a blank or a colon behind it; not "表3所示，". */
static pl_item item_of_caption(gk_str s, size_t at) {
    size_t n;
    at = skip_spaces(s, at);
    if (!numeral(s, &at, 3)) return PL_ITEM_NONE;
    bool parts = at < s.len && s.ptr[at] == '-';
    at += parts;
    if ((parts && !numeral(s, &at, 3)) || at >= s.len) return PL_ITEM_NONE;
    uint32_t c = pl_char_at(s, at, &n);
    return (c == ' ' || c == ':' || c == COLON) && !pl_has_comma(s) ? PL_ITEM_CAPTION : PL_ITEM_NONE;
}

/* 一、 1. 1、 12） but not 1.5: the numeral starts the line. */
static pl_item item_bare(gk_str s) {
    size_t at = 0, n, m;
    char kind = numeral(s, &at, 3);
    if (!kind) return PL_ITEM_NONE;
    at = skip_spaces(s, at);
    if (at >= s.len) return PL_ITEM_NONE;
    uint32_t c = pl_char_at(s, at, &n);
    if (c == DUN) return kind == 'h' ? PL_ITEM_HAN : PL_ITEM_DIGIT_DUN;
    if (c != '.' && c != DOT && (kind == 'h' || (c != CLOSE && c != ')'))) return PL_ITEM_NONE;
    at = skip_spaces(s, at + n);
    if (at >= s.len || is_digit(pl_char_at(s, at, &m))) return PL_ITEM_NONE;
    return kind == 'h' ? PL_ITEM_HAN : c == '.' || c == DOT ? PL_ITEM_DIGIT_DOT : PL_ITEM_DIGIT_BRACKET;
}

pl_item pl_item_of(gk_str s) {
    static const uint32_t bullets[] = {0xE280A2, 0xE2978F, 0xE29786, 0xE296A0, 0xE29885, 0xE296AA, 0xE29EA2};
    size_t n;
    if (!s.len) return PL_ITEM_NONE;
    uint32_t c = pl_char_at(s, 0, &n);
    if (is_han_digit(c) || is_digit(c)) return item_bare(s);
    if (c == DI) return item_of_part(s, n);
    if (c == TU || c == BIAO) return item_of_caption(s, n);
    if (c == OPEN || c == '(') return item_in_brackets(s, n);
    bool bullet = c >> 16 == 0xE2 && ((c >= 0xE291A0 && c <= 0xE2929B) || IN(c, bullets)); /* from (1) to 20. in a sign */
    return bullet ? PL_ITEM_BULLET : PL_ITEM_NONE;
}

static pl_end end_of_char(uint32_t c) {
    static const uint32_t stops[] = {STOP, 0xEFBC81, 0xEFBC9F, '!', '?'}; /* 。！？ */
    static const uint32_t goes_on[] = {COMMA, DUN, ',', OPEN, '(', 0xE3808A, 0xE2809C, 0xE38090};
    if (IN(c, stops)) return PL_END_STOP;
    if (c == SEMI || c == ';') return PL_END_SEMI;
    if (c == COLON || c == ':') return PL_END_COLON;
    if (IN(c, goes_on)) return PL_END_COMMA;
    return is_digit(c) || c == '.' ? PL_END_DIGIT : PL_END_OPEN;
}

pl_end pl_end_of(gk_str s) {
    size_t n;
    unsigned char lead = s.len >= 3 ? (unsigned char)s.ptr[s.len - 3] : 0;
    if (lead >= 0xE4 && lead <= 0xE9) return PL_END_OPEN; /* Han characters come first: most lines end with one. */
    uint32_t c = last_char(s, &n);
    for (int i = 0; i < 3 && n && IN(c, closers); i++) { /* 。” and 。） end a sentence too. */
        s.len -= n;
        c = last_char(s, &n);
        if (end_of_char(c) == PL_END_STOP) return PL_END_STOP;
        if (!IN(c, closers)) return PL_END_CLOSE;
    }
    return end_of_char(c);
}

bool pl_has_label(gk_str s) {
    size_t width = 0;
    for (size_t at = 0, n; at < s.len && width <= 24; at += n) {
        n = 3;
        width += 2;
        if ((unsigned char)s.ptr[at] >= 0xE4 && (unsigned char)s.ptr[at] <= 0xE9) continue; /* Han: most are */
        uint32_t c = pl_char_at(s, at, &n);
        if (c == COLON || c == ':') return at + n < s.len;
        if (c == COMMA || c == STOP || c == SEMI || c == ',' || c == ';') return false;
        width -= n < 3;
    }
    return false;
}

bool pl_brackets_open(gk_str s) {
    int depth = 0;
    for (size_t at = 0, n; at < s.len; at += n) {
        n = 1;
        unsigned char b = (unsigned char)s.ptr[at];
        if (b != '(' && b != ')' && b != '[' && b != ']' && (b < 0xE2 || b > 0xEF)) continue;
        uint32_t c = pl_char_at(s, at, &n);
        if (IN(c, openers)) depth++;
        else if (c != '"' && IN(c, closers) && depth) depth--;
    }
    return depth > 0;
}

/* The bytes of the characters that leaders are made of. */
static const bool in_leader[256] = {['.'] = true,  [0xC2] = true, [0xB7] = true, [0xE2] = true, [0x80] = true, [0xA6] = true,
                                    [0x8B] = true, [0xAF] = true, [0xE3] = true, [0x83] = true, [0xBB] = true};

/* Whether the byte at s[at] belongs to one of these characters, a full stop beside another one. */
static bool stands_in_leader(gk_str s, size_t at) {
    static const uint32_t dots[] = {0xE280A6, 0xE28BAF, 0xE383BB, 0xC2B7};
    size_t n;
    if (s.ptr[at] == '.') return (at && s.ptr[at - 1] == '.') || (at + 1 < s.len && s.ptr[at + 1] == '.');
    for (int i = 0; i < 2 && at && ((unsigned char)s.ptr[at] & 0xC0) == 0x80; i++) at--;
    return IN(pl_char_at(s, at, &n), dots);
}

static bool finds_leader(gk_str s) {
    static const gk_str leaders[] = {{"\xE2\x80\xA6\xE2\x80\xA6", 6}, {".....", 5}, {"\xC2\xB7\xC2\xB7\xC2\xB7", 6},
                                     {"\xE3\x83\xBB\xE3\x83\xBB\xE3\x83\xBB", 9}, {"\xE2\x8B\xAF\xE2\x8B\xAF", 6}};
    for (size_t i = 0; i < sizeof leaders / sizeof *leaders; i++)
        if (gk_str_find(s, leaders[i]) != SIZE_MAX) return true;
    return false;
}

/* A leader has five bytes at least: one byte of five is looked at. */
bool pl_has_leader(gk_str s) {
    if (s.len > 48) s = gk_str_slice(s, s.len - 48, s.len); /* It stands before the page number at the end. */
    for (size_t at = 4; at < s.len; at += 5)
        if (in_leader[(unsigned char)s.ptr[at]] && stands_in_leader(s, at)) return finds_leader(s);
    return false;
}

bool pl_ends_in_leader(gk_str s) {
    return s.len && in_leader[(unsigned char)s.ptr[s.len - 1]] && stands_in_leader(s, s.len - 1);
}

bool pl_is_value(gk_str s) {
    static const bool begins[256] = {
        ['0'] = true, ['1'] = true, ['2'] = true, ['3'] = true, ['4'] = true, ['5'] = true,  ['6'] = true,  ['7'] = true,
        ['8'] = true, ['9'] = true, [','] = true, ['.'] = true, ['-'] = true, ['+'] = true,  ['%'] = true,  [' '] = true,
        ['('] = true, [')'] = true, ['/'] = true, ['*'] = true, ['~'] = true, [0xE2] = true, [0xEF] = true}; /* bytes */
    static const uint32_t parts[] = {COMMA, DOT, OPEN, CLOSE, 0xEFBC85, 0xEFBC8D, 0xE28094, 0xE28093, 0xE28892}; /* ％－—–− */
    for (size_t at = 0, n; at < s.len; at += n) {
        n = 1;
        if (!begins[(unsigned char)s.ptr[at]]) return false;
        if ((unsigned char)s.ptr[at] < 0x80) continue;
        uint32_t c = pl_char_at(s, at, &n);
        if (!is_digit(c) && !IN(c, parts)) return false;
    }
    return true;
}

bool pl_has_digit(gk_str s) {
    for (size_t at = 0, n; at < s.len; at += n)
        if (is_digit(pl_char_at(s, at, &n))) return true;
    return false;
}
