/* The canonical text as it grows: white space collapses as in a browser, lines end up in blocks.
 *
 * ASCII white space becomes one blank, or nothing at the ends of a line. U+00A0 and U+3000 are characters and stay, but
 * never at the ends of a segment. */
#include "base/limits.h"
#include "read/html.h"

size_t ht_blank_at(gk_str s) {
    const unsigned char *u = (const unsigned char *)s.ptr;
    if (s.len == 0) return 0;
    if (u[0] == ' ' || (u[0] >= '\t' && u[0] <= '\r')) return 1;
    if (s.len >= 2 && u[0] == 0xC2 && u[1] == 0xA0) return 2;
    if (s.len < 3) return 0;
    if (u[0] == 0xE3) return u[1] == 0x80 && u[2] == 0x80 ? 3 : 0;
    if (u[0] == 0xE2) return u[1] == 0x80 && u[2] >= 0x80 && u[2] <= 0x8F ? 3 : 0;
    return u[0] == 0xEF && u[1] == 0xBB && u[2] == 0xBF ? 3 : 0;
}

gk_span ht_trim(gk_str text, gk_span s) {
    for (size_t n; s.start < s.end && (n = ht_blank_at(gk_str_slice(text, s.start, s.end))) > 0;) s.start += (uint32_t)n;
    while (s.start < s.end) {
        uint32_t at = s.end - 1;
        while (at > s.start && ((unsigned char)text.ptr[at] & 0xC0) == 0x80) at--;
        if (ht_blank_at(gk_str_slice(text, at, s.end)) != s.end - at) break;
        s.end = at;
    }
    return s;
}

static bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

static void put_run(ht_writer *w, gk_str run) {
    if (w->blank && w->text.len > w->line) gk_buf_putc(&w->text, ' ');
    w->blank = false;
    gk_buf_put(&w->text, run);
}

static void note_weight(ht_writer *w, gk_str run) {
    if (ht_trim(run, (gk_span){0, (uint32_t)run.len}).end == 0) return;
    if (w->bold) w->strong = true;
    else w->weak = true;
    if (w->file) w->named = true;
    else w->said = true;
}

void ht_put(ht_writer *w, gk_str s) {
    for (size_t at = 0; at < s.len;) {
        size_t end = at;
        while (end < s.len && !is_space(s.ptr[end])) end++;
        if (end > at) {
            note_weight(w, gk_str_slice(s, at, end));
            put_run(w, gk_str_slice(s, at, end));
        }
        for (at = end; at < s.len && is_space(s.ptr[at]); at++) {
            if (w->pre && s.ptr[at] == '\n') ht_end_line(w);
            else w->blank = true;
        }
    }
}

void ht_end_line(ht_writer *w) {
    gk_span all = {w->line, (uint32_t)w->text.len};
    *gk_vec_push(&w->lines) = all;
    if (all.end > all.start) gk_buf_putc(&w->text, w->in_cell ? ' ' : '\n');
    w->line = (uint32_t)w->text.len;
    w->blank = false;
}

/* ---- blocks */

/* The last character of a line and its first, as code points' bytes. */
static gk_str last_char(gk_str text, gk_span s) {
    uint32_t at = s.end;
    if (s.start == s.end) return GK_STR("");
    do at--;
    while (at > s.start && ((unsigned char)text.ptr[at] & 0xC0) == 0x80);
    return gk_str_slice(text, at, s.end);
}

/* Marks that end a sentence or leave it open: 。；：！？.;:!?” */
static bool ends_sentence(gk_str text, gk_span s) {
    static const char *const ends[] = {"\xE3\x80\x82", "\xEF\xBC\x9B", "\xEF\xBC\x9A", "\xEF\xBC\x81", "\xEF\xBC\x9F",
                                       ".", ";", ":", "!", "?", "\xE2\x80\x9D"};
    gk_str last = last_char(text, s);
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (gk_str_eqz(last, ends[i])) return true;
    return false;
}

