/* Paragraphs: which lines belong together.
 *
 * Worked example, wrapped at 20 columns, with a page number inside:
 *     一、收支情况            a title: numbered, short, no comma or stop
 *     收入总计12.5万元，比上   reaches the width and ends open: goes on
 *     7                       an aside: does not count
 *     年增加3万元。            ends short with a stop: the paragraph is over
 *     （一）收入               starts a new item */
#include "base/limits.h"
#include "read/plain.h"

/* Two lines of text that follow each other, asides left out. */
typedef struct joint {
    const pl_line *a, *b;
    unsigned wrap;  /* columns of the wrapped text here, 0: not wrapped */
    size_t lines;   /* of the block so far */
    size_t gap;     /* blank lines between them */
    bool cut;       /* an aside or a form feed stands between them */
    bool mid;       /* the line a was itself joined in the middle of a sentence */
} joint;

static unsigned right_of(const pl_line *l) { return (unsigned)l->indent + l->width; }
static bool is_open(const pl_line *l) { return l->ends <= PL_END_DIGIT; }
static bool is_closed(const pl_line *l) { return !is_open(l); }
static bool has_clause(const plain *p, const pl_line *l) { return pl_has_clause(pl_text(p, l)); }

/* A single character can stand alone (as an answer), but behind a label or a number it is the end of that line:
 * "单位：万" + "元", "公开 09" + "表". So is a word of two behind a short label: "单位：" + "万元". */
static bool is_fragment(const plain *p, const joint *j) {
    const pl_line *a = j->a, *b = j->b;
    if (a->ends == PL_END_COLON && !j->gap && b->width <= 4 && b->start < b->end)
        return !a->item && a->width <= 12 && !pl_has_digit(pl_text(p, b));
    if (b->width > 2 || b->start == b->end || j->gap > 2 || a->item || a->width > 24 || pl_has_digit(pl_text(p, b)))
        return false;
    return a->ends == PL_END_DIGIT || (a->ends <= PL_END_CLOSE && has_clause(p, a));
}

/* A wider indent than the line before starts a paragraph, where the tool kept indents. */
static bool is_indented(const joint *j) { return j->b->indent >= 3 && j->b->indent >= j->a->indent + 3; }

/* A title broken over lines: numbered, without comma or stop, and nearly as wide as the text. Its style of numbering and
 * the line behind it tell it from a paragraph: a title's rest is short, a paragraph's first line is full. */
static bool joins_title(const plain *p, const joint *j) {
    const pl_line *a = j->a, *b = j->b;
    unsigned right = right_of(a);
    if (right * 4 < j->wrap * 3 || is_closed(a)) return false;
    if (a->ends > PL_END_CLOSE || right + 1 > j->wrap) return true;
    if (a->item != PL_ITEM_CAPTION && p->styles[a->item].titles * 2 < p->styles[a->item].all) return true;
    return right_of(b) * 5 < j->wrap * 4 && b->width >= 6 && is_open(b) && !has_clause(p, b);
}

/* Behind a full line that ends a sentence the paragraph goes on where the next line is too wide to be an indented first
 * line, or is a short last line; but a label and a colon start a paragraph. */
static bool joins_sentence(const plain *p, const joint *j) {
    unsigned next = right_of(j->b);
    if (right_of(j->a) + 3 < j->wrap || pl_has_label(pl_text(p, j->b))) return false;
    if (j->a->ends != PL_END_STOP || next + 3 > j->wrap) return true;
    return next * 5 < j->wrap * 4 && j->b->ends == PL_END_STOP && j->lines > 1;
}

static bool must_go_on(const plain *p, const pl_line *a) {
    return a->ends == PL_END_COMMA || a->ends == PL_END_DIGIT || pl_brackets_open(pl_text(p, a));
}

/* Rows of a table that lost its tabs: a line without a comma that ends with a figure, and the next starts with one. */
static bool is_figures(const plain *p, const joint *j) {
    char next = p->text[j->b->start];
    return j->a->ends == PL_END_DIGIT && next >= '0' && next <= '9' && !has_clause(p, j->a);
}

/* A number that a line end cuts at its point. */
static bool is_cut_number(const plain *p, const joint *j) {
    const char *end = p->text + j->a->end, next = p->text[j->b->start];
    return j->a->end - j->a->start >= 2 && end[-1] == '.' && end[-2] >= '0' && end[-2] <= '9' && next >= '0' && next <= '9';
}

/* A line may end short before a long figure: the figures that begin the next one do not fit behind it. */
static bool had_no_room(const plain *p, const joint *j) {
    uint32_t at = j->b->start, end = j->b->end;
    while (at < end && ((p->text[at] >= '0' && p->text[at] <= '9') || p->text[at] == ',' || p->text[at] == '.')) at++;
    return right_of(j->a) + (at - j->b->start) > j->wrap;
}

/* The unit of a figure that ends the line before: one or two characters in front of a mark that parts a sentence, "元，",
 * "人次、". A label would have a colon. */
