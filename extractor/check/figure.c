#include "check/figure.h"

enum { MOST_UNIT = 13 }; /* no printed unit is above 10^12 */

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

enum { MOST_PRINTED = 100 }; /* bytes: more digits do not fit a decimal */

/* The first run of digits of a printed text, full-width ones made plain, with their marks; empty: none. */
static gk_str plain_digits(gk_str raw, char out[MOST_PRINTED]) {
    size_t len = 0;
    for (size_t i = 0; i < raw.len && len < MOST_PRINTED; i++) {
        char c = raw.ptr[i];
        if (c == '\xEF' && i + 2 < raw.len && raw.ptr[i + 1] == '\xBC') c = (char)(raw.ptr[i + 2] - 0x60), i += 2;
        bool mark = len > 0 && (c == '.' || c == ',');
        if (is_digit(c) || mark) out[len++] = c;
        else if (len > 0) break;
    }
    while (len > 0 && !is_digit(out[len - 1])) len--;
    return (gk_str){out, len};
}

static bool printed_number(gk_str raw, gk_decimal *out, int *decimals) {
    char plain[MOST_PRINTED];
    if (!gk_decimal_parse(plain_digits(raw, plain), out)) return false;
    *decimals = out->scale;
    return true;
}

/* How many places the value is shifted against the printed number: 4 where the unit is 10^4; false where it is not so. */
static bool shift_of(gk_decimal printed, gk_decimal value, int *shift) {
    value.negative = false;
    for (int k = 0; k < MOST_UNIT; k++) {
        gk_decimal moved = printed;
        if (gk_decimal_shift(&moved, k) && gk_decimal_cmp(&moved, &value) == 0) return *shift = k, true;
    }
    return false;
}

static void read_printed(gk_str raw, const gk_decimal *value, bool count, gk_figure *f) {
    gk_decimal printed;
    int decimals = 0, shift = 0;
    if (!printed_number(raw, &printed, &decimals)) return;
    bool zero = gk_decimal_is_zero(value);
    if (!zero && !shift_of(printed, *value, &shift)) return;
    f->power = (int8_t)shift;
    f->decimals = (int8_t)(decimals < 100 ? decimals : 100);
    if (zero || (count && shift == 0 && decimals == 0)) return;
    int places = GK_FIXED_PLACES + shift - decimals;
    f->step = places > 0 ? gk_fixed_power(places) : 2;
}

gk_figure gk_figure_of(const gk_record *r) {
    gk_figure f = {.vague = r->field[GK_F_QUALIFIER].len > 0};
    gk_decimal d;
    if (!gk_decimal_parse(r->field[GK_F_VALUE], &d)) return f;
    f.known = gk_fixed_from(&d, &f.value);
    if (f.known) read_printed(r->field[GK_F_RAW], &d, r->kind == GK_KIND_QUANTITY, &f);
    if (f.known && f.value == 0 && r->kind == GK_KIND_PERCENTAGE && f.decimals < GK_FIXED_PLACES)
        f.step = gk_fixed_power(GK_FIXED_PLACES - f.decimals);
    return f;
}

gk_figure gk_figure_read(gk_str text) {
    gk_figure f = {0};
    gk_decimal d;
    if (!gk_decimal_parse(text, &d)) return f;
    f.known = gk_fixed_from(&d, &f.value);
    f.step = d.scale < GK_FIXED_PLACES ? gk_fixed_power(GK_FIXED_PLACES - d.scale) : 2;
    return f;
}

gk_interval gk_figure_interval(gk_figure f) {
    gk_fixed near = f.step / 2, far = f.step > 0 ? f.step - 1 : 0; /* the next step is printed as the next figure */
    if (f.value == 0) return (gk_interval){-far, far};
    return f.value > 0 ? (gk_interval){f.value - near, f.value + far} : (gk_interval){f.value - far, f.value + near};
}

gk_interval gk_figure_wide(gk_figure f) { return (gk_interval){f.value - f.step, f.value + f.step}; }
