#include "check.h"
#include "doc/doc.h"

static void places(void) {
    gk_doc doc;
    gk_doc_init(&doc);
    doc.text = GK_STR("\xE4\xB8\x80""ab\n12");
    uint32_t page = 0;
    float box[4];
    CHECK(!gk_doc_place(&doc, (gk_span){0, 5}, &page, box));
    *gk_vec_push(&doc.boxes) = (gk_box_run){0, 1, 1, 10, 20, 30, 40, 0, 0, 0};
    *gk_vec_push(&doc.boxes) = (gk_box_run){3, 2, 1, 30, 20, 35, 40, 5, 0, 93};
    *gk_vec_push(&doc.boxes) = (gk_box_run){6, 2, 2, 50, 60, 55, 70, 5, 1, 61};
    CHECK(gk_doc_place(&doc, (gk_span){0, 4}, &page, box));
    CHECK(page == 1 && box[0] == 10 && box[1] == 20 && box[2] == 35 && box[3] == 40);
    CHECK(gk_doc_place(&doc, (gk_span){4, 5}, &page, box));
    CHECK(page == 1 && box[0] == 35 && box[2] == 40);
    CHECK(!gk_doc_place(&doc, (gk_span){5, 6}, &page, box));
    CHECK(gk_doc_place(&doc, (gk_span){5, 8}, &page, box));
    CHECK(page == 2 && box[0] == 50 && box[1] == 60 && box[2] == 60 && box[3] == 71);
    CHECK(gk_doc_place(&doc, (gk_span){4, 8}, &page, box));
    CHECK(page == 1 && box[0] == 35);
    CHECK_INT(gk_doc_sure(&doc, (gk_span){0, 3}), 0);
    CHECK_INT(gk_doc_sure(&doc, (gk_span){0, 5}), 93);
    CHECK_INT(gk_doc_sure(&doc, (gk_span){4, 8}), 61);
    CHECK_INT(gk_doc_sure(&doc, (gk_span){5, 6}), 0);
    gk_doc_free(&doc);
}

int main(void) {
    places();
    return CHECK_DONE();
}
