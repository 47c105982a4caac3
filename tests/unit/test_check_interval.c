/* Intervals and formulas: exact, or refused. */
#include "check/figure.h"

#include "check.h"

static gk_interval value;

static bool look_up(void *user, gk_str name, gk_interval *out) {
    (void)user;
    if (!gk_str_eqz(name, "x")) return false;
    *out = value;
    return true;
}

static gk_calc run(const char *formula, gk_interval *out) { return gk_formula(gk_str_of(formula), look_up, NULL, out); }

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

static gk_figure figure(const char *raw, const char *text) {
    gk_record r = {.kind = GK_KIND_AMOUNT};
    r.field[GK_F_RAW] = gk_str_of(raw);
    r.field[GK_F_VALUE] = gk_str_of(text);
    return gk_figure_of(&r);
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

int main(void) {
    formulas();
    figures();
    return CHECK_DONE();
}
