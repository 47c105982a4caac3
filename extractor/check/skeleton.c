/* The skeleton of the prose: the matching view with each mention replaced by a token.
 *
 * Worked example: "Income 12 (before: 10, up 2, up 20%)" of one subject in a budget of the year becomes
 * "Income <b0:000>(before: <b1:000>, up <c0:000>, up <R0:000>)". A rule then names figures by what they are, of what year they
 * are and whether they are of one subject, and still sees the words between them. The subjects of a line are counted as they
 * appear in it, all in as many digits, so that lines that differ by their subjects and figures alone are one text.
 */
#include <stdlib.h>

#include "base/eight.h"
#include "check/name.h"

enum { MOST_PASSAGE = 24000, MOST_FIGURES = 400 };

/* ---- subjects */

/* Quotes of every writing and blanks do not tell labels apart. */
static bool is_quote_start(char c) { return c == '"' || c == ' ' || c == '\xE2'; }

/* Whether one of eight bytes may begin a quote. */
static bool any_quote(uint64_t eight) {
    return (gk_eight_has(eight, '"') | gk_eight_has(eight, ' ') | gk_eight_has(eight, 0xE2)) != 0;
}

bool gk_subject_quoted(gk_str s) {
    size_t at = 0;
    for (; at + 8 <= s.len; at += 8)
        if (any_quote(gk_eight_at(s.ptr + at))) return true;
    return any_quote(gk_text_rest(gk_str_slice(s, at, s.len)));
}

static gk_str bare_label(gk_checker *c, gk_str s) {
    static const char *const quotes[] = {"\xE2\x80\x9C", "\xE2\x80\x9D", "\"", " ", "\xE2\x80\x98", "\xE2\x80\x99"};
    size_t len = 0;
    char *out = gk_arena_alloc(&c->out->arena, s.len + 1);
    for (size_t i = 0; i < s.len;) {
        size_t skip = 0;
        bool may = is_quote_start(s.ptr[i]);
        for (size_t q = 0; may && q < sizeof quotes / sizeof *quotes && !skip; q++)
            if (gk_str_starts(gk_str_slice(s, i, s.len), gk_str_of(quotes[q]))) skip = strlen(quotes[q]);
        if (!skip) out[len++] = s.ptr[i];
        i += skip ? skip : 1;
    }
    return (gk_str){out, len};
}

static void grow_slots(gk_checker *c) {
    size_t want = c->slots.len ? c->slots.len : 256;
    while (2 * (c->subjects.len + 1) > want) want *= 2;
    while (c->slots.len < want) *gk_vec_push(&c->slots) = 0;
    memset(c->slots.at, 0, c->slots.len * sizeof *c->slots.at);
    for (uint32_t i = 0; i < c->subjects.len; i++) {
        size_t at = c->subjects.at[i]->key & (c->slots.len - 1);
        while (c->slots.at[at]) at = (at + 1) & (c->slots.len - 1);
        c->slots.at[at] = i + 1;
    }
}

static uint32_t new_number(gk_checker *c, gk_label *l) {
    *gk_vec_push(&c->subjects) = l;
    return (uint32_t)c->subjects.len - 1;
}

/* Of a label that is not kept: there may be others with its text. */
static uint32_t number_by_text(gk_checker *c, gk_label *l) {
    if (2 * (c->subjects.len + 1) > c->slots.len) grow_slots(c);
    size_t at = l->key & (c->slots.len - 1);
    for (; c->slots.at[at]; at = (at + 1) & (c->slots.len - 1))
        if (gk_str_eq(gk_subject_text(c, c->slots.at[at] - 1), gk_label_text(l))) return c->slots.at[at] - 1;
    c->slots.at[at] = (uint32_t)c->subjects.len + 1;
    return new_number(c, l);
}

static uint32_t number_of(gk_checker *c, gk_label *l) {
    if (l->document == c->document) return l->subject;
    gk_str subject = gk_label_text(l), bare = l->quoted ? bare_label(c, subject) : subject;
    if (bare.len < subject.len) l->subject = gk_subject_number(c, bare);
    else l->subject = l->kept ? new_number(c, l) : number_by_text(c, l);
    l->document = c->document;
    return l->subject;
}

uint32_t gk_subject_number(gk_checker *c, gk_str subject) { return number_of(c, gk_label_of(c, subject)); }

uint32_t gk_record_subject(gk_checker *c, uint32_t record) {
    uint32_t *number = &c->briefs.at[record].subject;
    if (*number == GK_NO_SUBJECT) *number = gk_subject_number(c, gk_told_subject(gk_record_at(c, record)));
    return *number;
}

/* ---- places */

