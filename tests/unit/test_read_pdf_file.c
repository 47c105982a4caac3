/* Whole PDF files through gongkai-pdf, where it is built (GONGKAI_PDF names it), and what stands in for it badly. */
#include "base/limits.h"
#include "check.h"
#include "read/read.h"
#include <unistd.h>

static gk_doc doc;
static gk_err err;

static gk_code read_bytes(gk_str bytes) {
    gk_doc_reset(&doc);
    err = (gk_err){0};
    return gk_reader_pdf.read(bytes, &doc, &err);
}

static bool load(const char *name, gk_buf *out) {
    const char *root = getenv("GK_SOURCE_DIR");
    char path[1024];
    snprintf(path, sizeof path, "%s/%s", root ? root : ".", name);
    FILE *file = fopen(path, "rb");
    if (!file) return false;
    gk_buf_clear(out);
    size_t n;
    while ((n = fread(gk_buf_room(out, 65536), 1, 65536, file)) > 0) out->len += n;
    fclose(file);
    return true;
}

static gk_str cell_text(const gk_table *t, uint32_t row, uint32_t col) {
    const gk_cell *c = gk_table_at(&doc, t, row, col);
    return c ? gk_str_slice(doc.text, c->span.start, c->span.end) : GK_STR("none");
}

static void sample(gk_str bytes) {
    CHECK_INT(gk_reader_pdf.recognise(bytes), 100);
    CHECK_INT(read_bytes(bytes), GK_OK);
    CHECK(doc.pages > 10);
    CHECK(doc.tables.len >= 12);
    CHECK_STR(cell_text(&doc.tables.at[0], 0, 0), "收入");
    CHECK_STR(cell_text(&doc.tables.at[0], 0, 5), "支出");
    CHECK_STR(cell_text(&doc.tables.at[0], 2, 2), "1,283.97");
    CHECK_STR(cell_text(&doc.tables.at[0], 11, 3), "年末结转和结余");
    size_t at = gk_str_find(doc.text, GK_STR("1,283.97"));
    uint32_t page;
    float box[4];
    CHECK(gk_doc_place(&doc, (gk_span){(uint32_t)at, (uint32_t)at + 8}, &page, box));
    CHECK_INT(page, 1);
    CHECK(box[2] - box[0] > 35 && box[2] - box[0] < 37 && box[3] - box[1] < 10);
}

/* The same file cut off, or with bytes changed, is read or refused; nothing else. */
static void damaged(gk_str bytes) {
    char *copy = gk_alloc(bytes.len);
    uint32_t seed = 7;
    for (int i = 1; i < 12; i++) {
        gk_code code = read_bytes(gk_str_slice(bytes, 0, bytes.len * (size_t)i / 12));
        CHECK(code == GK_OK || code == GK_E_FORMAT);
    }
    for (int i = 0; i < 12; i++) {
        memcpy(copy, bytes.ptr, bytes.len);
        for (int k = 0; k < 20; k++) {
            seed = seed * 1664525u + 1013904223u;
            copy[(seed >> 8) % bytes.len] ^= (char)(1u << (seed & 7));
        }
        gk_code code = read_bytes((gk_str){copy, bytes.len});
        CHECK(code == GK_OK || code == GK_E_FORMAT || code == GK_E_GLYPHS || code == GK_E_ENCRYPTED);
    }
    free(copy);
}

static void stand_ins(gk_str bytes) {
    setenv("GONGKAI_PDF", "/nowhere/gongkai-pdf", 1);
    CHECK_INT(read_bytes(bytes), GK_E_CONVERTER);
    CHECK(gk_str_find(gk_str_of(err.message), GK_STR("libmupdf-dev")) != SIZE_MAX);
    if (access("/bin/cat", X_OK) == 0) {
        setenv("GONGKAI_PDF", "/bin/cat", 1); /* prints what is no stream */
        CHECK_INT(read_bytes(bytes), GK_E_CONVERTER);
    }
    if (access("/bin/true", X_OK) == 0) {
        setenv("GONGKAI_PDF", "/bin/true", 1); /* says nothing and does not read */
        CHECK_INT(read_bytes(bytes), GK_E_CONVERTER);
    }
}

int main(void) {
    gk_buf bytes = {0};
    gk_doc_init(&doc);
    CHECK_INT(gk_reader_pdf.recognise(GK_STR("\r\n%PDF-1.3")), 60);
    CHECK_INT(gk_reader_pdf.recognise(GK_STR("no PDF")), 0);
    CHECK(load("tests/unit/files/locked.pdf", &bytes));
    if (getenv("GONGKAI_PDF")) CHECK_INT(read_bytes(gk_buf_str(&bytes)), GK_E_ENCRYPTED);
    CHECK(load("corpus/samples/final-tables.pdf", &bytes));
    if (getenv("GONGKAI_PDF")) {
        sample(gk_buf_str(&bytes));
        damaged(gk_buf_str(&bytes));
        CHECK_INT(read_bytes(GK_STR("%PDF-1.7\n")), GK_E_FORMAT);
    }
    stand_ins(gk_buf_str(&bytes));
    gk_buf_free(&bytes);
    gk_doc_free(&doc);
    return CHECK_DONE();
}
