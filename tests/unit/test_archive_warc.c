/* WARC files: what is written is read again, what others write is read, and damage is told and passed over. */
#include <time.h>

#include "check.h"
#include "corpus/archive/http.h"
#include "corpus/archive/sha.h"
#include "corpus/archive/warc.h"
#include "scratch.h"

#define HEAD "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"

/* sha256("hello") as sha256sum prints it, and by base32 of the same 32 bytes. */
#define HELLO_HEX "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"
#define HELLO_BASE32 "FTZE3OS7WCRQ4JXIHMVMLOPCTYNRMHS4D6TUEXTTAQZWFE4LTASA===="

static const gk_warc_record RESPONSE = {.type = GK_WARC_RESPONSE,
                                        .id = {"urn:uuid:1", 10},
                                        .date = {"2024-02-05T03:04:05Z", 20},
                                        .target = {"http://a/", 9},
                                        .head = {HEAD, sizeof HEAD - 1},
                                        .payload = {"hello", 5},
                                        .payload_digest = {HELLO_HEX, 64},
                                        .address = {"127.0.0.1", 9},
                                        .protocol = {"h2", 2}};

static void write_three(bool v10, bool plain, gk_buf *out) {
    gk_warc_writer *w = gk_warc_writer_new(v10, plain);
    gk_warc_record revisit = {.type = GK_WARC_REVISIT, .profile = GK_WARC_SAME_PAYLOAD, .date = RESPONSE.date};
    revisit.target = GK_STR("http://b/\r\nWARC-Type: x");
    revisit.head = RESPONSE.head;
    revisit.payload_digest = RESPONSE.payload_digest;
    revisit.refers_to = RESPONSE.id;
    revisit.refers_to_target = RESPONSE.target;
    revisit.refers_to_date = RESPONSE.date;
    gk_warc_record metadata = {.type = GK_WARC_METADATA, .date = RESPONSE.date, .target = GK_STR("http://a/"),
                               .head = GK_STR("text: x\r\n"), .truncated = GK_STR("length")};
    gk_warc_write(w, &RESPONSE, out);
    gk_warc_write(w, &revisit, out);
    gk_warc_write(w, &metadata, out);
    gk_warc_writer_free(w);
}

static gk_warc_reader *reader_of(gk_str bytes) {
    scratch_write(scratch_path("w"), bytes);
    return gk_warc_open(scratch_path("w"), 0, NULL);
}

static void test_round(bool v10, bool plain) {
    gk_buf bytes = {0};
    gk_warc_record r;
    uint64_t offset, length, second;
    write_three(v10, plain, &bytes);
    gk_warc_reader *reader = reader_of(gk_buf_str(&bytes));
    CHECK_INT(gk_warc_next(reader, &r, &offset, &length, NULL), GK_OK);
    CHECK_INT(r.type, GK_WARC_RESPONSE);
    CHECK_STR(r.id, "urn:uuid:1");
    CHECK_STR(r.target, "http://a/");
    CHECK_STR(r.head, HEAD);
    CHECK_STR(r.payload, "hello");
    CHECK_STR(r.payload_digest, "sha256:" HELLO_HEX);
    CHECK_STR(r.address, "127.0.0.1");
    CHECK_STR(r.protocol, "h2");
    CHECK_INT(offset, 0);
    second = length;
    CHECK_INT(gk_warc_next(reader, &r, &offset, &length, NULL), GK_OK);
    CHECK_INT(r.type, GK_WARC_REVISIT);
    CHECK_INT(r.profile, GK_WARC_SAME_PAYLOAD);
    CHECK_INT(offset, second);
    CHECK_STR(r.target, "http://b/  WARC-Type: x");
    CHECK_STR(r.refers_to, "urn:uuid:1");
    CHECK_INT(r.id.len, 45);
    CHECK_INT(gk_warc_next(reader, &r, &offset, &length, NULL), GK_OK);
    CHECK_STR(r.truncated, "length");
    CHECK_STR(r.payload, "text: x\r\n");
    CHECK_INT(offset + length, bytes.len);
    CHECK_INT(gk_warc_next(reader, &r, NULL, NULL, NULL), GK_OK);
    CHECK(r.type == GK_WARC_OTHER && !r.id.ptr);
    gk_warc_close(reader);
    if (plain) CHECK(gk_str_starts(gk_buf_str(&bytes), v10 ? GK_STR("WARC/1.0\r\n") : GK_STR("WARC/1.1\r\n")));
    gk_buf_free(&bytes);
}

