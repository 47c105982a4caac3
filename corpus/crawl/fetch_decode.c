/* Content codings: gzip and deflate (RFC 9110, section 8.4.1), under limits of their own. */
#include <strings.h>
#include <zlib.h>

#include "base/limits.h"
#include "corpus/crawl/fetch.h"

enum { MOST_CODINGS = 2, STEP_BYTES = 64 << 10 };

static bool is_name(gk_str s, const char *name) { return s.len == strlen(name) && strncasecmp(s.ptr, name, s.len) == 0; }

/* ---- one coding ---- */

typedef struct squeezed {
    z_stream z;
    gk_buf *out;
    size_t raw_bytes; /* of the body as it was received: what the ratio is of */
    gk_outcome why;
} squeezed;

static bool passes_limit(const squeezed *s) {
    uint64_t most = (uint64_t)s->raw_bytes * GK_MAX_DECODED_RATIO;
    if (most < GK_FREE_DECODED_BYTES) most = GK_FREE_DECODED_BYTES;
    return s->out->len > GK_MAX_DECODED_BYTES || s->out->len > most;
}

/* Inflates up to the end of a stream; what zlib said last. */
static int run(squeezed *s) {
    int code = Z_OK;
    while (code == Z_OK) {
        char *at = gk_buf_room(s->out, STEP_BYTES);
        if (!at) {
            s->why = GK_OUTCOME_TOO_LARGE;
            return Z_MEM_ERROR;
        }
        s->z.next_out = (unsigned char *)at;
        s->z.avail_out = STEP_BYTES;
        code = inflate(&s->z, Z_NO_FLUSH);
        s->out->len += STEP_BYTES - s->z.avail_out;
        if (passes_limit(s)) {
            s->why = GK_OUTCOME_TOO_LARGE;
            return Z_MEM_ERROR;
        }
        if (code == Z_BUF_ERROR || (code == Z_OK && s->z.avail_in == 0 && s->z.avail_out > 0)) return Z_BUF_ERROR;
    }
    return code;
}

/* A gzip body may have several members; what follows the last one and is none is passed over, as gzip does. */
static int run_members(squeezed *s) {
    int code = run(s);
    while (code == Z_STREAM_END && s->z.avail_in >= 2 && s->z.next_in[0] == 0x1F && s->z.next_in[1] == 0x8B) {
        inflateReset(&s->z);
        code = run(s);
    }
    return code;
}

static bool inflate_as(squeezed *s, gk_str body, int window_bits) {
    gk_buf_clear(s->out);
    s->z = (z_stream){.next_in = (unsigned char *)(uintptr_t)body.ptr, .avail_in = (unsigned)body.len};
    s->why = GK_OUTCOME_BAD_ENCODING;
    if (inflateInit2(&s->z, window_bits) != Z_OK) return false;
    int code = window_bits > MAX_WBITS ? run_members(s) : run(s);
    inflateEnd(&s->z);
    return code == Z_STREAM_END;
}

static bool read_gzip(squeezed *s, gk_str body) { return inflate_as(s, body, 16 + MAX_WBITS); }

/* "deflate" is a zlib stream, and a bare one from servers that took the name at its word. */
static bool read_deflate(squeezed *s, gk_str body) {
    if (inflate_as(s, body, MAX_WBITS)) return true;
    return s->why != GK_OUTCOME_TOO_LARGE && inflate_as(s, body, -MAX_WBITS);
}

static const struct coding {
    const char *name;
    bool (*read)(squeezed *s, gk_str body);
} codings[] = {{"gzip", read_gzip}, {"x-gzip", read_gzip}, {"deflate", read_deflate}};

/* ---- all of them ---- */

static const struct coding *find_coding(gk_str name) {
    for (size_t i = 0; i < sizeof codings / sizeof *codings; i++)
        if (is_name(name, codings[i].name)) return &codings[i];
    return NULL;
}

/* The codings in the order in which they were applied; false: one that is not known, or too many. */
static bool list_codings(gk_str value, const struct coding *list[MOST_CODINGS], size_t *count) {
    *count = 0;
    for (size_t at = 0, end; at < value.len; at = end + 1) {
        size_t comma = gk_str_find(gk_str_slice(value, at, value.len), GK_STR(","));
        end = comma == SIZE_MAX ? value.len : at + comma;
        gk_str name = gk_str_trim(gk_str_slice(value, at, end));
        if (!name.len || is_name(name, "identity")) continue;
        const struct coding *c = find_coding(name);
        if (!c || *count == MOST_CODINGS) return false;
        list[(*count)++] = c;
    }
    return true;
}

bool gk_fetch_decode(const gk_response *r, gk_buf *room, gk_str *body, gk_outcome *why) {
    const struct coding *list[MOST_CODINGS];
    size_t count;
    gk_outcome no_matter;
    if (!why) why = &no_matter;
    *why = GK_OUTCOME_BAD_ENCODING;
    *body = r->body;
    if (!list_codings(r->content_encoding, list, &count)) return false;
    if (count == 0 || r->body.len == 0) return *why = GK_OUTCOME_OK, true;
    gk_buf inner = {0};
    squeezed s = {.out = count == 2 ? &inner : room, .raw_bytes = r->body.len};
    bool ok = list[count - 1]->read(&s, r->body);
    if (ok && count == 2) {
        s.out = room;
        ok = list[0]->read(&s, gk_buf_str(&inner));
    }
    gk_buf_free(&inner);
    *why = ok ? GK_OUTCOME_OK : s.why;
    if (ok) *body = gk_buf_str(room);
    return ok;
}
