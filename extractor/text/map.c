#include "text/map.h"

enum { MARK_BYTES = 16 }; /* bytes of view text for each mark: in a table a run is hardly longer */

/* Each run is noted at the first mark behind its start, where a later one of the same sixteen bytes takes its place; a mark
 * without a run has that of the mark before it. So nothing is decided that depends on the lengths of runs. */
void gk_view_seal(gk_view *v) {
    size_t had = v->marks.len, marks = (v->text.len + MARK_BYTES - 1) / MARK_BYTES;
    if (!v->runs.len || had >= marks) return;
    gk_vec_room(&v->marks, marks - had + 1); /* a run that starts behind the last mark is noted, too */
    uint32_t *mark = v->marks.at, last = had ? mark[had - 1] : 0, count = (uint32_t)v->runs.len - 1;
    memset(mark + had, 0, (marks - had) * sizeof *mark);
    const gk_run *runs = v->runs.at;
    for (uint32_t run = last + 1; run < count; run++) mark[(runs[run].view + MARK_BYTES - 1) / MARK_BYTES] = run;
    for (size_t i = had; i < marks; i++) mark[i] = last = mark[i] > last ? mark[i] : last;
    v->marks.len = marks;
}

/* The last of the runs [lo, hi) that starts at view offset `at` or before. */
static size_t search_run(const gk_view *v, size_t lo, size_t hi, uint32_t at) {
    while (hi - lo > 1) {
        size_t mid = lo + (hi - lo) / 2;
        if (v->runs.at[mid].view <= at) lo = mid;
        else hi = mid;
    }
    return lo;
}

/* The index of the run that holds view offset `at`: the last one that starts there or before. The view is not empty.
 * From the mark before it there are at most MARK_BYTES runs to pass, seldom more than two, and these are passed without a
 * branch that could be foreseen wrongly; where the view is not sealed, it is searched. */
static inline size_t run_of(const gk_view *v, uint32_t at) {
    const gk_run *runs = v->runs.at;
    size_t mark = at / MARK_BYTES;
    if (at >= v->text.len) return v->runs.len - 1;
    if (mark >= v->marks.len) return search_run(v, 0, v->runs.len - 1, at);
    size_t run = v->marks.at[mark];
    run += runs[run + 1].view <= at;
    run += runs[run + 1].view <= at;
    while (runs[run + 1].view <= at) run++;
    return run;
}

/* Separators stand for nothing; a range of the source does not start or end at one. */
static bool is_mark(const gk_run *r) {
    return r->src == r->src_end;
}

static uint32_t clamp(const gk_view *v, uint32_t at) {
    return at > v->text.len ? (uint32_t)v->text.len : at;
}

gk_span gk_view_source(const gk_view *v, uint32_t start, uint32_t end) {
    start = clamp(v, start);
    end = clamp(v, end);
    if (v->runs.len == 0) return (gk_span){0, 0};
    size_t first = run_of(v, start);
    const gk_run *runs = v->runs.at;
    if (start < end && runs[first].linear && end <= runs[first + 1].view) {
        uint32_t by = runs[first].src - runs[first].view;
        return (gk_span){start + by, end + by};
    }
    while (start < end && is_mark(&runs[first])) {
        if (runs[first + 1].view > end) return (gk_span){runs[first].src, runs[first].src};
        start = runs[++first].view;
    }
    uint32_t src = runs[first].linear ? runs[first].src + (start - runs[first].view) : runs[first].src;
    if (start >= end) return (gk_span){src, src};
    size_t last = run_of(v, end - 1);
    while (is_mark(&runs[last])) end = runs[last--].view;
    uint32_t src_end = runs[last].linear ? runs[last].src + (end - runs[last].view) : runs[last].src_end;
    return (gk_span){src, src_end};
}

/* Copies all but blanks; returns the bytes written. Most pieces are shorter than a call is worth. */
static size_t copy_unblanked(char *out, gk_str s) {
    enum { SHORT = 24 };
    size_t len = 0;
    if (s.len > SHORT && !memchr(s.ptr, ' ', s.len)) {
        memcpy(out, s.ptr, s.len);
        return s.len;
    }
    for (const char *p = s.ptr, *end = p + s.len; p < end; p++) {
        out[len] = *p;
        len += *p != ' ';
    }
    return len;
}

/* The source bytes that stand behind the part [start, end) of the view within one run. A run that shows a blank or a
 * separator stands for white space only. */
static gk_str printed(const gk_view *v, const gk_run *r, uint32_t start, uint32_t end) {
    if (r->linear) return gk_str_slice(v->src, r->src + (start - r->view), r->src + (end - r->view));
    bool blank = is_mark(r) || v->text.ptr[r->view] == ' ';
    return blank ? GK_STR("") : gk_str_slice(v->src, r->src, r->src_end);
}

/* At most so many bytes are printed for a range that starts in the run. */
static size_t printed_room(const gk_run *run, uint32_t start, uint32_t end) {
    size_t room = 0;
    for (; start < end; start = run->view) {
        const gk_run *r = run++;
        uint32_t stop = run->view < end ? run->view : end;
        room += r->linear ? stop - start : r->src_end - r->src;
    }
    return room;
}

static gk_str join_printed(const gk_view *v, const gk_run *run, uint32_t start, uint32_t end, gk_arena *a) {
    size_t len = 0;
    char *out = gk_arena_alloc(a, printed_room(run, start, end) + 1);
    for (; start < end; run++) {
        uint32_t stop = run[1].view < end ? run[1].view : end;
        len += copy_unblanked(out + len, printed(v, run, start, stop));
        start = stop;
    }
    out[len] = '\0';
    return (gk_str){out, len};
}

gk_str gk_view_raw(const gk_view *v, uint32_t start, uint32_t end, gk_arena *a) {
    end = clamp(v, end);
    if (start >= end) return GK_STR("");
    const gk_run *run = v->runs.at + run_of(v, start);
    if (run->linear && run[1].view >= end) { /* nearly all: copied, they cost twice the time */
        gk_str piece = {v->src.ptr + run->src + (start - run->view), end - start};
        if (!memchr(piece.ptr, ' ', piece.len)) return piece;
    }
    return join_printed(v, run, start, end, a);
}
