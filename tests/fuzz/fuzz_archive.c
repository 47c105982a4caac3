/* WARC files and saved pages from hostile writers: every byte ends in a record, in a told damage, or at the end, and what is
 * read is decoded under its limits. The room is `archive`; start from the WARC files that tests/cli/extract-warc/make.py
 * writes. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "corpus/archive/http.h"
#include "corpus/archive/mhtml.h"
#include "corpus/archive/warc.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int file_of(const uint8_t *data, size_t size) {
    FILE *f = tmpfile();
    if (!f || fwrite(data, 1, size, f) != size || fflush(f) != 0) abort();
    int fd = dup(fileno(f));
    fclose(f);
    return fd;
}

static void read_saved(gk_str bytes) {
    gk_mhtml page;
    gk_buf out = {0};
    gk_mhtml_is(bytes);
    gk_mhtml_read(bytes, &page, &out);
    if (out.len > bytes.len) abort();
    gk_buf_free(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    gk_warc_record r;
    gk_err err = {0};
    gk_buf room = {0};
    gk_str body;
    uint64_t offset = 0, length, last = 0;
    gk_warc_reader *reader = gk_warc_of(file_of(data, size), "fuzz", 0);
    for (size_t i = 0; i <= size; i++) {
        gk_code code = gk_warc_next(reader, &r, &offset, &length, &err);
        if (offset < last || offset > size || offset + length > size) abort();
        last = offset;
        if (code == GK_OK && r.type == GK_WARC_OTHER && !r.id.ptr) break;
        if (code == GK_OK) gk_http_decode(r.head, r.payload, &room, &body, &err);
        else if (!err.message[0]) abort();
        if (i == size) abort(); /* a record has more than a byte */
    }
    gk_warc_close(reader);
    gk_buf_free(&room);
    read_saved((gk_str){(const char *)data, size});
    return 0;
}
