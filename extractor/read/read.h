/* Readers: bytes -> Document. Recognised by content, never by name. */
#ifndef GK_READ_READ_H
#define GK_READ_READ_H

#include "doc/doc.h"

typedef struct gk_reader {
    const char *media_type;
    /* Whether the bytes look like this format: 0 no, higher is surer. Must not allocate. */
    int (*recognise)(gk_str bytes);
    /* Fills doc (initialised and empty; doc->source and doc->digest are set by gk_read). */
    gk_code (*read)(gk_str bytes, gk_doc *doc, gk_err *err);
} gk_reader;

/* Reads one input with the surest reader. `bytes` must outlive doc (the canonical text may borrow it). On an error doc
 * still carries source, digest and, where it is known, the media type. Thread safe. */
gk_code gk_read(gk_str bytes, gk_str source, gk_doc *doc, gk_err *err);

/* Plain text in the shapes other tools leave behind: hard-wrapped prose, Markdown, tab tables, one cell per line. */
extern const gk_reader gk_reader_plain;
/* Spreadsheets of Office Open XML, whatever their names. */
extern const gk_reader gk_reader_xlsx;
/* Web pages: the article of the page, its meta tags and its links. */
extern const gk_reader gk_reader_html;
/* PDF, through gongkai-pdf: a program of its own that must be installed. */
extern const gk_reader gk_reader_pdf;
/* Word processor files of Office Open XML, tracked changes taken as accepted. */
extern const gk_reader gk_reader_docx;
/* Spreadsheets of Excel 5 to 2003. */
extern const gk_reader gk_reader_xls;
/* Word processor files of Word 97 to 2003 and of WPS. */
extern const gk_reader gk_reader_doc;
/* Office files with a password: says so. */
extern const gk_reader gk_reader_locked;
/* Formats that are known but not read: says which it is and what to do. */
extern const gk_reader gk_reader_known;

/* Whether the program that recognises pictures of pages (doc->ocr) is at hand. */
bool gk_read_recognises(void);

#endif
