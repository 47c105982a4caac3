#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/digest.h"
#include "corpus/archive/field.h"
#include "corpus/archive/gzip.h"
#include "corpus/archive/warc.h"

/* Records below WORTH bytes are not deflated: a request would save 200 bytes and take as long as all the rest of it. */
enum { POOL = 4096, WORTH = 1024 };

struct gk_warc_writer {
    gk_squeezer *squeezer; /* NULL: plain */
    bool v10;
    gk_buf record; /* the one that is written */
    unsigned char random[POOL];
    size_t random_left;
};

static const struct {
    const char *name, *content_type;
} TYPES[] = {[GK_WARC_WARCINFO] = {"warcinfo", "application/warc-fields"},
             [GK_WARC_REQUEST] = {"request", "application/http;msgtype=request"},
             [GK_WARC_RESPONSE] = {"response", "application/http;msgtype=response"},
             [GK_WARC_REVISIT] = {"revisit", "application/http;msgtype=response"},
             [GK_WARC_METADATA] = {"metadata", "application/warc-fields"},
             [GK_WARC_RESOURCE] = {"resource", "application/octet-stream"},
             [GK_WARC_OTHER] = {"conversion", "application/octet-stream"}};

static const char *const PROFILES[] = {[GK_WARC_SAME_PAYLOAD] = "identical-payload-digest",
                                       [GK_WARC_NOT_MODIFIED] = "server-not-modified"};

gk_warc_writer *gk_warc_writer_new(bool v10, bool plain) {
    gk_warc_writer *w = gk_alloc_zero(1, sizeof *w);
    w->v10 = v10;
    w->squeezer = plain ? NULL : gk_squeezer_new();
    return w;
}

void gk_warc_writer_free(gk_warc_writer *w) {
    if (!w) return;
    gk_squeezer_free(w->squeezer);
    gk_buf_free(&w->record);
    free(w);
}

static void draw(gk_warc_writer *w) {
    FILE *f = fopen("/dev/urandom", "rb");
    size_t n = f ? fread(w->random, 1, sizeof w->random, f) : 0;
    if (f) fclose(f);
    if (n != sizeof w->random) abort(); /* ids that repeat would join records that have nothing to do with each other */
    w->random_left = sizeof w->random;
}

void gk_warc_new_id(gk_warc_writer *w, unsigned char id[GK_WARC_ID_BYTES]) {
    if (w->random_left < GK_WARC_ID_BYTES) draw(w);
    w->random_left -= GK_WARC_ID_BYTES;
    memcpy(id, w->random + w->random_left, GK_WARC_ID_BYTES);
    id[6] = (unsigned char)((id[6] & 0x0F) | 0x40);
    id[8] = (unsigned char)((id[8] & 0x3F) | 0x80);
}

gk_str gk_warc_id_text(const unsigned char *id, char room[GK_WARC_ID_TEXT]) {
    static const char hex[] = "0123456789abcdef";
    char *at = room;
    memcpy(at, "urn:uuid:", 9);
    at += 9;
    for (size_t i = 0; i < GK_WARC_ID_BYTES; i++) {
        if (i == 4 || i == 6 || i == 8 || i == 10) *at++ = '-';
        *at++ = hex[id[i] >> 4];
        *at++ = hex[id[i] & 15];
    }
    *at = '\0';
    return (gk_str){room, (size_t)(at - room)};
}

/* The answers of a crawl come thousands in a second: the text of the last one is kept. */
gk_str gk_warc_date(int64_t ms, char room[GK_WARC_DATE_TEXT]) {
    enum { YEAR = sizeof "0000-" - 1 };
    static const int64_t first = -62167219200, last = 253402300799; /* 0000-01-01 and 9999-12-31, in seconds */
    static _Thread_local int64_t kept = INT64_MIN;
    static _Thread_local char text[GK_WARC_DATE_TEXT];
    int64_t second = ms / 1000 - (ms % 1000 < 0);
    second = second < first ? first : second > last ? last : second;
    if (second != kept) {
        time_t at = (time_t)second;
        struct tm tm;
        gmtime_r(&at, &tm);
        snprintf(text, sizeof text, "%04u-", (unsigned)(tm.tm_year + 1900));
        strftime(text + YEAR, sizeof text - YEAR, "%m-%dT%H:%M:%SZ", &tm);
        kept = second;
    }
    memcpy(room, text, sizeof text);
    return gk_str_of(room);
}

