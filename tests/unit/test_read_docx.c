/* DOCX: paragraphs, headings, numbering, tables, tracked changes, text boxes, notes, hostile files. */
#include "check.h"
#include "damage.h"
#include "office_view.h"
#include "pack.h"
#include "read/read.h"

static gk_buf seen;
static gk_err err;

#define RELS "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>"
#define TYPE "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
#define W "xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'"
#define P(text) "<w:p><w:r><w:t>" text "</w:t></w:r></w:p>"
#define STYLED(style, text) "<w:p><w:pPr><w:pStyle w:val='" style "'/></w:pPr><w:r><w:t>" text "</w:t></w:r></w:p>"
#define TC(properties, content) "<w:tc><w:tcPr>" properties "</w:tcPr>" content "</w:tc>"

static const char rels[] = RELS "<Relationship Id='rId1' Type='" TYPE "officeDocument' Target='word/document.xml'/>"
                                "</Relationships>";
static const char doc_rels[] =
    RELS "<Relationship Id='rId1' Type='" TYPE "styles' Target='styles.xml'/>"
         "<Relationship Id='rId2' Type='" TYPE "numbering' Target='numbering.xml'/>"
         "<Relationship Id='rId3' Type='" TYPE "footnotes' Target='footnotes.xml'/>"
         "<Relationship Id='rId9' Type='" TYPE "hyperlink' Target='http://example.org/a.xls' TargetMode='External'/>"
         "</Relationships>";
static const char styles[] =
    "<w:styles " W "><w:style w:styleId='1'><w:name w:val='heading 1'/></w:style>"
    "<w:style w:styleId='b'><w:name w:val='Mine'/><w:basedOn w:val='1'/></w:style>"
    "<w:style w:styleId='t'><w:name w:val='TOC 1'/></w:style></w:styles>";
static const char numbering[] =
    "<w:numbering " W "><w:abstractNum w:abstractNumId='5'>"
    "<w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='chineseCounting'/><w:lvlText w:val='%1、'/></w:lvl>"
    "<w:lvl w:ilvl='1'><w:start w:val='1'/><w:numFmt w:val='decimal'/><w:lvlText w:val='%2.'/></w:lvl></w:abstractNum>"
    "<w:num w:numId='3'><w:abstractNumId w:val='5'/></w:num></w:numbering>";
static const char notes[] =
    "<w:footnotes " W "><w:footnote w:type='separator'><w:p><w:r><w:t>no</w:t></w:r></w:p></w:footnote>"
    "<w:footnote w:id='1'>" P("note 7") "</w:footnote></w:footnotes>";

static gk_buf file_of(gk_str body) {
    const pack_part parts[] = {
        {"_rels/.rels", gk_str_of(rels)},      {"word/document.xml", body},
        {"word/_rels/document.xml.rels", gk_str_of(doc_rels)}, {"word/styles.xml", gk_str_of(styles)},
        {"word/numbering.xml", gk_str_of(numbering)}, {"word/footnotes.xml", gk_str_of(notes)},
    };
    return pack(PACK_ZIP, parts, sizeof parts / sizeof *parts);
}

static gk_code read_bytes(gk_str bytes, gk_doc *doc) {
    err = (gk_err){0};
    gk_doc_init(doc);
    return gk_read(bytes, GK_STR("test"), doc, &err);
}

/* The notes stand at the end of every document of the test. */
static void check_body(const char *content, const char *want, const char *text) {
    gk_buf body = {0}, all = {0}, lines = {0};
    gk_buf_printf(&body, "<w:document " W "><w:body>%s</w:body></w:document>", content);
    gk_buf bytes = file_of(gk_buf_str(&body));
    gk_doc doc;
    CHECK_INT(read_bytes(gk_buf_str(&bytes), &doc), GK_OK);
    gk_buf_printf(&all, "%sT note 7\n", want);
    CHECK_STR(view_blocks(&doc, &seen), all.ptr);
    if (text) {
        gk_buf_printf(&lines, "%snote 7\n", text);
        CHECK_STR(doc.text, lines.ptr);
    }
    for (uint32_t i = 1; i < doc.segs.len; i++) CHECK(doc.segs.at[i - 1].end <= doc.segs.at[i].start);
    gk_doc_free(&doc);
    gk_buf_free(&bytes);
    gk_buf_free(&body);
    gk_buf_free(&all);
    gk_buf_free(&lines);
}

