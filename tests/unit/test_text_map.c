/* Properties of views over generated texts: the map is monotone and total, linear runs show their source, nothing but
 * blanks and dropped characters is lost, and the folded text does not depend on what the view held before. */
#include "text/charset.h"
#include "text_view.h"

static gk_fold *fold;
static uint64_t state = 19491001;

static uint32_t draw(uint32_t below) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(state >> 33) % below;
}

/* Pieces that meet each other in every order; '|' sets spans apart. */
static const char *const pieces[] = {"1",
                                     "2",
                                     "0",
                                     "12",
                                     "429",
                                     "2024",
                                     ",",
                                     ".",
                                     " ",
                                     " ",
                                     "  ",
                                     "|",
                                     "|",
                                     "\n",
                                     "\t",
                                     "　",
                                     "\xE2\x80\x8B",
                                     "\xEE\x80\x80",
                                     "收",
                                     "入",
                                     "（",
                                     "，",
                                     "１",
                                     "．",
                                     "％",
                                     "a",
                                     "Bc",
                                     "é",
                                     "⼈",
                                     "⻔",
                                     "²",
                                     "①",
                                     "-",
                                     "－",
                                     "𠀀",
                                     "\xF0\xAF\xA0\x80",
                                     "\xC2\xA0",
                                     "\xF4\x80\x80\x80",
                                     "年",
                                     "。"};

static gk_str generate(gk_buf *b, uint32_t count) {
    gk_buf_clear(b);
    gk_buf_put(b, GK_STR(""));
    uint32_t kinds = sizeof pieces / sizeof *pieces;
    uint32_t first = draw(2) ? 0 : draw(kinds), width = draw(2) ? kinds : 1 + draw(kinds);
    for (uint32_t i = 0; i < count; i++) gk_buf_put(b, gk_str_of(pieces[(first + draw(width)) % kinds]));
    return gk_buf_str(b);
}

static bool runs_are_sound(const gk_view *v) {
    const gk_run *r = v->runs.at;
    if (v->runs.len == 0 || r[0].view != 0) return false;
    for (size_t i = 0; i + 1 < v->runs.len; i++) {
        uint32_t len = r[i + 1].view - r[i].view;
        if (r[i + 1].view <= r[i].view || r[i].src > r[i].src_end || r[i + 1].src < r[i].src_end) return false;
        if (r[i].linear &&
            (len != r[i].src_end - r[i].src || memcmp(v->text.ptr + r[i].view, v->src.ptr + r[i].src, len)))
            return false;
    }
    const gk_run *end = &r[v->runs.len - 1];
    return end->view == v->text.len && end->src == end->src_end && !end->linear;
}

/* Each character of the view stands for a range of its own, and the ranges ascend. */
static bool positions_ascend(const gk_view *v) {
    uint32_t last = 0;
    for (uint32_t at = 0; at < v->text.len;) {
        size_t bytes;
        gk_utf8_at(gk_str_slice(gk_buf_str(&v->text), at, v->text.len), &bytes);
        gk_span s = gk_view_source(v, at, at + (uint32_t)bytes);
        if (s.start < last || s.end <= s.start || s.end > v->src.len) return false;
        last = s.end;
        at += (uint32_t)bytes;
    }
    return true;
}

/* What of the source should be left when white space and dropped characters go. A private-use character stays where it
 * became a point, so it is taken from the raw text when that has one. */
static bool raw_is_complete(const gk_view *v, gk_str raw) {
    size_t k = 0;
    for (size_t at = 0, bytes; at < v->src.len; at += bytes) {
        uint32_t c = gk_utf8_at(gk_str_slice(v->src, at, v->src.len), &bytes);
        gk_str folded = gk_fold_of(fold, c), here = gk_str_slice(v->src, at, at + bytes);
        bool lost = c == '|' || (folded.ptr && (folded.len == 0 || gk_str_eqz(folded, " ")));
        bool same = gk_str_eq(gk_str_slice(raw, k, k + bytes), here);
        bool point = (c >= 0xE000 && c < 0xF900) || c >= 0xF0000;
        if (!lost || (point && same)) {
            if (!same) return false;
            k += bytes;
        }
    }
    return k == raw.len;
}