static int by_place(const void *a, const void *b) {
    const gk_token *x = a, *y = b;
    return (x->at > y->at) - (x->at < y->at);
}

void gk_token_add(gk_checker *c, uint32_t i, const gk_sight *s, gk_label *subject) {
    gk_brief *b = &c->briefs.at[i];
    if (!s || s->start >= s->end) return;
    gk_token *t = gk_vec_push(&c->tokens);
    t->at = t->view_at = s->start;
    t->end = t->view_end = s->end;
    t->record = i;
    t->class = b->class, t->year = b->year;
    t->subject = b->subject = number_of(c, subject);
}

/* Puts the tokens in order; those that overlap an earlier one are left out. */
static void sort_tokens(gk_checker *c) {
    bool sorted = true;
    for (size_t i = 1; i < c->tokens.len && sorted; i++) sorted = c->tokens.at[i - 1].at <= c->tokens.at[i].at;
    if (!sorted) qsort(c->tokens.at, c->tokens.len, sizeof *c->tokens.at, by_place);
    size_t kept = 0;
    for (size_t i = 0; i < c->tokens.len; i++) {
        if (kept && c->tokens.at[i].at < c->tokens.at[kept - 1].end) continue;
        if (kept < i) c->tokens.at[kept] = c->tokens.at[i];
        kept++;
    }
    c->tokens.len = kept;
}

/* ---- writing */

/* Sixteen bytes at a time; a comparison gives -1 for each that passes. */
typedef signed char block __attribute__((vector_size(16)));

enum { BLOCK = sizeof(block), MOST_BLOCKS = 120 /* whose brackets are counted in one byte */ };

/* What is written: the depth of brackets by now, and a tab of the view: none stands between the line that was asked about last
 * and it. */
typedef struct writing {
    gk_checker *c;
    gk_str view;
    int32_t depth;
    uint32_t tab;
} writing;

/* Copies byte by byte and counts brackets; the marks of tokens are none in the text. */
static void put_bytes(writing *w, char *room, const char *text, size_t len) {
    for (size_t i = 0; i < len; i++) {
        w->depth += (text[i] == '(') - (text[i] == ')');
        room[i] = text[i] == '<' || text[i] == '>' ? ' ' : text[i];
    }
}

/* The first n of sixteen bytes. */
static block head_of(block b, size_t n) {
    static const signed char window[2 * BLOCK] = {-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1};
    block keep;
    memcpy(&keep, window + (BLOCK - n), sizeof keep);
    return b & keep;
}

static int sum_of(block b) {
    const uint64_t pairs = 0x00FF00FF00FF00FFu;
    uint64_t half[2];
    b ^= -128;
    memcpy(half, &b, sizeof half);
    uint64_t sums = (half[0] & pairs) + (half[0] >> 8 & pairs) + (half[1] & pairs) + (half[1] >> 8 & pairs);
    return (int)(sums * 0x0001000100010001u >> 48) - BLOCK * 128;
}

static bool any_of(block b) {
    uint64_t half[2];
    memcpy(half, &b, sizeof half);
    return (half[0] | half[1]) != 0;
}

/* The same by blocks, up to one behind the text, where the view goes on. False: it holds marks of tokens. */
static bool put_blocks(writing *w, char *room, const char *text, size_t len) {
    block depth = {0}, marks = {0};
    for (size_t i = 0; i < len; i += BLOCK) {
        block b;
        memcpy(&b, text + i, BLOCK);
        memcpy(room + i, &b, BLOCK);
        if (len - i < BLOCK) b = head_of(b, len - i);
        depth += (b == ')') - (b == '(');
        marks |= (b & ~2) == '<';
    }
    if (any_of(marks)) return false;
    if (any_of(depth)) w->depth += sum_of(depth);
    return true;
}

static char *put_text(writing *w, char *room, const char *text, size_t len) {
    const char *end = w->view.ptr + w->view.len;
    bool blocks = len <= BLOCK * MOST_BLOCKS && (size_t)(end - text) >= len + BLOCK;
    if (!blocks || !put_blocks(w, room, text, len)) put_bytes(w, room, text, len);
    return room + len;
}

/* Subjects are counted anew. */
void gk_count_anew(gk_checker *c) {
    c->counting++;
    c->counted = 0;
    while (c->counts.len < c->subjects.len) *gk_vec_push(&c->counts) = (gk_count){0};
}

uint32_t gk_count_of(gk_checker *c, uint32_t subject) {
    gk_count *n = &c->counts.at[subject];
    if (n->counting != c->counting) *n = (gk_count){c->counting, c->counted++};
    return n->number;
}

enum { MOST_TOKEN = 20 /* bytes */ };

