/* The skeleton of the prose: the matching view with each mention replaced by a token.
 *
 * Worked example: "Income 12 (before: 10, up 2, up 20%)" of one subject in a budget of the year becomes
 * "Income <b0:000>(before: <b1:000>, up <c0:000>, up <R0:000>)". A rule then names figures by what they are, of what year they
 * are and whether they are of one subject, and still sees the words between them. The subjects of a line are counted as they
 * appear in it, all in as many digits, so that lines that differ by their subjects and figures alone are one text.
 */
#include <stdlib.h>

#include "check/engine.h"

enum { MOST_PASSAGE = 24000, MOST_FIGURES = 400 };

/* ---- subjects */

/* Quotes of every writing and blanks do not tell labels apart. */
static bool is_quote_start(char c) { return c == '"' || c == ' ' || c == '\xE2'; }

/* Whether one of eight bytes is `c`. */
static bool any_is(uint64_t eight, unsigned char c) {
    uint64_t x = eight ^ c * 0x0101010101010101u;
    return (x - 0x0101010101010101u) & ~x & 0x8080808080808080u;
}

/* The first byte that may begin a quote. */
static size_t first_quote(gk_str s) {
    size_t at = 0;
    for (uint64_t eight; at + sizeof eight <= s.len; at += sizeof eight) {
        memcpy(&eight, s.ptr + at, sizeof eight);
        if (any_is(eight, '"') || any_is(eight, ' ') || any_is(eight, 0xE2)) break;
    }
    while (at < s.len && !is_quote_start(s.ptr[at])) at++;
    return at;
}

static gk_str bare_label(gk_checker *c, gk_str s) {
    static const char *const quotes[] = {"\xE2\x80\x9C", "\xE2\x80\x9D", "\"", " ", "\xE2\x80\x98", "\xE2\x80\x99"};
    size_t len = first_quote(s);
    if (len == s.len) return s;
    char *out = gk_arena_alloc(&c->out->arena, s.len + 1);
    memcpy(out, s.ptr, len);
    for (size_t i = len; i < s.len;) {
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
    size_t want = c->slots.len ? c->slots.len * 2 : 256;
    while (c->slots.len < want) *gk_vec_push(&c->slots) = 0;
    memset(c->slots.at, 0, c->slots.len * sizeof *c->slots.at);
    for (uint32_t i = 0; i < c->subjects.len; i++) {
        size_t at = gk_text_key(c->subjects.at[i]) & (c->slots.len - 1);
        while (c->slots.at[at]) at = (at + 1) & (c->slots.len - 1);
        c->slots.at[at] = i + 1;
    }
}

uint32_t gk_subject_number(gk_checker *c, gk_str subject) {
    gk_str label = bare_label(c, subject);
    if (2 * (c->subjects.len + 1) > c->slots.len) grow_slots(c);
    size_t at = gk_text_key(label) & (c->slots.len - 1);
    for (; c->slots.at[at]; at = (at + 1) & (c->slots.len - 1))
        if (gk_str_eq(c->subjects.at[c->slots.at[at] - 1], label)) return c->slots.at[at] - 1;
    *gk_vec_push(&c->subjects) = label;
    c->slots.at[at] = (uint32_t)c->subjects.len;
    return (uint32_t)c->subjects.len - 1;
}

/* The figures of a row share the text of their label. */
uint32_t gk_record_subject(gk_checker *c, uint32_t record) {
    uint32_t *number = &c->briefs.at[record].subject;
    if (*number != GK_NO_SUBJECT) return *number;
    gk_str label = gk_record_at(c, record)->field[GK_F_SUBJECT];
    bool again = label.len && label.ptr == c->last_label.ptr && label.len == c->last_label.len;
    if (!again) c->last_subject = gk_subject_number(c, label), c->last_label = label;
    return *number = c->last_subject;
}

/* ---- places */

/* Whether the runs stand in the order of their source, as they do but where a page break tears a line apart. */
static bool in_order(const gk_view *v) {
    for (size_t i = 1; i + 1 < v->runs.len; i++)
        if (v->runs.at[i].src_end < v->runs.at[i - 1].src_end) return false;
    return true;
}

/* The first run whose source ends behind `start`: mostly the one of the last search, or one of the next. */
static size_t run_at(gk_checker *c, uint32_t start) {
    enum { NEXT = 8 };
    const gk_view *v = &c->out->view;
    size_t low = 0, high = v->runs.len ? v->runs.len - 1 : 0, at = c->run;
    if (c->ordered && at < high && (at == 0 || v->runs.at[at - 1].src_end <= start)) {
        for (low = at; low < high && low < at + NEXT && v->runs.at[low].src_end <= start;) low++;
        if (low == high || v->runs.at[low].src_end > start) return c->run = low;
    }
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (v->runs.at[middle].src_end <= start) low = middle + 1;
        else high = middle;
    }
    return c->run = low;
}

