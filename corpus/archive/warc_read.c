/* Reading WARC files, also those of other writers and damaged ones. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/limits.h"
#include "corpus/archive/http.h"
#include "corpus/archive/inflate.h"
#include "corpus/archive/sha.h"
#include "corpus/archive/warc.h"

/* Behind the first damages every byte is looked at for the next record; after MOST_PATIENCE of them what was read in vain is
 * passed over, so that a hostile file costs no more than its length. */
enum { MAGIC_BYTES = 5, MOST_DIGITS = 18, MOST_PATIENCE = 64 };

struct gk_warc_reader {
    gk_window window;
    gk_inflater *inflater;
    char *path;
    gk_buf member;   /* the bytes of one gzip member, or of one plain record */
    size_t used;     /* of it, by the records that were given */
    uint64_t offset, length; /* of it in the file */
    uint64_t size;   /* of the file */
    unsigned damages;
    bool gzip;       /* it was a gzip member that was read last */
};

static gk_code fault(const gk_warc_reader *r, uint64_t offset, gk_err *err) {
    gk_err_file(err, gk_str_of(r->path));
    if (err) err->offset = offset;
    return err ? err->code : GK_E_FORMAT;
}

gk_warc_reader *gk_warc_of(int fd, const char *path, uint64_t offset) {
    gk_warc_reader *r = gk_alloc_zero(1, sizeof *r);
    size_t len = strlen(path) + 1;
    r->path = memcpy(gk_alloc(len), path, len);
    r->window.fd = fd;
    struct stat st;
    r->size = fstat(fd, &st) == 0 && S_ISREG(st.st_mode) ? (uint64_t)st.st_size : UINT64_MAX;
    r->inflater = gk_inflater_new();
    gk_window_seek(&r->window, offset);
    return r;
}

gk_warc_reader *gk_warc_open(const char *path, uint64_t offset, gk_err *err) {
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd >= 0) return gk_warc_of(fd, path, offset);
    gk_err_set(err, GK_E_OPEN, "%s", strerror(errno));
    gk_err_file(err, gk_str_of(path));
    return NULL;
}

void gk_warc_close(gk_warc_reader *r) {
    if (!r) return;
    close(r->window.fd);
    gk_inflater_free(r->inflater);
    gk_buf_free(&r->member);
    free(r->path);
    free(r);
}

/* ---- one record */

static bool same(gk_str a, const char *z) { return a.len == strlen(z) && strncasecmp(a.ptr, z, a.len) == 0; }

static gk_str bare(gk_str id) {
    return id.len > 1 && id.ptr[0] == '<' && id.ptr[id.len - 1] == '>' ? gk_str_slice(id, 1, id.len - 1) : id;
}