static bool is_unit(const plain *p, const joint *j) {
    static const char *const marks[] = {"\xe3\x80\x81", "\xe3\x80\x82", "\xef\xbc\x8c", "\xef\xbc\x9b"};
    gk_str s = pl_text(p, j->b);
    if (j->a->ends != PL_END_DIGIT || j->gap > 2 || j->b->item || s.len < 6) return false;
    for (size_t at = 3; at <= 6 && (unsigned char)s.ptr[at - 3] >= 0xE4; at += 3)
        for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
            if (gk_str_starts(gk_str_slice(s, at, s.len), gk_str_of(marks[i]))) return true;
    return false;
}

/* No line of a paragraph begins with a comma, a stop, a semicolon, a colon or a closing bracket: it goes on with the one
 * before. */
static bool begins_inside(const plain *p, const joint *j) {
    static const char *const marks[] = {"\xef\xbc\x8c", "\xe3\x80\x82", "\xef\xbc\x9b", "\xef\xbc\x89",
                                        "\xef\xbc\x9a"};
    gk_str s = pl_text(p, j->b);
    if (j->gap > 2 || j->a->kind != PL_TEXT) return false;
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (gk_str_starts(s, gk_str_of(marks[i]))) return true;
    return false;
}

/* A note such as "unit: yuan" under the caption of a table. */
static bool is_note_below(const plain *p, const joint *j) {
    enum { NOTE_WIDTH = 24 };
    if (j->lines > 1 || j->b->width > NOTE_WIDTH || has_clause(p, j->a) || must_go_on(p, j->a)) return false;
    return pl_has_label(pl_text(p, j->b)) && is_open(j->b);
}

/* Whether a line begins with a year: "2031年" or "2031 年". */
static bool begins_with_year(gk_str s) {
    enum { DIGITS = 4 };
    size_t n = 0;
    while (n < s.len && s.ptr[n] >= '0' && s.ptr[n] <= '9') n++;
    size_t unit = n + (n < s.len && s.ptr[n] == ' ');
    return n == DIGITS && gk_str_starts(gk_str_slice(s, unit, s.len), GK_STR("\xe5\xb9\xb4"));
}

/* A line without a stop behind which the year that begins the next one, a full line, had room: a title above its paragraph. One
 * that is not numbered has no comma either. */
static bool is_title_above(const plain *p, const joint *j) {
    enum { SLACK = 4, YEAR = 4 };
    if (j->lines > 1 || !is_open(j->a) || (j->a->item < PL_ITEM_PART && has_clause(p, j->a))) return false;
    bool room = right_of(j->a) + YEAR + SLACK <= j->wrap, full = right_of(j->b) + SLACK >= j->wrap;
    return room && full && begins_with_year(pl_text(p, j->b)) && !must_go_on(p, j->a) &&
           gk_str_find(pl_text(p, j->a), GK_STR("\xe3\x80\x82")) == SIZE_MAX;
}

static bool joins_wrapped(const plain *p, const joint *j) {
    const pl_line *a = j->a, *b = j->b;
    unsigned right = right_of(a);
    if (is_note_below(p, j) || is_title_above(p, j)) return false;
    bool caption = a->item == PL_ITEM_CAPTION; /* its number may have a colon */
    if (j->lines == 1 && a->item >= PL_ITEM_PART && (caption || !has_clause(p, a))) return joins_title(p, j);
    if (is_closed(a)) return joins_sentence(p, j);
    if (is_figures(p, j)) return false;
    unsigned edge = right + a->loose;
    bool label = j->cut && pl_has_label(pl_text(p, b)); /* starts a paragraph of its page, but behind a full line */
    if (edge * 5 >= j->wrap * 4) return !label || edge + 3 >= j->wrap;
    bool prose = j->mid || has_clause(p, a);
    if (must_go_on(p, a) && (prose || right * 2 >= j->wrap)) return true;
    bool figure = !b->item && p->text[b->start] >= '0' && p->text[b->start] <= '9';
    bool sentence = has_clause(p, b) || is_closed(b);
    if (figure && has_clause(p, b) && pl_has_comma(pl_text(p, a))) return true;
    if (figure && sentence && had_no_room(p, j)) return true;
    return j->mid && a->ends != PL_END_CLOSE && (is_closed(b) || (has_clause(p, b) && !label) || figure);
}

/* Whether a line is the first one that is no aside. */
static bool is_first(const plain *p, const pl_line *l) {
    const pl_line *first = p->lines.at;
    while (first < l && first->kind == PL_ASIDE) first++;
    return first == l;
}

/* In a text that is not wrapped a paragraph is one line, but a page may cut it: the first part ends open, and what
 * follows the gap ends a sentence. */