static char *write_number(char *room, uint32_t n) {
    int digits = GK_SUBJECT_DIGITS;
    for (uint32_t rest = n / 1000; rest; rest /= 10) digits++;
    for (int i = digits; i-- > 0; n /= 10) room[i] = (char)('0' + n % 10);
    return room + digits;
}

/* "<CY:N>", or "<CY:N~>" where the figure is vague. Most lines have few subjects. */
static char *write_token(char *room, const gk_token *t, uint32_t n, bool vague) {
    char few[] = {'<', t->class, t->year, ':', '0', '0', (char)('0' + n)};
    memcpy(room, few, sizeof few);
    room = n < 10 ? room + sizeof few : write_number(room + GK_TOKEN_NUMBER, n);
    if (vague) *room++ = '~';
    *room++ = '>';
    return room;
}

/* Whether the figure before ends with a digit: one that prints its unit goes on behind no comma. */
static bool ends_bare(const gk_checker *c, const gk_token *before) {
    gk_str raw = gk_record_at(c, before->record)->field[GK_F_RAW];
    return raw.len && gk_is_digit(raw.ptr[raw.len - 1]);
}

/* A figure that the digits before it may belong to (a comma in the wrong place) is as good as not known. */
static char *put_token(writing *w, char *room, gk_token *t) {
    gk_checker *c = w->c;
    size_t n = (size_t)(room - c->skeleton.ptr);
    bool comma = n > 1 && room[-1] == ',' && (gk_is_digit(room[-2]) || (room[-2] == '>' && ends_bare(c, t - 1)));
    bool torn = comma || (n && gk_is_digit(room[-1]));
    bool vague = torn || c->figures.at[t->record].vague || !c->figures.at[t->record].known;
    room = write_token(room, t, gk_count_of(c, t->subject), vague);
    t->at = (uint32_t)n;
    t->depth = w->depth;
    t->end = (uint32_t)(room - c->skeleton.ptr);
    return room;
}

/* Tokens that are none of the prose take no room. */
static size_t pass_over(writing *w, uint32_t end, size_t next) {
    gk_checker *c = w->c;
    for (; next < c->tokens.len && c->tokens.at[next].at < end; next++) {
        c->tokens.at[next].at = c->tokens.at[next].end = (uint32_t)c->skeleton.len;
        c->tokens.at[next].depth = w->depth;
    }
    return next;
}

/* Writes a line of the view, whose first token is number `next`; returns the first of the next line. */
static size_t put_line(writing *w, uint32_t start, uint32_t end, size_t next) {
    gk_checker *c = w->c;
    const char *view = w->view.ptr;
    size_t stop = next;
    while (stop < c->tokens.len && c->tokens.at[stop].at < end) stop++;
    char *room = gk_buf_room(&c->skeleton, end - start + (stop - next) * MOST_TOKEN + 1 + BLOCK);
    if (!room) return pass_over(w, end, next);
    gk_count_anew(c);
    for (; next < stop; next++) {
        gk_token *t = &c->tokens.at[next];
        if (start < t->at) room = put_text(w, room, view + start, t->at - start);
        start = t->end;
        room = put_token(w, room, t);
    }
    if (start < end) room = put_text(w, room, view + start, end - start);
    *room++ = '\n';
    c->skeleton.len = (size_t)(room - c->skeleton.ptr);
    return next;
}

static uint32_t tab_from(gk_str view, uint32_t start) {
    const char *tab = start < view.len ? memchr(view.ptr + start, '\t', view.len - start) : NULL;
    return tab ? (uint32_t)(tab - view.ptr) : UINT32_MAX;
}

/* The next tab is looked for when the last one is passed, whatever lines stand between them. */
static bool is_table(writing *w, uint32_t start, uint32_t end) {
    if (w->tab < start) w->tab = tab_from(w->view, start);
    return w->tab < end;
}

static bool is_start(const gk_checker *c, gk_str line) { return gk_map_prefix(c->maps.breaks, line, NULL) > 0; }

/* Whether a line ends with a word that opens a list, whose items stand on lines of their own below it. */
static bool opens_lines(const gk_checker *c, gk_str line) {
    if (line.len && line.ptr[line.len - 1] == ':') line.len--;
    return gk_map_suffix(c->maps.openers, line, NULL) > 0;
}

/* Whether a line goes on with a list of items in brackets, "(1)", that was opened above. */
static bool is_item(gk_str line, bool listed) { return listed && line.len && line.ptr[0] == '('; }

/* Behind the last tab of a line. */
static uint32_t behind_tabs(gk_str view, uint32_t start, uint32_t end) {
    while (end > start && view.ptr[end - 1] != '\t') end--;
    return end;
}

