/* Notes on a document: each once, no more than a person reads. */
#include "base/limits.h"
#include "check.h"
#include "doc/doc.h"

int main(void) {
    gk_doc doc;
    gk_doc_init(&doc);
    for (int i = 0; i < 2; i++) gk_doc_note(&doc, GK_E_FORMAT, "%d of %d sheets are missing", 2, 3);
    CHECK_INT(doc.notes.len, 1);
    CHECK_INT(doc.notes.at[0].code, GK_E_FORMAT);
    CHECK_STR(doc.notes.at[0].message, "2 of 3 sheets are missing");
    for (int i = 0; i < 100; i++) gk_doc_note(&doc, GK_E_SCANNED, "page %d", i);
    CHECK_INT(doc.notes.len, GK_MAX_NOTES);
    gk_doc_reset(&doc);
    CHECK_INT(doc.notes.len, 0);
    gk_doc_free(&doc);
    return CHECK_DONE();
}
