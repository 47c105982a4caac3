/* The HTML reader over pages written for this test: blocks, cells, links, meta tags and their positions. */
#include "base/limits.h"
#include "check.h"
#include "read/read.h"

/* The document as one line a block: kind, level, lines joined with `|`; tables row by row, cells set apart by `,`, with
 * `<` and `^` where a cell reaches over from the left or from above. */
static void put_lines(gk_buf *b, const gk_doc *d, uint32_t first, uint32_t count) {
    for (uint32_t i = first; i < first + count; i++) {
        if (i > first) gk_buf_putc(b, '|');
        gk_buf_put(b, gk_str_slice(d->text, d->segs.at[i].start, d->segs.at[i].end));
    }
}

static void put_table(gk_buf *b, const gk_doc *d, const gk_table *t) {
    gk_buf_printf(b, "T%ux%u", t->rows, t->cols);
    for (uint32_t r = 0; r < t->rows; r++) {
        gk_buf_putc(b, r ? '/' : ' ');
        for (uint32_t k = 0; k < t->cols; k++) {
            const gk_cell *c = gk_table_at(d, t, r, k);
            if (k) gk_buf_putc(b, ',');
            if (!c) gk_buf_putc(b, '?');
            else if (c->row == r && c->col == k) put_lines(b, d, c->first_seg, c->seg_count);
            else gk_buf_putc(b, c->row == r ? '<' : '^');
        }
    }
    gk_buf_putc(b, '\n');
}

static gk_str outline(const gk_doc *d, gk_buf *b) {
    static const char letters[] = {'P', 'H', 'L', 'T', 'A'};
    for (size_t i = 0; i < d->blocks.len; i++) {
        const gk_block *k = &d->blocks.at[i];
        if (k->kind == GK_BLOCK_TABLE) {
            put_table(b, d, &d->tables.at[k->table]);
            continue;
        }
        gk_buf_putc(b, letters[k->kind]);
        if (k->level) gk_buf_putc(b, (char)('0' + k->level));
        gk_buf_putc(b, ' ');
        put_lines(b, d, k->first_seg, k->seg_count);
        gk_buf_putc(b, '\n');
    }
    return gk_buf_str(b);
}

static gk_code read_page(gk_doc *d, gk_str page, gk_err *err) {
    gk_doc_init(d);
    *err = (gk_err){0};
    return gk_read(page, GK_STR("page"), d, err);
}

static void expect(int line, const char *page, const char *want) {
    gk_doc d;
    gk_err err;
    gk_buf b = {0};
    gk_code code = read_page(&d, gk_str_of(page), &err);
    gk_str got = outline(&d, &b);
    check_count++;
    if (code != GK_OK || !gk_str_eqz(gk_str_of(d.media_type), "text/html") || !gk_str_eqz(got, want)) {
        check_failed++;
        fprintf(stderr, "%s:%d: %s\n%.*swant:\n%s", __FILE__, line, err.message, GK_STR_ARG(got), want);
    }
    gk_buf_free(&b);
    gk_doc_free(&d);
}
#define EXPECT(page, want) expect(__LINE__, page, want)

static void test_blocks(void) {
    EXPECT("<html><body><h2>部门预算</h2><p>收入<b>12.</b><span>5</span>\n万元</p><ul><li>一<li>二</ul><div>尾</div>",
           "H2 部门预算\nP 收入12.5 万元\nL 一\nL 二\nP 尾\n");
    EXPECT("<p>&nbsp;　　缩进 \t\n 一 </p><p><strong>二、支出</strong></p><p><b>很粗</b>的字</p>",
           "P 缩进 一\nH 二、支出\nP 很粗的字\n");
    EXPECT("<div>甲<br>乙<br><br/>　　丙</div><pre>丁\n戊</pre>", "P 甲\nP 乙\nP 丙\nP 丁\nP 戊\n");
    EXPECT("<h1>某某县某某局<br>预算公开</h1><p>面积10<sup>2</sup>平方米</p>", "H1 某某县某某局|预算公开\nP 面积10²平方米\n");
    EXPECT("<p>本单位本年的收入总计为一百二十三万元，比上年增加了十二万元，这是因为<br>人员增加。</p>",
           "P 本单位本年的收入总计为一百二十三万元，比上年增加了十二万元，这是因为|人员增加。\n");
    EXPECT("<p>可见<span style='color:red; DISPLAY : none !important'>1</span><i hidden>2</i><script>var a='<p>3'</script>"
           "<style>p{}</style><!-- 4 --><textarea>5</textarea></p>",
           "P 可见\n");
    EXPECT("<p>a &lt; b &amp; 3&#20803;&times;2 <o:p>x</o:p></p><p></p><p> &nbsp; </p>", "P a < b & 3元×2 x\n");
}

