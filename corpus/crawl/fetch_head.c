/* The headers of an answer: those of the final one are kept as they came, and some of them are read. */
#include <strings.h>

#include "base/limits.h"
#include "corpus/crawl/fetch_part.h"

static bool is_name(gk_str name, gk_str want) {
    return name.len == want.len && strncasecmp(name.ptr, want.ptr, name.len) == 0;
}

static bool is_endless(gk_str line) {
    enum { MOST_DIGITS = 18 }; /* of a 64-bit number, whatever they are */
    const gk_str name = GK_STR("content-length");
    if (line.len <= name.len || line.ptr[name.len] != ':' || !is_name(gk_str_slice(line, 0, name.len), name)) return false;
    return gk_str_trim(gk_str_slice(line, name.len + 1, line.len)).len > MOST_DIGITS;
}

/* An HTTP/2 answer has no status line. libcurl writes "HTTP/2 200 ", which readers of WARC files refuse: a message of
 * application/http is one of HTTP/1.x, and the protocol is told in a field of the record. */
static gk_str without_version(gk_transfer *t, gk_str line) {
    const gk_str two = GK_STR("HTTP/2 ");
    if (t->head.len || !gk_str_starts(line, two)) return line;
    gk_buf_put(&t->head, GK_STR("HTTP/1.1 "));
    return gk_str_slice(line, two.len, line.len);
}

bool gk_fetch_header(gk_transfer *t, gk_str line) {
    t->head_bytes += line.len;
    t->head_over = t->head_bytes > GK_MAX_HEADER_BYTES;
    if (t->head_over) return false;
    if (t->head_done) {
        if (t->body.len || !gk_str_starts(line, GK_STR("HTTP/"))) return true; /* a trailer */
        gk_buf_clear(&t->head); /* what came before was an interim answer (100, 103) */
    }
    gk_buf_put(&t->head, without_version(t, line));
    if (is_endless(line)) t->endless = true;
    t->head_done = gk_str_eqz(line, "\r\n") || gk_str_eqz(line, "\n");
    return true;
}

typedef struct field {
    gk_str name;
    size_t offset; /* of its gk_str in gk_response */
} field;

static const field fields[] = {
    {{"content-type", sizeof "content-type" - 1}, offsetof(gk_response, content_type)},
    {{"content-encoding", sizeof "content-encoding" - 1}, offsetof(gk_response, content_encoding)},
    {{"etag", sizeof "etag" - 1}, offsetof(gk_response, etag)},
    {{"last-modified", sizeof "last-modified" - 1}, offsetof(gk_response, last_modified)},
    {{"content-disposition", sizeof "content-disposition" - 1}, offsetof(gk_response, disposition)},
    {{"location", sizeof "location" - 1}, offsetof(gk_response, location)},
};

static void read_field(gk_transfer *t, gk_str line) {
    const char *mark = line.len ? memchr(line.ptr, ':', line.len) : NULL;
    if (!mark) return;
    size_t colon = (size_t)(mark - line.ptr);
    gk_str name = gk_str_slice(line, 0, colon), value = gk_str_trim(gk_str_slice(line, colon + 1, line.len));
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        gk_str *out = (gk_str *)(void *)((char *)&t->response + fields[i].offset);
        if (is_name(name, fields[i].name) && !out->ptr) *out = value;
    }
    if (is_name(name, GK_STR("transfer-encoding")))
        t->recoded |= !is_name(value, GK_STR("chunked")) && !is_name(value, GK_STR("identity"));
    if (!is_name(name, GK_STR("x-robots-tag"))) return;
    if (t->robots.len) gk_buf_put(&t->robots, GK_STR(", "));
    gk_buf_put(&t->robots, value);
}

void gk_fetch_headers_read(gk_transfer *t) {
    gk_str head = gk_buf_str(&t->head);
    for (size_t at = 0, end; at < head.len; at = end + 1) {
        gk_str left = gk_str_slice(head, at, head.len);
        size_t found = gk_str_find(left, GK_STR("\n"));
        end = found == SIZE_MAX ? head.len : at + found;
        read_field(t, gk_str_slice(head, at, end));
    }
    if (t->robots.len) t->response.robots_tag = gk_buf_str(&t->robots);
}
