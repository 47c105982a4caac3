/* The plain-text reader: blocks, lines and cells of the shapes that other tools leave behind.
 *
 * A document is checked as a drawing: one line a block, `T` text, `H` heading, `L` list, `A` aside, then its lines
 * joined with `|`; a table is `[` its rows joined with `/`, cells with `|`, a spanned position `<`, nothing `.`, `]`. */
#include "base/buf.h"
#include "check.h"
#include "read/read.h"

static void draw_segs(const gk_doc *d, uint32_t first, uint32_t count, gk_buf *out) {
    for (uint32_t i = 0; i < count; i++) {
        gk_span s = d->segs.at[first + i];
        if (i) gk_buf_putc(out, '+');
        gk_buf_put(out, gk_str_slice(d->text, s.start, s.end));
    }
}

static void draw_table(const gk_doc *d, const gk_table *t, gk_buf *out) {
    gk_buf_putc(out, '[');
    for (uint32_t r = 0; r < t->rows; r++) {
        if (r) gk_buf_putc(out, '/');
        for (uint32_t c = 0; c < t->cols; c++) {
            const gk_cell *cell = gk_table_at(d, t, r, c);
            if (c) gk_buf_putc(out, '|');
            if (!cell) gk_buf_putc(out, '.');
            else if (cell->col != c) gk_buf_putc(out, '<');
            else draw_segs(d, cell->first_seg, cell->seg_count, out);
        }
    }
    gk_buf_putc(out, ']');
}

static void draw(const gk_doc *d, gk_buf *out) {
    for (size_t i = 0; i < d->blocks.len; i++) {
        const gk_block *b = &d->blocks.at[i];
        if (i) gk_buf_putc(out, '\n');
        if (b->kind == GK_BLOCK_TABLE) {
            draw_table(d, &d->tables.at[b->table], out);
            continue;
        }
        gk_buf_putc(out, "THL.A"[b->kind]);
        gk_buf_putc(out, ' ');
        draw_segs(d, b->first_seg, b->seg_count, out);
    }
}

/* Marks the bytes of a span as accounted for. */
static void mark(char *seen, gk_span s, int *twice, bool once) {
    for (uint32_t i = s.start; i < s.end; i++) {
        if (once && seen[i] == 1) ++*twice;
        seen[i] = 1;
    }
}

static bool is_blank(gk_str t, size_t i) {
    static const char *const blanks[] = {" ", "\t", "\n", "\r", "\f", "\v", "\xC2\xA0", "\xE3\x80\x80", "\xEF\xBB\xBF",
                                         "\xE2\x80\x8B"};
    while (i > 0 && ((unsigned char)t.ptr[i] & 0xC0) == 0x80) i--;
    for (size_t k = 0; k < sizeof blanks / sizeof *blanks; k++)
        if (gk_str_starts(gk_str_slice(t, i, t.len), gk_str_of(blanks[k]))) return true;
    return false;
}

/* Every byte that is not blank belongs to exactly one line of a block or cell, to an aside, or is Markdown marking;
 * returns the number of bytes that do not. */
static size_t uncovered(const gk_doc *d) {
    char *seen = calloc(d->text.len + 1, 1);
    int twice = 0;
    size_t missed = 0;
    for (size_t i = 0; i < d->segs.len; i++) mark(seen, d->segs.at[i], &twice, true);
    for (size_t i = 0; i < d->blocks.len; i++)
        if (d->blocks.at[i].kind == GK_BLOCK_ASIDE) mark(seen, d->blocks.at[i].span, &twice, false);
    for (size_t i = 0; i < d->text.len; i++)
        if (!seen[i] && !is_blank(d->text, i) && !strchr("#*->|+:", d->text.ptr[i])) missed++;
    CHECK_INT(twice, 0);
    free(seen);
    return missed;
}

static void check_order(const gk_doc *d) {
    for (size_t i = 1; i < d->blocks.len; i++) CHECK(d->blocks.at[i - 1].span.start <= d->blocks.at[i].span.start);
    for (size_t i = 0; i < d->blocks.len; i++) CHECK(d->blocks.at[i].span.end <= d->text.len);
}

static void check_read(int line, const char *text, const char *want, int marking) {
    gk_doc d;
    gk_err err = {0};
    gk_buf out = {0};
    gk_doc_init(&d);
    CHECK_INT(gk_read(gk_str_of(text), GK_STR("-"), &d, &err), GK_OK);
    draw(&d, &out);
    if (!gk_str_eqz(gk_buf_str(&out), want)) fprintf(stderr, "case of line %d:\n", line);
    CHECK_STR(gk_buf_str(&out), want);
    CHECK_INT(uncovered(&d), marking);
    check_order(&d);
    gk_buf_free(&out);
    gk_doc_free(&d);
}
#define READS(text, want) check_read(__LINE__, text, want, 0)

