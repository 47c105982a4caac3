#include "extract/numeral_scan.h"

#include <stdlib.h>

#include "extract/gap.h"
#include "extract/known.h"
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
    if (strchr(",;:.)\n\t!?", v.ptr[p])) return true;
    size_t bytes;
    uint32_t c = gk_utf8_at(gk_str_slice(v, p, v.len), &bytes);
    return c == 0x3001 || c == 0x3002; /* ideographic comma and full stop */
}

/* Whether digits and a unit of money stand at a place: "one engine 6.75万元". */
static bool is_money(const gk_extractor *x, gk_str v, uint32_t p) {
    uint32_t end = p;
    while (end < v.len && (gk_is_digit(v.ptr[end]) || strchr(".,", v.ptr[end]))) end++;
    return end > p && x->maps.money_units && gk_map_prefix(x->maps.money_units, gk_str_slice(v, end, v.len), NULL);
}

static bool is_excluded(gk_extractor *x, gk_str v, gk_range digits) {
    gk_match m;
    return gk_match_best(x->matcher, GK_SCOPE_EXCLUDE, v, digits.start, digits.end, &m);
}

/* The value of a run: a numeral, or a scale alone with a qualifier ("nearly ten thousand", "ten thousand odd people") or
 * behind a word for percent ("a hundred in the hundred"). */
static bool read_value(gk_extractor *x, gk_str v, uint32_t from, uint32_t p, uint32_t run, gk_number *n) {
    gk_str word = gk_str_slice(v, p, run), power = GK_STR_NONE;
    if (gk_numeral_read(word, &n->value) == word.len) return true;
    const gk_map *scales = x->maps.scales;
    if (scales) power = gk_map_get(scales, word);
    bool near = gk_qualifier_before(x, gk_str_slice(v, from, p));
    bool percent = n->at.start < p;
    if (!power.len || !(near || percent || n->qualifier.len)) return false;
    gk_decimal_from_int(1, &n->value);
    for (size_t i = 0; i < power.len; i++) n->power = n->power * 10 + (power.ptr[i] - '0');
    return gk_decimal_shift(&n->value, n->power);
}

static void take_qualifiers(gk_extractor *x, gk_str v, uint32_t from, gk_number *n, size_t after) {
    size_t len = gk_qualifier_before(x, gk_str_slice(v, from, n->at.start));
    n->whole = (gk_range){n->at.start - (uint32_t)len, n->at.end + (uint32_t)after};
    gk_str a = gk_printed(x, (gk_range){n->whole.start, n->at.start}),
           b = gk_printed(x, (gk_range){n->at.end, n->whole.end});
    if (len + after)
        n->qualifier = GK_JOIN(&x->out->arena, a, n->qualifier, b);
}

/* What stands behind the numeral: "余" and "次" of "十余次以上", with the qualifier behind. */
typedef struct gk_behind {
    size_t inner, unit, after; /* bytes */
    gk_str how;                /* what the unit means */
} gk_behind;

/* `units` NULL: no unit is looked for. */
static gk_behind read_behind(gk_extractor *x, gk_str rest, const gk_map *units) {
    gk_behind b = {0};
    b.unit = units ? gk_map_prefix(units, rest, &b.how) : 0;
    if (!b.unit && units) {
        b.inner = gk_qualifier_after(&x->maps, rest);
        b.unit = b.inner ? gk_map_prefix(units, gk_str_slice(rest, b.inner, rest.len), &b.how) : 0;
    }
    if (!b.unit) b.inner = 0;
    b.after = gk_qualifier_after(&x->maps, gk_str_slice(rest, b.inner + b.unit, rest.len));
    return b;
}

enum { THING_BYTES = 27 }; /* behind the unit: nine characters */

/* "Two building firms": whether the name of something that is counted stands behind a unit, in its clause. */
static bool names_counted(gk_extractor *x, gk_str v, uint32_t behind) {
    uint32_t end = behind;
    while (end < v.len && end < behind + THING_BYTES && !ends_clause(v, end)) end++;
    gk_str text = gk_str_slice(v, behind, end);
    return x->maps.counted_things && gk_map_find(x->maps.counted_things, text, 0, NULL, NULL) != SIZE_MAX;
}

/* "Built two roads": whether a verb for something that can be counted stands right before a numeral of more than one, and
 * what was built behind its unit, or the end of the clause; or the unit stands before something that is counted. */
static bool counts_built(gk_extractor *x, gk_str v, uint32_t from, gk_range digits, uint32_t behind) {
    gk_decimal value;
    int64_t count;
    size_t bytes;
    bool verb = x->maps.built && gk_map_suffix(x->maps.built, gk_str_slice(v, from, digits.start), NULL) > 0;
    bool named = behind < v.len && gk_utf8_at(gk_str_slice(v, behind, v.len), &bytes) >= 0x4E00;
    if (!named && !(verb && ends_clause(v, behind))) return false;
    if (!gk_numeral_read(gk_str_slice(v, digits.start, digits.end), &value)) return false;
    if (!gk_decimal_to_int(&value, 0, &count) || count < 2) return false;
    return verb || names_counted(x, v, behind);
}

