#include "text/map.h"

uint32_t gk_map_end(const gk_view *v) {
    return v->runs.len ? v->runs.at[v->runs.len - 1].src_end : 0;
}

void gk_map_open(gk_view *v) {
    if (v->runs.len) v->runs.len--;
}

enum { MARK_BYTES = 16 }; /* bytes of view text for each mark: in a table a run is hardly longer */

static void add_marks(gk_view *v) {
    if (v->marks.len * MARK_BYTES >= v->text.len) return;
    size_t run = v->marks.len ? v->marks.at[v->marks.len - 1] : 0;
    for (size_t at; (at = v->marks.len * MARK_BYTES) < v->text.len;) {
        while (v->runs.at[run + 1].view <= at) run++;
        *gk_vec_push(&v->marks) = (uint32_t)run;
    }
}

void gk_map_close(gk_view *v) {
    uint32_t end = gk_map_end(v);
    *gk_vec_push(&v->runs) = (gk_run){.view = (uint32_t)v->text.len, .src = end, .src_end = end & 0x7FFFFFFFu};
    add_marks(v);
}

/* The sentinel is already the run of a separator here: it stands for nothing at the end of the source read so far. */
void gk_map_mark(gk_view *v) {
    gk_run end = v->runs.len ? v->runs.at[v->runs.len - 1] : (gk_run){0};
    if (!v->runs.len) *gk_vec_push(&v->runs) = end;
    end.view = (uint32_t)v->text.len;
    *gk_vec_push(&v->runs) = end;
    add_marks(v);
}

/* The index of the run that holds view offset `at`: the last one that starts there or before. The view is not empty.
 * From the mark before it there are at most MARK_BYTES runs to pass. */
static size_t run_of(const gk_view *v, uint32_t at) {
    size_t mark = at / MARK_BYTES;
    if (at >= v->text.len || mark >= v->marks.len) return v->runs.len - 1;
    size_t run = v->marks.at[mark];
    while (v->runs.at[run + 1].view <= at) run++;
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
    while (start < end && is_mark(&runs[first])) start = runs[++first].view;
    uint32_t src = runs[first].linear ? runs[first].src + (start - runs[first].view) : runs[first].src;
    if (start >= end) return (gk_span){src, src};
    size_t last = run_of(v, end - 1);
    while (is_mark(&runs[last])) end = runs[last--].view;
    uint32_t src_end = runs[last].linear ? runs[last].src + (end - runs[last].view) : runs[last].src_end;
    return (gk_span){src, src_end};
}

/* Copies all but blanks; returns the bytes written. */
static size_t copy_unblanked(char *out, gk_str s) {
    if (s.len && !memchr(s.ptr, ' ', s.len)) {
        memcpy(out, s.ptr, s.len);
        return s.len;
    }
    size_t len = 0;
    for (size_t i = 0; i < s.len; i++)
        if (s.ptr[i] != ' ') out[len++] = s.ptr[i];
    return len;
}

/* The source bytes that stand behind the part [start, end) of the view within one run. A run that shows a blank or a
 * separator stands for white space only. */
static gk_str printed(const gk_view *v, const gk_run *r, uint32_t start, uint32_t end) {
    if (r->linear) return gk_str_slice(v->src, r->src + (start - r->view), r->src + (end - r->view));
    bool blank = is_mark(r) || v->text.ptr[r->view] == ' ';
    return blank ? GK_STR("") : gk_str_slice(v->src, r->src, r->src_end);
}

/* At most so many bytes are printed for a range. Views may be appended out of the order of the source; then four
 * source bytes for each view byte are enough. */
static size_t printed_room(const gk_view *v, uint32_t start, uint32_t end, size_t run) {
    if (v->runs.at[run].linear && v->runs.at[run + 1].view >= end) return end - start;
    gk_span span = gk_view_source(v, start, end);
    return span.end > span.start ? span.end - span.start : (size_t)4 * (end - start);
}

gk_str gk_view_raw(const gk_view *v, uint32_t start, uint32_t end, gk_arena *a) {
    start = clamp(v, start);
    end = clamp(v, end);
    if (start >= end) return GK_STR("");
    size_t run = run_of(v, start), len = 0;
    if (v->runs.at[run].linear && v->runs.at[run + 1].view >= end) { /* nearly all: copied, they cost twice the time */
        gk_str piece = printed(v, &v->runs.at[run], start, end);
        if (!memchr(piece.ptr, ' ', piece.len)) return piece;
    }
    char *out = gk_arena_alloc(a, printed_room(v, start, end, run) + 1);
    for (size_t i = run; start < end; i++) {
        uint32_t stop = v->runs.at[i + 1].view < end ? v->runs.at[i + 1].view : end;
        len += copy_unblanked(out + len, printed(v, &v->runs.at[i], start, stop));
        start = stop;
    }
    out[len] = '\0';
    return (gk_str){out, len};
}
