#include "text/charset.h"

#include <stdlib.h>
#include <unicode/ucnv.h>

#include "base/limits.h"
#include "base/wide.h"
#include "text/binary.h"
#include "text/utf8.h"

static const char replacement[] = "\xEF\xBF\xBD"; /* U+FFFD */

/* Text on its way in, and what was wrong with it. */
typedef struct decoding {
    gk_buf text;
    const char *charset;
    uint64_t damaged;  /* sequences replaced */
    uint64_t sound;    /* UTF-8: well-formed sequences of more than one byte */
    uint64_t controls; /* control characters that no text holds */
    size_t fault;      /* byte offset of the first damage or control character, SIZE_MAX: none */
} decoding;

static void note_fault(decoding *d, size_t at) {
    if (at < d->fault) d->fault = at;
}

/* ---- control characters ---- */

static bool is_control(unsigned char c) {
    return (c < 0x20 && (c < 0x09 || c > 0x0D)) || c == 0x7F;
}

/* Whether the block at p holds a control character. The loop has no branch and a constant length, so that compilers make
 * vector instructions of it. */
enum { BLOCK = 64 };
static bool has_control(const unsigned char *p) {
    unsigned char any = 0;
    for (int i = 0; i < BLOCK; i++) {
        unsigned char c = p[i], blank = (unsigned char)(c - 0x09);
        any |= ((c < 0x20) & (blank > 0x0D - 0x09)) | (c == 0x7F);
    }
    return any;
}

/* Counts control characters in UTF-8 (one byte each). */
GK_WIDE static uint64_t count_controls(gk_str s, size_t *first) {
    uint64_t count = 0;
    *first = SIZE_MAX;
    for (size_t at = 0, end; at < s.len; at = end) {
        end = s.len - at > BLOCK ? at + BLOCK : s.len;
        if (end - at == BLOCK && !has_control((const unsigned char *)s.ptr + at)) continue;
        for (size_t i = at; i < end; i++)
            if (is_control((unsigned char)s.ptr[i]) && count++ == 0) *first = i;
    }
    return count;
}

/* ---- damaged UTF-8 ---- */

/* The bytes of the maximal subpart at p (Unicode 15, 3.9, "U+FFFD Substitution of Maximal Subparts"): what of an
 * ill-formed sequence becomes one U+FFFD. */
static size_t subpart(gk_str s) {
    const unsigned char *p = (const unsigned char *)s.ptr;
    if (s.len < 2 || p[0] < 0xE0 || p[0] > 0xF4) return 1;
    char probe[4] = {(char)p[0], (char)p[1], (char)0x80, (char)0x80};
    if (!gk_utf8_valid((gk_str){probe, p[0] < 0xF0 ? 3 : 4}, NULL)) return 1;
    bool third = p[0] >= 0xF0 && s.len > 2 && (p[2] & 0xC0) == 0x80;
    return third ? 3 : 2;
}

static uint64_t count_long_sequences(gk_str s) {
    uint64_t n = 0;
    for (size_t i = 0; i < s.len; i++) n += (unsigned char)s.ptr[i] >= 0xC0;
    return n;
}

static void decode_utf8(gk_str in, decoding *d) {
    d->charset = "UTF-8";
    for (size_t at = 0, fault; at < in.len;) {
        gk_str rest = gk_str_slice(in, at, in.len);
        if (gk_utf8_valid(rest, &fault)) fault = rest.len;
        gk_str good = gk_str_slice(rest, 0, fault);
        d->sound += count_long_sequences(good);
        gk_buf_put(&d->text, good);
        at += fault;
        if (at == in.len) break;
        note_fault(d, at);
        d->damaged++;
        gk_buf_put(&d->text, (gk_str){replacement, 3});
        at += subpart(gk_str_slice(in, at, in.len));
    }
}

/* ---- converters of ICU ---- */

static void replace_and_count(const void *context, UConverterToUnicodeArgs *args, const char *unit, int32_t length,
                              UConverterCallbackReason reason, UErrorCode *status) {
    if (reason > UCNV_IRREGULAR) return;
    static const UChar sign = 0xFFFD;
    uint64_t *damaged = *(uint64_t *const *)context;
    (void)unit, (void)length;
    ++*damaged;
    *status = U_ZERO_ERROR;
    ucnv_cbToUWriteUChars(args, &sign, 1, 0, status);
}

/* Appends UTF-16 as UTF-8; a leading surrogate at the end of a chunk waits in *lead. */
static void put_utf16(decoding *d, const UChar *from, size_t count, UChar *lead) {
    char *out = gk_buf_room(&d->text, count * 3 + 3);
    if (!out) return;
    const char *start = out;
    for (size_t i = 0; i < count; i++) {
        uint32_t c = from[i];
        if (U16_IS_LEAD(c)) {
            *lead = from[i];
            continue;
        }
        if (U16_IS_TRAIL(c)) c = U16_GET_SUPPLEMENTARY(*lead, c);
        d->controls += (c < 0x80 && is_control((unsigned char)c)) || (c >= 0x80 && c < 0xA0);
        out += gk_utf8_put(out, c);
    }
    d->text.len += (size_t)(out - start);
    d->text.ptr[d->text.len] = '\0';
}

