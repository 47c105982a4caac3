/* Forms of performance in plain texts whose cells stand one behind the other, without the rows they had.
 *
 * Tools that lift the text out of a web page print a cell a line, with blank lines between them or a bar behind each, or rows
 * without the cells that are merged downward. Where the first header of indicators stands on a line of its own, or in such a
 * row, the cells around it are put into a table again, as far as their words tell the columns; what stands in no column stays
 * a row of its own.
 */
#include "extract/form.h"

#include <stdlib.h>

#include "extract/known.h"

enum { LABEL_MOST = 120, FLAT_LEAST = 300, VIEW_MOST = 1 << 16 };
/* Bytes around a header whose cells single blanks part, where lines are parted so. */
enum { SPACED_ABOVE = 2000, SPACED_BELOW = 8000 };

const gk_says *gk_form_says(gk_form *f, gk_scope scope, size_t token, size_t count) {
    gk_span lines[2] = {f->tokens.at[token].at, f->tokens.at[token + count - 1].at};
    static const gk_says nothing;
    if (lines[count - 1].end - lines[0].start > LABEL_MOST) return &nothing;
    if (f->view.text.len > VIEW_MOST) gk_view_reset(&f->view, f->text);
    uint32_t start = gk_view_append(&f->view, gk_set_fold(f->x->set), lines, count);
    return gk_label_says_of(f->x, scope, (gk_range){start, (uint32_t)f->view.text.len});
}

size_t gk_form_next(const gk_form *f, size_t at) {
    for (; at < f->tokens.len; at++)
        if (f->tokens.at[at].kind == GK_FORM_TEXT) return at;
    return SIZE_MAX;
}

void gk_form_put(gk_form *f, uint32_t col, size_t token, size_t count) {
    *gk_vec_push(&f->cells) = (gk_form_cell){f->row, col, token, count};
}

void gk_form_end_row(gk_form *f) {
    if (f->cells.len && f->cells.at[f->cells.len - 1].row == f->row) f->row++;
}

bool gk_form_is_figure(const gk_form *f, size_t token) {
    gk_span s = f->tokens.at[token].at;
    bool digit = false;
    for (uint32_t p = s.start; p < s.end; p++) {
        char c = f->text.ptr[p];
        bool is = c >= '0' && c <= '9', mark = strchr(".,%-/ ", c) != NULL;
        digit = digit || is || c == '/' || c == '-';
        if (!is && !mark) return gk_str_eqz(gk_str_slice(f->text, p, s.end), "\xE5\x88\x86") && digit; /* 分 */
    }
    return digit;
}

/* ---- tokens */

/* Bytes of the blank at the start of s; 0: none. */
static size_t blank_at(gk_str s) {
    if (!s.len) return 0;
    if (s.ptr[0] == ' ' || s.ptr[0] == '\t' || s.ptr[0] == '\r') return 1;
    if (gk_str_starts(s, GK_STR("\xC2\xA0"))) return 2;
    return gk_str_starts(s, GK_STR("\xE3\x80\x80")) ? 3 : 0;
}

static gk_span trim(gk_str text, uint32_t start, uint32_t end) {
    for (size_t n; start < end && (n = blank_at(gk_str_slice(text, start, end)));) start += (uint32_t)n;
    for (uint32_t back = 1; start < end && back <= 3 && back <= end - start;) {
        if (blank_at(gk_str_slice(text, end - back, end)) == back) end -= back, back = 1;
        else back++;
    }
    return (gk_span){start, end};
}

static void add_token(gk_form *f, gk_form_kind kind, gk_span at, bool starts) {
    *gk_vec_push(&f->tokens) = (gk_form_token){.at = at, .kind = (uint8_t)kind, .starts = starts};
}

/* The cells of a line with bars: of bars alone one is an empty cell, more end a row; behind the last text of a row of several
 * they make up for merged cells. */
static void add_barred(gk_form *f, uint32_t start, uint32_t end) {
    size_t first = f->tokens.len, texts = 0, bars = 0, kept;
    for (uint32_t p = start, from = start; p <= end; p++) {
        if (p < end && f->text.ptr[p] != '|') continue;
        gk_span cell = trim(f->text, from, p);
        bool edge = from == start || p == end;
        bars += p < end;
        if (cell.start < cell.end) add_token(f, GK_FORM_TEXT, cell, texts++ == 0);
        else if (!edge && from < p) add_token(f, GK_FORM_EMPTY, cell, false);
        from = p + 1;
    }
    for (kept = f->tokens.len; kept > first && f->tokens.at[kept - 1].kind == GK_FORM_EMPTY; kept--) {}
    f->tokens.len = kept;
    for (size_t i = first; i < kept; i++) f->tokens.at[i].shared = texts > 1;
    if (!texts && bars == 1) add_token(f, GK_FORM_EMPTY, (gk_span){start, end}, true);
    else if (texts != 1) add_token(f, GK_FORM_BREAK, (gk_span){end, end}, false);
}

