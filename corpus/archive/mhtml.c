#include "corpus/archive/mhtml.h"

#include <strings.h>

#include "corpus/archive/http.h"

enum { LONGEST_BOUNDARY = 70 }; /* RFC 2046, 5.1.1 */

static bool starts(gk_str s, const char *z) { return s.len >= strlen(z) && strncasecmp(s.ptr, z, strlen(z)) == 0; }

/* Offset of a word in any case; SIZE_MAX: none. */
static size_t find(gk_str s, const char *word) {
    for (size_t i = 0; i < s.len; i++)
        if (starts(gk_str_slice(s, i, s.len), word)) return i;
    return SIZE_MAX;
}

static gk_str head_of(gk_str bytes) { return gk_str_slice(bytes, 0, gk_http_head(bytes)); }

bool gk_mhtml_is(gk_str file) {
    gk_str head = head_of(gk_str_slice(file, 0, 8192));
    return starts(gk_http_header(head, "Content-Type"), "multipart/related") && gk_http_header(head, "MIME-Version").len;
}

/* The boundary stands on the line of its header or on one that goes on with it. */
static gk_str boundary_of(gk_str head) {
    size_t at = find(head, "boundary=");
    if (at == SIZE_MAX) return GK_STR_NONE;
    gk_str rest = gk_str_slice(head, at + 9, head.len);
    bool quoted = gk_str_starts(rest, GK_STR("\""));
    if (quoted) rest = gk_str_slice(rest, 1, rest.len);
    size_t len = 0;
    while (len < rest.len && !strchr(quoted ? "\"\r\n" : "; \t\r\n", rest.ptr[len])) len++;
    return len <= LONGEST_BOUNDARY ? gk_str_slice(rest, 0, len) : GK_STR_NONE;
}

/* Takes the next line off, with its line end. */
static gk_str next_line(gk_str *rest) {
    const char *end = memchr(rest->ptr, '\n', rest->len);
    size_t len = end ? (size_t)(end - rest->ptr) + 1 : rest->len;
    gk_str line = gk_str_slice(*rest, 0, len);
    *rest = gk_str_slice(*rest, len, rest->len);
    return line;
}

static bool is_boundary(gk_str line, gk_str boundary) {
    return gk_str_starts(line, GK_STR("--")) && gk_str_starts(gk_str_slice(line, 2, line.len), boundary);
}

/* Takes the next part off; false at the end. */
static bool next_part(gk_str *rest, gk_str boundary, gk_str *part) {
    const char *from = NULL;
    while (rest->len) {
        const char *at = rest->ptr;
        gk_str line = next_line(rest);
        if (!is_boundary(line, boundary)) continue;
        if (from) {
            *part = (gk_str){from, (size_t)(at - from)};
            *rest = (gk_str){at, rest->len + line.len}; /* it begins the next part as well */
            return true;
        }
        from = rest->ptr;
    }
    return false;
}

static int digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    c = (char)(c | 0x20);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* RFC 2045, 6.7: "=E5" is a byte, '=' at the end of a line joins it with the next. */
static void undo_quoted(gk_str body, gk_buf *out) {
    for (size_t i = 0; i < body.len; i++) {
        gk_str rest = gk_str_slice(body, i, i + 3);
        if (body.ptr[i] != '=') gk_buf_putc(out, body.ptr[i]);
        else if (gk_str_starts(rest, GK_STR("=\r\n"))) i += 2;
        else if (gk_str_starts(rest, GK_STR("=\n"))) i += 1;
        else if (rest.len == 3 && digit(rest.ptr[1]) >= 0 && digit(rest.ptr[2]) >= 0) {
            gk_buf_putc(out, (char)(digit(rest.ptr[1]) << 4 | digit(rest.ptr[2])));
            i += 2;
        } else gk_buf_putc(out, '=');
    }
}

static void undo_base64(gk_str body, gk_buf *out) {
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    uint32_t held = 0;
    int have = 0;
    for (size_t i = 0; i < body.len && body.ptr[i] != '='; i++) {
        const char *at = body.ptr[i] ? strchr(digits, body.ptr[i]) : NULL;
        if (!at) continue;
        held = (held << 6 | (uint32_t)(at - digits)) & 0xFFFF;
        have += 6;
        if (have < 8) continue;
        have -= 8;
        gk_buf_putc(out, (char)(held >> have));
    }
}

static void decode(gk_str coding, gk_str body, gk_buf *out) {
    if (starts(coding, "quoted-printable")) undo_quoted(body, out);
    else if (starts(coding, "base64")) undo_base64(body, out);
    else gk_buf_put(out, body);
}

bool gk_mhtml_read(gk_str file, gk_mhtml *out, gk_buf *page) {
    gk_str head = head_of(file), boundary = boundary_of(head), rest = gk_str_slice(file, head.len, file.len), part;
    *out = (gk_mhtml){.url = gk_http_header(head, "Snapshot-Content-Location")};
    while (boundary.len && next_part(&rest, boundary, &part)) {
        gk_str fields = head_of(part), type = gk_http_header(fields, "Content-Type");
        if (!starts(type, "text/html") && !starts(type, "application/xhtml")) continue;
        if (!out->url.len) out->url = gk_http_header(fields, "Content-Location");
        out->media_type = gk_str_slice(type, 0, gk_str_find(type, GK_STR(";")));
        decode(gk_http_header(fields, "Content-Transfer-Encoding"), gk_str_slice(part, fields.len, part.len), page);
        return true;
    }
    return false;
}
