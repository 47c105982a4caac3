/* Intervals and formulas: exact, or refused. */
#include "check/figure.h"
#include "check/program.h"

#include "check.h"

static gk_interval value;

static bool look_up(void *user, const gk_program *p, const gk_step *name, gk_interval *out) {
    (void)user;
    if (!gk_str_eqz(gk_str_slice(p->text, name->number, name->number + name->len), "x")) return false;
    *out = value;
    return true;
}

static gk_calc run(const char *formula, gk_interval *out) {
    gk_program p;
    gk_interval divisor;
    gk_program_read(&p, gk_str_of(formula));
    return gk_program_run(&p, look_up, NULL, out, &divisor);
}

static void formulas(void) {
    gk_interval r;
    value = gk_interval_at(3 * (gk_fixed)1000000);
    CHECK(run("(x + 1) * 100 / (x - 1)", &r) == GK_CALC_OK && r.lo == 200 * (gk_fixed)1000000 && r.lo == r.hi);
    CHECK(run("100 / x", &r) == GK_CALC_OK && r.hi - r.lo == 1);
    CHECK(run("1 / (x - 3)", &r) == GK_CALC_ZERO);
    CHECK(run("x + y", &r) == GK_CALC_TERM);
    CHECK(run("x +", &r) == GK_CALC_TERM);
    CHECK(run("((((((((((((((((((x))))))))))))))))))", &r) == GK_CALC_TERM);
    value = (gk_interval){-1, 1};
    CHECK(run("1 / x", &r) == GK_CALC_COARSE);
    value = gk_interval_at(gk_fixed_power(30) * 10000000);
    CHECK(run("x * x", &r) == GK_CALC_LARGE);
}

enum { ONE = 1000000 };

/* The ends of a quotient are those of the quotients of the ends, rounded outwards, whatever their signs. */
static void quotients(void) {
    static const int64_t end[] = {-7 * ONE, -3 * ONE, -1, 1, 2, 3 * ONE, 7 * ONE};
    enum { ENDS = sizeof end / sizeof *end };
    size_t wrong = 0, tried = 0;
    for (size_t i = 0; i < ENDS * ENDS * ENDS * ENDS; i++) {
        int64_t x[2] = {end[i % ENDS], end[i / ENDS % ENDS]};
        int64_t y[2] = {end[i / ENDS / ENDS % ENDS], end[i / ENDS / ENDS / ENDS]};
        if (x[0] > x[1] || y[0] > y[1] || (y[0] < 0 && y[1] > 0)) continue;
        gk_interval a = {x[0], x[1]}, b = {y[0], y[1]};
        gk_fixed lo = INT64_MAX, hi = INT64_MIN;
        for (int k = 0; k < 4; k++) {
            int64_t p = x[k & 1] * ONE, by = y[k >> 1], down = p / by - (p % by && (p < 0) != (by < 0));
            if (down < lo) lo = down;
            if (down + (p % by != 0) > hi) hi = down + (p % by != 0);
        }
        tried++;
        wrong += gk_interval_over(&a, b) != GK_CALC_OK || a.lo != lo || a.hi != hi;
    }
    CHECK_INT(tried, 28 * (3 * 4 / 2 + 4 * 5 / 2));
    CHECK_INT(wrong, 0);
}

/* What fits 64 bits and what does not give the same. */
static void wide(void) {
    gk_fixed large = gk_fixed_power(25) + 3;
    gk_interval a = {large, large + 1}, b = {-large - 1, -large};
    CHECK(gk_interval_times(&a, gk_interval_at(100 * (gk_fixed)ONE)) == GK_CALC_OK && a.lo == 100 * large);
    CHECK(gk_interval_over(&a, gk_interval_at(100 * (gk_fixed)ONE)) == GK_CALC_OK && a.lo == large && a.hi == large + 1);
    CHECK(gk_interval_over(&a, b) == GK_CALC_OK && a.lo == -ONE - 1 && a.hi == -ONE + 1);
    a = gk_interval_at(gk_fixed_power(30) * 10000000);
    CHECK(gk_interval_times(&a, gk_interval_at(100 * (gk_fixed)ONE)) == GK_CALC_LARGE);
    a = gk_interval_at(gk_fixed_power(30) * 1000000);
    CHECK(gk_interval_over(&a, gk_interval_at(ONE)) == GK_CALC_LARGE);
}

/* A formula of more steps than a program has is none. */
static void lengths(void) {
    char text[4 * GK_MAX_FORMULA_STEPS];
    gk_interval r;
    value = gk_interval_at(ONE);
    for (size_t names = GK_MAX_FORMULA_STEPS / 2; names <= GK_MAX_FORMULA_STEPS / 2 + 1; names++) {
        for (size_t i = 0; i < names; i++) memcpy(text + 2 * i, "x+", 2);
        text[2 * names - 1] = '\0';
        gk_calc code = run(text, &r);
        CHECK(names == GK_MAX_FORMULA_STEPS / 2 ? code == GK_CALC_OK && r.lo == (gk_fixed)names * ONE : code == GK_CALC_TERM);
    }
    for (size_t depth = 16; depth <= 17; depth++) {
        size_t len = 0;
        for (size_t i = 0; i < depth; i++) memcpy(text + len, "x+x*(", 5), len += 5;
        memcpy(text + len, "x+x*x", 5), len += 5;
        for (size_t i = 0; i < depth; i++) text[len++] = ')';
        text[len] = '\0';
        gk_calc code = run(text, &r);
        CHECK(depth == 16 ? code == GK_CALC_OK && r.lo == 18 * (gk_fixed)ONE : code == GK_CALC_TERM);
    }
}