static void check_paragraphs(void) {
    check_body(P("one") STYLED("b", "Head") STYLED("t", "Head 1") "<w:p/>"
               "<w:p><w:r><w:t>a</w:t><w:tab/><w:t xml:space='preserve'> b</w:t><w:br/><w:t>c</w:t></w:r></w:p>",
               "T one\nH1 Head\nA Head 1\nT a\t b/c\n", "one\nHead\nHead 1\na\t b\nc\n");
    check_body("<w:p><w:r><w:t>完。</w:t><w:br/><w:t>一、次</w:t></w:r></w:p>", "T 完。\nT 一、次\n", NULL);
    check_body(STYLED("1", "很长的一句话。"), "T 很长的一句话。\n", NULL);
}

#define ITEM(level, text)                                                                                              \
    "<w:p><w:pPr><w:numPr><w:ilvl w:val='" level "'/><w:numId w:val='3'/></w:numPr></w:pPr><w:r><w:t>" text             \
    "</w:t></w:r></w:p>"

static void check_numbering(void) {
    check_body(ITEM("0", "a") ITEM("1", "b") ITEM("1", "c") ITEM("0", "d") ITEM("1", "e"),
               "L 一、a\nL 1. b\nL 2. c\nL 二、d\nL 1. e\n", NULL);
}

static void check_changes(void) {
    check_body("<w:p><w:r><w:t>12</w:t></w:r><w:ins><w:r><w:t>34</w:t></w:r></w:ins>"
               "<w:del><w:r><w:delText>99</w:delText></w:r></w:del><w:moveFrom><w:r><w:t>98</w:t></w:r></w:moveFrom>"
               "<w:r><w:rPr><w:vanish/></w:rPr><w:t>97</w:t></w:r>"
               "<w:r><w:fldChar w:fldCharType='begin'/><w:instrText>PAGE 96</w:instrText></w:r>"
               "<w:sdt><w:sdtPr><w:alias w:val='95'/></w:sdtPr><w:sdtContent><w:r><w:t>56</w:t></w:r></w:sdtContent></w:sdt>"
               "</w:p><w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>half </w:t></w:r></w:p>" P("whole"),
               "T 123456\nT half whole\n", NULL);
}

static void check_boxes(void) {
    check_body("<w:p><w:r><w:t>anchor</w:t></w:r><w:r><mc:AlternateContent xmlns:mc='m'>\n<mc:Choice><w:drawing>"
               "<w:txbxContent>" P("box 1") P("box 2") "</w:txbxContent></w:drawing></mc:Choice>"
               "<mc:Fallback><w:pict><w:txbxContent>" P("box 1") P("box 2") "</w:txbxContent></w:pict></mc:Fallback>"
               "</mc:AlternateContent></w:r><w:r><w:t> goes on</w:t></w:r></w:p>",
               "T anchor goes on\nT box 1\nT box 2\n", NULL);
}

