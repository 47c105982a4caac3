/* The geometry of PDF pages, from streams written here: no PDF and no gongkai-pdf is needed. */
#include "pdf_page.h"

static void paragraphs(void) {
    begin();
    for (int n = 1; n <= 3; n++) {
        page(300, 400);
        if (n > 1) text(50, 40, "二三四五");
        text(70, 60, n == 1 ? "一二三四五六七八九十一二三四五六七八九十一二三" : "一二三四五六七八九十一二三四");
        text(50, 80, n == 1 ? "一二三四五六七八九十一二三四五六七八九十一二三四五" : "二三四五");
        text(70, 100, "一二三四五六七八九十一二三四五六七八九十一二三");
        text(145, 380, n == 1 ? "- 1 -" : n == 2 ? "- 2 -" : "- 3 -");
        end_page();
    }
    CHECK_INT(finish(), GK_OK);
    CHECK_INT(doc.pages, 3);
    size_t asides = 0;
    for (size_t i = 0; i < doc.blocks.len; i++) asides += doc.blocks.at[i].kind == GK_BLOCK_ASIDE;
    CHECK_INT(asides, 3);
    CHECK_INT(doc.blocks.at[0].seg_count, 2);
    CHECK_INT(doc.blocks.at[0].kind, GK_BLOCK_TEXT);
    CHECK_INT(doc.blocks.at[1].seg_count, 2); /* goes on over the page */
    CHECK_STR(block_text(2), "- 1 -");
}

/* A heading does not go on in a paragraph that begins with a year, however little is missing to the edge. */
static void heading_before_year(void) {
    begin();
    page(300, 400);
    for (int n = 0; n < 3; n++) {
        text(70, 60 + 60 * n, "一二三四五六七八九十一二三四五六七八九十一二三");
        text(50, 80 + 60 * n, "一二三四五六七八九十一二三四五六七八九十一二三四五");
        text(50, 100 + 60 * n, "二三四五");
    }
    text(70, 240, "四、一二三四五六七八九十一二三四五六七");
    text(70, 260, "2031年三四五六七八九十一二三四五六七八九十一二三");
    text(50, 280, "二三四五");
    end_page();
    CHECK_INT(finish(), GK_OK);
    CHECK_INT(doc.blocks.len, 5);
    CHECK_STR(block_text(3), "四、一二三四五六七八九十一二三四五六七");
}

/* A wide gap inside a paragraph parts nothing; one in a line of its own parts what stands side by side. */
static void torn_by_gap(void) {
    begin();
    page(300, 400);
    for (int n = 0; n < 3; n++) {
        text(70, 60 + 80 * n, "一二三四五六七八九十一二三四五六七八九十一二三");
        text(50, 80 + 80 * n, "与上年相比各增加");
        text(190, 80 + 80 * n, "2417.6万元二三四五六七");
        text(50, 100 + 80 * n, "八九十一二三四五六七八九十一二三四五六七八九十一二");
        text(50, 120 + 80 * n, "二三四五");
    }
    text(50, 320, "望汐县粮食局");
    text(190, 320, "单位万元二三四五六七八九");
    end_page();
    CHECK_INT(finish(), GK_OK);
    CHECK_INT(doc.blocks.len, 5);
    CHECK_INT(doc.blocks.at[1].seg_count, 5);
    CHECK_STR(block_text(3), "望汐县粮食局");
}

static void over_pages(void) {
    begin();
    page(300, 400);
    text(70, 60, "一二三四五六七八九十一二三四五六七八九十一二三");
    text(50, 80, "一二三四五六七八九十一二三四五六七八九十一二三四1");
    text(145, 380, "7");
    end_page();
    page(300, 400);
    text(50, 60, "2万四五六七八九十一二三四五六七八九十一二三四五六");
    text(50, 80, "一二三四五");
    end_page();
    CHECK_INT(finish(), GK_OK);
    CHECK_INT(doc.blocks.len, 2);
    CHECK_INT(doc.blocks.at[0].seg_count, 4);
    CHECK_INT(doc.blocks.at[1].kind, GK_BLOCK_ASIDE);
    uint32_t at;
    float box[4];
    gk_span second = doc.segs.at[2];
    CHECK(gk_doc_place(&doc, (gk_span){second.start, second.start + 4}, &at, box));
    CHECK_INT(at, 2);
    CHECK(box[0] > 49 && box[0] < 51 && box[2] > 64 && box[2] < 66);
}

/* Three columns, the first header cell over two rows, the others below one cell of two columns. */
static void grid(int top) {
    for (int r = 0; r < 5; r++) across(top + 20 * r, r == 1 ? 100 : 50, 250);
    down(50, top, top + 80);
    down(100, top, top + 80);
    down(170, top + 20, top + 80);
    down(250, top, top + 80);
    text(60, top + 25, "项");
    text(60, top + 35, "目");
    text(150, top + 14, "一二三");
    text(110, top + 34, "一2");
    text(190, top + 34, "一3");
}

