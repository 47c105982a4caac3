/* The cells of lines whose columns are parted by blanks. */
#include "read/plain_cut.h"

/* Whether a blank stands at `at`; *n its bytes. */
static bool is_blank(const plain *p, uint32_t at, uint32_t end, uint32_t *n) {
    const char *s = p->text + at;
    bool wide = end - at >= 3 && memcmp(s, "\xE3\x80\x80", 3) == 0, hard = end - at >= 2 && memcmp(s, "\xC2\xA0", 2) == 0;
    *n = s[0] == ' ' ? 1 : wide ? 3 : hard ? 2 : 0;
    return *n > 0;
}

static bool is_figure(gk_str s) { return pl_is_value(s) && pl_has_digit(s); }

/* Some tools give every character one place, others those of Han two. */
static uint32_t places(const plain *p, uint32_t from, uint32_t to) {
    if (p->two_places) return (uint32_t)pl_width((gk_str){p->text + from, to - from});
    uint32_t n = 0;
    for (; from < to; from++) n += ((unsigned char)p->text[from] & 0xC0) != 0x80;
    return n;
}

void pl_add_token(const plain *p, pl_cut *c, uint32_t from, uint32_t to) {
    if (c->count == PL_MOST_TOKENS) return;
    pl_token *t = &c->at[c->count++];
    *t = (pl_token){.at = {from, to}, .value = is_figure((gk_str){p->text + from, to - from})};
    c->values += t->value;
}

void pl_find_places(const plain *p, const pl_line *l, pl_cut *c) {
    uint32_t at = l->raw, place = 0;
    for (pl_token *t = c->at; t < c->at + c->count; t++) {
        t->from = (uint16_t)(place += places(p, at, t->at.start));
        t->to = (uint16_t)(place += places(p, t->at.start, t->at.end));
        at = t->at.end;
    }
}

/* Where the blanks that begin at `at` end; *wide: there are two or more, or one of double width. */
uint32_t pl_skip_blanks(const plain *p, uint32_t at, uint32_t end, bool *wide) {
    uint32_t n, start = at, count = 0;
    for (; at < end && is_blank(p, at, end, &n); at += n) count++;
    *wide = count > 1 || at - start == 3;
    return at;
}

/* How far a character is passed by its first byte; 0: a blank may begin with it. */
static inline uint32_t step(unsigned char first) {
    if (first < 0x80) return first != ' ';
    if (first == 0xC2 || first == 0xE3) return 0;
    return first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
}

uint32_t pl_word_end(const plain *p, uint32_t at, uint32_t end) {
    for (uint32_t n = 1; at < end; at += n) {
        n = step((unsigned char)p->text[at]);
        if (n) continue;
        if (is_blank(p, at, end, &n)) return at;
        n = p->text[at] == '\xC2' ? 2 : 3;
    }
    return at < end ? at : end;
}

/* The cells of a line of words: a figure with one blank beside it is part of them ("2025 plan"). */
void pl_cut_words(const plain *p, const pl_line *l, pl_cut *c) {
    c->count = c->values = 0;
    c->parted = false;
    bool wide = false;
    for (uint32_t at = l->start, end, next; at < l->end; at = next) {
        for (end = next = pl_word_end(p, at, l->end); end < l->end;) {
            next = pl_skip_blanks(p, end, l->end, &wide);
            if (wide) break;
            end = next = pl_word_end(p, next, l->end);
        }
        pl_add_token(p, c, at, end);
    }
}

/* The cells of a line. Words with one blank between them are one cell; figures are cells of their own. */
void pl_cut_line(const plain *p, const pl_line *l, pl_cut *c) {
    c->count = c->values = 0;
    c->parted = false;
    uint32_t at = l->start, open = 0, open_end = 0; /* the cell of words being gathered; none: open == open_end */
    bool wide = false;
    while (at < l->end) {
        uint32_t end = pl_word_end(p, at, l->end);
        bool value = is_figure((gk_str){p->text + at, end - at});
        if (value && wide) c->parted = true;
        if (open < open_end && (wide || value)) pl_add_token(p, c, open, open_end), open = open_end = 0;
        if (value) pl_add_token(p, c, at, end);
        else if (open < open_end) open_end = end;
        else open = at, open_end = end;
        at = pl_skip_blanks(p, end, l->end, &wide);
    }
    if (open < open_end) pl_add_token(p, c, open, open_end);
}