static void test_tables(void) {
    EXPECT("<table><tr><td rowspan=2>项目<td colspan=2>支出<tr><td>本年<td>上年<tr><td>合计<td>1,2<br>3<td><p>4</p><p>5</p>"
           "</table>",
           "T3x3 项目,支出,</^,本年,上年/合计,1,2|3,4|5\n");
    EXPECT("<table><caption>表一</caption><thead><tr><th>甲<th>乙</thead><tbody><tr><td>1<td><tr style='display:none'><td>9"
           "<td>9</tbody></table>",
           "P 表一\nT2x2 甲,乙/1,\n");
    EXPECT("<table><tr><td colspan=99>单位：万元<tr><td>甲<td rowspan=0>1<tr><td>乙</table>",
           "T3x2 单位：万元,</甲,1/乙,^\n");
    EXPECT("<table><tr><td>只有一格，<table><tr><td>甲<td>1<tr><td>乙<td>2</table>后文</table>",
           "P 只有一格，\nT2x2 甲,1/乙,2\nP 后文\n");
    EXPECT("<table><tr><td>一<tr><td>二</table>", "P 一\nP 二\n");
    EXPECT("<table><tr><td>甲<td>1<table><tr><td>x</table><tr><td>乙<td>2</table>", "T2x2 甲,1|x/乙,2\n");
    EXPECT("<table><tr>行外<td>甲<td>1</tr>行间<tr><td>乙<td>2</table>", "P 行外\nP 行间\nT2x2 甲,1/乙,2\n");
}

#define FILL "本单位的收入和支出都纳入预算管理，各项工作按照年初的安排进行，没有发生重大的变化，详细的情况见下面各表。"
#define LONG FILL FILL FILL FILL

static void test_bodies(void) {
    static const char *const open[] = {"<div class='view TRS_UEDITOR trs_paper_default'>", "<div class=TRS_Editor>",
                                       "<div id=zoom>", "<div id='UCAP-CONTENT'>", "<div id=vsb_content_501>",
                                       "<div class='article-content'>", "<ucapcontent>", "<div class=x>"};
    for (size_t i = 0; i < sizeof open / sizeof *open; i++) {
        gk_buf page = {0};
        gk_buf_printf(&page,
                      "<!DOCTYPE html><html><head><title>二〇二四年部门决算公开-某某县</title></head><body>"
                      "<div class='top-nav'><ul><li><a href=/>首页</a><li><a href=/a>信息公开</a></ul></div>"
                      "<div class=crumb>当前位置：首页 &gt; 公开</div><div class=main><h3>二〇二四年部门决算公开</h3>"
                      "<div>发布时间：2025-09-01 浏览次数：37</div>%s<p>第一段。</p><p>" LONG "</p></div>"
                      "<div class='share-box'>分享到 3</div></div><div class=footer>主办 县政府 备案 12345678 号</div>",
                      open[i]);
        gk_doc d;
        gk_err err;
        gk_buf b = {0};
        CHECK_INT(read_page(&d, gk_buf_str(&page), &err), GK_OK);
        CHECK_STR(outline(&d, &b), "H3 二〇二四年部门决算公开\nP 第一段。\nP " LONG "\n");
        gk_buf_free(&b);
        gk_buf_free(&page);
        gk_doc_free(&d);
    }
}