/* Where blanks part two cells of a line from `at` on: four at least; the end of the line: nowhere. */
static uint32_t gap_at(gk_str text, uint32_t at, uint32_t end) {
    enum { LEAST = 4 };
    for (uint32_t width = 0, start = at; at < end;) {
        size_t n = blank_at(gk_str_slice(text, at, end));
        if (!n && width >= LEAST) return start;
        width = n ? width + (n > 2 ? 2 : 1) : 0;
        at += n ? (uint32_t)n : 1;
        if (!n) start = at;
    }
    return end;
}

/* The end of the word at `at`. */
static uint32_t word_end(gk_str text, uint32_t at, uint32_t end) {
    while (at < end && !blank_at(gk_str_slice(text, at, end))) at++;
    return at;
}

/* Whether the word at `at` goes on with what stands before it: a figure behind its sign, a unit behind its figure. */
static bool goes_on_with(const gk_form *f, gk_str before, gk_str word) {
    const gk_engine_maps *maps = &f->x->maps;
    if (word.len && gk_is_digit(word.ptr[0])) return gk_map_get(maps->target_ops, before).ptr != NULL;
    bool unit = gk_map_get(maps->units, word).ptr || gk_map_get(maps->money_units, word).ptr || gk_str_eqz(word, "%");
    return unit && before.len && gk_is_digit(before.ptr[before.len - 1]);
}

/* How blanks part the cells of a line. */
typedef enum gk_parting { GK_PART_WIDE, GK_PART_WORDS, GK_PART_SENTENCES } gk_parting;

/* Where a cell ends: at wide blanks; at the blank behind a word and what goes on with it; or at that behind a sentence. */
static uint32_t cell_end(const gk_form *f, uint32_t at, uint32_t end, gk_parting parting) {
    if (parting == GK_PART_WIDE) return gap_at(f->text, at, end);
    for (uint32_t to = word_end(f->text, at, end), next, behind;; to = behind) {
        for (next = to; next < end && f->text.ptr[next] == ' ';) next++;
        behind = word_end(f->text, next, end);
        gk_str before = gk_str_slice(f->text, at, to), word = gk_str_slice(f->text, next, behind);
        bool more = parting == GK_PART_WORDS ? goes_on_with(f, before, word) : !gk_str_ends(before, GK_STR("\xE3\x80\x82"));
        if (behind == next || !more) return to;
    }
}

/* A line around a spaced header: sentences, where one ends in it and no figure stands by itself; else words. */
static gk_parting parting_of(const gk_form *f, gk_span s) {
    if (gk_str_find(gk_str_slice(f->text, s.start, s.end), GK_STR("\xE3\x80\x82")) == SIZE_MAX) return GK_PART_WORDS;
    bool figure = false;
    for (uint32_t at = s.start, to; at < s.end; at = to + 1) {
        to = word_end(f->text, at, s.end);
        gk_str word = gk_str_slice(f->text, at, to);
        if (figure && !gk_map_prefix(f->x->maps.units, word, NULL) && !gk_map_prefix(f->x->maps.money_units, word, NULL))
            return GK_PART_WORDS;
        figure = word.len > 0;
        for (size_t i = 0; figure && i < word.len; i++) figure = strchr("0123456789.,", word.ptr[i]) != NULL;
    }
    return figure ? GK_PART_WORDS : GK_PART_SENTENCES;
}

static void add_line(gk_form *f, gk_span s, bool spaced) {
    gk_parting parting = spaced ? parting_of(f, s) : GK_PART_WIDE;
    uint32_t gap = cell_end(f, s.start, s.end, parting);
    bool shared = gap < s.end;
    for (uint32_t from = s.start; from < s.end; gap = cell_end(f, from, s.end, parting)) {
        gk_span cell = trim(f->text, from, gap);
        add_token(f, GK_FORM_TEXT, cell, from == s.start);
        f->tokens.at[f->tokens.len - 1].shared = shared;
        for (size_t n; gap < s.end && (n = blank_at(gk_str_slice(f->text, gap, s.end)));) gap += (uint32_t)n;
        from = gap;
    }
    if (shared) add_token(f, GK_FORM_BREAK, (gk_span){s.end, s.end}, false);
}

