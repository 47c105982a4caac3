/* Estimates how wide a text was wrapped.
 *
 * Hard-wrapped prose shows itself by many lines that end in the middle of a sentence at nearly the same column. Lines
 * are counted by their right edge in chunks of 32 prose lines; a width is read from each pair of neighbours, because
 * appendices are often set in another size than the body.
 *
 * Worked example: of 64 lines 40 end open at columns 47 to 52 and 2 go beyond 52: the wrap width is 52. Of 64 lines that
 * end open anywhere between 30 and 700, none: the lines are whole paragraphs, and the width is 0. */
#include <stdlib.h>

#include "read/plain.h"

enum {
    CHUNK = 32,
    LEAST = 36,  /* columns of the narrowest text */
    COLUMN = 24, /* of one set in columns: then half of all lines end there, and many hold a comma or a stop */
    BAND = 6,
    HANG = 4     /* punctuation may hang over the edge */
};

enum { EDGES = 176 }; /* above PL_MAX_WRAP, a multiple of what compilers take at once */
_Static_assert((int)EDGES > (int)PL_MAX_WRAP && 4 * (int)CHUNK <= UINT8_MAX, "each edge and two chunks must fit");

/* Lines of a chunk, or of two neighbours. */
typedef struct counts {
    uint8_t open[EDGES], all[EDGES]; /* by right edge */
    uint8_t wide, total;             /* lines beyond PL_MAX_WRAP */
    uint8_t clauses;                 /* lines narrower than LEAST with a comma or a stop in them */
} counts;

static bool is_prose(const pl_line *l) { return l->kind == PL_TEXT; }

static void add_edges(uint8_t *restrict sum, const uint8_t *restrict edges) {
    for (unsigned w = 0; w < EDGES; w++) sum[w] = (uint8_t)(sum[w] + edges[w]);
}

static void add_counts(counts *sum, const counts *c) {
    add_edges(sum->open, c->open);
    add_edges(sum->all, c->all);
    sum->wide = (uint8_t)(sum->wide + c->wide);
    sum->total = (uint8_t)(sum->total + c->total);
    sum->clauses = (uint8_t)(sum->clauses + c->clauses);
}

/* The widest column where a band of open lines ends that holds a fifth of the lines and is hardly passed. */
static uint16_t estimate(const counts *s) {
    unsigned above = s->wide, most = s->total / 20u, least = s->total / 5u > 3 ? s->total / 5u : 3;
    unsigned narrowest = s->clauses >= 4 && s->clauses * 5u >= s->total ? COLUMN : LEAST;
    for (unsigned w = PL_MAX_WRAP; w >= narrowest && above <= most; w--) {
        unsigned band = 0, best = w;
        if (w == LEAST - 1) least = s->total / 2u;
        if (w + HANG < PL_MAX_WRAP) above += s->all[w + HANG + 1];
        if (!s->open[w] || above > most) continue;
        for (unsigned k = w; k + BAND > w; k--) {
            band += s->open[k];
            if (s->open[k] > s->open[best]) best = k;
        }
        if (band >= least) return (uint16_t)(s->open[w] * 4 < s->open[best] ? best : w);
    }
    return 0;
}

/* Whether a line ends inside a sentence. A figure at the end of a line without a comma is as likely a row of a table. */
static bool breaks_off(const plain *p, const pl_line *l) {
    return l->ends <= PL_END_DIGIT && (l->ends != PL_END_DIGIT || pl_has_clause(pl_text(p, l)));
}

/* Whether a line ends inside a sentence that the next one may go on with. */
static bool may_go_on(const plain *p, const pl_line *l, const pl_line *next) {
    return !next->item && breaks_off(p, l) && !pl_has_label(pl_text(p, next));
}

static void count_line(const plain *p, counts *c, const pl_line *l, bool open) {
    unsigned right = (unsigned)l->indent + l->width;
    c->total++;
    if (right < LEAST && open) c->clauses = (uint8_t)(c->clauses + pl_has_clause(pl_text(p, l)));
    if (right > PL_MAX_WRAP) c->wide++;
    else c->all[right]++, c->open[right] = (uint8_t)(c->open[right] + open);
}

/* A style of numbering that mostly stands before short lines without a comma or a stop numbers titles. */
static void count_styles(plain *p) {
    for (size_t i = 0; i < p->lines.len; i++) {
        const pl_line *l = &p->lines.at[i];
        if (!is_prose(l) || !l->item) continue;
        unsigned wrap = pl_wrap_at(p, l, l);
        bool brief = l->width * 4u < (wrap ? wrap : 60) * 3u;
        p->styles[l->item].all++;
        p->styles[l->item].titles += brief && l->ends <= PL_END_CLOSE && !pl_has_clause(pl_text(p, l));
    }
}

