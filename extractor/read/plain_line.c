/* Cuts a text into lines, measures them and says what each looks like by itself.
 *
 * Blank lines are not kept: each line counts those before it, so that a text of nothing but line ends costs nothing. */
#include "base/limits.h"
#include "read/plain.h"

static bool is_blank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

/* Bytes of the blank of several bytes at s (0: none): U+00A0, U+2000-200B, U+3000, U+FEFF. */
static size_t wide_blank_at(const unsigned char *s, size_t len) {
    if (len >= 2 && s[0] == 0xC2 && s[1] == 0xA0) return 2;
    if (len < 3) return 0;
    if (s[0] == 0xE3) return s[1] == 0x80 && s[2] == 0x80 ? 3 : 0;
    if (s[0] == 0xE2) return s[1] == 0x80 && s[2] >= 0x80 && s[2] <= 0x8B ? 3 : 0;
    return s[0] == 0xEF && s[1] == 0xBB && s[2] == 0xBF ? 3 : 0;
}

/* Bytes of the blank of several bytes that ends at `end`, which lies `len` bytes behind the start. */
static size_t wide_blank_before(const unsigned char *end, size_t len) {
    if (len >= 3 && wide_blank_at(end - 3, 3) == 3) return 3;
    return len >= 2 && wide_blank_at(end - 2, 2) == 2 ? 2 : 0;
}

gk_span pl_trim_blanks(const plain *p, uint32_t start, uint32_t end) {
    const unsigned char *a = (const unsigned char *)p->text + start, *z = (const unsigned char *)p->text + end;
    for (size_t n; a < z; a += n) {
        n = *a < 0x80 ? is_blank((char)*a) : wide_blank_at(a, (size_t)(z - a));
        if (!n) break;
    }
    for (size_t n; a < z; z -= n) {
        n = z[-1] < 0x80 ? is_blank((char)z[-1]) : wide_blank_before(z, (size_t)(z - a));
        if (!n) break;
    }
    const unsigned char *text = (const unsigned char *)p->text;
    return (gk_span){(uint32_t)(a - text), (uint32_t)(z - text)};
}

static uint32_t form_feeds(const plain *p, uint32_t start, uint32_t end) {
    uint32_t n = 0;
    for (; start < end; start++) n += p->text[start] == '\f';
    return n;
}

static uint16_t clamp(size_t n) { return (uint16_t)(n < UINT16_MAX ? n : UINT16_MAX); }

/* A line of nothing but - = * _ draws a rule, +---+---+ one between the rows of a table; "-- WORDS --" in ASCII is a mark
 * some tool left at a page end. */
static bool is_rule(gk_str s) {
    size_t same = 0, ascii = 0, grid = 0;
    if (s.len < 3) return false;
    for (size_t i = 0; i < s.len; i++) {
        grid += s.ptr[i] != 0 && strchr("+-=: ", s.ptr[i]) != NULL;
        same += s.ptr[i] == s.ptr[0] || s.ptr[i] == ' ';
        ascii += (unsigned char)s.ptr[i] < 0x80;
    }
    if (same == s.len) return strchr("-=*_", s.ptr[0]) != NULL;
    if (grid == s.len) return s.ptr[0] == '+' && s.ptr[s.len - 1] == '+';
    return ascii == s.len && s.len <= 60 && gk_str_starts(s, GK_STR("--")) && gk_str_ends(s, GK_STR("--"));
}

/* Takes the marking of Markdown off a line: `# `, `- `, `**...**`. */
static void unmark(const plain *p, pl_line *l) {
    gk_str s = pl_text(p, l);
    size_t n = 0;
    while (n < s.len && n < 7 && s.ptr[n] == '#') n++;
    if (n > 0 && n < 7 && n < s.len && (s.ptr[n] == ' ' || (unsigned char)s.ptr[n] >= 0x80)) {
        l->kind = PL_HEAD, l->level = (uint8_t)n;
    } else if (s.len > 2 && strchr("-*+", s.ptr[0]) && s.ptr[1] == ' ' && !gk_str_ends(s, GK_STR(" -"))) {
        l->kind = PL_BULLET, n = 1;
    } else if (s.len > 2 && s.ptr[0] == '>' && s.ptr[1] == ' ') {
        n = 1;
    } else if (s.len > 4 && gk_str_starts(s, GK_STR("**")) && gk_str_ends(s, GK_STR("**"))) {
        gk_str inner = gk_str_slice(s, 2, s.len - 2);
        if (gk_str_find(inner, GK_STR("**")) != SIZE_MAX) return;
        l->kind = PL_HEAD, n = 2;
        l->end -= 2;
    } else {
        return;
    }
    gk_span t = pl_trim(p, l->start + (uint32_t)n, l->end);
    l->start = t.start, l->end = t.end;
}

