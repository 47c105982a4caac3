/* The gate: bytes of a text file become valid UTF-8 once, here.
 *
 * Order: BOM (UTF-8, UTF-16 LE/BE); else strict UTF-8 validation of the whole input; else GB18030 (a superset of GBK
 * and GB 2312). A valid UTF-8 input is borrowed byte for byte, BOM and CRLF included.
 */
#ifndef GK_TEXT_CHARSET_H
#define GK_TEXT_CHARSET_H

#include "base/err.h"

typedef struct gk_decoded {
    gk_str text;         /* valid UTF-8: the input itself, or memory of the arena */
    const char *charset; /* "UTF-8", "GB18030", "UTF-16LE", "UTF-16BE", a constant */
    uint64_t damaged;    /* ill-formed sequences replaced by U+FFFD */
} gk_decoded;

/* Decodes text. Binary input (a NUL byte outside UTF-16, a known binary signature such as %PDF, PK, OLE, PNG, gzip, or
 * more than 10% control characters and replaced sequences) gives GK_E_BINARY with what was recognised in the message
 * and the offset of the evidence (for damage in GB18030 and UTF-16: of the 4 KiB piece that holds it); more than
 * GK_MAX_TEXT_BYTES gives GK_E_LIMIT. Input that is not valid UTF-8 is damaged UTF-8 where well-formed sequences outnumber
 * the faults four to one (GB18030 would take most of it for other characters without a complaint), else it is decoded by
 * the one of the two that damages less. A UTF-16 BOM is not part of the text. Thread safe. */
gk_code gk_decode(gk_str bytes, gk_arena *arena, gk_decoded *out, gk_err *err);

/* Whether all of s is well-formed UTF-8 (Unicode 15, table 3-7); the offset of the first fault in *fault if not NULL. */
bool gk_utf8_valid(gk_str s, size_t *fault);
/* The code point at s.ptr[0..] of valid UTF-8 and its length in bytes; s must not be empty. */
uint32_t gk_utf8_at(gk_str s, size_t *bytes);
/* Appends a code point as UTF-8; returns its bytes (1-4). */
size_t gk_utf8_put(char out[4], uint32_t code_point);
/* Columns a terminal needs: 2 for East Asian wide and full-width characters, 0 for combining and zero-width ones, else
 * 1 (UAX #11, through ICU; ambiguous counts as 2 when wide_ambiguous). */
size_t gk_text_width(gk_str s, bool wide_ambiguous);

#endif
