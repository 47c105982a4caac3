/* Divisions: codes with their years, names in texts. The first half runs on a small table written here, the second on
 * patterns/divisions.tsv as it is. */
#include "check.h"
#include "extract/division.h"

#include <time.h>

static const char TABLE[] =
    "# a comment\n"
    "#suffix\t省\t\t1\n#suffix\t市\t\t1\n#suffix\t自治州\t州\t1\n#suffix\t县\t\t1\n#suffix\t区\t\t0\n#suffix\t新区\t\t0\n"
    "#people\t土家族\n#people\t苗族\n#tail\t域\n#tail\t场\n#stem-tail\t山\n#before\t年\n#short\t恩泽土家族苗族自治州\t恩州\n"
    "010000\t江源省\n"
    "010100\t云溪市\n"
    "010102\t天水区\t\t2015\t010103\n"
    "010103\t新天区\t2016\n"
    "010104\t东门区\n"
    "010121\t和县\n"
    "010122\t白石县\n"
    "010200\t泽州市\n"
    "010202\t东门区\n"
    "010281\t白石市\n"
    "010300\t恩泽土家族苗族自治州\n"
    "010301\t恩泽市\n"
    "019001\t独山市\n"
    "020000\t海西省\n"
    "020100\t海西市\n"
    "020121\t长河县\t\t2018\t020181\n"
    "020181\t长河市\t2017\n";

static gk_divisions *divisions;

/* The names of what the text names, joined by '/', with the code in front; "none". */
static gk_str found(const char *text, int year) {
    static char out[256];
    gk_division d;
    if (!gk_division_find(divisions, gk_str_of(text), year, &d)) return GK_STR("none");
    int n = snprintf(out, sizeof out, "%.*s", GK_STR_ARG(d.code));
    for (size_t i = 0; i < d.count; i++) n += snprintf(out + n, sizeof out - (size_t)n, "/%.*s", GK_STR_ARG(d.name[i]));
    return gk_str_of(out);
}

static void small_table(void) {
    divisions = gk_divisions_new(gk_str_of(TABLE));
    CHECK_STR(found("江源省云溪市白石县财政局", 0), "010122/江源省/云溪市/白石县");
    CHECK_STR(found("白石县人力资源和社会保障局", 0), "010122/江源省/云溪市/白石县");
    CHECK_STR(found("云溪市东门区人民政府", 0), "010104/江源省/云溪市/东门区");
    CHECK_STR(found("江源省泽州市东门区教育局2024年度部门决算", 0), "010202/江源省/泽州市/东门区");
    CHECK_STR(found("泽州东门区教育局", 0), "010202/江源省/泽州市/东门区");
    /* Two places share the name: nothing, and with only the province named, the province. */
    CHECK_STR(found("东门区教育局", 0), "none");
    CHECK_STR(found("江源省东门区教育局", 0), "010000/江源省");
    /* A place behind an unknown parent is another place. */
    CHECK_STR(found("江源省青木市白石县财政局", 0), "010000/江源省");
    CHECK_STR(found("泽州市白石县财政局", 0), "010200/江源省/泽州市");
    /* Spoken form and stem. */
    CHECK_STR(found("恩泽州财政局", 0), "010300/江源省/恩泽土家族苗族自治州");
    CHECK_STR(found("恩州财政局", 0), "010300/江源省/恩泽土家族苗族自治州");
    CHECK_STR(found("恩州恩泽市财政局", 0), "010301/江源省/恩泽土家族苗族自治州/恩泽市");
    CHECK_STR(found("恩泽州恩泽市财政局", 0), "010301/江源省/恩泽土家族苗族自治州/恩泽市");
    CHECK_STR(found("江源恩泽财政局", 0), "010300/江源省/恩泽土家族苗族自治州");
    CHECK_STR(found("江源云溪水务局", 0), "010100/江源省/云溪市");
    CHECK_STR(found("云溪东门水务局", 0), "none");
    CHECK_STR(found("江源水务局", 0), "none");
    CHECK_STR(found("江源省云溪山管理局", 0), "010000/江源省");
    CHECK_STR(found("江源省恩泽区管理局", 0), "010000/江源省");
    /* A city directly under the province has two names. */
    CHECK_STR(found("江源省独山市财政局", 0), "019001/江源省/独山市");
    CHECK_STR(found("海西省海西市财政局", 0), "020100/海西省/海西市");
}

static void words_that_are_no_places(void) {
    CHECK_STR(found("", 0), "none");
    CHECK_STR(found("各市和县级财政部门", 0), "none");
    CHECK_STR(found("2024年和县财政局", 0), "010121/江源省/云溪市/和县");
    CHECK_STR(found("和县财政局", 0), "010121/江源省/云溪市/和县");
    CHECK_STR(found("云溪市和县财政局", 0), "010121/江源省/云溪市/和县");
    CHECK_STR(found("云溪市场监督管理", 0), "none");
    CHECK_STR(found("新天区域发展", 0), "none");
    CHECK_STR(found("一般公共预算财政拨款支出决算表", 0), "none");
    CHECK_STR(found("\xE6\xB1", 0), "none");
    CHECK_STR(found("白石县\xE6", 0), "010122/江源省/云溪市/白石县");
}

