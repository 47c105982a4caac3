/* How many items a list has, against the number of them that is printed beside it; those that did not change. */
#include "check/list.h"
#include "check/name.h"

enum { LEAST = 3 /* items */, WORD = 6 /* bytes */ };

/* "A 12, B 8, C 22, three of them", "for these 3: A 12, B 8, C 22": whether the count behind the last item, or before the
 * first, is that of the items. */
bool gk_list_told(const struct gk_list *l, size_t k) {
    const gk_token *last = l->item[k - 1], *next = last + 1, *before = l->item[0] - 1;
    bool opens = k == l->items && before > l->heads && before->class == 'n' && k >= LEAST;
    if (opens && gk_str_find(gk_list_between(l, before, l->item[0]), GK_STR(":")) != SIZE_MAX)
        return gk_list_figure(l, before)->value == (gk_fixed)k * gk_fixed_power(GK_FIXED_PLACES);
    if (k != l->items || next >= l->c->tokens.at + l->c->tokens.len || next->class != 'n') return false;
    gk_str between = gk_list_between(l, last, next);
    bool goes_on = gk_map_prefix(l->c->maps.goes_on, between, NULL) == between.len && between.len > 0;
    return goes_on && gk_list_figure(l, next)->value == (gk_fixed)k * gk_fixed_power(GK_FIXED_PLACES);
}

bool gk_list_closes(struct gk_list *l, const gk_token *t) {
    gk_str label = gk_subject_text(l->c, t->subject);
    l->closed = l->items > 1 && gk_map_prefix(l->c->maps.closes, label, NULL) == label.len;
    return l->closed;
}

/* Whether the labels of all items end with the last word of a label. */
static bool all_end_like(const struct gk_list *l, const gk_column *col, uint32_t subject) {
    gk_str word = gk_subject_text(l->c, subject);
    if (word.len > WORD) word = gk_str_slice(word, word.len - WORD, word.len);
    for (size_t i = 0; i < col->count; i++)
        if (!gk_str_ends(gk_subject_text(l->c, col->item[i]->subject), word)) return false;
    return true;
}

bool gk_list_alike(const struct gk_list *l, const gk_column *col) {
    bool counts = col->head->class == 'n' && all_end_like(l, col, col->item[0]->subject);
    return counts || all_end_like(l, col, col->head->subject);
}

/* "3 projects with 880 in all, of which: A 420, B 310, C 150": where the amounts are all there is, so many items as are counted
 * right before their head. */
void gk_list_count(struct gk_list *l) {
    gk_checker *c = l->c;
    const gk_token *head = l->heads, *t = head > c->tokens.at ? head - 1 : head + l->head_count;
    if (t > head || t->class != 'n') t = head + l->head_count; /* or right behind it */
    const gk_figure *f = &c->figures.at[t->record];
    bool known = t != l->item[0] && t->at >= c->line && t->class == 'n' && f->known && !f->vague;
    if (!known || !gk_class_in(head->class, GK_CLASSES_AMOUNT) || l->columns != 1 || l->items < LEAST) return;
    const gk_column *col = &l->col[0];
    bool counted = gk_map_suffix(c->maps.counted, gk_subject_text(c, t->subject), NULL) > 0;
    if (!counted || col->last != l->items || col->count != l->items) return;
    for (size_t i = 0; i < l->items; i++) /* money by where it comes from is none of them */
        if (!gk_map_suffix(c->maps.counted, gk_subject_text(c, l->item[i]->subject), NULL)) return;
    gk_fixed number = (gk_fixed)l->items * gk_fixed_power(GK_FIXED_PLACES);
    if (f->value == number) return;
    gk_verdict v = gk_verdict_on(c, t->record, GK_STR("sum"), l->m->by->rule->id, GK_CONTRADICTS);
    uint32_t terms[] = {t->record, head->record};
    v.formula = GK_STR("the number of parts");
    v.has_expected = true, v.expected = gk_interval_at(number);
    v.terms = terms, v.term_count = 2;
    gk_verdict_add(c, &v);
}

/* "3 offices, namely: A, B, C": how many names a list has, which a pause parts outside of brackets; *more: how many it may
 * have, where words like "and" may part names, too. */
static size_t names_in(const gk_checker *c, gk_str list, size_t *more) {
    const gk_str pause = GK_STR("\xE3\x80\x81");
    size_t names = 1, joined = 0, len;
    for (size_t i = 0, depth = 0; i < list.len; i++) {
        gk_str rest = gk_str_slice(list, i, list.len);
        if (list.ptr[i] == '(') depth++;
        else if (list.ptr[i] == ')') depth -= depth > 0;
        else if (!depth && gk_str_starts(rest, pause)) names++;
    }
    for (size_t at = 0; (at = gk_map_find(c->maps.joins, list, at, &len, NULL)) != SIZE_MAX; at += len) joined++;
    *more = names + joined;
    return names;
}

void gk_check_named(gk_checker *c, const gk_found *m) {
    gk_terms t;
    if (!gk_terms_of(c, m, &t) || t.record[GK_ROLE_WHOLE] == GK_NO_RECORD) return;
    uint32_t record = t.record[GK_ROLE_WHOLE];
    gk_str unit = gk_record_at(c, record)->field[GK_F_UNIT];
    const gk_fixed one = gk_fixed_power(GK_FIXED_PLACES);
    size_t most, least = names_in(c, gk_found_words(c, m), &most);
    if (gk_map_prefix(c->maps.named_units, unit, NULL) != unit.len || !unit.len) return;
    gk_fixed value = c->figures.at[record].value;
    bool holds = value >= (gk_fixed)least * one && value <= (gk_fixed)most * one;
    if (!gk_is_told(c, holds ? GK_HOLDS : GK_CONTRADICTS)) return;
    gk_verdict v = gk_verdict_on(c, record, m->by->rule->constant[GK_KEY_CHECK], m->by->rule->id,
                                 holds ? GK_HOLDS : GK_CONTRADICTS);
    v.formula = GK_STR("the names behind it");
    v.has_expected = true, v.expected = (gk_interval){(gk_fixed)least * one, (gk_fixed)most * one};
    v.terms = &record, v.term_count = 1;
    gk_verdict_add(c, &v);
}

enum { MOST_CLAUSE = 90 /* bytes behind an amount that may say that it did not change */ };

bool gk_item_still(const struct gk_list *l, size_t item) {
    const gk_token *t = l->item[item], *end = t + l->length[item];
    if (!gk_class_in(t->class, GK_CLASSES_AMOUNT) || t->year != l->heads->year) return false;
    for (const gk_token *x = t; x < end; x++)
        if (x->class == 'c' || x->class == 'R') return false;
    if (gk_list_figure(l, t)->known && gk_list_figure(l, t)->value == 0) return true;
    gk_str text = gk_buf_str(&l->c->skeleton), behind = gk_str_slice(text, t->end, t->end + MOST_CLAUSE);
    size_t stop = gk_str_find(behind, GK_STR("<"));
    return gk_says_level(l->c, gk_str_slice(behind, 0, stop == SIZE_MAX ? behind.len : stop));
}

bool gk_column_stills(const gk_column *col) {
    for (size_t i = 0; i < col->count; i++)
        if (gk_column_still(col, i)) return true;
    return false;
}
