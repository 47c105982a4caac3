/* The account of digit groups: each ends claimed, excluded or unexplained. */
#include "extract/engine.h"

size_t gk_account_first(const gk_extractor *x, uint32_t at) {
    size_t lo = 0, hi = x->digit_at.len;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (x->digit_at.at[mid].start < at) lo = mid + 1;
        else hi = mid;
    }
    return lo;
}

static void settle(gk_extractor *x, gk_range at, gk_fate fate, gk_str why, gk_str rule) {
    for (size_t i = gk_account_first(x, at.start); i < x->digit_at.len && x->digit_at.at[i].start < at.end; i++) {
        gk_digits *d = &x->out->digits.at[i];
        if (d->fate != GK_FATE_UNEXPLAINED) continue;
        d->fate = fate;
        d->why = why;
        d->rule = rule;
    }
}

void gk_account_claim(gk_extractor *x, gk_range at, gk_str id, gk_str rule) {
    settle(x, at, GK_FATE_CLAIMED, id, rule);
}

void gk_account_exclude(gk_extractor *x, gk_range at, gk_str class, gk_str rule) {
    settle(x, at, GK_FATE_EXCLUDED, class, rule);
}

bool gk_account_open(const gk_extractor *x, gk_range at) {
    for (size_t i = gk_account_first(x, at.start); i < x->digit_at.len && x->digit_at.at[i].start < at.end; i++)
        if (x->out->digits.at[i].fate == GK_FATE_UNEXPLAINED) return true;
    return false;
}
