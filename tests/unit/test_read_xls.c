/* XLS: workbooks made record by record, compound files with broken chains. */
#include <stdlib.h>

#include "base/buf.h"
#include "check.h"
#include "damage.h"
#include "office_view.h"
#include "read/ole.h"
#include "read/read.h"
#include "read/xls.h"

static gk_buf seen;
static gk_err err;

static void put_u16(gk_buf *b, uint32_t n) {
    gk_buf_putc(b, (char)(n & 0xFF));
    gk_buf_putc(b, (char)(n >> 8 & 0xFF));
}

static void put_u32(gk_buf *b, uint32_t n) {
    put_u16(b, n & 0xFFFF);
    put_u16(b, n >> 16);
}

static void record(gk_buf *b, uint32_t type, gk_str data) {
    put_u16(b, type);
    put_u16(b, (uint32_t)data.len);
    gk_buf_put(b, data);
}

#define RECORD(b, type, bytes) record(b, type, (gk_str){bytes, sizeof(bytes) - 1})

static void put_bof(gk_buf *b, uint32_t kind) {
    gk_buf data = {0};
    put_u16(&data, 0x0600);
    put_u16(&data, kind);
    for (int i = 0; i < 6; i++) put_u16(&data, 0);
    record(b, XLS_BOF, gk_buf_str(&data));
    gk_buf_free(&data);
}

/* The globals: formats, styles and the strings "ab", "项目" (wide, with a run) and one cut between two records. */
static void put_globals(gk_buf *b, size_t *sheet_at) {
    put_bof(b, 5);
    RECORD(b, XLS_FORMAT, "\xB0\0\x05\0\0" "0.00%");
    RECORD(b, XLS_XF, "\0\0\0\0");
    RECORD(b, XLS_XF, "\0\0\xB0\0");
    RECORD(b, XLS_XF, "\0\0\x04\0");
    *sheet_at = b->len + 4;
    RECORD(b, XLS_BOUNDSHEET, "\0\0\0\0\0\0\x02\x01\x68\x88\x55\x53");
    RECORD(b, XLS_SST, "\x03\0\0\0\x03\0\0\0" "\x02\0\0ab" "\x02\0\x09\x01\0\x79\x98\xEE\x76\0\0\0\0" "\x04\0\0wx");
    RECORD(b, XLS_CONTINUE, "\x01\x79\x98z\0");
    RECORD(b, XLS_EOF, "");
}

static void put_sheet(gk_buf *b) {
    put_bof(b, 16);
    RECORD(b, XLS_ROW, "\x03\0\0\0\x05\0\0\0\0\0\0\0\x20\0\0\0");
    RECORD(b, XLS_LABELSST, "\0\0\0\0\0\0\x01\0\0\0");
    RECORD(b, XLS_LABELSST, "\0\0\x01\0\0\0\x02\0\0\0");
    RECORD(b, XLS_LABEL, "\x01\0\0\0\0\0\x02\0\0AB");
    RECORD(b, XLS_NUMBER, "\x01\0\x01\0\x01\0\x9A\x99\x99\x99\x99\x99\xB9\x3F"); /* 0.1 */
    RECORD(b, XLS_MULRK, "\x02\0\0\0\x02\0\xD2\x04\0\0\x02\0\x06\0\0\0\x01\0"); /* 1234 / 4; a double */
    RECORD(b, XLS_RK, "\x02\0\x02\0\0\0\x07\x30\0\0"); /* 3073 / 100 */
    RECORD(b, XLS_NUMBER, "\x03\0\0\0\0\0\0\0\0\0\0\0\x14\x40"); /* hidden */
    RECORD(b, XLS_FORMULA, "\x04\0\0\0\0\0\0\0\0\0\0\0\xFF\xFF\0\0\0\0\0\0\0\0");
    RECORD(b, XLS_STRING, "\x03\0\0yes");
    RECORD(b, XLS_FORMULA, "\x04\0\x01\0\x02\0\0\0\0\0\0\x4C\xAD\x40\0\0\0\0\0\0\0\0"); /* 3750 */
    RECORD(b, XLS_BOOLERR, "\x04\0\x02\0\0\0\x07\x01");
    RECORD(b, XLS_MERGEDCELLS, "\x01\0\0\0\0\0\x01\0\x02\0");
    RECORD(b, XLS_OBJ, "\x15\0\x12\0\x06\0\x01\0"); /* a text box */
    RECORD(b, XLS_TXO, "\x12\x02\0\0\0\0\0\0\0\0\x05\0\x10\0\0\0\0\0");
    RECORD(b, XLS_CONTINUE, "\x01\x79\x98\xEE\x76\x0A\0" "1\0" "2\0"); /* two lines */
    RECORD(b, XLS_CONTINUE, "\0\0\0\0\0\0\0\0\x05\0\0\0\0\0\0\0");
    RECORD(b, XLS_OBJ, "\x15\0\x12\0\x19\0\x01\0"); /* a comment */
    RECORD(b, XLS_TXO, "\x12\x02\0\0\0\0\0\0\0\0\x04\0\x10\0\0\0\0\0");
    RECORD(b, XLS_CONTINUE, "\0not!");
    RECORD(b, XLS_EOF, "");
}

