/* XLSX: cells as they are shown, merged ranges, hidden lines, hostile workbooks. */
#include "base/limits.h"
#include "check.h"
#include "damage.h"
#include "office_view.h"
#include "pack.h"
#include "read/read.h"

static gk_buf seen;
static gk_err err;

#define RELS "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>"
#define TYPE "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"

static const char rels[] =
    RELS "<Relationship Id='rId1' Type='" TYPE "officeDocument' Target='xl/workbook.xml'/></Relationships>";
static const char book_rels[] = RELS
    "<Relationship Id='rId1' Type='" TYPE "worksheet' Target='worksheets/sheet1.xml'/>"
    "<Relationship Id='rId2' Type='" TYPE "worksheet' Target='/xl/worksheets/sheet2.xml'/>"
    "<Relationship Id='rId3' Type='" TYPE "sharedStrings' Target='sharedStrings.xml'/>"
    "<Relationship Id='rId4' Type='" TYPE "styles' Target='styles.xml'/></Relationships>";
static const char book[] =
    "<workbook xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'"
    " xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships'><sheets>"
    "<sheet name='支出表' sheetId='1' r:id='rId1'/><sheet name='Old' sheetId='2' state='hidden' r:id='rId2'/>"
    "</sheets></workbook>";
static const char styles[] =
    "<styleSheet xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><numFmts>"
    "<numFmt numFmtId='176' formatCode='#,##0.00_ '/><numFmt numFmtId='177' formatCode='0.0%'/></numFmts>"
    "<cellStyleXfs><xf numFmtId='9'/></cellStyleXfs>"
    "<cellXfs><xf numFmtId='0'/><xf numFmtId='176'/><xf numFmtId='177'/><xf numFmtId='31'/></cellXfs></styleSheet>";
static const char strings[] =
    "<sst xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><si><t>支出总表</t></si>"
    "<si><r><t>项</t></r><r><t>目</t></r><rPh sb='0' eb='1'><t>PHONETIC</t></rPh></si>"
    "<si><t xml:space='preserve'> 教育_x000D_\n支出 </t></si><si><t>a&lt;b_x005F_x000D_</t></si></sst>";

#define SHEET(cells) "<worksheet xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'>" cells "</worksheet>"

static gk_buf workbook(const char *sheet) {
    const char hidden[] = SHEET("<sheetData><row r='1'><c r='A1'><v>77</v></c></row></sheetData>");
    const pack_part parts[] = {
        {"_rels/.rels", gk_str_of(rels)},
        {"xl/workbook.xml", gk_str_of(book)},
        {"xl/_rels/workbook.xml.rels", gk_str_of(book_rels)},
        {"xl/sharedStrings.xml", gk_str_of(strings)},
        {"xl/styles.xml", gk_str_of(styles)},
        {"xl/worksheets/sheet1.xml", gk_str_of(sheet)},
        {"xl/worksheets/sheet2.xml", gk_str_of(hidden)},
        {"docProps/core.xml", GK_STR("<p><title> A title </title></p>")},
    };
    return pack(PACK_ZIP, parts, sizeof parts / sizeof *parts);
}

static gk_code read_bytes(gk_str bytes, gk_doc *doc) {
    err = (gk_err){0};
    gk_doc_init(doc);
    return gk_read(bytes, GK_STR("test"), doc, &err);
}

static void check_sheet(const char *sheet, const char *want) {
    gk_buf bytes = workbook(sheet);
    gk_doc doc;
    CHECK_INT(read_bytes(gk_buf_str(&bytes), &doc), GK_OK);
    CHECK_STR(view_blocks(&doc, &seen), want);
    for (uint32_t i = 1; i < doc.segs.len; i++) CHECK(doc.segs.at[i - 1].end <= doc.segs.at[i].start);
    gk_doc_free(&doc);
    gk_buf_free(&bytes);
}

