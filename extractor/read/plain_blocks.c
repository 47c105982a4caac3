/* Blocks of codes, names and figures side by side, in a table that is parted by blanks.
 *
 * Worked example, places drift with the words before them, and figures may be missing:
 *     301   Wages            969.35 302     Goods          173.99
 *     30101   Basic wages      82.78 30201    Paper
 *     30102   Meals            30202     Water            9.40
 *     Wages in all             969.35 Goods in all         173.99
 * A figure of three, five or seven digits before words is a code, and a code begins a block: code, name, and a figure or
 * none. Lines that have fewer blocks than most begin with the one whose codes stand nearest, and so do totals. */
#include "read/plain_cut.h"

enum { LOOK = 12, LEAST_LINES = 5, CODE_WIDTH = 9, GAP = 2, STEP = 3 };

static bool is_code(const plain *p, const pl_cut *c, uint32_t i) {
    gk_str s = pl_str(p, c->at[i].at);
    if (!c->at[i].value || i + 1 >= c->count || c->at[i + 1].value) return false;
    if (s.len != 3 && s.len != 5 && s.len != 7) return false;
    for (size_t k = 0; k < s.len; k++)
        if (s.ptr[k] < '0' || s.ptr[k] > '9') return false;
    return s.ptr[0] != '0';
}

/* The blocks that a line is made of, 0 where it is not; start[k] the cell that block k starts with. */
static uint32_t blocks_of(const plain *p, const pl_cut *c, uint32_t *start) {
    uint32_t n = 0;
    for (uint32_t i = 0; i < c->count;) {
        if (n == PL_MOST_BLOCKS || !is_code(p, c, i)) return 0;
        start[n++] = i;
        i += 2;
        if (i < c->count && c->at[i].value && !is_code(p, c, i)) i++;
    }
    return n;
}

/* The last block that begins at a place or left of it. */
static uint32_t block_at(const pl_blocks *b, uint32_t place) {
    uint32_t k = 0;
    while (k + 1 < b->count && b->old[k + 1] <= place + STEP) k++;
    return k;
}

static uint32_t nearest(const pl_blocks *b, uint32_t place, uint32_t blocks) {
    uint32_t best = 0, least = UINT32_MAX;
    for (uint32_t k = 0; k + blocks <= b->count; k++) {
        uint32_t far = b->old[k] > place ? b->old[k] - place : place - b->old[k];
        if (far < least) least = far, best = k;
    }
    return best;
}

static void shift(pl_token *t, uint32_t from) {
    uint32_t width = t->to - t->from;
    t->from = (uint16_t)(from < PL_MOST_PLACES ? from : PL_MOST_PLACES); /* lines are no longer than that */
    t->to = (uint16_t)(from + width < PL_MOST_PLACES ? from + width : PL_MOST_PLACES);
}

static uint32_t width_of(const pl_token *t) { return t->to - t->from; }

static void raise(uint32_t *most, uint32_t value) {
    if (value > *most) *most = value;
}

/* Gives the cells of a line their places; with `learn` finds how wide names and figures are. */
static void move(pl_blocks *b, pl_cut *c, const uint32_t *start, uint32_t n, bool learn) {
    uint32_t first = nearest(b, c->at[0].from, n);
    for (uint32_t k = 0; k < n; k++) {
        uint32_t i = start[k], end = k + 1 < n ? start[k + 1] : c->count, block = first + k;
        pl_token *code = &c->at[i], *name = code + 1, *money = end > i + 2 ? code + 2 : NULL;
        if (learn) {
            raise(&b->wide[block], width_of(name));
            if (money) raise(&b->figure[block], width_of(money));
        } else {
            shift(code, b->code[block]);
            shift(name, b->code[block] + CODE_WIDTH);
            if (money) shift(money, b->end[block] - width_of(money));
        }
    }
}

