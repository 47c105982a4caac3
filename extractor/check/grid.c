#include "check/grid.h"

#include "base/eight.h"

/* The bytes of the blank at s, 0 where there is none. */
static size_t blank_at(gk_str s, size_t at) {
    char c = s.ptr[at];
    if (c == ' ' || (c >= '\t' && c <= '\r')) return 1;
    if (c == '\xC2') return gk_str_starts(gk_str_slice(s, at, s.len), GK_STR("\xC2\xA0")) ? 2 : 0;
    return c == '\xE3' && gk_str_starts(gk_str_slice(s, at, s.len), GK_STR("\xE3\x80\x80")) ? 3 : 0;
}

/* The bytes that a blank may start with. */
static const bool may_be_blank[256] = {[' '] = true, ['\t'] = true, ['\n'] = true, ['\v'] = true,
                                       ['\f'] = true, ['\r'] = true, [0xC2] = true, [0xE3] = true};

/* Whether one of eight bytes may be the first of a blank: up to 0x20, 0xC2 or 0xE3. */
static bool any_blank(uint64_t eight) {
    return (gk_eight_below(eight, 0x21) | gk_eight_has(eight, 0xC2) | gk_eight_has(eight, 0xE3)) != 0;
}

static size_t first_blank(gk_str s) {
    size_t at = 0;
    while (at + 8 <= s.len && !any_blank(gk_eight_at(s.ptr + at))) at += 8;
    while (at < s.len && !(may_be_blank[(unsigned char)s.ptr[at]] && blank_at(s, at))) at++;
    return at;
}

gk_str gk_cell_text(const gk_checker *c, const gk_cell *cell) {
    const gk_span *segs = c->doc->segs.at + cell->first_seg;
    gk_str only = cell->seg_count == 1 ? gk_str_slice(c->doc->text, segs[0].start, segs[0].end) : GK_STR_NONE;
    if (cell->seg_count == 1 && first_blank(only) == only.len) return only;
    size_t most = 0, len = 0;
    for (uint32_t i = 0; i < cell->seg_count; i++) most += segs[i].end - segs[i].start;
    char *out = gk_arena_alloc(&c->out->arena, most + 1);
    for (uint32_t i = 0; i < cell->seg_count; i++) {
        gk_str s = gk_str_slice(c->doc->text, segs[i].start, segs[i].end);
        for (size_t at = 0, bytes; at < s.len; at += bytes) {
            bytes = blank_at(s, at);
            if (!bytes) out[len++] = s.ptr[at], bytes = 1;
        }
    }
    return (gk_str){out, len};
}

bool gk_cell_is(const gk_checker *c, const gk_cell *cell, const gk_map *words) {
    gk_str text = gk_cell_text(c, cell);
    return text.len && gk_map_prefix(words, text, NULL) == text.len;
}

gk_span gk_cell_span(const gk_checker *c, const gk_cell *cell) {
    const gk_span *segs = c->doc->segs.at + cell->first_seg;
    return cell->seg_count ? (gk_span){segs[0].start, segs[cell->seg_count - 1].end} : cell->span;
}

/* Merges two sorted halves; the cells come almost sorted, so that most merges are one comparison. */
static void sort_cells(gk_cell_at *at, gk_cell_at *spare, size_t n) {
    if (n < 2) return;
    size_t half = n / 2, i = 0, k = half, out = 0;
    sort_cells(at, spare, half);
    sort_cells(at + half, spare, n - half);
    if (at[half - 1].start <= at[half].start) return;
    while (i < half || k < n) {
        bool left = k == n || (i < half && at[i].start <= at[k].start);
        spare[out++] = left ? at[i++] : at[k++];
    }
    memcpy(at, spare, n * sizeof *at);
}

