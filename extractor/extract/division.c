#include "extract/division_index.h"

#include <stdlib.h>

enum { TEXT_MAX_BYTES = 600, MENTIONS_MAX = 64, LATEST_YEAR = 9999 };

/* A place in the text where a name of the index stands. */
typedef struct mention {
    uint32_t start, end;
    uint32_t node;  /* first node of the name: gk_division_names */
    bool plain;     /* some division has exactly this name, or its spoken form */
    bool weak;      /* two characters that may belong to ordinary words */
    bool behind;    /* a kind word ends directly before it */
} mention;

typedef struct scan {
    gk_divisions *divisions;
    gk_str text;
    int year;
    mention at[MENTIONS_MAX];
    size_t count;
} scan;

/* What a mention comes to: the row it means and how well it is supported. */
typedef struct reading {
    uint32_t row;
    uint32_t named; /* how many divisions of its chain the text names, itself included */
    bool valid;
    bool unsure; /* another row fits as well */
} reading;

static bool valid_in(const gk_division_row *row, int year) {
    return (row->first == 0 || row->first <= year) && (row->last == 0 || row->last >= year);
}

/* The rows of a code: the one valid in the year (the newest of them), else the newest; UINT32_MAX: no such code. */
static uint32_t row_in(gk_divisions *d, const char *code, int year) {
    size_t count;
    uint32_t first = gk_division_rows(d, code, &count), best = UINT32_MAX;
    for (uint32_t row = first; row < first + count; row++) {
        bool fits = valid_in(gk_division_row_at(d, row), year);
        if (best == UINT32_MAX || fits || !valid_in(gk_division_row_at(d, best), year)) best = row;
    }
    return best;
}

/* The code of the division of `level` that a code belongs to: 430211 -> 430000, 430200. */
static void ancestor_code(const char *code, uint32_t level, char *out) {
    memcpy(out, code, GK_DIVISION_CODE);
    memset(out + 2 * level, '0', GK_DIVISION_CODE - 2 * level);
}

static void describe(gk_divisions *d, uint32_t at, int year, gk_division *out) {
    const gk_division_row *row = gk_division_row_at(d, at);
    if (!valid_in(row, year)) year = row->last ? row->last : row->first;
    *out = (gk_division){.code = {row->code, GK_DIVISION_CODE}, .first_year = row->first, .last_year = row->last};
    if (row->successor) out->successor = (gk_str){row->successor, GK_DIVISION_CODE};
    uint32_t level = gk_division_level(row->code);
    for (uint32_t up = 1; up < level; up++) {
        char code[GK_DIVISION_CODE];
        ancestor_code(row->code, up, code);
        uint32_t parent = row_in(d, code, year);
        if (parent != UINT32_MAX) out->name[out->count++] = gk_division_row_at(d, parent)->name;
    }
    out->name[out->count++] = row->name;
}

bool gk_division_by_code(gk_divisions *d, gk_str code, int year, gk_division *out) {
    if (code.len != GK_DIVISION_CODE) return false;
    if (year == 0) year = LATEST_YEAR;
    uint32_t row = row_in(d, code.ptr, year);
    if (row == UINT32_MAX) return false;
    describe(d, row, year, out);
    return true;
}

/* Finding mentions. */

static size_t character(const char *p, size_t left) {
    unsigned char c = (unsigned char)*p;
    size_t n = c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
    return n < left ? n : left;
}

static bool is_plain(const gk_divisions *d, uint32_t node) {
    for (; node; node = gk_division_next(d, node))
        if (gk_division_node_at(d, node)->form != GK_NAME_STEM) return true;
    return false;
}

/* A name of two characters is weak unless it stands at the start, behind a character that is no word, or behind one of
 * the words of the table. */
static bool is_weak(const scan *s, size_t start, size_t characters) {
    if (characters > 2 || start == 0 || (unsigned char)s->text.ptr[start - 1] < 0x80) return false;
    return !gk_division_ends_with(s->divisions, GK_LIST_BEFORE, gk_str_slice(s->text, 0, start));
}

static void add_mention(scan *s, size_t start, size_t end, size_t characters, uint32_t node) {
    bool plain = is_plain(s->divisions, node);
    if (plain && gk_division_starts_with(s->divisions, GK_LIST_TAIL, gk_str_slice(s->text, end, s->text.len))) return;
    /* At one place the longer name wins, and what lies inside a full name is part of it. */
    while (plain && s->count && s->at[s->count - 1].start == start) s->count--;
    for (size_t i = 0; i < s->count; i++)
        if (s->at[i].plain && s->at[i].end >= end) return;
    if (s->count == MENTIONS_MAX) return;
    s->at[s->count++] = (mention){
        .start = (uint32_t)start,
        .end = (uint32_t)end,
        .node = node,
        .plain = plain,
        .weak = is_weak(s, start, characters),
        .behind = gk_division_ends_with(s->divisions, GK_LIST_SUFFIX, gk_str_slice(s->text, 0, start)),
    };
}

static void find_mentions(scan *s) {
    for (size_t start = 0; start < s->text.len; start += character(s->text.ptr + start, s->text.len - start)) {
        uint64_t hash = GK_HASH_START;
        size_t end = start;
        for (size_t n = 1; n <= gk_division_longest(s->divisions) && end < s->text.len; n++) {
            size_t step = character(s->text.ptr + end, s->text.len - end);
            for (size_t i = 0; i < step; i++) hash = GK_HASH_STEP(hash, s->text.ptr[end + i]);
            end += step;
            uint32_t node = n < 2 ? 0 : gk_division_names(s->divisions, gk_str_slice(s->text, start, end), hash);
            if (node) add_mention(s, start, end, n, node);
        }
    }
}

