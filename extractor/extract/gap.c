#include "extract/gap.h"

#include <stdlib.h>

enum { GAPS = 16384 };

struct gk_gaps {
    gk_memo *memo; /* NULL: the set has words with digits */
    uint32_t kept; /* gaps in it */
};

static const char digits[] = "0123456789";

/* Whether no word that is looked for beside a figure reaches beyond the gap, and none before a figure beyond the line or
 * cell it stands in. */
static bool stays_in_gap(const gk_set *set) {
    static const char *const maps[] = {"units",         "scales",        "qualifiers-before", "qualifiers-after",
                                       "scaled-things", "numeral-units", "percent-words"};
    for (size_t i = 0; i < sizeof maps / sizeof *maps; i++)
        if (gk_map_holds(gk_set_map(set, gk_str_of(maps[i])), digits, 0)) return false;
    return gk_set_side_words(set, GK_SCOPE_EXCLUDE) <= GK_GAP_WORDS &&
           !gk_set_side_holds(set, GK_SCOPE_EXCLUDE, GK_SIDE_BEFORE, digits, 0) &&
           !gk_set_side_holds(set, GK_SCOPE_EXCLUDE, GK_SIDE_BEHIND, digits, 0) &&
           !gk_set_side_holds(set, GK_SCOPE_EXCLUDE, GK_SIDE_BEFORE, "\n\t", 1);
}

struct gk_gaps *gk_gaps_new(const gk_set *set) {
    struct gk_gaps *g = gk_alloc_zero(1, sizeof *g);
    if (stays_in_gap(set)) g->memo = gk_memo_new(sizeof(gk_gap), GAPS);
    return g;
}

void gk_gaps_free(struct gk_gaps *g) {
    if (!g) return;
    gk_memo_free(g->memo);
    free(g);
}

bool gk_gaps_tidy(struct gk_gaps *g) {
    bool emptied = g->memo && gk_memo_tidy(g->memo);
    if (emptied) g->kept = 0;
    return emptied;
}

/* What a gap is kept under beside its text. */
enum { INNER = 0, AT_START = 1, BEHIND_LINE = 2, BEHIND_CELL = 3, ELSEWHERE = 4, ENDS = 8 };

static uint32_t edge_of(const gk_extractor *x, uint32_t start) {
    if (start == 0) return AT_START;
    char c = x->view->text.ptr[start - 1];
    return c == '\n' ? BEHIND_LINE : c == '\t' ? BEHIND_CELL : ELSEWHERE;
}

static gk_gap *gap_of(gk_extractor *x, uint32_t start, uint32_t end, uint32_t edges) {
    if (!x->gaps->memo || edges & ELSEWHERE) return NULL;
    bool fresh;
    gk_str text = gk_view_text(x, start, end), kept;
    gk_gap *gap = gk_memo_at(x->gaps->memo, text, edges, &fresh, &kept);
    if (kept.ptr == text.ptr) return NULL;
    if (fresh) gap->number = ++x->gaps->kept;
    return gap;
}

static void add_gap(gk_extractor *x, uint32_t start, uint32_t end, uint32_t edges) {
    *gk_vec_push(&x->gap_at) = (gk_gap_at){start, end, gap_of(x, start, end, edges)};
}

void gk_gaps_cut(gk_extractor *x, gk_range at) {
    uint32_t start = at.start, edges = edge_of(x, at.start);
    x->gap_at.len = x->gap_near = 0;
    if (!gk_account_open(x, at)) return;
    for (size_t i = gk_account_first(x, at.start); i < x->digit_at.len && x->digit_at.at[i].start < at.end; i++) {
        gk_range d = x->digit_at.at[i];
        add_gap(x, start, d.start, edges);
        start = d.end;
        edges = INNER;
    }
    if (start <= at.end) add_gap(x, start, at.end, edges | ENDS);
    else add_gap(x, start, start, ELSEWHERE); /* the range ends within a digit group */
}

const gk_gap_at *gk_gap_before(gk_extractor *x, uint32_t end) {
    size_t i = x->gap_near;
    if (i >= x->gap_at.len || x->gap_at.at[i].end > end) i = 0;
    while (i < x->gap_at.len && x->gap_at.at[i].end < end) i++;
    x->gap_near = i;
    const gk_gap_at *g = i < x->gap_at.len ? &x->gap_at.at[i] : NULL;
    return g && g->end == end && g->gap ? g : NULL;
}
