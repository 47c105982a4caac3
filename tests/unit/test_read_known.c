/* Formats that are not read: the error says what the file is and what to do, and nothing else is taken for them. */
#include "check.h"
#include "pack.h"
#include "read/read.h"

static void check(gk_str bytes, gk_code want, const char *media_type, const char *message) {
    gk_doc doc;
    gk_err err = {0};
    gk_doc_init(&doc);
    CHECK_INT(gk_read(bytes, GK_STR("test"), &doc, &err), want);
    CHECK_STR(gk_str_of(err.message), message);
    CHECK_STR(gk_str_of(doc.media_type), media_type);
    gk_doc_free(&doc);
}

#define CHECK_HEAD(bytes, want, media_type, message)                                                                   \
    check((gk_str){bytes, sizeof(bytes) - 1}, want, media_type, message)

static const char picture[] = "this is a picture: put into a PDF (Debian: img2pdf) its text can be recognised with --ocr";

static void heads(void) {
    CHECK_HEAD("{\\rtf1\\ansi 12.5}", GK_E_CONVERTER, "application/rtf",
               "this is an RTF file: convert it to DOCX (Debian: libreoffice-writer-nogui)");
    CHECK_HEAD("\x89PNG\r\n\x1A\n\0\0\0\rIHDR", GK_E_SCANNED, "image/png", picture);
    CHECK_HEAD("\xFF\xD8\xFF\xE0\0\x10JFIF", GK_E_SCANNED, "image/jpeg", picture);
    CHECK_HEAD("GIF89a\1\0", GK_E_SCANNED, "image/gif", picture);
    CHECK_HEAD("II*\0\x08\0\0\0", GK_E_SCANNED, "image/tiff", picture);
    CHECK_HEAD("MM\0*\0\0\0\x08", GK_E_SCANNED, "image/tiff", picture);
    CHECK_HEAD("Rar!\x1A\x07\x01\0", GK_E_CONVERTER, "application/vnd.rar",
               "this is a RAR archive: unpack it first (Debian: unar)");
    CHECK_HEAD("7z\xBC\xAF\x27\x1C\0\4", GK_E_CONVERTER, "application/x-7z-compressed",
               "this is a 7-Zip archive: unpack it first (Debian: 7zip)");
    CHECK_HEAD("BZh91AY&SY\x12\x34", GK_E_CONVERTER, "application/x-bzip2", "this is a bzip2 file: unpack it first");
    CHECK_HEAD("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 and no more", GK_E_FORMAT, "application/x-ole-storage",
               "this is a compound file (DOC, XLS, WPS) that is damaged or cut off: its directory is missing");
}

/* The first member of an OpenDocument file is stored, not packed, so that its name and text can be seen. */
static void open_document(const char *mimetype, const char *media_type, const char *message) {
    gk_buf b = {0};
    gk_buf_put(&b, (gk_str){"PK\3\4\x14\0\0\0\0\0\0\0\0\0\0\0\0\0", 18});
    for (int i = 0; i < 2; i++) gk_buf_put(&b, (gk_str){(const char[]){(char)strlen(mimetype), 0, 0, 0}, 4});
    gk_buf_put(&b, (gk_str){"\x08\0\0\0mimetype", 12});
    gk_buf_put(&b, gk_str_of(mimetype));
    check(gk_buf_str(&b), GK_E_CONVERTER, media_type, message);
    gk_buf_free(&b);
}

static void packed(const char *member, gk_code want, const char *media_type, const char *message) {
    const pack_part parts[] = {{"[Content_Types].xml", GK_STR("<Types/>")}, {member, GK_STR("<x/>")}};
    gk_buf b = pack(PACK_ZIP, parts, 2);
    check(gk_buf_str(&b), want, media_type, message);
    gk_buf_free(&b);
}

/* Words that begin like a signature are words. */
static void words(void) {
    static const char *const texts[] = {"MM 12.5", "II* 3", "BZ", "7z 1", "Rar", "GIF", "{\\r", "PK"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) check(gk_str_of(texts[i]), GK_OK, "text/plain", "");
}

int main(void) {
    heads();
    open_document("application/vnd.oasis.opendocument.text", "application/vnd.oasis.opendocument.text",
                  "this is an OpenDocument text (ODT): convert it to DOCX (Debian: libreoffice-writer-nogui)");
    open_document("application/vnd.oasis.opendocument.spreadsheet", "application/vnd.oasis.opendocument.spreadsheet",
                  "this is an OpenDocument spreadsheet (ODS): convert it to XLSX (Debian: libreoffice-calc-nogui)");
    open_document("application/epub+zip", "application/epub+zip", "this is an EPUB book: convert it to PDF");
    packed("OFD.xml", GK_E_CONVERTER, "application/ofd", "this is an OFD file: convert it to PDF with an OFD reader");
    packed("ppt/presentation.xml", GK_E_CONVERTER,
           "application/vnd.openxmlformats-officedocument.presentationml.presentation",
           "this is a presentation (PPTX): convert it to PDF");
    packed("docProps/app.xml", GK_E_FORMAT, "application/zip",
           "this is an Office file (DOCX, XLSX) that is cut off: what is left has no text");
    words();
    return CHECK_DONE();
}
