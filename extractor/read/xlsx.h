/* The parts of the XLSX reader (ECMA-376 part 1, 18), private to this room. */
#ifndef GK_READ_XLSX_H
#define GK_READ_XLSX_H

#include "read/office_rels.h"
#include "read/office_xml.h"
#include "read/sheet.h"
#include "read/sheet_format.h"

typedef struct gk_xlsx_format {
    uint32_t id;
    gk_format format;
} gk_xlsx_format;

typedef struct gk_xlsx {
    gk_doc *doc;
    gk_err *err;
    gk_zip zip;
    gk_rels rels;                     /* of the workbook */
    gk_arena arena;                   /* lives as long as the workbook */
    gk_arena texts;                   /* of the sheet at hand */
    GK_VEC(gk_str) strings;           /* shared strings */
    GK_VEC(gk_xlsx_format) formats;
    GK_VEC(uint32_t) styles;          /* by style number: index in formats */
    bool from_1904;
    size_t missing, lost;             /* sheets that are not in the file, cells whose text is not */
    gk_sheet sheet;
    gk_out out;
} gk_xlsx;

/* xlsx_strings.c: shared strings. */
gk_code gk_xlsx_strings(gk_xlsx *w);
/* Appends the text of the element whose start is at hand (its t elements, without phonetic runs), up to and with its end. */
void gk_xlsx_text(gk_xml *x, gk_buf *out);

/* xlsx_styles.c: number formats. */
gk_code gk_xlsx_styles(gk_xlsx *w);
const gk_format *gk_xlsx_format_of(const gk_xlsx *w, uint32_t style);

/* xlsx_drawing.c: the texts that lie on the sheet of a worksheet part. */
gk_code gk_xlsx_drawing(gk_xlsx *w, gk_str part);

/* xlsx_sheet.c: reads a worksheet part into w->sheet. */
gk_code gk_xlsx_sheet(gk_xlsx *w, gk_str part);

#endif