/* A line with tabs is a cell by itself (`\tcell`, a bare `\t`, or `\tcell\t`), a row of cells, or text where it has
 * more tabs than a table may have columns or draws a dotted leader. */
static pl_kind kind_of_tabs(const plain *p, const pl_line *l) {
    gk_str s = pl_text(p, l);
    if (l->tabs >= GK_MAX_TABLE_COLS || (s.len > 4 && pl_has_leader(s) && !pl_ends_in_leader(s))) return PL_TEXT;
    bool leading = p->text[l->raw] == '\t', trailing = p->text[l->raw_end - 1] == '\t';
    if (leading && (l->tabs == 1 || (l->tabs == 2 && trailing && s.len))) return PL_CELL;
    return !s.len || memchr(s.ptr, '\t', s.len) || leading || trailing ? PL_ROW : PL_TEXT;
}

/* Whether a line that starts with c may draw a rule or carry marking. */
static bool may_be_marked(char c) {
    return c <= '_' && (c == '#' || c == '-' || c == '*' || c == '+' || c == '>' || c == '=' || c == '_');
}

/* Says what a line without cells looks like. */
static void classify(plain *p, pl_line *l, bool barred) {
    gk_str s = pl_text(p, l);
    bool follows = p->barred != SIZE_MAX && l->gap == 0;
    if (!follows && pl_is_pipe(s)) {
        l->kind = PL_PIPE;
        return;
    }
    if (barred) {
        pl_note_barred(p, (size_t)(l - p->lines.at));
        return;
    }
    if (s.len && may_be_marked(s.ptr[0])) {
        if (is_rule(s)) {
            l->kind = PL_ASIDE;
            p->aside_lines++;
            return;
        }
        unmark(p, l);
        s = pl_text(p, l);
        p->bold |= s.len && s.ptr[0] == '*';
    }
    l->item = s.len && s.ptr[0] == '[' && pl_marks(s) ? PL_ITEM_BULLET : (uint8_t)pl_item_of(s);
    l->ends = (uint8_t)pl_end_of(s);
    if (l->kind == PL_TEXT) pl_note_aside(p, (size_t)(l - p->lines.at));
}

/* Scanning state: what blank lines leave for the next line. */
typedef struct scan {
    size_t gap, bare;
    size_t bar; /* the next bar of the text */
    uint32_t page;
} scan;

/* Where the tabs that a line begins with end: a line that is a cell begins with one. */
static uint32_t behind_tabs(const plain *p, uint32_t raw, uint32_t raw_end) {
    while (raw < raw_end && p->text[raw] == '\t') raw++;
    return raw;
}

/* Justified lines come out of some tools with a blank between all characters: without these blanks they are as wide as the
 * other lines. Returns how many there are, 0 in a line of another kind. */
static size_t loose_blanks(gk_str s, size_t width) {
    enum { LEAST = 6, SHARE = 4 };
    size_t blanks = s.len && memchr(s.ptr, ' ', s.len) ? pl_count(s, ' ') : 0;
    if (blanks < LEAST || blanks * SHARE < width) return 0;
    for (size_t i = 1; i < s.len; i++)
        if (s.ptr[i] == ' ' && s.ptr[i - 1] == ' ') return 0;
    return blanks;
}

/* A line that is kept: `text` is what is left of it without blanks at both ends. `tabs`: none, one, or two for several. */
static void add_line(plain *p, scan *s, gk_span raw, gk_span text, unsigned tabs) {
    pl_line *l = gk_vec_push(&p->lines);
    *l = (pl_line){.raw = raw.start, .raw_end = raw.end, .start = text.start, .end = text.end, .page = s->page};
    l->gap = clamp(s->gap);
    s->gap = 0;
    if (raw.end > text.end) s->page += form_feeds(p, text.end, raw.end);
    if (tabs) {
        l->tabs = tabs == 1 ? 1 : clamp(pl_count(pl_str(p, raw), '\t'));
        l->kind = (uint8_t)kind_of_tabs(p, l);
        if (l->kind != PL_TEXT) {
            if (p->barred != SIZE_MAX) pl_end_barred(p, p->lines.len - 1);
            return;
        }
    }
    size_t width = pl_width(pl_text(p, l)), loose = loose_blanks(pl_text(p, l), width);
    l->width = clamp(width - loose);
    l->loose = (uint8_t)(loose < UINT8_MAX ? loose : UINT8_MAX);
    if (text.start > raw.start) l->indent = clamp(pl_width(pl_str(p, (gk_span){raw.start, text.start})));
    bool barred = s->bar < raw.end;
    if (!barred && p->barred != SIZE_MAX) pl_end_barred(p, p->lines.len - 1);
    classify(p, l, barred);
}