bool gk_view_range(gk_checker *c, gk_span span, uint32_t *start, uint32_t *end) {
    const gk_view *v = &c->out->view;
    size_t count = v->runs.len ? v->runs.len - 1 : 0;
    *start = *end = 0;
    size_t first = run_at(c, span.start);
    const gk_run *one = &v->runs.at[first];
    if (first < count && one->linear && one->src <= span.start && span.start < span.end && span.end <= one->src_end) {
        *start = one->view + (span.start - one->src);
        *end = *start + (span.end - span.start);
        return true;
    }
    for (size_t i = first; i < count && v->runs.at[i].src < span.end; i++) {
        const gk_run *r = &v->runs.at[i];
        if (r->src == r->src_end) continue;
        uint32_t head = r->linear && span.start > r->src ? span.start - r->src : 0;
        uint32_t tail = r->linear && span.end < r->src_end ? r->src_end - span.end : 0;
        if (*end == 0) *start = r->view + head;
        *end = r[1].view - tail;
    }
    return *end > *start && gk_view_source(v, *start, *end).start == span.start;
}

static int by_place(const void *a, const void *b) {
    const gk_token *x = a, *y = b;
    return (x->at > y->at) - (x->at < y->at);
}

/* The tokens with their places in the view; those that overlap an earlier one are left out. */
static void collect(gk_checker *c) {
    c->tokens.len = 0;
    bool sorted = true;
    c->ordered = in_order(&c->out->view);
    for (uint32_t i = 0; i < c->records; i++) {
        const gk_brief *b = &c->briefs.at[i];
        if (b->where != GK_IN_TEXT) continue;
        gk_token t = {.record = i, .class = b->class, .year = b->year};
        if (!gk_view_range(c, gk_record_at(c, i)->span, &t.at, &t.end)) continue;
        t.view_at = t.at, t.view_end = t.end;
        t.subject = gk_record_subject(c, i);
        sorted = sorted && (c->tokens.len == 0 || c->tokens.at[c->tokens.len - 1].at <= t.at);
        *gk_vec_push(&c->tokens) = t;
    }
    if (!sorted) qsort(c->tokens.at, c->tokens.len, sizeof *c->tokens.at, by_place);
    size_t kept = 0;
    for (size_t i = 0; i < c->tokens.len; i++)
        if (kept == 0 || c->tokens.at[i].at >= c->tokens.at[kept - 1].end) c->tokens.at[kept++] = c->tokens.at[i];
    c->tokens.len = kept;
}

/* ---- writing */

/* The marks of tokens are none in the text; most texts have none at all. */
static void put_text(gk_checker *c, gk_str s) {
    char *room = s.len ? gk_buf_room(&c->skeleton, s.len) : NULL;
    if (!room) return;
    memcpy(room, s.ptr, s.len);
    c->skeleton.len += s.len;
    if (!c->has_marks) return;
    for (const char *mark = "<>"; *mark; mark++)
        for (char *at = room; (at = memchr(at, *mark, (size_t)(room + s.len - at))) != NULL;) *at = ' ';
}

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

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

/* "<CY:N>", or "<CY:N~>" where the figure is vague. */
static void write_token(gk_buf *b, const gk_token *t, uint32_t n, bool vague) {
    char text[20], *at = text + sizeof text;
    *--at = '>';
    if (vague) *--at = '~';
    for (int digits = 0; n || digits < GK_SUBJECT_DIGITS; n /= 10, digits++) *--at = (char)('0' + n % 10);
    *--at = ':';
    *--at = t->year;
    *--at = t->class;
    *--at = '<';
    gk_buf_put(b, (gk_str){at, (size_t)(text + sizeof text - at)});
}

