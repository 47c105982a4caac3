#include "read/zip.h"

#include <archive.h>
#include <archive_entry.h>
#include <stdlib.h>

#include "base/limits.h"

/* ---- looking without decoding */

static uint32_t u16_at(gk_str s, size_t at) {
    const unsigned char *p = (const unsigned char *)s.ptr + at;
    return p[0] | (uint32_t)p[1] << 8;
}

static uint32_t u32_at(gk_str s, size_t at) { return u16_at(s, at) | u16_at(s, at + 2) << 16; }

bool gk_zip_is(gk_str bytes) { return gk_str_starts(bytes, GK_STR("PK\x03\x04")); }

static char plain(char c) { return c == '\\' ? '/' : c >= 'A' && c <= 'Z' ? (char)(c + 32) : c; }

static bool begins(gk_str name, const char *head) {
    size_t i = 0;
    for (; head[i] && i < name.len; i++)
        if (plain(name.ptr[i]) != plain(head[i])) return false;
    return !head[i];
}

bool gk_zip_same(gk_str a, gk_str b) {
    if (a.len != b.len) return false;
    for (size_t i = 0; i < a.len; i++)
        if (plain(a.ptr[i]) != plain(b.ptr[i])) return false;
    return true;
}

/* Where the central directory starts; SIZE_MAX where its end record is missing (it stands in the last 64 KiB). */
static size_t directory(gk_str s) {
    enum { END_BYTES = 22, MOST_COMMENT = 65535 };
    if (s.len < END_BYTES) return SIZE_MAX;
    size_t last = s.len - END_BYTES, first = last > MOST_COMMENT ? last - MOST_COMMENT : 0;
    for (size_t at = last + 1; at-- > first;)
        if (memcmp(s.ptr + at, "PK\x05\x06", 4) == 0) return u32_at(s, at + 16);
    return SIZE_MAX;
}

static bool directory_has(gk_str s, size_t at, const char *head) {
    enum { ENTRY_BYTES = 46 };
    while (at < s.len && s.len - at >= ENTRY_BYTES && memcmp(s.ptr + at, "PK\x01\x02", 4) == 0) {
        size_t name = u16_at(s, at + 28), rest = u16_at(s, at + 30) + (size_t)u16_at(s, at + 32);
        if (begins(gk_str_slice(s, at + ENTRY_BYTES, at + ENTRY_BYTES + name), head)) return true;
        at += ENTRY_BYTES + name + rest;
    }
    return false;
}

static bool heads_have(gk_str s, const char *head) {
    enum { HEAD_BYTES = 30 };
    for (size_t at = 0; at < s.len && s.len - at > HEAD_BYTES;) {
        const char *mark = memchr(s.ptr + at, 'P', s.len - at - HEAD_BYTES);
        if (!mark) return false;
        at = (size_t)(mark - s.ptr);
        size_t name = memcmp(mark, "PK\x03\x04", 4) == 0 ? u16_at(s, at + 26) : 0;
        if (name && begins(gk_str_slice(s, at + HEAD_BYTES, at + HEAD_BYTES + name), head)) return true;
        at++;
    }
    return false;
}

bool gk_zip_has(gk_str bytes, const char *head) {
    if (!gk_zip_is(bytes)) return false;
    size_t at = directory(bytes);
    if (at < bytes.len && bytes.len - at > 4 && memcmp(bytes.ptr + at, "PK\x01\x02", 4) == 0)
        return directory_has(bytes, at, head);
    return heads_have(bytes, head);
}

/* ---- decoding */

gk_code gk_zip_fault(struct archive *a, gk_err *err) {
    const char *why = archive_error_string(a);
    return gk_err_set(err, GK_E_FORMAT, "the container is damaged: %s", why ? why : "it ends early");
}

static gk_code too_much(size_t packed, uint64_t total, gk_err *err) {
    if (total > GK_MAX_DECODED_BYTES)
        return gk_err_set(err, GK_E_LIMIT, "the members have more than %u bytes (GK_MAX_DECODED_BYTES)",
                          GK_MAX_DECODED_BYTES);
    if (total > GK_FREE_DECODED_BYTES && total / GK_MAX_DECODED_RATIO > packed)
        return gk_err_set(err, GK_E_LIMIT, "the members have more than %u times the bytes of the container "
                          "(GK_MAX_DECODED_RATIO)", GK_MAX_DECODED_RATIO);
    return GK_OK;
}

gk_code gk_zip_decode(struct archive *a, size_t packed, uint64_t *total, gk_buf *out, gk_err *err) {
    enum { PIECE = 64 * 1024 };
    for (;;) {
        la_ssize_t n = archive_read_data(a, gk_buf_room(out, PIECE), PIECE);
        if (n < 0) return gk_zip_fault(a, err);
        if (n == 0) return GK_OK;
        out->len += (size_t)n;
        *total += (uint64_t)n;
        gk_code code = too_much(packed, *total, err);
        if (code != GK_OK) return code;
    }
}