static bool is_sound(gk_str text, gk_arena *a) {
    gk_view v, after;
    gk_view_init(&v, text);
    gk_view_init(&after, text);
    append_parts(&v, fold, text);
    if (text.len % 2) gk_view_seal(&v);
    append_parts(&after, fold, text);
    gk_view_mark(&after, '\n');
    size_t start = after.text.len;
    append_parts(&after, fold, text);
    gk_str again = gk_str_slice(gk_buf_str(&after.text), start, after.text.len);
    bool good = gk_utf8_valid(gk_buf_str(&v.text), NULL) && runs_are_sound(&v) && positions_ascend(&v) &&
                raw_is_complete(&v, gk_view_raw(&v, 0, (uint32_t)v.text.len, a)) &&
                gk_str_eq(again, gk_buf_str(&v.text));
    gk_view_free(&v);
    gk_view_free(&after);
    return good;
}

/* Appends each part between '|' as a cell of its own, in one step or in two. */
static void append_cells(gk_view *v, gk_str text, bool marked) {
    uint32_t start = 0;
    for (uint32_t i = 0; i <= text.len; i++) {
        if (i < text.len && text.ptr[i] != '|') continue;
        gk_span span = {start, i};
        if (marked && start < i) gk_view_append_marked(v, fold, &span, 1, '\t');
        else {
            gk_view_append(v, fold, &span, start < i);
            gk_view_mark(v, '\t');
        }
        start = i + 1;
    }
}

/* A cell and its separator in one step are what they are in two, and look-ups in order find what others find. */
static bool cells_are_sound(gk_str text) {
    gk_view one, two;
    gk_view_init(&one, text);
    gk_view_init(&two, text);
    append_cells(&one, text, true);
    append_cells(&two, text, false);
    bool good = gk_str_eq(gk_buf_str(&one.text), gk_buf_str(&two.text)) && one.runs.len == two.runs.len && runs_are_sound(&one);
    size_t run = 0;
    for (size_t i = 0; good && i < one.runs.len; i++) {
        const gk_run *a = &one.runs.at[i], *b = &two.runs.at[i];
        good = a->view == b->view && a->src == b->src && a->src_end == b->src_end && a->linear == b->linear;
    }
    for (uint32_t at = 0, n; good && at < one.text.len; at += n) {
        n = 1 + draw(4);
        if (at + n > one.text.len) n = (uint32_t)one.text.len - at;
        gk_span next = gk_view_source_next(&one, &run, at, at + n), any = gk_view_source(&one, at, at + n);
        good = next.start == any.start && next.end == any.end;
    }
    gk_view_free(&one);
    gk_view_free(&two);
    return good;
}

static void test_cells(void) {
    gk_buf text = {0};
    for (uint32_t i = 0; i < 3000; i++) {
        gk_str s = generate(&text, 1 + draw(60));
        bool good = cells_are_sound(s);
        CHECK(good);
        if (!good) fprintf(stderr, "cells %u: \"%.*s\"\n", (unsigned)i, GK_STR_ARG(s));
        if (check_failed > 5) break;
    }
    gk_buf_free(&text);
}

static void test_generated(void) {
    gk_buf text = {0};
    gk_arena a = {0};
    for (uint32_t i = 0; i < 20000; i++) {
        gk_str s = generate(&text, 1 + draw(i % 50 == 0 ? 2000 : 30));
        bool good = is_sound(s, &a);
        CHECK(good);
        if (!good) fprintf(stderr, "text %u: \"%.*s\"\n", (unsigned)i, GK_STR_ARG(s));
        gk_arena_reset(&a);
        if (check_failed > 5) break;
    }
    gk_buf_free(&text);
    gk_arena_free(&a);
}

/* Long monotonous texts: the cuts of long zones must not break the properties either. */
static void test_monotonous(void) {
    static const char *const units[] = {
        "1 ", "1", "1, ", "1|", "\xEE\x80\x80", "1\xEE\x80\x80", ". ", " ", "\xE2\x80\x8B", "1,234 ", "比", "a ", "，"};
    gk_arena a = {0};
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        gk_buf text = {0};
        while (text.len < 20000) gk_buf_put(&text, gk_str_of(units[i]));
        CHECK(is_sound(gk_buf_str(&text), &a));
        gk_buf_free(&text);
    }
    gk_arena_free(&a);
}

int main(void) {
    fold = load_fold();
    test_generated();
    test_cells();
    test_monotonous();
    gk_fold_free(fold);
    return CHECK_DONE();
}