#define PUT(out, name, value) gk_field_put((out), GK_STR(name), (value), GK_STR("\r\n"))
#define PUT_ID(out, name, value) gk_field_put((out), GK_STR(name "<"), (value), GK_STR(">\r\n"))

static void put_profile(const gk_warc_writer *w, gk_warc_profile profile, gk_buf *out) {
    if (profile == GK_WARC_NO_PROFILE) return;
    gk_buf_put(out, GK_STR("WARC-Profile: http://netpreserve.org/warc/"));
    gk_buf_put(out, w->v10 ? GK_STR("1.0/revisit/") : GK_STR("1.1/revisit/"));
    gk_buf_put(out, gk_str_of(PROFILES[profile]));
    gk_buf_put(out, GK_STR("\r\n"));
}

static void put_block_digest(const gk_warc_record *r, gk_buf *out) {
    char hex[65];
    gk_sha256 h;
    gk_sha256_init(&h);
    gk_sha256_add(&h, r->head);
    gk_sha256_add(&h, r->payload);
    gk_sha256_hex(&h, hex);
    PUT(out, "WARC-Block-Digest: sha256:", gk_str_of(hex));
}

static void put_headers(gk_warc_writer *w, const gk_warc_record *r, gk_buf *out) {
    unsigned char id[GK_WARC_ID_BYTES];
    char text[GK_WARC_ID_TEXT];
    if (!r->id.len) gk_warc_new_id(w, id);
    gk_buf_put(out, w->v10 ? GK_STR("WARC/1.0\r\n") : GK_STR("WARC/1.1\r\n"));
    PUT(out, "WARC-Type: ", gk_str_of(TYPES[r->type].name));
    PUT_ID(out, "WARC-Record-ID: ", r->id.len ? r->id : gk_warc_id_text(id, text));
    PUT(out, "WARC-Date: ", r->date);
    PUT(out, "WARC-Filename: ", r->filename);
    PUT(out, "WARC-Target-URI: ", r->target);
    PUT(out, "WARC-IP-Address: ", r->address);
    PUT(out, "WARC-Protocol: ", r->protocol);
    PUT_ID(out, "WARC-Concurrent-To: ", r->concurrent_to);
    put_profile(w, r->profile, out);
    PUT_ID(out, "WARC-Refers-To: ", r->refers_to);
    PUT(out, "WARC-Refers-To-Target-URI: ", r->refers_to_target);
    PUT(out, "WARC-Refers-To-Date: ", r->refers_to_date);
    PUT(out, "WARC-Truncated: ", r->truncated);
    PUT(out, "WARC-Identified-Payload-Type: ", r->payload_type);
    PUT(out, "WARC-Payload-Digest: sha256:", r->payload_digest);
    put_block_digest(r, out);
    PUT(out, "Content-Type: ", r->content_type.len ? r->content_type : gk_str_of(TYPES[r->type].content_type));
    gk_buf_put(out, GK_STR("Content-Length: "));
    gk_buf_put_number(out, r->head.len + r->payload.len);
    gk_buf_put(out, GK_STR("\r\n\r\n"));
}

void gk_warc_write(gk_warc_writer *w, const gk_warc_record *r, gk_buf *out) {
    gk_buf *to = w->squeezer ? &w->record : out;
    if (w->squeezer) gk_buf_clear(to);
    put_headers(w, r, to);
    gk_buf_put(to, r->head);
    gk_buf_put(to, r->payload);
    gk_buf_put(to, GK_STR("\r\n\r\n"));
    if (w->squeezer) gk_squeeze(w->squeezer, gk_buf_str(to), to->len >= WORTH && !gk_squeezed(r->payload), out);
}