/* Puts the cells of a table with text behind the others; false: one of them starts before another that is put before it. */
static bool index_table(gk_checker *c, const gk_table *t) {
    const gk_cell *cells = c->doc->cells.at + t->first_cell;
    const gk_span *segs = c->doc->segs.at;
    gk_cell_at *out = c->cells.at + c->cells.len;
    uint32_t last = c->cells.len ? out[-1].start : 0;
    bool sorted = true;
    for (uint32_t i = 0; i < t->cell_count; i++) {
        const gk_cell *cell = &cells[i];
        if (!cell->seg_count) continue;
        uint32_t start = segs[cell->first_seg].start;
        sorted = sorted && last <= start;
        *out++ = (gk_cell_at){last = start, t->first_cell + i};
    }
    c->cells.len = (size_t)(out - c->cells.at);
    return sorted;
}

static size_t count_cells(const gk_checker *c, const gk_table *t) {
    size_t count = 0;
    for (uint32_t i = 0; i < t->cell_count; i++) count += c->doc->cells.at[t->first_cell + i].seg_count > 0;
    return count;
}

/* The tables from *first to before *end hold the indicators and the cells around them. */
static void find_tables(const gk_checker *c, size_t *first, size_t *end) {
    const gk_table *t = c->doc->tables.at;
    uint32_t from = gk_record_at(c, c->indicators.at[0])->span.start, to = from;
    for (size_t i = 0; i < c->indicators.len; i++) {
        gk_span s = gk_record_at(c, c->indicators.at[i])->span;
        if (s.start < from) from = s.start;
        if (s.end > to) to = s.end;
    }
    while (*first < *end && t[*first].span.end <= from) (*first)++;
    while (*end > *first && t[*end - 1].span.start >= to) (*end)--;
    for (size_t above = 0; *first > 0 && above < GK_CELLS_ABOVE;) above += count_cells(c, &t[--*first]);
    for (size_t below = 0; *end < c->doc->tables.len && below < GK_CELLS_BELOW;) below += count_cells(c, &t[(*end)++]);
}

static void index_cells(gk_checker *c) {
    size_t first = 0, end = c->doc->tables.len, room = 0;
    bool sorted = true;
    if (c->indicators.len) find_tables(c, &first, &end);
    for (size_t i = first; i < end; i++) room += c->doc->tables.at[i].cell_count;
    gk_vec_room(&c->cells, room);
    for (size_t i = first; i < end; i++)
        if (!index_table(c, &c->doc->tables.at[i])) sorted = false;
    c->steps += room;
    c->indexed = true;
    size_t n = c->cells.len;
    if (!sorted) sort_cells(c->cells.at, gk_arena_alloc(&c->out->arena, n * sizeof *c->cells.at), n);
}

/* Mostly the cell of the last search, or one of the next. */
size_t gk_cells_from(gk_checker *c, uint32_t offset) {
    enum { NEXT = 8 };
    if (!c->indexed) index_cells(c);
    size_t low = 0, high = c->cells.len, at = c->cell;
    if (at < high && (at == 0 || c->cells.at[at - 1].start < offset)) {
        for (low = at; low < high && low < at + NEXT && c->cells.at[low].start < offset;) low++;
        if (low == high || c->cells.at[low].start >= offset) return c->cell = low;
    }
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (c->cells.at[middle].start < offset) low = middle + 1;
        else high = middle;
    }
    return c->cell = low;
}

const gk_cell *gk_cell_of(gk_checker *c, uint32_t offset) {
    size_t at = gk_cells_from(c, offset + 1);
    const gk_cell *cell = at ? gk_cells_at(c, at - 1) : NULL;
    return cell && gk_cell_span(c, cell).end > offset ? cell : NULL;
}

const gk_table *gk_table_of(const gk_checker *c, const gk_cell *cell) {
    size_t low = 0, high = c->doc->tables.len;
    uint32_t index = (uint32_t)(cell - c->doc->cells.at);
    while (low < high) { /* the first table that ends behind the cell */
        size_t middle = low + (high - low) / 2;
        const gk_table *t = &c->doc->tables.at[middle];
        if (t->first_cell + t->cell_count <= index) low = middle + 1;
        else high = middle;
    }
    return &c->doc->tables.at[low];
}