/* A compound file of one large stream: sector 0 is the table of sectors, 1 the directory, the rest the stream. */
static gk_buf compound(const char *name, gk_str stream) {
    gk_buf b = {0};
    uint32_t count = (uint32_t)((stream.len + 511) / 512);
    gk_buf_put(&b, (gk_str){"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8});
    while (b.len < 24) gk_buf_putc(&b, 0);
    put_u16(&b, 0x3E), put_u16(&b, 3), put_u16(&b, 0xFFFE), put_u16(&b, 9), put_u16(&b, 6);
    while (b.len < 44) gk_buf_putc(&b, 0);
    put_u32(&b, 1), put_u32(&b, 1), put_u32(&b, 0), put_u32(&b, 0); /* cutoff 0: no small streams */
    put_u32(&b, 0xFFFFFFFE), put_u32(&b, 0), put_u32(&b, 0xFFFFFFFE), put_u32(&b, 0), put_u32(&b, 0);
    while (b.len < 512) put_u32(&b, 0xFFFFFFFF);
    put_u32(&b, 0xFFFFFFFD), put_u32(&b, 0xFFFFFFFE);
    for (uint32_t i = 0; i < count; i++) put_u32(&b, i + 1 < count ? i + 3 : 0xFFFFFFFE);
    while (b.len < 1024) put_u32(&b, 0xFFFFFFFF);
    for (int entry = 0; entry < 4; entry++) {
        const char *label = entry == 0 ? "Root Entry" : entry == 1 ? name : "";
        size_t start = b.len;
        for (size_t i = 0; i < strlen(label); i++) put_u16(&b, (unsigned char)label[i]);
        while (b.len < start + 64) gk_buf_putc(&b, 0);
        put_u16(&b, *label ? (uint32_t)strlen(label) * 2 + 2 : 0);
        gk_buf_putc(&b, (char)(entry == 0 ? 5 : entry == 1 ? 2 : 0)), gk_buf_putc(&b, 1);
        put_u32(&b, 0xFFFFFFFF), put_u32(&b, 0xFFFFFFFF), put_u32(&b, entry == 0 ? 1 : 0xFFFFFFFF);
        while (b.len < start + 116) gk_buf_putc(&b, 0);
        put_u32(&b, entry == 1 ? 2 : 0xFFFFFFFE), put_u32(&b, entry == 1 ? (uint32_t)stream.len : 0), put_u32(&b, 0);
    }
    gk_buf_put(&b, stream);
    while (b.len % 512) gk_buf_putc(&b, 0);
    return b;
}

static gk_buf workbook(void) {
    gk_buf stream = {0};
    size_t at;
    put_globals(&stream, &at);
    for (int i = 0; i < 200; i++) RECORD(&stream, 0x0FFF, "\0\0\0\0"); /* passed over: the sheet stands elsewhere */
    for (int i = 0; i < 4; i++) stream.ptr[at + (size_t)i] = (char)(stream.len >> (8 * i) & 0xFF);
    put_sheet(&stream);
    gk_buf file = compound("Workbook", gk_buf_str(&stream));
    gk_buf_free(&stream);
    return file;
}

static gk_code read_bytes(gk_str bytes, gk_doc *doc) {
    err = (gk_err){0};
    gk_doc_init(doc);
    return gk_read(bytes, GK_STR("test"), doc, &err);
}

static void check_workbook(void) {
    gk_buf file = workbook();
    gk_doc doc;
    CHECK_INT(read_bytes(gk_buf_str(&file), &doc), GK_OK);
    CHECK_STR(gk_str_of(err.message), "");
    CHECK_STR(gk_str_of(doc.media_type), "application/vnd.ms-excel");
    CHECK_STR(view_blocks(&doc, &seen),
              "H1 表单\n#4x3 [0,0 项目] [0,1 1x2 wx项z] [1,0 AB] [1,1 10.00%] [2,0 308.00] [2,1 1.00] [2,2 30.73]"
              " [3,0 yes] [3,1 3,750.00] [3,2 #DIV/0!]\nT 项目\nT 12\nA1 5\n");
    CHECK_STR(doc.names.at[doc.cells.at[3].name], "表单!B2");
    gk_doc_free(&doc);
    gk_buf_free(&file);
}

static void check_code(gk_buf *file, gk_code want) {
    gk_doc doc;
    gk_code code = read_bytes(gk_buf_str(file), &doc);
    CHECK_INT(code, want);
    gk_doc_free(&doc);
}

/* Chains of sectors that bite their own tail, tables that point nowhere. */
static void check_cycles(void) {
    gk_buf file = workbook();
    char keep[4];
    memcpy(keep, file.ptr + 512 + 8, 4);
    memcpy(file.ptr + 512 + 8, "\x02\0\0\0", 4);
    check_code(&file, GK_E_FORMAT);
    memcpy(file.ptr + 512 + 8, keep, 4);
    memcpy(file.ptr + 512 + 4, "\x01\0\0\0", 4);
    check_code(&file, GK_OK);
    memcpy(file.ptr + 76, "\x01\0\0\0", 4);
    check_code(&file, GK_E_FORMAT);
    gk_buf_free(&file);
}

static void check_encrypted(void) {
    gk_buf stream = {0};
    put_bof(&stream, 5);
    RECORD(&stream, XLS_FILEPASS, "\0\0\0\0\0\0");
    gk_buf file = compound("Workbook", gk_buf_str(&stream));
    check_code(&file, GK_E_ENCRYPTED);
    gk_buf_free(&file);
    file = compound("EncryptedPackage", GK_STR("secret"));
    check_code(&file, GK_E_ENCRYPTED);
    gk_buf_free(&file);
    gk_buf_free(&stream);
}

static void check_damage(void) {
    gk_buf whole = workbook();
    damage_all(gk_buf_str(&whole), 7, 3000, 1);
    gk_buf_free(&whole);
}

int main(void) {
    check_workbook();
    check_cycles();
    check_encrypted();
    check_damage();
    gk_buf_free(&seen);
    return CHECK_DONE();
}
