/* Small documents for the tests of extraction: lines with tabs are the rows of a table, other lines are paragraphs, and
 * an empty line ends a table. Merging is not known, as in plain text. */
#ifndef GK_TESTS_EXTRACT_TEXT_H
#define GK_TESTS_EXTRACT_TEXT_H

#include "check.h"
#include "extract/engine.h"

static gk_set *text_set;
static gk_doc text_doc;
static gk_result text_result;
static gk_extractor *text_extractor;

static gk_span text_span(size_t start, size_t end) { return (gk_span){(uint32_t)start, (uint32_t)end}; }

static void text_row(gk_str all, size_t start, size_t end, uint32_t row) {
    uint32_t col = 0;
    for (size_t p = start; p <= end; p++) {
        if (p < end && all.ptr[p] != '\t') continue;
        gk_doc_add_cell(&text_doc, row, col++, 1, 1);
        if (p > start) gk_doc_add_seg(&text_doc, text_span(start, p));
        start = p + 1;
    }
}

static void text_build(gk_str all) {
    uint32_t row = 0;
    size_t table = 0, last = 0;
    for (size_t p = 0; p <= all.len;) {
        const char *nl = memchr(all.ptr + p, '\n', all.len - p);
        size_t end = nl ? (size_t)(nl - all.ptr) : all.len;
        bool tabs = memchr(all.ptr + p, '\t', end - p) != NULL;
        if (!tabs && row) gk_doc_end_table(&text_doc, text_span(table, last), NULL), row = 0;
        if (tabs) {
            if (!row) gk_doc_add_table(&text_doc, false), table = p;
            text_row(all, p, end, row++);
            last = end;
        } else if (end > p) {
            gk_doc_add_block(&text_doc, GK_BLOCK_TEXT, text_span(p, end));
            gk_doc_add_seg(&text_doc, text_span(p, end));
        }
        p = end + 1;
    }
    if (row) gk_doc_end_table(&text_doc, text_span(table, last), NULL);
}

/* Reads a text; the records are in text_result. */
static void text_read(const char *text) {
    if (!text_set) {
        char dir[4096];
        const char *root = getenv("GK_SOURCE_DIR");
        gk_err err = {0};
        snprintf(dir, sizeof dir, "%s/patterns", root ? root : ".");
        text_set = gk_set_load_dir(gk_str_of(dir), &err);
        if (!text_set) fprintf(stderr, "%s:%u: %s\n", err.file, err.line, err.message), exit(EXIT_FAILURE);
        text_extractor = gk_extractor_new(text_set);
        gk_doc_init(&text_doc);
        gk_result_init(&text_result);
    }
    gk_doc_reset(&text_doc);
    text_doc.text = gk_str_of(text);
    text_build(text_doc.text);
    CHECK_INT(gk_extract(text_extractor, &text_doc, &text_result, NULL), GK_OK);
}

static void text_close(void) {
    gk_result_free(&text_result);
    gk_doc_free(&text_doc);
    gk_extractor_free(text_extractor);
    gk_set_free(text_set);
}

/* The record of a kind that stands on the `nth` (from 0) place where `raw` is printed; NULL: none. */
static const gk_record *text_record(gk_kind kind, const char *raw, size_t nth) {
    size_t from = 0, len = strlen(raw);
    for (size_t k = 0;; k++) {
        size_t at = gk_str_find(gk_str_slice(text_doc.text, from, text_doc.text.len), gk_str_of(raw));
        if (at == SIZE_MAX) return NULL;
        at += from;
        from = at + len;
        if (k < nth) continue;
        for (size_t i = 0; i < text_result.records.len; i++) {
            const gk_record *r = &text_result.records.at[i];
            if (r->kind == kind && r->span.start == at && r->span.end == at + len) return r;
        }
        return NULL;
    }
}

/* "value subject measure year column" of a figure, "none" where there is no record on that place. */
static gk_str text_fact(gk_kind kind, const char *raw, size_t nth) {
    static char out[512];
    const gk_record *r = text_record(kind, raw, nth);
    if (!r) return GK_STR("none");
    static const gk_field fields[] = {GK_F_VALUE, GK_F_SUBJECT, GK_F_MEASURE, GK_F_YEAR, GK_F_COLUMN};
    int n = 0;
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        gk_str value = gk_get(r, fields[i]).len ? gk_get(r, fields[i]) : GK_STR("-");
        n += snprintf(out + n, sizeof out - (size_t)n, "%s%.*s", i ? " " : "", GK_STR_ARG(value));
    }
    return gk_str_of(out);
}

/* The class a digit group was excluded with, "claimed" or "unexplained"; at the nth place of `raw`. */
static gk_str text_fate(const char *raw, size_t nth) {
    size_t k = 0;
    for (size_t i = 0; i < text_result.digits.len; i++) {
        const gk_digits *d = &text_result.digits.at[i];
        gk_str printed = gk_str_slice(text_doc.text, d->span.start, d->span.end);
        if (!gk_str_eqz(printed, raw) || k++ < nth) continue;
        if (d->fate == GK_FATE_CLAIMED) return GK_STR("claimed");
        return d->fate == GK_FATE_EXCLUDED ? gk_digits_why(d) : GK_STR("unexplained");
    }
    return GK_STR("no such digits");
}

#endif
