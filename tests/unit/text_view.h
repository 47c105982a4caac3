/* What the tests of views share: the table of patterns/fold.tsv, and views of a text whose lines are spans. */
#ifndef GK_TESTS_TEXT_VIEW_H
#define GK_TESTS_TEXT_VIEW_H

#include <stdio.h>
#include <stdlib.h>

#include "check.h"
#include "text/view.h"

static gk_fold *load_fold(void) {
    char path[1024], chunk[4096];
    const char *dir = getenv("GK_SOURCE_DIR");
    snprintf(path, sizeof path, "%s/patterns/fold.tsv", dir ? dir : ".");
    FILE *file = fopen(path, "rb");
    if (!file) {
        fprintf(stderr, "no %s\n", path);
        exit(2);
    }
    gk_buf table = {0};
    for (size_t n; (n = fread(chunk, 1, sizeof chunk, file)) > 0;) gk_buf_put(&table, (gk_str){chunk, n});
    fclose(file);
    gk_err err = {0};
    gk_fold *fold = gk_fold_load(gk_buf_str(&table), GK_STR("fold.tsv"), &err);
    if (!fold) {
        gk_buf out = {0};
        gk_err_print(&err, &out);
        fprintf(stderr, "%s", out.ptr);
        exit(2);
    }
    gk_buf_free(&table);
    return fold;
}

/* Appends the text to the view, one span for each part between '|'. */
static void append_parts(gk_view *v, const gk_fold *fold, gk_str text) {
    GK_VEC(gk_span) spans = {0};
    uint32_t start = 0;
    for (uint32_t i = 0; i <= text.len; i++) {
        if (i < text.len && text.ptr[i] != '|') continue;
        *gk_vec_push(&spans) = (gk_span){start, i};
        start = i + 1;
    }
    gk_view_append(v, fold, spans.at, spans.len);
    gk_vec_free(&spans);
}

#endif
