/* Page numbers and running heads: lines that belong to the page and interrupt the text.
 *
 * Worked example: "...and the budget of the\n16\nCounty Office Budget 2031\nyear was..." - the line 16 stands alone and
 * lies between the numbers 15 and 17 of other pages, and the head comes back on most pages beside such a number. */
#include <stdlib.h>

#include "read/plain.h"

/* Whether a page number may start with this byte: a digit, or the first byte of one of the signs below. */
static bool may_start_number(unsigned char c) {
    if (c >= 0x80) return c == 0xE7 || c == 0xE9 || c == 0xE5 || c == 0xE2 || c == 0xEF || c == 0xC2;
    return (c >= '-' && c <= '9' && c != '.') || c == '~' || c == ' ';
}

/* How a line looks as a page number: 0 not, 1 a bare number, 2 a number in the dress of one (- 3 -, 第 3 页, 3/10). */
static int page_number(gk_str s, unsigned *value) {
    static const gk_str dress[] = {{"\xE7\xAC\xAC", 3}, {"\xE9\xA1\xB5", 3}, {"\xE5\x85\xB1", 3}, {"\xE2\x80\x94", 3},
                                   {"\xE2\x80\x93", 3}, {"\xE2\x80\x95", 3}, {"\xEF\xBC\x8C", 3}, {"\xEF\xBC\x8D", 3},
                                   {"-", 1}, {"/", 1}, {"\xC2\xB7", 2}, {"~", 1}, {" ", 1}};
    unsigned groups = 0, dashes = 0, page = 0, slash = 0;
    if (s.len && !may_start_number((unsigned char)s.ptr[0])) return 0;
    for (size_t at = 0; at < s.len;) {
        if (s.ptr[at] >= '0' && s.ptr[at] <= '9') {
            unsigned n = 0, digits = 0;
            for (; at < s.len && s.ptr[at] >= '0' && s.ptr[at] <= '9'; at++, digits++)
                if (digits < 5) n = n * 10 + (unsigned)(s.ptr[at] - '0');
            if (digits > 4 || ++groups > 2) return 0;
            if (groups == 1) *value = n;
            continue;
        }
        size_t k = 0, count = sizeof dress / sizeof *dress;
        while (k < count && (s.ptr[at] != dress[k].ptr[0] || !gk_str_starts(gk_str_slice(s, at, s.len), dress[k]))) k++;
        if (k == count) return 0;
        page += k == 1, slash += k == 9, dashes += k != 0 && k != 1 && k != 2 && k != 6 && k != 9 && k != 12;
        at += dress[k].len;
    }
    if (!groups || !*value) return 0;
    bool ends_free = s.ptr[0] < '0' || s.ptr[0] > '9';
    ends_free = ends_free && (s.ptr[s.len - 1] < '0' || s.ptr[s.len - 1] > '9');
    if (page) return 2;
    if (slash == 1 && groups == 2 && !dashes) return 2;
    if (dashes >= 2 && groups == 1 && ends_free) return 2;
    return groups == 1 && !dashes && !slash && s.ptr[0] != '0' ? 1 : 0;
}

static bool has_words(const pl_line *l) { return l->kind != PL_ASIDE; }

/* The sentence before a line is unfinished: the line may interrupt it. */
static bool interrupts(const plain *p, size_t i) {
    if (i == 0 || i + 1 >= p->lines.len) return false;
    const pl_line *a = &p->lines.at[i - 1], *b = &p->lines.at[i + 1];
    return a->kind == PL_TEXT && b->kind == PL_TEXT && a->ends <= PL_END_DIGIT && a->width >= 24 &&
           b->item < PL_ITEM_PART && b->width >= 4;
}

/* The same, held to more: a wrapped paragraph that is printed several times also repeats its lines, but those are as
 * wide as their neighbours, and a title before a form number is no sentence. */
static bool breaks_prose(const plain *p, size_t i) {
    if (!interrupts(p, i)) return false;
    const pl_line *a = &p->lines.at[i - 1], *l = a + 1, *b = a + 2;
    return l->width * 4u < a->width * 3u && pl_has_comma(pl_text(p, a)) &&
           (b->ends > PL_END_DIGIT || pl_has_comma(pl_text(p, b)));
}

static void mark_aside(plain *p, size_t line) {
    p->lines.at[line].kind = PL_ASIDE;
    p->aside_lines++;
}

/* A bare number is a page number where it interrupts a sentence, or where it keeps the order of its neighbours among
 * the bare numbers; a third number in a row is a column of figures. */
