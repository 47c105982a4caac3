#include "text/binary.h"

/* Signatures as the formats' own specifications (or the file(1) database) give them. */
static const struct {
    gk_str head;
    const char *name;
} signatures[] = {
    {{"%PDF-", 5}, "a PDF file"},
    {{"PK\x03\x04", 4}, "a ZIP archive (DOCX, XLSX, OFD or plain)"},
    {{"PK\x05\x06", 4}, "an empty ZIP archive"},
    {{"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8}, "an OLE compound file (DOC, XLS, WPS)"},
    {{"\x89PNG\r\n\x1A\n", 8}, "a PNG image"},
    {{"\xFF\xD8\xFF", 3}, "a JPEG image"},
    {{"GIF87a", 6}, "a GIF image"},
    {{"GIF89a", 6}, "a GIF image"},
    {{"II*\0", 4}, "a TIFF image"},
    {{"MM\0*", 4}, "a TIFF image"},
    {{"\x1F\x8B\x08", 3}, "a gzip file"},
    {{"BZh", 3}, "a bzip2 file"},
    {{"\xFD"
      "7zXZ\0",
      6},
     "an xz file"},
    {{"\x28\xB5\x2F\xFD", 4}, "a Zstandard file"},
    {{"7z\xBC\xAF\x27\x1C", 6}, "a 7-Zip archive"},
    {{"Rar!\x1A\x07", 6}, "a RAR archive"},
    {{"\x7F"
      "ELF",
      4},
     "an ELF program"},
    {{"SQLite format 3\0", 16}, "an SQLite database"},
    {{"RIFF", 4}, "a RIFF file"},
    {{"{\\rtf", 5}, "an RTF file"},
};

const char *gk_binary_signature(gk_str bytes) {
    for (size_t i = 0; i < sizeof signatures / sizeof *signatures; i++)
        if (gk_str_starts(bytes, signatures[i].head)) return signatures[i].name;
    return NULL;
}