static void check_shown(void) {
    check_sheet(SHEET("<cols><col min='5' max='9' hidden='1'/></cols><sheetData>"
                      "<row r='1'><c r='A1' t='s'><v>0</v></c></row>"
                      "<row r='2'><c r='D2' t='inlineStr'><is><t>单位：万元</t></is></c></row>"
                      "<row r='3'><c r='A3' t='s'><v>1</v></c><c r='B3' t='str'><f>x</f><v>金额</v></c>"
                      "<c r='D3' t='inlineStr'><is><r><t>占</t></r><r><t>比</t></r></is></c></row>"
                      "<row r='4' hidden='1'><c r='A4'><v>99</v></c></row>"
                      "<row r='5'><c r='A5' t='s'><v>2</v></c><c r='B5' s='1'><f>1+1</f><v>1234.5</v></c>"
                      "<c r='D5' s='2'><v>0.12345</v></c><c r='E5'><v>5</v></c></row>"
                      "<row><c t='s'><v>3</v></c><c s='3'><v>45530</v></c><c s='1'/><c t='e'><v>#DIV/0!</v></c></row>"
                      "<row r='8'><c r='A8' t='inlineStr'><is><t>注：四舍五入</t></is></c></row>"
                      "</sheetData><mergeCells><mergeCell ref='A1:D1'/><mergeCell ref='B3:C3'/></mergeCells>"),
                "A 支出表\nT 支出总表\nT 单位：万元\n"
                "#3x3 [0,0 项目] [0,1 金额] [0,2 占比] [1,0 教育/支出] [1,1 1,234.50] [1,2 12.3%]"
                " [2,0 a<b_x000D_] [2,1 2024年8月26日] [2,2 #DIV/0!]\nT 注：四舍五入\n"
                "A1 99\nA1 5\nA Old\nA1 77\n");
}

static void check_merged(void) {
    check_sheet(SHEET("<sheetData><row r='1'><c r='B1'><v>1</v></c><c r='C1'><v>2</v></c><c r='E1'><v>3</v></c></row>"
                      "<row r='2'><c r='B2'><v>4</v></c><c r='C2'><v>5</v></c><c r='D2'><v>6</v></c>"
                      "<c r='E2'><v>7</v></c></row>"
                      "</sheetData><mergeCells><mergeCell ref='B1:B2'/><mergeCell ref='C1:D1'/></mergeCells>"),
                "H1 支出表\n#2x4 [0,0 2x1 1] [0,1 1x2 2] [0,3 3] [1,1 5] [1,2 6] [1,3 7]\nA1 4\nA Old\nA1 77\n");
}

static void check_address(void) {
    gk_buf bytes = workbook(SHEET("<sheetData><row r='7'><c r='AB7'><v>1</v></c><c r='AC7'><v>2</v></c></row></sheetData>"));
    gk_doc doc;
    CHECK_INT(read_bytes(gk_buf_str(&bytes), &doc), GK_OK);
    CHECK_INT(doc.cells.len, 2);
    CHECK_STR(doc.names.at[doc.cells.at[0].name], "支出表!AB7");
    CHECK_INT(doc.metas.len, 1);
    CHECK_STR(doc.metas.at[0].content, "A title");
    gk_doc_free(&doc);
    gk_buf_free(&bytes);
}

/* A sheet of `count` copies of a cell. */
static gk_buf repeated(const char *cell, size_t count) {
    gk_buf sheet = {0};
    gk_buf_put(&sheet, GK_STR("<worksheet><sheetData><row r='1'><c r='A1'><v>1</v></c></row><row>"));
    for (size_t i = 0; i < count; i++) {
        gk_buf_put(&sheet, gk_str_of(cell));
        if (i % 16000 == 15999) gk_buf_put(&sheet, GK_STR("</row><row>"));
    }
    gk_buf_put(&sheet, GK_STR("</row></sheetData></worksheet>"));
    return sheet;
}

static void check_empty_cells(void) {
    gk_buf sheet = repeated("<c s='1'/>", 1000000), bytes = workbook(sheet.ptr);
    gk_doc doc;
    gk_code code = read_bytes(gk_buf_str(&bytes), &doc);
    CHECK(code == GK_OK || code == GK_E_LIMIT);
    CHECK(doc.cells.len <= 1);
    gk_doc_free(&doc);
    gk_buf_free(&bytes);
    gk_buf_free(&sheet);
}

/* A long shared string that every cell shows. */
static void check_string_bomb(void) {
    gk_buf sheet = repeated("<c t='s'><v>0</v></c>", 300000), table = {0};
    gk_buf_put(&table, GK_STR("<sst><si><t>"));
    for (int i = 0; i < 30000; i++) gk_buf_printf(&table, "%x", i * 7919);
    gk_buf_put(&table, GK_STR("</t></si></sst>"));
    const pack_part parts[] = {
        {"_rels/.rels", gk_str_of(rels)},          {"xl/workbook.xml", gk_str_of(book)},
        {"xl/_rels/workbook.xml.rels", gk_str_of(book_rels)}, {"xl/sharedStrings.xml", gk_buf_str(&table)},
        {"xl/worksheets/sheet1.xml", gk_buf_str(&sheet)},
    };
    gk_buf bytes = pack(PACK_ZIP, parts, sizeof parts / sizeof *parts);
    gk_doc doc;
    CHECK_INT(read_bytes(gk_buf_str(&bytes), &doc), GK_E_LIMIT);
    gk_doc_free(&doc);
    gk_buf_free(&bytes);
    gk_buf_free(&sheet);
    gk_buf_free(&table);
}