static gk_figure figure(const char *raw, const char *text) {
    gk_record r = {.kind = GK_KIND_AMOUNT};
    r.field[GK_F_RAW] = gk_str_of(raw);
    r.field[GK_F_VALUE] = gk_str_of(text);
    return gk_figure_of(&r, NULL);
}

static void figures(void) {
    gk_figure f = figure("18.78万元", "187800");
    gk_interval i = gk_figure_interval(f);
    CHECK(f.known && i.lo == 187750 * (gk_fixed)1000000 && i.hi == 187900 * (gk_fixed)1000000 - 1);
    f = figure("－２.５万元", "-25000");
    CHECK(f.known && f.step == 1000 * (gk_fixed)1000000);
    CHECK(!figure("1234567890123456789012345678901234567890元", "1234567890123456789012345678901234567890").known);
    CHECK(figure("0万元", "0").step == 0);
}

/* How a figure was printed: what its last digit is worth, how many decimals it has, by what power its unit multiplies it. */
static void printed(const char *raw, const char *text, const char *want, const char *step, int decimals, int power) {
    gk_arena a = {0};
    gk_figure f = figure(raw, text);
    CHECK(f.known);
    CHECK_STR(gk_fixed_text(f.value, 6, &a), want);
    CHECK_STR(gk_fixed_text(f.step, 6, &a), step);
    CHECK_INT(f.decimals, decimals);
    CHECK_INT(f.power, power);
    gk_arena_free(&a);
}

/* What was seen says the same as what is printed, and the more where the printed text cannot be read. */
static void sights(void) {
    gk_record r = {.kind = GK_KIND_AMOUNT};
    gk_sight s = {.digits = 120050, .decimals = 2, .power = 4, .negative = true, .plain = true};
    r.field[GK_F_RAW] = GK_STR("-1,200\xEE\x80\x80" "50");
    r.field[GK_F_VALUE] = GK_STR("-12005000");
    gk_figure f = gk_figure_of(&r, &s);
    CHECK(f.known && f.value == -12005000 * (gk_fixed)1000000 && f.step == 100 * (gk_fixed)1000000);
    CHECK(f.decimals == 2 && f.power == 4);
    CHECK_INT(gk_figure_of(&r, NULL).step, 0);
    s = (gk_sight){.digits = 0, .decimals = 1, .plain = true};
    CHECK_INT(gk_figure_of(&r, &s).step, 0);
    r.kind = GK_KIND_PERCENTAGE;
    CHECK_INT(gk_figure_of(&r, &s).step, 100000);
    s = (gk_sight){.digits = 3, .plain = true};
    r.kind = GK_KIND_QUANTITY;
    f = gk_figure_of(&r, &s);
    CHECK(f.value == 3000000 && f.step == 0);
    s.decimals = 7; /* finer than millionths: the value decides, and it is whole */
    f = gk_figure_of(&r, &s);
    CHECK(f.known && f.value == -12005000 * (gk_fixed)1000000);
    s = (gk_sight){.plain = false}; /* a numeral in words */
    CHECK(gk_figure_of(&r, &s).value == -12005000 * (gk_fixed)1000000);
}

/* Short numbers are read at once, others digit by digit: both say the same. */
static void shapes(void) {
    printed("268.10万元", "2681000", "2681000", "100", 2, 4);
    printed("0.05亿元", "5000000", "5000000", "1000000", 2, 8);
    printed("1,234.50", "1234.5", "1234.5", "0.01", 2, 0);
    printed("-12.00", "-12", "-12", "0.01", 2, 0);
    printed("(3.70)", "3.7", "3.7", "0.01", 2, 0);
    printed("0.00万元", "0", "0", "0", 2, 0);
    printed("100万元", "1000000", "1000000", "10000", 0, 4);
    printed("123456789012345678", "123456789012345678", "123456789012345678", "1", 0, 0);
    printed("1234567890123456789", "1234567890123456789", "1234567890123456789", "1", 0, 0);
    printed("12345678901234.567万元", "123456789012345670", "123456789012345670", "10", 3, 4);
    printed("２.50万元", "25000", "25000", "100", 2, 4);
    CHECK_INT(figure("5.1万元", "52000").step, 0); /* the printed digits are others: nothing is known of the last one */
    CHECK(!figure("12,", "12,").known);
    CHECK(!figure("1.2.3", "1.2.3").known);
    CHECK(!figure("", "").known);
    gk_figure f = gk_figure_read(GK_STR("95.50"));
    CHECK(f.known && f.value == 95500000 && f.step == 10000 && f.decimals == 2);
    f = gk_figure_read(GK_STR("-0.5"));
    CHECK(f.known && f.value == -500000 && f.step == 100000);
    CHECK(gk_figure_read(GK_STR("+3")).value == 3000000);
    CHECK(!gk_figure_read(GK_STR("3人")).known && !gk_figure_read(GK_STR("-")).known && !gk_figure_read(GK_STR("3.")).known);
}

int main(void) {
    formulas();
    quotients();
    wide();
    lengths();
    figures();
    sights();
    shapes();
    return CHECK_DONE();
}