/* Wrapped at 40 columns, a blank line behind each. */
static void test_wrapped(void) {
    READS("第一部分 云溪县档案馆概况\n\n一、主要职责\n\n"
          "云溪县档案馆负责收集和保管全县档案，并\n\n向社会提供利用服务；指导各乡镇的档案工\n\n"
          "作，开展业务培训。全馆编制12人，在职10\n\n人，其中管理人员3名。\n\n"
          "二、收支情况\n\n（一）收入\n\n收入总计35.\n\n1万元，比上年增加3万元，其中：财政拨款\n\n\n\n16\n\n"
          "收入30万元，其他收入5.1万元（含利息收\n\n入、租金收入和捐赠收入，均已上缴国库）\n\n。\n\n"
          "其中：\n\n办公费2万元，印刷费1万元，合计3万元，\n\n均为当年拨付的资金。\n\n"
          "全馆年末固定资产总额合计\n\n123,456,789,012.34元，均为房屋和设备。\n\n",
          "T 第一部分 云溪县档案馆概况\nT 一、主要职责\n"
          "T 云溪县档案馆负责收集和保管全县档案，并+向社会提供利用服务；指导各乡镇的档案工+"
          "作，开展业务培训。全馆编制12人，在职10+人，其中管理人员3名。\n"
          "T 二、收支情况\nT （一）收入\n"
          "T 收入总计35.+1万元，比上年增加3万元，其中：财政拨款+收入30万元，其他收入5.1万元（含利息收+"
          "入、租金收入和捐赠收入，均已上缴国库）+。\nA 16\n"
          "T 其中：\nT 办公费2万元，印刷费1万元，合计3万元，+均为当年拨付的资金。\n"
          "T 全馆年末固定资产总额合计+123,456,789,012.34元，均为房屋和设备。"); /* which did not fit behind it */
}

/* The caption of a figure that nearly fills its line, above a paragraph; not a reference to one. */
static void test_captions_of_figures(void) {
    READS("2031年县档案馆的基金收入预算为23.50万\n\n"
          "元，全年实际完成21.37万元，为预算的90%\n\n，主要原因是年内新增加的业务不多，且有\n\n"
          "关单位的结算资金尚未到位，待下一年度补\n\n收。\n\n图 2：历年全县基金的收入情况图示\n\n"
          "全馆年末编制12人，分别负责征集、保管、\n\n利用工作，见\n\n表2所示，年终统一考核，结果向社会公布。\n\n"
          "图3 历年编制情况\n\n全县档案管理工作各项支出的\n\n安排情况如下，均已报主管部门批准同意。\n\n",
          "T 2031年县档案馆的基金收入预算为23.50万+元，全年实际完成21.37万元，为预算的90%+"
          "，主要原因是年内新增加的业务不多，且有+关单位的结算资金尚未到位，待下一年度补+收。\n"
          "T 图 2：历年全县基金的收入情况图示\n"
          "T 全馆年末编制12人，分别负责征集、保管、+利用工作，见+表2所示，年终统一考核，结果向社会公布。\n"
          "T 图3 历年编制情况\nT 全县档案管理工作各项支出的\nT 安排情况如下，均已报主管部门批准同意。");
}

/* No paragraph begins with a comma, a stop or a closing bracket, however short the line before is. */
static void test_marks_at_the_start(void) {
    READS("云溪县档案馆资产总额2,345.67万元，其中，\n\n固定资产1,800万元（净值）\n\n，在建工程150.00万元，无形资产50万元\n\n"
          "。\n\n收入情况\n\n",
          "T 云溪县档案馆资产总额2,345.67万元，其中，+固定资产1,800万元（净值）+，在建工程150.00万元，无形资产50万元+。\n"
          "T 收入情况");
    /* A number that does not fit moves to the next line whole and leaves its line short. */
    READS("云溪县档案馆负责收集和保管全县档案，并\n\n向社会提供利用服务；指导各乡镇的档案工\n\n"
          "作。人员经费21.37万元，主要用于：工资\n\n320.15万元、津补贴210.40万元、奖金\n\n98.00万元、工资56.32万元。\n\n",
          "T 云溪县档案馆负责收集和保管全县档案，并+向社会提供利用服务；指导各乡镇的档案工+"
          "作。人员经费21.37万元，主要用于：工资+320.15万元、津补贴210.40万元、奖金+98.00万元、工资56.32万元。");
}

/* Without blank lines, with page numbers, running heads and form feeds. */
static void test_pages(void) {
    READS("云溪县档案馆负责收集和保管全县档案，并\n向社会提供利用服务；指导各乡镇的档案工\n- 1 -\n"
          "云溪县档案馆部门预算\n"
          "作，开展业务培训。全馆编制12人，在职10\n人，其中管理人员3名，另有聘用人员2名，\n- 2 -\n"
          "云溪县档案馆部门预算\n"
          "均为后勤人员。馆内设三个股室，分别负责\n征集、保管、利用工作，实行目标管理，年\n第 3 页\n"
          "云溪县档案馆部门预算\n"
          "终统一考核，考核结果向社会公布。\n",
          "T 云溪县档案馆负责收集和保管全县档案，并+"
          "向社会提供利用服务；指导各乡镇的档案工+作，开展业务培训。全馆编制12人，在职10+"
          "人，其中管理人员3名，另有聘用人员2名，+"
          "均为后勤人员。馆内设三个股室，分别负责+征集、保管、利用工作，实行目标管理，年+"
          "终统一考核，考核结果向社会公布。\n"
          "A - 1 -\nA 云溪县档案馆部门预算\nA - 2 -\nA 云溪县档案馆部门预算\nA 第 3 页\nA 云溪县档案馆部门预算");
}