static void test_links(void) {
    gk_doc d;
    gk_err err;
    gk_str page = GK_STR("<html><head><META content='某某县 人民政府' NAME=SiteName>"
                         "<meta name=pubdate content='2025-01-31 09:30'><meta name=Keywords content=''>"
                         "<title> 公开\n说明 </title></head><body><div id=zoom><p>见<a href=' b.html'> 说明</a>。</p>"
                         "<p><a href='./P02.pdf'>附件1.pdf</a></p></div><div><a href='/down.jsp?f=1.XLS&amp;n=2'>附件2</a>"
                         "<a href=http://a.pdf/x>站</a><a href='#'>顶</a></div>");
    CHECK_INT(read_page(&d, page, &err), GK_OK);
    CHECK_INT(d.metas.len, 3);
    CHECK_STR(d.metas.at[0].name, "SiteName");
    CHECK_STR(d.metas.at[0].content, "某某县 人民政府");
    CHECK_STR(d.metas.at[1].name, "pubdate");
    CHECK_STR(d.metas.at[2].name, "title");
    CHECK_STR(d.metas.at[2].content, "公开 说明");
    CHECK_STR(d.text, "见 说明。\n附件1.pdf\n附件2\n");
    CHECK_INT(d.links.len, 3);
    CHECK_STR(d.links.at[0].target, "b.html");
    CHECK_STR(gk_str_slice(d.text, d.links.at[0].anchor.start, d.links.at[0].anchor.end), "说明");
    CHECK_STR(d.links.at[1].target, "./P02.pdf");
    CHECK_STR(d.links.at[2].target, "/down.jsp?f=1.XLS&n=2");
    CHECK_STR(gk_str_slice(d.text, d.links.at[2].anchor.start, d.links.at[2].anchor.end), "附件2");
    gk_buf b = {0};
    CHECK_STR(outline(&d, &b), "P 见 说明。\nA 附件1.pdf\nA 附件2\n");
    gk_buf_free(&b);
    gk_doc_free(&d);
}

static void test_positions(void) {
    gk_doc d;
    gk_err err;
    CHECK_INT(read_page(&d, GK_STR("<p>甲</p><table><tr><td>乙<td><tr><td>1<br>2<td>3</table><p>丁</p>"), &err), GK_OK);
    CHECK_STR(d.text, "甲\n乙\t\n1 2\t3\n丁\n");
    CHECK_INT(d.tables.len, 1);
    CHECK(d.tables.at[0].merged_known);
    CHECK_STR(gk_str_slice(d.text, d.tables.at[0].span.start, d.tables.at[0].span.end), "乙\t\n1 2\t3\n");
    CHECK_INT(d.cells.len, 4);
    CHECK_INT(d.cells.at[1].span.start, 8);
    CHECK_INT(d.cells.at[1].span.end, 8);
    CHECK_INT(d.cells.at[2].seg_count, 2);
    CHECK_INT(d.cells.at[2].span.start, 9);
    CHECK_INT(d.cells.at[2].span.end, 12);
    gk_doc_free(&d);
}

static void test_charsets(void) {
    gk_doc d;
    gk_err err;
    /* GB 18030 bytes of 镕元 (镕 is not in GB 2312) in a page that declares gb2312. */
    CHECK_INT(read_page(&d, GK_STR("<html><meta charset=gb2312><p>\xE9\x46\xD4\xAA</p>"), &err), GK_OK);
    CHECK_STR(d.text, "镕元\n");
    CHECK_STR(gk_str_of(d.charset), "GB18030");
    gk_doc_free(&d);
    CHECK_INT(read_page(&d, GK_STR("\xEF\xBB\xBF\r\n<html><head><meta http-equiv=Content-Type content='text/html; charset=gbk'>"
                                   "</head><p>元</p>"), &err), GK_OK);
    CHECK_STR(d.text, "元\n");
    gk_doc_free(&d);
    CHECK_INT(read_page(&d, (gk_str){"\xFF\xFE<\0p\0>\0\x43\x51<\0/\0p\0>\0", 18}, &err), GK_OK);
    CHECK_STR(d.text, "元\n");
    CHECK_STR(gk_str_of(d.media_type), "text/html");
    gk_doc_free(&d);
}