static gk_warc_type type_of(gk_str name) {
    static const char *const names[] = {"warcinfo", "request", "response", "revisit", "metadata", "resource"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (same(name, names[i])) return (gk_warc_type)i;
    return GK_WARC_OTHER;
}

static gk_warc_profile profile_of(gk_str url) {
    if (gk_str_ends(url, GK_STR("/identical-payload-digest"))) return GK_WARC_SAME_PAYLOAD;
    return gk_str_ends(url, GK_STR("/server-not-modified")) ? GK_WARC_NOT_MODIFIED : GK_WARC_NO_PROFILE;
}

static bool read_length(gk_str digits, uint64_t *length) {
    *length = 0;
    if (!digits.len || digits.len > MOST_DIGITS) return false;
    for (size_t i = 0; i < digits.len; i++) {
        if (digits.ptr[i] < '0' || digits.ptr[i] > '9') return false;
        *length = *length * 10 + (uint64_t)(digits.ptr[i] - '0');
    }
    return true;
}

static void read_fields(gk_str head, gk_warc_record *out) {
    *out = (gk_warc_record){.type = type_of(gk_http_header(head, "WARC-Type"))};
    out->profile = profile_of(gk_http_header(head, "WARC-Profile"));
    out->id = bare(gk_http_header(head, "WARC-Record-ID"));
    out->date = gk_http_header(head, "WARC-Date");
    out->target = bare(gk_http_header(head, "WARC-Target-URI"));
    out->content_type = gk_http_header(head, "Content-Type");
    out->payload_digest = gk_http_header(head, "WARC-Payload-Digest");
    out->payload_type = gk_http_header(head, "WARC-Identified-Payload-Type");
    out->concurrent_to = bare(gk_http_header(head, "WARC-Concurrent-To"));
    out->refers_to = bare(gk_http_header(head, "WARC-Refers-To"));
    out->refers_to_target = bare(gk_http_header(head, "WARC-Refers-To-Target-URI"));
    out->refers_to_date = gk_http_header(head, "WARC-Refers-To-Date");
    out->address = gk_http_header(head, "WARC-IP-Address");
    out->protocol = gk_http_header(head, "WARC-Protocol");
    out->truncated = gk_http_header(head, "WARC-Truncated");
    out->filename = gk_http_header(head, "WARC-Filename");
}

/* Whether a digest that is given is the one of the parts. Those of other kinds than SHA-256 are not looked at. */
static bool digest_holds(gk_str given, const gk_str *parts, size_t count) {
    unsigned char want[GK_SHA_BYTES], have[GK_SHA_BYTES];
    if (given.len < 7 || strncasecmp(given.ptr, "sha256:", 7) != 0) return true;
    if (!gk_sha_read(given, want)) return false;
    gk_sha_of(parts, count, have);
    return memcmp(want, have, sizeof want) == 0;
}

static const char *check_digests(gk_str head, const gk_warc_record *r) {
    gk_str parts[] = {r->head, r->payload};
    if (!digest_holds(gk_http_header(head, "WARC-Block-Digest"), parts, 2)) return "the block does not have its digest";
    /* Writers do not agree whether the payload has its chunks; a revisit has the digest of somebody else's payload. */
    bool looked_at = r->type != GK_WARC_REVISIT && !gk_http_chunked(r->head);
    if (looked_at && !digest_holds(r->payload_digest, &r->payload, 1)) return "the payload does not have its digest";
    return NULL;
}

static void split_block(gk_str block, gk_warc_record *out) {
    bool http = gk_str_starts(out->content_type, GK_STR("application/http"));
    size_t head = http ? gk_http_head(block) : 0;
    out->head = gk_str_slice(block, 0, head);
    out->payload = gk_str_slice(block, head, block.len);
}

/* The length of a record whose headers stand in `bytes`, without the two line ends behind it; false where it is none. */
static bool measure(gk_str bytes, size_t *head, uint64_t *block, const char **why) {
    *head = gk_http_head(bytes);
    *why = "there is no record where one should begin";
    if (!gk_str_starts(bytes, GK_STR("WARC/"))) return false;
    gk_str fields = gk_str_slice(bytes, 0, *head);
    *why = "a record without length, type or id";
    if (!gk_http_header(fields, "WARC-Type").len || !gk_http_header(fields, "WARC-Record-ID").len) return false;
    return read_length(gk_http_header(fields, "Content-Length"), block);
}

/* Gives the next record of the member. */
static gk_code give(gk_warc_reader *r, gk_warc_record *out, gk_err *err) {
    gk_str rest = gk_str_slice(gk_buf_str(&r->member), r->used, r->member.len);
    size_t head;
    uint64_t block;
    const char *why;
    if (!measure(rest, &head, &block, &why)) return gk_err_set(err, GK_E_FORMAT, "%s", why), fault(r, r->offset, err);
    if (block > rest.len - head) return gk_err_set(err, GK_E_FORMAT, "the record is cut off"), fault(r, r->offset, err);
    size_t end = head + (size_t)block;
    gk_str fields = gk_str_slice(rest, 0, head);
    read_fields(fields, out);
    split_block(gk_str_slice(rest, head, end), out);
    while (end < rest.len && (rest.ptr[end] == '\r' || rest.ptr[end] == '\n')) end++;
    r->used += end;
    why = check_digests(fields, out);
    return why ? (gk_err_set(err, GK_E_FORMAT, "%s", why), fault(r, r->offset, err)) : GK_OK;
}

/* ---- the next member or plain record */

static bool is_gzip(gk_str at) { return at.len > 2 && memcmp(at.ptr, "\x1f\x8b\x08", 3) == 0; }

static gk_code load_gzip(gk_warc_reader *r, gk_err *err) {
    gk_code code = gk_inflate_member(r->inflater, &r->window, 0, &r->member, err);
    r->length = gk_window_offset(&r->window) - r->offset;
    return code == GK_OK ? GK_OK : fault(r, r->offset, err);
}

/* Copies bytes of the window until the member has `want`. */
static bool fill(gk_warc_reader *r, size_t want) {
    while (r->member.len < want) {
        gk_str in = gk_window_peek(&r->window, 1);
        if (!in.len) return false;
        gk_str part = gk_str_slice(in, 0, want - r->member.len);
        gk_buf_put(&r->member, part);
        r->window.used += part.len;
    }
    return true;
}

/* Headers are read in small steps, so that what is behind them stays in the window. */
static gk_code load_plain(gk_warc_reader *r, gk_err *err) {
    size_t head = 0;
    uint64_t block = 0;
    const char *why = "the headers of the record do not end";
    while (head == r->member.len && head < GK_MAX_HEADER_BYTES) {
        const char *at;
        gk_str in = gk_window_peek(&r->window, 1);
        if (!in.len) break;
        at = memchr(in.ptr, '\n', in.len);
        gk_str part = gk_str_slice(in, 0, at ? (size_t)(at - in.ptr) + 1 : in.len);
        gk_buf_put(&r->member, part);
        r->window.used += part.len;
        bool blank = at && (part.len == 1 || (part.len == 2 && part.ptr[0] == '\r'));
        if (blank) break;
        head = r->member.len;
    }
    if (!measure(gk_buf_str(&r->member), &head, &block, &why))
        return gk_err_set(err, GK_E_FORMAT, "%s", why), fault(r, r->offset, err);
    if (block > GK_MAX_DECODED_BYTES)
        return gk_err_set(err, GK_E_LIMIT, "a record of more than %u bytes", GK_MAX_DECODED_BYTES), fault(r, r->offset, err);
    if (block > r->size - r->offset || !fill(r, head + (size_t)block))
        return gk_err_set(err, GK_E_FORMAT, "the file ends inside the record"), fault(r, r->offset, err);
    for (gk_str in = gk_window_peek(&r->window, 4); in.len && (*in.ptr == '\r' || *in.ptr == '\n');) {
        r->window.used++;
        in = gk_window_peek(&r->window, 1);
    }
    r->length = gk_window_offset(&r->window) - r->offset;
    return GK_OK;
}

/* Whether a member, or in a plain file a record, begins here: stored members show their records as they are. */
static bool begins(gk_warc_reader *r) {
    gk_str at = gk_window_peek(&r->window, MAGIC_BYTES);
    if (!r->gzip) return gk_str_starts(at, GK_STR("WARC/"));
    if (!is_gzip(at)) return false;
    gk_err ignored = {0};
    uint64_t offset = gk_window_offset(&r->window);
    gk_buf_clear(&r->member);
    gk_inflate_member(r->inflater, &r->window, MAGIC_BYTES, &r->member, &ignored);
    gk_window_seek(&r->window, offset);
    return gk_str_starts(gk_buf_str(&r->member), GK_STR("WARC/"));
}

/* Moves to the next place behind a damaged record where one begins, or to the end. */
static void find_next(gk_warc_reader *r) {
    r->member.max = MAGIC_BYTES;
    if (r->damages++ < MOST_PATIENCE) gk_window_seek(&r->window, r->offset + 1);
    while (gk_window_peek(&r->window, MAGIC_BYTES).len && !begins(r))
        gk_window_seek(&r->window, gk_window_offset(&r->window) + 1);
    gk_buf_clear(&r->member);
    r->used = 0;
}

static gk_code load(gk_warc_reader *r, gk_err *err) {
    gk_buf_clear(&r->member);
    r->member.max = GK_MAX_DECODED_BYTES;
    r->used = 0;
    r->length = 0;
    r->offset = gk_window_offset(&r->window);
    gk_str at = gk_window_peek(&r->window, 3);
    if (r->window.failed) return gk_err_set(err, GK_E_OPEN, "%s", strerror(r->window.error)), fault(r, r->offset, err);
    if (!at.len) return GK_OK;
    r->gzip = is_gzip(at) || (r->gzip && !gk_str_starts(at, GK_STR("WARC/"))); /* among members, a damaged one is meant */
    gk_code code = r->gzip ? load_gzip(r, err) : load_plain(r, err);
    if (code != GK_OK) find_next(r);
    return code;
}

gk_code gk_warc_next(gk_warc_reader *r, gk_warc_record *out, uint64_t *offset, uint64_t *length, gk_err *err) {
    gk_err own = {0};
    gk_code code = GK_OK;
    *out = (gk_warc_record){.type = GK_WARC_OTHER};
    if (r->used >= r->member.len) code = load(r, &own);
    if (offset) *offset = r->offset;
    if (code == GK_OK && r->member.len) {
        code = give(r, out, &own);
        bool lost = code != GK_OK && !out->id.len; /* where its length is not known, the next one is looked for */
        if (lost) find_next(r);
    }
    if (length) *length = r->length;
    if (code != GK_OK && err) *err = own;
    return code;
}

bool gk_warc_begins(gk_warc_reader *r) {
    r->gzip = is_gzip(gk_window_peek(&r->window, MAGIC_BYTES));
    r->member.max = MAGIC_BYTES;
    bool is = begins(r);
    gk_buf_clear(&r->member);
    return is;
}