/* Punctuation that hangs over the edge does not hide the width; a label starts a paragraph; figures are no prose. */
static void test_labels(void) {
    READS("县档案馆向社会开放馆藏档案，全年开放三\n百卷，接待查档群众五百人次，满意率达到\n"
          "百分之九十，较上年有所提高，群众反映好。\n"
          "成本指标：经费控制在十二万元以内，不得\n超支，超支部分由单位自行承担，并在下一\n年度扣减。\n"
          "201 一般公共服务 12\n205 教育 30\n",
          "T 县档案馆向社会开放馆藏档案，全年开放三+百卷，接待查档群众五百人次，满意率达到+"
          "百分之九十，较上年有所提高，群众反映好。\n"
          "T 成本指标：经费控制在十二万元以内，不得+超支，超支部分由单位自行承担，并在下一+年度扣减。\n"
          "T 201 一般公共服务 12\nT 205 教育 30");
}

/* A paragraph a line, cut by a page. */
static void test_cut(void) {
    READS("一、收入情况说明\n\n2031年收入合计12万元，其中财政拨款10万元，占\n\n83.33%；其他收入2万元。\n\n"
          "公开 09\n\n表\n\n单位：万\n\n元\n\n金额单位：\n元\n\n"
          "四、其他事项\n\n无\n",
          "T 一、收入情况说明\nT 2031年收入合计12万元，其中财政拨款10万元，占+83.33%；其他收入2万元。\nT 公开 09+表\n"
          "T 单位：万+元\nT 金额单位：+元\nT 四、其他事项\nT 无");
}

static void test_markdown(void) {
    READS("# 云溪县概况\n\n**2031年度\n部门决算**\n\n- 一、职责\n- 二、机构\n\n正文有**重点**二字。\n\n---\n\n"
          "1. 第一条；\n2. 第二条。\n\n"
          "| 项目 | 金额 |\n|---|---:|\n| 工资 | 1.5 |\n| 差旅 | |\n",
          "H 云溪县概况\nH 2031年度+部门决算\nL 一、职责\nL 二、机构\nT 正文有+重点+二字。\nA ---\n"
          "T 1. 第一条；\nT 2. 第二条。\n"
          "[项目|金额/工资|1.5/差旅|]");
    /* A tool may leave the first bar out; where it also made up for merged cells with bars at the end, that is no row. */
    READS("单位：万元\n项目 | 预算数 | 决算数 |\n接待费 | 3 | 2.5 |\n会议费 | | 1 |\n",
          "T 单位：万元\n[项目|预算数|决算数/接待费|3|2.5/会议费||1]");
    READS("|甲\n乙 | 3 | 2.5\n丙 | 1 | 1.5\n丁 | 4 | 4.5\n戊 | 5 | 5.5\n", /* a bar is the first character of the text */
          "[|甲|</乙|3|2.5/丙|1|1.5/丁|4|4.5/戊|5|5.5]");
    READS("收入 | 支出 | ||||\n项目 | 金额 | 项目 | 金额 |\n拨款 | 3 | 教育 | 2.5 |\n其他 | | 农林 | 1 |\n",
          "T 收入 | 支出 | ||||\n[项目|金额|项目|金额/拨款|3|教育|2.5/其他||农林|1]");
    READS("[bookmark: _Toc1]一、部门职责\n[bookmark: _GoBack]2031年，无。\n", "T 一、部门职责\nA \n"
          "T 2031年，无。\nA ");
    /* A line break inside a cell; rows that lines of + and - part. */
    check_read(__LINE__, "|项目|金额|\n|---|---|\n|一般公共<br>预算|12.5|\n|其他<br/>|3|\n",
               "[项目|金额/一般公共+预算|12.5/其他|3]", (int)strlen("<br<br/"));
    READS("+------+------+\n| 项目 | 金额 |\n+======+======+\n| 道路 | 12.5 |\n+------+------+\n| 桥梁 | 3 |\n"
          "+------+------+\n",
          "A +------+------+\n[项目|金额/道路|12.5/桥梁|3]\nA +======+======+\nA +------+------+\nA +------+------+");
}

