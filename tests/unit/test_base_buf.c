/* Reading a stream into a buffer, and scans of eight bytes at a time. */
#include "base/buf.h"
#include "base/eight.h"
#include "check.h"

static FILE *stream_of(size_t bytes) {
    FILE *f = tmpfile();
    for (size_t i = 0; f && i < bytes; i++) fputc("0123456789"[i % 10], f);
    if (f) rewind(f);
    return f;
}

static void reads(size_t bytes, size_t max, bool over) {
    gk_buf b = {.max = max};
    FILE *f = stream_of(bytes);
    CHECK(f != NULL);
    gk_buf_put(&b, GK_STR("head:"));
    CHECK(gk_buf_read(&b, f));
    CHECK_INT(b.over, over);
    if (!over) CHECK_INT(b.len, bytes + 5);
    CHECK(!max || b.len <= max);
    CHECK_INT(b.ptr[b.len], '\0');
    for (size_t i = 5; i < b.len; i++)
        if (b.ptr[i] != "0123456789"[(i - 5) % 10]) {
            CHECK_INT(i, b.len); /* the first wrong place */
            break;
        }
    fclose(f);
    gk_buf_free(&b);
}

static void streams(void) {
    reads(0, 0, false);
    reads(1, 0, false);
    reads(3 * GK_BUF_PIECE + 17, 0, false);
    reads(GK_BUF_PIECE, 3 * GK_BUF_PIECE, false);
    reads(3 * GK_BUF_PIECE, 2 * GK_BUF_PIECE, true);
    FILE *f = fopen("/", "rb"); /* a folder: opened, and not to be read */
    gk_buf b = {0};
    if (f) {
        CHECK(!gk_buf_read(&b, f));
        fclose(f);
    }
    gk_buf_free(&b);
}

/* Each byte in each place, among bytes that come close. */
static void eights(void) {
    static const unsigned char others[] = {0x21, 0x7E, 0x80, 0xE4, 0xFF};
    for (size_t o = 0; o < sizeof others; o++)
        for (int at = 0; at < 8; at++)
            for (int c = 0; c < 256; c++) {
                char text[8];
                memset(text, others[o], sizeof text);
                text[at] = (char)c;
                uint64_t eight = gk_eight_at(text);
                CHECK((gk_eight_below(eight, 0x20) != 0) == (c < 0x20));
                CHECK((gk_eight_has(eight, (unsigned char)c) != 0));
                CHECK((gk_eight_has(eight, '(') != 0) == (c == '('));
            }
}

int main(void) {
    streams();
    eights();
    return CHECK_DONE();
}
