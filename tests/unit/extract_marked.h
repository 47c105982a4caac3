/* What the tests of the extraction share: documents written as marked text, and what must be found in them.
 *
 * A text is a document of blocks set apart by empty lines; the lines of a block are its wrapped lines; lines with tabs are
 * rows of a table; a line that is a number between dashes ("-3-") is a page number. Marks that are taken out before:
 *   [5万元]        a mention must stand exactly here, and no other may stand anywhere
 *   {date:2024}年  a digit group that starts here must be excluded by this class
 * What the mentions say is one string for each, in order: "value unit subject measure year [qualifier [against]]" with
 * single blanks, "-" for a field the record must not have, "*" for one that is not looked at; fields left out at the end
 * are not looked at.
 *
 * Worked example:  SAYS(BUDGET, "会议费支出预算为[5万元]。", "50000 CNY 会议费 budget 2024");
 */
#ifndef GK_TESTS_EXTRACT_MARKED_H
#define GK_TESTS_EXTRACT_MARKED_H

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "check.h"
#include "extract/engine.h"

/* Openings that set the year and the kind of report. */
#define BUDGET "云川县农业农村局2024年部门预算\n\n"
#define FINAL "云川县农业农村局2024年度部门决算\n\n"
#define REPORT "关于云川县2023年预算执行情况和2024年预算草案的报告\n\n一、2023年预算执行情况\n\n"

static gk_set *test_set;
static gk_extractor *test_x;
static gk_doc test_doc;
static gk_result test_result;

enum { MARKS = 256 };

typedef struct test_mark {
    uint32_t start, end;
    char class[16]; /* empty: a mention */
} test_mark;

static struct {
    char text[1 << 16];
    uint32_t len;
    test_mark mark[MARKS];
    size_t marks;
} test_case;

static void test_open(void) {
    gk_err err = {0};
    test_set = gk_set_load_builtin(&err);
    if (!test_set) exit(2);
    test_x = gk_extractor_new(test_set);
    gk_doc_init(&test_doc);
    gk_result_init(&test_result);
}

static void test_close(void) {
    gk_result_free(&test_result);
    gk_doc_free(&test_doc);
    gk_extractor_free(test_x);
    gk_set_free(test_set);
}

static const char *test_open_mark(const char *p, test_mark *m) {
    *m = (test_mark){.start = test_case.len};
    if (*p == '[') return p + 1;
    size_t n = strcspn(p + 1, ":");
    memcpy(m->class, p + 1, n < sizeof m->class ? n : sizeof m->class - 1);
    return p + n + 2;
}

static void test_unmark(const char *marked) {
    test_case.len = 0;
    test_case.marks = 0;
    test_mark *open = NULL;
    for (const char *p = marked; *p;) {
        if (*p == '[' || *p == '{') {
            open = &test_case.mark[test_case.marks++];
            p = test_open_mark(p, open);
        } else if (*p == ']' || *p == '}') {
            open->end = test_case.len;
            p++;
        } else {
            test_case.text[test_case.len++] = *p++;
        }
    }
}

static bool test_is_aside(gk_str line) {
    return line.len > 2 && line.ptr[0] == '-' && isdigit((unsigned char)line.ptr[1]) && line.ptr[line.len - 1] == '-';
}

static void test_row(uint32_t row, gk_span line) {
    for (uint32_t col = 0, start = line.start;; col++) {
        uint32_t stop = start;
        while (stop < line.end && test_doc.text.ptr[stop] != '\t') stop++;
        gk_doc_add_cell(&test_doc, row, col, 1, 1)->span = (gk_span){start, stop};
        if (stop > start) gk_doc_add_seg(&test_doc, (gk_span){start, stop});
        if (stop == line.end) return;
        start = stop + 1;
    }
}

/* The lines of test_doc.text as blocks. A page number inside a paragraph does not end it: its segments go on behind. */
static void test_build(void) {
    enum { BETWEEN, PROSE, TABLE } state = BETWEEN;
    gk_str text = test_doc.text;
    gk_err err = {0};
    uint32_t row = 0, first = 0;
    for (uint32_t start = 0, end; start <= text.len; start = end + 1) {
        for (end = start; end < text.len && text.ptr[end] != '\n';) end++;
        gk_str line = gk_str_slice(text, start, end);
        bool tabs = gk_str_find(line, GK_STR("\t")) != SIZE_MAX;
        if (state == TABLE && !tabs) gk_doc_end_table(&test_doc, (gk_span){first, start}, &err);
        if (tabs && state != TABLE) gk_doc_add_table(&test_doc, false), row = 0, first = start;
        if (tabs) {
            test_row(row++, (gk_span){start, end});
            state = TABLE;
        } else if (!line.len) {
            state = BETWEEN;
        } else if (!test_is_aside(line)) {
            if (state != PROSE) gk_doc_add_block(&test_doc, GK_BLOCK_TEXT, (gk_span){start, end});
            gk_doc_add_seg(&test_doc, (gk_span){start, end});
            state = PROSE;
        }
    }
    if (state == TABLE) gk_doc_end_table(&test_doc, (gk_span){first, (uint32_t)text.len}, &err);
}