static void test_rows(void) {
    /* Two blocks side by side, an empty cell kept, a gap inside. */
    READS("收入总表\n\n单位：万元\n\n收入\t\t支出\t\n项目\t金额\t项目\t金额\n拨款\t1, 429. 68\t教育\t\n\n"
          "其他\t3\t卫生\t7\n\n注：无。\n",
          "T 收入总表\nT 单位：万元\n[收入||支出|/项目|金额|项目|金额/拨款|1, 429. 68|教育|/其他|3|卫生|7]\n"
          "T 注：无。");
    /* A note above with another number of cells. */
    READS("部门：云溪县档案馆\t单位：万元\n项目\t合计\t基本\t项目\n工资\t3\t3\t\n差旅\t2\t\t2\n",
          "T 部门：云溪县档案馆\nT 单位：万元\n[项目|合计|基本|项目/工资|3|3|/差旅|2||2]");
    /* A cell broken over lines, once with the rest of its row behind it, once between two rows. */
    READS("项目\t计划\t完成\t原因\n桥梁维\n修\t12\n\t11\t雨季\n绿化\t8\t7\t苗木到货\n推迟\n路灯\t3\t3\t\n"
          "道路养\n护及清扫\t5\t5\t\n",
          "[项目|计划|完成|原因/桥梁维+修|12|11|雨季/绿化|8|7|苗木到货+推迟/路灯|3|3|/道路养+护及清扫|5|5|]");
    /* A row cut by a page; a label that only looks like a rest moves down. */
    READS("一级指标\t名称\t目标\t实际\n数量指标\t培训农村技术人员场\t12\t12\n\n\t次\t\t\n\t发放资料\t90\t80\n",
          "[一级指标|名称|目标|实际/数量指标|培训农村技术人员场+次|12|12/|发放资料|90|80]");
    READS("级\t类\t名称\t目标\n绩效\t成本指标\t培训农村技术人员场\t12\n\n\t质量指标\t次\t\n\t\t合格率\t90\n",
          "[级|类|名称|目标/绩效|成本指标|培训农村技术人员场+次|12/|质量指标|合格率|90]");
    /* A caption, and a header of its own, end a table. */
    READS("甲\t乙\t丙\n1\t2\t3\n\n支出表\n\n甲\t乙\t丙\n4\t5\t6\n\n甲\t乙\t丙\n7\t8\t9\n",
          "[甲|乙|丙/1|2|3]\nT 支出表\n[甲|乙|丙/4|5|6]\n[甲|乙|丙/7|8|9]");
    /* So do a caption and what belongs to it without a gap, though with the rows behind them they would fill one row. */
    READS("甲\t乙\t丙\t丁\t戊\n1\t2\t3\t4\t\n5\t6\t7\t8\t\n9\t8\t7\t6\t\n支出表\n公开 05 表\n单位：万元\n项目\t支出\t\n"
          "名称\t小计\t基本\n工资\t4\t5\n",
          "[甲|乙|丙|丁|戊/1|2|3|4|/5|6|7|8|/9|8|7|6|]\nT 支出表\nT 公开 05 表\nT 单位：万元\n"
          "[项目|支出|/名称|小计|基本/工资|4|5]");
    /* A blank line between all rows parts nothing, not even a header with fewer cells than the body. */
    READS("收入\t\t支出\n\n项目\t金额\t项目\t合计\t基本\n\n拨款\t12.5\t教育\t9\t9\n\n其他\t3\t卫生\t7\t6\n\n注：无。\n",
          "[收入||支出|.|./项目|金额|项目|合计|基本/拨款|12.5|教育|9|9/其他|3|卫生|7|6]\nT 注：无。");
    /* Rows of a narrow table are no parts of rows, though two of them would fill one of the wider table below. */
    READS("收支表\n收入\t\t支出\n项目\t金额\t项目\t金额\n拨款\t12.5\t教育\t9\n其他\t3\t卫生\t7\n支出表\n"
          "项\t编码\t名称\t合计\t基本\t项目\t经营\n1\t205\t教育\t9\t9\t\t\n2\t210\t卫生\t7\t6\t1\t\n3\t213\t农业\t5\t5\t\t\n"
          "4\t214\t交通\t5\t5\t\t\n5\t215\t工业\t5\t5\t\t\n",
          "T 收支表\n[收入||支出|./项目|金额|项目|金额/拨款|12.5|教育|9/其他|3|卫生|7]\nT 支出表\n"
          "[项|编码|名称|合计|基本|项目|经营/1|205|教育|9|9||/2|210|卫生|7|6|1|/3|213|农业|5|5||/4|214|交通|5|5||/"
          "5|215|工业|5|5||]");
    /* Words behind a figure do not go on with it: they are captions, though the row below would fill up the one above. */
    READS("表3\n市县\t预算\t决算\n东城\t7\t6\n合计\t7\t6\n（二）决算报表\n表4\n收入决算表\n项目\t预算\t调整\t决算\n"
          "\t\t\t金额\t占预算%\t比上年%\n税收\t7\t6\t5\t4\t3\n资源税\t6\t5\t4\t3\t2\n契税\t5\t4\t3\t2\t1\n",
          "T 表3\n[市县|预算|决算/东城|7|6/合计|7|6]\nT （二）决算报表\nT 表4\nT 收入决算表\n"
          "[项目|预算|调整|决算|<|</|||金额|占预算%|比上年%/税收|7|6|5|4|3/资源税|6|5|4|3|2/契税|5|4|3|2|1]");
    /* Tables of contents and lists with tabs are text. */
    READS("一、部门职责\t1\n二、机构设置\t2\n三、收支总表\t5\n", "T 一、部门职责\t1\nT 二、机构设置\t2\n"
          "T 三、收支总表\t5");
    READS("一、部门职责……………\t1\n二、机构设置……………\t2\n", "T 一、部门职责……………\t1\n"
          "T 二、机构设置……………\t2");
}

/* Rows whose empty cells at the end were left out: of some only the label is left, which is numbered as the others are or
 * narrower than they are. The widest one may be the first half of the label behind it. */
static void test_bare_labels(void) {
    READS("项目\t2030年\t2031年\n一、教育\n二、文化\n三、农业\t\t7\n四、交通\t5\t6\n其中：道路\n桥梁隧道维修\t5\t6\n",
          "[项目|2030年|2031年/一、教育|.|./二、文化|.|./三、农业||7/四、交通|5|6/其中：道路|.|./桥梁隧道维修|5|6]");
    READS("项目\t2030年\t2031年\n土地出让收入\t1\t2\n港口\n配套费收入\t3\t4\n国有资源有偿\n使用收入\t5\t6\n",
          "[项目|2030年|2031年/土地出让收入|1|2/港口|.|./配套费收入|3|4/国有资源有偿+使用收入|5|6]");
    READS("项目\t2030年\t2031年\n土地出让收入\t1\t\n港口\n配套费收入\t3\t4\n", /* here they are kept */
          "[项目|2030年|2031年/土地出让收入|1|/港口+配套费收入|3|4]");
}