/* The cells of a line that holds all of a form, parted by a blank each. */
static void add_flat(gk_form *f, gk_span s) {
    for (uint32_t p = s.start, from = s.start; p <= s.end; p++) {
        size_t n = p < s.end ? blank_at(gk_str_slice(f->text, p, s.end)) : 1;
        if (!n) continue;
        if (p > from) add_token(f, GK_FORM_TEXT, (gk_span){from, p}, false);
        from = p + (uint32_t)n;
        p = from - 1;
    }
}

/* Whether a long line is one of many cells: blanks stand all over its beginning. */
static bool is_flat(gk_str line) {
    enum { LOOK = 400, BLANKS = 10 };
    size_t blanks = 0;
    for (size_t i = 0; i < LOOK && i < line.len; i++) blanks += line.ptr[i] == ' ';
    return line.len > FLAT_LEAST && blanks >= BLANKS && !memchr(line.ptr, '|', line.len);
}

/* Whether a line stands around a header whose cells single blanks part; *near is the one at or behind it. */
static bool is_spaced(const gk_form *f, uint32_t at, size_t *near) {
    while (*near < f->spaced.len && f->spaced.at[*near] + SPACED_BELOW < at) ++*near;
    return *near < f->spaced.len && f->spaced.at[*near] <= at + SPACED_ABOVE;
}

static void cut(gk_form *f) {
    size_t near = 0;
    for (uint32_t start = 0, to = (uint32_t)f->text.len; start < to;) {
        const char *line = memchr(f->text.ptr + start, '\n', to - start);
        uint32_t end = line ? (uint32_t)(line - f->text.ptr) : to;
        gk_span s = trim(f->text, start, end);
        gk_str text = gk_str_slice(f->text, s.start, s.end);
        bool flat = is_flat(text) && gk_map_find(f->x->maps.form_headers, text, 0, NULL, NULL) != SIZE_MAX;
        if (flat) add_flat(f, s);
        else if (s.start < s.end && memchr(text.ptr, '|', text.len)) add_barred(f, s.start, s.end);
        else if (s.start < s.end) add_line(f, s, is_spaced(f, s.start, &near));
        else if (end > start && f->text.ptr[start] != '\r') add_token(f, GK_FORM_EMPTY, (gk_span){start, end}, true);
        start = end + 1;
    }
}

/* ---- where the forms are */

/* Whether a line is a row of headers that single blanks part: a first one, right behind the start or the word there, and
 * three words at least behind it. */
static bool is_spaced_header(const gk_form *f, gk_str line) {
    enum { MOST = 200, WORDS = 3 };
    const gk_map *headers = f->x->maps.form_headers;
    if (line.len > MOST) return false;
    size_t words = 0, at = 0, len = gk_map_prefix(headers, line, NULL);
    if (!len && (at = word_end(line, 0, (uint32_t)line.len) + 1) < line.len)
        len = gk_map_prefix(headers, gk_str_slice(line, at, line.len), NULL);
    for (size_t i = at + len; len && i < line.len; i++) words += line.ptr[i] == ' ' && line.ptr[i - 1] != ' ';
    return words >= WORDS && line.ptr[at + len] == ' ';
}

/* Adds the places of first headers in a line: the whole of it, or some of its cells. */
static void find_in_line(gk_form *f, const gk_doc *doc, uint32_t seg) {
    const gk_map *headers = f->x->maps.form_headers;
    gk_span s = doc->segs.at[seg];
    gk_str line = gk_str_slice(doc->text, s.start, s.end);
    bool spaced = !memchr(line.ptr, '|', line.len) && is_spaced_header(f, line);
    bool cells = spaced || memchr(line.ptr, '|', line.len) || is_flat(line);
    if (spaced) *gk_vec_push(&f->spaced) = s.start;
    if (!cells) {
        if (gk_map_get(headers, line).ptr) *gk_vec_push(&f->headers) = s.start;
        return;
    }
    size_t len = 0;
    for (size_t at = 0; (at = gk_map_find(headers, line, at, &len, NULL)) != SIZE_MAX; at += len) {
        bool starts = !at || strchr(" |", line.ptr[at - 1]), ends = at + len == line.len || strchr(" |", line.ptr[at + len]);
        if (starts && ends) *gk_vec_push(&f->headers) = s.start + (uint32_t)at;
    }
}