static void ruled_table(void) {
    begin();
    page(300, 400);
    grid(100);
    text(55, 154, "一");
    text(130, 154, "1,234.56");
    text(200, 154, "0.00");
    text(55, 174, "二三");
    end_page();
    CHECK_INT(finish(), GK_OK);
    CHECK_INT(doc.tables.len, 1);
    CHECK_INT(doc.tables.at[0].rows, 4);
    CHECK_INT(doc.tables.at[0].cols, 3);
    CHECK(doc.tables.at[0].merged_known);
    CHECK_STR(cell_text(0, 0), "项目");
    CHECK_STR(cell_text(1, 0), "项目");
    CHECK_STR(cell_text(0, 2), "一二三");
    CHECK_STR(cell_text(1, 1), "一2");
    CHECK_STR(cell_text(2, 1), "1,234.56");
    CHECK_STR(cell_text(3, 2), "");
    CHECK_STR(doc.text, "项目\t一二三\n\t一2\t一3\n一\t1,234.56\t0.00\n二三\t\t\n");
}

static void table_over_pages(void) {
    begin();
    page(300, 400);
    grid(300);
    text(55, 354, "一");
    text(130, 354, "1.00");
    end_page();
    page(300, 400);
    grid(40);
    text(55, 94, "二");
    text(130, 94, "2.00");
    end_page();
    CHECK_INT(finish(), GK_OK);
    CHECK_INT(doc.tables.len, 1);
    CHECK_INT(doc.tables.at[0].rows, 6);
    CHECK_STR(cell_text(4, 0), "二");
    CHECK_STR(cell_text(4, 1), "2.00");
    CHECK_INT(gk_table_at(&doc, &doc.tables.at[0], 4, 0)->page, 2);
    CHECK_INT(doc.blocks.at[1].kind, GK_BLOCK_ASIDE);
}

/* The third line has a label on two lines of print; rows of the grid are not ruled. */
/* The form number and the caption of two lines stand at the top of each page of a long table: no running head takes
 * them away, and the number does not run into the year below it. */
static void captions_of_pages(void) {
    begin();
    for (int n = 1; n <= 3; n++) {
        page(300, 400);
        text(225, 14, "表1");
        text(50, 28, "2031年二三四五六七八九十一二三四五六七");
        text(100, 42, "一二三四五六七八九表");
        grid(50);
        text(55, 104, "一");
        text(130, 104, "1.00");
        end_page();
    }
    CHECK_INT(finish(), GK_OK);
    CHECK_INT(doc.blocks.len, 9);
    CHECK_INT(doc.tables.len, 3);
    for (size_t n = 0; n + 2 < doc.blocks.len; n += 3) {
        CHECK_STR(block_text(n), "表1");
        CHECK_INT(doc.blocks.at[n].kind, GK_BLOCK_TEXT);
        CHECK_STR(block_text(n + 1), "2031年二三四五六七八九十一二三四五六七\n一二三四五六七八九表");
        CHECK_INT(doc.blocks.at[n + 1].kind, GK_BLOCK_TEXT);
        CHECK_INT(doc.blocks.at[n + 2].kind, GK_BLOCK_TABLE);
    }
}

static void unruled_rows(void) {
    begin();
    page(300, 400);
    across(100, 50, 250);
    across(120, 50, 250);
    across(220, 50, 250);
    down(50, 100, 220);
    down(150, 100, 220);
    down(250, 100, 220);
    text(60, 114, "项目");
    text(160, 114, "一二三");
    text(60, 134, "一二");
    text(200, 134, "5.00");
    text(60, 160, "一二三四五六七八");
    text(60, 172, "九十");
    text(200, 166, "3.00");
    text(60, 192, "三四五");
    text(60, 212, "十");
    text(200, 212, "2.00");
    end_page();
    CHECK_INT(finish(), GK_OK);
    CHECK_STR(doc.text, "项目\t一二三\n一二\t5.00\n一二三四五六七八九十\t3.00\n三四五\t\n十\t2.00\n");
    /* Figures that are broken in narrow cells are no rows. */
    begin();
    page(300, 400);
    across(100, 50, 250);
    across(140, 50, 250);
    down(50, 100, 140);
    down(150, 100, 140);
    down(200, 100, 140);
    down(250, 100, 140);
    text(60, 124, "一二");
    text(152, 116, "123,456,7");
    text(152, 130, "89.00");
    text(202, 116, "223,456,7");
    text(202, 130, "89.00");
    end_page();
    CHECK_INT(finish(), GK_OK);
    CHECK_STR(doc.text, "一二\t123,456,789.00\t223,456,789.00\n");
}