static void check_refused(gk_str part, gk_code want) {
    const pack_part parts[] = {{"_rels/.rels", gk_str_of(rels)},
                               {"xl/_rels/workbook.xml.rels", gk_str_of(book_rels)},
                               {"xl/workbook.xml", gk_str_of(book)},
                               {"xl/worksheets/sheet1.xml", part}};
    gk_buf bytes = pack(PACK_ZIP, parts, sizeof parts / sizeof *parts);
    gk_doc doc;
    CHECK_INT(read_bytes(gk_buf_str(&bytes), &doc), want);
    CHECK_STR(gk_str_of(doc.media_type), gk_reader_xlsx.media_type);
    gk_doc_free(&doc);
    gk_buf_free(&bytes);
}

static void check_hostile(void) {
    gk_buf zeros = {0}, deep = {0};
    char *at = gk_buf_room(&zeros, 100u << 20);
    memset(at, ' ', 100u << 20);
    zeros.len = 100u << 20;
    check_refused(gk_buf_str(&zeros), GK_E_LIMIT);
    for (int i = 0; i < 100000; i++) gk_buf_put(&deep, GK_STR("<c>"));
    check_refused(gk_buf_str(&deep), GK_E_FORMAT);
    check_refused(GK_STR("<!DOCTYPE x [<!ENTITY a 'aaaa'>]><worksheet>&a;</worksheet>"), GK_E_FORMAT);
    check_refused(GK_STR("<worksheet><sheetData><row r='1'>"), GK_E_FORMAT);
    check_refused(GK_STR(SHEET("<sheetData><row r='1'><c r='A1'><v>1</v></c><c r='XFD1'><v>1</v></c></row></sheetData>"
                               "<mergeCells><mergeCell ref='A1:XFD1048576'/><mergeCell ref='B1:XFD9'/></mergeCells>")),
                  GK_OK);
    gk_buf_free(&zeros);
    gk_buf_free(&deep);
}

/* Cut at a hundred places and with a thousand bytes turned over: an error of a class or a document, never a crash. */
static void check_damage(void) {
    gk_buf whole = workbook(SHEET("<sheetData><row r='1'><c r='A1' t='s'><v>0</v></c><c r='B1' s='1'><v>2.5</v></c></row>"
                                  "<row r='2'><c r='A2' t='s'><v>1</v></c></row></sheetData>"));
    damage_all(gk_buf_str(&whole), 12345, 1000, 1);
    gk_buf_free(&whole);
}

#define SHAPE(hidden, text)                                                                                            \
    "<xdr:sp><xdr:nvSpPr><xdr:cNvPr id='2' name='x'" hidden "/></xdr:nvSpPr><xdr:txBody>" text "</xdr:txBody></xdr:sp>"
#define A_P(text) "<a:p><a:r><a:t>" text "</a:t></a:r></a:p>"