/* A justified line came out with a blank between all characters: it is as wide as the others, and the sentence goes on. */
static void test_places(void) {
    /* A form whose lines mostly have nothing but their number, or not even that. */
    READS("  项目         行次     2031年   项目         行次     2031年\n"
          "  一、拨款        1     12.50   一、教育       11      9.10\n"
          "  二、其他        2             二、卫生       12\n"
          "  三、利息        3             三、农业       13\n"
          "  四、上年        4             四、交通       14\n"
          "  五、借入        5             五、工业       15\n"
          "  合计            6     12.50   合计           16      9.10\n",
          "[项目|行次|2031年|项目|行次|2031年/一、拨款|1|12.50|一、教育|11|9.10/"
          "二、其他|2|.|二、卫生|12|./三、利息|3|.|三、农业|13|./"
          "四、上年|4|.|四、交通|14|./五、借入|5|.|五、工业|15|./合计|6|12.50|合计|16|9.10]");
    /* A label on a line of its own above its figures. */
    READS("项目           预算        决算\n合计         4319.0      4320.5\n道路养护\n             1549.0      1549.5\n"
          "桥梁维修\n             2484.0      2484.5\n路灯更换\n              256.0       256.5\n绿化补植\n"
          "               30.0        30.5\n",
          "[项目|预算|决算/合计|4319.0|4320.5/道路养护|1549.0|1549.5/桥梁维修|2484.0|2484.5/"
          "路灯更换|256.0|256.5/绿化补植|30.0|30.5]");
}

/* Tables parted by blanks with numbers on both sides, and with headings whose single labels stand between two lines. */
static void test_drifting_places(void) {
    READS("      收入                  支出\n"
          "    项目      行次  金额          项目  行次  合计  基金\n"
          "一、拨款收入   1   580.00 一、教育支出      31\n"
          "二、上级的补助收入 2    12.50 二、科技支出   32\n"
          "三、其他      3      三、卫生支出       33    91.20   1.20\n"
          "           4      四、农业支出       34   300.00\n"
          "           5      五、交通支出       35\n"
          "           6      六、住房支出       36   201.30\n"
          "合计         7   592.50 合计           37   592.50   1.20\n",
          "[收入|.|.|支出|.|.|./项目|行次|金额|项目|行次|合计|基金/一、拨款收入|1|580.00|一、教育支出|31|.|."
          "/二、上级的补助收入|2|12.50|二、科技支出|32|.|./三、其他|3|.|三、卫生支出|33|91.20|1.20"
          "/.|4|.|四、农业支出|34|300.00|./.|5|.|五、交通支出|35|.|./.|6|.|六、住房支出|36|201.30|."
          "/合计|7|592.50|合计|37|592.50|1.20]");
    READS("                              2031年预算\n"
          "编码       名称    上年决算\n"
          "                        小计      基本      项目\n"
          "301    工资福利    50.00    80.00    60.00    20.00\n"
          "302    商品服务    30.00    30.00    20.00    10.00\n"
          "303    个人补助    20.00    10.00    10.00\n",
          "[.|.|.|2031年预算|<|</编码|名称|上年决算|小计|基本|项目/301|工资福利|50.00|80.00|60.00|20.00"
          "/302|商品服务|30.00|30.00|20.00|10.00/303|个人补助|20.00|10.00|10.00|.]");
}

/* Blocks of codes, names and figures, some of these missing; and labels on both sides without numbers. */
static void test_blocks(void) {
    READS("编码    名称          决算    编码   名称     决算\n"
          "301   工资福利             969.35 302     商品服务          173.99\n"
          "30101   基本工资              82.78 30201    办公费\n"
          "30102   津贴                30202     印刷费            12.79\n"
          "30103   奖金               886.57 30203    咨询费\n"
          "30106   伙食补助费             30204     手续费           161.20\n"
          "30107   绩效               30205     水费\n"
          "人员经费合计                 969.35 公用经费合计          173.99\n",
          "[编码|名称|决算|编码|名称|决算/301|工资福利|969.35|302|商品服务|173.99/30101|基本工资|82.78|30201|办公费|."
          "/30102|津贴|.|30202|印刷费|12.79/30103|奖金|886.57|30203|咨询费|./30106|伙食补助费|.|30204|手续费|161.20"
          "/30107|绩效|.|30205|水费|./.|人员经费合计|969.35|.|公用经费合计|173.99]");
    READS("项目               预算数   项目            预算数\n"
          "一、拨款收入           1,200.00 一、公共安全支出      900.00\n"
          "二、事业收入              二、科技支出        210.00\n"
          "三、经营收入              三、卫生支出         90.00\n"
          "四、其他收入              四、农业支出\n"
          "五、借款                五、交通支出\n"
          "                    六、住房支出\n"
          "本年收入合计           1,200.00 本年支出合计       1,200.00\n",
          "[项目|预算数|项目|预算数/一、拨款收入|1,200.00|一、公共安全支出|900.00/二、事业收入|.|二、科技支出|210.00"
          "/三、经营收入|.|三、卫生支出|90.00/四、其他收入|.|四、农业支出|./五、借款|.|五、交通支出|./.|.|六、住房支出|."
          "/本年收入合计|1,200.00|本年支出合计|1,200.00]");
}

