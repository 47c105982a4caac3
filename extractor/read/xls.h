/* The parts of the XLS reader ([MS-XLS], BIFF8 and, for plain workbooks, BIFF5), private to this room.
 *
 * A workbook is a stream of records: type, length, data. The globals come first, then each sheet at the place its
 * BOUNDSHEET record names. A string that does not fit a record goes on in CONTINUE records, where its characters begin
 * with a byte that says anew how wide they are.
 *
 * FreeXL, the one library for XLS that Debian has, gives neither merged ranges nor number formats nor hidden lines, so
 * that a share shown as 12.3% would come out as 0.123; hence this reader.
 */
#ifndef GK_READ_XLS_H
#define GK_READ_XLS_H

#include "read/sheet.h"
#include "read/sheet_format.h"

typedef enum gk_xls_type {
    XLS_FORMULA = 0x0006,
    XLS_EOF = 0x000A,
    XLS_DATE1904 = 0x0022,
    XLS_FILEPASS = 0x002F,
    XLS_CONTINUE = 0x003C,
    XLS_CODEPAGE = 0x0042,
    XLS_OBJ = 0x005D,
    XLS_COLINFO = 0x007D,
    XLS_BOUNDSHEET = 0x0085,
    XLS_MULRK = 0x00BD,
    XLS_RSTRING = 0x00D6,
    XLS_XF = 0x00E0,
    XLS_MERGEDCELLS = 0x00E5,
    XLS_SST = 0x00FC,
    XLS_LABELSST = 0x00FD,
    XLS_TXO = 0x01B6,
    XLS_NUMBER = 0x0203,
    XLS_LABEL = 0x0204,
    XLS_BOOLERR = 0x0205,
    XLS_STRING = 0x0207,
    XLS_ROW = 0x0208,
    XLS_RK = 0x027E,
    XLS_FORMAT_OLD = 0x001E,
    XLS_FORMAT = 0x041E,
    XLS_BOF = 0x0809
} gk_xls_type;

/* A record; `next` is where the one behind it starts. */
typedef struct gk_xls_record {
    uint32_t type;
    gk_str data;
    size_t next;
} gk_xls_record;

typedef struct gk_xls_format {
    uint32_t id;
    gk_format format;
} gk_xls_format;

typedef struct gk_xls_listed {
    gk_str name;
    uint32_t at; /* offset in the stream */
    bool hidden, worksheet;
} gk_xls_listed;

typedef struct gk_xls {
    gk_err *err;
    gk_str stream;
    bool biff8, from_1904;
    gk_arena arena;         /* lives as long as the workbook */
    gk_arena texts;         /* of the sheet at hand */
    GK_VEC(gk_str) strings; /* shared strings */
    GK_VEC(gk_xls_format) formats;
    GK_VEC(uint32_t) styles; /* by number of the XF record: the id of its format */
    GK_VEC(gk_xls_listed) sheets;
    size_t broken, lost;     /* sheets that are cut off, cells whose text the workbook does not hold */
    uint32_t object;         /* the kind of the newest drawn object */
    gk_sheet sheet;
    gk_out out;
} gk_xls;

/* xls_record.c: the record at an offset; false at the end of the stream or where it is cut off. */
bool gk_xls_record_at(const gk_xls *w, size_t at, gk_xls_record *out);
/* Characters and bytes of a record and the CONTINUE records behind it. */
typedef struct gk_xls_text {
    const gk_xls *w;
    gk_xls_record record;
    size_t at; /* in the data of the record */
} gk_xls_text;
/* Passes over bytes, or reads a number of one, two or four bytes; zero behind the end. */
void gk_xls_pass(gk_xls_text *t, size_t bytes);
uint32_t gk_xls_number(gk_xls_text *t, size_t bytes);
bool gk_xls_at_end(gk_xls_text *t);
/* Appends `count` characters as UTF-8; `wide` says how the first ones are stored. */
void gk_xls_characters(gk_xls_text *t, size_t count, bool wide, gk_buf *out);
/* Appends a string whose length of `length_bytes` bytes stands at t: with the flags byte of BIFF8, in the bytes of the
 * code page for BIFF5. */
void gk_xls_string(gk_xls_text *t, size_t length_bytes, gk_buf *out);

/* xls_book.c: reads the globals. GK_E_ENCRYPTED where a password is needed. */
gk_code gk_xls_book(gk_xls *w);
const gk_format *gk_xls_format_of(gk_xls *w, uint32_t style);
/* xls_sheet.c: reads the sheet that starts at an offset into w->sheet. */
gk_code gk_xls_sheet(gk_xls *w, size_t at);

#endif
