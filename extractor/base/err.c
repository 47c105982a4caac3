#include "base/err.h"

#include <stdarg.h>
#include <stdio.h>

static const char *const code_names[GK_CODE_COUNT] = {
    [GK_OK] = "ok",
    [GK_E_USAGE] = "usage",
    [GK_E_OPEN] = "open",
    [GK_E_BINARY] = "binary",
    [GK_E_LIMIT] = "limit",
    [GK_E_PATTERN] = "pattern",
    [GK_E_OUTPUT] = "output",
    [GK_E_FORMAT] = "format",
    [GK_E_CONVERTER] = "converter",
    [GK_E_ENCRYPTED] = "encrypted",
    [GK_E_SCANNED] = "scanned",
    [GK_E_GLYPHS] = "glyphs",
    [GK_E_CRASH] = "crash",
    [GK_E_TIMEOUT] = "timeout",
    [GK_E_INTERNAL] = "internal",
};

const char *gk_code_name(gk_code code) {
    bool known = (unsigned)code < GK_CODE_COUNT;
    return known ? code_names[code] : code_names[GK_E_INTERNAL];
}

static bool is_continuation(char c) {
    return ((unsigned char)c & 0xC0) == 0x80;
}

/* How many bytes a character with this first byte should have. */
static size_t char_bytes(unsigned char lead) {
    return lead < 0xC0 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
}

/* The length of the longest head of s that fits into `most` bytes and does not end inside a character. */
static size_t cut_at_char(gk_str s, size_t most) {
    if (s.len <= most) return s.len;
    size_t len = most;
    while (len > 0 && is_continuation(s.ptr[len])) len--;
    return len;
}

/* Copies what fits, cut at a character. Control characters become '?': the line of a hostile file must not reach a
 * terminal as commands. Tabs stay, the caret line repeats them. */
static void copy_text(char *out, size_t size, gk_str s) {
    size_t len = cut_at_char(s, size - 1);
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)s.ptr[i];
        out[i] = (c < 0x20 && c != '\t') || c == 0x7F ? '?' : (char)c;
    }
    out[len] = '\0';
}

gk_code gk_err_set(gk_err *err, gk_code code, const char *format, ...) {
    if (!err) return code;
    *err = (gk_err){.code = code};
    char message[sizeof err->message + 4];
    va_list args;
    va_start(args, format);
    int n = vsnprintf(message, sizeof message, format, args);
    va_end(args);
    if (n > 0) copy_text(err->message, sizeof err->message, gk_str_of(message));
    return code;
}

void gk_err_file(gk_err *err, gk_str file) {
    if (err) copy_text(err->file, sizeof err->file, file);
}

void gk_err_place(gk_err *err, gk_str file, gk_str source, size_t offset) {
    if (!err) return;
    if (offset > source.len) offset = source.len;
    size_t start = 0, end = offset;
    uint32_t line = 1, column = 1;
    for (size_t i = 0; i < offset; i++)
        if (source.ptr[i] == '\n') line++, start = i + 1;
    while (end < source.len && source.ptr[end] != '\n') end++;
    if (end > start && source.ptr[end - 1] == '\r' && end > offset) end--;
    for (size_t i = start; i < offset; i++) column += !is_continuation(source.ptr[i]);
    gk_err_file(err, file);
    err->line = line;
    err->column = column;
    err->offset = offset;
    copy_text(err->text, sizeof err->text, gk_str_slice(source, start, end));
}

/* Columns of one character. This floor has no Unicode data; the blocks of Han, kana, hangul and full-width forms are
 * enough to place a caret in the files of this program. */
static unsigned columns_of(uint32_t c) {
    static const struct {
        uint32_t first, last;
    } wide[] = {{0x1100, 0x115F}, {0x2E80, 0x303E}, {0x3041, 0xA4CF}, {0xAC00, 0xD7A3},   {0xF900, 0xFAFF},
                {0xFE30, 0xFE6F}, {0xFF00, 0xFF60}, {0xFFE0, 0xFFE6}, {0x1F300, 0x1FAFF}, {0x20000, 0x3FFFD}};
    for (size_t i = 0; i < sizeof wide / sizeof *wide; i++)
        if (c >= wide[i].first && c <= wide[i].last) return 2;
    return 1;
}

/* The code point of the character s starts with; damaged bytes count as themselves. */
static uint32_t code_point(gk_str s, size_t *bytes) {
    unsigned char lead = (unsigned char)s.ptr[0];
    size_t n = char_bytes(lead);
    *bytes = 1;
    if (n == 1 || n > s.len) return lead;
    uint32_t c = lead & (0x7Fu >> n);
    for (size_t i = 1; i < n; i++) {
        if (!is_continuation(s.ptr[i])) return lead;
        c = c << 6 | ((unsigned char)s.ptr[i] & 0x3F);
    }
    *bytes = n;
    return c;
}

/* The source line and a caret below its `column`-th character, both indented alike. The caret is left out where the
 * column lies behind the part of the line that was kept. */
static void put_caret(gk_str text, uint32_t column, gk_buf *out) {
    gk_buf pad = {0};
    uint32_t seen = 1;
    for (size_t at = 0, bytes; at < text.len && seen < column; at += bytes, seen++) {
        uint32_t c = code_point(gk_str_slice(text, at, text.len), &bytes);
        for (unsigned i = c == '\t' ? 1 : columns_of(c); i > 0; i--) gk_buf_putc(&pad, c == '\t' ? '\t' : ' ');
    }
    gk_buf_printf(out, "    %.*s\n", GK_STR_ARG(text));
    if (column > 0 && seen == column) gk_buf_printf(out, "    %.*s^\n", GK_STR_ARG(gk_buf_str(&pad)));
    gk_buf_free(&pad);
}

void gk_err_print(const gk_err *err, gk_buf *out) {
    if (err->file[0]) gk_buf_printf(out, "%s:", err->file);
    if (err->line) gk_buf_printf(out, "%u:", (unsigned)err->line);
    if (err->line && err->column) gk_buf_printf(out, "%u:", (unsigned)err->column);
    if (out->len && (err->file[0] || err->line)) gk_buf_putc(out, ' ');
    gk_buf_printf(out, "%s: %s\n", gk_code_name(err->code), err->message);
    if (err->text[0]) put_caret(gk_str_of(err->text), err->column, out);
}