static void test_pairs(void) {
    /* A label and one figure a line; figures without a point alone may be pages. */
    READS("单位：万元\n收入总计 512.3\n\n财政拨款 500.1\n\n其他收入 12\n",
          "T 单位：万元\n[收入总计|512.3/财政拨款|500.1/其他收入|12]");
    READS("项目 预算数\n公务接待费 2.5\n出国费 0\n其中：车辆购置 费 0\n车辆运行费 10.5\n",
          "[项目|预算数/公务接待费|2.5/出国费|0/其中：车辆购置 费|0/车辆运行费|10.5]");
    READS("目录\n部门概况 101\n收支情况 112\n名词解释 118\n", "T 目录\nT 部门概况 101\nT 收支情况 112\nT 名词解释 118");
}

static void test_units(void) {
    /* A figure at a line end and its unit at the start of the next one belong together, however wide the lines are. */
    READS("一、说明\n本馆收入、支出各增加 3114.27\n万元，增长 12.05 %。\n二、其他\n",
          "T 一、说明\nT 本馆收入、支出各增加 3114.27+万元，增长 12.05 %。\nT 二、其他");
    READS("目录\n部门概况 12\n收支情况 14\n", "T 目录\nT 部门概况 12\nT 收支情况 14");
    /* The unit of a figure never starts a paragraph, whatever stands before the figure. */
    READS("二、采购情况说明\n本馆在这一年里安排了各项采购，用于修缮库房的屋顶和\n"
          "墙面以及地下的排水管道，也用于购置书架和数字化设备\n"
          "供各科室使用并且登记在册，由专人管理和维护以及盘点\n清查，按照有关规定每一年核对一次账目并公布结果如下\n"
          "其中：\n\n货物采购 122.43\n\n万元、工程采购 13.7 万元。\n",
          "T 二、采购情况说明\nT 本馆在这一年里安排了各项采购，用于修缮库房的屋顶和+"
          "墙面以及地下的排水管道，也用于购置书架和数字化设备+"
          "供各科室使用并且登记在册，由专人管理和维护以及盘点+清查，按照有关规定每一年核对一次账目并公布结果如下+"
          "其中：\nT 货物采购 122.43+万元、工程采购 13.7 万元。");
}

static void test_loose_lines(void) {
    READS("二、采购情况说明\n本馆在这一年里安排了各项采购，用于修缮库房的屋顶和\n"
          "墙面以及地下的排水管道，也用于购置书架和数字化设备\n"
          "供各科室使用并且登记在册，由专人管理和维护以及盘点\n清查，按照有关规定每一年核对一次账目并公布结果如下\n"
          "表所列。\n按资金类型划分，一般公共预算拨款\n453928.84元，其他资金3345390元，都在年底之前付清。\n",
          "T 二、采购情况说明\nT 本馆在这一年里安排了各项采购，用于修缮库房的屋顶和+"
          "墙面以及地下的排水管道，也用于购置书架和数字化设备+"
          "供各科室使用并且登记在册，由专人管理和维护以及盘点+清查，按照有关规定每一年核对一次账目并公布结果如下+"
          "表所列。\nT 按资金类型划分，一般公共预算拨款+453928.84元，其他资金3345390元，都在年底之前付清。");
    READS("一、收支总体情况说明\n云溪县档案馆二零三一年度收入、支出预算总计较上一\n"
          "年度有所增加，主要原因是人员增加和工资标准的提高，同\n"
          "时新增了库房改造项目和数字化项目，具体情况如下面各\n段所述，供社会各界参考并监督，意见可以电话反映给我\n"
          "云 溪 县 档 案 馆 二 零 三 一 年 收 入 预 算 总 计\n95.35 万 元 ， 与 上 年 相 比 预 算 各 增 加\n"
          "9.67万元，增长21.95%，原因见上文的说明和后面的表。\n",
          "T 一、收支总体情况说明\n"
          "T 云溪县档案馆二零三一年度收入、支出预算总计较上一+年度有所增加，主要原因是人员增加和工资标准的提高，同+"
          "时新增了库房改造项目和数字化项目，具体情况如下面各+段所述，供社会各界参考并监督，意见可以电话反映给我+"
          "云 溪 县 档 案 馆 二 零 三 一 年 收 入 预 算 总 计+95.35 万 元 ， 与 上 年 相 比 预 算 各 增 加+"
          "9.67万元，增长21.95%，原因见上文的说明和后面的表。");
}