/* As other programs write: digests in base32 or of another kind, angle brackets, chunks, bare line feeds. */
static void test_others(void) {
    static const char TEXT[] =
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:2>\r\nWARC-Target-URI: <http://c/>\r\n"
        "WARC-Payload-Digest: sha256:" HELLO_BASE32 "\r\nWARC-Block-Digest: sha1:AAAA\r\n"
        "content-type: application/http; msgtype=response\r\nContent-Length: 46\r\n\r\n"
        "HTTP/1.1 200 OK\r\nContent-Type: text/x\r\n\r\nhello\r\n\r\n"
        "WARC/1.0\nWARC-Type: response\nWARC-Record-ID: <urn:uuid:3>\nWARC-Payload-Digest: sha256:" HELLO_HEX "\n"
        "Content-Type: application/http\nContent-Length: 66\n\n"
        "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n3;x=y\r\nhel\r\n2\r\nlo\r\n0\r\n\n\n"
        "WARC/1.0\r\nWARC-Type: conversion\r\nWARC-Record-ID: <urn:uuid:4>\r\nContent-Length: 0\r\n\r\n\r\n\r\n";
    gk_warc_record r;
    gk_buf room = {0};
    gk_str body;
    gk_warc_reader *reader = reader_of((gk_str){TEXT, sizeof TEXT - 1});
    CHECK_INT(gk_warc_next(reader, &r, NULL, NULL, NULL), GK_OK);
    CHECK_STR(r.target, "http://c/");
    CHECK_STR(r.payload, "hello");
    CHECK_INT(gk_warc_next(reader, &r, NULL, NULL, NULL), GK_OK);
    CHECK_STR(r.id, "urn:uuid:3");
    CHECK_INT(gk_http_decode(r.head, r.payload, &room, &body, NULL), GK_OK);
    CHECK_STR(body, "hello");
    CHECK_INT(gk_warc_next(reader, &r, NULL, NULL, NULL), GK_OK);
    CHECK(r.type == GK_WARC_OTHER);
    CHECK_STR(r.id, "urn:uuid:4");
    gk_warc_close(reader);
    gk_buf_free(&room);
}

/* A byte of the middle record is turned: it is told with its place, and the last one is read. */
static void test_damage(bool plain) {
    gk_buf bytes = {0};
    gk_warc_record r;
    gk_err err = {0};
    uint64_t offset, length;
    write_three(false, plain, &bytes);
    gk_warc_reader *reader = reader_of(gk_buf_str(&bytes));
    gk_warc_next(reader, &r, NULL, &length, NULL);
    gk_warc_close(reader);
    bytes.ptr[length + (plain ? 60 : 40)] ^= 4;
    reader = reader_of(gk_buf_str(&bytes));
    CHECK_INT(gk_warc_next(reader, &r, NULL, NULL, NULL), GK_OK);
    int told = 0, metadata = 0;
    for (int i = 0; i < 3; i++) {
        gk_code code = gk_warc_next(reader, &r, &offset, NULL, &err);
        told += code != GK_OK;
        if (code != GK_OK) CHECK_INT(err.offset, length);
        metadata += code == GK_OK && r.type == GK_WARC_METADATA;
    }
    CHECK_INT(metadata, 1);
    if (!plain) CHECK_INT(told, 1);
    gk_warc_close(reader);
    for (size_t cut = bytes.len - (plain ? 5 : 1); cut > bytes.len - 20; cut--) { /* plain: the two line ends are no loss */
        reader = reader_of(gk_str_slice(gk_buf_str(&bytes), 0, cut));
        bool seen = false;
        for (int i = 0; i < 4; i++) seen |= gk_warc_next(reader, &r, NULL, NULL, &err) != GK_OK;
        CHECK(seen);
        gk_warc_close(reader);
    }
    gk_buf_free(&bytes);
}

/* Beginnings of members that are none, more of them than the reader holds at once: it ends, at the end of the file. */
static void test_false_beginnings(void) {
    gk_buf bytes = {0};
    gk_warc_record r;
    gk_err err = {0};
    uint64_t offset, last = 0, length;
    int damages = 0;
    write_three(false, false, &bytes);
    while (bytes.len < 200000) { /* 1F 8B 08 is followed by bytes that are inflated for a while */
        gk_buf_put(&bytes, (gk_str){"\x1f\x8b\x08\0\0\0\0\0\0\x03\x4b\x4c\x4a\x4e", 14});
        gk_buf_printf(&bytes, "%zu", bytes.len);
    }
    gk_warc_reader *reader = reader_of(gk_buf_str(&bytes));
    for (;;) {
        gk_code code = gk_warc_next(reader, &r, &offset, &length, &err);
        CHECK(offset >= last && offset + length <= bytes.len);
        last = offset;
        if (code == GK_OK && r.type == GK_WARC_OTHER && !r.id.ptr) break;
        damages += code != GK_OK;
    }
    CHECK(damages > 0);
    CHECK_INT(last, bytes.len);
    gk_warc_close(reader);
    gk_buf_free(&bytes);
}

