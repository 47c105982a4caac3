/* The parts of reading pages: tags, dates, years, names of files, templates. */
#include "check.h"
#include "corpus/crawl/site_private.h"

/* The tokens of a page, "open name" one after another. */
static void test_tokens(void) {
    static const struct {
        const char *page, *tokens;
    } rows[] = {
        {"<li style=<br/><a href='/a.html' title=x>A&amp;B</a>", "+li +a 'A&amp;B' -a "},
        {"a<b>c</b >d", "'a' +b 'c' -b 'd' "},
        {"x < y <3", "'x ' '< y ' '<3' "},
        {"<!-- <a> --><p>", "+p "},
        {"<!-- never ends <a>", ""},
        {"<!DOCTYPE html><?xml v?><P>", "+P "},
        {"<script>if (a<b) '</div>'</script>x", "+script {if (a<b) '</div>'} -script 'x' "},
        {"<script type='text/xml'><r><![CDATA[<li>x]]></r></script>", "+script +r +li 'x]]>' -r -script "},
        {"<style>a<b</style>", "+style {a<b} -style "},
        {"<a b='>' c=\"'>\">x", "+a 'x' "},
        {"<a b='", "+a "},
        {"<", "'<' "},
        {"</", "- "},
        {"", ""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        st_reader r = {.page = gk_str_of(rows[i].page)};
        st_token t;
        gk_buf got = {0};
        gk_buf_put(&got, GK_STR(""));
        while (st_next(&r, &t) != ST_END) {
            if (t.kind == ST_OPEN) gk_buf_printf(&got, "+%.*s ", GK_STR_ARG(t.name));
            else if (t.kind == ST_CLOSE) gk_buf_printf(&got, "-%.*s ", GK_STR_ARG(t.name));
            else if (t.kind == ST_TEXT) gk_buf_printf(&got, "'%.*s' ", GK_STR_ARG(t.text));
            else gk_buf_printf(&got, "{%.*s} ", GK_STR_ARG(t.text));
        }
        CHECK_STR(gk_buf_str(&got), rows[i].tokens);
        gk_buf_free(&got);
    }
}

static void test_attributes(void) {
    st_reader r = {.page = GK_STR("<A HREF = \"x&amp;y\" disabled title='a \"b\"' data-x=1/2 rel=next>")};
    st_token t;
    gk_arena arena = {0};
    st_next(&r, &t);
    CHECK_STR(st_attr(&t, "href"), "x&amp;y");
    CHECK_STR(st_value(st_attr(&t, "href"), true, &arena), "x&y");
    CHECK_STR(st_attr(&t, "title"), "a \"b\"");
    CHECK_STR(st_attr(&t, "data-x"), "1/2");
    CHECK_STR(st_attr(&t, "rel"), "next");
    CHECK_STR(st_attr(&t, "disabled"), "");
    CHECK(st_attr(&t, "class").ptr == NULL);
    CHECK_STR(st_value(GK_STR("a?b=1&copy=2&#20013;&#x6587;&bogus;"), false, &arena), "a?b=1&copy=2中文&bogus;");
    gk_arena_free(&arena);
}

static void test_text(void) {
    gk_buf out = {0};
    st_put_text(&out, GK_STR(" a&nbsp;&nbsp;b\n\t c&hellip;\xE3\x80\x80"));
    CHECK_STR(gk_str_trim(gk_buf_str(&out)), "a b c…");
    gk_buf_clear(&out);
    /* U+2003, U+00A0, U+FEFF and U+200B are blanks; U+201C, U+3001, U+FF1A, U+00B7, U+1F600 and e with acute are none. */
    st_put_text(&out, GK_STR("部\xE2\x80\x83\xC2\xA0门“预、算”：·é\xEF\xBB\xBF\xE2\x80\x8B\xF0\x9F\x98\x80<&amp;&x;"));
    CHECK_STR(gk_buf_str(&out), "部 门“预、算”：·é \xF0\x9F\x98\x80<&&x;");
    gk_buf_free(&out);
    for (size_t max = 1; max < 9; max++) { /* whole characters only */
        gk_buf few = {.max = max};
        st_put_text(&few, GK_STR("部门ab"));
        CHECK_STR(gk_buf_str(&few), max < 3 ? "" : max < 6 ? "部" : max < 7 ? "部门" : max < 8 ? "部门a" : "部门ab");
        CHECK_INT(few.over, max < 8);
        gk_buf_free(&few);
    }
}

static void test_dates(void) {
    static const struct {
        const char *text;
        st_date date;
        size_t tail;
    } rows[] = {
        {"2024-02-05", 20240205, 0},
        {"发布时间：2024/2/5 10:30", 20240205, 29},
        {"[2024.02.05]", 20240205, 0},
        {"2024年2月5日", 20240205, 0},
        {"2024-02", 20240200, 7},
        {"02-05", 0, 5},
        {"2024-13-05", 0, 10},
        {"12024-02-05", 0, 11},
        {"预算公开 (2024-02-05)", 20240205, 12},
        {"2024年部门预算 2024-02-05", 20240205, 19},
        {"", 0, 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        CHECK_INT(st_date_in(gk_str_of(rows[i].text)), rows[i].date);
        CHECK_INT(st_date_tail(gk_str_of(rows[i].text)), rows[i].tail);
    }
    CHECK_INT(st_date_of_seconds(1722441600), 20240801); /* 2024-07-31 16:00 UTC */
    CHECK_INT(st_date_of_seconds(-1), 0);
}

static void test_years(void) {
    static const struct {
        const char *text;
        int year;
    } rows[] = {
        {"2024年度部门决算", 2024}, {"2023年决算和2024年预算", 2024}, {"二〇二四年预算", 2024}, {"二零二三年", 2023},
        {"24年单位预算", 2024},     {"20240205", 2024},               {"第24号", 0},           {"12345", 0},
        {"1999年", 0},              {"3024年", 0},                    {"", 0},                 {"2021—2023年", 2023},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) CHECK_INT(st_year_in(gk_str_of(rows[i].text)), rows[i].year);
}

static void test_names(void) {
    static const struct {
        const char *header, *name;
    } rows[] = {
        {"attachment; filename=\"a b.pdf\"", "a b.pdf"},
        {"attachment; filename=plain.xls; size=3", "plain.xls"},
        {"attachment; filename=\"x\"; filename*=UTF-8''%E9%A2%84%E7%AE%97.pdf", "预算.pdf"},
        {"attachment; filename*=GBK''%D4%A4%CB%E3.pdf", "预算.pdf"},
        {"attachment; filename=\"%E9%A2%84%E7%AE%97.pdf\"", "预算.pdf"},
        {"attachment; filename=\"\xd4\xa4\xcb\xe3.pdf\"", "预算.pdf"},
        {"attachment; filename=\"../../etc/passwd\"", "passwd"},
        {"attachment; filename=\"C:\\x\\y.doc\"", "y.doc"},
        {"attachment", ""},
        {"", ""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        gk_arena arena = {0};
        CHECK_STR(st_name_of_header(gk_str_of(rows[i].header), &arena), rows[i].name);
        gk_arena_free(&arena);
    }
}

static void test_templates(void) {
    static const struct {
        const char *text, *filled;
    } rows[] = {
        {"{name}_{index}.html", "index_3.html"},
        {"{{{index}}}", "{3}"},
        {"a?{query:query}", "a?x=1&y=%E9%A2%84&z=a%3Ab"},
        {"w={name:form}&v={odd:form}", "w=index&v=a%20%26%3D"},
    };
    st_vars vars = {.len = 0};
    st_vars_set(&vars, GK_STR("name"), GK_STR("index"));
    st_vars_set(&vars, GK_STR("index"), GK_STR("3"));
    st_vars_set(&vars, GK_STR("query"), GK_STR("{x:1,'y':'预',\"z\":\"a:b\"}"));
    st_vars_set(&vars, GK_STR("odd"), GK_STR("a &="));
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        gk_sites s = {.profiles = 0};
        gk_arena arena = {0};
        gk_tree tree;
        gk_str yaml = gk_arena_printf(&arena, "'%s'\n", rows[i].text), got;
        st_template t = {0};
        CHECK(gk_yaml_read(GK_STR("t.yaml"), yaml, &arena, &tree, NULL));
        CHECK(st_template_read(&s, &tree, 0, &t, NULL));
        CHECK(st_template_fill(&t, &vars, &arena, &got));
        CHECK_STR(got, rows[i].filled);
        gk_arena_free(&s.arena);
        gk_arena_free(&arena);
    }
}

int main(void) {
    test_tokens();
    test_attributes();
    test_text();
    test_dates();
    test_years();
    test_names();
    test_templates();
    return CHECK_DONE();
}
