#include "read/numbering.h"

#include <stdlib.h>

/* ---- numbers in their writings (ECMA-376 part 1, 17.18.59) */

static void put_decimal(uint32_t n, gk_buf *out) { gk_buf_printf(out, "%u", (unsigned)n); }
static void put_two_digits(uint32_t n, gk_buf *out) { gk_buf_printf(out, "%02u", (unsigned)n); }

static const char *const han[] = {"〇", "一", "二", "三", "四", "五", "六", "七", "八", "九"};

/* 12 is 十二, 20 is 二十, 105 is 一百〇五. */
static void put_counting(uint32_t n, gk_buf *out) {
    static const struct {
        uint32_t power;
        const char *sign;
    } powers[] = {{1000, "千"}, {100, "百"}, {10, "十"}};
    bool gap = false, begun = false;
    if (n == 0 || n > 9999) {
        put_decimal(n, out);
        return;
    }
    for (size_t i = 0; i < sizeof powers / sizeof *powers; i++) {
        uint32_t digit = n / powers[i].power % 10;
        if (!digit) {
            gap = begun;
            continue;
        }
        if (gap) gk_buf_put(out, gk_str_of(han[0]));
        if (digit > 1 || begun || powers[i].power > 10) gk_buf_put(out, gk_str_of(han[digit]));
        gk_buf_put(out, gk_str_of(powers[i].sign));
        begun = true;
        gap = false;
    }
    if (n % 10 && gap) gk_buf_put(out, gk_str_of(han[0]));
    if (n % 10) gk_buf_put(out, gk_str_of(han[n % 10]));
}

static void put_digits(uint32_t n, gk_buf *out) {
    char text[16];
    size_t len = 0;
    for (; n && len < sizeof text; n /= 10) text[len++] = (char)(n % 10);
    if (!len) gk_buf_put(out, gk_str_of(han[0]));
    while (len) gk_buf_put(out, gk_str_of(han[(int)text[--len]]));
}

static void put_full_width(uint32_t n, gk_buf *out) {
    char text[16];
    size_t len = 0;
    for (; (n || !len) && len < sizeof text; n /= 10) text[len++] = (char)(n % 10);
    while (len) {
        char sign[3] = {(char)0xEF, (char)0xBC, (char)(0x90 + text[--len])}; /* U+FF10 + digit */
        gk_buf_put(out, (gk_str){sign, 3});
    }
}

static void put_circled(uint32_t n, gk_buf *out) {
    if (n < 1 || n > 20) {
        put_decimal(n, out);
        return;
    }
    char sign[3] = {(char)0xE2, (char)0x91, (char)(0x9F + n)}; /* U+245F + n */
    gk_buf_put(out, (gk_str){sign, 3});
}

/* a .. z, aa .. zz */
static void put_letters(uint32_t n, char first, gk_buf *out) {
    if (n == 0) return;
    for (uint32_t i = 0; i <= (n - 1) / 26 && i < 8; i++) gk_buf_putc(out, (char)(first + (n - 1) % 26));
}

static void put_lower(uint32_t n, gk_buf *out) { put_letters(n, 'a', out); }
static void put_upper(uint32_t n, gk_buf *out) { put_letters(n, 'A', out); }

static void put_roman(uint32_t n, bool upper, gk_buf *out) {
    static const struct {
        uint32_t value;
        const char *upper, *lower;
    } signs[] = {{1000, "M", "m"}, {900, "CM", "cm"}, {500, "D", "d"}, {400, "CD", "cd"}, {100, "C", "c"},
                 {90, "XC", "xc"}, {50, "L", "l"},    {40, "XL", "xl"}, {10, "X", "x"},   {9, "IX", "ix"},
                 {5, "V", "v"},    {4, "IV", "iv"},   {1, "I", "i"}};
    if (n > 3999) {
        put_decimal(n, out);
        return;
    }
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        for (; n >= signs[i].value; n -= signs[i].value)
            gk_buf_put(out, gk_str_of(upper ? signs[i].upper : signs[i].lower));
}

static void put_lower_roman(uint32_t n, gk_buf *out) { put_roman(n, false, out); }
static void put_upper_roman(uint32_t n, gk_buf *out) { put_roman(n, true, out); }