/* A figure that the digits before it may belong to (a comma in the wrong place) is as good as not known. */
static void put_token(gk_checker *c, gk_token *t) {
    uint32_t at = (uint32_t)c->skeleton.len;
    size_t n = c->skeleton.len;
    const char *before = c->skeleton.ptr;
    bool comma = n > 1 && before[n - 1] == ',' && (is_digit(before[n - 2]) || before[n - 2] == '>');
    bool torn = comma || (n && is_digit(before[n - 1]));
    bool vague = torn || c->figures.at[t->record].vague || !c->figures.at[t->record].known;
    write_token(&c->skeleton, t, gk_count_of(c, t->subject), vague);
    t->at = at;
    t->end = (uint32_t)c->skeleton.len;
}

static void put_line(gk_checker *c, uint32_t start, uint32_t end, size_t *next) {
    gk_str view = gk_buf_str(&c->out->view.text);
    gk_count_anew(c);
    for (; *next < c->tokens.len && c->tokens.at[*next].at < end; ++*next) {
        gk_token *t = &c->tokens.at[*next];
        uint32_t stop = t->end;
        put_text(c, gk_str_slice(view, start, t->at));
        put_token(c, t);
        start = stop;
    }
    if (start < end) put_text(c, gk_str_slice(view, start, end));
    gk_buf_putc(&c->skeleton, '\n');
}

/* Tokens of a line that is none of the prose take no room. */
static size_t pass_over(gk_checker *c, uint32_t end, size_t next) {
    for (; next < c->tokens.len && c->tokens.at[next].at < end; next++)
        c->tokens.at[next].at = c->tokens.at[next].end = (uint32_t)c->skeleton.len;
    return next;
}

static bool starts_passage(const gk_checker *c, gk_str line, const gk_passage *now, size_t tokens) {
    if (now->end - now->start > MOST_PASSAGE || tokens > MOST_FIGURES) return true;
    return gk_map_prefix(c->maps.breaks, line, NULL) > 0;
}

void gk_skeleton_build(gk_checker *c) {
    gk_buf_clear(&c->skeleton);
    c->passages.len = 0;
    collect(c);
    gk_str view = gk_buf_str(&c->out->view.text);
    c->has_marks = view.len && (memchr(view.ptr, '<', view.len) || memchr(view.ptr, '>', view.len));
    size_t next = 0, first = 0;
    gk_passage now = {0, 0};
    for (uint32_t start = 0, end; start < view.len && next < c->tokens.len; start = end + 1) {
        const char *stop = memchr(view.ptr + start, '\n', view.len - start);
        end = stop ? (uint32_t)(stop - view.ptr) : (uint32_t)view.len;
        gk_str line = gk_str_slice(view, start, end);
        bool table = line.len && memchr(line.ptr, '\t', line.len);
        if (table || starts_passage(c, line, &now, next - first)) {
            if (next - first > 1) *gk_vec_push(&c->passages) = now;
            now.start = (uint32_t)c->skeleton.len, first = next;
        }
        if (table) first = next = pass_over(c, end, next);
        else put_line(c, start, end, &next);
        now.end = (uint32_t)c->skeleton.len;
    }
    if (next - first > 1) *gk_vec_push(&c->passages) = now;
}

const gk_token *gk_tokens_in(const gk_checker *c, uint32_t start, uint32_t end, size_t *count) {
    size_t low = 0, high = c->tokens.len;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (c->tokens.at[middle].at < start) low = middle + 1;
        else high = middle;
    }
    for (*count = 0; low + *count < c->tokens.len && c->tokens.at[low + *count].at < end;) ++*count;
    return c->tokens.at + low;
}

gk_span gk_skeleton_source(const gk_checker *c, uint32_t start, uint32_t end) {
    size_t low = 0, high = c->tokens.len;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (c->tokens.at[middle].end <= start) low = middle + 1;
        else high = middle;
    }
    if (low == 0) return (gk_span){0, 0};
    const gk_token *t = &c->tokens.at[low - 1];
    uint32_t at = t->view_end + (start - t->end);
    return gk_view_source(&c->out->view, at, at + (end - start));
}
