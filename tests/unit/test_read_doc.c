/* DOC: the sample reads like its DOCX twin, whole and damaged. */
#include <stdlib.h>

#include "check.h"
#include "damage.h"
#include "office_view.h"
#include "read/doc.h"
#include "read/read.h"
#include "scratch.h"

static gk_err err;

static gk_buf sample(const char *name) {
    const char *root = getenv("GK_SOURCE_DIR");
    gk_buf path = {0}, bytes = {0};
    gk_buf_printf(&path, "%s/corpus/samples/%s", root ? root : ".", name);
    CHECK(scratch_read(path.ptr, &bytes).ptr != NULL);
    gk_buf_free(&path);
    return bytes;
}

static gk_code read_bytes(gk_str bytes, gk_doc *doc) {
    err = (gk_err){0};
    gk_doc_init(doc);
    return gk_read(bytes, GK_STR("test"), doc, &err);
}

static void check_twin(void) {
    gk_buf old = sample("final-tables.doc"), new = sample("final-tables.docx"), a = {0}, b = {0};
    gk_doc one, two;
    CHECK_INT(read_bytes(gk_buf_str(&old), &one), GK_OK);
    CHECK_STR(gk_str_of(one.media_type), "application/msword");
    CHECK_INT(read_bytes(gk_buf_str(&new), &two), GK_OK);
    CHECK(one.tables.len > 10);
    CHECK_STR(one.text, gk_arena_dup(&two.arena, two.text).ptr);
    CHECK_STR(view_blocks(&one, &a), gk_arena_dup(&two.arena, view_blocks(&two, &b)).ptr);
    gk_doc_free(&one);
    gk_doc_free(&two);
    gk_buf_free(&old);
    gk_buf_free(&new);
    gk_buf_free(&a);
    gk_buf_free(&b);
}

static size_t head_of(gk_buf *file) { return (gk_u32((gk_str){file->ptr, file->len}, 48) + 1) * (size_t)512; }

/* The offset of the stream WordDocument, by its directory entry. */
static size_t stream_of(gk_buf *file) {
    gk_str s = gk_buf_str(file);
    for (size_t at = head_of(file); at + 128 <= s.len; at += 128)
        if (gk_u16(s, at) == 'W' && gk_u16(s, at + 64) == 26) return ((size_t)gk_u32(s, at + 116) + 1) * 512;
    return 0;
}

static void check_class(uint32_t at, uint32_t value, gk_code want) {
    gk_buf file = sample("final-tables.doc");
    size_t start = stream_of(&file);
    gk_doc doc;
    CHECK(start > 0);
    file.ptr[start + at] = (char)(value & 0xFF);
    file.ptr[start + at + 1] = (char)(value >> 8);
    CHECK_INT(read_bytes(gk_buf_str(&file), &doc), want);
    gk_doc_free(&doc);
    gk_buf_free(&file);
}

static void check_damage(void) {
    gk_buf whole = sample("final-tables.doc");
    damage_all(gk_buf_str(&whole), 3, 1000, 8);
    gk_buf_free(&whole);
}

/* Modifiers of every width are stepped over, and a list that is cut off ends. */
static void check_modifiers(void) {
    static const char list[] = "\x16\x24\x01" "\x03\x00\x07" "\x0B\x46\x02\x00" "\x49\x66\x01\0\0\0" "\x0D\xC6\x02\xAA\xBB";
    size_t at = 0, count = 0;
    uint32_t code;
    gk_str operand;
    while (gk_word_sprm((gk_str){list, sizeof list - 1}, &at, &code, &operand)) count++;
    CHECK_INT(count, 5);
    CHECK_INT(at, sizeof list - 1);
    at = 0;
    CHECK(!gk_word_sprm((gk_str){list, 2}, &at, &code, &operand));
}

int main(void) {
    check_twin();
    check_class(10, 0x0300, GK_E_ENCRYPTED);
    check_class(2, 0x0065, GK_E_CONVERTER);
    check_class(0, 0, GK_E_FORMAT);
    check_modifiers();
    check_damage();
    return CHECK_DONE();
}
