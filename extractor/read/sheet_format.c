#include "read/sheet_format.h"

enum { MOST_PLACES = 30, MOST_SCALE = 8 };

/* ---- reading a code */

/* The character s.ptr[at], whole. */
static gk_str char_at(gk_str s, size_t at) {
    size_t end = at + 1;
    while (end < s.len && ((unsigned char)s.ptr[end] & 0xC0) == 0x80) end++;
    return gk_str_slice(s, at, end);
}

/* [$SYMBOL-LOCALE] shows its symbol; other brackets are instructions. */
static void step_bracket(gk_str s, size_t *at, gk_str *literal) {
    const char *end = memchr(s.ptr + *at, ']', s.len - *at);
    gk_str inside = gk_str_slice(s, *at + 1, end ? (size_t)(end - s.ptr) : s.len);
    *at = end ? (size_t)(end - s.ptr) + 1 : s.len;
    if (!gk_str_starts(inside, GK_STR("$"))) return;
    size_t dash = gk_str_find(inside, GK_STR("-"));
    *literal = gk_str_slice(inside, 1, dash == SIZE_MAX ? inside.len : dash);
}

char gk_format_step(gk_str s, size_t *at, gk_str *literal) {
    char c = s.ptr[*at];
    *literal = GK_STR("");
    if (c == '"') {
        const char *end = memchr(s.ptr + *at + 1, '"', s.len - *at - 1);
        size_t to = end ? (size_t)(end - s.ptr) : s.len;
        *literal = gk_str_slice(s, *at + 1, to);
        *at = to + (end != NULL);
        return 0;
    }
    if (c == '[') {
        step_bracket(s, at, literal);
        return 0;
    }
    bool escape = (c == '\\' || c == '!') && *at + 1 < s.len, pad = (c == '_' || c == '*') && *at + 1 < s.len;
    gk_str next = char_at(s, *at + (escape || pad));
    *at += next.len + (escape || pad);
    if (pad) return 0;
    if (!escape && next.len == 1 && memchr("0#?.,%@/Ee", c, 10)) return c;
    if (!escape && next.len == 1 && ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'))) return c;
    *literal = next;
    return 0;
}

static bool has_word(gk_str s, const char *word) {
    for (size_t at = 0, n = strlen(word); at + n <= s.len; at++) {
        size_t i = 0;
        while (i < n && (s.ptr[at + i] | 32) == word[i]) i++;
        if (i == n) return true;
    }
    return false;
}

static bool is_place(char c) { return c == '0' || c == '#' || c == '?'; }

static bool is_date_sign(char c) {
    c = (char)(c | 32);
    return c == 'y' || c == 'm' || c == 'd' || c == 'h' || c == 's' || c == 'a';
}

/* [>=100] */
static void read_test(gk_str inside, gk_format_section *s) {
    static const struct {
        gk_str sign;
        char test;
    } tests[] = {{{"<=", 2}, 'l'}, {{">=", 2}, 'g'}, {{"<>", 2}, '!'}, {{"<", 1}, '<'}, {{">", 1}, '>'}, {{"=", 1}, '='}};
    for (size_t i = 0; i < sizeof tests / sizeof *tests; i++) {
        if (!gk_str_starts(inside, tests[i].sign)) continue;
        if (gk_figure_parse(gk_str_slice(inside, tests[i].sign.len, inside.len), &s->limit)) s->test = tests[i].test;
        return;
    }
}

static void read_bracket(gk_str code, size_t at, gk_format_section *s) {
    const char *end = memchr(code.ptr + at, ']', code.len - at);
    gk_str inside = gk_str_slice(code, at + 1, end ? (size_t)(end - code.ptr) : code.len);
    if (!inside.len || inside.ptr[0] == '$') return;
    char first = (char)(inside.ptr[0] | 32), last = (char)(inside.ptr[inside.len - 1] | 32);
    if (memchr("<>=", inside.ptr[0], 3)) read_test(inside, s);
    else if (first == last && memchr("hms", first, 3)) s->elapsed = s->date = true;
    else if (!has_word(inside, "dbnum") && !has_word(inside, "natnum")) s->colored = true;
}

/* What the signs of a section say together. A comma between places groups by thousands, one behind the last place before
 * the point divides by a thousand. */
static void read_section(gk_str code, gk_format_section *s) {
    *s = (gk_format_section){.code = code};
    bool point = false, exponent = false, fraction = false, places = false;
    uint32_t commas = 0;
    gk_str literal;
    s->general = has_word(code, "general") || has_word(code, "g/");
    for (size_t at = 0; at < code.len;) {
        if (code.ptr[at] == '[') read_bracket(code, at, s);
        char c = gk_format_step(code, &at, &literal);
        if (is_place(c)) {
            if (commas) s->thousands = true, commas = 0;
            uint8_t *count = point ? &s->decimals : &s->whole;
            if (*count < MOST_PLACES) ++*count;
            places = true;
        } else if (c == ',' && places) commas++;
        else if (c == '.' && places) point = true;
        else if (c == '.') point = places = true;
        else if (c == '%') s->percent = true;
        else if (c == '@') s->text = true;
        else if (c == '/' && places) fraction = true;
        else if ((c == 'E' || c == 'e') && places) exponent = true;
        else if (is_date_sign(c) && !s->general) s->date = true;
        else if (c == 'e' && !s->general) s->date = true;
    }
    s->scale = (uint8_t)(commas < MOST_SCALE ? commas : MOST_SCALE);
    if (!s->date && (exponent || fraction)) s->general = true;
}

/* Where the section that starts at `at` ends: at a ';' outside quotes and escapes. */
static size_t section_end(gk_str code, size_t at) {
    gk_str literal;
    while (at < code.len && code.ptr[at] != ';') gk_format_step(code, &at, &literal);
    return at < code.len ? at : code.len;
}

void gk_format_read(gk_str code, gk_format *out) {
    *out = (gk_format){.count = 0};
    for (size_t at = 0; out->count < GK_FORMAT_SECTIONS;) {
        size_t end = section_end(code, at);
        read_section(gk_str_slice(code, at, end), &out->at[out->count++]);
        if (end >= code.len) break;
        at = end + 1;
    }
    if (out->count == 1 && !code.len) out->count = 0;
}

/* ---- showing a figure */

/* The places of a section are filled from the point outwards. Worked example: `0!.0,` shows 123456 as 12.3 (the point is
 * a literal between two places): the figure 123 has the digits 12 for the first place and 3 for the second. */
typedef struct filling {
    const gk_format_section *s;
    gk_figure value;
    uint32_t seen;    /* places before the point so far */
    uint32_t behind;  /* places behind it */
    int zeros;        /* digits that '0' places ask for before the point */
    bool point;
    gk_buf *out;
} filling;

static void put_whole(filling *f, char place) {
    int left = f->s->whole ? (int)f->s->whole - (int)f->seen - 1 : 0; /* places to come */
    int whole = gk_figure_whole(&f->value), top = f->seen == 0 && whole > left ? whole - 1 : left;
    if (place == '0' && f->zeros <= left) f->zeros = left + 1;
    for (int power = top; power >= left; power--) {
        if (power >= whole && power >= f->zeros) continue;
        gk_buf_putc(f->out, gk_figure_at(&f->value, power));
        if (f->s->thousands && power && power % 3 == 0) gk_buf_putc(f->out, ',');
    }
    f->seen++;
}

/* Whether a '0' place stands behind this one. */
static bool zero_follows(gk_str code, size_t at) {
    gk_str literal;
    while (at < code.len)
        if (gk_format_step(code, &at, &literal) == '0') return true;
    return false;
}

static void put_decimal(filling *f, char place, size_t at) {
    int index = (int)f->behind++, decimals = gk_figure_decimals(&f->value);
    if (index >= decimals && place != '0' && !zero_follows(f->s->code, at)) return;
    if (index == 0) gk_buf_putc(f->out, '.');
    gk_buf_putc(f->out, gk_figure_at(&f->value, -1 - index));
}

static void fill(filling *f) {
    gk_str code = f->s->code, literal;
    for (size_t at = 0; at < code.len;) {
        char c = gk_format_step(code, &at, &literal);
        gk_buf_put(f->out, literal);
        if (c == '.' && !f->point) {
            f->point = true;
            if (!f->s->whole && gk_figure_whole(&f->value)) put_whole(f, '#');
        } else if (is_place(c) && f->point) put_decimal(f, c, at);
        else if (is_place(c)) put_whole(f, c);
        else if (c == '%') gk_buf_putc(f->out, '%');
        else if (c && c != ',' && c != '.') gk_buf_putc(f->out, c);
    }
}

static void put_section(const gk_format_section *s, gk_figure value, bool sign, gk_buf *out) {
    if (s->percent) value.point += value.len ? 2 : 0;
    value.point -= value.len ? 3 * s->scale : 0;
    gk_figure_round(&value, s->decimals);
    if (value.negative && (sign || (s->colored && !memchr(s->code.ptr, '(', s->code.len) &&
                                    !memchr(s->code.ptr, '-', s->code.len))))
        gk_buf_putc(out, '-');
    value.negative = false;
    filling f = {.s = s, .value = value, .out = out};
    fill(&f);
}

static bool fits(const gk_format_section *s, const gk_figure *value) {
    int order = gk_figure_cmp(value, &s->limit);
    switch (s->test) {
    case '<': return order < 0;
    case '>': return order > 0;
    case '=': return order == 0;
    case 'l': return order <= 0;
    case 'g': return order >= 0;
    case '!': return order != 0;
    default: return true;
    }
}

/* The section that speaks for a number; *sign: it does not itself say that a figure is negative. */
static const gk_format_section *section_for(const gk_format *f, const gk_figure *value, bool *sign) {
    size_t numbers = f->count > 3 ? 3 : f->count;
    *sign = value->negative;
    if (numbers > 1 && f->at[numbers - 1].text && numbers == f->count && !f->at[numbers - 1].general) numbers--;
    if (f->at[0].test || (numbers > 1 && f->at[1].test)) {
        for (size_t i = 0; i < numbers; i++)
            if (fits(&f->at[i], value)) return &f->at[i];
        return NULL;
    }
    if (numbers == 1) return &f->at[0];
    if (value->negative) return *sign = false, &f->at[1];
    return numbers > 2 && !value->len ? &f->at[2] : &f->at[0];
}

/* `General"kg"`: the number stands in the place of the word. */
static void put_general(const gk_format_section *s, const gk_figure *value, gk_buf *out) {
    gk_str literal, code = s ? s->code : GK_STR("");
    bool named = s && s->general && has_word(code, "general"), done = false;
    for (size_t at = 0; named && at < code.len;) {
        bool here = !done && code.len - at >= 7 && has_word(gk_str_slice(code, at, at + 7), "general");
        if (here) gk_figure_print(value, out), done = true, at += 7;
        else {
            gk_format_step(code, &at, &literal);
            gk_buf_put(out, literal);
        }
    }
    if (!done) gk_figure_print(value, out);
}

void gk_format_figure(const gk_format *f, gk_figure value, bool from_1904, gk_buf *out) {
    bool sign = value.negative;
    const gk_format_section *s = f->count ? section_for(f, &value, &sign) : NULL;
    if (!s || s->general || s->text) {
        if (!sign) value.negative = false;
        put_general(s, &value, out);
        return;
    }
    if (s->date) gk_format_date(s, &value, from_1904, out);
    else put_section(s, value, sign, out);
}

void gk_format_text(const gk_format *f, gk_str text, gk_buf *out) {
    const gk_format_section *s = f->count == GK_FORMAT_SECTIONS ? &f->at[3] : f->count ? &f->at[f->count - 1] : NULL;
    if (!s || !s->text || s->date) {
        gk_buf_put(out, text);
        return;
    }
    gk_str literal;
    for (size_t at = 0; at < s->code.len;) {
        char c = gk_format_step(s->code, &at, &literal);
        gk_buf_put(out, literal);
        if (c == '@') gk_buf_put(out, text);
    }
}