/* A bracket of one word begins the next line as a whole: the line before it may end earlier. */
static void bracket_of_one_word(void) {
    begin();
    page(300, 400);
    for (int n = 0; n < 3; n++) {
        text(70, 60 + 60 * n, "一二三四五六七八九十一二三四五六七八九十一二三");
        text(50, 80 + 60 * n, "一二三四五六七八九十一二三四五六七八九十一二三四五");
        text(50, 100 + 60 * n, "二三四五");
    }
    text(70, 240, "一二三四五六七八九十一二三四五六七八九十");
    text(50, 260, "（境）0人。");
    text(70, 280, "一二三四五六七八九十一二三四五六七八九十");
    text(50, 300, "境外0人。");
    end_page();
    CHECK_INT(finish(), GK_OK);
    CHECK_INT(doc.blocks.len, 6);
    CHECK_INT(doc.blocks.at[3].seg_count, 2);
    CHECK_STR(block_text(5), "境外0人。");
}

/* Two columns of prose below a title. */
static void columns(void) {
    begin();
    page(500, 600);
    text(150, 40, "一二三四五六七八九十一二三四五六");
    for (int i = 0; i < 12; i++) {
        text(50, 80 + 15 * i, "一二三四五六七八九十一二三四五六七");
        text(250, 80 + 15 * i, "十九八七六五四三二一十九八七六五四");
    }
    end_page();
    CHECK_INT(finish(), GK_OK);
    CHECK_INT(doc.blocks.len, 2);
    CHECK_INT(doc.blocks.at[1].seg_count, 24);
    gk_span last = doc.segs.at[doc.blocks.at[1].first_seg + 11], next = doc.segs.at[doc.blocks.at[1].first_seg + 12];
    CHECK_STR(gk_str_slice(doc.text, last.start, last.start + 3), "一");
    CHECK_STR(gk_str_slice(doc.text, next.start, next.start + 3), "十");
}

static void turned(void) {
    begin();
    page(300, 400);
    run(0, -1, 10, 100, 350, "一二三");
    run(0, -1, 10, 120, 350, "四五");
    end_page();
    CHECK_INT(finish(), GK_OK);
    CHECK_STR(doc.text, "一二三\n四五\n");
    uint32_t at;
    float box[4];
    CHECK(gk_doc_place(&doc, (gk_span){3, 6}, &at, box));
    CHECK(box[1] > 329 && box[1] < 331 && box[3] > 339 && box[3] < 341 && box[0] > 90 && box[2] < 102);
}

static void doubles_and_blanks(void) {
    begin();
    page(300, 400);
    text(50, 60, "一二");
    run(1, 0, 10, 50, 60, "一二");
    run(1, 0, 10, 50, 100, "ab cd");
    run(1, 0, 10, 50, 140, "11");
    run(1, 0, 6, 60, 134, "2");
    end_page();
    CHECK_INT(finish(), GK_OK);
    CHECK_STR(doc.text, "一二\nab cd\n11²\n");
}

static void refused(void) {
    begin();
    page(300, 400);
    gk_buf_printf(&stream, "I 0 0 30000 40000\n");
    end_page();
    CHECK_INT(finish(), GK_E_SCANNED);
    CHECK_STR(gk_str_of(err.message), "1 of 1 pages are pictures without text");
    begin();
    page(300, 400);
    for (int i = 0; i < 31; i++)
        text(50, 20 + 12 * i, "\xEE\x80\x80\xEE\x80\x81\xEE\x80\x82\xEE\x80\x83\xEE\x80\x84\xEE\x80\x85\xEE\x80\x86");
    end_page();
    CHECK_INT(finish(), GK_E_GLYPHS);
    gk_doc_reset(&doc);
    CHECK_INT(pd_read_stream(GK_STR("gongkai-pdf 1\nX encrypted no\n"), &doc, &err), GK_E_ENCRYPTED);
    CHECK_INT(pd_read_stream(GK_STR("gongkai-pdf 2\n"), &doc, &err), GK_E_FORMAT);
    CHECK_INT(pd_read_stream(GK_STR(""), &doc, &err), GK_E_CONVERTER);
    CHECK_INT(pd_read_stream(GK_STR("gongkai-pdf 1\n"), &doc, &err), GK_E_FORMAT);
}

/* ---- notes */

/* A page of two lines, together 60 Han characters: two of them and more are enough to be read. */
static void words(void) {
    page(300, 400);
    for (int line = 0; line < 6; line++) text(50, 60 + 20 * line, "一二三四五六七八九十一二三四五六七八九十");
}

static void picture(void) {
    page(300, 400);
    gk_buf_printf(&stream, "I 0 0 30000 40000\n");
}

static gk_str note(size_t i) { return i < doc.notes.len ? doc.notes.at[i].message : GK_STR("no such note"); }

