/* Pages of a PDF as streams, written by a test, and what became of them. */
#ifndef GK_TESTS_PDF_PAGE_H
#define GK_TESTS_PDF_PAGE_H

#include "check.h"
#include "read/pdf.h"

static gk_buf stream;
static gk_doc doc;
static gk_err err;

static inline void begin(void) {
    gk_buf_clear(&stream);
    gk_buf_printf(&stream, "gongkai-pdf 1\nD 1 -\n");
}

static inline void page(int width, int height) { gk_buf_printf(&stream, "P 1 %d00 %d00 0\n", width, height); }
static inline void end_page(void) { gk_buf_printf(&stream, "E 1\n"); }

/* A run of text at (x, y) of the base line; Han characters are as wide as the size, others half of it. */
static inline void run(int dx, int dy, int size, int x, int y, const char *text) {
    int at = 0;
    gk_buf_printf(&stream, "T 0 %d00 %d00 %d00 %d000 %d000", size, x, y, dx, dy);
    for (const unsigned char *p = (const unsigned char *)text; *p;) {
        uint32_t c = *p++;
        int more = c < 0x80 ? 0 : c < 0xE0 ? 1 : c < 0xF0 ? 2 : 3;
        if (more) c &= 0x3Fu >> more;
        for (int i = 0; i < more; i++) c = c << 6 | (*p++ & 0x3F);
        int advance = more ? size * 100 : size * 50;
        gk_buf_printf(&stream, " %X:%d:%d", (unsigned)c, at, advance);
        at += advance;
    }
    gk_buf_putc(&stream, '\n');
}

static inline void text(int x, int y, const char *s) { run(1, 0, 10, x, y, s); }
static inline void across(int y, int x0, int x1) { gk_buf_printf(&stream, "L %d00 %d00 %d00 %d00 50 0\n", x0, y, x1, y); }
static inline void down(int x, int y0, int y1) { gk_buf_printf(&stream, "R %d00 %d00 %d50 %d00 0\n", x, y0, x, y1); }

static inline gk_code finish(void) {
    gk_buf_printf(&stream, "Z 1 0\n");
    gk_doc_reset(&doc);
    err = (gk_err){0};
    return pd_read_stream(gk_buf_str(&stream), &doc, &err);
}

static inline gk_str block_text(size_t i) {
    gk_span s = doc.blocks.at[i].span;
    return gk_str_trim(gk_str_slice(doc.text, s.start, s.end));
}

static inline gk_str cell_text(uint32_t row, uint32_t col) {
    const gk_cell *c = gk_table_at(&doc, &doc.tables.at[0], row, col);
    return c ? gk_str_slice(doc.text, c->span.start, c->span.end) : GK_STR("none");
}

#endif