static bool is_page(const plain *p, const pl_number *bare, size_t count, size_t k) {
    size_t i = bare[k].line;
    bool after = k + 1 < count && bare[k + 1].line == i + 1, before = k > 0 && bare[k - 1].line == i - 1;
    bool row = (after && before) || (after && k + 2 < count && bare[k + 2].line == i + 2) ||
               (before && k > 1 && bare[k - 2].line + 2 == i);
    bool rises = k == 0 || bare[k - 1].value < bare[k].value;
    bool falls = k + 1 < count && bare[k + 1].value < bare[k].value;
    return !row && (count <= 2 || (rises && !falls) || interrupts(p, i));
}

static void mark_numbers(plain *p) {
    pl_number *n = p->numbers.at;
    size_t bare = 0;
    for (size_t i = 0; i < p->numbers.len; i++) {
        if (p->lines.at[n[i].line].kind != PL_TEXT) continue; /* bold text over several lines */
        if (n[i].dress == 2) mark_aside(p, n[i].line);
        else n[bare++] = n[i];
    }
    for (size_t k = 0; k < bare; k++)
        if (is_page(p, n, bare, k)) mark_aside(p, n[k].line);
}

typedef struct head {
    uint64_t key;
    uint32_t count, at_page, interrupts;
} head;

/* The text without digits and blanks, so that a head with the page number in it is the same on all pages. */
static uint64_t head_key(gk_str s, size_t *kept) {
    uint64_t h = 1469598103934665603u;
    size_t left_out = 0;
    for (size_t i = 0, n; i < s.len; i += n) {
        uint32_t c = pl_char_at(s, i, &n);
        if (c == ' ' || (c >= '0' && c <= '9')) left_out++;
        else h = (h ^ c) * 1099511628211u;
    }
    *kept = s.len - left_out;
    return h ? h : 1;
}

static bool may_be_head(const plain *p, const pl_line *l, uint64_t *key) {
    size_t kept;
    if (l->width < 8 || l->width > 90 || l->item || l->ends > PL_END_DIGIT || pl_has_clause(pl_text(p, l))) return false;
    *key = head_key(pl_text(p, l), &kept);
    return kept >= 6;
}

static head *find_head(head *table, size_t mask, uint64_t key) {
    size_t at = (size_t)(key ^ key >> 29) & mask;
    while (table[at].key && table[at].key != key) at = (at + 1) & mask;
    return &table[at];
}

/* Whether a line is the first or last of its page. */
static bool at_page_end(const plain *p, size_t i) {
    const pl_line *l = p->lines.at;
    bool first = i > 0 && (!has_words(&l[i - 1]) || l[i - 1].page != l[i].page);
    bool last = i + 1 < p->lines.len && (!has_words(&l[i + 1]) || l[i + 1].page != l[i].page);
    return first || last;
}

static bool is_running(const head *h, size_t pages) {
    if (h->count < 3) return false;
    bool at_pages = h->at_page * 4 >= h->count * 3 && (size_t)h->count * 2 >= pages;
    return at_pages || (h->interrupts >= 2 && h->interrupts * 2 >= h->count);
}

static size_t count_pages(const plain *p) {
    size_t feeds = p->lines.len ? p->lines.at[p->lines.len - 1].page + 1 : 1;
    return p->aside_lines > feeds ? p->aside_lines : feeds;
}

/* A table of no more than it must hold: most lines of most texts cannot be heads. */
static void count_heads(const plain *p, head *table, size_t mask) {
    for (size_t i = 0; i < p->heads.len; i++) {
        const pl_head *found = &p->heads.at[i];
        if (p->lines.at[found->line].kind != PL_TEXT) continue;
        head *h = find_head(table, mask, found->key);
        h->key = found->key;
        h->count++;
        h->at_page += at_page_end(p, found->line);
        h->interrupts += breaks_prose(p, found->line);
    }
}

static void mark_heads(plain *p) {
    size_t size = 16, pages = count_pages(p);
    while (size < p->heads.len * 2) size *= 2;
    head *table = gk_alloc_zero(size, sizeof *table);
    count_heads(p, table, size - 1);
    for (size_t i = 0; i < p->heads.len; i++) {
        const pl_head *found = &p->heads.at[i];
        bool text = p->lines.at[found->line].kind == PL_TEXT;
        if (text && is_running(find_head(table, size - 1, found->key), pages)) mark_aside(p, found->line);
    }
    free(table);
}

void pl_note_aside(plain *p, size_t line) {
    const pl_line *l = &p->lines.at[line];
    unsigned value = 0;
    uint64_t key;
    int dress = l->width <= 24 ? page_number(pl_text(p, l), &value) : 0;
    if (dress) *gk_vec_push(&p->numbers) = (pl_number){(uint32_t)line, value, dress};
    if (may_be_head(p, l, &key)) *gk_vec_push(&p->heads) = (pl_head){key, (uint32_t)line};
}

void pl_find_asides(plain *p) {
    mark_numbers(p);
    mark_heads(p);
}
