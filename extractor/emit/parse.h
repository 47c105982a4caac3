/* JSON Lines back into records: the inverse of emit/json.h.
 *
 * Strict: what the emitter could not have written is refused with its line and column: a line that is no JSON object, an
 * unknown or repeated member, a field that the kind does not carry, a value of the wrong type, an empty text, and
 * U+0000. A line that was read and is printed again has the same bytes.
 */
#ifndef GK_EMIT_PARSE_H
#define GK_EMIT_PARSE_H

#include "doc/record.h"

typedef struct gk_lines {
    gk_str text; /* all lines, borrowed; the last one may lack its LF */
    gk_str name; /* the file or stream, for errors */
    size_t at;   /* offset of the next line */
} gk_lines;

typedef struct gk_line {
    gk_str text;      /* the line without its LF */
    gk_str digest;    /* 64 hex digits, absent: the line has no doc */
    gk_record record; /* texts live in the arena */
} gk_line;

/* Reads the next line into *out. At the end of the text out->text is absent and GK_OK is returned. A fault gives
 * GK_E_FORMAT with the place in the text, and `at` stands behind the bad line, so that a caller may go on. */
gk_code gk_lines_next(gk_lines *lines, gk_arena *arena, gk_line *out, gk_err *err);

#endif
