/* The account of digit groups: each ends claimed, excluded or unexplained. */
#include "extract/engine.h"

static size_t first_between(const gk_extractor *x, uint32_t at, size_t lo, size_t hi) {
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (x->digit_at.at[mid].start < at) lo = mid + 1;
        else hi = mid;
    }
    return lo;
}

/* The next question nearly always is about the same place or one shortly behind it. */
size_t gk_account_first(gk_extractor *x, uint32_t at) {
    enum { STEPS = 6 };
    size_t len = x->digit_at.len, i = x->digit_near < len ? x->digit_near : 0, found = len;
    if (i > 0 && x->digit_at.at[i - 1].start >= at) found = first_between(x, at, 0, i);
    else {
        size_t last = len - i > STEPS ? i + STEPS : len;
        while (i < last && x->digit_at.at[i].start < at) i++;
        found = i < last ? i : first_between(x, at, i, len);
    }
    return x->digit_near = found;
}

static void settle(gk_extractor *x, gk_range at, gk_fate fate, gk_str why, gk_str rule) {
    for (size_t i = gk_account_first(x, at.start); i < x->digit_at.len && x->digit_at.at[i].start < at.end; i++) {
        gk_digits *d = &x->out->digits.at[i];
        if (d->fate == GK_FATE_UNEXPLAINED) gk_result_settle(x->out, d, fate, why, rule);
    }
}

void gk_account_claim(gk_extractor *x, gk_range at, gk_str id, gk_str rule) {
    settle(x, at, GK_FATE_CLAIMED, id, rule);
}

void gk_account_exclude(gk_extractor *x, gk_range at, gk_str class, gk_str rule) {
    settle(x, at, GK_FATE_EXCLUDED, class, rule);
}

bool gk_account_open(gk_extractor *x, gk_range at) {
    for (size_t i = gk_account_first(x, at.start); i < x->digit_at.len && x->digit_at.at[i].start < at.end; i++)
        if (x->out->digits.at[i].fate == GK_FATE_UNEXPLAINED) return true;
    return false;
}