static const struct {
    const char *name;
    void (*put)(uint32_t n, gk_buf *out);
} formats[] = {
    {"decimal", put_decimal},
    {"decimalZero", put_two_digits},
    {"chineseCounting", put_counting},
    {"chineseCountingThousand", put_counting},
    {"chineseLegalSimplified", put_decimal},
    {"japaneseCounting", put_counting},
    {"taiwaneseCounting", put_counting},
    {"taiwaneseCountingThousand", put_counting},
    {"ideographDigital", put_digits},
    {"japaneseDigitalTenThousand", put_digits},
    {"decimalFullWidth", put_full_width},
    {"decimalFullWidth2", put_full_width},
    {"decimalEnclosedCircle", put_circled},
    {"decimalEnclosedCircleChinese", put_circled},
    {"lowerLetter", put_lower},
    {"upperLetter", put_upper},
    {"lowerRoman", put_lower_roman},
    {"upperRoman", put_upper_roman},
};

const char *gk_number_format(gk_str name) {
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (gk_str_eqz(name, formats[i].name)) return formats[i].name;
    return NULL;
}

static void put_number(const gk_number_level *level, bool plain, uint32_t n, gk_buf *out) {
    for (size_t i = 0; i < sizeof formats / sizeof *formats && level->format && !plain; i++)
        if (level->format == formats[i].name) {
            formats[i].put(n, out);
            return;
        }
    if (level->format) put_decimal(n, out);
}

/* ---- counting */

void gk_numbering_free(gk_numbering *n) {
    gk_vec_free(&n->lists);
    gk_vec_free(&n->uses);
}

/* A list that paragraphs name for the first time may start anew. */
static void begin(gk_number_use *use, gk_number_list *list) {
    if (use->used) return;
    use->used = true;
    for (int i = 0; i < GK_NUMBER_LEVELS; i++) {
        if (use->restart[i] < 0) continue;
        list->level[i].start = (uint32_t)use->restart[i];
        list->count[i] = 0;
    }
}

static void count(gk_number_list *list, int level) {
    for (int i = 0; i < level; i++)
        if (!list->count[i]) list->count[i] = list->level[i].start + 1; /* counts are one more than the number */
    list->count[level] = list->count[level] ? list->count[level] + 1 : list->level[level].start + 1;
    for (int i = level + 1; i < GK_NUMBER_LEVELS; i++) list->count[i] = 0;
}

static void print(const gk_number_list *list, int level, gk_buf *out) {
    gk_str text = list->level[level].text;
    for (size_t i = 0; i < text.len; i++) {
        bool number = text.ptr[i] == '%' && i + 1 < text.len && text.ptr[i + 1] >= '1' && text.ptr[i + 1] <= '9';
        if (!number) {
            gk_buf_putc(out, text.ptr[i]);
            continue;
        }
        int at = text.ptr[++i] - '1';
        uint32_t n = list->count[at] ? list->count[at] - 1 : list->level[at].start;
        put_number(&list->level[at], list->level[level].plain, n, out);
    }
    if (text.len && text.ptr[text.len - 1] > 0 && text.ptr[text.len - 1] < 0x7F && text.ptr[text.len - 1] != ' ')
        gk_buf_putc(out, ' ');
}

/* Most files number their lists from 1 on without a gap. */
static gk_number_use *use_of(gk_numbering *n, int id) {
    if (id >= 1 && (size_t)id <= n->uses.len && n->uses.at[id - 1].id == id) return &n->uses.at[id - 1];
    for (size_t i = 0; i < n->uses.len; i++)
        if (n->uses.at[i].id == id) return &n->uses.at[i];
    return NULL;
}

void gk_numbering_next(gk_numbering *n, int id, int level, gk_buf *out) {
    if (level < 0 || level >= GK_NUMBER_LEVELS) return;
    gk_number_use *use = use_of(n, id);
    if (!use || use->list >= n->lists.len) return;
    gk_number_list *list = &n->lists.at[use->list];
    begin(use, list);
    count(list, level);
    if (list->level[level].format) print(list, level, out);
}