static void test_cells(void) {
    READS("收支总表\n\t101云溪县档案馆\n\t单位：万元\n\n\t序号\n\t收入\n\t支出\n\n\t\n\t项目\n\t金额\n\t项目\n"
          "\t金额\n\n"
          "\t1\n\t拨款\n\t12.5\n\t教育\n\t\n\n\t2\n\t其他\n收入\n\t\n\t卫生\n\t3\n\n\n\n二、说明\n",
          "T 收支总表\nT 101云溪县档案馆\nT 单位：万元\n"
          "[序号|收入|<|支出|</|项目|金额|项目|金额/1|拨款|12.5|教育|/2|其他+收入||卫生|3]\nT 二、说明");
    /* Labels that do not repeat: words end before figures start. A row broken by a blank line inside a cell. */
    READS("\t序号\n\t科目\n\t支出\n\n\t\n\t编码\n\t名称\n\t合计\n\t基本\n\n\t1\n\t301\n\t工资\n\t3\n\t3\n\n\t2\n"
          "\t302\n\t办公\n\n"
          "\t2\n\t2\n\n\t3\n\t303\n\t补助\n\t1\n\t\n\n",
          "[序号|科目|<|支出|</|编码|名称|合计|基本/1|301|工资|3|3/2|302|办公|2|2/3|303|补助|1|]");
    /* A row whose last cell is empty is whole, though with the next one it has as many cells as most. */
    READS("\t资金\n\t总额\n\t8\n\n\t\n\t其他资金\n\t\n\n"
          "\t目标\n\t建成水渠\n\n\t级\n\t类\n\t名称\n\t目标\n\t实际\n\n"
          "\t产出\n\t数量\n\t水渠\n\t9\n\t8\n\n\t\n\t质量\n\t合格\n\t7\n\t6\n\n\t\n\t时效\n\t按时\n\t5\n\t4\n\n",
          "[资金|总额|8|.|./|其他资金||.|./目标|<|<|建成水渠|</级|类|名称|目标|实际/"
          "产出|数量|水渠|9|8/|质量|合格|7|6/|时效|按时|5|4]");
    /* Paragraphs with a tab for an indent. */
    READS("编码\t名称\t接待费（\t支出\t\t年末结\n\t\t公）\t基本\t其他\t余\n301\t工资\t5\t5\t1\t2\n302\t办公\t3\t1\t1\t2\n",
          "[编码|名称|接待费（+公）|支出||年末结+余/|||基本|其他|/301|工资|5|5|1|2/302|办公|3|1|1|2]");
    READS("级\t名称\t指标值\n产出\t宣传\t优\n效益\t知晓\t100\n", "[级|名称|指标值/产出|宣传|优/效益|知晓|100]");
    READS("\t编码\n\t名称\n\t本年\n\t比上年\n\n\t\n\t\n\t小计\n\t基本\n\t项目\n\t额\n\t率\n\n"
          "\t301\n\t工资\n\t5\n\t3\n\t2\n\t1\n\t25.00\n\n\t302\n\t办公\n\t3.5\n\t3.5\n\t\n\t-1\n\t-20.00\n\n",
          "[编码|名称|本年|<|<|比上年|</||小计|基本|项目|额|率/301|工资|5|3|2|1|25.00/302|办公|3.5|3.5||-1|-20.00]");
    READS("\t编码\n\t名称\n\t合计\n\t基本\n\n\t合计\n\t8\n\t6\n\n\t301\n\t工资\n\t5\n\t5\n\n\t302\n\t办公\n\t3\n\t1\n\n",
          "[编码|名称|合计|基本/合计|<|8|6/301|工资|5|5/302|办公|3|1]");
    READS("\t编码\n\t名称\n\t数\n\t编码\n\t名称\n\t数\n\n\t301\n\t工资\n\t5\n\t302\n\t办公\n\t3\n\n"
          "\t30101\n\t津贴\n\t5\n\t30201\n\t水费\n\t3\n\n\t人员合计\n\t5\n\t公用合计\n\t3\n\n",
          "[编码|名称|数|编码|名称|数/301|工资|5|302|办公|3/30101|津贴|5|30201|水费|3/人员合计|<|5|公用合计|<|3]");
    READS("\t项目\n\t说明\n\t金额\n\n\t修路\n\t东街\n\t5\n\n\t植树\n\t西坡\n\t3\n\n\t8\n\t6\n\n",
          "[项目|说明|金额/修路|东街|5/植树|西坡|3/8|6|.]");
    READS("\t2031年，我县财政收入持续增长。\n\n\t各项支出得到保障。\n", "T 2031年，我县财政收入持续增长。\n"
          "T 各项支出得到保障。");
}