/* A numeral at p with its unit; false where it states no value. *stands: words around it say that it might. */
static bool read_numeral(gk_extractor *x, gk_str v, uint32_t from, uint32_t p, uint32_t run, gk_number *n, bool *stands) {
    const gk_map *percents = x->maps.percent_words;
    size_t percent = percents ? gk_map_suffix(percents, gk_str_slice(v, from, p), NULL) : 0;
    gk_behind b = read_behind(x, gk_str_slice(v, run, v.len), percent ? NULL : x->maps.numeral_units);
    uint32_t unit = run + (uint32_t)b.inner, end = unit + (uint32_t)b.unit;
    uint32_t behind = end + (uint32_t)b.after;
    bool figure = b.unit && p > from && behind < v.len && gk_is_digit(v.ptr[behind]);
    bool alone = b.unit && (ends_clause(v, behind) || (figure && is_money(x, v, behind)));
    *stands = *stands || figure;
    if (!percent && !alone) {
        b = read_behind(x, gk_str_slice(v, run, v.len), x->maps.built_units);
        unit = run + (uint32_t)b.inner, end = unit + (uint32_t)b.unit;
        if (!b.unit || !counts_built(x, v, from, (gk_range){p, run}, end + (uint32_t)b.after)) return false;
    }
    *stands = true;
    *n = (gk_number){.digits = {p, run}, .chinese = true, .at = {p - (uint32_t)percent, end}};
    n->qualifier = gk_str_slice(v, run, unit);
    if (!read_value(x, v, from, p, run, n) || is_excluded(x, v, n->digits)) return false;
    bool tenth = gk_str_eqz(b.how, "tenth");
    if (tenth) gk_decimal_shift(&n->value, 1);
    bool money = gk_str_eqz(b.how, "amount");
    n->kind = percent || tenth ? GK_NUMBER_PERCENT : money ? GK_NUMBER_AMOUNT : GK_NUMBER_QUANTITY;
    n->unit = percent || tenth ? GK_STR("%") : money ? GK_STR("CNY") : gk_printed(x, (gk_range){unit, end});
    take_qualifiers(x, v, from, n, b.after);
    return true;
}

static int by_place(const void *a, const void *b) {
    const gk_number *m = a, *n = b;
    return m->at.start < n->at.start ? -1 : m->at.start > n->at.start;
}

/* The numerals of a part of the range that starts at `from`; whether words around one say that it might state a value. */
static bool scan_part(gk_extractor *x, gk_str v, uint32_t from, gk_range part, gk_numbers *out) {
    bool stands = false;
    gk_str text = gk_str_slice(v, 0, part.end);
    for (uint32_t p = part.start; (p = (uint32_t)gk_numeral_find(text, p)) < text.len;) {
        uint32_t run = run_end(v, p);
        gk_number n;
        bool behind_digit = p > from && v.ptr[p - 1] >= '0' && v.ptr[p - 1] <= '9';
        if (!behind_digit && read_numeral(x, v, from, p, run, &n, &stands)) *gk_vec_push(out) = n;
        p = run;
    }
    return stands;
}

/* Gap by gap of the list that the scan for numbers left; most are known to have none. */
static void scan_gaps(gk_extractor *x, gk_str v, uint32_t from, gk_numbers *out) {
    for (size_t i = 0; i < x->gap_at.len; i++) {
        const gk_gap_at *g = &x->gap_at.at[i];
        if (g->gap && g->gap->numerals == GK_NUMERALS_NONE) continue;
        bool stands = scan_part(x, v, from, (gk_range){g->start, g->end}, out);
        if (g->gap) g->gap->numerals = stands ? GK_NUMERALS_MAY : GK_NUMERALS_NONE;
    }
}

static void scan_all(gk_extractor *x, gk_str v, gk_range at, gk_numbers *out) {
    gk_known *k = at.start < at.end ? gk_known_kept(x, gk_view_text(x, at.start, at.end)) : NULL;
    if (k && k->no_numerals) return;
    bool stands = scan_part(x, v, at.start, at, out);
    if (k) k->no_numerals = !stands;
}

void gk_numerals_scan(gk_extractor *x, gk_range at, gk_numbers *out, size_t first) {
    gk_str v = gk_view_text(x, 0, at.end);
    size_t figures = out->len, gaps = x->gap_at.len;
    bool cut = gaps && x->gap_at.at[0].start == at.start && x->gap_at.at[gaps - 1].end == at.end;
    if (cut) scan_gaps(x, v, at.start, out);
    else scan_all(x, v, at, out);
    if (out->len > figures && figures > first) qsort(out->at + first, out->len - first, sizeof *out->at, by_place);
}