/* The last lines of text, and what tells most of them apart: their widths and last bytes. */
enum { RECENT = 2 * CHUNK };
typedef struct recent {
    uint32_t key[RECENT]; /* by number of the line; 0: none */
    uint32_t line[RECENT];
} recent;

static uint32_t key_of(const plain *p, const pl_line *l) {
    uint32_t tail = 0;
    gk_str s = pl_text(p, l);
    if (s.len >= sizeof tail) memcpy(&tail, s.ptr + s.len - sizeof tail, sizeof tail);
    uint32_t key = (tail ^ l->width) * 0x9E3779B1u;
    return key ? key : 1;
}

static void remember(const plain *p, recent *r, const pl_line *l, bool narrow) {
    r->key[l->prose % RECENT] = narrow ? key_of(p, l) : 0;
    r->line[l->prose % RECENT] = (uint32_t)(l - p->lines.at);
}

/* Whether a key is there; compilers compare several at once. */
static bool has_key(const recent *r, uint32_t key) {
    uint32_t same = 0;
    for (unsigned k = 0; k < RECENT; k++) same |= r->key[k] == key;
    return same;
}

/* A caption or head that is printed again on each page has one width, and says nothing of that of the prose. */
static bool is_again(const plain *p, const recent *r, const pl_line *l) {
    uint32_t key = key_of(p, l);
    if (!has_key(r, key)) return false;
    for (unsigned k = 0; k < RECENT; k++) {
        if (r->key[k] != key) continue;
        const pl_line *other = &p->lines.at[r->line[k]];
        if (other->width == l->width && gk_str_eq(pl_text(p, other), pl_text(p, l))) return true;
    }
    return false;
}

/* The width of most chunks that have one, two at least. */
static uint16_t most_common(const plain *p) {
    uint32_t times[PL_MAX_WRAP + 1] = {0};
    uint16_t best = 0;
    for (size_t c = 0; c < p->wraps.len; c++) times[p->wraps.at[c]]++;
    for (uint16_t w = 1; w <= PL_MAX_WRAP; w++)
        if (times[w] > 1 && (!best || times[w] > times[best])) best = w;
    return best;
}

void pl_measure(plain *p) {
    GK_VEC(counts) chunks = {0};
    recent last = {{0}, {0}};
    uint32_t prose = 0;
    const pl_line *before = NULL;
    bool parted = false; /* by lines of another kind than page numbers */
    for (size_t i = 0; i < p->lines.len; i++) {
        pl_line *l = &p->lines.at[i];
        l->prose = prose;
        if (!is_prose(l)) {
            parted = parted || l->kind != PL_ASIDE;
            continue;
        }
        if (prose / CHUNK == chunks.len) memset(gk_vec_push(&chunks), 0, sizeof *chunks.at);
        if (before) {
            bool open = !parted && may_go_on(p, before, l), narrow = before->indent + before->width <= PL_MAX_WRAP;
            if (!open || !narrow || !is_again(p, &last, before)) count_line(p, &chunks.at[before->prose / CHUNK], before, open);
            remember(p, &last, before, narrow);
        }
        before = l;
        parted = false;
        prose++;
    }
    for (size_t c = 0; c <= chunks.len; c++) {
        counts s = {0};
        if (c) s = chunks.at[c - 1];
        if (c < chunks.len) add_counts(&s, &chunks.at[c]);
        *gk_vec_push(&p->wraps) = estimate(&s);
    }
    p->wrap = most_common(p);
    free(chunks.at);
    count_styles(p);
}

unsigned pl_wrap_at(const plain *p, const pl_line *a, const pl_line *b) {
    size_t chunk = a->prose / CHUNK;
    if (chunk + 1 >= p->wraps.len) return 0;
    unsigned one = p->wraps.at[chunk], two = p->wraps.at[chunk + 1];
    unsigned low = one < two ? one : two, high = one < two ? two : one;
    unsigned right = (unsigned)a->indent + a->width, next = (unsigned)b->indent + b->width;
    bool full = right + HANG > p->wrap && right <= p->wrap + (unsigned)HANG;
    if (!high) return full ? p->wrap : 0;
    if (next > right) right = next;
    if (!low) return right <= high + HANG ? high : 0;
    return right <= low + HANG ? low : high;
}
