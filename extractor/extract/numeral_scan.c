#include "extract/numeral_scan.h"

#include "text/charset.h"
#include "text/numeral.h"

static uint32_t run_end(gk_str v, uint32_t p) {
    while (p < v.len) {
        size_t bytes;
        if (!gk_numeral_continues(gk_utf8_at(gk_str_slice(v, p, v.len), &bytes))) break;
        p += (uint32_t)bytes;
    }
    return p;
}

static bool ends_clause(gk_str v, uint32_t p) {
    if (p >= v.len) return true;
    if (strchr(",;:)\n\t!?", v.ptr[p])) return true;
    size_t bytes;
    uint32_t c = gk_utf8_at(gk_str_slice(v, p, v.len), &bytes);
    return c == 0x3001 || c == 0x3002; /* ideographic comma and full stop */
}

static bool is_excluded(gk_extractor *x, gk_str v, gk_range digits) {
    gk_match m;
    return gk_match_best(x->matcher, GK_SCOPE_EXCLUDE, v, digits.start, digits.end, &m);
}

/* The value of a run: a numeral, or a scale alone behind a qualifier ("nearly ten thousand people"). */
static bool read_value(gk_extractor *x, gk_str v, uint32_t from, uint32_t p, uint32_t run, gk_number *n) {
    gk_str word = gk_str_slice(v, p, run), power = GK_STR_NONE;
    if (gk_numeral_read(word, &n->value) == word.len) return true;
    const gk_map *scales = x->maps.scales, *before = x->maps.before;
    if (scales) power = gk_map_get(scales, word);
    if (!power.len || !before || !gk_map_suffix(before, gk_str_slice(v, from, p), NULL)) return false;
    gk_decimal_from_int(1, &n->value);
    for (size_t i = 0; i < power.len; i++) n->power = n->power * 10 + (power.ptr[i] - '0');
    return gk_decimal_shift(&n->value, n->power);
}

static void take_qualifiers(gk_extractor *x, gk_str v, uint32_t from, gk_number *n, size_t after) {
    const gk_map *before = x->maps.before;
    size_t len = before ? gk_map_suffix(before, gk_str_slice(v, from, n->at.start), NULL) : 0;
    n->whole = (gk_range){n->at.start - (uint32_t)len, n->at.end + (uint32_t)after};
    gk_str a = gk_printed(x, (gk_range){n->whole.start, n->at.start}),
           b = gk_printed(x, (gk_range){n->at.end, n->whole.end});
    if (len + after) n->qualifier = gk_arena_printf(&x->out->arena, "%.*s%.*s", GK_STR_ARG(a), GK_STR_ARG(b));
}

/* A numeral at p with its unit; false where it states no value. */
static bool read_numeral(gk_extractor *x, gk_str v, uint32_t from, uint32_t p, uint32_t run, gk_number *n) {
    const gk_map *units = x->maps.numeral_units, *percents = x->maps.percent_words;
    const gk_map *behind = x->maps.after;
    gk_str how = GK_STR_NONE;
    size_t percent = percents ? gk_map_suffix(percents, gk_str_slice(v, from, p), NULL) : 0;
    size_t unit = units && !percent ? gk_map_prefix(units, gk_str_slice(v, run, v.len), &how) : 0;
    uint32_t end = run + (uint32_t)unit;
    size_t after = behind ? gk_map_prefix(behind, gk_str_slice(v, end, v.len), NULL) : 0;
    if (!percent && (!unit || !ends_clause(v, end + (uint32_t)after))) return false;
    *n = (gk_number){.digits = {p, run}, .chinese = true, .at = {p - (uint32_t)percent, end}};
    if (!read_value(x, v, from, p, run, n) || is_excluded(x, v, n->digits)) return false;
    bool tenth = gk_str_eqz(how, "tenth");
    if (tenth) gk_decimal_shift(&n->value, 1);
    n->kind = percent || tenth ? GK_NUMBER_PERCENT : GK_NUMBER_QUANTITY;
    n->unit = percent || tenth ? GK_STR("%") : gk_printed(x, (gk_range){run, end});
    take_qualifiers(x, v, from, n, after);
    return true;
}

static void insert(gk_numbers *list, size_t first, const gk_number *n) {
    (void)gk_vec_push(list);
    size_t k = list->len - 1;
    for (; k > first && list->at[k - 1].at.start > n->at.start; k--) list->at[k] = list->at[k - 1];
    list->at[k] = *n;
}

void gk_numerals_scan(gk_extractor *x, gk_range at, gk_numbers *out, size_t first) {
    gk_str v = gk_view_text(x, 0, at.end);
    for (uint32_t p = at.start; p < v.len;) {
        size_t bytes;
        if (!((unsigned char)v.ptr[p] & 0x80)) {
            p++;
            continue;
        }
        if (!gk_numeral_starts(gk_utf8_at(gk_str_slice(v, p, v.len), &bytes))) {
            p += (uint32_t)bytes;
            continue;
        }
        uint32_t run = run_end(v, p);
        gk_number n;
        bool behind_digit = p > at.start && v.ptr[p - 1] >= '0' && v.ptr[p - 1] <= '9';
        if (!behind_digit && read_numeral(x, v, at.start, p, run, &n)) insert(out, first, &n);
        p = run;
    }
}
