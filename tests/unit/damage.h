/* Every good file is also damaged: whatever comes of it is a document or an error that says why, and a file that was cut
 * off does not pass for a whole one. */
#ifndef GK_TESTS_DAMAGE_H
#define GK_TESTS_DAMAGE_H

#include "check.h"
#include "read/read.h"

enum { DAMAGE_CUTS = 100 };

/* The lines of blocks and cells must ascend, so that no place of the text is told twice. */
static inline void damage_look(const gk_doc *doc, gk_code code, const gk_err *err) {
    CHECK(code == GK_OK || err->message[0]);
    for (uint32_t i = 1; i < doc->segs.len && code == GK_OK; i++) CHECK(doc->segs.at[i - 1].end <= doc->segs.at[i].start);
}

/* Reads the bytes; what was cut off says so, or lost nothing of the text of the whole (NULL: do not ask). */
static inline void damage_read(gk_str bytes, const gk_doc *whole) {
    gk_doc doc;
    gk_err err = {0};
    gk_doc_init(&doc);
    gk_code code = gk_read(bytes, GK_STR("damaged"), &doc, &err);
    damage_look(&doc, code, &err);
    if (whole) CHECK(code != GK_OK || doc.notes.len || gk_str_eq(doc.text, whole->text));
    gk_doc_free(&doc);
}

/* Reads the file cut off at DAMAGE_CUTS places, then `copies` of which `bits` bits are turned over somewhere: the same
 * ones each time for the same seed. */
static inline void damage_all(gk_str file, uint32_t seed, size_t copies, int bits) {
    gk_doc whole;
    gk_doc_init(&whole);
    CHECK_INT(gk_read(file, GK_STR("whole"), &whole, NULL), GK_OK);
    CHECK_INT(whole.notes.len, 0);
    for (size_t i = 1; i < DAMAGE_CUTS; i++) damage_read(gk_str_slice(file, 0, file.len * i / DAMAGE_CUTS), &whole);
    for (size_t i = 0; i < copies; i++) {
        gk_buf copy = {0};
        gk_buf_put(&copy, file);
        for (int k = 0; k < bits; k++) {
            seed = seed * 1664525u + 1013904223u;
            copy.ptr[(seed >> 4) % copy.len] ^= (char)(1u << (seed >> 28) % 8);
        }
        damage_read(gk_buf_str(&copy), NULL);
        gk_buf_free(&copy);
    }
    gk_doc_free(&whole);
}

#endif
