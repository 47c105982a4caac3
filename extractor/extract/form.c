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

enum { BEFORE = 4000, BEHIND = 60000, LABEL_MOST = 120 };

const gk_says *gk_form_says(gk_form *f, gk_scope scope, size_t token, size_t count) {
    gk_span lines[2] = {f->tokens.at[token].at, f->tokens.at[token + count - 1].at};
    static const gk_says nothing;
    if (lines[count - 1].end - lines[0].start > LABEL_MOST) return &nothing;
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

static void add_line(gk_form *f, gk_span s) {
    uint32_t gap = gap_at(f->text, s.start, s.end);
    bool shared = gap < s.end;
    for (uint32_t from = s.start; from < s.end; gap = gap_at(f->text, from, s.end)) {
        gk_span cell = trim(f->text, from, gap);
        add_token(f, GK_FORM_TEXT, cell, from == s.start);
        f->tokens.at[f->tokens.len - 1].shared = shared;
        for (size_t n; gap < s.end && (n = blank_at(gk_str_slice(f->text, gap, s.end)));) gap += (uint32_t)n;
        from = gap;
    }
    if (shared) add_token(f, GK_FORM_BREAK, (gk_span){s.end, s.end}, false);
}

static void cut(gk_form *f, uint32_t from, uint32_t to) {
    f->tokens.len = 0;
    for (uint32_t start = from; start < to;) {
        const char *line = memchr(f->text.ptr + start, '\n', to - start);
        uint32_t end = line ? (uint32_t)(line - f->text.ptr) : to;
        gk_span s = trim(f->text, start, end);
        if (s.start < s.end && memchr(f->text.ptr + s.start, '|', s.end - s.start)) add_barred(f, s.start, s.end);
        else if (s.start < s.end) add_line(f, s);
        else if (end > start && f->text.ptr[start] != '\r') add_token(f, GK_FORM_EMPTY, (gk_span){start, end}, true);
        start = end + 1;
    }
}

/* ---- where a form is */

static uint32_t line_start(gk_str text, uint32_t at) {
    while (at && text.ptr[at - 1] != '\n') at--;
    return at;
}

/* Whether the rows of a table do not stand below its header: it is alone, or the names of levels stand on the left of where
 * they belong. */
static bool is_torn(gk_extractor *x, const gk_doc *doc, const gk_table *t, const gk_cell *header) {
    size_t torn = 0;
    for (uint32_t i = 0; i < t->cell_count; i++) {
        const gk_cell *c = &doc->cells.at[t->first_cell + i];
        if (c->row <= header->row || c->col > header->col || !c->seg_count) continue;
        gk_span s = doc->segs.at[c->first_seg];
        gk_str level = gk_map_get(x->maps.form_levels, gk_str_slice(doc->text, s.start, s.end));
        torn += level.len && (c->col < header->col || gk_str_eqz(level, "2"));
    }
    return torn > 0 || header->row + 1 == t->rows;
}

static bool is_header(const gk_extractor *x, const gk_doc *doc, uint32_t seg) {
    gk_span s = doc->segs.at[seg];
    gk_str text = gk_str_slice(doc->text, s.start, s.end);
    const char *bar = memchr(text.ptr, '|', text.len);
    if (!bar) return gk_map_get(x->maps.form_headers, text).ptr != NULL;
    size_t len = 0, at = gk_map_find(x->maps.form_headers, text, 0, &len, NULL);
    return at != SIZE_MAX;
}

/* The place of the next header of indicators from a block on, one that the reader made no good table of; UINT32_MAX: none. */
static uint32_t find_header(gk_extractor *x, const gk_doc *doc, size_t *block, uint32_t from) {
    for (; *block < doc->blocks.len; (*block)++) {
        const gk_block *b = &doc->blocks.at[*block];
        if (b->span.end <= from) continue;
        if (b->kind != GK_BLOCK_TABLE) {
            for (uint32_t i = b->first_seg; i < b->first_seg + b->seg_count; i++)
                if (doc->segs.at[i].start >= from && is_header(x, doc, i)) return doc->segs.at[i].start;
            continue;
        }
        const gk_table *t = &doc->tables.at[b->table];
        for (uint32_t i = t->first_cell; !t->merged_known && i < t->first_cell + t->cell_count; i++) {
            const gk_cell *c = &doc->cells.at[i];
            bool starts = c->seg_count && c->span.start >= from && is_header(x, doc, c->first_seg);
            if (starts && is_torn(x, doc, t, c)) return c->span.start;
        }
    }
    return UINT32_MAX;
}

static size_t token_at(const gk_form *f, uint32_t at, const gk_extractor *x) {
    for (size_t i = 0; i < f->tokens.len; i++) {
        gk_span s = f->tokens.at[i].at;
        if (s.end <= at || f->tokens.at[i].kind != GK_FORM_TEXT) continue;
        if (gk_map_get(x->maps.form_headers, gk_str_slice(f->text, s.start, s.end)).ptr) return i;
    }
    return SIZE_MAX;
}

/* The form around a header; the end of what was read. */
static uint32_t restore(gk_form *f, gk_doc *doc, uint32_t header, uint32_t from) {
    uint32_t start = header - from > BEFORE ? line_start(f->text, header - BEFORE) : from;
    uint32_t end = f->text.len - header > BEHIND ? line_start(f->text, header + BEHIND) : (uint32_t)f->text.len;
    cut(f, start, end);
    size_t at = token_at(f, header, f->x);
    if (at == SIZE_MAX) return header + 1;
    f->cells.len = f->row = 0;
    size_t first = gk_form_read_head(f, at), behind = gk_form_read_goals(f, at);
    if (behind == at) return header + 1;
    gk_span span = {f->tokens.at[first].at.start, f->tokens.at[behind - 1].at.end};
    gk_form_write(f, doc, span);
    return span.end;
}

void gk_restore_forms(gk_extractor *x, gk_doc *doc) {
    if (!doc->media_type || strcmp(doc->media_type, "text/plain") != 0) return;
    size_t block = 0;
    uint32_t at = find_header(x, doc, &block, 0);
    if (at == UINT32_MAX) return;
    gk_form f = {.x = x, .text = doc->text};
    gk_view *kept = x->view;
    gk_view_init(&f.view, doc->text);
    gk_knowledge_tidy(x->knowledge);
    x->view = &f.view;
    for (uint32_t end = 0; at != UINT32_MAX; at = find_header(x, doc, &block, end)) {
        end = restore(&f, doc, at, end);
        block = 0;
    }
    x->view = kept;
    gk_view_free(&f.view);
    gk_vec_free(&f.tokens);
    gk_vec_free(&f.cells);
}