static void years(void) {
    gk_division d;
    CHECK_STR(found("天水区财政局", 2014), "010102/江源省/云溪市/天水区");
    CHECK_STR(found("天水区财政局", 2024), "010102/江源省/云溪市/天水区");
    CHECK(gk_division_by_code(divisions, GK_STR("010102"), 0, &d));
    CHECK_STR(d.successor, "010103");
    CHECK_INT(d.last_year, 2015);
    CHECK_INT(d.first_year, 0);
    CHECK_INT(d.count, 3);
    CHECK_STR(d.name[2], "天水区");
    CHECK_STR(found("长河县财政局", 2018), "020121/海西省/海西市/长河县");
    CHECK_STR(found("海西市长河", 2018), "020181/海西省/海西市/长河市");
    CHECK_STR(found("海西市长河", 2016), "020121/海西省/海西市/长河县");
    CHECK(!gk_division_by_code(divisions, GK_STR("999999"), 0, &d));
    CHECK(!gk_division_by_code(divisions, GK_STR("0101"), 0, &d));
    CHECK(gk_division_find(divisions, GK_STR("附：白石县财政局"), 0, &d));
    CHECK_INT(d.start, 6);
    CHECK_INT(d.end, 15);
    gk_divisions_free(divisions);
    divisions = gk_divisions_new(GK_STR_NONE);
    CHECK_STR(found("白石县财政局", 0), "none");
    gk_divisions_free(divisions);
    gk_divisions_free(NULL);
}

static gk_str file_text(const char *name) {
    char path[1024];
    const char *root = getenv("GK_SOURCE_DIR");
    snprintf(path, sizeof path, "%s/patterns/%s", root ? root : ".", name);
    FILE *f = fopen(path, "rb");
    if (!f) return GK_STR_NONE;
    char *text = malloc(1 << 20);
    size_t len = fread(text, 1, 1 << 20, f);
    fclose(f);
    return (gk_str){text, len};
}

static void real_names(void) {
    CHECK_STR(found("绵阳市涪城区人力资源开发服务中心", 2024), "510703/四川省/绵阳市/涪城区");
    CHECK_STR(found("涪城区财政局", 0), "510703/四川省/绵阳市/涪城区");
    CHECK_STR(found("鼓楼区财政局", 2024), "none");
    CHECK_STR(found("南京市鼓楼区财政局", 2024), "320106/江苏省/南京市/鼓楼区");
    CHECK_STR(found("福建福州鼓楼区财政局", 2024), "350102/福建省/福州市/鼓楼区");
    CHECK_STR(found("北京市朝阳区教育委员会", 2024), "110105/北京市/朝阳区");
    CHECK_STR(found("上海市浦东新区财政局", 2024), "310115/上海市/浦东新区");
    CHECK_STR(found("青岛市市南区民政局", 2024), "370202/山东省/青岛市/市南区");
    CHECK_STR(found("济南市市中区民政局", 2024), "370103/山东省/济南市/市中区");
    CHECK_STR(found("吉林省吉林市财政局", 2024), "220200/吉林省/吉林市");
    CHECK_STR(found("仙桃市财政局", 2024), "429004/湖北省/仙桃市");
    CHECK_STR(found("恩施州恩施市财政局", 2024), "422801/湖北省/恩施土家族苗族自治州/恩施市");
    CHECK_STR(found("克州2025年经济运行情况", 2025), "653000/新疆维吾尔自治区/克孜勒苏柯尔克孜自治州");
    CHECK_STR(found("广西南宁市财政局", 2024), "450100/广西壮族自治区/南宁市");
    CHECK_STR(found("内蒙古乌海市财政局", 2024), "150300/内蒙古自治区/乌海市");
    CHECK_STR(found("衡阳市衡阳县财政局", 2024), "430421/湖南省/衡阳市/衡阳县");
    CHECK_STR(found("宁乡县财政局", 2015), "430124/湖南省/长沙市/宁乡县");
    CHECK_STR(found("长沙市宁乡市财政局", 2024), "430182/湖南省/长沙市/宁乡市");
    CHECK_STR(found("湖北省襄樊市财政局", 2009), "420600/湖北省/襄樊市");
}

static void real_codes(void) {
    gk_division d;
    CHECK(gk_division_by_code(divisions, GK_STR("420600"), 2009, &d));
    CHECK_STR(d.name[1], "襄樊市");
    CHECK(gk_division_by_code(divisions, GK_STR("420600"), 0, &d));
    CHECK_STR(d.name[1], "襄阳市");
    CHECK(gk_division_by_code(divisions, GK_STR("430124"), 2024, &d));
    CHECK_STR(d.name[2], "宁乡县");
    CHECK_STR(d.successor, "430182");
    CHECK(gk_division_by_code(divisions, GK_STR("420607"), 2009, &d));
    CHECK_STR(d.name[1], "襄樊市");
    CHECK_STR(d.name[2], "襄阳区");
}

static void real_words(void) {
    static const char *const words[] = {"机关事业单位基本养老保险缴费支出", "城乡社区支出", "全市各区县财政部门",
                                         "部门和县级单位",
                                        "区域协调发展", "经济开发区管理委员会", "年度部门决算公开说明", "国有资本经营预算"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) CHECK_STR(found(words[i], 2024), "none");
}

static void hostile(void) {
    char text[600];
    memset(text, '2', sizeof text);
    gk_division d;
    CHECK(!gk_division_find(divisions, (gk_str){text, sizeof text}, 0, &d));
    for (size_t i = 0; i + 6 <= sizeof text; i += 6) memcpy(text + i, "城区", 6);
    clock_t begin = clock();
    for (int i = 0; i < 10; i++) gk_division_find(divisions, (gk_str){text, sizeof text}, 0, &d);
    CHECK(clock() - begin < CLOCKS_PER_SEC);
}

int main(void) {
    small_table();
    words_that_are_no_places();
    years();
    gk_str table = file_text("divisions.tsv");
    CHECK(table.len > 50000);
    divisions = gk_divisions_new(table);
    real_names();
    real_codes();
    real_words();
    hostile();
    gk_divisions_free(divisions);
    free((void *)(uintptr_t)table.ptr);
    return CHECK_DONE();
}
