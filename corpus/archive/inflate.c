#include "corpus/archive/inflate.h"

#include <errno.h>
#include <libdeflate.h>
#include <stdlib.h>
#include <unistd.h>
#include <zlib.h>

#include "base/limits.h"

enum { GZIP_ONLY = 31, GZIP_OR_ZLIB = 47, BARE = -15, STEP = 64 * 1024 };

struct gk_inflater {
    z_stream z;
};

void gk_window_seek(gk_window *w, uint64_t offset) {
    if (offset >= w->at && offset <= w->at + w->len) {
        w->used = (size_t)(offset - w->at);
        return;
    }
    w->at = offset;
    w->used = w->len = 0;
}

gk_str gk_window_peek(gk_window *w, size_t want) {
    if (w->len - w->used < want && w->used) {
        memmove(w->bytes, w->bytes + w->used, w->len - w->used);
        w->at += w->used;
        w->len -= w->used;
        w->used = 0;
    }
    while (w->len - w->used < want && !w->failed) {
        ssize_t n = pread(w->fd, w->bytes + w->len, sizeof w->bytes - w->len, (off_t)(w->at + w->len));
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) w->failed = true, w->error = errno;
        if (n <= 0) break;
        w->len += (size_t)n;
    }
    return (gk_str){(const char *)w->bytes + w->used, w->len - w->used};
}

gk_inflater *gk_inflater_new(void) {
    gk_inflater *z = gk_alloc_zero(1, sizeof *z);
    if (inflateInit2(&z->z, GZIP_ONLY) != Z_OK) gk_oom(sizeof *z);
    return z;
}

void gk_inflater_free(gk_inflater *z) {
    if (!z) return;
    inflateEnd(&z->z);
    free(z);
}

static gk_code damaged(gk_err *err, const char *what) {
    return gk_err_set(err, GK_E_FORMAT, "the compressed data is damaged: %s", what ? what : "it is no gzip");
}

/* Room for the next step. At the maximum one byte more is offered, so that data which ends there is told from more. */
static bool offer(z_stream *z, gk_buf *out, char *spare) {
    size_t left = out->max ? out->max - out->len : STEP;
    z->avail_out = left < STEP ? (uInt)left : STEP;
    if (left == 0) {
        z->next_out = (Bytef *)spare;
        z->avail_out = 1;
        return true;
    }
    z->next_out = (Bytef *)gk_buf_room(out, z->avail_out);
    return false;
}

/* One call of inflate into `out`; the code of zlib, Z_BUF_ERROR past the maximum. */
static int step(z_stream *z, gk_buf *out) {
    char byte;
    bool spare = offer(z, out, &byte);
    uInt before = z->avail_out;
    int code = inflate(z, Z_NO_FLUSH);
    if (spare && z->avail_out == 0) return Z_MEM_ERROR;
    if (!spare) out->len += before - z->avail_out;
    return code;
}

static gk_code passed(const gk_buf *out, gk_err *err) {
    return gk_err_set(err, GK_E_LIMIT, "it has more than %zu bytes when decompressed", out->max);
}

gk_code gk_inflate_member(gk_inflater *z, gk_window *w, size_t most, gk_buf *out, gk_err *err) {
    if (inflateReset2(&z->z, GZIP_ONLY) != Z_OK) return damaged(err, NULL);
    int code = Z_OK;
    while (code == Z_OK && (!most || out->len < most)) {
        gk_str in = gk_window_peek(w, 1);
        if (!in.len) return damaged(err, "the file ends inside it");
        z->z.next_in = (Bytef *)(uintptr_t)in.ptr;
        z->z.avail_in = (uInt)in.len;
        code = step(&z->z, out);
        w->used += in.len - z->z.avail_in;
        if (code == Z_BUF_ERROR) code = Z_OK;
    }
    if (code == Z_MEM_ERROR) return passed(out, err);
    return code == Z_OK || code == Z_STREAM_END ? GK_OK : damaged(err, z->z.msg);
}

/* Whether another gzip member follows; what follows and is none is passed over, as gzip does. */
static bool next_member(z_stream *z) {
    bool follows = z->avail_in >= 2 && z->next_in[0] == 0x1F && z->next_in[1] == 0x8B;
    return follows && inflateReset(z) == Z_OK;
}

static gk_code inflate_all(z_stream *z, gk_str bytes, gk_buf *out, gk_err *err) {
    int code;
    z->next_in = (Bytef *)(uintptr_t)bytes.ptr;
    z->avail_in = (uInt)bytes.len;
    do {
        code = step(z, out);
    } while (code == Z_OK || (code == Z_STREAM_END && next_member(z)));
    if (code == Z_MEM_ERROR) return passed(out, err);
    return code == Z_STREAM_END ? GK_OK : damaged(err, code == Z_BUF_ERROR ? "it ends early" : z->msg);
}

/* The last four bytes of a gzip member say how long its content is, modulo 2^32. SIZE_MAX where this is no gzip, or more
 * than deflate can make of so few bytes. */
static size_t announced(gk_str bytes) {
    enum { HEAD_AND_TAIL = 18, MOST_RATIO = 1032 };
    if (bytes.len < HEAD_AND_TAIL || !gk_str_starts(bytes, GK_STR("\x1F\x8B"))) return SIZE_MAX;
    const unsigned char *end = (const unsigned char *)bytes.ptr + bytes.len;
    size_t size = (size_t)end[-4] | (size_t)end[-3] << 8 | (size_t)end[-2] << 16 | (size_t)end[-1] << 24;
    return size / MOST_RATIO <= bytes.len ? size : SIZE_MAX;
}

/* Kept for the next one of the thread: making one takes as long as inflating a small page. */
static struct libdeflate_decompressor *decompressor(void) {
    static _Thread_local struct libdeflate_decompressor *kept;
    if (!kept) kept = libdeflate_alloc_decompressor();
    return kept;
}

/* One sound member is nearly all there is, and libdeflate takes half the time of zlib. False: it is something else, and
 * nothing was put. */
static bool inflate_one(gk_str bytes, gk_buf *out) {
    size_t size = announced(bytes), taken = 0, put = 0;
    if (size == SIZE_MAX || (out->max && size > out->max - out->len)) return false;
    struct libdeflate_decompressor *d = decompressor();
    char *room = d ? gk_buf_room(out, size) : NULL;
    bool good = room && libdeflate_gzip_decompress_ex(d, bytes.ptr, bytes.len, room, size, &taken, &put) == LIBDEFLATE_SUCCESS;
    if (!good || taken != bytes.len) return false;
    out->len += put;
    out->ptr[out->len] = '\0';
    return true;
}

/* "deflate" means zlib data by the standard, and bare data by what some servers send. */
gk_code gk_inflate_bytes(gk_str bytes, gk_buf *out, gk_err *err) {
    z_stream z = {0};
    size_t before = out->len;
    if (inflate_one(bytes, out)) return GK_OK;
    if (inflateInit2(&z, GZIP_OR_ZLIB) != Z_OK) gk_oom(sizeof z);
    gk_code code = inflate_all(&z, bytes, out, err);
    if (code == GK_E_FORMAT && out->len == before && inflateReset2(&z, BARE) == Z_OK) code = inflate_all(&z, bytes, out, err);
    inflateEnd(&z);
    return code;
}
