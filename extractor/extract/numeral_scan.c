#include "extract/numeral_scan.h"

#include "text/charset.h"
#include "text/numeral.h"

static uint32_t run_end(gk_str v, uint32_t p) {
    while (p < v.len) {
        size_t bytes;
        if (!gk_numeral_starts(gk_utf8_at(gk_str_slice(v, p, v.len), &bytes))) break;
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

/* A numeral at p with its unit; false where it states no value. */
static bool read_numeral(gk_extractor *x, gk_str v, uint32_t from, uint32_t p, uint32_t run, gk_number *n) {
    const gk_map *units = gk_set_map(x->set, GK_STR("numeral-units")), *percents = gk_set_map(x->set, GK_STR("percent-words"));
    size_t percent = percents ? gk_map_suffix(percents, gk_str_slice(v, from, p), NULL) : 0;
    size_t unit = units ? gk_map_prefix(units, gk_str_slice(v, run, v.len), NULL) : 0;
    if (!percent && (!unit || !ends_clause(v, run + (uint32_t)unit))) return false;
    gk_range digits = {p, run};
    *n = (gk_number){.digits = digits, .chinese = true};
    if (gk_numeral_read(gk_str_slice(v, p, run), &n->value) != run - p || is_excluded(x, v, digits)) return false;
    n->kind = percent ? GK_NUMBER_PERCENT : GK_NUMBER_QUANTITY;
    n->at = percent ? (gk_range){p - (uint32_t)percent, run} : (gk_range){p, run + (uint32_t)unit};
    n->whole = n->at;
    n->unit = percent ? GK_STR("%") : gk_printed(x, (gk_range){run, n->at.end});
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