/* The name with '/' between folders and none before them. */
static gk_str name_of(gk_zip *zip, struct archive_entry *entry) {
    const char *path = archive_entry_pathname(entry);
    gk_str s = gk_arena_dup(&zip->names, gk_str_of(path ? path : ""));
    for (size_t i = 0; i < s.len; i++)
        if (s.ptr[i] == '\\') ((char *)s.ptr)[i] = '/';
    while (s.len && s.ptr[0] == '/') s = gk_str_slice(s, 1, s.len);
    return gk_str_slice(s, 0, GK_MAX_NAME_BYTES);
}

static gk_code take(gk_zip *zip, struct archive *a, gk_str name, size_t packed, uint64_t *total, gk_err *err) {
    gk_buf data = {0};
    gk_code code = gk_zip_decode(a, packed, total, &data, err);
    if (code == GK_OK) *gk_vec_push(&zip->parts) = (gk_part){name, data.len ? gk_buf_str(&data) : GK_STR("")};
    if (code != GK_OK || !data.len) gk_buf_free(&data);
    return code;
}

/* A damaged member ends the reading, but not without what stands before it. */
static gk_code stop(gk_zip *zip, gk_err *err) {
    if (!zip->parts.len || err->code != GK_E_FORMAT) return err->code;
    zip->cut = true;
    zip->fault = *err;
    *err = (gk_err){0};
    return GK_OK;
}

static gk_code take_all(gk_zip *zip, struct archive *a, bool (*want)(gk_str name), size_t packed, gk_err *err) {
    struct archive_entry *entry;
    uint64_t total = 0;
    gk_code code = GK_OK;
    for (size_t members = 0; code == GK_OK; members++) {
        int status = archive_read_next_header(a, &entry);
        if (status == ARCHIVE_EOF) return GK_OK;
        if (status < ARCHIVE_WARN) return gk_zip_fault(a, err), stop(zip, err);
        if (members == GK_MAX_MEMBERS)
            return gk_err_set(err, GK_E_LIMIT, "the container has more than %u members (GK_MAX_MEMBERS)", GK_MAX_MEMBERS);
        if (archive_entry_is_data_encrypted(entry))
            return gk_err_set(err, GK_E_ENCRYPTED, "the members of the container are encrypted");
        gk_str name = name_of(zip, entry);
        if (want(name)) code = take(zip, a, name, packed, &total, err);
    }
    return stop(zip, err);
}

gk_code gk_zip_open(gk_str bytes, bool (*want)(gk_str name), gk_zip *out, gk_err *err) {
    gk_err own;
    if (!err) err = &own;
    *out = (gk_zip){.cut = directory(bytes) == SIZE_MAX};
    struct archive *a = archive_read_new();
    if (!a) gk_oom(0);
    archive_read_support_format_zip(a);
    gk_code code = archive_read_open_memory(a, bytes.ptr, bytes.len) == ARCHIVE_OK ? GK_OK : gk_zip_fault(a, err);
    if (code == GK_OK) code = take_all(out, a, want, bytes.len, err);
    archive_read_free(a);
    if (code != GK_OK) gk_zip_close(out);
    return code;
}

gk_str gk_zip_part(const gk_zip *zip, gk_str name) {
    for (size_t i = 0; i < zip->parts.len; i++)
        if (gk_zip_same(zip->parts.at[i].name, name)) return zip->parts.at[i].data;
    return GK_STR_NONE;
}

gk_code gk_zip_lacks(const gk_zip *zip, const char *what, gk_err *err) {
    if (!zip->cut) return gk_err_set(err, GK_E_FORMAT, "the file has no %s", what);
    const char *why = zip->fault.code != GK_OK ? zip->fault.message : "the container is damaged: its end is cut off";
    return gk_err_set(err, GK_E_FORMAT, "%s; what is left has no %s", why, what);
}

void gk_zip_note(const gk_zip *zip, gk_doc *doc) {
    if (zip->fault.code != GK_OK) gk_doc_note(doc, GK_E_FORMAT, "%s; parts are missing", zip->fault.message);
    else if (zip->cut) gk_doc_note(doc, GK_E_FORMAT, "the end of the file is cut off: parts may be missing");
}

void gk_zip_close(gk_zip *zip) {
    for (size_t i = 0; i < zip->parts.len; i++)
        if (zip->parts.at[i].data.len) free((char *)zip->parts.at[i].data.ptr);
    gk_vec_free(&zip->parts);
    gk_arena_free(&zip->names);
    *zip = (gk_zip){0};
}
