/* Formats that are known by their signature and not read: the error says what the file is and what makes it readable.
 *
 * The class is that of the way out: `converter` where a program turns it into something that is read, `scanned` where the
 * text is a picture, `format` where it is a damaged file of a format that is read, `binary` where there is none. */
#include "read/ole.h"
#include "read/read.h"
#include "read/zip.h"

typedef bool is_it(gk_str bytes, gk_str mark, size_t at);

typedef struct known {
    is_it *test;
    size_t at; /* of the mark, in bytes */
    gk_str mark;
    gk_code code;
    const char *media_type;
    const char *what; /* one sentence */
} known;

static bool stands_at(gk_str bytes, gk_str mark, size_t at) {
    return gk_str_starts(gk_str_slice(bytes, at, bytes.len), mark);
}

/* A ZIP file with a member whose name begins so. */
static bool has_member(gk_str bytes, gk_str mark, size_t at) {
    (void)at;
    return gk_zip_has(bytes, mark.ptr);
}

/* A compound file with a stream of this name. */
static bool has_stream(gk_str bytes, gk_str mark, size_t at) {
    (void)at;
    return gk_ole_has(bytes, mark.ptr);
}

static bool is_whole_ole(gk_str bytes, gk_str mark, size_t at) {
    gk_ole ole;
    (void)mark, (void)at;
    return gk_ole_is(bytes) && gk_ole_open(bytes, &ole, NULL) == GK_OK;
}

static bool is_ole(gk_str bytes, gk_str mark, size_t at) {
    (void)mark, (void)at;
    return gk_ole_is(bytes);
}

#define MARK(s) {s, sizeof(s) - 1}
#define PICTURE "a picture: put into a PDF (Debian: img2pdf) its text can be recognised with --ocr"
#define OPEN_DOCUMENT "application/vnd.oasis.opendocument"
#define TEXT_WITH "convert it to DOCX (Debian: libreoffice-writer-nogui)"
#define SHEETS_WITH "convert it to XLSX (Debian: libreoffice-calc-nogui)"

/* In the order in which they are tried. A ZIP file whose first member is called mimetype says there what it is (OpenDocument
 * 1.3 part 2, 3.3): the name stands at byte 30, what it says at byte 38. */
static const known list[] = {
    {stands_at, 0, MARK("{\\rtf"), GK_E_CONVERTER, "application/rtf", "an RTF file: " TEXT_WITH},
    {stands_at, 38, MARK(OPEN_DOCUMENT ".text"), GK_E_CONVERTER, OPEN_DOCUMENT ".text",
     "an OpenDocument text (ODT): " TEXT_WITH},
    {stands_at, 38, MARK(OPEN_DOCUMENT ".spreadsheet"), GK_E_CONVERTER, OPEN_DOCUMENT ".spreadsheet",
     "an OpenDocument spreadsheet (ODS): " SHEETS_WITH},
    {stands_at, 38, MARK(OPEN_DOCUMENT), GK_E_CONVERTER, "application/zip", "an OpenDocument file: convert it to PDF"},
    {stands_at, 38, MARK("application/epub+zip"), GK_E_CONVERTER, "application/epub+zip", "an EPUB book: convert it to PDF"},
    {has_member, 0, MARK("OFD.xml"), GK_E_CONVERTER, "application/ofd", "an OFD file: convert it to PDF with an OFD reader"},
    {has_member, 0, MARK("ppt/"), GK_E_CONVERTER, "application/vnd.openxmlformats-officedocument.presentationml.presentation",
     "a presentation (PPTX): convert it to PDF"},
    {has_member, 0, MARK("[Content_Types].xml"), GK_E_FORMAT, "application/zip",
     "an Office file (DOCX, XLSX) that is cut off: what is left has no text"},
    {has_stream, 0, MARK("PowerPoint Document"), GK_E_CONVERTER, "application/vnd.ms-powerpoint",
     "a presentation (PPT): convert it to PDF"},
    {is_whole_ole, 0, MARK(""), GK_E_BINARY, "application/x-ole-storage",
     "a compound file (OLE) that holds no text of Word and no workbook of Excel"},
    {is_ole, 0, MARK(""), GK_E_FORMAT, "application/x-ole-storage",
     "a compound file (DOC, XLS, WPS) that is damaged or cut off: its directory is missing"},
    {stands_at, 0, MARK("\x89PNG\r\n\x1A\n"), GK_E_SCANNED, "image/png", PICTURE},
    {stands_at, 0, MARK("\xFF\xD8\xFF"), GK_E_SCANNED, "image/jpeg", PICTURE},
    {stands_at, 0, MARK("GIF87a"), GK_E_SCANNED, "image/gif", PICTURE},
    {stands_at, 0, MARK("GIF89a"), GK_E_SCANNED, "image/gif", PICTURE},
    {stands_at, 0, MARK("II*\0"), GK_E_SCANNED, "image/tiff", PICTURE},
    {stands_at, 0, MARK("MM\0*"), GK_E_SCANNED, "image/tiff", PICTURE},
    {stands_at, 0, MARK("Rar!\x1A\x07"), GK_E_CONVERTER, "application/vnd.rar",
     "a RAR archive: unpack it first (Debian: unar)"},
    {stands_at, 0, MARK("7z\xBC\xAF\x27\x1C"), GK_E_CONVERTER, "application/x-7z-compressed",
     "a 7-Zip archive: unpack it first (Debian: 7zip)"},
    {stands_at, 4, MARK("1AY&SY"), GK_E_CONVERTER, "application/x-bzip2", "a bzip2 file: unpack it first"},
    {stands_at, 0, MARK("\xFD" "7zXZ\0"), GK_E_CONVERTER, "application/x-xz", "an xz file: unpack it first"},
    {stands_at, 0, MARK("\x28\xB5\x2F\xFD"), GK_E_CONVERTER, "application/zstd", "a Zstandard file: unpack it first"},
};

static const known *find(gk_str bytes) {
    for (size_t i = 0; i < sizeof list / sizeof *list; i++)
        if (list[i].test(bytes, list[i].mark, list[i].at)) return &list[i];
    return NULL;
}

static gk_code refuse(gk_str bytes, gk_doc *doc, gk_err *err) {
    const known *k = find(bytes);
    doc->media_type = k->media_type;
    return gk_err_set(err, k->code, "this is %s", k->what);
}

/* Any reader that knows the bytes comes first, but for the one of plain text. */
static int recognise(gk_str bytes) { return find(bytes) ? 2 : 0; }

const gk_reader gk_reader_known = {"application/octet-stream", recognise, refuse};
