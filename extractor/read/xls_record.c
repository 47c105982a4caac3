#include "read/ole.h"
#include "read/xls.h"
#include "text/charset.h"

bool gk_xls_record_at(const gk_xls *w, size_t at, gk_xls_record *out) {
    if (at > w->stream.len || w->stream.len - at < 4) return false;
    size_t len = gk_u16(w->stream, at + 2);
    if (w->stream.len - at - 4 < len) return false;
    *out = (gk_xls_record){gk_u16(w->stream, at), gk_str_slice(w->stream, at + 4, at + 4 + len), at + 4 + len};
    return true;
}

/* Moves on to the CONTINUE record behind an exhausted one. */
static bool go_on(gk_xls_text *t) {
    while (t->at >= t->record.data.len) {
        gk_xls_record next;
        if (!gk_xls_record_at(t->w, t->record.next, &next) || next.type != XLS_CONTINUE) return false;
        t->record = next;
        t->at = 0;
    }
    return true;
}

bool gk_xls_at_end(gk_xls_text *t) { return !go_on(t); }

void gk_xls_pass(gk_xls_text *t, size_t bytes) {
    while (bytes && go_on(t)) {
        size_t here = t->record.data.len - t->at, n = bytes < here ? bytes : here;
        t->at += n;
        bytes -= n;
    }
}

uint32_t gk_xls_number(gk_xls_text *t, size_t bytes) {
    uint32_t n = 0;
    for (size_t i = 0; i < bytes && go_on(t); i++) n |= gk_u8(t->record.data, t->at++) << (8 * i);
    return n;
}

/* Appends a code unit; the two halves of a character beyond the basic plane come one after the other. */
static void put_unit(uint32_t unit, uint32_t *lead, gk_buf *out) {
    char text[4];
    uint32_t c = unit;
    if (unit >= 0xD800 && unit < 0xDC00) {
        *lead = unit;
        return;
    }
    if (unit >= 0xDC00 && unit < 0xE000) c = *lead ? 0x10000 + ((*lead - 0xD800) << 10) + (unit - 0xDC00) : 0xFFFD;
    *lead = 0;
    if (c == '\r' || c == 0 || (c < 0x20 && c != '\n' && c != '\t')) return;
    gk_buf_put(out, (gk_str){text, gk_utf8_put(text, c)});
}

void gk_xls_characters(gk_xls_text *t, size_t count, bool wide, gk_buf *out) {
    uint32_t lead = 0;
    while (count) {
        if (t->at >= t->record.data.len) {
            if (!go_on(t)) return;
            wide = gk_u8(t->record.data, t->at++) & 1;
            continue;
        }
        uint32_t unit = wide ? gk_u16(t->record.data, t->at) : gk_u8(t->record.data, t->at);
        t->at += wide ? 2 : 1;
        put_unit(unit, &lead, out);
        count--;
    }
}

/* Bytes of a code page: for Chinese workbooks that is GBK. */
static void put_bytes(gk_xls_text *t, size_t count, gk_buf *out) {
    gk_str bytes = gk_str_slice(t->record.data, t->at, t->at + count);
    gk_arena arena = {0};
    gk_decoded decoded;
    t->at += bytes.len;
    if (gk_decode(bytes, &arena, &decoded, NULL) == GK_OK) gk_buf_put(out, decoded.text);
    gk_arena_free(&arena);
}

void gk_xls_string(gk_xls_text *t, size_t length_bytes, gk_buf *out) {
    size_t count = gk_xls_number(t, length_bytes);
    if (!t->w->biff8) {
        put_bytes(t, count, out);
        return;
    }
    uint32_t flags = gk_xls_number(t, 1), runs = flags & 8 ? gk_xls_number(t, 2) : 0;
    uint32_t extra = flags & 4 ? gk_xls_number(t, 4) : 0;
    gk_xls_characters(t, count, flags & 1, out);
    gk_xls_pass(t, 4 * (size_t)runs);
    gk_xls_pass(t, extra);
}
