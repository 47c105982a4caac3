#include "check.h"
#include "emit/csv.h"

static void cell(const char *value, const char *want) {
    gk_buf b = {0};
    gk_csv_cell(gk_str_of(value), &b);
    CHECK_STR(gk_buf_str(&b), want);
    gk_buf_free(&b);
}

static void cells(void) {
    cell("", "");
    cell("公务接待费", "公务接待费");
    cell("a b;c'd", "a b;c'd");
    cell("a,b", "\"a,b\"");
    cell("say \"x\"", "\"say \"\"x\"\"\"");
    cell("\"", "\"\"\"\"");
    cell("a\nb", "\"a\nb\"");
    cell("=1+1", "'=1+1");
    cell("=A1,\"x\"", "\"'=A1,\"\"x\"\"\"");
    cell("+86", "'+86");
    cell("@SUM", "'@SUM");
    cell("\tx", "'\tx");
    cell("\rx", "\"'\rx\"");
    cell("-12.5", "-12.5");
    cell("-0", "-0");
    cell("-", "'-");
    cell("-5.", "'-5.");
    cell("-5万元", "'-5万元");
    cell("-2+3", "'-2+3");
    cell("a=b", "a=b");
}

/* Every field of a mention, an indicator and a finding has its column, once, under its own name. */
static void header(void) {
    gk_buf b = {0};
    gk_csv_header(true, &b);
    CHECK(gk_str_starts(gk_buf_str(&b), GK_STR("\xEF\xBB\xBFsource,doc,title,agency,region,division,report,doc_year,")));
    CHECK(gk_str_ends(gk_buf_str(&b), GK_STR(",rule,notes,error\r\n")));
    b.ptr[b.len - 2] = ',';
    for (int f = 0; f < GK_FIELD_COUNT; f++) {
        if (strcmp(gk_field_table[f].kinds, "D") == 0) continue;
        char name[64];
        gk_str text = gk_buf_str(&b);
        snprintf(name, sizeof name, ",%s,", gk_field_table[f].name);
        CHECK(gk_str_find(text, gk_str_of(name)) != SIZE_MAX);
        CHECK(gk_str_find(text, gk_str_of(name)) == gk_str_rfind(text, gk_str_of(name)));
    }
    gk_buf_free(&b);
}

static void rows(void) {
    gk_arena arena = {0};
    gk_record document = {.kind = GK_KIND_DOCUMENT}, r = {.kind = GK_KIND_AMOUNT, .span = {3, 9}, .id = GK_STR("a")};
    gk_put(&document, GK_F_SOURCE, GK_STR("a,b.txt"), &arena);
    gk_put(&document, GK_F_REGION, GK_STR("甲省\x1f乙县"), &arena);
    document.field[GK_F_YEAR] = GK_STR("2024");
    r.field[GK_F_SUBJECT] = GK_STR("收入");
    r.field[GK_F_YEAR] = GK_STR("2023");
    r.field[GK_F_VALUE] = GK_STR("-15");
    gk_buf b = {0};
    gk_csv_record(GK_STR("00"), &document, &document, &b);
    CHECK_STR(gk_buf_str(&b), "");
    gk_csv_record(GK_STR("00"), &document, &r, &b);
    CHECK(gk_str_starts(gk_buf_str(&b), GK_STR("\"a,b.txt\",sha256:00,,,甲省 / 乙县,,,2024,amount,a,收入,,2023,-15,,")));
    gk_buf_clear(&b);
    gk_put(&document, GK_F_ERROR, GK_STR("{\"class\":\"open\"}"), &arena);
    gk_csv_record(GK_STR_NONE, &document, &document, &b);
    CHECK(gk_str_starts(gk_buf_str(&b), GK_STR("\"a,b.txt\",,,,甲省 / 乙县,,,2024,document,,,")));
    CHECK(gk_str_ends(gk_buf_str(&b), GK_STR(",,,\"{\"\"class\"\":\"\"open\"\"}\"\r\n")));
    gk_arena_free(&arena);
    gk_buf_free(&b);
}

int main(void) {
    cells();
    header();
    rows();
    return CHECK_DONE();
}