static void check_tables(void) {
    check_body("<w:tbl><w:tr>" TC("<w:vMerge w:val='restart'/>", P("A")) TC("<w:gridSpan w:val='2'/>", P("B") P("b")) "</w:tr>"
               "<w:tr>" TC("<w:vMerge/>", "<w:p/>") TC("", P("1")) TC("", "<w:p/>") "</w:tr>"
               "<w:tr><w:trPr><w:gridBefore w:val='1'/></w:trPr>" TC("", P("2")) TC("", P("3")) "</w:tr></w:tbl>",
               "#3x3 [0,0 2x1 A] [0,1 1x2 B/b] [1,1 1] [1,2 ] [2,1 2] [2,2 3]\n", "A\tB\nb\n\t1\t\n2\t3\n");
    check_body("<w:tbl><w:tr><w:trPr><w:del/></w:trPr>" TC("", P("x")) TC("", P("y")) "</w:tr>"
               "<w:tr>" TC("", P("1")) TC("", "<w:tbl><w:tr>" TC("", P("2")) TC("", P("3")) "</w:tr></w:tbl><w:p/>")
               "</w:tr></w:tbl>",
               "#1x2 [0,0 1] [0,1 2/3]\n", NULL);
    check_body("<w:tbl><w:tr>" TC("", P("frame") "<w:tbl><w:tr>" TC("", P("2")) TC("", P("3")) "</w:tr></w:tbl>")
               "</w:tr></w:tbl>",
               "T frame\n#1x2 [0,0 2] [0,1 3]\n", NULL);
    check_body("<w:tbl><w:tr>" TC("", "<w:p/>") TC("", "<w:p/>") "</w:tr></w:tbl>", "", NULL);
}

static void check_links(void) {
    gk_buf bytes = file_of(GK_STR("<w:document " W "><w:body>" P("x")
                                  "<w:p><w:hyperlink w:id='rId9'><w:r><w:t>table</w:t></w:r></w:hyperlink></w:p>"
                                  "</w:body></w:document>"));
    gk_doc doc;
    CHECK_INT(read_bytes(gk_buf_str(&bytes), &doc), GK_OK);
    CHECK_INT(doc.links.len, 1);
    CHECK_STR(doc.links.at[0].target, "http://example.org/a.xls");
    CHECK_STR(gk_str_slice(doc.text, doc.links.at[0].anchor.start, doc.links.at[0].anchor.end), "table");
    gk_doc_free(&doc);
    gk_buf_free(&bytes);
}

static void check_code(gk_str body, gk_code want) {
    gk_buf bytes = file_of(body);
    gk_doc doc;
    gk_code code = read_bytes(gk_buf_str(&bytes), &doc);
    CHECK_INT(code, want);
    gk_doc_free(&doc);
    gk_buf_free(&bytes);
}

static void check_hostile(void) {
    gk_buf deep = {0}, wide = {0};
    gk_buf_put(&deep, GK_STR("<w:document " W "><w:body>"));
    for (int i = 0; i < 100000; i++) gk_buf_put(&deep, GK_STR("<w:tbl><w:tr><w:tc>"));
    check_code(gk_buf_str(&deep), GK_E_FORMAT);
    gk_buf_put(&wide, GK_STR("<w:document " W "><w:body><w:tbl>"));
    for (int i = 0; i < 20000; i++)
        gk_buf_put(&wide, GK_STR("<w:tr>" TC("<w:gridSpan w:val='4000'/>", P("1")) TC("", P("1")) "</w:tr>"));
    gk_buf_put(&wide, GK_STR("</w:tbl></w:body></w:document>"));
    check_code(gk_buf_str(&wide), GK_E_LIMIT);
    check_code(GK_STR("<!DOCTYPE a><w:document " W "/>"), GK_E_FORMAT);
    check_code(GK_STR(""), GK_E_FORMAT);
    gk_buf_free(&deep);
    gk_buf_free(&wide);
}

static void check_damage(void) {
    gk_buf whole = file_of(GK_STR("<w:document " W "><w:body>" P("1.5") "<w:tbl><w:tr>" TC("", P("1")) TC("", P("2"))
                                  "</w:tr></w:tbl>" ITEM("1", "x") "</w:body></w:document>"));
    damage_all(gk_buf_str(&whole), 99, 1000, 1);
    gk_buf_free(&whole);
}

int main(void) {
    check_paragraphs();
    check_numbering();
    check_changes();
    check_boxes();
    check_tables();
    check_links();
    check_hostile();
    check_damage();
    gk_buf_free(&seen);
    return CHECK_DONE();
}