/* Reads a marked text into test_result. */
static void test_read(const char *marked) {
    gk_err err = {0};
    test_unmark(marked);
    gk_doc_reset(&test_doc);
    test_doc.text = (gk_str){test_case.text, test_case.len};
    test_build();
    CHECK(gk_extract(test_x, &test_doc, &test_result, &err) == GK_OK);
}

static bool test_is_mention(const gk_record *r) {
    return r->kind == GK_KIND_AMOUNT || r->kind == GK_KIND_PERCENTAGE || r->kind == GK_KIND_QUANTITY;
}

/* What a record says, in the form of the expectations. */
static gk_str test_said(const gk_record *r) {
    static const gk_field fields[] = {GK_F_VALUE, GK_F_UNIT, GK_F_SUBJECT, GK_F_MEASURE, GK_F_YEAR,
                                      GK_F_QUALIFIER, GK_F_AGAINST};
    static char out[2048];
    int n = 0;
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        gk_str f = gk_get(r, fields[i]);
        n += snprintf(out + n, sizeof out - (size_t)n, "%s%.*s", i ? " " : "", GK_STR_ARG(f.len ? f : GK_STR("-")));
    }
    return (gk_str){out, (size_t)n};
}

/* Word by word; "*" fits all, and so does what is left out at the end. */
static bool test_fits(gk_str said, const char *want) {
    const char *s = said.ptr, *end = s + said.len;
    for (;;) {
        size_t w = strcspn(want, " "), g = 0;
        while (s + g < end && s[g] != ' ') g++;
        if (!(w == 1 && *want == '*') && (w != g || memcmp(s, want, w) != 0)) return false;
        if (!want[w]) return true;
        if (s + g >= end) return false;
        want += w + 1;
        s += g + 1;
    }
}

static void test_fail(const char *file, int line, const char *what, gk_str got, const char *want) {
    check_failed++;
    fprintf(stderr, "%s:%d: %s: \"%.*s\", not \"%s\"\n", file, line, what, GK_STR_ARG(got), want);
}

static void test_check_mention(const char *file, int line, const gk_record *r, const test_mark *m, const char *want) {
    gk_str there = gk_str_slice(test_doc.text, r->span.start, r->span.end);
    char place[512];
    snprintf(place, sizeof place, "%.*s", (int)(m->end - m->start), test_case.text + m->start);
    check_count++;
    if (r->span.start != m->start || r->span.end != m->end) test_fail(file, line, "place", there, place);
    else if (!test_fits(test_said(r), want)) test_fail(file, line, place, test_said(r), want);
}

static void test_check_class(const char *file, int line, const test_mark *m) {
    check_count++;
    for (size_t i = 0; i < test_result.digits.len; i++) {
        const gk_digits *d = &test_result.digits.at[i];
        if (d->span.start != m->start) continue;
        char place[64];
        snprintf(place, sizeof place, "class of %.*s", (int)(d->span.end - d->span.start), test_case.text + m->start);
        gk_str got = d->fate == GK_FATE_UNEXPLAINED ? GK_STR("unexplained") : gk_digits_why(d);
        if (d->fate != GK_FATE_EXCLUDED || !gk_str_eqz(got, m->class)) test_fail(file, line, place, got, m->class);
        return;
    }
    test_fail(file, line, "no digit group", GK_STR(""), m->class);
}

/* Reads opening + marked and compares; wants ends with NULL. */
static void test_says(const char *file, int line, const char *opening, const char *marked, const char *const *wants) {
    static char text[1 << 16];
    snprintf(text, sizeof text, "%s%s", opening, marked);
    test_read(text);
    const gk_record *r = test_result.records.at, *end = r + test_result.records.len;
    for (size_t i = 0; i < test_case.marks; i++) {
        const test_mark *m = &test_case.mark[i];
        if (m->class[0]) {
            test_check_class(file, line, m);
            continue;
        }
        while (r < end && !test_is_mention(r)) r++;
        const char *want = *wants ? *wants++ : "(nothing is expected of this mark)";
        if (r == end) test_fail(file, line, "no record", GK_STR(""), want);
        else test_check_mention(file, line, r++, m, want);
    }
    for (; r < end; r++)
        if (test_is_mention(r)) test_fail(file, line, "more than expected", r->field[GK_F_RAW], "nothing");
    check_count++;
}

#define SAYS(opening, marked, ...)                                                                                     \
    test_says(__FILE__, __LINE__, opening, marked, (const char *const[]){__VA_ARGS__, NULL})
/* Nothing may be a mention. */
#define SILENT(opening, marked) test_says(__FILE__, __LINE__, opening, marked, (const char *const[]){NULL})

#endif
