/* Errors are values: a class, a message, and a place.
 *
 * The class name is what a user sees in a `document` record (`error.class`) and what the exit code follows from.
 */
#ifndef GK_BASE_ERR_H
#define GK_BASE_ERR_H

#include "base/buf.h"

typedef enum gk_code {
    GK_OK = 0,
    GK_E_USAGE,    /* usage: the words of the command line are off */
    GK_E_OPEN,     /* open: a file or folder cannot be opened or read */
    GK_E_BINARY,   /* binary: bytes that are no text of a known encoding */
    GK_E_LIMIT,    /* limit: a named maximum of base/limits.h is passed */
    GK_E_PATTERN,  /* pattern: a pattern set is refused */
    GK_E_OUTPUT,   /* output: records cannot be written */
    GK_E_FORMAT,   /* format: damaged input of a known format */
    GK_E_CONVERTER, /* converter: a program that reads this format is missing; the message names what to install */
    GK_E_ENCRYPTED, /* encrypted: a password is needed */
    GK_E_SCANNED,  /* scanned: pages are pictures without text */
    GK_E_GLYPHS,   /* glyphs: the text layer maps its glyphs to wrong characters */
    GK_E_CRASH,    /* crash: the worker process of a document died */
    GK_E_TIMEOUT,  /* timeout: the worker process of a document passed its time */
    GK_E_INTERNAL, /* internal: a defect of the program */
    GK_CODE_COUNT
} gk_code;

/* The name of a class ("open", "pattern" ...), a constant. */
const char *gk_code_name(gk_code code);

typedef struct gk_err {
    gk_code code;
    char message[400]; /* one sentence without the place, UTF-8, NUL terminated, cut at a character */
    char file[400];    /* the file concerned, "" where there is none */
    uint32_t line;     /* 1-based, 0: unknown */
    uint32_t column;   /* 1-based, counted in characters, 0: unknown */
    uint64_t offset;   /* byte offset in the file */
    char text[240];    /* the source line for the caret, "" where there is none */
} gk_err;

/* Sets code and message (place is kept as it was cleared: everything else becomes zero); returns code.
 * `err` may be NULL. */
gk_code gk_err_set(gk_err *err, gk_code code, const char *format, ...) __attribute__((format(printf, 3, 4)));
/* Adds a place in `source`, the whole text of `file`: line, column and the source line follow from the byte offset. */
void gk_err_place(gk_err *err, gk_str file, gk_str source, size_t offset);
/* Adds only the file. */
void gk_err_file(gk_err *err, gk_str file);
/* Prints `FILE:LINE:COLUMN: CLASS: MESSAGE`, then the source line and a caret under the column where they are known.
 * Parts that are unknown are left out. The caret is placed by columns of East Asian width (two for a wide character). */
void gk_err_print(const gk_err *err, gk_buf *out);

#endif