/* Whether `line` goes on with the sentence of the line before it, which ended at a <br>. An author who breaks lines by
 * hand begins a paragraph by it nearly always; a line that is long, ends without a mark and is followed by one that is
 * not indented was wrapped. */
static bool goes_on(const ht_writer *w, gk_span before, gk_span line) {
    enum { LONG_LINE = 60 };
    if (w->kind == GK_BLOCK_HEADING) return true;
    gk_str text = gk_buf_str(&w->text);
    gk_span inner = ht_trim(text, before), next = ht_trim(text, line);
    return inner.end - inner.start >= LONG_LINE && next.start == line.start && !ends_sentence(text, inner);
}

/* Where a line that is too long for one block is cut: behind its last full stop, else between two characters. */
static uint32_t cut_at(gk_str text, gk_span s) {
    uint32_t at = s.start + GK_MAX_BLOCK_BYTES;
    if (s.end <= at) return s.end;
    while (((unsigned char)text.ptr[at] & 0xC0) == 0x80) at--;
    for (uint32_t k = at; k > s.start + GK_MAX_BLOCK_BYTES / 2; k--)
        if (memcmp(text.ptr + k - 3, "\xE3\x80\x82", 3) == 0) return k;
    return at;
}

/* Adds one line, to the open block where `same`. Returns whether there is an open block now. */
static bool add_line(ht_writer *w, gk_span line, bool same) {
    gk_str text = gk_buf_str(&w->text);
    gk_span s = ht_trim(text, line);
    while (s.start < s.end) {
        gk_span part = ht_trim(text, (gk_span){s.start, cut_at(text, s)});
        if (!same) gk_doc_add_block(w->doc, w->kind, part)->level = w->level;
        gk_doc_add_seg(w->doc, part);
        same = false;
        s.start = part.end;
        s = ht_trim(text, s);
    }
    return true;
}

/* A short paragraph that is bold from end to end is a heading of unknown level. One that is nothing but names of files to
 * be loaded belongs to the page. */
static void judge_kind(ht_writer *w) {
    enum { MOST_HEADING = 150, MOST_BOLD = 120 };
    uint32_t bytes = 0;
    for (size_t i = 0; i < w->lines.len; i++) bytes += w->lines.at[i].end - w->lines.at[i].start;
    gk_str text = gk_buf_str(&w->text);
    bool sentence = w->lines.len && ends_sentence(text, ht_trim(text, w->lines.at[w->lines.len - 1]));
    if (w->kind == GK_BLOCK_HEADING && (bytes > MOST_HEADING || sentence)) w->kind = GK_BLOCK_TEXT, w->level = 0;
    if (w->kind == GK_BLOCK_TEXT && w->strong && !w->weak && bytes <= MOST_BOLD && !sentence)
        w->kind = GK_BLOCK_HEADING;
    if (w->named && !w->said) w->kind = GK_BLOCK_ASIDE, w->level = 0;
}

void ht_end_block(ht_writer *w) {
    if (w->text.len > w->line || w->in_cell) ht_end_line(w);
    if (w->in_cell) return;
    gk_block_kind kind = w->kind;
    uint8_t level = w->level;
    judge_kind(w);
    uint32_t size = 0;
    const gk_span *before = NULL;
    for (size_t i = 0; i < w->lines.len; i++) {
        gk_span line = w->lines.at[i], inner = ht_trim(gk_buf_str(&w->text), line);
        bool empty = inner.start == inner.end;
        bool same = !empty && before && size < GK_MAX_BLOCK_BYTES && goes_on(w, *before, line);
        if (!empty) add_line(w, line, same);
        size = (same ? size : 0) + line.end - line.start;
        before = empty ? NULL : &w->lines.at[i];
    }
    w->lines.len = 0;
    w->strong = w->weak = w->named = w->said = w->blank = false;
    w->kind = kind;
    w->level = level;
}