static void test_documents(void) {
    gk_doc d;
    gk_err err = {0};
    gk_doc_init(&d);
    CHECK_INT(gk_read(GK_STR("\xEF\xBB\xBF\xE4\xB8\x80\r\n\f\xE4\xBA\x8C\r\n"), GK_STR("a.txt"), &d, &err), GK_OK);
    CHECK_INT(d.blocks.len, 2);
    CHECK_INT(d.pages, 2);
    CHECK_INT(d.blocks.at[0].page, 1);
    CHECK_INT(d.blocks.at[1].page, 2);
    CHECK_INT(d.text.len, 14);
    CHECK_STR(d.source, "a.txt");
    CHECK_STR(gk_str_of(d.media_type), "text/plain");
    CHECK_INT(strlen(d.digest), 64);
    gk_doc_reset(&d);
    CHECK_INT(gk_read(GK_STR(""), GK_STR("-"), &d, &err), GK_OK);
    CHECK_INT(d.blocks.len, 0);
    CHECK_STR(gk_str_of(d.digest), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    gk_doc_reset(&d);
    CHECK_INT(gk_read(GK_STR("head\0tail"), GK_STR("-"), &d, &err), GK_E_BINARY);
    CHECK_INT(strlen(d.digest), 64);
    gk_doc_free(&d);
}

/* A text of random pieces is covered whatever its shape. */
/* A few lines of prose among captions are as wide as the prose of most of the text. */
static void test_width_elsewhere(void) {
    gk_buf text = {0};
    gk_doc d;
    gk_err err = {0};
    for (int i = 1000; i < 1120; i++)
        gk_buf_printf(&text, "本馆%d年安排了各项采购，用于修缮库房的屋\n顶和地下的排水管道。\n", i);
    for (int i = 0; i < 100; i++) gk_buf_put(&text, GK_STR("支出表\n公开05表\n"));
    gk_buf_put(&text, GK_STR("馆内藏书的经费支出完成5142万元，比上年增长\n77.3%。\n"));
    for (int i = 0; i < 100; i++) gk_buf_put(&text, GK_STR("支出表\n公开05表\n"));
    gk_doc_init(&d);
    CHECK_INT(gk_read(gk_buf_str(&text), GK_STR("-"), &d, &err), GK_OK);
    int whole = 0;
    for (size_t i = 0; i < d.blocks.len; i++) {
        gk_span at = d.blocks.at[i].span;
        gk_str s = {d.text.ptr + at.start, at.end - at.start};
        whole += gk_str_starts(s, GK_STR("馆内藏书")) && gk_str_ends(s, GK_STR("77.3%。"));
    }
    CHECK_INT(whole, 1);
    gk_doc_free(&d);
    gk_buf_free(&text);
}

static void test_generated(void) {
    static const char *const pieces[] = {"\t", "\n", "\n"
          "\n", "收入合计12.5万元，", "增加", "一、", "（二）", "|", "**", "# ",
                                         "- ", "16", " ", "\xE3\x80\x80", "。", "\r\n", "\f", "[bookmark: _a]", "：", "\n\t",
                                         "|---|\n", "……", "a b", "3,200.00", "【", "\n\n\n\n"};
    uint64_t state = 88172645463325252u;
    for (int round = 0; round < 300; round++) {
        gk_buf text = {0};
        gk_doc d;
        gk_err err = {0};
        for (int i = 0; i < 200; i++) {
            state ^= state << 13, state ^= state >> 7, state ^= state << 17;
            gk_buf_put(&text, gk_str_of(pieces[(state >> 11) % (sizeof pieces / sizeof *pieces)]));
        }
        gk_doc_init(&d);
        CHECK_INT(gk_read(gk_buf_str(&text), GK_STR("-"), &d, &err), GK_OK);
        CHECK_INT(uncovered(&d), 0);
        check_order(&d);
        gk_doc_free(&d);
        gk_buf_free(&text);
    }
}

/* Texts that must stay cheap; the time limit of the test is what fails. */
static void test_hostile(void) {
    static const char *const units[] = {"1", "\xE6\xAF\x94", "\t", "\n", "\t\n", "a\n", "\ta\n", "a\tb\n", "**\n", "*", "[",
                                        "[bookmark: ", "|", "||\n", "12\n", "\xEF\xBC\x88\n", "a\tb\tc\nx\n"
          "x\n", "\t\n\n",
                                        "\xEF\xBC\x8C\n", "- \n", "a\tb\tc\n"
          "\n", "\xE6\xAF\x94\xE8\xBE\x83\xE5\xA2\x9E\n"};
    for (size_t u = 0; u < sizeof units / sizeof *units; u++) {
        gk_buf text = {0};
        gk_doc d;
        gk_err err = {0};
        while (text.len < 1u << 20) gk_buf_put(&text, gk_str_of(units[u]));
        gk_doc_init(&d);
        gk_code code = gk_read(gk_buf_str(&text), GK_STR("-"), &d, &err);
        CHECK(code == GK_OK || code == GK_E_LIMIT);
        if (code == GK_OK) CHECK_INT(uncovered(&d), 0);
        gk_doc_free(&d);
        gk_buf_free(&text);
    }
}

/* The texts kept for development, where they are there. */
static void test_shared(void) {
    static const char *const names[] = {"000_ebe1369ab47bce7a", "001_2b33bac661de562b", "002_9ef071da62afe8a3",
                                        "003_0549f45c8921e423", "004_c8a4a132ef76e2ac"};
    const char *shared = getenv("GK_SHARED");
    for (size_t i = 0; shared && i < sizeof names / sizeof *names; i++) {
        gk_buf path = {0}, text = {0};
        gk_buf_printf(&path, "%s/documents/seeds/%s.txt", shared, names[i]);
        FILE *f = fopen(path.ptr, "rb");
        gk_buf_free(&path);
        if (!f) continue;
        char *room = gk_buf_room(&text, 1u << 20);
        text.len = fread(room, 1, 1u << 20, f);
        fclose(f);
        gk_doc d;
        gk_err err = {0};
        gk_doc_init(&d);
        CHECK_INT(gk_read(gk_buf_str(&text), GK_STR("-"), &d, &err), GK_OK);
        CHECK_INT(uncovered(&d), 0);
        check_order(&d);
        gk_doc_free(&d);
        gk_buf_free(&text);
    }
}

int main(void) {
    test_wrapped();
    test_captions_of_figures();
    test_marks_at_the_start();
    test_pages();
    test_labels();
    test_cut();
    test_markdown();
    test_rows();
    test_bare_labels();
    test_places();
    test_drifting_places();
    test_blocks();
    test_pairs();
    test_units();
    test_loose_lines();
    test_cells();
    test_documents();
    test_width_elsewhere();
    test_generated();
    test_hostile();
    test_shared();
    return CHECK_DONE();
}