static bool is_words(const pl_line *l) { return l->kind == PL_TEXT || l->kind == PL_COLUMNS; }

/* A line that may be a row or a header of such a table: no sentence, nothing of a list of contents. */
bool pl_may_belong(const plain *p, const pl_line *l) {
    if (!is_words(l) || l->start >= l->end || (size_t)l->indent + l->width > PL_MOST_PLACES) return false;
    gk_str s = pl_text(p, l);
    return pl_end_of(s) != PL_END_STOP && pl_end_of(s) != PL_END_SEMI && !pl_has_comma(s) && !pl_has_leader(s);
}

/* Most lines are told by their last byte and by their having no blank. */
static bool may_be_row(const plain *p, const pl_line *l) {
    unsigned char last = (unsigned char)p->text[l->end ? l->end - 1 : 0];
    bool figure = (last >= '0' && last <= '9') || last == '%' || last == ')' || last >= 0x80;
    return is_words(l) && l->end - l->start > 4 && figure && memchr(p->text + l->start, ' ', l->end - l->start) &&
           pl_may_belong(p, l);
}

/* A sign of a figure in half width: 0 for all digits, '.' and ',' for the marks, another sign else; *n its bytes. */
static char sign_at(gk_str s, size_t at, size_t *n) {
    unsigned char c = (unsigned char)s.ptr[at];
    bool wide = c == 0xEF && at + 2 < s.len && (unsigned char)s.ptr[at + 1] == 0xBC;
    *n = wide ? 3 : 1;
    if (wide) c = (unsigned char)((unsigned char)s.ptr[at + 2] - 0x60); /* U+FF01 to U+FF3F stand for 0x21 to 0x5F */
    return c >= '0' && c <= '9' ? '0' : (char)c;
}

/* A figure of money: with a point or a mark, or of three digits at least; a year is none. */
static bool is_sum(const plain *p, const pl_token *t) {
    gk_str s = pl_str(p, t->at);
    size_t digits = 0;
    for (size_t i = 0, n; i < s.len; i += n) {
        char c = sign_at(s, i, &n);
        if (c == '.' || c == ',') return true;
        digits += c == '0';
    }
    bool year = s.len == 4 && (memcmp(s.ptr, "19", 2) == 0 || memcmp(s.ptr, "20", 2) == 0);
    return digits >= 3 && !year;
}

bool pl_cut_row(const plain *p, size_t line, pl_cut *c) {
    const pl_line *l = &p->lines.at[line];
    if (!may_be_row(p, l)) return false;
    pl_cut_line(p, l, c);
    if (!c->values || c->count < 2 || c->count == PL_MOST_TOKENS) return false;
    bool ends = c->at[c->count - 1].value, sum = false;
    for (uint32_t i = 0; i < c->count; i++) sum = sum || (c->at[i].value && is_sum(p, &c->at[i]));
    return sum && (ends || (c->parted && c->values > 0));
}

/* How many codes stand before the words of a row: figures without a mark. */
uint32_t pl_codes_before(const plain *p, const pl_cut *c) {
    uint32_t n = 0;
    while (n < c->count && c->at[n].value && !memchr(p->text + c->at[n].at.start, '.', c->at[n].at.end - c->at[n].at.start) &&
           c->at[n].at.end - c->at[n].at.start <= 7)
        n++;
    return n < c->count && !c->at[n].value ? n : 0;
}

/* How many pieces blanks part a line into. */
uint32_t pl_pieces(const plain *p, const pl_line *l) {
    uint32_t n = 0;
    bool wide;
    for (uint32_t at = l->start; at < l->end; at = pl_skip_blanks(p, at, l->end, &wide)) {
        at = pl_word_end(p, at, l->end);
        n++;
    }
    return n;
}