static void test_recognition(void) {
    static const char *const texts[] = {"预算 < 决算 <p> 的说明\n", "<附件> 公开表\n", "a<b\n", "", "# 标题 <br>\n|a|b|\n",
                                        "<?xml version='1.0'?><w:document/>\n"};
    static const char *const pages[] = {"<!-- x -->\n<?xml version='1.0'?>\n<HTML>", "  <!DOCTYPE html>", "<div>a</div>",
                                        "<%@ page %><table><tr><td>1</td>"};
    gk_doc d;
    gk_err err;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        CHECK_INT(read_page(&d, gk_str_of(texts[i]), &err), GK_OK);
        CHECK_STR(gk_str_of(d.media_type), "text/plain");
        gk_doc_free(&d);
    }
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        CHECK_INT(read_page(&d, gk_str_of(pages[i]), &err), GK_OK);
        CHECK_STR(gk_str_of(d.media_type), "text/html");
        gk_doc_free(&d);
    }
}

/* A page made of one text many times over must end soon, in a named limit or harmlessly. */
static gk_code flood(const char *head, const char *part, size_t times, const char *tail) {
    gk_doc d;
    gk_err err;
    gk_buf b = {0};
    gk_buf_printf(&b, "<html>%s", head);
    for (size_t i = 0; i < times; i++) gk_buf_put(&b, gk_str_of(part));
    gk_buf_put(&b, gk_str_of(tail));
    gk_code code = read_page(&d, gk_buf_str(&b), &err);
    gk_doc_free(&d);
    gk_buf_free(&b);
    return code;
}

static void test_floods(void) {
    CHECK_INT(flood("", "<div>", 100000, ""), GK_E_LIMIT);
    CHECK_INT(flood("", "<b>x", 100000, ""), GK_E_LIMIT);
    CHECK_INT(flood("", "<b></i>", 100000, ""), GK_E_LIMIT);
    CHECK_INT(flood("<p", " a", 50000, ">x</p>"), GK_E_LIMIT);
    CHECK_INT(flood("<p", " a=''", 50000, ">x</p>"), GK_E_LIMIT);
    CHECK_INT(flood("<script>a<b ", "c d=", 50000, "</script>x"), GK_OK);
    CHECK_INT(flood("", "</p>", 100000, ""), GK_OK);
    CHECK_INT(flood("", "<p>", 200000, ""), GK_OK);
    CHECK_INT(flood("", "<br>", 200000, ""), GK_OK);
    CHECK_INT(flood("", "<", 200000, ""), GK_OK);
    CHECK_INT(flood("", "&", 200000, ""), GK_OK);
    CHECK_INT(flood("", "<!--", 200000, ""), GK_OK);
    CHECK_INT(flood("<table>", "<tr><td>1<td>2", 100000, ""), GK_OK);
    CHECK_INT(flood("<table><tr>", "<td>1", 100000, ""), GK_E_LIMIT);
    CHECK_INT(flood("<table>", "<tr><td colspan=1000 rowspan=65534>1<td>2", 100000, ""), GK_E_LIMIT);
    CHECK_INT(flood("", "<table><tr><td>", 400, ""), GK_E_LIMIT);
    CHECK_INT(flood("", "<table><tr><td>1<td>2<tr><td>3<td>4</table>", 20000, ""), GK_OK);
}

static gk_buf sample(void) {
    gk_buf b = {0};
    char path[4096];
    const char *root = getenv("GK_SOURCE_DIR");
    snprintf(path, sizeof path, "%s/corpus/samples/final-tables.html", root ? root : ".");
    FILE *f = fopen(path, "rb");
    for (int c; f && (c = getc(f)) != EOF;) gk_buf_putc(&b, (char)c);
    if (f) fclose(f);
    return b;
}