/* Pages of text are read, however many pictures there are, and the pictures are told by their numbers. */
static void pictures_among_text(void) {
    begin();
    for (int n = 1; n <= 40; n++) {
        if (n == 2 || n == 7 || n == 39) words();
        else picture();
        end_page();
    }
    CHECK_INT(finish(), GK_OK);
    CHECK_INT(doc.pages, 40);
    CHECK_INT(doc.notes.len, 1);
    CHECK_INT(doc.notes.at[0].code, GK_E_SCANNED);
    CHECK_STR(note(0), "pictures instead of text on 37 of 40 pages (1, 3-6, 8-38, 40): --ocr recognises them");
}

/* A list of very many pages ends in a number. */
static void many_pictures(void) {
    begin();
    for (int n = 0; n < 40; n++) {
        if (n % 2) words();
        else picture();
        end_page();
    }
    CHECK_INT(finish(), GK_OK);
    CHECK_STR(note(0), "pictures instead of text on 20 of 40 pages (1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23 and 8 more): "
                       "--ocr recognises them");
}

/* Where the words of a page are pictures, its figures are those of nothing; of other pages nothing is lost. */
static void figures_without_words(void) {
    begin();
    words(), end_page();
    words(), end_page();
    picture();
    text(50, 60, "1234567890 987654321");
    end_page();
    words();
    text(50, 300, "12345");
    end_page();
    CHECK_INT(finish(), GK_OK);
    CHECK(gk_str_find(doc.text, GK_STR("987654321")) == SIZE_MAX);
    CHECK(gk_str_find(doc.text, GK_STR("12345")) != SIZE_MAX);
    CHECK_STR(note(0), "pictures instead of text on 1 of 4 pages (3): --ocr recognises them");
}

/* A cover of a few words before pictures is nothing to be read. */
static void cover_and_pictures(void) {
    begin();
    page(300, 400);
    text(50, 60, "一二三四五六七八九十一二三四五六七八九十");
    end_page();
    for (int n = 0; n < 4; n++) picture(), end_page();
    CHECK_INT(finish(), GK_E_SCANNED);
    CHECK_STR(gk_str_of(err.message), "4 of 5 pages are pictures without text");
}

static void damaged_pages(void) {
    begin();
    for (int n = 1; n <= 4; n++) {
        words();
        if (n > 2) gk_buf_printf(&stream, "W %d zlib error\n", n);
        end_page();
    }
    gk_buf_printf(&stream, "Z 4 2 r\n");
    gk_doc_reset(&doc);
    CHECK_INT(pd_read_stream(gk_buf_str(&stream), &doc, &err), GK_OK);
    CHECK_INT(doc.notes.len, 2);
    CHECK_INT(doc.notes.at[1].code, GK_E_FORMAT);
    CHECK_STR(note(0), "the file is damaged: its cross references were rebuilt, and parts may be missing");
    CHECK_STR(note(1), "damage on 2 of 4 pages (3, 4): text may be missing");
}

static void ends_early(void) {
    gk_buf_clear(&stream);
    gk_buf_printf(&stream, "gongkai-pdf 1\nD 7 r\n");
    words(), end_page();
    gk_doc_reset(&doc);
    CHECK_INT(pd_read_stream(gk_buf_str(&stream), &doc, &err), GK_OK);
    CHECK_STR(note(0), "the file is damaged: its cross references were rebuilt, and parts may be missing");
    CHECK_STR(note(1), "the pages end early: 1 of 7 were read");
}

static void notes(void) {
    pictures_among_text();
    many_pictures();
    figures_without_words();
    cover_and_pictures();
    damaged_pages();
    ends_early();
}

/* Every prefix of a stream, and every line with a field gone, ends in a result. */
static void damaged(void) {
    begin();
    page(300, 400);
    grid(100);
    end_page();
    gk_str whole = gk_buf_str(&stream);
    for (size_t n = 0; n < whole.len; n++) {
        gk_doc_reset(&doc);
        pd_read_stream(gk_str_slice(whole, 0, n), &doc, &err);
    }
    for (size_t n = 0; n < whole.len; n++) {
        char c = stream.ptr[n];
        stream.ptr[n] = (char)(c == ' ' ? '9' : ' ');
        gk_doc_reset(&doc);
        pd_read_stream(whole, &doc, &err);
        stream.ptr[n] = c;
    }
    CHECK(true);
}

int main(void) {
    gk_doc_init(&doc);
    paragraphs();
    heading_before_year();
    torn_by_gap();
    over_pages();
    ruled_table();
    table_over_pages();
    captions_of_pages();
    unruled_rows();
    bracket_of_one_word();
    columns();
    turned();
    doubles_and_blanks();
    refused();
    notes();
    damaged();
    gk_doc_free(&doc);
    gk_buf_free(&stream);
    return CHECK_DONE();
}
