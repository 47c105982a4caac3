#include "corpus/archive/http.h"

#include <strings.h>

#include "base/limits.h"
#include "corpus/archive/brotli.h"
#include "corpus/archive/inflate.h"

enum { MOST_CODINGS = 4 };

static bool same(gk_str a, const char *z) { return a.len == strlen(z) && strncasecmp(a.ptr, z, a.len) == 0; }

size_t gk_http_head(gk_str block) {
    for (size_t i = 0; i < block.len; i++) {
        if (block.ptr[i] != '\n') continue;
        if (i + 1 < block.len && block.ptr[i + 1] == '\n') return i + 2;
        if (i + 2 < block.len && block.ptr[i + 1] == '\r' && block.ptr[i + 2] == '\n') return i + 3;
    }
    return block.len;
}

gk_str gk_http_header(gk_str head, const char *name) {
    while (head.len) {
        const char *end = memchr(head.ptr, '\n', head.len);
        size_t len = end ? (size_t)(end - head.ptr) : head.len;
        gk_str line = gk_str_slice(head, 0, len);
        const char *colon = line.len ? memchr(line.ptr, ':', line.len) : NULL;
        if (colon && same(gk_str_slice(line, 0, (size_t)(colon - line.ptr)), name))
            return gk_str_trim(gk_str_slice(line, (size_t)(colon - line.ptr) + 1, line.len));
        head = gk_str_slice(head, len + 1, head.len);
    }
    return GK_STR_NONE;
}

int gk_http_status(gk_str head) {
    if (!gk_str_starts(head, GK_STR("HTTP/"))) return 0;
    const char *blank = memchr(head.ptr, ' ', head.len < 16 ? head.len : 16);
    size_t at = blank ? (size_t)(blank - head.ptr) + 1 : head.len;
    int status = 0;
    for (size_t i = at; i < at + 3; i++) {
        if (i >= head.len || head.ptr[i] < '0' || head.ptr[i] > '9') return 0;
        status = status * 10 + head.ptr[i] - '0';
    }
    return status;
}

bool gk_http_chunked(gk_str head) {
    gk_str coding = gk_http_header(head, "transfer-encoding");
    return coding.len >= 7 && same(gk_str_slice(coding, coding.len - 7, coding.len), "chunked");
}

/* "1a;name=value CRLF" before each chunk. False where it is none. */
static bool chunk_size(gk_str *rest, size_t *size) {
    size_t i = 0;
    *size = 0;
    for (; i < rest->len && i < 15; i++) {
        char c = (char)(rest->ptr[i] | 0x20);
        if (rest->ptr[i] >= '0' && rest->ptr[i] <= '9') *size = *size * 16 + (size_t)(rest->ptr[i] - '0');
        else if (c >= 'a' && c <= 'f') *size = *size * 16 + (size_t)(c - 'a' + 10);
        else break;
    }
    const char *end = i && rest->len ? memchr(rest->ptr, '\n', rest->len) : NULL;
    if (!end) return false;
    *rest = gk_str_slice(*rest, (size_t)(end - rest->ptr) + 1, rest->len);
    return true;
}

/* False where the chunks are damaged: many writers take them out and leave the header, so the body is then as it stands. */
static bool dechunk(gk_str body, gk_buf *out) {
    size_t size;
    while (chunk_size(&body, &size)) {
        if (size == 0) return true;
        if (size > body.len) return false;
        gk_buf_put(out, gk_str_slice(body, 0, size));
        body = gk_str_slice(body, size, body.len);
        if (gk_str_starts(body, GK_STR("\r"))) body = gk_str_slice(body, 1, body.len);
        if (gk_str_starts(body, GK_STR("\n"))) body = gk_str_slice(body, 1, body.len);
    }
    return false;
}

static size_t most_of(size_t bytes) {
    size_t most = bytes > GK_MAX_DECODED_BYTES / GK_MAX_DECODED_RATIO ? GK_MAX_DECODED_BYTES : bytes * GK_MAX_DECODED_RATIO;
    return most < GK_FREE_DECODED_BYTES ? GK_FREE_DECODED_BYTES : most;
}

/* Takes the last coding off a list "gzip, deflate". */
static gk_str last_coding(gk_str *list) {
    size_t from = list->len;
    while (from && list->ptr[from - 1] != ',') from--;
    gk_str last = gk_str_trim(gk_str_slice(*list, from, list->len));
    *list = gk_str_slice(*list, 0, from ? from - 1 : 0);
    return last;
}

typedef gk_code decoder(gk_str bytes, gk_buf *out, gk_err *err);

static decoder *decoder_of(gk_str coding) {
    static const struct {
        const char *name;
        decoder *decode;
    } codings[] = {
        {"gzip", gk_inflate_bytes}, {"x-gzip", gk_inflate_bytes}, {"deflate", gk_inflate_bytes}, {"br", gk_brotli_bytes}};
    for (size_t i = 0; i < sizeof codings / sizeof *codings; i++)
        if (same(coding, codings[i].name)) return codings[i].decode;
    return NULL;
}

static gk_code undo(gk_str coding, gk_buf *room, gk_str *body, gk_err *err) {
    if (!coding.len || same(coding, "identity")) return GK_OK;
    decoder *decode = decoder_of(coding);
    if (!decode)
        return gk_err_set(err, GK_E_FORMAT, "the content coding \"%.*s\" is not known",
                          GK_STR_ARG(gk_str_slice(coding, 0, 40)));
    bool in_room = room->ptr && body->ptr == room->ptr; /* the coding before left it there */
    gk_buf plain = in_room ? (gk_buf){0} : *room;
    gk_buf_clear(&plain);
    plain.max = most_of(body->len);
    gk_code code = decode(*body, &plain, err);
    plain.max = 0;
    if (in_room) gk_buf_free(room);
    *room = plain;
    *body = gk_buf_str(room);
    return code;
}

gk_code gk_http_uncode(gk_str codings, gk_str body, gk_buf *room, gk_str *out, gk_err *err) {
    gk_code code = GK_OK;
    *out = body;
    for (int i = 0; code == GK_OK && codings.len && body.len; i++) {
        if (i == MOST_CODINGS) return gk_err_set(err, GK_E_LIMIT, "more than %d content codings", MOST_CODINGS);
        code = undo(last_coding(&codings), room, out, err);
    }
    return code;
}

bool gk_http_is_confined(gk_str codings) {
    while (codings.len)
        if (decoder_of(last_coding(&codings)) == gk_brotli_bytes) return false;
    return true;
}

gk_code gk_http_decode(gk_str head, gk_str body, gk_buf *room, gk_str *out, gk_err *err) {
    if (gk_http_chunked(head)) {
        gk_buf_clear(room);
        if (dechunk(body, room)) body = gk_buf_str(room);
    }
    return gk_http_uncode(gk_http_header(head, "content-encoding"), body, room, out, err);
}