/* Whatever was damaged, the document stays sound: lines ascend and lie in the text. */
static void read_damaged(gk_str page) {
    gk_doc d;
    gk_err err = {0};
    gk_doc_init(&d);
    gk_code code = gk_reader_html.read(page, &d, &err);
    CHECK(code == GK_OK || code == GK_E_BINARY || code == GK_E_LIMIT);
    uint32_t last = 0;
    size_t bad = 0;
    for (size_t i = 0; code == GK_OK && i < d.segs.len; last = d.segs.at[i++].end)
        bad += d.segs.at[i].start < last || d.segs.at[i].end <= d.segs.at[i].start || d.segs.at[i].end > d.text.len;
    CHECK_INT(bad, 0);
    gk_doc_free(&d);
}

static size_t notes_of(const char *page) {
    gk_doc d;
    gk_err err = {0};
    gk_doc_init(&d);
    CHECK_INT(gk_reader_html.read(gk_str_of(page), &d, &err), GK_OK);
    size_t count = d.notes.len;
    if (count) CHECK_STR(d.notes.at[0].message, "the page has no end (</html>): it may be cut off");
    gk_doc_free(&d);
    return count;
}

/* A file that a page shows is told, and is an attachment of it; a picture is none. */
static void test_frames(void) {
    gk_doc d;
    gk_err err = {0};
    gk_doc_init(&d);
    CHECK_INT(gk_reader_html.read(GK_STR("<p>one</p><iframe src=\"/view.php?file=/f/a.pdf&x=1\"></iframe><img src=\"b.pdf\">"
                                         "<object data=\"c.docx\"></object><embed src=\"d.swf\"><a href=\"c.docx\">c</a>"),
                                  &d, &err),
              GK_OK);
    CHECK_INT(d.notes.len, 2);
    CHECK_INT(d.notes.at[0].code, GK_E_OPEN);
    CHECK_STR(d.notes.at[0].message, "the page shows a file, which is not read: /view.php?file=/f/a.pdf&x=1");
    CHECK_STR(d.notes.at[1].message, "the page shows a file, which is not read: c.docx");
    CHECK_INT(d.links.len, 2);
    CHECK_STR(d.links.at[0].target, "/view.php?file=/f/a.pdf&x=1");
    CHECK_STR(d.links.at[1].target, "c.docx"); /* once, though a link leads to it too */
    gk_doc_free(&d);
}

/* A page that begins as one must end as one, and no page ends within a tag. */
static void test_cut(void) {
    CHECK_INT(notes_of("<html><body><p>one</p><p>two</p></body></html>\n"), 0);
    CHECK_INT(notes_of("<!DOCTYPE html><HTML><body><p>one</p><p>two</p></HTML>"), 0);
    CHECK_INT(notes_of("<html><body><p>one</p><p>two</p></body>"), 1);
    CHECK_INT(notes_of("<html><body><p>one</p><p>two"), 1);
    CHECK_INT(notes_of("<p>one</p><p>two</p>"), 0);
    CHECK_INT(notes_of("<p>one</p><p>two</p><p cla"), 1);
    CHECK_INT(notes_of("<html><p>one</p></html><!-- </html> -->"), 0);
    CHECK_INT(notes_of("<html><p>one</p><!-- </html> -->"), 1);
}

static void test_damage(void) {
    enum { TIMES = 100, FLIPS = 10 };
    gk_buf whole = sample();
    uint32_t random = 1;
    CHECK(whole.len > 10000);
    for (size_t i = 0; i < TIMES; i++) read_damaged(gk_str_slice(gk_buf_str(&whole), 0, whole.len * i / TIMES));
    for (size_t i = 0; i < TIMES && whole.len; i++) {
        gk_buf copy = {0};
        gk_buf_put(&copy, gk_buf_str(&whole));
        for (int k = 0; k < FLIPS; k++) {
            random = random * 1664525u + 1013904223u;
            copy.ptr[random % copy.len] ^= (char)(1u << (random >> 29));
        }
        read_damaged(gk_buf_str(&copy));
        gk_buf_free(&copy);
    }
    gk_buf_free(&whole);
}

int main(void) {
    test_blocks();
    test_tables();
    test_bodies();
    test_links();
    test_positions();
    test_charsets();
    test_recognition();
    test_floods();
    test_frames();
    test_cut();
    test_damage();
    return CHECK_DONE();
}