static void test_digests(void) {
    unsigned char a[GK_SHA_BYTES], b[GK_SHA_BYTES];
    char text[GK_SHA_TEXT];
    CHECK(gk_sha_read(GK_STR(HELLO_HEX), a));
    CHECK(gk_sha_read(GK_STR("sha256:" HELLO_BASE32), b));
    CHECK(memcmp(a, b, sizeof a) == 0);
    CHECK_STR(gk_sha_text(b, text), HELLO_HEX);
    CHECK(!gk_sha_read(GK_STR("sha256:zz"), a));
    char wrong[] = HELLO_HEX;
    wrong[5] = 'g';
    CHECK(!gk_sha_read(gk_str_of(wrong), a));
}

static void test_http(void) {
    gk_str head = GK_STR("HTTP/1.0 404 No\r\nContent-Encoding: zstd\r\nx: y\r\n\r\n");
    gk_buf room = {0};
    gk_str body;
    gk_err err;
    CHECK_INT(gk_http_status(head), 404);
    CHECK_INT(gk_http_status(GK_STR("HTTP/1.0 4")), 0);
    CHECK_STR(gk_http_header(head, "X"), "y");
    CHECK(!gk_http_header(head, "z").ptr);
    CHECK_INT(gk_http_decode(head, GK_STR("zz"), &room, &body, &err), GK_E_FORMAT);
    CHECK_STR(gk_str_of(err.message), "the content coding \"zstd\" is not known");
    gk_str twice = GK_STR("HTTP/1.0 200 OK\r\nContent-Encoding: identity, deflate\r\n\r\n");
    gk_str bare = {"\x4b\x04\x00", 3}, zlib = {"\x78\x9c\x4b\x04\x00\x00\x62\x00\x62", 9}; /* "a" by RFC 1951 and 1950 */
    CHECK_INT(gk_http_decode(twice, bare, &room, &body, &err), GK_OK);
    CHECK_STR(body, "a");
    CHECK_INT(gk_http_decode(twice, zlib, &room, &body, &err), GK_OK);
    CHECK_STR(body, "a");
    CHECK_INT(gk_http_decode(twice, gk_str_slice(zlib, 0, 7), &room, &body, &err), GK_E_FORMAT);
    gk_buf_free(&room);
}

/* At the ends of days, of leap years and of the range. `date -u -d @SECONDS` gives the same. */
static void test_dates(void) {
    static const struct {
        int64_t ms;
        const char *want;
    } dates[] = {
        {0, "1970-01-01T00:00:00Z"},
        {999, "1970-01-01T00:00:00Z"},
        {-1, "1969-12-31T23:59:59Z"},
        {951782399999, "2000-02-28T23:59:59Z"},
        {951782400000, "2000-02-29T00:00:00Z"},
        {951868800000, "2000-03-01T00:00:00Z"},
        {1707091200123, "2024-02-05T00:00:00Z"},
        {4107542400000, "2100-03-01T00:00:00Z"},
        {253402300799999, "9999-12-31T23:59:59Z"},
        {253402300800000, "9999-12-31T23:59:59Z"},
        {INT64_MAX, "9999-12-31T23:59:59Z"},
        {-62167219200000, "0000-01-01T00:00:00Z"},
        {INT64_MIN, "0000-01-01T00:00:00Z"},
    };
    char room[GK_WARC_DATE_TEXT];
    for (size_t i = 0; i < sizeof dates / sizeof *dates; i++) {
        CHECK_STR(gk_warc_date(dates[i].ms, room), dates[i].want);
        CHECK_STR(gk_warc_date(dates[i].ms, room), dates[i].want); /* from memory */
    }
}

int main(void) {
    scratch_open();
    test_dates();
    for (int i = 0; i < 4; i++) test_round(i & 1, i & 2);
    test_others();
    test_damage(false);
    test_damage(true);
    test_false_beginnings();
    test_digests();
    test_http();
    scratch_clear(true);
    return CHECK_DONE();
}
