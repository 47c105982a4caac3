/* Numbers printed without a unit that the words or figures around them make figures of a sentence. */
#include "extract/prose.h"

/* Whether two figures on both sides of a bare number say what it is: money of one scale, or things counted alike. */
static bool agree_around(const gk_number *before, const gk_number *after) {
    if (!before || !after || before->kind != after->kind || before->power != after->power) return false;
    return before->kind == GK_NUMBER_AMOUNT || (before->kind == GK_NUMBER_QUANTITY && gk_str_eq(before->unit, after->unit));
}

/* Whether a clause ends behind a bare number. */
static bool ends_clause(const gk_extractor *x, const gk_number *n) {
    char next = n->at.end < x->prose->block.end ? x->view->text.ptr[n->at.end] : '\n';
    return next == ',' || next == ')' || next == ';' || next == '\n' || (unsigned char)next == 0xE3; /* 、 。 */
}

void gk_prose_guess_bare(gk_extractor *x, size_t i) {
    gk_number *n = &x->numbers.at[i];
    const gk_number *before = NULL, *after = NULL;
    for (size_t k = i; k-- > 0 && !before;)
        if (x->numbers.at[k].kind != GK_NUMBER_EXCLUDED) before = &x->numbers.at[k];
    for (size_t k = i + 1; k < x->numbers.len && !after; k++)
        if (x->numbers.at[k].kind != GK_NUMBER_EXCLUDED) after = &x->numbers.at[k];
    if (agree_around(before, after) && ends_clause(x, n)) gk_number_like(n, before);
}

/* "Money granted (10 thousand yuan): 5": a unit of money that stands in brackets behind the label, right before the figure. */
static void unit_of_label(gk_extractor *x, gk_number *n) {
    const struct gk_prose_state *s = x->prose;
    if (!x->maps.money_units || s->behind >= n->at.start) return;
    gk_str text = gk_str_trim(gk_view_text(x, s->behind, n->at.start));
    if (!gk_str_ends(text, GK_STR(":"))) return;
    text = gk_str_trim(gk_str_slice(text, 0, text.len - 1));
    size_t open = text.len;
    while (open && text.ptr[open - 1] != '(') open--;
    if (!open || !gk_str_ends(text, GK_STR(")"))) return;
    gk_str power = gk_map_get(x->maps.money_units, gk_str_slice(text, open, text.len - 1));
    if (power.len != 1) return;
    gk_number model = {.kind = GK_NUMBER_AMOUNT, .unit = GK_STR("CNY"), .power = power.ptr[0] - '0'};
    gk_number_like(n, &model);
}

/* "Spending on cars is 0": nought of money needs no unit. */
static void nought_of_money(gk_extractor *x, gk_number *n) {
    const struct gk_prose_state *s = x->prose;
    if (!gk_decimal_is_zero(&n->value) || s->behind >= n->at.start || !ends_clause(x, n)) return;
    gk_str text = gk_view_text(x, s->behind, n->at.start);
    size_t verb = gk_map_suffix(x->maps.nought_verbs, text, NULL);
    if (!verb || !gk_map_suffix(x->maps.nought_money, gk_str_slice(text, 0, text.len - verb), NULL)) return;
    gk_number model = {.kind = GK_NUMBER_AMOUNT, .unit = GK_STR("CNY")};
    gk_number_like(n, &model);
}

/* The kind of the number before that gives its unit to a bare one. */
static gk_number_kind asked_kind(gk_str kinds) {
    return gk_str_find(kinds, GK_STR("amount")) == SIZE_MAX ? GK_NUMBER_QUANTITY : GK_NUMBER_AMOUNT;
}

void gk_prose_asked_bare(gk_extractor *x, gk_number *n) {
    struct gk_prose_state *s = x->prose;
    gk_match m;
    unit_of_label(x, n);
    nought_of_money(x, n);
    if (n->kind != GK_NUMBER_BARE) return;
    gk_lead lead = gk_lead_of(x, n);
    if (!gk_lead_rule(x, n, &lead, &m)) return;
    gk_str kinds = m.rule->constant[GK_KEY_KIND];
    if (gk_str_find(kinds, GK_STR("bare")) == SIZE_MAX) return;
    if (gk_str_find(kinds, GK_STR("percentage")) != SIZE_MAX) {
        n->kind = GK_NUMBER_PERCENT;
        n->unit = GK_STR("%");
    } else if (s->has_last && s->last_number.kind == asked_kind(kinds)) {
        gk_number_like(n, &s->last_number);
    }
}