/* Whether the rows of a table do not stand below its first header: it is alone, or the names of levels stand on the left of
 * where they belong. */
static bool is_torn(const gk_form *f, const gk_doc *doc, const gk_table *t, const gk_cell *header) {
    for (uint32_t i = 0; i < t->cell_count; i++) {
        const gk_cell *c = &doc->cells.at[t->first_cell + i];
        if (c->row <= header->row || c->col > header->col || !c->seg_count) continue;
        gk_span s = doc->segs.at[c->first_seg];
        gk_str level = gk_map_get(f->x->maps.form_levels, gk_str_slice(doc->text, s.start, s.end));
        if (level.len && (c->col < header->col || gk_str_eqz(level, "2"))) return true;
    }
    return header->row + 1 == t->rows;
}

static void find_in_table(gk_form *f, const gk_doc *doc, const gk_table *t) {
    bool asked = false;
    for (uint32_t i = t->first_cell; !t->merged_known && i < t->first_cell + t->cell_count; i++) {
        const gk_cell *c = &doc->cells.at[i];
        gk_span s = c->seg_count ? doc->segs.at[c->first_seg] : (gk_span){0, 0};
        if (!gk_map_get(f->x->maps.form_headers, gk_str_slice(doc->text, s.start, s.end)).ptr) continue;
        if (!asked && !is_torn(f, doc, t, c)) return;
        asked = true;
        *gk_vec_push(&f->headers) = s.start;
    }
}

/* Looks at the line of a block that a place stands in, at a table as a whole; the end of what was looked at. */
static uint32_t find_around(gk_form *f, const gk_doc *doc, const gk_block *b, size_t at) {
    if (b->kind == GK_BLOCK_TABLE) find_in_table(f, doc, &doc->tables.at[b->table]);
    for (uint32_t i = b->first_seg; b->kind != GK_BLOCK_TABLE && i < b->first_seg + b->seg_count; i++) {
        if (doc->segs.at[i].end <= at) continue;
        if (doc->segs.at[i].start <= at) find_in_line(f, doc, i);
        return doc->segs.at[i].end;
    }
    return b->span.end;
}

/* Most texts hold no such words. */
static void find_headers(gk_form *f, const gk_doc *doc) {
    const gk_block *b = doc->blocks.at, *end = b + doc->blocks.len;
    size_t len = 0, done = 0;
    for (size_t at = 0; (at = gk_map_find(f->x->maps.form_mark, doc->text, at, &len, NULL)) != SIZE_MAX; at += len) {
        while (b < end && b->span.end <= at) b++;
        if (b < end && b->span.start <= at && at >= done) done = find_around(f, doc, b, at);
    }
}

/* Reads the forms from the top on: a header inside a form that was read is passed over. */
static void read_forms(gk_form *f) {
    size_t at = 0, behind = 0, body;
    for (size_t i = 0; i < f->headers.len; i++) {
        while (at < f->tokens.len && f->tokens.at[at].at.start < f->headers.at[i]) at++;
        at = gk_form_next(f, at);
        if (at == SIZE_MAX) return;
        if (at < behind || !gk_form_read_header(f, at, &body)) continue;
        size_t cells = f->cells.len;
        f->row = 0;
        size_t first = gk_form_read_head(f, behind, at), end = gk_form_read_goals(f, body);
        if (end <= body) f->cells.len = cells; /* no row stands below it */
        if (end <= body) continue;
        gk_span span = {f->tokens.at[first].at.start, f->tokens.at[end - 1].at.end};
        *gk_vec_push(&f->parts) = (gk_form_part){span, cells, f->cells.len - cells};
        behind = end;
    }
}

void gk_restore_forms(gk_extractor *x, gk_doc *doc) {
    if (!doc->media_type || strcmp(doc->media_type, "text/plain") != 0) return;
    gk_form f = {.x = x, .text = doc->text};
    find_headers(&f, doc);
    if (f.headers.len) {
        gk_view *kept = x->view;
        gk_view_init(&f.view, doc->text);
        gk_knowledge_tidy(x->knowledge);
        x->view = &f.view;
        cut(&f);
        read_forms(&f);
        x->view = kept;
        gk_view_free(&f.view);
        if (f.parts.len) gk_form_write(&f, doc);
    }
    gk_vec_free(&f.headers);
    gk_vec_free(&f.spaced);
    gk_vec_free(&f.tokens);
    gk_vec_free(&f.cells);
    gk_vec_free(&f.parts);
}