static bool joins_cut(const plain *p, const joint *j) {
    const pl_line *a = j->a, *b = j->b;
    if (is_closed(a) || j->gap > 4) return false;
    bool prose = pl_has_comma(pl_text(p, a));
    if (a->ends == PL_END_COMMA) return prose || a->width >= 40;
    if (j->gap == 0 && !j->cut) return false;
    if (!prose && (a->item || a->width < 60 || has_clause(p, a) || is_first(p, a))) return false; /* a title */
    if (!prose && b->ends == PL_END_COLON && b->width < 60) return false; /* an address behind a title */
    return is_closed(b) || (prose && b->width >= 60);
}

/* A full line of a paragraph that ends with a comma, before a number: the paragraph numbers its clauses. */
static bool numbers_clauses(const plain *p, const joint *j) {
    return j->a->ends == PL_END_COMMA && j->wrap && right_of(j->a) + 3 >= j->wrap && j->b->item >= PL_ITEM_DIGIT_DOT &&
           (j->mid || has_clause(p, j->a));
}

static bool joins(const plain *p, const joint *j) {
    const pl_line *a = j->a, *b = j->b;
    if (b->kind != PL_TEXT || a->kind == PL_HEAD || j->gap >= PL_MAX_GAP) return false;
    if (b->item >= PL_ITEM_PART && !numbers_clauses(p, j)) return false;
    if (b->item == PL_ITEM_CHAPTER && is_closed(a)) return false;
    if (is_indented(j)) return false;
    bool hangs = a->kind == PL_BULLET && j->gap == 0 && b->indent >= 2, cut = is_cut_number(p, j) || is_unit(p, j);
    return (hangs || cut || is_fragment(p, j) || begins_inside(p, j) || (j->wrap ? joins_wrapped(p, j) : joins_cut(p, j))) &&
           !pl_has_leader(pl_text(p, a));
}

/* The next line that is no aside; few asides are passed, so that the search stays bounded. */
static size_t next_text(const plain *p, size_t line, joint *j) {
    size_t i = line + 1, end = p->lines.len;
    j->gap = 0;
    j->cut = false;
    for (; i < end && i < line + 7; i++) {
        j->gap += p->lines.at[i].gap;
        if (p->lines.at[i].kind != PL_ASIDE) break;
        j->cut = true;
        if (j->gap > 3) j->gap = 3;
    }
    if (i < end) j->cut = j->cut || p->lines.at[i].page != p->lines.at[line].page;
    if (j->cut && j->gap > 4) j->gap = 4;
    return i < line + 7 ? i : end;
}

/* The last line of the block that starts at `line`. */
static size_t block_end(const plain *p, size_t line) {
    const pl_line *l = p->lines.at;
    joint j = {.lines = 1};
    size_t last = line;
    if (l[line].kind == PL_HEAD) {
        while (last + 1 < p->lines.len && l[last + 1].kind == PL_HEAD && l[last + 1].level == UINT8_MAX) last++;
        return last;
    }
    for (;;) {
        size_t next = next_text(p, last, &j);
        if (next >= p->lines.len || l[next].end - l[line].start > GK_MAX_BLOCK_BYTES) return last;
        j.a = &l[last], j.b = &l[next], j.wrap = pl_wrap_at(p, &l[last], &l[next]);
        if (!joins(p, &j)) return last;
        j.mid = is_open(&l[last]);
        j.lines++;
        last = next;
    }
}

static gk_block_kind block_kind(const pl_line *l) {
    return l->kind == PL_HEAD ? GK_BLOCK_HEADING : l->kind == PL_BULLET ? GK_BLOCK_LIST : GK_BLOCK_TEXT;
}

size_t pl_add_prose(plain *p, size_t line) {
    const pl_line *l = p->lines.at;
    size_t last = block_end(p, line), index = p->doc->blocks.len;
    gk_block_kind kind = block_kind(&l[line]);
    if (last == line) {
        pl_emit_block(p, kind, (gk_span){l[line].start, l[line].end}, l[line].page);
    } else {
        gk_block *b = gk_doc_add_block(p->doc, kind, (gk_span){l[line].start, l[last].end});
        b->page = p->doc->pages ? l[line].page + 1 : 0;
        for (size_t i = line; i <= last; i++)
            if (l[i].kind != PL_ASIDE) pl_emit_text(p, (gk_span){l[i].start, l[i].end});
        pl_emit_asides(p);
        for (size_t i = line; i <= last; i++)
            if (l[i].kind == PL_ASIDE) pl_emit_aside(p, &l[i]);
    }
    pl_sort_blocks(p, index);
    if (index == p->doc->blocks.len) return last + 1;
    gk_block *b = &p->doc->blocks.at[index];
    if (kind == GK_BLOCK_HEADING) b->level = l[line].level;
    if (b->kind == kind) b->span.start = pl_trim(p, l[line].raw, l[line].raw_end).start;
    if (b->kind == kind && b->span.end == l[last].end) b->span.end = pl_trim(p, l[last].raw, l[last].raw_end).end;
    return last + 1;
}