/* Text boxes follow the table of their sheet, also those in groups; hidden ones and the doubles for old programs do not. */
static void check_boxes(void) {
    const char sheet_rels[] = RELS
        "<Relationship Id='rId1' Type='" TYPE "drawing' Target='../drawings/drawing1.xml'/>"
        "<Relationship Id='rId2' Type='" TYPE "comments' Target='../comments1.xml'/></Relationships>";
    const char drawing[] =
        "<xdr:wsDr xmlns:xdr='d' xmlns:a='a' xmlns:mc='m'><xdr:twoCellAnchor>"
        SHAPE("", A_P("单位：万元") "<a:p><a:r><a:t>a</a:t></a:r><a:r><a:t>b</a:t></a:r><a:br/><a:r><a:t>c</a:t></a:r></a:p>")
        "</xdr:twoCellAnchor><xdr:grpSp>" SHAPE("", A_P("in a group 12")) SHAPE(" hidden='1'", A_P("hidden")) "</xdr:grpSp>"
        "<mc:AlternateContent><mc:Choice>" SHAPE("", A_P("new")) "</mc:Choice><mc:Fallback>" SHAPE("", A_P("old"))
        "</mc:Fallback></mc:AlternateContent>" SHAPE("", A_P(" ")) "</xdr:wsDr>";
    const char comments[] =
        "<comments><commentList><comment ref='A1'><text><t>remark 99</t></text></comment></commentList></comments>";
    pack_part parts[] = {
        {"_rels/.rels", gk_str_of(rels)},
        {"xl/workbook.xml", gk_str_of(book)},
        {"xl/_rels/workbook.xml.rels", gk_str_of(book_rels)},
        {"xl/sharedStrings.xml", gk_str_of(strings)},
        {"xl/styles.xml", gk_str_of(styles)},
        {"xl/worksheets/sheet1.xml", gk_str_of(SHEET("<sheetData><row r='1'><c r='A1' t='s'><v>1</v></c><c r='B1'><v>5</v></c>"
                                                     "</row></sheetData>"))},
        {"xl/worksheets/sheet2.xml", gk_str_of(SHEET("<sheetData/>"))},
        {"xl/worksheets/_rels/sheet1.xml.rels", gk_str_of(sheet_rels)},
        {"xl/comments1.xml", gk_str_of(comments)},
        {"xl/drawings/drawing1.xml", gk_str_of(drawing)},
    };
    gk_buf bytes = pack(PACK_ZIP, parts, 10), less = pack(PACK_ZIP, parts, 9);
    gk_doc doc;
    CHECK_INT(read_bytes(gk_buf_str(&bytes), &doc), GK_OK);
    CHECK_STR(view_blocks(&doc, &seen),
              "H1 支出表\n#1x2 [0,0 项目] [0,1 5]\nT 单位：万元\nT ab\nT c\nT in a group 12\nT new\n");
    CHECK_INT(doc.notes.len, 0);
    gk_doc_free(&doc);
    CHECK_INT(read_bytes(gk_buf_str(&less), &doc), GK_OK);
    CHECK_STR(doc.notes.at[0].message, "text boxes of a sheet are missing from the file");
    gk_doc_free(&doc);
    parts[9].data = GK_STR("<xdr:wsDr><xdr:sp>");
    gk_buf broken = pack(PACK_ZIP, parts, 10);
    CHECK_INT(read_bytes(gk_buf_str(&broken), &doc), GK_OK);
    CHECK(gk_str_find(doc.notes.at[0].message, GK_STR("a drawing is damaged: ")) == 0);
    gk_doc_free(&doc);
    gk_buf_free(&bytes);
    gk_buf_free(&less);
    gk_buf_free(&broken);
}

/* A sheet that the workbook lists and the file does not hold; a cell that names a text that is not there. */
static void check_missing(void) {
    const pack_part parts[] = {
        {"_rels/.rels", gk_str_of(rels)},
        {"xl/workbook.xml", gk_str_of(book)},
        {"xl/_rels/workbook.xml.rels", gk_str_of(book_rels)},
        {"xl/sharedStrings.xml", gk_str_of(strings)},
        {"xl/styles.xml", gk_str_of(styles)},
        {"xl/worksheets/sheet1.xml", gk_str_of(SHEET("<sheetData><row r='1'><c r='A1' t='s'><v>9</v></c><c r='B1'><v>5</v></c>"
                                                     "</row></sheetData>"))},
    };
    gk_buf bytes = pack(PACK_ZIP, parts, 6), less = pack(PACK_ZIP, parts, 5);
    gk_doc doc;
    CHECK_INT(read_bytes(gk_buf_str(&bytes), &doc), GK_OK);
    CHECK_INT(doc.notes.len, 2);
    CHECK_STR(doc.notes.at[0].message, "1 of 2 sheets are missing from the file");
    CHECK_STR(doc.notes.at[1].message, "1 cells name a text that the workbook does not hold");
    gk_doc_free(&doc);
    CHECK_INT(read_bytes(gk_buf_str(&less), &doc), GK_E_FORMAT);
    CHECK_STR(gk_str_of(err.message), "the file has no sheet");
    gk_doc_free(&doc);
    gk_buf_free(&bytes);
    gk_buf_free(&less);
}

int main(void) {
    check_shown();
    check_merged();
    check_address();
    check_empty_cells();
    check_string_bomb();
    check_hostile();
    check_missing();
    check_boxes();
    check_damage();
    gk_buf_free(&seen);
    return CHECK_DONE();
}