/* Takes one line; blank ones and endless runs of bare tabs only count. */
static void take_line(plain *p, scan *s, uint32_t raw, uint32_t raw_end, unsigned tabs) {
    uint32_t tabbed = tabs ? behind_tabs(p, raw, raw_end) : raw;
    gk_span t = pl_trim(p, tabbed, raw_end);
    if (t.start == t.end) {
        s->page += form_feeds(p, raw, raw_end);
        s->bare = tabs ? s->bare + 1 : 0;
        if (!tabs || s->bare > GK_MAX_TABLE_COLS) {
            s->gap++;
            return;
        }
    } else {
        s->bare = 0;
        s->page += form_feeds(p, tabbed, t.start);
    }
    if (raw_end > t.end || t.start == t.end) /* it may end in blanks */
        while (raw_end > raw && p->text[raw_end - 1] != '\t' && is_blank(p->text[raw_end - 1])) raw_end--;
    while (raw < raw_end && p->text[raw] == '\f') raw++;
    add_line(p, s, (gk_span){raw, raw_end}, t, tabs);
}

/* **Bold text** that runs over several lines is one heading: its later lines get level UINT8_MAX. */
static void join_bold(plain *p) {
    for (size_t i = 0; i < p->lines.len; i++) {
        pl_line *l = &p->lines.at[i];
        gk_str s = pl_text(p, l);
        if (l->kind != PL_TEXT || s.len < 3 || !gk_str_starts(s, GK_STR("**"))) continue;
        if (gk_str_find(gk_str_slice(s, 2, s.len), GK_STR("**")) != SIZE_MAX) continue;
        size_t last = i + 1;
        while (last < p->lines.len && last < i + 8 && p->lines.at[last].kind == PL_TEXT && p->lines.at[last].gap <= 1 &&
               gk_str_find(pl_text(p, &p->lines.at[last]), GK_STR("**")) == SIZE_MAX)
            last++;
        if (last >= p->lines.len || last >= i + 8 || p->lines.at[last].kind != PL_TEXT || p->lines.at[last].gap > 1 ||
            !gk_str_ends(pl_text(p, &p->lines.at[last]), GK_STR("**")))
            continue;
        for (size_t k = i; k <= last; k++) {
            p->lines.at[k].kind = PL_HEAD;
            p->lines.at[k].level = k == i ? 0 : UINT8_MAX;
        }
    }
}

static size_t find_next(const plain *p, size_t at, char c) {
    const char *hit = at < p->len ? memchr(p->text + at, c, p->len - at) : NULL;
    return hit ? (size_t)(hit - p->text) : p->len;
}

enum { LINE_BYTES = 32, FIRST_LINES = 2048 }; /* room made at once for so many lines of so many bytes */

gk_code pl_scan(plain *p) {
    scan s = {.bar = find_next(p, 0, '|')};
    size_t at = 0, tab = find_next(p, 0, '\t'); /* the next tab from where the scan is */
    p->barred = SIZE_MAX;
    p->lines.cap = p->len / LINE_BYTES < FIRST_LINES ? p->len / LINE_BYTES + 1 : FIRST_LINES;
    p->lines.at = gk_alloc(p->lines.cap * sizeof *p->lines.at);
    char line_end = p->len && !memchr(p->text, '\n', p->len) && memchr(p->text, '\r', p->len) ? '\r' : '\n';
    for (; at < p->len; at++) {
        if (p->text[at] == line_end) { /* nearly half of the lines of many texts hold nothing */
            s.gap++, s.bare = 0;
            continue;
        }
        const char *hit = memchr(p->text + at, line_end, p->len - at);
        size_t end = hit ? (size_t)(hit - p->text) : p->len;
        if (p->lines.len >= GK_MAX_LINES)
            return gk_err_set(p->err, GK_E_LIMIT, "the text has more than %u lines (GK_MAX_LINES)", GK_MAX_LINES);
        unsigned tabs = 0;
        if (tab < end) tab = find_next(p, tab + 1, '\t'), tabs = tab < end ? 2 : 1;
        if (tab < end) tab = find_next(p, end, '\t');
        take_line(p, &s, (uint32_t)at, (uint32_t)end, tabs);
        if (s.bar < end) s.bar = find_next(p, end, '|');
        at = end;
    }
    pl_end_barred(p, p->lines.len);
    if (p->torn) pl_mark_torn(p);
    if (s.page || (p->lines.len && p->lines.at[p->lines.len - 1].page)) p->doc->pages = s.page + 1;
    if (p->bold) join_bold(p);
    return GK_OK;
}
