/* Blocks, lines and tables of a document. */
#include "base/limits.h"
#include "check.h"
#include "doc/doc.h"

static const gk_span nowhere = {0, 0};

static void test_blocks(void) {
    gk_doc d;
    gk_doc_init(&d);
    CHECK_INT(d.names.len, 1);
    gk_doc_add_seg(&d, (gk_span){1, 2}); /* Without a block a line has nowhere to go. */
    CHECK_INT(d.segs.len, 0);
    gk_doc_add_block(&d, GK_BLOCK_TEXT, (gk_span){0, 4});
    gk_doc_add_seg(&d, (gk_span){0, 3});
    gk_doc_add_seg(&d, (gk_span){5, 9});
    gk_doc_add_block(&d, GK_BLOCK_ASIDE, (gk_span){10, 11});
    CHECK_INT(d.blocks.at[0].seg_count, 2);
    CHECK_INT(d.blocks.at[0].span.end, 9);
    CHECK_INT(d.blocks.at[1].first_seg, 2);
    CHECK_INT(d.blocks.at[1].seg_count, 0);
    gk_doc_reset(&d);
    CHECK_INT(d.blocks.len + d.segs.len, 0);
    CHECK_INT(d.names.len, 1);
    gk_doc_free(&d);
}

static void test_grid(void) {
    gk_doc d;
    gk_doc_init(&d);
    gk_doc_add_block(&d, GK_BLOCK_TEXT, nowhere);
    gk_doc_add_table(&d, true);
    gk_doc_add_cell(&d, 0, 0, 2, 1);
    gk_doc_add_seg(&d, (gk_span){10, 12});
    gk_doc_add_seg(&d, (gk_span){14, 15});
    gk_doc_add_cell(&d, 0, 1, 1, 2);
    gk_doc_add_cell(&d, 1, 0, 1, 2); /* Overlaps the first cell and loses there. */
    CHECK_INT(gk_doc_end_table(&d, (gk_span){10, 20}, NULL), GK_OK);
    const gk_table *t = &d.tables.at[0];
    CHECK_INT(t->rows, 2);
    CHECK_INT(t->cols, 3);
    CHECK(gk_table_at(&d, t, 1, 0) == &d.cells.at[0]);
    CHECK(gk_table_at(&d, t, 0, 2) == &d.cells.at[1]);
    CHECK(gk_table_at(&d, t, 1, 1) == &d.cells.at[2]);
    CHECK(gk_table_at(&d, t, 1, 2) == NULL);
    CHECK(gk_table_at(&d, t, 2, 0) == NULL);
    CHECK_INT(d.cells.at[0].seg_count, 2);
    CHECK_INT(d.cells.at[0].span.start, 10);
    CHECK_INT(d.cells.at[0].span.end, 15);
    CHECK_INT(d.blocks.at[1].span.end, 20);
    gk_doc_free(&d);
}

static void test_limits(void) {
    gk_doc d;
    gk_err err = {0};
    gk_doc_init(&d);
    gk_doc_add_table(&d, true);
    gk_doc_add_cell(&d, 0, GK_MAX_TABLE_COLS, 1, 1);
    CHECK_INT(gk_doc_end_table(&d, nowhere, &err), GK_E_LIMIT);
    CHECK_INT(err.code, GK_E_LIMIT);
    CHECK(gk_table_at(&d, &d.tables.at[0], 0, 0) == NULL);
    gk_doc_reset(&d);
    gk_doc_add_table(&d, true);
    gk_doc_add_cell(&d, 4000000000u, 0, 65535, 65535);
    CHECK_INT(gk_doc_end_table(&d, nowhere, &err), GK_E_LIMIT);
    gk_doc_reset(&d);
    gk_doc_add_table(&d, true);
    for (unsigned i = 0; i < 100000; i++) gk_doc_add_cell(&d, 0, 0, 1000, 1000);
    CHECK_INT(gk_doc_end_table(&d, nowhere, &err), GK_E_LIMIT);
    gk_doc_free(&d);
}

int main(void) {
    test_blocks();
    test_grid();
    test_limits();
    return CHECK_DONE();
}