/* Totals: words and figures by turns. */
static bool move_totals(const pl_blocks *b, pl_cut *c) {
    if (c->count < 2 || c->count > 2 * PL_MOST_BLOCKS || c->count % 2) return false;
    for (uint32_t i = 0; i < c->count; i++)
        if (c->at[i].value != (i % 2 == 1)) return false;
    for (uint32_t i = 0; i < c->count; i++) {
        uint32_t block = block_at(b, c->at[i].from);
        shift(&c->at[i], c->at[i].value ? b->end[block] - width_of(&c->at[i]) : b->code[block] + CODE_WIDTH);
    }
    return true;
}

bool pl_place_blocks(const plain *p, const pl_line *l, pl_cut *c, bool row) {
    uint32_t start[PL_MOST_BLOCKS];
    pl_cut cells;
    if (!p->blocks.count) return false;
    pl_blocks b = p->blocks;
    if (!row) {
        pl_cut_line(p, l, &cells);
        pl_find_places(p, l, &cells);
    }
    pl_cut *own = row ? c : &cells;
    uint32_t n = blocks_of(p, own, start);
    if (n && n <= b.count) move(&b, own, start, n, false);
    else if (!move_totals(&b, own)) return false;
    if (!row) *c = cells;
    return true;
}

void pl_place_block_heads(const plain *p, pl_cut *c) {
    enum { PARTS = 3 };
    const pl_blocks *b = &p->blocks;
    bool same = c->count == PARTS * b->count;
    for (uint32_t i = PARTS; same && i < c->count; i++)
        same = gk_str_eq(pl_str(p, c->at[i].at), pl_str(p, c->at[i - PARTS].at));
    for (uint32_t i = 0; i < c->count; i++) {
        uint32_t block = same ? i / PARTS : block_at(b, c->at[i].from), part = same ? i % PARTS : 1;
        if (part == 2) shift(&c->at[i], b->end[block] > width_of(&c->at[i]) ? b->end[block] - width_of(&c->at[i]) : 0);
        else shift(&c->at[i], b->code[block] + part * CODE_WIDTH);
    }
}

/* Counts the lines by their blocks and says how many blocks most have that have several; 0: the table is none of blocks. */
static uint32_t count_blocks(const plain *p, const pl_run *r) {
    uint32_t lines[PL_MOST_BLOCKS + 1] = {0}, start[PL_MOST_BLOCKS], some = 0, several = 0, best = 0;
    pl_cut c;
    for (size_t i = r->first; i < r->to; i++) {
        if (i == r->first + LOOK && !several) return 0;
        pl_cut_line(p, &p->lines.at[i], &c);
        uint32_t n = blocks_of(p, &c, start);
        lines[n]++;
        some += n > 0;
        several += n > 1;
    }
    for (uint32_t n = 2; n <= PL_MOST_BLOCKS; n++)
        if (lines[n] > 1) best = n;
    return several >= LEAST_LINES && several * 3 >= some * 2 && some * 4 >= (r->to - r->first) * 3 ? best : 0;
}

void pl_find_blocks(plain *p, const pl_run *r, bool again) {
    uint32_t start[PL_MOST_BLOCKS], full = 0;
    pl_cut c;
    pl_blocks b = {.count = again ? p->blocks.count : count_blocks(p, r)};
    for (size_t i = r->first; b.count && i < r->to; i++) {
        pl_cut_line(p, &p->lines.at[i], &c);
        if (blocks_of(p, &c, start) != b.count) continue;
        pl_find_places(p, &p->lines.at[i], &c);
        for (uint32_t k = 0; k < b.count; k++) b.old[k] += c.at[start[k]].from;
        full++;
    }
    for (uint32_t k = 0; k < b.count; k++) b.old[k] /= full;
    for (size_t i = r->first; b.count && i < r->to; i++) {
        pl_cut_line(p, &p->lines.at[i], &c);
        uint32_t n = blocks_of(p, &c, start);
        if (!n || n > b.count) continue;
        pl_find_places(p, &p->lines.at[i], &c);
        move(&b, &c, start, n, true);
    }
    for (uint32_t k = 0, at = 0; k < b.count; k++) {
        b.code[k] = at;
        b.end[k] = at + CODE_WIDTH + b.wide[k] + GAP + b.figure[k];
        at = b.end[k] + GAP;
        if (at >= PL_MOST_PLACES) b.count = 0;
    }
    p->blocks = b;
}