/* Reading mentions. */

/* Does a mention name the division of this code, in a form that counts `touching` what follows it or not? */
static bool names_code(const scan *s, const mention *m, const char *code, bool touching) {
    for (uint32_t node = m->node; node; node = gk_division_next(s->divisions, node)) {
        const gk_division_node *n = gk_division_node_at(s->divisions, node);
        if (n->form == GK_NAME_STEM && !touching) continue;
        if (memcmp(gk_division_row_at(s->divisions, n->row)->code, code, GK_DIVISION_CODE) == 0) return true;
    }
    return false;
}

/* How many divisions of the chain above `code` are named before `m`; *touching: the nearest ends where m starts. */
static uint32_t named_above(const scan *s, const mention *m, const char *code, bool *touching) {
    uint32_t named = 0;
    size_t next = m->start;
    *touching = false;
    for (uint32_t level = gk_division_level(code) - 1; level >= 1; level--) {
        char above[GK_DIVISION_CODE];
        ancestor_code(code, level, above);
        for (size_t i = s->count; i-- > 0;) {
            const mention *a = &s->at[i];
            if (a->end > next || !names_code(s, a, above, a->end == next)) continue;
            if (a->end == m->start) *touching = true;
            next = a->start;
            named++;
            break;
        }
    }
    return named;
}

/* A name without its kind word may be the beginning of another name: of a hill, a road, another kind of place. */
static bool goes_on(const scan *s, const mention *m) {
    gk_str behind = gk_str_slice(s->text, m->end, s->text.len);
    return gk_division_starts_with(s->divisions, GK_LIST_STEM_TAIL, behind) ||
           gk_division_starts_with(s->divisions, GK_LIST_SUFFIX, behind);
}

/* May this name of this row be read at m at all? Then how many of its chain are named; else 0. */
static uint32_t support(const scan *s, const mention *m, const gk_division_node *node) {
    const gk_division_row *row = gk_division_row_at(s->divisions, node->row);
    bool touching;
    uint32_t above = named_above(s, m, row->code, &touching);
    if (m->behind && !touching) return 0;
    if (m->weak && !touching) return 0;
    bool stem = node->form == GK_NAME_STEM;
    if (stem && (!touching || !node->may_stand || !valid_in(row, s->year) || goes_on(s, m))) return 0;
    return above + 1;
}

/* Of two rows that a mention supports equally: -1 the first is meant, 1 the second, 0 both may be. A valid one goes
 * before one that is not; of a place that changed its code the newer one; of places without their kind word the larger;
 * of dissolved places the one that lasted longer; of two rows of one code the later. */
static int prefer(const scan *s, uint32_t a, uint32_t b, bool stem) {
    const gk_division_row *x = gk_division_row_at(s->divisions, a), *y = gk_division_row_at(s->divisions, b);
    bool valid = valid_in(x, s->year);
    if (valid != valid_in(y, s->year)) return valid ? -1 : 1;
    if (x->successor && memcmp(x->successor, y->code, GK_DIVISION_CODE) == 0) return 1;
    if (y->successor && memcmp(y->successor, x->code, GK_DIVISION_CODE) == 0) return -1;
    uint32_t level_x = gk_division_level(x->code), level_y = gk_division_level(y->code);
    if (stem && level_x != level_y) return level_x < level_y ? -1 : 1;
    int last_x = x->last ? x->last : LATEST_YEAR, last_y = y->last ? y->last : LATEST_YEAR;
    if (!valid && last_x != last_y) return last_x > last_y ? -1 : 1;
    if (memcmp(x->code, y->code, GK_DIVISION_CODE) == 0) return a > b ? -1 : 1;
    return 0;
}

static reading read_mention(const scan *s, const mention *m) {
    reading best = {.row = UINT32_MAX};
    for (uint32_t at = m->node; at; at = gk_division_next(s->divisions, at)) {
        const gk_division_node *node = gk_division_node_at(s->divisions, at);
        uint32_t named = support(s, m, node);
        if (!named || named < best.named) continue;
        int order = named > best.named ? 1 : prefer(s, best.row, node->row, node->form == GK_NAME_STEM);
        if (order < 0) continue;
        if (order == 0) {
            best.unsure = true;
            continue;
        }
        bool valid = valid_in(gk_division_row_at(s->divisions, node->row), s->year);
        best = (reading){.row = node->row, .named = named, .valid = valid};
    }
    if (best.unsure) best.named = 0;
    return best;
}

bool gk_division_find(gk_divisions *d, gk_str text, int year, gk_division *out) {
    scan s = {.divisions = d, .text = gk_str_slice(text, 0, TEXT_MAX_BYTES), .year = year ? year : LATEST_YEAR};
    find_mentions(&s);
    reading best = {.row = UINT32_MAX};
    uint32_t best_level = 0;
    const mention *where = NULL;
    for (size_t i = 0; i < s.count; i++) {
        reading r = read_mention(&s, &s.at[i]);
        if (!r.named) continue;
        uint32_t level = gk_division_level(gk_division_row_at(d, r.row)->code);
        if (r.named < best.named || (r.named == best.named && level <= best_level)) continue;
        best = r;
        best_level = level;
        where = &s.at[i];
    }
    if (!where) return false;
    describe(d, best.row, s.year, out);
    out->start = where->start;
    out->end = where->end;
    return true;
}