/* Decodes with a converter of ICU. The offset of the first fault is exact to a chunk of input. */
static bool decode_icu(const char *name, gk_str in, decoding *d) {
    enum { CHUNK = 4096 };
    UErrorCode status = U_ZERO_ERROR;
    UConverter *converter = ucnv_open(name, &status);
    uint64_t *damaged = &d->damaged;
    ucnv_setToUCallBack(converter, replace_and_count, &damaged, NULL, NULL, &status);
    const char *from = in.ptr, *end = in.ptr + in.len;
    UChar lead = 0;
    d->charset = name;
    for (bool more = U_SUCCESS(status); more;) {
        UChar out[CHUNK], *to = out;
        const char *before = from, *stop = end - from > CHUNK ? from + CHUNK : end;
        uint64_t faults = d->damaged + d->controls;
        status = U_ZERO_ERROR;
        ucnv_toUnicode(converter, &to, out + CHUNK, &from, stop, NULL, stop == end, &status);
        put_utf16(d, out, (size_t)(to - out), &lead);
        if (d->damaged + d->controls > faults) note_fault(d, (size_t)(before - in.ptr));
        more = status == U_BUFFER_OVERFLOW_ERROR || (U_SUCCESS(status) && from < end);
    }
    if (converter) ucnv_close(converter);
    return U_SUCCESS(status);
}

/* ---- the decision ---- */

static gk_code refuse_binary(gk_err *err, const char *what, size_t offset) {
    gk_err_set(err, GK_E_BINARY, "this is not text but %s", what);
    if (err) err->offset = offset;
    return GK_E_BINARY;
}

static gk_code refuse_long(gk_err *err) {
    return gk_err_set(err, GK_E_LIMIT, "the text is longer than GK_MAX_TEXT_BYTES (%u bytes)", GK_MAX_TEXT_BYTES);
}

/* More than a tenth of control characters and damage is no text. */
static gk_code judge(const decoding *d, size_t bytes, gk_err *err) {
    if ((d->controls + d->damaged) * 10 <= bytes) return GK_OK;
    return refuse_binary(err, "unknown data: a tenth of it is control characters or no character at all",
                         d->fault == SIZE_MAX ? 0 : d->fault);
}

/* Hands the decoded text to the arena. */
static gk_code finish(decoding *d, size_t bytes, gk_arena *arena, gk_decoded *out, gk_err *err) {
    gk_code code = d->text.over ? refuse_long(err) : judge(d, bytes, err);
    if (code == GK_OK)
        *out = (gk_decoded){
            .text = gk_arena_dup(arena, gk_buf_str(&d->text)), .charset = d->charset, .damaged = d->damaged};
    gk_buf_free(&d->text);
    return code;
}

static decoding fresh(void) {
    return (decoding){.text = {.max = GK_MAX_TEXT_BYTES}, .fault = SIZE_MAX};
}

static gk_code decode_with(const char *name, gk_str in, gk_arena *arena, gk_decoded *out, gk_err *err) {
    decoding d = fresh();
    if (decode_icu(name, in, &d)) return finish(&d, in.len, arena, out, err);
    gk_buf_free(&d.text);
    return gk_err_set(err, GK_E_INTERNAL, "ICU cannot decode %s", name);
}

static gk_code borrow_utf8(gk_str in, gk_decoded *out, gk_err *err) {
    decoding d = fresh();
    d.controls = count_controls(in, &d.fault);
    gk_code code = judge(&d, in.len, err);
    if (code == GK_OK) *out = (gk_decoded){.text = in, .charset = "UTF-8"};
    return code;
}

/* Neither encoding can be told for sure. Worked example: the UTF-8 text 中文, cut to five bytes, is also the GBK text
 * 涓 and a stray pair, with no damage at all, and the whole of a long text would be lost to such a cut. So UTF-8 wins
 * where its well-formed sequences outnumber the faults four to one, which GBK text never reaches; else the one with
 * less damage. */
static gk_code decode_unsure(gk_str in, bool marked, gk_arena *arena, gk_decoded *out, gk_err *err) {
    decoding utf8 = fresh(), gb = fresh();
    decode_utf8(in, &utf8);
    if (marked || utf8.sound >= 4 * utf8.damaged || !decode_icu("GB18030", in, &gb) || gb.damaged >= utf8.damaged) {
        size_t control;
        gk_buf_free(&gb.text);
        utf8.controls = count_controls(in, &control);
        note_fault(&utf8, control);
        return finish(&utf8, in.len, arena, out, err);
    }
    gk_buf_free(&utf8.text);
    return finish(&gb, in.len, arena, out, err);
}

gk_code gk_decode(gk_str in, gk_arena *arena, gk_decoded *out, gk_err *err) {
    *out = (gk_decoded){.text = GK_STR(""), .charset = "UTF-8"};
    if (in.len > GK_MAX_TEXT_BYTES) return refuse_long(err);
    const char *kind = gk_binary_signature(in);
    if (kind) return refuse_binary(err, kind, 0);
    if (in.len == 0) return GK_OK;
    if (gk_str_starts(in, GK_STR("\xFF\xFE")))
        return decode_with("UTF-16LE", gk_str_slice(in, 2, in.len), arena, out, err);
    if (gk_str_starts(in, GK_STR("\xFE\xFF")))
        return decode_with("UTF-16BE", gk_str_slice(in, 2, in.len), arena, out, err);
    const char *nul = memchr(in.ptr, 0, in.len);
    if (nul) return refuse_binary(err, "data with NUL bytes", (size_t)(nul - in.ptr));
    if (gk_utf8_valid(in, NULL)) return borrow_utf8(in, out, err);
    return decode_unsure(in, gk_str_starts(in, GK_STR("\xEF\xBB\xBF")), arena, out, err);
}
