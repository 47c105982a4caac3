/* Matching views: folded text with a map back to the canonical text.
 *
 * A view is built by appending spans of the canonical text. Folding replaces characters (full width, radicals, dashes,
 * percent signs ...), heals blanks and thousands marks inside numbers, and drops other blanks, all by the table of
 * patterns/fold.tsv and ICU data. The map is monotone and total: each view byte belongs to a run, and each run stands
 * for a half-open range of canonical bytes.
 *
 * Worked example: canonical "收入 1, 429. 68\n万元" appended as one span gives the view "收入1,429.68万元"; the view range
 * of "1,429.68万元" maps to the canonical range from "1" to the end of "元", line break included.
 */
#ifndef GK_TEXT_VIEW_H
#define GK_TEXT_VIEW_H

#include "base/err.h"

/* Half-open range of byte offsets; in the canonical text unless said otherwise. */
typedef struct gk_span {
    uint32_t start, end;
} gk_span;

/* The fold table: immutable after load, shared by threads. */
typedef struct gk_fold gk_fold;

/* Builds the table from `table` (the text of patterns/fold.tsv, `file` names it in errors) and ICU. NULL on error. */
gk_fold *gk_fold_load(gk_str table, gk_str file, gk_err *err);
void gk_fold_free(gk_fold *f);
/* What one code point folds to, UTF-8 (empty: dropped; " ": a blank, healed by context), or an absent string when it
 * stays itself. */
gk_str gk_fold_of(const gk_fold *f, uint32_t code_point);

/* One run of the map. `view` and `src` are where it starts; it ends where the next begins (the last run is closed by a
 * sentinel). linear: byte k of the run is byte src + k; else the whole run stands for [src, src_end). */
typedef struct gk_run {
    uint32_t view;
    uint32_t src;
    uint32_t src_end : 31; /* where the canonical range of the run ends */
    uint32_t linear : 1;
} gk_run;

typedef struct gk_view {
    gk_buf text; /* folded, valid UTF-8 */
    GK_VEC(gk_run) runs; /* the last one is a sentinel, empty, at the end of the text and of the source read so far */
    GK_VEC(uint32_t) marks; /* the run that holds byte 0, 16, 32 ... of the text, up to where it is sealed */
    gk_str src;  /* the canonical text, borrowed */
    bool back;   /* some spans stand before those that were appended before them: the runs are not in the order of `src` */
} gk_view;

void gk_view_init(gk_view *v, gk_str canonical);
void gk_view_free(gk_view *v);
/* Empties the view for another text, keeping its memory. */
void gk_view_reset(gk_view *v, gk_str canonical);

/* Appends the folded text of `count` canonical spans that belong together (the lines of a paragraph, of a cell).
 * Line ends and blanks at the joints are healed: dropped between Han characters, digits and punctuation, one ' ' between
 * Latin letters and between these and digits. Inside numbers, where the result is a well-formed number (groups of three
 * behind ',', one '.'):
 *   `1, 429. 68`, "35." + "1万元", "20" + "24年"   close up; "12.34" + "56.78" keep one ' '
 *   `2 0 1 8`   three or more single figures set apart by single blanks close up; `1 2 3 45` does not
 *   `12 34`     a blank between two other numbers stays one ' ', as in `1, 2, 3`
 *   `1. 2024`   at the very start is a list mark and a year, and keeps its ' '
 * A private-use character directly between two digits (a line end may be there too) becomes '.'. The text depends on the
 * spans alone, not on what the view holds. Returns the view offset where it starts; it ends at v->text.len. Spans must
 * ascend and start and end between characters. */
uint32_t gk_view_append(gk_view *v, const gk_fold *f, const gk_span *spans, size_t count);
/* Appends a separator that stands for nothing in the source ('\n' between blocks, '\t' between cells). Separators that
 * follow each other, as between empty cells, are one run. */
static inline void gk_view_mark(gk_view *v, char separator) {
    char *out = gk_buf_room(&v->text, 1);
    if (!out) return;
    out[0] = separator;
    out[1] = '\0';
    v->text.len++;
    /* The sentinel of the runs becomes the run of the separator: it stands for nothing at the end of what was read. */
    if (!v->runs.len) *gk_vec_push(&v->runs) = (gk_run){0};
    gk_run *end = &v->runs.at[v->runs.len - 1], next = *end;
    next.view = (uint32_t)v->text.len;
    if (v->runs.len > 1 && end[-1].src == end[-1].src_end) *end = next;
    else *gk_vec_push(&v->runs) = next;
}
/* Appends spans, one at least, and a separator behind them: what most cells of tables hold is appended without a look at
 * each character's neighbours. */
void gk_view_append_marked(gk_view *v, const gk_fold *f, const gk_span *spans, size_t count, char separator);
/* To be called when a long text is appended: look-ups find their place at once from then on, where they search for it
 * before. More may be appended behind it. */
void gk_view_seal(gk_view *v);

/* The canonical span of a view range (from the first character's start to the last one's end; empty range: empty). */
gk_span gk_view_source(const gk_view *v, uint32_t start, uint32_t end);
/* The same for one range after another, each behind the one before and none empty: the search for its run begins at *run,
 * 0 at first. */
static inline gk_span gk_view_source_next(const gk_view *v, size_t *run, uint32_t start, uint32_t end) {
    const gk_run *r = v->runs.at + *run;
    while (r[1].view <= start) r++;
    *run = (size_t)(r - v->runs.at);
    if (!r->linear || end > r[1].view) return gk_view_source(v, start, end);
    return (gk_span){r->src + (start - r->view), r->src + (end - r->view)};
}
/* The source text of a view range with blanks, line ends and everything the view skipped removed, nothing else changed;
 * in the arena, or borrowed from the source where it stands there in one piece. This is the `raw` of a record and the
 * printed form of a subject. */
gk_str gk_view_raw(const gk_view *v, uint32_t start, uint32_t end, gk_arena *a);

#endif