static uint32_t line_end(gk_str view, uint32_t start) {
    const char *stop = memchr(view.ptr + start, '\n', view.len - start);
    return stop ? (uint32_t)(stop - view.ptr) : (uint32_t)view.len;
}

/* The start of the line that ends at `at`, not before `from`; eight bytes a step. */
static uint32_t line_start(gk_str view, uint32_t from, uint32_t at) {
    while (at - from >= 8 && !gk_eight_has(gk_eight_at(view.ptr + at - 8), '\n')) at -= 8;
    while (at > from && view.ptr[at - 1] != '\n') at--;
    return at;
}

/* Where the passage begins that the first figure behind `from` stands in: most of a document has none, and is passed over. */
static uint32_t passage_start(const gk_checker *c, gk_str view, uint32_t from, uint32_t figure) {
    uint32_t start = figure;
    if (figure <= from) return from;
    for (bool own = true; start > from && figure - start < MOST_PASSAGE; own = false) {
        uint32_t end = own ? line_end(view, figure) : start - 1, at = line_start(view, from, own ? figure : end);
        gk_str line = gk_str_slice(view, at, end);
        if (line.len && memchr(line.ptr, '\t', line.len)) return own ? at : start;
        start = at;
        if (is_start(c, line)) break;
    }
    return start;
}

void gk_skeleton_build(gk_checker *c) {
    gk_str view = gk_buf_str(&c->out->view.text);
    gk_buf_clear(&c->skeleton);
    c->passages.len = c->near = 0;
    sort_tokens(c);
    writing w = {.c = c, .view = view, .tab = c->tokens.len ? tab_from(view, 0) : 0};
    size_t next = 0, first = 0; /* tokens: of the line, of the passage */
    gk_passage now = {0, 0};
    bool listed = false;
    for (uint32_t start = 0, end; start < view.len && next < c->tokens.len; start = end + 1) {
        if (next == first) start = passage_start(c, view, start, c->tokens.at[next].at), now.start = (uint32_t)c->skeleton.len;
        end = line_end(view, start);
        gk_str line = gk_str_slice(view, start, end);
        bool table = is_table(&w, start, end), full = c->skeleton.len - now.start > MOST_PASSAGE || next - first > MOST_FIGURES;
        if (next > first && (table || full || (is_start(c, line) && !is_item(line, listed)))) {
            if (next - first > 1) *gk_vec_push(&c->passages) = now;
            now.start = (uint32_t)c->skeleton.len, first = next, listed = false;
        }
        listed = listed || opens_lines(c, line);
        if (table) { /* prose right below a table stands behind its last cell */
            start = behind_tabs(view, start, end);
            first = next = pass_over(&w, start, next);
            now.start = (uint32_t)c->skeleton.len, listed = false;
            if (next == c->tokens.len || c->tokens.at[next].at >= end) continue;
        }
        size_t before = next;
        next = put_line(&w, start, end, next);
        if (next > before) now.end = (uint32_t)c->skeleton.len; /* lines behind the last figure are none of the passage */
    }
    if (next - first > 1) *gk_vec_push(&c->passages) = now;
}

const gk_token *gk_tokens_in(const gk_checker *c, uint32_t start, uint32_t end, size_t *count) {
    size_t low = 0, high = c->tokens.len;
    if (c->near < high && c->tokens.at[c->near].at <= start) low = c->near;
    for (size_t step = 4; low + step < high; step *= 2) {
        if (c->tokens.at[low + step].at < start) low += step;
        else high = low + step;
    }
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (c->tokens.at[middle].at < start) low = middle + 1;
        else high = middle;
    }
    const gk_token *first = c->tokens.at + low, *last = c->tokens.at + c->tokens.len, *t = first;
    while (t < last && t->at < end) t++;
    *count = (size_t)(t - first);
    return first;
}

/* Whether two places of the skeleton are on one line. */
static bool on_one_line(const gk_checker *c, uint32_t from, uint32_t to) {
    return from <= to && !(from < to && memchr(c->skeleton.ptr + from, '\n', to - from));
}

gk_span gk_skeleton_source(const gk_checker *c, uint32_t start, uint32_t end) {
    size_t low = 0, high = c->tokens.len;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (c->tokens.at[middle].end <= start) low = middle + 1;
        else high = middle;
    }
    const gk_token *t = c->tokens.at + low, *stop = c->tokens.at + c->tokens.len;
    uint32_t at;
    if (low > 0 && on_one_line(c, t[-1].end, start)) at = t[-1].view_end + (start - t[-1].end);
    else if (t < stop && on_one_line(c, end, t->at)) at = t->view_at - (t->at - start);
    else return (gk_span){0, 0};
    return gk_view_source(&c->out->view, at, at + (end - start));
}
